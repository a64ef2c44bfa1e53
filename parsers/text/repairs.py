"""The repairs of damaged text, one after the other, with account of every character.

Order matters: first characters that were read with the wrong table, then what is no text
at all, then the parts of Thai vowels, then whole words (`parsers.text.spelling`), and last what
the dictionary could not explain but the rules of Thai writing decide.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, partial
from math import inf

from parsers.text import codepages
from parsers.text.damage import Channel
from parsers.text.defects import (
    TextDefects,
    channel_for,
    has_lost_marks,
    has_reduced_am,
    repair_table,
    survey,
)
from parsers.text.spelling import reading_cost, reads
from parsers.text.standins import read_stand_in
from parsers.text.traced import Traced
from parsers.text.words import ends_in_word
from parsers.text.zones import WILD

__all__ = ["is_suspect", "is_unsure", "repair"]

_M = "ัิ-ฺ็-๎"  # marks above and below
_TONE = "่-๋"
_LEAD = "เ-ไ"
_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE = (
    "\x01-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
)
# Longer stretches are no sentences; reading them would cost more than it can give.
_LONGEST_ZONE = 600
_LONGEST_CHUNK = 40
# A zone must read better by this when letters that stand twice are taken out …
_UNDOUBLED_GAIN = 8.0
# … and each place not worse than this, with so many letters about it.
_TOLERATED = 4.0
_WINDOW = 12
_SIGNS = 3
_ASCII = "".join(map(chr, range(128)))


# ---- is there anything to do? --------------------------------------------------------------------

# Each pattern begins with a class of letters, which makes the search quick; together they
# take about 10 microseconds on a sound line.
_SUSPECTS = [
    re.compile(pattern)
    for pattern in (
        f"[\\x00-\\x08\\x0b-\\x1f\\x7f-\xff\u0300-\u03ff\u0e3b-\u0e3e\u0e4d\u0e4e\u0e5c-\u0edf\u1680\u180e"
        f"\u2000-\u2011\u2028-\u202f\u205f-\u206f\u3000\ue000-\uf8ff\ufeff\ufffe{WILD}]",
        f"[{_M}](?<![ก-ฮ{_M}][{_M}])",  # a mark on nothing, or on a vowel
        f"[ะาำ](?<![ก-ฮ{_TONE}ัา][ะาำ])",  # a vowel after what it cannot follow
        f"[{_LEAD}](?![ก-ฮ])",
        f"[ัื็][{_TONE}]?(?![ก-ฮ{_TONE}])(?<!ก็)",
        f"[{_TONE}์ํ๎็][{_M}]",  # a mark on a mark that bears none
        "[ัิ-ฺ][ัิ-ฺ็ํ๎]",
        f"([ก-ฮ][{_M}]+)(?:[ก-ฮะา][{_M}]*|[{_LEAD}])\\1",
        "[ๅ](?<![ฤฦ]ๅ)",
        r"\(cid:|</?[A-Za-z]|\*\*|&[a-z#]{2,6};|^#",
    )
]
_TONE_ON_LETTER = re.compile(f"[ก-ฮ][{_TONE}]")
_ENDING = re.compile(f"[{_M}](?=\\s|$)")
_LAST_LETTERS = re.compile(f"[ก-ฮ][ก-ฮ][{_M}]+$")


def is_suspect(text: str) -> bool:
    """Whether any repair could apply to a line, judged by its look alone (fast)."""
    if any(pattern.search(text) for pattern in _SUSPECTS):
        return True
    if "ำ" in text:
        return "า" not in text or text.count("ำ") > text.count("า")
    if "า" in text and has_reduced_am(text):
        return True
    return not _TONE_ON_LETTER.search(text) and has_lost_marks(text)


def is_unsure(text: str) -> bool:
    """Whether a chunk of a line ends in a mark but not in a word, as late marks leave it.

    >>> is_unsure("เพมิ่ ขนึ้"), is_unsure("ที่ ผู้ปฏิบัติ ให้")
    (True, False)
    """
    for match in _ENDING.finditer(text):
        end = match.end()
        chunk = text[text.rfind(" ", max(0, end - _LONGEST_CHUNK), end) + 1 : end].lstrip(_ASCII)
        if _LAST_LETTERS.search(chunk) and not ends_in_word(chunk) and not reads(chunk):
            return True
    return False


# ---- all of them ---------------------------------------------------------------------------------


def repair(printed: str, page: TextDefects) -> Traced:
    """Apply every repair that a line shows to need, or its page does.

    Args:
        printed: A line (or the lines of a cell) as printed.
        page: The defects of its page; empty where not known.
    """
    traced = Traced(printed)
    _recode(traced, page)
    _strip(traced)
    _join_vowels(traced)
    line = survey(traced.text)
    channel = channel_for(line, page, unsure=is_unsure(traced.text))
    if not page.is_beyond_repair:
        _read_stand_ins(traced, page)
        _undouble(traced, line, page)
        _respell(traced, channel)
        _tidy(traced, channel)
    _drop_wilds(traced, printed)
    return traced


# ---- wrong tables --------------------------------------------------------------------------------


def _recode(traced: Traced, page: TextDefects) -> None:
    if traced.text.isascii():
        return
    traced.rewrite(
        "utf8-as-latin", codepages.UTF8_AS_LATIN, lambda match: codepages.from_utf8(match[0])
    )
    line = survey(traced.text)
    if codepages.has_high_latin(line):
        traced.rewrite(
            "thai-as-latin", codepages.HIGH_LATIN, lambda m: codepages.from_high_latin(m[0])
        )
    if codepages.has_greek(line, page):
        traced.rewrite("thai-as-greek", codepages.GREEK, lambda m: codepages.from_greek(m[0]))
    if line.private_use:
        traced.rewrite("thai-as-symbol", codepages.SYMBOLS, lambda m: codepages.from_symbols(m[0]))
        traced.rewrite(
            "private-use", codepages.PRIVATE_USE, lambda m: codepages.from_private_use(m[0])
        )
    if line.lao:
        traced.rewrite("lao-letter", codepages.LAO, lambda match: codepages.from_lao(match[0]))


# ---- what is no text -----------------------------------------------------------------------------

_CID = re.compile(r"(?<=[ก-๎])(?:\(cid:\d+\)|\0)|(?:\(cid:\d+\)|\0)(?=[ก-๎])")
_CID_ELSEWHERE = re.compile(r"\(cid:\d+\)")
_ENTITIES = {"nbsp": " ", "amp": "&", "lt": "<", "gt": ">", "quot": '"', "#39": "'", "#160": " "}
_ENTITY = re.compile(f"&({'|'.join(_ENTITIES)});")
_BOLD = re.compile(r"\*\*(?=\S)([^*\n]{1,300}?)(?<=\S)\*\*")
_HEADING = re.compile(r"^#{1,6} +(?=\S)", re.MULTILINE)


def _strip(traced: Traced) -> None:
    text = traced.text
    if "(cid:" in text or "\0" in text:
        traced.rewrite("unnamed-mark", _CID, lambda match: WILD if match[0] == "\0" else None)
        traced.rewrite("cid", _CID, WILD)
        traced.rewrite("cid", _CID_ELSEWHERE, "")
    traced.rewrite("unprintable", re.compile(f"[\\0{_INVISIBLE}]"), "")
    traced.rewrite("odd-blank", re.compile(f"[{_BLANKS}]"), " ")
    traced.rewrite("odd-hyphen", re.compile("[\ufffe\u2010\u2011]"), "-")
    if "<" in text or "**" in text or "&" in text or "#" in text:
        _strip_markup(traced)
    if not unicodedata.is_normalized("NFC", traced.text):
        traced.rewrite("composed", _COMBINED, lambda m: unicodedata.normalize("NFC", m[0]))


_COMBINED = re.compile("[^\u0300-\u036fก-๎][\u0300-\u036f]+")


def _strip_markup(traced: Traced) -> None:
    inline, block = _tags()
    traced.rewrite("markup", inline, "")
    traced.rewrite("markup", block, _block_blank)
    traced.rewrite("markup", _BOLD, lambda match: match[1])
    traced.rewrite("markup", _HEADING, "")
    traced.rewrite("markup", _ENTITY, lambda match: _ENTITIES[match[1]])


@cache
def _tags() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = repair_table("markup")
    inline, block = (
        re.compile(rf"</?(?:{'|'.join(names[kind])})(?:\s[^<>]{{0,200}})?/?>", re.IGNORECASE)
        for kind in ("inline", "block")
    )
    return inline, block


def _block_blank(match: re.Match[str]) -> str:
    """A tag between two words leaves a blank where there is none."""
    before = match.string[: match.start()][-1:]
    after = match.string[match.end() : match.end() + 1]
    return " " if before.strip() and after.strip() and before != ">" and after != "<" else ""


# ---- the parts of vowels -------------------------------------------------------------------------

_DOUBLE_E = re.compile("เเ")
_AM_AND_WILD = re.compile(f"{WILD}+(?=[{_TONE}]?ำ)|(?<=ำ){WILD}+ ?(?=[ก-๎]|$)")
_SPLIT_AM = re.compile(f"ํ([{_TONE}]*) ?า|([{_TONE}])ํ ?า|ำ([{_TONE}]?)า")
_LONG_AA = re.compile("(?<![ฤฦ])ๅ")
_FOREIGN_AM = re.compile(f"(?<=[ก-ฮ])[A-Za-z\u00c0-\u024f!-$&*;<>@^_`|~](?=[{_TONE}]?า)")
_LED = re.compile(f"(?:^|\\s+)([{_M}]+) ?([ก-ฮ])")
_STARTS_WITH_MARK = re.compile(f"\\s*[{_M}]+ ?[ก-ฮ]")


def _join_vowels(traced: Traced) -> None:
    traced.rewrite("double-e", _DOUBLE_E, "แ")
    if WILD in traced.text:
        traced.rewrite("unnamed-mark", _AM_AND_WILD, "")
    traced.rewrite("split-am", _FOREIGN_AM, "ํ")
    traced.rewrite("split-am", _SPLIT_AM, lambda m: f"{m[1] or m[2] or m[3] or ''}ำ")
    traced.rewrite("split-am", _LONG_AA, "า")
    if _STARTS_WITH_MARK.match(traced.text):
        traced.rewrite("leading-mark", _LED, lambda match: match[2] + match[1])


def _read_stand_ins(traced: Traced, page: TextDefects) -> None:
    """Digits and signs that the page prints for marks; one by one, as words decide."""
    for char, mark in page.stand_ins:
        pattern = re.compile(f"(?<=[ก-ฮัิ-ู]){re.escape(char)}")
        traced.rewrite("stand-in", pattern, partial(_as_mark, mark))


def _as_mark(mark: str, match: re.Match[str]) -> str | None:
    return read_stand_in(match.string, match.start(), mark)


# ---- words ---------------------------------------------------------------------------------------

_ZONE = re.compile(f"[ก-ฯะ-ฺเ-๎{WILD}]+(?: {{1,3}}[ก-ฯะ-ฺเ-๎{WILD}]+)*")
_CLUSTER = f"[ก-ฮ](?:[{_M}]+ำ?|ำ)"
_TWICE = re.compile(f"({_CLUSTER})([ก-ฮะา][{_M}]*ำ?|[{_LEAD}])\\1 ?|({_CLUSTER})\\3")


def _undouble(traced: Traced, line: TextDefects, page: TextDefects) -> None:
    """Take out letters that PDFium gives twice, where the words do not get worse by it."""
    if not line.doubled_clusters:
        return
    sure = page.doubled_clusters >= _SIGNS
    for match in reversed(list(_ZONE.finditer(traced.text))):
        if not _TWICE.search(match[0]) or len(match[0]) > _LONGEST_ZONE:
            continue
        trial = _undoubled(match[0])
        if sure or reading_cost(trial.text) < reading_cost(match[0]) - _UNDOUBLED_GAIN:
            start, end = match.span()
            traced.source[start:end] = [traced.source[start + place] for place in trial.source]
            traced.text = traced.text[:start] + trial.text + traced.text[end:]
            traced.repairs.update(trial.repairs)


def _undoubled(zone: str) -> Traced:
    trial = Traced(zone)
    place = 0
    while match := _TWICE.search(trial.text, place):
        once = match[1] + match[2] if match[1] else match[3]
        before, after = trial.text[: match.start()], trial.text[match.end() :]
        gain = _window_cost(before, match[0], after) - _window_cost(before, once, after)
        # "ที่ที่" and "ได้ได้" are words, "วัวั" and "ได้ไ" are not.
        if gain > (-_TOLERATED if match[1] else _UNDOUBLED_GAIN):
            trial.rewrite("doubled-cluster", re.compile(re.escape(match[0])), once)
            place = max(0, match.start() - 1)
        else:
            place = match.start() + 1
    return trial


def _window_cost(before: str, middle: str, after: str) -> float:
    """How badly the words about a stretch read."""
    return reading_cost(before[-_WINDOW:] + middle + after[:_WINDOW])


# What the dictionary is asked about even where nothing else on the line is damaged.
_TORN = re.compile(f"[ก-ฮ][{_TONE}]? +[{_TONE}]?[าำะ]| [{_M}]|{WILD}|([{_M}])\\1|[{_TONE}]{{2}}")


def _respell(traced: Traced, channel: Channel) -> None:
    ways = (channel.late, channel.spaced, channel.am_extra, channel.am_lost, channel.lost)
    anywhere = min(ways) < inf
    for match in reversed(list(_ZONE.finditer(traced.text))):
        if len(match[0]) <= _LONGEST_ZONE and (anywhere or _TORN.search(match[0])):
            traced.respell(*match.span(), channel)


# ---- what remains --------------------------------------------------------------------------------

_WILD_AM = re.compile(f"(?<=[ก-ฮ]){WILD}+([{_TONE}]?)า")
_OTHER_WILD = re.compile(f"{WILD}(?!{WILD}*[{_TONE}]?[าำ])")
_BLANK_AM = re.compile(f"(?<=[ก-ฮ])([{_TONE}]?) +([{_TONE}]?)([าำ])")
_BLANK_A = re.compile(f"(?<=[ก-ฮ])([{_TONE}]?) +ะ")
_BLANK_MARK = re.compile(f"([ก-ฮ][ัิ-ู]?) +([{_M}]+)")
_GOES_ON = re.compile(f"[ก-ฮะาำ{_LEAD}]")
_TONE_FIRST = re.compile("([่-์]+)([ัิ-ฺ็]+)")
_MARK_AFTER_VOWEL = re.compile(f"(?<=[ก-ฮ])([าะำ])([{_TONE}])")
_MARK_AFTER_LEAD = re.compile(f"(?<=[ก-ฮ])([{_LEAD}])([{_M}]+)")
_REPEATED = re.compile(f"([{_M}าะ])\\1+")


def _tidy(traced: Traced, channel: Channel) -> None:
    if not _OTHER_WILD.search(traced.text):
        traced.rewrite("unnamed-mark", _WILD_AM, lambda match: f"{match[1]}ำ")
    vowel = "ำ" if channel.spaced > channel.am_blank * 20 else "า"
    traced.rewrite("blank-for-am", _BLANK_AM, lambda match: match[1] + match[2] + vowel)
    traced.rewrite("blank-before-mark", _BLANK_A, lambda match: f"{match[1]}ะ")
    traced.rewrite("blank-before-mark", _BLANK_MARK, _joined_mark)
    traced.rewrite("mark-order", _TONE_FIRST, lambda match: match[2] + match[1])
    traced.rewrite("mark-order", _MARK_AFTER_VOWEL, lambda match: match[2] + match[1])
    traced.rewrite("mark-order", _MARK_AFTER_LEAD, lambda match: match[2] + match[1])
    traced.rewrite("doubled-mark", _REPEATED, lambda match: match[1])


def _joined_mark(match: re.Match[str]) -> str | None:
    """A letter takes a mark back over a blank unless it already has one of that kind.

    A mark between two blanks may have been drawn anywhere: words decide.
    """
    if len(match[1]) > 1 and match[2][0] in "ัิีึืุู":
        return None
    joined = match[1] + match[2]
    before = match.string[max(0, match.start() - _WINDOW) : match.start()]
    goes_on = _GOES_ON.match(match.string, match.end())
    return joined if goes_on or ends_in_word(before + joined) else None


def _drop_wilds(traced: Traced, printed: str) -> None:
    """What stood for a glyph without a code and is still unknown goes; U+FFFD stays."""
    if WILD not in traced.text:
        return
    kept = [
        (char, place)
        for char, place in zip(traced.text, traced.source, strict=True)
        if char != WILD or printed[place] == WILD
    ]
    traced.text = "".join(char for char, _ in kept)
    traced.source = [place for _, place in kept]

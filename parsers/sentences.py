"""Scores in running text: list lines and sentences.

A sentence names subjects (codes, indicators, instruments, the total) and numbers. A
number belongs to the subjects that are still open before it: "ข้อ i๑ ได้ ๙๙.๓๕ คะแนน" is
one score, "i๒ และ i๓ ได้ ๑๐๐" gives the number to both, and "e๔ e๕ และ e๖ ได้ ๘๒.๘๖ ๘๑.๙๐
๘๙.๕๒ ตามลำดับ" is shared out in order. Limits ("๘๕ คะแนนขึ้นไป"), targets and counts are
no scores.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from parsers.codes import find_code_groups
from parsers.columns import heading_year
from parsers.model import Box, Place, Rating, Score
from parsers.numbers import Number, find_numbers
from parsers.stream import Stream
from parsers.subjects import SURE, level_of
from parsers.titles import match_indicator, match_instrument, match_level
from parsers.vocabulary import phrase

__all__ = ["read_sentences"]

# How far a number may stand from what it is of, and what must stand between them.
_REACH = 70
_SCORE_WORD = regex.compile(
    r"คะแนน|ร้อยละ|ได้|เท่ากับ|อยู่ที่|คิดเป็น|มีค่า|=|:|ระดับ|percent|score", regex.IGNORECASE
)
_UNIT = regex.compile(r"\s*(?:คะแนน|%|เปอร์เซ็นต์)")
_BREAK = regex.compile(r"\n\n|ดังนั้น|ทั้งนี้|อย่างไรก็ตาม")
_IN_ORDER = regex.compile(r"[\s,.และคะแนน]*ตามลำดับ")
_INDICATOR_LEAD = r"(?:ตัวชี้วัด(?:ย่อย)?(?:ที่)?|ด้าน(?:ที่)?)"
_INDICATOR = regex.compile(
    rf"(?:(?:^|\n)\s*{_INDICATOR_LEAD}?|{_INDICATOR_LEAD})\s*"
    r"(?P<number>10|๑๐|[1-9๑-๙])?(?![0-9๐-๙]|\.[0-9๐-๙])\s*[.):]?\s*"
    r"(?P<name>(?:ด้าน)?[ก-๎][ก-๎ฯ ]{5,45})"
)
_INSTRUMENT = regex.compile(
    r"(?<![A-Za-z])(?:IIT|EIT|OIT)(?![A-Za-z])"
    r"(?:\s*(?:ส่วนที่|\()?\s*[12๑๒](?![0-9๐-๙.])\)?)?"
)
_LEVEL = regex.compile(
    r"(?:ระดับ(?:ผลการประเมิน|คะแนน)?|ผลการประเมิน|เกณฑ์)\s*[:(“\"'‘]*\s*"
    r"(?P<word>(?:ไม่)?ผ่าน(?:เกณฑ์|ดีเยี่ยม|ดี)?|ต้องปรับปรุง(?:โดยด่วน)?|AA|[A-F](?![A-Za-z]))"
)
_LIST_LINE = regex.compile(r"\s*(?:[-•■▪●]|ตัวชี้วัดที่|ข้อ|\(?[0-9๐-๙]{1,2}(?:\.[0-9๐-๙])?[.)])")


class _Mention(NamedTuple):
    """A subject in the text: codes that a number after it can be of."""

    start: int
    end: int
    codes: tuple[str, ...]
    printed: str
    rule: str
    label: str


class _Claim(NamedTuple):
    """A subject code with its number."""

    mention: _Mention
    code: str
    number: Number


def read_sentences(
    stream: Stream, *, year_be: int | None
) -> tuple[tuple[Score, ...], tuple[Rating, ...]]:
    """Every score and rating that the running text prints.

    Args:
        stream: The lines outside tables.
        year_be: Fiscal year (BE) of the result, for scores beside which no year stands.
    """
    mentions = _mentions(stream.text)
    numbers = [n for n in find_numbers(stream.text) if n.kind in {"plain", "percent"}]
    claims = list(_claims(stream.text, mentions, numbers))
    scores = tuple(_score(stream, claim, year_be) for claim in claims)
    ratings = tuple(_ratings(stream, mentions, year_be))
    return scores, ratings


def _mentions(text: str) -> list[_Mention]:
    found = [
        _Mention(m.start, m.end, m.codes, text[m.start : m.end], m.rule, "")
        for m in find_code_groups(text)
    ]
    found += _indicators(text)
    found += [
        _Mention(m.start(), m.end(), (code,), m[0], "exact", m[0])
        for m in _INSTRUMENT.finditer(text)
        if (code := match_instrument(m[0]))
    ]
    found += [
        _Mention(m.start(), m.end(), ("ITA",), m[0], "exact", m[0])
        for m in phrase("total").finditer(text)
    ]
    strong = _without_overlaps(sorted(found, key=lambda m: (m.start, -m.end)))
    weak = [
        _Mention(m.start(), m.end(), ("ITA",), m[0], "exact", m[0])
        for m in phrase("total_weak").finditer(text)
        if not _has_subject(text, strong, m.start())
    ]
    return _without_overlaps(sorted([*strong, *weak], key=lambda m: (m.start, -m.end)))


def _has_subject(text: str, mentions: Sequence[_Mention], at: int) -> bool:
    """Whether "ผลการประเมิน" speaks of a code or indicator named just before it."""
    return any(
        mention.codes != ("ITA",)
        and 0 <= at - mention.end <= 2 * _REACH
        and "\n\n" not in text[mention.end : at]
        for mention in mentions
    )


def _indicators(text: str) -> Iterator[_Mention]:
    for found in _INDICATOR.finditer(text):
        name = found["name"].strip()
        match = match_indicator(_before_score(name))
        if not match or match.score < SURE:
            continue
        printed = found["number"] or name
        number = printed.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))
        if not found["number"]:
            rule = "name"
        else:
            rule = "exact" if number == match.code else "name-over-number"
        end = found.start("name") + len(_before_score(name))
        yield _Mention(found.start(), end, (match.code,), printed, rule, _before_score(name))


def _before_score(name: str) -> str:
    """A name without the words that lead to its score."""
    return regex.split(r"\s*(?:มี|ได้|คะแนน|ผลการประเมิน|เท่ากับ|ร้อยละ)", name)[0].strip()


def _without_overlaps(mentions: Sequence[_Mention]) -> list[_Mention]:
    kept: list[_Mention] = []
    for mention in mentions:
        if kept and mention.start < kept[-1].end:
            continue
        kept.append(mention)
    return kept


def _claims(text: str, mentions: Sequence[_Mention], numbers: Sequence[Number]) -> Iterator[_Claim]:
    """Walk through subjects and numbers in the order of the text."""
    for index, mention in enumerate(mentions):
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        after = _numbers_of(text, mention, following, numbers)
        if not after:
            continue
        shared = _in_order(text, mentions, index, after)
        if shared:
            yield from shared
        else:
            yield from (_Claim(mention, code, after[0]) for code in mention.codes)


def _numbers_of(
    text: str, mention: _Mention, following: _Mention | None, numbers: Sequence[Number]
) -> list[Number]:
    """The scores that stand after a subject, before the next one."""
    stop = _reach(text, mention, following)
    found: list[Number] = []
    at = mention.end
    for number in numbers:
        if number.start < mention.end:
            continue
        if number.start >= stop or number.start - at > _REACH:
            break
        if _is_limit(text, number):
            break
        if _is_score(text, number, text[at : number.start], first=not found):
            found.append(number)
        at = number.end
    return found


def _reach(text: str, mention: _Mention, following: _Mention | None) -> int:
    stop = following.start if following else len(text)
    # A total's words ("ผลการประเมิน") may stand before the subject proper.
    broken = _BREAK.search(text, mention.end, min(stop, mention.end + 4 * _REACH))
    return min(stop, broken.start()) if broken else stop


def _is_limit(text: str, number: Number) -> bool:
    """Whether a number is a threshold, a target or a count by the words around it."""
    before = text[max(0, number.start - 24) : number.start]
    after = text[number.end : number.end + 24]
    if phrase("limit_before").search(before.rstrip("( \n").removesuffix("ร้อยละ").rstrip()[-14:]):
        return True
    unit = _UNIT.match(after)
    tail = after[unit.end() :] if unit else after
    return phrase("limit_after").match(tail.lstrip(" \n)")) is not None


def _is_score(text: str, number: Number, between: str, *, first: bool) -> bool:
    """Whether a number is a score of the subject before it, by the words around it."""
    unit = _UNIT.match(text, number.end)
    if not first:
        return bool(unit) or "." in text[number.start : number.end]
    told = bool(unit) or number.percent or _SCORE_WORD.search(between) is not None
    return told and (number.value is None or number.value <= 1000)


def _in_order(
    text: str, mentions: Sequence[_Mention], index: int, numbers: Sequence[Number]
) -> list[_Claim]:
    """Numbers shared out over as many codes in order, where ตามลำดับ says so or counts fit."""
    mention = mentions[index]
    if len(numbers) < 2 or len(numbers) != len(mention.codes):
        return []
    return [
        _Claim(mention, code, number) for code, number in zip(mention.codes, numbers, strict=True)
    ]


def _score(stream: Stream, claim: _Claim, year_be: int | None) -> Score:
    number, mention = claim.number, claim.mention
    return Score(
        score_id="",
        year_be=_year_near(stream.text, mention, number) or year_be,
        level=level_of(claim.code),
        code=claim.code,
        code_printed=mention.printed,
        code_rule=mention.rule,
        label_printed=mention.label,
        value=number.value,
        value_printed=stream.printed(number.start, number.end).strip(),
        value_rule=number.rule,
        scale="percent",
        place=_place(stream, mention, number),
        page=stream.page(number.start),
        box=stream.box(number.start, number.end) or Box(0, 0, 0, 0),
        table_no=None,
        row_no=None,
        text_source="text",
        confidence=1.0 if number.value is not None else 0.0,
    )


def _year_near(text: str, mention: _Mention, number: Number) -> int | None:
    """The fiscal year named with a score: between subject and number, else just before."""
    between = text[mention.start : number.start]
    year = heading_year(between)
    if year or mention.codes != ("ITA",):
        return year
    before = text[max(0, mention.start - _REACH) : mention.start].rsplit("\n\n", 1)[-1]
    return heading_year(before)


def _place(stream: Stream, mention: _Mention, number: Number) -> Place:
    """A list line holds its subject and score alone; else it is a sentence."""
    line = stream.at(mention.start)
    text = stream.lines[line].text
    begins = mention.start - stream.starts[line] <= len(_lead(text))
    alone = len(text) - (number.end - stream.starts[line]) <= 12
    listed = begins and alone and stream.at(number.start) == line
    return "list" if listed and len(mention.codes) == 1 else "sentence"


def _lead(text: str) -> str:
    match = _LIST_LINE.match(text)
    return match[0] + " " if match else ""


def _ratings(stream: Stream, mentions: Sequence[_Mention], year_be: int | None) -> Iterator[Rating]:
    """Level words and pass marks beside a total or an indicator."""
    for found in _LEVEL.finditer(stream.text):
        subject = _judged(stream.text, mentions, found.start("word"))
        if subject is None:
            continue
        judged = _judgement(found["word"], subject.codes[0], found[0])
        if judged is None:
            continue
        kind, rating = judged
        start, end = found.start("word"), found.end("word")
        yield Rating(
            rating_id="",
            year_be=heading_year(stream.text[subject.start : start]) or year_be,
            kind="level" if kind == "level" else "pass",
            code=subject.codes[0],
            rating=rating,
            rating_printed=stream.printed(start, end),
            place="sentence",
            page=stream.page(start),
            box=stream.box(start, end) or Box(0, 0, 0, 0),
            table_no=None,
            row_no=None,
        )


def _judged(text: str, mentions: Sequence[_Mention], at: int) -> _Mention | None:
    """The nearest subject before a judgement, in the same paragraph."""
    near = [m for m in mentions if m.end <= at and at - m.start < 3 * _REACH]
    for mention in reversed(near):
        if "\n\n" in text[mention.end : at]:
            return None
        if len(mention.codes) == 1 and level_of(mention.codes[0]) in {"total", "indicator"}:
            return mention
    return None


def _judgement(word: str, code: str, phrase_: str) -> tuple[str, str] | None:
    if word.endswith("เกณฑ์"):
        return "pass", "fail" if word.startswith("ไม่") else "pass"
    level = match_level(word)
    if level and code == "ITA" and "ระดับ" in phrase_:
        return "level", level
    return None

"""What running text speaks of: codes, indicators, instruments and the overall result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from parsers.knowledge.catalogue import catalogue, years
from parsers.knowledge.terms import skeleton
from parsers.knowledge.titles import (
    TitleMatch,
    begun_indicator,
    match_indicator,
    match_instrument,
)
from parsers.knowledge.vocabulary import loose, phrase
from parsers.reading.codes import find_code_groups
from parsers.reading.subjects import SURE
from parsers.text.digits import to_ascii

__all__ = ["REACH", "Mention", "find_mentions"]

# How far apart a subject and what is said of it stand.
REACH = 70

_LEAD = loose("ตัวชี้วัด") + r"\s*(?:ย่อย)?\s*(?:ที่)?|ตชว\.?|" + loose("ด้าน") + r"(?:\s*ที่)?"
# A name at the head of a line needs no lead; every indicator's name begins like this.
_INDICATOR = regex.compile(
    rf"(?:(?:^|\n)[^\S\n]*(?:[-•■▪●*][^\S\n]*)?(?:{_LEAD})?|{_LEAD})\s*"
    r"(?P<number>10|๑๐|[1-9๑-๙])?(?![0-9๐-๙]|\.[0-9๐-๙])\s*[.):]?\s*"
    r"(?P<name>(?:ด้าน)?(?:กา|คุ|คณ|ปร)[ก-๎][ก-๎ฯ \n]{4,45})"
)
_NUMBERED = regex.compile(
    rf"(?:{loose('ตัวชี้วัด')}\s*(?:ที่)?|ตชว\.?)\s*(?P<number>10|๑๐|[1-9๑-๙])(?![0-9๐-๙]|[.,][0-9๐-๙])"
    r"\s*(?=(?:มี|ได้|คะแนน|อยู่|เท่ากับ|ร้อยละ|คิดเป็น|=|:))"
)
_SUBINDICATOR = regex.compile(
    rf"(?P<lead>{loose('ตัวชี้วัด')}(?:\s*{loose('ย่อย')})?(?:\s*ที่\s*|[^\S\n]*)"
    r"|(?:^|\n)[^\S\n]*(?:[-•■▪●*][^\S\n]*)?)"
    r"(?P<code>(?:9|10|๙|๑๐)\.[1-9๑-๙])(?![0-9๐-๙.])[ .):]*(?P<name>[ก-๎][ก-๎ ]{3,50})?"
)
_INSTRUMENT = regex.compile(
    r"(?:ส่วนที่\s*[12๑๒]\s*\(?\s*)?(?<![A-Za-z])(?:IIT|EIT|OIT)(?![A-Za-z])"
    r"(?:\s*\(?(?:Public|Survey)|\s*(?:ส่วนที่|\()?\s*[12๑๒](?![0-9๐-๙.])\)?)?"
)
_NAME_END = regex.compile(r"\s*(?:มี|ได้|คะแนน|ผลการประเมิน|เท่ากับ|ร้อยละ|โดย|ซึ่ง|อยู่|\n)")


class Mention(NamedTuple):
    """A subject in the text: codes that a number after it can be of."""

    start: int
    end: int
    codes: tuple[str, ...]
    printed: str
    rule: str
    label: str


def find_mentions(text: str) -> list[Mention]:
    """Every subject that a text names, in order; the vaguer names only where none is near."""
    found = [
        Mention(m.start, m.end, m.codes, text[m.start : m.end], m.rule, "")
        for m in find_code_groups(text)
    ]
    found += _indicators(text)
    found += _subindicators(text)
    found += [
        Mention(m.start(), m.end(), (code,), m[0], "exact", m[0])
        for m in _INSTRUMENT.finditer(text)
        if (code := match_instrument(m[0]))
    ]
    found += _totals(text, "total")
    strong = _without_overlaps(sorted(found, key=lambda m: (m.start, -m.end)))
    weak = [m for m in _totals(text, "total_weak") if not _has_subject(text, strong, m.start)]
    return _without_overlaps(sorted([*strong, *weak], key=lambda m: (m.start, -m.end)))


def _totals(text: str, kind: str) -> Iterator[Mention]:
    """Words for the overall result, unless another assessment's result is spoken of."""
    for m in phrase(kind).finditer(text):
        around = text[max(0, m.start() - REACH) : m.end() + REACH]
        if not phrase("other_result").search(around.split("\n\n")[0]):
            yield Mention(m.start(), m.end(), ("ITA",), m[0], "exact", m[0])


def _has_subject(text: str, mentions: Sequence[Mention], at: int) -> bool:
    """Whether "ผลการประเมิน" speaks of a code or indicator named just before it."""
    return any(
        mention.codes != ("ITA",)
        and 0 <= at - mention.end <= 2 * REACH
        and "\n\n" not in text[mention.end : at]
        for mention in mentions
    )


def _indicators(text: str) -> Iterator[Mention]:
    for found in _INDICATOR.finditer(text, overlapped=True):
        name = _NAME_END.split(found["name"].strip(), maxsplit=1)[0].strip()
        match = match_indicator(name)
        if not match or match.score < SURE:
            wrapped = " ".join(found["name"].split("\n")[:2])
            name = _NAME_END.split(wrapped.replace(" ", ""), maxsplit=1)[0]
            match = match_indicator(name) if "\n" in found["name"] else None
        if not match or match.score < SURE:
            name, match = _begun(found)
        if not match:
            continue
        printed = found["number"] or name
        if not found["number"]:
            rule = "name"
        else:
            rule = "exact" if to_ascii(printed) == match.code else "name-over-number"
        end = _end_of(text, found.start("name"), name)
        yield Mention(found.start(), end, (match.code,), printed, rule, name)
    for found in _NUMBERED.finditer(text):
        number = found["number"]
        yield Mention(found.start(), found.end(), (to_ascii(number),), number, "number", found[0])


def _begun(found: regex.Match[str]) -> tuple[str, TitleMatch | None]:
    """The indicator whose name only begins what stands there: "๓ การใช้อำนาจ ของหน่วยงาน …".

    Anything may follow; so the number must say the same, or ของ must follow.
    """
    begun = begun_indicator(found["name"])
    if begun is None:
        return "", None
    code, end = begun
    led = not found[0].lstrip().startswith(found["name"][:3])
    owned = led and found["name"][end:].lstrip().startswith("ของ")
    if to_ascii(found["number"] or "") == code or (owned and not found["number"]):
        return found["name"][:end], TitleMatch(code, None, 1.0)
    return "", None


def _end_of(text: str, start: int, name: str) -> int:
    """Where a name that begins at `start` ends, blanks and line breaks inside it counted."""
    left = sum(not ch.isspace() for ch in name)
    at = start
    while left and at < len(text):
        left -= not text[at].isspace()
        at += 1
    return at


def _subindicators(text: str) -> Iterator[Mention]:
    for found in _SUBINDICATOR.finditer(text):
        code = to_ascii(found["code"])
        name = (found["name"] or "").strip()
        bare = skeleton(name)
        if found["lead"].strip(" \n-•■▪●*") or any(
            bare.startswith(known) for known in _subindicator_names(code)
        ):
            end = found.end("code")
            yield Mention(found.start(), end, (code,), found["code"], "exact", name)


def _subindicator_names(code: str) -> list[str]:
    found = (catalogue(year) for year in years())
    return [
        skeleton(entry.name)
        for year in found
        if year
        for entry in year.subindicators
        if entry.code == code
    ]


def _without_overlaps(mentions: Sequence[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in mentions:
        if kept and mention.start < kept[-1].end:
            continue
        kept.append(mention)
    return kept

"""By how much a score is said to have risen or fallen since another year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex

from parsers.knowledge.claimwords import form, silences
from parsers.model import Claim
from parsers.reading.mentions import Mention, find_mentions
from parsers.reading.subjects import level_of
from parsers.reading.telling import Content, Told, windows

__all__ = ["read_changes"]

# How far around "เพิ่มขึ้น" its amount stands, and how far before it its subject.
_REACH = (70, 130)
_SUBJECT = 150
_MOVED = ("เพิ่ม", "สูงขึ้น", "ดีขึ้น", "ลดลง", "ต่ำลง")
_COMPARED = regex.compile(r"(?:จาก|กว่า|เทียบ)[^0-9]{0,40}ปี")
_POINTS_FOLLOW = regex.compile(r"\s*(?:คะแนน|%|จาก)")
_YEAR = regex.compile(r"(?<![0-9.,])25[4-9][0-9](?![0-9])")
_BEFORE_RELATIVE = regex.compile(r"ร้อยละ\s*$")


def read_changes(told: Told) -> Iterator[Claim]:
    """Every sentence that gives the difference of one score between two years."""
    for start, end in windows(told.flat, _MOVED, *_REACH):
        if not _COMPARED.search(told.flat, start, end):
            continue
        for found in form("change").finditer(told.flat, start, end):
            claim = _change(told, found)
            if claim is not None:
                yield claim


def _change(told: Told, found: regex.Match[str]) -> Claim | None:
    first = max(told.clause_start(found.start()), found.start() - _SUBJECT)
    said = told.flat[first : found.end()]
    subject = _subject(told.flat[first : found.start()])
    if subject is None or silences("unsure").search(said):
        return None
    years = [int(year) for year in _YEAR.findall(told.flat[first : found.start()])]
    later = years[-1] if years else told.year_be
    if later is None:
        return None
    earlier = int(found["than"]) if found["than"] else later - 1
    if earlier >= later or not _in_points(told.flat, found):
        return None
    amount = Decimal(found["amount"])
    code = subject.codes[0]
    content = Content(
        level_of(code),
        (code,),
        (amount if found["rise"] else -amount,),
        than_year_be=earlier,
    )
    return told.claim("change", found.span(), later, content)


def _subject(before: str) -> Mention | None:
    """What the difference is of: the only thing that the clause speaks of."""
    mentions = find_mentions(before)
    named = {mention.codes for mention in mentions}
    alone = len(named) == 1 and len(mentions[0].codes) == 1
    return mentions[-1] if alone else None


def _in_points(flat: str, found: regex.Match[str]) -> bool:
    """Whether the amount is in points: a percentage may be of the former score."""
    before = flat[found.start() : found.start("amount")]
    relative = _BEFORE_RELATIVE.search(before) or flat[found.end("amount") :][:1] == "%"
    return not relative and _POINTS_FOLLOW.match(flat, found.end("amount")) is not None

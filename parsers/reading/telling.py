"""A text in which claims are sought, and what decides whether a sentence certainly says one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import regex

from parsers.knowledge.claimwords import form, silences
from parsers.knowledge.titles import match_instrument
from parsers.model import Box, Claim, ClaimKind, Level
from parsers.text.digits import THAI_DIGITS
from parsers.text.stream import Stream
from parsers.text.thai import unwrap

__all__ = ["Content", "Told", "instruments_named", "telling", "windows"]

_BEFORE = 170
_CONTEXT = 700
_OF_ALL = regex.compile(r"ทั้ง\s?10\s?ตัวชี้วัด|ในภาพรวม|ทุก\s?(?:เครื่องมือ|แบบวัด)")
_OF_ONE = regex.compile(r"ตัวชี้วัด(?:ที่)?\s?[1-9]|ประเด็นที่\s?[1-9]")
_INSTRUMENT = regex.compile(
    r"(?<![A-Za-z])[IEO]IT(?![A-Za-z])|แบบวัดการ(?:รับรู้ของ|เปิดเผย)[ก-๎ \n]{0,45}"
)
_YEAR = regex.compile(r"(?<![0-9.,])25[4-9][0-9](?![0-9])")


@dataclass(frozen=True, slots=True)
class Content:
    """What a claim says: the fields of `Claim` that are not about its place."""

    level: Level | None = None
    codes: tuple[str, ...] = ()
    values: tuple[Decimal, ...] = ()
    count: int | None = None
    of: int | None = None
    among: str = ""
    than_year_be: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A text in which sentences are looked for.

    Attributes:
        stream: The text with its places on the pages.
        flat: The same with Arabic digits; every character keeps its place.
        year_be: Fiscal year (BE) of what is said beside no year.
        table_no: The table that it is a cell of; None for running text.
        row_no: The row of that table.
    """

    stream: Stream
    flat: str
    year_be: int | None
    table_no: int | None = None
    row_no: int | None = None

    def clause_start(self, at: int) -> int:
        """Where the clause that goes on at a position begins, as far as one looks back."""
        first = max(0, at - _BEFORE)
        start = first
        for found in form("break").finditer(self.flat, first, at):
            start = found.end()
        return start

    def certain(self, start: int, end: int) -> bool:
        """Whether nothing between two positions makes it a wish, a condition or of others."""
        said = self.flat[start:end]
        return not silences("unsure").search(said) and not silences("others").search(said)

    def year(self, start: int, end: int) -> tuple[bool, int | None]:
        """Whether a stretch speaks of one year at most, and of which."""
        years = {int(year) for year in _YEAR.findall(self.flat[start:end])}
        if len(years) > 1:
            return False, None
        return True, years.pop() if years else self.year_be

    def among(self, start: int, end: int, level: Level) -> str | None:
        """What a sentence between two positions counts or compares.

        Returns:
            An instrument, `ITA` for everything, empty where the text before it may narrow it
            down; None where it names several instruments.
        """
        clause = self.flat[self.clause_start(start) : end]
        named = instruments_named(clause)
        if len(named) > 1:
            return None
        if named:
            return named.pop()
        if _OF_ALL.search(clause):
            return "ITA"
        before = self.flat[max(0, start - _CONTEXT) : start]
        narrowed = instruments_named(before) or (level == "question" and _OF_ONE.search(before))
        return "" if narrowed or self.table_no is not None else "ITA"

    def claim(
        self, kind: ClaimKind, span: tuple[int, int], year_be: int | None, content: Content
    ) -> Claim:
        """A claim that stands at `span`."""
        start, end = span
        if self.flat[start:end].count("(") > self.flat[start:end].count(")"):
            end += self.flat.startswith(")", end)
        return Claim(
            kind=kind,
            year_be=year_be,
            level=content.level,
            codes=content.codes,
            values=content.values,
            count=content.count,
            of=content.of,
            printed=" ".join(unwrap(self.stream.text[start:end]).split()),
            page=self.stream.page(start),
            box=self.stream.box(start, end) or Box(0, 0, 0, 0),
            table_no=self.table_no,
            row_no=self.row_no,
            among=content.among,
            than_year_be=content.than_year_be,
        )


def telling(
    stream: Stream,
    year_be: int | None,
    table_no: int | None = None,
    row_no: int | None = None,
) -> Told:
    """A text made ready to be searched."""
    flat = stream.text
    for value, digit in enumerate(THAI_DIGITS):  # on long texts much faster than a translation
        flat = flat.replace(digit, str(value))
    return Told(stream, flat, year_be, table_no, row_no)


def windows(flat: str, words: tuple[str, ...], before: int, after: int) -> list[tuple[int, int]]:
    """The stretches around words, those that meet joined: where a slow search is worth while.

    >>> windows("ab ผ่าน cd", ("ผ่าน",), 3, 5), windows("abc", ("ผ่าน",), 3, 5)
    ([(0, 8)], [])
    """
    at: list[int] = []
    for word in words:
        found = flat.find(word)
        while found >= 0:
            at.append(found)
            found = flat.find(word, found + len(word))
    joined: list[tuple[int, int]] = []
    for place in sorted(at):
        start, end = max(0, place - before), min(len(flat), place + after)
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def instruments_named(text: str) -> set[str]:
    """The instruments that a stretch of text names (EIT for its parts)."""
    found = (match_instrument(m[0].strip()) for m in _INSTRUMENT.finditer(text))
    return {code[:3] for code in found if code}

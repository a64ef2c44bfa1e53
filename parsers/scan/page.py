"""A page picture -> characters and ruling lines, as a text layer would give them.

Every line of print becomes characters with their places; what reads them says how sure it is
and what else it may be. Boxes are in points of the page as displayed, straightened: what is
level on the paper is level here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from parsers.model import Box, Char, Rule
from parsers.scan.lines import Line, find_lines
from parsers.scan.picture import render
from parsers.scan.pieces import Piece, read_line
from parsers.scan.reader import Reading
from parsers.scan.strokes import find_rulings
from parsers.scan.upright import Prepared, prepare

__all__ = ["ScanPage", "Word", "read_scan"]

_SIZE_OF_GLYPH = 2.0
"""Font size over the common height of letters without marks."""
_MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")


@dataclass(frozen=True, slots=True)
class Word:
    """A line of print as it was read.

    Attributes:
        box: Its place.
        text: What was read.
        confidence: How likely that is the value printed, from 0 to 1.
        others: What else it may be, with how likely.
        is_sure: Whether the confidence is high enough to be believed.
    """

    box: Box
    text: str
    confidence: float
    others: tuple[tuple[str, float], ...]
    is_sure: bool


@dataclass(frozen=True, slots=True)
class ScanPage:
    """What a page picture shows; without characters where `verdict` is not `good`."""

    chars: tuple[Char, ...]
    rules: tuple[Rule, ...]
    words: tuple[Word, ...]
    verdict: str


def read_scan(data: bytes, index: int) -> ScanPage:
    """Read page `index` (from 0) of a PDF from its picture."""
    prepared = prepare(render(data, index))
    if prepared.quality.verdict != "good":
        return ScanPage((), (), (), prepared.quality.verdict)
    rulings = find_rulings(prepared.gray, prepared.quality.glyph)
    sheet = _Sheet(prepared)
    chars: list[Char] = []
    words: list[Word] = []
    for line in find_lines(prepared, rulings):
        for piece in read_line(line, prepared.quality.glyph):
            if piece.is_legible:
                chars += sheet.chars(line, piece.reading)
            words.append(sheet.word(line, piece))
    rules = tuple(sheet.rule(ruling.rule) for ruling in rulings)
    return ScanPage(tuple(chars), rules, tuple(words), "good")


class _Sheet:
    """The upright page, to say where its pixels lie on the page as displayed."""

    def __init__(self, prepared: Prepared) -> None:
        self._map: Any = prepared.to_sheet
        self._angle = prepared.quality.turn
        self._size = _SIZE_OF_GLYPH * prepared.quality.glyph / prepared.scale
        self._glyph = prepared.quality.glyph

    def point(self, x: float, y: float) -> tuple[float, float]:
        (a, c, e), (b, d, f) = self._map
        return float(a * x + c * y + e), float(b * x + d * y + f)

    def box(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        ax, ay = self.point(x0, top)
        bx, by = self.point(x1, bottom)
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def rule(self, rule: Rule) -> Rule:
        return Rule(*self.box(rule.x0, rule.top, rule.x1, rule.bottom))

    def chars(self, line: Line, reading: Reading) -> Iterator[Char]:
        """The characters of a line, all on one baseline."""
        baseline = _baseline(line, self._glyph)
        left, (first, last) = line.box.x0, self._sides(line)
        for char, start, end in zip(reading.text, reading.starts, reading.ends, strict=True):
            x0, x1 = (min(max(left + x, first), last) for x in (start, end))
            box = self.box(x0, baseline - 1.5 * self._glyph, x1, baseline + 0.4 * self._glyph)
            x, y = self.point(x1 if char in _MARKS else x0, baseline)
            yield Char(char, *box, x, y, self._size, self._angle)

    def _sides(self, line: Line) -> tuple[float, float]:
        """Where a line can begin and end: letters may touch the borders of their cell."""
        if line.cell is None:
            return line.ink.x0, line.ink.x1
        air = 0.1 * self._glyph
        return max(line.ink.x0, line.cell.x0 + air), min(line.ink.x1, line.cell.x1 - air)

    def word(self, line: Line, piece: Piece) -> Word:
        reading = piece.reading
        left, top = line.box.x0, line.ink.top
        ends = (left + min(reading.starts), top, left + max(reading.ends), line.ink.bottom)
        return Word(
            self.box(*ends), reading.text, reading.confidence, reading.others, piece.is_sure
        )


def _baseline(line: Line, glyph: float) -> float:
    """Where the letters of a line stand: at the row of its crop where ink ends most abruptly."""
    ink = (255 - line.crop).astype("float32").sum(axis=1)
    if not len(ink) or ink.max() <= 0:
        return float(line.ink.bottom)
    falls = ink[:-1] - ink[1:]
    at = int(falls.argmax()) + 1
    return float(line.box.top + at)

"""A line of print -> its pieces: prose, and the numbers and codes in it, each read by itself.

The network of whole lines knows all letters, but a number is worth more care: it is read again
by the network of cells, under the grammar of what it may be, and only that says how sure it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from parsers.pdf.quality import word_share
from parsers.scan.lines import Line
from parsers.scan.reader import Reading, read, threshold

__all__ = ["Piece", "read_line"]

_SHORT = 9.0
"""A line not longer than this, in heights of a letter, may be a number, a code or a level."""
_KINDS = ("number", "code", "level", "instrument", "year")
_LIKELY = 0.3
"""A kind whose grammar fits less than this does not fit."""
_WORDS = 0.75
"""The share of the Thai letters of prose that words must cover; less is gibberish."""
_FEW_LETTERS = 4
_NUMBER = regex.compile(r"[0-9๐-๙](?:[0-9๐-๙., /-]*[0-9๐-๙])?")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line as it was read.

    Attributes:
        reading: What was read, and where.
        is_sure: Whether it can be believed as it stands.
        is_prose: Whether it is neither number nor code nor level.
    """

    reading: Reading
    is_sure: bool
    is_prose: bool = False

    @property
    def is_legible(self) -> bool:
        """Whether it may be shown: prose, if most of it is words of the dictionary."""
        if self.is_sure or not self.is_prose:
            return True
        text = self.reading.text
        thai = sum("\u0e01" <= char <= "\u0e4e" for char in text)
        return thai < _FEW_LETTERS or word_share(text) >= _WORDS


def read_line(line: Line, glyph: float) -> Iterator[Piece]:
    """The pieces of a line from left to right; none where there is nothing to read.

    Args:
        line: The line.
        glyph: Common height of a letter on the page, in pixels.
    """
    if line.dash:
        width = float(line.crop.shape[1])
        yield Piece(Reading("-", 1.0, (0.0,), (width,)), True)
        return
    if line.ink.x1 - line.ink.x0 <= _SHORT * glyph:
        short = _short(line)
        if short is not None:
            yield short
            return
    (reading,) = read([line.crop], alphabet="text")
    if reading.text:
        yield from _numbers_apart(line, reading, glyph)


def _short(line: Line) -> Piece | None:
    """What may be a number, a code or a level, as the kind that it fits best."""
    found = [(read([line.crop], alphabet=kind)[0], threshold(kind)) for kind in _KINDS]
    best, least = max(found, key=lambda one: one[0].confidence)
    if not best.text or best.confidence < _LIKELY:
        return None
    return Piece(best, best.confidence >= least)


def _numbers_apart(line: Line, reading: Reading, glyph: float) -> Iterator[Piece]:
    sure = reading.confidence >= threshold("text")
    at = 0
    for found in _NUMBER.finditer(reading.text):
        number = _number(line, reading, found.start(), found.end(), glyph)
        if number is None:
            continue
        if at < found.start():
            yield Piece(_part(reading, at, found.start()), sure, is_prose=True)
        yield number
        at = found.end()
    if at < len(reading.text):
        yield Piece(_part(reading, at, len(reading.text)), sure, is_prose=True)


def _number(line: Line, reading: Reading, start: int, end: int, glyph: float) -> Piece | None:
    """A number of a line, cut out and read again."""
    slack = round(0.15 * glyph)
    left = max(0, int(reading.starts[start]) - slack)
    right = min(line.crop.shape[1], int(reading.ends[end - 1]) + slack + 1)
    (again,) = read([line.crop[:, left:right]], alphabet="number")
    if not again.text or again.confidence < _LIKELY:
        return None
    moved = replace(
        again,
        starts=tuple(x + left for x in again.starts),
        ends=tuple(x + left for x in again.ends),
    )
    return Piece(moved, moved.confidence >= threshold("number"))


def _part(reading: Reading, start: int, end: int) -> Reading:
    return replace(
        reading,
        text=reading.text[start:end],
        starts=reading.starts[start:end],
        ends=reading.ends[start:end],
    )

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
_CODE_LETTERS = frozenset("iIlLeEoO")
_CODE_HEADS = _CODE_LETTERS | {" "}
_MOST_DIGITS = 3
_WIDEST_HEAD = 2.5
"""How far, in heights of a letter, the letter of a code stands before its digits."""
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
        before = _before(reading, at, found.start(), number.reading)
        if at < before:
            yield Piece(_part(reading, at, before), sure, is_prose=True)
        yield number
        at = found.end()
    if at < len(reading.text):
        yield Piece(_part(reading, at, len(reading.text)), sure, is_prose=True)


def _before(reading: Reading, at: int, start: int, number: Reading) -> int:
    """Where what stands before a number ends; the letter of a code is in its own reading."""
    if number.text[0].isalpha():
        while start > at and reading.text[start - 1] in _CODE_LETTERS:
            start -= 1
    return start


def _number(line: Line, reading: Reading, start: int, end: int, glyph: float) -> Piece | None:
    """A number of a line, cut out and read again; or the code whose letter stands before it."""
    code = _code(line, reading, start, end, glyph)
    if code is not None:
        return code
    slack = round(0.15 * glyph)
    return _read_again(line, reading.starts[start] - slack, _right(reading, end, slack), "number")


def _code(line: Line, reading: Reading, start: int, end: int, glyph: float) -> Piece | None:
    """A code, if that is what stands between the word before a number and its end.

    The letter is thin, and the network of lines, which expects Thai, overlooks it or takes it
    for a digit. Only a letter that is seen as one makes a code of a number.
    """
    if end - start > _MOST_DIGITS or not reading.text[start:end].isdigit():
        return None
    before = start - 1
    while before >= 0 and reading.text[before] in _CODE_HEADS:
        before -= 1
    left = reading.ends[before] if before >= 0 else 0.0
    if reading.starts[start] - left > _WIDEST_HEAD * glyph:
        left = reading.starts[start] - _WIDEST_HEAD * glyph
    code = _read_again(line, left, _right(reading, end, round(0.15 * glyph)), "code")
    if code is None or not code.is_sure:
        return None
    text = code.reading.text
    is_code = text[0].isalpha() and any(char.isdigit() for char in text)
    return code if is_code else None


def _right(reading: Reading, end: int, slack: int) -> float:
    return reading.ends[end - 1] + slack + 1


def _read_again(line: Line, left: float, right: float, kind: str) -> Piece | None:
    first, last = max(0, int(left)), min(line.crop.shape[1], int(right))
    if first >= last:
        return None
    (again,) = read([line.crop[:, first:last]], alphabet=kind)
    if not again.text or again.confidence < _LIKELY:
        return None
    moved = replace(
        again,
        starts=tuple(x + first for x in again.starts),
        ends=tuple(x + first for x in again.ends),
    )
    return Piece(moved, moved.confidence >= threshold(kind))


def _part(reading: Reading, start: int, end: int) -> Reading:
    return replace(
        reading,
        text=reading.text[start:end],
        starts=reading.starts[start:end],
        ends=reading.ends[start:end],
    )

"""Letters with their marks, and the blanks between them: the inside of a line of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from parsers.model import Box, Char

__all__ = ["Letter", "letters_of", "spell"]

_MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")
_MARK_REACH = 0.7  # of the size: how far a mark may stand off the letter it belongs to
_BLANK = 0.22  # of the size: a gap that reads as a blank
_BLANK_IN_NUMBER = 0.35  # … between digits: a number torn in two would be another number
_COLUMN = 1.2  # of the size: a gap that reads as the border of a column
_WIDEST_SPACING = 0.6  # of the size: the widest gap that spacing of letters explains
_FEWEST_GAPS = 4  # below so many gaps nothing is said about the spacing of letters
_SPACING_FACTOR = 1.3
_NUMERIC = frozenset("0123456789๐๑๒๓๔๕๖๗๘๙.,")


class Letter(NamedTuple):
    """A letter with its marks; places are along and across the direction of writing.

    Attributes:
        start: Where it begins.
        end: Where the next one would begin.
        baseline: Where it stands; grows down the page for upright text.
        size: Its font size.
        chars: The letter and its marks, in drawing order.
    """

    start: float
    end: float
    baseline: float
    size: float
    chars: list[Char]


def letters_of(chars: Sequence[Char], angle: int) -> Iterator[Letter]:
    """Characters of one direction of writing as letters with their marks.

    A mark that does not stand by the letter drawn before it stays a letter of its own.
    """
    last: Letter | None = None
    for char in chars:
        text, x0, top, x1, bottom, x, y, size, _ = char
        if angle == 0:
            start, end, baseline = x, x1, y
        elif angle == 90:
            start, end, baseline = y, bottom, -x
        elif angle == 270:
            start, end, baseline = -y, -top, x
        elif angle == 180:
            start, end, baseline = -x, -x0, -y
        else:  # slanted: along the diagonal, good enough for a stamp or watermark
            start, end, baseline = x, x1, y
        if text in _MARKS and last is not None:
            reach = _MARK_REACH * last.size
            near = last.start - reach <= start <= last.end + reach
            if near and abs(baseline - last.baseline) <= reach:
                last.chars.append(char)
                continue
        last = Letter(start, end, baseline, size, [char])
        yield last


def spell(letters: Sequence[Letter]) -> tuple[str, list[Box | None]]:
    """A line of letters as text, blanks put in where there is room, and a box for each.

    Blanks at the ends are left out.
    """
    kept = _trimmed(letters)
    spacing = _letter_spacing(kept)
    printed: list[str] = []
    boxes: list[Box | None] = []
    before: Letter | None = None
    for letter in kept:
        if before is not None:
            gap = letter.start - before.end
            if gap > _BLANK * letter.size:
                blanks = _blanks(before, letter, gap - spacing)
                printed.extend(blanks)
                boxes.extend([None] * len(blanks))
        for char in letter.chars:
            printed.append(char.text)
            box = Box(char.x0, char.top, char.x1, char.bottom)
            boxes.extend([box] * len(char.text))
        if before is None or letter.end > before.end or letter.start >= before.end:
            before = letter
    return "".join(printed), boxes


def _trimmed(letters: Sequence[Letter]) -> Sequence[Letter]:
    first, last = 0, len(letters)
    while first < last and letters[first].chars[0].text.isspace():
        first += 1
    while last > first and letters[last - 1].chars[0].text.isspace():
        last -= 1
    return letters if (first, last) == (0, len(letters)) else letters[first:last]


def _letter_spacing(letters: Sequence[Letter]) -> float:
    """The gap that letters of this line have anyway: titles and justified lines are spaced."""
    gaps = []
    before: Letter | None = None
    for letter in letters:
        if before is not None:
            gap = letter.start - before.end
            if gap < _WIDEST_SPACING * letter.size:
                gaps.append(gap)
        before = letter
    if len(gaps) < _FEWEST_GAPS:
        return 0.0
    return _SPACING_FACTOR * max(0.0, median(gaps))


def _blanks(before: Letter, letter: Letter, gap: float) -> str:
    """What to put between two letters with this much room beyond the usual spacing."""
    left, right = before.chars[0].text, letter.chars[0].text
    numeric = left in _NUMERIC and right in _NUMERIC
    if gap > _COLUMN * letter.size:
        return " " if left.isspace() or right.isspace() else "  "
    if left.isspace() or right.isspace():
        return ""
    return " " if gap > (_BLANK_IN_NUMBER if numeric else _BLANK) * letter.size else ""

"""Letters with their marks, and the blanks between them: the inside of a line of text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from parsers.model import Box, Char
from parsers.text.runs import MARKS, apart, boxes_of, letter_count

__all__ = ["Letter", "letters_of", "single", "spell"]

_SARA_AA = "\u0e32"
_MARK_REACH = 0.7  # of the size: how far a mark may stand off the letter it belongs to
_BLANK = 0.17  # of the size: a gap that reads as a blank
# … inside a number or a code ("EP๑"): torn in two it would be another one, and word processors
# put a fifth of the size between scripts.
_BLANK_IN_NUMBER = 0.3
_LEAST_BLANK = 0.08  # … less than which a drawn blank is none
_USUAL_BLANK = 0.22
_COLUMN = 1.2  # of the size: a gap that reads as the border of a column
_WIDEST_SPACING = 0.6  # of the size: the widest gap that spacing of letters explains
_FEWEST_GAPS = 4  # below so many gaps nothing is said about the spacing of letters
_SPACING_FACTOR = 1.3
_NUMERIC = frozenset("0123456789๐๑๒๓๔๕๖๗๘๙.,")


class Letter(NamedTuple):
    """A letter with its marks, or a run; places are along and across the writing.

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


def letters_of(chars: Sequence[Char], angle: int) -> list[Letter]:
    """Characters of one direction of writing as letters with their marks.

    A mark that does not stand by the letter drawn before it stays a letter of its own. A run
    has its marks already.
    """
    found: list[Letter] = []
    last: Letter | None = None
    new = tuple.__new__  # skips the checks of a named tuple, which take longer than the rest
    for char in chars:
        text, x0, top, x1, bottom, x, y, size, _, starts = char
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
        if not starts and text in MARKS and last is not None and not last.chars[0].starts:
            reach = _MARK_REACH * last.size
            near = last.start - reach <= start <= last.end + reach
            if near and abs(baseline - last.baseline) <= reach:
                last.chars.append(char)
                continue
        last = new(Letter, (start, end, baseline, size, [char]))
        found.append(last)
    return found


def single(letters: Sequence[Letter]) -> list[Letter]:
    """The letters of upright text with its runs taken apart."""
    found: list[Letter] = []
    for letter in letters:
        first = letter.chars[0]
        if first.starts:
            found.extend(letters_of([*apart(first), *letter.chars[1:]], 0))
        else:
            found.append(letter)
    return found


def spell(letters: Sequence[Letter]) -> tuple[str, list[Box | None]]:
    """A line of letters as text, blanks put in where there is room, and a box for each.

    Blanks at the ends, and blanks that take no room, are left out.
    """
    spacing: float | None = None
    printed: list[str] = []
    boxes: list[Box | None] = []
    before: Letter | None = None
    last_end = 0.0
    waiting: list[Letter] = []
    new = tuple.__new__
    for letter in letters:
        start, end, _, size, chars = letter
        if chars[0][0].isspace():
            waiting.append(letter)
            continue
        if before is not None:
            room = start - last_end
            if waiting:
                # No word begins with sara aa: a blank drawn there, however narrow, stands for
                # the mark of a sara am that the file lost.
                lost = chars[0][0].startswith(_SARA_AA)
                _add_drawn_blanks(waiting, size if lost else room, size, printed, boxes)
            elif room > _BLANK * size:
                if spacing is None:
                    spacing = _letter_spacing(letters)
                blanks = _blanks(before, letter, room, spacing)
                printed.append(blanks)
                boxes.extend([None] * len(blanks))
        if waiting:
            waiting = []
        for char in chars:
            printed.append(char[0])
            boxes += boxes_of(char) if char[9] else [new(Box, char[1:5])] * len(char[0])
        if before is None or end > last_end or start >= last_end:
            before, last_end = letter, end
    return "".join(printed), boxes


def _add_drawn_blanks(
    blanks: Sequence[Letter], room: float, size: float, printed: list[str], boxes: list[Box | None]
) -> None:
    """Blanks that the page draws, as far as there is room for them."""
    if room <= _LEAST_BLANK * size:
        return
    fitting = max(1, round(room / (_USUAL_BLANK * size))) if size else 1
    for blank in blanks[:fitting]:
        char = blank.chars[0]
        printed.append(char.text)
        boxes.append(Box(char.x0, char.top, char.x1, char.bottom))
    if room > _COLUMN * size and len(blanks) == 1:
        printed.append(" ")
        boxes.append(None)


def _letter_spacing(letters: Sequence[Letter]) -> float:
    """The gap that letters of this line have anyway: titles and justified lines are spaced."""
    gaps = sorted(
        [
            gap
            for before, letter in pairwise(letters)
            if (gap := letter.start - before.end) < _WIDEST_SPACING * letter.size
        ]
    )
    runs = [letter.chars[0].text for letter in letters if letter.chars[0].starts]
    touching = sum(map(letter_count, runs)) - len(runs)  # letters of a run have no gap
    middle = (len(gaps) + touching) // 2 - touching
    if len(gaps) + touching < _FEWEST_GAPS or middle < 0:
        return 0.0
    return _SPACING_FACTOR * max(0.0, gaps[middle])


def _blanks(before: Letter, letter: Letter, room: float, spacing: float) -> str:
    """What to put between two letters with this much room."""
    gap, size = room - spacing, letter.size
    if gap > _COLUMN * size:
        return "  "
    left, right = before.chars[0].text[-1], letter.chars[0].text[0]
    numeric = right in _NUMERIC and (left in _NUMERIC or (left.isascii() and left.isalpha()))
    return " " if gap > (_BLANK_IN_NUMBER if numeric else _BLANK) * size else ""

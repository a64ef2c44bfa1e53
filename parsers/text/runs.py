"""Letters that a page sets side by side, taken together as runs.

A page has a thousand letters and two hundred words. What comes after asks every character
where it stands; a run is asked once. Only what can have no place of its own goes into a run:
Thai letters that follow each other on one baseline without a gap, with their marks, and a
single blank of usual width between them. Digits, signs and Latin letters stay single: scores
and codes are shown where they are printed. So does all text that a ruling line runs through,
for its letters may belong to two cells.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import accumulate, repeat

from parsers.model import Box, Char, Rule

__all__ = [
    "BLANK",
    "LETTERS",
    "MARKS",
    "RUN",
    "TOUCHING",
    "apart",
    "boxes_of",
    "gathered",
    "letter_count",
]

MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")
LETTERS = frozenset(map(chr, (*range(0x0E01, 0x0E3A), *range(0x0E40, 0x0E4F)))) - MARKS
RUN = re.compile("(?:[ก-ะาำเ-ๆ][ัิ-ฺ็-๎]*)+(?: (?:[ก-ะาำเ-ๆ][ัิ-ฺ็-๎]*)+)*")
TOUCHING = (-0.3, 0.025)
"""Letters side by side are so far apart, in shares of the size."""
BLANK = (0.09, 0.32)
"""With a blank between them they are: less room is none, more may be several."""
_NEW_BOX: Callable[[Iterable[float]], Box] = partial(tuple.__new__, Box)
"""Skips the checks of a named tuple, which take longer than the rest."""
_MARK_REACH = 0.7
_SAME_BASELINE = 0.02


def gathered(chars: Sequence[Char], rules: Iterable[Rule]) -> tuple[Char, ...]:
    """The characters in the same order, letters that follow each other as runs."""
    fences = _Fences(rules)
    found: list[Char] = []
    start = 0
    for end in _ends(chars):
        run = chars[start] if end - start == 1 else _run(chars[start:end])
        if run.starts and fences.cross(run):
            for char in chars[start:end]:
                found.extend(apart(char) if char.starts else (char,))
        else:
            found.append(run)
        start = end
    return tuple(found)


def boxes_of(char: Char) -> list[Box]:
    """A box for each character; in a run a mark has the box of its letter."""
    text, _, top, x1, bottom, _, _, _, _, starts = char
    if not starts:
        return [_NEW_BOX(char[1:5])] * len(text)
    ends = (*starts[1:], x1)
    held = list(map(_NEW_BOX, zip(starts, repeat(top), ends, repeat(bottom), strict=False)))
    return held if len(held) == len(text) else [held[at] for at in _letters_of(text)]


def apart(char: Char) -> list[Char]:
    """The characters of a run one by one."""
    return [
        char._replace(text=text, x0=box.x0, x1=box.x1, origin_x=box.x0, starts=())
        for text, box in zip(char.text, boxes_of(char), strict=True)
    ]


def letter_count(text: str) -> int:
    """How many letters, blanks included, stand side by side."""
    return _letters_of(text)[-1] + 1 if text else 0


@lru_cache(maxsize=4096)
def _letters_of(text: str) -> tuple[int, ...]:
    """For each character which letter it is, or stands on, from 0."""
    return tuple([count - 1 for count in accumulate(char not in MARKS for char in text)])


def _ends(chars: Sequence[Char]) -> Iterator[int]:
    """Where runs end: a run is what stands between two of these places."""
    last: Char | None = None  # the last letter of the run
    blank = False  # whether a blank waits for the letter after it
    for at, char in enumerate(chars):
        text = char[0]
        is_letter = bool(char[9]) or text in LETTERS
        if last is not None:
            if is_letter and _follows(last, char, blank):
                last, blank = char, False
                continue
            if not blank and text in MARKS and _bears(last, char):
                continue
            if not blank and text == " " and char[7] == last[7] and not char[8]:
                blank = True
                continue
            if blank:
                yield at - 1
        if at:
            yield at
        last, blank = char if is_letter and not char[8] else None, False
    if blank:
        yield len(chars) - 1
    if chars:
        yield len(chars)


def _bears(letter: Char, mark: Char) -> bool:
    """Whether a mark stands by a letter (the last one of a run)."""
    reach = _MARK_REACH * letter.size
    begin = letter.starts[-1] if letter.starts else letter.origin_x
    near = begin - reach <= mark.origin_x <= letter.x1 + reach
    return near and abs(mark.origin_y - letter.origin_y) <= reach


def _follows(letter: Char, char: Char, blank: bool) -> bool:
    """Whether the next letter stands beside a letter, a blank between them or not."""
    _, _, _, end, _, begin, baseline, size, _, starts = letter
    _, _, _, _, _, x, y, height, angle, _ = char
    least, most = BLANK if blank else TOUCHING
    return (
        height == size
        and not angle
        and least * size <= x - end <= most * size
        and x > (starts[-1] if starts else begin)
        and abs(y - baseline) <= _SAME_BASELINE * size
    )


def _run(chars: Sequence[Char]) -> Char:
    """Characters as one, with the rectangle around them."""
    letters = [char for char in chars if char.text not in MARKS]
    first = letters[0]
    return Char(
        "".join([char.text for char in chars]),
        first.x0,
        min([char.top for char in chars]),
        letters[-1].x1,
        max([char.bottom for char in chars]),
        first.origin_x,
        first.origin_y,
        first.size,
        0,
        tuple([start for char in letters for start in char.starts or (char.origin_x,)]),
    )


class _Fences:
    """The upright ruling lines of a page, to ask whether one runs through a run."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        upright = [rule for rule in rules if rule.bottom - rule.top > rule.x1 - rule.x0]
        self._rules = sorted(upright)
        self._places = [rule.x0 for rule in self._rules]

    def cross(self, run: Char) -> bool:
        """Whether a line stands between the first letter and the end of a run."""
        at = bisect_left(self._places, run.x0)
        while at < len(self._places) and self._places[at] < run.x1:
            rule = self._rules[at]
            if rule.top <= run.bottom and rule.bottom >= run.top:
                return True
            at += 1
        return False

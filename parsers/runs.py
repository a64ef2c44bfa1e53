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
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import sub

from parsers.model import Box, Char, Rule

__all__ = ["apart", "boxes_of", "gathered", "letter_count", "run_of"]

_MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")
_LETTERS = frozenset(map(chr, (*range(0x0E01, 0x0E3A), *range(0x0E40, 0x0E4F)))) - _MARKS
_RUN = re.compile("(?:[ก-ะาำเ-ๆ][ัิ-ฺ็-๎]*)+(?: (?:[ก-ะาำเ-ๆ][ัิ-ฺ็-๎]*)+)*")
_TOUCHING = (-0.3, 0.025)
"""Letters side by side are so far apart, in shares of the size."""
_BLANK = (0.09, 0.32)
"""With a blank between them they are: less room is none, more may be several."""
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


def run_of(text: str, columns: Sequence[Sequence[float]], size: float) -> Char | None:
    """Upright characters of one baseline as a run; None where they do not make one.

    Args:
        text: The characters.
        columns: For each x0, top, x1, bottom, x and y.
        size: Their size.
    """
    lefts, tops, rights, bottoms, xs, ys = columns
    if len(text) != len(xs) or not _RUN.fullmatch(text):
        return None
    gaps = list(map(sub, xs[1:], rights))
    least, most = _TOUCHING
    if min(gaps) < least * size or max(gaps) > most * size or ys.count(ys[0]) < len(ys):
        return None
    if " " in text:
        least, most = _BLANK
        for blank in [at for at, char in enumerate(text) if char == " "]:
            if not least * size <= xs[blank + 1] - rights[blank - 1] <= most * size:
                return None
    starts = tuple(xs)
    if starts != tuple(sorted(starts)):
        return None
    right = max(rights[-1], rights[-2])
    top, bottom = min(tops), max(bottoms)
    return Char(text, lefts[0], top, right, bottom, xs[0], ys[0], size, 0, starts)


def boxes_of(char: Char) -> list[Box]:
    """A box for each character of a run."""
    _, _, top, x1, bottom, _, _, _, _, starts = char
    new = tuple.__new__  # skips the checks of a named tuple, which take longer than the rest
    ends = (*starts[1:], x1)
    return [new(Box, (start, top, end, bottom)) for start, end in zip(starts, ends, strict=True)]


def apart(char: Char) -> list[Char]:
    """The characters of a run one by one."""
    return [
        char._replace(text=text, x0=box.x0, x1=box.x1, origin_x=box.x0, starts=())
        for text, box in zip(char.text, boxes_of(char), strict=True)
    ]


@lru_cache(maxsize=4096)
def letter_count(text: str) -> int:
    """How many letters, blanks included, stand side by side in a run."""
    return sum(char not in _MARKS for char in text)


def _ends(chars: Sequence[Char]) -> Iterator[int]:
    """Where runs end: a run is what stands between two of these places."""
    held = False  # whether the run may go on
    blank = 0  # 1 where a blank waits for the letter after it
    baseline = begin = last = size = 0.0
    for at, (text, _, _, x1, _, x, y, height, angle, starts) in enumerate(chars):
        if held:
            if text in _MARKS:
                reach = _MARK_REACH * size
                near = not blank and begin - reach <= x <= last + reach
                if near and abs(y - baseline) <= reach:
                    continue
            elif height == size and abs(y - baseline) <= _SAME_BASELINE * size and not angle:
                if starts or text in _LETTERS:
                    least, most = _BLANK if blank else _TOUCHING
                    if x > begin and least * size <= x - last <= most * size:
                        begin, last, blank = starts[-1] if starts else x, x1, 0
                        continue
                elif text == " " and not blank:
                    blank = 1
                    continue
            if blank:
                yield at - 1
        if at:
            yield at
        blank = 0
        held = bool(starts) or (text in _LETTERS and not angle)
        if held:
            baseline, begin, last, size = y, starts[-1] if starts else x, x1, height
    if blank:
        yield len(chars) - 1
    if chars:
        yield len(chars)


def _run(chars: Sequence[Char]) -> Char:
    """Characters as one, with the rectangle around them."""
    first = chars[0]
    texts, lefts, tops, rights, bottoms, *_ = zip(*chars, strict=True)
    return Char(
        "".join(texts),
        min(lefts),
        min(tops),
        max(rights),
        max(bottoms),
        first.origin_x,
        first.origin_y,
        first.size,
        0,
        tuple([start for char in chars for start in char.starts or (char.origin_x,)]),
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

"""Runs of Thai letters, measured by the widths of their glyphs.

Where the first and the last letter of a run stand, and how wide each glyph of the font is,
says where all others stand, unless the file moves some of them; then the places do not add
up and every character is asked for its own. The width of a glyph is asked once for each font
and size on a page. Marks take no room of their own; a font in which they do does not add up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from parsers.model import Char
from parsers.pdf.reported import Place, Reported
from parsers.text.runs import BLANK, MARKS, RUN, TOUCHING

__all__ = ["FEWEST", "Stretch", "Widths", "learn", "measured", "strangers", "stretches"]

Widths = dict[str, float]
"""Advance widths by character, of one font in one size, in points."""

FEWEST = 4
"""Fewer characters than this are asked one by one."""

_ADRIFT = 0.08
"""How far, in shares of the size, a letter may stand from where the widths put it: less than
the room that a blank takes, so that no gap between words hides in it."""

_PAIRED = 0.3
"""How far letters may be drawn together in all before their middle is looked at: fonts set
some pairs of letters closer, hardly any wider."""

_WIDEST_BLANK = 0.45
"""A blank that the file draws may be so wide, in shares of the size: its width is known."""

_SIGNS = "".join(sorted(MARKS))
_MARK = re.compile(f"[{_SIGNS}]+")


class Stretch(NamedTuple):
    """Characters of one text object that look like one run.

    Attributes:
        start: Index of the first character.
        last: Index of the last letter.
        end: Index behind the last character.
        size: Font size as displayed.
        widths: The widths of its font.
    """

    start: int
    last: int
    end: int
    size: float
    widths: Widths


def stretches(text: str, span: range, size: float, widths: Widths) -> list[Stretch | range]:
    """Cut the characters of an upright text object into runs to measure and all others."""
    found: list[Stretch | range] = []
    at, end = span.start, span.stop
    for match in RUN.finditer(text, at, end):
        start, stop = match.span()
        if stop - start < FEWEST:
            continue
        if at < start:
            found.append(range(at, start))
        last = start + len(match[0].rstrip(_SIGNS)) - 1
        found.append(Stretch(start, last, stop, size, widths))
        at = stop
    if at < end:
        found.append(range(at, end))
    return found


def strangers(text: str, stretch: Stretch) -> list[int]:
    """Indices of characters whose widths have to be learnt."""
    start, _, end, _, widths = stretch
    new = set(text[start:end]).difference(widths, MARKS)
    widths |= dict.fromkeys(new, 0.0)
    return [text.index(char, start) for char in new]


def learn(places: Mapping[int, Place], met: Sequence[tuple[int, Widths]]) -> None:
    """Put down the widths of characters whose places are known by now."""
    for index, widths in met:
        char, left, _, right, *_ = places[index]
        widths[char] = right - left


def measured(held: Reported, stretch: Stretch, places: Mapping[int, Place]) -> Char | None:
    """The stretch as a run; None where its letters do not stand side by side."""
    start, last, end, size, widths = stretch
    text = held.text[start:end]
    if " " in text and not BLANK[0] * size <= widths[" "] <= _WIDEST_BLANK * size:
        return None
    _, x0, top, _, bottom, x, y = places[start]
    _, _, other_top, x1, other_bottom, last_x, last_y = places[last]
    if y != last_y:
        return None
    letters = _MARK.sub("", text)
    starts = list(accumulate(map(widths.__getitem__, letters[:-1]), initial=x))
    drift = last_x - starts[-1]
    steps = len(starts) - 1
    if drift and steps:
        share = drift / steps
        if not TOUCHING[0] * size <= share <= TOUCHING[1] * size:
            return None
        starts = [at + number * share for number, at in enumerate(starts)]
        if not -_PAIRED * size <= drift <= _ADRIFT * size and not _even(held, stretch, starts):
            return None
    top, bottom = min(top, other_top), max(bottom, other_bottom)
    return Char(text, x0, top, x1, bottom, x, y, size, 0, tuple(starts))


def _even(held: Reported, stretch: Stretch, starts: Sequence[float]) -> bool:
    """Whether letters are set wider or closer all along: the one in the middle tells.

    A gap shows there with half its width at least.
    """
    number = len(starts) // 2
    text = held.text
    letters = [at for at in range(stretch.start, stretch.end) if text[at] not in MARKS]
    place = held.places([letters[number]])[letters[number]]
    return abs(place[5] - starts[number]) <= _ADRIFT / 2 * stretch.size

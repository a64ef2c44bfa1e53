"""Where one row ends and the next begins, when no line is drawn between them.

A column that holds one short entry per row (a score, a number, a code) anchors the rows.
The other cells may run over several lines, and the entry stands beside the first of
them, the last, or the middle.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

__all__ = ["TextLine", "row_bounds", "row_of"]


BESIDE = 0.8
"""Entries stand at the top (or bottom) of their rows where so many have text beside them."""


CLEARLY = 1.5
"""A gap between rows is wider by so many points than one between the lines of a cell."""


class TextLine(NamedTuple):
    """A line of a cell: its baseline, whether it begins with a number or code, its end."""

    base: float
    item: bool
    right: float = 0.0


def row_bounds(
    anchors: Sequence[float], lines: Sequence[TextLine], rules: Sequence[float] = ()
) -> list[float]:
    """The heights between the rows: one less than there are rows.

    There are as many rows as anchors; a few more where lines that begin with a number
    or code tell of rows without entry, or where the rest of a row from the page before
    stands above the first one.

    Args:
        anchors: Baselines of the entries that stand once in every row, from the top.
        lines: The lines of the cells that may be longer, from the top.
        rules: Heights of ruling lines across the table.

    >>> long_titles = [TextLine(y, False) for y in (10, 20, 30, 40)]
    >>> row_bounds([10, 30], long_titles), row_bounds([15, 35], long_titles)
    ([25.0], [25.0])
    """
    pitch = _pitch(anchors, lines)
    bounds = (
        _by_items(anchors, lines, pitch)
        or _by_gaps(anchors, lines)
        or _by_place(anchors, lines, pitch)
    )
    for upper, lower in pairwise(anchors):
        drawn = [rule for rule in rules if upper < rule < lower]
        inside = [place for place, bound in enumerate(bounds) if upper < bound < lower]
        if drawn and len(inside) == 1:
            bounds[inside[0]] = drawn[0]
    return bounds


def row_of(base: float, bounds: Sequence[float]) -> int:
    """The row in which a baseline lies."""
    return sum(base > bound for bound in bounds)


def _pitch(anchors: Sequence[float], lines: Sequence[TextLine]) -> float:
    """The usual distance of two lines."""
    bases = sorted({line.base for line in lines})
    steps = [b - a for a, b in pairwise(bases) if b - a > 4]
    steps = steps or [b - a for a, b in pairwise(anchors) if b - a > 4]
    return median(steps) if steps else 20.0


def _by_items(
    anchors: Sequence[float], lines: Sequence[TextLine], pitch: float
) -> list[float] | None:
    """Bounds above the lines that begin with a number or code, where rows begin so.

    Each row then has one entry; few may have none (no score printed, or printed on the
    page before).
    """
    items = [line.base for line in lines if line.item]
    starts = [item - 0.4 * pitch for item in items]
    rows = [row_of(anchor, starts) for anchor in anchors]
    if not items or len(set(rows)) < len(rows) or len(items) > 1.2 * len(anchors) + 1:
        return None
    if rows[0] == 0:
        return None
    rest = any(line.base < items[0] - 0.3 * pitch for line in lines)
    return [_above(item, lines, pitch) for item in items[0 if rest else 1 :]]


def _above(base: float, lines: Sequence[TextLine], pitch: float) -> float:
    """A height between a line and the one before it."""
    before = [line.base for line in lines if line.base < base - 0.3 * pitch]
    return (max(before) + base) / 2 if before else base - pitch / 2


def _by_gaps(anchors: Sequence[float], lines: Sequence[TextLine]) -> list[float] | None:
    """Bounds in the gaps that are wider than those between the lines of one cell."""
    bases = [line.base for line in lines]
    bounds: list[float] = []
    least = inner = 0.0
    for upper, lower in pairwise(anchors):
        chain = [upper, *(base for base in bases if upper + 2 < base < lower - 2), lower]
        gaps = [(b - a, (a + b) / 2) for a, b in pairwise(chain)]
        widest, place = max(gaps)
        others = [gap for gap, at in gaps if at != place]
        if any(widest - gap < CLEARLY for gap in others):
            return None
        least = min(least or widest, widest)
        inner = max([inner, *others])
        bounds.append(place)
    if not inner or least - inner < CLEARLY / 2:
        return None
    above = [*(base for base in bases if base < anchors[0] - 2), anchors[0]]
    for a, b in pairwise(above):
        if b - a > (least + inner) / 2:
            bounds.insert(0, (a + b) / 2)
    return bounds


def _by_place(anchors: Sequence[float], lines: Sequence[TextLine], pitch: float) -> list[float]:
    """Bounds by where the entries stand beside the lines: top, bottom or middle."""
    near = 0.35 * pitch
    hits = sum(any(abs(line.base - a) < near for line in lines) for a in anchors)
    above = any(line.base < anchors[0] - near for line in lines)
    top = [_above(anchor, lines, pitch) for anchor in anchors[0 if above else 1 :]]
    bottom = [anchor + near for anchor in anchors[:-1]]
    middle = _centred(anchors, [line.base for line in lines], pitch)
    if hits < BESIDE * len(anchors):
        return middle
    return max((top, middle, bottom), key=lambda bounds: _fullness(bounds, lines)) if above else top


def _fullness(bounds: Sequence[float], lines: Sequence[TextLine]) -> float:
    """How much further lines reach that go on in their row than lines that end one.

    A line is broken where the next word finds no room, so the right bounds make the
    lines that go on long.
    """
    rows: dict[int, list[float]] = {}
    for line in lines:
        rows.setdefault(row_of(line.base, bounds), []).append(line.right)
    inner = [right for held in rows.values() for right in held[:-1]]
    last = [held[-1] for held in rows.values()]
    if not inner or not last:
        return float("-inf")
    return sum(inner) / len(inner) - sum(last) / len(last)


def _centred(anchors: Sequence[float], bases: Sequence[float], pitch: float) -> list[float]:
    """Bounds where each entry stands in the middle of its row: as much below as above."""
    bounds: list[float] = []
    floor = min([*bases, anchors[0]])
    for anchor, after in pairwise(anchors):
        end = max(anchor, 2 * anchor - floor) + 0.4 * pitch
        inside = [base for base in bases if base <= end]
        following = [base for base in (*bases, after) if base > end]
        last = max([*inside, anchor])
        floor = min(following) if following else after
        bounds.append((last + floor) / 2 if last < floor else end)
    return bounds

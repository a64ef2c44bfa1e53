"""Where one row ends and the next begins, when no line is drawn between them.

A column that holds one short entry per row (a score, a number, a code) anchors the rows.
The other cells may run over several lines, and the entry stands beside the first of
them, the last, or the middle.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

__all__ = ["TextLine", "row_bounds", "row_of"]


class TextLine(NamedTuple):
    """A line of a cell: its baseline, and whether it begins with a number or code."""

    base: float
    item: bool


def row_bounds(
    anchors: Sequence[float], lines: Sequence[TextLine], rules: Sequence[float] = ()
) -> list[float]:
    """The heights between the rows, one less than there are anchors.

    Args:
        anchors: Baselines of the entries that stand once in every row, from the top.
        lines: The lines of the cells that may be longer, from the top.
        rules: Heights of ruling lines across the table.

    >>> long_titles = [TextLine(y, False) for y in (10, 20, 30, 40)]
    >>> row_bounds([10, 30], long_titles), row_bounds([15, 35], long_titles)
    ([25.0], [25.0])
    """
    pitch = _pitch(anchors, lines)
    bounds = _by_items(anchors, lines, pitch) or _by_place(anchors, lines, pitch)
    for index, (upper, lower) in enumerate(zip(anchors, anchors[1:], strict=False)):
        drawn = [rule for rule in rules if upper < rule < lower]
        if drawn:
            bounds[index] = drawn[0]
    return bounds


def row_of(base: float, bounds: Sequence[float]) -> int:
    """The row in which a baseline lies."""
    return sum(base > bound for bound in bounds)


def _pitch(anchors: Sequence[float], lines: Sequence[TextLine]) -> float:
    """The usual distance of two lines."""
    bases = sorted({line.base for line in lines})
    steps = [b - a for a, b in zip(bases, bases[1:], strict=False) if b - a > 4]
    steps = steps or [b - a for a, b in zip(anchors, anchors[1:], strict=False) if b - a > 4]
    return median(steps) if steps else 20.0


def _by_items(
    anchors: Sequence[float], lines: Sequence[TextLine], pitch: float
) -> list[float] | None:
    """Bounds above the lines that begin with a number or code, where each row has one."""
    items = [line.base for line in lines if line.item]
    if len(items) != len(anchors) or not items:
        return None
    nearest = zip(items, anchors, strict=True)
    if any(item > anchor + 0.4 * pitch for item, anchor in nearest):
        return None
    if any(item <= above for item, above in zip(items[1:], anchors, strict=False)):
        return None
    return [_above(item, lines, pitch) for item in items[1:]]


def _above(base: float, lines: Sequence[TextLine], pitch: float) -> float:
    """A height between a line and the one before it."""
    before = [line.base for line in lines if line.base < base - 0.3 * pitch]
    return (max(before) + base) / 2 if before else base - pitch / 2


def _by_place(
    anchors: Sequence[float], lines: Sequence[TextLine], pitch: float
) -> list[float]:
    """Bounds by where the entries stand beside the lines: top, bottom or middle."""
    near = 0.35 * pitch
    beside = all(any(abs(line.base - anchor) < near for line in lines) for anchor in anchors)
    above = any(line.base < anchors[0] - near for line in lines)
    below = any(line.base > anchors[-1] + near for line in lines)
    if beside and not above:
        return [_above(anchor, lines, pitch) for anchor in anchors[1:]]
    if beside and not below:
        return [anchor + near for anchor in anchors[:-1]]
    return _centred(anchors, [line.base for line in lines], pitch)


def _centred(anchors: Sequence[float], bases: Sequence[float], pitch: float) -> list[float]:
    """Bounds where each entry stands in the middle of its row: as much below as above."""
    bounds: list[float] = []
    floor = min([*bases, anchors[0]])
    for anchor, after in zip(anchors, anchors[1:], strict=False):
        end = max(anchor, 2 * anchor - floor) + 0.4 * pitch
        inside = [base for base in bases if base <= end]
        following = [base for base in (*bases, after) if base > end]
        last = max([*inside, anchor])
        floor = min(following) if following else after
        bounds.append((last + floor) / 2 if last < floor else end)
    return bounds

"""Inked parts -> rows of print: letters side by side, each mark with its letter.

Thai sets vowels and tones above and below the letters, up to three parts over each other,
and lines so close that a tone may stand nearer to the line above than to its own letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Parts", "in_order", "rows_of_parts"]

_MOST_ROWS = 1_500
"""More are no print: a photo, a pattern."""

Ints = NDArray[np.int32]

_BODY = 0.6
"""A part at least so high, in heights of a letter, is a letter; lower ones are marks."""


class Parts(NamedTuple):
    """Boxes of what hangs together, as columns."""

    x0: Ints
    top: Ints
    x1: Ints
    bottom: Ints

    def some(self, chosen: Any) -> Parts:
        """Those with these numbers."""
        return Parts(*(side[chosen] for side in self))


def rows_of_parts(parts: Parts, glyph: float, gap: float) -> list[list[int]]:
    """The rows of print, each as the numbers of its parts.

    Args:
        parts: The parts of a cell, or of a page outside its tables.
        glyph: Common height of letters.
        gap: Wider blanks, in heights of a letter, divide a row.
    """
    high = parts.bottom - parts.top
    bodies = np.flatnonzero(high >= _BODY * glyph)
    small = np.flatnonzero(high < _BODY * glyph)
    rows = _linked(parts, bodies, glyph, gap)
    row_of = np.full(len(high), -1, np.int32)
    for number, row in enumerate(rows):
        row_of[row] = number
    alone = _with_marks(parts, small, row_of, glyph, gap)
    rest = _linked(parts, np.asarray(alone, np.int64), 0.5 * glyph, gap)
    out = [np.flatnonzero(row_of == number).tolist() for number in range(len(rows))] + rest
    return _with_stray_marks(parts, out, glyph)


def _linked(parts: Parts, chosen: Any, glyph: float, gap: float) -> list[list[int]]:
    """Letters that stand side by side on one line."""
    if not len(chosen):
        return []
    order = chosen[np.argsort(parts.x0[chosen], kind="stable")]
    x0, top, x1, bottom = (side[order].astype(np.float32) for side in parts)
    high = bottom - top
    parent = list(range(len(order)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for i in range(len(order) - 1):
        far = x1[i] + gap * max(glyph, min(2 * glyph, float(high[i])))
        end = int(np.searchsorted(x0, far, side="right"))
        if end <= i + 1:
            continue
        late = slice(i + 1, end)
        lower = np.minimum(high[i], high[late])
        shared = np.minimum(bottom[i], bottom[late]) - np.maximum(top[i], top[late])
        foot = np.abs(bottom[i] - bottom[late])
        size = np.maximum(glyph, lower)
        level = (shared >= 0.55 * lower) & (foot <= 0.65 * size)
        level |= (foot <= 0.3 * size) & (shared >= 0.4 * lower)
        for j in np.flatnonzero(level):
            parent[root(i)] = root(i + 1 + int(j))
    groups: dict[int, list[int]] = {}
    for node in range(len(order)):
        groups.setdefault(root(node), []).append(int(order[node]))
    return list(groups.values())


def _with_marks(parts: Parts, small: Any, row_of: Ints, glyph: float, gap: float) -> list[int]:
    """Give each mark and dot its row (in `row_of`); the numbers of those that have none."""
    alone: list[int] = []
    held = np.flatnonzero(row_of >= 0)
    if not len(held):
        return [int(i) for i in small]
    is_mark = np.zeros(len(row_of), bool)
    # From the foot of the page up: a tone finds the vowel under it already placed.
    for i in small[np.argsort(-parts.bottom[small], kind="stable")]:
        number = _row_of_mark(parts, int(i), held, row_of, is_mark, glyph, gap)
        if number is None:
            alone.append(int(i))
            continue
        row, above = number
        row_of[i] = row
        if above:
            is_mark[i] = True
            held = np.append(held, i)
    return alone


def _row_of_mark(
    parts: Parts, mark: int, held: Any, row_of: Ints, is_mark: Any, glyph: float, gap: float
) -> tuple[int, bool] | None:
    """The row of a mark, and whether it stands above what it belongs to."""
    x0, top, x1, bottom = (int(side[mark]) for side in parts)
    left, upper, right, lower = (side[held] for side in parts)
    apart = np.maximum(left - x1, x0 - right)
    over = apart < 0.15 * glyph
    middle = (top + bottom) / 2
    letters = ~is_mark[held]
    under = np.where(over & (upper > top), upper - bottom, 1e6)
    above = np.where(over & (lower < bottom) & letters, top - lower, 1e6)
    beside = np.where(
        letters & (middle > upper - 0.1 * glyph) & (middle < lower + 0.25 * glyph), apart, 1e6
    )
    inside = np.where(letters & (middle > upper) & (middle < lower), apart, 1e6)
    within, nearest = int(inside.argmin()), int(beside.argmin())
    if inside[within] < 0.6 * glyph:
        return int(row_of[held[within]]), False
    one, other = int(under.argmin()), int(above.argmin())
    attached = (0.3 if inside[within] < 1.2 * glyph else 0.7) * glyph
    if under[one] <= attached and under[one] <= above[other] + 0.1 * glyph:
        return int(row_of[held[one]]), True
    if above[other] <= 0.5 * glyph and inside[within] > 1.2 * glyph:
        return int(row_of[held[other]]), False
    if beside[nearest] <= gap * glyph:
        return int(row_of[held[nearest]]), False
    if under[one] <= 0.9 * glyph:
        return int(row_of[held[one]]), True
    return None


def _with_stray_marks(parts: Parts, rows: list[list[int]], glyph: float) -> list[list[int]]:
    """Rows of marks joined to the rows of letters that they stand on, or hang under.

    Vowel and tone that touch are together as high as a small letter.
    """
    if len(rows) > _MOST_ROWS:
        return rows
    order = sorted(range(len(rows)), key=lambda number: _weight(parts, rows[number]))
    around = np.array([_extent(parts, row) for row in rows]).reshape(-1, 4)
    taken: dict[int, int] = {}
    for place, number in enumerate(order):
        row = rows[number]
        if int((parts.bottom[row] - parts.top[row]).max()) > 1.1 * glyph:
            continue
        best, least = None, 1e6
        later = np.asarray(order[place + 1 :], np.int64)
        x0, top, x1, bottom = around[number]
        left, upper, right, lower = around[later].T
        near = (left < x1 + glyph) & (right > x0 - glyph)
        near &= (upper < bottom + 2 * glyph) & (lower > top - 2 * glyph)
        for other in later[near].tolist():
            distance = _distance(parts, row, rows[other], glyph)
            if distance < least:
                best, least = other, distance
        if best is not None:
            taken[number] = best
    out = {number: list(row) for number, row in enumerate(rows) if number not in taken}
    for number in order:
        if number in taken:
            goal = taken[number]
            while goal in taken:
                goal = taken[goal]
            out[goal] += rows[number]
    return list(out.values())


def _weight(parts: Parts, row: list[int]) -> int:
    """How much a row prints: the sum of the widths of its parts."""
    return int((parts.x1[row] - parts.x0[row]).sum())


def _extent(parts: Parts, row: list[int]) -> tuple[int, int, int, int]:
    x0, top, x1, bottom = (side[row] for side in parts)
    return int(x0.min()), int(top.min()), int(x1.max()), int(bottom.max())


def _distance(parts: Parts, row: list[int], other: list[int], glyph: float) -> float:
    """How far marks stand from the letters of another row; very far where that is no place."""
    x0, x1 = int(parts.x0[row].min()), int(parts.x1[row].max())
    near = np.asarray(other)
    near = near[(parts.x1[near] > x0 - 0.3 * glyph) & (parts.x0[near] < x1 + 0.3 * glyph)]
    near = near[parts.bottom[near] - parts.top[near] >= _BODY * glyph]
    if not len(near):
        return 1e6
    high = float(np.median(parts.bottom[near] - parts.top[near]))
    foot, head = float(np.median(parts.bottom[near])), float(np.median(parts.top[near]))
    low, top = float(parts.bottom[row].max()), float(parts.top[row].min())
    if low - top > max(0.85 * high, 1.1 * glyph):
        return 1e6
    if 0.4 * high <= foot - low <= 1.35 * high and head - low < 0.35 * glyph:
        return max(0.0, head - low)
    if low > foot and low - foot <= 0.8 * glyph and top - foot < 0.25 * glyph:
        return max(0.0, top - foot)
    return 1e6


def in_order(boxes: Sequence[tuple[int, int, int, int]], glyph: float) -> list[int]:
    """The numbers of boxes in reading order: row by row, each from the left."""
    order = sorted(range(len(boxes)), key=lambda i: (boxes[i][1] + boxes[i][3]) / 2)
    out: list[int] = []
    row: list[int] = []
    for index in order:
        middle = (boxes[index][1] + boxes[index][3]) / 2
        if row:
            last = boxes[row[0]]
            if middle - (last[1] + last[3]) / 2 > 0.6 * glyph:
                out += sorted(row, key=lambda i: boxes[i][0])
                row = []
        row.append(index)
    return out + sorted(row, key=lambda i: boxes[i][0])

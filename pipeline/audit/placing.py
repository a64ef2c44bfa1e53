"""What is wrong with the places of a list: gaps, doubles, and places out of order of score.

Ties are written in two ways (1, 2, 2, 4 and 1, 2, 2, 3); both are right. Places that leap
again and again are those of a larger list (a province's agencies by their national rank):
there a gap means nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from pipeline.audit.interval import Interval

__all__ = ["Break", "Placed", "broken_steps", "exchanged", "in_order_of_score", "out_of_order"]

# A list with more breaks than one for so many rows is not one that is counted through.
_ROWS_PER_BREAK = 10
_LEAST_ROWS = 4
_ORDERED = Decimal("0.8")


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with its place; `scores` are what its total may be, the likeliest first."""

    place: int
    scores: tuple[Interval, ...]

    def ties(self, other: Placed) -> bool:
        """Whether both may have the same score; also where one has none."""
        if not self.scores or not other.scores:
            return not self.scores and not other.scores
        return any(not a.gap(b) for a in self.scores for b in other.scores)


@dataclass(frozen=True, slots=True)
class Break:
    """A row whose place does not follow from the one before.

    Attributes:
        row: Its index.
        expected: The place that it should have; None where places are missing before it.
        missing: These places.
    """

    row: int
    expected: int | None
    missing: tuple[int, ...] = ()


def broken_steps(rows: Sequence[Placed], *, ranked: bool) -> list[Break]:
    """The rows at which the count breaks; empty where the list is not counted through.

    Args:
        rows: The rows in the order of one count.
        ranked: Whether equal scores share a place; else every row has its own.
    """
    found: list[Break] = []
    before, tied = 0, 1
    for index, row in enumerate(rows):
        if index == 0:
            before, tied = row.place, 1
            continue
        shares = ranked and row.place == before and row.ties(rows[index - 1])
        if shares:
            tied += 1
            continue
        place = row.place
        if place not in {before + 1, before + tied}:
            broken = _break(rows, index, before)
            found.append(broken)
            place = broken.expected or place
        before, tied = place, 1
    enough = len(found) <= max(1, len(rows) // _ROWS_PER_BREAK)
    return found if enough and len(rows) >= _LEAST_ROWS else []


def exchanged(rows: Sequence[Placed], *, ranked: bool) -> tuple[int, int] | None:
    """The two rows that have each other's place, in a list that is else counted through.

    Where places are ranks, only with scores that are the other way round: rows may stand in
    any order.
    """
    right = sorted(row.place for row in rows)
    off = [index for index, row in enumerate(rows) if row.place != right[index]]
    if len(off) != 2 or len(rows) < _LEAST_ROWS:
        return None
    first, second = off
    if ranked and not _above(rows[first], rows[second]):
        return None
    mended = [replace(row, place=place) for row, place in zip(rows, right, strict=True)]
    return None if broken_steps(mended, ranked=ranked) else (first, second)


def _above(one: Placed, other: Placed) -> bool:
    """Whether one score is certainly the higher, whatever both are read as."""
    scores = [(a, b) for a in one.scores for b in other.scores]
    return bool(scores) and all(a.low > b.high for a, b in scores)


def _break(rows: Sequence[Placed], index: int, before: int) -> Break:
    """A misprint where the next row goes on as if nothing had happened; else a gap."""
    place = rows[index].place
    follows = index + 1 < len(rows) and rows[index + 1].place == before + 2
    if follows or place <= before:
        return Break(index, before + 1)
    return Break(index, None, tuple(range(before + 1, place)))


def in_order_of_score(rows: Sequence[Placed]) -> bool:
    """Whether the scores of a list fall from row to row, a few aside."""
    scored = [row.scores[0] for row in rows if row.scores]
    falls = sum(a.high >= b.low for a, b in pairwise(scored))
    return len(scored) >= _LEAST_ROWS and falls >= _ORDERED * (len(scored) - 1)


def out_of_order(rows: Sequence[Placed]) -> list[int]:
    """The rows whose score stands higher or lower than their place, whatever it is read as.

    Empty where that is more than a few: the list is then ranked by something else.
    """
    scored = [index for index, row in enumerate(rows) if row.scores]
    kept = _longest_fall([rows[index].scores[0].middle for index in scored])
    wrong = [index for at, index in enumerate(scored) if at not in kept]
    if len(scored) < _LEAST_ROWS or len(wrong) > max(1, len(scored) // _ROWS_PER_BREAK):
        return []
    right = [scored[at] for at in sorted(kept)]
    return [index for index in wrong if not _may_stand(rows, index, right)]


def _longest_fall(values: Sequence[Decimal]) -> set[int]:
    """The indices of a longest run of values that never rises, rows in between left out."""
    tails: list[Decimal] = []
    ends: list[int] = []
    came_from: list[int | None] = []
    for index, value in enumerate(values):
        at = bisect_right(tails, -value)
        came_from.append(ends[at - 1] if at else None)
        tails[at : at + 1] = [-value]
        ends[at : at + 1] = [index]
    kept: set[int] = set()
    current = ends[-1] if ends else None
    while current is not None:
        kept.add(current)
        current = came_from[current]
    return kept


def _may_stand(rows: Sequence[Placed], index: int, right: Sequence[int]) -> bool:
    """Whether one of the values that a row's score may have fits between its neighbours."""
    above = next((rows[at].scores[0] for at in reversed(right) if at < index), None)
    below = next((rows[at].scores[0] for at in right if at > index), None)
    return any(
        (above is None or above.high >= score.low) and (below is None or score.high >= below.low)
        for score in rows[index].scores
    )

"""Lines of pieces under each other: parted into rows, and put into the cells of a table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from parsers.model import Passage
from parsers.tables.fragments import Fragment, Slot
from parsers.tables.geometry import around
from parsers.tables.headers import begins_item
from parsers.tables.lattices import Stroke
from parsers.tables.loose_headings import Places, heading_bounds, heading_places
from parsers.tables.pieces import Piece, column_of, passage_of
from parsers.tables.rowing import row_of
from parsers.tables.splices import join

__all__ = [
    "CLEARLY",
    "Row",
    "crosses",
    "foot",
    "fragment_of",
    "groups_of",
    "over",
    "pitch_of",
    "row_starts",
    "step",
]

CLEARLY = 1.2
"""A gap between rows is so many times wider than one between the lines of a cell."""
SLACK = 3.0
"""So far a piece may reach over the edge of its column."""

Row = list[Piece]
"""The pieces of one line, from left to right; never empty."""


def crosses(piece: Piece, edges: Sequence[float]) -> bool:
    """Whether a piece runs over the room between two columns, or far outside of all."""
    between = any(piece.box.x0 < x - SLACK and piece.box.x1 > x + SLACK for x in edges[1:-1])
    return between or piece.box.x0 < edges[0] - 60 or piece.box.x1 > edges[-1] + 60


def step(upper: Row, lower: Row) -> float:
    """How much further down a line ends than another."""
    return foot(lower) - foot(upper)


def foot(row: Row) -> float:
    """Where a line ends; the bases of its pieces vary with their marks and letters."""
    return max(piece.box.bottom for piece in row)


def over(upper: Piece, lower: Piece) -> bool:
    """Whether two pieces have a place from left to right in common."""
    return upper.box.x0 < lower.box.x1 and upper.box.x1 > lower.box.x0


def pitch_of(rows: Sequence[Row]) -> float:
    """The smallest distance of two lines of one cell."""
    steps = [
        lower.box.bottom - upper.box.bottom
        for place, row in enumerate(rows)
        for upper in row
        for lower in next(([q] for below in rows[place + 1 :] for q in below if over(upper, q)), [])
    ]
    height = max(piece.box.bottom - piece.box.top for row in rows for piece in row)
    return min([one for one in steps if one > 0.7 * height], default=1.5 * height)


def groups_of(rows: Sequence[Row], pitch: float) -> list[tuple[Row, ...]]:
    """Rows of lines parted where the gap is clearly wider than one between lines."""
    groups: list[list[Row]] = []
    for place, row in enumerate(rows):
        if not place or step(rows[place - 1], row) > CLEARLY * pitch:
            groups.append([])
        groups[-1].append(row)
    return [tuple(group) for group in groups]


def row_starts(
    groups: Sequence[tuple[Row, ...]], edges: Sequence[float], across: Sequence[Stroke] = ()
) -> list[float]:
    """The heights between the rows: gaps, lines drawn, or the first column beginning anew."""
    bounds = [(foot(upper[-1]) + foot(lower[0])) / 2 for upper, lower in pairwise(groups)]
    rows = [row for group in groups for row in group]
    for upper, lower in pairwise(rows):
        low, high = foot(upper) - 2, foot(lower) - 2
        drawn = [
            s.at for s in across if low < s.at < high and s.start < edges[1] and s.end > edges[-2]
        ]
        if drawn and not any(low < bound < high for bound in bounds):
            bounds.append(drawn[0])
    return sorted(bounds or _anew(rows, edges))


def _anew(rows: Sequence[Row], edges: Sequence[float]) -> list[float]:
    """Where rows begin that no gap parts: by items, or by full lines after others."""
    first = [[p for p in row if column_of(p.middle, edges) == 0] for row in rows]
    items = [place for place, held in enumerate(first) if held and begins_item(held[0].text)]
    full = [place for place, row in enumerate(rows) if len(row) == len(edges) - 1]
    starts = items if len(items) > 1 and items[0] == 0 else full
    if starts is full and len(full) < len(rows):
        starts = [place for place in full if place and not first[place - 1]]
    return [(foot(rows[place - 1]) + foot(rows[place])) / 2 for place in starts if place]


def fragment_of(
    number: int,
    parts: tuple[Sequence[Piece], Sequence[Row]],
    edges: Sequence[float],
    bounds: Sequence[float],
    lines: Sequence[Passage],
) -> Fragment:
    """The table of headings and body, from pieces of the lines of a page."""
    head, body = parts[0], [piece for row in parts[1] for piece in row]
    places: Places = heading_places(head, edges)
    depth = max((row + rows for row, _, rows, _ in places), default=0)
    for piece in body:
        place = (row_of(piece.box.bottom, bounds) + depth, column_of(piece.middle, edges), 1, 1)
        places.setdefault(place, []).append(piece)
    top = min(piece.box.top for piece in (*head, *body)) - 2
    bottom = max(piece.box.bottom for piece in body) + 2
    ys = (top, *heading_bounds(head, body, top, depth), *bounds, bottom)
    slots = [
        Slot(
            *(row, column, rows, columns),
            box=around(piece.box for piece in held)._replace(
                x0=edges[column], x1=edges[column + columns]
            ),
            passage=join([passage_of(piece, lines) for piece in held]),
            page=number,
        )
        for (row, column, rows, columns), held in sorted(places.items())
    ]
    return Fragment(number, tuple(edges), ys, tuple(slots), ruled=False, header_rows=depth)

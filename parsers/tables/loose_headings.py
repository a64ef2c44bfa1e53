"""The column headings of tables without ruling lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from parsers.tables.headers import is_heading, is_heading_row, is_number
from parsers.tables.pieces import (
    Piece,
    column_of,
    fits,
    goes_on,
    indent,
    line_pitch,
    widest_column,
)

__all__ = ["Places", "heading_bounds", "heading_pieces", "heading_places"]

MOST_LINES = 4
"""Headings take no more lines."""

LONGEST = 40
"""Words that are headings only because they stand over numbers are no longer."""
CENTRED = 8.0
"""A heading over several columns stands in their middle, within so many points."""

Places = dict[tuple[int, int, int, int], list[Piece]]
"""Pieces by row, column, rows spanned and columns spanned."""


def heading_pieces(
    body: list[Piece], pieces: Sequence[Sequence[Piece]], edges: Sequence[float]
) -> list[Piece]:
    """The pieces of the lines above the body that are its column headings.

    Lines between the headings and the body that go on in its text column are the rest
    of a row from the page before: they are put into the body.
    """
    pitch = line_pitch(pieces)
    widest = widest_column(body, edges)
    left = indent([p for p in body if column_of(p.middle, edges) == widest])
    line, edge = body[0].line - 1, body[0].base
    zone: list[Sequence[Piece]] = []
    rest: list[Piece] = []
    found = held = 0
    while line >= 0 and len(zone) < MOST_LINES and pieces[line]:
        row = pieces[line]
        if edge - row[0].base > 2.2 * pitch or not fits(row, edges):
            break
        if not zone and goes_on(row, edges, (widest, left)):
            rest += reversed(row)
        else:
            zone.append(row)
        edge = row[0].base
        if len(row) > 1 and (
            is_heading_row([piece.text for piece in row]) or _heads_numbers(row, body, edges)
        ):
            found, held = len(zone), len(rest)
        line -= 1
    body[:0] = reversed(rest[:held])
    while 0 < found < len(zone) and _tops(zone[found], zone[:found]):
        found += 1
    return [piece for row in reversed(zone[:found]) for piece in row]


def _heads_numbers(row: Sequence[Piece], body: Sequence[Piece], edges: Sequence[float]) -> bool:
    """Whether short words stand over columns, one of them over a column of numbers."""
    if any(is_number(piece.text) or len(piece.text) > LONGEST for piece in row):
        return False
    columns = {column_of(piece.middle, edges) for piece in row}
    below: dict[int, list[bool]] = {}
    for piece in body:
        below.setdefault(column_of(piece.middle, edges), []).append(is_number(piece.text))
    return any(column in columns and all(numbers) for column, numbers in below.items())


def _tops(row: Sequence[Piece], zone: Sequence[Sequence[Piece]]) -> bool:
    """Whether a line is the upper line of one heading that is none without it."""
    upper = row[0]
    below = [
        piece
        for line in reversed(zone)
        for piece in line
        if piece.box.x0 < upper.box.x1 and piece.box.x1 > upper.box.x0
    ]
    if len(row) > 1 or not below:
        return False
    widest = max(piece.box.x1 - piece.box.x0 for piece in below)
    lower = "".join(piece.text for piece in below)
    return (
        upper.box.x1 - upper.box.x0 < 2 * widest
        and all(abs(piece.middle - upper.middle) < widest for piece in below)
        and below[0].base - upper.base < 1.7 * (upper.box.bottom - upper.box.top)
        and not is_heading(lower)
        and is_heading(upper.text + lower)
    )


def heading_places(head: Sequence[Piece], edges: Sequence[float]) -> Places:
    """The headings by row, column and spans; one that stands over several makes two rows."""
    wide = {piece: span for piece in head if (span := _columns_below(piece, head, edges))}
    places: Places = {}
    for piece in head:
        column = column_of(piece.middle, edges)
        over = [span for other, span in wide.items() if column in span and other != piece]
        if piece in wide:
            place = (0, wide[piece][0], 1, len(wide[piece]))
        elif over:
            place = (1, column, 1, 1)
        else:
            place = (0, column, 2 if wide else 1, 1)
        places.setdefault(place, []).append(piece)
    return places


def _columns_below(piece: Piece, head: Sequence[Piece], edges: Sequence[float]) -> range | None:
    """The columns that a heading stands over, where it stands over several.

    It covers the middle of several, or it stands in the middle of several that have a
    heading of their own only below it.
    """
    middles = [(left + right) / 2 for left, right in pairwise(edges)]
    covered = [i for i, x in enumerate(middles) if piece.box.x0 - 3 < x < piece.box.x1 + 3]
    if len(covered) > 1:
        return range(covered[0], covered[-1] + 1)
    own = column_of(piece.middle, edges)
    below = {column_of(p.middle, edges): p.box for p in head if p.line > piece.line}
    beside = {column_of(p.middle, edges) for p in head if p.line == piece.line and p != piece}
    first = last = own
    while first - 1 in below and first - 1 not in beside:
        first -= 1
    while last + 1 in below and last + 1 not in beside:
        last += 1
    spans = [
        range(i, j + 1)
        for i in range(first, own + 1)
        for j in range(own, last + 1)
        if j > i and i in below and j in below
    ]
    centred = [
        span
        for span in spans
        if abs((below[span[0]].x0 + below[span[-1]].x1) / 2 - piece.middle) < CENTRED
    ]
    return max(centred, key=len, default=None)


def heading_bounds(
    head: Sequence[Piece], body: Sequence[Piece], top: float, depth: int
) -> list[float]:
    """The heights between rows of headings, and between them and the body."""
    if not depth:
        return []
    end = (max(piece.box.bottom for piece in head) + min(piece.box.top for piece in body)) / 2
    return [top + (end - top) * (row + 1) / depth for row in range(depth)]

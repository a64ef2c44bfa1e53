"""The rest of a table without lines: below its last number, and on top of the next page.

Lines that hold no number, or one row alone, are no table by themselves. They are the rest
of one when they stand right where its columns would go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.model import Box, Passage
from parsers.tables.bands import Row, crosses, fragment_of, groups_of, pitch_of, row_starts
from parsers.tables.fragments import Fragment
from parsers.tables.pieces import Piece, column_of, cut_line, passage_of
from parsers.tables.splices import join, split_lines

__all__ = ["rest_on_top", "with_tails"]

ALIGNED = 3.0
"""What goes on with a column begins, or has its middle, within so many points of it."""
FARTHEST = 2.0
"""The next line of a cell is no further away than so many times its height."""


def rest_on_top(
    number: int, lines: Sequence[Passage], before: Fragment
) -> tuple[Fragment | None, int]:
    """The rows on top of a page that go on with a table of the page before.

    Args:
        number: Number of the page.
        lines: Its lines above its first table, running heads left out.
        before: The part of the table on the page before.

    Returns:
        The rows as a part of the table, or None, and how many of the lines they take.
    """
    if before.ruled or before.column_count < 3:
        return None, 0
    rows = _in_columns(lines, before.xs)
    held = _level_groups(groups_of(rows, pitch_of(rows)), before) if rows else []
    if not held:
        return None, 0
    bounds = row_starts(held, before.xs)
    body = [row for group in held for row in group]
    return fragment_of(number, ([], body), before.xs, bounds, lines), len(body)


def _in_columns(lines: Sequence[Passage], edges: Sequence[float]) -> list[Row]:
    """The lines from the top whose pieces keep to the columns."""
    rows: list[Row] = []
    for index, line in enumerate(lines):
        row = cut_line(index, line)
        if not row or not _keeps(row, edges):
            break
        rows.append(row)
    return rows


def _keeps(row: Row, edges: Sequence[float]) -> bool:
    columns = {column_of(piece.middle, edges) for piece in row}
    return len(columns) == len(row) and not any(crosses(piece, edges) for piece in row)


def _level_groups(groups: Sequence[tuple[Row, ...]], before: Fragment) -> list[tuple[Row, ...]]:
    """The rows from the top that fill two columns, in line with what stands in them."""
    places = _places(before)
    held: list[tuple[Row, ...]] = []
    for group in groups:
        pieces = [piece for row in group for piece in row]
        columns = [column_of(piece.middle, before.xs) for piece in pieces]
        level = sum(_level(p.box, places.get(c, [])) for p, c in zip(pieces, columns, strict=True))
        if len(set(columns)) < 2 or len(group[0]) < 2 or level < max(2, 0.6 * len(pieces)):
            break
        held.append(group)
    return held


def with_tails(
    fragments: Sequence[Fragment], lines: Sequence[Passage]
) -> tuple[list[Fragment], list[Passage]]:
    """Tables without lines, each with the last lines of its last row, and the other lines.

    The search by numbers ends with the number of the last row, whose other cells may be
    longer: short lines that go on right below a column other than the first.
    """
    left = list(lines)
    return [_with_tail(fragment, left) for fragment in fragments], left


def _with_tail(fragment: Fragment, lines: list[Passage]) -> Fragment:
    last = [slot for slot in fragment.slots if slot.row == fragment.row_count - 1 and slot.text]
    rows = [box for slot in fragment.slots if slot.text for box in _boxes(slot.passage)]
    if fragment.column_count < 3 or not last or not rows:
        return fragment
    places = {
        slot.column: _boxes(slot.passage) for slot in last if slot.column and slot.row_span == 1
    }
    slots = {slot.column: slot for slot in last}
    bottom = max(box.bottom for box in rows)
    for line in [line for line in lines if (box := line.box()) and box.top > bottom - 4]:
        row = cut_line(0, line)
        if not row or row[0].box.bottom - bottom > FARTHEST * _height(row):
            break
        placed = [(piece, column_of(piece.middle, fragment.xs)) for piece in row]
        level = all(_begins(piece.box, places.get(column, [])) for piece, column in placed)
        if not level or not _keeps(row, fragment.xs):
            break
        for piece, column in placed:
            own = slots[column]
            box = own.box._replace(bottom=piece.box.bottom)
            whole = join([own.passage, passage_of(piece, [line])])
            slots[column] = own._replace(box=box, passage=whole)
        bottom = row[0].box.bottom
        lines.remove(line)
    kept = [slot for slot in fragment.slots if slot not in last]
    ys = (*fragment.ys[:-1], max(fragment.ys[-1], bottom + 2))
    held = sorted((*kept, *slots.values()), key=lambda slot: (slot.row, slot.column))
    return replace(fragment, slots=tuple(held), ys=ys)


def _height(row: Sequence[Piece]) -> float:
    return max(piece.box.bottom - piece.box.top for piece in row)


def _boxes(passage: Passage) -> list[Box]:
    return [box for line in split_lines(passage) if (box := line.box()) is not None]


def _places(fragment: Fragment) -> dict[int, list[Box]]:
    """The boxes of the lines in the body of each column."""
    places: dict[int, list[Box]] = {}
    for slot in fragment.slots:
        if slot.row >= fragment.header_rows and slot.column_span == 1:
            places.setdefault(slot.column, []).extend(_boxes(slot.passage))
    return places


def _begins(box: Box, others: Sequence[Box]) -> bool:
    return any(abs(box.x0 - other.x0) < ALIGNED for other in others)


def _level(box: Box, others: Sequence[Box]) -> bool:
    middle = box.x0 + box.x1
    centred = any(abs(middle - other.x0 - other.x1) < 2 * ALIGNED for other in others)
    return centred or _begins(box, others)

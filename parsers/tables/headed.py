"""Tables of text without ruling lines, found by their row of headings.

A plan of measures may be set by alignment alone: no column of numbers tells it. What tells
it is a line of three known headings or more with room between them, and lines below whose
pieces keep to the same columns. It ends where a line runs across the room between two
columns, or where what follows stands in one column only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.model import Passage
from parsers.tables.bands import (
    CLEARLY,
    Row,
    crosses,
    foot,
    fragment_of,
    groups_of,
    over,
    pitch_of,
    row_starts,
    step,
)
from parsers.tables.fragments import Fragment
from parsers.tables.headers import begins_item, is_contents, is_heading
from parsers.tables.lattices import Stroke
from parsers.tables.pieces import Cutter, Piece, column_edges, column_of, cut_line
from parsers.tables.running import is_page_number

__all__ = ["find_headed"]

FEWEST = 3
"""So many headings beside each other open a table."""
MOST_LINES = 4
"""Headings take no more lines."""
KNOWN = 0.66
"""So many of the headings are words that are known as such."""
LONGEST = 90
"""Headings are no longer."""
FARTHEST = 3.2
"""Rows stand no further apart than so many lines."""
ALIGNED = 5.0
"""Cells of a column begin, or have their middles, within so many points."""
_LEADERS = re.compile(r"\.{4,}|…{2,}|(?:\. ){4,}|_{4,}")


@dataclass(frozen=True, slots=True)
class _Found:
    head: tuple[Row, ...]
    body: tuple[tuple[Row, ...], ...]
    edges: tuple[float, ...]


def find_headed(
    number: int,
    lines: Sequence[Passage],
    others: Sequence[Fragment],
    across: Sequence[Stroke] = (),
    cutter: Cutter | None = None,
) -> tuple[list[Fragment], list[Passage]]:
    """The tables of text under headings among the lines of a page, and the other lines.

    Args:
        number: Number of the page.
        lines: Its lines outside other tables, from top to bottom.
        others: The tables found already: none goes on past another.
        across: Strokes across the page; where they are drawn between lines, rows end.
        cutter: Cuts the lines; it may have done so for others.
    """
    rim = (0, len(lines) - 1)
    cut = cutter or cut_line
    rows = [
        row
        for index, line in enumerate(lines)
        if not (index in rim and is_page_number(line.text)) and (row := cut(index, line))
    ]
    tops = sorted(other.ys[0] for other in others)
    found: list[Fragment] = []
    used: set[int] = set()
    place = 0
    while place < len(rows):
        end = next((top for top in tops if top > rows[place][0].base), float("inf"))
        table = _table(_until(rows[place:], end))
        if table is None:
            place += 1
            continue
        body = [row for group in table.body for row in group]
        head = [piece for row in table.head for piece in row]
        bounds = row_starts(table.body, table.edges, across)
        found.append(fragment_of(number, (head, body), table.edges, bounds, lines))
        taken = (*table.head, *body)
        used |= {row[0].line for row in taken}
        place += len(taken)
    return found, [line for index, line in enumerate(lines) if index not in used]


def _until(rows: Sequence[Row], end: float) -> Sequence[Row]:
    return [row for row in rows if row[0].base < end]


def _table(rows: Sequence[Row]) -> _Found | None:
    """The table that begins with the first of the rows, if there is one."""
    depth = _heading_depth(rows)
    if not depth:
        return None
    head = rows[:depth]
    texts = [piece.text for row in head for piece in row]
    below = _in_columns(rows[depth:], head)
    if not below or is_contents(texts):
        return None
    body = _body(groups_of(below, pitch_of(below)))
    flat = [piece for group in body for row in group for piece in row]
    edges = _edges(head, flat)
    filled = {column_of(piece.middle, edges) for piece in flat} if flat else set()
    if len(edges) <= FEWEST or len(filled) < max(2, 0.6 * (len(edges) - 1)):
        return None
    if any(_LEADERS.search(piece.text) for piece in flat):
        return None
    return _Found(tuple(head), tuple(body), tuple(edges))


def _heading_depth(rows: Sequence[Row]) -> int:
    """How many of the rows at the top are headings; 0 where the first is none."""
    if not rows or len(rows[0]) < 2:
        return 0
    for depth in range(1, min(MOST_LINES, len(rows)) + 1):
        zone = rows[:depth]
        if not _close(zone):
            return 0
        if _are_headings(zone):
            return depth + _further(rows, depth)
    return 0


def _close(zone: Sequence[Row]) -> bool:
    """Whether rows follow each other like the lines of one cell."""
    height = max(piece.box.bottom - piece.box.top for piece in zone[0])
    return all(step(upper, lower) < 1.9 * height for upper, lower in pairwise(zone))


def _are_headings(zone: Sequence[Row]) -> bool:
    """Whether the texts under each other in the columns are known headings, most of them."""
    pieces = [piece for row in zone for piece in row]
    edges = column_edges(pieces)
    if len(edges) <= FEWEST:
        return False
    texts = [""] * (len(edges) - 1)
    for row in zone:
        columns = [column_of(piece.middle, edges) for piece in row]
        if len(set(columns)) < len(columns):
            return False
        for piece, column in zip(row, columns, strict=True):
            texts[column] += piece.text
    if any(len(text) > LONGEST or begins_item(text) for text in texts):
        return False
    return sum(is_heading(text) for text in texts) >= KNOWN * len(texts)


def _further(rows: Sequence[Row], depth: int) -> int:
    """How many more lines the headings take.

    They go on with lines that are headings themselves, and with lines that stand closer
    to them than the body does.
    """
    edges = column_edges(piece for row in rows[:depth] for piece in row)
    more = 0
    for place in range(depth, min(MOST_LINES, len(rows) - 1)):
        row = rows[place]
        held = [*rows[depth - 1 : place], row]
        if not _close(held) or any(begins_item(piece.text) for piece in row):
            break
        inner = max(step(upper, lower) for upper, lower in pairwise(held))
        parted = step(row, rows[place + 1]) > CLEARLY * inner
        own = [piece for piece in row if is_heading(piece.text)]
        if parted and not any(crosses(piece, edges) for piece in row):
            return place + 1 - depth
        if len(own) == len(row) and more == place - depth:
            more += 1
    return more


def _in_columns(rows: Sequence[Row], head: Sequence[Row]) -> list[Row]:
    """The rows under headings as long as the columns stay apart."""
    heads = [piece for row in head for piece in row]
    held: list[Row] = []
    pieces: list[Piece] = []
    end = foot(head[-1])
    for row in rows:
        height = row[0].box.bottom - row[0].box.top
        if foot(row) - end > FARTHEST * 1.6 * height or _heading_depth([row]):
            break
        edges = _edges(head, [*pieces, *row])
        columns = [column_of(piece.middle, edges) for piece in row]
        if len(set(columns)) < len(columns) or len(edges) < len(column_edges(heads)):
            break
        if any(crosses(piece, edges) for piece in row):
            break
        held.append(row)
        pieces += row
        end = foot(row)
    return held


def _edges(head: Sequence[Row], body: Sequence[Piece]) -> list[float]:
    """The edges of the columns; a heading over several columns does not join them."""
    heads = [piece for row in head for piece in row]
    below = column_edges(body) if body else []
    lowest = [p for p in heads if sum(over(p, q) for q in heads if q.line > p.line) < 2]
    single = [p for p in lowest if not (len(below) > FEWEST and _covers(p, below) > 1)]
    return column_edges([*single, *body])


def _covers(piece: Piece, edges: Sequence[float]) -> int:
    """Over how many middles of columns a piece stands."""
    return sum(piece.box.x0 < (a + b) / 2 < piece.box.x1 for a, b in pairwise(edges))


def _body(groups: Sequence[tuple[Row, ...]]) -> list[tuple[Row, ...]]:
    """The groups from the top that fill two columns and stand in line with those above."""
    held: list[tuple[Row, ...]] = []
    lefts: list[Piece] = []
    for group in groups:
        pieces = [piece for row in group for piece in row]
        if len(column_edges(pieces)) < 3 or max(len(row) for row in group) < 2:
            break
        level = sum(any(_aligned(p, q) for q in lefts) for p in pieces)
        if held and level < 0.5 * len(pieces):
            break
        held.append(group)
        lefts += pieces
    return held


def _aligned(piece: Piece, other: Piece) -> bool:
    return abs(piece.box.x0 - other.box.x0) < ALIGNED or abs(piece.middle - other.middle) < ALIGNED

"""Tables without ruling lines, found by their columns of numbers.

A table that matters here has a column of scores beside names or questions. So the search
begins with numbers that stand under each other with room around them; prose, tables of
contents, memo heads and signatures have no such column. What is doubtful stays lines:
the readers of lists and sentences get it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.model import Passage
from parsers.tables.fragments import Fragment, Slot
from parsers.tables.geometry import around
from parsers.tables.headers import begins_item, folded, is_contents, is_heading_row, is_number
from parsers.tables.lattices import Stroke
from parsers.tables.loose_headings import heading_bounds, heading_pieces, heading_places
from parsers.tables.pieces import (
    Cutter,
    Piece,
    column_edges,
    column_of,
    cut_before,
    cut_line,
    goes_on,
    indent,
    line_pitch,
    passage_of,
    widest_column,
)
from parsers.tables.rowing import TextLine, row_bounds, row_of
from parsers.tables.running import is_page_number
from parsers.tables.splices import join

__all__ = ["find_borderless"]

ALIGNED = 14.0
"""The middles of the numbers of a column differ by at most so many points."""
FAR = 170.0
"""Numbers of a column stand no further apart (a cell of eight lines)."""
FEWEST = 3
"""So many rows make a table; fewer under headings."""

_DECIMAL = re.compile(r"[\d๐-๙][.,][\d๐-๙]|^(?:100|๑๐๐|0|๐)(?:\D|$)")
_COUNT = re.compile(r"\(?(?:[ioe][ps]?)?\d{1,2}[.)]?")
_LEADERS = re.compile(r"\.{4,}|…{2,}|(?:\. ){4,}|_{4,}")
_LETTERS = re.compile(r"[ก-ฮa-zA-Z].*[ก-ฮa-zA-Z]")


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of a table: its columns of numbers, and the pieces of its body."""

    anchors: tuple[tuple[Piece, ...], ...]
    pieces: tuple[Piece, ...]


def find_borderless(
    number: int,
    lines: Sequence[Passage],
    rules: tuple[Sequence[Stroke], Sequence[Stroke]],
    cutter: Cutter | None = None,
) -> tuple[list[Fragment], list[Passage]]:
    """The tables without ruling lines among the lines of a page, and the other lines.

    Args:
        number: Number of the page.
        lines: Its lines outside ruled tables, from top to bottom.
        rules: Strokes across and down the page. Those across part rows where they are
            drawn; where some run down between the words and the numbers, it is a chart.
        cutter: Cuts the lines; one that others ask too saves them the work.
    """
    if not any(_DECIMAL.search(line.text) for line in lines):
        return [], list(lines)
    rim = (0, len(lines) - 1)
    cut = cutter or cut_line
    pieces = [
        [] if index in rim and is_page_number(line.text) else cut(index, line)
        for index, line in enumerate(lines)
    ]
    _cut_at_columns(pieces, lines)
    found: list[Fragment] = []
    used: set[int] = set()
    for block in _blocks(pieces):
        if used.isdisjoint(piece.line for piece in block.pieces):
            fragment, taken = _table(number, block, pieces, lines, rules)
            if fragment is not None and used.isdisjoint(taken):
                found.append(fragment)
                used |= taken
    return found, [line for index, line in enumerate(lines) if index not in used]


def _cut_at_columns(pieces: list[list[Piece]], lines: Sequence[Passage]) -> None:
    """Cuts numbers of a column from text that runs up to them."""
    for column in _number_columns(pieces):
        if len(column) < 2:
            continue
        left = min(piece.box.x0 for piece in column) - 6
        middle = sum(piece.middle for piece in column) / len(column)
        for number, line in enumerate(pieces):
            near = column[0].base - FAR < line[0].base < column[-1].base + FAR if line else False
            crossing = [p for p in line if near and p.box.x0 < left and p.box.x1 > left + 6]
            for piece in crossing:
                parts = cut_before(piece, lines[number], left)
                if parts and is_number(parts[1].text) and abs(parts[1].middle - middle) < ALIGNED:
                    place = line.index(piece)
                    line[place : place + 1] = parts


def _blocks(pieces: Sequence[Sequence[Piece]]) -> list[_Block]:
    """Columns of numbers that run beside each other, with the lines between."""
    columns = [part for column in _number_columns(pieces) for part in _unbroken(column, pieces)]
    columns.sort(key=len, reverse=True)
    groups: list[list[list[Piece]]] = []
    for column in columns:
        for group in groups:
            if _beside(group[0], column):
                group.append(column)
                break
        else:
            groups.append([column])
    blocks = []
    for group in groups:
        first = min(column[0].line for column in group)
        last = max(column[-1].line for column in group)
        body = [piece for line in pieces[first : last + 1] for piece in line]
        blocks.append(_Block(tuple(tuple(column) for column in group), tuple(body)))
    return blocks


def _number_columns(pieces: Sequence[Sequence[Piece]]) -> list[list[Piece]]:
    """Numbers under each other; counts alone (1, 2, 3) make no column."""
    columns: list[list[Piece]] = []
    for line in pieces:
        for piece in line:
            if not is_number(piece.text):
                continue
            for column in columns:
                last = column[-1]
                if (
                    abs(last.middle - piece.middle) < ALIGNED
                    and last.line != piece.line
                    and piece.base - last.base < FAR
                ):
                    column.append(piece)
                    break
            else:
                columns.append([piece])
    return [column for column in columns if _scores(column) >= 0.5 * len(column)]


def _scores(column: Sequence[Piece]) -> int:
    return sum(_DECIMAL.search(piece.text) is not None for piece in column)


def _unbroken(column: Sequence[Piece], pieces: Sequence[Sequence[Piece]]) -> list[list[Piece]]:
    """A column parted where a line of text runs through it."""
    left = min(piece.box.x0 for piece in column) - 2
    right = max(piece.box.x1 for piece in column) + 2
    parts = [[column[0]]]
    for above, piece in pairwise(column):
        between = (other for line in pieces[above.line + 1 : piece.line] for other in line)
        if any(other.box.x0 < right and other.box.x1 > left for other in between):
            parts.append([])
        parts[-1].append(piece)
    return parts


def _beside(column: Sequence[Piece], other: Sequence[Piece]) -> bool:
    """Whether two columns share most of the lines of the shorter one."""
    first, last = column[0].line, column[-1].line
    shared = sum(first <= piece.line <= last for piece in other)
    return shared >= 0.6 * len(other)


def _table(
    number: int,
    block: _Block,
    pieces: Sequence[Sequence[Piece]],
    lines: Sequence[Passage],
    rules: tuple[Sequence[Stroke], Sequence[Stroke]],
) -> tuple[Fragment | None, set[int]]:
    """The table of a block; None where it is not surely one."""
    main = max(block.anchors, key=len)
    body = _with_rest(block, main, pieces)
    edges = column_edges(body)
    if len(edges) < 3 or any(_LEADERS.search(piece.text) for piece in body):
        return None, set()
    if _is_chart(body, rules[1]):
        return None, set()
    anchors = _anchor_bases(block, body, edges)
    head = heading_pieces(body, pieces, edges)
    texts = [
        TextLine(piece.base, begins_item(piece.text), piece.box.x1)
        for piece in body
        if column_of(piece.middle, edges) == widest_column(body, edges)
    ]
    heights = [rule.at for rule in rules[0] if rule.start < edges[1] and rule.end > edges[-2]]
    bounds = row_bounds(anchors, texts, heights)
    rows = len(anchors)
    if rows < _fewest(head) or not _labelled(body, bounds, 0.5 if head else 0.7, rows):
        return None, set()
    if is_contents([piece.text for piece in head]):
        return None, set()
    taken = {piece.line for piece in body} | {piece.line for piece in head}
    return _fragment(number, (head, body), edges, bounds, lines), taken


def _fewest(head: Sequence[Piece]) -> int:
    """How many rows make a table: one is enough under three headings or more."""
    lines: dict[int, list[str]] = {}
    for piece in head:
        lines.setdefault(piece.line, []).append(piece.text)
    if any(len(texts) > 2 and is_heading_row(texts) for texts in lines.values()):
        return 1
    return 2 if head else FEWEST


def _is_chart(body: Sequence[Piece], down: Sequence[Stroke]) -> bool:
    """Whether bars or axes are drawn between the pieces."""
    box = around(piece.box for piece in body)
    inside = [
        line
        for line in down
        if box.x0 < line.at < box.x1 and line.start < box.bottom and line.end > box.top
    ]
    return len(inside) > 1


def _with_rest(
    block: _Block, main: Sequence[Piece], pieces: Sequence[Sequence[Piece]]
) -> list[Piece]:
    """The body with the lines of the first and last row that stand above and below."""
    body = list(block.pieces)
    left = min(piece.box.x0 for column in block.anchors for piece in column)
    texts = [piece for piece in body if piece.box.x1 < left and not is_number(piece.text)]
    if not texts:
        return body
    edges = column_edges(body)
    text = (column_of(indent(texts), edges), indent(texts))
    step = 1.25 * line_pitch(pieces)
    first, last = body[0].line, body[-1].line
    for lines in (range(first - 1, -1, -1), range(last + 1, len(pieces))):
        edge = pieces[first if lines.step < 0 else last][0].base
        for line in lines:
            row = pieces[line]
            if not goes_on(row, edges, text) or abs(row[0].base - edge) > step:
                break
            body += row
            edge = row[0].base
    return sorted(body, key=lambda piece: (piece.line, piece.start))


def _anchor_bases(block: _Block, body: Sequence[Piece], edges: Sequence[float]) -> list[float]:
    """The baselines of the rows: of the column that has the most single entries."""
    best = max(block.anchors, key=len)
    bases = sorted(piece.base for piece in best)
    for column in range(len(edges) - 1):
        held = [piece for piece in body if column_of(piece.middle, edges) == column]
        counts = [piece for piece in held if _COUNT.fullmatch(folded(piece.text))]
        if len(counts) == len(held) > len(bases):
            bases = sorted(piece.base for piece in held)
    return bases


def _labelled(body: Iterable[Piece], bounds: Sequence[float], share: float, rows: int) -> bool:
    """Whether enough rows have words beside their numbers."""
    named = {row_of(piece.base, bounds) for piece in body if _LETTERS.search(piece.text)}
    return len(named) >= share * rows


def _fragment(
    number: int,
    parts: tuple[Sequence[Piece], Sequence[Piece]],
    edges: Sequence[float],
    bounds: Sequence[float],
    lines: Sequence[Passage],
) -> Fragment:
    head, body = parts
    places = heading_places(head, edges)
    depth = max((row + rows for row, _, rows, _ in places), default=0)
    for piece in body:
        place = (row_of(piece.base, bounds) + depth, column_of(piece.middle, edges), 1, 1)
        places.setdefault(place, []).append(piece)
    top = min(piece.box.top for piece in (*head, *body)) - 2
    bottom = max(piece.box.bottom for piece in body) + 2
    ys = (top, *heading_bounds(head, body, top, depth), *bounds, bottom)
    slots = [
        Slot(
            row=row,
            column=column,
            row_span=rows,
            column_span=columns,
            box=around(piece.box for piece in held)._replace(
                x0=edges[column], x1=edges[column + columns]
            ),
            passage=join([passage_of(piece, lines) for piece in held]),
            page=number,
        )
        for (row, column, rows, columns), held in sorted(places.items())
    ]
    return Fragment(number, tuple(edges), ys, tuple(slots), ruled=False)

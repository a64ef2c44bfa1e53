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

from parsers.fragments import Fragment, Slot
from parsers.geometry import around
from parsers.headers import bare, folded, is_contents, is_heading, is_heading_row, is_number
from parsers.lattices import Stroke
from parsers.model import Box, Passage
from parsers.pieces import Piece, column_edges, column_of, cut_before, cut_line, passage_of
from parsers.rowing import TextLine, row_bounds, row_of
from parsers.running import is_page_number
from parsers.splices import join

__all__ = ["find_borderless"]

ALIGNED = 14.0
"""The middles of the numbers of a column differ by at most so many points."""
FAR = 170.0
"""Numbers of a column stand no further apart (a cell of eight lines)."""
FEWEST = 3
"""So many numbers make a column (two under a heading)."""

_DECIMAL = re.compile(r"[\d๐-๙][.,][\d๐-๙]|^(?:100|๑๐๐|0|๐)(?:\D|$)")
_LEADERS = re.compile(r"\.{4,}|…{2,}|(?:\. ){4,}|_{4,}")
_LETTERS = re.compile(r"[ก-ฮa-zA-Z].*[ก-ฮa-zA-Z]")
# Without vowel and tone marks: damaged text layers lose or mistake them.
_ITEM = re.compile(r"\(?(?:ขอ|ตวชวด|ประเดน)?(?:ท)?(?:[ioe][ps]?)?\d{1,2}(?:[.)]|\D|$)")


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of a table: its columns of numbers, and the pieces of its body."""

    anchors: tuple[tuple[Piece, ...], ...]
    pieces: tuple[Piece, ...]


def find_borderless(
    number: int, lines: Sequence[Passage], rules: Sequence[Stroke]
) -> tuple[list[Fragment], list[Passage]]:
    """The tables without ruling lines among the lines of a page, and the other lines.

    Args:
        number: Number of the page.
        lines: Its lines outside ruled tables, from top to bottom.
        rules: Strokes across the page; they part rows where they are drawn.
    """
    if sum(_DECIMAL.search(line.text) is not None for line in lines) < 2:
        return [], list(lines)
    rim = (0, len(lines) - 1)
    pieces = [
        [] if index in rim and is_page_number(line.text) else cut_line(index, line)
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
    columns = [column for column in columns if len(column) >= 2]
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


def _unbroken(
    column: Sequence[Piece], pieces: Sequence[Sequence[Piece]]
) -> list[list[Piece]]:
    """A column parted where a line of text runs through it."""
    left = min(piece.box.x0 for piece in column) - 2
    right = max(piece.box.x1 for piece in column) + 2
    parts = [[column[0]]]
    for above, piece in zip(column, column[1:], strict=False):
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
    rules: Sequence[Stroke],
) -> tuple[Fragment | None, set[int]]:
    """The table of a block; None where it is not surely one."""
    main = max(block.anchors, key=len)
    body = _with_rest(block, main, pieces)
    edges = column_edges(body)
    if len(edges) < 3 or any(_LEADERS.search(piece.text) for piece in body):
        return None, set()
    anchors = _anchor_bases(block, body, edges)
    head = _heading(body, pieces, edges)
    texts = [
        TextLine(piece.base, _begins_item(piece.text), piece.box.x1)
        for piece in body
        if column_of(piece.middle, edges) == _widest(body, edges)
    ]
    heights = [
        rule.at for rule in rules if rule.start < edges[1] and rule.end > edges[-2]
    ]
    bounds = row_bounds(anchors, texts, heights)
    rows = len(anchors)
    if rows < (2 if head else FEWEST) or not _labelled(body, bounds, 0.5 if head else 0.7, rows):
        return None, set()
    if is_contents([piece.text for piece in head]):
        return None, set()
    taken = {piece.line for piece in body} | {piece.line for piece in head}
    return _fragment(number, (head, body), edges, bounds, lines), taken


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
    column = column_of(_indent(texts), edges)
    pitch = _line_pitch(pieces)
    first, last = body[0].line, body[-1].line
    for step, line in ((-1, first - 1), (1, last + 1)):
        edge = pieces[line - step][0].base
        while 0 <= line < len(pieces) and _goes_on(pieces[line], edges, (column, _indent(texts))):
            if abs(pieces[line][0].base - edge) > 1.25 * pitch:
                break
            body += pieces[line]
            edge = pieces[line][0].base
            line += step
    return sorted(body, key=lambda piece: (piece.line, piece.start))


def _indent(texts: Sequence[Piece]) -> float:
    """Where most of the text begins."""
    return max(
        (piece.box.x0 for piece in texts),
        key=lambda left: sum(len(p.text) for p in texts if abs(p.box.x0 - left) < 3),
    )


def _line_pitch(pieces: Sequence[Sequence[Piece]]) -> float:
    """The usual distance of two lines of one text: such lines begin at one place."""
    firsts = [line[0] for line in pieces if line]
    steps = sorted(
        lower.base - upper.base
        for upper, lower in zip(firsts, firsts[1:], strict=False)
        if abs(lower.box.x0 - upper.box.x0) < 3 and 6 < lower.base - upper.base < 60
    )
    return steps[len(steps) // 3] if steps else 22.0


def _anchor_bases(
    block: _Block, body: Sequence[Piece], edges: Sequence[float]
) -> list[float]:
    """The baselines of the rows: of the column that has the most single entries."""
    best = max(block.anchors, key=len)
    bases = sorted(piece.base for piece in best)
    for column in range(len(edges) - 1):
        held = [piece for piece in body if column_of(piece.middle, edges) == column]
        counts = [piece for piece in held if _ITEM.fullmatch(folded(piece.text))]
        if len(counts) == len(held) > len(bases):
            bases = sorted(piece.base for piece in held)
    return bases


def _widest(body: Sequence[Piece], edges: Sequence[float]) -> int:
    """The column with the most text."""
    sizes = [0] * (len(edges) - 1)
    for piece in body:
        sizes[column_of(piece.middle, edges)] += len(piece.text)
    return sizes.index(max(sizes))


def _begins_item(text: str) -> bool:
    return _ITEM.match(bare(text)) is not None


def _labelled(
    body: Iterable[Piece], bounds: Sequence[float], share: float, rows: int
) -> bool:
    """Whether enough rows have words beside their numbers."""
    named = {row_of(piece.base, bounds) for piece in body if _LETTERS.search(piece.text)}
    return len(named) >= share * rows


def _heading(
    body: list[Piece], pieces: Sequence[Sequence[Piece]], edges: Sequence[float]
) -> list[Piece]:
    """The pieces of the lines above the body that are its column headings.

    Lines between the headings and the body that go on in its text column are the rest
    of a row from the page before: they are put into the body.
    """
    pitch = _line_pitch(pieces)
    widest = _widest(body, edges)
    indent = _indent([p for p in body if column_of(p.middle, edges) == widest])
    line, edge = body[0].line - 1, body[0].base
    zone: list[Sequence[Piece]] = []
    rest: list[Piece] = []
    found = held = 0
    while line >= 0 and len(zone) < 4 and pieces[line]:
        row = pieces[line]
        if edge - row[0].base > 2.2 * pitch or not _fits(row, edges):
            break
        if not zone and _goes_on(row, edges, (widest, indent)):
            rest += reversed(row)
        else:
            zone.append(row)
        edge = row[0].base
        if len(row) > 1 and is_heading_row([piece.text for piece in row]):
            found, held = len(zone), len(rest)
        line -= 1
    body[:0] = reversed(rest[:held])
    while 0 < found < len(zone) and _tops(zone[found], zone[:found]):
        found += 1
    return [piece for row in reversed(zone[:found]) for piece in row]


def _tops(row: Sequence[Piece], zone: Sequence[Sequence[Piece]]) -> bool:
    """Whether a line is the upper line of one heading that is none without it."""
    upper = row[0]
    below = [
        piece
        for line in reversed(zone)
        for piece in line
        if piece.box.x0 < upper.box.x1 and piece.box.x1 > upper.box.x0
    ]
    lower = "".join(piece.text for piece in below)
    return (
        len(row) == 1
        and bool(below)
        and below[0].base - upper.base < 1.7 * (upper.box.bottom - upper.box.top)
        and not is_heading(lower)
        and is_heading(upper.text + lower)
    )


def _goes_on(
    row: Sequence[Piece], edges: Sequence[float], text: tuple[int, float]
) -> bool:
    """Whether a line goes on with the text of a row: no heading, no number, in columns.

    Args:
        row: The pieces of the line.
        edges: The edges of the columns.
        text: The column with the text, and where the text begins.
    """
    if not _fits(row, edges) or is_heading_row([piece.text for piece in row]):
        return False
    if any(is_number(piece.text) or piece.box.x1 > edges[-1] + 40 for piece in row):
        return False
    inside = [piece for piece in row if piece.box.x1 >= edges[0]]
    main = [piece for piece in inside if column_of(piece.middle, edges) == text[0]]
    return (
        len(main) == 1
        and abs(main[0].box.x0 - text[1]) < 4
        and main[0].box.x1 < edges[text[0] + 1] + 4
        and not is_heading(main[0].text)
    )


def _fits(row: Sequence[Piece], edges: Sequence[float]) -> bool:
    """Whether the pieces of a line stand in the columns, no two in one."""
    if not row:
        return False
    columns = [-1 if p.box.x1 < edges[0] else column_of(p.middle, edges) for p in row]
    inside = row[-1].box.x1 > edges[0] and row[0].box.x0 < edges[-1]
    return inside and len(set(columns)) == len(columns)


def _fragment(
    number: int,
    parts: tuple[Sequence[Piece], Sequence[Piece]],
    edges: Sequence[float],
    bounds: Sequence[float],
    lines: Sequence[Passage],
) -> Fragment:
    head, body = parts
    places = _heading_places(head, edges)
    depth = max((row + rows for row, _, rows, _ in places), default=0)
    for piece in body:
        place = (row_of(piece.base, bounds) + depth, column_of(piece.middle, edges), 1, 1)
        places.setdefault(place, []).append(piece)
    top = min(piece.box.top for piece in (*head, *body)) - 2
    bottom = max(piece.box.bottom for piece in body) + 2
    ys = (top, *_heading_bounds(head, body, top, depth), *bounds, bottom)
    slots = [
        Slot(
            row=row,
            column=column,
            row_span=rows,
            column_span=columns,
            box=around(
                [
                    Box(edges[column], held[0].box.top, edges[column + columns], held[0].box.bottom),
                    *(piece.box for piece in held),
                ]
            ),
            passage=join([passage_of(piece, lines) for piece in held]),
            page=number,
        )
        for (row, column, rows, columns), held in sorted(places.items())
    ]
    return Fragment(number, tuple(edges), ys, tuple(slots), ruled=False)


def _heading_places(
    head: Sequence[Piece], edges: Sequence[float]
) -> dict[tuple[int, int, int, int], list[Piece]]:
    """The headings by row, column and spans; one that stands over several makes two rows."""
    wide = {piece: span for piece in head if (span := _columns_below(piece, edges))}
    places: dict[tuple[int, int, int, int], list[Piece]] = {}
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


def _columns_below(piece: Piece, edges: Sequence[float]) -> range | None:
    """The columns that a heading covers, where it covers the middle of several."""
    middles = [(left + right) / 2 for left, right in zip(edges, edges[1:], strict=False)]
    covered = [i for i, x in enumerate(middles) if piece.box.x0 - 3 < x < piece.box.x1 + 3]
    return range(covered[0], covered[-1] + 1) if len(covered) > 1 else None


def _heading_bounds(
    head: Sequence[Piece], body: Sequence[Piece], top: float, depth: int
) -> list[float]:
    if not depth:
        return []
    end = (max(piece.box.bottom for piece in head) + min(piece.box.top for piece in body)) / 2
    return [top + (end - top) * (row + 1) / depth for row in range(depth)]

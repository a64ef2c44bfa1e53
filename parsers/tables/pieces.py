"""Lines of text cut at wide gaps, and the columns that such pieces stand in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from operator import sub
from statistics import median
from typing import NamedTuple

from parsers.model import Box, Passage
from parsers.tables.headers import is_heading, is_heading_row, is_number
from parsers.tables.splices import cut

__all__ = [
    "Cutter",
    "Piece",
    "column_edges",
    "column_of",
    "cut_before",
    "cut_line",
    "fits",
    "goes_on",
    "indent",
    "line_pitch",
    "passage_of",
    "widest_column",
]

NARROWEST = 6.5
"""Narrower gaps (points) stand between words, never between columns."""
WIDE = 1.2
"""A gap between columns is wider than so many letters."""
GUTTER = 5.0
"""So much room is left between two columns over all their rows."""

# Blanks of one line are equally wide to so many points; so many of its parts are words, and
# no more of its width is left blank.
_EVEN, _WORDED, _ROOM = 0.4, 2, 0.35


class Piece(NamedTuple):
    """A stretch of a line between wide gaps; `base` is about its baseline."""

    line: int
    start: int
    end: int
    box: Box
    base: float
    text: str

    @property
    def middle(self) -> float:
        """Its middle from left to right."""
        return (self.box.x0 + self.box.x1) / 2


def cut_line(number: int, line: Passage) -> list[Piece]:
    """The pieces of a line from left to right.

    Args:
        number: The place of the line on its page, kept in the pieces.
        line: The line.
    """
    placed = _placed(line, 0, len(line.text))
    if not placed:
        return []
    lefts, _, rights, _ = zip(*[box for _, box in placed], strict=True)
    reached = accumulate(rights, max)
    if max(map(sub, lefts[1:], reached), default=0.0) <= NARROWEST:
        return [_piece(number, line, placed)]
    wide = max(NARROWEST, WIDE * median(map(sub, rights, lefts)))
    pieces: list[Piece] = []
    first, right = 0, rights[0]
    for place in range(1, len(placed)):
        if lefts[place] - right > wide:
            pieces.append(_piece(number, line, placed[first:place]))
            first, right = place, rights[place]
        else:
            right = max(right, rights[place])
    pieces.append(_piece(number, line, placed[first:]))
    if len(pieces) > 2 and _is_stretched(pieces):
        return [_piece(number, line, placed)]
    return pieces


def _is_stretched(pieces: Sequence[Piece]) -> bool:
    """Whether a line of text was spread over the width: all its blanks are equally wide.

    Thai has few blanks, so that few carry all the room that justification has to fill.
    """
    worded = sum(not is_number(piece.text) for piece in pieces)
    if worded < _WORDED or any(" " in piece.text for piece in pieces):
        return False
    gaps = [right.box.x0 - left.box.x1 for left, right in pairwise(pieces)]
    width = pieces[-1].box.x1 - pieces[0].box.x0
    return max(gaps) - min(gaps) < _EVEN and sum(gaps) < _ROOM * width


class Cutter:
    """`cut_line` for lines that several ask for: each is cut once."""

    def __init__(self) -> None:
        self._held: dict[int, tuple[Passage, list[Piece]]] = {}

    def __call__(self, number: int, line: Passage) -> list[Piece]:
        """The pieces of a line, in a list of the caller's own."""
        if id(line) not in self._held:  # the line is kept with its pieces: its id stays its own
            self._held[id(line)] = (line, cut_line(number, line))
        pieces = self._held[id(line)][1]
        if pieces and pieces[0].line != number:
            return [piece._replace(line=number) for piece in pieces]
        return list(pieces)


def cut_before(piece: Piece, line: Passage, left: float) -> tuple[Piece, Piece] | None:
    """A piece cut at the blank before the place `left`: the gap was too narrow to see.

    Args:
        piece: The piece.
        line: The line that it is part of.
        left: No letter of the second part stands further left.
    """
    placed = _placed(line, piece.start, piece.end)
    for place in range(1, len(placed)):
        index, box = placed[place]
        if box.x0 >= left:
            if index == placed[place - 1][0] + 1:
                return None
            return (
                _piece(piece.line, line, placed[:place]),
                _piece(piece.line, line, placed[place:]),
            )
    return None


def _placed(line: Passage, start: int, end: int) -> list[tuple[int, Box]]:
    """The printed characters of a stretch with their boxes, blanks left out."""
    boxes = line.boxes
    return [
        (index, box)
        for index, char, place in zip(
            range(start, end), line.text[start:end], line.source[start:end], strict=True
        )
        if (box := boxes[place]) is not None and not char.isspace()
    ]


def _piece(number: int, line: Passage, placed: Sequence[tuple[int, Box]]) -> Piece:
    start, end = placed[0][0], placed[-1][0] + 1
    lefts, tops, rights, bottoms = zip(*[box for _, box in placed], strict=True)
    box = Box(min(lefts), min(tops), max(rights), max(bottoms))
    return Piece(number, start, end, box, median(bottoms), line.text[start:end])


def passage_of(piece: Piece, lines: Sequence[Passage]) -> Passage:
    """The piece as a passage of its own."""
    return cut(lines[piece.line], piece.start, piece.end)


def column_edges(pieces: Iterable[Piece]) -> list[float]:
    """The edges of the columns that pieces stand in, told by the room between them."""
    stretches: list[list[float]] = []
    for piece in sorted(pieces, key=lambda piece: piece.box.x0):
        if stretches and piece.box.x0 - stretches[-1][1] < GUTTER:
            stretches[-1][1] = max(stretches[-1][1], piece.box.x1)
        else:
            stretches.append([piece.box.x0, piece.box.x1])
    if not stretches:
        return []
    inner = [(one[1] + other[0]) / 2 for one, other in pairwise(stretches)]
    return [stretches[0][0] - 2, *inner, stretches[-1][1] + 2]


def column_of(x: float, edges: Sequence[float]) -> int:
    """The column in which a place lies (the first or last one for places outside)."""
    return min(max(bisect_right(edges, x) - 1, 0), len(edges) - 2)


def indent(texts: Sequence[Piece]) -> float:
    """Where most of the text begins."""
    return max(
        (piece.box.x0 for piece in texts),
        key=lambda left: sum(len(p.text) for p in texts if abs(p.box.x0 - left) < 3),
    )


def line_pitch(pieces: Sequence[Sequence[Piece]]) -> float:
    """The usual distance of two lines of one text: such lines begin at one place."""
    firsts = [line[0] for line in pieces if line]
    steps = sorted(
        lower.base - upper.base
        for upper, lower in pairwise(firsts)
        if abs(lower.box.x0 - upper.box.x0) < 3 and 6 < lower.base - upper.base < 60
    )
    return steps[len(steps) // 3] if steps else 22.0


def widest_column(body: Sequence[Piece], edges: Sequence[float]) -> int:
    """The column with the most text."""
    sizes = [0] * (len(edges) - 1)
    for piece in body:
        sizes[column_of(piece.middle, edges)] += len(piece.text)
    return sizes.index(max(sizes))


def goes_on(row: Sequence[Piece], edges: Sequence[float], text: tuple[int, float]) -> bool:
    """Whether a line goes on with the text of a row: no heading, no number, in columns.

    Args:
        row: The pieces of the line.
        edges: The edges of the columns.
        text: The column with the text, and where the text begins.
    """
    if not fits(row, edges) or is_heading_row([piece.text for piece in row]):
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


def fits(row: Sequence[Piece], edges: Sequence[float]) -> bool:
    """Whether the pieces of a line stand in the columns, no two in one."""
    if not row:
        return False
    columns = [-1 if p.box.x1 < edges[0] else column_of(p.middle, edges) for p in row]
    inside = row[-1].box.x1 > edges[0] and row[0].box.x0 < edges[-1]
    return inside and len(set(columns)) == len(columns)

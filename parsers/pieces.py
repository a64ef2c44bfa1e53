"""Lines of text cut at wide gaps, and the columns that such pieces stand in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

from parsers.model import Box, Passage
from parsers.splices import cut

__all__ = ["Piece", "column_edges", "column_of", "cut_before", "cut_line", "passage_of"]

NARROWEST = 6.5
"""Narrower gaps (points) stand between words, never between columns."""
WIDE = 1.2
"""A gap between columns is wider than so many letters."""
GUTTER = 5.0
"""So much room is left between two columns over all their rows."""


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
    wide = max(NARROWEST, WIDE * median(box.x1 - box.x0 for _, box in placed))
    pieces: list[Piece] = []
    first, right = 0, placed[0][1].x1
    for place in range(1, len(placed)):
        box = placed[place][1]
        if box.x0 - right > wide:
            pieces.append(_piece(number, line, placed[first:place]))
            first, right = place, box.x1
        else:
            right = max(right, box.x1)
    pieces.append(_piece(number, line, placed[first:]))
    return pieces


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
    return [
        (index, box)
        for index in range(start, end)
        if not line.text[index].isspace()
        and (box := line.boxes[line.source[index]]) is not None
    ]


def _piece(number: int, line: Passage, placed: Sequence[tuple[int, Box]]) -> Piece:
    start, end = placed[0][0], placed[-1][0] + 1
    boxes = [box for _, box in placed]
    box = Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )
    base = median(box.bottom for box in boxes)
    return Piece(number, start, end, box, base, line.text[start:end])


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
    inner = [(one[1] + other[0]) / 2 for one, other in zip(stretches, stretches[1:])]
    return [stretches[0][0] - 2, *inner, stretches[-1][1] + 2]


def column_of(x: float, edges: Sequence[float]) -> int:
    """The column in which a place lies (the first or last one for places outside)."""
    return min(max(bisect_right(edges, x) - 1, 0), len(edges) - 2)

"""Ruling lines and pictures of a page.

A ruling line reaches a page in many shapes: a stroked line, a thin filled rectangle (Word,
Excel, Chromium), the edges of a stroked or coloured rectangle, a picture one pixel thin
(printer drivers). All become `Rule`s.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import pypdfium2_raw as raw

from parsers.model import Box, Rule
from parsers.pdf import natives
from parsers.pdf.limits import Limits
from parsers.pdf.objects import Drawn, object_matrix
from parsers.pdf.placement import Matrix, Placement, placed, times

__all__ = ["Strokes", "read_strokes"]

_THIN = 2.5
"""A drawn thing not thicker than this, in points, is a line."""

_SHORT = 2.0
"""A line shorter than this is a dot or a piece of a pattern."""

_LONG = 36.0
"""A thin picture shorter than this is a piece of a letter: Word draws private marks so."""

_DOT = 4.0
"""A drawn thing not larger than this is a dot or a tick, not a frame."""

_FEWEST_DOTS = 5
"""So many dots in a row are a dotted line."""

_WHITE = 250
_MOVE, _LINE = raw.FPDF_SEGMENT_MOVETO, raw.FPDF_SEGMENT_LINETO

Strokes = tuple[tuple[Rule, ...], tuple[Box, ...]]
"""Ruling lines and the boxes of the pictures."""


def read_strokes(drawn: Drawn, placement: Placement, limits: Limits) -> Strokes:
    """The ruling lines and pictures among the drawn objects of a page."""
    reader = _Reader(placement, limits.segments)
    page = Box(0.0, 0.0, placement.width, placement.height)
    rules: dict[tuple[int, ...], Rule] = {}
    for item, outer in drawn.paths:
        _keep(reader.path(item, outer), page, rules)
        if len(rules) > limits.rules:
            break
    _keep(_dotted(reader.dots), page, rules)
    images = []
    for item, outer in drawn.images:
        box = reader.bounds(item, outer)
        if box is None or not _meets(box, page):
            continue
        thin = _as_line(box)
        if thin is None:
            images.append(_cut(box, page))
        elif max(box.x1 - box.x0, box.bottom - box.top) >= _LONG:
            _keep((thin,), page, rules)
    return tuple(rules.values()), tuple(images)


def _dotted(dots: Iterable[Box]) -> Iterator[Rule]:
    """Lines made of dots, each drawn by itself."""
    level: dict[int, list[Box]] = {}
    upright: dict[int, list[Box]] = {}
    for dot in dots:
        level.setdefault(round(dot.top + dot.bottom), []).append(dot)
        upright.setdefault(round(dot.x0 + dot.x1), []).append(dot)
    for row in level.values():
        for first, last in _chains(sorted(row, key=lambda dot: dot.x0), 0):
            middle = (first.top + first.bottom) / 2
            yield Rule(first.x0, middle, last.x1, middle)
    for column in upright.values():
        for first, last in _chains(sorted(column, key=lambda dot: dot.top), 1):
            middle = (first.x0 + first.x1) / 2
            yield Rule(middle, first.top, middle, last.bottom)


def _chains(dots: Sequence[Box], along: int) -> Iterator[tuple[Box, Box]]:
    """First and last of every stretch of dots that follow close on each other."""
    start = 0
    for at in range(1, len(dots) + 1):
        if at < len(dots) and dots[at][along] - dots[at - 1][along + 2] <= _DOT:
            continue
        if at - start >= _FEWEST_DOTS:
            yield dots[start], dots[at - 1]
        start = at


def _keep(found: Iterable[Rule], page: Box, rules: dict[tuple[int, ...], Rule]) -> None:
    """Lines on the page, each once: borders of neighbouring cells are drawn twice."""
    for rule in found:
        if not _meets(rule, page):
            continue
        cut = Rule(*_cut(rule, page))
        if max(cut.x1 - cut.x0, cut.bottom - cut.top) >= _SHORT:
            rules.setdefault(tuple(round(10 * side) for side in cut), cut)


def _meets(box: Box | Rule, page: Box) -> bool:
    return (
        box.x1 >= page.x0
        and box.x0 <= page.x1
        and box.bottom >= page.top
        and box.top <= page.bottom
    )


def _cut(box: Box | Rule, page: Box) -> Box:
    return Box(
        max(box.x0, page.x0),
        max(box.top, page.top),
        min(box.x1, page.x1),
        min(box.bottom, page.bottom),
    )


def _as_line(box: Box) -> Rule | None:
    """A thin box as the line through its middle."""
    width, height = box.x1 - box.x0, box.bottom - box.top
    if min(width, height) > _THIN or max(width, height) < 3 * min(width, height):
        return None
    if width >= height:
        middle = (box.top + box.bottom) / 2
        return Rule(box.x0, middle, box.x1, middle)
    middle = (box.x0 + box.x1) / 2
    return Rule(middle, box.top, middle, box.bottom)


class _Reader:
    """Reads path objects; holds the buffers that PDFium writes into."""

    def __init__(self, placement: Placement, segments: int) -> None:
        self.dots: list[Box] = []
        self._placement = placement
        self._segments = segments
        self._four = (ctypes.c_float * 4)()
        at = ctypes.addressof(self._four)
        self._places = tuple(range(at, at + 16, 4))
        self._flags = (ctypes.c_int * 2)()
        self._fill = ctypes.addressof(self._flags)
        self._colors = (ctypes.c_uint * 4)()
        at = ctypes.addressof(self._colors)
        self._color_places = tuple(range(at, at + 16, 4))

    def bounds(self, item: int, outer: Matrix) -> Box | None:
        """The box of a drawn object on the page, its line width included."""
        if not natives.bounds(item, *self._places):
            return None
        return placed(self._four[:], outer, self._placement)

    def path(self, item: int, outer: Matrix) -> Iterator[Rule]:
        """The ruling lines of one path object."""
        natives.draw_mode(item, self._fill, self._fill + 4)
        filled, stroked = self._flags
        if not (filled or stroked):
            return
        box = self.bounds(item, outer)
        if box is None:
            return
        line = _as_line(box)
        if line is not None:
            yield from self._pieces(item, outer, line) if stroked else (line,)
        elif max(box.x1 - box.x0, box.bottom - box.top) <= _DOT:
            self.dots.append(box)
        elif stroked or not (self._covers_page(box) or self._pale(item)):
            yield from self._edges(item, outer, closed=not stroked)

    def _pieces(self, item: int, outer: Matrix, line: Rule) -> Iterable[Rule]:
        """The strokes of a path that is thin as a whole: there may be room between them."""
        if natives.segment_count(item) <= 2:
            return (line,)
        pieces = [
            piece
            for piece in self._edges(item, outer, closed=False)
            if max(piece.x1 - piece.x0, piece.bottom - piece.top) >= _SHORT
        ]
        return pieces or (line,)

    def _covers_page(self, box: Box) -> bool:
        """Whether a filling is the background of the page."""
        return (
            box.x1 - box.x0 > 0.95 * self._placement.width
            and box.bottom - box.top > 0.95 * self._placement.height
        )

    def _pale(self, item: int) -> bool:
        """Whether a filling is white or see-through: paper, not a coloured cell."""
        if not natives.fill_color(item, *self._color_places):
            return True
        red, green, blue, alpha = self._colors
        return alpha == 0 or min(red, green, blue) >= _WHITE

    def _edges(self, item: int, outer: Matrix, *, closed: bool) -> Iterator[Rule]:
        """The straight upright and level edges of an outline."""
        count = natives.segment_count(item)
        self._segments -= count
        if self._segments < 0:
            return
        to_page = times(times(object_matrix(item), outer), self._placement.matrix)
        for outline in self._outlines(item, count, to_page, closed):
            for (x0, y0), (x1, y1) in pairwise(outline):
                if abs(x0 - x1) <= 1.0 or abs(y0 - y1) <= 1.0:
                    yield Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _outlines(
        self, item: int, count: int, to_page: Matrix, closed: bool
    ) -> Iterator[list[tuple[float, float]]]:
        """The runs of straight segments of a path; a curve breaks a run."""
        a, b, c, d, e, f = to_page
        at_x, at_y = self._places[:2]
        run: list[tuple[float, float]] = []
        start: tuple[float, float] | None = None
        for segment in map(natives.path_segment, [item] * count, range(count)):
            natives.segment_point(segment, at_x, at_y)
            x, y = self._four[0], self._four[1]
            point = (a * x + c * y + e, b * x + d * y + f)
            kind = natives.segment_type(segment)
            if kind == _LINE:
                run.append(point)
            else:
                if closed and start is not None and kind == _MOVE:
                    run.append(start)
                yield run
                run = [point]
                start = point if kind == _MOVE else start
            if natives.segment_closes(segment) and start is not None:
                run.append(start)
        if closed and start is not None:
            run.append(start)
        yield run

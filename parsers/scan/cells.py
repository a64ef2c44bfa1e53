"""Ruling lines of a page picture -> the cells that they enclose, in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from parsers.model import Rule
from parsers.scan.strokes import Ruling
from parsers.tables.lattices import Lattice, build_lattice, connected, strokes

__all__ = ["Cells", "PixelBox", "find_cells"]


class PixelBox(NamedTuple):
    """A rectangle of pixels; `x1` and `bottom` are just outside it."""

    x0: int
    top: int
    x1: int
    bottom: int


class Cells(NamedTuple):
    """The cells of all tables of a page.

    Attributes:
        boxes: Their rectangles by table, row and column.
        tables: For each cell the number of its table.
        map: For every fourth pixel the number of the cell there, -1 outside tables.
    """

    boxes: tuple[PixelBox, ...]
    tables: tuple[int, ...]
    map: NDArray[np.int32]

    def at(self, xs: Any, ys: Any) -> NDArray[np.int32]:
        """The cell at each place; -1 where there is none."""
        down, across = self.map.shape
        rows = np.clip((np.asarray(ys) / 4).astype(np.int32), 0, down - 1)
        columns = np.clip((np.asarray(xs) / 4).astype(np.int32), 0, across - 1)
        return self.map[rows, columns]


def find_cells(
    rulings: Sequence[Ruling],
    scale: float,
    shape: tuple[int, ...],
    places: Sequence[tuple[float, float]],
) -> Cells:
    """The cells of a page, found as the tables of text pages are.

    Args:
        rulings: Its lines.
        scale: Pixels per point: what counts as near is known in points.
        shape: Height and width of the picture.
        places: Where letters stand, in pixels.
    """
    rules = [Rule(*(side / scale for side in line.rule)) for line in rulings]
    points = [(x / scale, y / scale) for x, y in places]
    frames: list[Lattice] = []
    for across, down in connected(*strokes(rules)):
        frame = build_lattice(across, down, points)
        if frame and len(frame.regions) > 1 and len(frame.xs) > 2:
            frames.append(frame)
    frames.sort(key=lambda frame: (frame.box.top, frame.box.x0))
    boxes: list[PixelBox] = []
    tables: list[int] = []
    for number, frame in enumerate(frames):
        for region in sorted(frame.regions, key=lambda region: (region.row, region.column)):
            box = frame.region_box(region)
            boxes.append(PixelBox(*(round(side * scale) for side in box)))
            tables.append(number)
    return Cells(tuple(boxes), tuple(tables), _painted(boxes, shape))


def _painted(boxes: Sequence[PixelBox], shape: tuple[int, ...]) -> NDArray[np.int32]:
    """The map of the cells; small ones over large ones."""
    height, width = shape[:2]
    painted = np.full((height // 4 + 1, width // 4 + 1), -1, np.int32)
    order = sorted(
        range(len(boxes)),
        key=lambda i: (boxes[i].x1 - boxes[i].x0) * (boxes[i].bottom - boxes[i].top),
        reverse=True,
    )
    for index in order:
        x0, top, x1, bottom = (max(0, round(side / 4)) for side in boxes[index])
        painted[top:bottom, x0:x1] = index
    return painted

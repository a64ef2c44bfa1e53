"""Text lines of an upright page: where they stand, and a clean crop of each.

Inside every cell of the ruled tables, and outside; a crop shows its own line only, what
reaches in from the lines around it and from ruling lines is white.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.scan.cells import Cells, PixelBox, find_cells
from parsers.scan.rows import Parts, in_order, rows_of_parts
from parsers.scan.strokes import Ruling, without_rulings
from parsers.scan.upright import Prepared

__all__ = ["Line", "find_lines"]

Gray = NDArray[np.uint8]

_SPECK = 0.11
"""Smaller parts, in heights of a letter, are dust."""
_FIGURE = 4.5
"""Higher parts are drawings, signatures, seals."""
_TALL = 2.5
"""Higher parts are letters of two lines that touch."""
_WIDE_GAP = 2.2
_CELL_GAP = 4.0
_BAND = 0.72
"""Print fills this share of the height of its crop."""
_LEAST_BAND = 1.5
"""A crop is at least so high, in heights of a letter: a dash is not blown up to a block."""
_MOST_PARTS = 20_000
_MOST_LINES = 2_500
"""More of either are no print: a photo, a pattern."""


class Line(NamedTuple):
    """A line of print.

    Attributes:
        box: The rectangle of the crop, in pixels of the upright picture.
        crop: The line alone, 0 black to 255 white, as large as the box.
        in_table: Whether it stands in a cell of a ruled table.
        ink: The rectangle of its print.
        cell: The cell that it stands in; None outside tables.
        dash: Whether it is nothing but a dash.
    """

    box: PixelBox
    crop: Gray
    in_table: bool
    ink: PixelBox
    cell: PixelBox | None = None
    dash: bool = False


class _Sheet(NamedTuple):
    """A page without its ruling lines, its inked parts numbered from 1 in `labels`."""

    gray: Gray
    labels: NDArray[np.int32]
    parts: Parts
    glyph: float


def find_lines(prepared: Prepared, rulings: Sequence[Ruling]) -> list[Line]:
    """The text lines of a page in reading order: tables cell by cell where they stand."""
    glyph = prepared.quality.glyph
    if prepared.quality.verdict != "good" or glyph <= 0:
        return []
    sheet = _sheet(prepared, rulings, glyph)
    parts = sheet.parts
    wide, high = parts.x1 - parts.x0, parts.bottom - parts.top
    large = np.maximum(wide, high)
    kept = np.flatnonzero((large > _SPECK * glyph) & (high < _FIGURE * glyph))
    if len(kept) > _MOST_PARTS:
        return []
    middles = (parts.x0 + parts.x1) / 2, (parts.top + parts.bottom) / 2
    letters = kept[high[kept] > 0.5 * glyph]
    places = list(zip(middles[0][letters].tolist(), middles[1][letters].tolist(), strict=True))
    cells = find_cells(rulings, prepared.scale, sheet.gray.shape, places)
    where = cells.at(middles[0][kept], middles[1][kept])
    where = _with_crossing_marks(parts.some(kept), where, cells, glyph)
    lines: list[Line] = []
    for cell in np.unique(where):
        lines += _lines_of(sheet, kept[where == cell], cells, int(cell))
    if len(lines) > _MOST_LINES:
        return []
    return _ordered(lines, cells, glyph)


def _sheet(prepared: Prepared, rulings: Sequence[Ruling], glyph: float) -> _Sheet:
    gray, black = without_rulings(prepared.gray, prepared.binary, rulings)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(black, connectivity=8)
    cuts = _cut_tall(black, labels, stats, glyph)
    if cuts:
        _, labels, stats, _ = cv2.connectedComponentsWithStats(black, connectivity=8)
    x, y, w, h = (stats[1:, i].astype(np.int32) for i in range(4))
    return _Sheet(gray, np.asarray(labels, np.int32), Parts(x, y, x + w, y + h), glyph)


def _cut_tall(black: Gray, labels: Any, stats: Any, glyph: float) -> int:
    """Cut what holds two lines together where it is weakest; how often that was done."""
    cuts = 0
    for label in range(1, len(stats)):
        x, y, w, h, _ = (int(v) for v in stats[label])
        if not _TALL * glyph < h < 12 * glyph or w < 0.5 * glyph or w > 40 * glyph:
            continue
        part = labels[y : y + h, x : x + w] == label
        profile = part.sum(axis=1)
        pieces = round(h / (1.9 * glyph))
        for piece in range(1, max(2, pieces)):
            middle = piece * h / max(2, pieces)
            low, high = int(middle - 0.6 * glyph), int(middle + 0.6 * glyph) + 1
            row = low + int(profile[low:high].argmin())
            if profile[row] <= max(0.5 * glyph, 0.2 * w):
                black[y + row, x : x + w][part[row]] = 0
                cuts += 1
    return cuts


def _lines_of(sheet: _Sheet, chosen: Any, cells: Cells, cell: int) -> list[Line]:
    """The lines of one cell (-1: of what stands outside tables)."""
    glyph = sheet.glyph
    parts = sheet.parts.some(chosen)
    box = cells.boxes[cell] if cell >= 0 else None
    out = []
    for row in rows_of_parts(parts, glyph, _WIDE_GAP if box is None else _CELL_GAP):
        held = chosen[np.asarray(row)]
        ink = _around(sheet.parts, held)
        dash = _is_dash(ink, glyph)
        if dash and box and _is_at_border(ink, box, glyph):
            continue
        if not dash and not _is_print(sheet.parts, held, ink, glyph):
            continue
        window = _window(ink, sheet.gray.shape, glyph)
        crop = _crop(sheet, held, window)
        out.append(Line(window, crop, box is not None, ink, box, dash))
    return out


def _with_crossing_marks(parts: Parts, where: Any, cells: Cells, glyph: float) -> Any:
    """The cell of each part, with marks that stand on the line above their row put right.

    In rows that are too low for their print the tones of a cell reach into the cell above.
    """
    out = where.copy()
    high = parts.bottom - parts.top
    low = high < 0.6 * glyph
    bodies = np.flatnonzero(~low)
    reach = round(0.6 * glyph)
    middle = (parts.x0 + parts.x1) / 2
    over = cells.at(middle, parts.top - reach) != where
    under = cells.at(middle, parts.bottom + reach) != where
    for i in np.flatnonzero(low & (over | under)):
        near = bodies[(parts.x1[bodies] > parts.x0[i]) & (parts.x0[bodies] < parts.x1[i])]
        down = parts.top[near] - parts.bottom[i]
        up = parts.top[i] - parts.bottom[near]
        beneath = near[(down > -0.3 * glyph) & (down < 0.6 * glyph)]
        overhead = near[(up > -0.3 * glyph) & (up < 0.3 * glyph)]
        if len(beneath) and not len(overhead):
            out[i] = where[beneath[0]]
        elif len(overhead) and not len(beneath):
            out[i] = where[overhead[0]]
    return out


def _around(parts: Parts, held: Any) -> PixelBox:
    return PixelBox(
        int(parts.x0[held].min()),
        int(parts.top[held].min()),
        int(parts.x1[held].max()),
        int(parts.bottom[held].max()),
    )


def _is_dash(ink: PixelBox, glyph: float) -> bool:
    """A stroke as long as a dash, alone; a scan in black and white may have broken it."""
    wide, high = ink.x1 - ink.x0, ink.bottom - ink.top
    return 0.25 * glyph <= wide <= 2.5 * glyph and high <= 0.4 * glyph and wide >= 1.4 * high


def _is_at_border(ink: PixelBox, box: PixelBox, glyph: float) -> bool:
    """Whether a dash is more likely the rest of a ruling line."""
    middle = (ink.top + ink.bottom) / 2
    return min(middle - box.top, box.bottom - middle) < 0.45 * glyph


def _is_print(parts: Parts, held: Any, ink: PixelBox, glyph: float) -> bool:
    """Whether a row is more than dust: it has a letter, or several small ones."""
    high = parts.bottom[held] - parts.top[held]
    if (high >= 0.5 * glyph).any():
        return True
    wide = parts.x1[held] - parts.x0[held]
    dense = wide.sum() >= 0.5 * (ink.x1 - ink.x0)
    return bool(len(held) >= 3 and dense and np.median(high) >= 0.25 * glyph)


def _window(ink: PixelBox, shape: tuple[int, ...], glyph: float) -> PixelBox:
    """The crop around print: it fills most of the height, with some air on all sides."""
    high = ink.bottom - ink.top
    wanted = max(high / _BAND, _LEAST_BAND * glyph)
    air = round((wanted - high) / 2)
    side = round(0.3 * glyph)
    return PixelBox(
        max(0, ink.x0 - side),
        max(0, ink.top - air),
        min(shape[1], ink.x1 + side),
        min(shape[0], ink.bottom + air),
    )


def _crop(sheet: _Sheet, held: Any, window: PixelBox) -> Gray:
    """The line alone; the soft rim of its letters stays."""
    x0, top, x1, bottom = window
    labels = sheet.labels[top:bottom, x0:x1]
    own = np.zeros(len(sheet.parts.x0) + 1, bool)
    own[held + 1] = True
    mine = own[labels].astype(np.uint8)
    other = ((labels > 0) & (mine == 0)).astype(np.uint8)
    rim = np.ones((5, 5), np.uint8)
    hidden = (cv2.dilate(other, rim) > 0) & (cv2.dilate(mine, np.ones((3, 3), np.uint8)) == 0)
    crop = sheet.gray[top:bottom, x0:x1].copy()
    crop[hidden] = 255
    return crop


def _ordered(lines: list[Line], cells: Cells, glyph: float) -> list[Line]:
    """Reading order: what stands outside tables by rows, a table as a whole at its place."""
    order = {box: number for number, box in enumerate(cells.boxes)}
    tables: dict[int, list[Line]] = {}
    free: list[Line] = []
    for line in lines:
        if line.cell is None:
            free.append(line)
        else:
            tables.setdefault(cells.tables[order[line.cell]], []).append(line)
    blocks: list[tuple[float, list[Line]]] = []
    free = [free[i] for i in in_order([line.ink for line in free], glyph)]
    for line in free:
        blocks.append(((line.ink.top + line.ink.bottom) / 2, [line]))
    # Rows stay together: a block may not stand before the one that precedes it in its row.
    for number in range(1, len(blocks)):
        top = max(blocks[number][0], blocks[number - 1][0])
        blocks[number] = (top, blocks[number][1])
    for held in tables.values():
        by_cell: dict[int, list[Line]] = {}
        for line in held:
            assert line.cell is not None
            by_cell.setdefault(order[line.cell], []).append(line)
        block: list[Line] = []
        for cell in sorted(by_cell):
            inside = by_cell[cell]
            block += [inside[i] for i in in_order([line.ink for line in inside], glyph)]
        blocks.append((min(line.ink.top for line in held), block))
    blocks.sort(key=lambda block: block[0])
    return [line for _, block in blocks for line in block]

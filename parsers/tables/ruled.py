"""Tables with ruling lines: the lines and characters of one page -> fragments of tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter

from parsers.model import Char
from parsers.tables.fragments import Fragment, Slot
from parsers.tables.lattices import Lattice, Region, Stroke, build_lattice, connected
from parsers.tables.splices import EMPTY
from parsers.text.passages import compose
from parsers.text.thai import TextDefects

__all__ = ["find_ruled"]

BODY = 0.4
"""So high above the baseline, in shares of the size, is the middle of a letter's body."""

_Placed = tuple[Char, float, float]
_angle = itemgetter(8)  # of a character
_WORD = re.compile(r"[ก-ฮa-zA-Z]")
TALL = 0.3
"""A full-width row at the rim higher than this share of the page is a frame, not a row."""


def find_ruled(
    number: int,
    height: float,
    chars: Sequence[Char],
    lines: tuple[Sequence[Stroke], Sequence[Stroke]],
    defects: TextDefects | None = None,
) -> tuple[list[Fragment], list[Char]]:
    """The ruled tables of a page and the characters that stand in none of them.

    Args:
        number: Number of the page.
        height: Height of the (upright) page in points.
        chars: Its characters, upright.
        lines: Its strokes across and down.
        defects: What is wrong with its text layer, for the repair of the cells.
    """
    groups = connected(*lines)
    if not groups:
        return [], list(chars)
    left = _placed(chars)
    points = [(x, y) for _, x, y in left]
    runs = [char for char in chars if char.starts]
    frames: list[Lattice] = []
    for across, down in groups:
        lattice = build_lattice(across, down, points, runs)
        lattice = lattice and _without_frame_rows(lattice, height)
        if lattice and len(lattice.xs) > 2 and len(lattice.regions) > 1:
            frames.append(lattice)
    # Small ones first: a table inside a cell of another one keeps its text.
    frames.sort(key=_area)
    found: list[Fragment] = []
    for frame in frames:
        held, rest = _dealt(frame, left)
        if not _is_drawing(frame, held):
            fragment = _fragment(number, frame, held, defects)
            if any(slot.text for slot in fragment.slots):
                found.append(replace(fragment, weak=_is_weak(fragment)))
                left = rest
    found.sort(key=lambda fragment: (fragment.ys[0], fragment.xs[0]))
    return found, [char for char, _, _ in left]


def _placed(chars: Sequence[Char]) -> list[_Placed]:
    if any(map(_angle, chars)):
        return [(char, *_place(char)) for char in chars]
    return [(char, char[5], char[6] - BODY * char[7]) for char in chars]


def _place(char: Char) -> tuple[float, float]:
    """The point that tells in which cell a character stands.

    It lies a little above the baseline, in the body of the letters: in rows that are too
    low for their text (spreadsheets) the baseline stands below the line.
    """
    body = BODY * char.size
    if char.angle == 90:
        return char.origin_x + body, char.origin_y
    if char.angle == 270:
        return char.origin_x - body, char.origin_y
    return char.origin_x, char.origin_y - body


def _area(frame: Lattice) -> float:
    box = frame.box
    return (box.x1 - box.x0) * (box.bottom - box.top)


def _without_frame_rows(frame: Lattice, height: float) -> Lattice | None:
    """A lattice less the tall full-width rows at its rim: a frame drawn around the page."""
    columns = len(frame.xs) - 1
    first, last = 0, len(frame.ys) - 1
    for region in frame.regions:
        if region.column_span < columns or columns < 2:
            continue
        box = frame.region_box(region)
        if box.bottom - box.top > TALL * height:
            if region.row == first:
                first = region.row + region.row_span
            elif region.row + region.row_span == last:
                last = region.row
    if first == 0 and last == len(frame.ys) - 1:
        return frame
    kept = tuple(
        region._replace(row=region.row - first)
        for region in frame.regions
        if region.row >= first and region.row + region.row_span <= last
    )
    if not kept or last <= first:
        return None
    return replace(frame, ys=frame.ys[first : last + 1], regions=kept)


def _dealt(
    frame: Lattice, chars: Sequence[_Placed]
) -> tuple[dict[Region, list[Char]], list[_Placed]]:
    """The characters by the cell in which they were placed, and those outside."""
    xs, ys = frame.xs, frame.ys
    held: dict[Region, list[Char]] = {region: [] for region in frame.regions}
    place: list[list[list[Char] | None]] = [[None] * (len(xs) - 1) for _ in range(len(ys) - 1)]
    for region, inside in held.items():
        for row in range(region.row, region.row + region.row_span):
            for column in range(region.column, region.column + region.column_span):
                place[row][column] = inside
    left, right, top, bottom = xs[0], xs[-1], ys[0], ys[-1]
    rest: list[_Placed] = []
    x0 = x1 = y0 = y1 = left  # the place of the character before: most stand in the same
    own: list[Char] | None = None
    for placed in chars:
        char, x, y = placed
        if not (x0 <= x < x1 and y0 < y < y1):
            if not (top < y < bottom and left <= x < right):
                rest.append(placed)
                continue
            row, column = bisect_right(ys, y), bisect_right(xs, x)
            x0, x1, y0, y1 = xs[column - 1], xs[column], ys[row - 1], ys[row]
            own = place[row - 1][column - 1]
        if own is None:
            rest.append(placed)
        else:
            own.append(char)
    return {region: chars for region, chars in held.items() if chars}, rest


def _is_drawing(frame: Lattice, held: dict[Region, list[Char]]) -> bool:
    """Whether a lattice is a drawing, a chart or an empty form rather than a table."""
    filled = [region for region, chars in held.items() if any(not c.text.isspace() for c in chars)]
    cells = [r for r in frame.regions if r in held or not r.open_side]
    leaky = sum(region.leaky for region in cells)
    if leaky > max(2, 0.25 * len(cells)):
        return True
    if len(cells) < 12 or len(filled) >= 0.15 * len(cells):
        return False
    top = min(region.row for region in cells)
    return not all(region in held for region in cells if region.row == top)


def _is_weak(fragment: Fragment) -> bool:
    """Whether it is a table only as part of another: one column, or no words at all.

    Grid lines and bars of a chart with numbers on them have no words.
    """
    filled = [slot for slot in fragment.slots if slot.text]
    if len({slot.column for slot in filled}) < 2:
        return True
    return not any(_WORD.search(slot.text) for slot in filled)


def _fragment(
    number: int,
    frame: Lattice,
    held: dict[Region, list[Char]],
    defects: TextDefects | None,
) -> Fragment:
    slots = []
    for region in frame.regions:
        if region.open_side and region not in held:
            continue
        chars = held.get(region)
        slots.append(
            Slot(
                row=region.row,
                column=region.column,
                row_span=region.row_span,
                column_span=region.column_span,
                box=frame.region_box(region),
                passage=compose(chars, defects) if chars else EMPTY,
                page=number,
            )
        )
    ys, slots = _without_blank_rim(*_without_empty_rows(frame.ys, slots), len(frame.xs) - 1)
    return Fragment(
        page=number,
        xs=frame.xs,
        ys=ys,
        slots=tuple(slots),
        ruled=True,
        open_top=frame.open_top,
        open_bottom=frame.open_bottom,
    )


def _without_blank_rim(
    ys: tuple[float, ...], slots: list[Slot], columns: int
) -> tuple[tuple[float, ...], list[Slot]]:
    """Rows and cells less blank full-width rows at the rim: a frame, not the table."""
    first, last = 0, len(ys) - 1
    blank = {
        (slot.row, slot.row + slot.row_span)
        for slot in slots
        if slot.column_span == columns and not slot.text
    }
    for start, end in sorted(blank):
        first = end if start == first else first
    for start, end in sorted(blank, reverse=True):
        last = start if end == last else last
    if last <= first:
        return ys, slots
    if (first, last) == (0, len(ys) - 1):
        return ys, slots
    kept = [s._replace(row=s.row - first) for s in slots if first <= s.row < last]
    return ys[first : last + 1], kept


def _without_empty_rows(
    ys: tuple[float, ...], slots: list[Slot]
) -> tuple[tuple[float, ...], list[Slot]]:
    """Rows in which nothing begins while a cell with text reaches through are no rows.

    They come from the edges of coloured cells that end inside a row.
    """
    begun = {slot.row for slot in slots if slot.text}
    reached = {
        row for slot in slots if slot.text for row in range(slot.row + 1, slot.row + slot.row_span)
    }
    gone = sorted(reached - begun)
    if not gone:
        return ys, slots
    left = []
    for slot in slots:
        above = sum(row < slot.row for row in gone)
        inside = sum(slot.row <= row < slot.row + slot.row_span for row in gone)
        if inside < slot.row_span:
            left.append(slot._replace(row=slot.row - above, row_span=slot.row_span - inside))
    return tuple(y for row, y in enumerate(ys) if row not in gone), left

"""Ruling lines of a page picture: faint, broken, double, or drifting over the page.

A line is looked for where ink runs on for long in one direction and is thin in the other.
Each one is fitted to its ink: paper slides and copies bend, so that a border may move by its
own thickness several times over the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.model import Rule

__all__ = ["Ruling", "find_rulings", "without_rulings"]

Gray = NDArray[np.uint8]

_SMOOTH = 9
"""Breaks shorter than this many pixels are closed before anything else."""
_FAINTEST = 20.0
"""A line is at least so dark (of 255) when smoothed along itself."""
_SHORT = 2.0
"""Lines are at least so long, in heights of a letter; short ones must end on others."""
_FREE = 4.0
"""A line that meets no other is at least so long."""
_BREAK = 1.5
"""A break up to this many letters long is closed unseen, and up to `_FADED` if a trace is left."""
_FADED = 8.0
_THICKEST = 14
"""Thicker bars, in pixels, are no lines."""
_DASH_INK = 100
_FEWEST_DASHES = 3
_PAD = 8
"""Rows looked at on both sides of a line."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line in pixels, from left to right or from top to bottom.

    Attributes:
        start: Where it begins, along itself.
        end: Where it ends.
        at: Its place across, at `start`.
        at_end: Its place across, at `end`.
        thick: Thickness.
        level: Whether it runs from left to right.
        solid: Share of its length that has ink.
    """

    start: float
    end: float
    at: float
    at_end: float
    thick: float
    level: bool
    solid: float = 1.0

    @property
    def length(self) -> float:
        """From end to end."""
        return self.end - self.start

    @property
    def rule(self) -> Rule:
        """The line as a rule through its middle, exactly level or upright."""
        middle = (self.at + self.at_end) / 2
        if self.level:
            return Rule(self.start, middle, self.end, middle)
        return Rule(middle, self.start, middle, self.end)

    def place(self, along: float) -> float:
        """Its place across at a place along it, or on its prolongation."""
        if self.length <= 0:
            return self.at
        return self.at + (self.at_end - self.at) * (along - self.start) / self.length


def find_rulings(gray: Gray, glyph: float) -> list[Ruling]:
    """The ruling lines of an upright picture on white ground.

    Args:
        gray: The picture, 0 black to 255 white.
        glyph: Common height of letters in pixels.
    """
    if not gray.size or glyph <= 0:
        return []
    ink = np.asarray(255 - gray, np.uint8)
    across = _lines(ink, glyph, level=True)
    down = _lines(np.ascontiguousarray(ink.T), glyph, level=False)
    kept_down = [line for line in down if _stands(line, across, glyph)]
    kept_across = [line for line in across if _stands(line, kept_down, glyph)]
    kept_down = [line for line in kept_down if _stands(line, kept_across, glyph)]
    return [*kept_across, *kept_down]


def _stands(line: Ruling, others: Sequence[Ruling], glyph: float) -> bool:
    """Whether a line is long, or runs from one line across it to another."""
    if line.length >= 2 * _FREE * glyph and line.solid > 0.6:
        return True
    near = 1.0 if line.length < 0.75 * _FREE * glyph else 4.0
    ends = [False, False]
    for other in others:
        reach = near + other.thick / 2
        if not other.start - reach <= line.place(other.at) <= other.end + reach:
            continue
        along = other.place(line.at)
        ends[0] = ends[0] or abs(along - line.start) <= reach
        ends[1] = ends[1] or abs(along - line.end) <= reach
    return all(ends) or (any(ends) and line.length >= _FREE * glyph)


def _lines(ink: Gray, glyph: float, *, level: bool) -> list[Ruling]:
    """The lines along the rows of a picture of ink."""
    reach = max(20, int(_SHORT * glyph))
    soft = np.asarray(cv2.blur(ink, (_SMOOTH, 1)), np.uint8)
    loose = cv2.dilate(soft, np.ones((3, 1), np.uint8))
    held = cv2.erode(loose, np.ones((1, reach), np.uint8), borderValue=0)
    held = cv2.dilate(held, np.ones((1, reach), np.uint8))
    mask = ((held > _FAINTEST) & (soft > 0.5 * held)).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    pieces = []
    for label in range(1, count):
        x, y, w, h = (int(v) for v in stats[label, :4])
        if w < reach or h > w:
            continue
        part = labels[y : y + h, x : x + w] == label
        pieces.extend(_split((soft, ink), part, (x, y), level, glyph))
    pieces += _dashed(ink, glyph, reach, level=level)
    return _chained(pieces, ink, glyph)


def _dashed(ink: Gray, glyph: float, reach: int, *, level: bool) -> list[Ruling]:
    """Lines that a thin copy broke into dashes: many thin pieces in one row."""
    _, _, stats, _ = cv2.connectedComponentsWithStats((ink > _DASH_INK).astype(np.uint8))
    wide, high = stats[1:, 2], stats[1:, 3]
    thin = (high <= max(4, 0.2 * glyph)) & (wide >= 0.4 * glyph) & (wide >= 3 * high)
    if thin.sum() < _FEWEST_DASHES:
        return []
    chains: list[list[Ruling]] = []
    for x, y, w, h, _ in sorted(stats[1:][thin].tolist()):
        middle = y + (h - 1) / 2
        dash = Ruling(float(x), float(x + w), middle, middle, float(h), level)
        for chain in chains:
            last = chain[-1]
            if abs(last.at - middle) <= 2 and 0 <= x - last.end <= 1.5 * glyph:
                chain.append(dash)
                break
        else:
            chains.append([dash])
    return [line for chain in chains if (line := _from_dashes(chain, glyph, reach)) is not None]


def _from_dashes(chain: list[Ruling], glyph: float, reach: int) -> Ruling | None:
    """The line through dashes; None where they are too few, or too far apart."""
    first, last = chain[0], chain[-1]
    length = last.end - first.start
    solid = sum(dash.length for dash in chain) / length
    enough = len(chain) >= _FEWEST_DASHES or (len(chain) > 1 and length >= 3 * glyph)
    if not enough or length < max(reach, 2.5 * glyph) or solid < 0.5:
        return None
    at, at_end = first.at, last.at
    return Ruling(first.start, last.end, at, at_end, first.thick, first.level, solid)


def _split(
    inks: tuple[Gray, Gray], part: Any, corner: tuple[int, int], level: bool, glyph: float
) -> list[Ruling]:
    """The lines in a patch of long runs: one, or two where they run into each other."""
    height, width = part.shape
    if height <= max(8, 0.5 * glyph, 0.03 * width):
        line = _fitted(inks, part, corner, level)
        if line or height <= max(8, 0.5 * glyph):
            return [line] if line else []
    # Dense print, or lines that print holds together: rows that are full across are lines.
    filled = part.mean(axis=1)
    rows = filled > 0.6
    out = []
    start = None
    for row, full in enumerate([*rows.tolist(), False]):
        if full and start is None:
            start = row
        elif not full and start is not None:
            if row - start <= max(8, 0.5 * glyph):
                top, foot = max(0, start - 1), min(height, row + 1)
                line = _fitted(inks, part[top:foot], (corner[0], corner[1] + top), level)
                out += [line] if line else []
            start = None
    return out


def _fitted(
    inks: tuple[Gray, Gray], part: Any, corner: tuple[int, int], level: bool
) -> Ruling | None:
    """The line through a patch; None where it is no thin line.

    `inks` is the ink smoothed along the line, and as it is.
    """
    x, y = corner
    height, width = part.shape
    soft, strip = (_strip(ink, corner, part.shape) for ink in inks)
    weights = soft[_PAD : _PAD + height] * part
    sums = weights.sum(axis=0)
    seen = sums > 0
    if seen.sum() < 0.5 * width:
        return None
    rows = np.arange(height, dtype=np.float32)[:, None]
    middles = (weights * rows).sum(axis=0)[seen] / sums[seen] + _PAD
    places = np.flatnonzero(seen).astype(np.float32)
    slope, offset = _trimmed_fit(places, middles)
    at = offset + slope * np.arange(width)
    thick, beside = _profile(soft, at)
    on = _along(strip, at)
    filled = np.flatnonzero(on > 0.5 * np.percentile(on, 75))
    if thick > _THICKEST or len(filled) < 2:
        return None
    first, last = int(filled[0]), int(filled[-1])
    solid = len(filled) / (last - first + 1)
    # Print is dense on both sides of any line through it, and has gaps between letters.
    if not ((solid > 0.85 and beside < 0.45) or (solid > 0.4 and beside < 0.15)):
        return None
    top = y - _PAD
    return Ruling(
        float(x + first),
        float(x + last + 1),
        float(top + at[first]),
        float(top + at[last]),
        thick,
        level,
        solid,
    )


def _strip(ink: Gray, corner: tuple[int, int], shape: tuple[int, ...]) -> Any:
    """The ink of a patch and of some rows above and below it."""
    x, y = corner
    top, foot = y - _PAD, y + shape[0] + _PAD
    held = ink[max(0, top) : foot, x : x + shape[1]].astype(np.float32)
    return np.pad(held, ((max(0, -top), max(0, foot - ink.shape[0])), (0, 0)))


def _trimmed_fit(places: Any, middles: Any) -> tuple[float, float]:
    """Slope and offset of the line that most of the points lie on."""
    kept = np.ones(len(places), bool)
    slope, offset = 0.0, float(np.median(middles))
    for _ in range(3):
        if kept.sum() < 8:
            break
        slope, offset = (float(v) for v in np.polyfit(places[kept], middles[kept], 1))
        away = np.abs(middles - offset - slope * places)
        kept = away <= max(0.75, 2.0 * float(np.median(away)))
    return (slope, offset) if abs(slope) < 0.05 else (0.0, float(np.median(middles)))


def _along(strip: Any, at: Any) -> Any:
    """The darkest of three pixels across the line, at every place along it."""
    height, width = strip.shape
    columns = np.arange(width)
    rows = np.rint(at).astype(np.int32)
    found = [strip[np.clip(rows + step, 0, height - 1), columns] for step in (-1, 0, 1)]
    return np.max(found, axis=0)


def _profile(strip: Any, at: Any) -> tuple[float, float]:
    """Thickness of a line, and the darkness beside it as a part of its own."""
    height, width = strip.shape
    columns = np.arange(width)
    rows = np.rint(at).astype(np.int32)
    reach = height + 4
    steps = range(-reach, reach + 1)
    means = np.array([strip[np.clip(rows + step, 0, height - 1), columns].mean() for step in steps])
    near = means[reach - 2 : reach + 3]
    dark = max(1.0, float(near.max()))
    peak = reach - 2 + int(near.argmax())
    over = means > 0.5 * dark
    low = high = peak
    while low > 4 and over[low - 1]:
        low -= 1
    while high < len(means) - 5 and over[high + 1]:
        high += 1
    beside = max(means[low - 3 : low - 1].min(), means[high + 2 : high + 4].min())
    return float(high - low + 1), float(beside) / dark


def _chained(pieces: list[Ruling], ink: Gray, glyph: float) -> list[Ruling]:
    """Pieces of one line as one line."""
    chains: list[Ruling] = []
    for piece in sorted(pieces, key=lambda line: line.start):
        for number, line in enumerate(chains):
            if piece.end <= line.end and abs(line.place(piece.start) - piece.at) <= 3:
                break  # the same ink, found in two ways
            if _goes_on(line, piece, ink, glyph):
                chains[number] = _joined(line, piece)
                break
        else:
            chains.append(piece)
    return chains


def _goes_on(line: Ruling, piece: Ruling, ink: Gray, glyph: float) -> bool:
    gap = piece.start - line.end
    if gap > _FADED * glyph or piece.end <= line.end:
        return False
    slack = 2.0 + 0.5 * min(line.thick, piece.thick) + 0.004 * max(0.0, gap)
    middle = (line.end + piece.start) / 2
    longer = line if line.length > piece.length else piece
    other = piece if longer is line else line
    if abs(line.at_end - piece.at) > slack + 1.0:
        return False
    if abs(longer.place(middle) - other.place(middle)) > slack:
        return False
    sure = _BREAK if min(line.length, piece.length) >= _FREE * glyph else 0.4
    return gap <= sure * glyph or _has_trace(line, piece, ink)


def _has_trace(line: Ruling, piece: Ruling, ink: Gray) -> bool:
    """Whether a little ink is left in the break between two pieces."""
    start, end = int(line.end), int(piece.start)
    columns = np.arange(start, end)
    rows = np.rint(np.linspace(line.at_end, piece.at, len(columns))).astype(np.int32)
    most = ink.shape[0] - 1
    on = np.max([ink[np.clip(rows + s, 0, most), columns] for s in (-1, 0, 1)], axis=0)
    off = np.max([ink[np.clip(rows + s, 0, most), columns] for s in (-7, -6, 6, 7)], axis=0)
    return bool((on > 25).mean() > 0.35 and on.mean() > 1.5 * off.mean())


def _joined(line: Ruling, piece: Ruling) -> Ruling:
    first, last = (line, piece) if line.start <= piece.start else (piece, line)
    length = max(1.0, line.length + piece.length)
    end = max(line.end, piece.end)
    at_end = last.at_end if last.end >= first.end else first.at_end
    thick = (line.thick * line.length + piece.thick * piece.length) / length
    solid = (line.solid * line.length + piece.solid * piece.length) / max(1.0, end - first.start)
    return Ruling(first.start, end, first.at, at_end, thick, line.level, min(1.0, solid))


def without_rulings(gray: Gray, binary: Gray, rulings: Sequence[Ruling]) -> tuple[Gray, Gray]:
    """The picture with the ruling lines taken out, and what is printed across them kept.

    A column of ink in a line is taken out where it is about as high as the line is thick;
    where it goes on above or below, something crosses or touches the line there.
    """
    gray, binary = gray.copy(), binary.copy()
    turned_gray, turned = gray.T, binary.T
    for line in rulings:
        if line.level:
            _take_out(gray, binary, line)
        else:
            _take_out(turned_gray, turned, line)
    return gray, binary


def _take_out(gray: Any, binary: Any, line: Ruling) -> None:
    """Take one line out of pictures in which it lies level; they are changed."""
    height, width = binary.shape
    start, end = max(0, int(line.start) - 3), min(width, int(line.end) + 4)
    if end <= start:
        return
    columns = np.arange(start, end)
    middle = np.array([line.place(column) for column in (start, end)])
    at = np.rint(np.linspace(middle[0], middle[1], end - start)).astype(np.int32)
    half = int(line.thick / 2) + 1
    reach = half + 2
    steps = np.arange(-reach - 1, reach + 2)[:, None]
    rows = np.clip(at[None, :] + steps, 0, height - 1)
    window = binary[rows, columns[None, :]] > 0
    inner = np.abs(steps[:, 0]) <= half + 1
    # What leaves the line above or below is not the line.
    crossed_above = window[0] & window[1]
    crossed_below = window[-1] & window[-2]
    kept = crossed_above | crossed_below
    kept = cv2.dilate(kept.astype(np.uint8)[None, :], np.ones((1, 3), np.uint8))[0] > 0
    both = np.where(kept[None, :], False, inner[:, None])
    binary[rows[both], np.broadcast_to(columns, rows.shape)[both]] = 0
    gray[rows[both], np.broadcast_to(columns, rows.shape)[both]] = 255

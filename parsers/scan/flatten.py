"""Paper, highlighter and coloured cells made white; what is printed on them dark."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["Gray", "binarized", "flattened"]

Gray = NDArray[np.uint8]

_DARK_FILL = 0.72
"""A cell filled darker than this part of the paper may hold white print."""
_BLACK = 0.4
"""Grounds darker than this without white print are bars and margins, not cells."""
_MOST_FILLS = 2_000
_FAINTEST = 22
"""Print is at least so much darker than its surroundings, in steps of 255."""


def flattened(gray: Gray, glyph: float) -> Gray:
    """The picture with every background white and all print dark.

    Args:
        gray: The page.
        glyph: Common height of letters in pixels.
    """
    size = max(8.0, glyph)
    half = cv2.resize(gray, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    small = np.asarray(half, np.uint8)
    paper = max(60, int(np.percentile(small[::4, ::4], 80)))
    fill = np.asarray(cv2.medianBlur(small, min(255, _odd(1.1 * size))), np.uint8)
    dark = _dark_fills(fill, paper, size / 2)
    black = np.zeros_like(small)
    if dark.any():
        white, black = _by_print(small, fill, dark, paper)
        if white.any():
            mask, ground = _whole_cells(small, fill, white, paper, size / 2)
            gray = _inverted(gray, mask, ground, paper)
    soft = cv2.GaussianBlur(gray, (3, 3), 0.8)
    kernel = np.ones((_odd(1.2 * size), _odd(1.2 * size)), np.uint8)
    ground = np.asarray(cv2.morphologyEx(soft, cv2.MORPH_CLOSE, kernel), np.uint8)
    if black.any():
        # Black margins and bars stay black: they are not paper of that colour.
        where = cv2.resize(cv2.dilate(black, np.ones((5, 5), np.uint8)), gray.shape[::-1])
        ground[where > 0] = np.maximum(ground[where > 0], paper)
    flat = np.asarray(cv2.divide(gray, np.maximum(ground, 25), scale=255), np.uint8)
    usual = max(128, int(np.median(flat[::4, ::4])))
    return np.asarray(cv2.convertScaleAbs(flat, alpha=255 / usual), np.uint8)


def _odd(size: float) -> int:
    return max(3, int(size) // 2 * 2 + 1)


def _dark_fills(fill: Gray, paper: int, size: float) -> Gray:
    """1 where the ground itself is dark: filled cells, bars, margins of the copier."""
    dark = (fill < _DARK_FILL * paper).astype(np.uint8)
    kernel = np.ones((_odd(0.8 * size), _odd(0.8 * size)), np.uint8)
    # Bold white print hides the ground under it.
    whole = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((_odd(2 * size),) * 2, np.uint8))
    return np.asarray(cv2.morphologyEx(whole, cv2.MORPH_OPEN, kernel), np.uint8)


def _by_print(small: Gray, fill: Gray, dark: Gray, paper: int) -> tuple[Gray, Gray]:
    """Of dark grounds those with white print on them, and those that are black throughout.

    `fill` gets the colour of the ground under white print.
    """
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark)
    white, black = np.zeros_like(small), np.zeros_like(small)
    for label in range(1, min(count, _MOST_FILLS)):
        x, y, w, h = (int(v) for v in stats[label, :4])
        part = labels[y : y + h, x : x + w] == label
        inside, ground = small[y : y + h, x : x + w][part], fill[y : y + h, x : x + w]
        colour = int(np.median(ground[part]))
        away = inside.astype(np.int16) - colour
        high, low = (away > 0.25 * paper).mean(), (away < -0.25 * paper).mean()
        if 0.004 < high < 0.45 and high > 3 * low:
            white[y : y + h, x : x + w][part] = 1
            ground[part] = colour
        elif colour < _BLACK * paper:
            black[y : y + h, x : x + w][part] = 1
    return white, black


def _whole_cells(
    small: Gray, fill: Gray, white: Gray, paper: int, size: float
) -> tuple[Gray, Gray]:
    """Cells with white print to their very corners, and their colour."""
    kernel = np.ones((_odd(1.2 * size), _odd(1.2 * size)), np.uint8)
    near = cv2.dilate(white, kernel)
    limit = np.minimum((fill.astype(np.int16) + paper) // 2, int(0.85 * paper))
    inked = (small < limit).astype(np.uint8)
    filled = cv2.bitwise_and(near, inked)
    wide = cv2.dilate(np.where(white > 0, 255 - fill, 0).astype(np.uint8), kernel)
    solid = cv2.morphologyEx(inked, cv2.MORPH_CLOSE, np.ones((_odd(size), _odd(size)), np.uint8))
    mask = cv2.bitwise_and(cv2.bitwise_or(white, filled), solid)
    return np.asarray(mask, np.uint8), np.asarray(255 - wide, np.uint8)


def _inverted(gray: Gray, mask: Gray, fill: Gray, paper: int) -> Gray:
    """White on dark turned to dark on white where the mask says.

    The edges of what was dark become lines: a coloured cell needs no border of its own.
    """
    if mask.shape != gray.shape:
        size = (gray.shape[1], gray.shape[0])
        mask = np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST), np.uint8)
        fill = np.asarray(cv2.resize(fill, size, interpolation=cv2.INTER_LINEAR), np.uint8)
    span = np.maximum(paper - fill.astype(np.float32), 1.0)
    turned = paper * (1.0 - (gray.astype(np.float32) - fill) / span)
    edges = mask - cv2.erode(mask, np.ones((5, 5), np.uint8))
    turned[edges > 0] = 0
    return np.where(mask > 0, np.clip(turned, 0, paper), gray).astype(np.uint8)


def binarized(flat: Gray, glyph: float) -> Gray:
    """1 where something is printed, for a flattened picture."""
    soft = cv2.GaussianBlur(flat, (3, 3), 0.6)
    near = _odd(max(15.0, 4.0 * glyph))
    local = cv2.blur(soft, (near, near))
    # Half way between the paper and the print; near dense print the mean is darker.
    grain = 1.48 * float(np.median(np.abs(soft[::3, ::3].astype(np.int16) - int(np.median(soft)))))
    least = max(_FAINTEST, 4.0 * grain)
    low = cv2.subtract(local, np.full_like(local, min(255, int(least))))
    limit = np.minimum(low, 205)
    return (soft < limit).astype(np.uint8)

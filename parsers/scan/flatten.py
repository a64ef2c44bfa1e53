"""Paper, highlighter and coloured cells made white; what is printed on them dark."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["Gray", "binarized", "flattened"]

Gray = NDArray[np.uint8]

_DARK_FILL = 0.72
"""A cell filled darker than this part of the paper may hold white print."""
_FAINTEST = 22
"""Print is at least so much darker than its surroundings, in steps of 255."""


def flattened(gray: Gray, glyph: float) -> Gray:
    """The picture with every background white and all print dark.

    Args:
        gray: The page.
        glyph: Common height of letters in pixels.
    """
    size = max(8.0, glyph)
    small = cv2.resize(gray, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    small = np.asarray(small, np.uint8)
    paper = max(60, int(np.percentile(small[::4, ::4], 80)))
    turned = _white_print(small, paper, size / 2)
    if turned is not None:
        mask, fill = turned
        gray, small = _inverted(gray, mask, fill, paper), _inverted(small, mask, fill, paper)
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (_odd(0.6 * size), _odd(0.6 * size)))
    ground = cv2.morphologyEx(cv2.medianBlur(small, 3), cv2.MORPH_CLOSE, kernel)
    # Black margins and bars stay black: they are not paper of that colour.
    ground = np.maximum(cv2.blur(ground, (5, 5)), np.uint8(paper * 0.35))
    large = cv2.resize(ground, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(gray, large, scale=255), np.uint8)


def _odd(size: float) -> int:
    return max(3, int(size) // 2 * 2 + 1)


def _white_print(small: Gray, paper: int, size: float) -> tuple[Gray, Gray] | None:
    """Where white is printed on dark cells, and the colour of those cells."""
    fill = np.asarray(cv2.medianBlur(small, min(255, _odd(2.2 * size))), np.uint8)
    dark = (fill < _DARK_FILL * paper).astype(np.uint8)
    if not dark.any():
        return None
    kernel = np.ones((_odd(1.2 * size), _odd(1.2 * size)), np.uint8)
    dark = cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark)
    mask = np.zeros(small.shape, np.uint8)
    for label in range(1, count):
        x, y, w, h = (int(v) for v in stats[label, :4])
        part = labels[y : y + h, x : x + w] == label
        inside, ground = small[y : y + h, x : x + w][part], fill[y : y + h, x : x + w][part]
        away = inside.astype(np.int16) - ground
        high, low = (away > 0.25 * paper).mean(), (away < -0.25 * paper).mean()
        if 0.02 < high < 0.45 and high > 2 * low:
            mask[y : y + h, x : x + w][part] = 1
    if not mask.any():
        return None
    # The smoothed fill stops short of the corners of its cell.
    near = cv2.dilate(mask, kernel)
    filled = near & (small < (fill.astype(np.int16) + paper) // 2).astype(np.uint8)
    wide = cv2.dilate(np.where(mask > 0, 255 - fill, 0).astype(np.uint8), kernel)
    return np.asarray(mask | filled, np.uint8), np.asarray(255 - wide, np.uint8)


def _inverted(gray: Gray, mask: Gray, fill: Gray, paper: int) -> Gray:
    """White on dark turned to dark on white where the mask says."""
    if mask.shape != gray.shape:
        size = (gray.shape[1], gray.shape[0])
        mask = np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST), np.uint8)
        fill = np.asarray(cv2.resize(fill, size, interpolation=cv2.INTER_LINEAR), np.uint8)
    span = np.maximum(paper - fill.astype(np.float32), 1.0)
    turned = paper * (1.0 - (gray.astype(np.float32) - fill) / span)
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

"""A crop of a page made ready for the reader: ink against paper, one height, no margins.

The reader is trained on crops that went through this very function, so whatever it does to a
crop with odd margins, dark paper or a faint print it does in training, too.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["Ready", "prepare"]

Gray = NDArray[np.uint8]
_MIN_CONTRAST = 12.0
_LEAST_BAND = 0.45
_MARGIN = 0.14
_WIDEST = 6000


@dataclass(frozen=True, slots=True)
class Ready:
    """A crop as the network takes it, and the way back to the crop's own pixels."""

    ink: Gray
    """Ink between 0 (paper) and 255, of the height asked for."""
    left: float
    scale: float
    """A column x of `ink` lies at `left + x / scale` of the crop."""
    is_cut: bool
    """Ink runs over the crop's left or right edge: a character may be missing or halved."""


def prepare(crop: Gray, height: int) -> Ready | None:
    """The crop's ink at a height; None where there is no ink to read.

    The window follows the ink: margins above and below are cut, but never so far that a lone
    dash or dot would fill the picture (then the height of the crop itself counts).
    """
    ink = _ink(crop)
    if ink is None:
        return None
    top, bottom = _band(ink)
    left, right = _columns(ink[max(0, top) : bottom], bottom - top)
    scale = height / (bottom - top)
    width = min(_WIDEST, max(8, round((right - left) * scale)))
    window = _window(ink, top, bottom, left, right)
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    ready = cv2.resize(window, (width, height), interpolation=how)
    return Ready(
        (ready * 255).astype(np.uint8),
        float(left),
        width / (right - left),
        any(_runs_out(ink[max(0, top) : bottom, side]) for side in (0, -1)),
    )


def _runs_out(edge: NDArray[np.float32]) -> bool:
    """Whether a stroke, and not a ruling line, lies in a column at the edge."""
    return 0.08 < float((edge > 0.5).mean()) < 0.8


def _ink(crop: Gray) -> NDArray[np.float32] | None:
    """Ink between 0 and 1, whatever the tone of paper and print; None on bare paper."""
    if crop.ndim != 2 or min(crop.shape) < 3:
        return None
    gray = crop.astype(np.float32)
    soft = cv2.blur(gray, (3, 3))
    low, high = float(soft.min()), float(soft.max())
    if float(np.median(gray)) < (low + high) / 2 and _is_reversed(gray, low, high):
        gray, low, high = 255 - gray, 255 - high, 255 - low
    paper = max(float(np.percentile(gray, 75)), high - 40)
    if paper - low < _MIN_CONTRAST:
        return None
    return np.asarray(((paper - gray) / (paper - low)).clip(0, 1), np.float32)


def _is_reversed(gray: NDArray[np.float32], low: float, high: float) -> bool:
    """Whether print is lighter than paper: most of the picture is dark, its border too."""
    middle = (low + high) / 2
    border = np.concatenate((gray[0], gray[-1], gray[:, 0], gray[:, -1]))
    return float((gray < middle).mean()) > 0.6 and float(np.median(border)) < middle


def _band(ink: NDArray[np.float32]) -> tuple[int, int]:
    """First and last row of the window; both may lie outside the crop."""
    height = ink.shape[0]
    sums = np.where(ink > 0.35, ink, 0).sum(1)
    sums[_rules(ink)] = 0
    if not sums.any():
        sums[:] = 1
    total = np.cumsum(sums) / float(sums.sum())
    first = int(np.searchsorted(total, 0.004))
    last = int(np.searchsorted(total, 0.996)) + 1
    least = _LEAST_BAND * height
    if last - first < least:
        spare = (least - (last - first)) / 2
        first, last = int(first - spare), int(np.ceil(last + spare))
        shift = -first if first < 0 else min(0, height - last)
        first, last = first + shift, last + shift
    margin = max(1, round(_MARGIN * (last - first)))
    return first - margin, last + margin


def _rules(ink: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Rows at the very top or bottom that are all ink: remains of a ruling line.

    They are not taken out (an I or a T must never be), they only do not widen the window.
    """
    full = (ink > 0.35).mean(1) > 0.85
    edge = max(2, ink.shape[0] // 8)
    full[edge : len(full) - edge] = False
    return np.asarray(full, np.bool_)


def _columns(ink: NDArray[np.float32], band: int) -> tuple[int, int]:
    """The columns with ink, and a little paper at both sides."""
    marked = np.flatnonzero((ink > 0.35).any(0))
    if not len(marked):
        return 0, ink.shape[1]
    margin = max(2, round(0.25 * band))
    return int(marked[0]) - margin, int(marked[-1]) + 1 + margin


def _window(
    ink: NDArray[np.float32], top: int, bottom: int, left: int, right: int
) -> NDArray[np.float32]:
    """The cut, filled with paper where it reaches over the crop's edge."""
    out = np.zeros((bottom - top, right - left), np.float32)
    h, w = ink.shape
    y0, y1, x0, x1 = max(0, top), min(h, bottom), max(0, left), min(w, right)
    out[y0 - top : y1 - top, x0 - left : x1 - left] = ink[y0:y1, x0:x1]
    return out

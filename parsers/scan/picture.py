"""A page of a PDF as a grey picture, at the resolution that its print needs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.pdf.rendering import draw_page

__all__ = ["MOST_PIXELS", "Gray", "Picture", "render"]

Gray = NDArray[np.uint8]

MOST_PIXELS = 9_000_000
"""An A4 page at 300 dpi, an A3 page at 200 dpi."""
USUAL_PIXELS = 4_000_000
"""An A4 page at 200 dpi: enough for office print; more is drawn where the print is small."""
SMALL_PRINT = 13
"""Letters (of the common height, in pixels) smaller than this are drawn larger."""
GOOD_PRINT = 18
_MOST_ENLARGED = 2.5
_COLOURED = 60
"""Between the strongest and the weakest colour of a pixel: more is coloured ink."""
_STAMP = 0.05
"""A coloured drawing is a stamp or a signature if it is this part of the page, both ways."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as displayed, 0 black to 255 white.

    Attributes:
        gray: The picture; empty where a verdict says why there is none.
        scale: Pixels per point.
        glyph: Common height of a letter without marks, in pixels; 0 where there is no print.
        verdict: Slug that says why the page cannot be drawn; empty where it can.
    """

    gray: Gray
    scale: float
    glyph: float = 0.0
    verdict: str = ""


def render(data: bytes, index: int, *, limit: int = MOST_PIXELS) -> Picture:
    """Draw page `index` (from 0) of a PDF.

    It is drawn as it was scanned, but not larger than office print needs; small print is
    drawn larger, up to `limit` pixels. Coloured stamps and signatures are made faint.
    """
    usual = min(limit, USUAL_PIXELS)
    drawn = draw_page(data, index, limit=usual)
    if drawn.verdict:
        return Picture(np.zeros((0, 0), np.uint8), 1.0, 0.0, drawn.verdict)
    picture = _picture(drawn)
    more = min(drawn.native or math.inf, picture.scale * math.sqrt(limit / picture.gray.size))
    if 0 < picture.glyph < SMALL_PRINT and more > 1.1 * picture.scale:
        wanted = picture.scale * GOOD_PRINT / picture.glyph
        pixels = picture.gray.size * (min(more, wanted) / picture.scale) ** 2
        drawn = draw_page(data, index, limit=min(limit, int(pixels)))
        picture = _picture(drawn)
    return _enlarged(picture, limit)


def _picture(drawn: Any) -> Picture:
    rows = np.frombuffer(drawn.pixels, np.uint8).reshape(drawn.height, drawn.stride)
    colour = rows[:, : 3 * drawn.width].reshape(drawn.height, drawn.width, 3)
    gray = without_stamps(colour)
    return Picture(gray, drawn.scale, glyph_height(gray))


def _enlarged(picture: Picture, limit: int) -> Picture:
    """Print that is small in the scan itself is spread over more pixels."""
    if not 3 <= picture.glyph < SMALL_PRINT:
        return picture
    factor = min(GOOD_PRINT / picture.glyph, _MOST_ENLARGED, math.sqrt(limit / picture.gray.size))
    if factor < 1.1:
        return picture
    gray = cv2.resize(picture.gray, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
    return Picture(np.asarray(gray, np.uint8), picture.scale * factor, picture.glyph * factor)


def without_stamps(colour: NDArray[np.uint8]) -> Gray:
    """The picture in grey, with large coloured drawings made faint.

    Coloured words and coloured ruling lines stay: only what is large both ways, mostly
    empty, and without long straight lines is a stamp or a signature. Black print under it
    is dark in all colours, and stays too.
    """
    gray: Gray = np.asarray(cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY), np.uint8)
    small = cv2.resize(colour, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    strongest, weakest = small.max(axis=2), small.min(axis=2)
    mask = ((strongest - weakest) > _COLOURED).astype(np.uint8)
    if not mask.any():
        return gray
    height, width = mask.shape
    joined = cv2.dilate(mask, np.ones((5, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    fade = np.zeros(count, bool)
    least = _STAMP * max(height, width)
    for label in range(1, count):
        x, y, w, h = (int(v) for v in stats[label, :4])
        if w < 0.6 * least or h < 0.6 * least or max(w, h) < least:
            continue
        inside = mask[y : y + h, x : x + w] & (labels[y : y + h, x : x + w] == label)
        fade[label] = inside.mean() < 0.4 and not _has_straight(inside)
    if not fade.any():
        return gray
    where = cv2.resize(
        fade[labels].astype(np.uint8),
        (gray.shape[1], gray.shape[0]),
        interpolation=cv2.INTER_NEAREST,
    )
    lightest = colour.max(axis=2)
    return np.where(where > 0, np.maximum(gray, lightest), gray)


def _has_straight(mask: Any) -> bool:
    """Whether something runs straight across or down for most of the drawing."""
    height, width = mask.shape
    across = cv2.erode(mask, np.ones((1, max(20, width * 2 // 3)), np.uint8), borderValue=0)
    down = cv2.erode(mask, np.ones((max(20, height * 2 // 3), 1), np.uint8), borderValue=0)
    return bool(across.any() or down.any())


def glyph_height(gray: Gray) -> float:
    """The common height of letters in pixels, whichever way the page lies; 0 without print.

    The smaller side of whatever is neither a speck nor long is looked at: a letter lying on
    its side is about as wide as it is high.
    """
    black = ink(gray)
    _, _, stats, _ = cv2.connectedComponentsWithStats(black, connectivity=8)
    wide, high, area = stats[1:, 2], stats[1:, 3], stats[1:, 4]
    large, small = np.maximum(wide, high), np.minimum(wide, high)
    most = max(gray.shape) / 12
    kept = (small >= 4) & (large <= most) & (large <= 3 * small) & (area > 0.12 * wide * high)
    if kept.sum() < 8:
        return 0.0
    sizes = large[kept]
    # Weighted by size: dots and marks are many, but letters carry the print.
    counts = np.bincount(sizes) * np.arange(sizes.max() + 1)
    smooth = np.convolve(counts, np.ones(3), "same")
    return float(smooth.argmax())


def ink(gray: Gray) -> Gray:
    """1 where something is printed, by the brightness of the surroundings."""
    near = 2 * (max(gray.shape) // 80) + 15
    black = cv2.adaptiveThreshold(
        gray, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, near, 18
    )
    return np.asarray(black, np.uint8)

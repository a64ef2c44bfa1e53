"""A page drawn as a picture, within bounds of memory."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import Any

import pypdfium2_raw as raw

from parsers.pdf.document import LOCK, open_document
from parsers.pdf.limits import Limits
from parsers.pdf.objects import Drawn, object_matrix, survey
from parsers.pdf.placement import Placement, place, times

__all__ = ["Raster", "draw_page"]

_MOST_HELD = 75_000_000
"""Pixels of all pictures of a page together: they are unpacked at the same time."""
_MOST_JPEG2000 = 20_000_000
"""JPEG 2000 is unpacked with four bytes for each colour of a pixel."""
_PLAIN = 200 / 72
"""Pixels per point where no picture says better: 200 dpi are enough for office print."""
_COVERS = 0.3
"""Pictures that cover this share of a page, or more, are the page."""
_LEAST_SIDE = 24
"""A page of fewer pixels than this on a side shows nothing."""


@dataclass(frozen=True, slots=True)
class Raster:
    """A page as pixels of three bytes (blue, green, red), row after row.

    Attributes:
        width: Pixels across.
        height: Pixels down.
        stride: Bytes from one row to the next.
        pixels: The rows.
        scale: Pixels per point of the page as displayed.
        native: Pixels per point of the picture that fills the page; 0 where none does.
        verdict: Why there are no pixels; empty where there are. `page-unreadable`,
            `page-too-complex`, `picture-too-large`, `page-too-small`.
    """

    width: int
    height: int
    stride: int
    pixels: bytes
    scale: float
    native: float
    verdict: str = ""


def draw_page(data: bytes, index: int, *, limit: int, limits: Limits | None = None) -> Raster:
    """Draw a page as displayed.

    The resolution is that of the picture that fills the page: pages that claim to be ten
    metres wide, or a stamp, are drawn as they were scanned.

    Args:
        data: The bytes of the file.
        index: Which page, from 0.
        limit: Most pixels of the picture.
        limits: Bounds on what the page may draw.
    """
    limits = limits or Limits()
    with LOCK, open_document(data) as document:
        page = document and raw.FPDF_LoadPage(document.handle, index)
        if not page:
            return _nothing("page-unreadable")
        try:
            placement = place(page, limits.side)
            if placement is None:
                return _nothing("page-too-complex")
            drawn = survey(page, limits)
            if not drawn.complete:
                return _nothing("page-too-complex")
            return _draw(page, drawn, placement, limit)
        finally:
            raw.FPDF_ClosePage(page)


def _nothing(verdict: str) -> Raster:
    return Raster(0, 0, 0, b"", 1.0, 0.0, verdict)


def _draw(page: Any, drawn: Drawn, placement: Placement, limit: int) -> Raster:
    native = _native(drawn, placement)
    if native is None:
        return _nothing("picture-too-large")
    area = placement.width * placement.height
    scale = min(native or _PLAIN, math.sqrt(limit / area))
    width, height = round(placement.width * scale), round(placement.height * scale)
    if min(width, height) < _LEAST_SIDE:
        return _nothing("page-too-small")
    bitmap = raw.FPDFBitmap_CreateEx(width, height, raw.FPDFBitmap_BGR, None, 0)
    if not bitmap:
        return _nothing("picture-too-large")
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT)
        stride = raw.FPDFBitmap_GetStride(bitmap)
        pixels = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
    return Raster(width, height, stride, pixels, width / placement.width, native)


def _native(drawn: Drawn, placement: Placement) -> float | None:
    """Pixels per point of the pictures that fill the page; None where they are too large.

    Strips of one picture count together, and a sharp layer of writing over a coarse
    background decides.
    """
    page = placement.width * placement.height
    held = 0
    found: list[tuple[float, float]] = []
    for item, outer in drawn.images:
        image = ctypes.cast(item, raw.FPDF_PAGEOBJECT)
        across, down = ctypes.c_uint(), ctypes.c_uint()
        if not raw.FPDFImageObj_GetImagePixelSize(image, across, down):
            continue
        pixels = across.value * down.value
        held += pixels
        if held > _MOST_HELD or (pixels > _MOST_JPEG2000 and _is_jpeg2000(image)):
            return None
        matrix = times(object_matrix(item), outer)
        area = abs(matrix.a * matrix.d - matrix.b * matrix.c)
        if area > 0 and pixels > 1:
            found.append((math.sqrt(pixels / area), min(area, page) / page))
    covered = 0.0
    for density, share in sorted(found, reverse=True):
        covered += share
        if covered >= _COVERS:
            return density
    return 0.0


def _is_jpeg2000(image: Any) -> bool:
    name = ctypes.create_string_buffer(32)
    count = raw.FPDFImageObj_GetImageFilterCount(image)
    for index in range(count):
        raw.FPDFImageObj_GetImageFilter(image, index, name, len(name))
        if name.value == b"JPXDecode":
            return True
    return False

"""From the space of a page's content to the page as it is displayed."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2_raw as raw

from parsers.model import Box

__all__ = ["IDENTITY", "Matrix", "Placement", "place", "placed", "times"]

_REACH = 1000.0


class Matrix(NamedTuple):
    """An affine map: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float


IDENTITY = Matrix(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """The map that applies `inner` first and `outer` after it."""
    return Matrix(
        inner.a * outer.a + inner.b * outer.c,
        inner.a * outer.b + inner.b * outer.d,
        inner.c * outer.a + inner.d * outer.c,
        inner.c * outer.b + inner.d * outer.d,
        inner.e * outer.a + inner.f * outer.c + outer.e,
        inner.e * outer.b + inner.f * outer.d + outer.f,
    )


@dataclass(frozen=True, slots=True)
class Placement:
    """Size of a page as displayed, and the map onto it (origin top left, y downwards).

    Rotation (`/Rotate`) and the crop box are in the map. `/UserUnit` is not: it would
    scale everything on the page alike, so that distances stay comparable without it.
    """

    width: float
    height: float
    matrix: Matrix

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A rectangle of the content, as displayed."""
        a, b, c, d, e, f = self.matrix
        left, right = a * x0 + c * y0 + e, a * x1 + c * y1 + e
        top, bottom = b * x0 + d * y0 + f, b * x1 + d * y1 + f
        if left > right:
            left, right = right, left
        if top > bottom:
            top, bottom = bottom, top
        return Box(left, top, right, bottom)

    def angle(self, matrix: Matrix) -> int:
        """Direction of writing in degrees clockwise for text set with `matrix`.

        Within four degrees of a right angle it is that right angle: the text layers of
        scans lean with the paper.
        """
        along_x = matrix.a * self.matrix.a + matrix.b * self.matrix.c
        along_y = matrix.a * self.matrix.b + matrix.b * self.matrix.d
        turned = math.degrees(math.atan2(along_y, along_x))
        right = round(turned / 90.0) * 90
        return int(right if abs(turned - right) <= 4.0 else round(turned)) % 360


def placed(sides: Sequence[float], outer: Matrix, placement: Placement) -> Box:
    """A rectangle inside a form XObject (left, bottom, right, top), as displayed."""
    left, bottom, right, top = sides
    if outer is IDENTITY:
        a, b, c, d, e, f = placement.matrix
        if a == 1.0 and b == 0.0 and c == 0.0 and d == -1.0:
            return Box(left + e, f - top, right + e, f - bottom)
        return placement.box(left, bottom, right, top)
    corners = [
        (outer.a * x + outer.c * y + outer.e, outer.b * x + outer.d * y + outer.f)
        for x in (left, right)
        for y in (bottom, top)
    ]
    across, along = [x for x, _ in corners], [y for _, y in corners]
    return placement.box(min(across), min(along), max(across), max(along))


def place(page: Any, side: float) -> Placement | None:
    """The placement of an open page; None where its size is impossible or beyond `side`."""
    width = float(raw.FPDF_GetPageWidthF(page))
    height = float(raw.FPDF_GetPageHeightF(page))
    if not (0.0 < width <= side and 0.0 < height <= side):
        return None
    # The map is asked from PDFium itself, as pixels of a device with small pixels.
    scale = min(1000.0, 1.5e9 / max(width, height, _REACH))
    across, down = ctypes.c_int(), ctypes.c_int()

    def shown(x: float, y: float) -> tuple[float, float]:
        raw.FPDF_PageToDevice(
            page, 0, 0, int(width * scale), int(height * scale), 0, x, y, across, down
        )
        return across.value / scale, down.value / scale

    zero, east, north = shown(0.0, 0.0), shown(_REACH, 0.0), shown(0.0, _REACH)
    slopes = (
        (east[0] - zero[0]) / _REACH,
        (east[1] - zero[1]) / _REACH,
        (north[0] - zero[0]) / _REACH,
        (north[1] - zero[1]) / _REACH,
    )
    a, b, c, d = (float(round(slope)) if _near(slope) else slope for slope in slopes)
    return Placement(width, height, Matrix(a, b, c, d, zero[0], zero[1]))


def _near(slope: float) -> bool:
    return abs(slope - round(slope)) < 1e-3

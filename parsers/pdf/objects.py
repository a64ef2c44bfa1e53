"""Walk over what a page draws, in the order in which it draws it."""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2_raw as raw

from parsers.pdf import natives
from parsers.pdf.limits import Limits
from parsers.pdf.placement import IDENTITY, Matrix, times

__all__ = ["Drawn", "extents", "object_matrix", "survey"]

_TEXT = raw.FPDF_PAGEOBJ_TEXT
_PATH = raw.FPDF_PAGEOBJ_PATH
_IMAGE = raw.FPDF_PAGEOBJ_IMAGE
_FORM = raw.FPDF_PAGEOBJ_FORM


@dataclass(slots=True)
class Drawn:
    """The drawn objects of a page by kind, as handles, with the map of their form XObject.

    Attributes:
        texts: Text objects in the order of drawing, with the map of their form XObject.
        paths: Path objects.
        images: Picture objects.
        complete: False where there were too many; forms nested too deep are left out.
    """

    texts: dict[int, Matrix] = field(default_factory=dict)
    paths: list[tuple[int, Matrix]] = field(default_factory=list)
    images: list[tuple[int, Matrix]] = field(default_factory=list)
    complete: bool = True


def survey(page: Any, limits: Limits) -> Drawn:
    """Everything that an open page draws."""
    drawn = Drawn()
    top = natives.handle(page)
    count = raw.FPDFPage_CountObjects(page)
    if count > limits.objects:
        drawn.complete = False
        return drawn
    objects = map(natives.page_object, [top] * count, range(count))
    _sort(objects, IDENTITY, drawn, limits, 0)
    return drawn


def _sort(
    objects: Iterator[int | None], outer: Matrix, drawn: Drawn, limits: Limits, depth: int
) -> None:
    kind_of, texts = natives.object_type, drawn.texts
    for item in objects:
        if not item:
            continue
        kind = kind_of(item)
        if kind == _TEXT:
            texts[item] = outer
        elif kind == _PATH:
            drawn.paths.append((item, outer))
        elif kind == _IMAGE:
            drawn.images.append((item, outer))
        elif kind == _FORM:
            _enter(item, outer, drawn, limits, depth + 1)


def _enter(form: int, outer: Matrix, drawn: Drawn, limits: Limits, depth: int) -> None:
    count = natives.child_count(form)
    held = len(drawn.texts) + len(drawn.paths) + len(drawn.images)
    if count <= 0 or depth > limits.depth:
        return
    if held + count > limits.objects:
        drawn.complete = False
        return
    children = map(natives.child_object, [form] * count, range(count))
    _sort(children, times(object_matrix(form), outer), drawn, limits, depth)


def extents(items: Sequence[int]) -> list[tuple[float, float, float, float]]:
    """The extent of each drawn object in the space that holds it: left, bottom, right, top."""
    count = len(items)
    if not count:
        return []
    held = (ctypes.c_float * (4 * count))()
    at = ctypes.addressof(held)
    end = at + 16 * count
    sides = [range(at + side, end + side, 16) for side in (0, 4, 8, 12)]
    deque(map(natives.bounds, items, *sides), maxlen=0)
    numbers = memoryview(held).cast("B").cast("f").tolist()
    return list(zip(numbers[0::4], numbers[1::4], numbers[2::4], numbers[3::4], strict=True))


def object_matrix(item: int) -> Matrix:
    """The map of a drawn object into the space that holds it."""
    found = (ctypes.c_float * 6)()
    if not natives.object_matrix(item, ctypes.addressof(found)):
        return IDENTITY
    return Matrix(*found)

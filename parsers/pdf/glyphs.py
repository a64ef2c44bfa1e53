"""The characters of a page, in the order in which the page draws them.

PDFium sorts the text objects of a line by their horizontal position. That tears a Thai mark
set in an object of its own away from its letter, and it defeats PDFium's own rule that an
ActualText is given once. Both are undone here: characters come back in drawing order, and
each ActualText is taken once, for all the glyphs it stands for. Blanks that PDFium guesses
are left out (where there is room for one is decided later, by `parsers.letters`), blanks that
it passes over are put back.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2_raw as raw

from parsers.model import Char
from parsers.pdf import natives
from parsers.pdf.actualtext import Span, actual_texts, spread
from parsers.pdf.clips import Window, is_outside, windows_of
from parsers.pdf.doubles import Drawings
from parsers.pdf.objects import Drawn, object_matrix
from parsers.pdf.placement import Matrix, Placement, times
from parsers.pdf.reported import Reported, fetch

__all__ = ["Glyphs", "read_glyphs"]


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters of a page in drawing order, and the handles of its text objects."""

    chars: tuple[Char, ...]
    text_objects: tuple[int, ...] = ()


class _Setting(NamedTuple):
    """How a text object is set: font size as displayed, and angle."""

    size: float
    angle: int


def read_glyphs(page: Any, drawn: Drawn, placement: Placement, limit: int) -> Glyphs | None:
    """The characters of an open page; None where there are more than `limit`."""
    text_page = raw.FPDFText_LoadPage(page)
    if not text_page:
        return Glyphs(())
    try:
        count = raw.FPDFText_CountChars(text_page)
        if count > limit:
            return None
        if count <= 0:
            return Glyphs(())
        return _assemble(fetch(text_page, count, placement), drawn, placement)
    finally:
        raw.FPDFText_ClosePage(text_page)


def _assemble(held: Reported, drawn: Drawn, placement: Placement) -> Glyphs:
    spans = actual_texts(drawn.texts)
    windows = windows_of(drawn.texts)
    indices = _by_object(held)
    drawings = Drawings()
    joined: dict[int, Span] = {}
    found: list[Char | Span] = []
    for item, outer in drawn.texts.items():
        span = spans.get(item)
        if span is not None and span[0] in joined:
            joined[span[0]].items.append(item)
            continue
        if item not in indices:
            found.extend(_blank(item, outer, placement))
            continue
        first = indices[item][0]
        setting = _setting(held.handle, first, placement)
        if item in windows and _is_hidden(held, first, windows[item], setting.size):
            continue
        chars = _chars(held, indices[item], setting)
        if not chars or drawings.is_double(chars):
            continue
        if span is None:
            found.extend(chars)
        else:
            joined[span[0]] = Span(span[1], chars[0], [item])
            found.append(joined[span[0]])
    return Glyphs(tuple(_flat(found, drawn, placement)), tuple(drawn.texts))


def _by_object(held: Reported) -> dict[int, list[int]]:
    """Indices of the characters of each text object."""
    found: dict[int, list[int]] = {}
    for index, item in enumerate(held.objects):
        if item:
            if item in found:
                found[item].append(index)
            else:
                found[item] = [index]
    return found


def _chars(held: Reported, indices: list[int], setting: _Setting) -> list[Char]:
    places, new = held.places, tuple.__new__
    return [new(Char, places[at] + setting) for at in indices if places[at][0]]


def _setting(handle: int, index: int, placement: Placement) -> _Setting:
    found = (ctypes.c_float * 6)()
    natives.char_matrix(handle, index, ctypes.addressof(found))
    matrix = Matrix(*found)
    size = natives.font_size(handle, index) * (matrix.c**2 + matrix.d**2) ** 0.5
    return _Setting(abs(size), placement.angle(matrix))


def _is_hidden(held: Reported, index: int, window: Window, size: float) -> bool:
    return is_outside(window, held.origins[2 * index], held.origins[2 * index + 1], size)


def _blank(item: int, outer: Matrix, placement: Placement) -> Iterator[Char]:
    """The blank that a text object draws of which PDFium reports nothing.

    Word draws blanks as objects of their own; having no ink they have no extent, and PDFium
    passes them over. What it passes over for other reasons has an extent.
    """
    sides = (ctypes.c_float * 4)()
    at = ctypes.addressof(sides)
    natives.bounds(item, at, at + 4, at + 8, at + 12)
    if sides[0] != sides[2] or sides[1] != sides[3]:
        return
    matrix = times(object_matrix(item), outer)
    natives.object_font_size(item, at)
    size = abs(sides[0]) * (matrix.c**2 + matrix.d**2) ** 0.5
    box = placement.box(matrix.e, matrix.f, matrix.e, matrix.f)
    yield Char(" ", *box, box.x0, box.top, size, placement.angle(matrix))


def _flat(found: list[Char | Span], drawn: Drawn, placement: Placement) -> Iterator[Char]:
    for item in found:
        if isinstance(item, Span):
            yield from spread(item, drawn, placement)
        else:
            yield item

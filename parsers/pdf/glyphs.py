"""The characters of a page, in the order in which the page draws them.

PDFium sorts the text objects of a line by their horizontal position. That tears a Thai mark
set in an object of its own away from its letter, and it defeats PDFium's own rule that an
ActualText is given once. Both are undone here: characters come back in drawing order, and
each ActualText is taken once, for all the glyphs it stands for. Blanks that PDFium guesses
are left out (where there is room for one is decided later, by `parsers.text.letters`), blanks that
it passes over are put back.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2_raw as raw

from parsers.model import Char
from parsers.pdf import natives
from parsers.pdf.actualtext import Span, actual_texts, spread
from parsers.pdf.clips import Window, is_outside, windows_of
from parsers.pdf.doubles import Drawings
from parsers.pdf.echoes import without_echoes
from parsers.pdf.objects import Drawn, extents, object_matrix
from parsers.pdf.placement import Matrix, Placement, placed, times
from parsers.pdf.reported import Reported, fetch

__all__ = ["Glyphs", "read_glyphs"]


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters of a page in drawing order, and the handles of its text objects."""

    chars: tuple[Char, ...]
    text_objects: tuple[int, ...] = ()


_Setting = tuple[float, int]
"""How a character is set: font size as displayed, and angle."""


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
    blanks = _blanks([item for item in drawn.texts if item not in indices], drawn, placement)
    setting_of = _Settings(held.handle, placement)
    drawings = Drawings()
    joined: dict[int, Span] = {}
    found: list[Char | Span] = []
    for item in drawn.texts:
        span = spans.get(item)
        if span is not None and span[0] in joined:
            joined[span[0]].items.append(item)
            continue
        if item not in indices:
            if item in blanks:
                found.append(blanks[item])
            continue
        first = indices[item][0]
        setting = setting_of(first)
        if item in windows and _is_hidden(held, first, windows[item], setting[0]):
            continue
        chars = _chars(held, indices[item], setting)
        if not chars or drawings.is_double(chars):
            continue
        if span is None:
            found.extend(chars)
        else:
            joined[span[0]] = Span(span[1], chars[0], [item])
            found.append(joined[span[0]])
    flat = list(_flat(found, list(spans), drawn, placement))
    return Glyphs(tuple(without_echoes(flat) if spans else flat), tuple(drawn.texts))


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


class _Settings:
    """How characters are set: font size as displayed, and angle. Most are set alike."""

    def __init__(self, handle: int, placement: Placement) -> None:
        self._handle = handle
        self._placement = placement
        self._matrix = (ctypes.c_float * 6)()
        self._at = ctypes.addressof(self._matrix)
        self._known: dict[tuple[float, ...], _Setting] = {}

    def __call__(self, index: int) -> _Setting:
        natives.char_matrix(self._handle, index, self._at)
        key = (natives.font_size(self._handle, index), *self._matrix[:4])
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = _setting(Matrix(*self._matrix), key[0], self._placement)
        return known


def _setting(matrix: Matrix, size: float, placement: Placement) -> _Setting:
    return abs(size) * (matrix.c**2 + matrix.d**2) ** 0.5, placement.angle(matrix)


def _is_hidden(held: Reported, index: int, window: Window, size: float) -> bool:
    return is_outside(window, held.origins[2 * index], held.origins[2 * index + 1], size)


def _blanks(items: list[int], drawn: Drawn, placement: Placement) -> dict[int, Char]:
    """The blanks among text objects of which PDFium reports nothing.

    Word draws blanks as objects of their own; having no ink they have no extent, and PDFium
    passes them over. What it passes over for other reasons has an extent.
    """
    held = ctypes.c_float()
    at = ctypes.addressof(held)
    found = {}
    for item, (left, bottom, right, top) in zip(items, extents(items), strict=True):
        if left == right and bottom == top:
            matrix = times(object_matrix(item), drawn.texts[item])
            natives.object_font_size(item, at)
            box = placement.box(matrix.e, matrix.f, matrix.e, matrix.f)
            size, angle = _setting(matrix, held.value, placement)
            found[item] = Char(" ", *box, box.x0, box.top, size, angle)
    return found


def _flat(
    found: list[Char | Span], items: list[int], drawn: Drawn, placement: Placement
) -> Iterator[Char]:
    """The characters, each ActualText spread over its glyphs; `items` are all under one."""
    boxes = {
        item: placed(sides, drawn.texts[item], placement)
        for item, sides in zip(items, extents(items), strict=True)
    }
    for entry in found:
        if isinstance(entry, Span):
            yield from spread(entry, boxes)
        else:
            yield entry

"""What PDFium reports about the characters of a page, fetched in columns.

One call per character and question, driven by `map`; the results come back in one block.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress, repeat
from operator import ne, sub
from typing import Any, Literal

import pypdfium2_raw as raw

from parsers.pdf import natives
from parsers.pdf.placement import Placement

__all__ = ["NOTHING", "UNMAPPED", "Place", "Reported", "fetch"]

UNMAPPED = "\ufffd"
"""Stands for a glyph to which the file gives no character."""

Place = tuple[str, float, float, float, float, float, float]
"""A character, its box (x0, top, x1, bottom) and its origin (x, y), as displayed."""

NOTHING = "\0"
"""Stands for what PDFium put in to separate words and lines."""

_HYPHENS = "\x02\ufffe"  # what PDFium gives for a hyphen at the end of a line


@dataclass(frozen=True, slots=True)
class Reported:
    """One entry per character that PDFium reports.

    Attributes:
        handle: The open text page.
        text: The characters; NUL for what PDFium put in to separate words and lines.
        places: Each with its box and origin as displayed.
        objects: The text object that draws it; None for what PDFium put in.
        gaps: From the right edge of each character to the origin of the next.
        origins: x and y by turns, in the space of the page's content.
    """

    handle: int
    text: str
    places: list[Place]
    objects: list[int | None]
    gaps: list[float]
    origins: Sequence[float]

    def by_object(self) -> dict[int, Sequence[int]]:
        """The indices of the characters of each text object."""
        objects = self.objects
        starts = [0, *compress(range(1, len(objects)), map(ne, objects[1:], objects))]
        found: dict[int, Sequence[int]] = {}
        for start, end in zip(starts, [*starts[1:], len(objects)], strict=True):
            item = objects[start]
            if item in found:
                found[item] = [*found[item], *range(start, end)]
            elif item:
                found[item] = range(start, end)
        return found


def fetch(text_page: Any, count: int, placement: Placement) -> Reported:
    """All columns of an open text page with `count` characters."""
    handle = natives.handle(text_page)
    index = range(count)
    found = (ctypes.c_double * (2 * count))()
    at = ctypes.addressof(found)
    end = at + 16 * count
    _run(natives.origin, repeat(handle), index, range(at, end, 16), range(at + 8, end + 8, 16))
    sides = (ctypes.c_float * (4 * count))()
    at = ctypes.addressof(sides)
    _run(natives.loose_box, repeat(handle), index, range(at, at + 16 * count, 16))
    texts = _texts(text_page, handle, count)
    objects = list(map(natives.text_object, repeat(handle), index))
    origins = _numbers(found, "d")
    columns = _shown(origins, _numbers(sides, "f"), placement)
    gaps = list(map(sub, columns[4][1:], columns[2]))
    return Reported(
        handle, "".join(texts), list(zip(texts, *columns, strict=True)), objects, gaps, origins
    )


def _run(function: Any, *columns: Iterable[int]) -> None:
    deque(map(function, *columns), maxlen=0)


def _numbers(held: ctypes.Array[Any], kind: Literal["d", "f"]) -> Sequence[float]:
    # list() would ask the ctypes array for one number at a time.
    return memoryview(held).cast("B").cast(kind).tolist()


def _shown(
    origins: Sequence[float], sides: Sequence[float], placement: Placement
) -> tuple[Sequence[float], ...]:
    """Columns x0, top, x1, bottom, x and y as displayed."""
    a, b, c, d, e, f = placement.matrix
    lefts, tops, rights, bottoms = sides[0::4], sides[1::4], sides[2::4], sides[3::4]
    xs, ys = origins[0::2], origins[1::2]
    if b == 0.0 and c == 0.0 and a == 1.0 and d == -1.0:
        return (
            [left + e for left in lefts],
            [f - top for top in tops],
            [right + e for right in rights],
            [f - bottom for bottom in bottoms],
            [x + e for x in xs],
            [f - y for y in ys],
        )
    across = [a * x + c * y + e for x, y in zip(lefts, tops, strict=True)]
    other_across = [a * x + c * y + e for x, y in zip(rights, bottoms, strict=True)]
    down = [b * x + d * y + f for x, y in zip(lefts, tops, strict=True)]
    other_down = [b * x + d * y + f for x, y in zip(rights, bottoms, strict=True)]
    return (
        list(map(min, across, other_across)),
        list(map(min, down, other_down)),
        list(map(max, across, other_across)),
        list(map(max, down, other_down)),
        [a * x + c * y + e for x, y in zip(xs, ys, strict=True)],
        [b * x + d * y + f for x, y in zip(xs, ys, strict=True)],
    )


def _texts(text_page: Any, handle: int, count: int) -> list[str]:
    """The character for each index; `NOTHING` for what PDFium put in to separate words.

    For a glyph without a character PDFium gives the bare glyph code, which may look like any
    letter; a flag beside it tells. Glyph numbers seldom fall among the code points of Thai, so
    that the flag is asked for Thai letters only where another glyph of the page has it.
    """
    texts = _characters(text_page, handle, count)
    others = [at for at, text in enumerate(texts) if not "\u0e01" <= text <= "\u0e5b"]
    unmapped = _flagged(natives.unmapped, handle, others)
    if unmapped:
        unmapped = _flagged(natives.unmapped, handle, range(count))
    for at in others:
        texts[at] = _settled(texts[at])
    blanks = [at for at in others if texts[at] == " "]
    for at in _flagged(natives.generated, handle, blanks):
        texts[at] = NOTHING
    for at in unmapped:
        texts[at] = UNMAPPED
    return texts


def _flagged(flag: Any, handle: int, indices: Sequence[int]) -> list[int]:
    return list(compress(indices, map(flag, repeat(handle), indices)))


def _characters(text_page: Any, handle: int, count: int) -> list[str]:
    """What PDFium reports: in one call where it drops nothing, else character by character."""
    held = (ctypes.c_ushort * (count + 1))()
    if raw.FPDFText_GetText(text_page, 0, count, held) == count + 1:
        text = bytes(held)[: 2 * count].decode("utf-16-le", "replace")
        if len(text) == count:
            return list(text)
    codes = map(natives.unicode_value, repeat(handle), range(count))
    return [chr(code) if code < 0x110000 else UNMAPPED for code in codes]


def _settled(text: str) -> str:
    """A printable character, nothing for a line end, or `UNMAPPED`."""
    if text in _HYPHENS:
        return "-"
    if text < " ":
        return NOTHING if text in "\r\n" else " " if text == "\t" else UNMAPPED
    return UNMAPPED if "\x7f" <= text <= "\x9f" or "\ud800" <= text <= "\udfff" else text

"""What PDFium reports about the characters of a page, fetched in columns.

One call per character and question, driven by `map`; the results come back in one block.
Nothing is asked that can be known: what stands between two characters of one text object
belongs to it too.
"""

from __future__ import annotations

import ctypes
import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress, repeat
from operator import ne
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
_LONG_OBJECTS = 6
"""From so many characters for each text object on it pays to look for where they end."""

_WORD = re.compile("[^ \\0]+| ")


@dataclass(frozen=True, slots=True)
class Reported:
    """The characters that PDFium reports of a page.

    Attributes:
        handle: The open text page.
        text: The characters; NUL for what PDFium put in to separate words and lines.
        indices: The places in `text` of the characters of each text object.
        placement: How the page is displayed.
    """

    handle: int
    text: str
    indices: dict[int, Sequence[int]]
    placement: Placement

    def places(self, indices: Sequence[int]) -> dict[int, Place]:
        """Where characters stand, by their index."""
        count = len(indices)
        if not count:
            return {}
        found = (ctypes.c_double * (2 * count))()
        at = ctypes.addressof(found)
        end = at + 16 * count
        handle = repeat(self.handle)
        _run(natives.origin, handle, indices, range(at, end, 16), range(at + 8, end + 8, 16))
        sides = (ctypes.c_float * (4 * count))()
        at = ctypes.addressof(sides)
        _run(natives.loose_box, handle, indices, range(at, at + 16 * count, 16))
        columns = _shown(_numbers(found, "d"), _numbers(sides, "f"), self.placement)
        texts = map(self.text.__getitem__, indices)
        return dict(zip(indices, zip(texts, *columns, strict=True), strict=True))

    def origin(self, index: int) -> tuple[float, float]:
        """Origin of a character in the space of the page's content."""
        found = (ctypes.c_double * 2)()
        at = ctypes.addressof(found)
        natives.origin(self.handle, index, at, at + 8)
        return found[0], found[1]


def fetch(text_page: Any, count: int, objects: int, placement: Placement) -> Reported:
    """What an open text page with `count` characters in `objects` text objects reports."""
    handle = natives.handle(text_page)
    text = "".join(_texts(text_page, handle, count))
    long = count >= _LONG_OBJECTS * objects
    stretches = _sought(handle, text) if long else _asked(handle, count)
    indices: dict[int, Sequence[int]] = {}
    for item, start, end in stretches:
        if item in indices:
            indices[item] = [*indices[item], *range(start, end)]
        elif item:
            indices[item] = range(start, end)
    return Reported(handle, text, indices, placement)


def _asked(handle: int, count: int) -> list[tuple[int | None, int, int]]:
    """The stretches of one text object each (None: of none), every character asked for it."""
    objects = list(map(natives.text_object, repeat(handle), range(count)))
    starts = [0, *compress(range(1, count), map(ne, objects[1:], objects))]
    return [
        (objects[start], start, end)
        for start, end in zip(starts, [*starts[1:], count], strict=True)
    ]


def _sought(handle: int, text: str) -> list[tuple[int | None, int, int]]:
    """The same, for few and long text objects: their ends are sought by halving.

    PDFium sorts text objects, never their characters, and puts in blanks between words alone:
    what stands between two characters of one object, without a blank, is of that object.
    """
    found: list[tuple[int | None, int, int]] = []

    def take(item: int | None, start: int, end: int) -> None:
        if found and found[-1][0] == item:
            start = found.pop()[1]
        found.append((item, start, end))

    def seek(start: int, end: int, first: int | None, last: int | None) -> None:
        """The stretches from `start` to `end`, both included, whose objects are known."""
        if first == last or end - start == 1:
            take(first, start, end)
            take(last, end, end + 1)
            return
        middle = (start + end) // 2
        item = natives.text_object(handle, middle)
        seek(start, middle, first, item)
        seek(middle, end, item, last)

    for word in _WORD.finditer(text):
        start, end = word.span()
        first = natives.text_object(handle, start)
        if end - start == 1:
            take(first, start, end)
        else:
            seek(start, end - 1, first, natives.text_object(handle, end - 1))
    return found


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

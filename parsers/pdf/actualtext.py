"""ActualText: the true text that a file gives for a run of glyphs.

Chromium writes one for every letter with marks, LibreOffice for sara am. PDFium repeats it
for each text object of the run; the mark that holds it, the same for all of them, tells which
belong together.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from parsers.model import Box, Char
from parsers.pdf import natives
from parsers.pdf.objects import Drawn
from parsers.pdf.placement import Placement, placed

__all__ = ["Span", "actual_texts", "spread"]

_LONGEST = 400  # bytes; a longer one describes a figure or a whole paragraph


@dataclass(slots=True)
class Span:
    """Glyphs that share one ActualText: the first of them, and the text objects of all."""

    text: str
    first: Char
    items: list[int]


def actual_texts(texts: Iterable[int]) -> dict[int, tuple[int, str]]:
    """For each text object that stands under an ActualText: that mark, and the text."""
    known: dict[int, str] = {}
    found: dict[int, tuple[int, str]] = {}
    for item, count in zip(texts, map(natives.mark_count, texts), strict=True):
        for level in range(count - 1, -1, -1):
            mark = natives.mark(item, level)
            if mark not in known:
                known[mark] = _actual_text(mark)
            if known[mark]:
                found[item] = (mark, known[mark])
                break
    return found


def _actual_text(mark: int) -> str:
    held = ctypes.create_string_buffer(_LONGEST)
    needed = ctypes.c_ulong()
    # The string call of PDFium spells UTF-16 text out byte by byte; the bytes are right.
    done = natives.actual_text(
        mark, b"ActualText", ctypes.addressof(held), len(held), ctypes.addressof(needed)
    )
    if not done or not 0 < needed.value <= len(held):
        return ""
    text = _text_string(held.raw[: needed.value])
    return "".join(char for char in text if char >= " " and char != "\ufffd")


def _text_string(value: bytes) -> str:
    """A PDF text string: UTF-16 or UTF-8 behind a byte order mark, else one byte a letter."""
    if value.startswith(b"\xfe\xff"):
        return value[2:].decode("utf-16-be", "replace")
    if value.startswith(b"\xff\xfe"):
        return value[2:].decode("utf-16-le", "replace")
    if value.startswith(b"\xef\xbb\xbf"):
        return value[3:].decode("utf-8", "replace")
    return value.decode("latin-1")


def spread(span: Span, drawn: Drawn, placement: Placement) -> Iterator[Char]:
    """The characters of an ActualText over the room that its glyphs take."""
    first, (left, top, right, bottom) = span.first, _extent(span, drawn, placement)
    letters = sum(unicodedata.category(char) != "Mn" for char in span.text)
    if letters <= 1 or first.angle:
        for char in span.text:
            yield first._replace(text=char, x0=left, top=top, x1=right, bottom=bottom)
        return
    step, passed = (right - left) / letters, 0
    for char in span.text:
        passed += unicodedata.category(char) != "Mn"
        start = left + step * max(passed - 1, 0)
        origin = first.origin_x if passed <= 1 else start
        yield first._replace(
            text=char, x0=start, top=top, x1=start + step, bottom=bottom, origin_x=origin
        )


def _extent(span: Span, drawn: Drawn, placement: Placement) -> Box:
    """The box around all glyphs of a span."""
    sides = (ctypes.c_float * 4)()
    at = ctypes.addressof(sides)
    x0, top, x1, bottom = span.first[1:5]
    for item in span.items:
        natives.bounds(item, at, at + 4, at + 8, at + 12)
        box = placed(Box(*sides), drawn.texts[item], placement)
        x0, top = min(x0, box.x0), min(top, box.top)
        x1, bottom = max(x1, box.x1), max(bottom, box.bottom)
    return Box(x0, top, x1, bottom)

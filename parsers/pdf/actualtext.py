"""ActualText: the true text that a file gives for a run of glyphs.

Chromium writes one for every letter with marks, LibreOffice for sara am. PDFium repeats it
for each text object of the run; the mark that holds it, the same for all of them, tells which
belong together.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from parsers.model import Box, Char
from parsers.pdf import natives
from parsers.text.runs import LETTERS, MARKS, letter_count

__all__ = ["Span", "actual_texts", "spread"]

_LONGEST = 400  # bytes; a longer one describes a figure or a whole paragraph


@dataclass(slots=True)
class Span:
    """Glyphs that share one ActualText: the first of them, and the text objects of all."""

    text: str
    first: Char  # or a run of them
    items: list[int]


def actual_texts(items: Iterable[int]) -> dict[int, tuple[int, str]]:
    """For each text object that stands under an ActualText: that mark, and the text."""
    held = list(items)
    counts = list(map(natives.mark_count, held))
    marked = [(item, count) for item, count in zip(held, counts, strict=True) if count > 0]
    inmost = map(natives.mark, [item for item, _ in marked], [count - 1 for _, count in marked])
    text_of = _TextOfMark()
    known: dict[int, tuple[int, str]] = {}  # by the inmost mark, which lies in the others
    found: dict[int, tuple[int, str]] = {}
    for (item, count), mark in zip(marked, inmost, strict=True):
        nearest = known.get(mark)
        if nearest is None:
            text = text_of(mark)
            nearest = (mark, text) if text else _nearest(item, count - 1, text_of)
            known[mark] = nearest
        if nearest[1]:
            found[item] = nearest
    return found


def _nearest(item: int, count: int, text_of: _TextOfMark) -> tuple[int, str]:
    """Of the outer `count` marks of a text object the inmost with an ActualText, and the text."""
    for level in range(count - 1, -1, -1):
        mark = natives.mark(item, level)
        text = text_of(mark)
        if text:
            return mark, text
    return 0, ""


class _TextOfMark:
    """Asks marks for their ActualText; holds the buffer that PDFium writes into."""

    def __init__(self) -> None:
        self._held = ctypes.create_string_buffer(_LONGEST)
        self._needed = ctypes.c_ulong()
        self._at = ctypes.addressof(self._held)
        self._needed_at = ctypes.addressof(self._needed)
        self._known: dict[int, str] = {}

    def __call__(self, mark: int) -> str:
        text = self._known.get(mark)
        if text is None:
            text = self._known[mark] = self._asked(mark)
        return text

    def _asked(self, mark: int) -> str:
        # The string call of PDFium spells UTF-16 text out byte by byte; the bytes are right.
        done = natives.actual_text(mark, b"ActualText", self._at, _LONGEST, self._needed_at)
        size = self._needed.value
        if not done or not 0 < size <= _LONGEST:
            return ""
        text = _text_string(ctypes.string_at(self._at, size))
        if text.isprintable() and "\ufffd" not in text:
            return text
        return "".join([char for char in text if char >= " " and char != "\ufffd"])


def _text_string(value: bytes) -> str:
    """A PDF text string: UTF-16 or UTF-8 behind a byte order mark, else one byte a letter."""
    if value.startswith(b"\xfe\xff"):
        return value[2:].decode("utf-16-be", "replace")
    if value.startswith(b"\xff\xfe"):
        return value[2:].decode("utf-16-le", "replace")
    if value.startswith(b"\xef\xbb\xbf"):
        return value[3:].decode("utf-8", "replace")
    return value.decode("latin-1")


def spread(span: Span, extent: Box) -> Iterator[Char]:
    """The characters of an ActualText over the room that its glyphs take.

    `extent` is the box around its text objects, as displayed.
    """
    _, x0, top, x1, bottom, x, y, size, angle, _ = span.first
    left, right = min(x0, extent[0]), max(x1, extent[2])
    top, bottom = min(top, extent[1]), max(bottom, extent[3])
    text = span.text
    letters = letter_count(text)
    if letters == 1 < len(text) and not angle and text[0] in LETTERS:
        yield Char(text, left, top, right, bottom, x, y, size, 0, (x,))
        return
    if letters <= 1 or angle:
        for char in text:
            yield Char(char, left, top, right, bottom, x, y, size, angle)
        return
    step, passed = (right - left) / letters, 0
    for char in text:
        passed += char not in MARKS
        start = left + step * max(passed - 1, 0)
        origin = x if passed <= 1 else start
        yield Char(char, start, top, start + step, bottom, origin, y, size, angle)

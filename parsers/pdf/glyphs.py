"""The characters of a page, in the order in which the page draws them.

PDFium sorts the text objects of a line by their horizontal position. That tears a Thai mark
set in an object of its own away from its letter, and it defeats PDFium's own rule that an
ActualText (the true text of a run of glyphs, which Chromium writes for every letter with
marks) is given once: it then stands once per glyph. Both are undone here: characters come
back in drawing order, and each ActualText is taken once, for all the glyphs it stands for.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress, groupby, repeat
from typing import Any, NamedTuple

import pypdfium2_raw as raw

from parsers.model import Box, Char
from parsers.pdf import natives
from parsers.pdf.clips import Window, is_outside, windows_of
from parsers.pdf.objects import Drawn
from parsers.pdf.placement import Matrix, Placement

__all__ = ["UNMAPPED", "Glyphs", "read_glyphs"]

UNMAPPED = "\ufffd"
"""Stands for a glyph to which the file gives no character."""

_HYPHENS = "\x02\ufffe"  # what PDFium gives for a hyphen at the end of a line
_LONGEST_ACTUAL = 400  # bytes; a longer one describes a figure or a whole paragraph


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters of a page and what was met while reading them.

    Attributes:
        chars: The characters in drawing order, invisible ones included.
        unmapped: How many glyphs have no character.
        text_objects: Handles of the objects that carry text.
    """

    chars: tuple[Char, ...]
    unmapped: int = 0
    text_objects: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Columns:
    """What PDFium reports, one entry per character; coordinates of the page's content."""

    handle: int
    texts: Sequence[str]
    objects: list[int | None]
    origins: list[float]
    boxes: list[float]


class _Setting(NamedTuple):
    """How a text object is set: font size as displayed, and angle."""

    size: float
    angle: int


@dataclass(slots=True)
class _Span:
    """Glyphs that share one ActualText."""

    text: str
    first: Char
    boxes: list[Box] = field(default_factory=list)


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
        held = _columns(text_page, count)
        return _assemble(held, drawn, placement)
    finally:
        raw.FPDFText_ClosePage(text_page)


def _columns(text_page: Any, count: int) -> _Columns:
    handle = natives.handle(text_page)
    index = range(count)
    origins = (ctypes.c_double * (2 * count))()
    at = ctypes.addressof(origins)
    end = at + 16 * count
    _run(natives.origin, repeat(handle), index, range(at, end, 16), range(at + 8, end + 8, 16))
    boxes = (ctypes.c_float * (4 * count))()
    at = ctypes.addressof(boxes)
    _run(natives.loose_box, repeat(handle), index, range(at, at + 16 * count, 16))
    texts = _texts(text_page, handle, count)
    objects = list(map(natives.text_object, repeat(handle), index))
    return _Columns(handle, texts, objects, list(origins), list(boxes))


def _run(function: Any, *columns: Iterable[int]) -> None:
    for _ in map(function, *columns):
        pass


def _texts(text_page: Any, handle: int, count: int) -> list[str]:
    """The character for each index; empty for what PDFium put in to separate words.

    For a glyph without a character PDFium gives the bare glyph code, which may look like any
    letter; a flag beside it tells. Glyph numbers seldom fall among the code points of Thai, so
    that the flag is asked for Thai letters only where another glyph of the page has it.
    """
    texts = _reported(text_page, handle, count)
    others = [at for at, text in enumerate(texts) if not "\u0e01" <= text <= "\u0e5b"]
    unmapped = _flagged(natives.unmapped, handle, others)
    if unmapped:
        unmapped = _flagged(natives.unmapped, handle, range(count))
    for at in others:
        texts[at] = _settled(texts[at])
    blanks = [at for at in others if texts[at] == " "]
    for at in _flagged(natives.generated, handle, blanks):
        texts[at] = ""
    for at in unmapped:
        texts[at] = UNMAPPED
    return texts


def _flagged(flag: Any, handle: int, indices: Sequence[int]) -> list[int]:
    return list(compress(indices, map(flag, repeat(handle), indices)))


def _reported(text_page: Any, handle: int, count: int) -> list[str]:
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
        return "" if text in "\r\n" else " " if text == "\t" else UNMAPPED
    return UNMAPPED if "\x7f" <= text <= "\x9f" or "\ud800" <= text <= "\udfff" else text


def _assemble(held: _Columns, drawn: Drawn, placement: Placement) -> Glyphs:
    spans = _actual_texts(drawn.texts)
    windows = windows_of(drawn.texts)
    open_spans: dict[int, _Span] = {}
    found: list[Char | _Span] = []
    settings: dict[int, _Setting] = {}
    order = _drawing_order(held.objects, drawn.texts)
    for item, run in groupby(order, held.objects.__getitem__):
        if item is None:  # a blank or line end that PDFium put in
            continue
        indices = list(run)
        setting = settings.get(item)
        if setting is None:
            setting = settings[item] = _setting(held.handle, indices[0], placement)
        if item in windows and _is_hidden(held, indices[0], windows[item], setting.size):
            continue
        chars = _run_of_chars(held, indices, placement, setting)
        if item in spans:
            _join_span(spans[item], chars, open_spans, found)
        else:
            found.extend(chars)
    flat = tuple(_flatten(found))
    return Glyphs(flat, sum(char.text == UNMAPPED for char in flat), tuple(settings))


def _is_hidden(held: _Columns, index: int, window: Window, size: float) -> bool:
    return is_outside(window, held.origins[2 * index], held.origins[2 * index + 1], size)


def _drawing_order(objects: Sequence[int | None], ranks: dict[int, int]) -> Sequence[int]:
    """Indices of the characters in the order of their text objects."""
    unknown = len(ranks)
    places = [ranks.get(item, unknown) if item else -1 for item in objects]
    return sorted(range(len(places)), key=places.__getitem__)


def _setting(handle: int, index: int, placement: Placement) -> _Setting:
    found = (ctypes.c_float * 6)()
    natives.char_matrix(handle, index, ctypes.addressof(found))
    matrix = Matrix(*found)
    size = natives.font_size(handle, index) * (matrix.c**2 + matrix.d**2) ** 0.5
    return _Setting(abs(size), placement.angle(matrix))


def _run_of_chars(
    held: _Columns, indices: list[int], placement: Placement, setting: _Setting
) -> list[Char]:
    texts, origins, boxes = held.texts, held.origins, held.boxes
    size, angle = setting
    a, b, c, d, e, f = placement.matrix
    upright = b == 0.0 and c == 0.0 and a > 0.0 and d < 0.0
    chars: list[Char] = []
    for index in indices:
        text = texts[index]
        if not text:
            continue
        x, y = origins[2 * index], origins[2 * index + 1]
        left, top, right, bottom = boxes[4 * index : 4 * index + 4]
        if upright:
            box = (a * left + e, d * top + f, a * right + e, d * bottom + f)
        else:
            box = placement.box(left, bottom, right, top)
        chars.append(Char(text, *box, a * x + c * y + e, b * x + d * y + f, size, angle))
    return chars


def _actual_texts(texts: Iterable[int]) -> dict[int, tuple[int, str]]:
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
    held = ctypes.create_string_buffer(_LONGEST_ACTUAL)
    needed = ctypes.c_ulong()
    # The string call of PDFium spells UTF-16 text out byte by byte; the bytes are right.
    done = natives.actual_text(
        mark, b"ActualText", ctypes.addressof(held), len(held), ctypes.addressof(needed)
    )
    if not done or not 0 < needed.value <= len(held):
        return ""
    text = _text_string(held.raw[: needed.value])
    return "".join(char for char in text if char >= " " and char != UNMAPPED)


def _text_string(value: bytes) -> str:
    """A PDF text string: UTF-16 or UTF-8 behind a byte order mark, else one byte a letter."""
    if value.startswith(b"\xfe\xff"):
        return value[2:].decode("utf-16-be", "replace")
    if value.startswith(b"\xff\xfe"):
        return value[2:].decode("utf-16-le", "replace")
    if value.startswith(b"\xef\xbb\xbf"):
        return value[3:].decode("utf-8", "replace")
    return value.decode("latin-1")


def _join_span(
    span: tuple[int, str],
    chars: list[Char],
    open_spans: dict[int, _Span],
    found: list[Char | _Span],
) -> None:
    if not chars:
        return
    mark, text = span
    if mark not in open_spans:
        open_spans[mark] = _Span(text, chars[0])
        found.append(open_spans[mark])
    open_spans[mark].boxes.extend(Box(*char[1:5]) for char in chars)


def _flatten(found: Iterable[Char | _Span]) -> Iterator[Char]:
    for item in found:
        if isinstance(item, _Span):
            yield from _spread(item)
        else:
            yield item


def _spread(span: _Span) -> Iterator[Char]:
    """The characters of an ActualText over the room that its glyphs take."""
    first = span.first
    left, right = min(box.x0 for box in span.boxes), max(box.x1 for box in span.boxes)
    top, bottom = min(box.top for box in span.boxes), max(box.bottom for box in span.boxes)
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

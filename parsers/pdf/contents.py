"""The drawing instructions of the pages, looked at before PDFium follows them.

Two things PDFium does not tell. Instructions that are damaged half-way are followed as far as
they go, so that the rest of the page is missing without a word. And a form XObject may draw
another one ten times, and that one a third: ten levels in two kilobytes are ten thousand
million lines, which PDFium unfolds before it gives the page back.
"""

from __future__ import annotations

import io
import re
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf

__all__ = ["Contents", "survey_contents"]

_DRAW = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_DEEPEST = 64

_Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Contents:
    """What was met.

    Attributes:
        damaged: Numbers of the pages whose instructions cannot be unpacked to their end.
        endless: Whether a page draws more than is allowed.
    """

    damaged: frozenset[int] = frozenset()
    endless: bool = False


def survey_contents(data: bytes, most: int) -> Contents:
    """Look at the instructions of all pages; `most` are the bytes that one page may have."""
    damaged: set[int] = set()
    sizes: dict[_Key, int] = {}
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            for number, page in enumerate(pdf.pages, start=1):
                size = _page_size(page, sizes, most)
                if size is None:
                    damaged.add(number)
                elif size > most:
                    return Contents(endless=True)
    except Exception:  # noqa: BLE001 - a file that qpdf cannot walk is left to PDFium
        return Contents()
    return Contents(frozenset(damaged))


def _streams(page: pikepdf.Page) -> list[Any]:
    contents = page.obj.get("/Contents")
    held = contents if isinstance(contents, pikepdf.Array) else [contents]
    return [stream for stream in held if isinstance(stream, pikepdf.Stream)]


def _unpacked(stream: Any) -> bytes | None:
    """The bytes of a stream; None where they do not unpack to their end."""
    if stream.get("/Filter") == "/FlateDecode" and "/DecodeParms" not in stream:
        # qpdf would give back what comes before the damage and say nothing.
        packed, unpacker = stream.read_raw_bytes(), zlib.decompressobj()
        try:
            content = unpacker.decompress(packed)
        except zlib.error:
            return None
        return content if unpacker.eof or not packed else None
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        return None


def _page_size(page: pikepdf.Page, sizes: dict[_Key, int], most: int) -> int | None:
    """Bytes of instructions with all forms unfolded; None where they are damaged."""
    forms = _forms(page.obj.get("/Resources"))
    total = 0
    for stream in _streams(page):
        content = _unpacked(stream)
        if content is None:
            return None
        total += _size(content, forms, sizes, most, 0)
        if total > most:
            break
    return total


def _forms(resources: Any) -> Mapping[str, Any]:
    if not isinstance(resources, pikepdf.Dictionary):
        return {}
    found = resources.get("/XObject")
    if not isinstance(found, pikepdf.Dictionary):
        return {}
    return {str(name): item for name, item in found.items() if _is_form(item)}


def _is_form(item: Any) -> bool:
    return isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form"


def _size(
    content: bytes, forms: Mapping[str, Any], sizes: dict[_Key, int], most: int, depth: int
) -> int:
    """Bytes of some instructions and of those of the forms they draw."""
    total = len(content)
    if not forms or depth > _DEEPEST:
        return total
    for name, times in Counter(_DRAW.findall(content)).items():
        form = forms.get("/" + name.decode("latin-1"))
        if form is None:
            continue
        key = form.objgen
        if key not in sizes:
            sizes[key] = 0  # a form that draws itself is drawn once
            inner = _forms(form.get("/Resources"))
            sizes[key] = _size(_unpacked(form) or b"", inner, sizes, most, depth + 1)
        total += times * sizes[key]
        if total > most:
            break
    return total

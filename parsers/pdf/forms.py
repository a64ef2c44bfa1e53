"""How much a page draws once every form XObject is unfolded.

A form may draw another form ten times, and that one a third: ten levels in two kilobytes are
ten thousand million lines. PDFium unfolds them all before it gives a page back, so they are
counted before it is asked.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf

__all__ = ["unfolds_beyond"]

_FORM = re.compile(rb"/Subtype\s*/Form\b")
_DRAW = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_DEEPEST = 64

_Key = tuple[int, int]


def unfolds_beyond(data: bytes, most: int) -> bool:
    """Whether some page of the file draws more than `most` bytes of instructions."""
    if not _FORM.search(data):
        return False
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            sizes: dict[_Key, int] = {}
            return any(_page_size(page, sizes, most) > most for page in pdf.pages)
    except Exception:  # noqa: BLE001 - a file that qpdf cannot walk is left to PDFium
        return False


def _page_size(page: pikepdf.Page, sizes: dict[_Key, int], most: int) -> int:
    contents = page.obj.get("/Contents")
    streams = contents if isinstance(contents, pikepdf.Array) else [contents]
    forms = _forms(page.obj.get("/Resources"))
    total = 0
    for stream in streams:
        if isinstance(stream, pikepdf.Stream):
            total += _size(stream, forms, sizes, most, 0)
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
    stream: Any, forms: Mapping[str, Any], sizes: dict[_Key, int], most: int, depth: int
) -> int:
    """Bytes of instructions of a stream and of the forms it draws."""
    content = stream.read_bytes()
    total = len(content)
    if not forms or depth > _DEEPEST:
        return total
    for name, times in _drawn(content):
        form = forms.get(name)
        if form is None:
            continue
        key = form.objgen
        if key not in sizes:
            sizes[key] = 0  # a form that draws itself is drawn once
            sizes[key] = _size(form, _forms(form.get("/Resources")), sizes, most, depth + 1)
        total += times * sizes[key]
        if total > most:
            break
    return total


def _drawn(content: bytes) -> Iterator[tuple[str, int]]:
    counts: dict[bytes, int] = {}
    for name in _DRAW.findall(content):
        counts[name] = counts.get(name, 0) + 1
    for name, times in counts.items():
        yield "/" + name.decode("latin-1"), times

"""A second way to read the characters of a page: pdfplumber (pdfminer.six).

It knows some glyph encodings that PDFium does not, and is ten times slower. It is asked only
for pages whose text PDFium could not make out.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from parsers.model import Char
from parsers.pdf.reported import UNMAPPED

__all__ = ["second_reading"]


def second_reading(data: bytes, number: int, limit: int) -> tuple[Char, ...]:
    """The characters of a page (from 1) as pdfplumber reads them; none where it fails."""
    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(data), pages=[number]) as document:
            page = document.pages[0]
            if len(page.chars) > limit:
                return ()
            return tuple(_characters(page.chars, page.bbox))
    except Exception:  # noqa: BLE001 - damaged files make pdfminer raise nearly anything
        return ()


def _characters(found: Sequence[Mapping[str, Any]], bbox: Sequence[float]) -> Iterator[Char]:
    left, top = bbox[0], bbox[1]
    for item in found:
        text = UNMAPPED if str(item["text"]).startswith("(cid:") else str(item["text"])
        angle = round(-math.degrees(math.atan2(item["matrix"][1], item["matrix"][0]))) % 360
        x0, x1 = float(item["x0"]) - left, float(item["x1"]) - left
        above, below = float(item["top"]) - top, float(item["bottom"]) - top
        # The box reaches a fifth of the size below the baseline, or to its right when turned.
        inset = 0.2 * float(item["size"])
        x, y = {0: (x0, below - inset), 270: (x1 - inset, below), 90: (x0 + inset, above)}.get(
            angle, (x0, below)
        )
        for char in text:
            printed = char if char >= " " else UNMAPPED
            yield Char(printed, x0, above, x1, below, x, y, float(item["size"]), angle)

"""Put right what a file says about its glyphs, from the fonts inside it.

A PDF draws glyphs by number; a table beside each font (`/ToUnicode`) says which character a
number stands for. That table is where Thai text breaks. Word and PowerPoint write the table
from the first text that used a glyph: sara am is drawn as nikhahit and sara aa, so nikhahit
becomes a blank ("ด าเนินงาน") and sara aa becomes sara am ("กำร"). WeasyPrint leaves glyphs
out, report servers write no table at all. The embedded font often still knows: its own
character map and its substitution rules name the glyphs. Where the two disagree about a Thai
letter, the font is right.

Only reading is changed: what comes back is a copy of the file with the tables put right.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf

from parsers.pdf.fontglyphs import glyph_letters
from parsers.pdf.tounicode import read_table, write_table

__all__ = ["Remapped", "remap_fonts"]

_MOST_FONT_BYTES = 30_000_000


@dataclass(frozen=True, slots=True)
class Remapped:
    """A copy of a file whose glyph tables are put right.

    Attributes:
        data: The file.
        fonts: Names of the fonts whose table changed.
    """

    data: bytes
    fonts: frozenset[str]


def remap_fonts(data: bytes) -> Remapped | None:
    """The file with its glyph tables put right; None where there is nothing to put right."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            changed = {name for font in _fonts(pdf) for name in _correct(pdf, font)}
            if not changed:
                return None
            out = io.BytesIO()
            pdf.save(
                out,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                object_stream_mode=pikepdf.ObjectStreamMode.preserve,
            )
            return Remapped(out.getvalue(), frozenset(changed))
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError):
        # A file too damaged to be mended is read as it is.
        return None


def _fonts(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font":
            yield item

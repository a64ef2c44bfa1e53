"""Put right what a file says about its glyphs, from the fonts inside it.

A PDF draws glyphs by number; a table beside each font (`/ToUnicode`) says which character a
number stands for. That table is where Thai text breaks. Word and PowerPoint write it from the
first text that used a glyph: sara am is drawn as nikhahit and sara aa, so nikhahit becomes a
blank ("ด าเนินงาน") and sara aa becomes sara am ("กำร"). WeasyPrint leaves glyphs out, report
servers write no table at all, printer drivers a wrong one. The embedded font often still
knows which glyph is which letter. Where it names a Thai letter and the table something else,
the font is right.

Only the reading is changed: what comes back is a copy of the file with better tables.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf

from parsers.pdf.fontglyphs import FontLetters, read_font
from parsers.pdf.glyphorders import folded_name
from parsers.pdf.tounicode import read_table, write_table

__all__ = ["Remapped", "remap_fonts"]

_WIDE, _NARROW = 2, 1  # bytes of a glyph code
_UNREADABLE = "\ufffd"


@dataclass(frozen=True, slots=True)
class Remapped:
    """A copy of a file whose glyph tables are put right.

    Attributes:
        data: The file.
        fonts: Names of the fonts whose table changed, folded for comparison.
    """

    data: bytes
    fonts: frozenset[str]


def remap_fonts(data: bytes) -> Remapped | None:
    """The file with better glyph tables; None where there is nothing to put right."""
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            changed = {name for font in _fonts(pdf) if (name := _correct(pdf, font))}
            return Remapped(_saved(pdf), frozenset(changed)) if changed else None
    except Exception:  # noqa: BLE001 - a damaged file can break anywhere; it is read as it is
        return None


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(
        out,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.preserve,
    )
    return out.getvalue()


def _fonts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font":
            yield item


def _correct(pdf: pikepdf.Pdf, font: Any) -> str:
    """Give a font a better table; its name, or "" where its table stays."""
    kind = font.get("/Subtype")
    if kind == "/Type0":
        told, codes, width = *_wide(font), _WIDE
    elif kind == "/TrueType" and "/FontDescriptor" in font:
        told, codes, width = *_narrow(font), _NARROW
    else:
        return ""
    if told is None:
        return ""
    stream = font.get("/ToUnicode")
    table = read_table(stream.read_bytes()) if isinstance(stream, pikepdf.Stream) else {}
    better = _better(table, told, codes)
    if not better:
        return ""
    font["/ToUnicode"] = pdf.make_stream(write_table({**table, **better}, width))
    return folded_name(_name(font)) or "?"


def _name(font: Any) -> str:
    raw: bytes = font.get("/BaseFont", pikepdf.Name("/")).unparse()
    text = bytes.fromhex  # names spell odd bytes as #xx
    spelled = b"".join(
        text(part[:2].decode()) + part[2:] if at and len(part) >= 2 else part
        for at, part in enumerate(raw.lstrip(b"/").split(b"#"))
    )
    return spelled.decode("utf-8", "replace")


def _letters(font: Any, descriptor: Any) -> FontLetters | None:
    for key in ("/FontFile2", "/FontFile3"):
        stream = descriptor.get(key)
        if isinstance(stream, pikepdf.Stream):
            return read_font(stream.read_bytes(), _name(font))
    return None


def _wide(font: Any) -> tuple[FontLetters | None, Mapping[int, int]]:
    """Letters and code -> glyph of a font with two-byte codes that are glyph numbers."""
    nothing: Mapping[int, int] = {}
    if font.get("/Encoding") not in ("/Identity-H", "/Identity-V"):
        return None, nothing
    below = font["/DescendantFonts"][0]
    told = _letters(font, below.get("/FontDescriptor", pikepdf.Dictionary()))
    if told is None:
        return None, nothing
    glyph_map = below.get("/CIDToGIDMap")
    if not isinstance(glyph_map, pikepdf.Stream):
        return told, {glyph: glyph for glyph in told.by_glyph}
    packed = glyph_map.read_bytes()
    numbers = (int.from_bytes(packed[at : at + 2], "big") for at in range(0, len(packed), 2))
    return told, {code: glyph for code, glyph in enumerate(numbers) if glyph in told.by_glyph}


def _narrow(font: Any) -> tuple[FontLetters | None, Mapping[int, int]]:
    """Letters and code -> glyph of a font with one-byte codes of its own.

    Fonts with a named encoding are left alone: their codes are characters already.
    """
    encoding = font.get("/Encoding")
    if isinstance(encoding, pikepdf.Name):
        return None, {}
    told = _letters(font, font["/FontDescriptor"])
    if told is None:
        return None, {}
    return told, {code: glyph for code, glyph in told.by_code.items() if glyph in told.by_glyph}


def _better(
    table: Mapping[int, str], told: FontLetters, codes: Mapping[int, int]
) -> dict[int, str]:
    """Entries of a glyph table to add or replace."""
    found: dict[int, str] = {}
    for code, glyph in codes.items():
        texts = told.by_glyph[glyph]
        said = table.get(code, "")
        if said in texts:
            continue
        if said.isdecimal() and texts[0].isdecimal():
            # The same number in other digits is a matter of the font (the IT๙ fonts draw Thai
            # digits on ASCII codes). Two numbers for one glyph: nobody knows what is printed.
            if [int(digit) for digit in said] != [int(digit) for digit in texts[0]]:
                found[code] = _UNREADABLE
        elif _is_thai(texts[0]) or not _says_something(said):
            found[code] = texts[0]
    return found


def _is_thai(text: str) -> bool:
    return "\u0e01" <= text[:1] <= "\u0e5b"


def _says_something(text: str) -> bool:
    """Whether a table's entry is a character and not an empty, private or control code."""
    return bool(text) and all(
        char >= " "
        and not "\x7f" <= char <= "\x9f"
        and not "\ue000" <= char <= "\uf8ff"
        and char != "\ufffd"
        for char in text
    )

"""Small PDF files made from nothing, for tests of reading: every byte in them is known.

The font is drawn here as well, so that tests decide what its tables tell and what they do not.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import pikepdf
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name, Pdf

from parsers.pdf.tounicode import write_table

__all__ = [
    "CODES",
    "LOW_MAI_EK",
    "MARKS",
    "UNITS",
    "encoded",
    "glyph_of",
    "letters_pdf",
    "make_font",
    "page_pdf",
    "picture",
    "saved",
    "show",
    "table_of",
]

MARKS = "ัิีึืฺุู็่้๊๋์ํ๎"
UNITS = 1000
CODES = [*range(0x20, 0x7F), *range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C)]
LOW_MAI_EK = "uni0E48.low"
_ADVANCE = 500


@cache
def make_font(
    *, cmap: bool = True, rules: bool = True, glyphs: int = 0, name: str = "Made"
) -> bytes:
    """A TrueType font with a box for every letter; marks have no width and hang to the left.

    Args:
        cmap: Whether it has a character map.
        rules: Whether it has a rule that puts a lowered mai ek in place of the plain one.
        glyphs: Number of glyphs to fill it up to.
        name: Its family name.
    """
    names = [".notdef", *(f"uni{code:04X}" for code in CODES), LOW_MAI_EK]
    names += [f"filler{number}" for number in range(len(names), glyphs)]
    builder = FontBuilder(UNITS, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({code: f"uni{code:04X}" for code in CODES} if cmap else {})
    builder.setupGlyf({glyph: _drawing(glyph) for glyph in names})
    builder.setupHorizontalMetrics({glyph: (_advance(glyph), 0) for glyph in names})
    builder.setupHorizontalHeader(ascent=900, descent=-300)
    builder.setupNameTable({"familyName": name, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=900, sTypoDescender=-300)
    builder.setupPost()
    if rules:
        addOpenTypeFeaturesFromString(
            builder.font, f"feature ccmp {{ sub uni0E48 by {LOW_MAI_EK}; }} ccmp;"
        )
    if not cmap:
        del builder.font["cmap"]
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def _letter(glyph: str) -> str:
    return chr(int(glyph[3:7], 16)) if glyph.startswith("uni") else "\0"


def _advance(glyph: str) -> int:
    return 0 if _letter(glyph) in MARKS else _ADVANCE


def _drawing(glyph: str) -> object:
    pen = TTGlyphPen(None)
    letter = _letter(glyph)
    if letter not in " \0":
        left, bottom, right, top = (
            (-300, 700, -50, 850) if letter in MARKS else (40, 0, _ADVANCE - 40, 650)
        )
        pen.moveTo((left, bottom))
        pen.lineTo((left, top))
        pen.lineTo((right, top))
        pen.lineTo((right, bottom))
        pen.closePath()
    return pen.glyph()


def glyph_of(letter: str) -> int:
    """The glyph number of a letter (or of `LOW_MAI_EK`) in `make_font`."""
    return len(CODES) + 1 if letter == LOW_MAI_EK else CODES.index(ord(letter)) + 1


def encoded(text: str | Sequence[str]) -> bytes:
    """A string operand: glyph numbers as two bytes each."""
    return b"<" + b"".join(b"%04X" % glyph_of(letter) for letter in text) + b">"


def table_of(text: Iterable[str]) -> dict[int, str]:
    """A right glyph table for the letters of a text."""
    return {glyph_of(letter): letter for letter in text}


def show(text: str, x: float, y: float, size: float = 10.0) -> bytes:
    """Instructions that set a line of text with its baseline at (x, y) from the bottom."""
    return b"BT /F1 %g Tf 1 0 0 1 %g %g Tm %s Tj ET\n" % (size, x, y, encoded(text))


def _embedded(pdf: Pdf, font: bytes, table: Mapping[int, str] | None, name: str) -> Dictionary:
    stream = pdf.make_stream(font)
    stream.Length1 = len(font)
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name("/" + name),
            Flags=4,
            FontBBox=Array([-300, -300, 1000, 900]),
            ItalicAngle=0,
            Ascent=900,
            Descent=-300,
            CapHeight=650,
            StemV=80,
            FontFile2=stream,
        )
    )
    widths = [0 if chr(code) in MARKS else _ADVANCE for code in CODES]
    below = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/" + name),
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=descriptor,
        DW=_ADVANCE,
        W=Array([1, Array([*widths, 0])]),
        CIDToGIDMap=Name.Identity,
    )
    made = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/" + name),
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(below)]),
    )
    if table is not None:
        made.ToUnicode = pdf.make_stream(write_table(table, 2))
    return made


def letters_pdf(
    *contents: bytes,
    table: Mapping[int, str] | None = None,
    font: bytes | None = None,
    name: str = "Made",
    size: tuple[float, float] = (400, 300),
) -> Pdf:
    """A document with a page for each content; /F1 is the made font with two-byte codes.

    Args:
        contents: Instructions of each page.
        table: What its glyph table says; None for no table.
        font: The embedded font; the full one if left out.
        name: The font's name in the file.
        size: Width and height of the pages.
    """
    pdf = pikepdf.new()
    made = pdf.make_indirect(_embedded(pdf, font or make_font(), table, name))
    for content in contents:
        pdf.add_blank_page(page_size=size)
        page = pdf.pages[-1]
        page.Contents = pdf.make_stream(content)
        page.Resources = Dictionary(Font=Dictionary(F1=made))
    return pdf


def page_pdf(*contents: bytes, size: tuple[float, float] = (400, 300)) -> Pdf:
    """A document in Helvetica (/F1), a page for each content."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name.Helvetica,
            Encoding=Name.WinAnsiEncoding,
        )
    )
    for content in contents:
        pdf.add_blank_page(page_size=size)
        page = pdf.pages[-1]
        page.Contents = pdf.make_stream(content)
        page.Resources = Dictionary(Font=Dictionary(F1=font))
    return pdf


def picture(pdf: Pdf) -> pikepdf.Stream:
    """A grey picture of one pixel, to be drawn with `Do`."""
    made = pdf.make_stream(b"\x80")
    made.Type, made.Subtype = Name.XObject, Name.Image
    made.Width = made.Height = 1
    made.ColorSpace, made.BitsPerComponent = Name.DeviceGray, 8
    return made


def saved(pdf: Pdf, **options: object) -> bytes:
    """The bytes of a document; the same for the same document."""
    out = io.BytesIO()
    pdf.save(out, static_id="encryption" not in options, **options)
    return out.getvalue()

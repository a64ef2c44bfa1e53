"""A sample as a Word document, for LibreOffice to print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from samples.make.looks import WordLook
from samples.make.marks import plain
from samples.make.model import Block, Cell, Document, Paper, Table, Text
from samples.make.truth import placed

__all__ = ["write_docx"]

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_CENTRED = {"cover", "title", "center"}


def _run(paragraph: Any, text: str, look: WordLook, size: float, *, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    properties = run._r.get_or_add_rPr()
    fonts = OxmlElement("w:rFonts")
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), look.family)
    properties.append(fonts)
    for tag in ("w:b", "w:bCs") if bold else ():
        properties.append(OxmlElement(tag))
    for tag in ("w:sz", "w:szCs"):
        element = OxmlElement(tag)
        element.set(qn("w:val"), str(round(size * 2)))
        properties.append(element)
    language = OxmlElement("w:lang")
    language.set(qn("w:bidi"), "th-TH")
    properties.append(language)


def _tight(paragraph: Any, after: float = 0.0) -> None:
    shape = paragraph.paragraph_format
    shape.space_before = Pt(0)
    shape.space_after = Pt(after)
    shape.line_spacing = 1.0


def _text(target: Any, block: Text, look: WordLook) -> None:
    paragraph = target.add_paragraph()
    _tight(paragraph, 4)
    shape = paragraph.paragraph_format
    size, bold = look.size, block.style in {"cover", "title", "heading", "bold"}
    if block.style in _CENTRED:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if block.style == "cover":
        size, shape.space_after = look.size * 1.35, Pt(30)
    elif block.style == "body":
        shape.first_line_indent = Cm(1.5)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    elif block.style == "list":
        shape.left_indent = Cm(1.5)
    elif block.style == "heading":
        shape.keep_with_next = True
        shape.space_before = Pt(8)
    elif block.style == "right":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif block.style == "sign":
        shape.left_indent = Cm(7)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif block.style == "small":
        size = look.size * 0.82
    _run(paragraph, plain(block.text), look, size, bold=bold)


def _flag(properties: Any, tag: str, **values: str) -> None:
    element = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
    properties.append(element)


def _fill_cell(target: Any, cell: Cell, look: WordLook, size: float, *, head: bool) -> None:
    parts = plain(cell.text).split("\n")
    for place, part in enumerate(parts):
        paragraph = target.paragraphs[0] if place == 0 else target.add_paragraph()
        _tight(paragraph)
        paragraph.alignment = _ALIGN["center" if head and cell.columns == 1 else cell.align]
        _run(paragraph, part, look, size, bold=cell.bold)
    properties = target._tc.get_or_add_tcPr()
    if head and look.fill:
        _flag(properties, "w:shd", val="clear", color="auto", fill=look.fill)
    if cell.vertical:
        _flag(properties, "w:textDirection", val="btLr")
    if head:
        _flag(properties, "w:vAlign", val="center")


def _table(target: Any, table: Table, look: WordLook, width: float) -> None:
    made = target.add_table(rows=len(table.rows), cols=len(table.widths))
    made.style = "Table Grid" if table.rules == "grid" else "Normal Table"
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    for column, share in zip(made.columns, table.widths, strict=True):
        column.width = Cm(width * share)
    top = table.title_rows + table.header_rows
    size = table.size or look.table_size
    for row, column, cell in placed(table):
        first = made.cell(row, column)
        if cell.rows > 1 or cell.columns > 1:
            first = first.merge(made.cell(row + cell.rows - 1, column + cell.columns - 1))
        _fill_cell(first, cell, look, size, head=row < top)
    for number, line in enumerate(made.rows):
        for share, held in zip(table.widths, line.cells, strict=True):
            held.width = Cm(width * share)
        if number < top and table.repeat_header:
            _flag(line._tr.get_or_add_trPr(), "w:tblHeader")
    _tight(target.add_paragraph(), 2)


def _field(paragraph: Any) -> None:
    """A page number field."""
    for kind in ("begin", "", "end"):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.set(qn("xml:space"), "preserve")
            element.text = " PAGE "
        run._r.append(element)


def _furniture(section: Any, document: Document, look: WordLook) -> None:
    """Running head and page number, not on the first page."""
    section.different_first_page_header_footer = True
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(head, document.head, look, 9)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, _, after = document.folio.replace("{๙}", "{n}").partition("{n}")
    if document.folio:
        _run(foot, before, look, 11)
        _field(foot)
        _run(foot, after, look, 11)


def _shape(section: Any, *, landscape: bool) -> float:
    """Paper and margins; gives the width of the type area in centimetres."""
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    wide, high = (29.7, 21.0) if landscape else (21.0, 29.7)
    section.page_width, section.page_height = Cm(wide), Cm(high)
    left, right = (1.6, 1.5) if landscape else (2.6, 2.0)
    section.left_margin, section.right_margin = Cm(left), Cm(right)
    section.top_margin, section.bottom_margin = Cm(2.0), Cm(1.8)
    return wide - left - right


def _add(target: Any, block: Block, look: WordLook, width: float) -> float:
    if isinstance(block, Text):
        _text(target, block, look)
    elif isinstance(block, Table):
        _table(target, block, look, width)
    elif isinstance(block, Paper):
        section = target.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = False
        return _shape(section, landscape=block.landscape)
    return width


def write_docx(document: Document, look: WordLook, path: Path) -> None:
    """Writes the report as a Word file."""
    made = docx.Document()
    blocks = list(document.blocks)
    landscape = bool(blocks) and isinstance(blocks[0], Paper) and blocks[0].landscape
    if blocks and isinstance(blocks[0], Paper):
        blocks.pop(0)
    section = made.sections[0]
    width = _shape(section, landscape=landscape)
    _furniture(section, document, look)
    for block in blocks:
        width = _add(made, block, look, width)
    made.save(str(path))

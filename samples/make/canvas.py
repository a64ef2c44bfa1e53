"""A sample drawn with ReportLab: unshaped text, marks chosen by `glyphs`."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from pythainlp.tokenize import word_tokenize
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
)
from reportlab.platypus import Table as Grid

from samples.make.looks import CanvasLook
from samples.make.marks import plain, thai
from samples.make.model import Block, Cell, Document, Paper, Table, Text
from samples.make.truth import placed

__all__ = ["draw"]


@cache
def _file(family: str, bold: bool) -> str:
    style = "bold" if bold else "regular"
    command = ["fc-match", "-f", "%{file}", f"{family}:style={style}"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _fonts(family: str) -> tuple[str, str]:
    names = (f"{family}-R", f"{family}-B")
    for name, bold in zip(names, (False, True), strict=True):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, _file(family, bold)))
    return names


@cache
def _words(text: str) -> tuple[str, ...]:
    return tuple(word_tokenize(text, engine="newmm", keep_whitespace=True))


class _Lines(Flowable):  # type: ignore[misc]
    """Paragraphs of Thai text, broken between words, that may go over a page break."""

    def __init__(self, text: str, font: str, size: float, look: CanvasLook, **shape: Any) -> None:
        super().__init__()
        self.text, self.font, self.size, self.look = text, font, size, look
        self.align: str = shape.get("align", "left")
        self.indent: float = shape.get("indent", 0.0)
        self.left: float = shape.get("left", 0.0)
        self.lines: list[str] = list(shape.get("lines", ()))
        self.given = bool(self.lines)
        self.step = size * look.leading

    def _wide(self, text: str) -> float:
        return float(pdfmetrics.stringWidth(self.look.glyphs(text), self.font, self.size))

    def _break(self, width: float) -> list[str]:
        found = []
        for part in self.text.split("\n"):
            line = " " * round(self.indent / max(1.0, self._wide(" ")))
            for word in _words(part) or ("",):
                if line.strip() and self._wide((line + word).rstrip()) > width - self.left:
                    found.append(line.rstrip())
                    line = ""
                line += word if line.strip() or word.strip() else ""
            found.append(line.rstrip())
        return found

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.room = width
        if not self.given:
            self.lines = self._break(width)
        return width, len(self.lines) * self.step

    def split(self, width: float, height: float) -> list[Flowable]:
        fit = int(height // self.step)
        if not 0 < fit < len(self.lines):
            return []
        shape = {"align": self.align, "left": self.left}
        return [
            _Lines("", self.font, self.size, self.look, lines=part, **shape)
            for part in (self.lines[:fit], self.lines[fit:])
        ]

    def draw(self) -> None:
        self.canv.setFont(self.font, self.size)
        y = len(self.lines) * self.step - self.size * 1.02
        for line in self.lines:
            x = self.left
            if self.align == "center":
                x = (self.room - self._wide(line)) / 2
            elif self.align == "right":
                x = self.room - self._wide(line)
            self.canv.drawString(x, y, self.look.glyphs(line))
            y -= self.step


def _text(block: Text, look: CanvasLook) -> list[Flowable]:
    regular, bold = _fonts(look.family)
    heavy = block.style in {"cover", "title", "heading", "bold"}
    size = look.size * {"cover": 1.3, "small": 0.82}.get(block.style, 1.0)
    shape: dict[str, Any] = {}
    if block.style in {"cover", "title", "center", "sign"}:
        shape["align"] = "center"
    elif block.style == "body":
        shape["indent"] = 36.0
    elif block.style == "list":
        shape["left"] = 34.0
    elif block.style == "right":
        shape["align"] = "right"
    made = _Lines(plain(block.text), bold if heavy else regular, size, look, **shape)
    return [Spacer(1, 26 if block.style == "cover" else 2), made]


def _cell(cell: Cell, look: CanvasLook, size: float) -> _Lines:
    regular, bold = _fonts(look.family)
    return _Lines(plain(cell.text), bold if cell.bold else regular, size, look, align=cell.align)


def _table(table: Table, look: CanvasLook, width: float) -> list[Flowable]:
    size = table.size or look.table_size
    data: list[list[object]] = [[""] * len(table.widths) for _ in table.rows]
    style: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    if table.rules == "grid":
        style.append(("GRID", (0, 0), (-1, -1), 0.6, colors.black))
    top = table.title_rows + table.header_rows
    if top:
        style.append(("BACKGROUND", (0, 0), (-1, top - 1), colors.HexColor(look.fill)))
    for row, column, cell in placed(table):
        data[row][column] = [_cell(cell, look, size)]
        if cell.rows > 1 or cell.columns > 1:
            end = (column + cell.columns - 1, row + cell.rows - 1)
            style.append(("SPAN", (column, row), end))
    grid = Grid(
        data,
        colWidths=[share * width for share in table.widths],
        repeatRows=top if table.repeat_header else 0,
        style=style,
        splitByRow=1,
        splitInRow=0,
    )
    return [Spacer(1, 4), grid, Spacer(1, 8)]


def _furniture(document: Document, look: CanvasLook) -> Callable[[Any, Any], None]:
    def paint(canvas: Any, template: Any) -> None:
        number = canvas.getPageNumber()
        if number == 1:
            return
        wide, high = canvas._pagesize
        regular, _ = _fonts(look.family)
        canvas.setFont(regular, 9)
        canvas.drawCentredString(wide / 2, high - 12 * mm, look.glyphs(document.head))
        canvas.setFont(regular, 11)
        folio = document.folio.replace("{n}", str(number)).replace("{๙}", thai(number))
        canvas.drawCentredString(wide / 2, 9 * mm, look.glyphs(folio))

    return paint


def _story(blocks: tuple[Block, ...], look: CanvasLook, width: float) -> list[Flowable]:
    story: list[Flowable] = []
    for block in blocks:
        if isinstance(block, Text):
            story.extend(_text(block, look))
        elif isinstance(block, Table):
            story.extend(_table(block, look, width))
        elif isinstance(block, Paper):
            width = A4[1] - 30 * mm if block.landscape else A4[0] - 46 * mm
            story += [NextPageTemplate("wide" if block.landscape else "tall"), PageBreak()]
    return story


def draw(document: Document, look: CanvasLook, target: Path) -> None:
    """Draws the report."""
    paint = _furniture(document, look)
    wide = landscape(A4)
    blocks = document.blocks
    first_wide = bool(blocks) and isinstance(blocks[0], Paper) and blocks[0].landscape
    if blocks and isinstance(blocks[0], Paper):
        blocks = blocks[1:]
    tall = Frame(26 * mm, 16 * mm, A4[0] - 46 * mm, A4[1] - 34 * mm, 0, 0, 0, 0)
    flat = Frame(15 * mm, 15 * mm, wide[0] - 30 * mm, wide[1] - 31 * mm, 0, 0, 0, 0)
    templates = [
        PageTemplate("tall", [tall], onPage=paint, pagesize=A4),
        PageTemplate("wide", [flat], onPage=paint, pagesize=wide),
    ]
    made = BaseDocTemplate(
        str(target),
        pagesize=wide if first_wide else A4,
        pageTemplates=templates[::-1] if first_wide else templates,
        invariant=1,
    )
    made.build(_story(blocks, look, (wide[0] - 30 * mm) if first_wide else (A4[0] - 46 * mm)))

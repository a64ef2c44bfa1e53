"""A sample as a workbook of one sheet, for LibreOffice Calc to print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins

from samples.make.marks import plain
from samples.make.model import Cell, Document, Table, Text
from samples.make.truth import placed

__all__ = ["write_xlsx"]

_THIN = Side(style="thin", color="FF000000")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def _paragraph(sheet: Any, row: int, block: Text, columns: int, family: str, size: float) -> None:
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    cell = sheet.cell(row, 1, plain(block.text))
    title = block.style in {"title", "heading"}
    cell.font = Font(name=family, size=size + 2 if title else size - 1, bold=title)
    cell.alignment = Alignment(
        horizontal="center" if block.style in {"title", "center"} else "left",
        vertical="center",
        wrap_text=True,
    )
    sheet.row_dimensions[row].height = size * (3.6 if title else 2)


def _value(text: str) -> object:
    """A number for Excel where the cell is one in ASCII digits, as an office types it."""
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text


def _fill(
    sheet: Any, row: int, column: int, cell: Cell, family: str, size: float, head: bool
) -> None:
    text = plain(cell.text)
    made = sheet.cell(row, column, _value(text))
    if "." in text and not isinstance(made.value, str):
        made.number_format = "0." + "0" * len(text.partition(".")[2])
    made.font = Font(name=family, size=size, bold=cell.bold)
    made.alignment = Alignment(
        horizontal=cell.align,
        vertical="center",
        wrap_text=True,
        text_rotation=90 if cell.vertical else 0,
    )
    for down in range(cell.rows):
        for right in range(cell.columns):
            held = sheet.cell(row + down, column + right)
            held.border = _GRID
            if head:
                held.fill = PatternFill("solid", fgColor="FFDDEBF7")
    if cell.rows > 1 or cell.columns > 1:
        sheet.merge_cells(
            start_row=row,
            start_column=column,
            end_row=row + cell.rows - 1,
            end_column=column + cell.columns - 1,
        )


def _table(sheet: Any, top: int, table: Table, family: str, size: float) -> None:
    head = table.title_rows + table.header_rows
    for row, column, cell in placed(table):
        _fill(sheet, top + row, column + 1, cell, family, table.size or size, row < head)
    for place in range(len(table.rows)):
        lines = max(
            (plain(cell.text).count("\n") + 1 for cell in table.rows[place] if not cell.vertical),
            default=1,
        )
        tall = any(cell.vertical for cell in table.rows[place])
        sheet.row_dimensions[top + place].height = 150 if tall else size * 1.75 * lines
    if table.repeat_header and head:
        sheet.print_title_rows = f"{top}:{top + head - 1}"


def write_xlsx(
    document: Document, path: Path, *, family: str, size: float, landscape: bool, width: float
) -> None:
    """Writes the report as a workbook; `width` is the sum of the column widths in characters."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "ITA"
    table = next(block for block in document.blocks if isinstance(block, Table))
    columns = len(table.widths)
    for place, share in enumerate(table.widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width * share
    row = 1
    for block in document.blocks:
        if isinstance(block, Text):
            _paragraph(sheet, row, block, columns, family, size)
            row += 1
        elif isinstance(block, Table):
            _table(sheet, row, block, family, size)
            row += len(block.rows)
    setup = sheet.page_setup
    setup.orientation = "landscape" if landscape else "portrait"
    setup.paperSize = 9
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins = PageMargins(
        left=0.5, right=0.4, top=0.9, bottom=0.9, header=0.4, footer=0.4
    )
    sheet.oddHeader.center.text = document.head
    sheet.oddFooter.center.text = document.folio.replace("{n}", "&P")
    book.save(path)

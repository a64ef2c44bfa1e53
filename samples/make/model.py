"""The plain shape of a sample report: blocks of marked text, no layout.

Text carries marks, so that what is printed and what is true about it stand in one
place (see `samples.make.marks`). Layout modules print the text, `truth` collects the
marks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = [
    "Block",
    "Cell",
    "Chart",
    "Document",
    "MeasureColumns",
    "Paper",
    "Table",
    "Text",
    "cells",
]

Style = Literal[
    "body", "cover", "title", "heading", "bold", "list", "small", "center", "right", "plain", "sign"
]


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph. `list` is a line of a list, `plain` has no first-line indent."""

    text: str
    style: Style = "body"


@dataclass(frozen=True, slots=True)
class Paper:
    """A new page, from here on upright or landscape."""

    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart: a label and a marked value per bar."""

    bars: tuple[tuple[str, str], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; a newline begins a new paragraph. Spans count from this cell."""

    text: str = ""
    rows: int = 1
    columns: int = 1
    align: Literal["left", "center", "right"] = "left"
    bold: bool = False
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class MeasureColumns:
    """Which column of a table of measures holds what; None where there is no such column."""

    measure: int
    responsible: int | None = None
    period: int | None = None
    steps: int | None = None
    issue: int | None = None
    indicator: int | None = None
    question: int | None = None
    analysis: int | None = None
    result: int | None = None
    outcome: int | None = None
    follow_up: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table. Rows list only the cells that begin in them; spans cover the rest.

    Attributes:
        widths: Share of the width per column.
        title_rows: Rows at the top that are a title across the whole table.
        header_rows: Rows of column headings below the title rows.
        agency_column: Column that names the agency of its row.
        numbered: Whether header rows are printed again on each page.
    """

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    title_rows: int = 0
    header_rows: int = 1
    rules: Literal["grid", "none", "horizontal"] = "grid"
    size: float | None = None
    repeat_header: bool = True
    agency_column: int | None = None
    measures: MeasureColumns | None = None


Block = Text | Paper | Chart | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A report to be typeset, and what is true about it as a whole.

    Attributes:
        facts: The columns of the documents table that the pages decide.
        blocks: The report from top to bottom.
        head: Running head printed on each page but the first.
        folio: Page number as printed, `{n}` in ASCII or `{๙}` in Thai digits
            (LibreOffice prints ASCII ones either way).
        codes: Codes by number of the measure (from 1): those that the measure names.
        planted: What is wrong in the report: rule slug of the audit and words.
    """

    facts: Mapping[str, object]
    blocks: tuple[Block, ...]
    head: str = ""
    folio: str = "- {๙} -"
    codes: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    planted: tuple[tuple[str, str], ...] = ()


def cells(*texts: str | Cell, center: tuple[int, ...] = (), bold: bool = False) -> tuple[Cell, ...]:
    """A row of plain cells; the numbered places are centred."""
    return tuple(
        text
        if isinstance(text, Cell)
        else Cell(text, align="center" if place in center else "left", bold=bold)
        for place, text in enumerate(texts)
    )

"""What stands on the pages: characters, rules, passages of text, tables.

Coordinates are PDF points with the origin at the top left of the page as it is displayed;
pages, tables and rows count from 1. What a page shows stays beside what we make of it: a
`Passage` keeps the printed characters, the cleaned text, and which printed character (with
its box) each cleaned one came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

__all__ = [
    "Box",
    "Cell",
    "Char",
    "Grid",
    "Page",
    "PageContent",
    "Passage",
    "Problem",
    "Rule",
    "TextSource",
]

TextSource = Literal["text", "ocr", "mixed", "none"]


class Box(NamedTuple):
    """A rectangle on a page in points, origin top left, as displayed."""

    x0: float
    top: float
    x1: float
    bottom: float


class Char(NamedTuple):
    """One printed character, or a run of them, as the text layer gives it, before any repair.

    `origin_x`, `origin_y` is the point on the baseline where the glyph was placed.
    It is what decides to which cell and line a character belongs: the boxes of
    zero-width Thai marks are unreliable. `angle` is the direction of writing in
    degrees clockwise (0 upright; 90, 180, 270 as in vertical headers).

    A run is upright text set side by side on one baseline, with its marks and single blanks;
    `starts` then says where each of its letters and blanks begins from the left. Digits, signs and
    what may belong to two cells are never in a run (see `parsers.text.runs`).
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    origin_x: float
    origin_y: float
    size: float
    angle: int = 0
    starts: tuple[float, ...] = ()


class Rule(NamedTuple):
    """A straight ruling line, thin in one direction (also an edge of a drawn rectangle)."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text in reading order: a line, the text of a cell, a paragraph.

    Attributes:
        text: Cleaned text (NFC, sara am composed, damage repaired). Lines are
            separated by a newline.
        printed: The same stretch as the text layer gives it, character for character.
        source: For each character of `text` the index of the character of `printed`
            it came from.
        boxes: For each character of `printed` its box; None for a blank or newline
            that we put in.
        repairs: How often each kind of repair was made to get from `printed` to `text`.
    """

    text: str
    printed: str
    source: tuple[int, ...]
    boxes: tuple[Box | None, ...]
    repairs: Mapping[str, int] = field(default_factory=dict)

    def printed_between(self, start: int, end: int) -> str:
        """What is printed where `text[start:end]` stands."""
        end = min(end, len(self.text))
        if start >= end:
            return ""
        return self.printed[self.source[start] : self.source[end - 1] + 1]

    def box(self, start: int = 0, end: int | None = None) -> Box | None:
        """The rectangle around `text[start:end]`; None where nothing is printed.

        As in a slice, an `end` behind the last character means the last character.
        """
        end = len(self.text) if end is None else min(end, len(self.text))
        if start >= end:
            return None
        held = self.boxes[self.source[start] : self.source[end - 1] + 1]
        boxes = [box for box in held if box is not None]
        if not boxes:
            return None
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return Box(min(lefts), min(tops), max(rights), max(bottoms))


@dataclass(frozen=True, slots=True)
class Page:
    """One page as extracted: what is drawn on it, nothing understood yet.

    `text_source` is `none` where no usable text layer exists; `text_verdict` is a slug
    that says why the text layer was used, repaired or thrown away.
    """

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    rules: tuple[Rule, ...]
    images: tuple[Box, ...]
    text_source: TextSource
    text_verdict: str
    engine: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that went wrong on the way and did not end the work."""

    slug: str
    detail: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid. Rows and columns count from 0 inside the grid.

    A merged cell stands once, at its top left place, with its spans. `page` is the page
    it is printed on: the rows of a grid may come from several pages.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    page: int
    box: Box
    passage: Passage

    @property
    def text(self) -> str:
        """The cleaned text of the cell."""
        return self.passage.text


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: cells in rows and columns, joined over the pages that it runs over.

    Attributes:
        number: Number of the table in the document, from 1, in reading order.
        page_first: Page on which it begins.
        page_last: Page on which it ends.
        box: Its rectangle on the first page.
        row_count: Rows, the header rows included, repeated headers left out.
        column_count: Columns.
        header_rows: How many rows at the top are column headings (0 to 3).
        cells: The cells in order of row and column. A place that no cell covers was
            empty on the page.
        caption: Lines directly above the table on the page (and full-width title rows
            printed inside the table above its headings), nearest last.
        ruled: Whether ruling lines made it (else alignment alone).
    """

    number: int
    page_first: int
    page_last: int
    box: Box
    row_count: int
    column_count: int
    header_rows: int
    cells: tuple[Cell, ...]
    caption: tuple[Passage, ...]
    ruled: bool

    def cell_at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place, merged cells included."""
        for cell in self.cells:
            if (
                cell.row <= row < cell.row + cell.row_span
                and cell.column <= column < cell.column + cell.column_span
            ):
                return cell
        return None


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page taken apart: the lines that stand outside tables, in reading order.

    `repairs` counts the repairs of the text by kind; `tables` the grids that begin or
    go on here; `words` the words of the page, table text included.
    """

    page: int
    width: float
    height: float
    text_source: TextSource
    text_verdict: str
    lines: tuple[Passage, ...]
    repairs: Mapping[str, int]
    word_count: int
    table_count: int

"""The records that the parsers hand to each other: frozen, plain, picklable.

Coordinates are PDF points with the origin at the top left of the page as it is
displayed; pages, tables and rows count from 1. Years are fiscal years of the
Buddhist era (CE + 543). Scores are `Decimal` with the printed precision; a score
that could not be read is `None`, never 0.

What a page shows stays beside what we make of it: a `Passage` keeps the printed
characters, the cleaned text, and which printed character (with its box) each
cleaned one came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

__all__ = [
    "Advice",
    "Agency",
    "Box",
    "Cell",
    "Char",
    "Claim",
    "ClaimKind",
    "DocumentKind",
    "DocumentStatus",
    "Grid",
    "Identity",
    "Level",
    "Measure",
    "Mention",
    "Page",
    "PageContent",
    "Passage",
    "Place",
    "Problem",
    "Quote",
    "Rank",
    "Rating",
    "Report",
    "Rule",
    "Scale",
    "Scheme",
    "Score",
    "TextSource",
]

Level = Literal["total", "instrument", "indicator", "subindicator", "question"]
Scale = Literal["percent", "weighted"]
Place = Literal["table", "list", "sentence", "chart"]
TextSource = Literal["text", "ocr", "mixed", "none"]
DocumentStatus = Literal["ok", "partial", "refused"]
DocumentKind = Literal["analysis", "measures", "result", "other"]
ClaimKind = Literal[
    "each",
    "highest",
    "lowest",
    "pass",
    "fail",
    "pass-count",
    "fail-count",
    "threshold",
    "share",
    "row-count",
    "change",
]
Scheme = Literal["nacc-ita", "nacc-ita-5", "other"]


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


@dataclass(frozen=True, slots=True)
class Agency:
    """The agency that a document is about. Names are Thai; None where not found."""

    agency_id: str
    name: str
    name_printed: str
    type: str
    tambon: str | None = None
    district: str | None = None
    province: str | None = None
    province_code: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """What kind of document this is, of whom, and of which years.

    A list of several agencies' results has no agency of its own; `province` is then the
    one that it is about.
    """

    kind: DocumentKind
    scheme: Scheme | None
    agency: Agency | None
    result_year_be: int | None
    report_year_be: int | None
    province: str | None = None
    province_code: str | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """One printed score, as often as it is printed (table `scores` of the dataset).

    `readings` are the numbers that a value of None may be, where that is known: the audit
    decides between them if arithmetic can. `instrument_printed` is the instrument that the
    caption or the row's own cell names, whatever the code says (both internal).
    """

    score_id: str
    year_be: int | None
    level: Level
    code: str
    code_printed: str
    code_rule: str
    label_printed: str
    value: Decimal | None
    value_printed: str
    value_rule: str
    scale: Scale
    place: Place
    page: int
    box: Box
    table_no: int | None
    row_no: int | None
    text_source: Literal["text", "ocr"]
    confidence: float
    agency_name_printed: str | None = None
    readings: tuple[Decimal, ...] = ()
    instrument_printed: str = ""


@dataclass(frozen=True, slots=True)
class Rating:
    """A printed judgement: a level word ("ต้องปรับปรุง", "AA") or a pass mark ("ผ่านเกณฑ์").

    `kind` is `level` or `pass`; `rating` is the level's name as the catalogue spells it,
    or `pass` / `fail`. `code` is what it judges: `ITA` or an indicator, as in `Score`.
    """

    rating_id: str
    year_be: int | None
    kind: Literal["level", "pass"]
    code: str
    rating: str
    rating_printed: str
    place: Place
    page: int
    box: Box
    table_no: int | None
    row_no: int | None
    agency_name_printed: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A code that is printed with words of what it asks (internal to the audit).

    Attributes:
        code: The code that the printed token and the words make.
        rule: `exact` and `zero-for-o` where the token alone says so; `quoted` where a year's
            question with these words told the code ("๑๑๙" is i19).
        title: The words: the title after a code, or what stands before a code in brackets.
        page: Page.
        box: Place of the token; None where it could not be told.
    """

    code: str
    rule: str
    title: str
    page: int
    box: Box | None


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of an improvement plan or its follow-up (table `measures`).

    `columns` are the fields for which its table has a column of its own (`measure`, `steps`,
    `responsible`, `period`, `result`, `outcome`, …); `quotes` the questions that it quotes
    with their numbers; `table_no` its table (all internal to the audit).
    """

    measure_id: str
    year_be: int | None
    issue_no: int | None
    issue_printed: str
    codes: tuple[str, ...]
    indicator: str
    analysis: str
    measure: str
    steps: str
    responsible: str
    period_printed: str
    period_start: str | None
    period_end: str | None
    result: str
    outcome: str
    follow_up: str
    page_first: int
    page_last: int
    columns: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    table_no: int | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """A question or item that the text discusses without a score (table `advice`).

    `box` is the place of its code; `references` are the items that it refers to in brackets,
    each with the words before it (internal to the audit).
    """

    year_be: int | None
    code: str
    code_printed: str
    code_rule: str
    label_printed: str
    text: str
    refers_to: tuple[str, ...]
    page: int
    box: Box | None = None
    references: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence says about scores, beyond printing one (internal to the audit).

    Attributes:
        kind: `each` (codes with the values that the sentence gives them: a range, a list,
            "ตามลำดับ"), `highest` or `lowest` (no other of `among` is above, or below, the
            codes), `pass` or `fail` (every code listed; no code: all of `among`),
            `pass-count` or `fail-count` (`count` of `of` things of `level`), `threshold`
            (`values` the pass mark), `share` (`count` of `of` is said to be `values`
            percent), `row-count` (`count` agencies announced), `change` (the score rose by
            `values` points, a negative number if it fell, since `than_year_be`).
        year_be: Fiscal year (Buddhist era) that it speaks of; None where unknown.
        level: What is counted or compared; None where the codes say it. Agencies are
            counted by their totals.
        codes: Codes as in `Score`, in the order of the sentence.
        values: Points: for `each` one for every code or one for all of them; for `pass`,
            `fail` and the counts the mark if the sentence names one.
        count: A number of things.
        of: Out of how many; None where not said.
        printed: The clause as printed, cleaned.
        page: Page.
        box: Place of the clause.
        table_no: The table it stands in; None in running text.
        row_no: The row of that table.
        agency_name_printed: The agency in a document of several; else None.
        among: What the codes are compared with or counted in: an instrument, an indicator,
            `ITA` for everything; empty where the sentence does not say it.
        than_year_be: For `change` the year that it is compared with.
        scores: For `each` the `score_id` of every score that the sentence itself prints.
    """

    kind: ClaimKind
    year_be: int | None
    level: Level | None
    codes: tuple[str, ...]
    values: tuple[Decimal, ...]
    count: int | None
    of: int | None
    printed: str
    page: int
    box: Box
    table_no: int | None = None
    row_no: int | None = None
    agency_name_printed: str | None = None
    among: str = ""
    than_year_be: int | None = None
    scores: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rank:
    """A row of an agency in a table of several agencies, with its printed place.

    Attributes:
        agency_name_printed: The agency.
        year_be: Fiscal year (Buddhist era) of the table; None where unknown.
        rank: The number that stands before it; None where none does or it cannot be read.
        rank_printed: The same as printed.
        page: Page.
        box: Place of the number, or of the row's name.
        table_no: Table.
        row_no: Row of that table.
        running: Whether the heading calls it a number (ลำดับ, ที่) and not a rank (อันดับ):
            then it is a rank only if the table is in order of score.
    """

    agency_name_printed: str
    year_be: int | None
    rank: int | None
    rank_printed: str
    page: int
    box: Box
    table_no: int
    row_no: int
    running: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency, a place or a fiscal year that the document names (internal to the audit).

    Each distinct name is held with the first few places where it stands.

    Attributes:
        kind: What is named.
        printed: As printed, cleaned.
        name: What it means: the agency's full name, the place's name, the year as digits.
        role: Where it stands: `title` (first page), `heading`, `table` (caption, column
            heading, cell), `series` (beside other years that it is compared with),
            `signature`, `partner` (somebody visited, worked with, compared with, or one of
            a list) or `text`. A name in a title says more than one in passing.
        page: Page.
        box: Place.
        of: For a year what it is the year of (`result`, `plan`, `follow-up`, else empty);
            `agency` for a place that says where the document's own agency lies.
        context: The heading that a year stands in; for a place the names of the places
            around it as printed with it (district, province).
    """

    kind: Literal["agency", "tambon", "district", "province", "year"]
    printed: str
    name: str
    role: str
    page: int
    box: Box
    of: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All that was read from one document.

    A document that could not be read has status `refused`, a reason and nothing else;
    one that was read in part has `partial`, a reason and what could be read.
    """

    document_id: str
    byte_size: int
    page_count: int | None
    status: DocumentStatus
    status_reason: str
    status_detail: str
    text_source: TextSource
    identity: Identity | None = None
    pages: tuple[PageContent, ...] = ()
    grids: tuple[Grid, ...] = ()
    scores: tuple[Score, ...] = ()
    ratings: tuple[Rating, ...] = ()
    measures: tuple[Measure, ...] = ()
    advice: tuple[Advice, ...] = ()
    claims: tuple[Claim, ...] = ()
    ranks: tuple[Rank, ...] = ()
    mentions: tuple[Mention, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

"""What is read from a document: whose it is, its scores, judgements, measures and advice.

Years are fiscal years of the Buddhist era (CE + 543). Scores are `Decimal` with the printed
precision; a score that could not be read is `None`, never 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from parsers.model.page import Box, Grid, PageContent, Problem, TextSource
from parsers.model.said import Claim, Mention, Quote
from parsers.model.terms import DocumentKind, DocumentStatus, Level, Place, Scale, Scheme

__all__ = [
    "Advice",
    "Agency",
    "Identity",
    "Measure",
    "Rank",
    "Rating",
    "Report",
    "Score",
]


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

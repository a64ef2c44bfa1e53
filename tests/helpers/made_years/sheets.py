"""A report in the making: what stands in its tables and sentences, before it is printed.

Damages change cells of a sheet; `Sheet.report()` gives the records as the parsers would,
`made_years.typeset` prints the same sheet as a PDF.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from itertools import count
from typing import Any, Literal, TypeVar

from made_years.truth import Truth

from parsers.model import (
    Agency,
    Box,
    Claim,
    Grid,
    Identity,
    Measure,
    Mention,
    PageContent,
    Passage,
    Place,
    Rank,
    Rating,
    Report,
    Scale,
    Score,
)
from parsers.text.broken import possible_values
from pipeline.audit.quantities import level_of

__all__ = ["AGENCY", "Block", "Cell", "Sheet", "record", "rows_of"]

Role = Literal[
    "summary",
    "indicators",
    "questions",
    "items",
    "subindicators",
    "weighted",
    "memo",
    "said",
    "chart",
    "agencies",
    "before",
    "part",
]
AGENCY = Agency(
    "30-test",
    "องค์การบริหารส่วนตำบลบ้านเก่า",
    "อบต.บ้านเก่า",
    "tambon-administration",
    "บ้านเก่า",
    "โนนไทย",
    "นครราชสีมา",
    "30",
)
_ROW_HEIGHT = 16.0
_PAGES = 12
_Record = TypeVar("_Record")


def record(kind: type[_Record], /, **what: Any) -> _Record:
    """A record of the parsers; what this version of it does not hold is left out."""
    known = {entry.name for entry in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in what.items() if name in known})


@dataclass(slots=True)
class Cell:
    """One printed score.

    Attributes:
        code: What it is a score of, as a reader takes it.
        text: As printed; None for one that cannot be read.
        row: Row of its table, or number of its sentence.
        printed_code: The code as printed before it.
        title: The title as printed beside it.
        rule: How a reader finds the code, as in `Score.code_rule`.
        broken: What is printed where that is no number.
    """

    code: str
    text: str | None
    row: int
    year_be: int | None
    scale: Scale = "percent"
    printed_code: str = ""
    title: str = ""
    agency: str | None = None
    column: int = 0
    rule: str = "exact"
    broken: str = ""

    @property
    def value(self) -> Decimal | None:
        """The printed number."""
        return None if self.text is None else Decimal(self.text)


@dataclass(slots=True)
class Block:
    """A table, a chart, or a run of sentences.

    `instrument` is the one that the heading names, whatever the codes say.
    """

    role: Role
    place: Place
    page: int
    cells: list[Cell]
    heading: str = ""
    instrument: str = ""

    def cell(self, code: str) -> Cell | None:
        """The first cell of a code."""
        return next((cell for cell in self.cells if cell.code == code), None)


@dataclass(slots=True)
class Sheet:
    """A report before it is printed.

    Attributes:
        truth: The exact scores of the agency.
        texts: What is printed of every code where nothing is damaged.
        blocks: Tables, charts and sentences.
    """

    truth: Truth
    texts: dict[str, str]
    layout: str
    blocks: list[Block] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    ranks: list[Rank] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    agency: Agency = AGENCY
    result_year_be: int | None = None

    @property
    def year_be(self) -> int:
        """The fiscal year of the scores."""
        return self.truth.year.year_be

    def block(self, *roles: Role) -> Block | None:
        """The first block of one of these roles."""
        return next((block for block in self.blocks if block.role in roles), None)

    def own_cells(self, *roles: Role) -> Iterator[Cell]:
        """The agency's own percentages of the year in blocks of these roles (default: all)."""
        for block in self.blocks:
            if not roles or block.role in roles:
                for cell in block.cells:
                    if cell.agency is None and cell.year_be == self.year_be:
                        yield cell

    def report(self) -> Report:
        """The records of this report."""
        numbers = count(1)
        scores = [
            _score(f"s{next(numbers)}", block, table_no, cell)
            for table_no, block in enumerate(self.blocks, start=1)
            for cell in block.cells
        ]
        several = any(block.role == "agencies" for block in self.blocks)
        own = None if several else self.agency
        shown = self.result_year_be or self.year_be
        return Report(
            document_id="d" * 64,
            byte_size=1,
            page_count=_PAGES,
            status="ok",
            status_reason="",
            status_detail="",
            text_source="text",
            identity=Identity(
                "analysis" if own else "result",
                "nacc-ita",
                own,
                shown,
                shown + 1,
                "นครราชสีมา",
                "30",
            ),
            pages=tuple(_page(number) for number in range(1, _PAGES + 1)),
            grids=tuple(
                _grid(block, number)
                for number, block in enumerate(self.blocks, start=1)
                if block.place == "table"
            ),
            scores=tuple(scores),
            ratings=tuple(self.ratings),
            measures=tuple(self.measures),
            claims=tuple(self.claims),
            ranks=tuple(self.ranks),
            mentions=tuple(self.mentions),
        )

    def copy(self) -> Sheet:
        """A copy whose cells can be changed."""
        return replace(
            self,
            blocks=[replace(b, cells=[replace(c) for c in b.cells]) for b in self.blocks],
            ratings=list(self.ratings),
            claims=list(self.claims),
            ranks=list(self.ranks),
            mentions=list(self.mentions),
            measures=list(self.measures),
        )


def _score(score_id: str, block: Block, table_no: int, cell: Cell) -> Score:
    top = 100.0 + _ROW_HEIGHT * cell.row
    left = 380.0 + 60.0 * cell.column
    in_table = block.place == "table"
    return record(
        Score,
        score_id=score_id,
        year_be=cell.year_be,
        level=level_of(cell.code),
        code=cell.code,
        code_printed=cell.printed_code or cell.code,
        code_rule=cell.rule,
        label_printed=cell.title,
        value=cell.value,
        value_printed=cell.text or cell.broken or "?",
        readings=possible_values(cell.broken) if cell.broken else (),
        value_rule="exact" if cell.text is not None else "unreadable",
        scale=cell.scale,
        place=block.place,
        page=block.page,
        box=Box(left, top, left + 30, top + 12),
        table_no=table_no if in_table else None,
        row_no=cell.row if in_table else None,
        text_source="text",
        confidence=1.0,
        agency_name_printed=cell.agency,
        instrument_printed=block.instrument,
    )


def _page(number: int) -> PageContent:
    return PageContent(number, 595.0, 842.0, "text", "good", (), {}, 0, 0)


def _grid(block: Block, number: int) -> Grid:
    """The table as such: where it stands, and the line above it."""
    boxes = tuple(Box(90.0 + 7 * i, 80.0, 97.0 + 7 * i, 94.0) for i in range(len(block.heading)))
    title = Passage(block.heading, block.heading, tuple(range(len(block.heading))), boxes)
    rows = max((cell.row for cell in block.cells), default=1)
    place = Box(80.0, 96.0, 520.0, 120.0 + _ROW_HEIGHT * rows)
    caption = (title,) if block.heading else ()
    return Grid(number, block.page, block.page, place, rows, 3, 1, (), caption, True)


def rows_of(codes: Sequence[str]) -> dict[str, int]:
    """Row numbers from 2 on: the heading is row 1."""
    return {code: row for row, code in enumerate(codes, start=2)}

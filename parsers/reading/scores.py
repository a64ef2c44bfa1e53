"""Grids to scores: every printed score of a table with its box, subject and scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from parsers.knowledge.catalogue import catalogue
from parsers.knowledge.titles import match_level, match_pass
from parsers.knowledge.vocabulary import row_says
from parsers.model import Cell, Grid, Passage, Rank, Rating, Scale, Score
from parsers.reading.codes import code_number, code_prefix
from parsers.reading.columns import Column, Layout
from parsers.reading.prose import read_prose
from parsers.reading.ranks import read_ranks
from parsers.reading.rows import Row, read_rows
from parsers.reading.subjects import SUMMARY, Subject
from parsers.text.numbers import Number, find_numbers, read_score
from parsers.text.thai import unwrap

__all__ = ["GridReading", "read_scores"]

# "ปีงบประมาณ พ.ศ. ๒๕๖๗": a row that is named by a year alone.
_ONLY_A_YEAR = regex.compile(r"[\s\d.]*(?:ประจำ)?(?:ปี)?(?:งบประมาณ)?(?:พ\.?ศ\.?)?[\s\d.]*")
_PARTS = {"EIT1": "ep", "EIT2": "es"}
# The parts of a weighted total leave this much for rounding.
# A subject that only its table tells: the total of a year, or of what stands above it.
_VAGUE = frozenset({"row-of-year", SUMMARY})
_SUM_TOLERANCE = Decimal("0.05")
_LARGEST_WEIGHT = Decimal("0.4")
_HALVES = {"EIT", "EIT1", "EIT2"}
_NO_WEIGHTS: dict[str, Decimal] = {}


@dataclass(frozen=True, slots=True)
class GridReading:
    """What one grid says: its scores and ratings (ids still empty), and what it is.

    `ranks` are the rows of a table of several agencies.
    """

    scores: tuple[Score, ...]
    ratings: tuple[Rating, ...]
    multi_agency: bool
    ranks: tuple[Rank, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """A score cell with all that its row and column say of it."""

    row: Row
    column: Column
    cell: Cell
    subject: Subject
    agency: str | None
    year_be: int | None


def read_scores(layout: Layout, *, year_be: int | None) -> GridReading:
    """Read the scores and ratings of one grid.

    Args:
        layout: The table, joined over its pages, with its columns understood.
        year_be: The fiscal year whose result the document analyses; scores are of this
            year where neither row nor column names another.

    Returns:
        Scores and ratings in order of row and column.
    """
    held = {column.role for column in layout.columns if column.role}
    if not held & {"score", "weighted", "level", "pass"}:
        return GridReading(*read_prose(layout, year_be=year_be), False)
    scores: list[Score] = []
    ratings: list[Rating] = []
    ranks: list[Rank] = []
    several = False
    for block in layout.blocks():
        rows = read_rows(block, year_be=year_be)
        by_column = _column_wise(block.columns)
        multi = _several_agencies(rows, block.columns)
        several = several or multi
        told = [
            (place, score)
            for place in _places(block, rows, by_column, multi, year_be)
            if (score := _score_of(layout.grid, place))
        ]
        scores += _scaled([score for _, score in told], [place for place, _ in told])
        ratings += _ratings(block, rows, by_column=by_column, multi=multi, year_be=year_be)
        ranks += read_ranks(block, rows, year_be=year_be) if multi else ()
    prose = ((), ()) if several else read_prose(layout, year_be=year_be)
    return GridReading((*scores, *prose[0]), (*ratings, *prose[1]), several, tuple(ranks))


def _column_wise(columns: Sequence[Column]) -> bool:
    """Whether the headings name the subjects (one row an agency or year)."""
    named = {column.subject.code for column in columns if column.holds_scores and column.subject}
    return len(named - {"ITA"}) >= 2 or (named == {"ITA"} and _agency_column(columns))


def _agency_column(columns: Sequence[Column]) -> bool:
    return any(column.role == "agency" for column in columns)


def _assessed(layout: Layout) -> bool:
    """Whether headings or caption speak of the assessment; else a bare "รวม" tells nothing."""
    texts = [column.heading for column in layout.columns if column.holds_scores]
    texts += [unwrap(line.text) for line in layout.grid.caption[-2:]]
    return any(row_says("assessed", text) for text in texts)


def _several_agencies(rows: Sequence[Row], columns: Sequence[Column]) -> bool:
    if len({column.agency for column in columns if column.agency}) > 1:
        return True
    return len({row.agency for row in rows if row.agency and not row.of_several}) > 1


def _places(
    layout: Layout, rows: Sequence[Row], by_column: bool, multi: bool, year_be: int | None
) -> Iterator[_Place]:
    assessed = _assessed(layout)
    for row in rows:
        if row.skipped:
            continue
        for column in layout.columns:
            cell = layout.matrix[row.index][column.index]
            if not column.holds_scores or cell is None or not cell.text.strip():
                continue
            if cell.row != row.index or cell.column != column.index:
                continue
            agency = (column.agency or row.agency) if multi and not row.of_several else None
            if multi and agency is None and not row.of_several:
                continue
            subject = _subject(row, column, by_column)
            if subject and (assessed or subject.rule not in _VAGUE):
                year = column.year_be or row.year_be or year_be
                yield _Place(row, column, cell, subject, agency, year)


def _subject(row: Row, column: Column, by_column: bool) -> Subject | None:
    """The row names what a score is of; in tables of agencies and years the column does."""
    own = row.subject if row.subject and row.subject.level != "total" else None
    if by_column and column.subject and (own is None or row.agency):
        return column.subject
    if row.subject is None:
        if column.subject and (row.agency or row.year_be):
            return column.subject
        if row.year_be and column.role == "score" and _ONLY_A_YEAR.fullmatch(row.label):
            return Subject("total", "ITA", row.label, "row-of-year")
        return None
    return _part_of_eit(row.subject, column)


def _part_of_eit(subject: Subject, column: Column) -> Subject:
    """e3 in a column headed EIT part 1 is ep3."""
    part = _PARTS.get(column.subject.code) if column.subject else None
    if part and code_prefix(subject.code) == "e":
        code = f"{part}{code_number(subject.code)}"
        return Subject("question", code, subject.printed, "part-from-heading")
    return subject


def _score_of(grid: Grid, place: _Place) -> Score | None:
    """The score of a cell, readable or not; None for a dash or a text without a number."""
    text = place.cell.text
    number = read_score(text)
    if number is None:
        numbers = [n for n in find_numbers(text) if n.kind in {"plain", "percent"}]
        number = numbers[0] if len(numbers) == 1 and numbers[0].value is None else None
    return _score(grid, place, number) if number else None


def _score(grid: Grid, place: _Place, number: Number) -> Score:
    passage = place.cell.passage
    start, end = number.start, number.end
    share = place.subject.level != "total"
    share = share and (place.column.role == "weighted" or place.row.weighted)
    scale: Scale = "weighted" if share else "percent"
    return Score(
        score_id="",
        year_be=place.year_be,
        level=place.subject.level,
        code=place.subject.code,
        code_printed=place.subject.printed,
        code_rule=place.subject.rule,
        label_printed=place.row.label or place.column.heading,
        value=number.value,
        value_printed=passage.printed_between(start, end).strip(),
        value_rule=number.rule,
        scale=scale,
        place="table",
        page=place.cell.page,
        box=passage.box(start, end) or place.cell.box,
        table_no=grid.number,
        row_no=place.row.index - grid.header_rows + 1,
        text_source="text",
        confidence=1.0 if number.value is not None else 0.0,
        agency_name_printed=place.agency,
        readings=number.readings,
        instrument_printed=place.row.instrument_printed,
    )


def _scaled(scores: list[Score], places: Sequence[_Place]) -> list[Score]:
    """Tell weighted from percent scores where instruments add up to the total.

    A table may print IIT, EIT and OIT as shares of 30, 30 and 40 without saying so: then
    no share is above its weight, and in most rows the shares sum up to the total. Columns
    beside each other (score, weighted score) are judged each for itself.
    """
    groups: dict[tuple[str | None, int | None, int | None], list[int]] = {}
    for index, (score, place) in enumerate(zip(scores, places, strict=True)):
        if score.level in {"instrument", "total"} and score.value is not None:
            lane = None if place.subject is place.column.subject else place.column.index
            key = (score.agency_name_printed, score.year_be, lane)
            groups.setdefault(key, []).append(index)
    judged: dict[int | None, list[bool]] = {}
    for (_, _, lane), members in groups.items():
        verdict = _adds_up([scores[i] for i in members])
        if verdict is not None:
            judged.setdefault(lane, []).append(verdict)
    weighted = {lane for lane, said in judged.items() if 2 * sum(said) > len(said)}
    shares = {i for (_, _, lane), members in groups.items() if lane in weighted for i in members}
    return [
        replace(score, scale="weighted")
        if index in shares and score.level == "instrument"
        else score
        for index, score in enumerate(scores)
    ]


def _adds_up(scores: Sequence[Score]) -> bool | None:
    """Whether a set of instruments sums up to its total; None where it cannot be said."""
    values = {
        score.code: score.value
        for score in scores
        if score.level == "instrument" and score.value is not None
    }
    total = next((score for score in scores if score.level == "total"), None)
    if not {"IIT", "OIT"} <= values.keys() or not _HALVES & values.keys():
        return None
    if "EIT" in values:
        values = {code: value for code, value in values.items() if code not in {"EIT1", "EIT2"}}
    weights = _weights(scores[0].year_be)
    if any(value > weights.get(code, _LARGEST_WEIGHT) * 100 for code, value in values.items()):
        return False
    if total is None or total.value is None:
        return True
    return abs(sum(values.values()) - total.value) <= _SUM_TOLERANCE


def _weights(year_be: int | None) -> dict[str, Decimal]:
    year = catalogue(year_be) if year_be else None
    return dict(year.weights()) if year else _NO_WEIGHTS


def _ratings(
    layout: Layout,
    rows: Sequence[Row],
    *,
    by_column: bool,
    multi: bool,
    year_be: int | None,
) -> Iterator[Rating]:
    total = Subject("total", "ITA", "", "exact")
    for column in layout.columns:
        if column.role not in {"level", "pass"}:
            continue
        for row in rows:
            cell = layout.matrix[row.index][column.index]
            if row.skipped or cell is None or cell.row != row.index or not cell.text.strip():
                continue
            subject = total if by_column or row.agency or row.year_be else row.subject
            judged = _judgement(unwrap(cell.text), column)
            if subject and subject.code and judged:
                agency = (column.agency or row.agency) if multi else None
                yield _rating(
                    layout.grid,
                    row,
                    cell,
                    subject,
                    judged,
                    agency,
                    column.year_be or row.year_be or year_be,
                )


def _judgement(text: str, column: Column) -> tuple[str, str] | None:
    """Kind and rating of a cell: a level word first where the column is one of levels."""
    level = match_level(text)
    passed = match_pass(text)
    if level and (column.role == "level" or passed is None):
        return "level", level
    if passed is not None:
        return "pass", "pass" if passed else "fail"
    return None


def _rating(
    grid: Grid,
    row: Row,
    cell: Cell,
    subject: Subject,
    judged: tuple[str, str],
    agency: str | None,
    year_be: int | None,
) -> Rating:
    kind, rating = judged
    passage: Passage = cell.passage
    return Rating(
        rating_id="",
        year_be=year_be,
        kind="level" if kind == "level" else "pass",
        code=subject.code,
        rating=rating,
        rating_printed=passage.printed.strip(),
        place="table",
        page=cell.page,
        box=passage.box() or cell.box,
        table_no=grid.number,
        row_no=row.index - grid.header_rows + 1,
        agency_name_printed=agency,
    )

"""Plans of measures and their follow-ups: one row a measure, whatever the columns' order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from parsers.knowledge.titles import match_indicator
from parsers.knowledge.vocabulary import column_role
from parsers.model import Cell, Grid, Measure, Quote
from parsers.reading.cellends import with_ends
from parsers.reading.columns import Column, Layout
from parsers.reading.plancodes import codes_of, quotes_of
from parsers.reading.planheads import PlanHead
from parsers.reading.planissues import issue_of
from parsers.text.dates import Period, read_period
from parsers.text.months import BUDDHIST_OFFSET
from parsers.text.thai import unwrap

__all__ = ["is_plan", "lists_measures", "read_measures"]

# A plan names what is done and at least one of: by whom, when, how, with what result.
_DOING = {"measure", "steps"}
_ABOUT = {"responsible", "period", "follow_up", "outcome", "result", "steps"}
_SUBJECT_ROLES = {"label", "issue", "number", None}
# Where a measure says which questions it answers.
_ABOUT_QUESTIONS = ("issue", "label", "instrument", "analysis", "measure")
# One cell over several rows says these of each of them.
_SHARED = {"responsible", "period"}
# What a measure has once; a row without is none of its own.
_KEYS = {"responsible", "period"}
_NAMES = {"issue", "label", "number", "instrument"}
_NUMBERED = regex.compile(r"\(?[0-9๐-๙]{1,2}[.)]")
_FIRST_MONTH = 10
_BLANKS = regex.compile(r"[ \t]+")


@dataclass(frozen=True, slots=True)
class _Row:
    """The texts of one body row by role; `page_first`, `page_last` where they stand.

    `shared` are those of cells that began in a row above: one period for several measures;
    `empty` the roles of its own cells in which nothing stands (merged ones are not);
    `cells` the cells whose texts they are.
    """

    texts: dict[str, str]
    cells: dict[str, Cell]
    shared: dict[str, str]
    empty: frozenset[str]
    section: str
    page_first: int
    page_last: int


def is_plan(columns: Sequence[Column]) -> bool:
    """Whether a table with these columns lists measures."""
    roles = {column.role for column in columns}
    if roles & {"score", "weighted"}:
        return False
    named = len(roles & _ABOUT)
    return (
        ("measure" in roles and named >= 1)
        or (named >= 2 and "responsible" in roles)
        or {"result", "outcome"} <= roles
    )


def lists_measures(layout: Layout) -> bool:
    """Whether a table is a plan or its follow-up."""
    return is_plan(_with_measure_column(layout.columns))


def read_measures(
    layout: Layout, *, year_be: int | None, head: PlanHead | None = None
) -> tuple[Measure, ...]:
    """The measures of one grid; empty where it is no plan.

    Args:
        layout: The table, joined over its pages, with its columns understood.
        year_be: Fiscal year (BE) of the report, also of the plan where nothing says otherwise.
        head: What the headings above the table say of all its measures.
    """
    columns = _with_measure_column(layout.columns)
    if not is_plan(columns):
        return ()
    rows = _continued(list(_rows(layout, columns)))
    head = head or PlanHead()
    planned = _year_of_dates(rows) or head.year_be or year_be
    held = tuple(dict.fromkeys(column.role for column in columns if column.role))
    read = (_measure(row, year_be, planned, head.indicator) for row in rows)
    number = layout.grid.number
    return tuple(replace(measure, columns=held, table_no=number) for measure in read)


def _year_of_dates(rows: Sequence[_Row]) -> int | None:
    """The fiscal year in which all dated measures of a plan end, for those without a date."""
    ends = [period.end for row in rows if (period := _period(row, None)) and period.end]
    years = {int(end[:4]) + BUDDHIST_OFFSET + (int(end[5:7]) >= _FIRST_MONTH) for end in ends}
    return years.pop() if len(years) == 1 else None


def _period(row: _Row, year_be: int | None) -> Period | None:
    text = row.texts.get("period", "") or row.texts.get("follow_up", "")
    return read_period(text, default_year_be=year_be)


def _with_measure_column(columns: Sequence[Column]) -> Sequence[Column]:
    """A plan without a column called มาตรการ has its measures in the first label column."""
    roles = [column.role for column in columns]
    if "measure" in roles or not set(roles) & {"responsible", "result"}:
        return columns
    for column in columns:
        if column_role(column.lowest) == "measure":
            return [replace(c, role="measure") if c is column else c for c in columns]
    for column in columns:
        if column.role in {"label", "advice", "issue"}:
            return [replace(c, role="measure") if c is column else c for c in columns]
    return columns


def _rows(layout: Layout, columns: Sequence[Column]) -> Iterator[_Row]:
    grid = layout.grid
    section = " ".join(unwrap(line.text) for line in grid.caption[-1:])
    section = section if issue_of(section) else ""
    for index, row in layout.body():
        cells = _distinct(row)
        filled = [cell for cell in cells if cell.text.strip()]
        if not filled:
            continue
        if _is_section(filled, grid):
            section = unwrap(filled[0].text)
            continue
        if all(cell.row < index for cell in filled):
            continue
        yield _row(index, row, columns, section)


def _distinct(cells: Sequence[Cell | None]) -> list[Cell]:
    found: list[Cell] = []
    for cell in cells:
        if cell is not None and all(cell is not other for other in found):
            found.append(cell)
    return found


def _is_section(filled: Sequence[Cell], grid: Grid) -> bool:
    """A row of one cell over the whole width (or alone with an issue's name) is a heading."""
    if len(filled) != 1:
        return False
    wide = filled[0].column_span >= max(2, grid.column_count - 1)
    return wide or (filled[0].column == 0 and issue_of(unwrap(filled[0].text)) is not None)


def _row(index: int, cells: Sequence[Cell | None], columns: Sequence[Column], section: str) -> _Row:
    texts: dict[str, str] = {}
    held: dict[str, Cell] = {}
    shared: dict[str, str] = {}
    empty: set[str] = set()
    pages: list[int] = []
    for column in columns:
        cell = cells[column.index]
        role = column.role or "label"
        if cell is None:
            empty.add(role)
        if cell is None or cell.column != column.index:
            continue
        if cell.row < index and role not in {"issue", "label", "number", "instrument"}:
            shared[role] = _tidy(cell.text)
            continue
        text = _tidy(with_ends(cell))
        if not text:
            empty.add(role)
        else:
            held.setdefault(role, cell)
            texts[role] = f"{texts[role]}\n{text}" if role in texts else text
            if cell.row == index:
                pages.append(cell.page)
    return _Row(
        texts,
        held,
        shared,
        frozenset(empty - texts.keys()),
        section,
        min(pages, default=1),
        max(pages, default=1),
    )


def _tidy(text: str) -> str:
    return "\n".join(
        line for part in unwrap(text).split("\n") if (line := _BLANKS.sub(" ", part).strip())
    )


def _continued(rows: list[_Row]) -> list[_Row]:
    """Join a row that only goes on with the one before (no measure of its own)."""
    joined: list[_Row] = []
    for row in rows:
        own = set(row.texts) & _DOING
        rest = not own and not row.texts.get("responsible")
        if joined and (rest or _is_rest(joined[-1], row)):
            joined[-1] = _with_rest(joined[-1], row)
        else:
            joined.append(row)
    return joined


def _with_rest(last: _Row, row: _Row) -> _Row:
    texts = {
        role: "\n".join(t for t in (last.texts.get(role), row.texts.get(role)) if t)
        for role in [*last.texts, *(r for r in row.texts if r not in last.texts)]
    }
    return replace(last, texts=texts, page_last=max(last.page_last, row.page_last))


def _is_rest(last: _Row, row: _Row) -> bool:
    """Whether a row at the top of a page is the rest of the one that the page break cut.

    What every measure has of its own is missing there (who, when, which question), and its
    text begins no new number.
    """
    told = last.texts.keys() & _KEYS
    if row.page_first <= last.page_last or not told or not told <= row.empty:
        return False
    begins = row.texts.get("measure", "")
    numbered = _NUMBERED.match(begins) is not None
    return not (row.texts.keys() & _NAMES) and not numbered


def _measure(row: _Row, year_be: int | None, planned: int | None, indicator_above: str) -> Measure:
    texts = {**{role: row.shared[role] for role in _SHARED & row.shared.keys()}, **row.texts}
    subject = "\n".join(
        t for role in ("issue", "label", "instrument") if (t := texts.get(role, ""))
    )
    measure = texts.get("measure", "")
    issue_text = row.section or texts.get("issue", "") or texts.get("label", "")
    dates = _period(row, planned)
    about = (texts.get(role, "") for role in _ABOUT_QUESTIONS)
    named = match_indicator(subject or row.section)
    indicator = named.code if named and named.score >= 0.8 else indicator_above
    return Measure(
        measure_id="",
        year_be=year_be,
        issue_no=issue_of(issue_text) or issue_of(measure, numbered=True),
        issue_printed=row.section or texts.get("issue", ""),
        codes=codes_of(about, year_be=year_be),
        indicator=indicator,
        analysis="\n".join(t for t in (texts.get("label", ""), texts.get("analysis", "")) if t),
        measure=measure,
        steps=texts.get("steps", "") or texts.get("advice", ""),
        responsible=texts.get("responsible", ""),
        period_printed=texts.get("period", ""),
        period_start=dates.start if dates else None,
        period_end=dates.end if dates else None,
        result=texts.get("result", ""),
        outcome=texts.get("outcome", ""),
        follow_up=texts.get("follow_up", ""),
        page_first=row.page_first,
        page_last=row.page_last,
        quotes=tuple(_quotes(row, year_be)),
    )


def _quotes(row: _Row, year_be: int | None) -> Iterator[Quote]:
    """The questions that a row quotes with their numbers, and where."""
    for role in _ABOUT_QUESTIONS:
        cell = row.cells.get(role)
        if cell is None:
            continue
        for found in quotes_of(row.texts[role], year_be=year_be):
            at = cell.text.find(found.token)
            box = cell.passage.box(at, at + len(found.token)) if at >= 0 else None
            yield Quote(found.code, found.rule, found.title, cell.page, box)

"""Plans of measures and their follow-ups: one row a measure, whatever the columns' order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from parsers.knowledge.titles import match_indicator, match_issue
from parsers.model import Cell, Grid, Measure
from parsers.reading.codes import find_code_groups
from parsers.reading.columns import Column, Layout
from parsers.text.dates import read_period
from parsers.text.thai import unwrap

__all__ = ["is_plan", "read_measures"]

# A plan names what is done and at least one of: by whom, when, how, with what result.
_DOING = {"measure", "steps"}
_ABOUT = {"responsible", "period", "follow_up", "outcome", "result", "steps"}
_SUBJECT_ROLES = {"label", "issue", "number", None}
# One cell over several rows says these of each of them.
_SHARED = {"responsible", "period"}
_BLANKS = regex.compile(r"[ \t]+")


@dataclass(frozen=True, slots=True)
class _Row:
    """The texts of one body row by role; `page_first`, `page_last` where they stand.

    `shared` are those of cells that began in a row above: one period for several measures.
    """

    texts: dict[str, str]
    shared: dict[str, str]
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


def read_measures(layout: Layout, *, year_be: int | None) -> tuple[Measure, ...]:
    """The measures of one grid; empty where it is no plan.

    Args:
        layout: The table, joined over its pages, with its columns understood.
        year_be: Fiscal year (BE) that the plan is for, to date periods such as ไตรมาส ๒.
    """
    columns = _with_measure_column(layout.columns)
    if not is_plan(columns):
        return ()
    rows = _continued(list(_rows(layout, columns)))
    held = tuple(dict.fromkeys(column.role for column in columns if column.role))
    return tuple(_measure(row, year_be, held) for row in rows)


def _with_measure_column(columns: Sequence[Column]) -> Sequence[Column]:
    """A plan without a column called มาตรการ has its measures in the first label column."""
    roles = [column.role for column in columns]
    if "measure" in roles or not set(roles) & {"responsible", "result"}:
        return columns
    for column in columns:
        if column.role in {"label", "advice", "issue"}:
            return [replace(c, role="measure") if c is column else c for c in columns]
    return columns


def _rows(layout: Layout, columns: Sequence[Column]) -> Iterator[_Row]:
    grid = layout.grid
    section = " ".join(unwrap(line.text) for line in grid.caption[-1:])
    section = section if match_issue(section) else ""
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
    return wide or (filled[0].column == 0 and match_issue(unwrap(filled[0].text)) is not None)


def _row(index: int, cells: Sequence[Cell | None], columns: Sequence[Column], section: str) -> _Row:
    texts: dict[str, str] = {}
    shared: dict[str, str] = {}
    pages: list[int] = []
    for column in columns:
        cell = cells[column.index]
        if cell is None or cell.column != column.index:
            continue
        role = column.role or "label"
        if cell.row < index and role not in {"issue", "label", "number", "instrument"}:
            shared[role] = _tidy(cell.text)
            continue
        text = _tidy(cell.text)
        if text:
            texts[role] = f"{texts[role]}\n{text}" if role in texts else text
            if cell.row == index:
                pages.append(cell.page)
    return _Row(texts, shared, section, min(pages, default=1), max(pages, default=1))


def _tidy(text: str) -> str:
    return "\n".join(
        line for part in unwrap(text).split("\n") if (line := _BLANKS.sub(" ", part).strip())
    )


def _continued(rows: list[_Row]) -> list[_Row]:
    """Join a row that only goes on with the one before (no measure of its own)."""
    joined: list[_Row] = []
    for row in rows:
        own = set(row.texts) & _DOING
        if joined and not own and not row.texts.get("responsible"):
            last = joined[-1]
            texts = {
                role: "\n".join(t for t in (last.texts.get(role), row.texts.get(role)) if t)
                for role in [*last.texts, *(r for r in row.texts if r not in last.texts)]
            }
            joined[-1] = replace(last, texts=texts, page_last=max(last.page_last, row.page_last))
        else:
            joined.append(row)
    return joined


def _measure(row: _Row, year_be: int | None, columns: tuple[str, ...]) -> Measure:
    texts = {**{role: row.shared[role] for role in _SHARED & row.shared.keys()}, **row.texts}
    subject = "\n".join(
        t for role in ("issue", "label", "instrument") if (t := texts.get(role, ""))
    )
    issue_text = row.section or texts.get("issue", "") or texts.get("label", "")
    issue = match_issue(issue_text) or match_issue(texts.get("measure", "").split("\n")[0])
    period = texts.get("period", "")
    dates = read_period(period or texts.get("follow_up", ""), default_year_be=year_be)
    measure = texts.get("measure", "")
    codes = _codes("\n".join((subject, measure, texts.get("analysis", ""))))
    indicator = match_indicator(subject or row.section)
    return Measure(
        measure_id="",
        year_be=year_be,
        issue_no=int(issue.code) if issue else None,
        issue_printed=row.section or texts.get("issue", ""),
        codes=codes,
        indicator=indicator.code if indicator and indicator.score >= 0.8 else "",
        analysis="\n".join(t for t in (texts.get("label", ""), texts.get("analysis", "")) if t),
        measure=measure,
        steps=texts.get("steps", "") or texts.get("advice", ""),
        responsible=texts.get("responsible", ""),
        period_printed=period,
        period_start=dates.start if dates else None,
        period_end=dates.end if dates else None,
        result=texts.get("result", ""),
        outcome=texts.get("outcome", ""),
        follow_up=texts.get("follow_up", ""),
        page_first=row.page_first,
        page_last=row.page_last,
        columns=columns,
    )


def _codes(text: str) -> tuple[str, ...]:
    found = [code for group in find_code_groups(text) for code in group.codes]
    return tuple(dict.fromkeys(found))

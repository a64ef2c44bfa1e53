"""What the rows of a grid are of: question, indicator, instrument, total, agency, year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from parsers.knowledge.titles import match_instrument, match_question
from parsers.knowledge.vocabulary import row_says
from parsers.model import Cell, Grid
from parsers.reading.codes import (
    INSTRUMENT_OF_PREFIX,
    HeadCode,
    find_codes,
    head_code,
    instrument_of,
)
from parsers.reading.columns import Column, Layout, heading_year
from parsers.reading.resolve import Token, resolve
from parsers.reading.subjects import SUMMARY, SURE, Subject, level_of, read_subject
from parsers.reading.summaries import summed_up
from parsers.text.digits import to_ascii
from parsers.text.thai import unwrap

__all__ = ["Row", "read_rows"]

# Columns in which the name of what is scored may stand.
_NAME_ROLES = frozenset(
    {"label", "code", "issue", "measure", "instrument", "analysis", "agency", None}
)
# Columns whose heading says what is listed.
_TITLE_ROLES = frozenset({"label", "code"})
_LONGEST_SUMMARY = 40
_LABEL = 12  # letters: shorter texts are numbers, codes and levels
_LONGEST_HEADING = 160
_MARKS = regex.compile(r"^[\s\-–•■▪●*.:)]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One body row of a grid.

    Attributes:
        index: Row of the grid, from 0.
        subject: What its scores are of; None where only the columns say it.
        label: The row's own text without code and ordinal.
        instrument: IIT, EIT or OIT where the row or one above it says so.
        instrument_printed: The same where the row's own cell says so, else the headings of
            the list, else the caption.
        agency: Printed name, in tables with an agency column.
        year_be: The fiscal year a row of a table of years is of.
        skipped: Weights, limits, counts: a row that holds no scores.
        weighted: The row's label says that it holds weighted scores.
        head: The code token at the head of the row, before it is resolved.
        of_several: The row is the mean or the sum of the agencies of a table.
    """

    index: int
    subject: Subject | None
    label: str
    instrument: str | None
    instrument_printed: str
    agency: str | None
    year_be: int | None
    skipped: bool
    weighted: bool
    head: HeadCode | None
    of_several: bool


def read_rows(layout: Layout, *, year_be: int | None) -> list[Row]:
    """Every body row of a grid with its subject, the doubtful codes decided together."""
    columns = layout.columns
    captions = [unwrap(line.text) for line in layout.grid.caption[-2:]]
    caption = " ".join(captions)
    named = _named_in_headings(columns)
    named = named or (_named_in_caption(captions[-1]) if captions else "")
    instrument = match_instrument(caption) if len(caption) < _LONGEST_HEADING else None
    instrument = instrument or _above(layout.grid)
    rows: list[Row] = []
    for index, cells in layout.body():
        row = _read_row(index, cells, columns, instrument)
        instrument = row.instrument or instrument
        rows.append(replace(row, instrument_printed=row.instrument_printed or named))
    rows = _with_codes(rows, columns, year_be)
    subjects = summed_up([row.subject for row in rows], captions, year_be)
    return [replace(row, subject=subject) for row, subject in zip(rows, subjects, strict=True)]


def _named_in_caption(line: str) -> str:
    """The instrument of a heading; a sentence about questions names it in passing."""
    heading = len(line) < _LONGEST_HEADING and not find_codes(line)
    return (match_instrument(line) or "") if heading else ""


def _named_in_headings(columns: Sequence[Column]) -> str:
    """The one instrument that the headings over codes and titles name: "ข้อคำถาม IIT"."""
    heads = (column.heading for column in columns if column.role in _TITLE_ROLES)
    found = {code for head in heads if (code := match_instrument(unwrap(head)))}
    return found.pop() if len(found) == 1 else ""


def _above(grid: Grid) -> str | None:
    """The instrument that a longer caption names, the line nearest to the table first."""
    lines = (unwrap(line.text) for line in reversed(grid.caption[:-2]))
    return next((code for line in lines if (code := match_instrument(line))), None)


def _own_cells(
    cells: Sequence[Cell | None], columns: Sequence[Column]
) -> list[tuple[Column, Cell]]:
    """The distinct cells of a row with their columns; a merged cell once."""
    found: list[tuple[Column, Cell]] = []
    for column in columns:
        cell = cells[column.index]
        if cell is not None and cell.text.strip() and all(cell is not other for _, other in found):
            found.append((column, cell))
    return found


def _read_row(
    index: int, cells: Sequence[Cell | None], columns: Sequence[Column], instrument: str | None
) -> Row:
    held = _own_cells(cells, columns)
    named = [(column, cell) for column, cell in held if column.role in _NAME_ROLES]
    own = _row_instrument(held)
    head, label = _head_and_label(index, named)
    number = next((cell.text for column, cell in held if column.role in {"number", "code"}), "")
    agency = next((unwrap(cell.text) for column, cell in held if column.role == "agency"), None)
    name = label or number or next((unwrap(cell.text) for _, cell in named), "")
    subject = None if head else _named_subject(index, named, number)
    if not head and len(name) < _LONGEST_SUMMARY and row_says("summary", name):
        subject = Subject("total", "ITA", name, SUMMARY)
    return Row(
        index=index,
        subject=subject,
        label=label,
        instrument=own or instrument,
        instrument_printed=own or "",
        agency=agency,
        year_be=heading_year(name) if len(name) < 40 else None,
        skipped=len(name) < 60 and row_says("not_scores", name) and not head,
        weighted="ถ่วงน้ำหนัก" in name,
        head=head,
        of_several=row_says("aggregate", agency or name),
    )


def _row_instrument(held: Sequence[tuple[Column, Cell]]) -> str | None:
    for column, cell in held:
        if column.role == "instrument":
            code = match_instrument(unwrap(cell.text))
            if code:
                return code
    return None


def _head_and_label(
    index: int, named: Sequence[tuple[Column, Cell]]
) -> tuple[HeadCode | None, str]:
    """The code token of the row, if one stands anywhere in its name cells, and the title."""
    best: tuple[HeadCode | None, str] = (None, "")
    for column, cell in named:
        text = unwrap(cell.text)
        head = head_code(text)
        if head and _plausible(head, column, text):
            rest = _MARKS.sub("", text[head.end :])
            rest = rest or _next_label(named, cell)
            if not _is_list_number(head, text, rest):
                return head, rest
        if column.role != "instrument" and cell.row == index and len(text) > len(best[1]):
            best = (None, _MARKS.sub("", text))
    return best


def _plausible(head: HeadCode, column: Column, text: str) -> bool:
    """Whether the token can be a code here: a list number before a name is none."""
    folded = to_ascii(head.token)
    if not folded.isdigit() or folded.startswith("0") or column.role == "code" or head.led:
        return True
    # "14 ประเด็น …" may be i4; "1. การปฏิบัติหน้าที่" or "1 ข้อ" is a list number.
    return len(folded) > 1 and text[head.end : head.end + 1] not in {".", ")"}


def _is_list_number(head: HeadCode, text: str, rest: str) -> bool:
    """Whether a bare number stands before the name of an indicator, not of a question."""
    bare = to_ascii(head.token).isdigit()
    return bare and (read_subject(text) is not None or read_subject(rest) is not None)


def _next_label(named: Sequence[tuple[Column, Cell]], code_cell: Cell) -> str:
    texts = [
        unwrap(cell.text)
        for column, cell in named
        if cell is not code_cell
        and column.role not in {"instrument", "code"}
        and cell.row_span == 1
    ]
    return max(texts, key=len, default="")


def _named_subject(index: int, named: Sequence[tuple[Column, Cell]], number: str) -> Subject | None:
    """The subject by name: own cells before merged ones, the right before the left.

    An instrument is only what the row belongs to where an own cell names an indicator.
    """
    ranked = sorted(named, key=lambda item: (item[1].row_span, -item[0].index))
    own = (cell for _, cell in ranked if cell.row_span == 1 or cell.row == index)
    found = [
        (cell, subject)
        for cell in own
        if (subject := read_subject(unwrap(cell.text), number=number))
    ]
    if not found:
        return None
    first = found[0][1]
    if first.code in INSTRUMENT_OF_PREFIX.values():
        beside = (s for cell, s in found if s.level == "indicator" and cell.row_span == 1)
        return next(beside, None if _is_heading_of_rows(found[0][0], named) else first)
    return first


def _is_heading_of_rows(cell: Cell, named: Sequence[tuple[Column, Cell]]) -> bool:
    """Whether a cell stands beside several rows that have labels of their own.

    The first of them is no more the instrument's own row than the others, though its label
    may not be understood.
    """
    labels = (other for column, other in named if other is not cell and column.role != "code")
    own = (unwrap(other.text) for other in labels if other.row_span == 1)
    return cell.row_span > 1 and any(len(text) >= _LABEL for text in own)


def _with_codes(rows: list[Row], columns: Sequence[Column], year_be: int | None) -> list[Row]:
    tokens = [
        Token(row.head.token, row.label, row.instrument, row.head.led or _in_code_column(columns))
        if row.head
        else Token("", "", None, False)
        for row in rows
    ]
    results = resolve(tokens, year_be=year_be)
    decided = [
        replace(row, subject=_question(row, result.code, result.rule))
        if row.head and result
        else row
        for row, result in zip(rows, results, strict=True)
    ]
    return [
        _by_title(row, year_be) if row.subject is None and _asks(row, columns) else row
        for row in decided
    ]


def _in_code_column(columns: Sequence[Column]) -> bool:
    return any(column.role == "code" for column in columns)


def _question(row: Row, code: str, rule: str) -> Subject:
    printed = row.head.token if row.head else ""
    return Subject(level_of(code) if code else "question", code, printed, rule)


def _asks(row: Row, columns: Sequence[Column]) -> bool:
    """Whether the table lists questions, so that a row without a code may be one."""
    heads = " ".join(column.heading for column in columns if column.role in {"label", "issue"})
    long_title = len(row.label) >= 12
    return long_title and regex.search(r"คำถาม|ข้อความ|ข้อถาม|ประเด็น", heads) is not None


def _by_title(row: Row, year_be: int | None) -> Row:
    """A question without a printed code, told by its title alone; else left unresolved."""
    wanted = (row.instrument or "")[:3]
    found = [
        match
        for match in match_question(row.label, year_be=year_be, instrument=wanted or None)
        if not wanted or instrument_of(match.code) == wanted
    ]
    clear = len(found) == 1 or (len(found) > 1 and found[0].score > found[1].score)
    if found and found[0].score >= SURE and clear:
        return replace(row, subject=Subject("question", found[0].code, "", "title"))
    return replace(row, subject=Subject("question", "", "", "unresolved"))

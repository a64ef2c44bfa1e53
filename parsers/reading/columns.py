"""What the columns of a grid hold, told by heading and content, never by position."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from parsers.knowledge.vocabulary import column_role, row_says
from parsers.model import Cell, Grid
from parsers.reading.profiles import Profile, is_decimal, profile_of
from parsers.reading.subjects import SUMMARY, Subject, indicator_number, read_subject
from parsers.text.digits import to_ascii
from parsers.text.thai import unwrap

__all__ = ["Column", "Layout", "Matrix", "heading_year", "lay_out"]

Matrix = list[list[Cell | None]]

SCORE_ROLES = frozenset({"score", "weighted"})
# Numbers in these columns are no scores, whatever they look like.
_NEVER_SCORES = frozenset(
    {"weight", "difference", "count", "rank", "target", "number", "share", "spread"}
)
# Prose columns of plans and analyses: numbers in them are no scores of the row.
_PROSE = frozenset(
    {"responsible", "period", "follow_up", "outcome", "result", "steps", "advice", "analysis"}
)
_YEAR = regex.compile(r"(?<!\d)(25\d\d|20[12]\d)(?!\d)")
_BUDDHIST_OFFSET = 543


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a grid and what it holds.

    `role` is a role of `vocabulary.toml` or None. `heading` is all that stands above the
    column, `lowest` what stands directly above it. `subject` is what its scores are of
    where the heading says so; `year_be` and `agency` likewise.
    """

    index: int
    role: str | None
    heading: str
    lowest: str
    subject: Subject | None
    year_be: int | None
    agency: str | None

    @property
    def holds_scores(self) -> bool:
        """Whether the numbers of this column are scores."""
        return self.role in SCORE_ROLES


@dataclass(frozen=True, slots=True)
class Layout:
    """A grid with its cells by place and its columns understood.

    `header_rows` are those of the grid, or the rows on top that name what the columns below
    are of where the grid was given none.
    """

    grid: Grid
    matrix: Matrix
    columns: tuple[Column, ...]
    header_rows: int

    def blocks(self) -> tuple[Layout, ...]:
        """The layouts side by side where all headings come again: name, score, name, score."""
        heads = [column.lowest for column in self.columns]
        half, rest = divmod(len(heads), 2)
        if rest or half < 2 or heads[:half] != heads[half:] or not any(heads):
            return (self,)
        parts = (self.columns[:half], self.columns[half:])
        return tuple(replace(self, columns=part) for part in parts)

    def roles(self) -> set[str | None]:
        """The roles that occur among the columns."""
        return {column.role for column in self.columns}

    def body(self) -> Iterator[tuple[int, list[Cell | None]]]:
        """The rows below the headings with their numbers."""
        for row in range(self.header_rows, self.grid.row_count):
            yield row, self.matrix[row]


def lay_out(grid: Grid) -> Layout:
    """Understand the columns of a grid: role, subject, year and agency of each."""
    matrix = _matrix(grid)
    heads = grid.header_rows or _named_above(matrix)
    columns = [_read_column(matrix, heads, index) for index in range(grid.column_count)]
    columns = _with_totals(_without_shares(_with_agencies(_numbered_indicators(columns))))
    return Layout(grid, matrix, tuple(columns), heads)


def _named_above(matrix: Matrix) -> int:
    """1 where the first row names what the numbers below it are of, else 0."""
    if len(matrix) < 2:
        return 0
    above, below = ([unwrap(c.text) if c else "" for c in row] for row in matrix[:2])
    ordinals = [to_ascii(text).strip(" .()") for text in above]
    counted = [int(text) for text in ordinals if text.isdigit() and len(text) < 3]
    if counted and counted != list(range(1, len(counted) + 1)):
        return 0
    over = [
        read_subject(head) is not None or column_role(head) in SCORE_ROLES or ordinal.isdigit()
        for head, ordinal, value in zip(above, ordinals, below, strict=True)
        if is_decimal(value)
    ]
    return int(len(over) >= 2 and all(over) and not any(map(is_decimal, above)))


def _matrix(grid: Grid) -> Matrix:
    """The grid as rows of cells, merged cells standing at every place they cover."""
    matrix: Matrix = [[None] * grid.column_count for _ in range(grid.row_count)]
    for cell in grid.cells:
        for row in range(cell.row, min(cell.row + cell.row_span, grid.row_count)):
            for column in range(
                cell.column, min(cell.column + cell.column_span, grid.column_count)
            ):
                matrix[row][column] = cell
    return matrix


def heading_year(text: str) -> int | None:
    """The single fiscal year (BE) that a heading names; None if none or several.

    >>> heading_year("ปี ๒๕๖๗"), heading_year("FY2025"), heading_year("ปี 2566-2567")
    (2567, 2568, None)
    """
    years = {
        year if year > 2400 else year + _BUDDHIST_OFFSET
        for year in map(int, _YEAR.findall(to_ascii(text)))
    }
    return years.pop() if len(years) == 1 else None


def _read_column(matrix: Matrix, header_rows: int, index: int) -> Column:
    parts = _heading_parts(matrix, header_rows, index)
    heading = " ".join(parts)
    profile = _profile(matrix[header_rows:], index)
    subject = _heading_subject(parts)
    role = _role(heading, subject, profile)
    year = heading_year(heading) if role in SCORE_ROLES | {"level", "pass"} else None
    agency = _heading_agency(parts) if role in SCORE_ROLES else None
    lowest = parts[-1] if parts else ""
    return Column(
        index, role, heading, lowest, subject if role in SCORE_ROLES else None, year, agency
    )


def _heading_parts(matrix: Matrix, header_rows: int, index: int) -> list[str]:
    parts: list[str] = []
    seen: set[int] = set()
    for row in matrix[:header_rows]:
        cell = row[index]
        if cell is not None and id(cell) not in seen and cell.text.strip():
            seen.add(id(cell))
            parts.append(unwrap(cell.text))
    return parts


def _heading_subject(parts: Sequence[str]) -> Subject | None:
    """The most specific subject: the lowest heading row decides."""
    for part in reversed(parts):
        subject = read_subject(part)
        if subject:
            return subject
    return None


def _heading_agency(parts: Sequence[str]) -> str | None:
    for part in parts:
        if row_says("agency_like", part):
            return part
    return None


def _profile(body: Matrix, index: int) -> Profile:
    return profile_of(
        [
            unwrap(cell.text)
            for row, cells in enumerate(body)
            if (cell := cells[index]) is not None
            and cell.text.strip()
            and cell.column == index
            and (row == 0 or body[row - 1][index] is not cell)
        ]
    )


def _role(heading: str, subject: Subject | None, profile: Profile) -> str | None:
    told = _heading_role(heading, profile)
    if told == "code" or (profile.most(profile.parts) and told not in SCORE_ROLES):
        return "code"
    if profile.most(profile.changes):
        return "difference"
    word = _word_role(profile, told)
    if told in _NEVER_SCORES and not (subject and profile.most(profile.decimals)):
        return word if word and told == "target" else told
    return word or _content_role(told, subject, profile)


def _content_role(told: str | None, subject: Subject | None, profile: Profile) -> str | None:
    """The role by what the cells hold, numbers or text, as far as the heading allows it."""
    if profile.most(profile.scores) and told not in _PROSE:
        return _number_role(told, subject, profile)
    if told in SCORE_ROLES and profile.filled and not profile.most(profile.numeric):
        return _text_role(profile)
    if told is None and subject and subject.level != "indicator":
        # A column of an instrument may be empty or unreadable and still holds scores.
        return "score" if profile.most(profile.numeric) else _text_role(profile)
    return told or _text_role(profile)


def _heading_role(heading: str, profile: Profile) -> str | None:
    """The role by heading; "ตัวชี้วัดที่" over names and "ข้อ" over questions are labels."""
    told = column_role(heading)
    if told == "number" and profile.filled and not profile.most(profile.ordinals):
        return "label"
    if told == "code" and profile.filled and not profile.most(profile.codes + profile.ordinals):
        return "label"
    if told == "label" and profile.most(profile.agencies) and row_says("names", heading):
        return "agency"
    return told


def _word_role(profile: Profile, told: str | None) -> str | None:
    """Columns of marks and words: ผ่านเกณฑ์, level words, IIT/EIT/OIT."""
    if profile.most(profile.levels) and (told == "level" or profile.levels > profile.passes):
        return "level"
    if profile.most(profile.passes):
        return "level" if told == "level" else "pass"
    if profile.most(profile.instruments) and told not in {"label", *SCORE_ROLES}:
        return "instrument"
    return None


def _number_role(told: str | None, subject: Subject | None, profile: Profile) -> str | None:
    if told == "weighted":
        return "weighted"
    if told == "score" or subject:
        return "score"
    if profile.most(profile.ordinals) and not profile.decimals:
        return "number"
    if told in {"level", "pass"} or profile.most(profile.decimals):
        return "score"
    if profile.most(profile.codes):
        return "code"
    return told or "number"


def _text_role(profile: Profile) -> str | None:
    if profile.most(profile.agencies):
        return "agency"
    if profile.most(profile.codes):
        return "code"
    return "label" if profile.filled else None


def _with_agencies(columns: list[Column]) -> list[Column]:
    """Where only places are listed (the provinces of a region), they are the agencies."""
    roles = [column.role for column in columns]
    if "agency" in roles or "place" not in roles:
        return columns
    at = roles.index("place")
    return [replace(c, role="agency") if c.index == at else c for c in columns]


def _without_shares(columns: list[Column]) -> list[Column]:
    """Percentages of respondents or money are no scores, nor are means of a survey."""
    survey = any(column.role == "spread" for column in columns)
    counted = any(c.role == "count" and row_says("counted", c.heading) for c in columns)
    return [
        replace(column, role="share")
        if column.holds_scores and (survey or (counted and row_says("percent", column.lowest)))
        else column
        for column in columns
    ]


def _with_totals(columns: list[Column]) -> list[Column]:
    """In a list of agencies the one column of scores (one a year) holds their totals."""
    scored = [column for column in columns if column.holds_scores]
    plain = [column for column in scored if column.subject is None]
    years = {column.year_be for column in plain}
    single = len(years) == len(plain) and all(column_role(c.heading) == "score" for c in plain)
    known = any(column.subject and column.subject.code == "ITA" for column in scored)
    if known or not single or all(column.role != "agency" for column in columns):
        return columns
    return [
        replace(c, subject=Subject("total", "ITA", c.heading, SUMMARY)) if c in plain else c
        for c in columns
    ]


def _numbered_indicators(columns: list[Column]) -> list[Column]:
    """Columns headed 1 to 10 (ตชว. ๑ …) are the ten indicators."""
    numbered = {
        column.index: number
        for column in columns
        if column.holds_scores
        and (column.subject is None or column.subject.level == "instrument")
        and (number := indicator_number(column.lowest))
    }
    run = sorted(map(int, numbered.values()))
    if len(run) < 3 or run != list(range(run[0], run[0] + len(run))):
        return columns
    return [
        replace(column, subject=_numbered(numbered[column.index]))
        if column.index in numbered
        else column
        for column in columns
    ]


def _numbered(number: str) -> Subject:
    return Subject("indicator", number, number, "number")

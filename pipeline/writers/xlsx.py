"""`ita.xlsx`: the workbook that an officer works with.

What the sheets show is data (`pipeline/data/workbook.toml`); the rows come from the views of
`ita.sqlite`, one at a time, so that a national dataset needs no more memory than a small one.
"""

from __future__ import annotations

import math
import re
import sqlite3
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec
import xlsxwriter
from wcwidth import wcswidth
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_rowcol_to_cell

from parsers.errors import DataTableError
from pipeline.audit.wording import rule_texts
from pipeline.fields import Column, tables
from pipeline.reasons import reason
from pipeline.writers.sqlite import open_dataset

__all__ = ["ROW_LIMIT", "sheet_names", "write_workbook"]

ROW_LIMIT = 1_048_576
_CELL_LIMIT = 32_767
_SOURCE = "workbook.toml"
_PASS_MARK = 85
_NARROW, _WIDE = 8, 40
_SEEN = 20_000
# The same workbook for the same data: Excel's own first day, not today's.
_CREATED = datetime(1980, 1, 1)  # noqa: DTZ001 - the file format has no time zone
# The font of Thai offices; a machine without it takes another sans serif.
_FONT = {"font_name": "TH Sarabun New", "font_family": 2, "font_size": 14, "valign": "top"}
# Room for marks above and below, in whatever font. Heights are written out because not
# every program works them out when it opens a file.
_LINE_HEIGHT, _TALLEST, _HEAD_HEIGHT = 22, 400, 84
_COLORS = {"error": "#F8D7DA", "warning": "#FFF3CD", "refused": "#F8D7DA", "partial": "#FFF3CD"}
# Characters that XML cannot hold; a workbook with one of them does not open.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Format = Literal["plain", "score", "printed", "reason", "todo", "rule"]


class _Heading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    th: str
    en: str
    format: Format = "plain"
    source: str = msgspec.field(default="", name="from")
    width: int = _WIDE


class _Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    th: str
    en: str
    source: str
    columns: tuple[str, ...]
    frozen: int = 0


class _About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    th: str
    en: str
    continued_th: str
    continued_en: str
    cut_th: str


class _Book(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sheets: tuple[_Sheet, ...]
    about: _About
    headings: dict[str, _Heading]


def sheet_names() -> tuple[str, ...]:
    """The sheets in their order."""
    return (*(sheet.name for sheet in _book().sheets), _book().about.name)


def write_workbook(path: Path, database: Path, *, row_limit: int = ROW_LIMIT) -> None:
    """Write the workbook.

    Args:
        path: The file to write.
        database: The `ita.sqlite` to show.
        row_limit: Rows of a sheet, heading included; what is more goes to a further sheet.
    """
    options = {
        "constant_memory": True,
        "tmpdir": str(path.parent),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": True,
        "default_date_format": "yyyy-mm-dd",
    }
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"title": "ITA", "created": _CREATED})
    book.set_size(2400, 1400)
    formats = _Formats(book)
    notes: list[tuple[str, str, str]] = []
    with closing(open_dataset(database)) as data:
        for sheet in _book().sheets:
            notes += _write_sheet(book, formats, sheet, data, row_limit)
    _write_about(book, formats, notes)
    try:
        book.close()
    except FileCreateError as error:
        cause = error.args[0] if error.args else None
        raise (cause if isinstance(cause, OSError) else error) from error


class _Formats:
    """Cell formats, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def __call__(self, **properties: object) -> Any:
        key = tuple(properties.items())
        if key not in self._made:
            self._made[key] = self._book.add_format({**_FONT, **properties})
        return self._made[key]

    @property
    def heading(self) -> Any:
        return self(bold=True, text_wrap=True, bg_color="#DDE7F0", border=1)


@dataclass(slots=True)
class _Output:
    """A sheet that is being filled: how wide each column has to be so far."""

    sheet: Any
    columns: tuple[_Shown, ...]
    widths: list[int] = field(default_factory=list)
    row: int = 0


class _Text(NamedTuple):
    """A text as a cell shows it, the columns it takes, and its format."""

    shown: str
    width: int
    look: dict[str, object]
    lines: int


@dataclass(frozen=True, slots=True)
class _Shown:
    """A column of a sheet: where its cells come from and how they look."""

    source: str
    heading: _Heading
    words: dict[str, str]
    seen: dict[str, _Text] = field(default_factory=dict)

    def text(self, value: str) -> _Text:
        """How a text is shown; most stand in many rows, so what was worked out is kept."""
        found = self.seen.get(value)
        if found is None:
            if len(self.seen) >= _SEEN:
                self.seen.clear()
            found = self.seen[value] = _text(self, value)
        return found


def _write_sheet(
    book: Any, formats: _Formats, sheet: _Sheet, data: sqlite3.Connection, row_limit: int
) -> Iterator[tuple[str, str, str]]:
    """Fill a sheet, and further ones when it is full; yields name and description of each."""
    columns = tuple(_shown(name, sheet.source) for name in sheet.columns)
    output = _begin(book, formats, sheet, sheet.name, columns)
    yield sheet.name, sheet.th, sheet.en
    number = 1
    for row in data.execute(f'SELECT * FROM "{sheet.source}"'):  # noqa: S608 - our own table
        if output.row >= row_limit:
            _finish(output, formats)
            number += 1
            name = f"{sheet.name} ({number})"
            output = _begin(book, formats, sheet, name, columns)
            yield name, _book().about.continued_th, _book().about.continued_en
        _write_row(output, formats, row)
    _finish(output, formats)


def _begin(
    book: Any, formats: _Formats, sheet: _Sheet, name: str, columns: tuple[_Shown, ...]
) -> _Output:
    output = _Output(book.add_worksheet(name), columns)
    output.sheet.freeze_panes(1, sheet.frozen)
    output.sheet.set_row(0, _HEAD_HEIGHT)
    for place, column in enumerate(columns):
        output.sheet.write_string(
            0, place, f"{column.heading.th}\n{column.heading.en}", formats.heading
        )
        widest = max(_width(column.heading.th), _width(column.heading.en))
        # A long heading is broken at its blanks rather than making a narrow column wide.
        output.widths.append(min(widest + 3, 16))
    output.row = 1
    return output


def _write_row(output: _Output, formats: _Formats, row: sqlite3.Row) -> None:
    sheet, line, widths = output.sheet, output.row, output.widths
    texts = {
        place: column.text(value)
        for place, column in enumerate(output.columns)
        if isinstance(value := row[column.source], str)
    }
    lines = max((text.lines for text in texts.values()), default=1)
    # The height of a row has to be said before its cells are written.
    sheet.set_row(line, min(lines * _LINE_HEIGHT, _TALLEST))
    for place, column in enumerate(output.columns):
        value = row[column.source]
        if value is None:
            continue
        if text := texts.get(place):
            sheet.write_string(line, place, text.shown, formats(**text.look))
            width = text.width
        else:
            shown = formats(num_format=_number_format(column, row, value))
            sheet.write_number(line, place, value, shown)
            width = 8
        if width > widths[place]:
            widths[place] = width
    output.row += 1


def _finish(output: _Output, formats: _Formats) -> None:
    last_row, last_column = max(output.row - 1, 1), len(output.columns) - 1
    for place, (column, width) in enumerate(zip(output.columns, output.widths, strict=True)):
        output.sheet.set_column(place, place, max(width, _NARROW))
        if column.heading.format == "score":
            first = xl_rowcol_to_cell(1, place)
            output.sheet.conditional_format(
                1,
                place,
                last_row,
                place,
                {
                    "type": "formula",
                    "criteria": f"=AND(ISNUMBER({first}),{first}<{_PASS_MARK})",
                    "format": formats(font_color="#B00020", bold=True),
                },
            )
    output.sheet.autofilter(0, 0, last_row, last_column)
    output.sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    output.sheet.set_landscape()
    output.sheet.set_paper(9)
    output.sheet.fit_to_pages(1, 0)
    output.sheet.repeat_rows(0)


def _write_about(book: Any, formats: _Formats, notes: Sequence[tuple[str, str, str]]) -> None:
    about = _book().about
    sheet = book.add_worksheet(about.name)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 110)
    lines = [("", about.th, about.en), *notes]
    for row, (name, thai, english) in enumerate(lines):
        sheet.write_string(row, 0, name, formats(bold=True))
        sheet.write_string(row, 1, f"{thai}\n{english}", formats(text_wrap=True))


def _shown(name: str, source: str) -> _Shown:
    """How a column looks: its heading from workbook.toml, else from the fields."""
    column = _column(name, source)
    words = {word: labels["th"] for word, labels in column.values.items()} if column else {}
    heading = _book().headings.get(name)
    if heading is None:
        if column is None:
            raise DataTableError(_SOURCE, f"headings.{name}", "is missing")
        heading = _Heading(column.labels["th"].title, column.labels["en"].title)
    return _Shown(heading.source or name, heading, words)


def _column(name: str, source: str) -> Column | None:
    """A column of the fields by name, preferably of the table that the sheet shows."""
    preferred = {"open_findings": "findings", "named_scores": "scores"}.get(source, source)
    ordered = sorted(tables(), key=lambda table: table.name != preferred)
    return next((held.column(name) for held in ordered if name in held.names), None)


def _text(column: _Shown, value: str) -> _Text:
    shown = _shortened(_ILLEGAL.sub("", _worded(column, value)))
    widths = [_width(line) + 3 for line in shown.split("\n")]
    widest = column.heading.width
    look: dict[str, object] = {"align": "left", "indent": 1}
    lines = 1
    if widest > _WIDE or len(widths) > 1:
        look["text_wrap"] = True
        # A line is broken at words and seldom filled.
        lines = sum(math.ceil(width * 1.15 / widest) if width > widest else 1 for width in widths)
    if column.words and value in _COLORS:
        look["bg_color"] = _COLORS[value]
    return _Text(shown, min(max(widths), widest), look, lines)


def _worded(column: _Shown, value: str) -> str:
    match column.heading.format:
        case "reason":
            return reason(value).th
        case "todo":
            return reason(value).do_th
        case "rule":
            return rule_texts()[value].title_th if value in rule_texts() else value
        case _:
            return column.words.get(value, value)


def _shortened(text: str) -> str:
    """The text within Excel's limit, which counts UTF-16 units."""
    if len(text) <= _CELL_LIMIT // 2 or len(text.encode("utf-16-le")) // 2 <= _CELL_LIMIT:
        return text
    cut = _book().about.cut_th
    room = (_CELL_LIMIT - len(cut)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + cut


def _number_format(column: _Shown, row: sqlite3.Row, value: float) -> str:
    if column.heading.format == "score":
        return "0.00"
    if column.heading.format == "printed":
        decimals = int(row["value_decimals"] or 0)
        return "0." + "0" * min(decimals, 15) if decimals else "0"
    return "0" if isinstance(value, int) else "General"


def _width(text: str) -> int:
    """Columns that a text takes; Thai marks above and below take none."""
    width: int = wcswidth(text)
    return width if width >= 0 else len(text)


@cache
def _book() -> _Book:
    text = files("pipeline").joinpath("data", _SOURCE).read_text(encoding="utf-8")
    try:
        return msgspec.convert(tomllib.loads(text), _Book)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise DataTableError(_SOURCE, "file", str(error)) from error

"""The rows of a dataset's tables as text, from whichever of its files is there."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from pipeline.cells import Cell
from pipeline.fields import table
from pipeline.messages import MessageError
from pipeline.writers.csv import armed, cell_text
from pipeline.writers.sqlite import open_dataset

__all__ = ["TextRow", "rows"]

TextRow = dict[str, str]

# What a reader of the dataset relies on; a dataset of another version may lack it.
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "documents": ("document_id", "file_name", "agency_name"),
    "findings": (
        "finding_id", "rule", "severity", "document_id", "agency_id", "agency_name_printed",
        "year_be", "page", "message_th", "message_en",
    ),
}  # fmt: skip
_MOST_VALUES = 500  # of one query: SQLite allows some more


def rows(folder: Path, name: str, column: str = "", values: Collection[str] = ()) -> list[TextRow]:
    """Rows of a table, every cell as it stands in the CSV file, nothing for missing.

    A whole table comes from the CSV file, which keeps numbers as they are printed; a few
    rows from the database, which finds them at once. Where a file is gone the next one does.

    Args:
        folder: The dataset.
        name: The table.
        column: Give only rows that hold one of `values` here.
        values: See `column`.

    Raises:
        MessageError: The folder holds no dataset, or one that lacks a column.
    """
    sources = (_from_csv, _from_sqlite, _from_parquet)
    if column:
        sources = (_from_sqlite, _from_csv, _from_parquet)
    for source in sources:
        found = source(folder, name, column, frozenset(values))
        if found is not None:
            return found
    raise MessageError("error.no-dataset", path=str(folder))


def _from_csv(folder: Path, name: str, column: str, values: frozenset[str]) -> list[TextRow] | None:
    file = folder / "csv" / f"{name}.csv"
    if not file.is_file():
        return None
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        _check(file, name, reader.fieldnames or ())
        found = (row for row in reader if not column or row[column] in values)
        return [{key: armed(text) for key, text in row.items()} for row in found]


def _from_sqlite(
    folder: Path, name: str, column: str, values: frozenset[str]
) -> list[TextRow] | None:
    file = folder / "ita.sqlite"
    if not file.is_file():
        return None
    with closing(open_dataset(file)) as data:
        try:
            found = list(_selected(data, name, column, sorted(values)))
        except sqlite3.Error:
            return None  # no such table or column: another file may have it
    if found:
        _check(file, name, found[0].keys())
    return [_texts(name, dict(row)) for row in found]


def _selected(
    data: sqlite3.Connection, name: str, column: str, values: list[str]
) -> Iterator[sqlite3.Row]:
    if not column:
        yield from data.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - our own table
        return
    for start in range(0, len(values), _MOST_VALUES):
        some = values[start : start + _MOST_VALUES]
        places = ", ".join("?" * len(some))
        query = f'SELECT * FROM "{name}" WHERE "{column}" IN ({places})'  # noqa: S608 - our own
        yield from data.execute(query, some)


def _from_parquet(
    folder: Path, name: str, column: str, values: frozenset[str]
) -> list[TextRow] | None:
    file = folder / "parquet" / f"{name}.parquet"
    if not file.is_file():
        return None
    from pyarrow import parquet

    filters = [(column, "in", sorted(values))] if column else None
    held = parquet.read_table(file, filters=filters)
    _check(file, name, held.column_names)
    return [_texts(name, row) for row in held.to_pylist()]


def _check(file: Path, name: str, columns: Iterable[str]) -> None:
    held = set(columns)
    for column in _NEEDED.get(name, ()):
        if column not in held:
            raise MessageError("error.dataset-column", file=str(file), column=column)


def _texts(name: str, row: Mapping[str, Cell]) -> TextRow:
    """A row of typed cells as text; scores with as many decimals as are printed."""
    found = {}
    decimals = row.get("value_decimals")
    for column in table(name).columns:
        if column.name not in row:
            continue
        cell = row[column.name]
        if column.type == "decimal" and cell is not None:
            places = decimals if column.name == "value" else None
            cell = _number(cell, places if isinstance(places, int) else None)
        found[column.name] = cell if isinstance(cell, str) else cell_text(cell)
    return found


def _number(cell: Cell, decimals: int | None) -> Decimal:
    """A number without the digits that the file's own format adds.

    >>> _number(99.1, 2), _number(Decimal("78.406600"), None)
    (Decimal('99.10'), Decimal('78.4066'))
    """
    value = Decimal(str(cell))
    if decimals is not None:
        return value.quantize(Decimal(1).scaleb(-decimals))
    return value.normalize()

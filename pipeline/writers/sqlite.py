"""`ita.sqlite`: the same tables with keys and indexes, and views for dashboards."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

from pipeline.cells import Cell, Row
from pipeline.fields import Table, tables

__all__ = ["SqliteWriter", "create_table", "insert", "open_dataset"]

_TYPES = {
    "string": "TEXT",
    "integer": "INTEGER",
    # SQLite has no decimals; a REAL gives back what was printed, `value_decimals` how long
    # it was.
    "number": "REAL",
    "decimal": "REAL",
    "date": "TEXT",
    "datetime": "TEXT",
    "list": "TEXT",
    "object": "TEXT",
}
# What people filter by, besides the keys.
_INDEXES = (
    ("scores", ("code", "year_be")),
    ("documents", ("status",)),
    ("findings", ("severity", "rule")),
    ("catalog", ("year_be", "code")),
)


def create_table(table: Table) -> str:
    """The statement that makes a table."""
    lines = [
        f'"{column.name}" {_TYPES[column.type]}{" NOT NULL" if column.required else ""}'
        for column in table.columns
    ]
    if table.key:
        lines.append(f"PRIMARY KEY ({_quoted(table.key)})")
    lines += [
        f'FOREIGN KEY ("{column.name}") REFERENCES "{column.references}" ("{column.name}")'
        for column in table.columns
        if column.references
    ]
    body = ",\n  ".join(lines)
    return f'CREATE TABLE "{table.name}" (\n  {body}\n)'


def insert(table: Table) -> str:
    """The statement that adds a row to a table."""
    places = ", ".join("?" * len(table.columns))
    return f'INSERT INTO "{table.name}" VALUES ({places})'  # noqa: S608 - names are our own


def open_dataset(path: Path) -> sqlite3.Connection:
    """An `ita.sqlite` for reading; rows answer to column names.

    The file is taken for unchanging: nothing is locked, so that one on a read-only share
    can be read too.
    """
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


class SqliteWriter:
    """Writes one SQLite file with all tables."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        # The file lies in a temporary place until it is whole: nothing to roll back to.
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.execute("BEGIN")
        self._inserts = {}
        for table in tables():
            self._connection.execute(create_table(table))
            self._inserts[table.name] = insert(table)

    def add(self, name: str, rows: Sequence[Row]) -> None:
        """Append rows to a table."""
        self._connection.executemany(
            self._inserts[name], ([_plain(cell) for cell in row] for row in rows)
        )

    def close(self) -> None:
        """Make indexes and views and finish the file."""
        try:
            for name, columns in _indexes():
                self._connection.execute(
                    f'CREATE INDEX "{name}_{"_".join(columns)}" ON "{name}" ({_quoted(columns)})'
                )
            self._connection.execute("ANALYZE")
            self._connection.execute("COMMIT")
            views = files("pipeline").joinpath("data", "views.sql").read_text(encoding="utf-8")
            self._connection.executescript(views)
        finally:
            self._connection.close()


def _indexes() -> list[tuple[str, tuple[str, ...]]]:
    """Foreign keys that do not lead a primary key, and what people filter by."""
    found = [
        (table.name, (column.name,))
        for table in tables()
        for column in table.columns
        if column.references and table.key[:1] != (column.name,)
    ]
    return [*found, *_INDEXES]


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _plain(cell: Cell) -> str | int | float | None:
    if isinstance(cell, Decimal):
        return float(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%dT%H:%M:%SZ")
    return cell.isoformat() if isinstance(cell, date) else cell

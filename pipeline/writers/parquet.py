"""Parquet files (zstd) for analysts, with the Thai and English labels in the schema."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from pipeline.cells import Cell, Row
from pipeline.fields import Column, Table, table, tables

__all__ = ["ParquetWriter", "schema"]

# 28 digits are what every reader's decimal can hold, .NET's included. Reports print two
# decimals; the digits beyond ten that a spreadsheet's exported 92.67999999999999 has are
# kept in `value_printed` alone.
_PRECISION, _SCALE = 28, 10
_STEP = Decimal(1).scaleb(-_SCALE)
_WIDE = Context(prec=2000, Emax=10_000, Emin=-10_000)
_GROUP_ROWS = 50_000

_TYPES: dict[str, Any] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "decimal": pa.decimal128(_PRECISION, _SCALE),
    "date": pa.date32(),
    "datetime": pa.timestamp("ms", tz="UTC"),
    "list": pa.string(),
    "object": pa.string(),
}


def schema(held: Table) -> Any:
    """The Arrow schema of a table."""
    return pa.schema([_field(column) for column in held.columns])


def _field(column: Column) -> Any:
    metadata = {
        f"{what}_{lang}": text
        for lang, label in column.labels.items()
        for what, text in (("title", label.title), ("description", label.description))
    }
    return pa.field(
        column.name, _TYPES[column.type], nullable=not column.required, metadata=metadata
    )


class ParquetWriter:
    """Writes `<folder>/<table>.parquet`, also for tables without rows."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._waiting: dict[str, list[Row]] = {}
        self._files: dict[str, Any] = {}
        for held in tables():
            self._waiting[held.name] = []
            self._files[held.name] = parquet.ParquetWriter(
                folder / f"{held.name}.parquet", schema(held), compression="zstd"
            )

    def add(self, name: str, rows: Sequence[Row]) -> None:
        """Append rows to a table; they are written when enough have come together."""
        self._waiting[name].extend(rows)
        if len(self._waiting[name]) >= _GROUP_ROWS:
            self._write(name)

    def close(self) -> None:
        """Write what waits and finish all files."""
        try:
            for name, rows in self._waiting.items():
                if rows:
                    self._write(name)
        finally:
            for file in self._files.values():
                file.close()

    def _write(self, name: str) -> None:
        rows, self._waiting[name] = self._waiting[name], []
        held = table(name)
        columns = [
            _array(column, cells)
            for column, cells in zip(held.columns, zip(*rows, strict=True), strict=True)
        ]
        self._files[name].write_table(pa.Table.from_arrays(columns, schema=schema(held)))


def _array(column: Column, cells: Sequence[Cell]) -> Any:
    if column.type == "decimal":
        cells = [_fitted(cell) for cell in cells]
    return pa.array(cells, type=_TYPES[column.type])


def _fitted(cell: Cell) -> Decimal | None:
    """A decimal that the column can hold; one of more than 18 digits before the point cannot."""
    if not isinstance(cell, Decimal):
        return None
    exponent = cell.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -_SCALE:
        cell = cell.quantize(_STEP, ROUND_HALF_EVEN, context=_WIDE)
    return cell if cell.adjusted() < _PRECISION - _SCALE else None

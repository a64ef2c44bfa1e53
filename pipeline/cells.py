"""From the parser's values to the cells of the dataset: one kind of value per column type.

Every writer gets the same cells, so that a value cannot differ between CSV and Parquet:
`str`, `int`, `float`, `Decimal`, `date`, `datetime` (UTC) or None. Missing is None, never an
empty text; JSON columns are text.
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache

from pipeline.fields import Column, table

__all__ = ["Cell", "Row", "RowError", "row"]

Cell = str | int | float | Decimal | date | datetime | None
Row = tuple[Cell, ...]

# What a page shows, and what a file is called, is kept as it is.
_EXACT = frozenset({"file_name", "source", "printed"})

# A ten-thousandth of a point is finer than any printer; more digits only make files larger
# and differ between machines.
_NUMBER_DECIMALS = 4


class RowError(ValueError):
    """A row that the dataset's own definitions do not allow: a fault of the program.

    Args:
        table: The table.
        column: The column.
        problem: What is wrong with the value.
    """

    def __init__(self, table: str, column: str, problem: str) -> None:
        super().__init__(f"{table}.{column}: {problem}")


def row(name: str, values: Mapping[str, object]) -> Row:
    """One row of a table, cells in the order of its columns.

    Args:
        name: The table.
        values: The values by column name; a column that is absent is empty.

    Raises:
        RowError: A required value is missing, or a word is not in the column's list.
    """
    return tuple(
        _checked(name, column, convert(values.get(column.name)))
        for column, convert in _converters(name)
    )


@cache
def _converters(name: str) -> tuple[tuple[Column, Callable[[object], Cell]], ...]:
    return tuple((column, _converter(column)) for column in table(name).columns)


def _converter(column: Column) -> Callable[[object], Cell]:
    if column.type == "string":
        exact = column.name in _EXACT or column.name.endswith("_printed")
        return _exact if exact else _cleaned
    return {
        "integer": _integer,
        "number": _number,
        "decimal": _decimal,
        "date": _date,
        "datetime": _datetime,
        "list": _list,
        "object": _object,
    }[column.type]


def _checked(name: str, column: Column, cell: Cell) -> Cell:
    if cell is None:
        if column.required:
            raise RowError(name, column.name, "is empty")
    elif column.values and cell not in column.values:
        raise RowError(name, column.name, f"holds {cell!r}")
    return cell


def _exact(value: object) -> str | None:
    """Text as it is; half of a surrogate pair, which no encoding can hold, becomes U+FFFD."""
    if value is None or value == "":
        return None
    text = str(value)
    if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        text = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    return text


def _cleaned(value: object) -> str | None:
    text = _exact(value)
    if text is None or unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", text)


def _integer(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _number(value: object) -> float | None:
    if not isinstance(value, int | float) or not math.isfinite(value):
        return None
    # Adding zero turns -0.0, which some readers print, into 0.0.
    return round(float(value), _NUMBER_DECIMALS) + 0.0


def _decimal(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) and value.is_finite() else None


def _date(value: object) -> date | None:
    if isinstance(value, str) and value:
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, date) else None


def _datetime(value: object) -> datetime | None:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    return aware.astimezone(UTC).replace(microsecond=0)


def _list(value: object) -> str:
    return _json(list(value) if isinstance(value, Iterable) else [])


def _object(value: object) -> str:
    held = dict(value) if isinstance(value, Mapping) else {}
    return _json({str(key): held[key] for key in sorted(held, key=str)})


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _exact(text) or ""

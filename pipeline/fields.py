"""Metadata as code: what every table and column of the dataset is.

The definitions are data (`pipeline/data/fields.toml`); this module reads them, checks them
and gives them out. CSV headings, Parquet schema, SQLite tables, workbook, `datapackage.json`
and the data dictionary are all made from here, so that none of them can disagree.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from parsers.errors import DataTableError

__all__ = [
    "Column",
    "ColumnType",
    "Label",
    "Language",
    "Table",
    "check_fields",
    "table",
    "tables",
    "value_labels",
]

Language = Literal["th", "en"]
ColumnType = Literal["string", "integer", "number", "decimal", "date", "datetime", "list", "object"]

_SOURCE = "fields.toml"


@dataclass(frozen=True, slots=True)
class Label:
    """A short heading and a one-sentence description in one language."""

    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        name: Heading in every file: English, without blanks, the same in each table.
        type: What the values are; `list` and `object` are JSON text.
        labels: Heading and description by language.
        required: Whether it is never empty.
        references: Table whose key this column holds, if any.
        values: The allowed words with their label by language; empty if any text goes.
        minimum: Smallest value that makes sense.
        maximum: Largest value that makes sense.
    """

    name: str
    type: ColumnType
    labels: Mapping[Language, Label]
    required: bool = False
    references: str | None = None
    values: Mapping[str, Mapping[Language, str]] = field(default_factory=dict)
    minimum: int | None = None
    maximum: int | None = None

    @property
    def is_text(self) -> bool:
        """Whether people wrote what the cells hold (no number, no date, no JSON of ours)."""
        return self.type == "string"


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in the order of every file."""

    name: str
    labels: Mapping[Language, Label]
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The column names in their order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)


class _RawColumn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    th: tuple[str, str]
    en: tuple[str, str]
    type: ColumnType
    references: str | None = None
    values: str | None = None
    minimum: int | None = None
    maximum: int | None = None


class _RawTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    th: tuple[str, str]
    en: tuple[str, str]
    key: tuple[str, ...]
    required: tuple[str, ...]
    columns: tuple[str, ...]
    override: dict[str, dict[str, object]] = {}


class _Raw(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    values: dict[str, dict[str, tuple[str, str]]]
    columns: dict[str, dict[str, object]]
    tables: dict[str, _RawTable]


def tables() -> tuple[Table, ...]:
    """All tables in the order in which people meet them; `documents` is the first."""
    return _packaged()[0]


def table(name: str) -> Table:
    """The table of that name.

    >>> table("pages").key
    ('document_id', 'page')
    """
    return next(held for held in tables() if held.name == name)


def value_labels(name: str) -> Mapping[str, Mapping[Language, str]]:
    """A word list of the dataset by its name in `fields.toml`, with labels by language.

    >>> value_labels("severity")["note"]["th"]
    'ข้อสังเกต'
    """
    return _packaged()[1][name]


def check_fields(text: str) -> tuple[Table, ...]:
    """Read definitions and say what is wrong with them.

    Raises:
        DataTableError: The text is no such TOML, or a table names what is not defined.
    """
    return _read(text)[0]


@cache
def _packaged() -> tuple[tuple[Table, ...], dict[str, dict[str, dict[Language, str]]]]:
    return _read(files("pipeline").joinpath("data", _SOURCE).read_text(encoding="utf-8"))


def _read(text: str) -> tuple[tuple[Table, ...], dict[str, dict[str, dict[Language, str]]]]:
    try:
        raw = msgspec.convert(tomllib.loads(text), _Raw)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise DataTableError(_SOURCE, "file", str(error)) from error
    values = {
        name: {word: _words(labels) for word, labels in words.items()}
        for name, words in raw.values.items()
    }
    found = tuple(_table(name, held, raw, values) for name, held in raw.tables.items())
    _check_references(found)
    return found, values


def _words(labels: tuple[str, str]) -> dict[Language, str]:
    return {"th": labels[0], "en": labels[1]}


def _labels(raw: _RawColumn | _RawTable) -> dict[Language, Label]:
    return {"th": Label(*raw.th), "en": Label(*raw.en)}


def _table(
    name: str, raw: _RawTable, everything: _Raw, values: dict[str, dict[str, dict[Language, str]]]
) -> Table:
    for kind, names in (
        ("key", raw.key),
        ("required", raw.required),
        ("override", tuple(raw.override)),
    ):
        lost = [column for column in names if column not in raw.columns]
        if lost:
            raise DataTableError(_SOURCE, f"tables.{name}.{kind}", f"no such columns: {lost}")
    if len(set(raw.columns)) != len(raw.columns):
        raise DataTableError(_SOURCE, f"tables.{name}.columns", "a column stands twice")
    columns = tuple(_column(name, column, raw, everything, values) for column in raw.columns)
    return Table(name, _labels(raw), columns, raw.key)


def _column(
    table_name: str,
    name: str,
    table_raw: _RawTable,
    everything: _Raw,
    values: dict[str, dict[str, dict[Language, str]]],
) -> Column:
    entry = f"tables.{table_name}: column {name}"
    if name not in everything.columns:
        raise DataTableError(_SOURCE, entry, "is not defined under [columns]")
    merged = {**everything.columns[name], **table_raw.override.get(name, {})}
    try:
        raw = msgspec.convert(merged, _RawColumn)
    except msgspec.ValidationError as error:
        raise DataTableError(_SOURCE, entry, str(error)) from error
    if raw.values is not None and raw.values not in values:
        raise DataTableError(_SOURCE, entry, f"no word list named {raw.values}")
    return Column(
        name=name,
        type=raw.type,
        labels=_labels(raw),
        required=name in table_raw.required or name in table_raw.key,
        # The column that is the key of a table does not point at that table.
        references=raw.references if raw.references != table_name else None,
        values=values[raw.values] if raw.values else {},
        minimum=raw.minimum,
        maximum=raw.maximum,
    )


def _check_references(found: tuple[Table, ...]) -> None:
    keys = {held.name: held.key for held in found}
    for held in found:
        for column in held.columns:
            if column.references and keys.get(column.references) != (column.name,):
                raise DataTableError(
                    _SOURCE,
                    f"tables.{held.name}: column {column.name}",
                    f"refers to {column.references}, whose key is not this column",
                )

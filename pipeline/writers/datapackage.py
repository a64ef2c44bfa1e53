"""`datapackage.json`: a Data Package (v2) of the CSV files, made from the fields."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from pipeline.digest import file_digest
from pipeline.fields import Column, Table, tables
from pipeline.release import MADE_BY

__all__ = ["datapackage", "write_datapackage"]

_PROFILES = "https://datapackage.org/profiles/2.0"
_TYPES = {
    "string": "string",
    "integer": "integer",
    "number": "number",
    "decimal": "number",
    "date": "date",
    "datetime": "datetime",
    "list": "array",
    "object": "object",
}
_TITLE = "ผลการประเมินคุณธรรมและความโปร่งใส (ITA) จากรายงานของหน่วยงานภาครัฐ"
_DESCRIPTION = (
    "Scores, plans and inconsistencies read from the reports that Thai public agencies publish "
    "about their Integrity and Transparency Assessment (ITA). Missing is empty, never 0. "
    "Columns that end in _printed keep what the page shows. A text that a spreadsheet would "
    "run as a formula has an apostrophe in front. Years are fiscal years of the Buddhist era."
)


def write_datapackage(folder: Path, rows: Mapping[str, int]) -> None:
    """Write `datapackage.json` for the CSV files of a dataset folder.

    Args:
        folder: The dataset; `csv/` is complete.
        rows: Number of rows by table.
    """
    text = json.dumps(datapackage(folder, rows), ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def datapackage(folder: Path, rows: Mapping[str, int]) -> dict[str, object]:
    """The description as plain JSON values.

    Nothing in it depends on when it is made: the same data has the same description.
    """
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": MADE_BY,
        "title": _TITLE,
        "description": _DESCRIPTION,
        "keywords": ["ITA", "NACC", "ป.ป.ช.", "Thailand", "integrity", "transparency"],
        "resources": [_resource(folder, table, rows.get(table.name, 0)) for table in tables()],
    }


def _resource(folder: Path, table: Table, rows: int) -> dict[str, object]:
    path = f"csv/{table.name}.csv"
    file = folder / path
    return {
        "name": table.name,
        "type": "table",
        "path": path,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "title": _both(table.labels["th"].title, table.labels["en"].title),
        "description": _both(table.labels["th"].description, table.labels["en"].description),
        "bytes": file.stat().st_size,
        "hash": f"sha256:{file_digest(file)}",
        "rows": rows,
        "dialect": {
            "$schema": f"{_PROFILES}/tabledialect.json",
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, object]:
    held: dict[str, object] = {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [_field(column, table) for column in table.columns],
        "missingValues": [""],
    }
    if table.key:
        held["primaryKey"] = list(table.key)
    references = [
        {
            "fields": [column.name],
            "reference": {"resource": column.references, "fields": [column.name]},
        }
        for column in table.columns
        if column.references
    ]
    if references:
        held["foreignKeys"] = references
    return held


def _field(column: Column, table: Table) -> dict[str, object]:
    thai, english = column.labels["th"], column.labels["en"]
    held: dict[str, object] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "title": _both(thai.title, english.title),
        "description": _both(thai.description, english.description),
    }
    constraints = _constraints(column, table)
    if constraints:
        held["constraints"] = constraints
    if column.values:
        held["categories"] = [
            {"value": word, "label": _both(labels["th"], labels["en"])}
            for word, labels in column.values.items()
        ]
    return held


def _constraints(column: Column, table: Table) -> dict[str, object]:
    found: dict[str, object] = {}
    if column.required:
        found["required"] = True
    if table.key == (column.name,):
        found["unique"] = True
    if column.minimum is not None:
        found["minimum"] = column.minimum
    if column.maximum is not None:
        found["maximum"] = column.maximum
    if column.values:
        found["enum"] = list(column.values)
    return found


def _both(thai: str, english: str) -> str:
    return f"{thai} / {english}"

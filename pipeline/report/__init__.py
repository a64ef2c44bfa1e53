"""`report/index.html`: what an officer opens first.

One file without anything from outside: it opens from a stick or a file share. Thai first,
English behind a switch; both are in the page.
"""

from __future__ import annotations

import base64
import hashlib
import re
import sqlite3
import tomllib
from collections.abc import Mapping
from contextlib import closing
from functools import cache
from importlib.resources import files
from itertools import groupby, islice
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.audit.wording import rule_texts
from pipeline.fields import tables, value_labels
from pipeline.reasons import reason
from pipeline.writers.sqlite import open_dataset

__all__ = ["write_report"]

# What a browser still scrolls well; the rest is in the workbook and the CSV files.
_LIMIT = 5_000
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

_Row = dict[str, object]


def write_report(folder: Path, *, limit: int = _LIMIT) -> None:
    """Write `report/index.html` into a dataset folder.

    Args:
        folder: The dataset; its `ita.sqlite` is complete.
        limit: Most rows of each table.
    """
    target = folder / "report"
    target.mkdir(parents=True, exist_ok=True)
    template = _environment().get_template("index.html.j2")
    with (
        closing(open_dataset(folder / "ita.sqlite")) as data,
        (target / "index.html").open("wb") as file,
    ):
        stream = template.stream(**_context(data, limit))
        stream.enable_buffering(200)
        stream.dump(file, encoding="utf-8")


def _context(data: sqlite3.Connection, limit: int) -> dict[str, object]:
    agencies, agency_rows = _rows(data, "agency_years", limit)
    gaps, gap_rows = _rows(data, "gaps", limit)
    findings = _findings(_rows(data, "open_findings", limit)[0])
    # A link from the table of agencies leads to the agency's findings, where there are any.
    anchors = {group["key"]: f"agency-{number}" for number, group in enumerate(findings, start=1)}
    counts = {table.name: _count(data, table.name) for table in tables()}
    return {
        "texts": _texts(),
        # Our own files; nothing that came from a document is marked as safe.
        "style": Markup(_part("style.css")),
        "script": Markup(_part("script.js")),
        "script_hash": _script_hash(),
        "status": _counts(data, "documents", "status"),
        "severity": _counts(data, "findings", "severity"),
        "counts": counts,
        "tables": tables(),
        "agencies": agencies,
        "agency_rows": agency_rows,
        "findings": findings,
        "anchors": anchors,
        "gaps": gaps,
        "gap_rows": gap_rows,
        "severities": value_labels("severity"),
        "limit": limit,
        "reason": reason,
        "rules": rule_texts(),
    }


def _findings(found: list[_Row]) -> list[_Row]:
    """The gravest findings, grouped by agency in the order of names."""
    order = {"error": 0, "warning": 1, "note": 2}
    found.sort(
        key=lambda row: (
            str(row["agency_name"] or "\uffff"),
            str(row["agency_key"]),
            order.get(str(row["severity"]), 3),
        )
    )
    groups: list[_Row] = []
    for key, held in groupby(found, key=lambda row: row["agency_key"]):
        rows = list(held)
        groups.append(
            {
                "key": key,
                "name": rows[0]["agency_name"],
                "province": rows[0]["province"],
                "file_name": rows[0]["file_name"],
                "rows": rows,
                "counts": {word: sum(row["severity"] == word for row in rows) for word in order},
            }
        )
    return groups


def _rows(data: sqlite3.Connection, view: str, limit: int) -> tuple[list[_Row], int]:
    """The first rows of a view, and how many it has in all."""
    found = data.execute(f'SELECT * FROM "{view}"')  # noqa: S608 - our own view
    rows = [
        {name: _visible(row[name]) for name in row.keys()}  # noqa: SIM118 - no dictionary
        for row in islice(found, limit)
    ]
    return rows, len(rows) + sum(1 for _ in found)


def _count(data: sqlite3.Connection, view: str) -> int:
    query = f'SELECT COUNT(*) FROM "{view}"'  # noqa: S608 - our own view
    return int(data.execute(query).fetchone()[0])


def _counts(data: sqlite3.Connection, table: str, column: str) -> dict[str, int]:
    query = f'SELECT "{column}", COUNT(*) FROM "{table}" GROUP BY 1'  # noqa: S608 - our own
    return dict(data.execute(query).fetchall())


@cache
def _texts() -> Mapping[str, tuple[str, str]]:
    text = files("pipeline").joinpath("data", "report.toml").read_text(encoding="utf-8")
    return {name: (thai, english) for name, (thai, english) in tomllib.loads(text).items()}


@cache
def _part(name: str) -> str:
    return files("pipeline.report").joinpath("templates", name).read_text(encoding="utf-8")


def _script_hash() -> str:
    """What the page's own policy allows to run: this script, and nothing that data brings."""
    digest = hashlib.sha256(_part("script.js").encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["score"] = _score
    environment.filters["count"] = _thousands
    environment.tests["link"] = _is_link
    return environment


def _score(value: object) -> str:
    """A score with two decimals; a dash where there is none.

    >>> _score(92.5), _score(None)
    ('92.50', '–')
    """
    return f"{value:.2f}" if isinstance(value, int | float) else "–"


def _thousands(value: int) -> str:
    return f"{value:,}"


def _visible(value: object) -> object:
    """A cell whose text has none of the characters that HTML does not allow."""
    return _ILLEGAL.sub("\ufffd", value) if isinstance(value, str) else value


def _is_link(value: object) -> bool:
    """Whether a source is an address on the web; anything else is shown as text only."""
    return str(value).startswith(("https://", "http://"))

"""`run.json`: what ran, on what, and what came out.

The only file of a dataset that differs between two runs on the same inputs: all clocks are
here. `used` and `generated` are the words of the PROV vocabulary.
"""

from __future__ import annotations

import json
import platform
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from parsers import PARSER_VERSION
from pipeline.digest import file_digest
from pipeline.records import RunFacts
from pipeline.release import MADE_BY
from pipeline.writers.sqlite import open_dataset

__all__ = ["FORMAT", "counts_by", "output_files", "write_manifest"]

FORMAT = 1
_LIBRARIES = ("ita-reports", "pyarrow", "xlsxwriter", "pypdfium2", "pdfplumber", "pythainlp")


def write_manifest(
    folder: Path, run: RunFacts, rows: Mapping[str, int], seconds: float, kept: tuple[str, ...]
) -> int:
    """Write `run.json` beside the finished files of a dataset.

    Args:
        folder: The dataset; all other files are complete.
        run: What the run knows about itself.
        rows: Number of rows by table.
        seconds: Seconds that the writing took.
        kept: Files taken over from the former dataset that are none of ours.

    Returns:
        The size of all files together.
    """
    sizes = {
        name: (folder / name).stat().st_size for name in output_files(folder) if name not in kept
    }
    generated = [
        {"path": name, "sha256": file_digest(folder / name), "bytes": size}
        for name, size in sizes.items()
    ]
    finished = datetime.now(UTC)
    with closing(open_dataset(folder / "ita.sqlite")) as data:
        used, counts = _used(data), _counts(data, rows)
    spent = {**run.seconds, "writing": seconds}
    facts = {
        "made_by": MADE_BY,
        "format": FORMAT,
        "command": list(run.command),
        "started_at": _time(run.started_at),
        "finished_at": _time(finished),
        "seconds": {name: round(value, 3) for name, value in spent.items()},
        "versions": _versions() | dict(run.versions),
        "settings": dict(run.settings),
        "counts": counts,
        "used": used,
        "generated": generated,
        "kept": list(kept),
    }
    text = json.dumps(facts, ensure_ascii=False, indent=1, default=str)
    path = folder / "run.json"
    path.write_text(text + "\n", encoding="utf-8", errors="replace", newline="\n")
    return sum(sizes.values()) + path.stat().st_size


def output_files(folder: Path) -> list[str]:
    """The files of a dataset folder, `run.json` left out, as relative paths with slashes."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(
        name for path in found if (name := path.relative_to(folder).as_posix()) != "run.json"
    )


def counts_by(data: sqlite3.Connection, table: str, column: str) -> dict[str, int]:
    """Number of rows of a table by the words of a column."""
    query = f'SELECT "{column}", COUNT(*) FROM "{table}" GROUP BY 1 ORDER BY 1'  # noqa: S608
    return {str(word): int(count) for word, count in data.execute(query)}


def _used(data: sqlite3.Connection) -> list[dict[str, object]]:
    query = "SELECT document_id, source, file_name, byte_size, status FROM documents"
    return [
        {
            "sha256": row["document_id"],
            "source": row["source"] or row["file_name"],
            "bytes": row["byte_size"],
            "status": row["status"],
        }
        for row in data.execute(query)
    ]


def _counts(data: sqlite3.Connection, rows: Mapping[str, int]) -> dict[str, object]:
    return {
        "documents": {"ok": 0, "partial": 0, "refused": 0} | counts_by(data, "documents", "status"),
        "reasons": {
            word: count
            for word, count in counts_by(data, "documents", "status_reason").items()
            if word != "None"
        },
        "findings": {"error": 0, "warning": 0, "note": 0} | counts_by(data, "findings", "severity"),
        "rows": dict(rows),
    }


def _versions() -> dict[str, str]:
    found = {"parser": PARSER_VERSION, "python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _time(moment: datetime) -> str:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

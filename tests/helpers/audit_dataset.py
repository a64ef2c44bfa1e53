"""Hand-made reports as a dataset folder, with what the audit finds in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from parsers.model import Report
from pipeline.audit import Finding, audit, recompute
from pipeline.dataset import dataset_rows
from pipeline.records import FileReport
from pipeline.writers.csv import CsvWriter
from pipeline.writers.parquet import ParquetWriter
from pipeline.writers.sqlite import SqliteWriter

__all__ = ["write_tables"]


def write_tables(
    folder: Path, reports: Mapping[str, Report], findings: Sequence[Finding] = ()
) -> Path:
    """Write the tables of reports by file name, as CSV, SQLite and Parquet.

    Args:
        folder: Where to; it is made.
        reports: The reports; each gets a document of its own.
        findings: Further findings, beside those that the audit makes.
    """
    folder.mkdir()
    items = [
        FileReport(_own(report, number), name, name)
        for number, (name, report) in enumerate(reports.items(), start=1)
    ]
    computed = [row for item in items for row in recompute(item.report)]
    found = [row for item in items for row in audit(item.report, recompute(item.report))]
    writers = (CsvWriter(folder / "csv"), ParquetWriter(folder / "parquet"))
    with (
        closing(SqliteWriter(folder / "ita.sqlite")) as database,
        closing(writers[0]),
        closing(writers[1]),
    ):
        for table, rows in dataset_rows(items, computed, [*found, *findings]):
            for writer in (database, *writers):
                writer.add(table, rows)
    return folder


def _own(report: Report, number: int) -> Report:
    """The report as a document of its own: ids of its scores with its number."""
    scores = tuple(replace(s, score_id=f"{number}{s.score_id}") for s in report.scores)
    ratings = tuple(replace(r, rating_id=f"{number}{r.rating_id}") for r in report.ratings)
    return replace(report, document_id=str(number) * 64, scores=scores, ratings=ratings)

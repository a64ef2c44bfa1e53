"""Reports and audit -> a dataset folder: all files, swapped in as a whole."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, closing, nullcontext
from pathlib import Path

from pipeline.audit.records import Finding, Recomputed
from pipeline.dataset import Batch, dataset_rows
from pipeline.fields import tables
from pipeline.keepsakes import take_over
from pipeline.records import FileReport, Receipt, RunFacts
from pipeline.reference import catalog_rows
from pipeline.release import Place, claim, swap_in, telling
from pipeline.report import write_report
from pipeline.writers import TableWriter
from pipeline.writers.csv import CsvWriter
from pipeline.writers.datapackage import write_datapackage
from pipeline.writers.manifest import counts_by, write_manifest
from pipeline.writers.parquet import ParquetWriter
from pipeline.writers.sqlite import SqliteWriter, open_dataset
from pipeline.writers.xlsx import write_workbook

__all__ = ["write_dataset"]

Progress = Callable[[str], None]


def write_dataset(
    out: Path,
    reports: Sequence[FileReport],
    recomputed: Iterable[Recomputed],
    findings: Iterable[Finding],
    run: RunFacts,
    *,
    place: Place | None = None,
    progress: Progress | None = None,
) -> Receipt:
    """Write the dataset and put it in the place of the former one.

    Nothing of the former dataset changes before the new one is complete. The same inputs
    give the same bytes in every file but `run.json`.

    Args:
        out: The dataset folder.
        reports: The documents; see `pipeline.dataset.dataset_rows` for lazy sequences.
        recomputed: The recomputed scores.
        findings: The findings.
        run: What the run knows about itself.
        place: The folder as `claim` gave it, where the caller has claimed it already.
        progress: Told what is written next: `tables`, `ita.xlsx`, `report`, `datapackage.json`.

    Raises:
        OutputError: The folder cannot be written; says why in Thai and English.
    """
    started = time.monotonic()
    with nullcontext(place) if place else claim(out) as held, telling(held.out):
        try:
            batches = dataset_rows(reports, recomputed, findings, catalog_rows())
            rows = _write_files(held.new, batches, progress or _silent)
            kept = take_over(held.out, held.new)
            size = write_manifest(held.new, run, rows, time.monotonic() - started, kept)
            documents, found = _counts(held.new)
            swap_in(held)
        except BaseException:
            # Also when a person stops the run: the next one would clear up, but should not
            # have to. After the swap, `new` is the former dataset.
            shutil.rmtree(held.new, ignore_errors=True)
            raise
    seconds = time.monotonic() - started
    return Receipt(held.out, documents, rows, found, size, seconds, kept)


def _write_files(folder: Path, batches: Iterable[Batch], tell: Progress) -> dict[str, int]:
    """Write every file but the manifest; gives the number of rows by table."""
    folder.mkdir()
    tell("tables")
    rows = _write_tables(folder, batches)
    tell("ita.xlsx")
    write_workbook(folder / "ita.xlsx", folder / "ita.sqlite")
    tell("report")
    write_report(folder)
    tell("datapackage.json")
    write_datapackage(folder, rows)
    return rows


def _silent(_: str) -> None:
    """Nobody wants to know."""


def _write_tables(folder: Path, batches: Iterable[Batch]) -> dict[str, int]:
    """Hand every batch to the three table writers; gives the number of rows by table."""
    counts = Counter({table.name: 0 for table in tables()})
    with ExitStack() as stack:
        writers: list[TableWriter] = []
        for make in (_csv, _parquet, _sqlite):
            writers.append(make(folder))
            stack.callback(writers[-1].close)
        for name, rows in batches:
            if rows:
                counts[name] += len(rows)
                for writer in writers:
                    writer.add(name, rows)
    return dict(counts)


def _csv(folder: Path) -> TableWriter:
    return CsvWriter(folder / "csv")


def _parquet(folder: Path) -> TableWriter:
    return ParquetWriter(folder / "parquet")


def _sqlite(folder: Path) -> TableWriter:
    return SqliteWriter(folder / "ita.sqlite")


def _counts(folder: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Documents by status and findings by severity."""
    with closing(open_dataset(folder / "ita.sqlite")) as data:
        return counts_by(data, "documents", "status"), counts_by(data, "findings", "severity")

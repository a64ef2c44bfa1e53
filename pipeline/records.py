"""What the pipeline adds to a parsed report: where the file came from, how the run went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from parsers.model import Report

__all__ = [
    "FileReport",
    "Receipt",
    "RunFacts",
    "file_order",
    "slim",
]


@dataclass(frozen=True, slots=True)
class FileReport:
    """One input file and what was read from it.

    Attributes:
        report: What the parser read, or the refusal.
        file_name: Name of the file, without folders.
        source: Path or URL it came from; empty where neither is known.
        retrieved_at: When it was downloaded (ISO 8601, UTC); None for local files.
        other_sources: Further inputs with exactly the same bytes.
    """

    report: Report
    file_name: str
    source: str = ""
    retrieved_at: str | None = None
    other_sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What a run knows about itself; goes into `run.json` and nowhere else.

    Attributes:
        started_at: When the run began, with a time zone.
        settings: The settings it ran under: plain JSON values, no secrets.
        versions: Versions of programs and reference data by name.
        seconds: Seconds that each part of the work took so far, by name.
        command: The command as it was given; may be empty.
    """

    started_at: datetime
    settings: Mapping[str, object] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    command: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was written.

    Attributes:
        folder: The dataset.
        documents: Number of documents by status.
        rows: Number of rows by table.
        findings: Number of findings by severity.
        bytes: Size of all files together.
        seconds: How long the writing took.
        kept: Files of other people's making that were taken over from the former dataset.
    """

    folder: Path
    documents: Mapping[str, int]
    rows: Mapping[str, int]
    findings: Mapping[str, int]
    bytes: int
    seconds: float
    kept: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every document was read in full."""
        return not (self.documents.get("partial") or self.documents.get("refused"))


def file_order(item: FileReport) -> tuple[str, str, str]:
    """The order of documents in every table: by source, then name, then content."""
    return (item.source, item.file_name, item.report.document_id)


def slim(report: Report) -> Report:
    """The report without its grids and page texts.

    The dataset needs neither, and they are nearly all of its size: a caller that holds
    thousands of reports until the dataset is written holds these.
    """
    pages = tuple(replace(page, lines=()) for page in report.pages)
    return replace(report, pages=pages, grids=())

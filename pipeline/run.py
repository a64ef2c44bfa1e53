"""One run: inputs to dataset, in steps that can be called one by one.

    find what to read → read it batch by batch → audit → write the dataset

Between the steps everything that matters is in the ledger, so a run that is killed is
simply started again. Nothing here knows Prefect: `flows.run` makes tasks of the steps, and
`run` below calls them one after the other.
"""

from __future__ import annotations

import logging
import math
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from parsers.model import Report
from pipeline.audit import Finding, Library, Recomputed, audit_across, audit_report, page_order
from pipeline.inputs import Found, InputFile, discover
from pipeline.ledger import Ledger, StoredReports, settings_digest
from pipeline.output import write_dataset
from pipeline.progress import listener
from pipeline.records import FileReport, Receipt, RunFacts
from pipeline.release import Place, claim
from pipeline.settings import Settings
from pipeline.work import read_documents, refused, reported
from pipeline.worker import Reader, read_report, reader_version

__all__ = [
    "NotRead",
    "Run",
    "RunSummary",
    "assemble",
    "open_run",
    "read_batch",
    "run",
]

_log = logging.getLogger(__name__)

# Each batch is a task of the flow; the server that records them likes a few dozen.
_MOST_BATCHES = 50
# The settings that decide what is read; the others only say how fast.
_DECISIVE = ("time_limit", "memory_limit", "file_limit")


@dataclass(frozen=True, slots=True)
class NotRead:
    """A document that was refused or read in part, and why."""

    source: str
    status: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did.

    Attributes:
        receipt: What was written.
        known: Documents that earlier runs had read.
        not_read: Documents that were refused or read in part.
        unaudited: Documents on which the audit itself failed, by source.
        duplicates: Files whose bytes are those of another file.
        empty: Named folders that hold no PDF.
        unreadable_folders: Folders that could not be listed.
        seconds: Seconds that the whole run took.
    """

    receipt: Receipt
    known: int
    not_read: tuple[NotRead, ...]
    unaudited: tuple[str, ...]
    duplicates: int
    empty: tuple[str, ...]
    unreadable_folders: tuple[str, ...]
    seconds: float

    @property
    def complete(self) -> bool:
        """Whether everything that was named has been read and audited."""
        return not (self.not_read or self.unaudited or self.unreadable_folders)


@dataclass(slots=True)
class Run:
    """A run between its first step and its last.

    Attributes:
        out: The dataset folder as it was named.
        place: The folder as it was claimed.
        found: What the inputs hold.
        batches: What is to be read, in portions.
        known: Documents that earlier runs had read.
        ledger: Where reports are kept.
        facts: What `run.json` shall say.
        held: Reports that the ledger does not keep, by document.
        begun: Clock when the run began.
    """

    out: Path
    place: Place
    settings: Settings
    found: Found
    batches: tuple[tuple[InputFile, ...], ...]
    known: int
    ledger: Ledger
    facts: RunFacts
    begun: float
    reader: Reader = read_report
    held: dict[str, FileReport] = field(default_factory=dict)


@contextmanager
def open_run(
    inputs: Sequence[str | Path],
    out: Path,
    settings: Settings,
    *,
    fresh: bool = False,
    command: Sequence[str] = (),
    reader: Reader = read_report,
) -> Iterator[Run]:
    """Find what to read and reserve the dataset folder.

    Args:
        inputs: Files and folders.
        out: Folder of the dataset.
        settings: Limits and numbers.
        fresh: Read everything anew.
        command: The command as it was given, for `run.json`.
        reader: See `read_documents`.

    Raises:
        MessageError: The inputs hold nothing to read, or the folder cannot be written.
    """
    begun, started_at = time.monotonic(), datetime.now(UTC)
    found = discover(inputs)
    decisive = {name: getattr(settings, name) for name in _DECISIVE}
    with (
        claim(out) as place,
        Ledger(
            place.ledger, settings_digest(decisive), parser_version=reader_version(), fresh=fresh
        ) as ledger,
    ):
        known = ledger.known([file.document_id for file in found.files if not file.refused])
        unread = [file for file in found.files if file.document_id not in known]
        if unread:
            listener().stage("stage.read", len(unread))
        yield Run(
            out=out,
            place=place,
            settings=settings,
            found=found,
            batches=tuple(_batches(unread, settings.batch_size)),
            known=len(known),
            ledger=ledger,
            facts=RunFacts(started_at, _plain(settings), command=tuple(command)),
            begun=begun,
            reader=reader,
        )


def _plain(settings: Settings) -> Mapping[str, object]:
    # The language of messages has no place in what is written: the dataset has both.
    return {name: value for name, value in asdict(settings).items() if name != "lang"}


def _batches(files: Sequence[InputFile], size: int) -> Iterator[tuple[InputFile, ...]]:
    size = max(size, math.ceil(len(files) / _MOST_BATCHES))
    for start in range(0, len(files), size):
        yield tuple(files[start : start + size])


def read_batch(run: Run, number: int) -> dict[str, int]:
    """Read one batch into the ledger.

    Returns:
        Number of documents by status.
    """
    counts: Counter[str] = Counter()
    for item in read_documents(run.batches[number], run.settings, reader=run.reader):
        run.ledger.put(item.report)
        if not run.ledger.known([item.report.document_id]):
            run.held[item.report.document_id] = item
        counts[item.report.status] += 1
        listener().step(item.file_name)
    return dict(counts)


def assemble(run: Run) -> RunSummary:
    """Audit everything that the inputs hold and write the dataset."""
    reports = StoredReports(run.ledger, [_stored(run, file) for file in run.found.files])
    listener().stage("stage.audit", len(reports))
    reading = time.monotonic() - run.begun
    audited = _audited(reports)
    run.facts = _timed(run.facts, reading, time.monotonic() - run.begun - reading)
    receipt = _written(run, reports, audited.recomputed, audited.findings)
    return RunSummary(
        receipt=receipt,
        known=run.known,
        not_read=tuple(audited.not_read),
        unaudited=tuple(audited.unaudited),
        duplicates=sum(len(file.other_sources) for file in run.found.files),
        empty=run.found.empty,
        unreadable_folders=tuple(folder for folder, _ in run.found.unreadable_folders),
        seconds=time.monotonic() - run.begun,
    )


@dataclass(slots=True)
class _Audited:
    """What the audit of all documents gave."""

    recomputed: list[Recomputed] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)
    unaudited: list[str] = field(default_factory=list)


def _audited(reports: Sequence[FileReport]) -> _Audited:
    """Audit the documents one at a time, then against each other."""
    result, library = _Audited(), Library()
    places: dict[str, int] = {}
    for place, item in enumerate(reports):
        report = item.report
        if report.status != "ok":
            why = (report.status, report.status_reason, report.status_detail)
            result.not_read.append(NotRead(item.source, *why))
        try:
            rows, found = audit_report(report)
            library.add(report, item.file_name, item.retrieved_at)
        except Exception:  # noqa: BLE001
            # One document that the audit stumbles over must not cost the dataset.
            _log.exception("%s could not be audited", item.source)
            result.unaudited.append(item.source)
        else:
            result.recomputed.extend(rows)
            result.findings.extend(found)
            places[report.document_id] = place
        listener().step(item.file_name)
    across = _across(library, reports, places)
    if across:
        result.findings = sorted([*result.findings, *across], key=page_order)
    return result


def _across(
    library: Library, reports: Sequence[FileReport], places: Mapping[str, int]
) -> tuple[Finding, ...]:
    def reopen(document_id: str) -> Report | None:
        place = places.get(document_id)
        return None if place is None else reports[place].report

    try:
        return audit_across(library, reopen)
    except Exception:  # noqa: BLE001
        _log.exception("the documents could not be compared with each other")
        return ()


def _stored(run: Run, file: InputFile) -> FileReport:
    """Where a report belongs; its content comes from the ledger unless that does not keep it."""
    held = run.held.get(file.document_id)
    return held or reported(file, refused(file, "internal-error", "not in the ledger"))


def _timed(facts: RunFacts, reading: float, auditing: float) -> RunFacts:
    seconds = {"reading": reading, "auditing": auditing}
    return RunFacts(facts.started_at, facts.settings, facts.versions, seconds, facts.command)


def _written(
    run: Run,
    reports: Sequence[FileReport],
    recomputed: Sequence[Recomputed],
    findings: Sequence[Finding],
) -> Receipt:
    listener().stage("stage.write")
    return write_dataset(
        run.out,
        reports,
        recomputed,
        findings,
        run.facts,
        place=run.place,
        progress=listener().step,
    )


def run(
    inputs: Sequence[str | Path],
    out: Path,
    settings: Settings,
    *,
    fresh: bool = False,
    command: Sequence[str] = (),
    reader: Reader = read_report,
) -> RunSummary:
    """The whole run without Prefect: for scripts, and where no server can be started."""
    with open_run(inputs, out, settings, fresh=fresh, command=command, reader=reader) as opened:
        for number in range(len(opened.batches)):
            read_batch(opened, number)
        return assemble(opened)

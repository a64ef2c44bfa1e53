"""Reading many documents at once, each in a process of its own.

A PDF from the wild may hang, crash the PDF library or eat the memory. Here that costs
one document: its process is ended, its report says why (`timeout`, `crashed`,
`out-of-memory`), and the others go on. Processes are used and not threads because PDFium
must not be entered by two threads at once.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any

import psutil
from pebble import ProcessExpired, ProcessPool

from parsers.errors import DocumentRefused
from parsers.model import Report
from pipeline.inputs import InputFile
from pipeline.ledger import decode_report
from pipeline.records import FileReport
from pipeline.settings import Settings
from pipeline.worker import Reader, begin, read, read_report

__all__ = ["process_count", "read_documents", "refused", "reported"]

_log = logging.getLogger(__name__)

_MIB = 1 << 20
_WATCH_SECONDS = 0.1
# Memory that a reading process takes before it reads anything, and then some.
_USUAL_MIB = 500


def read_documents(
    files: Sequence[InputFile],
    settings: Settings,
    *,
    reader: Reader = read_report,
    whole: bool = False,
) -> Iterator[FileReport]:
    """Read documents, as many at a time as the machine allows.

    Yields one report per file in the order in which they are done. Nothing that a file
    does ends the iteration; leaving it early ends the processes.

    Args:
        files: What to read; files that cannot be opened come back refused at once.
        settings: Limits and number of processes.
        reader: Turns bytes and a file name into a report; a module-level function.
        whole: Bring the texts of the pages and the grids along, which the dataset does not
            need and which are nearly all of a report (see `slim`).
    """
    waiting = deque[InputFile]()
    for file in files:
        reason, detail = _beforehand(file, settings)
        if reason:
            yield reported(file, refused(file, reason, detail))
        else:
            waiting.append(file)
    while waiting:
        before = len(waiting)
        try:
            yield from _Crew(waiting, settings, reader, whole).work()
        except BrokenProcessPool:
            # The pool itself died, for instance because the system killed an idle process.
            # Start a new one as long as that leads anywhere.
            if len(waiting) == before:
                raise


def refused(file: InputFile, reason: str, detail: str = "") -> Report:
    """The report of a file that could not be read, with its reason."""
    return Report(
        document_id=file.document_id,
        byte_size=file.byte_size,
        page_count=None,
        status="refused",
        status_reason=reason,
        status_detail=detail,
        text_source="none",
    )


def process_count(settings: Settings, documents: int) -> int:
    """How many processes to use: no more than cores, documents, or memory allow."""
    if settings.jobs:
        return max(1, min(settings.jobs, documents))
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else (os.cpu_count() or 1)
    by_memory = int(psutil.virtual_memory().available // (_USUAL_MIB * _MIB))
    return max(1, min(cores, by_memory, documents))


def _beforehand(file: InputFile, settings: Settings) -> tuple[str, str]:
    if file.refused:
        return "unreadable-file", file.refused
    if file.byte_size > settings.file_limit * _MIB:
        return "too-large", f"{file.byte_size // _MIB} MiB, limit {settings.file_limit} MiB"
    return "", ""


def reported(file: InputFile, report: Report) -> FileReport:
    """A report with where its file came from."""
    return FileReport(
        report=report,
        file_name=file.file_name,
        source=file.source,
        retrieved_at=file.retrieved_at,
        other_sources=file.other_sources,
    )


@dataclass(frozen=True, slots=True)
class _Job:
    """A document that is with a process: its place among those that run, and its file."""

    place: int
    file: InputFile


class _Crew:
    """One pool of processes and what they are busy with.

    Takes its work from `waiting`; a document that was with the pool when it broke is put
    back there.
    """

    def __init__(
        self, waiting: deque[InputFile], settings: Settings, reader: Reader, whole: bool
    ) -> None:
        self.waiting = waiting
        self.settings = settings
        self.reader = reader
        self.whole = whole
        self.size = process_count(settings, len(waiting))
        context = multiprocessing.get_context("spawn")
        # Twice as many documents as processes are handed out, so that none has to wait.
        self.free = list(range(2 * self.size))
        # For each place the id of the process that works there now, else 0.
        self.pids: Any = context.RawArray("i", len(self.free))
        self.running: dict[Any, _Job] = {}
        self.pool: Any = ProcessPool(
            max_workers=self.size,
            max_tasks=settings.recycle_after,
            initializer=begin,
            initargs=(self.pids, settings.memory_limit, reader),
            context=context,
        )

    def work(self) -> Iterator[FileReport]:
        """Read everything that waits."""
        try:
            with _no_interrupts():
                self._hand_out()
            while self.running:
                done, _ = wait(self.running, timeout=_WATCH_SECONDS, return_when=FIRST_COMPLETED)
                for future in done:
                    yield self._finished(future)
                self._stop_the_greedy()
                self._hand_out()
        finally:
            # Also reached when the caller leaves or a person presses Ctrl-C.
            self.pool.stop()
            self.pool.join()

    def _hand_out(self) -> None:
        while self.free and self.waiting:
            job = _Job(self.free.pop(), self.waiting.popleft())
            future = self.pool.schedule(
                read,
                args=(job.place, job.file.path, job.file.file_name, self.reader, self.whole),
                timeout=self.settings.time_limit,
            )
            self.running[future] = job

    def _finished(self, future: Future[bytes]) -> FileReport:
        error = CancelledError() if future.cancelled() else future.exception()
        if isinstance(error, BrokenProcessPool):
            self.waiting.extendleft(job.file for job in self.running.values())
            raise error
        job = self.running.pop(future)
        self.pids[job.place] = 0
        self.free.append(job.place)
        if error is not None:
            return reported(job.file, _failed(job.file, error, self.settings))
        report = decode_report(future.result())
        if report.document_id != job.file.document_id:
            report = refused(job.file, "unreadable-file", "changed while it was read")
        return reported(job.file, report)

    def _stop_the_greedy(self) -> None:
        limit = self.settings.memory_limit * _MIB
        for future, job in self.running.items():
            if _memory_of(self.pids[job.place]) > limit:
                # The pool ends the process of a running job that is cancelled.
                future.cancel()


def _failed(file: InputFile, error: BaseException, settings: Settings) -> Report:
    """The report of a document whose reading ended with an error."""
    match error:
        case CancelledError() | MemoryError():
            return refused(file, "out-of-memory", f"limit {settings.memory_limit} MiB")
        case TimeoutError():
            return refused(file, "timeout", f"limit {settings.time_limit:g} s")
        case ProcessExpired():
            return refused(file, "crashed", _cause_of_death(error.exitcode))
        case DocumentRefused():
            return refused(file, error.reason, error.detail)
        case OSError():
            return refused(file, "unreadable-file", error.strerror or type(error).__name__)
        case _:
            _log.error("%s could not be read", file.source, exc_info=error)
            return refused(file, "internal-error", f"{type(error).__name__}: {error}")


def _memory_of(pid: int) -> int:
    """Resident bytes of one of our processes; 0 where it has gone."""
    if not pid:
        return 0
    try:
        process = psutil.Process(pid)
        return int(process.memory_info().rss) if process.ppid() == os.getpid() else 0
    except psutil.Error:
        return 0


def _cause_of_death(code: int | None) -> str:
    if code is None or code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


@contextlib.contextmanager
def _no_interrupts() -> Iterator[None]:
    """Start processes so that Ctrl-C reaches only us; we then end them.

    The mask is inherited by the pool's threads and by every process that these start.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

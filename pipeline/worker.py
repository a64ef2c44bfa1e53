"""Inside a reading process: what `pipeline.work` has its processes do.

Nothing here runs in the main process but `reader_version`.
"""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from functools import cache
from importlib import metadata
from multiprocessing import connection
from pathlib import Path
from typing import Any

import parsers
from parsers.model import Report
from pipeline.ledger import encode_report
from pipeline.records import slim

__all__ = ["Reader", "begin", "read", "read_report", "reader_version"]

Reader = Callable[[bytes, str], Report]

_MIB = 1 << 20
# Libraries and files that have a say in what is read.
_LIBRARIES = ("pdfplumber", "pikepdf", "pypdfium2", "pythainlp")
_PARSER_FILES = {".csv", ".py", ".toml"}
# One process on one core: numerical libraries must not start a thread per core each.
_THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def read_report(data: bytes, file_name: str) -> Report:
    """Read one document; the reader that runs unless a test brings another."""
    from parsers.report import parse_report

    return parse_report(data, file_name=file_name)


@cache
def reader_version() -> str:
    """What decides how a document is read: the parser's version, code, data and libraries.

    A corrected rule or table, or another version of a library, makes a ledger's memory
    worthless also where nobody thought of raising the version.
    """
    digest = hashlib.sha256()
    for name in _LIBRARIES:
        digest.update(f"{name} {metadata.version(name)}\n".encode())
    folder = Path(parsers.__file__).parent
    for path in sorted(folder.rglob("*")):
        if path.suffix in _PARSER_FILES and path.is_file():
            digest.update(f"{path.relative_to(folder).as_posix()}\n".encode())
            digest.update(path.read_bytes())
    return f"{parsers.PARSER_VERSION}-{digest.hexdigest()[:16]}"


_pids: Any = None


def begin(pids: Any, memory_limit: int, reader: Reader) -> None:
    """Prepare a process.

    Args:
        pids: Shared numbers in which `read` says where it is being read.
        memory_limit: MiB for one document.
        reader: What will read; its imports are counted as no document's time.
    """
    global _pids  # noqa: PLW0603 - shared memory can only be handed over at the start
    _pids = pids
    for name in _THREAD_VARIABLES:
        os.environ[name] = "1"
    # The pool asks a process to end only when that is safe; it must then end at once.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _die_with_parent()
    _limit_memory(memory_limit)
    if reader is read_report:
        import parsers.report  # noqa: F401
    _say_nothing()


def _die_with_parent() -> None:
    """End with the main process even if that is killed without warning."""
    if sys.platform == "linux":
        import ctypes

        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL, 0, 0, 0)
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def follow() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def _say_nothing() -> None:
    """Keep what libraries write about damaged files out of the person's terminal."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _limit_memory(memory_limit: int) -> None:
    """Refuse one giant request for memory at once; the main process watches the rest."""
    if sys.platform == "win32":
        return
    import resource

    ceiling = (2 * memory_limit + 2048) * _MIB
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))


def read(place: int, path: Path, file_name: str, reader: Reader, whole: bool) -> bytes:
    """Read one document; while it lasts, `pids[place]` says which process is at it.

    Returns:
        The report encoded as for the ledger: bytes cross between processes fastest.
    """
    _pids[place] = os.getpid()
    try:
        report = reader(path.read_bytes(), file_name)
        return encode_report(report if whole else slim(report))
    finally:
        _pids[place] = 0

"""What has been read already: the memory that makes a second run cheap.

A small database beside the dataset (it survives the swap) holds the report of every
document, keyed by the SHA-256 of its bytes, the parser version and a digest of the settings
that decide what is read. A document is read again when one of the three changes, or with
`fresh`. It may be deleted at any time: the next run then reads everything.

Documents that could not be read are remembered too, with their reason, so that a file which
crashes the reader does not do so in every run for ever. `attempts` in status_reasons.toml
says how often a reason is tried where the machine, and not the file, may be to blame.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, overload

import msgspec

from parsers import PARSER_VERSION
from parsers.model import Report
from pipeline.reasons import attempts
from pipeline.records import FileReport, file_order, slim
from pipeline.release import telling

__all__ = ["Ledger", "StoredReports", "decode_report", "encode_report", "settings_digest"]

_log = logging.getLogger(__name__)

_TABLE = "readings_1"
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS {_TABLE} (
  document_id TEXT NOT NULL,
  parser_version TEXT NOT NULL,
  settings TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  size INTEGER NOT NULL,
  digest BLOB NOT NULL,
  report BLOB NOT NULL,
  PRIMARY KEY (document_id, settings)
)
"""


def encode_report(report: Report) -> bytes:
    """A report as bytes; `decode_report` gives back an equal one, to the last digit."""
    return msgspec.msgpack.encode(report)


def decode_report(data: bytes) -> Report:
    """The report that `encode_report` was given.

    Raises:
        msgspec.DecodeError: The bytes hold no report.
    """
    return _DECODER.decode(data)


_DECODER = msgspec.msgpack.Decoder(Report)


def settings_digest(settings: Mapping[str, object]) -> str:
    """A short digest of the settings that decide what is read from a document.

    Give all that can change an outcome (limits, OCR engine and its version), and nothing
    else: a different number of processes must not make everything be read again.

    >>> settings_digest({"a": 1, "b": 2}) == settings_digest({"b": 2, "a": 1})
    True
    """
    text = json.dumps(settings, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Ledger:
    """The memory of one dataset; a context manager, safe to use from several threads.

    Args:
        path: The database file; made if it is not there.
        settings: Digest of the settings (see `settings_digest`).
        parser_version: Version of the parser that reads now.
        fresh: Treat everything as unread; what is read now is remembered as usual.

    Attributes:
        damaged: Where a damaged ledger was laid aside, or None.

    Raises:
        OutputError: The file cannot be made or opened.
    """

    def __init__(
        self,
        path: Path,
        settings: str,
        *,
        parser_version: str = PARSER_VERSION,
        fresh: bool = False,
    ) -> None:
        self.path = path
        self.damaged: Path | None = None
        # Reports of another shape cannot be decoded, whatever the parser version says.
        self._key = (f"{parser_version}/{_shape()}", settings)
        self._fresh = fresh
        self._new: set[str] = set()
        self._lock = threading.RLock()
        self._connection = self._opened()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; what was remembered stays."""
        self._connection.close()

    def known(self, document_ids: Sequence[str]) -> set[str]:
        """Which of these documents need not be read."""
        with self._lock:
            return {document_id for document_id in document_ids if self._is_known(document_id)}

    def get(self, document_id: str) -> Report | None:
        """The report of a document; None where it has to be read."""
        with self._lock:
            return self._report(document_id) if self._is_known(document_id) else None

    def put(self, report: Report) -> None:
        """Remember the report of a document, also a refusal.

        A report that no encoding can hold (a text with half a character) is not
        remembered: the next run reads the document again.

        Raises:
            OutputError: The disk is full, or the ledger cannot be written.
        """
        if report.status == "refused" and attempts(report.status_reason) == 0:
            return
        try:
            data = encode_report(report)
            with self._lock, telling(self.path):
                self._new.add(report.document_id)
                self._store(report, data)
        except (UnicodeError, OverflowError) as error:
            _log.warning("%s is not remembered: %s", report.document_id, error)
        except sqlite3.DatabaseError as error:
            self._rebuild(error)
            self._store(report, data)

    def _store(self, report: Report, data: bytes) -> None:
        version, settings = self._key
        packed = _compressed(data)
        before = self._row("attempts", report.document_id)
        with self._connection:
            self._connection.execute(
                f"INSERT OR REPLACE INTO {_TABLE} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
                (
                    report.document_id,
                    version,
                    settings,
                    report.status,
                    report.status_reason,
                    (int(before[0]) if before else 0) + 1,
                    len(data),
                    _checksum(packed),
                    packed,
                ),
            )

    def _is_known(self, document_id: str) -> bool:
        if self._fresh and document_id not in self._new:
            return False
        try:
            row = self._row("status, reason, attempts, digest, report", document_id)
        except sqlite3.DatabaseError as error:
            self._rebuild(error)
            return False
        if row is None or _checksum(row[4]) != row[3]:
            return False
        status, reason, tried = row[:3]
        return (
            document_id in self._new or status != "refused" or int(tried) >= attempts(str(reason))
        )

    def _report(self, document_id: str) -> Report | None:
        try:
            row = self._row("size, report", document_id)
            return decode_report(_expanded(row[1], int(row[0]))) if row else None
        except sqlite3.DatabaseError as error:
            self._rebuild(error)
        except (OSError, ValueError, msgspec.MsgspecError) as error:
            _log.warning("%s is read again: %s", document_id, error)
        return None

    def _row(self, columns: str, document_id: str) -> tuple[Any, ...] | None:
        version, settings = self._key
        found: tuple[Any, ...] | None = self._connection.execute(
            f"SELECT {columns} FROM {_TABLE} "  # noqa: S608 - names are our own
            "WHERE document_id = ? AND settings = ? AND parser_version = ?",
            (document_id, settings, version),
        ).fetchone()
        return found

    def _opened(self) -> sqlite3.Connection:
        with telling(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                return _connect(self.path)
            except sqlite3.OperationalError:
                # No permission, a full disk: nothing that another file would mend.
                raise
            except sqlite3.DatabaseError as error:
                self._lay_aside(error)
                return _connect(self.path)

    def _rebuild(self, error: sqlite3.DatabaseError) -> None:
        """Begin a new ledger in the middle of a run; only a damaged one is laid aside."""
        if isinstance(error, sqlite3.OperationalError):
            raise error
        with suppress(sqlite3.Error):
            self._connection.close()
        self._lay_aside(error)
        self._connection = _connect(self.path)

    def _lay_aside(self, error: sqlite3.DatabaseError) -> None:
        number = 1
        while (aside := self.path.with_name(f"{self.path.name}.damaged-{number}")).exists():
            number += 1
        self.path.replace(aside)
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        self.damaged = aside
        _log.warning("the ledger is damaged (%s); laid aside as %s and begun anew", error, aside)


class StoredReports(Sequence[FileReport]):
    """The reports of a ledger as a sequence that holds one at a time.

    In the order that the dataset needs, so that thousands of documents can be written
    without being in memory together. Pages come without their texts, grids are left out.

    Args:
        ledger: Where the reports are; each must be there.
        files: File facts, in any order; of the `report` only the id counts.
    """

    def __init__(self, ledger: Ledger, files: Sequence[FileReport]) -> None:
        self._ledger = ledger
        self._files = sorted(files, key=file_order)

    def __len__(self) -> int:
        return len(self._files)

    @overload
    def __getitem__(self, place: int) -> FileReport: ...
    @overload
    def __getitem__(self, place: slice) -> StoredReports: ...
    def __getitem__(self, place: int | slice) -> FileReport | StoredReports:
        if isinstance(place, slice):
            return StoredReports(self._ledger, self._files[place])
        item = self._files[place]
        report = self._ledger.get(item.report.document_id)
        # What the ledger could not keep, the caller still has.
        return replace(item, report=slim(report)) if report is not None else item

    def __iter__(self) -> Iterator[FileReport]:
        return (self[place] for place in range(len(self)))


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30, check_same_thread=False)
    try:
        # A killed run loses at most what it was writing; the file stays sound.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(_SCHEMA)
        connection.commit()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


@cache
def _shape() -> str:
    """A digest of the records' fields and types."""
    shape = json.dumps(msgspec.json.schema(Report), sort_keys=True)
    return hashlib.sha256(shape.encode()).hexdigest()[:8]


def _checksum(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


def _compressed(data: bytes) -> bytes:
    import pyarrow as pa

    return bytes(pa.compress(data, codec="zstd", asbytes=True))


def _expanded(data: bytes, size: int) -> bytes:
    import pyarrow as pa

    return bytes(pa.decompress(data, decompressed_size=size, codec="zstd", asbytes=True))

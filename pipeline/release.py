"""The dataset as a whole: written beside the former one, then swapped in.

Everything that belongs to a dataset but is no part of it lies in a hidden folder beside it
(`.NAME.ita` for a dataset `NAME`): the lock, the ledger, and the dataset that is being
written. A reader sees the former dataset or the new one, never a mixture; a run that is
killed at any moment leaves the former one, and the next run clears up.
"""

from __future__ import annotations

import ctypes
import errno
import json
import logging
import os
import shutil
import sqlite3
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import IO

from parsers.errors import ItaError
from pipeline.messages import MessageError, Texts

__all__ = ["MADE_BY", "OutputError", "Place", "claim", "is_dataset", "swap_in", "telling"]

MADE_BY = "ita-reports"

_log = logging.getLogger(__name__)

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_DENIED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.ENOTDIR})
_SQLITE = {
    sqlite3.SQLITE_FULL: "disk-full",
    sqlite3.SQLITE_READONLY: "not-writable",
    sqlite3.SQLITE_PERM: "not-writable",
    sqlite3.SQLITE_CANTOPEN: "not-writable",
    sqlite3.SQLITE_IOERR: "failed",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
}
_USAGE = frozenset({"not-ours", "not-a-folder", "mount-point"})


class OutputError(MessageError):
    """A dataset cannot be written; the former one is unchanged.

    Args:
        reason: Key in output.toml: `not-ours`, `not-a-folder`, `mount-point`, `busy`,
            `not-writable`, `disk-full` or `failed`.
        folder: The folder that was asked for.
        why: What the system said.
    """

    def __init__(self, reason: str, folder: Path, why: str = "") -> None:
        self.key = f"output.{reason}"
        self.reason = reason
        self.values = {"folder": str(folder), "why": why}
        self.exit_code = 2 if reason in _USAGE else 1
        ItaError.__init__(self, self.text(Texts("en")))

    def __reduce__(self) -> tuple[type[OutputError], tuple[str, Path, str]]:
        """Pickle by reason: the error may come out of another process."""
        folder, why = str(self.values["folder"]), str(self.values["why"])
        return (type(self), (self.reason, Path(folder), why))

    def text(self, texts: Texts) -> str:
        """The message in a language."""
        return _sentences()[self.reason][texts.lang].format(**self.values)


@cache
def _sentences() -> Mapping[str, Mapping[str, str]]:
    text = files("pipeline").joinpath("data", "output.toml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = tomllib.loads(text)
    return found


@dataclass(frozen=True, slots=True)
class Place:
    """Where a dataset is and where the next one is written.

    Attributes:
        out: The dataset.
        folder: The hidden folder beside it.
    """

    out: Path
    folder: Path

    @property
    def new(self) -> Path:
        """The dataset that is being written."""
        return self.folder / "new"

    @property
    def old(self) -> Path:
        """The former dataset while it is being replaced."""
        return self.folder / "old"

    @property
    def ledger(self) -> Path:
        """What has been read (see `pipeline.ledger`); survives the swap."""
        return self.folder / "ledger.sqlite"


@contextmanager
def claim(out: Path) -> Iterator[Place]:
    """Reserve a dataset folder for this run.

    A caller with long work to do claims the folder first, so that a folder that cannot be
    written is told before the work and not after it.

    Raises:
        OutputError: The folder is not ours, not writable, or another run holds it.
    """
    out = out.expanduser().absolute().resolve()
    place = Place(out, out.parent / f".{out.name}.ita")
    _check_target(place)
    with telling(out):
        place.folder.mkdir(parents=True, exist_ok=True)
        lock = (place.folder / "lock").open("a+b")
    with lock:
        if not _locked(lock):
            raise OutputError("busy", out)
        with telling(out):
            _recover(place)
        yield place


def is_dataset(folder: Path) -> bool:
    """Whether a folder holds a dataset that this program wrote."""
    try:
        facts = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(facts, dict) and facts.get("made_by") == MADE_BY


def swap_in(place: Place) -> None:
    """Put the new dataset in the place of the former one, as a whole.

    Raises:
        OutputError: The system refused; the former dataset is in its place.
    """
    with telling(place.out):
        _sync(place.new)
        if place.out.exists():
            shutil.copymode(place.out, place.new)
        if not place.out.exists():
            place.new.rename(place.out)
        elif not _exchanged(place.new, place.out):
            _replace_in_two_steps(place)
        _sync_folder(place.out.parent)
    for former in (place.new, place.old):
        # What cannot be removed now, the next run removes.
        shutil.rmtree(former, ignore_errors=True)


@contextmanager
def telling(out: Path) -> Iterator[None]:
    """Turn what the system says while writing into an `OutputError`."""
    try:
        yield
    except sqlite3.Error as error:
        # The low byte is the kind of error; what is above tells it more closely.
        reason = _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if reason is None:
            raise
        raise OutputError(reason, out, str(error)) from error
    except OSError as error:
        raise OutputError(_reason(error), out, error.strerror or str(error)) from error


def _reason(error: OSError) -> str:
    if error.errno in _FULL:
        return "disk-full"
    return "not-writable" if error.errno in _DENIED else "failed"


def _check_target(place: Place) -> None:
    with telling(place.out):
        if not place.out.exists():
            return
        if not place.out.is_dir():
            raise OutputError("not-a-folder", place.out)
        if os.path.ismount(place.out):
            raise OutputError("mount-point", place.out)
        if any(place.out.iterdir()) and not is_dataset(place.out):
            raise OutputError("not-ours", place.out)


def _locked(lock: IO[bytes]) -> bool:
    """Lock a file until it is closed or the process ends, however it ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in {errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}:
            return False
        # Some network shares know no locks; running alone is then up to the person.
        _log.warning("no lock on %s: %s", lock.name, error)
    return True


def _recover(place: Place) -> None:
    """Clear up after a run that was killed."""
    if place.old.exists() and not place.out.exists():
        place.old.rename(place.out)
    for left in (place.new, place.old):
        if left.exists():
            shutil.rmtree(left)


def _replace_in_two_steps(place: Place) -> None:
    """For systems that cannot exchange two folders: a kill in between is put right later."""
    place.out.rename(place.old)
    try:
        place.new.rename(place.out)
    except OSError:
        place.old.rename(place.out)
        raise


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system cannot."""
    if sys.platform != "linux":
        return False
    exchange = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if exchange is None:
        return False
    here, exchange_flag = -100, 2
    done = exchange(here, os.fsencode(one), here, os.fsencode(other), exchange_flag)
    if done == 0:
        return True
    code = ctypes.get_errno()
    if code in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}:
        return False
    raise OSError(code, os.strerror(code))


def _sync(folder: Path) -> None:
    """Make sure that all of a folder is on the disk, not only in memory."""
    for root, _, names in os.walk(folder):
        for name in names:
            # Windows syncs only what is open for writing.
            with Path(root, name).open("r+b") as file:
                os.fsync(file.fileno())
        _sync_folder(Path(root))


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

"""The folder of the embedded server: its database grows with every run and is of no lasting use.

What a run did stands in the dataset's `run.json`; the database only has to be there, since
making it takes seconds. So it is thrown away when it has grown large, or when a server could
not start with it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

__all__ = ["in_use", "mark_failed"]

_LARGEST = 200 << 20
_DATABASE = "prefect.db"
_FAILED = "failed"


@contextmanager
def in_use(home: Path) -> Iterator[None]:
    """Use the folder; whoever comes while nobody else uses it clears up first."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("a+b") as lock:
        if _alone(lock):
            _clear_up(home)
        _share(lock)
        yield


def mark_failed(home: Path) -> None:
    """Remember that a server could not start here; the next run begins with a new database."""
    (home / _FAILED).touch()


def _clear_up(home: Path) -> None:
    files = [home / f"{_DATABASE}{suffix}" for suffix in ("", "-wal", "-shm")]
    size = sum(file.stat().st_size for file in files if file.exists())
    if size > _LARGEST or (home / _FAILED).exists():
        for file in (*files, home / _FAILED):
            file.unlink(missing_ok=True)


def _alone(lock: IO[bytes]) -> bool:
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _share(lock: IO[bytes]) -> None:
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_SH)

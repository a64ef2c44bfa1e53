"""The search for cycles of objects, put off while a report is read.

A report is tens of thousands of small records that point nowhere back. Python looks through
all of them time and again for cycles that are not there, which takes a tenth of the work.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

__all__ = ["cycles_unsought"]

_LOCK = Lock()
_within = 0  # how many reports are being read, in all threads
_was_on = False


@contextmanager
def cycles_unsought() -> Iterator[None]:
    """Put the search off; the last to leave sets it as it was before the first came."""
    global _within, _was_on  # noqa: PLW0603 - the search is one for the whole process
    with _LOCK:
        if not _within:
            _was_on = gc.isenabled()
            gc.disable()
        _within += 1
    try:
        yield
    finally:
        with _LOCK:
            _within -= 1
            if not _within and _was_on:
                gc.enable()

"""Ctrl-C: ends the command in order where that works, and at any rate.

The interruption is an exception that may come up anywhere, also inside a library that turns
it into something else or waits for what will never come. So it is remembered that it
happened, and after some seconds, or when Ctrl-C is pressed again, the process ends as it
stands. Nothing is lost by that: datasets are swapped in whole, and what was read is in the
ledger.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType

__all__ = ["INTERRUPTED", "interruptible"]

# What shells expect of a command that Ctrl-C ended.
INTERRUPTED = 130

_PATIENCE = 5.0
_SHOW_CURSOR = "\x1b[?25h"


@contextlib.contextmanager
def interruptible(farewell: Callable[[], None]) -> Iterator[Callable[[], bool]]:
    """Listen for Ctrl-C inside the block.

    Args:
        farewell: Tells the person that the command was stopped, if it has to end abruptly.

    Yields:
        A function that says whether Ctrl-C was pressed.
    """
    pressed = threading.Event()

    def handle(number: int, frame: FrameType | None) -> None:
        if pressed.is_set():
            _end(farewell)
        pressed.set()
        timer = threading.Timer(_PATIENCE, _end, (farewell,))
        timer.daemon = True
        timer.start()
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGINT, handle)
    except ValueError:
        # Not in the main thread, where nobody presses keys.
        yield pressed.is_set
        return
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, before)


def _end(farewell: Callable[[], None]) -> None:
    """End at once, and the processes that were started too."""
    import psutil

    with contextlib.suppress(psutil.Error):
        for child in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.Error):
                child.kill()
    with contextlib.suppress(Exception):
        if sys.stderr.isatty():
            sys.stderr.write(_SHOW_CURSOR)
        farewell()
    os._exit(INTERRUPTED)

"""The log: what libraries and our own modules report goes to a file, never to the terminal."""

from __future__ import annotations

import io
import logging
import os
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

from pipeline.settings import home_folder

__all__ = ["log_file", "logging_to_file"]

_LOGGERS = ("parsers", "pipeline", "flows", "py.warnings")
_BYTES = 2_000_000
_FORMER = 3


def log_file() -> Path:
    """Where the log is: in the home folder, or among temporary files if that is closed."""
    folder = home_folder() / "logs"
    above = next(place for place in (folder, *folder.parents) if place.exists())
    if not (above.is_dir() and os.access(above, os.W_OK)):
        folder = Path(tempfile.gettempdir()) / "ita-reports-logs"
    return folder / "ita.log"


@contextmanager
def logging_to_file() -> Iterator[None]:
    """Send warnings and errors to the log inside the block; the file is made when needed."""
    handler = _File(log_file(), maxBytes=_BYTES, backupCount=_FORMER, delay=True, encoding="utf-8")
    handler.setLevel(logging.WARNING)
    handler.setFormatter(
        logging.Formatter("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s")
    )
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [logger.propagate for logger in loggers]
    show = warnings.showwarning
    for logger in loggers:
        logger.addHandler(handler)
        # Nobody above may print what a person at a terminal cannot use.
        logger.propagate = False
    if not sys.warnoptions:
        logging.captureWarnings(True)
    try:
        yield
    finally:
        logging.captureWarnings(False)
        warnings.showwarning = show
        for logger, propagate in zip(loggers, before, strict=True):
            logger.removeHandler(handler)
            logger.propagate = propagate
        handler.close()


class _File(RotatingFileHandler):
    """A log file whose folder is made with the first entry; a full disk ends nothing."""

    def _open(self) -> io.TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Go on without the entry."""

"""What commands print: results to the output stream, everything else to the error stream."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextvars import ContextVar

from pipeline.cli.layout import Column, fitted, grid
from pipeline.messages import Texts
from pipeline.progress import Bar, Lines, Listener, Silence

__all__ = [
    "Column",
    "heading",
    "line_width",
    "note",
    "progress_listener",
    "show",
    "show_json",
    "speaking",
    "table",
    "use_utf8",
    "words",
]

# A terminal that calls itself narrower than this is not believed.
_NARROWEST = 40


def use_utf8() -> None:
    """Make both streams able to take Thai, whatever the locale says.

    A terminal keeps its encoding (what it cannot show becomes "?"); files and pipes get
    UTF-8, which is what the programs behind them expect.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace")


_WORDS: ContextVar[Texts] = ContextVar("words")


@contextlib.contextmanager
def speaking(texts: Texts) -> Iterator[None]:
    """Answer in these texts for a while."""
    token = _WORDS.set(texts)
    try:
        yield
    finally:
        _WORDS.reset(token)


def words() -> Texts:
    """The texts of the language in which the command was asked."""
    return _WORDS.get()


def show(text: str = "") -> None:
    """Print a line of the result."""
    sys.stdout.write(text + "\n")


def show_json(value: object) -> None:
    """Print the result as JSON, for scripts."""
    show(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def note(text: str) -> None:
    """Print a line that is no result."""
    with contextlib.suppress(BrokenPipeError):
        sys.stderr.write(text + "\n")
        sys.stderr.flush()


def progress_listener(*, quiet: bool) -> Listener:
    """A bar on a terminal, plain lines elsewhere, nothing when quiet."""
    if quiet:
        return Silence()
    return (Bar if sys.stderr.isatty() else Lines)(words(), sys.stderr)


def table(columns: Sequence[Column], rows: Iterable[Sequence[object]], *, title: str = "") -> None:
    """Print a table: drawn to fit a terminal; in a pipe plain aligned lines, uncut."""
    texts = [["" if value is None else str(value) for value in row] for row in rows]
    if title:
        heading(title)
    for line in grid(columns, texts, line_width()):
        show(line)
    show()


def line_width() -> int | None:
    """The columns of the terminal; None in a pipe or a file, where lines are not broken."""
    if not sys.stdout.isatty():
        return None
    return max(_NARROWEST, shutil.get_terminal_size().columns)


def heading(text: str) -> None:
    """Print a line that stands out on a terminal."""
    if not sys.stdout.isatty():
        show(text)
        return
    from rich.console import Console
    from rich.text import Text

    for line in fitted(text, line_width() or _NARROWEST):
        Console(file=sys.stdout).print(Text(line, style="bold"), soft_wrap=True)

"""What commands print: results to the output stream, everything else to the error stream."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.messages import Texts
from pipeline.progress import Bar, Lines, Listener, Silence

if TYPE_CHECKING:
    from rich.table import Table

__all__ = [
    "Column",
    "note",
    "progress_listener",
    "show",
    "show_json",
    "speaking",
    "table",
    "use_utf8",
    "words",
]

# Wide enough that nothing is cut in a file or a pipe.
_PIPE_WIDTH = 240


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a printed table."""

    title: str
    right: bool = False
    keep: bool = False


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
    """Print a table: ruled and coloured on a terminal, plain and uncut in a pipe."""
    from rich.console import Console

    drawn = _drawn(columns, rows, title)
    if sys.stdout.isatty():
        Console(file=sys.stdout).print(drawn)
    else:
        Console(file=sys.stdout, width=_PIPE_WIDTH, color_system=None).print(drawn)


def _drawn(columns: Sequence[Column], rows: Iterable[Sequence[object]], title: str) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    drawn = Table(
        box=box.SIMPLE_HEAD,
        title=Text(title) if title else None,
        title_justify="left",
        title_style="bold",
        pad_edge=False,
    )
    for column in columns:
        drawn.add_column(
            Text(column.title),
            justify="right" if column.right else "left",
            no_wrap=column.keep or column.right,
        )
    for row in rows:
        drawn.add_row(*(Text("" if value is None else str(value)) for value in row))
    return drawn

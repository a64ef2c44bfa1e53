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
    """Print a table: drawn to fit a terminal; in a pipe plain aligned lines, uncut."""
    texts = [["" if value is None else str(value) for value in row] for row in rows]
    if sys.stdout.isatty():
        from rich.console import Console

        Console(file=sys.stdout).print(_drawn(columns, texts, title))
        return
    if title:
        show(title)
    for line in _aligned(columns, texts):
        show(line)
    show()


def _aligned(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """One line for each row; Thai vowels and tone marks take no room."""
    from rich.cells import cell_len

    lines = [[column.title for column in columns]]
    lines += [[" ".join(text.split()) for text in row] for row in rows]
    widths = [max(cell_len(line[place]) for line in lines) for place in range(len(columns))]
    for line in lines:
        cells = []
        for column, width, text in zip(columns, widths, line, strict=True):
            gap = " " * (width - cell_len(text))
            cells.append(gap + text if column.right else text + gap)
        yield "  ".join(cells).rstrip()


def _drawn(columns: Sequence[Column], rows: Iterable[Sequence[str]], title: str) -> Table:
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
        drawn.add_row(*(Text(text) for text in row))
    return drawn

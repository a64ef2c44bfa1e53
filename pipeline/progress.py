"""How far the work is: one bar on a terminal, plain lines elsewhere, nothing when quiet.

The steps of a run tell their progress to whoever listens (`using`), without knowing
whether that is a bar, a log or nobody. Everything here goes to the error stream, so that
the output stream holds results alone.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TextIO

from pipeline.messages import Texts

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

__all__ = ["Bar", "Lines", "Listener", "Silence", "listener", "using"]


class Listener(Protocol):
    """Hears what a run is doing."""

    def stage(self, key: str, total: int | None = None) -> None:
        """A stage begins: a key of the messages (`stage.…`) and how many steps it has."""

    def step(self, name: str = "", count: int = 1) -> None:
        """One step (or several) of the stage is done; the name is for display."""

    def close(self) -> None:
        """The run is over."""


class Silence:
    """Hears nothing."""

    def stage(self, key: str, total: int | None = None) -> None:
        """Say nothing."""

    def step(self, name: str = "", count: int = 1) -> None:
        """Say nothing."""

    def close(self) -> None:
        """Say nothing."""


@dataclass(slots=True)
class Lines:
    """Plain lines for logs and pipes: each stage once, long stages every ten seconds."""

    texts: Texts
    stream: TextIO
    every: float = 10.0
    clock: Callable[[], float] = time.monotonic
    _key: str = ""
    _total: int | None = None
    _done: int = 0
    _told: float = 0.0

    def stage(self, key: str, total: int | None = None) -> None:
        """Print the stage."""
        self._key, self._total, self._done, self._told = key, total, 0, self.clock()
        count = f" ({total})" if total else ""
        self._print(f"{self.texts(key)}{count}")

    def step(self, name: str = "", count: int = 1) -> None:
        """Count, and print where the last line is old."""
        self._done += count
        if self.clock() - self._told >= self.every and self._done != self._total:
            self._told = self.clock()
            total = f"/{self._total}" if self._total else ""
            self._print(f"  {self._done}{total} {name}".rstrip())

    def close(self) -> None:
        """Nothing is open."""

    def _print(self, line: str) -> None:
        # A log that nobody reads any more must not end the run.
        with contextlib.suppress(BrokenPipeError):
            print(line, file=self.stream, flush=True)


@dataclass(slots=True)
class Bar:
    """One bar on a terminal that goes through all stages and is gone at the end."""

    texts: Texts
    stream: TextIO
    _bar: RichProgress | None = None
    _task: TaskID | None = field(default=None)
    _total: int | None = None
    _done: int = 0

    def stage(self, key: str, total: int | None = None) -> None:
        """Show the stage; the bar starts anew."""
        bar = self._opened()
        if self._task is not None:
            bar.remove_task(self._task)
        self._total, self._done = total, 0
        self._task = bar.add_task(self.texts(key), total=total, name="", count="")

    def step(self, name: str = "", count: int = 1) -> None:
        """Move on, and name what was done."""
        if self._bar is not None and self._task is not None:
            self._done += count
            told = f"{self._done}/{self._total}" if self._total else ""
            self._bar.update(self._task, advance=count, name=_shortened(name), count=told)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _opened(self) -> RichProgress:
        if self._bar is None:
            from rich.console import Console
            from rich.progress import (
                BarColumn,
                Progress,
                SpinnerColumn,
                TextColumn,
                TimeElapsedColumn,
            )

            self._bar = Progress(
                SpinnerColumn(),
                TextColumn("{task.description}"),
                BarColumn(bar_width=30),
                TextColumn("{task.fields[count]}"),
                TimeElapsedColumn(),
                TextColumn("[dim]{task.fields[name]}"),
                console=Console(file=self.stream),
                transient=True,
            )
            self._bar.start()
        return self._bar


def _shortened(name: str, width: int = 40) -> str:
    from rich.markup import escape

    return escape(name if len(name) <= width else name[: width - 1] + "…")


_LISTENER: ContextVar[Listener] = ContextVar("listener")


def listener() -> Listener:
    """Whoever listens now."""
    return _LISTENER.get(_SILENCE)


@contextlib.contextmanager
def using(new: Listener) -> Iterator[None]:
    """Let somebody listen for a while."""
    token = _LISTENER.set(new)
    try:
        yield
    finally:
        _LISTENER.reset(token)
        new.close()


_SILENCE = Silence()

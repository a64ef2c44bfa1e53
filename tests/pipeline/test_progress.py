"""Progress: lines in a pipe, a bar on a terminal, silence when quiet."""

from __future__ import annotations

import io

import pytest

from pipeline.messages import Texts
from pipeline.progress import Bar, Lines, Silence, listener, using


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_lines_tell_each_stage_once_and_long_ones_now_and_then() -> None:
    stream, clock = io.StringIO(), Clock()
    lines = Lines(Texts("en"), stream, clock=clock)

    lines.stage("stage.read", 3)
    lines.step("a.pdf")
    clock.now = 11
    lines.step("b.pdf")
    clock.now = 30
    lines.step("c.pdf")

    assert stream.getvalue() == "Reading documents (3)\n  2/3 b.pdf\n"


def test_a_bar_names_documents_and_leaves_nothing_behind() -> None:
    stream = io.StringIO()
    bar = Bar(Texts("en"), stream)

    bar.stage("stage.read", 2)
    bar.step("[bold]a.pdf")
    bar.stage("stage.audit", 2)
    bar.close()
    bar.step("late")

    assert "Traceback" not in stream.getvalue()


def test_a_listener_hears_only_inside_its_block() -> None:
    assert isinstance(listener(), Silence)
    lines = Lines(Texts("th"), io.StringIO())

    with using(lines):
        assert listener() is lines

    assert isinstance(listener(), Silence)


def test_a_bar_is_closed_when_the_work_fails() -> None:
    bar = Bar(Texts("en"), io.StringIO())

    with pytest.raises(ValueError, match="work"), using(bar):
        bar.stage("stage.read", 1)
        raise ValueError("work")

    assert bar._bar is None


def test_a_closed_pipe_does_not_end_the_work() -> None:
    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    Lines(Texts("en"), Closed()).stage("stage.read", 1)

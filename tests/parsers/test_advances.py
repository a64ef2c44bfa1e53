"""Runs measured by the widths of their font stand where their letters stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from parsers.pdf.advances import Stretch, Widths, learn, measured, strangers, stretches
from parsers.pdf.placement import IDENTITY, Placement
from parsers.pdf.reported import Place, Reported
from parsers.text.runs import MARKS

SIZE = 10.0
WIDTHS = {"ก": 6.0, "า": 5.0, "ร": 5.5, "ป": 6.5, "ะ": 4.0, "เ": 3.0, "ม": 6.5, "น": 6.0, " ": 2.5}


@dataclass(frozen=True)
class Line(Reported):
    """A page of one line, whose characters stand where a test says."""

    xs: list[float] = field(default_factory=list)

    def places(self, indices: Sequence[int]) -> dict[int, Place]:
        return {at: self.place(at) for at in indices}

    def place(self, at: int, drop: float = 0.0) -> Place:
        char, x = self.text[at], self.xs[at]
        # A mark has no width of its own, yet its box reaches over the letter.
        right = x + (3.0 if char in MARKS else WIDTHS[char])
        return (char, x, 90.0, right, 102.0, x, 100.0 + drop)


def line(text: str, *, apart: float = 0.0, gap_after: int = -1, gap: float = 0.0) -> Line:
    xs, x = [], 50.0
    for at, char in enumerate(text):
        xs.append(x)
        if char not in MARKS:
            x += WIDTHS[char] + apart
        if at == gap_after:
            x += gap
    return Line(0, text, {1: range(len(text))}, Placement(600, 800, IDENTITY), xs)


def stretch_of(held: Line) -> Stretch:
    widths: Widths = {}
    (stretch,) = stretches(held.text, range(len(held.text)), SIZE, widths)
    assert isinstance(stretch, Stretch)
    met = [(at, widths) for at in strangers(held.text, stretch)]
    learn(held.places([at for at, _ in met]), met)
    return stretch


def run_in(held: Line) -> tuple[float, ...] | None:
    stretch = stretch_of(held)
    run = measured(held, stretch, held.places([stretch.start, stretch.last]))
    return None if run is None else run.starts


def letters_at(held: Line) -> list[float]:
    return [x for x, char in zip(held.xs, held.text, strict=True) if char not in MARKS]


@pytest.mark.parametrize("text", ["การประเมิน", "การ ประเมิน", "มีการประเมินกี่"])
def test_letters_stand_where_their_widths_put_them(text: str) -> None:
    held = line(text)

    assert run_in(held) == pytest.approx(letters_at(held))


@pytest.mark.parametrize("apart", [0.2, -0.4])
def test_letters_set_wider_all_along_are_spread_evenly(apart: float) -> None:
    """Justified text sets every letter a little apart from the next."""
    held = line("การประเมินการประเมิน", apart=apart)

    assert run_in(held) == pytest.approx(letters_at(held))


def test_letters_drawn_far_apart_are_no_run() -> None:
    assert run_in(line("การประเมิน", apart=1.0)) is None


@pytest.mark.parametrize("gap", [1.2, 4.0])
def test_a_gap_inside_is_not_smeared_over_the_letters(gap: float) -> None:
    """A jump inside one text object may lead into the next cell."""
    assert run_in(line("การประเมินการประเมิน", gap_after=4, gap=gap)) is None


def test_a_blank_too_wide_for_one_is_left_to_the_eye() -> None:
    held = line("การ ประเมิน")
    stretch = stretch_of(held)
    stretch.widths[" "] = SIZE

    assert measured(held, stretch, held.places([stretch.start, stretch.last])) is None


def test_letters_off_the_baseline_are_no_run() -> None:
    held = line("การประเมิน")
    stretch = stretch_of(held)
    places = {stretch.start: held.place(stretch.start), stretch.last: held.place(stretch.last, 2.0)}

    assert measured(held, stretch, places) is None


def test_digits_and_few_letters_stay_apart() -> None:
    text = "ข้อ i๑ ได้คะแนน 99.35"

    found = stretches(text, range(len(text)), SIZE, {})

    pieces = [text[p.start : p.end] if isinstance(p, Stretch) else "." * len(p) for p in found]
    assert pieces == ["." * 7, "ได้คะแนน", "." * 6]

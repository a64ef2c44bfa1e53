"""A cluster drawn in two steps is one cluster."""

from __future__ import annotations

from parsers.model import Char
from parsers.pdf.echoes import without_echoes


def _cluster(text: str, x0: float, x1: float, y: float = 100.0) -> list[Char]:
    return [Char(letter, x0, 90.0, x1, 102.0, x0, y, 13.5) for letter in text]


def _text(chars: list[Char]) -> str:
    return "".join(char.text for char in chars)


def test_a_cluster_inside_the_one_before_is_its_echo() -> None:
    """Typst raises the tone mark in a drawing of its own, with the text of the whole cluster."""
    chars = (
        _cluster("ขั้", 497.1, 506.6)
        + _cluster("ขั้", 500.9, 506.0, 100.4)
        + _cluster("น", 505.5, 514.3)
    )

    assert _text(without_echoes(chars)) == "ขั้น"


def test_a_cluster_printed_twice_side_by_side_stays() -> None:
    chars = _cluster("ที่", 100.0, 109.0) + _cluster("ที่", 109.0, 118.0)

    assert _text(without_echoes(chars)) == "ที่ที่"


def test_equal_letters_without_marks_stay() -> None:
    chars = _cluster("ก", 100.0, 109.0) + _cluster("ก", 100.0, 109.0)

    assert _text(without_echoes(chars)) == "กก"

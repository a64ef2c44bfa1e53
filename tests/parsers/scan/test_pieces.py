"""A line of print in pieces: what is read twice, what is believed, what is left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from parsers.scan import pieces
from parsers.scan.cells import PixelBox
from parsers.scan.lines import Line
from parsers.scan.pieces import Piece, read_line
from parsers.scan.reader import Reading

GLYPH = 10.0
WIDE = 8
"""Pixels of a character in these lines."""

Read = Callable[..., list[Reading]]


def line_of(characters: int, *, dash: bool = False) -> Line:
    box = PixelBox(0, 0, characters * WIDE, 20)
    return Line(box, np.zeros((20, box.x1), np.uint8), False, box, dash=dash)


def reading(text: str, confidence: float, *others: tuple[str, float]) -> Reading:
    starts = tuple(float(WIDE * i) for i in range(len(text)))
    return Reading(text, confidence, starts, tuple(x + WIDE for x in starts), others)


def reads(monkeypatch: pytest.MonkeyPatch, **found: Reading) -> list[tuple[str, int]]:
    """Networks that read this for every kind of column; returns what they were asked."""
    asked: list[tuple[str, int]] = []

    def read(crops: Sequence[np.ndarray], *, alphabet: str = "any") -> list[Reading]:
        asked.extend((alphabet, crop.shape[1]) for crop in crops)
        return [found.get(alphabet, Reading("", 0.0)) for _ in crops]

    monkeypatch.setattr(pieces, "read", read)
    return asked


def pieces_of(line: Line) -> list[Piece]:
    return list(read_line(line, GLYPH))


def test_a_dash_is_not_read_but_measured(monkeypatch: pytest.MonkeyPatch):
    asked = reads(monkeypatch)
    (piece,) = pieces_of(line_of(1, dash=True))
    assert piece.reading.text == "-"
    assert piece.is_sure
    assert piece.is_legible
    assert asked == []


def test_a_short_line_is_what_fits_it_best(monkeypatch: pytest.MonkeyPatch):
    reads(monkeypatch, number=reading("12", 0.4), code=reading("i2", 0.97), text=reading("iz", 0.9))
    (piece,) = pieces_of(line_of(2))
    assert piece.reading.text == "i2"
    assert piece.is_sure
    assert not piece.is_prose


def test_a_doubtful_number_is_shown_and_not_believed(monkeypatch: pytest.MonkeyPatch):
    reads(monkeypatch, number=reading("88.41", 0.6, ("86.41", 0.35)))
    (piece,) = pieces_of(line_of(5))
    assert piece.reading.others == (("86.41", 0.35),)
    assert not piece.is_sure
    assert piece.is_legible


def test_a_short_line_that_no_column_holds_is_read_as_a_line(monkeypatch: pytest.MonkeyPatch):
    reads(monkeypatch, number=reading("7", 0.1), text=reading("ข้อ", 0.95))
    (piece,) = pieces_of(line_of(3))
    assert piece.reading.text == "ข้อ"
    assert piece.is_prose


def test_a_number_inside_a_line_is_read_again(monkeypatch: pytest.MonkeyPatch):
    """The network of lines takes a 9 for a 0; that of cells, which sees only the number, not."""
    line = "ได้คะแนน 80.35 คะแนน"
    asked = reads(monkeypatch, text=reading(line, 0.95), number=reading("89.35", 0.999))
    before, number, after = pieces_of(line_of(len(line)))
    assert before.reading.text + number.reading.text + after.reading.text == ("ได้คะแนน 89.35 คะแนน")
    assert before.is_prose
    assert after.is_prose
    assert number.is_sure
    assert not number.is_prose
    # It stands where it stood in the line, and was cut out with a little air.
    at = line.index("80.35")
    assert number.reading.starts[0] == pytest.approx(at * WIDE, abs=0.2 * GLYPH)
    assert dict(asked)["number"] < 7 * WIDE


def test_the_letter_of_a_code_is_found_again(monkeypatch: pytest.MonkeyPatch):
    """The network of lines overlooks the thin i, that of cells sees it in the wider cut."""
    line = "ข้อ  7 เจ้าหน้าที่"
    asked = reads(
        monkeypatch,
        text=reading(line, 0.95),
        number=reading("7", 0.999),
        code=reading("i7", 0.99),
    )
    before, code, _ = pieces_of(line_of(len(line)))
    assert (before.reading.text, code.reading.text) == ("ข้อ  ", "i7")
    assert code.is_sure
    assert dict(asked)["code"] > 2 * WIDE


@pytest.mark.parametrize("code", [("17", 0.99), ("i7", 0.5), ("", 0.0)])
def test_a_number_becomes_no_code_unless_its_letter_is_seen(
    monkeypatch: pytest.MonkeyPatch, code: tuple[str, float]
):
    line = "จำนวน 17 คนที่ตอบ"
    reads(
        monkeypatch,
        text=reading(line, 0.95),
        number=reading("17", 0.999),
        code=reading(*code),
    )
    assert [piece.reading.text for piece in pieces_of(line_of(len(line)))][1] == "17"


def test_a_letter_read_twice_stands_once(monkeypatch: pytest.MonkeyPatch):
    line = "ได้คะแนน i12 และ"
    reads(monkeypatch, text=reading(line, 0.95), code=reading("i12", 0.99))
    assert [piece.reading.text for piece in pieces_of(line_of(len(line)))] == [
        "ได้คะแนน ",
        "i12",
        " และ",
    ]


def test_a_number_inside_a_line_may_stay_doubtful(monkeypatch: pytest.MonkeyPatch):
    line = "ได้คะแนน 80.35 คะแนน"
    reads(
        monkeypatch,
        text=reading(line, 0.99),
        number=reading("89.35", 0.6, ("80.35", 0.4)),
    )
    _, number, _ = pieces_of(line_of(len(line)))
    assert not number.is_sure
    assert number.reading.others == (("80.35", 0.4),)


@pytest.mark.parametrize(
    ("text", "is_legible"),
    [
        ("การประเมินคุณธรรมและความโปร่งใส", True),
        ("กฟฏฉ ฌญธฐ ฮศฤฦ ฬฆซฒ", False),
        ("E-Service", True),
    ],
)
def test_doubtful_prose_is_shown_where_it_is_words(
    monkeypatch: pytest.MonkeyPatch, text: str, is_legible: bool
):
    reads(monkeypatch, text=reading(text, 0.2))
    (piece,) = pieces_of(line_of(len(text) + 8))
    assert piece.is_prose
    assert piece.is_legible is is_legible


def test_a_line_without_ink_has_no_pieces(monkeypatch: pytest.MonkeyPatch):
    reads(monkeypatch, text=Reading("", 1.0))
    assert pieces_of(line_of(30)) == []

"""Text fitted to a width: Thai is broken between words, marks take no room."""

from __future__ import annotations

import io
import sys

import pytest
from rich.cells import cell_len

from pipeline.cli.console import table
from pipeline.cli.layout import Column, fitted, grid

MESSAGE = (
    "คะแนนตัวชี้วัดที่ 10 การป้องกันการทุจริต ปีงบประมาณ พ.ศ. 2567 พิมพ์ไว้ 105.00 (หน้า 1) "
    "ซึ่งอยู่นอกช่วง 0 ถึง 100.00 ค่าที่สอดคล้องกับคะแนนอื่นคือ 82.48"
)


@pytest.mark.parametrize("width", [12, 20, 40, 76, 200])
def test_no_line_is_too_wide_and_nothing_is_lost(width: int) -> None:
    lines = fitted(MESSAGE, width)

    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(MESSAGE.split())


def test_thai_is_broken_between_words() -> None:
    """A terminal breaks Thai anywhere, even before a vowel of the word."""
    lines = fitted("การป้องกันการทุจริตพิมพ์ไว้ไม่ตรงกัน", 14)

    assert lines[0] in ("การป้องกันการ", "การป้องกัน")
    assert not any(line[0] in "ะัาำิีึืุู่้๊๋็์ๆ" for line in lines)
    assert not any(line[-1] in "เแโใไ" for line in lines)


def test_a_name_that_no_dictionary_has_is_broken_only_where_it_must_be() -> None:
    assert fitted("ที่ ฆฌญฎฏฐฑฒณ ฝฟภ", 10) == ["ที่", "ฆฌญฎฏฐฑฒณ", "ฝฟภ"]
    assert fitted("ฆฌญฎฏฐฑฒณฝฟภ", 5) == ["ฆฌญฎฏ", "ฐฑฒณฝ", "ฟภ"]


@pytest.mark.parametrize("text", ["", "   ", "\n", "ก\nข", "ๆๆ", "็่", "เ"])
def test_odd_texts(text: str) -> None:
    assert "".join("".join(fitted(text, 5)).split()) == "".join(text.split())


def test_quotes_stay_with_what_they_enclose() -> None:
    for line in fitted("พิมพ์ไว้ “การใช้ทรัพย์สินของราชการ” (หน้า 2)", 12):
        assert not line.endswith("“")
        assert not line.startswith(("”", ")"))


def test_columns_stay_in_line_over_broken_cells() -> None:
    columns = [Column("กฎ", keep=True), Column("ข้อค้นพบ"), Column("หน้า", right=True)]
    lines = grid(columns, [["total-differs", MESSAGE, "1"], ["borderline", "สั้น", "12"]], 60)

    assert all(cell_len(line) <= 60 for line in lines)
    assert lines[0].startswith("กฎ")
    assert set(lines[1]) == {"─", " "}
    assert lines[2].startswith("total-differs  ")
    assert lines[3].startswith(" " * len("total-differs  "))
    assert lines[-1].startswith("borderline ")
    assert lines[-1].endswith(" 12")
    assert len(lines) > 5


def test_in_a_pipe_a_row_is_a_line() -> None:
    lines = grid([Column("a"), Column("b", right=True)], [["x\ny", "1"], [MESSAGE, "22"]], None)

    assert len(lines) == 3
    assert lines[1].startswith("x y ")
    assert MESSAGE in lines[2]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_table_fits_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", _Terminal())
    monkeypatch.setenv("COLUMNS", "50")
    table([Column("รหัส", keep=True), Column("ข้อความ")], [["i1", MESSAGE]], title="ตาราง")

    lines = sys.stdout.getvalue().splitlines()  # type: ignore[attr-defined]
    assert "ตาราง" in lines[0]
    assert all(cell_len(line) <= 50 for line in lines[1:])

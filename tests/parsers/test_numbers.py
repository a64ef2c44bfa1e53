"""Numbers: their values, and which of them can be scores."""

from __future__ import annotations

import time
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.text.digits import THAI_DIGITS, to_ascii
from parsers.text.numbers import find_numbers, read_score
from parsers.text.stretches import beside

TO_THAI = str.maketrans("0123456789", THAI_DIGITS)


def _found(text: str) -> list[tuple[str, str | None, str, str]]:
    return [
        (n.text, None if n.value is None else str(n.value), n.rule, n.kind)
        for n in find_numbers(text)
    ]


@pytest.mark.parametrize(
    ("text", "value", "rule"),
    [
        ("๙9.๗8", "99.78", "exact"),
        ("๑๐๐", "100", "exact"),
        ("100.00", "100.00", "exact"),
        ("๐๐.๐๐", "0.00", "exact"),
        ("1,234.50", "1234.50", "exact"),
        ("1,234,567", "1234567", "exact"),
        ("99,78", "99.78", "decimal-comma"),
        ("99·78", "99.78", "odd-point"),
        ("99．78", "99.78", "odd-point"),
        ("๙๙ .๗๘", "99.78", "blank-in-number"),
        ("99. 78", "99.78", "blank-in-number"),
        ("99.\n78", "99.78", "blank-in-number"),
        ("๘๗๓ ,๗๖๐", "873760", "blank-in-number"),
        ("1OO.OO", "100.00", "letter-for-digit"),
        ("1OO", "100", "letter-for-digit"),
        ("I00.00", "100.00", "letter-for-digit"),
        ("9l.50", "91.50", "letter-for-digit"),
        ("๓/๕.๐๐", None, "unreadable"),
        ("๔๘.๓/๕", None, "unreadable"),
        ("9?.12", None, "unreadable"),
        ("12..5", None, "unreadable"),
        ("1.2.3", None, "unreadable"),
    ],
)
def test_one_number_is_read_with_its_precision(text, value, rule):
    (number,) = find_numbers(text)

    assert (number.value, number.rule) == (None if value is None else Decimal(value), rule)
    assert value is None or str(number.value) == value
    assert number.text == text[number.start : number.end] == text


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("ข้อ i๑ ได้ ๙๒.๕๐", ["code", "plain"]),
        ("e-12 และ o 31", ["code", "code"]),
        ("ข้อ ๐๑๒ ได้ ๕๐.๐๐", ["code", "plain"]),
        ("www.a.go.th/2566 a12@b.th", ["code", "code"]),
        ("EB1 3G 12th", ["code", "code", "code"]),
        ("๑ ต.ค.๖๗", ["date-part", "date-part"]),
        ("วันที่ ๒๗ ตุลาคม ๒๕๖๖", ["date-part", "date-part"]),
        ("12/10/2566", ["date-part"]),
        ("ปีงบประมาณ 2568", ["date-part"]),
        ("ปี ๖๘", ["date-part"]),
        ("08.30 - 16.30 น.", ["date-part", "date-part"]),
        ("โทร. ๐-๔๔๘๕-๑๓๕๙", ["reference"] * 3),
        ("๐๘๑-๒๓๔๕๖๗๘", ["reference"] * 2),
        ("ที่ ชย ๕๒๕๐๖.๒/๑๗", ["reference"]),
        ("ที่ ชย ๕๒๕๐๖.๒ / ๑๗", ["reference"] * 2),
        ("คำสั่งที่ ๒๒๑/๒๕๖๕", ["reference"]),
        ("459/879", ["reference"]),
        ("๒.๑) ตัวชี้วัด", ["ordinal"]),
        ("๑. การปฏิบัติหน้าที่ ๙๘.๐๑", ["ordinal", "plain"]),
        ("(1) ข้อบกพร่อง", ["ordinal"]),
        ("ตัวชี้วัดที่ ๓ ได้ ๙๐", ["ordinal", "plain"]),
        ("ตัวชี้วัด ๙.๑, ๙.๒ และ ๙.๓", ["ordinal"] * 3),
        ("ข้อ ๑ - ๕", ["ordinal", "ordinal"]),
        ("95.00 - 100", ["range", "range"]),
        ("๗๐.๐๐ -๘๔.๙๙", ["range", "range"]),
        ("ร้อยละ ๘๕.๕", ["percent"]),
        ("85%", ["percent"]),
        ("-3.23 %", ["percent"]),
        ("98.50 คะแนน จาก 100", ["plain", "plain"]),
        ("5,016,615 - 20", ["plain", "plain"]),
    ],
)
def test_numbers_that_are_no_scores_are_told_apart(text, kinds):
    assert [number.kind for number in find_numbers(text)] == kinds


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("๙๒.๖๘", "92.68"),
        ("92.68 คะแนน", "92.68"),
        ("(๗๕.๐๐)", "75.00"),
        ("(95)", "95"),
        ("100 %", "100"),
        ("๑๐๐.๐๐ (ผ่าน)", "100.00"),
        ("คะแนนเต็ม 100 ได้ 87.5 คะแนน", "87.5"),
        ("98.01/100", "98.01"),
        ("๑. ๙๘.๐๑", "98.01"),
        ("ปี 2567\n92.50", "92.50"),
        (" 85. ", "85"),
        ("1O0.00", "100.00"),
    ],
)
def test_a_cell_with_one_score_gives_it(cell, value):
    number = read_score(cell)

    assert number is not None
    assert str(number.value) == value
    assert to_ascii(cell[number.start : number.end]) == to_ascii(number.text)


@pytest.mark.parametrize(
    "cell", ["", "-", "–", "ไม่มี", "N/A", "95.00 - 100", "99.35 98.01", "i12", "ปี 2568", "ก.ย. 68"]
)
def test_a_cell_without_one_score_gives_none(cell):
    assert read_score(cell) is None


def test_a_broken_score_comes_back_as_unreadable():
    """The page said 75.00 and 48.75; the text layer has ๓/๕.๐๐ and ๔๘.๓/๕."""
    for cell in ("๓/๕.๐๐", "๔๘.๓/๕ คะแนน"):
        number = read_score(cell)

        assert number is not None
        assert (number.value, number.rule) == (None, "unreadable")


def test_an_item_number_and_a_count_are_not_one_number():
    assert _found("21. 15 คน") == [("21", "21", "exact", "ordinal"), ("15", "15", "exact", "plain")]
    assert [n.text for n in find_numbers("ข้อ 12. 50 คะแนน")] == ["12", "50"]


def test_a_number_above_the_scale_is_not_joined_from_two():
    assert [str(n.value) for n in find_numbers("100 .50")] == ["100", "50"]


def test_dot_leaders_of_a_table_of_contents_end_a_number():
    assert [str(n.value) for n in find_numbers("ส่วนที่ 1........12")] == ["1", "12"]


def test_percent_is_told_by_the_word_before_or_the_sign_after():
    assert [n.percent for n in find_numbers("ร้อยละ 85 และ 90% กับ 75")] == [True, True, False]


@given(st.decimals(min_value=0, max_value=100, places=2), st.booleans())
def test_every_score_is_read_in_both_scripts(value, thai):
    printed = str(value).translate(TO_THAI) if thai else str(value)
    number = read_score(f"ได้ {printed} คะแนน")

    assert number is not None
    assert str(number.value) == str(value)
    assert number.text == printed


@given(st.text(alphabet="0123456789๐๑๙.,/-:% ()OoIlคะแนนข้อปีei\n", max_size=40))
def test_numbers_are_found_in_order_and_where_they_stand(text):
    numbers = find_numbers(text)

    assert all(text[n.start : n.end] == n.text for n in numbers)
    assert [n.start for n in numbers] == sorted(n.start for n in numbers)
    assert all(a.end <= b.start for a, b in pairwise(numbers))


@pytest.mark.parametrize(
    "text",
    ["1" * 20_000, "1." * 10_000, "0-" * 10_000, "1 " * 10_000, "." * 20_000, "a.b@" * 5_000,
     "ข้อ" + " " * 20_000 + "1", "ที่ ก " * 4_000],
)  # fmt: skip
def test_hostile_text_does_not_take_long(text):
    started = time.process_time()
    find_numbers(text)

    assert time.process_time() - started < 3


def test_digits_keep_their_places():
    assert to_ascii("ข้อ ๐๑๒ = o12") == "ข้อ 012 = o12"
    assert len(to_ascii("๑๒๓ก")) == 4


def test_the_words_beside_numbers_are_all_there():
    for name in ("percent_before", "percent_after", "score_before", "score_after",
                 "ordinal_before", "not_ordinal_after"):  # fmt: skip
        assert beside(name).pattern

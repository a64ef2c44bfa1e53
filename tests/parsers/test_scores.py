"""Tables to scores, by what columns and rows hold and never by their position."""

from __future__ import annotations

from decimal import Decimal

import pytest
from support import grid_of

from parsers.model import Grid, Score
from parsers.reading.columns import lay_out
from parsers.reading.scores import GridReading, read_scores

YEAR = 2568


def read_grid(grid: Grid, *, year_be: int) -> GridReading:
    """Columns and scores of a grid."""
    return read_scores(lay_out(grid), year_be=year_be)


def _values(scores: tuple[Score, ...]) -> list[tuple[str, str]]:
    return [(score.code, str(score.value)) for score in scores]


def test_indicators_with_instrument_in_a_merged_cell() -> None:
    """Thai digits, 100 without decimals, and ๕ printed where the name says 4."""
    grid = grid_of(
        [
            ["แบบ", "ลำดับ", "รายละเอียดตัวชี้วัด", "คะแนน"],
            ["IIT", "๑", "การปฏิบัติหน้าที่", "๙๙.๗๘"],
            ["^", "๒", "การใช้งบประมาณ", "๙๙.๑๔"],
            ["^", "๓", "การใช้อำนาจ", "๑๐๐"],
            ["^", "๕", "การใช้ทรัพย์สินของราชการ", "๖๗.๑๐"],
            ["^", "๕", "การแก้ไขปัญหาทุจริต", "๑๐๐"],
            ["EIT", "๖", "คุณภาพการดำเนินงาน", "๙๒.๕๒"],
            ["^", "๗", "ประสิทธิภาพการสื่อสาร", "๙๑.๔๙"],
            ["^", "๘", "การปรับปรุงการทำงาน", "๙๑.๘๐"],
            ["OIT", "๙", "การเปิดเผยข้อมูล", "๗๘.๕๐"],
            ["^", "๑๐", "การป้องกันการทุจริต", "๙๕.๐๐"],
        ]
    )

    scores = read_grid(grid, year_be=YEAR).scores

    assert _values(scores) == [
        ("1", "99.78"),
        ("2", "99.14"),
        ("3", "100"),
        ("4", "67.10"),
        ("5", "100"),
        ("6", "92.52"),
        ("7", "91.49"),
        ("8", "91.80"),
        ("9", "78.50"),
        ("10", "95.00"),
    ]
    wrong = scores[3]
    assert (wrong.code_printed, wrong.code_rule) == ("๕", "name-over-number")
    assert wrong.value_printed == "๖๗.๑๐"
    assert {score.level for score in scores} == {"indicator"}


def test_questions_with_zero_for_o_and_instrument_column() -> None:
    grid = grid_of(
        [
            ["เครื่องมือการประเมิน", "ข้อความคำถาม", "คะแนน"],
            ["IIT", "ข้อ i๑ ทำงานตามขั้นตอนและระยะเวลา", "๙๙.๓๕"],
            ["^", "ข้อ i๒ ให้บริการเท่าเทียม", "๑๐๐"],
            ["OIT", "ข้อ ๐๗ แผนยุทธศาสตร์หรือแผนพัฒนาหน่วยงาน", "๑๐๐"],
            ["^", "ข้อ ๐๑๐ คู่มือหรือแนวทางการปฏิบัติงาน", "๕๐.๐๐"],
        ]
    )

    scores = read_grid(grid, year_be=YEAR).scores

    assert _values(scores) == [("i1", "99.35"), ("i2", "100"), ("o7", "100"), ("o10", "50.00")]
    assert [score.code_rule for score in scores] == [
        "exact",
        "exact",
        "zero-for-o",
        "zero-for-o",
    ]
    assert scores[2].label_printed == "แผนยุทธศาสตร์หรือแผนพัฒนาหน่วยงาน"


def test_digits_for_letters_are_decided_by_instrument_and_order() -> None:
    grid = grid_of(
        [
            ["เครื่องมือ", "ข้อ", "ข้อคำถาม", "คะแนน"],
            ["IIT", "i2", "เรื่องที่หนึ่ง", "89.00"],
            ["^", "13", "เรื่องที่สอง", "90.00"],
            ["^", "14", "เรื่องที่สาม", "91.00"],
            ["EIT", "๕๑", "เรื่องที่สี่", "92.00"],
            ["^", "๕๒", "เรื่องที่ห้า", "93.00"],
        ]
    )

    scores = read_grid(grid, year_be=YEAR).scores

    assert [score.code for score in scores] == ["i2", "i3", "i4", "e1", "e2"]
    assert scores[2].code_rule == "digit-for-letter-by-instrument-order"


def test_a_number_that_two_codes_fit_stays_unresolved() -> None:
    """13 under IIT is i3 with a misread letter, or i13 without one: nothing tells which."""
    grid = grid_of(
        [
            ["เครื่องมือ", "ข้อ", "ข้อคำถาม", "คะแนน"],
            ["IIT", "13", "เรื่องหนึ่ง", "90.00"],
            ["^", "14", "เรื่องสอง", "91.00"],
        ]
    )

    scores = read_grid(grid, year_be=YEAR).scores

    assert [(s.code, s.code_rule) for s in scores] == [("", "unresolved"), ("", "unresolved")]


def test_two_years_beside_each_other() -> None:
    grid = grid_of(
        [
            ["ตัวชี้วัด", "คะแนน", "<", "ผลต่าง"],
            ["^", "ปี ๒๕๖๖", "ปี ๒๕๖๗", "^"],
            ["๑. การปฏิบัติหน้าที่", "90.10", "92.20", "2.10"],
            ["๒. การใช้งบประมาณ", "80.00", "85.50", "5.50"],
            ["คะแนนรวม", "88.00", "89.00", "1.00"],
        ],
        header_rows=2,
    )

    scores = read_grid(grid, year_be=2567).scores

    assert [(s.code, s.year_be, str(s.value)) for s in scores] == [
        ("1", 2566, "90.10"),
        ("1", 2567, "92.20"),
        ("2", 2566, "80.00"),
        ("2", 2567, "85.50"),
        ("ITA", 2566, "88.00"),
        ("ITA", 2567, "89.00"),
    ]


def test_several_agencies_with_weighted_instruments() -> None:
    """IIT, EIT and OIT add up to the total: they are shares of it, whatever the heading says."""
    grid = grid_of(
        [
            ["ลำดับ", "หน่วยงาน", "IIT", "EIT", "OIT", "คะแนนรวม", "ระดับ"],
            ["1", "อบต.ดอนแก้ว", "28.50", "27.00", "38.00", "93.50", "ผ่านดี"],
            ["2", "เทศบาลตำบลบึงงาม", "27.00", "25.50", "30.00", "82.50", "ต้องปรับปรุง"],
        ]
    )

    reading = read_grid(grid, year_be=YEAR)

    assert reading.multi_agency
    assert [(s.agency_name_printed, s.code, str(s.value), s.scale) for s in reading.scores[:4]] == [
        ("อบต.ดอนแก้ว", "IIT", "28.50", "weighted"),
        ("อบต.ดอนแก้ว", "EIT", "27.00", "weighted"),
        ("อบต.ดอนแก้ว", "OIT", "38.00", "weighted"),
        ("อบต.ดอนแก้ว", "ITA", "93.50", "percent"),
    ]
    assert [(r.agency_name_printed, r.rating) for r in reading.ratings] == [
        ("อบต.ดอนแก้ว", "ผ่านดี"),
        ("เทศบาลตำบลบึงงาม", "ต้องปรับปรุง"),
    ]


def test_several_agencies_with_ten_numbered_columns() -> None:
    head = ["ที่", "หน่วยงาน", *[str(n) for n in range(1, 11)], "คะแนนรวม"]
    values = [
        "90.00",
        "91.00",
        "92.00",
        "93.00",
        "94.00",
        "85.00",
        "86.00",
        "87.00",
        "80.00",
        "70.00",
    ]
    grid = grid_of(
        [
            ["ที่", "หน่วยงาน", "ตัวชี้วัดที่", *["<"] * 9, "คะแนนรวม"],
            ["^", "^", *head[2:12], "^"],
            ["1", "องค์การบริหารส่วนตำบลหนึ่ง", *values, "83.80"],
            ["2", "องค์การบริหารส่วนตำบลสอง", *values, "83.80"],
        ],
        header_rows=2,
    )

    scores = read_grid(grid, year_be=YEAR).scores

    assert [score.code for score in scores[:11]] == [*[str(n) for n in range(1, 11)], "ITA"]
    assert len(scores) == 22


def test_pass_marks_are_ratings_not_scores() -> None:
    grid = grid_of(
        [
            ["ตัวชี้วัด", "เครื่องมือการประเมิน", "ตัวชี้วัด", "คะแนน", "ผลการประเมิน"],
            ["๖", "EIT", "คุณภาพการดำเนินงาน", "๘๘.๔๕", "ผ่านเกณฑ์"],
            ["๗", "EIT", "ประสิทธิภาพการสื่อสาร", "๘๔.๘๕", "ไม่ผ่านเกณฑ์"],
        ]
    )

    reading = read_grid(grid, year_be=2566)

    assert _values(reading.scores) == [("6", "88.45"), ("7", "84.85")]
    assert [(r.code, r.kind, r.rating) for r in reading.ratings] == [
        ("6", "pass", "pass"),
        ("7", "pass", "fail"),
    ]


def test_the_table_of_levels_holds_no_scores() -> None:
    grid = grid_of(
        [
            ["คะแนน", "ระดับ"],
            ["๙๕.๐๐-๑๐๐", "AA"],
            ["๘๕.๐๐-๙๔.๙๙", "A"],
            ["๐-๔๙.๙๙", "F"],
        ]
    )

    reading = read_grid(grid, year_be=2565)

    assert reading.scores == ()
    assert reading.ratings == ()


def test_the_table_of_weights_holds_no_scores() -> None:
    grid = grid_of(
        [
            ["คะแนน", "แบบวัด IIT", "แบบวัด EIT(๑)", "แบบวัด EIT(๒)", "แบบวัด OIT"],
            ["คะแนนข้อคำถาม", "คะแนนเฉลี่ยของทุกคน", "คะแนนเฉลี่ยของทุกคน", "คะแนนเฉลี่ย", "คะแนนของข้อ"],
            ["น้ำหนักแบบวัด", "ร้อยละ ๓๐", "ร้อยละ ๑๕", "ร้อยละ ๑๕", "ร้อยละ ๔๐"],
        ]
    )

    assert read_grid(grid, year_be=2566).scores == ()


def test_a_broken_score_is_kept_as_unreadable() -> None:
    grid = grid_of(
        [
            ["ที่", "ตัวชี้วัด", "คะแนน"],
            ["๙", "การเปิดเผยข้อมูล", "๓/๕.๐๐"],
            ["๑๐", "การป้องกันการทุจริต", "๔๘.๗๕"],
        ]
    )

    broken, good = read_grid(grid, year_be=2566).scores

    assert (broken.code, broken.value, broken.value_rule) == ("9", None, "unreadable")
    assert broken.value_printed == "๓/๕.๐๐"
    assert good.value == Decimal("48.75")


@pytest.mark.parametrize("blank", ["", "-", "–"])
def test_nothing_printed_is_no_score(blank: str) -> None:
    grid = grid_of(
        [
            ["ข้อ", "ข้อคำถาม", "คะแนน"],
            ["o1", "โครงสร้าง", "100"],
            ["o2", "ข้อมูลผู้บริหาร", blank],
        ]
    )

    assert _values(read_grid(grid, year_be=YEAR).scores) == [("o1", "100")]


def test_the_box_is_that_of_the_number() -> None:
    grid = grid_of(
        [
            ["ตัวชี้วัด", "คะแนน"],
            ["การใช้อำนาจ", "ได้ 92.14 คะแนน"],
        ]
    )

    (score,) = read_grid(grid, year_be=YEAR).scores

    assert score.value_printed == "92.14"
    assert score.box.x0 == 80 + 5 * 4
    assert score.box.x1 == 80 + 5 * 9

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


INDICATORS = (
    "การปฏิบัติหน้าที่",
    "การใช้งบประมาณ",
    "การใช้อำนาจ",
    "การใช้ทรัพย์สินของราชการ",
    "การแก้ไขปัญหาการทุจริต",
    "คุณภาพการดำเนินงาน",
    "ประสิทธิภาพการสื่อสาร",
    "การปรับปรุงระบบการทำงาน",
    "การเปิดเผยข้อมูล",
    "การป้องกันการทุจริต",
)


def _read(
    rows: list[list[str]], *, header_rows: int = 1, caption: tuple[str, ...] = ()
) -> list[tuple[str, str]]:
    grid = grid_of(rows, header_rows=header_rows, caption=caption)
    return _values(read_grid(grid, year_be=YEAR).scores)


@pytest.mark.parametrize("form", ["ตัวชี้วัดที่ {} {}", "{} {}", "{}. {}", "ตัวชี้วัดที่ {} : {}"])
def test_a_number_before_an_indicator_is_no_question_code(form: str) -> None:
    """ "10 การป้องกันการทุจริต" was taken for a question without its letter and left open."""
    rows = [["ตัวชี้วัด", "คะแนน"]]
    rows += [[form.format(i, name), f"9{i % 10}.25"] for i, name in enumerate(INDICATORS, 1)]

    assert _read(rows) == [(str(i), f"9{i % 10}.25") for i in range(1, 11)]


def test_subindicators_in_a_column_of_their_own_are_codes() -> None:
    """Their numbers look like scores: 9.1 is none."""
    rows = [
        ["ตัวชี้วัดย่อย", "ประเด็น", "คะแนน"],
        ["๙.๑", "ข้อมูลพื้นฐาน", "๑๐๐.๐๐"],
        ["๙.๒", "การบริหารงาน", "๘๗.๕๐"],
        ["๑๐.๒", "มาตรการภายในเพื่อป้องกันการทุจริต", "๕๐.๐๐"],
    ]

    assert _read(rows) == [("9.1", "100.00"), ("9.2", "87.50"), ("10.2", "50.00")]


def test_indicators_and_their_parts_in_one_number_column() -> None:
    rows = [
        ["ลำดับ", "ตัวชี้วัด/ตัวชี้วัดย่อย", "คะแนน"],
        ["9", "การเปิดเผยข้อมูล", "93.75"],
        ["9.1", "ข้อมูลพื้นฐาน", "100.00"],
        ["9.2", "การบริหารงาน", "87.50"],
        ["", "คะแนน OIT", "93.75"],
    ]

    assert _read(rows) == [("9", "93.75"), ("9.1", "100.00"), ("9.2", "87.50"), ("OIT", "93.75")]


def test_questions_under_the_two_parts_of_the_eit() -> None:
    rows = [
        ["ข้อ", "ประเด็น", "EIT ส่วนที่ 1", "EIT ส่วนที่ 2"],
        ["e1", "ให้บริการเป็นไปตามขั้นตอนและระยะเวลา", "88.12", "91.30"],
        ["e2", "ให้บริการอย่างเท่าเทียมกัน", "90.01", "89.95"],
    ]

    assert _read(rows) == [("ep1", "88.12"), ("es1", "91.30"), ("ep2", "90.01"), ("es2", "89.95")]


def test_scores_beside_their_weighted_shares() -> None:
    """The shares add up to the total, the scores beside them do not become shares by that."""
    grid = grid_of(
        [
            ["เครื่องมือ", "น้ำหนัก (ร้อยละ)", "คะแนน", "คะแนนถ่วงน้ำหนัก"],
            ["แบบวัด IIT", "30", "86.40", "25.92"],
            ["แบบวัด EIT", "30", "82.15", "24.65"],
            ["แบบตรวจ OIT", "40", "93.13", "37.25"],
            ["รวม", "100", "", "87.82"],
        ]
    )

    scores = read_grid(grid, year_be=YEAR).scores

    assert [(s.code, str(s.value), s.scale) for s in scores] == [
        ("IIT", "86.40", "percent"),
        ("IIT", "25.92", "weighted"),
        ("EIT", "82.15", "percent"),
        ("EIT", "24.65", "weighted"),
        ("OIT", "93.13", "percent"),
        ("OIT", "37.25", "weighted"),
        ("ITA", "87.82", "percent"),
    ]


def test_headings_that_the_table_was_not_given() -> None:
    """One row of names over one row of numbers has nothing that tells headings from data."""
    rows = [list(INDICATORS[:3]), ["96.10", "95.22", "97.33"]]

    assert _read(rows, header_rows=0) == [("1", "96.10"), ("2", "95.22"), ("3", "97.33")]


def test_the_mean_of_an_indicators_questions() -> None:
    rows = [
        ["ข้อ", "คำถาม", "คะแนน"],
        ["i1", "ปฏิบัติงานตามขั้นตอนและระยะเวลา", "95.20"],
        ["i2", "ให้บริการอย่างเท่าเทียมกัน", "93.11"],
        ["i3", "เรียกรับสินบน", "100.00"],
        ["คะแนนเฉลี่ย", "<", "96.10"],
    ]

    assert _read(rows, caption=("แบบวัด IIT",))[-1] == ("1", "96.10")
    assert _read(rows, caption=("ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่",))[-1] == ("1", "96.10")


def test_each_summary_row_sums_up_what_stands_above_it() -> None:
    rows = [["เครื่องมือ", "ตัวชี้วัดที่", "ชื่อตัวชี้วัด", "คะแนน"]]
    for first, last, code in ((1, 5, "IIT"), (6, 8, "EIT"), (9, 10, "OIT")):
        for i in range(first, last + 1):
            rows.append([code if i == first else "^", str(i), INDICATORS[i - 1], "90.00"])
        rows.append(["รวม", "<", "<", "91.00"])
    rows.append(["รวมทั้งสิ้น", "<", "<", "92.00"])

    found = _read(rows)

    assert [entry for entry in found if entry[1] != "90.00"] == [
        ("IIT", "91.00"),
        ("EIT", "91.00"),
        ("OIT", "91.00"),
        ("ITA", "92.00"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["ปีงบประมาณ", "งบประมาณ (บาท)", "ร้อยละ"],
            ["๒๕๖๔", "๔๕,๐๐๐", "๙๖.๐๒"],
            ["๒๕๖๕", "๔๖,๐๐๐", "๙๖.๗๔"],
        ],
        [
            ["แบบวัด", "จำนวน (คน)", "ร้อยละ"],
            ["IIT", "52", "100.00"],
            ["EIT", "210", "98.50"],
            ["รวม", "262", "98.80"],
        ],
        [["ด้าน", "ค่าเฉลี่ย", "S.D."], ["คุณภาพการดำเนินงาน", "4.60", "0.49"], ["รวม", "4.58", "0.50"]],
        [["โครงการ", "ร้อยละการเบิกจ่าย"], ["อบรม", "97.50"], ["รวม", "98.75"]],
        [["คะแนน", "ระดับ"], ["95.00 - 100", "AA"], ["85.00 - 94.99", "A"]],
        [["กิจกรรม", "ร้อยละ"], ["ลงทะเบียน", "100.00"], ["รวม", "97.50"]],
    ],
)
def test_tables_about_something_else(rows: list[list[str]]) -> None:
    """Money, respondents, satisfaction out of 5, level bands: nothing of the assessment."""
    assert _read(rows) == []


def test_a_pass_mark_and_the_mean_of_the_country_are_no_scores_of_the_agency() -> None:
    rows = [
        ["ตัวชี้วัด", "คะแนน", "เกณฑ์", "ค่าเฉลี่ยระดับประเทศ", "ผลการประเมิน"],
        ["การใช้อำนาจ", "90.10", "85.00", "91.99", "ผ่าน"],
        ["การใช้งบประมาณ", "84.20", "85.00", "96.95", "ไม่ผ่าน"],
    ]

    assert _read(rows) == [("3", "90.10"), ("2", "84.20")]


def test_a_list_of_agencies_with_one_column_of_scores() -> None:
    grid = grid_of(
        [
            ["ลำดับ", "ชื่อ อปท.", "คะแนน", "ระดับ"],
            ["1", "เทศบาลตำบลหนึ่ง", "81.05", "B"],
            ["2", "อบต.สอง", "90.28", "A"],
            ["เฉลี่ย", "<", "85.67", ""],
        ]
    )

    reading = read_grid(grid, year_be=2565)

    assert reading.multi_agency
    assert [(s.code, s.agency_name_printed, str(s.value)) for s in reading.scores] == [
        ("ITA", "เทศบาลตำบลหนึ่ง", "81.05"),
        ("ITA", "อบต.สอง", "90.28"),
        ("ITA", None, "85.67"),
    ]


def test_totals_of_two_years_under_headings_with_the_year() -> None:
    grid = grid_of(
        [
            ["จังหวัด", "IIT", "EIT", "ITA 2564", "ITA 2563"],
            ["เลย", "80.82", "89.06", "81.13", "88.04"],
            ["บึงกาฬ", "93.48", "79.53", "80.55", "-"],
        ]
    )

    totals = [s for s in read_grid(grid, year_be=2564).scores if s.code == "ITA"]

    assert [(s.year_be, str(s.value)) for s in totals] == [
        (2564, "81.13"),
        (2563, "88.04"),
        (2564, "80.55"),
    ]


def test_numbered_indicators_under_their_instruments() -> None:
    """The lower heading says which indicator, the upper only whose questionnaire."""
    grid = grid_of(
        [
            ["หน่วยงาน", "OIT", "<", "EIT", "คะแนนรวม"],
            ["^", "ตชว.\n๙", "ตชว.\n๑๐", "ตชว. ๘", "^"],
            ["อบต.หนึ่ง", "93.33", "65.00", "90.11", "85.36"],
            ["อบต.สอง", "100", "82.50", "91.00", "91.08"],
        ],
        header_rows=2,
    )

    assert _values(read_grid(grid, year_be=YEAR).scores)[:4] == [
        ("9", "93.33"),
        ("10", "65.00"),
        ("8", "90.11"),
        ("ITA", "85.36"),
    ]


def test_two_halves_side_by_side() -> None:
    rows = [["ตัวชี้วัด", "คะแนน", "ตัวชี้วัด", "คะแนน"]]
    rows += [[INDICATORS[i], f"9{i}.10", INDICATORS[i + 5], f"8{i}.10"] for i in range(5)]

    assert sorted(_read(rows), key=lambda entry: int(entry[0])) == [
        *((str(i + 1), f"9{i}.10") for i in range(5)),
        *((str(i + 6), f"8{i}.10") for i in range(5)),
    ]


def test_instruments_with_their_english_names() -> None:
    thai = "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน"
    english = "(Internal Integrity and Transparency Assessment : IIT)"
    rows = [["รายการ", "คะแนน"], [f"{thai} {english}", "93.91"], ["การใช้อำนาจ", "90.00"]]

    assert _read(rows) == [("IIT", "93.91"), ("3", "90.00")]


def test_a_sentence_in_a_cell_of_a_plan_tells_a_score() -> None:
    grid = grid_of(
        [
            ["มาตรการ", "ผู้รับผิดชอบ", "ผลลัพธ์"],
            [
                "ประเมินผลการปฏิบัติงานตามเกณฑ์",
                "สำนักปลัด",
                "ดูได้จากตัวชี้วัดที่ 3 การใช้อำนาจ ซึ่งได้คะแนนสูงสุดในการประเมิน ITA ที่ 100 คะแนน",
            ],
            ["อบรมพนักงาน", "สำนักปลัด", "ผู้เข้าอบรม 45 คน คะแนนทดสอบหลังอบรมเฉลี่ย 88.00 คะแนน"],
        ]
    )

    (score,) = read_grid(grid, year_be=YEAR).scores

    assert (score.code, str(score.value), score.place, score.row_no) == ("3", "100", "sentence", 1)


def test_a_column_of_changes_is_told_by_its_cells() -> None:
    """The heading names a year, the cells say what went up: no score of that year."""
    rows = [
        ["ตัวชี้วัด", "คะแนน", "เทียบปี 2567"],
        ["การใช้อำนาจ", "90.10", "สูงขึ้น 1.25"],
        ["การใช้งบประมาณ", "84.20", "+0.90"],
    ]

    assert _read(rows) == [("3", "90.10"), ("2", "84.20")]


def test_the_instrument_that_a_caption_or_a_cell_names_is_kept_whatever_the_codes_say() -> None:
    """Chaturat FY2566: "เครื่องมือการประเมิน IIT" over questions of the EIT."""
    headed = grid_of(
        [["ประเด็นข้อคำถาม", "คะแนน"], ["e๖ ช่องทางเผยแพร่เข้าถึงได้ง่าย", "๘๓.๕๐"]],
        caption=["เครื่องมือการประเมิน IIT ตัวชี้วัด ๗ ประสิทธิภาพการสื่อสาร"],
    )
    sentence = grid_of(
        [["ประเด็นข้อคำถาม", "คะแนน"], ["e๖ ช่องทางเผยแพร่เข้าถึงได้ง่าย", "๘๓.๕๐"]],
        caption=["ข้อ i๑ ของแบบวัด IIT ได้ ๑๐๐ คะแนน ให้รักษาระดับไว้"],
    )
    celled = grid_of(
        [
            ["เครื่องมือ", "ข้อคำถาม", "คะแนน"],
            ["IIT", "i๑ ทำงานตามขั้นตอนและระยะเวลา", "๙๙.๓๕"],
            ["^", "i๒ ให้บริการเท่าเทียม", "๑๐๐"],
            ["OIT", "๐๗ รายงานผลการดำเนินงานประจำปี", "๑๐๐"],
        ]
    )

    def named(grid: Grid) -> list[str]:
        return [score.instrument_printed for score in read_grid(grid, year_be=YEAR).scores]

    assert named(headed) == ["IIT"]
    assert named(sentence) == [""]
    assert named(celled) == ["IIT", "IIT", "OIT"]


def test_a_broken_number_comes_with_what_it_may_be() -> None:
    grid = grid_of([["ลำดับ", "ตัวชี้วัด", "คะแนน"], ["๙", "การเปิดเผยข้อมูล", "๓/๕.๐๐"]])

    (score,) = read_grid(grid, year_be=YEAR).scores

    assert score.value is None
    assert [str(value) for value in score.readings] == ["35.00", "75.00"]


@pytest.mark.parametrize("wrapped", [1, 2, 3])
def test_a_wrapped_caption_names_the_instrument(wrapped: int) -> None:
    """The line with IIT was the third above the table, and staff's and public's question alike."""
    words = ["พัฒนาโดยพิจารณาจาก", "คำถามที่ได้คะแนนมาก", "กว่า ๘๕ คะแนน"]
    grid = grid_of(
        [
            ["ประเด็นข้อคำถาม", "คะแนน"],
            ["เจ้าหน้าที่เรียกรับเงิน ของขวัญ หรือผลประโยชน์ เพื่อแลกกับการปฏิบัติงานหรือให้บริการ หรือไม่", "๑๐๐.๐๐"],
        ],
        caption=["แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)", *words[:wrapped]],
    )

    (score,) = read_grid(grid, year_be=2566).scores

    assert score.code == "i4"


def test_the_instrument_beside_an_indicator_is_not_what_is_scored() -> None:
    """A table in order of score, its running number and the instrument in own columns."""
    grid = grid_of(
        [
            ["ลำดับ", "ตัวชี้วัด", "เครื่องมือ", "คะแนน"],
            ["1", "การเปิดเผยข้อมูล", "OIT", "96.67"],
            ["2", "การใช้อำนาจ", "IIT", "93.33"],
            ["3", "คุณภาพการดำเนินงาน", "EIT", "89.15"],
        ]
    )

    scores = read_grid(grid, year_be=2567).scores

    assert _values(scores) == [("9", "96.67"), ("3", "93.33"), ("6", "89.15")]
    assert [score.instrument_printed for score in scores] == ["OIT", "IIT", "EIT"]


def test_the_heading_over_the_titles_names_the_instrument() -> None:
    grid = grid_of(
        [
            ["ข้อ", "ข้อคำถาม IIT", "คะแนน"],
            ["e6", "ช่องทางเผยแพร่ข้อมูลเข้าถึงได้ง่าย", "90.00"],
            ["e7", "เผยแพร่ข้อมูลที่ประชาชนควรทราบอย่างชัดเจน", "88.00"],
        ]
    )

    assert {s.instrument_printed for s in read_grid(grid, year_be=2566).scores} == {"IIT"}


def test_an_instrument_beside_several_rows_is_none_of_them() -> None:
    """On a scan the label of the first row was illegible, and its score became that of the IIT."""
    grid = grid_of(
        [
            ["เครื่องมือ", "ข้อคำถาม", "คะแนน"],
            ["IIT", "าวุปางดียป้าที่ปายงานตับ", "๙๙.๓๕"],
            ["^", "i๒ ให้บริการเท่าเทียม", "๑๐๐"],
        ]
    )

    scores = read_grid(grid, year_be=YEAR).scores

    assert [score.code for score in scores if score.level == "instrument"] == []
    assert [score.code for score in scores if score.value == 100] == ["i2"]

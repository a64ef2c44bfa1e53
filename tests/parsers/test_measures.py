"""Plans and follow-ups, whatever the order of their columns."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support import grid_of, stream_from

from parsers.model import Box, Grid, Measure
from parsers.reading.columns import lay_out
from parsers.reading.measures import read_measures
from parsers.reading.planheads import PlanHead, read_plan_heads


def _read(grid: Grid, year_be: int | None = 2568) -> tuple[Measure, ...]:
    return read_measures(lay_out(grid), year_be=year_be)


def test_a_plan_with_four_columns() -> None:
    grid = grid_of(
        [
            ["มาตรการ/โครงการ/กิจกรรม", "ขั้นตอน/วิธีปฏิบัติ", "ผู้รับผิดชอบ", "ระยะเวลาดำเนินการ"],
            [
                "ทำคู่มือการให้บริการ",
                "๑. ร่างคู่มือ\n๒. แจ้งเวียน",
                "งานการเจ้าหน้าที่",
                "ไตรมาส ๒ (๑ ม.ค. - มี.ค.๖๘)",
            ],
            ["ประชุมทุกเดือน", "กำหนดวันประชุม", "สำนักปลัด", "(๑ ต.ค.๖๗ - ๓๐ ก.ย.๖๘)"],
        ]
    )

    first, second = _read(grid)

    assert first.measure == "ทำคู่มือการให้บริการ"
    assert first.steps == "๑. ร่างคู่มือ\n๒. แจ้งเวียน"
    assert first.responsible == "งานการเจ้าหน้าที่"
    assert (first.period_start, first.period_end) == ("2025-01-01", "2025-03-31")
    assert (second.period_start, second.period_end) == ("2024-10-01", "2025-09-30")


def test_columns_in_another_order_and_rows_under_issue_headings() -> None:
    grid = grid_of(
        [
            ["ผู้รับผิดชอบ", "มาตรการ", "ผลการดำเนินการ", "ผลลัพธ์หรือความสำเร็จ"],
            ["๒. การให้บริการและระบบ E-Service", "<", "<", "<"],
            ["กองคลัง", "เปิดชำระภาษีออนไลน์", "ใช้งานแล้ว", "ลดเวลารอ"],
        ]
    )

    (measure,) = _read(grid)

    assert measure.issue_no == 2
    assert measure.issue_printed == "๒. การให้บริการและระบบ E-Service"
    assert measure.result == "ใช้งานแล้ว"
    assert measure.outcome == "ลดเวลารอ"


def test_a_row_without_a_measure_goes_on_with_the_one_above() -> None:
    grid = grid_of(
        [
            ["มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ", "การติดตาม"],
            ["ตรวจพัสดุ", "นับทุกไตรมาส", "กองคลัง", "รายงานนายก"],
            ["", "", "", "และลงเว็บไซต์"],
        ]
    )

    (measure,) = _read(grid)

    assert measure.follow_up == "รายงานนายก\nและลงเว็บไซต์"


def test_a_plan_names_the_codes_it_answers() -> None:
    grid = grid_of(
        [
            ["ประเด็นที่ต้องปรับปรุงแก้ไข", "ผู้รับผิดชอบ", "ขั้นตอนหรือวิธีการ/มาตรการ", "กำหนดเวลาแล้วเสร็จ"],
            ["ข้อ ๐๑๔ คู่มือการปฏิบัติงาน", "สำนักปลัด", "ทำคู่มือหนึ่งเล่ม", "ภายในเดือนมีนาคม ๒๕๖๗"],
        ]
    )

    (measure,) = _read(grid, 2567)

    assert measure.codes == ("o14",)
    assert measure.responsible == "สำนักปลัด"
    assert measure.period_end == "2024-03-31"


def test_a_score_table_is_no_plan() -> None:
    grid = grid_of(
        [
            ["ประเด็นข้อคำถาม", "คะแนน", "แนวทางการพัฒนา"],
            ["e๖ ช่องทางเผยแพร่", "๘๓.๕๐", "เพิ่มช่องทาง"],
        ]
    )

    assert _read(grid) == ()


def test_one_period_and_one_office_for_several_measures() -> None:
    """A cell over several rows speaks of each of them; the measures stay apart."""
    grid = grid_of(
        [
            ["มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ", "ระยะเวลา"],
            ["ตรวจพัสดุ", "นับทุกไตรมาส", "กองคลัง", "ตลอดปี ๒๕๖๘"],
            ["ทำทะเบียน", "ลงทะเบียนยืม", "^", "^"],
        ]
    )

    first, second = _read(grid)

    assert (second.responsible, second.period_printed) == ("กองคลัง", "ตลอดปี ๒๕๖๘")
    assert first.columns == ("measure", "steps", "responsible", "period")


_FORM = ["มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ", "ระยะเวลา"]


def _broken(grid: Grid, row: int) -> Grid:
    """The grid with everything from a row on printed on the next page."""
    cells = tuple(replace(c, page=2) if c.row >= row else c for c in grid.cells)
    return replace(grid, cells=cells, page_last=2)


def test_a_row_cut_by_a_page_break_is_one_measure() -> None:
    """The rest began with another bullet, had no person and no period, and was a measure."""
    grid = grid_of(
        [
            _FORM,
            ["■ ตรวจพัสดุ", "๑. นับทุกไตรมาส", "กองคลัง", "ไตรมาส ๑"],
            ["■ ลงทะเบียนพัสดุ", "๒. รายงานผล", "", ""],
        ]
    )

    (measure,) = _read(_broken(grid, 2))

    assert measure.measure == "■ ตรวจพัสดุ\n■ ลงทะเบียนพัสดุ"
    assert measure.steps == "๑. นับทุกไตรมาส\n๒. รายงานผล"
    assert measure.page_last == 2


@pytest.mark.parametrize(
    ("third", "broken"),
    [
        (["■ ลงทะเบียนพัสดุ", "๒. รายงานผล", "", ""], 9),  # on the same page
        (["๒. ลงทะเบียนพัสดุ", "๑. รายงานผล", "", ""], 2),  # with a number of its own
        (["■ ลงทะเบียนพัสดุ", "๒. รายงานผล", "^", "^"], 2),  # one person for both
        (["■ ลงทะเบียนพัสดุ", "๒. รายงานผล", "กองช่าง", ""], 2),
    ],
)
def test_a_measure_of_its_own_stays_one(third: list[str], broken: int) -> None:
    grid = grid_of([_FORM, ["๑. ตรวจพัสดุ", "๑. นับทุกไตรมาส", "กองคลัง", "ไตรมาส ๑"], third])

    assert len(_read(_broken(grid, broken))) == 2


@pytest.mark.parametrize(
    ("text", "year_be", "codes"),
    [
        ("๑๑๙ ท่านรู้แนวปฏิบัติของหน่วยงานเกี่ยวกับการใช้ทรัพย์สินของราชการมากน้อยเพียงใด", 2568, ("i19",)),
        ("๗. ท่านทราบเกี่ยวกับงบประมาณของหน่วยงานของท่านมากน้อยเพียงใด", 2568, ("i7",)),
        ("๕๗ หน่วยงานเผยแพร่ข้อมูลข่าวสารที่ประชาชนควรทราบอย่างชัดเจนมากน้อยเพียงใด", 2566, ("e7",)),
        ("หน่วยงานมีช่องทางเผยแพร่ข้อมูลข่าวสารที่เข้าถึงได้ง่าย มากน้อยเพียงใด", 2566, ("e6",)),
        ("ข้อ ๐๕๐ การขับเคลื่อนจริยธรรม", 2566, ("o40",)),
        ("ข้อ ๑๓๕ การดำเนินการเพื่อจัดการความเสี่ยงการทุจริต", 2566, ("o35",)),
        ("ข้อ ๐๓.รายงานผลการดำเนินงานประจำปี", 2566, ("o3",)),  # a code of its own stands
        ("๗. จัดทำแผนยุทธศาสตร์หรือแผนพัฒนาหน่วยงาน", 2568, ()),  # a list number
        ("จัดทำคู่มือหรือมาตรฐานการปฏิบัติงาน", 2566, ()),  # a measure, no question
    ],
)
def test_the_question_that_a_measure_quotes(
    text: str, year_be: int, codes: tuple[str, ...]
) -> None:
    """Plans copy questions of other years, with what a scan left of their codes."""
    grid = grid_of([_FORM, [text, "ประชุมชี้แจง", "สำนักปลัด", "ไตรมาส ๒"]])

    (measure,) = _read(grid, year_be)

    assert measure.codes == codes


@pytest.mark.parametrize(
    "text",
    [
        "■ พัฒนารูปแบบช่องทางประชาสัมพันธ์ข้อมูลข่าวสารให้หลากหลายและมีประสิทธิภาพ",
        "จัดทำคู่มือการปฏิบัติงานที่โปร่งใสและมีประสิทธิภาพ",
        "การสร้างความโปร่งใสในการปฏิบัติงาน",
        "๒. จัดอบรมการให้บริการ E-Service แก่เจ้าหน้าที่",
    ],
)
def test_words_of_an_issue_make_no_issue(text: str) -> None:
    grid = grid_of([_FORM, [text, "ประชุมชี้แจง", "สำนักปลัด", "ไตรมาส ๒"]])

    (measure,) = _read(grid)

    assert measure.issue_no is None


def test_a_numbered_issue_in_a_column_of_its_own() -> None:
    """Under a heading over several columns "มาตรการ" was no column of measures."""
    grid = grid_of(
        [
            ["ประเด็น", "ผลการวิเคราะห์ข้อมูล", "การนำผลการวิเคราะห์ไปสู่การปฏิบัติ", "<", "<"],
            ["^", "^", "มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ"],
            [
                "๒. การให้บริการและระบบ E-Service",
                "ประชาชนไม่ทราบขั้นตอน",
                "นำเทคโนโลยีมาใช้",
                "ประชุม",
                "สำนักปลัด",
            ],
        ],
        header_rows=2,
    )

    (measure,) = _read(grid)

    assert measure.issue_no == 2
    assert measure.issue_printed == "๒. การให้บริการและระบบ E-Service"
    assert measure.measure == "นำเทคโนโลยีมาใช้"


def test_the_heading_above_a_plan_tells_its_year_and_indicator() -> None:
    """Plans for the next year were dated in the year of the report."""
    stream = stream_from(
        "มาตรการส่งเสริมคุณธรรมและความโปร่งใสของเทศบาล\nประจำปีงบประมาณ พ.ศ. ๒๕๖๗\n\n"
        "จากผลการประเมิน ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ กำหนดมาตรการดังนี้\n\n"
        "ตัวชี้วัดที่ ๙ การเปิดเผยข้อมูล คะแนนเฉลี่ย ๗๕.๐๐ คะแนน"
    )
    grid = grid_of([_FORM, ["ลงประกาศ", "ลงเว็บไซต์", "กองคลัง", "ต.ค. – มี.ค."]])
    grid = replace(grid, box=Box(0, 500, 320, 540))

    (head,) = read_plan_heads([grid], [0], stream)
    (measure,) = read_measures(lay_out(grid), year_be=2566, head=head)

    assert head == PlanHead(2567, "9")
    assert measure.indicator == "9"
    assert (measure.period_start, measure.period_end) == ("2023-10-01", "2024-03-31")


def test_the_dates_of_a_plan_tell_the_year_of_the_undated_measures() -> None:
    grid = grid_of(
        [
            _FORM,
            ["ลงประกาศ", "ลงเว็บไซต์", "กองคลัง", "ภายในเดือนธันวาคม ๒๕๖๖"],
            ["รายงานผล", "ลงเว็บไซต์", "กองคลัง", "ภายในเดือนมีนาคม ๒๕๖๗"],
            ["ประชุม", "ลงเว็บไซต์", "กองคลัง", "ประจำทุกเดือน"],
        ]
    )

    last = _read(grid, 2566)[-1]

    assert (last.period_start, last.period_end) == ("2023-10-01", "2024-09-30")


def test_units_on_lines_of_their_own_are_parted() -> None:
    """Thai lines are joined without a blank; three units became one word."""
    grid = grid_of([_FORM, ["ประชุม", "เชิญ", "สำนักปลัด\nกองคลัง\nกองช่าง", "ตลอดปีงบประมาณ\nพ.ศ. ๒๕๖๘"]])

    (measure,) = _read(grid)

    assert measure.responsible == "สำนักปลัด กองคลัง กองช่าง"
    assert measure.period_printed == "ตลอดปีงบประมาณ พ.ศ. ๒๕๖๘"


def test_a_line_with_room_left_was_ended_on_purpose() -> None:
    """A letter takes 5 points: the second line had room in a cell of 120, not in one of 80."""
    wide = Box(0, 20, 120, 40)
    grid = grid_of([_FORM, ["งานที่หนึ่ง\nงานสอง", "ก", "กองคลัง", "ไตรมาส ๑"]])
    cells = tuple(replace(c, box=wide) if (c.row, c.column) == (1, 0) else c for c in grid.cells)

    assert _read(replace(grid, cells=cells))[0].measure == "งานที่หนึ่ง งานสอง"
    assert _read(grid)[0].measure == "งานที่หนึ่งงานสอง"


def test_a_measure_keeps_the_questions_that_it_quotes_and_where() -> None:
    grid = grid_of(
        [
            _FORM,
            ["๑๑๙ ท่านรู้แนวปฏิบัติเกี่ยวกับการใช้ทรัพย์สินของราชการเพียงใด", "ชี้แจง", "กองคลัง", "ไตรมาส ๒"],
            ["e๗ เผยแพร่ข้อมูลที่ประชาชนควรทราบอย่างชัดเจน", "ทำป้าย", "สำนักปลัด", "ไตรมาส ๒"],
            ["๒. จัดประชุมทุกเดือน", "ประชุม", "สำนักปลัด", "ไตรมาส ๓"],
        ]
    )

    quotes = [quote for measure in _read(grid) for quote in measure.quotes]

    assert [(q.code, q.rule) for q in quotes] == [("i19", "quoted"), ("e7", "exact")]
    assert all(q.box is not None for q in quotes)

"""Plans and follow-ups, whatever the order of their columns."""

from __future__ import annotations

from support import grid_of

from parsers.model import Grid, Measure
from parsers.reading.columns import lay_out
from parsers.reading.measures import read_measures


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

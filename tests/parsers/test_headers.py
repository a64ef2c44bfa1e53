"""Rows of headings told by their words."""

from __future__ import annotations

import pytest

from parsers.tables.headers import bare, is_contents, is_heading, is_heading_row, is_number


@pytest.mark.parametrize(
    "row",
    [
        ["ตัวชี้วัดที่", "รายละเอียดตัวชี้วัด", "คะแนน"],
        ["เครื่องมือ\nการประเมิน", "ข้อความคำถาม", "คะแนน"],
        ["มาตรการ/โครงการ/กิจกรรม", "ขั้นตอน", "ระยะเวลา", "ผู้รับผิดชอบ"],
        ["อันดับ", "หน่วยงาน", "IIT", "EIT", "OIT", "คะแนนรวม", "ระดับ"],
        ["ตัวชี้วัด", "ปี 2566", "คะแนน"],
        ["ลาดับ", "ตัวชีวัด", "คะเเนน"],  # marks lost
    ],
)
def test_rows_of_headings(row: list[str]) -> None:
    assert is_heading_row(row)


@pytest.mark.parametrize(
    "row",
    [
        ["1", "การปฏิบัติหน้าที่", "99.78"],
        ["IIT", "ข้อ i๑ การปฏิบัติงาน", "๙๙.๓๕"],
        ["๑. การปฏิบัติหน้าที่", "IIT", "i1 ประเด็น เจ้าหน้าที่ปฏิบัติงาน"],
        ["ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่", "ได้คะแนน ๙๒.๖๘ คะแนน"],
        ["", "", ""],
    ],
)
def test_rows_of_data(row: list[str]) -> None:
    assert not is_heading_row(row)


def test_headings_of_contents() -> None:
    assert is_contents(["เรื่อง", "หน้า"])
    assert not is_contents(["ตัวชี้วัด", "คะแนน"])


@pytest.mark.parametrize("text", ["๙๙.๓๕", "100", "1,234.50", "98.01 คะแนน", "-", "85%"])
def test_numbers(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize("text", ["๓/๕.๐๐", "i1", "95.00-100", "A", ""])
def test_no_numbers(text: str) -> None:
    assert not is_number(text)


def test_long_sentences_are_no_headings() -> None:
    assert not is_heading("คะแนนเฉลี่ยของข้อคำถาม" + "ที่ผู้มีส่วนได้ส่วนเสียตอบ" * 4)


def test_text_without_marks_compares() -> None:
    assert bare("ตัวชี้วัด") == bare("ตวชวด")

"""Years, dates and periods in Thai reports."""

from __future__ import annotations

import calendar
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.text.dates import Period, find_dates, find_years, read_period
from parsers.text.months import full_year

YEAR = ("2024-10-01", "2025-09-30")  # fiscal year 2568


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("ปีงบประมาณ พ.ศ. ๒๕๖๘", [(2568, "fiscal", True)]),
        ("ประจำปี\nงบประมาณ ๒๕๖๖", [(2566, "fiscal", True)]),
        ("พ.ศ.2568", [(2568, "year", False)]),
        ("ปี 2564", [(2564, "year", False)]),
        ("FY2025", [(2568, "fiscal", True)]),
        ("FY25 FY68", [(2568, "fiscal", True), (2568, "fiscal", True)]),
        ("ค.ศ. 2025", [(2568, "year", False)]),
        ("ประจำปี ๒๕๖๗", [(2567, "year", False)]),
        ("ปี 64 ปี 65", [(2564, "year", False), (2565, "year", False)]),
        ("ก.ย.๖๘", [(2568, "date", False)]),
        ("๓๐ กันยายน พ.ศ. ๒๕๖๘", [(2568, "date", False)]),
        ("ปีงบประมาณ 2566 และ 2567", [(2566, "fiscal", True), (2567, "fiscal", True)]),
        ("(พ.ศ. ๒๕๖๖ - ๒๕๘๐)", [(2566, "year", False), (2580, "year", False)]),
        ("คำสั่งที่ ๒๒๑/๒๕๖๕", [(2565, "reference", False)]),
        ("ITA 2568", [(2568, "bare", False)]),
    ],
)
def test_years_are_found_with_what_makes_them_years(text, years):
    assert [(y.year_be, y.context, y.fiscal) for y in find_years(text)] == years


@pytest.mark.parametrize(
    "text",
    ["๖๘", "68 คะแนน", "2568.50", "2,568", "25680", "ระยะ 20 ปี", "ขนาด 64 ปี", "ปี 64 คะแนน", "2024",
     "พ.ศ. 2025", "ข้อ 1.2568"],
)  # fmt: skip
def test_numbers_that_are_no_years_are_not_found(text):
    assert find_years(text) == []


def test_a_year_knows_where_its_digits_stand():
    text = "ประจำปีงบประมาณ พ.ศ. ๒๕๖๘ จังหวัด"
    (year,) = find_years(text)

    assert text[year.start : year.end] == "๒๕๖๘"


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("๑ ต.ค.๖๗", [(1, 10, 2567)]),
        ("30 กันยายน พ.ศ. 2568", [(30, 9, 2568)]),
        ("12/10/2566", [(12, 10, 2566)]),
        ("ตค.67-กย.68", [(None, 10, 2567), (None, 9, 2568)]),
        ("มิ ย 68", [(None, 6, 2568)]),
        ("เม.ย.-มิ.ย.68", [(None, 4, None), (None, 6, 2568)]),
        ("ม.ค.๖๘ถึงมี.ค.๖๘", [(None, 1, 2568), (None, 3, 2568)]),
        ("Oct 2024", [(None, 10, 2567)]),
        ("๒๗ กรกฏาคม ๒๕๖๖", [(27, 7, 2566)]),
        ("สำนักงาน ก.พ. กำหนด", []),
        ("ตุลาการศาล มีนายก 5 คน", []),
        ("ข้อ 1.2.34", []),
    ],
)
def test_dates_are_found_in_all_their_spellings(text, dates):
    assert [(d.day, d.month, d.year_be) for d in find_dates(text)] == dates


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("ไตรมาส ๒ (๑ ม.ค. - มี.ค.๖๘)", "2025-01-01", "2025-03-31"),
        ("(๑ ต.ค.๖๗ - ๓๐ ก.ย.๖๘)", *YEAR),
        ("ตลอดปีงบประมาณ ๒๕๖๘", *YEAR),
        ("ตลอด\nปีงบประมาณ 2568", *YEAR),
        ("ปีงบประมาณ 2568", *YEAR),
        ("ต.ค. 67 – ก.ย. 68", *YEAR),
        ("๑ ตุลาคม – ๓๐ กันยายน ๒๕๖๘", *YEAR),
        ("1 ตุลาคม 2567 ถึงวันที่ 30 กันยายน 2568", *YEAR),
        ("Oct 2024 - Sep 2025", *YEAR),
        ("ตุลาคม ๒๕๖๗ ถึง มีนาคม ๒๕๖๘", "2024-10-01", "2025-03-31"),
        ("ภายในเดือนธันวาคม ๒๕๖๖", None, "2023-12-31"),
        ("แล้วเสร็จภายในวันที่ ๑๕ มกราคม ๒๕๖๗", None, "2024-01-15"),
        ("ตั้งแต่เดือนมกราคม 2568 เป็นต้นไป", "2025-01-01", None),
        ("มีนาคม ๒๕๖๘", "2025-03-01", "2025-03-31"),
        ("31 ก.ย. 68", "2025-09-30", "2025-09-30"),
        ("1-15 ม.ค. 68", "2025-01-01", "2025-01-15"),
        ("ธันวาคม ๖๗ - กุมภาพันธ์ ๖๘", "2024-12-01", "2025-02-28"),
        ("ปี 2566-2570", "2022-10-01", "2027-09-30"),
        ("ไตรมาส 2/2568", "2025-01-01", "2025-03-31"),
        ("ตลอดปีงบประมาณ พ.ศ. ๒๕๖๙ ตุลาคม ๒๕๖๘ - กันยายน ๒๕๖๙", "2025-10-01", "2026-09-30"),
    ],
)
def test_periods_that_say_everything(text, start, end):
    assert read_period(text) == Period(start, end)
    assert read_period(text, default_year_be=2599) == Period(start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("ไตรมาสที่ 1-2", "2024-10-01", "2025-03-31"),
        ("ไตรมาส 1 และ 3", "2024-10-01", "2025-06-30"),
        ("ไตรมาสที่ ๔", "2025-07-01", "2025-09-30"),
        ("ทุกไตรมาส", *YEAR),
        ("รอบ ๖ เดือนแรก", "2024-10-01", "2025-03-31"),
        ("รอบ 6 เดือนหลัง", "2025-04-01", "2025-09-30"),
        ("รอบ 6 เดือน และ 12 เดือน", *YEAR),
        ("ตลอดปี", *YEAR),
        ("มี.ค. - ก.ค.", "2025-03-01", "2025-07-31"),
        ("ต.ค. - ธ.ค.", "2024-10-01", "2024-12-31"),
    ],
)
def test_periods_that_need_the_year_of_the_report(text, start, end):
    assert read_period(text, default_year_be=2568) == Period(start, end)
    assert read_period(text) is None


@pytest.mark.parametrize(
    "text", ["", "-", "ภายใน 30 วัน", "เดือนละ 1 ครั้ง", "ทุกวัน", "ต่อเนื่อง", "กันยายน 2568 - ตุลาคม 2560"]
)
def test_what_cannot_be_decided_is_none(text):
    assert read_period(text, default_year_be=2568) is None


@given(st.integers(2560, 2575), st.integers(1, 4))
def test_quarters_follow_one_another_without_gap(year, quarter):
    period = read_period(f"ไตรมาส {quarter} ปีงบประมาณ {year}")

    assert period is not None and period.start and period.end
    first_year = year - 543 - (quarter == 1)
    month = {1: 10, 2: 1, 3: 4, 4: 7}[quarter]
    assert period.start == f"{first_year}-{month:02d}-01"
    assert int(period.end[5:7]) == month + 2
    assert int(period.end[8:]) == calendar.monthrange(first_year, month + 2)[1]


@given(st.text(alphabet="0123456789๐๑๒๕๖๘ .-–/()ตคกยมธปีงบประมาณไตรมาสถึงเดือน\n", max_size=50))
def test_no_text_breaks_the_reading_of_periods(text):
    period = read_period(text, default_year_be=2568)

    assert (
        period is None or period.start is None or period.end is None or period.start <= period.end
    )


def test_years_beside_months_are_of_either_era():
    assert full_year("68") == full_year("2568") == full_year("2025") == 2568
    assert full_year("05") is None
    assert full_year("1234") is None


@pytest.mark.parametrize(
    "text", ["ปี" + " " * 20_000, "2568 " * 4_000, "1 ต.ค. " * 3_000, "ไตรมาส 1 " * 3_000]
)
def test_hostile_text_does_not_take_long(text):
    started = time.process_time()
    find_years(text)
    read_period(text)

    assert time.process_time() - started < 3

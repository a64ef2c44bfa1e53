"""Years and periods as Thai reports write them.

Years are Buddhist era (BE = CE + 543). Fiscal year N of the Thai state runs from
1 October N-1 to 30 September N, its quarters from October, January, April and July.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from parsers.text.digits import to_ascii
from parsers.text.months import BUDDHIST_OFFSET, ERA, DateMention, days_of, find_dates, full_year

__all__ = ["Period", "YearMention", "find_dates", "find_years", "read_period"]

# Two-digit years after a word for year, and after FY with Christian years.
_SHORT_CE = range(10, 40)
_SHORT_AFTER_WORD = range(55, 80)
_FIRST_MONTH = 10  # of the fiscal year
_MONTHS = 12
# Nothing is planned further ahead than this; a longer period is a misreading.
_LONGEST_YEARS = 25
# How many characters may stand between the years of one enumeration.
_FARTHEST = 30

Context = Literal["fiscal", "year", "date", "reference", "bare"]


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year that a text names.

    Attributes:
        year_be: The year in the Buddhist era.
        start: Where the digits of the year begin.
        end: Where they end.
        context: `fiscal` (ปีงบประมาณ 2568, FY2025), `year` (ปี, พ.ศ., ค.ศ.), `date`
            (30 ก.ย. 68), `reference` (order 221/2565) or `bare` (no word beside it).
        fiscal: Whether it is said to be a fiscal year; also the second year of
            "ปีงบประมาณ 2567-2568".
    """

    year_be: int
    start: int
    end: int
    context: Context
    fiscal: bool


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, ISO 8601 of the Christian era; None where open or not said."""

    start: str | None
    end: str | None


def find_years(text: str) -> list[YearMention]:
    """Every year in a text, in order.

    A two-digit year counts only where a date or the word for year stands before it.

    >>> [(y.year_be, y.context) for y in find_years("ประจำปีงบประมาณ พ.ศ. ๒๕๖๘ และ ค.ศ. 2024")]
    [(2568, 'fiscal'), (2567, 'year')]
    >>> [(y.year_be, y.fiscal) for y in find_years("ปีงบประมาณ 2566 - 2567")]
    [(2566, True), (2567, True)]
    >>> [y.year_be for y in find_years("ก.ย.๖๘ ได้ 68 คะแนน")]
    [2568]
    """
    flat = to_ascii(text)
    found: dict[int, YearMention] = {}
    for date in find_dates(text):
        if date.year_be is not None:
            mention = YearMention(date.year_be, date.year_start, date.end, "date", False)
            found[date.year_start] = mention
    for match in _named_years(flat):
        start, end = match.span("year")
        year = _year_of(match)
        if year is not None and start not in found:
            context = _context(match, flat)
            found[start] = YearMention(year, start, end, context, context == "fiscal")
    return _spread(flat, [found[start] for start in sorted(found)])


def read_period(text: str, default_year_be: int | None = None) -> Period | None:
    """The period that the text of a cell names; None where it cannot be decided.

    Dates decide before quarters, quarters before halves, halves before years.

    Args:
        text: What is printed, for instance "ไตรมาส ๒ (๑ ม.ค. - มี.ค.๖๘)".
        default_year_be: Fiscal year (BE) for what names none ("ไตรมาส 2", "ตลอดปี").

    >>> read_period("ต.ค. 67 – ก.ย. 68")
    Period(start='2024-10-01', end='2025-09-30')
    >>> read_period("ไตรมาสที่ 1-2", default_year_be=2568)
    Period(start='2024-10-01', end='2025-03-31')
    >>> read_period("ภายในเดือนธันวาคม ๒๕๖๖")
    Period(start=None, end='2023-12-31')
    >>> read_period("ตลอดปี") is None
    True
    """
    flat = re.sub(r"\s+", " ", to_ascii(text)).strip()
    dates = find_dates(flat)
    if dates:
        return _of_dates(flat, dates, default_year_be)
    mentions = [y.year_be for y in find_years(flat)]
    years = sorted(set(mentions)) or ([default_year_be] if default_year_be else [])
    if not years:
        return None
    for months in (_quarters(flat), _part_of_year(flat)):
        if months:
            return _of_fiscal_months(years, *months)
    if mentions or _WHOLE_YEAR.search(flat):
        return _of_fiscal_months(years, 0, _MONTHS - 1)
    return None


# ---- years ---------------------------------------------------------------------------------------

_YEAR = re.compile(
    r"(?:(?P<fiscal>ปี\s*งบ\s*ประมาณ|ปี\s*งบ(?:ฯ|\.)?|งบประมาณ(?:\s*ประจำปี)?|\bFY|fiscal\s+year)"
    r"|(?P<word>ประจำปี|ปีการศึกษา|ปี))?"
    rf"[\s.]{{0,6}}(?:(?P<era>{ERA})\s*)?"
    r"(?P<year>(?<!\d)(?<!\d[.,])\d{4}(?!\d|[.,]\d)|(?<!\d)(?<!\d[.,/-])\d{2}(?![\d%]|[.,/]\d))",
    re.IGNORECASE,
)
# The digits alone, quick to look for; only where one of these stands before them can there be
# a word to them.
_YEAR_DIGITS = re.compile(
    r"\d\d(?:(?<!\d\d\d)(?<!\d[.,]\d\d)\d\d(?!\d|[.,]\d)|(?<!\d\d\d)(?<!\d[.,/-]\d\d)(?![\d%]|[.,/]\d))"
)
_ENDS_WORD = frozenset("ยณบฯีาศYyRrEeDd")
_WORD_REACH = 80
_JOINED = re.compile(r"\s*(?:-|–|—|,|/|และ|ถึง|กับ|หรือ|ปี|พ\.?ศ\.?|งบประมาณ|\s)+\s*")
_AS_ORDER = re.compile(r"\d\s?/\s?$")
_AS_COUNT = re.compile(r"\s*(?:คะแนน|ร้อยละ|เปอร์|คน|บาท|ข้อ|เดือน|วัน|แห่ง|หน่วยงาน|ตัวชี้วัด|ปี(?!\s*\d))")


def _named_years(flat: str) -> Iterator[re.Match[str]]:
    """The matches of `_YEAR`: it is tried only where the digits of a year stand."""
    reached = 0
    for digits in _YEAR_DIGITS.finditer(flat):
        start = digits.start()
        before = flat[reached:start].rstrip(". \n")
        if before and (before[-1] in _ENDS_WORD or before[-1].isspace()):
            match = _YEAR.search(flat, max(reached, reached + len(before) - _WORD_REACH))
        else:
            match = _YEAR.match(flat, start)
        if match:
            reached = match.end()
            yield match


def _year_of(match: re.Match[str]) -> int | None:
    number = int(match["year"])
    marked = match["fiscal"] or match["word"] or match["era"]
    christian = (match["era"] or "").startswith(("ค", "A", "a", "C", "c"))
    if len(match["year"]) == 4:
        year = full_year(match["year"])
        if year == number:
            return None if christian else year
        # Without a word beside it, 2024 may be any number.
        return year if marked and (christian or not match["era"]) else None
    if not marked or _AS_COUNT.match(match.string, match.end()):
        return None
    if (match["fiscal"] or "").upper() == "FY" and number in _SHORT_CE:
        return 2000 + number + BUDDHIST_OFFSET
    return 2500 + number if number in _SHORT_AFTER_WORD and not christian else None


def _context(match: re.Match[str], flat: str) -> Context:
    if match["fiscal"]:
        return "fiscal"
    if match["word"] or match["era"]:
        return "year"
    return "reference" if _AS_ORDER.search(flat, 0, match.start("year")) else "bare"


def _spread(flat: str, years: list[YearMention]) -> list[YearMention]:
    """The year before says what the year after it is: "ปีงบประมาณ 2566 - 2567"."""
    for index in range(1, len(years)):
        before, here = years[index - 1], years[index]
        if here.context in {"bare", "year"} and before.context in {"fiscal", "year"}:
            between = flat[before.end : here.start]
            if len(between) <= _FARTHEST and _JOINED.fullmatch(between):
                years[index] = YearMention(
                    here.year_be, here.start, here.end, before.context, before.fiscal
                )
    return years


# ---- from dates ----------------------------------------------------------------------------------

_BY = re.compile(r"(?:ภายใน|ไม่เกิน|ก่อน|แล้วเสร็จ|สิ้นสุด|จนถึง|ถึง)(?:ใน|ณ|วันที่|สิ้น|เดือน|\s)*$")
_FROM = re.compile(r"(?:ตั้งแต่|เริ่ม|นับแต่)(?:วันที่|เดือน|\s)*$")
_ONWARDS = re.compile(r"\s*(?:เป็นต้นไป|เป็นต้นมา|onwards?)")


def _of_dates(flat: str, dates: list[DateMention], default: int | None) -> Period | None:
    dated = _with_years(dates, default)
    if dated is None:
        return None
    days = [(_iso(date, first=True), _iso(date, first=False)) for date in dated]
    first, last = min(day[0] for day in days), max(day[1] for day in days)
    if len(dated) == 1:
        before = flat[: dated[0].start]
        if _FROM.search(before) or _ONWARDS.match(flat, dated[0].end):
            return Period(first, None)
        return Period(None if _BY.search(before) else first, last)
    if int(last[:4]) - int(first[:4]) > _LONGEST_YEARS or days[0][0] > days[-1][1]:
        return None
    return Period(first, last)


def _with_years(dates: list[DateMention], default: int | None) -> list[DateMention] | None:
    """Give every date its year: that of the next one that has it, else of the one before.

    "ต.ค. - มี.ค. 68" begins in the year before: a period does not run backwards.
    """
    filled: list[DateMention] = []
    follower: DateMention | None = None
    for date in reversed(dates):
        year = date.year_be
        if year is None and follower is not None and follower.year_be is not None:
            year = follower.year_be - (date.month > follower.month)
        follower = date._replace(year_be=year)
        filled.append(follower)
    filled.reverse()
    previous: DateMention | None = None
    for index, date in enumerate(filled):
        year = date.year_be
        if year is None and previous is not None and previous.year_be is not None:
            year = previous.year_be + (date.month < previous.month)
        if year is None and default is not None:
            year = default - (date.month >= _FIRST_MONTH)
        if year is None:
            return None
        previous = filled[index] = date._replace(year_be=year)
    return filled


def _iso(date: DateMention, *, first: bool) -> str:
    year = date.year_be or 0
    longest = days_of(year, date.month)
    day = (date.day_first or 1) if first else (date.day or longest)
    # Reports write "31 ก.ย." for the end of the month.
    return f"{year - BUDDHIST_OFFSET:04d}-{date.month:02d}-{min(day, longest):02d}"


# ---- from quarters, halves and years ---------------------------------------------------------

_QUARTER = re.compile(
    r"(?:ไตรมาส(?:ที่)?|\bQ)\s*(?P<list>[1-4](?!\d|\.\d)(?:\s*(?:-|–|,|/|และ|ถึง|&|Q|ไตรมาส(?:ที่)?|\s)+[1-4](?!\d|\.\d))*)",
    re.IGNORECASE,
)
_EVERY_QUARTER = re.compile(r"(?:ทุก|ทั้ง\s*4)\s*ไตรมาส|ไตรมาสละ")
_FIRST_HALF = re.compile(r"ครึ่งปี(?:งบประมาณ)?แรก|(?:รอบ|ระยะ|ช่วง)?\s*6\s*เดือน\s*แรก")
_SECOND_HALF = re.compile(r"ครึ่งปี(?:งบประมาณ)?หลัง|(?:รอบ|ระยะ|ช่วง)?\s*6\s*เดือน\s*หลัง")
_ROUND = re.compile(
    r"รอบ\s*(?:ระยะเวลา\s*)?((?:(?:3|6|9|12)\s*(?:เดือน)?\s*(?:และ|,|/|-|\s)*(?:รอบ\s*)?)+)"
)
_WHOLE_YEAR = re.compile(r"ตลอด(?:ทั้ง)?\s?ปี|ทั้งปี|ตลอดปีงบ|ปีละ|ทุกเดือน|ตลอดระยะเวลา")


def _quarters(flat: str) -> tuple[int, int] | None:
    """First and last month, counted from 0 = October, of the quarters named."""
    named = [
        int(n) for match in _QUARTER.finditer(flat) for n in re.findall("[1-4]", match["list"])
    ]
    if not named and _EVERY_QUARTER.search(flat):
        named = [1, 4]
    return ((min(named) - 1) * 3, max(named) * 3 - 1) if named else None


def _part_of_year(flat: str) -> tuple[int, int] | None:
    first, second = bool(_FIRST_HALF.search(flat)), bool(_SECOND_HALF.search(flat))
    if first or second:
        return (0 if first else 6, 11 if second else 5)
    rounds = [int(n) for match in _ROUND.finditer(flat) for n in re.findall(r"\d+", match[1])]
    return (0, max(rounds) - 1) if rounds else None


def _of_fiscal_months(years: list[int], first: int, last: int) -> Period | None:
    if years[-1] - years[0] > _LONGEST_YEARS:
        return None
    year, month = _calendar(years[0], first)
    start = f"{year - BUDDHIST_OFFSET:04d}-{month:02d}-01"
    year, month = _calendar(years[-1], last)
    return Period(start, f"{year - BUDDHIST_OFFSET:04d}-{month:02d}-{days_of(year, month):02d}")


def _calendar(fiscal_year_be: int, index: int) -> tuple[int, int]:
    """Calendar year (BE) and month of the month `index`, 0 = October, of a fiscal year."""
    month = (_FIRST_MONTH - 1 + index) % _MONTHS + 1
    return (fiscal_year_be - (month >= _FIRST_MONTH), month)

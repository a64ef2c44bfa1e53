"""Dates and months as Thai reports write them: full, abbreviated, in digits.

Years are Buddhist era (BE = CE + 543).
"""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from parsers.errors import DataTableError
from parsers.text.digits import to_ascii

__all__ = ["BUDDHIST_OFFSET", "ERA", "DateMention", "days_of", "find_dates", "full_year"]

BUDDHIST_OFFSET = 543
# The words of the two eras as a regular expression without group.
ERA = r"(?:พ\s?\.?\s?ศ\s?\.?|ค\s?\.?\s?ศ\s?\.?|B\.?E\.?|A\.?D\.?|C\.?E\.?)"

_TABLE = "dates.toml"
_MONTHS_OF_A_YEAR = 12
# Years outside these bounds are numbers of something else (rooms, orders, amounts).
_FIRST_BE, _LAST_BE = 2440, 2620
_FIRST_CE, _LAST_CE = 1900, 2077
# Two-digit years are of this century of the era: "๖๘" is 2568.
_SHORT_BE = range(40, 100)


class DateMention(NamedTuple):
    """A date or month that a text names; what is not said is None.

    `day_first` is the first day of "1-15 ม.ค. 68"; else it equals `day`.
    """

    start: int
    end: int
    day_first: int | None
    day: int | None
    month: int
    year_be: int | None
    year_start: int


def find_dates(text: str) -> list[DateMention]:
    """Every date and every named month, in order.

    Month names alone count only with a day, a year or another month beside them when they
    are abbreviated: "ก.พ." is also a commission.

    >>> [(d.day, d.month, d.year_be) for d in find_dates("(๑ ต.ค.๖๗ - ๓๐ ก.ย.๖๘)")]
    [(1, 10, 2567), (30, 9, 2568)]
    >>> find_dates("สำนักงาน ก.พ. กำหนด")
    []
    """
    return list(_dates(to_ascii(text)))


# The same text is asked for its dates, its years and its numbers.
@lru_cache(maxsize=8)
def _dates(flat: str) -> tuple[DateMention, ...]:
    found = [_date(flat, match) for match in _date_pattern().finditer(flat)]
    if _MAY_BE_NUMERIC.search(flat):
        found += [date for match in _NUMERIC.finditer(flat) if (date := _numeric(match))]
    found.sort(key=lambda date: date.start)
    return tuple(date for index, date in enumerate(found) if _is_sure(flat, found, index))


_MAY_BE_NUMERIC = re.compile(r"\d\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d\d")
_NUMERIC = re.compile(
    r"(?<![\d/.,-])(?P<day>0?[1-9]|[12]\d|3[01])\s?(?P<mark>[/.-])\s?(?P<month>0?[1-9]|1[0-2])"
    r"\s?(?P=mark)\s?(?P<year>\d{4}|\d{2})(?![\d/]|[.,-]\d)"
)
# Words that an abbreviated month may follow without a blank.
_MAY_STAND_BEFORE = ("ถึง", "เดือน", "และ", "ช่วง", "วันที่", "สิ้น")
# What stands before the name of a month, up to its end.
_DAY = re.compile(
    r"(?<![\d.,/:])(?:(?P<first>[12]\d|3[01]|0?[1-9])\s{0,3}(?:-|–|ถึง)\s{0,3})?"
    r"(?P<day>[12]\d|3[01]|0?[1-9])\s{0,3}(?:เดือน\s{0,3})?\Z"
)
_DAY_REACH = 24
_DASH_BESIDE = re.compile(r"\s*(?:-|–|—|ถึง)\s*")


@cache
def _table() -> tuple[dict[str, int], dict[str, int]]:
    """Full names and short forms of the months with their numbers, as in the table."""
    source = resources.files("parsers").joinpath("data", _TABLE).read_text(encoding="utf-8")
    full: dict[str, int] = {}
    short: dict[str, int] = {}
    for entry in tomllib.loads(source).get("month", []):
        number = entry.get("number")
        if number not in range(1, _MONTHS_OF_A_YEAR + 1):
            raise DataTableError(_TABLE, f"month {number}", "needs a number from 1 to 12")
        full.update(dict.fromkeys(entry.get("names", []), number))
        short.update(dict.fromkeys(entry.get("short", []), number))
    if set(full.values()) != set(range(1, _MONTHS_OF_A_YEAR + 1)):
        raise DataTableError(_TABLE, "month", "all twelve months must be there with names")
    return full, short


@cache
def _months() -> dict[str, int]:
    """Every spelling of a month, folded, with its number."""
    full, short = _table()
    return {_fold(name): number for name, number in (*full.items(), *short.items())}


def _fold(name: str) -> str:
    return re.sub(r"[.\s]", "", name).lower()


@cache
def _date_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<month>{_months_pattern()})"
        rf"(?:[\s,]{{0,4}}{_either_case(ERA)}?\s{{0,3}}(?P<year>\d{{4}}|\d{{2}})(?!\d|[.,]\d))?"
    )


def _either_case(expression: str) -> str:
    r"""An expression with every Latin letter in both cases, letters after a backslash left.

    A pattern of it is looked for much quicker than one that ignores case.

    >>> _either_case(r"May\s?")
    '[Mm][Aa][Yy]\\s?'
    """
    return re.sub(
        r"(?<!\\)[A-Za-z]", lambda match: f"[{match[0].upper()}{match[0].lower()}]", expression
    )


def _months_pattern() -> str:
    """The alternatives, grouped by first letter: the pattern is tried at every letter.

    It begins with a class of letters, which makes the search quick.
    """
    full, short = _table()
    groups: dict[str, list[str]] = {}
    for name in sorted({*full, *short}, key=len, reverse=True):
        groups.setdefault(name[0], []).append(name)
    firsts = _either_case("".join(groups)).replace("[", "").replace("]", "")
    grouped = (_with_first(first, names, full) for first, names in groups.items())
    return f"[{firsts}](?:{'|'.join(grouped)})"


def _with_first(first: str, names: list[str], full: dict[str, int]) -> str:
    """The months with one first letter; what can come second rules most places out."""
    seconds = {name[1:].replace(".", "")[0] for name in names}
    second = "".join(sorted({case for char in seconds for case in (char.upper(), char.lower())}))
    rest = "|".join(_spelling(name, whole=name in full) for name in names)
    return rf"(?<={_either_case(first)})(?=[\s.{second}])(?:{rest})"


def _spelling(name: str, *, whole: bool) -> str:
    """A month without its first letter, which the caller puts before."""
    if name.isascii():
        return rf"(?<![A-Za-z]{_either_case(name[0])}){_either_case(name[1:])}\.?(?![A-Za-z])"
    if whole:
        return name[1:]
    first = name[0]
    begins = "|".join(rf"(?<={before}{first})" for before in _MAY_STAND_BEFORE)
    begins = rf"(?:(?<![ก-๎]{first})|{begins})"
    parts = [re.escape(part) for part in name.rstrip(".").split(".")]
    rest = r"\s?\.?\s?".join(parts)[1:]
    return rf"{begins}{rest}\s?\.?(?![ก-ฮะ-ฺเ-๎](?!ึง))"


def _date(flat: str, match: re.Match[str]) -> DateMention:
    year = full_year(match["year"])
    start, end = match.span() if year is not None else match.span("month")
    begin = max(0, start - _DAY_REACH)
    days = _DAY.search(flat[begin:start])
    day = int(days["day"]) if days else None
    first = int(days["first"]) if days and days["first"] else day
    month = _months()[_fold(match["month"])]
    start = begin + days.start() if days else start
    return DateMention(
        start, end, first, day, month, year, match.start("year") if year is not None else -1
    )


def _numeric(match: re.Match[str]) -> DateMention | None:
    year = full_year(match["year"])
    # With dots, a clause number (1.2.34) looks the same: only a full year makes it a date.
    if year is None or (match["mark"] == "." and len(match["year"]) == 2):
        return None
    day = int(match["day"])
    return DateMention(
        match.start(), match.end(), day, day, int(match["month"]), year, match.start("year")
    )


def full_year(digits: str | None) -> int | None:
    """The year (BE) that two or four digits beside a month mean, in either era.

    >>> full_year("68"), full_year("2025"), full_year("1234")
    (2568, 2568, None)
    """
    if not digits:
        return None
    number = int(digits)
    if len(digits) == 2:
        return 2500 + number if number in _SHORT_BE else None
    if _FIRST_BE <= number <= _LAST_BE:
        return number
    return number + BUDDHIST_OFFSET if _FIRST_CE <= number <= _LAST_CE else None


def _is_sure(flat: str, dates: list[DateMention], index: int) -> bool:
    date = dates[index]
    if date.year_be is not None or date.day is not None:
        return True
    if flat[date.start : date.end] in _table()[0]:
        return True
    before = index > 0 and _DASH_BESIDE.fullmatch(flat, dates[index - 1].end, date.start)
    after = index + 1 < len(dates) and _DASH_BESIDE.fullmatch(
        flat, date.end, dates[index + 1].start
    )
    return bool(before or after)


def days_of(year_be: int, month: int) -> int:
    """How many days a month has."""
    return monthrange(year_be - BUDDHIST_OFFSET, month)[1]

"""Lists of codes and names in running text: "ตัวชี้วัดที่ 1, 2 และ 5", "i1 – i3", names.

A list is read from where it begins, and ends at the first thing that does not belong to it.
Values that stand behind the items ("การใช้อำนาจ (98.84 คะแนน)") are read along.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import NamedTuple

import regex

from parsers.knowledge.catalogue import catalogue, years
from parsers.reading.codes import find_code_groups
from parsers.reading.subjects import level_of

__all__ = ["HEADS", "Listing", "read_listing"]

_BLANKS = r"(?:[^\S\n]*+\n?+[^\S\n]*+)"
_REACH = 60
_MOST_ITEMS = 30
_HIGHEST_INDICATOR = 10

_NUMBER = r"(?:10|[1-9])(?![0-9]|[.,/:][0-9])"
_LEAD = (
    r"(?:ผล)?(?:ตัว\n?ชี้\n?วัด(?:ย่อย|ข้อ)?(?:\s?ที่)?|ตชว\.?|ด้าน(?:ที่)?|ข้อ\n?คำถาม(?:ที่)?|ข้อ(?:ที่)?"
    r"|แบบวัด|เครื่องมือ|ประเด็น(?!ที่))"
)
_ITEM_LEAD = regex.compile(
    rf"{_BLANKS}(?:[-•*]|\(?[1-9][.)](?![0-9])|[\"“'‘])?{_BLANKS}(?P<lead>(?:{_LEAD}{_BLANKS})*)"
)
_NUMBERS = regex.compile(
    rf"(?P<sub>(?:9|10)\.[1-9])(?![0-9.])"
    rf"|(?P<first>{_NUMBER})(?:{_BLANKS}(?:-|–|—|ถึง|จนถึง){_BLANKS}(?:{_LEAD})?{_BLANKS}(?P<last>{_NUMBER}))?"
)
_INSTRUMENT = regex.compile(
    r"(?<![A-Za-z])(?P<code>IIT|EIT|OIT)(?![A-Za-z])(?:\s*\(?\s*(?:ส่วนที่|part)\s*(?P<part>[12])(?![0-9])\)?)?"
)
_VALUE = regex.compile(
    rf"{_BLANKS}(?:[\"”'’]{_BLANKS})?(?:\((?:IIT|EIT|OIT)\){_BLANKS})?"
    rf"(?:(?:(?:ซึ่ง|โดย|ได้รับ|ได้|มี|คะแนนเฉลี่ย|คะแนน|ค่าเฉลี่ย|ร้อยละ|เท่ากับ|อยู่ที่|คิดเป็น|ที่|=|\(|-|–|:){_BLANKS})*"
    rf"(?P<value>[0-9]{{1,3}}(?:\.[0-9]{{1,4}})?)(?![0-9]|[.,/:][0-9]){_BLANKS}(?P<unit>คะแนน|%)?{_BLANKS}\)?)?"
)
_JOINT = regex.compile(rf"{_BLANKS}(?:(?P<strong>,|และ|กับ|รวมทั้ง|รวมถึง|/){_BLANKS}(?:และ)?)?")
# "ตัวชี้วัดที่ 7 9 และ 10"
_MORE_NUMBERS = regex.compile(rf"{_BLANKS}{_NUMBER}{_BLANKS}(?:,|และ|กับ|{_NUMBER})")
# "การเปิดเผยข้อมูลข่าวสาร" is no indicator.
_NAME_ENDS = (
    r"(?![ก-๎])|(?=ได้|และ|กับ|มี|ซึ่ง|โดย|ที่|คะแนน|เป็น|ร้อยละ|อยู่|เท่ากับ|รวม|ส่วน|รอง"
    r"|ควร|ผ่าน|ไม่|ยัง|ใน|นั้น|ตาม)"
)
# Where a list may begin.
HEADS = regex.compile(
    r"ตัว\n?ชี้\n?วัด|ด้าน|ข้อ|แบบวัด|เครื่องมือ|(?<![A-Za-z])(?:IIT|EIT|OIT|[IiEeOo][PpSs]?\s?[0-9])|(?<![0-9.])0[1-9]"
)


class Listing(NamedTuple):
    """A list of codes.

    Attributes:
        codes: The codes, as in `Score`; ranges written out.
        values: A value for each, where every item has one; else nothing.
        start: Where it begins.
        end: Where it ends, values behind the items included.
        bare_end: Where its last name ends.
        joined: Whether และ, commas or a range hold all of it together (else only blanks).
    """

    codes: tuple[str, ...]
    values: tuple[Decimal, ...]
    start: int
    end: int
    bare_end: int
    joined: bool = True


class _Item(NamedTuple):
    codes: tuple[str, ...]
    end: int
    led: bool


def read_listing(flat: str, at: int) -> Listing | None:
    """The list that begins at a position of a text with Arabic digits.

    All its codes are of one level, each stands once; else there is no list.

    >>> text = "ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่ (98.01 คะแนน) และการใช้อำนาจ (92.14) ควรรักษาไว้"
    >>> read_listing(text, 0)[:2]
    (('1', '3'), (Decimal('98.01'), Decimal('92.14')))
    >>> read_listing("i1 – i3 ได้ 100", 0).codes
    ('i1', 'i2', 'i3')
    """
    codes: list[str] = []
    values: list[Decimal] = []
    start, end, bare_end = at, at, at
    led = joined = False
    together = True
    for _ in range(_MOST_ITEMS):
        item = _item(flat, end, led and joined)
        if item is None or (codes and not (joined or item.led)):
            break
        if not codes:
            start = _ITEM_LEAD.match(flat, at).start("lead")  # type: ignore[union-attr]
        codes += item.codes
        bare_end = end = item.end
        led = led or item.led
        end = _take_value(flat, end, values)
        joint = _JOINT.match(flat, end)
        joined = joint is not None and joint["strong"] is not None
        next_at = joint.end() if joint and joined else end
        joined = joined or (led and _MORE_NUMBERS.match(flat, end) is not None)
        if _item(flat, next_at, led and joined) is None:
            break
        together = together and joined
        end = next_at
    if not codes or len(set(codes)) != len(codes) or len({level_of(c) for c in codes}) > 1:
        return None
    whole = tuple(values) if len(values) == len(codes) else ()
    return Listing(tuple(codes), whole, start, end, bare_end, together)


def _take_value(flat: str, at: int, values: list[Decimal]) -> int:
    """Read the value behind an item; where it ends."""
    found = _VALUE.match(flat, at)
    if found is None or found["value"] is None:
        return at
    if not found["unit"] and "." not in found["value"]:
        return at
    values.append(Decimal(found["value"]))
    return found.end()


def _item(flat: str, at: int, numbers_follow: bool) -> _Item | None:
    """One code, name or range at a position; `numbers_follow`: a bare number is an item too."""
    lead = _ITEM_LEAD.match(flat, at)
    if lead is None:
        return None
    begin = lead.end()
    led = bool(lead["lead"])
    name = _names().match(flat, begin)
    if name:
        return _Item((_code_of(name[0]),), name.end(), True)
    instrument = _INSTRUMENT.match(flat, begin)
    if instrument:
        code = instrument["code"] + (instrument["part"] or "")
        return _Item((code,), instrument.end(), True)
    group = next(iter(find_code_groups(flat[begin : begin + 2 * _REACH])), None)
    if group and group.start == 0:
        return _Item(group.codes, begin + group.end, True)
    indicator_led = "ชี้" in lead["lead"] or lead["lead"].startswith("ตชว")
    if not (indicator_led or numbers_follow):
        return None
    return _numbered(flat, begin, led)


def _numbered(flat: str, begin: int, led: bool) -> _Item | None:
    """Indicators by their numbers, a name behind the number included."""
    found = _NUMBERS.match(flat, begin)
    if found is None:
        return None
    if found["sub"]:
        return _Item((found["sub"],), found.end(), led)
    first, last = int(found["first"]), int(found["last"] or found["first"])
    if last < first or last > _HIGHEST_INDICATOR:
        return None
    codes = tuple(str(number) for number in range(first, last + 1))
    name = _named().match(flat, found.end())
    if name and len(codes) == 1:
        return _Item((_code_of(name["name"]),), name.end(), led)
    return _Item(codes, found.end(), led)


# ---- names of indicators ----------------------------------------------------------------------


@cache
def _codes_by_name() -> dict[str, str]:
    held: dict[str, str] = {}
    for year in filter(None, map(catalogue, years())):
        held |= {entry.name: str(entry.no) for entry in year.indicators}
    held["การใช้ทรัพย์สินของทางราชการ"] = held["การใช้ทรัพย์สินของราชการ"]
    return held


@cache
def _names() -> regex.Pattern[str]:
    longest = sorted(_codes_by_name(), key=len, reverse=True)
    either = "|".join(r"\s?".join(name) for name in longest)
    return regex.compile(rf"(?:{either})(?:{_NAME_ENDS})")


@cache
def _named() -> regex.Pattern[str]:
    return regex.compile(rf"[.):]?{_BLANKS}(?:ด้าน)?(?P<name>{_names().pattern})")


def _code_of(printed: str) -> str:
    return _codes_by_name()[regex.sub(r"\s", "", printed)]

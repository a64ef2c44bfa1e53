"""What a score is of: the total, an instrument, an indicator, a sub-indicator, a question."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from parsers.knowledge.titles import match_indicator, match_instrument
from parsers.knowledge.vocabulary import fold, row_says
from parsers.model import Level
from parsers.reading.codes import code_prefix
from parsers.text.digits import to_ascii

__all__ = [
    "SUMMARY",
    "SURE",
    "Subject",
    "indicator_number",
    "level_of",
    "read_subject",
    "subindicator_code",
]

# From here a title is taken for its indicator or question without further evidence.
SURE = 0.8

# The rule of a total that only its surroundings tell: a row or column called รวม or เฉลี่ย.
SUMMARY = "summary-row"

_REMEMBERED = 8192
_LONGEST_HEADING = 90
# An instrument is printed with its English name too.
_LONGEST_INSTRUMENT = 180
_NAMES_INSTRUMENT = regex.compile(
    r"[\s\-–•0-9๐-๙.)(]*(?:แบบ|เครื่องมือ|ผล|คะแนน|ด้าน|Internal|External|Open|[IEO]IT)"
)
_ORDINAL = regex.compile(
    r"\s*(?:ตัวชี้วัด(?:ที่|ย่อย(?:ที่)?)?|ด้านที่|ด้าน|ข้อที่|ข้อ)?\s*(?P<number>10|๑๐|[1-9๑-๙])(?![0-9๐-๙]|[.,][0-9๐-๙])\s*[.):]?\s*"
)
_SUBINDICATOR = regex.compile(
    r"\s*(?:ตัวชี้วัด(?:ย่อย)?(?:ที่)?\s*)?(?P<code>(?:9|10|๙|๑๐)\s?\.\s?[1-9๑-๙])(?![0-9๐-๙])\s*[.):]?\s*(?P<rest>.*)",
    regex.DOTALL,
)
# A label that is an indicator's number and nothing else.
_BARE_NUMBER = regex.compile(
    r"(?P<lead>ตัวชี้วัด(?:ที่)?|ตชว\.?|ตว\.?|ด้านที่|ตัวที่|indicator)?\(?(?P<number>10|[1-9])\)?"
)
# "(30)", "(ร้อยละ ๔๐)", "(100 คะแนน)": the weight of a column, no part of its name.
_WEIGHT = regex.compile(r"\(\s*(?:ร้อยละ\s*)?[0-9๐-๙]{2,3}(?:\.[0-9๐-๙]+)?\s*(?:%|คะแนน)?\s*\)")
# The year of a column is no part of the name either.
_YEAR = regex.compile(
    r"\(?(?:ประจำ)?(?:ปี)?\s*(?:งบประมาณ)?\s*(?:พ\.?\s*ศ\.?)?\s*(?<![0-9๐-๙])(?:25|๒๕)[0-9๐-๙]{2}(?![0-9๐-๙])\)?"
)
_QUESTION_PREFIXES = ("i", "e", "ep", "es", "o")


class Subject(NamedTuple):
    """What a printed score is of, and how that was told.

    `code` is the contract's code (`ITA`, `EIT1`, `4`, `9.1`, `i3`); `printed` what stands for
    it on the page; `rule` is `exact` where nothing had to be decided.
    """

    level: Level
    code: str
    printed: str
    rule: str


def level_of(code: str) -> Level:
    """The level that a code of the contract belongs to.

    >>> [level_of(c) for c in ("ITA", "EIT1", "10", "9.1", "ep3")]
    ['total', 'instrument', 'indicator', 'subindicator', 'question']
    """
    if code == "ITA":
        return "total"
    if code[:3] in {"IIT", "EIT", "OIT"}:
        return "instrument"
    if code_prefix(code) in _QUESTION_PREFIXES:
        return "question"
    return "subindicator" if "." in code else "indicator"


def subindicator_code(label: str) -> tuple[str, str] | None:
    """The code of a sub-indicator at the head of a label, and the rest of the label.

    >>> subindicator_code("๙.๑ ข้อมูลพื้นฐาน")
    ('9.1', 'ข้อมูลพื้นฐาน')
    """
    match = _SUBINDICATOR.match(label)
    if not match:
        return None
    return to_ascii(match["code"]).replace(" ", ""), match["rest"].strip()


def indicator_number(label: str, *, led: bool = False) -> str | None:
    """The number of an indicator where a label is nothing else.

    Args:
        label: A column heading or a row label.
        led: Whether a word for indicator must stand before the number.

    >>> indicator_number("ตชว. ๑๐"), indicator_number("3"), indicator_number("3", led=True)
    ('10', '3', None)
    """
    match = _BARE_NUMBER.fullmatch(fold(label))
    return match["number"] if match and (match["lead"] or not led) else None


@lru_cache(maxsize=_REMEMBERED)
def read_subject(label: str, *, number: str = "") -> Subject | None:
    """What a row label or a column heading names, questions left aside.

    Args:
        label: Text of the label, in one line.
        number: What stands in the number column beside it, as printed.

    The name decides over the number: "๕ การใช้ทรัพย์สินของราชการ" is indicator 4 with the
    rule `name-over-number`.
    """
    label = _YEAR.sub("", _WEIGHT.sub("", label)).strip()
    if len(label) > _LONGEST_HEADING:
        named = len(label) <= _LONGEST_INSTRUMENT and _NAMES_INSTRUMENT.match(label)
        return _instrument(label) if named else None
    if not label:
        return None
    sub = subindicator_code(f"{number} {label}" if number and "." in number else label)
    if sub:
        return Subject("subindicator", sub[0], sub[0], "exact")
    bare = indicator_number(label, led=True)
    if bare:
        return Subject("indicator", bare, label, "number")
    return _indicator(label, number) or _instrument(label) or _total(label)


def _indicator(label: str, number: str) -> Subject | None:
    ordinal = _ORDINAL.match(label)
    name = label[ordinal.end() :] if ordinal else label
    printed = (ordinal["number"] if ordinal else "") or number.strip()
    match = match_indicator(name or label)
    folded = _number(printed)
    if match and match.score >= SURE:
        if not folded:
            return Subject("indicator", match.code, name.strip(), "name")
        rule = "exact" if folded == match.code else "name-over-number"
        return Subject("indicator", match.code, printed, rule)
    return None


def _number(printed: str) -> str:
    digits = regex.search(r"(?<![0-9๐-๙.])(10|๑๐|[1-9๑-๙])(?![0-9๐-๙])", printed)
    return to_ascii(digits[1]) if digits else ""


def _instrument(label: str) -> Subject | None:
    code = match_instrument(label)
    return Subject("instrument", code, label, "exact") if code else None


def _total(label: str) -> Subject | None:
    return Subject("total", "ITA", label, "exact") if row_says("total", label) else None

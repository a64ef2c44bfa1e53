"""Question codes in every spelling: i1, ข้อ i๑, I10, ๐๗ (o7), EP๑, e๔-e๕, i๗ ถึง i๙.

A code is a letter for the instrument (i = IIT, e = EIT, ep/es = the two EIT parts,
o = OIT) and the number of the question in that year's questionnaire. The letter o and
the Thai zero look alike, so `๐๗` is o7 wherever a code can stand; i and e are met as
the digits ๑/1 and ๕ (`14` = i4, `๑๑๑` = i11, `๕๑๐` = e10), which only the surroundings
can decide: see `parsers.reading.resolve`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

from parsers.text.digits import to_ascii

__all__ = [
    "INSTRUMENT_OF_PREFIX",
    "CodeMention",
    "HeadCode",
    "candidates",
    "code_number",
    "code_prefix",
    "find_code_groups",
    "find_codes",
    "head_code",
    "instrument_of",
]

# No year has had more questions in one instrument than FY2562's 48 OIT items.
_LARGEST_NUMBER = 48

INSTRUMENT_OF_PREFIX = {"i": "IIT", "e": "EIT", "ep": "EIT", "es": "EIT", "o": "OIT"}

_DIGITS = "0-9๐-๙"
# A prefix letter, blanks, one or two digits; not inside a word, an address or a decimal.
_LETTERED = (
    rf"(?<![A-Za-z{_DIGITS}@/_.])(?P<letter>[Ee][PpSs]|[IiEeOo])"
    rf"[ \u00a0]?-?(?P<zeros>[0๐]?)(?P<number>[1-9๑-๙][{_DIGITS}]?)"
    rf"(?![{_DIGITS}A-Za-z@/_])(?![.,][{_DIGITS}])"
)
# A zero for the letter o: never before a decimal point, a colon (times) or a dash with a
# long number (telephones).
_ZERO = (
    rf"(?<![A-Za-z{_DIGITS}@/_.:])(?P<zero>[0๐])(?P<item>[1-9๑-๙][{_DIGITS}]?)"
    rf"(?![{_DIGITS}A-Za-z@/_%])(?![.,:][{_DIGITS}])(?!\s?[-–]\s?[{_DIGITS}]{{4,}})"
)
_CODE = regex.compile(f"(?:{_LETTERED}|{_ZERO})")

# Words that may stand before a code without changing it.
_LEAD = (
    r"(?:ตั้งแต่|ประเด็นข้อคำถาม|ข้อคำถามที่|ข้อคำถาม|ข้อตัวชี้วัดที่|ข้อตัวชี้วัด"
    r"|ตัวชี้วัดข้อ|ตัวชี้วัดที่|ตัวชี้วัด|ประเด็น|รายการ|คำถาม|ข้อที่|ข้อ)"
)
_AND = rf"\s*(?:,|และ|กับ|หรือ|รวมทั้ง|รวมถึง|/|\s)\s*(?:และ)?\s*(?:{_LEAD}\s*)*"
_TO = rf"\s*(?:-|–|—|ถึง|จนถึง|~)\s*(?:{_LEAD}\s*)?"
_AND_RE = regex.compile(_AND)
_CONNECTOR = regex.compile(r"[,/]|และ|กับ|หรือ|รวม")
_TO_RE = regex.compile(_TO)
_BARE_END = regex.compile(rf"\s*(?:-|–|—|ถึง)\s*([1-9๑-๙][{_DIGITS}]?)(?![{_DIGITS}.])")
_HEAD = regex.compile(rf"\s*(?:[-•■▪●*]\s*)?(?P<lead>{_LEAD}\s*)?(?P<open>[(\[]?\s*)")
_HEAD_TOKEN = regex.compile(
    rf"(?P<token>(?:(?:[Ee][PpSs]|[IiEeOol|])[ \u00a0]?-?)?[{_DIGITS}]{{1,3}})"
    rf"(?![{_DIGITS}A-Za-z%])(?P<after>[.:)\]]?+)(?![{_DIGITS}])"
)
# Before a bare zero code in running text one of these must stand near.
_ZERO_CONTEXT = regex.compile(
    r"(?:(?:ข้อ|ตัว\s?ชี้\s?วัด|คำถาม)\s*(?:ย่อย\s*)?(?:คำถาม\s*)?(?:ที่|ข้อ)?"
    r"|และ|ถึง|กับ|หรือ|รายการ|จาก|ตาม|OIT|\()\s*$"
)
# … or another one is joined to it: both are codes or none.
_JOINED_ON = regex.compile(
    rf"\s*(?:,|และ|กับ|ถึง|หรือ)\s*(?:{_LEAD}\s*)?[0๐][1-9๑-๙][{_DIGITS}]?(?![{_DIGITS}.,:])"
)
# … or another code just before, joined by one of these.
_JOINT = regex.compile(r"\s*[-–—,/]\s*")


_JUNK = regex.compile(r"[ \u00a0-]")
_TOKEN = regex.compile(r"(?P<letter>ep|es|[ieol|])?(?P<zero>0?)(?P<number>[1-9]\d{0,2})")
_DIGIT_FOR_LETTER = regex.compile(r"([15])([1-9]\d?)")
_REMEMBERED = 4096


class CodeMention(NamedTuple):
    """A code, or a range or list of codes that one phrase names.

    `start`, `end` span the phrase in the cleaned text; `rule` is `exact`, or how the code
    was told from what is printed (`zero-for-o`, `range`).
    """

    codes: tuple[str, ...]
    start: int
    end: int
    rule: str


class HeadCode(NamedTuple):
    """What may be a code at the head of a cell or line; `start`, `end` span the token."""

    token: str
    start: int
    end: int
    led: bool


def code_prefix(code: str) -> str:
    """The letters of a code.

    >>> code_prefix("ep3")
    'ep'
    """
    return code.rstrip("0123456789")


def code_number(code: str) -> int:
    """The number of a code.

    >>> code_number("o12")
    12
    """
    return int(code[len(code_prefix(code)) :])


def instrument_of(code: str) -> str | None:
    """The instrument a question code belongs to.

    >>> instrument_of("ep3"), instrument_of("9.1")
    ('EIT', None)
    """
    return INSTRUMENT_OF_PREFIX.get(code_prefix(code))


def find_codes(text: str) -> list[CodeMention]:
    """Every single code in a text, in order.

    A zero for the letter o counts only where a code can stand (after ข้อ, และ, ถึง …),
    never as part of a time, a telephone number or a decimal.

    >>> [(m.codes[0], m.rule) for m in find_codes("ข้อ i๑ และ ๐๑๒ เวลา ๐๘.๓๐ น. โทร. ๐-๔๔๘๕-๑๓๕๙")]
    [('i1', 'exact'), ('o12', 'zero-for-o')]
    """
    return list(_mentions(text))


def _mentions(text: str) -> Iterator[CodeMention]:
    last_end = -1
    for match in _CODE.finditer(text):
        if match["letter"]:
            code = match["letter"].lower() + to_ascii(match["number"])
            rule = "exact"
        else:
            if not _zero_can_be_code(text, match.span(), last_end):
                continue
            code = "o" + to_ascii(match["item"])
            rule = "zero-for-o"
        if code_number(code) <= _LARGEST_NUMBER:
            last_end = match.end()
            yield CodeMention((code,), match.start(), match.end(), rule)


def _zero_can_be_code(text: str, span: tuple[int, int], last_end: int) -> bool:
    start, end = span
    head = text[max(0, start - 24) : start]
    if not head.rpartition("\n")[2].strip() or _ZERO_CONTEXT.search(head):
        return True
    if _JOINED_ON.match(text, end):
        return True
    return last_end >= 0 and _JOINT.fullmatch(text, last_end, start) is not None


def find_code_groups(text: str) -> list[CodeMention]:
    """Codes joined by และ, commas and ranges, one mention a group, ranges written out.

    >>> [m.codes for m in find_code_groups("i๗ ถึง i๙ และ ๐๑๖ ถึง ๐๑๘ ส่วน e๔-e๕ และ e๙")]
    [('i7', 'i8', 'i9', 'o16', 'o17', 'o18'), ('e4', 'e5', 'e9')]
    """
    groups: list[CodeMention] = []
    last_single = ""
    for mention in find_codes(text):
        code = mention.codes[0]
        previous = groups[-1] if groups else None
        between = text[previous.end : mention.start] if previous else ""
        if previous and _TO_RE.fullmatch(between) and _is_range(last_single, code):
            span = _span(last_single, code)
            groups[-1] = _joined(previous, span[1:], mention.end, "range")
        elif previous and _is_joined(between, last_single, code):
            groups[-1] = _joined(previous, (code,), mention.end, previous.rule)
        else:
            groups.append(mention)
        last_single = code
        groups[-1], last_single = _with_bare_end(text, groups[-1], last_single)
    return groups


def _is_joined(between: str, last: str, code: str) -> bool:
    """Whether two codes stand in one list; without และ or a comma only neighbours do."""
    if _AND_RE.fullmatch(between) is None:
        return False
    neighbours = _is_range(last, code) and code_number(code) - code_number(last) == 1
    return neighbours or _CONNECTOR.search(between) is not None


def _joined(group: CodeMention, codes: tuple[str, ...], end: int, rule: str) -> CodeMention:
    return CodeMention((*group.codes, *codes), group.start, end, rule)


def _with_bare_end(text: str, group: CodeMention, last: str) -> tuple[CodeMention, str]:
    """Take in a range's end that is printed without its letter: `i1-3`."""
    match = _BARE_END.match(text, group.end)
    if not match:
        return group, last
    end_code = code_prefix(last) + to_ascii(match[1])
    if not _is_range(last, end_code):
        return group, last
    return _joined(group, _span(last, end_code)[1:], match.end(), "range"), end_code


def _is_range(first: str, last: str) -> bool:
    return (
        code_prefix(first) == code_prefix(last)
        and code_number(first) < code_number(last) <= _LARGEST_NUMBER
    )


def _span(first: str, last: str) -> tuple[str, ...]:
    prefix = code_prefix(first)
    return tuple(f"{prefix}{n}" for n in range(code_number(first), code_number(last) + 1))


def head_code(text: str) -> HeadCode | None:
    """What stands where a code can stand: at the head of a cell or line.

    >>> head_code("ข้อ ๐๗ แผนยุทธศาสตร์").token
    '๐๗'
    >>> head_code("14 ประเด็น หน่วยงาน").token
    '14'
    >>> head_code("แผนยุทธศาสตร์") is None
    True
    """
    lead = _HEAD.match(text)
    at = lead.end() if lead else 0
    match = _HEAD_TOKEN.match(text, at)
    if not match:
        return None
    return HeadCode(
        match["token"], match.start("token"), match.end("token"), bool(lead and lead["lead"])
    )


def candidates(token: str) -> list[tuple[str, str]]:
    """The codes that a printed token can stand for, each with the rule that gives it.

    Rules: `exact` (letter and number), `zero-for-o` (๐ or 0 for the letter o),
    `digit-for-letter` (1 for i, 5 for e), `letter-left-out` (a number alone: the letter
    would have to come from the instrument).

    >>> candidates("i๑"), candidates("๐๑๐")
    ([('i1', 'exact')], [('o10', 'zero-for-o')])
    >>> candidates("๑๑๑")
    [('i11', 'digit-for-letter')]
    >>> [code for code, rule in candidates("14")]
    ['i4', 'i14', 'e14', 'o14']
    """
    return list(_candidates(_JUNK.sub("", to_ascii(token)).lower()))


@lru_cache(maxsize=_REMEMBERED)
def _candidates(folded: str) -> tuple[tuple[str, str], ...]:
    match = _TOKEN.fullmatch(folded)
    if not match:
        return ()
    number, letter = match["number"], match["letter"] or ""
    if letter in INSTRUMENT_OF_PREFIX:
        return _within([(letter + number, "exact")])
    if letter:
        return _within([("i" + number, "lookalike-for-i")] if not match["zero"] else [])
    if match["zero"]:
        return _within([("o" + number, "zero-for-o")])
    found: list[tuple[str, str]] = []
    digit = _DIGIT_FOR_LETTER.fullmatch(folded)
    if digit:
        found.append(({"1": "i", "5": "e"}[digit[1]] + digit[2], "digit-for-letter"))
    if len(number) <= 2:
        found += [(prefix + number, "letter-left-out") for prefix in ("i", "e", "o")]
    return _within(found)


def _within(found: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((code, rule) for code, rule in found if code_number(code) <= _LARGEST_NUMBER)

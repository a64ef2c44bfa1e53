"""Numbers in cleaned text: what they are worth, and which of them can be scores."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from parsers.text.broken import possible_values
from parsers.text.digits import to_ascii
from parsers.text.stretches import Kind, Stretches, beside, find_stretches, stands_before

__all__ = ["Kind", "Number", "find_numbers", "read_score"]

_HIGHEST_SCORE = 100
# Below this, "21. 15" may be item 21 followed by a count; no list of items is longer.
_LONGEST_LIST = 50
# Items have at most two digits, clauses (9.12) stay below this in both parts.
_ITEM_DIGITS = 2
_LONGEST_CLAUSE = 20
_REACH = 24  # characters before a number in which its word may stand


@dataclass(frozen=True, slots=True)
class Number:
    """One numeric token.

    Attributes:
        text: What stands in the text, in its own digits.
        start: Where it begins.
        end: Where it ends.
        value: What it is worth, with the printed precision ("100.00" keeps its zeros);
            None where it cannot be told.
        rule: `exact`, or how the value was read: `blank-in-number` ("99. 78"),
            `letter-for-digit` ("1OO.OO"), `decimal-comma` ("99,78"), `odd-point` ("99·78"),
            `unreadable` (value None: "๓/๕.๐๐", "12..5").
        percent: Whether "%" or "ร้อยละ" stands beside it.
        kind: `plain` and `percent` can be scores; the others are parts of a date or year, of
            a code, an item number, a reference (letter, telephone, law) or a range.
        readings: What an unreadable token may be worth.
    """

    text: str
    start: int
    end: int
    value: Decimal | None
    rule: str
    percent: bool
    kind: Kind
    readings: tuple[Decimal, ...] = ()


def find_numbers(text: str) -> list[Number]:
    """Every numeric token of a text, in order.

    >>> [(n.text, str(n.value), n.kind) for n in find_numbers("ข้อ ๒ ได้ ๙9.๗8 คะแนน ปี 2568")]
    [('๒', '2', 'ordinal'), ('๙9.๗8', '99.78', 'plain'), ('2568', '2568', 'date-part')]
    >>> [(str(n.value), n.rule) for n in find_numbers("๓/๕.๐๐ และ 1OO.OO")]
    [('None', 'unreadable'), ('100.00', 'letter-for-digit')]
    """
    flat = to_ascii(text)
    if not _HAS_NUMBER.search(flat):
        return []
    stretches = Stretches(find_stretches(text, flat))
    found = [_number(text, flat, start, end, rule, stretches) for start, end, rule in _tokens(flat)]
    return _beside_each_other(flat, found)


def read_score(cell_text: str) -> Number | None:
    r"""The score in a cell that should hold one; None where there is none or more than one.

    A broken token that is the only number of the cell comes back with value None.

    >>> read_score("(๗๕.๐๐)").value, read_score("92.68 คะแนน").value
    (Decimal('75.00'), Decimal('92.68'))
    >>> read_score("-"), read_score("95.00 - 100"), read_score("99.35 98.01")
    (None, None, None)
    >>> read_score("คะแนนเต็ม 100 ได้ 87.5 คะแนน").value
    Decimal('87.5')

    A score that a narrow column broke over two lines is one score:

    >>> read_score("45.4\n0").value, read_score("45.4\n0").rule
    (Decimal('45.40'), 'blank-in-number')

    So is a 100.00 in a column of two digits; over two lines it may be 10 and 0.00 as well:

    >>> read_score("๑๐\n๐.๐\n๐").value, read_score("10\n0.00").value
    (Decimal('100.00'), None)
    """
    flat = to_ascii(cell_text)
    alone = _ALONE.fullmatch(flat)
    if alone:
        return _alone(cell_text, alone)
    lines = flat.split()
    if "".join(lines) == _BROKEN_FULL and len(lines) > 1:
        return _broken_full(cell_text, lines)
    numbers = [n for n in find_numbers(cell_text) if n.kind in {"plain", "percent"}]
    if len(numbers) == 1:
        return numbers[0]
    named = [n for n in numbers if beside("score_after").match(flat, n.end)]
    if len(named) != 1:
        named = [n for n in numbers if stands_before(flat, n.start, "score_before")]
    return named[0] if len(named) == 1 else None


# Most cells hold a score and nothing else, if need be broken behind its point.
_ALONE = re.compile(
    r"\s*(?P<score>100|0|\d{1,3}(?P<point>\.\s*\n\s*|\s*\n\s*\.|\.)(?P<part>\d\s*\n\s*\d|\d{1,2}))\s*"
)


def _alone(text: str, match: re.Match[str]) -> Number:
    start, end = match.span("score")
    digits = "".join(match["score"].split())
    rule = "exact" if digits == match["score"] else "blank-in-number"
    return Number(text[start:end], start, end, Decimal(digits), rule, percent=False, kind="plain")


_BROKEN_FULL = "100.00"


def _broken_full(text: str, lines: Sequence[str]) -> Number:
    """A 100.00 over several lines; unreadable where each line may be a number by itself."""
    value = Decimal(_BROKEN_FULL)
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    shown = text[start:end]
    if len(lines) > 2 or any(line[0] == "." or line[:2] == "00" for line in lines):
        return Number(shown, start, end, value, "blank-in-number", percent=False, kind="plain")
    readings = (value,)
    return Number(shown, start, end, None, "unreadable", False, "plain", readings)


# ---- tokens --------------------------------------------------------------------------------------

_HAS_NUMBER = re.compile(r"\d|[Il|][Oo]")
_POINTS = "．·‧•∙"
_TOKEN = re.compile(rf"\d(?:[\d.,/?*:{_POINTS}OoIl|]*[\dOo])?")
_LED_BY_LETTER = re.compile(r"(?<![A-Za-z])[Il|][0Oo]{2}(?:[.,][0Oo]{1,2})?(?![\w.])")
_MAY_BE_SPLIT = re.compile(r"\d(?:\s{1,3}[.]\s?\d|[.]\s{1,3}\d|\s,\s?\d)\d")
_SPLIT = re.compile(
    r"(?<!\d)(?<!\d[.,/])(?P<whole>\d{1,3})(?:(?P<a>\s{1,3}[.]\s?)|(?P<b>[.]\s{1,3}))(?P<part>\d{2})"
    r"(?![\d/]|[.,]\d)"
)
_SPLIT_THOUSANDS = re.compile(
    r"(?<!\d)(?<!\d[.,/])\d{1,3}(?:\s,\s?\d{3}(?!\d)(?:,\d{3}(?!\d))*)(?:\.\d{1,2})?(?!\d)"
)
_INTEGER = re.compile(r"\d+")
_DECIMAL = re.compile(r"\d+\.\d+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL_COMMA = re.compile(r"\d{1,3},\d{1,2}")
_LETTERS = re.compile(r"[1-9\d][\dOoIl|]{0,2}\.[\dOoIl|]{1,2}|\d[\dOo]{1,2}")
_LETTERS_TO_DIGITS = str.maketrans("OoIl|", "00111")
_LEADERS = re.compile(r"\.{3,}|(?<=\d)[.:,]{0,1}(?=\Z)")


def _tokens(flat: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and rule ("" for not decided) of every token, blanks inside joined."""
    joined: dict[int, int] = {}
    if _MAY_BE_SPLIT.search(flat):
        joined = {m.start(): m.end() for m in _SPLIT.finditer(flat) if _is_split(flat, m)}
        joined |= {m.start(): m.end() for m in _SPLIT_THOUSANDS.finditer(flat)}
    led = {m.start(): m.end() for m in _LED_BY_LETTER.finditer(flat)}
    places = sorted({*joined, *led, *(m.start() for m in _TOKEN.finditer(flat))})
    reached = 0
    for start in places:
        if start < reached:
            continue
        if start in joined:
            reached = joined[start]
            yield (start, reached, "blank-in-number")
        elif start in led:
            reached = led[start]
            yield (start, reached, "letter-for-digit")
        else:
            for begin, end in _runs(flat, start):
                reached = end
                yield (begin, end, "")


def _is_split(flat: str, match: re.Match[str]) -> bool:
    """Whether "99 .78", "99. 78" is one number rather than an item number and a count."""
    whole = int(match["whole"])
    if whole > _HIGHEST_SCORE or (whole == _HIGHEST_SCORE and int(match["part"])):
        return False
    alone = match[0] == flat.strip()
    if "\n" in match[0] and not (alone or whole >= _LONGEST_LIST):
        return False
    return match["a"] is not None or alone or whole >= _LONGEST_LIST


def _runs(flat: str, start: int) -> Iterator[tuple[int, int]]:
    """A run of digits and marks, cut at dot leaders and at letters that begin a word."""
    match = _TOKEN.match(flat, start)
    if match is None:
        return
    run, end = match[0], match.end()
    if not run[-1].isdigit() and end < len(flat) and (flat[end].isalpha() and flat[end].isascii()):
        run = run.rstrip("OoIl|.,/?*:")
    at = start
    for piece in re.split(r"([.:,]{3,})", run):
        if piece and piece[0].isdigit():
            kept = piece.rstrip(f".,/?*:|{_POINTS}")
            yield (at, at + len(kept))
        at += len(piece)


def _value(run: str) -> tuple[Decimal | None, str]:
    if _INTEGER.fullmatch(run) or _DECIMAL.fullmatch(run):
        return (Decimal(run), "exact")
    if _THOUSANDS.fullmatch(run):
        return (Decimal(run.replace(",", "")), "exact")
    if _DECIMAL_COMMA.fullmatch(run):
        return (Decimal(run.replace(",", ".")), "decimal-comma")
    if _LETTERS.fullmatch(run):
        return (Decimal(run.translate(_LETTERS_TO_DIGITS)), "letter-for-digit")
    dotted = re.sub(rf"[{_POINTS}]", ".", run)
    if dotted != run and _DECIMAL.fullmatch(dotted):
        return (Decimal(dotted), "odd-point")
    return (None, "unreadable")


# ---- kinds ---------------------------------------------------------------------------------------

_CLAUSE = re.compile(r"\d{1,2}(?:\.\d{1,2})+")
_OF_HUNDRED = re.compile(r"(\d{1,3}\.\d{1,2})/100(?:\.00?)?")
_FRACTION = re.compile(r"\d+/\d+(?:/\d+)*")
_LINE_HEAD = re.compile(r"(?:\A|[\n\t]|\s{2})[\s•■◦▪*\-–(]*\Z")
_HEAD_REACH = 6
_CLOSED = re.compile(r"\s?\.?\s?\)")
_TEXT_AFTER = re.compile(r"[).]{0,2}\s*[ก-๙A-Za-z]")
_ITEM_DOT = re.compile(r"\.(?=\s{0,9}[ก-๙A-Za-z(]|\s{1,9}\S)")
_ITEM_BRACKET = re.compile(r"\)\s*[ก-๙A-Za-z]")
_LATIN_WORD = re.compile(r"[A-Za-z]+\Z")


def _number(text: str, flat: str, start: int, end: int, rule: str, stretches: Stretches) -> Number:
    run = flat[start:end]
    if rule == "blank-in-number":
        value: Decimal | None = Decimal(re.sub(r"[\s,]", "", run))
    elif rule == "letter-for-digit":
        value = Decimal(run.replace(",", ".").translate(_LETTERS_TO_DIGITS))
    else:
        value, rule = _value(run)
        half = _OF_HUNDRED.fullmatch(run)
        if half:  # "98.01/100": the score out of its full mark
            value, rule, end = Decimal(half[1]), "exact", start + half.end(1)
    start, value = _signed(flat, start, value)
    percent = bool(beside("percent_after").match(flat, end)) or stands_before(
        flat, start, "percent_before"
    )
    kind = stretches.over(start, end) or _kind(flat, start, end, percent=percent)
    if kind in {"reference", "date-part"} and rule == "unreadable":
        rule = "exact"  # 221/2565 is no broken number
    readings = possible_values(run) if rule == "unreadable" else ()
    return Number(text[start:end], start, end, value, rule, percent, kind, readings)


def _signed(flat: str, start: int, value: Decimal | None) -> tuple[int, Decimal | None]:
    """A minus directly before a decimal number, with nothing before it, belongs to it."""
    if (
        value is not None
        and value.as_tuple().exponent
        and start
        and flat[start - 1] in "-−"
        and (start == 1 or flat[start - 2] in " \n\t(")
    ):
        return (start - 1, -value)
    return (start, value)


def _kind(flat: str, start: int, end: int, *, percent: bool) -> Kind:
    run = flat[start:end]
    if _is_code(flat, start, end):
        return "code"
    if percent:
        return "percent"
    if _FRACTION.fullmatch(run):
        return "reference"
    return "ordinal" if _is_ordinal(flat, start, end) else "plain"


def _is_code(flat: str, start: int, end: int) -> bool:
    """Grown together with Latin letters, or an integer with a leading zero."""
    run = flat[start:end]
    if run.startswith("0") and run.isdigit() and len(run) > 1 and run.strip("0"):
        return True
    after = flat[end : end + 1]
    if after and ((after.isalpha() and after.isascii()) or after in "_@="):
        return True
    before = flat[max(0, start - _REACH) : start]
    word = _LATIN_WORD.search(before)
    if word:
        return len(word[0]) == 1 or "." not in run
    return before[-1:] in tuple("_@#=") or re.search(r"[A-Za-z]-\Z", before) is not None


def _is_ordinal(flat: str, start: int, end: int) -> bool:
    run = flat[start:end]
    if beside("not_ordinal_after").match(flat, end):
        return False
    if run.isdigit():
        if len(run) <= _ITEM_DIGITS and (
            _ITEM_DOT.match(flat, end) or _ITEM_BRACKET.match(flat, end)
        ):
            return True
        return len(run) <= _ITEM_DIGITS + 1 and stands_before(flat, start, "ordinal_before")
    if not _CLAUSE.fullmatch(run):
        return False
    head = _LINE_HEAD.search(flat[max(0, start - _HEAD_REACH) : start]) is not None
    if run.count(".") > 1:
        return head and _TEXT_AFTER.match(flat, end) is not None
    return _is_clause(flat, run, start, end, head=head)


def _is_clause(flat: str, run: str, start: int, end: int, *, head: bool) -> bool:
    """Tell "2.1 …", "9.2)" from a score: short parts, no zero behind the point."""
    whole, part = run.split(".")
    if part.startswith("0") or not 0 < int(whole) <= _LONGEST_LIST:
        return False
    if _CLOSED.match(flat, end):
        return flat[start - 1 : start] != "(" or len(part) == 1
    if len(part) == 1 and stands_before(flat, start, "ordinal_before"):
        return True
    short = int(whole) <= _LONGEST_CLAUSE and (len(part) == 1 or int(part) <= _LONGEST_CLAUSE)
    return head and short and _TEXT_AFTER.match(flat, end) is not None


# ---- neighbours ----------------------------------------------------------------------------------

_RANGE = re.compile(r"\s{0,3}(?:-|–|—|~|ถึง)\s{0,3}")


_AND = re.compile(r"\s{0,3}(?:,|และ|-|–|ถึง|/)\s{0,3}")


def _beside_each_other(flat: str, numbers: list[Number]) -> list[Number]:
    """Ranges, and clause numbers that go on: "95.00 - 100", "9.1, 9.2"."""
    for index in range(1, len(numbers)):
        left, right = numbers[index - 1], numbers[index]
        if left.kind == "ordinal" and right.kind == "plain" and _goes_on(flat, left, right):
            numbers[index] = replace(right, kind="ordinal")
        elif _is_range(flat, left, right):
            numbers[index - 1] = replace(left, kind="range")
            numbers[index] = _unsigned(replace(right, kind="range"))
    return numbers


def _goes_on(flat: str, left: Number, right: Number) -> bool:
    """Whether a number after an item number is one too: "9.1, 9.2 และ 9.3", "ข้อ 1-5"."""
    before, here = to_ascii(left.text), to_ascii(right.text)
    alike = before.isdigit() == here.isdigit() and abs(len(before) - len(here)) <= 1
    short = (here.isdigit() and len(here) <= _ITEM_DIGITS) or _CLAUSE.fullmatch(here) is not None
    return alike and short and _AND.fullmatch(flat, left.end, right.start) is not None


def _is_range(flat: str, left: Number, right: Number) -> bool:
    """Two rising numbers with a dash between them; neither is a score."""
    if left.kind not in {"plain", "percent", "range"} or right.kind not in {"plain", "percent"}:
        return False
    if left.value is None or right.value is None or left.value >= abs(right.value):
        return False
    return _RANGE.fullmatch(flat, left.end, _unsigned(right).start) is not None


def _unsigned(number: Number) -> Number:
    """The minus of "70 -84.99" is the dash of the range."""
    if number.value is None or number.value >= 0:
        return number
    return replace(number, text=number.text[1:], start=number.start + 1, value=-number.value)

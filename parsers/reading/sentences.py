"""Scores in running text: list lines, sentences and the labels of charts.

A sentence names subjects (codes, indicators, instruments, the total) and numbers. A
number belongs to the subjects that are still open before it: "ข้อ i๑ ได้ ๙๙.๓๕ คะแนน" is
one score, "i๒ และ i๓ ได้ ๑๐๐" gives the number to both, and "e๔ e๕ และ e๖ ได้ ๘๒.๘๖ ๘๑.๙๐
๘๙.๕๒ ตามลำดับ" is shared out in order. Limits ("๘๕ คะแนนขึ้นไป"), targets and counts are
no scores.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

import regex

from parsers.knowledge.titles import match_level, match_pass
from parsers.knowledge.vocabulary import loose, phrase
from parsers.model import Box, Place, Rating, Score
from parsers.reading.charts import read_charts
from parsers.reading.columns import heading_year
from parsers.reading.mentions import REACH, Mention, find_mentions
from parsers.reading.subjects import level_of
from parsers.text.digits import to_ascii
from parsers.text.numbers import Number, find_numbers
from parsers.text.stream import Stream

__all__ = ["read_sentences"]

# A number stands no further from what it is of; from the overall result, whose name is long,
# twice as far.
_REACH_OF_TOTAL = 2 * REACH
_SCORE_WORD = regex.compile(
    r"คะแนน|ร้อยละ|ได้|เท่ากับ|อยู่ที่|คิดเป็น|มีค่า|=|:|ระดับ|percent|score", regex.IGNORECASE
)
# "ตารางที่ 1 คะแนนรายตัวชี้วัด" has no unit.
_UNIT = regex.compile(r"\s*(?:คะแนน(?!ราย|เฉลี่ย|รวม|ตัวชี้วัด|การประเมิน|ผล|ด้าน|แบบ)|%|เปอร์เซ็นต์)")
# A paragraph, a sentence, an item of a list or another subject ("ตัวชี้วัดที่มีคะแนนต่ำสุด") begins.
_BREAK = regex.compile(
    r"\n\n|ดังนั้น|ทั้งนี้|อย่างไรก็ตาม|รองลงมา|(?:ชี้\n?วัด|ด้าน|ข้อ|คำ\n?ถาม)ที่(?:มี|ได้)"
    r"|\n\s*(?:[-•■▪●]|\(?[0-9๐-๙]{1,2}(?:[.)]|\.[0-9๐-๙][.)]?))\s*(?=[ก-๎])(?!คะแนน)"
)
_IN_ORDER = regex.compile(r"[\s,.และคะแนน]*ตามลำดับ")
# "ลดลงจากปี ๒๕๖๖ ๐.๘๖ คะแนน" is a difference; "… ซึ่งได้ ๙๒.๑๐ คะแนน" is a score.
_DIFFERENCE = regex.compile(
    r"(?:เพิ่มขึ้น|ลดลง|สูงขึ้น|ต่ำลง|น้อยลง|มากขึ้น|แตกต่าง|ต่างกัน)"
    r"(?!.*(?:ได้|อยู่ที่|เท่ากับ|เป็น(?!ร้อยละ)))",
    regex.DOTALL,
)
# "31 คน จาก 40 คน คิดเป็นร้อยละ 77.50" is a share of what was counted.
_SHARE = regex.compile(r"^(?!.*คะแนน).*(?:คิด\s?เป็น|หรือ)", regex.DOTALL)
# "ผ่านเกณฑ์ จำนวน 8 ตัวชี้วัด", "ผ่านเกณฑ์ทุกตัวชี้วัด" judge nothing by itself.
_OF_SEVERAL = regex.compile(r"(?:\s*การประเมิน)?\s*(?:จำนวน|ทุก|ทั้ง|มี|ได้\s?แก่|คือ|[0-9๐-๙]{1,2}\s*ตัว)")
_PRINTED_YEAR = regex.compile(r"(?<!\d)25\d\d(?!\d)")
_LEVEL = regex.compile(
    rf"(?:{loose('ระดับ')}(?:{loose('ผลการประเมิน')}|คะแนน)?|{loose('ผลการประเมิน')}|เกณฑ์)\s*[:(“\"'‘]*\s*"
    rf"(?P<word>(?:ไม่\n?)?{loose('ผ่าน')}(?:\n?{loose('เกณฑ์')}|\n?{loose('ดีเยี่ยม')}|ดี)?"
    rf"|{loose('ต้องปรับปรุง')}(?:\s?{loose('โดยด่วน')})?|AA|[A-F](?![A-Za-z]))"
)
_LIST_LINE = regex.compile(r"\s*(?:[-•■▪●]|ตัวชี้วัดที่|ข้อ|\(?[0-9๐-๙]{1,2}(?:\.[0-9๐-๙])?[.)])")
# An answer without a unit or decimals is taken for a score only if it is one of these.
_ROUND = frozenset({Decimal(0), Decimal(50), Decimal(100)})
_LARGEST = 1000
# So much text before a judgement tells whether it is one.
_CLAUSE, _NEAR = 60, 24
_WEIGHTS = frozenset({Decimal(15), Decimal(30), Decimal(40)})
_LISTED = regex.compile(r"[^ก-๎\n]*")


class _Claim(NamedTuple):
    """A subject code with its number; `year_be` where the text names one with it."""

    mention: Mention
    code: str
    number: Number
    year_be: int | None


def read_sentences(
    stream: Stream, *, year_be: int | None
) -> tuple[tuple[Score, ...], tuple[Rating, ...]]:
    """Every score and rating that the running text prints.

    Args:
        stream: The lines outside tables.
        year_be: Fiscal year (BE) of the result, for scores beside which no year stands.
    """
    mentions = find_mentions(stream.text)
    numbers = [n for n in find_numbers(stream.text) if n.kind in {"plain", "percent"}]
    claims = list(_claims(stream.text, mentions, numbers))
    scores = tuple(_score(stream, claim, year_be) for claim in claims)
    ratings = tuple(_ratings(stream, mentions, numbers, year_be))
    return (*scores, *read_charts(stream, year_be=year_be)), ratings


def _claims(text: str, mentions: Sequence[Mention], numbers: Sequence[Number]) -> Iterator[_Claim]:
    """Walk through subjects and numbers in the order of the text."""
    for index, mention in enumerate(mentions):
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        after = _numbers_of(text, mention, following, numbers)
        if not after or phrase("demanded").search(
            text[max(0, mention.start - _NEAR) : mention.start]
        ):
            continue
        shared = _in_order(text, mention, after)
        if shared:
            yield from shared
            continue
        year = _year_near(text, mention, after[0])
        yield from (_Claim(mention, code, after[0], year) for code in mention.codes)
        if len(mention.codes) == 1:
            yield from _of_other_years(text, mention, after)


def _numbers_of(
    text: str, mention: Mention, following: Mention | None, numbers: Sequence[Number]
) -> list[Number]:
    """The scores that stand after a subject, before the next one."""
    stop = _stop(text, mention, following)
    reach = _REACH_OF_TOTAL if mention.codes == ("ITA",) else REACH
    found: list[Number] = []
    counted = False
    at = mention.end
    first = bisect_left(numbers, mention.end, key=lambda number: number.start)
    for number in numbers[first:]:
        if number.start >= stop or number.start - at > 2 * reach or _is_limit(text, number):
            break
        between = text[at : number.start]
        if len(between) > reach and len(phrase("assessment").sub("", between)) > reach:
            break
        told = mention.label + between if not found else between
        if phrase("other_mean").search(told):
            break
        counted = _is_counted(text, number) or (counted and _SHARE.match(between) is not None)
        passed = counted or _is_weight(mention, number)
        if not passed and not _DIFFERENCE.search(between):
            listed = not found and _LISTED.fullmatch(between) is not None
            if _is_score(text, number, told, first=not found, listed=listed):
                found.append(number)
        at = number.end
    return found


def _stop(text: str, mention: Mention, following: Mention | None) -> int:
    stop = following.start if following else len(text)
    # A total's words ("ผลการประเมิน") may stand before the subject proper.
    broken = _BREAK.search(text, mention.end, min(stop, mention.end + 4 * REACH))
    return min(stop, broken.start()) if broken else stop


def _is_limit(text: str, number: Number) -> bool:
    """Whether a number is a threshold or a target by the words around it."""
    after = text[number.end : number.end + 24]
    unit = _UNIT.match(after)
    tail = after[unit.end() :] if unit else after
    before = phrase("limit_before").search(_before(text, number))
    return before is not None or phrase("limit_after").match(tail.lstrip(" \n)")) is not None


def _is_counted(text: str, number: Number) -> bool:
    """Whether a number is a difference, a weight or a count by the words around it."""
    if phrase("count_before").search(_before(text, number)):
        return True
    after = text[number.end : number.end + 24].lstrip(" %")
    return phrase("count_after").match(after) is not None


def _is_weight(mention: Mention, number: Number) -> bool:
    """Whether an instrument's weight is named: "IIT ร้อยละ 30"."""
    return number.value in _WEIGHTS and level_of(mention.codes[0]) == "instrument"


def _before(text: str, number: Number) -> str:
    before = text[max(0, number.start - 24) : number.start].rstrip("( \n")
    return before.removesuffix("ร้อยละ").rstrip()[-14:]


def _is_score(text: str, number: Number, told: str, *, first: bool, listed: bool) -> bool:
    """Whether a number is a score of the subject before it, by the words around it.

    `listed`: only blanks or dots stand between the name and its number, as in a list.
    """
    unit = _UNIT.match(text, number.end)
    pointed = "." in text[number.start : number.end]
    if not first:
        return bool(unit) or pointed
    if number.value is not None and number.value > _LARGEST:
        return False
    if unit or number.percent:
        return True
    ends = regex.match(r"\s*(?:\n|$)", text[number.end : number.end + 8]) is not None
    certain = pointed or number.value in _ROUND or ends
    return (pointed and ends and listed) or (certain and _SCORE_WORD.search(told) is not None)


def _in_order(text: str, mention: Mention, numbers: Sequence[Number]) -> list[_Claim]:
    """Numbers shared out in order over as many codes, or over as many years of one code."""
    if len(numbers) < 2:
        return []
    if len(numbers) == len(mention.codes):
        year = _year_near(text, mention, numbers[0])
        pairs = zip(mention.codes, numbers, strict=True)
        return [_Claim(mention, code, number, year) for code, number in pairs]
    named = _PRINTED_YEAR.findall(to_ascii(text[mention.start : numbers[0].start]))
    ordered = _IN_ORDER.match(text, numbers[-1].end) is not None
    if ordered and len(mention.codes) == 1 and len(named) == len(numbers):
        years = zip(map(int, named), numbers, strict=True)
        return [_Claim(mention, mention.codes[0], number, year) for year, number in years]
    return []


def _of_other_years(text: str, mention: Mention, numbers: Sequence[Number]) -> Iterator[_Claim]:
    """Further numbers of a subject, each with a year of its own: "… ปี ๒๕๖๖ ซึ่งได้ …"."""
    for former, number in pairwise(numbers):
        between = text[former.end : number.start]
        year = heading_year(between)
        if year and _SCORE_WORD.search(between.removeprefix("คะแนน").lstrip()):
            yield _Claim(mention, mention.codes[0], number, year)


def _year_near(text: str, mention: Mention, number: Number) -> int | None:
    """The fiscal year named with a score: between subject and number, else just before."""
    year = heading_year(text[mention.start : number.start])
    if year or mention.codes != ("ITA",):
        return year
    before = text[max(0, mention.start - REACH) : mention.start].rsplit("\n\n", 1)[-1]
    return heading_year(before)


def _score(stream: Stream, claim: _Claim, year_be: int | None) -> Score:
    number, mention = claim.number, claim.mention
    return Score(
        score_id="",
        year_be=claim.year_be or year_be,
        level=level_of(claim.code),
        code=claim.code,
        code_printed=mention.printed,
        code_rule=mention.rule,
        label_printed=mention.label,
        value=number.value,
        value_printed=stream.printed(number.start, number.end).strip(),
        value_rule=number.rule,
        scale="percent",
        place=_place(stream, mention, number),
        page=stream.page(number.start),
        box=stream.box(number.start, number.end) or Box(0, 0, 0, 0),
        table_no=None,
        row_no=None,
        text_source="text",
        confidence=1.0 if number.value is not None else 0.0,
        readings=number.readings,
    )


def _place(stream: Stream, mention: Mention, number: Number) -> Place:
    """A list line holds its subject and score alone; else it is a sentence."""
    line = stream.at(mention.start)
    text = stream.lines[line].text
    begins = mention.start - stream.starts[line] <= len(_lead(text))
    alone = len(text) - (number.end - stream.starts[line]) <= 12
    listed = begins and alone and stream.at(number.start) == line
    return "list" if listed and len(mention.codes) == 1 else "sentence"


def _lead(text: str) -> str:
    match = _LIST_LINE.match(text)
    return match[0] + " " if match else ""


def _ratings(
    stream: Stream, mentions: Sequence[Mention], numbers: Sequence[Number], year_be: int | None
) -> Iterator[Rating]:
    """Level words and pass marks beside a total or an indicator."""
    for found in _LEVEL.finditer(stream.text):
        subject = _judged(stream.text, mentions, found.start("word"))
        if subject is None:
            continue
        between = _within(numbers, subject.end, found.start("word"))
        scored = any(not _is_limit(stream.text, number) for number in between)
        if _is_wish(stream.text, subject, found, scored=scored):
            continue
        judged = _judgement(found["word"].replace("\n", ""), subject.codes[0], found[0])
        if judged is None or (judged[0] == "pass" and _OF_SEVERAL.match(stream.text, found.end())):
            continue
        kind, rating = judged
        start, end = found.start("word"), found.end("word")
        yield Rating(
            rating_id="",
            year_be=heading_year(stream.text[subject.start : start]) or year_be,
            kind="level" if kind == "level" else "pass",
            code=subject.codes[0],
            rating=rating,
            rating_printed=stream.printed(start, end),
            place="sentence",
            page=stream.page(start),
            box=stream.box(start, end) or Box(0, 0, 0, 0),
            table_no=None,
            row_no=None,
        )


def _judged(text: str, mentions: Sequence[Mention], at: int) -> Mention | None:
    """The nearest subject before a judgement, in the same paragraph."""
    near = [m for m in mentions if m.end <= at and at - m.start < 3 * REACH]
    for mention in reversed(near):
        if "\n\n" in text[mention.end : at]:
            return None
        if len(mention.codes) == 1 and level_of(mention.codes[0]) in {"total", "indicator"}:
            return mention
    return None


def _within(numbers: Sequence[Number], start: int, end: int) -> Sequence[Number]:
    first, last = (bisect_left(numbers, at, key=lambda number: number.start) for at in (start, end))
    return numbers[first:last]


def _is_wish(text: str, subject: Mention, found: regex.Match[str], *, scored: bool) -> bool:
    """Whether a goal, a condition or a rule for all is spoken of, not a result.

    Where the score stands between the subject and the judgement only the words right at the
    judgement can take it back: "ต้องได้ ๘๕ คะแนนจึงจะผ่านเกณฑ์".
    """
    word = found.start("word")
    if scored:
        return phrase("wish_at").search(text[max(0, word - _NEAR) : word]) is not None
    clause = text[max(0, subject.start - _CLAUSE) : word]
    clause = phrase("clause_end").split(clause)[-1]
    if phrase("wish_before").search(clause):
        return True
    return phrase("wish_after").match(text, found.end()) is not None


def _judgement(word: str, code: str, phrase_: str) -> tuple[str, str] | None:
    if word.endswith("เกณฑ์") or (code != "ITA" and match_pass(word) is not None):
        return "pass", "fail" if word.startswith("ไม่") else "pass"
    level = match_level(word)
    if level and code == "ITA" and "ระดับ" in phrase_:
        return "level", level
    return None

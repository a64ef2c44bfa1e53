"""Which questions a measure answers: by code, or by the question that it quotes.

A plan copies the question with what is left of its code: "๑๑๙ ท่านรู้แนวปฏิบัติ…" is i19,
"๗. ท่านทราบข้อมูล…" is i7, "ข้อ ๐๕๐ การขับเคลื่อนจริยธรรม" is an item that was never
number 50. The title tells which; the code is that of the year in which title and number
agree (plans quote the questions of earlier years), else of the year of the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from parsers.knowledge.catalogue import years
from parsers.knowledge.titles import TitleMatch, match_question
from parsers.reading.codes import HeadCode, code_number, find_code_groups, head_code
from parsers.text.digits import to_ascii

__all__ = ["codes_of"]

# How sure a title must be with a number that agrees, and alone.
_AGREEING, _ALONE = 0.75, 0.8
_SHORTEST_TITLE = 12
_ASKS = regex.compile(r"(?:เพียงใด|หรือไม่|อย่างไร|มากน้อย)[\s?.]*$")
_LIST_MARK = regex.compile(r"[.)]")


def codes_of(texts: Iterable[str], *, year_be: int | None) -> tuple[str, ...]:
    """The codes that the cells of a measure name or quote, in order.

    Args:
        texts: The texts of the cells that say what the measure is about.
        year_be: Fiscal year (BE) of the report.
    """
    found: list[str] = []
    for text in texts:
        found += _quoted(text.partition("\n")[0], year_be)
        found += [code for group in find_code_groups(text) for code in group.codes]
    return tuple(dict.fromkeys(found))


def _quoted(line: str, year_be: int | None) -> Iterator[str]:
    """The question that a line quotes, where its code alone does not tell."""
    head = head_code(line)
    title = line[head.end :].strip() if head else line
    if len(title) < _SHORTEST_TITLE or (head and find_code_groups(line[: head.end])):
        return
    asks = _ASKS.search(title) is not None
    digits = _digits(head)
    if not asks and not (head and (head.led or len(digits) == 3)):
        return
    code = _agreeing(title, digits, year_be) if digits else ""
    if not code and _is_no_code(line, head, digits):
        code = _of_year(title, year_be)
    if code:
        yield code


def _digits(head: HeadCode | None) -> str:
    return regex.sub(r"\D", "", to_ascii(head.token)) if head else ""


def _agreeing(title: str, digits: str, year_be: int | None) -> str:
    """The code, of the nearest year, whose number is what is left of the printed one."""
    for year in sorted(years(), key=lambda year: abs(year - (year_be or year))):
        best = _best(title, year)
        if best and best.score >= _AGREEING and digits.endswith(str(code_number(best.code))):
            return best.code
    return ""


def _is_no_code(line: str, head: HeadCode | None, digits: str) -> bool:
    """Whether what stands at the head is no code of any year: nothing, or a list number."""
    if head is None or len(digits) == 3:
        return True
    return (
        len(digits) < 3
        and not digits.startswith("0")
        and _LIST_MARK.match(line, head.end) is not None
    )


def _of_year(title: str, year_be: int | None) -> str:
    best = _best(title, year_be) if year_be in years() else None
    return best.code if best and best.score >= _ALONE else ""


def _best(title: str, year_be: int | None) -> TitleMatch | None:
    """The one question of a year that a title fits best."""
    found = match_question(title, year_be=year_be)
    if len(found) > 1 and found[0].score == found[1].score:
        return None
    return found[0] if found else None

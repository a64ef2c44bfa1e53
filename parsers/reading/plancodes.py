"""Which questions a measure answers: by code, or by the question that it quotes.

A plan copies the question with what is left of its code: "๑๑๙ ท่านรู้แนวปฏิบัติ…" is i19,
"๗. ท่านทราบข้อมูล…" is i7, "ข้อ ๐๕๐ การขับเคลื่อนจริยธรรม" is an item that was never
number 50. The title tells which; the code is that of the year in which title and number
agree (plans quote the questions of earlier years), else of the year of the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import regex

from parsers.knowledge.catalogue import years
from parsers.knowledge.titles import TitleMatch, match_question
from parsers.reading.codes import (
    HeadCode,
    candidates,
    code_number,
    find_code_groups,
    head_code,
)
from parsers.text.digits import to_ascii

__all__ = ["CERTAIN", "Quoted", "codes_of", "quotes_of"]

# The rules of a code that the printed token alone gives.
CERTAIN = frozenset({"exact", "zero-for-o"})

# How sure a title must be with a number that agrees, and alone.
_AGREEING, _ALONE = 0.75, 0.8
_SHORTEST_TITLE = 12
_ASKS = regex.compile(r"(?:เพียงใด|หรือไม่|อย่างไร|มากน้อย)[\s?.]*$")
_LIST_MARK = regex.compile(r"[.)]")
_MARKS = regex.compile(r"^[\s\-–•■▪●*.:)]+")
_LONGEST_TITLE = 200


class Quoted(NamedTuple):
    """A code at the head of a line with the title after it; see `parsers.model.Quote`."""

    token: str
    code: str
    rule: str
    title: str


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


def quotes_of(text: str, *, year_be: int | None) -> Iterator[Quoted]:
    """The codes that head the lines of a cell, each with its title.

    Args:
        text: The text of a cell.
        year_be: Fiscal year (BE) of the report, near to which a doubtful number is looked up.
    """
    for number, line in enumerate(text.split("\n")):
        head = head_code(line)
        if head is None:
            continue
        title = _MARKS.sub("", line[head.end :])[:_LONGEST_TITLE]
        found = candidates(head.token)
        if found and found[0][1] in CERTAIN:
            yield Quoted(head.token, *found[0], title)
        elif number == 0 and _may_quote(line, head, title):
            code = _agreeing(title, _digits(head), year_be)
            if code and (len(_digits(head)) > 2 or code in dict(found)):
                yield Quoted(head.token, code, "quoted", title)


def _may_quote(line: str, head: HeadCode, title: str) -> bool:
    """Whether what follows a damaged code can be a question."""
    asks = _ASKS.search(title) is not None
    coded = bool(find_code_groups(line[: head.end]))
    return len(title) >= _SHORTEST_TITLE and asks and not coded


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

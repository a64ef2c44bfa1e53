"""Lists printed wrongly: codes, numbers of indicators, rows, headings, cells not readable."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from made_years.expect import Expected
from made_years.sheets import Block, Cell, Sheet

from parsers.knowledge.catalogue import Year, catalogue
from parsers.text.broken import possible_values

__all__ = ["CODES", "CodeDamage"]

CodeDamage = Callable[[Sheet, Random], Expected | None]

# Codes that no year had.
_NEVER = {"i": 30, "e": 15, "ep": 15, "es": 15, "o": 48}
_LISTS = ("questions", "items")


def _one(rule: str, *codes: str, note: bool = False) -> Expected:
    return Expected(frozenset({rule}), frozenset(codes), frozenset(codes), "said", note)


def _a_list(sheet: Sheet, random: Random) -> Block | None:
    held = [b for b in sheet.blocks if b.role in _LISTS and len(b.cells) > 3]
    return random.choice(held) if held else None


def _recode(cell: Cell, code: str) -> None:
    cell.code = cell.printed_code = code


def _duplicated(sheet: Sheet, random: Random) -> Expected | None:
    """A row has the code of the row above it, with its own title."""
    block = _a_list(sheet, random)
    if block is None:
        return None
    at = random.randrange(1, len(block.cells))
    above, cell = block.cells[at - 1], block.cells[at]
    if above.title == cell.title:
        return None
    lost = cell.code
    _recode(cell, above.code)
    rules = frozenset({"code-duplicated", "code-title-differs"})
    codes = frozenset({above.code, lost})
    return Expected(rules, codes, frozenset({above.code}), "said", not _sure(sheet, lost))


def _unknown(sheet: Sheet, random: Random) -> Expected | None:
    """The last row has a code that no year has."""
    block = _a_list(sheet, random)
    if block is None:
        return None
    cell = block.cells[-1]
    lost = cell.code
    prefix = cell.code.rstrip("0123456789")
    number = _NEVER[prefix] + random.randint(1, 9)
    if prefix == "o" or number > 48:
        return None
    _recode(cell, f"{prefix}{number}")
    rules = frozenset({"code-unknown", "code-title-differs"})
    return Expected(rules, frozenset({cell.code, lost}), frozenset({cell.code}), "said")


def _of_other_year(sheet: Sheet, random: Random) -> Expected | None:
    """The items have the numbers that another year gave them."""
    block = sheet.block("items")
    other = catalogue(sheet.year_be + random.choice((-2, -1, 1)))
    if block is None or other is None or not other.questions_of("OIT"):
        return None
    codes = _renumbered(sheet.truth.year, other)
    kept = [cell for cell in block.cells if cell.code in codes]
    changed = sum(codes[cell.code] != cell.code for cell in kept)
    if changed < 8 or 2 * changed < len(kept):
        return None
    block.cells = kept
    for cell in kept:
        _recode(cell, codes[cell.code])
    return Expected(frozenset({"code-of-other-year"}), note=not _sure(sheet, "o1"))


def _sure(sheet: Sheet, code: str) -> bool:
    """Whether the year's list of the questions of this code's instrument is certain."""
    certainty = sheet.truth.year.certainty
    held = {"i": certainty.iit_questions, "o": certainty.oit_questions}
    return held.get(code[0], certainty.eit_questions) == "certain"


def _renumbered(year: Year, other: Year) -> dict[str, str]:
    """From a code of one year to the code of the same item in another."""
    by_concept = {q.concept: q.code for q in other.questions_of("OIT")}
    return {
        question.code: by_concept[question.concept]
        for question in year.questions_of("OIT")
        if question.concept in by_concept
    }


def _titles_swapped(sheet: Sheet, random: Random) -> Expected | None:
    """Two rows have each other's codes; titles and scores stay."""
    block = _a_list(sheet, random)
    if block is None:
        return None
    one, other = random.sample(block.cells, 2)
    a, b = one.code, other.code
    if one.title == other.title:
        return None
    _recode(one, b)
    _recode(other, a)
    both = frozenset({a, b})
    return Expected(frozenset({"code-title-differs"}), both, both, "said", not _sure(sheet, a))


def _number_wrong(sheet: Sheet, random: Random) -> Expected | None:
    """An indicator is numbered as another one: its name says what it is."""
    block = sheet.block("indicators")
    if block is None:
        return None
    cell = random.choice([cell for cell in block.cells if cell.code.isdigit()])
    cell.printed_code = str(random.choice([n for n in range(1, 11) if str(n) != cell.code]))
    cell.rule = "name-over-number"
    return _one("indicator-number-differs", cell.code)


def _row_dropped(sheet: Sheet, random: Random) -> Expected | None:
    block = _a_list(sheet, random)
    if block is None or not _sure(sheet, block.cells[0].code):
        return None
    if len({cell.text for cell in block.cells}) == 1:
        return None  # may be a list of those that reached this score
    at = random.randrange(1, len(block.cells) - 1)
    code = block.cells.pop(at).code
    question = sheet.truth.year.question(code)
    number = str(question.indicator) if question else ""
    sub = question.subindicator if question else ""
    sheet.claims = [claim for claim in sheet.claims if code not in claim.codes]
    return Expected(frozenset({"question-missing"}), frozenset({code, number, sub, ""}), note=True)


def _heading_wrong(sheet: Sheet, random: Random) -> Expected | None:
    """The table of EIT questions is headed IIT, or the reverse."""
    held = [b for b in sheet.blocks if b.role == "questions" and b.instrument]
    if not held:
        return None
    block = random.choice(held)
    wrong = "IIT" if block.instrument == "EIT" else "EIT"
    block.heading = block.heading.replace(block.instrument, wrong)
    block.instrument = wrong
    return Expected(frozenset({"instrument-differs-from-code"}))


def _unread(sheet: Sheet, random: Random) -> Expected | None:
    """A cell that cannot be read."""
    held = [c for c in sheet.own_cells("summary", "indicators", "questions") if c.text]
    if not held:
        return None
    cell = random.choice(held)
    cell.text = None
    sheet.ratings = [rating for rating in sheet.ratings if rating.code != cell.code]
    rules = frozenset({"unread", "read-by-arithmetic"})
    return Expected(rules, frozenset({cell.code}), frozenset({cell.code}), "said", note=True)


def _broken(sheet: Sheet, random: Random) -> Expected | None:
    """A value with a mark in it that may be several digits, or none: 9?.50, 3/5.00, 92..14."""
    held = [c for c in sheet.own_cells("summary", "indicators", "questions") if c.text]
    if not held:
        return None
    cell = random.choice(held)
    right = f"{float(cell.text or 0):.2f}"
    cell.broken = _break(right, random)
    cell.text = None
    sheet.ratings = [rating for rating in sheet.ratings if rating.code != cell.code]
    if not possible_values(cell.broken):
        return None
    rules, code = frozenset({"unread", "read-by-arithmetic"}), frozenset({cell.code})
    return Expected(rules, code, code, "said", note=True, right=right)


def _break(text: str, random: Random) -> str:
    if "7" in text and random.random() < 0.5:
        return text.replace("7", "3/", 1)
    if random.random() < 0.3:
        return text.replace(".", "..")
    at = random.choice([place for place, char in enumerate(text) if char.isdigit()])
    return text[:at] + "?" + text[at + 1 :]


CODES: dict[str, CodeDamage] = {
    "code duplicated": _duplicated,
    "code unknown": _unknown,
    "codes of another year": _of_other_year,
    "codes of two rows exchanged": _titles_swapped,
    "indicator number wrong": _number_wrong,
    "question row dropped": _row_dropped,
    "heading of another instrument": _heading_wrong,
    "cell not readable": _unread,
    "value printed broken": _broken,
}

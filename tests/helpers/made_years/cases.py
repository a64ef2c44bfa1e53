"""Cases for tests and measurements: consistent reports, and damaged ones with their findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from made_years.agencies import TABLES, lay_out_agencies
from made_years.damages import NUMBERS
from made_years.expect import Damaged, Expected, expected_of_numbers
from made_years.layouts import LAYOUTS, lay_out
from made_years.miscodes import CODES
from made_years.missayings import SAYINGS
from made_years.sheets import Sheet
from made_years.truth import MOODS, WAYS, YEARS, Printing, draw

from parsers.model import Report

__all__ = ["KINDS", "consistent", "damaged", "damaged_pair", "sheet"]

KINDS: tuple[str, ...] = (*NUMBERS, *SAYINGS, *CODES, *TABLES)
EXCHANGES = frozenset(kind for kind in NUMBERS if "swapped" in kind or "rotated" in kind)
# These cut the report down to what they damage.
_PAIRED = [
    kind
    for kind in NUMBERS
    if kind not in ("question of an odd denominator", "OIT indicator out of reach")
]
# How often a draw may find no place for a damage (no weighted table, no item) before it ends.
_DRAWS = 200
_MOOD_SHARES = (60, 25, 15, 3, 1, 20)
_WAY_SHARES = (60, 15, 15, 10)


def sheet(random: Random, years: Sequence[int] = YEARS, layout: str | None = None) -> Sheet:
    """A consistent sheet of any year, layout, mood and way of rounding."""
    year = random.choice(years)
    mood = random.choices(MOODS, _MOOD_SHARES)[0]
    way = random.choices(WAYS, _WAY_SHARES)[0]
    truth = draw(year, random, mood)
    return lay_out(truth, layout or random.choice(list(LAYOUTS)), random, Printing(way))


def consistent(random: Random, years: Sequence[int] = YEARS) -> Report:
    """A report without any fault, of one agency or of several."""
    if random.random() < 0.1:
        return lay_out_agencies(random.choice(years), random).report()
    return sheet(random, years).report()


def damaged(kind: str, random: Random, years: Sequence[int] = YEARS) -> Damaged | None:
    """A report with one damage; None where none of many draws had a place for it."""
    for _ in range(_DRAWS):
        before = (
            lay_out_agencies(random.choice(years), random)
            if kind in TABLES
            else sheet(random, years)
        )
        after = before.copy()
        expected = _damage(kind, before, after, random)
        if expected is not None:
            return _case(kind, before, after, expected)
    return None


def damaged_pair(random: Random, years: Sequence[int] = YEARS) -> Damaged | None:
    """Two damages of different kinds in one report: two numbers, or a number and a saying."""
    for _ in range(_DRAWS):
        first, second = random.choice(_PAIRED), random.choice([*_PAIRED, *SAYINGS])
        before = sheet(random, years)
        after = before.copy()
        said = SAYINGS[second](after, random) if second in SAYINGS else None
        if second in SAYINGS and said is None:
            continue
        if not all(NUMBERS[kind](after, random) for kind in (first, second) if kind in NUMBERS):
            continue
        case = _case("two damages", before, after, (said,) if said else ())
        if said and case.touched & said.codes:
            continue  # the one may have put right what the other made wrong
        together = bool(EXCHANGES & {first, second})
        numbers = expected_of_numbers(before, after, together=together)
        return replace(case, expected=(*case.expected, *numbers))
    return None


def _damage(kind: str, before: Sheet, after: Sheet, random: Random) -> tuple[Expected, ...] | None:
    if kind in NUMBERS:
        if not NUMBERS[kind](after, random):
            return None
        return expected_of_numbers(before, after, together=kind in EXCHANGES)
    makers = {**SAYINGS, **CODES, **TABLES}
    found = makers[kind](after, random)
    return None if found is None else (found,)


def _case(kind: str, before: Sheet, after: Sheet, expected: tuple[Expected, ...]) -> Damaged:
    old, new = _texts(before), _texts(after)
    touched = frozenset(key[0] for key, texts in new.items() if old.get(key) != texts)
    return Damaged(kind, after.report(), expected, touched, before.layout, before.year_be, after)


def _texts(held: Sheet) -> dict[tuple[str, str, str | None], set[str | None]]:
    """What is printed of every code, as a percentage and weighted, by agency."""
    found: dict[tuple[str, str, str | None], set[str | None]] = {}
    for block in held.blocks:
        for cell in block.cells:
            if cell.year_be == held.year_be:
                found.setdefault((cell.code, cell.scale, cell.agency), set()).add(cell.text)
    return found

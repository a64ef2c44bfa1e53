"""What speaks for or against a value besides the equations: reachable values, common answers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from pipeline.audit.case import Case, SetCase, own_agency
from pipeline.audit.explain.answers import common_number, fits, gain
from pipeline.audit.explain.reachable import reachable, values_of
from pipeline.audit.quantities import Key, level_of

__all__ = ["Evidence", "answer_list", "of_one_agency", "years_of_value"]

# Words in the name of a row that is no agency's own.
_AVERAGES = ("เฉลี่ย", "ภาพรวม", "ระดับประเทศ")
_FULL = Decimal(100)
# Scores that come again by chance.
_COMMON = frozenset({Decimal(0), Decimal(50), Decimal(100)})
_CENT = Decimal("0.01")
# What any year known to us gives an item.
_ITEM_SCORES = (Decimal(0), Decimal(50), Decimal(100))
# A sibling row speaks for a table of agencies; so many of them must.
_ENOUGH_ROWS = 3


class Evidence:
    """What is known of the values of one set of scores besides its equations."""

    def __init__(self, case: Case, held: SetCase) -> None:
        self.held = held
        self._case = case
        self._lists: dict[str, Mapping[Key, Decimal]] = {}

    @cached_property
    def one_agency(self) -> bool:
        """Whether the scores are certainly one agency's, no average."""
        return of_one_agency(self._case, self.held)

    def choices(self, key: Key) -> tuple[Decimal, ...]:
        """All values that a quantity can have, where that is known; else none."""
        if not self.one_agency:
            return ()
        year = self.held.rules.year
        if level_of(key.code) != "question":
            return values_of(self.held.rules, key)
        if year is None or not year.item_scores or not key.code.startswith("o"):
            return ()
        return year.item_scores if year.certainty.item_scores == "certain" else _ITEM_SCORES

    def among(self, key: Key, low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
        """The values from `low` to `high` that a quantity can have, where that is known."""
        known = tuple(value for value in self.choices(key) if low <= value <= high)
        return known or self.fitting(key, low, high)

    def possible(self, key: Key, low: Decimal, high: Decimal) -> bool:
        """Whether a quantity can have a value from `low` to `high`, as far as is known."""
        known = self.choices(key)
        place = bisect_left(known, low)
        return not known or (place < len(known) and known[place] <= high)

    def impossible(self, key: Key) -> bool:
        """Whether what is printed is no value that the quantity can have."""
        value = self.held.choice.values[key].value
        return not self.possible(key, value - _CENT, value + _CENT)

    def _list(self, key: Key) -> Mapping[Key, Decimal]:
        prefix = key.code.rstrip("0123456789")
        if prefix not in self._lists:
            self._lists[prefix] = answer_list(self.held, prefix)
        return self._lists[prefix]

    def gain(self, key: Key, value: Decimal) -> float:
        """How much better a common number of answers explains a list with another value in it.

        A logarithm; 0 where nothing is known, negative where the printed value fits better.
        """
        listed = self._list(key)
        if key not in listed:
            return 0.0
        others = [held for other, held in listed.items() if other != key]
        return gain(others, listed[key], value)

    def fitting(self, key: Key, low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
        """The values from `low` to `high` that fit the number of answers of the other scores."""
        listed = {other: value for other, value in self._list(key).items() if other != key}
        number = common_number(listed.values())
        if number is None or key not in self._list(key):
            return ()
        return tuple(value for value in _hundredths(low, high) if fits(value, number))


def answer_list(held: SetCase, prefix: str) -> Mapping[Key, Decimal]:
    """The question scores of one list that answers are behind: those of i, e, ep or es."""
    if prefix not in ("i", "e", "ep", "es"):
        return {}
    return {
        key: candidate.value
        for key, candidate in held.choice.values.items()
        if key.code.rstrip("0123456789") == prefix and 0 <= candidate.value <= _FULL
    }


def _hundredths(low: Decimal, high: Decimal) -> Sequence[Decimal]:
    first, last = int(low * 100), int(high * 100)
    if Decimal(first) / 100 < low:
        first += 1
    return [Decimal(number).scaleb(-2) for number in range(first, last + 1)]


def of_one_agency(case: Case, held: SetCase) -> bool:
    """Whether a set's scores are one agency's: an average of several can have any value."""
    same_year = [
        other
        for other in case.sets
        if other.scores.year_be == held.scores.year_be
        and (other.scores.agency_name_printed is None) == (held.scores.agency_name_printed is None)
    ]
    name = held.scores.agency_name_printed
    if name is None:  # of several the largest by far is the document's own
        size = len(held.scores.scores)
        clear = all(2 * len(o.scores.scores) <= size for o in same_year if o is not held)
        return own_agency(case) is not None and clear and _of_result_year(case, held)
    if any(word in name for word in _AVERAGES):
        return False
    return len(same_year) >= _ENOUGH_ROWS and _mostly_reachable(held, same_year)


def _of_result_year(case: Case, held: SetCase) -> bool:
    """Whether scores are of the year that the document is about; others may be averages."""
    identity = case.report.identity
    return identity is not None and identity.result_year_be == held.scores.year_be


def _mostly_reachable(held: SetCase, rows: Sequence[SetCase]) -> bool:
    """Whether the other rows of a table have values that a single agency can have."""
    known = [
        found
        for row in rows
        if row is not held
        for key, candidate in row.choice.values.items()
        if level_of(key.code) == "indicator"
        for found in [reachable(row.rules, key, candidate.value, candidate.value)]
        if found is not None
    ]
    return bool(known) and 5 * sum(known) >= 4 * len(known)


def years_of_value(case: Case, held: SetCase, key: Key) -> tuple[int, ...]:
    """The other years for which a document prints the same score of the same agency."""
    value = held.choice.values[key].value
    if value in _COMMON:
        return ()
    found: list[int] = []
    for other in case.sets:
        year, candidate = other.scores.year_be, other.choice.values.get(key)
        same = other.scores.agency_name_printed == held.scores.agency_name_printed
        if candidate is not None and year is not None and same and candidate.value == value:
            found.append(year)
    return tuple(year for year in found if year != held.scores.year_be)

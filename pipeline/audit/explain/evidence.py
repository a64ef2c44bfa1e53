"""What speaks for or against a value besides the equations: reachable values, common answers."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from math import exp, pi, sqrt
from statistics import median

from pipeline.audit.case import Case, SetCase, own_agency
from pipeline.audit.evaluate import Evaluation
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
# So many agencies show what is usual for a score; of those so many are just anywhere.
_TELLING_ROWS = 5
_STRAY = 0.2
# From the median deviation to the standard deviation, and what it is at least.
_DEVIATION = 1.5
_LEAST_SPREAD = 3.0

# A sum of a year: its rule, and what it computes.
_Sum = tuple[int | None, str, Key]


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

    def strays(self, result: Evaluation) -> float | None:
        """How far such a sum is off in the other rows of the document, squared, on average.

        None where too few other rows print it to say.
        """
        return _strays(self._case).get(
            (self.held.scores.year_be, result.template.rule, result.template.target)
        )

    def likelier(self, key: Key, value: float) -> float:
        """How much likelier another value of a quantity is than the printed one.

        By what the other agencies of the table have; 1 where there are too few.
        """
        column = _columns(self._case).get((self.held.scores.year_be, key))
        if column is None:
            return 1.0
        printed = float(self.held.choice.values[key].value)
        return _density(column, value) / _density(column, printed)

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
    name = held.scores.agency_name_printed
    rows = _rows(case)[held.scores.year_be, name is None]
    if name is None:  # of several the largest by far is the document's own
        size = len(held.scores.scores)
        clear = 2 * max(rows.sizes[1:2], default=0) <= size == rows.sizes[0]
        return own_agency(case) is not None and clear and _of_result_year(case, held)
    if any(word in name for word in _AVERAGES):
        return False
    return len(rows.sizes) >= _ENOUGH_ROWS and 0 < 4 * rows.known <= 5 * rows.reachable


@lru_cache(maxsize=4)
def _strays(case: Case) -> Mapping[_Sum, float]:
    """The mean square of what is left of every sum that fits, by year."""
    found: defaultdict[_Sum, list[float]] = defaultdict(list)
    for held in case.sets if len(case.sets) > _ENOUGH_ROWS else ():
        for result in held.evaluations:
            if result.verdict == "agrees" and result.difference is not None:
                template = result.template
                own = (held.scores.year_be, template.rule, template.target)
                found[own].append(float(result.difference))
    return {
        key: sum(left * left for left in held) / len(held)
        for key, held in found.items()
        if len(held) >= _ENOUGH_ROWS
    }


@lru_cache(maxsize=4)
def _columns(case: Case) -> Mapping[tuple[int | None, Key], tuple[float, float]]:
    """The middle value of each quantity over the agencies of a table, and how far most stray."""
    found: defaultdict[tuple[int | None, Key], list[float]] = defaultdict(list)
    for held in case.sets if len(case.sets) >= _TELLING_ROWS else ():
        for key, candidate in held.choice.values.items():
            found[held.scores.year_be, key].append(float(candidate.value))
    columns = {}
    for column, values in found.items():
        if len(values) >= _TELLING_ROWS:
            middle = median(values)
            spread = median(abs(value - middle) for value in values) * _DEVIATION
            columns[column] = (middle, max(spread, _LEAST_SPREAD))
    return columns


def _density(column: tuple[float, float], value: float) -> float:
    """How many scores of a column are near a value: mostly its own kind, some just any."""
    middle, spread = column
    near = exp(-(((value - middle) / spread) ** 2) / 2) / (sqrt(2 * pi) * spread)
    return (1 - _STRAY) * near + _STRAY / float(_FULL)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The sets of one year: how large, and how many OIT values a single agency can have."""

    sizes: tuple[int, ...]
    known: int
    reachable: int


@lru_cache(maxsize=4)
def _rows(case: Case) -> Mapping[tuple[int | None, bool], _Rows]:
    """The sets of a document by year, the document's own apart from those of a table."""
    groups: defaultdict[tuple[int | None, bool], list[SetCase]] = defaultdict(list)
    for held in case.sets:
        groups[held.scores.year_be, held.scores.agency_name_printed is None].append(held)
    return {group: _summed(held) for group, held in groups.items()}


def _summed(sets: Sequence[SetCase]) -> _Rows:
    found = [
        known
        for held in sets
        for key, candidate in held.choice.values.items()
        if level_of(key.code) == "indicator"
        for known in [reachable(held.rules, key, candidate.value, candidate.value)]
        if known is not None
    ]
    sizes = sorted((len(held.scores.scores) for held in sets), reverse=True)
    return _Rows(tuple(sizes), len(found), sum(found))


def _of_result_year(case: Case, held: SetCase) -> bool:
    """Whether scores are of the year that the document is about; others may be averages."""
    identity = case.report.identity
    return identity is not None and identity.result_year_be == held.scores.year_be


@lru_cache(maxsize=4)
def _by_agency(case: Case) -> Mapping[str | None, Sequence[SetCase]]:
    found: defaultdict[str | None, list[SetCase]] = defaultdict(list)
    for held in case.sets:
        found[held.scores.agency_name_printed].append(held)
    return found


def years_of_value(case: Case, held: SetCase, key: Key) -> tuple[int, ...]:
    """The other years for which a document prints the same score of the same agency."""
    value = held.choice.values[key].value
    if value in _COMMON:
        return ()
    found: list[int] = []
    for other in _by_agency(case)[held.scores.agency_name_printed]:
        year, candidate = other.scores.year_be, other.choice.values.get(key)
        if candidate is not None and year is not None and candidate.value == value:
            found.append(year)
    return tuple(year for year in found if year != held.scores.year_be)

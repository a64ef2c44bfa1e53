"""Which values an OIT indicator or sub-indicator can have: only some, for items score 0 or 100."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement

from pipeline.audit.quantities import Key
from pipeline.audit.year import YearRules

__all__ = ["nearest", "reachable", "values_of"]

# Rounded or cut off after two decimals: both are seen.
_HUNDREDTH = 100
_MOST_VALUES = 50_000


@cache
def values_of(rules: YearRules, key: Key) -> tuple[Decimal, ...]:
    """The two-decimal values that a quantity can have, in order; empty where that is not known.

    Known is it for OIT indicators and sub-indicators of years whose division and item scores
    are certain; an average over agencies can have any value.
    """
    year = rules.year
    if year is None or key.scale != "percent" or not year.item_scores:
        return ()
    certain = year.certainty
    if {certain.oit_questions, certain.subindicators, certain.item_scores} != {"certain"}:
        return ()
    exact = _exact(rules, key.code, [Fraction(score) for score in year.item_scores])
    return tuple(sorted({cents for value in exact for cents in _printed(value)}))


def _exact(rules: YearRules, code: str, scores: Sequence[Fraction]) -> set[Fraction]:
    """Every value by the sizes of the groups; empty where there are too many to list."""
    for indicator in rules.indicators:
        sizes = {sub: len(items) for sub, items in indicator.groups}
        if code in sizes:
            return _means(sizes[code], scores)
        if code == indicator.code and sizes:
            found = {Fraction(0)}
            for size in sizes.values():
                found = {held + mean for held in found for mean in _means(size, scores)}
                if len(found) > _MOST_VALUES:
                    return set()
            return {total / len(sizes) for total in found}
    return set()


def _means(size: int, scores: Sequence[Fraction]) -> set[Fraction]:
    drawn = combinations_with_replacement(scores, size)
    return {sum(items, Fraction(0)) / size for items in drawn}


def _printed(value: Fraction) -> set[Decimal]:
    """A value with two decimals, rounded half up and cut off."""
    cents = value * _HUNDREDTH
    return {Decimal(int(cents + extra)).scaleb(-2) for extra in (Fraction(0), Fraction(1, 2))}


def reachable(rules: YearRules, key: Key, low: Decimal, high: Decimal) -> bool | None:
    """Whether a quantity can have a value from `low` to `high`; None where that is not known."""
    values = values_of(rules, key)
    if not values:
        return None
    place = bisect_left(values, low)
    return place < len(values) and values[place] <= high


def nearest(rules: YearRules, key: Key, value: Decimal) -> tuple[Decimal, ...]:
    """The reachable values next to one that is not: below and above."""
    values = values_of(rules, key)
    place = bisect_left(values, value)
    return tuple(values[n] for n in (place - 1, place) if 0 <= n < len(values))

"""The common number of answers behind question scores.

All who answer an instrument answer all of its questions, and an answer is worth one of a few
equal steps. So every score of a list is k ÷ N with one N, the number of answers times the
steps: 99.35, 97.42 and 1.29 are 154, 151 and 2 of 155. A small N that fits many different
scores is no chance, and says what else a misprinted score can have been.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import log

__all__ = ["LARGEST", "Odd", "common_number", "fits", "gain", "odd_one"]

# Numbers of answers beyond this are not told apart by two decimals.
LARGEST = 3000
_FULL = 10_000
# So many other scores say something of one.
_FEWEST_OTHERS = 2
# A list tells something from so many different scores on, the odd one not counted.
_FEWEST = 4
# A number of answers that so many lists would share by chance is none.
_BY_CHANCE = 1e-4
# Multiples of the number are tried as long as all others could fit the smaller one by chance.
_MULTIPLE_BY_CHANCE = 1e-3
_FEWEST_MULTIPLES = 6
_TRIVIAL = frozenset({0, _FULL})


def _cents(values: Iterable[Decimal]) -> tuple[int, ...]:
    """The different values in hundredths of a point, without 0 and 100, which fit any N."""
    return tuple(sorted({int(value * 100) for value in values} - _TRIVIAL))


def fits(value: Decimal, number: int, off: int = 0) -> bool:
    """Whether a score of two decimals can be k ÷ `number`.

    Args:
        value: The score.
        number: The number of answers (times the steps of the scale).
        off: How many hundredths it may be off beyond rounding.

    >>> fits(Decimal("97.42"), 155), fits(Decimal("97.52"), 155)
    (True, False)
    """
    return _fits(int(value * 100), number, off)


def _fits(cents: int, number: int, off: int = 0) -> bool:
    rest = cents * number % _FULL
    reach = number * (1 + 2 * off)
    return 2 * rest <= reach or 2 * (_FULL - rest) <= reach


def common_number(values: Iterable[Decimal], largest: int = LARGEST) -> int | None:
    """The smallest number of answers that fits all scores; None where none up to `largest` does.

    >>> common_number(map(Decimal, ("99.35", "97.42", "1.29", "100")))
    155
    """
    return _common(_cents(values), largest)


@lru_cache(maxsize=4096)
def _common(cents: Sequence[int], largest: int) -> int | None:
    if not cents:
        return None
    first, rest = cents[0], cents[1:]
    for number in range(2, largest + 1):
        if _fits(first, number) and all(_fits(other, number) for other in rest):
            return number
    return None


def gain(others: Collection[Decimal], printed: Decimal, other: Decimal) -> float:
    """How much better a common number of answers explains a list with another value in it.

    A logarithm: the smaller the number that fits all scores, the fewer lists it could have
    given. 0 where both values fit one number.

    >>> others = [Decimal("99.35"), Decimal("1.29"), Decimal("100")]
    >>> round(gain(others, Decimal("97.52"), Decimal("97.42")), 1)
    5.4
    """
    rest = _cents(others)
    if len(rest) < _FEWEST_OTHERS:
        return 0.0
    before = _common(_cents([*others, printed]), LARGEST) or LARGEST
    after = _common(_cents([*others, other]), LARGEST) or LARGEST
    return (len(rest) + 1) * (log(before) - log(after))


@dataclass(frozen=True, slots=True)
class Odd:
    """The score that fits no number of answers, and the number that all others share."""

    value: Decimal
    number: int


def odd_one(values: Collection[Decimal]) -> Odd | None:
    """The one score of a list that does not share the others' number of answers.

    None where all fit, where several do not, or where too few scores tell anything.

    >>> listed = "79.05 82.86 100 82.86 81.90 89.52 87.62 82.86 85.71".split()
    >>> odd_one(list(map(Decimal, listed))), odd_one([*map(Decimal, listed), Decimal("84.31")])
    (None, Odd(value=Decimal('84.31'), number=105))
    """
    cents = _cents(values)
    others = len(cents) - 1
    if others < _FEWEST:
        return None
    found: tuple[int, int] | None = None
    last = _largest(others, len(cents))
    number = 1
    while (number := number + 1) <= last:
        misfit = _misfit(cents, number, 0 if found is None else found[1])
        if misfit is None:
            return None
        if misfit and found is None:
            multiples = max(_FEWEST_MULTIPLES, round(_MULTIPLE_BY_CHANCE ** (-1 / others)))
            found, last = (number, misfit), number * multiples
        elif misfit and found is not None and misfit != found[1]:
            return None
    return Odd(Decimal(found[1]).scaleb(-2), found[0]) if found else None


def _largest(others: int, lists: int) -> int:
    """The largest number of answers that so many scores do not share by chance."""
    bound = (others + 1) * _BY_CHANCE / lists * _FULL**others
    return min(LARGEST, int(bound ** (1 / (others + 1))))


def _misfit(cents: Sequence[int], number: int, odd: int) -> int | None:
    """The only score that does not fit; None where all do, 0 where several do not.

    The score that was found odd may be a hundredth off: it might have been cut, not rounded.
    """
    found = 0
    for held in cents:
        if not _fits(held, number, int(held == odd)):
            if found:
                return 0
            found = held
    return found or None

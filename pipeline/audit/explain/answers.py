"""The common number of answers behind question scores.

All who answer an instrument answer all of its questions, and an answer is worth one of a few
equal steps. So every score of a list is k ÷ N with one N, the number of answers times the
steps: 99.35, 97.42 and 1.29 are 154, 151 and 2 of 155. A small N that fits many different
scores is no chance, and says what else a misprinted score can have been.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from math import log

__all__ = ["LARGEST", "chance", "common_number", "fits", "support"]

# Numbers of answers beyond this are not told apart by two decimals.
LARGEST = 3000
_FULL = 10_000
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


def chance(number: int, different: int) -> float:
    """How likely so many different scores share a number of answers this small by chance.

    >>> chance(105, 6) < 0.0001 < 0.01 < chance(155, 2)
    True
    """
    return float(min(1.0, number ** (different + 1) / (different + 1) / _FULL**different))


def support(values: Collection[Decimal]) -> float:
    """How well a common number of answers explains a list: a logarithm, to be compared.

    The smaller the number that fits all scores, the fewer other lists it could have given.
    """
    cents = _cents(values)
    number = _common(cents, LARGEST) or LARGEST
    return -(len(cents) + 1) * log(number)

"""What a printed number stands for: exact decimals with the interval that rounding allows.

A value printed with d decimals stands for every number that is rounded to it, so for
v ± 0.5·10⁻ᵈ. Sums and means of such values are intervals too; two quantities agree where
their intervals meet.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

__all__ = [
    "CHAIN_ALLOWANCE",
    "NOTE_MARGIN",
    "Interval",
    "decimals_of",
    "printed_interval",
    "weighted_sum",
]

# A result that skips a level (total from indicators) may have been rounded in between.
CHAIN_ALLOWANCE = Decimal("0.01")
# Up to this much beyond what rounding explains is only worth a note.
NOTE_MARGIN = Decimal("0.01")
_HALVES = tuple(Decimal("0.5").scaleb(-decimals) for decimals in range(12))
# Thirds have no last decimal: differences below any printed digit are none.
_DUST = Decimal("1e-9")
_HALF = Decimal("0.5")
_ZERO = Decimal(0)


class Interval(NamedTuple):
    """All numbers from `low` to `high`, both included."""

    low: Decimal
    high: Decimal

    def gap(self, other: Interval) -> Decimal:
        """How far two intervals lie apart; 0 where they meet.

        >>> a, b = Interval(Decimal("1.0"), Decimal("1.2")), Interval(Decimal("1.5"), Decimal(2))
        >>> a.gap(b), b.gap(a), a.gap(a)
        (Decimal('0.3'), Decimal('0.3'), Decimal('0'))
        """
        gap = max(self.low - other.high, other.low - self.high)
        return gap if gap > _DUST else _ZERO

    def widened(self, by: Decimal) -> Interval:
        """The interval with `by` added at both ends."""
        return Interval(self.low - by, self.high + by)

    def shared(self, other: Interval) -> Interval | None:
        """What two intervals have in common; None where they do not meet."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        if low - high > _DUST:
            return None
        return Interval(min(low, high), max(low, high))

    @property
    def middle(self) -> Decimal:
        """The number halfway."""
        return (self.low + self.high) * _HALF


def decimals_of(value: Decimal) -> int:
    """How many decimals a value is written with.

    >>> decimals_of(Decimal("78.40")), decimals_of(Decimal("100"))
    (2, 0)
    """
    return len(f"{value:f}".partition(".")[2])


def printed_interval(value: Decimal, decimals: int | None = None) -> Interval:
    """What a printed value stands for.

    Args:
        value: The value as printed.
        decimals: How many decimals it stands for, where that is more than is printed:
            ๑๐๐ among two-decimal values means 100.00.

    >>> printed_interval(Decimal("78.41"))
    Interval(low=Decimal('78.405'), high=Decimal('78.415'))
    >>> printed_interval(Decimal("100"), 2)
    Interval(low=Decimal('99.995'), high=Decimal('100.005'))
    """
    precision = decimals if decimals is not None else decimals_of(value)
    half = _HALVES[precision] if precision < len(_HALVES) else _ZERO
    return Interval(value - half, value + half)


def weighted_sum(terms: Iterable[tuple[int, Interval]], denominator: int) -> Interval:
    """Σ weight·interval ÷ denominator, for positive whole weights.

    >>> parts = printed_interval(Decimal("90.00")), printed_interval(Decimal("80.00"))
    >>> weighted_sum(zip((1, 3), parts), 4)
    Interval(low=Decimal('82.495'), high=Decimal('82.505'))
    """
    low = high = _ZERO
    for weight, interval in terms:
        low += weight * interval.low
        high += weight * interval.high
    return Interval(low / denominator, high / denominator)

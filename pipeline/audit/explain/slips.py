"""Slips of typing: the numbers that one slip turns into what is printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from pipeline.audit.interval import decimals_of

__all__ = ["Slip", "SlipKind", "slips_of"]

SlipKind = Literal["digit", "neighbours", "point"]

_DECIMALS = 2
_DIGITS = "0123456789"
_FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Slip:
    """A number that may have been meant: `kind` of slip turned it into the printed one."""

    value: Decimal
    kind: SlipKind


def slips_of(printed: Decimal, limit: Decimal = _FULL) -> tuple[Slip, ...]:
    """The numbers from 0 to `limit` that one slip separates from a printed one.

    One digit is another, two neighbouring digits change places, or the decimal point stands
    one place off (only where that leaves a number of two decimals).

    >>> [str(s.value) for s in slips_of(Decimal("97.52")) if s.kind == "neighbours"]
    ['79.52', '95.72', '97.25']
    >>> Decimal("97.42") in [slip.value for slip in slips_of(Decimal("97.52"))]
    True
    >>> [(str(s.value), s.kind) for s in slips_of(Decimal("8.765")) if s.kind == "point"]
    [('87.65', 'point')]
    """
    text = f"{printed:.{max(_DECIMALS, decimals_of(printed))}f}"
    found: dict[Decimal, Slip] = {}
    for value, kind in (*_digits(text), *_neighbours(text), *_point(printed)):
        number = Decimal(value)
        if 0 <= number <= limit and number != printed:
            found.setdefault(number, Slip(number, kind))
    return tuple(found.values())


def _digits(text: str) -> Iterator[tuple[str, SlipKind]]:
    for place, letter in enumerate(text):
        if letter in _DIGITS:
            for digit in _DIGITS:
                other = text[:place] + digit + text[place + 1 :]
                if digit != letter and not _leading_zero(other):
                    yield other, "digit"


def _neighbours(text: str) -> Iterator[tuple[str, SlipKind]]:
    """Two digits side by side, or on both sides of the point."""
    places = [place for place, letter in enumerate(text) if letter in _DIGITS]
    for left, right in pairwise(places):
        letters = list(text)
        letters[left], letters[right] = letters[right], letters[left]
        other = "".join(letters)
        if other != text and not _leading_zero(other):
            yield other, "neighbours"


def _leading_zero(text: str) -> bool:
    """Whether a number begins with a 0 that nobody would write."""
    return len(text.partition(".")[0]) > 1 and text[0] == "0"


def _point(printed: Decimal) -> Iterator[tuple[str, SlipKind]]:
    for shift in (1, -1):
        moved = printed.scaleb(shift)
        if decimals_of(moved) == _DECIMALS:
            yield f"{moved:f}", "point"

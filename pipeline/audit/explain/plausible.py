"""Which of several explanations is the likely one.

The arithmetic leaves room: with rounding, many changes of one digit make a long sum fit. So
explanations are weighed. One of a kind of which there could have been thousands (any digit
of any cell) proves less than one of a few dozen (any two cells); one that meets the sums
to the hundredth proves more than one that just about does. An explanation counts only where it
outweighs all others together, the plain "some other number" included.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import comb, exp, pi, sqrt

from pipeline.audit.explain.evidence import Evidence
from pipeline.audit.explain.exchanges import Exchange
from pipeline.audit.explain.slips import Slip, slips_of
from pipeline.audit.explain.system import Changes, System
from pipeline.audit.interval import CHAIN_ALLOWANCE
from pipeline.audit.quantities import Key

__all__ = ["SlipOf", "decided", "other_numbers", "slips", "weight_of_exchange"]

# How much of all that is likely an explanation must have for itself.
_DECIDES = 0.8
# What a slip could have been made of: about so many for one number.
_SLIPS_OF_A_NUMBER = 39
_NUMBERS = 10_000
_STEP = 0.01
# Beyond rounding, sums of published reports are off by about this much.
_SPREAD = 0.001
# Sums of values with two decimals that are as exact as they can be are off by so much.
_EXACT = 0.003
_LARGEST_GAIN = 50.0
# Three cells in a circle are a rarer mistake than two.
_ROTATION = 0.3


@dataclass(frozen=True, slots=True)
class SlipOf:
    """A slip in one cell that explains what fails, and how likely it is among the others."""

    key: Key
    slip: Slip
    weight: float


def decided(weights: Sequence[float], share: float = _DECIDES) -> int | None:
    """The place of the explanation that has this share of all that is likely; None without one."""
    total = sum(weights)
    best = max(range(len(weights)), key=weights.__getitem__, default=None)
    return best if best is not None and weights[best] > share * total else None


def _variances(system: System, evidence: Evidence) -> dict[int, float]:
    """How far the residual of each equation strays in a consistent report, squared.

    Other rows of a table of agencies show it: most sums there are as exact as they can be.
    """
    found = {}
    for number, relation in enumerate(system.relations):
        if relation.retold:
            continue
        equation = relation.result.equation
        slack = float(CHAIN_ALLOWANCE) if equation and equation.chained else 0.0
        halves = relation.allowed - slack
        # Every part is off evenly within its rounding; about half of the reach is common.
        usual = (halves / 3) ** 2 + _SPREAD**2 + (slack / 4) ** 2
        seen = evidence.strays(relation.result)
        found[number] = usual if seen is None else min(usual, max(seen, _EXACT**2))
    return found


def _misfit(system: System, changes: Changes, variances: dict[int, float]) -> float:
    """The sum of squared misfits of all equations that matter, with these changes."""
    total = 0.0
    for number in system.touched(changes) | system.open:
        variance = variances.get(number)
        if variance is None:
            continue
        relation = system.relations[number]
        moved = relation.residual + relation.moved(changes)
        total += (moved**2 - relation.residual**2) / variance
    open_ones = sum(
        system.relations[n].residual ** 2 / variances[n] for n in system.open if n in variances
    )
    return total + open_ones


def weight_of_exchange(system: System, evidence: Evidence, exchange: Exchange) -> float:
    """How likely an exchange is the explanation: comparable with the other weights here."""
    cells = len(exchange.keys)
    among = comb(len(system.of), cells) * (cells - 1)
    prior = _ROTATION if cells > 2 else 1.0
    for key, change in exchange.changes.items():
        prior *= evidence.likelier(key, system.values[key] + change)
    return prior / among * exp(-_misfit(system, exchange.changes, _variances(system, evidence)) / 2)


def slips(system: System, evidence: Evidence, allowed: Iterable[Key]) -> tuple[SlipOf, ...]:
    """Every single slip after which all equations hold, the likeliest first."""
    variances = _variances(system, evidence)
    among = len(system.of) * _SLIPS_OF_A_NUMBER
    found: list[SlipOf] = []
    for key in allowed:
        printed = evidence.held.choice.values[key].value
        for slip in slips_of(printed, Decimal(str(system.limits[key]))):
            changes = {key: float(slip.value) - system.values[key]}
            if not system.fits(changes) or not evidence.possible(key, slip.value, slip.value):
                continue
            gain = exp(min(_LARGEST_GAIN, evidence.gain(key, slip.value)))
            gain *= evidence.likelier(key, float(slip.value))
            weight = gain / among * exp(-_misfit(system, changes, variances) / 2)
            found.append(SlipOf(key, slip, weight))
    return tuple(sorted(found, key=lambda held: -held.weight))


def other_numbers(system: System, evidence: Evidence, allowed: Iterable[Key]) -> float:
    """How likely it is that one of these cells holds just some other number."""
    variances = _variances(system, evidence)
    total = 0.0
    for key in allowed:
        room = system.room(key)
        choices = evidence.choices(key)
        if room is None:
            continue
        if not choices:
            usual = evidence.likelier(key, sum(room) / 2)
            total += usual * _integral(system, key, variances) / _NUMBERS
            continue
        fitting = evidence.among(key, Decimal(str(room[0])), Decimal(str(room[1])))
        for value in fitting:
            changes = {key: float(value) - system.values[key]}
            total += exp(-_misfit(system, changes, variances) / 2) / len(choices)
    return total / len(system.of)


def _integral(system: System, key: Key, variances: dict[int, float]) -> float:
    """The number of two-decimal values of one cell that fit, by how well they fit."""
    precision = slope = 0.0
    for number in system.of[key]:
        variance = variances.get(number)
        if variance is not None:
            weight = system.relations[number].weights[key]
            precision += weight**2 / variance
            slope += weight * system.relations[number].residual / variance
    if not precision:
        return 0.0
    best = -slope / precision
    misfit = _misfit(system, {key: best}, variances)
    return sqrt(2 * pi / precision) / _STEP * exp(-misfit / 2)

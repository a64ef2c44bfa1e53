"""The checked equations of a set of scores as one system: what breaks when a number changes.

Every equation is linear, so a change of some numbers moves its residual (printed minus
computed) by a known amount. That makes it cheap to ask of thousands of possible changes
whether every equation would hold. Plain floats do: the numbers have two decimals, and what
is said in a finding is computed exactly elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.audit.case import SetCase
from pipeline.audit.evaluate import Evaluation
from pipeline.audit.interval import CHAIN_ALLOWANCE
from pipeline.audit.quantities import Key

__all__ = ["Changes", "Relation", "System", "build_system", "retold"]

# From quantities to by how much their printed values are changed.
Changes = Mapping[Key, float]

_DUST = 1e-7
# What finer equations tell as well may be off by more: every level in between was rounded.
_RETOLD_ALLOWANCE = 0.02
_FULL = 100.0


@dataclass(frozen=True, slots=True)
class Relation:
    """One equation that could be checked.

    Attributes:
        result: The equation with its verdict.
        weights: By how many points the residual moves for a point of each quantity.
        residual: Printed minus computed.
        allowed: How large the residual may be.
        retold: Whether finer equations say the same.
    """

    result: Evaluation
    weights: Mapping[Key, float]
    residual: float
    allowed: float
    retold: bool

    @property
    def fails(self) -> bool:
        """Whether the equation does not hold."""
        return abs(self.residual) > self.allowed

    def moved(self, changes: Changes) -> float:
        """By how much these changes move the residual."""
        total = 0.0
        for key, change in changes.items():
            weight = self.weights.get(key)
            if weight is not None:
                total += weight * change
        return total

    def holds_after(self, changes: Changes) -> bool:
        """Whether the equation would hold with these changes."""
        return abs(self.residual + self.moved(changes)) <= self.allowed

    def bears(self, changes: Changes) -> bool:
        """Whether the equation would hold, or has nothing to do with these changes."""
        moved = self.moved(changes)
        return abs(moved) < _DUST or abs(self.residual + moved) <= self.allowed


@dataclass(frozen=True, slots=True)
class System:
    """The equations of one set of scores.

    Attributes:
        relations: The equations.
        of: The numbers (in `relations`) of the equations that each quantity takes part in.
        values: The printed value of each quantity.
        limits: The largest value that each may have.
        open: The numbers of the failing equations that are to be explained.
    """

    relations: tuple[Relation, ...]
    of: Mapping[Key, tuple[int, ...]]
    values: Mapping[Key, float]
    limits: Mapping[Key, float]
    open: frozenset[int]

    def touched(self, keys: Iterable[Key]) -> frozenset[int]:
        """The equations in which any of these quantities takes part."""
        return frozenset(number for key in keys for number in self.of.get(key, ()))

    def fits(self, changes: Changes) -> bool:
        """Whether every equation that these changes move would hold."""
        return all(
            self.relations[number].bears(changes)
            for key in changes
            for number in self.of.get(key, ())
        )

    def open_keys(self) -> tuple[Key, ...]:
        """The quantities that take part in what is to be explained."""
        return tuple(
            dict.fromkeys(key for n in sorted(self.open) for key in self.relations[n].weights)
        )

    def room(self, key: Key) -> tuple[float, float] | None:
        """The values of one quantity with which its equations hold; None where there are none.

        All other quantities as printed.
        """
        value = self.values[key]
        low, high = 0.0, self.limits[key]
        for number in self.of[key]:
            relation = self.relations[number]
            weight = relation.weights[key]
            ends = sorted(
                value + (side - relation.residual) / weight
                for side in (-relation.allowed, relation.allowed)
            )
            low, high = max(low, ends[0]), min(high, ends[1])
        return (low, high) if low <= high else None

    def only(self, numbers: Collection[int]) -> System:
        """The system with only some of its failing equations; what fails besides is left out."""
        kept = frozenset(numbers) & self.open
        if kept == self.open:
            return self
        aside = {n for n, relation in enumerate(self.relations) if relation.fails} - kept
        of = {key: tuple(n for n in held if n not in aside) for key, held in self.of.items()}
        return replace(self, of=of, open=kept)

    def corrected(self, changes: Changes) -> System:
        """The system with some numbers changed; what then holds is no longer to be explained."""
        relations = tuple(
            replace(relation, residual=relation.residual + relation.moved(changes))
            if changes.keys() & relation.weights.keys()
            else relation
            for relation in self.relations
        )
        still = frozenset(n for n in self.open if relations[n].fails)
        values = {**self.values, **{key: self.values[key] + by for key, by in changes.items()}}
        return replace(self, relations=relations, values=values, open=still)


def build_system(held: SetCase, failing: Collection[Evaluation]) -> System:
    """The system of a set of scores.

    Args:
        held: The set.
        failing: Its evaluations that are to be explained.
    """
    checked = [r for r in held.evaluations if r.equation and r.verdict in ("agrees", "differs")]
    checked = [r for r in checked if all(key in held.choice.values for key in _keys(r))]
    relations = tuple(_relation(held, result, checked) for result in checked)
    of: defaultdict[Key, list[int]] = defaultdict(list)
    for number, relation in enumerate(relations):
        for key in relation.weights:
            of[key].append(number)
    explained = {id(result) for result in failing}
    return System(
        relations,
        {key: tuple(numbers) for key, numbers in of.items()},
        {key: float(held.choice.values[key].value) for key in of},
        {key: _limit(held, key) for key in of},
        frozenset(n for n, r in enumerate(relations) if id(r.result) in explained and not r.retold),
    )


def _keys(result: Evaluation) -> tuple[Key, ...]:
    equation = result.equation
    return (equation.target, *equation.parts) if equation else ()


def _limit(held: SetCase, key: Key) -> float:
    share = held.rules.weight(key.code) if key.scale == "weighted" else None
    return _FULL if share is None else _FULL * float(share)


def _relation(held: SetCase, result: Evaluation, checked: Sequence[Evaluation]) -> Relation:
    equation, values = result.equation, held.choice.values
    assert equation is not None  # only what could be computed is checked
    weights: dict[Key, float] = {equation.target: 1.0}
    for number, part in zip(equation.weights, equation.parts, strict=True):
        weights[part] = weights.get(part, 0.0) - number / equation.denominator
    residual, allowed = 0.0, 0.0
    for key, weight in weights.items():
        candidate = values[key]
        residual += weight * float(candidate.value)
        allowed += abs(weight) * float(candidate.interval.high - candidate.interval.low) / 2
    again = retold(result, checked)
    allowed += float(CHAIN_ALLOWANCE) if equation.chained else 0.0
    allowed += _RETOLD_ALLOWANCE if again else 0.0
    return Relation(result, weights, residual, allowed + _DUST, again)


def retold(result: Evaluation, checked: Sequence[Evaluation]) -> bool:
    """Whether finer equations say the same: a chain skips levels that are printed too."""
    finer = {
        "total-from-indicators": "total-from-instruments",
        "indicator-from-questions": "indicator-from-subindicators",
    }.get(result.template.rule)
    if finer is None or not result.equation or not result.equation.chained:
        return False
    target = result.template.target
    step = next(
        (r for r in checked if r.template.rule == finer and r.template.target == target), None
    )
    if step is None or step.equation is None:
        return False
    below = {r.template.target for r in checked if r.equation and not r.equation.chained}
    between = [key for key in step.equation.parts if key not in result.equation.parts]
    return all(key in below for key in between)

"""Puts printed values into a year's equations and compares.

Where a quantity is printed with two values, the one that the equations support is used;
else the one printed most often; else the table's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from math import prod

from pipeline.audit.equations import Equation, Template
from pipeline.audit.interval import CHAIN_ALLOWANCE, NOTE_MARGIN, Interval, weighted_sum
from pipeline.audit.quantities import Candidate, Key, Quantity
from pipeline.audit.records import Verdict
from pipeline.audit.sets import ScoreSet

__all__ = ["Choice", "Evaluation", "evaluate", "settle"]

_FOUR_DECIMALS = Decimal("0.0001")
_ZERO = Decimal(0)
_FULL = Decimal(100)
# Passes over contradicting quantities: a settled one may settle the next.
_PASSES = 2
# Readings of one equation that are tried before it is called undecidable.
_MOST_READINGS = 64

Chosen = Mapping[Key, Candidate]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which value of every quantity counts, and why.

    Attributes:
        values: The value of every quantity that could be read.
        reasons: For quantities printed with several values: `arithmetic`, `majority` or
            `place` (nothing but the better place speaks for it).
    """

    values: Chosen
    reasons: Mapping[Key, str]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A row of a year's equations with the printed values put in.

    Attributes:
        template: The row.
        equation: The way in which it was computed; None where it could not be.
        computed: The result, as exactly as the printed inputs give it.
        interval: What the printed precision allows the result to be.
        printed: The value printed for the target; None where there is none.
        verdict: As in `Recomputed`.
        why_not: As in `Recomputed`.
        beyond: By how much printed and computed differ after all that rounding explains.
        large: Whether that is more than a note.
    """

    template: Template
    equation: Equation | None
    computed: Decimal | None
    interval: Interval | None
    printed: Candidate | None
    verdict: Verdict
    why_not: str
    beyond: Decimal = _ZERO
    large: bool = False

    @property
    def difference(self) -> Decimal | None:
        """Printed minus computed, to four decimals."""
        if self.printed is None or self.computed is None:
            return None
        return (self.printed.value - self.computed).quantize(_FOUR_DECIMALS)


# ---- which of several printed values --------------------------------------------------------


def settle(scores: ScoreSet, rows: Sequence[Template]) -> Choice:
    """Choose one value for every quantity of a set."""
    values = {key: q.candidates[0] for key, q in scores.quantities.items() if q.candidates}
    disputed = [key for key, q in scores.quantities.items() if len(q.candidates) > 1]
    if not disputed:
        return Choice(values, {})
    reasons = {key: _standing(scores.quantities[key]) for key in disputed}
    for _ in range(_PASSES):
        for key in disputed:
            equations = [e for e in _usable(rows, values) if key == e.target or key in e.parts]
            found = _supported(scores.quantities[key], equations, values)
            if found is not None:
                values[key], reasons[key] = found, "arithmetic"
    return Choice(values, reasons)


def _standing(quantity: Quantity) -> str:
    first, second = quantity.candidates[:2]
    return "majority" if len(first.scores) > len(second.scores) else "place"


def _usable(rows: Sequence[Template], values: Chosen) -> Iterator[Equation]:
    for row in rows:
        if row.target in values:
            equation = _option(row, values)
            if equation is not None:
                yield equation


def _supported(
    quantity: Quantity, equations: Sequence[Equation], values: Chosen
) -> Candidate | None:
    """The candidate with which the fewest equations fail; None where that decides nothing."""
    failures = []
    for candidate in quantity.candidates:
        trial = {**values, quantity.key: candidate}
        failures.append(sum(_beyond(equation, trial) > 0 for equation in equations))
    fewest = min(failures)
    if failures.count(fewest) == len(failures):
        return None
    return quantity.candidates[failures.index(fewest)]


# ---- one row --------------------------------------------------------------------------------


def evaluate(scores: ScoreSet, rows: Sequence[Template], choice: Choice) -> tuple[Evaluation, ...]:
    """Every row that a set of scores touches, computed or with the reason why not."""
    present = scores.quantities.keys()
    found: list[Evaluation] = []
    for row in rows:
        if row.touched_by.isdisjoint(present) or (row.needs_target and row.target not in present):
            continue
        if not row.failures_only:
            found.append(_evaluation(row, scores, choice))
        elif (listed := _from_failures(row, choice.values)) is not None:
            found.append(listed)
    return tuple(found)


def _evaluation(row: Template, scores: ScoreSet, choice: Choice) -> Evaluation:
    printed = choice.values.get(row.target)
    equation = None if row.blocked else _option(row, choice.values)
    if equation is None:
        why = row.blocked or _why_not(row, scores, choice.values)
        return Evaluation(row, None, None, None, printed, "not-checkable", why)
    interval = _computed(equation, choice.values)
    computed = _exactly(equation, choice.values)
    if printed is None:
        if row.target in scores.quantities:
            why = f"unreadable-printed:{row.target.code}"
            return Evaluation(row, equation, computed, interval, None, "not-checkable", why)
        return Evaluation(row, equation, computed, interval, None, "not-printed", "")
    beyond = _beyond(equation, choice.values)
    if beyond > 0 and (disputed := _undecidable(equation, scores, choice)):
        why = "conflicting-values:" + ",".join(disputed)
        return Evaluation(row, equation, computed, interval, printed, "not-checkable", why)
    verdict: Verdict = "differs" if beyond > 0 else "agrees"
    large = beyond > NOTE_MARGIN
    return Evaluation(row, equation, computed, interval, printed, verdict, "", beyond, large)


def _from_failures(row: Template, values: Chosen) -> Evaluation | None:
    """An OIT indicator from its failed items, where only those are printed.

    That the others are fulfilled is an assumption: where it gives the printed value it
    explains it, where not it proves nothing.
    """
    printed, equation = values.get(row.target), row.options[0]
    listed = [part for part in equation.parts if part in values]
    complete = len(listed) == len(equation.parts)
    if printed is None or complete or any(values[part].value for part in listed):
        return None
    full = Candidate(_FULL, Interval(_FULL, _FULL), ())
    trial = {part: values.get(part, full) for part in equation.parts}
    trial[row.target] = printed
    if not listed or _beyond(equation, trial):
        missing = ",".join(part.code for part in equation.parts if part not in values)
        why = f"part-missing:{missing}"
        return Evaluation(row, None, None, None, printed, "not-checkable", why)
    interval, computed = _computed(equation, trial), _exactly(equation, trial)
    return Evaluation(row, equation, computed, interval, printed, "agrees", "")


def _option(row: Template, values: Chosen) -> Equation | None:
    return next((e for e in row.options if all(part in values for part in e.parts)), None)


def _computed(equation: Equation, values: Chosen) -> Interval:
    terms = zip(equation.weights, equation.parts, strict=True)
    return weighted_sum(((w, values[part].interval) for w, part in terms), equation.denominator)


def _exactly(equation: Equation, values: Chosen) -> Decimal:
    terms = zip(equation.weights, equation.parts, strict=True)
    return sum((w * values[part].value for w, part in terms), _ZERO) / equation.denominator


def _beyond(equation: Equation, values: Chosen) -> Decimal:
    """How far the printed target lies outside of what the printed parts allow."""
    gap = _computed(equation, values).gap(values[equation.target].interval)
    return max(_ZERO, gap - CHAIN_ALLOWANCE) if equation.chained else gap


def _why_not(row: Template, scores: ScoreSet, values: Chosen) -> str:
    """The parts that are missing or unreadable, in the way that lacks the fewest."""
    if row.one_sided and _one_sided(row, scores):
        return "one-eit-part-only"
    lacking = [[p for p in e.parts if p not in values] for e in row.options]
    fewest = min(lacking, key=len)
    missing = [part.code for part in fewest if part not in scores.quantities]
    if missing:
        return "part-missing:" + ",".join(missing)
    return "unreadable-input:" + ",".join(part.code for part in fewest)


def _one_sided(row: Template, scores: ScoreSet) -> bool:
    """Whether the printed questions are all of one EIT part (or of a part not named)."""
    prefixes = {key.code.rstrip("0123456789") for key in row.touched_by & scores.quantities.keys()}
    return len(prefixes) == 1


def _undecidable(equation: Equation, scores: ScoreSet, choice: Choice) -> list[str]:
    """The disputed quantities with whose other values a failing equation would hold."""
    disputed = [key for key in (equation.target, *equation.parts) if key in choice.reasons]
    options = [scores.quantities[key].candidates for key in disputed]
    if not disputed or prod(len(held) for held in options) > _MOST_READINGS:
        return [key.code for key in disputed]
    for reading in product(*options):
        trial = {**choice.values, **dict(zip(disputed, reading, strict=True))}
        if not _beyond(equation, trial):
            return [key.code for key in disputed]
    return []

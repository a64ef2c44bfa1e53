"""From equations that fail to what is wrong: one cause, one finding.

A wrong cell breaks every equation that it takes part in. For each quantity we ask: if
this one alone were another number, would all failing equations that it takes part in
hold, and all holding ones still hold? The quantity that explains the most is the cause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.audit.case import Case, SetCase
from pipeline.audit.evaluate import Evaluation
from pipeline.audit.interval import CHAIN_ALLOWANCE, Interval, weighted_sum
from pipeline.audit.quantities import Key, level_of

__all__ = ["Cause", "causes", "solution"]

_LEVELS = ("question", "subindicator", "indicator", "instrument", "total")
_EVERYTHING = Interval(Decimal("-1e6"), Decimal("1e6"))


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that is wrong with a set of scores.

    Attributes:
        key: The quantity that the finding is about.
        main: The failing equation that tells it best.
        failing: All failing equations that it explains, `main` included.
        expected: The number that the equations call for.
        parts_suspected: Whether the printed quantity fits everything above it, so that
            one of the parts it was computed from must be wrong.
        certain_rule: Whether the failing rules are certain, or inferred and confirmed by
            other scores of the same document.
    """

    key: Key
    main: Evaluation
    failing: tuple[Evaluation, ...]
    expected: Decimal
    parts_suspected: bool
    certain_rule: bool

    @property
    def suspects(self) -> frozenset[Key]:
        """The quantities that take part in every failing equation."""
        return frozenset.intersection(*(frozenset(_keys(result)) for result in self.failing))

    @property
    def large(self) -> bool:
        """Whether one of the differences is more than a note."""
        return any(result.large for result in self.failing)


def causes(case: Case, held: SetCase, failing: Sequence[Evaluation]) -> tuple[Cause, ...]:
    """Group the failing equations of a set by what is wrong.

    Args:
        case: The document: its other sets may confirm an inferred rule.
        held: The set.
        failing: Its evaluations with the verdict `differs`.
    """
    checked = [r for r in held.evaluations if r.verdict in ("agrees", "differs")]
    open_ones = [result for result in failing if not _retold(result, checked)]
    found: list[Cause] = []
    while open_ones:
        key = _best_explanation(open_ones, checked, held)
        explained = [r for r in open_ones if key in _keys(r)] if key else [_lowest(open_ones)]
        found.append(_cause(case, held, explained, key, checked))
        open_ones = [r for r in open_ones if not any(r is done for done in explained)]
    return tuple(found)


def _keys(result: Evaluation) -> tuple[Key, ...]:
    equation = result.equation
    return (equation.target, *equation.parts) if equation else ()


def _retold(result: Evaluation, checked: Sequence[Evaluation]) -> bool:
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


def solution(result: Evaluation, key: Key, held: SetCase) -> Interval:
    """The values of one quantity with which an equation holds, all others as printed."""
    equation, values = result.equation, held.choice.values
    if equation is None:
        return _EVERYTHING
    slack = CHAIN_ALLOWANCE if equation.chained else Decimal(0)
    if key == equation.target:
        terms = zip(equation.weights, (values[p].interval for p in equation.parts), strict=True)
        return weighted_sum(terms, equation.denominator).widened(slack)
    rest: list[tuple[int, Interval]] = []
    own = 0
    for weight, part in zip(equation.weights, equation.parts, strict=True):
        if part == key:
            own += weight
        else:
            rest.append((weight, values[part].interval))
    others = weighted_sum(rest, 1)
    target = values[equation.target].interval.widened(slack)
    scale = equation.denominator
    return Interval(
        (target.low * scale - others.high) / own, (target.high * scale - others.low) / own
    )


def _best_explanation(
    failing: Sequence[Evaluation], checked: Sequence[Evaluation], held: SetCase
) -> Key | None:
    """The quantity that alone explains the most; None where no single one explains any."""
    keys = dict.fromkeys(key for result in failing for key in _keys(result))
    explained = {
        key: sum(key in _keys(result) for result in failing)
        for key in keys
        if _common_solution(key, checked, held) is not None
    }
    if not explained:
        return None
    targets = {result.template.target for result in failing}
    most = max(explained.values())
    best = [key for key, number in explained.items() if number == most]
    return min(best, key=lambda key: (key not in targets, _height(key)))


def _common_solution(key: Key, checked: Sequence[Evaluation], held: SetCase) -> Interval | None:
    common: Interval | None = _EVERYTHING
    for result in checked:
        if common is not None and key in _keys(result):
            common = common.shared(solution(result, key, held))
    return common


def _height(key: Key) -> int:
    return _LEVELS.index(level_of(key.code))


def _lowest(failing: Sequence[Evaluation]) -> Evaluation:
    return min(failing, key=lambda result: _height(result.template.target))


def _cause(
    case: Case,
    held: SetCase,
    explained: Sequence[Evaluation],
    key: Key | None,
    checked: Sequence[Evaluation],
) -> Cause:
    """Place a cause at what is wrong, as far as the equations tell.

    At the quantity itself where an equation computes it, or where several equations point
    at it alone; else at what the lowest failing equation computes.
    """
    own = [result for result in explained if result.template.target == key]
    main = _lowest(own or explained)
    pointed_at = key is not None and len(explained) > 1 and level_of(key.code) != "question"
    place = key if key is not None and (own or (pointed_at and _alone(explained))) else None
    target = place or main.template.target
    if target == main.template.target:
        expected = main.computed or Decimal(0)
    else:
        common = _common_solution(target, checked, held)
        expected = common.middle if common else Decimal(0)
    above = [r for r in checked if target in _keys(r) and r.template.target != target]
    suspected = not own and any(r.verdict == "agrees" for r in above)
    certain = any(not r.template.inferred or _confirmed(case, held, r) for r in explained)
    return Cause(target, main, tuple(explained), expected, suspected, certain)


def _alone(explained: Sequence[Evaluation]) -> bool:
    """Whether the failing equations share exactly one quantity."""
    shared = set(_keys(explained[0])).intersection(*(_keys(r) for r in explained[1:]))
    return len(shared) == 1


def _confirmed(case: Case, held: SetCase, result: Evaluation) -> bool:
    """Whether the document itself bears out an inferred rule on other scores of the year.

    Equal parts (all 100) bear out any rule, so they count for nothing.
    """
    return any(
        other.verdict == "agrees"
        and other.template.rule == result.template.rule
        and other.template.family == result.template.family
        and (other.template.target != result.template.target or among is not held)
        and _telling(among, other)
        for among in case.sets
        if among.scores.year_be == held.scores.year_be
        for other in among.evaluations
    )


def _telling(held: SetCase, result: Evaluation) -> bool:
    parts = result.equation.parts if result.equation else ()
    return len({held.choice.values[part].value for part in parts}) > 1

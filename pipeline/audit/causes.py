"""From equations that fail to what is wrong: one cause, one finding.

A wrong cell breaks every equation that it takes part in. `pipeline.audit.explain` looks for
the fewest cells which, if they held other numbers (or each other's), would make all failing
equations hold and break none; here that becomes a cause with its place, the number that the
equations call for, and the cell that is to be suspected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log

from pipeline.audit.case import Case, SetCase
from pipeline.audit.evaluate import Evaluation
from pipeline.audit.explain.evidence import Evidence
from pipeline.audit.explain.solve import Culprit, Exchanged, Solution, height, solve
from pipeline.audit.explain.system import Relation, System, build_system
from pipeline.audit.interval import CHAIN_ALLOWANCE, Interval, weighted_sum
from pipeline.audit.quantities import Key, level_of

__all__ = ["Cause", "causes", "solution"]

_EVERYTHING = Interval(Decimal("-1e6"), Decimal("1e6"))
# A difference that moved by more was computed from what is wrong itself.
_MOVED = 0.001
# How much better (as a logarithm) one question must explain a list of scores than any other.
_CLEARLY = log(20)


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
        alternatives: All quantities any of which alone may be wrong.
        culprit: The question that is wrong, where other evidence tells it from its
            neighbours; with the value that fits, where only one does.
        exchanged: Cells that hold each other's values, where that is what is wrong.
        system: The equations with everything else that is wrong put right.
    """

    key: Key
    main: Evaluation
    failing: tuple[Evaluation, ...]
    expected: Decimal
    parts_suspected: bool
    certain_rule: bool
    alternatives: tuple[Key, ...] = ()
    culprit: tuple[Key, Decimal | None] | None = None
    exchanged: Exchanged | None = None
    system: System | None = None

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
    system = build_system(held, failing)
    if not system.open:
        return ()
    evidence = Evidence(case, held)
    found = solve(system, evidence)
    exchanges = [_exchange_cause(case, held, system, entry) for entry in found.exchanges]
    return (*exchanges, *_cell_causes(case, held, evidence, found))


def _keys(result: Evaluation) -> tuple[Key, ...]:
    equation = result.equation
    return (equation.target, *equation.parts) if equation else ()


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


# ---- exchanged cells ------------------------------------------------------------------------


def _exchange_cause(case: Case, held: SetCase, system: System, found: Exchanged) -> Cause:
    failing = tuple(system.relations[n].result for n in sorted(found.exchange.explains))
    first = found.exchange.keys[0]
    right = Decimal(str(round(system.values[first] + found.exchange.changes[first], 4)))
    certain = any(_certain(case, held, result) for result in failing)
    return Cause(first, failing[0], failing, right, False, certain, exchanged=found)


# ---- single wrong cells ---------------------------------------------------------------------


def _cell_causes(
    case: Case, held: SetCase, evidence: Evidence, found: Solution
) -> tuple[Cause, ...]:
    """The causes of wrong cells, each seen with all others put right."""
    culprits = tuple(_in_turn(found.culprits))
    changes: list[dict[Key, float]] = []
    system = found.system
    for place, culprit in enumerate(culprits):
        shared = frozenset().union(*(other.explains for other in culprits[place + 1 :]))
        changes.append(_change(system, culprit, culprit.explains - shared))
        system = system.corrected(changes[-1])
    made: list[Cause] = []
    for place, culprit in enumerate(culprits):
        others = {k: by for n, held_ in enumerate(changes) if n != place for k, by in held_.items()}
        own = found.system.corrected(others).only(culprit.explains)
        if own.open:
            made.append(_cell_cause(case, held, evidence, own, culprit))
    for number in sorted(found.unexplained):
        made.append(_bare_cause(case, held, evidence, found.system.only({number}), number))
    return tuple(made)


def _in_turn(culprits: Sequence[Culprit]) -> Iterator[Culprit]:
    """Wrong cells in the order in which they can be put right.

    First those that an equation of their own tells, the lowest before what is computed from
    them; what several of them make wrong together is no measure of any until then.
    """
    left = sorted(culprits, key=lambda culprit: height(culprit.group[0]))
    while left:
        alone = (c for c in left if c.explains.difference(*(o.explains for o in left if o != c)))
        chosen = next(alone, left[0])
        left.remove(chosen)
        yield chosen


def _change(system: System, culprit: Culprit, own: frozenset[int]) -> dict[Key, float]:
    """What to add to the wrong cell, by its own equations or at least by the lowest one."""
    key = culprit.group[0]
    for numbers in (own, culprit.explains, {_lowest(system, key, culprit.explains)}):
        if not numbers:
            continue
        room = system.only(numbers).room(key)
        if room is not None:
            return {key: (room[0] + room[1]) / 2 - system.values[key]}
    return {}


def _lowest(system: System, key: Key, numbers: Iterable[int]) -> int:
    """The failing equation that computes a cell, or else the lowest one."""
    results = {number: system.relations[number].result.template.target for number in numbers}
    return min(results, key=lambda n: (results[n] != key, height(results[n]), n))


def _cell_cause(
    case: Case, held: SetCase, evidence: Evidence, system: System, culprit: Culprit
) -> Cause:
    """Place a cause at what is wrong, as far as that can be told.

    At the cell itself where nothing else explains what fails; else at what the lowest failing
    equation computes.
    """
    able = _able(system, evidence, culprit)
    key = able[0] if len(able) == 1 else culprit.group[0]
    main = system.relations[_lowest(system, key, system.open)]
    target = key if len(able) == 1 else main.result.template.target
    above = [system.relations[n] for n in system.of[target]]
    above = [relation for relation in above if relation.result.template.target != target]
    results = tuple(system.relations[n].result for n in sorted(system.open))
    return Cause(
        key=target,
        main=main.result,
        failing=results,
        expected=_expected(system, evidence, target, main),
        parts_suspected=target != key and any(not relation.fails for relation in above),
        certain_rule=any(_certain(case, held, result) for result in results),
        alternatives=able,
        culprit=_question(system, evidence, able) if len(able) > 1 else None,
        system=system,
    )


def _able(system: System, evidence: Evidence, culprit: Culprit) -> tuple[Key, ...]:
    """The cells any of which may be the wrong one, with all other evidence heard.

    Not those that would have to be more than 100, or what no items give; and where a cell
    holds what cannot be, only such a cell.
    """
    able = []
    for key in culprit.alternatives:
        room = system.room(key)
        if room is not None and evidence.possible(key, _decimal(room[0]), _decimal(room[1])):
            able.append(key)
    impossible = [key for key in able if evidence.impossible(key)]
    return tuple(impossible or able) or culprit.alternatives


def _expected(system: System, evidence: Evidence, target: Key, main: Relation) -> Decimal:
    """What the equations call for, with what is known to be wrong elsewhere put right."""
    if target == main.result.template.target:
        as_printed = main.result.difference
        if as_printed is not None and abs(float(as_printed) - main.residual) < _MOVED:
            return main.result.computed or Decimal(0)
        return _decimal(system.values[target] - main.residual)
    room = system.room(target)
    if room is None:
        return _decimal(system.values[target])
    known = evidence.among(target, _decimal(room[0]), _decimal(room[1]))
    return known[0] if len(known) == 1 else _decimal((room[0] + room[1]) / 2)


def _decimal(value: float) -> Decimal:
    return Decimal(str(round(value, 4)))


def _bare_cause(
    case: Case, held: SetCase, evidence: Evidence, system: System, number: int
) -> Cause:
    """A failing equation that no small explanation covers, spoken of by itself."""
    relation = system.relations[number]
    result = relation.result
    target = result.template.target
    return Cause(
        key=target,
        main=result,
        failing=(result,),
        expected=_expected(system, evidence, target, relation),
        parts_suspected=False,
        certain_rule=_certain(case, held, result),
        alternatives=tuple(relation.weights),
        system=system,
    )


# ---- which of the questions -----------------------------------------------------------------


def _question(
    system: System, evidence: Evidence, able: Sequence[Key]
) -> tuple[Key, Decimal | None] | None:
    """The one question that does not share the others' number of answers, with its value.

    Only where the cell that is wrong may be a question, and one of them explains the list of
    scores far better than any other does and than the list as it is printed.
    """
    found: list[tuple[float, Key, Decimal | None]] = []
    for key in able:
        room = system.room(key)
        if level_of(key.code) == "question" and room is not None:
            values = evidence.fitting(key, _decimal(room[0]), _decimal(room[1]))
            gain = max((evidence.gain(key, value) for value in values), default=0.0)
            found.append((gain, key, values[0] if len(values) == 1 else None))
    found.sort(key=lambda entry: -entry[0])
    runner_up = found[1][0] if len(found) > 1 else 0.0
    if found and found[0][0] > max(runner_up, 0.0) + _CLEARLY:
        return found[0][1:]
    return None


# ---- rules that are inferred ----------------------------------------------------------------


def _certain(case: Case, held: SetCase, result: Evaluation) -> bool:
    return not result.template.inferred or _confirmed(case, held, result)


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

"""Equations written out step by step, with what rounding leaves open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from itertools import groupby

from pipeline.audit.case import SetCase
from pipeline.audit.causes import solution
from pipeline.audit.equations import Equation
from pipeline.audit.evaluate import Evaluation
from pipeline.audit.interval import (
    CHAIN_ALLOWANCE,
    Interval,
    decimals_of,
    weighted_sum,
)
from pipeline.audit.quantities import Key, level_of
from pipeline.audit.wording import points
from pipeline.audit.year import YearRules
from pipeline.letters.records import Check, Fitting, Step, Sum

__all__ = ["checks_of", "fitting_of", "gap_with", "involving", "main_of", "written_out"]

_ZERO = Decimal(0)
# How exact a result is shown: reports print two decimals.
_SHOWN = Decimal("0.0001")
_INSTRUMENTS_OF_PARTS = {"ep": "EIT1", "es": "EIT2"}


def involving(held: SetCase, key: Key) -> list[Evaluation]:
    """The equations that could be compared and that a score takes part in."""
    found = []
    for result in held.evaluations:
        equation = result.equation
        if equation is None or result.verdict not in ("agrees", "differs"):
            continue
        keys = (equation.target, *equation.parts)
        if key in keys and all(k in held.choice.values for k in keys):
            found.append(result)
    return found


def main_of(
    held: SetCase, key: Key, evidence: frozenset[str], results: Sequence[Evaluation]
) -> list[Evaluation]:
    """The equations that a finding is about: those that fail on its evidence.

    Where none fails (a score printed twice is used by its better value), the one that
    computes the score, or the first that it goes into.
    """
    failing = [r for r in results if r.verdict == "differs"]
    own = [r for r in failing if r.template.target == key or _rests_on(held, r, evidence)]
    if own or failing:
        return own or failing
    computing = [r for r in results if r.template.target == key]
    return computing[:1] or list(results[:1])


def _rests_on(held: SetCase, result: Evaluation, evidence: frozenset[str]) -> bool:
    equation = result.equation
    if equation is None:
        return False
    scores = (held.choice.values[k].scores[0] for k in (equation.target, *equation.parts))
    return all(score.score_id in evidence for score in scores)


# ---- one equation -------------------------------------------------------------------------------


def written_out(held: SetCase, result: Evaluation) -> Sum:
    """An equation with its numbers."""
    equation = result.equation
    assert equation is not None  # `involving` gives no other
    values = held.choice.values
    printed = result.printed
    own = printed.interval if printed else None
    lowest = _total(equation, lambda part: values[part].interval.low)
    highest = _total(equation, lambda part: values[part].interval.high)
    computed = Interval(lowest.result, highest.result)
    allowance = CHAIN_ALLOWANCE if equation.chained else _ZERO
    return Sum(
        rule=equation.rule,
        target=equation.target,
        parts=equation.parts,
        steps=tuple(_steps(held.rules, equation, lambda part: values[part].value)),
        lowest=lowest,
        highest=highest,
        allowance=allowance,
        printed=printed.value if printed else None,
        stands_for=own,
        difference=result.difference,
        gap=max(_ZERO, computed.gap(own) - allowance) if own else _ZERO,
        verdict=result.verdict,
    )


def _steps(rules: YearRules, equation: Equation, value: Callable[[Key], Decimal]) -> Iterator[Step]:
    """The sum as a person would do it: means within each group first, then their weights."""
    terms = [
        (part, Fraction(weight, equation.denominator))
        for weight, part in zip(equation.weights, equation.parts, strict=True)
    ]
    groups = [
        (name, list(held))
        for (name, _), held in groupby(
            terms, key=lambda term: (_group(rules, equation, term[0]), term[1])
        )
    ]
    if len(groups) == 1 or all(len(held) == 1 for _, held in groups):
        yield _total(equation, value)
        return
    written, result = [], _ZERO
    for name, held in groups:
        share = sum((weight for _, weight in held), Fraction(0))
        numbers = [value(part) for part, _ in held]
        mean = sum(numbers, _ZERO) / len(numbers)
        if len(numbers) > 1:
            yield Step(name, _mean(numbers), mean)
        written.append(f"{_share(share)} × {_number(mean)}")
        result += mean * share.numerator / share.denominator
    yield Step("", " + ".join(written), result)


def _total(equation: Equation, value: Callable[[Key], Decimal]) -> Step:
    """The whole sum in one line."""
    numbers = [value(part) for part in equation.parts]
    products = zip(equation.weights, numbers, strict=True)
    result = sum((weight * number for weight, number in products), _ZERO) / equation.denominator
    if len(set(equation.weights)) == 1 and equation.denominator == len(numbers):
        return Step("", _mean(numbers), result)
    if set(equation.weights) == {equation.denominator}:
        return Step("", " + ".join(map(_number, numbers)), result)
    shares = (_share(Fraction(weight, equation.denominator)) for weight in equation.weights)
    terms = (f"{s} × {_number(number)}" for s, number in zip(shares, numbers, strict=True))
    return Step("", " + ".join(terms), result)


def _mean(numbers: Sequence[Decimal]) -> str:
    return f"({' + '.join(map(_number, numbers))}) ÷ {len(numbers)}"


def _number(value: Decimal) -> str:
    """A number of a sum: as printed, or with four decimals where it has more.

    >>> _number(Decimal("99.995")), _number(Decimal(100)), _number(Decimal("78.12345678"))
    ('99.995', '100.00', '78.1235')
    """
    return points(value if decimals_of(value) <= 4 else value.quantize(_SHOWN).normalize())


def _share(share: Fraction) -> str:
    """A weight as people write it: decimals where it has few, else a fraction.

    >>> _share(Fraction(3, 10)), _share(Fraction(1, 3))
    ('0.30', '1/3')
    """
    exact = Decimal(share.numerator) / share.denominator
    return points(exact) if decimals_of(exact) <= 4 else str(share)


def _group(rules: YearRules, equation: Equation, part: Key) -> str:
    """What a part is first averaged within: its instrument, its sub-indicator, its EIT part."""
    level = level_of(part.code)
    if level == "indicator":
        held = (i.code for i in rules.instruments if part.code in i.indicators)
        return next(held, part.code)
    if level != "question":
        return part.code
    prefix = part.code.rstrip("0123456789")
    indicator = rules.indicator(equation.target.code)
    for code, items in indicator.groups if indicator else ():
        if part.code in items:
            return code
    return _INSTRUMENTS_OF_PARTS.get(prefix, "")


# ---- what would fit -----------------------------------------------------------------------------


def fitting_of(
    held: SetCase, key: Key, main: Sequence[Evaluation], results: Sequence[Evaluation]
) -> Fitting | None:
    """The values of a score with which its equations hold, to the decimals it is printed with."""
    own = held.choice.values.get(key)
    if own is None or not main:
        return None
    decimals = max(2, decimals_of(own.value))
    for among, all_hold in ((results, True), (main, len(main) == len(results))):
        bounds = [solution(result, key, held) for result in among]
        half = (own.interval.high - own.interval.low) / 2
        step = Decimal(1).scaleb(-decimals)
        low = (max(b.low for b in bounds) - half).quantize(step, ROUND_CEILING)
        high = (min(b.high for b in bounds) + half).quantize(step, ROUND_FLOOR)
        low, high = max(low, _ZERO), min(high, Decimal(100))
        if low <= high:
            return Fitting(key, low, high, all_hold)
    return None


def checks_of(
    held: SetCase,
    fitting: Fitting | None,
    main: Sequence[Evaluation],
    results: Sequence[Evaluation],
) -> Iterator[Check]:
    """The equations besides the main ones, as printed and with the fitting value."""
    for result in results:
        if any(result is other for other in main) or result.computed is None:
            continue
        assert result.equation is not None
        holds = None
        if fitting is not None:
            own = held.choice.values[fitting.key].interval
            trial = Interval(fitting.low, fitting.high).widened((own.high - own.low) / 2)
            holds = not gap_with(held, result.equation, {fitting.key: trial})
        yield Check(
            rule=result.equation.rule,
            target=result.equation.target,
            parts=result.equation.parts,
            printed=result.printed.value if result.printed else None,
            computed=result.computed,
            verdict=result.verdict,
            with_fitting=holds,
        )


def gap_with(held: SetCase, equation: Equation, trial: Mapping[Key, Interval]) -> Decimal:
    """How far an equation is from holding when some scores are other ones."""
    values = {key: held.choice.values[key].interval for key in (equation.target, *equation.parts)}
    values |= trial
    terms = zip(equation.weights, (values[part] for part in equation.parts), strict=True)
    gap = weighted_sum(terms, equation.denominator).gap(values[equation.target])
    return max(_ZERO, gap - (CHAIN_ALLOWANCE if equation.chained else _ZERO))

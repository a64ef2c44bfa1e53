"""The equations of the assessment: every one a weighted mean of printed parts.

`Equation` is a plain linear relation, target = Σ weight·part ÷ denominator, so that
everything else (intervals, solving for a part, searching for the wrong cell) needs no
knowledge of the assessment. `templates(rules)` writes out the equations of a year.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from math import gcd, lcm

from pipeline.audit.quantities import Key
from pipeline.audit.year import IndicatorRule, InstrumentRule, YearRules

__all__ = ["Equation", "Template", "templates"]

Term = tuple[Fraction, Key]


@dataclass(frozen=True, slots=True)
class Equation:
    """target = Σ weight·part ÷ denominator.

    Attributes:
        rule: Slug of the equation, the same in `recomputed.rule`.
        target: What is computed.
        weights: A whole number per part.
        parts: The parts.
        denominator: What the weighted sum is divided by.
        chained: Whether levels in between are skipped, which may have been rounded.
    """

    rule: str
    target: Key
    weights: tuple[int, ...]
    parts: tuple[Key, ...]
    denominator: int
    chained: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """One row to be computed for a year, with the ways to compute it.

    Attributes:
        rule: Slug of the equation.
        target: What is computed.
        options: Equations, the preferred first; the first whose parts are all printed counts.
        touched_by: The row is expected in a report that prints any of these.
        needs_target: The row is expected only where the target itself is printed too.
        blocked: Why it cannot be computed at all (`rule-unknown`); else empty.
        inferred: Whether the rule is inferred, not documented, for this year.
        family: Rows of one family confirm each other's inferred rule.
        one_sided: Whether the questions of one EIT part alone may be printed.
        failures_only: Whether items that are not printed count as fulfilled: some reports
            list only the items that failed.
    """

    rule: str
    target: Key
    options: tuple[Equation, ...]
    touched_by: frozenset[Key]
    needs_target: bool = False
    blocked: str = ""
    inferred: bool = False
    family: str = ""
    one_sided: bool = False
    failures_only: bool = False


def _equation(rule: str, target: Key, terms: Iterable[Term], *, chained: bool = False) -> Equation:
    held = list(terms)
    denominator = lcm(*(weight.denominator for weight, _ in held))
    weights = [int(weight * denominator) for weight, _ in held]
    divisor = gcd(denominator, *weights)
    return Equation(
        rule,
        target,
        tuple(weight // divisor for weight in weights),
        tuple(key for _, key in held),
        denominator // divisor,
        chained,
    )


def _mean(keys: Sequence[Key], share: Fraction = Fraction(1)) -> list[Term]:
    return [(share / len(keys), key) for key in keys]


def _keys(codes: Iterable[str]) -> list[Key]:
    return [Key(code) for code in codes]


@cache
def templates(rules: YearRules) -> tuple[Template, ...]:
    """Every row that a year's rules can compute, from the total down to the items."""
    rows = [_total_from_indicators(rules)]
    if rules.instruments:
        rows = [_total_from_instruments(rules), *rows, *_total_from_weighted(rules)]
    for instrument in rules.instruments:
        rows += _of_instrument(instrument)
    for indicator in rules.indicators:
        rows += _of_indicator(indicator)
    if rules.blocked:
        return tuple(_blocked(row, rules.blocked) for row in rows)
    return tuple(rows)


def _blocked(row: Template, why: str) -> Template:
    return Template(row.rule, row.target, (), row.touched_by, row.needs_target, blocked=why)


# ---- the total ------------------------------------------------------------------------------


def _ways(instrument: InstrumentRule) -> list[list[Term]]:
    """How an instrument's share of the total can be made up, the printed instrument first."""
    ways = [[(instrument.weight, Key(instrument.code))]]
    if instrument.parts:
        ways.append([(weight, Key(code)) for code, weight in instrument.parts])
    ways.append(_mean(_keys(instrument.indicators), instrument.weight))
    return ways


def _total_from_instruments(rules: YearRules) -> Template:
    """The total from the instruments; one that is not printed counts by its parts."""
    choices: list[tuple[int, bool, list[Term]]] = [(0, False, [])]
    for instrument in rules.instruments:
        ways = _ways(instrument)
        choices = [
            (cost + number, deep or number == len(ways) - 1, terms + way)
            for cost, deep, terms in choices
            for number, way in enumerate(ways)
        ]
    choices.sort(key=lambda choice: choice[0])
    options = [
        _equation("total-from-instruments", Key("ITA"), terms, chained=deep)
        for _, deep, terms in choices[:-1]  # the last one is `total-from-indicators`
    ]
    touched = {Key(i.code) for i in rules.instruments}
    touched |= {Key(code) for i in rules.instruments for code, _ in i.parts}
    return Template("total-from-instruments", Key("ITA"), tuple(options), frozenset(touched))


def _total_from_indicators(rules: YearRules) -> Template:
    terms = [term for i in rules.instruments for term in _mean(_keys(i.indicators), i.weight)]
    terms += [(weight, Key(code)) for code, weight in rules.index_weights]
    chained = bool(rules.instruments)
    equation = _equation("total-from-indicators", Key("ITA"), terms, chained=chained)
    return Template("total-from-indicators", Key("ITA"), (equation,), frozenset(equation.parts))


def _total_from_weighted(rules: YearRules) -> list[Template]:
    """The total from the weighted parts, and each weighted part from its instrument."""
    rule = "total-from-weighted-parts"
    whole: list[Term] = []
    in_parts: list[Term] = []
    rows: list[Template] = []
    for instrument in rules.instruments:
        key = Key(instrument.code, "weighted")
        parts = [(Fraction(1), Key(code, "weighted")) for code, _ in instrument.parts]
        whole.append((Fraction(1), key))
        in_parts += parts or [(Fraction(1), key)]
        rows.append(_weighted_part(key, _ways(instrument)))
        rows += [
            _weighted_part(Key(code, "weighted"), [[(weight, Key(code))]])
            for code, weight in instrument.parts
        ]
        if parts:
            sum_of_parts = _equation("weighted-part-from-parts", key, parts)
            rows.append(
                Template(sum_of_parts.rule, key, (sum_of_parts,), frozenset(sum_of_parts.parts))
            )
    options = [_equation(rule, Key("ITA"), whole)]
    if in_parts != whole:
        options.append(_equation(rule, Key("ITA"), in_parts))
    touched = frozenset(key for option in options for key in option.parts)
    return [Template(rule, Key("ITA"), tuple(options), touched), *rows]


def _weighted_part(target: Key, ways: Sequence[list[Term]]) -> Template:
    """Expected only where the weighted part itself is printed too."""
    rule = "weighted-part-from-instrument"
    options = tuple(
        _equation(rule, target, way, chained=len(ways) > 1 and number == len(ways) - 1)
        for number, way in enumerate(ways)
    )
    touched = frozenset(key for option in options for key in option.parts)
    return Template(rule, target, options, touched, needs_target=True)


# ---- instruments ----------------------------------------------------------------------------


def _of_instrument(instrument: InstrumentRule) -> list[Template]:
    target = Key(instrument.code)
    means = _equation("instrument-from-indicators", target, _mean(_keys(instrument.indicators)))
    rows = [Template(means.rule, target, (means,), frozenset(means.parts))]
    if instrument.parts:
        whole = sum((weight for _, weight in instrument.parts), Fraction(0))
        terms = [(weight / whole, Key(code)) for code, weight in instrument.parts]
        parts = _equation("instrument-from-parts", target, terms)
        rows.append(Template(parts.rule, target, (parts,), frozenset(parts.parts)))
    return rows


# ---- indicators and sub-indicators ----------------------------------------------------------


def _of_indicator(indicator: IndicatorRule) -> list[Template]:
    target = Key(indicator.code)
    rule = "indicator-from-questions"
    if indicator.unknown:
        touched = frozenset(_keys(indicator.questions))
        expected = not indicator.listed
        return [Template(rule, target, (), touched, expected, blocked=indicator.unknown)]
    if indicator.groups:
        return _of_grouped(indicator)
    if indicator.two_parts:
        return [_of_two_parts(indicator)]
    return [_row(_equation(rule, target, _mean(_keys(indicator.questions))), indicator)]


def _of_two_parts(indicator: IndicatorRule) -> Template:
    """The mean of both EIT parts; one part's questions alone say nothing about it."""
    terms: list[Term] = []
    touched: set[Key] = set(_keys(indicator.questions))
    for prefix in indicator.two_parts:
        keys = [Key(prefix + code.lstrip("eps")) for code in indicator.questions]
        terms += _mean(keys, Fraction(1, len(indicator.two_parts)))
        touched |= set(keys)
    equation = _equation("indicator-from-questions", Key(indicator.code), terms, chained=True)
    row = _row(equation, indicator)
    return replace(row, touched_by=frozenset(touched), inferred=True, one_sided=True)


def _of_grouped(indicator: IndicatorRule) -> list[Template]:
    """An OIT indicator: the mean of its sub-indicators, which are means of their items."""
    target = Key(indicator.code)
    subs = _keys(code for code, _ in indicator.groups)
    means = _equation("indicator-from-subindicators", target, _mean(subs))
    items: list[Term] = []
    for _, codes in indicator.groups:
        items += _mean(_keys(codes), Fraction(1, len(indicator.groups)))
    deep = _equation("indicator-from-questions", target, items, chained=True)
    rows = [_row(means, indicator), _row(deep, indicator)]
    if indicator.pass_or_fail:
        listed = replace(deep, rule="indicator-from-listed-failures")
        rows.append(replace(_row(listed, indicator), needs_target=True, failures_only=True))
    for code, codes in indicator.groups:
        equation = _equation("subindicator-from-items", Key(code), _mean(_keys(codes)))
        rows.append(_row(equation, indicator))
    return rows


def _row(equation: Equation, indicator: IndicatorRule) -> Template:
    return Template(
        equation.rule,
        equation.target,
        (equation,),
        frozenset(equation.parts),
        inferred=indicator.inferred,
        family=indicator.instrument,
    )

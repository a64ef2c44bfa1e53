"""Scores that could be read in several ways, decided where exactly one way fits.

A broken token ("๓/๕.๐๐") is no number, and nobody guesses one. But the same score may be
printed legibly elsewhere, or the equations of the year may hold with one of its possible
values and with no other: then the arithmetic has read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product
from math import prod

from parsers.model import Report, Score
from pipeline.audit.equations import Equation, Template, templates
from pipeline.audit.evaluate import Choice, evaluate, settle
from pipeline.audit.interval import Interval, printed_interval
from pipeline.audit.quantities import Candidate, Key
from pipeline.audit.sets import ScoreSet, score_sets
from pipeline.audit.year import year_rules

__all__ = ["READ_BY_ARITHMETIC", "read_by_arithmetic"]

READ_BY_ARITHMETIC = "read-by-arithmetic"

# Combinations of readings that are tried in one set of scores.
_MOST = 200
# An equation that holds is strong evidence, but no proof.
_CONFIDENCE = 0.9
# What scores are written with; a broken 9?.5 is 9?.50.
_DECIMALS = 2

Values = Mapping[Key, Decimal]


def read_by_arithmetic(report: Report) -> Report:
    """The report with the values that only arithmetic could read.

    Such a score keeps what is printed and gets the value with the rule `read-by-arithmetic`;
    all others stay as they are, the unread ones unread.
    """
    if not any(_open(score) for score in report.scores):
        return report
    scheme = report.identity.scheme if report.identity else None
    found: dict[str, Decimal] = {}
    for held in score_sets(report):
        if any(_open(score) for score in held.scores):
            rows = templates(year_rules(held.year_be, scheme))
            for key, value in _settled(held, rows).items():
                found |= {s.score_id: value for s in held.quantities[key].scores if _fits(s, value)}
    scores = (_filled(score, found.get(score.score_id)) for score in report.scores)
    return replace(report, scores=tuple(scores))


def _open(score: Score) -> bool:
    return score.value is None and bool(score.readings)


def _fits(score: Score, value: Decimal) -> bool:
    return _open(score) and value in score.readings


def _filled(score: Score, value: Decimal | None) -> Score:
    if value is None:
        return score
    own = next(reading for reading in score.readings if reading == value)
    return replace(score, value=own, value_rule=READ_BY_ARITHMETIC, confidence=_CONFIDENCE)


def _settled(held: ScoreSet, rows: Sequence[Template]) -> Values:
    """The values of the unread quantities of a set, as far as exactly one fits."""
    choice = settle(held, rows)
    options = dict(_options(held))
    elsewhere = {key: options.pop(key) for key in list(options) if key in choice.values}
    found = dict(_printed_elsewhere(elsewhere, choice))
    if options and prod(len(readings) for readings in options.values()) <= _MOST:
        found |= _only_one(held, rows, choice, options)
    return found


def _options(held: ScoreSet) -> Iterator[tuple[Key, tuple[Decimal, ...]]]:
    for key, quantity in held.quantities.items():
        readings = {value for score in quantity.scores if _open(score) for value in score.readings}
        if readings:
            yield key, tuple(sorted(readings))


def _printed_elsewhere(
    options: Mapping[Key, Sequence[Decimal]], choice: Choice
) -> Iterator[tuple[Key, Decimal]]:
    """Readings that a legible print of the same score bears out, unless that is disputed."""
    for key, readings in options.items():
        if choice.reasons.get(key, "arithmetic") != "arithmetic":
            continue
        known = choice.values[key].interval
        fitting = [value for value in readings if not known.gap(_interval(value))]
        if len(fitting) == 1:
            yield key, fitting[0]


def _only_one(
    held: ScoreSet,
    rows: Sequence[Template],
    choice: Choice,
    options: Mapping[Key, Sequence[Decimal]],
) -> Values:
    """What is the same in every combination of readings with which all equations hold."""
    fitting = [
        reading
        for values in product(*options.values())
        if _holds(held, rows, choice, reading := dict(zip(options, values, strict=True)))
    ]
    if not fitting:
        return {}
    checked = _checked(held, rows, choice, fitting[0])
    return {
        key: fitting[0][key]
        for key in options
        if key in checked and len({reading[key] for reading in fitting}) == 1
    }


def _holds(held: ScoreSet, rows: Sequence[Template], choice: Choice, reading: Values) -> bool:
    trial = _with(choice, reading)
    return not any(
        result.verdict == "differs" and not reading.keys().isdisjoint(_keys(result.equation))
        for result in evaluate(held, rows, trial)
    )


def _checked(held: ScoreSet, rows: Sequence[Template], choice: Choice, reading: Values) -> set[Key]:
    """The quantities of which a certain equation says that they fit."""
    return {
        key
        for result in evaluate(held, rows, _with(choice, reading))
        if result.verdict == "agrees"
        and not result.template.inferred
        and not result.template.failures_only
        for key in _keys(result.equation)
    }


def _keys(equation: Equation | None) -> tuple[Key, ...]:
    return (equation.target, *equation.parts) if equation else ()


def _with(choice: Choice, reading: Values) -> Choice:
    trial = {key: Candidate(value, _interval(value), ()) for key, value in reading.items()}
    return Choice({**choice.values, **trial}, choice.reasons)


def _interval(value: Decimal) -> Interval:
    return printed_interval(value, _DECIMALS)

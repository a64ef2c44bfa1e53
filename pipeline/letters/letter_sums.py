"""The arithmetic of a letter: sums written out, what would fit, what else is computed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.audit.interval import decimals_of
from pipeline.audit.wording import Language, phrase, points
from pipeline.letters.parts import Line, Say, computed_by, number, score_name, sentence
from pipeline.letters.records import Check, Explanation, Fitting, Step, Sum

__all__ = ["checks_section", "fitting_section", "sums_section"]

# A sum of more numbers is not written out again with its lowest and highest inputs.
_LONGEST_BOUNDS = 6
_MOST_VALUES = 3


def sums_section(found: Explanation, language: Language, say: Say) -> Iterator[Line]:
    """Every sum step by step, with its range, held against what is printed."""
    for place, held in enumerate(found.sums, start=1):
        text = sentence(computed_by(held.rule, held.target, held.parts, language))
        yield Line(f"{place}. {text}" if len(found.sums) > 1 else text)
        for step in held.steps:
            yield Line(_written(step), 1)
        yield from _with_rounding(held, say)
        yield from _compared(held, say)


def _written(step: Step) -> str:
    shown = step.result.quantize(Decimal("0.0001"))
    equals = "=" if shown == step.result else "≈"
    name = f"{step.name} = " if step.name else ""
    return f"{name}{step.expression} {equals} {number(shown)}"


def _with_rounding(held: Sum, say: Say) -> Iterator[Line]:
    low, high = held.lowest.result, held.highest.result
    yield Line(say("rounded-sum", low=number(low), high=number(high)), 1)
    if len(held.parts) <= _LONGEST_BOUNDS and len(held.steps) == 1:
        yield Line(say("lowest", sum=_written(held.lowest)), 2)
        yield Line(say("highest", sum=_written(held.highest)), 2)
    if held.allowance:
        words = {"low": number(low - held.allowance), "high": number(high + held.allowance)}
        yield Line(say("allowance", allowance=number(held.allowance), **words), 1)


def _compared(held: Sum, say: Say) -> Iterator[Line]:
    if held.printed is None or held.stands_for is None:
        return
    low, high = (number(end) for end in held.stands_for)
    yield Line(say("compared", printed=points(held.printed), low=low, high=high), 1)
    if held.verdict == "differs":
        difference = number(abs(held.difference or Decimal(0)))
        yield Line(say("differs", difference=difference, gap=number(held.gap)), 1)
    else:
        yield Line(say("agrees"), 1)


def fitting_section(found: Explanation, language: Language, say: Say) -> Iterator[Line]:
    """Which value would agree with the other scores."""
    wrong = any(held.verdict == "differs" for held in found.sums)
    if not wrong or not found.places:
        return
    fitting = found.fitting
    if fitting is None:
        yield Line(say("fits-none", what=score_name(found.places[0].key, language)))
        return
    what = score_name(fitting.key, language)
    yield Line(say("fits", what=what, values=_printable(fitting, language, say)))
    if found.checks or not fitting.all_hold:
        yield Line(say("fits-all" if fitting.all_hold else "fits-some"))


def _printable(fitting: Fitting, language: Language, say: Say) -> str:
    """The values that would do: named where they are few."""
    step = Decimal(1).scaleb(-decimals_of(fitting.low))
    count = int((fitting.high - fitting.low) / step) + 1
    if count > _MOST_VALUES:
        return say("range", low=points(fitting.low), high=points(fitting.high))
    values = (points(fitting.low + step * place) for place in range(count))
    return say("value", values=phrase("or", language).join(values))


def checks_section(found: Explanation, language: Language, say: Say) -> Iterator[Line]:
    """What else is computed with the score, and whether it agrees."""
    for check in found.checks:
        words = {
            "how": sentence(computed_by(check.rule, check.target, check.parts, language)),
            "printed": "–" if check.printed is None else points(check.printed),
            "computed": number(check.computed.quantize(Decimal("0.0001"))),
            "verdict": say(f"verdict-{check.verdict}") + _then(check, say),
        }
        yield Line(say("check", **words))


def _then(check: Check, say: Say) -> str:
    """What becomes of another equation with the fitting value, where that changes."""
    if check.with_fitting is None or check.with_fitting == (check.verdict == "agrees"):
        return ""
    return say("then-agrees" if check.with_fitting else "then-differs")

"""Scores that do not follow from the scores that they are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from parsers.model import Level
from pipeline.audit.case import SetCase
from pipeline.audit.causes import Cause
from pipeline.audit.drafts import Context, Draft, in_both, score_ids
from pipeline.audit.explain.evidence import years_of_value
from pipeline.audit.quantities import level_of
from pipeline.audit.wording import (
    Language,
    code_list,
    how,
    how_solved,
    phrase,
    points,
    subject,
)

__all__ = ["indicator_differs", "instrument_differs", "subindicator_differs", "total_differs"]

_CENT = Decimal("0.01")

Rule = Callable[[Context, Sequence[Draft]], Iterator[Draft]]


def _differs(slug: str, level: Level) -> Rule:
    def rule(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
        for held, cause in context.causes:
            if cause.exchanged is None and _level(cause) == level:
                yield _draft(slug, context, held, cause)

    return rule


total_differs = _differs("total-differs", "total")
instrument_differs = _differs("instrument-differs", "instrument")
indicator_differs = _differs("indicator-differs", "indicator")
subindicator_differs = _differs("subindicator-differs", "subindicator")


def _level(cause: Cause) -> Level:
    """The level that a cause is spoken of: a question's is that of what it makes up."""
    level = level_of(cause.key.code)
    return level_of(cause.main.template.target.code) if level == "question" else level


def _draft(slug: str, context: Context, held: SetCase, cause: Cause) -> Draft:
    values = held.choice.values
    own = values[cause.key]
    expected = cause.expected.quantize(_CENT)
    difference = (own.value - cause.expected).quantize(Decimal("0.0001"))
    inputs = [
        values[part].scores[0]
        for result in cause.failing
        if result.equation
        for part in (result.equation.target, *result.equation.parts)
    ]

    def words(language: Language) -> dict[str, str]:
        return {
            "what": subject(held, cause.key, language),
            "printed": points(own.value),
            "page": str(own.scores[0].page),
            "how": _how(held, cause, language),
            "expected": points(expected),
            "difference": points(abs(difference).quantize(_CENT)),
            "hint": _hint(cause, language) + _other_year(context, held, cause, language),
        }

    return Draft(
        rule=slug,
        held=held,
        key=cause.key,
        page=own.scores[0].page,
        box=own.scores[0].box,
        evidence=score_ids(own.scores[:1], inputs),
        words=in_both(words),
        printed=str(own.value),
        expected=points(expected),
        difference=difference,
        severity=None if cause.large and cause.certain_rule else "note",
        cause=cause,
    )


def _how(held: SetCase, cause: Cause, language: Language) -> str:
    equation = cause.main.equation
    if equation is not None and equation.target == cause.key:
        as_printed = cause.main.computed
        apart = as_printed is not None and abs(as_printed - cause.expected) > _CENT
        mended = phrase("others-put-right", language) if apart else ""
        return how(held, equation, language) + mended
    others = dict.fromkeys(result.template.target.code for result in cause.failing)
    return how_solved(others, language)


def _hint(cause: Cause, language: Language) -> str:
    hint = _part(cause, language)
    also = dict.fromkeys(result.template.target.code for result in cause.failing)
    also.pop(cause.key.code, None)
    if also and not cause.parts_suspected:
        hint += phrase("also-fails", language, codes=code_list(also))
    if not cause.certain_rule:
        hint += phrase("rule-inferred", language)
    return hint


def _part(cause: Cause, language: Language) -> str:
    """Which of the parts is to be suspected, where any is."""
    if cause.culprit is None:
        return phrase("part-suspected", language) if cause.parts_suspected else ""
    key, value = cause.culprit
    if value is None:
        return phrase("question-suspected", language, code=key.code)
    return phrase("question-should-be", language, code=key.code, expected=points(value))


def _other_year(context: Context, held: SetCase, cause: Cause, language: Language) -> str:
    """That what is printed is the document's value for another year, where just one is."""
    keys = dict.fromkeys([cause.key, *cause.alternatives])
    found = [(key, other) for key in keys for other in years_of_value(context.case, held, key)]
    own = [entry for entry in found if entry[0] == cause.key] or found
    if len({key for key, _ in own}) != 1:
        return ""
    key, year = own[0]
    value = points(held.choice.values[key].value)
    return phrase("value-of-other-year", language, code=key.code, value=value, year=str(year))

"""Scores outside of what their scale allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.audit.case import SetCase
from pipeline.audit.causes import solution
from pipeline.audit.drafts import Context, Draft, in_both, score_ids
from pipeline.audit.interval import decimals_of
from pipeline.audit.quantities import Candidate, Key
from pipeline.audit.wording import Language, phrase, points, subject

__all__ = ["out_of_range"]

_FULL = Decimal(100)
_CENT = Decimal("0.01")


def out_of_range(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """Percentages outside 0 to 100, weighted scores above their weight.

    Such a number is certainly the wrong one: it takes the place of every finding that it
    alone may have caused.
    """
    for held in context.case.sets:
        for key, quantity in held.scores.quantities.items():
            limit = _limit(held, key)
            for candidate in quantity.candidates:
                if limit is not None and not _within(candidate.value, limit):
                    yield _draft(context, held, key, candidate, limit, found)


def _limit(held: SetCase, key: Key) -> Decimal | None:
    if key.scale == "percent":
        return _FULL
    weight = held.rules.weight(key.code)
    return None if weight is None else _FULL * weight.numerator / weight.denominator


def _within(value: Decimal, limit: Decimal) -> bool:
    return 0 <= value <= limit


def _draft(
    context: Context,
    held: SetCase,
    key: Key,
    candidate: Candidate,
    limit: Decimal,
    found: Sequence[Draft],
) -> Draft:
    causes = [d for d in found if d.held is held and key in d.suspects]
    expected = _expected(context, held, key, candidate, limit)
    score = candidate.scores[0]

    def words(language: Language) -> dict[str, str]:
        hint = phrase("should-be", language, expected=points(expected)) if expected else ""
        return {
            "what": subject(held, key, language),
            "printed": points(candidate.value),
            "page": str(score.page),
            "limit": points(limit),
            "hint": hint,
        }

    evidence = score_ids(candidate.scores)
    for draft in causes:
        evidence = tuple(dict.fromkeys((*evidence, *draft.evidence)))
    return Draft(
        rule="out-of-range",
        held=held,
        key=key,
        page=score.page,
        box=score.box,
        evidence=evidence,
        words=in_both(words),
        printed=str(candidate.value),
        expected=None if expected is None else points(expected),
        difference=None if expected is None else candidate.value - expected,
        replaces=tuple(causes),
    )


def _expected(
    context: Context, held: SetCase, key: Key, candidate: Candidate, limit: Decimal
) -> Decimal | None:
    """Another printed value of the same score, or the one that the equations call for."""
    others = held.scores.quantities[key].candidates
    for other in others:
        if other is not candidate and _within(other.value, limit):
            return other.value
    for owner, cause in context.causes:
        if owner is held and key in cause.suspects:
            common = solution(cause.main, key, held)
            value = common.middle.quantize(_CENT.scaleb(2 - max(2, decimals_of(candidate.value))))
            return value if _within(value, limit) else None
    return None

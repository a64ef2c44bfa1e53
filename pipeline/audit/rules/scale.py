"""Scores outside of what their scale allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.audit.case import SetCase
from pipeline.audit.causes import Cause, solution
from pipeline.audit.drafts import Context, Draft, in_both, score_ids
from pipeline.audit.quantities import Candidate, Key
from pipeline.audit.wording import Language, phrase, points, subject

__all__ = ["out_of_range"]

_FULL = Decimal(100)
_NOTHING = Decimal(0)
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
                    yield _draft(held, key, candidate, limit, found)


def _limit(held: SetCase, key: Key) -> Decimal | None:
    if key.scale == "percent":
        return _FULL
    weight = held.rules.weight(key.code)
    return None if weight is None else _FULL * weight.numerator / weight.denominator


def _within(value: Decimal, limit: Decimal) -> bool:
    return 0 <= value <= limit


def _draft(
    held: SetCase, key: Key, candidate: Candidate, limit: Decimal, found: Sequence[Draft]
) -> Draft:
    explained = [d for d in found if d.held is held and _explains(held, key, limit, d)]
    expected = _expected(held, key, candidate, limit, explained)
    score = candidate.scores[0]

    def words(language: Language) -> dict[str, str]:
        hint = "" if expected is None else points(expected)
        return {
            "what": subject(held, key, language),
            "printed": points(candidate.value),
            "page": str(score.page),
            "limit": points(limit),
            "hint": hint and phrase("should-be", language, expected=hint),
        }

    evidence = [*score_ids(candidate.scores), *(i for d in explained for i in d.evidence)]
    return Draft(
        rule="out-of-range",
        held=held,
        key=key,
        page=score.page,
        box=score.box,
        evidence=tuple(dict.fromkeys(evidence)),
        words=in_both(words),
        printed=str(candidate.value),
        expected=None if expected is None else points(expected),
        difference=None if expected is None else candidate.value - expected,
        replaces=tuple(explained),
    )


def _explains(held: SetCase, key: Key, limit: Decimal, draft: Draft) -> bool:
    """Whether this score alone may be why an earlier rule found something."""
    if draft.cause is None:
        return draft.key == key and draft.rule == "printed-twice-differs"
    if key not in draft.cause.suspects:
        return False
    fitting = solution(draft.cause.main, key, held)
    return fitting.low <= limit and fitting.high >= 0


def _solved(held: SetCase, key: Key, cause: Cause, limit: Decimal) -> Decimal:
    """What the equations call for; rounding may put its middle a hundredth outside."""
    middle = solution(cause.main, key, held).middle
    return min(max(middle, _NOTHING), limit).quantize(_CENT)


def _expected(
    held: SetCase,
    key: Key,
    candidate: Candidate,
    limit: Decimal,
    explained: Sequence[Draft],
) -> Decimal | None:
    """Another printed value of the same score, or the one that the equations call for."""
    for other in held.scores.quantities[key].candidates:
        if other is not candidate and _within(other.value, limit):
            return other.value
    solved = (_solved(held, key, draft.cause, limit) for draft in explained if draft.cause)
    return next(solved, None)

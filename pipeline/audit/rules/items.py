"""Scores of OIT items that the assessment does not give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.audit.case import SetCase
from pipeline.audit.causes import Cause, solution
from pipeline.audit.drafts import Context, Draft, in_both, score_ids
from pipeline.audit.quantities import Candidate, Key
from pipeline.audit.wording import Language, phrase, points, subject

__all__ = ["item_score_not_allowed"]

_FULL = Decimal(100)
# So many items of other values, and half of all: the list is on a scale of its own.
_A_SCALE = 4
# What these say of the same score is the same fault, said better.
_SAID_BETTER = frozenset({"out-of-range", "single-digit", "swapped-cells", "code-duplicated"})


def item_score_not_allowed(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """Items with a score between those that the year knows (0 and 100, from FY2568 also 50).

    Where such a score is also why the arithmetic fails, it takes that finding's place.
    """
    for held in context.case.sets:
        year = held.rules.year
        allowed = frozenset(year.item_scores) if year else frozenset()
        if year is None or not allowed:
            continue
        items = [
            (key, candidate)
            for key, quantity in held.scores.quantities.items()
            if key.code[:1] == "o" and year.knows(key.code)
            for candidate in quantity.candidates
        ]
        odd = [(key, c) for key, c in items if c.value not in allowed and 0 <= c.value <= _FULL]
        if len(odd) >= _A_SCALE and 2 * len(odd) >= len(items):
            continue
        said = {draft.key for draft in found if draft.held is held and draft.rule in _SAID_BETTER}
        inferred = year.certainty.item_scores != "certain"
        for key, candidate in odd:
            if key not in said:
                yield _draft(held, key, candidate, sorted(allowed), found, inferred)


def _draft(
    held: SetCase,
    key: Key,
    candidate: Candidate,
    allowed: Sequence[Decimal],
    found: Sequence[Draft],
    inferred: bool,
) -> Draft:
    explained = [
        draft for draft in found if draft.held is held and _explains(held, key, allowed, draft)
    ]
    fitting = {v for d in explained if d.cause for v in allowed if _fits(held, key, v, d.cause)}
    expected = fitting.pop() if len(fitting) == 1 else None
    score = candidate.scores[0]

    def words(language: Language) -> dict[str, str]:
        fits = "" if expected is None else points(expected)
        return {
            "what": subject(held, key, language),
            "printed": points(candidate.value),
            "page": str(score.page),
            "allowed": phrase("or", language).join(map(str, allowed)),
            "hint": fits and phrase("should-be", language, expected=fits),
        }

    evidence = [*score_ids(candidate.scores), *(i for d in explained for i in d.evidence)]
    worst = any(draft.severity is None for draft in explained)
    return Draft(
        rule="item-score-not-allowed",
        held=held,
        key=key,
        page=score.page,
        box=score.box,
        evidence=tuple(dict.fromkeys(evidence)),
        words=in_both(words),
        printed=str(candidate.value),
        expected=None if expected is None else points(expected),
        difference=None if expected is None else candidate.value - expected,
        severity="error" if worst else "note" if inferred else None,
        replaces=tuple(explained),
    )


def _explains(held: SetCase, key: Key, allowed: Sequence[Decimal], draft: Draft) -> bool:
    """Whether this item alone, with an allowed score, would leave nothing to find."""
    cause = draft.cause
    if cause is None or key not in cause.suspects:
        return False
    return any(_fits(held, key, value, cause) for value in allowed)


def _fits(held: SetCase, key: Key, value: Decimal, cause: Cause) -> bool:
    """Whether every equation that fails holds with another score of this item."""
    return all(
        low <= value <= high
        for low, high in (solution(result, key, held) for result in cause.failing)
    )

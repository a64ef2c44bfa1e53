"""Scores that were not read, or read only with the help of the arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from parsers.model import Score
from pipeline.audit.case import Case, SetCase
from pipeline.audit.drafts import Context, Draft, in_both
from pipeline.audit.quantities import key_of
from pipeline.audit.readings import READ_BY_ARITHMETIC
from pipeline.audit.wording import Language, phrase, points, subject

__all__ = ["read_by_arithmetic", "unread"]


def unread(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """Every printed score that no number could be made of."""
    scores = [score for score in context.case.report.scores if score.value is None]
    sets = _sets_by_score(context.case) if scores else {}
    for score in scores:
        yield _draft("unread", sets.get(score.score_id), score, None)


def read_by_arithmetic(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """Scores of which several readings were possible and one fits the others."""
    scores = [s for s in context.case.report.scores if s.value_rule == READ_BY_ARITHMETIC]
    sets = _sets_by_score(context.case) if scores else {}
    for score in scores:
        assert score.value is not None  # or it would not have been read
        yield _draft(READ_BY_ARITHMETIC, sets.get(score.score_id), score, points(score.value))


def _sets_by_score(case: Case) -> Mapping[str, SetCase]:
    return {score.score_id: held for held in case.sets for score in held.scores.scores}


def _draft(rule: str, held: SetCase | None, score: Score, expected: str | None) -> Draft:
    key = key_of(score) if held else None

    def words(language: Language) -> dict[str, str]:
        named = subject(held, key, language) if held and key else phrase("a-score", language)
        told = {"what": named, "printed": score.value_printed, "page": str(score.page)}
        return told if expected is None else {**told, "expected": expected}

    return Draft(
        rule=rule,
        held=held,
        key=key,
        page=score.page,
        box=score.box,
        evidence=(score.score_id,),
        words=in_both(words),
        printed=score.value_printed,
        expected=expected,
        year_be=score.year_be,
    )

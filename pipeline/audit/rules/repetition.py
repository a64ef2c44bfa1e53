"""One quantity printed with two values in one document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parsers.model import Score
from pipeline.audit.case import SetCase
from pipeline.audit.drafts import Context, Draft, in_both, score_ids
from pipeline.audit.quantities import Candidate, Quantity
from pipeline.audit.wording import Language, phrase, points, subject

__all__ = ["printed_twice_differs"]

_VERDICTS = {
    "arithmetic": "arithmetic-decides",
    "majority": "majority-decides",
    "place": "nothing-decides",
}


def printed_twice_differs(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """Every quantity with several values, unless a duplicated code is the reason."""
    explained = {(draft.held, draft.key) for draft in found if draft.rule == "code-duplicated"}
    for held in context.case.sets:
        for key, quantity in held.scores.quantities.items():
            if len(quantity.candidates) > 1 and (held, key) not in explained:
                yield _draft(held, quantity)


def _draft(held: SetCase, quantity: Quantity) -> Draft:
    chosen = held.choice.values[quantity.key]
    against = [other for other in quantity.candidates if other is not chosen]
    doubted = against[0].scores[0]
    reason = held.choice.reasons[quantity.key]

    def words(language: Language) -> dict[str, str]:
        return {
            "what": subject(held, quantity.key, language),
            "places": ", ".join(_places((*against, chosen), language)),
            "verdict": phrase(_VERDICTS[reason], language, expected=points(chosen.value)),
        }

    return Draft(
        rule="printed-twice-differs",
        held=held,
        key=quantity.key,
        page=doubted.page,
        box=doubted.box,
        evidence=score_ids(*(other.scores for other in against), chosen.scores),
        words=in_both(words),
        printed=str(against[0].value),
        expected=str(chosen.value),
        difference=against[0].value - chosen.value,
    )


def _places(candidates: Sequence[Candidate], language: Language) -> Iterator[str]:
    for candidate in candidates:
        pages = dict.fromkeys(str(score.page) for score in _by_page(candidate.scores))
        yield phrase("place", language, value=points(candidate.value), page=", ".join(pages))


def _by_page(scores: Sequence[Score]) -> list[Score]:
    return sorted(scores, key=lambda score: score.page)

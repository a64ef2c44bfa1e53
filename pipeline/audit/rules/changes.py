"""Sentences about the difference between two years that does not lie between their scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from parsers.model import Claim
from pipeline.audit.case import SetCase
from pipeline.audit.drafts import Context, Draft, in_both, score_ids
from pipeline.audit.interval import Interval, printed_interval
from pipeline.audit.quantities import Candidate, Key
from pipeline.audit.said import within_reach
from pipeline.audit.wording import Language, phrase, points

__all__ = ["changes"]

# Each of the two scores was rounded, and the difference once more.
_ROUNDED = Decimal("0.01")


class _Pair(NamedTuple):
    """The scores of one code in two years."""

    later: SetCase
    earlier: SetCase
    key: Key

    @property
    def printed(self) -> tuple[Candidate, Candidate]:
        """The later and the earlier score."""
        return self.later.choice.values[self.key], self.earlier.choice.values[self.key]


def changes(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """Differences that no scores of the two years have between them.

    A score that something else is wrong with decides nothing.
    """
    doubted = {(draft.held, draft.key) for draft in found}
    for claim in context.case.report.claims:
        if claim.kind != "change":
            continue
        pairs = list(_pairs(claim, context))
        if not pairs or any((held, p.key) in doubted for p in pairs for held in p[:2]):
            continue
        if not any(_fits(claim.values[0], pair) for pair in pairs):
            yield _draft(claim, pairs[0])


def _pairs(claim: Claim, context: Context) -> Iterator[_Pair]:
    key = Key(claim.codes[0])
    own = [s for s in context.case.sets if s.scores.agency_name_printed is None]
    held = [s for s in own if key in s.choice.values]
    later = [s for s in held if s.scores.year_be == claim.year_be]
    earlier = [s for s in held if s.scores.year_be == claim.than_year_be]
    for now, then in product(later, earlier):
        yield _Pair(now, then, key)


def _fits(change: Decimal, pair: _Pair) -> bool:
    """Whether the change is the difference, or the number is the earlier score itself."""
    code = pair.key.code
    now, then = within_reach(pair.later)[code], within_reach(pair.earlier)[code]
    difference = Interval(now.low - then.high, now.high - then.low).widened(_ROUNDED)
    if not difference.gap(printed_interval(change)):
        return True
    return not then.gap(printed_interval(abs(change)))


def _draft(claim: Claim, pair: _Pair) -> Draft:
    now, then = pair.printed
    change = claim.values[0]
    difference = now.value - then.value

    def words(language: Language) -> dict[str, str]:
        return {
            "said": claim.printed,
            "page": str(claim.page),
            "of": "",
            "against": phrase(
                "claim-change",
                language,
                code=claim.codes[0],
                year=str(claim.year_be),
                now=points(now.value),
                former=str(claim.than_year_be),
                then=points(then.value),
                difference=f"{difference:+.2f}",
            ),
        }

    return Draft(
        rule="claim-differs",
        held=pair.later,
        key=pair.key,
        page=claim.page,
        box=claim.box,
        evidence=score_ids(now.scores[:1], then.scores[:1]),
        words=in_both(words),
        printed=f"{change:+}",
        expected=f"{difference:+.2f}",
        difference=change - difference,
    )

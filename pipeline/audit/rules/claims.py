"""Sentences about several scores that do not fit the tables, and shares and marks in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from parsers.model import Claim, Score
from parsers.reading.shares import is_share
from pipeline.audit.case import SetCase
from pipeline.audit.drafts import Context, Draft, in_both, score_ids
from pipeline.audit.quantities import Candidate, Key, level_of
from pipeline.audit.rules.changes import changes
from pipeline.audit.said import Contradiction, agencies_counted, contradiction, within_reach
from pipeline.audit.sets import renumbered
from pipeline.audit.wording import Language, phrase, points, tail
from pipeline.audit.year import year_rules

__all__ = ["claim_differs", "count_percent_differs", "threshold_differs"]

_LONGEST_QUOTE = 160
_MOST_NAMED = 6
_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")


# ---- claim-differs ----------------------------------------------------------------------------


def claim_differs(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """Claims that fit no set of scores of their year and agency.

    A wrong sentence about a range prints wrong scores too: it takes the place of the
    findings that these gave, unless something besides such sentences bears them out.
    """
    ambiguous = renumbered(context.case.report.scores) if context.case.report.claims else ()
    claims = [c for c in context.case.report.claims if not set(c.codes) & set(ambiguous)]
    if not claims:
        return
    yield from changes(context, found)
    yield from _ranges([c for c in claims if c.scores], context, found)
    marks = tuple({c.values[0] for c in claims if c.kind == "threshold" and c.values})
    said: set[tuple[object, ...]] = set()
    for claim in claims:
        content = (claim.kind, claim.codes, claim.count, claim.values, claim.year_be)
        if content in said or _continues(claim, said):
            continue
        wrong = _refuted(claim, context, marks)
        if wrong is not None:
            said.add(content)
            yield _draft(claim, *wrong)


def _continues(claim: Claim, said: Iterable[tuple[object, ...]]) -> bool:
    """Whether the claim of a runner-up begins with a winner that is wrong already."""
    if claim.kind not in ("highest", "lowest"):
        return False
    return any(old[0] == claim.kind and old[1] == claim.codes[:1] for old in said)


def _refuted(
    claim: Claim, context: Context, marks: Sequence[Decimal]
) -> tuple[SetCase, Contradiction] | None:
    """What contradicts a claim; None if it fits one of the sets it may speak of."""
    if claim.level == "total":
        return _agencies(claim, context, marks)
    first: tuple[SetCase, Contradiction] | None = None
    for held in context.case.sets:
        scores = held.scores
        if (scores.agency_name_printed, scores.year_be) != (
            claim.agency_name_printed,
            claim.year_be,
        ):
            continue
        if claim.scores and not _tabled(held, claim):
            continue
        causes = [cause for among, cause in context.causes if among is held]
        verdict = contradiction(claim, held, causes, marks)
        if verdict is True:
            return None
        if isinstance(verdict, Contradiction) and first is None:
            first = held, verdict
    return first


def _tabled(held: SetCase, claim: Claim) -> bool:
    """Whether a set prints codes of a sentence elsewhere than in sentences.

    Scores that contradict a table in most codes stand in a set by themselves; the sentence
    is held against the table all the same.
    """
    found = (held.scores.quantities.get(Key(code)) for code in claim.codes)
    return any(score.place != "sentence" for q in found if q for score in q.scores)


def _agencies(
    claim: Claim, context: Context, marks: Sequence[Decimal]
) -> tuple[SetCase, Contradiction] | None:
    """What contradicts a count of the agencies that the document lists."""
    listed = [
        held
        for held in context.case.sets
        if held.scores.agency_name_printed is not None
        and held.scores.year_be == claim.year_be
        and Key("ITA") in held.choice.values
    ]
    if not listed or listed[0].rules.pass_threshold is None:
        return None
    totals = [held.choice.values[Key("ITA")].interval for held in listed]
    verdict = agencies_counted(claim, totals, (listed[0].rules.pass_threshold, *marks))
    return (listed[0], verdict) if isinstance(verdict, Contradiction) else None


# ---- ranges -----------------------------------------------------------------------------------


def _ranges(claims: Sequence[Claim], context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """Sentences that give a range of codes its scores: what they print was read already."""
    doubted = [d for d in found if d.rule == "printed-twice-differs" and d.held and d.key]
    if not claims or not doubted:
        return
    by_score = {score_id: claim for claim in reversed(claims) for score_id in claim.scores}
    blamed: defaultdict[tuple[str, ...], list[Draft]] = defaultdict(list)
    for draft in doubted:
        candidate = _from_ranges(draft, by_score)
        if candidate is not None:
            first = min(candidate.scores, key=lambda s: claims.index(by_score[s.score_id]))
            blamed[by_score[first.score_id].scores].append(draft)
    for scores, drafts in blamed.items():
        yield _range_draft(by_score[scores[0]], drafts)


def _from_ranges(draft: Draft, by_score: Mapping[str, Claim]) -> Candidate | None:
    """The value that only sentences about ranges print, where nothing bears it out."""
    held, key = draft.held, draft.key
    if held is None or key is None:
        return None
    candidates = held.scores.quantities[key].candidates
    told = [c for c in candidates if all(s.score_id in by_score for s in c.scores)]
    others = [c for c in candidates if c not in told]
    if len(told) != 1 or len(others) != 1:
        return None
    if told[0] is held.choice.values[key] and held.choice.reasons[key] == "arithmetic":
        return None
    return told[0]


def _range_draft(claim: Claim, drafts: Sequence[Draft]) -> Draft:
    held = drafts[0].held
    keys = [draft.key for draft in drafts if draft.key is not None]
    if held is None:
        raise ValueError("a range is held against a set of scores")
    wrong, right = _own_and_other(held, keys[0], claim)
    evidence = [id_ for draft in drafts for id_ in draft.evidence]
    own = [id_ for id_ in claim.scores if id_ in set(evidence)]
    contrary = Contradiction(tuple(key.code for key in keys))
    return Draft(
        rule="claim-differs",
        held=held,
        key=keys[0],
        page=claim.page,
        box=claim.box,
        evidence=tuple(dict.fromkeys((*own, *evidence))),
        words=in_both(lambda language: _words(claim, held, contrary, language)),
        printed=str(wrong.value),
        expected=str(right.value),
        difference=wrong.value - right.value,
        replaces=tuple(drafts),
    )


def _own_and_other(held: SetCase, key: Key, claim: Claim) -> tuple[Candidate, Candidate]:
    """What the sentence prints for a code, and what the rest of the document prints."""
    candidates = held.scores.quantities[key].candidates
    own = next(c for c in candidates if any(s.score_id in claim.scores for s in c.scores))
    return own, next(c for c in candidates if c is not own)


# ---- the words --------------------------------------------------------------------------------


def _draft(claim: Claim, held: SetCase, wrong: Contradiction) -> Draft:
    codes = (*wrong.codes, *wrong.others)
    scores = [held.choice.values[Key(c)].scores[:1] for c in codes if Key(c) in held.choice.values]
    counted = wrong.number is not None
    printed, expected = _printed_and_expected(claim, held, wrong)
    return Draft(
        rule="claim-differs",
        held=None if claim.level == "total" else held,
        key=None if counted or not wrong.codes else Key(wrong.codes[0]),
        page=claim.page,
        box=claim.box,
        evidence=(*claim.scores, *score_ids(*scores)),
        words=in_both(lambda language: _words(claim, held, wrong, language)),
        printed=printed,
        expected=expected,
        difference=Decimal((claim.count or 0) - (wrong.number or 0)) if counted else None,
        year_be=claim.year_be,
    )


def _printed_and_expected(
    claim: Claim, held: SetCase, wrong: Contradiction
) -> tuple[str, str | None]:
    """What the sentence says and what it should: a count, a score, or who is on top."""
    if wrong.number is not None:
        return str(claim.count), str(wrong.number)
    if claim.kind == "each":
        values = claim.values if len(claim.values) > 1 else claim.values * len(claim.codes)
        own = dict(zip(claim.codes, values, strict=True))[wrong.codes[0]]
        return str(own), _value(held, wrong.codes[0])
    if wrong.others:
        return ", ".join(claim.codes), wrong.others[0]
    return claim.printed, None


def _words(claim: Claim, held: SetCase, wrong: Contradiction, language: Language) -> dict[str, str]:
    year = held.scores.year_be
    of_year = "" if year is None else phrase("of-year", language, year=str(year))
    return {
        "said": _quoted(claim.printed),
        "page": str(claim.page),
        "of": of_year if claim.level == "total" else tail(held, language),
        "against": _against(claim, held, wrong, language),
    }


def _quoted(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE].rstrip() + "…"


def _against(claim: Claim, held: SetCase, wrong: Contradiction, language: Language) -> str:
    scores = ", ".join(_named(held, code, claim, language) for code in wrong.codes[:_MOST_NAMED])
    if wrong.number is not None:
        name = "claim-passed" if claim.kind == "pass-count" else "claim-failed"
        mark, of = points(wrong.mark or Decimal(0)), str(wrong.of)
        said = phrase(name, language, mark=mark, number=str(wrong.number), of=of)
        return said + (phrase("claim-these", language, scores=scores) if scores else "")
    if wrong.others:
        name = "claim-above" if claim.kind == "highest" else "claim-below"
        others = ", ".join(_named(held, c, claim, language) for c in wrong.others[:_MOST_NAMED])
        return phrase(name, language, other=others, own=scores)
    if wrong.mark is not None:
        return phrase("claim-other-side", language, scores=scores, mark=points(wrong.mark))
    return scores


def _named(held: SetCase, code: str, claim: Claim, language: Language) -> str:
    """A code with the score that stands against the sentence, and where that is printed."""
    what = phrase(f"claim-{level_of(code)}", language, code=code)
    score = _score(held, code, claim)
    if score is None or score.value is None:
        value = _value(held, code) or "?"
        return phrase("claim-score-computed", language, what=what, value=value)
    page = str(score.page)
    return phrase("claim-score", language, what=what, value=points(score.value), page=page)


def _score(held: SetCase, code: str, claim: Claim) -> Score | None:
    """The printed score of a code that the sentence itself does not print."""
    quantity = held.scores.quantities.get(Key(code))
    candidates = quantity.candidates if quantity else ()
    if not candidates:
        return None
    own = set(claim.scores)
    for candidate in (held.choice.values[Key(code)], *candidates):
        if not own or not any(score.score_id in own for score in candidate.scores):
            return candidate.scores[0]
    return candidates[0].scores[0]


def _value(held: SetCase, code: str) -> str | None:
    chosen = held.choice.values.get(Key(code))
    if chosen is not None:
        return points(chosen.value)
    reach = within_reach(held).get(code)
    return points(reach.middle.quantize(_CENT)) if reach else None


# ---- count-percent-differs --------------------------------------------------------------------


def count_percent_differs(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """Percentages that are not the share of the counts printed with them."""
    for claim in context.case.report.claims:
        if claim.kind != "share" or not claim.of or claim.count is None:
            continue
        if not is_share(claim.count, claim.of, claim.values[0]):
            yield _share_draft(claim, claim.count, claim.of)


def _share_draft(claim: Claim, count: int, of: int) -> Draft:
    share = points((_HUNDRED * count / of).quantize(_CENT))
    printed = str(claim.values[0])
    words = {
        "said": _quoted(claim.printed),
        "page": str(claim.page),
        "percent": printed,
        "count": f"{count:,}",
        "whole": f"{of:,}",
        "share": share,
    }
    return Draft(
        rule="count-percent-differs",
        held=None,
        key=None,
        page=claim.page,
        box=claim.box,
        evidence=(),
        words=in_both(lambda language: words),
        printed=printed,
        expected=share,
        difference=claim.values[0] - Decimal(share),
        year_be=claim.year_be,
    )


# ---- threshold-differs ------------------------------------------------------------------------


def threshold_differs(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """Pass marks in the text that are not the year's; each wrong mark once."""
    identity = context.case.report.identity
    scheme = identity.scheme if identity else None
    told: set[tuple[int | None, Decimal]] = set()
    for claim in context.case.report.claims:
        if claim.kind != "threshold":
            continue
        rule = year_rules(claim.year_be, scheme).pass_threshold
        mark = claim.values[0]
        if rule is not None and mark != rule and (claim.year_be, mark) not in told:
            told.add((claim.year_be, mark))
            yield _mark_draft(claim, mark, rule)


def _mark_draft(claim: Claim, mark: Decimal, rule: Decimal) -> Draft:
    def words(language: Language) -> dict[str, str]:
        year = str(claim.year_be)
        return {
            "said": _quoted(claim.printed),
            "page": str(claim.page),
            "printed": str(mark),
            "year": phrase("of-year", language, year=year) if claim.year_be else "",
            "expected": points(rule),
        }

    return Draft(
        rule="threshold-differs",
        held=None,
        key=None,
        page=claim.page,
        box=claim.box,
        evidence=(),
        words=in_both(words),
        printed=str(mark),
        expected=points(rule),
        difference=mark - rule,
        year_be=claim.year_be,
    )

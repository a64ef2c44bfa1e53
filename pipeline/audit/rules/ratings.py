"""Level words and pass marks that do not follow from the scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from parsers.knowledge.catalogue import RatingLevel
from parsers.model import Rating
from parsers.text.thai import clean
from pipeline.audit.case import Case, SetCase
from pipeline.audit.drafts import Context, Draft, in_both, score_ids
from pipeline.audit.interval import Interval
from pipeline.audit.quantities import Candidate, Key
from pipeline.audit.wording import Language, phrase, points, subject, tail

__all__ = ["borderline", "level_differs", "levels_printed", "pass_differs", "sets_of"]

_TOTAL = Key("ITA")
_NEAR = Decimal("0.005")
# So many levels for one total in one table are the scale, not a judgement.
_A_SCALE = 3
# A total printed without decimals is rounded too roughly to lie on a threshold.
_EXACT = Decimal("0.01")

Known = Mapping[str, Interval]


def sets_of(case: Case, ratings: Iterable[Rating]) -> Iterator[tuple[Rating, SetCase]]:
    """Each rating with the scores that it judges."""
    by_agency: defaultdict[str | None, list[SetCase]] = defaultdict(list)
    for held in case.sets:
        by_agency[held.scores.agency_name_printed].append(held)
    for rating in ratings:
        among = by_agency[rating.agency_name_printed]
        years = [s for s in among if rating.year_be in (None, s.scores.year_be)]
        if years:
            yield rating, min(years, key=lambda held: _distance(held, rating))


def _distance(held: SetCase, rating: Rating) -> int:
    """0 for scores of the rating's row, 1 for those of its table, 2 for others."""
    if rating.table_no is None:
        return 0
    rows = {s.row_no for s in held.scores.scores if s.table_no == rating.table_no}
    return 0 if rating.row_no in rows else 1 if rows else 2


# ---- level-differs --------------------------------------------------------------------------


def level_differs(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """Levels that neither the printed nor the recomputed scores allow.

    Where a score is wrong, the level may follow from the right one: that is no second fault.
    """
    printed = levels_printed(context.case.report.ratings)
    for rating, held in sets_of(context.case, printed):
        if held.rules.year is None:
            continue
        levels = held.rules.year.rating_levels
        if rating.rating not in {level.name for level in levels if level.min is not None}:
            continue
        readings = [known for known in _readings(held) if "ITA" in known]
        allowed = [possible_levels(levels, known) for known in readings]
        if allowed and not any(rating.rating in names for names in allowed):
            inferred = held.rules.year.certainty.levels != "certain"
            yield _level(held, rating, allowed[0], inferred)


def levels_printed(ratings: Sequence[Rating]) -> list[Rating]:
    """The levels of totals; a table that names three levels of one total explains the scale."""
    levels = [r for r in ratings if r.kind == "level" and r.code == "ITA"]
    words: defaultdict[tuple[object, ...], set[str]] = defaultdict(set)
    for rating in levels:
        words[_scale_of(rating)].add(rating.rating)
    return [r for r in levels if r.table_no is None or len(words[_scale_of(r)]) < _A_SCALE]


def _scale_of(rating: Rating) -> tuple[object, ...]:
    return (rating.table_no, rating.agency_name_printed, rating.year_be)


def _readings(held: SetCase) -> list[Known]:
    """What the scores may be: as printed, as recomputed, each disputed total by itself."""
    codes = ["ITA", "IIT", "EIT", "EIT1", "EIT2", "OIT"]
    printed = {code: score for code in codes if (score := _percent(held, code)) is not None}
    computed = {
        result.template.target.code: result.interval
        for result in held.evaluations
        if result.interval is not None and result.template.target in map(Key, codes)
    }
    readings: list[Known] = [{**computed, **printed}, {**printed, **computed}]
    total = held.scores.quantities.get(_TOTAL)
    for candidate in total.candidates if total else ():
        readings.append({**computed, **printed, "ITA": candidate.interval})
    return readings


def _percent(held: SetCase, code: str) -> Interval | None:
    """A printed score as a percentage, from its weighted share where only that is printed."""
    score = held.choice.values.get(Key(code))
    if score is not None:
        return score.interval
    share, weight = held.choice.values.get(Key(code, "weighted")), held.rules.weight(code)
    if share is None or not weight:
        return None
    low, high = share.interval
    return Interval(
        low * weight.denominator / weight.numerator, high * weight.denominator / weight.numerator
    )


def possible_levels(levels: Sequence[RatingLevel], known: Known) -> list[str]:
    """The levels that scores allow: several where rounding or a missing part decides.

    Args:
        levels: The levels of the year, best first.
        known: What each score may be, by code; `ITA` is the total.
    """
    names: list[str] = []
    for level in levels:
        fits = _fits(level, known)
        if fits is not False:
            names.append(level.name)
        if fits is True:
            break
    return names


def _fits(level: RatingLevel, known: Known) -> bool | None:
    """Whether a level's conditions hold; None where that cannot be said."""
    verdicts = [_reaches(known.get("ITA"), level.min)]
    every = level.every_instrument_min
    if every is not None:
        verdicts += [_reaches(known.get(code), every) for code in ("IIT", "OIT")]
        parts = [_reaches(known.get(code), every) for code in ("EIT1", "EIT2")]
        # The mean of both parts below the mark: one of them is below it.
        if _reaches(known.get("EIT"), every) is False:
            parts.append(False)
        verdicts += parts
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _reaches(score: Interval | None, mark: Decimal | None) -> bool | None:
    if score is None or mark is None:
        return None
    if score.high < mark:
        return False
    return True if score.low >= mark else None


def _level(held: SetCase, rating: Rating, allowed: Sequence[str], inferred: bool) -> Draft:
    keys = [Key(code) for code in ("ITA", "IIT", "EIT1", "EIT2", "EIT", "OIT")]
    known = {key: held.choice.values[key] for key in keys if key in held.choice.values}

    def words(language: Language) -> dict[str, str]:
        names = phrase("or", language).join(f"“{name}”" for name in allowed)
        written = [f"{key.code} {points(score.value)}" for key, score in known.items()]
        return {
            "of": tail(held, language),
            "printed": clean(rating.rating_printed).text,
            "page": str(rating.page),
            "scores": ", ".join([*_computed_total(held), *written]),
            "expected": names,
        }

    return Draft(
        rule="level-differs",
        held=held,
        key=_TOTAL,
        page=rating.page,
        box=rating.box,
        evidence=score_ids(*(score.scores[:1] for score in known.values())),
        words=in_both(words),
        printed=rating.rating_printed,
        expected=" / ".join(allowed),
        severity="note" if inferred else None,
    )


def _computed_total(held: SetCase) -> list[str]:
    """The total as it was computed, where the document does not print it."""
    found = (r.computed for r in held.evaluations if r.template.target == _TOTAL)
    computed = next((value for value in found if value is not None), None)
    if computed is None or _TOTAL in held.choice.values:
        return []
    return [f"ITA {points(computed.quantize(_EXACT))}"]


# ---- pass-differs ---------------------------------------------------------------------------


def pass_differs(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """Pass marks against scores on the other side of the threshold."""
    marks = [r for r in context.case.report.ratings if r.kind == "pass"]
    for rating, held in sets_of(context.case, marks):
        threshold = held.rules.pass_threshold
        if threshold is None:
            continue
        key = Key(rating.code)
        quantity = held.scores.quantities.get(key)
        candidates = quantity.candidates if quantity else ()
        if not candidates or any(_agrees(rating, c.interval, threshold) for c in candidates):
            continue
        if not any(_agrees(rating, i, threshold) for i in _computed(held, key)):
            yield _pass(held, rating, key, _in_row(candidates, rating), threshold)


def _agrees(rating: Rating, score: Interval, threshold: Decimal) -> bool:
    reaches = _reaches(score, threshold)
    return reaches is None or reaches == (rating.rating == "pass")


def _computed(held: SetCase, key: Key) -> Iterator[Interval]:
    """What a score should be where its printed value does not follow from its parts."""
    for result in held.evaluations:
        if result.template.target == key and result.verdict == "differs" and result.interval:
            yield result.interval


def _in_row(candidates: Sequence[Candidate], rating: Rating) -> Candidate:
    """The value that stands beside the mark."""
    for candidate in candidates:
        at = {(score.table_no, score.row_no) for score in candidate.scores}
        if rating.table_no is not None and (rating.table_no, rating.row_no) in at:
            return candidate
    return candidates[0]


def _pass(held: SetCase, rating: Rating, key: Key, score: Candidate, threshold: Decimal) -> Draft:
    passes = score.value >= threshold
    right = "pass" if passes else "fail"

    def words(language: Language) -> dict[str, str]:
        return {
            "what": subject(held, key, language),
            "printed": clean(rating.rating_printed).text,
            "page": str(rating.page),
            "score": points(score.value),
            "relation": phrase("above" if passes else "below", language),
            "threshold": points(threshold),
            "expected": phrase(right, language),
        }

    return Draft(
        rule="pass-differs",
        held=held,
        key=key,
        page=rating.page,
        box=rating.box,
        evidence=score_ids(score.scores[:1]),
        words=in_both(words),
        printed=rating.rating_printed,
        expected=phrase(right, "th"),
    )


# ---- borderline -----------------------------------------------------------------------------


def borderline(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """Totals, and instruments that a level hangs on, within 0.005 of a threshold.

    A score that is wrong anyway lies on no threshold.
    """
    doubted = {(draft.held, draft.key) for draft in found}
    for draft in _on_thresholds(context):
        if (draft.held, draft.key) not in doubted:
            yield draft


def _on_thresholds(context: Context) -> Iterator[Draft]:
    for held in context.case.sets:
        year = held.rules.year
        total = held.choice.values.get(_TOTAL)
        if year is None or total is None:
            continue
        marks = {level.min for level in year.rating_levels if level.min}
        for mark in sorted(marks):
            if _near(total, mark):
                yield _on_threshold(held, _TOTAL, total, mark)
        every = {level.every_instrument_min for level in year.rating_levels}
        for mark in sorted(m for m in every if m is not None and total.interval.high >= m):
            yield from _instruments_near(held, mark)


def _instruments_near(held: SetCase, mark: Decimal) -> Iterator[Draft]:
    """Instruments on a mark, where no other instrument fails it anyway."""
    keys = [Key(code) for code in ("IIT", "EIT1", "EIT2", "OIT")]
    known = {key: held.choice.values[key] for key in keys if key in held.choice.values}
    if any(score.interval.high < mark for score in known.values()):
        return
    for key, score in known.items():
        if _near(score, mark):
            yield _on_threshold(held, key, score, mark)


def _near(score: Candidate, mark: Decimal) -> bool:
    width = score.interval.high - score.interval.low
    return width <= _EXACT and abs(score.value - mark) <= _NEAR


def _on_threshold(held: SetCase, key: Key, score: Candidate, mark: Decimal) -> Draft:
    place = score.scores[0]

    def words(language: Language) -> dict[str, str]:
        return {
            "what": subject(held, key, language),
            "printed": points(score.value),
            "page": str(place.page),
            "threshold": points(mark),
        }

    return Draft(
        rule="borderline",
        held=held,
        key=key,
        page=place.page,
        box=place.box,
        evidence=score_ids(score.scores[:1]),
        words=in_both(words),
        printed=str(score.value),
    )

"""Levels in the words of another year's scale."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from parsers.knowledge.catalogue import catalogue, years
from parsers.model import Rating, Score
from parsers.text.thai import clean
from pipeline.audit.case import Case, SetCase
from pipeline.audit.drafts import Context, Draft, in_both
from pipeline.audit.quantities import Key
from pipeline.audit.rules.ratings import levels_printed, sets_of
from pipeline.audit.wording import Language, phrase, tail, year_list
from pipeline.audit.year import year_rules

__all__ = ["level_of_other_scale"]

_TOTAL = Key("ITA")
# A word of the new scale that every year also uses as a pass mark.
_AMBIGUOUS = frozenset({"ผ่าน"})
# A judgement of the line, or of the line before.
_LINE = 3.0


def level_of_other_scale(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """Letter grades in a year of words, or the reverse; once for every table.

    A document that explains both scales, or tells the years before, prints both rightly.
    """
    ratings = context.case.report.ratings
    odd = [
        rating
        for rating in (levels_printed(ratings) if ratings else ())
        if rating.rating not in _AMBIGUOUS and _is_odd(context.case, rating)
    ]
    by_place: defaultdict[tuple[object, ...], list[Rating]] = defaultdict(list)
    for rating in odd:
        place = rating.table_no if rating.table_no is not None else rating.rating_id
        by_place[place, rating.year_be].append(rating)
    for held in by_place.values():
        sets = {rating.rating_id: scores for rating, scores in sets_of(context.case, held)}
        yield _draft(sets.get(held[0].rating_id), held)


def _is_odd(case: Case, rating: Rating) -> bool:
    scheme = case.report.identity.scheme if case.report.identity else None
    year = year_rules(rating.year_be, scheme).year
    if year is None or any(level.name == rating.rating for level in year.rating_levels):
        return False
    of_years = _years_of().get(rating.rating, ())
    return bool(of_years) and _year_beside(case.report.scores, rating) not in of_years


def _year_beside(scores: Sequence[Score], rating: Rating) -> int | None:
    """The year of the total that a sentence names before its level."""
    if rating.place != "sentence":
        return None
    before = [
        score
        for score in scores
        if score.code == "ITA" and score.page == rating.page and score.place == "sentence"
        if score.box.top <= rating.box.top + _LINE
    ]
    nearest = max(before, key=lambda s: (s.box.top, s.box.x0), default=None)
    return nearest.year_be if nearest else None


@cache
def _years_of() -> Mapping[str, tuple[int, ...]]:
    """The years that know a level, by its name."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number in years():
        year = catalogue(number)
        for level in year.rating_levels if year else ():
            found[level.name].append(number)
    return {name: tuple(held) for name, held in found.items()}


def _draft(held: SetCase | None, ratings: Sequence[Rating]) -> Draft:
    first = ratings[0]
    year = first.year_be
    own = year_rules(year).year
    inferred = own is not None and own.certainty.levels != "certain"
    names = [level.name for level in own.rating_levels] if own else []

    def words(language: Language) -> dict[str, str]:
        more = len(ratings) - 1
        return {
            "of": tail(held, language) if held else phrase("of-year", language, year=str(year)),
            "printed": clean(first.rating_printed).text,
            "page": str(first.page),
            "years": year_list(_years_of()[first.rating], language),
            "levels": ", ".join(names),
            "more": phrase("more-of-table", language, count=str(more)) if more else "",
        }

    return Draft(
        rule="level-of-other-scale",
        held=held,
        key=_TOTAL if held else None,
        page=first.page,
        box=first.box,
        evidence=(),
        words=in_both(words),
        printed=first.rating_printed,
        severity="note" if inferred else None,
        year_be=year,
    )

"""Lists whose codes follow another fiscal year's numbering: the titles tell.

Questionnaires are numbered anew; the item that was o7 may be o5 the year after. A report that
takes its list from the year before prints every title under a code that now means something
else. Such a list is recognised as a whole: by titles that fit their codes in the other year
and not in their own. The audit then reads its codes as what they mean.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

from parsers.knowledge.catalogue import catalogue, years
from parsers.knowledge.fits import former_years, title_fit
from parsers.model import Report, Score
from parsers.reading.codes import code_prefix
from parsers.reading.plancodes import CERTAIN
from pipeline.audit.listed import Listed, listed, lists, one_line, referred

__all__ = ["OTHER_YEAR", "Numbering", "find_numberings", "find_strays", "renumbered"]

# The rule of a code that the audit read by another year's numbering.
OTHER_YEAR = "other-year"

# Titles that must fit the other year's codes and not their own, and how many may be the
# other way round for each of them.
_LEAST = 2
_PER_CONTRARY = 4
# Where the list of a year that is rightly followed is not known, one more, and a list so many
# years older than those known: numbers seldom return.
_MORE_IF_OPEN = 1
_OLDER_IF_OPEN = 2


@dataclass(frozen=True, slots=True)
class Numbering:
    """A list that follows another year.

    Attributes:
        places: The list; for plans of measures all tables that it was told from.
        prefixes: The letters of the codes that do (o, or i and e).
        years: The years whose numbering it may be, the nearest first.
        entries: The titles that tell, in the order of the list.
    """

    places: tuple[tuple[object, ...], ...]
    prefixes: tuple[str, ...]
    years: tuple[int, ...]
    entries: tuple[Listed, ...]

    def explains(self, entry: Listed) -> bool:
        """Whether a code stands in the list and is one of those that follow the other year."""
        return entry.place in self.places and code_prefix(entry.code) in self.prefixes

    def meant(self, code: str, year_be: int) -> str | None:
        """What a code of this list is called in a year; None where that year does not ask it."""
        other, own = catalogue(self.years[0]), catalogue(year_be)
        question = other.question(code) if other else None
        if question is None or own is None:
            return None
        same = (q.code for q in own.by_code.values() if q.concept == question.concept)
        return next((c for c in same if code_prefix(c) == code_prefix(code)), None)


# ---- which lists follow another year ---------------------------------------------------------


def find_numberings(report: Report) -> tuple[Numbering, ...]:
    """The lists of a document that follow another year's numbering."""
    kinds: defaultdict[object, list[Listed]] = defaultdict(list)
    for entry in listed(report):
        kinds["measures" if entry.place[0] == "measures" else entry.place].append(entry)
    return tuple(
        numbering
        for entries in kinds.values()
        if _may_follow_another(entries)
        for numbering in _of_kind(entries)
    )


def _of_kind(entries: Sequence[Listed]) -> Iterator[Numbering]:
    """The numbering of a list; of several plans each may follow a year of its own."""
    places: defaultdict[tuple[object, ...], list[Listed]] = defaultdict(list)
    for entry in entries:
        places[entry.place].append(entry)
    whole = _numbering(entries, contrary_allowed=False)
    if whole:
        yield whole
        return
    for held in places.values():
        if _may_follow_another(held):
            yield from _of_list(held)


def _may_follow_another(entries: Sequence[Listed]) -> bool:
    """Whether several codes do not fit, and for one of them the title clearly says so."""
    odd = [(entry, fit) for entry in entries if not (fit := entry.fit()).fits]
    clear = (fit.other or not _is_known(entry) for entry, fit in odd)
    return len(odd) >= _LEAST and any(clear)


def _is_known(entry: Listed) -> bool:
    years_of = (catalogue(year) for year in entry.years)
    return any(year is not None and year.knows(entry.code) for year in years_of)


def _of_list(entries: Sequence[Listed]) -> Iterator[Numbering]:
    """The list as a whole if nothing in it speaks against that, else each instrument of it."""
    whole = _numbering(entries, contrary_allowed=False)
    if whole:
        yield whole
        return
    by_prefix: defaultdict[str, list[Listed]] = defaultdict(list)
    for entry in entries:
        by_prefix[code_prefix(entry.code)].append(entry)
    for held in by_prefix.values():
        part = _numbering(held, contrary_allowed=True)
        if part:
            yield part


def _numbering(entries: Sequence[Listed], *, contrary_allowed: bool) -> Numbering | None:
    """The other year that explains the most titles, if it explains enough of them."""
    own = [entry.may_mean(*entry.years) for entry in entries]
    best: dict[int, tuple[int, tuple[Listed, ...]]] = {}
    for year in years():
        other = [entry.may_mean(year) for entry in entries]
        told = list(zip(own, other, entries, strict=True))
        speaking = tuple(entry for fits, fits_there, entry in told if fits_there and not fits)
        contrary = sum(fits and not fits_there for fits, fits_there, _ in told)
        if contrary and not contrary_allowed:
            continue
        if sum(entry.tells for entry in speaking) >= _needed(speaking, year, contrary):
            best[year] = (len(speaking) - contrary, speaking)
    if not best:
        return None
    most = max(score for score, _ in best.values())
    of = entries[0].years[0]
    equal = sorted((y for y, (score, _) in best.items() if score == most), key=_nearness(of))
    return _made(entries, equal, best[equal[0]][1])


def _needed(speaking: Sequence[Listed], year: int, contrary: int) -> float:
    """How many titles must speak for another year."""
    least = max(_LEAST, _PER_CONTRARY * contrary)
    if not any(entry.is_open for entry in speaking):
        return least
    known = (held for entry in speaking for held in entry.years if lists(held, entry.code))
    newest = max(known, default=0)
    return least + _MORE_IF_OPEN if year <= newest - _OLDER_IF_OPEN else inf


def _made(entries: Sequence[Listed], of: Sequence[int], speaking: Sequence[Listed]) -> Numbering:
    prefixes = tuple(dict.fromkeys(code_prefix(entry.code) for entry in speaking))
    places = tuple(dict.fromkeys(entry.place for entry in entries))
    return Numbering(places, prefixes, tuple(of), tuple(speaking))


def _nearness(of: int) -> Callable[[int], tuple[int, bool]]:
    """The nearest year first, the one before rather than the one after."""
    return lambda year: (abs(year - of), year > of)


# ---- single codes of another year ------------------------------------------------------------


def find_strays(report: Report, numberings: Sequence[Numbering]) -> tuple[Numbering, ...]:
    """Single codes with the title that they have in another year and not in their own.

    Those of one kind of place that one year explains are told together.

    Args:
        report: The document.
        numberings: Its lists that follow another year as a whole.
    """
    strays = [
        (entry, found)
        for entry in listed(report)
        if entry.sure and not any(numbering.explains(entry) for numbering in numberings)
        if (found := _years_elsewhere(entry))
    ]
    strays += [
        (entry, found)
        for entry in referred(report.advice)
        if (found := former_years(entry.title, entry.code, entry.years[0]))
    ]
    groups: list[tuple[list[Listed], set[int]]] = []
    for entry, found in strays:
        for held, shared in groups:
            if held[0].place[0] == entry.place[0] and shared & set(found):
                held.append(entry)
                shared &= set(found)
                break
        else:
            groups.append(([entry], set(found)))
    return tuple(
        _made(held, sorted(shared, key=_nearness(held[0].years[0])), held)
        for held, shared in groups
    )


def _years_elsewhere(entry: Listed) -> tuple[int, ...]:
    """The years in which a title that is clearly another question's has the code before it."""
    if entry.is_open or not entry.fit().other:
        return ()
    return tuple(
        year
        for year in years()
        if year not in entry.years and title_fit(entry.title, entry.code, year).fits
    )


# ---- what the codes mean ---------------------------------------------------------------------


def renumbered(scores: Sequence[Score], numberings: Sequence[Numbering]) -> tuple[Score, ...]:
    """The scores with the codes that they mean; one that its year does not ask has none."""
    tables = {place: n for n in numberings for place in n.places if place[0] in ("table", "list")}
    if not tables:
        return tuple(scores)
    return tuple(_meant(score, tables) for score in scores)


def _meant(score: Score, tables: Mapping[tuple[object, ...], Numbering]) -> Score:
    if score.level != "question" or not score.code or score.year_be is None:
        return score
    place = ("table", score.table_no) if score.table_no is not None else (score.place,)
    numbering = tables.get(place)
    if numbering is None or code_prefix(score.code) not in numbering.prefixes:
        return score
    if score.code_rule not in CERTAIN:
        return score
    title = one_line(score.label_printed)
    if title and title_fit(title, score.code, score.year_be).fits:
        return score
    code = numbering.meant(score.code, score.year_be)
    return replace(score, code=code or "", code_rule=OTHER_YEAR)

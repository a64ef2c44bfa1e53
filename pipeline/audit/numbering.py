"""Lists whose codes follow another fiscal year's numbering: the titles tell.

Questionnaires are numbered anew; the item that was o7 may be o5 the year after. A report that
takes its list from the year before prints every title under a code that now means something
else. Such a list is recognised as a whole: by titles that fit their codes in the other year
and not in their own. The audit then reads its codes as what they mean.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import regex

from parsers.knowledge.catalogue import catalogue, years
from parsers.knowledge.fits import TitleFit, title_fit, title_may_mean
from parsers.model import Advice, Measure, Report, Score
from parsers.reading.codes import candidates, code_prefix, find_code_groups, head_code
from parsers.text.thai import unwrap

__all__ = [
    "OTHER_YEAR",
    "Listed",
    "Numbering",
    "find_numberings",
    "listed",
    "referred",
    "renumbered",
]

# The rule of a code that the audit read by another year's numbering.
OTHER_YEAR = "other-year"

_CERTAIN = frozenset({"exact", "zero-for-o"})
# Titles that must fit the other year's codes and not their own, and how many may be the
# other way round for each of them.
_LEAST = 2
_PER_CONTRARY = 4
_LONGEST_TITLE = 200
_LONGEST_PHRASE = 90
_REFERENCE = regex.compile(r"\(\s*อ้างอิง(?:จาก|ตาม)?(?P<codes>[^()]{1,40})\)")
_MARKS = regex.compile(r"^[\s\-–•■▪●*.:)]+")

Records = Score | Advice | Measure


@dataclass(frozen=True, slots=True)
class Listed:
    """A code with the title that is printed after it.

    Attributes:
        place: What it is listed in: a table, the lists of the text, advice, measures.
        code: The code as printed.
        title: The title, in one line.
        years: Fiscal years whose numbering it may rightly follow, the likeliest first.
        page: Page.
        record: What it was read from.
    """

    place: tuple[object, ...]
    code: str
    title: str
    years: tuple[int, ...]
    page: int
    record: Records

    def fit(self) -> TitleFit:
        """How the title fits the code in the years that it may follow: the best of them."""
        fits = [title_fit(self.title, self.code, year) for year in self.years]
        return next((fit for fit in fits if fit.fits), fits[0])

    def may_mean(self, *years_be: int) -> bool:
        """Whether the title, whole or damaged, may be that of the code in one of the years."""
        return any(title_may_mean(self.title, self.code, year) for year in years_be)


@dataclass(frozen=True, slots=True)
class Numbering:
    """A list that follows another year.

    Attributes:
        place: The list.
        prefixes: The letters of the codes that do (o, or i and e).
        years: The years whose numbering it may be, the nearest first.
        entries: The titles that tell, in the order of the list.
    """

    place: tuple[object, ...]
    prefixes: tuple[str, ...]
    years: tuple[int, ...]
    entries: tuple[Listed, ...]

    def meant(self, code: str, year_be: int) -> str | None:
        """What a code of this list is called in a year; None where that year does not ask it."""
        other, own = catalogue(self.years[0]), catalogue(year_be)
        question = other.question(code) if other else None
        if question is None or own is None:
            return None
        same = (q.code for q in own.by_code.values() if q.concept == question.concept)
        return next((c for c in same if code_prefix(c) == code_prefix(code)), None)


# ---- what is listed -------------------------------------------------------------------------


def listed(report: Report) -> tuple[Listed, ...]:
    """Every code that a document prints with a title of its own."""
    return (*_of_scores(report.scores), *_of_advice(report.advice), *_of_measures(report))


def _of_scores(scores: Iterable[Score]) -> Iterator[Listed]:
    for score in scores:
        if score.level != "question" or score.place not in ("table", "list"):
            continue
        if score.code and score.code_rule in _CERTAIN and score.label_printed and score.year_be:
            place = ("table", score.table_no) if score.table_no is not None else ("list",)
            title = _one_line(score.label_printed)
            yield Listed(place, score.code, title, (score.year_be,), score.page, score)


def _of_advice(advice: Iterable[Advice]) -> Iterator[Listed]:
    for entry in advice:
        if entry.code and entry.code_rule in _CERTAIN and entry.label_printed and entry.year_be:
            title = _one_line(entry.label_printed)
            yield Listed(("advice",), entry.code, title, (entry.year_be,), entry.page, entry)


def referred(advice: Iterable[Advice]) -> Iterator[Listed]:
    """Items that a piece of advice refers to in brackets, with the words before them."""
    for entry in advice:
        begin = 0
        for match in _REFERENCE.finditer(entry.text):
            phrase = _one_line(entry.text[begin : match.start()])[-_LONGEST_PHRASE:]
            begin = match.end()
            for mention in find_code_groups(match["codes"]):
                if len(mention.codes) == 1 and entry.year_be:
                    years_be = (entry.year_be,)
                    yield Listed(("advice",), mention.codes[0], phrase, years_be, entry.page, entry)


def _of_measures(report: Report) -> Iterator[Listed]:
    """Codes at the head of lines of a plan: of the result that it answers, or of its own year."""
    result = report.identity.result_year_be if report.identity else None
    for measure in report.measures:
        plan = measure.year_be
        told = (result, plan, plan - 1 if plan else None)
        held = tuple(dict.fromkeys(year for year in told if year is not None))
        if not held:
            continue
        for text in (measure.issue_printed, measure.analysis, measure.measure):
            for code, title in _headed(text):
                yield Listed(("measures",), code, title, held, measure.page_first, measure)


def _headed(text: str) -> Iterator[tuple[str, str]]:
    for line in text.split("\n"):
        head = head_code(line)
        found = candidates(head.token) if head else []
        if head and found and found[0][1] in _CERTAIN:
            yield found[0][0], _MARKS.sub("", line[head.end :])[:_LONGEST_TITLE]


def _one_line(label: str) -> str:
    return " ".join(unwrap(label).split())


# ---- which lists follow another year ---------------------------------------------------------


def find_numberings(report: Report) -> tuple[Numbering, ...]:
    """The lists of a document that follow another year's numbering."""
    places: defaultdict[tuple[object, ...], list[Listed]] = defaultdict(list)
    for entry in listed(report):
        places[entry.place].append(entry)
    return tuple(
        numbering
        for entries in places.values()
        if _may_follow_another(entries)
        for numbering in _of_list(entries)
    )


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
        if len(speaking) >= max(_LEAST, _PER_CONTRARY * contrary):
            best[year] = (len(speaking) - contrary, speaking)
    if not best:
        return None
    most = max(score for score, _ in best.values())
    of = entries[0].years[0]
    equal = sorted((y for y, (score, _) in best.items() if score == most), key=_nearness(of))
    speaking = best[equal[0]][1]
    prefixes = tuple(dict.fromkeys(code_prefix(entry.code) for entry in speaking))
    return Numbering(entries[0].place, prefixes, tuple(equal), speaking)


def _nearness(of: int) -> Callable[[int], tuple[int, bool]]:
    """The nearest year first, the one before rather than the one after."""
    return lambda year: (abs(year - of), year > of)


# ---- what the codes mean ---------------------------------------------------------------------


def renumbered(scores: Sequence[Score], numberings: Sequence[Numbering]) -> tuple[Score, ...]:
    """The scores with the codes that they mean; one that its year does not ask has none."""
    tables = {n.place: n for n in numberings if n.place[0] in ("table", "list")}
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
    if score.code_rule not in _CERTAIN:
        return score
    title = _one_line(score.label_printed)
    if title and title_fit(title, score.code, score.year_be).fits:
        return score
    code = numbering.meant(score.code, score.year_be)
    return replace(score, code=code or "", code_rule=OTHER_YEAR)

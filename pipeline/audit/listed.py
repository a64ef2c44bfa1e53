"""Every code that a document prints with words of what it asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from parsers.knowledge.catalogue import catalogue
from parsers.knowledge.fits import TitleFit, title_fit, title_may_mean
from parsers.model import Advice, Box, Measure, Report, Score
from parsers.reading.codes import code_number
from parsers.reading.plancodes import CERTAIN
from parsers.text.thai import unwrap

__all__ = ["Listed", "listed", "lists", "one_line", "referred"]

Records = Score | Advice | Measure

# A number with so many digits is hardly the number of a row.
_NO_ROW = 10


@dataclass(frozen=True, slots=True)
class Listed:
    """A code with the title that is printed after it.

    Attributes:
        place: What it is listed in: a table, the lists of the text, advice, measures.
        code: The code as printed.
        title: The title, in one line.
        years: Fiscal years whose numbering it may rightly follow, the likeliest first.
        page: Page.
        box: Place of the code.
        record: What it was read from.
        sure: Whether the printed token alone is this code; else it took the title to tell.
    """

    place: tuple[object, ...]
    code: str
    title: str
    years: tuple[int, ...]
    page: int
    box: Box | None
    record: Records
    sure: bool = True

    @property
    def tells(self) -> bool:
        """Whether the number means something: it is no row's number by chance."""
        return self.sure or code_number(self.code) >= _NO_ROW

    @property
    def is_open(self) -> bool:
        """Whether it may follow a year whose questions are not known."""
        return not all(lists(year, self.code) for year in self.years)

    def fit(self) -> TitleFit:
        """How the title fits the code in the years that it may follow: the best of them."""
        fits = [title_fit(self.title, self.code, year) for year in self.years]
        return next((fit for fit in fits if fit.fits), fits[0])

    def may_mean(self, *years_be: int) -> bool:
        """Whether the title, whole or damaged, may be that of the code in one of the years."""
        return any(title_may_mean(self.title, self.code, year) for year in years_be)


def listed(report: Report) -> tuple[Listed, ...]:
    """Every code that a document prints with a title of its own."""
    return (*_of_scores(report.scores), *_of_advice(report.advice), *_of_measures(report))


def _of_scores(scores: Iterable[Score]) -> Iterator[Listed]:
    for score in scores:
        if score.level != "question" or score.place not in ("table", "list"):
            continue
        if score.code and score.code_rule in CERTAIN and score.label_printed and score.year_be:
            place = ("table", score.table_no) if score.table_no is not None else ("list",)
            title, own = one_line(score.label_printed), (score.year_be,)
            yield Listed(place, score.code, title, own, score.page, score.box, score)


def _of_advice(advice: Iterable[Advice]) -> Iterator[Listed]:
    for entry in advice:
        if entry.code and entry.code_rule in CERTAIN and entry.label_printed and entry.year_be:
            title, own = one_line(entry.label_printed), (entry.year_be,)
            yield Listed(("advice",), entry.code, title, own, entry.page, entry.box, entry)


def referred(advice: Iterable[Advice]) -> Iterator[Listed]:
    """Items that a piece of advice refers to in brackets, with the words before them."""
    for entry in advice:
        if entry.year_be is None:
            continue
        own, place = (entry.year_be,), ("reference",)
        for quote in entry.references:
            yield Listed(place, quote.code, quote.title, own, quote.page, quote.box, entry)


def _of_measures(report: Report) -> Iterator[Listed]:
    """Codes at the head of lines of a plan: of the result that it answers, or of its own year.

    The lists of the years around these count where they are known: a plan that is drawn up
    in the year after may go by the newest list.
    """
    result = report.identity.result_year_be if report.identity else None
    for measure in report.measures:
        plan = measure.year_be
        rightly = [year for year in (result, plan) if year is not None]
        near = [result + 1] if result else []
        near += [plan - 1] if plan else []
        for quote in measure.quotes if rightly else ():
            known = (year for year in near if lists(year, quote.code))
            held = tuple(dict.fromkeys((*rightly, *known)))
            sure, place = quote.rule in CERTAIN, ("measures", measure.table_no)
            yield Listed(place, quote.code, quote.title, held, quote.page, quote.box, measure, sure)


def lists(year_be: int, code: str) -> bool:
    """Whether the questions of a year are known among which a code stands."""
    year = catalogue(year_be)
    return year is not None and any(question.code[0] == code[0] for question in year.questions)


def one_line(label: str) -> str:
    """A title without its line breaks."""
    return " ".join(unwrap(label).split())

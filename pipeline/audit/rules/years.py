"""Years within one document that cannot all be right."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from parsers.model import Box, Mention, Report
from pipeline.audit.drafts import Context, Draft, in_both
from pipeline.audit.wording import Language, phrase

__all__ = ["year_conflict"]

_HEADINGS = ("title", "heading", "table")
_BUDDHIST = 543
_SHOWN = 80
# So many headings must agree before another one is called wrong.
_AGREEING = 2
# So many equal values of two years are one year's, printed twice.
_TELLING = 3
# Measures of the year before are followed up; older ones are left over from a copied text.
_OLDEST = 2
_FIRST_DAY = "10-01"


def year_conflict(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """A heading of another year than the rest, and what comes before its time."""
    report = context.case.report
    headings = [m for m in report.mentions if m.kind == "year" and m.role in _HEADINGS and m.of]
    if len({mention.name for mention in headings}) > 1 and not _of_several_years(report):
        yield from _odd_headings(report, headings)
    yield from _old_periods(report, headings)


def _of_several_years(report: Report) -> bool:
    """Whether headings of three years and more part a document into years."""
    years = {m.name for m in report.mentions if m.kind == "year" and m.of == "result" and m.context}
    return len(years) > 2


def _odd_headings(report: Report, headings: Sequence[Mention]) -> Iterator[Draft]:
    by_subject: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in headings:
        by_subject[mention.of].append(mention)
    for subject, held in by_subject.items():
        years = Counter(mention.name for mention in held)
        if len(years) != 2:
            continue
        for odd in [mention for mention in held if years[mention.name] == 1]:
            others = [mention for mention in held if mention.name != odd.name]
            if _is_wrong(report, subject, odd, others):
                yield _draft(odd, others)


def _is_wrong(report: Report, subject: str, odd: Mention, others: Sequence[Mention]) -> bool:
    """Whether a heading stands alone with its year against the others.

    Nothing else may speak of that year, and no scores of its own may be printed for it.
    """
    if _spoken_of(report, odd.name, subject):
        return False
    usual = others[0].name
    title = odd.role == "title"
    if title and int(odd.name) == int(usual) + 1:
        return False  # published in the year after
    if not _scores_fit(report, int(odd.name), int(usual)):
        return False
    early = title and int(odd.name) < int(usual)
    if early and subject == "result":
        return len(others) >= _AGREEING or _spoken_of(report, usual, subject)
    return len(others) >= _AGREEING


def _spoken_of(report: Report, year: str, subject: str) -> bool:
    return any(
        m.kind == "year" and m.role in ("text", "series") and m.name == year and m.of == subject
        for m in report.mentions
    )


def _scores_fit(report: Report, odd: int, usual: int) -> bool:
    """Whether the scores read under the odd year may be those of the usual one.

    They are where that year has none, or the same ones.
    """
    values: dict[int, dict[str, set[object]]] = {odd: {}, usual: {}}
    for score in report.scores:
        if score.year_be in values and score.value is not None:
            values[score.year_be].setdefault(score.code, set()).add(score.value)
    if not values[odd] or not values[usual]:
        return True
    shared = values[odd].keys() & values[usual].keys()
    same = sum(bool(values[odd][code] & values[usual][code]) for code in shared)
    return len(shared) >= _TELLING and same == len(shared)


def _draft(odd: Mention, usual: Sequence[Mention]) -> Draft:
    year = usual[0].name
    pages = ", ".join(str(page) for page in sorted({mention.page for mention in usual}))
    early = odd.role == "title" and odd.of == "result" and int(odd.name) < int(year)
    rest = "results-later" if early else "others-say"

    def words(language: Language) -> Mapping[str, str]:
        return {
            "where": phrase(_PLACE[odd.role], language, text=_shortened(odd.context)),
            "page": str(odd.page),
            "printed": odd.name,
            "rest": phrase(rest, language, year=year, pages=pages),
        }

    return _year_draft(odd.page, odd.box, words, odd.name, year)


_PLACE = {"title": "title", "heading": "heading", "table": "caption"}


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else "…" + text[-_SHOWN:]


def _year_draft(page: int, box: Box | None, words: object, printed: str, expected: str) -> Draft:
    return Draft(
        rule="year-conflict",
        held=None,
        key=None,
        page=page,
        box=box,
        evidence=(),
        words=in_both(words),  # type: ignore[arg-type]
        printed=printed,
        expected=expected,
        year_be=int(expected),
    )


def _old_periods(report: Report, headings: Sequence[Mention]) -> Iterator[Draft]:
    """Measures all of which ended more than a year before the year of the document."""
    ends = [measure.period_end for measure in report.measures if measure.period_end]
    titles = {int(m.name) for m in headings if m.of in ("plan", "follow-up") or m.role == "title"}
    if len(ends) < _TELLING or not titles:
        return
    year, last = min(titles), max(ends)
    if last >= f"{year - _OLDEST - _BUDDHIST}-{_FIRST_DAY}":
        return
    measure = next(m for m in report.measures if m.period_end)
    ended = str(int(last[:4]) + _BUDDHIST + (last[5:] >= _FIRST_DAY))

    def words(language: Language) -> Mapping[str, str]:
        return {
            "where": phrase("measures-periods", language),
            "page": str(measure.page_first),
            "printed": ended,
            "rest": phrase("document-year", language, year=str(year)),
        }

    yield _year_draft(measure.page_first, None, words, ended, str(year))

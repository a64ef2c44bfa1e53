"""Measures that lack what a plan must say, and issues without a measure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

import regex

from parsers.knowledge.titles import Issue, issues
from parsers.model import Measure, Report
from pipeline.audit.drafts import Context, Draft, in_both
from pipeline.audit.wording import Language, phrase

__all__ = ["measure_incomplete"]

# From this year's result on, the analysis is written by seven issues with five elements each.
_SEVEN_ISSUES_FROM = 2567
# So many of the issues say that the plan goes by issues.
_BY_ISSUES = 5
_ELEMENTS = ("steps", "responsible", "period")
# A table with one of these reports what was done; its form is freer.
_FOLLOW_UP = frozenset({"result", "outcome"})
_SHOWN = 60

Names = Callable[[Language], str]
_NOTHING = regex.compile(r"[\s\-–—.…]*")


def measure_incomplete(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """Empty cells of a plan, elements that no table of it has, issues without a measure."""
    report = context.case.report
    if not report.measures:
        return
    for lacking, measures in _with_gaps(report.measures).items():
        yield _gaps(lacking, measures)
    if report.status == "ok" and _of_seven_issues(report):
        yield from _columns_missing(report)
        yield from _issues_missing(report)


def _with_gaps(measures: Sequence[Measure]) -> Mapping[tuple[str, ...], list[Measure]]:
    """The measures with an empty cell where others of the table are filled, by what is missing.

    A column that is empty throughout was not read, or is not filled in yet.
    """
    filled = {element for element in _ELEMENTS if any(_said(m, element) for m in measures)}
    found: defaultdict[tuple[str, ...], list[Measure]] = defaultdict(list)
    for measure in measures:
        asked = filled.intersection(measure.columns)
        lacking = tuple(e for e in _ELEMENTS if e in asked and not _said(measure, e))
        if lacking and measure.measure.strip():
            found[lacking].append(measure)
    return found


def _said(measure: Measure, element: str) -> bool:
    texts = {
        "steps": measure.steps,
        "responsible": measure.responsible,
        "period": measure.period_printed,
    }
    return _NOTHING.fullmatch(texts[element]) is None


def _of_seven_issues(report: Report) -> bool:
    identity = report.identity
    year = identity.result_year_be if identity else None
    return (
        identity is not None
        and identity.kind in {"analysis", "measures"}
        and identity.scheme == "nacc-ita"
        and year is not None
        and year >= _SEVEN_ISSUES_FROM
    )


def _columns_missing(report: Report) -> Iterator[Draft]:
    """Elements for which no table of a plan has a column; a follow-up has its own form."""
    held = {column for measure in report.measures for column in measure.columns}
    lacking = tuple(element for element in _ELEMENTS if element not in held)
    if held and lacking and not held & _FOLLOW_UP:
        first = report.measures[0]
        yield _draft(first, "whole-plan", "no-column", _named(lacking))


def _issues_missing(report: Report) -> Iterator[Draft]:
    """Issues of the seven without a measure, where every measure names its issue."""
    numbers = {measure.issue_no for measure in report.measures}
    if None in numbers or len(numbers) < _BY_ISSUES:
        return
    for issue in issues():
        if issue.no not in numbers:
            yield _draft(report.measures[0], "whole-plan", "issue-without", _issue(issue))


# ---- findings -------------------------------------------------------------------------------


def _named(elements: Sequence[str]) -> Names:
    def names(language: Language) -> str:
        return ", ".join(phrase(f"element-{element}", language) for element in elements)

    return names


def _issue(issue: Issue) -> Names:
    def name(language: Language) -> str:
        return phrase("issue", language, no=str(issue.no), title=issue.title)

    return name


def _gaps(lacking: Sequence[str], measures: Sequence[Measure]) -> Draft:
    return _draft(measures[0], "measure", "not-said", _named(lacking), len(measures) - 1)


def _draft(first: Measure, what: str, problem: str, names: Names, more: int = 0) -> Draft:
    text = " ".join(first.measure.split())[:_SHOWN]

    def words(language: Language) -> dict[str, str]:
        named = phrase(what, language, text=text) if what == "measure" else phrase(what, language)
        return {
            "what": named + (phrase("and-more", language, count=str(more)) if more else ""),
            "page": str(first.page_first),
            "problem": phrase(problem, language, names=names(language)),
        }

    return Draft(
        rule="measure-incomplete",
        held=None,
        key=None,
        page=first.page_first,
        box=None,
        evidence=(),
        words=in_both(words),
        printed=text or None,
        expected=names("th"),
        year_be=first.year_be,
    )

"""What contradicts itself between documents: the findings that need more than one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from parsers.model import Report, Score
from pipeline.audit.drafts import finding_id, in_both
from pipeline.audit.library import Library, agency_of_score
from pipeline.audit.quantities import Key, level_of
from pipeline.audit.records import Finding
from pipeline.audit.registry import ACROSS
from pipeline.audit.rules.documents import Difference
from pipeline.audit.wording import LANGUAGES, Language, phrase, points, rule_texts

__all__ = ["audit_across"]

# From a document id to the report; None where it is not to be had.
Reopen = Callable[[str], Report | None]

_SHOWN = 6
# Documents that contradict each other are opened one after the other.
_OPEN = 8


def audit_across(library: Library, reopen: Reopen) -> tuple[Finding, ...]:
    """Compare the documents of each agency.

    Args:
        library: The values of all documents.
        reopen: Opens a document again, for the places and ids of what contradicts.

    Returns:
        The findings. Each belongs to one document and names the other.
    """
    opened = lru_cache(maxsize=_OPEN)(reopen)
    return tuple(
        row
        for rule in ACROSS.values()
        for difference in rule(library)
        for row in _rows(difference, opened)
    )


def _rows(difference: Difference, opened: Reopen) -> Iterator[Finding]:
    report = opened(difference.document.document_id)
    pairs: list[tuple[Key, Score, Score]] = []
    for key, (place, other, their_place) in difference.pairs.items():
        theirs = opened(other.document_id)
        if report is not None and theirs is not None:
            pairs.append((key, report.scores[place], theirs.scores[their_place]))
    if report is not None and pairs:
        yield _finding(difference, report, pairs)


def _finding(
    difference: Difference, report: Report, pairs: list[tuple[Key, Score, Score]]
) -> Finding:
    pairs = sorted(pairs, key=lambda pair: (pair[1].page, pair[1].box.top, pair[1].box.x0))
    key, mine, theirs = pairs[0]
    single = len(pairs) == 1
    text = rule_texts()[difference.rule]
    words = in_both(lambda language: _words(difference, mine, pairs, language))
    messages = {language: text.message(language, words[language]) for language in LANGUAGES}
    evidence = tuple(dict.fromkeys([s.score_id for p in pairs for s in p[1:]]))
    printed, expected = str(mine.value), str(theirs.value)
    both = mine.value is not None and theirs.value is not None and single
    return Finding(
        finding_id=finding_id(
            report.document_id,
            difference.rule,
            difference.agency,
            str(difference.year_be),
            *evidence,
        ),
        rule=difference.rule,
        severity=text.severity,
        document_id=report.document_id,
        agency_id=agency_of_row(report, mine),
        agency_name_printed=mine.agency_name_printed,
        year_be=difference.year_be,
        level=level_of(key.code) if single else None,
        code=key.code if single else "",
        printed=printed if single else None,
        expected=expected if single else None,
        difference=mine.value - theirs.value if both else None,  # type: ignore[operator]
        message_th=messages["th"],
        message_en=messages["en"],
        page=mine.page,
        box=mine.box,
        evidence=evidence,
    )


def agency_of_row(report: Report, score: Score) -> str | None:
    """The id under which the dataset lists the agency of a score."""
    known = agency_of_score(report, score)
    return known.partition(" ")[0] if known else None


def _words(
    difference: Difference, mine: Score, pairs: list[tuple[Key, Score, Score]], language: Language
) -> dict[str, str]:
    agency = mine.agency_name_printed
    other = difference.others[0]
    files = ", ".join(f"“{document.file_name}”" for document in difference.others)
    shown = "; ".join(_pair(pair, language) for pair in pairs[:_SHOWN])
    if len(pairs) > _SHOWN:
        shown += phrase("more-values", language, count=str(len(pairs) - _SHOWN))
    ages = (difference.document.age, other.age)
    order = "is-newer" if ages[1] > ages[0] else "is-older" if ages[1] < ages[0] else ""
    return {
        "year": str(difference.year_be),
        "agency": phrase("of-agency", language, agency=agency) if agency else "",
        "files": files,
        "order": phrase(order, language) if order else "",
        "values": shown,
        "why": _why(difference, language),
    }


def _pair(pair: tuple[Key, Score, Score], language: Language) -> str:
    key, mine, theirs = pair
    assert mine.value is not None
    assert theirs.value is not None
    words = {"code": key.code, "here": points(mine.value), "page": str(mine.page)}
    words |= {"there": points(theirs.value), "there_page": str(theirs.page)}
    return phrase("value-pair", language, **words)


def _why(difference: Difference, language: Language) -> str:
    if difference.of_year is not None:
        return phrase("of-other-year", language, year=str(difference.of_year))
    return phrase("nearly-all-differ", language) if difference.nearly_all else ""

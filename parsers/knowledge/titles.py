"""Recognises printed titles: which question, indicator or issue a text is about.

Reports print titles in full, cut short, negated ("ไม่เป็นไปตามขั้นตอน…"), misspelt or
damaged. They are compared with what the catalogue says of each question, by terms and not
by wording, so that no official text is needed.

A score is a likelihood in words: from 0.8 the title is sure, below 0.5 it is no match and
left out. Titles that several questions could have are never sure: a title cut after
"รายงานผลการดำเนินการ", or one that staff and public are both asked, while the instrument
is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import regex
from msgspec import Struct
from rapidfuzz.fuzz import partial_ratio_alignment, ratio

from parsers.errors import DataTableError
from parsers.knowledge.catalogue import Question, Year, catalogue, concepts, read_packaged, years
from parsers.knowledge.terms import Ranked, Topic, Vocabulary, skeleton, too_short
from parsers.knowledge.wording import match_instrument, match_level, match_pass, wording
from parsers.model import Scheme

__all__ = [
    "Issue",
    "TitleMatch",
    "begun_indicator",
    "issues",
    "match_indicator",
    "match_instrument",
    "match_issue",
    "match_level",
    "match_pass",
    "match_question",
]

_NO_MATCH = 0.5
_SURE = 0.8

# How well a topic must explain a text to be sure, and up to where it stays doubtful: a title
# of which half the things are said comes to 0.62.
_SURE_FIT = 0.74
_HALF_FIT = 0.63
# A rival that comes this near takes away from the score, and as much as this where it is equal.
_RIVAL_FROM = 0.75
_RIVAL_COSTS = 0.35
_OTHER_VOICE = 0.9
_INDICATOR = 0.95
_SHORTEST_TITLE = 6
_SHORTEST_NAME = 5
_LEAST_NAME = 70.0
_BESIDES_COSTS = 2

# A code before the title, with or without ข้อ; never the beginning of ข้อมูล.
_LEAD = regex.compile(
    r"^\s*(?:ข้อ(?:ที่|คำถาม)?(?=[\s0-9A-Za-z๐-๙])\s*)?"
    r"(?:[A-Za-z๐0]{1,2}\s?[0-9๐-๙]{1,2}(?![0-9๐-๙])[.:)\s]*)?"
)


class TitleMatch(NamedTuple):
    """What a printed title is the title of.

    Attributes:
        code: Code of a question ("o12"), indicator ("7") or issue ("3").
        year_be: Fiscal year of a question's code; None for indicators and issues.
        score: 0 to 1; sure from 0.8.
        concept: What the question asks, as `questions.toml` names it; empty otherwise.
    """

    code: str
    year_be: int | None
    score: float
    concept: str = ""


class Issue(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the seven issues of an analysis report from FY2567 (`issues.toml`).

    `questions` are the codes that belong to it, by fiscal year.
    """

    no: int
    title: str
    terms: tuple[tuple[str, ...], ...]
    also: tuple[str, ...] = ()
    questions: dict[int, tuple[str, ...]] = {}


class _Issues(Struct, frozen=True, forbid_unknown_fields=True):
    issues: tuple[Issue, ...]


class _Pool(NamedTuple):
    vocabulary: Vocabulary
    questions: Mapping[str, tuple[tuple[int, Question], ...]]


def match_question(
    printed_title: str, *, year_be: int | None = None, instrument: str | None = None
) -> list[TitleMatch]:
    """The questions that a printed title may be the title of, best first.

    Args:
        printed_title: The title as cleaned, in one line; a code before it and a
            recommendation behind it do not matter.
        year_be: Fiscal year whose questions are meant. None, or a year that the catalogue
            does not know: all years, each question once, with its newest code.
        instrument: IIT, EIT, OIT, or EIT1 and EIT2 for the codes of those parts (ep1, es1).
    """
    known = year_be if year_be in years() else None
    return list(_match_question(printed_title, known, instrument))


@lru_cache(maxsize=4096)
def match_indicator(printed: str, *, scheme: Scheme = "nacc-ita") -> TitleMatch | None:
    """The indicator (or index, in `nacc-ita-5`) that a label names.

    Args:
        printed: A label or heading; words such as "ตัวชี้วัดที่ 4" around the name are
            passed over, a sentence that merely holds the name is no match.
        scheme: Whose indicators are meant.
    """
    bare = _without_words(skeleton(_LEAD.sub("", printed)), _around())
    if len(bare) < _SHORTEST_NAME:
        return None
    best = max((_name_score(bare, name), code) for name, code in _indicator_names(scheme).items())
    return TitleMatch(best[1], None, round(best[0], 3)) if best[0] >= _NO_MATCH else None


def begun_indicator(text: str) -> tuple[str, int] | None:
    """The indicator whose whole name a text begins with, and where the name ends.

    >>> begun_indicator("การใช้ อำนาจ ของหน่วยงาน")
    ('3', 12)
    """
    bare = skeleton(text)
    for name, code in _indicator_names("nacc-ita").items():
        if bare.startswith(name):
            ends = (at for at in range(len(text) + 1) if len(skeleton(text[:at])) == len(name))
            return code, next(ends)
    return None


@lru_cache(maxsize=4096)
def match_issue(printed: str) -> TitleMatch | None:
    """The issue of the seven that a heading or a cell names; `code` is its number."""
    ranked = _issue_vocabulary().rank(_title_part(printed))
    scored = _scores(ranked)
    if not scored or scored[0] < _NO_MATCH:
        return None
    return TitleMatch(ranked[0].name, None, scored[0])


@cache
def issues() -> tuple[Issue, ...]:
    """The seven issues in order.

    Raises:
        DataTableError: A code of an issue is not one of the year it is given for.
    """
    table = "issues.toml"
    found = read_packaged(table, _Issues).issues
    for issue in found:
        for year_be, codes in issue.questions.items():
            year = catalogue(year_be)
            unknown = [code for code in codes if not (year and year.knows(code))]
            if unknown:
                raise DataTableError(
                    table, f"issue {issue.no}", f"FY{year_be} has no question {unknown[0]}"
                )
    return found


@lru_cache(maxsize=4096)
def _match_question(
    printed: str, year_be: int | None, instrument: str | None
) -> tuple[TitleMatch, ...]:
    title = _title_part(printed)
    indicator = match_indicator(title)
    if indicator and indicator.score >= _INDICATOR:
        return ()
    pool = _pool(year_be, instrument)
    ranked = pool.vocabulary.rank(title)
    told = [
        (entry._replace(fit=entry.fit * _voice(title, question, instrument)), year, question)
        for entry in ranked
        for year, question in pool.questions[entry.name]
    ]
    told.sort(key=lambda entry: -entry[0].fit)
    scores = _scores([entry for entry, _, _ in told])
    return tuple(
        TitleMatch(question.code, year, score, question.concept)
        for (_, year, question), score in zip(told, scores, strict=True)
        if score >= _NO_MATCH
    )


def _title_part(printed: str) -> str:
    """A title without the code before it and the recommendation behind it."""
    text = _LEAD.sub("", printed)
    bare = skeleton(text)
    ends = (bare.find(word, _SHORTEST_TITLE) for word in _ends())
    return bare[: min((end for end in ends if end > 0), default=len(bare))]


def _voice(title: str, question: Question, instrument: str | None) -> float:
    """A question that others are asked loses a little where the title addresses someone."""
    if instrument:
        return 1.0
    heard = {code for code, words in _voices().items() if any(word in title for word in words)}
    return _OTHER_VOICE if heard and question.instrument not in heard else 1.0


def _scores(ranked: Sequence[Ranked]) -> list[float]:
    """How likely each is, from how well it explains the title and how near the others come."""
    scores = []
    for index, entry in enumerate(ranked):
        rival = max((other.fit for at, other in enumerate(ranked) if at != index), default=0.0)
        scores.append(round(_likelihood(entry.fit) * (1 - _doubt(entry.fit, rival)), 3))
    return scores


def _likelihood(fit: float) -> float:
    if fit <= _HALF_FIT:
        return fit
    if fit <= _SURE_FIT:
        return _HALF_FIT + (fit - _HALF_FIT) * (_SURE - _HALF_FIT) / (_SURE_FIT - _HALF_FIT)
    return _SURE + (fit - _SURE_FIT) * (1 - _SURE) / (1 - _SURE_FIT)


def _doubt(fit: float, rival: float) -> float:
    nearness = min(rival / fit, 1.0) if fit else 1.0
    return _RIVAL_COSTS * max(0.0, (nearness - _RIVAL_FROM) / (1 - _RIVAL_FROM))


@cache
def _pool(year_be: int | None, instrument: str | None) -> _Pool:
    """The questions that may be meant, by what they ask."""
    chosen = [catalogue(year) for year in ((year_be,) if year_be else reversed(years()))]
    questions: dict[str, dict[str, tuple[int, Question]]] = {}
    for year in filter(None, chosen):
        for question in _questions(year, instrument):
            held = questions.setdefault(question.concept, {})
            held.setdefault(question.instrument, (year.year_be, question))
    topics = _topics()
    vocabulary = Vocabulary(
        {name: topics[name] for name in questions},
        others=[topic for name, topic in topics.items() if name not in questions],
        fillers=wording().fillers,
    )
    return _Pool(vocabulary, {name: tuple(held.values()) for name, held in questions.items()})


@cache
def _topics() -> dict[str, Topic]:
    """What questions ask, by id; a term of too few letters would be found everywhere."""
    for name, entry in concepts().items():
        terms = [*(term for group in entry.terms for term in group), *entry.also]
        for term in filter(too_short, terms):
            raise DataTableError("questions.toml", name, f"{term!r} is too short to be a term")
    return {name: Topic(entry.terms, entry.also) for name, entry in concepts().items()}


def _questions(year: Year, instrument: str | None) -> Iterable[Question]:
    if instrument is None:
        return year.questions
    return (entry for entry in year.by_code.values() if entry.instrument == instrument)


@cache
def _issue_vocabulary() -> Vocabulary:
    topics = {str(entry.no): Topic(entry.terms, entry.also) for entry in issues()}
    return Vocabulary(topics, fillers=wording().fillers)


def _name_score(bare: str, name: str) -> float:
    """How far a text is a name and nothing else: letters besides it count against it."""
    if bare == name:
        return 1.0
    if len(bare) <= len(name):
        return ratio(name, bare, score_cutoff=_LEAST_NAME) / 100
    found = partial_ratio_alignment(name, bare, score_cutoff=_LEAST_NAME)
    if found is None:
        return 0.0
    besides = len(bare) - (found.dest_end - found.dest_start)
    return found.score / 100 * len(name) / (len(name) + _BESIDES_COSTS * besides)


@cache
def _indicator_names(scheme: Scheme) -> dict[str, str]:
    found = (catalogue(year, scheme) for year in years())
    return {
        skeleton(name): str(entry.no)
        for year in found
        if year
        for entry in year.indicators
        for name in (entry.name, *entry.aliases)
    }


def _without_words(bare: str, words: Sequence[str]) -> str:
    for word in words:
        bare = bare.replace(word, "")
    return bare


@cache
def _around() -> tuple[str, ...]:
    return tuple(sorted(map(skeleton, wording().indicators.around), key=len, reverse=True))


@cache
def _ends() -> tuple[str, ...]:
    return tuple(map(skeleton, wording().title_ends_before))


@cache
def _voices() -> dict[str, tuple[str, ...]]:
    return {code: tuple(map(skeleton, words)) for code, words in wording().voices.items()}

"""Whether a printed title belongs to the code before it, or clearly to another question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from parsers.knowledge.catalogue import Question, Year, catalogue, concepts, years
from parsers.knowledge.terms import skeleton
from parsers.knowledge.titles import TitleMatch, match_question

__all__ = ["TitleFit", "former_meaning", "former_years", "title_fit", "title_may_mean"]

# Below so many letters a title says too little to speak against a code.
_SHORTEST = 8
# How sure it must be that a title is another question's; where this is a part of its own
# question's title, surer still.
_CLEAR = 0.85
_LIKELY = 0.65
_BEYOND_DOUBT = 0.97
_INSTRUMENTS = {"i": "IIT", "e": "EIT", "ep": "EIT1", "es": "EIT2", "o": "OIT"}

# The letters of each thing that a question's title says, in each spelling.
_Groups = tuple[tuple[str, ...], ...]


class TitleFit(NamedTuple):
    """What a title says of the code before it.

    Attributes:
        fits: Whether it may be the title of that code's question.
        other: Code of the question of the same instrument that it clearly is the title of;
            empty where that is not clear, or where it fits.
    """

    fits: bool
    other: str = ""


@lru_cache(maxsize=8192)
def title_fit(title: str, code: str, year_be: int) -> TitleFit:
    """Compare a title with the question that a code has in a fiscal year.

    A title that says all that its question asks fits. It is another question's only where it
    says all that this one asks, clearly so, and nothing of its own; a cut, damaged or freely
    worded title says neither.

    Args:
        title: The title as cleaned, without the code.
        code: The code printed before it: "o12".
        year_be: Fiscal year (Buddhist era) of the numbering.
    """
    year = catalogue(year_be)
    bare = skeleton(title)
    if year is None or not bare:
        return TitleFit(False)
    question = year.question(code)
    instrument = _INSTRUMENTS[code.rstrip("0123456789")]
    own = _said(bare, _groups()[question.concept]) if question else 0
    rival = _most_said(bare, year, instrument)
    if own and own >= rival:
        return TitleFit(True)
    if not rival:
        return TitleFit(False)
    matches = match_question(title, year_be=year_be, instrument=instrument)
    if any(match.code == code for match in matches):
        return TitleFit(True)
    return TitleFit(False, _clearly(bare, matches, question))


@lru_cache(maxsize=8192)
def title_may_mean(title: str, code: str, year_be: int) -> bool:
    """Whether a title, whole or damaged, may be that of a code's question in a fiscal year.

    Slower than `title_fit` and more thorough: for lists of which something is known to be odd.
    """
    if title_fit(title, code, year_be).fits:
        return True
    instrument = _INSTRUMENTS[code.rstrip("0123456789")]
    matches = match_question(title, year_be=year_be, instrument=instrument)
    return any(match.code == code and match.score >= _LIKELY for match in matches)


@lru_cache(maxsize=4096)
def former_meaning(phrase: str, code: str, year_be: int) -> str:
    """What a code should be where a phrase speaks of what it meant in another year.

    A reference ("พัฒนาระบบ E-Service (อ้างอิงจาก o18)") is no title. But where the phrase says
    what the code asked in another year, nothing of what it asks in its own or the next, and
    the own year asks that under another code, the number is the former one.

    Returns:
        The code of the own year; empty where the reference may be right.
    """
    bare = skeleton(phrase)
    year = catalogue(year_be)
    near = [held for held in (year, catalogue(year_be + 1)) if held is not None]
    if year is None or any(_mentions(bare, held.question(code)) for held in near):
        return ""
    said = {concept for _, concept in _former_concepts(bare, code, near)}
    same = [q.code for q in year.questions if q.concept in said and q.code[0] == code[0]]
    return same[0] if len(same) == 1 else ""


@lru_cache(maxsize=4096)
def former_years(phrase: str, code: str, year_be: int) -> tuple[int, ...]:
    """The years in which a code meant what a phrase speaks of; none where it may be right.

    See `former_meaning`.
    """
    if not former_meaning(phrase, code, year_be):
        return ()
    near = [held for held in (catalogue(year_be), catalogue(year_be + 1)) if held is not None]
    return tuple(number for number, _ in _former_concepts(skeleton(phrase), code, near))


def _former_concepts(bare: str, code: str, near: Sequence[Year]) -> list[tuple[int, str]]:
    """What a code asked in other years, where a text says it."""
    others = (held for number in years() if (held := catalogue(number)) and held not in near)
    meant = [(held.year_be, q.concept) for held in others if (q := held.question(code))]
    return [(number, concept) for number, concept in meant if _said(bare, _groups()[concept])]


def _mentions(bare: str, question: Question | None) -> bool:
    """Whether a text says anything at all of what a question asks."""
    if question is None:
        return False
    return any(term in bare for group in _groups()[question.concept] for term in group)


def _clearly(bare: str, matches: Sequence[TitleMatch], own: Question | None) -> str:
    """The code of the question that a title is clearly of; empty where it is not clear.

    A report on a plan says all that the plan says: damage to the one word more is no proof.
    """
    if len(bare) < _SHORTEST or not matches:
        return ""
    best = matches[0]
    part_of_own = own is not None and best.concept in _within(own.concept)
    return best.code if best.score >= (_BEYOND_DOUBT if part_of_own else _CLEAR) else ""


@cache
def _within(concept: str) -> frozenset[str]:
    """The questions whose things are all said by the title of another one."""
    entry = concepts()[concept]
    terms = (term for group in entry.terms for term in group)
    bare = skeleton(" ".join([entry.title, *terms, *entry.also]))
    return frozenset(name for name, groups in _groups().items() if _said(bare, groups))


def _most_said(bare: str, year: Year, instrument: str) -> int:
    """The most letters that a question of an instrument accounts for."""
    held = _concepts_of(year.year_be, instrument)
    return max((_said(bare, _groups()[concept]) for concept in held), default=0)


def _said(bare: str, groups: _Groups) -> int:
    """How many letters of a title a question accounts for; 0 unless each thing is said."""
    total = 0
    for group in groups:
        longest = max((len(term) for term in group if term in bare), default=0)
        if not longest:
            return 0
        total += longest
    return total


@cache
def _groups() -> Mapping[str, _Groups]:
    return {
        name: tuple(tuple(map(skeleton, group)) for group in entry.terms)
        for name, entry in concepts().items()
    }


@cache
def _concepts_of(year_be: int, instrument: str) -> tuple[str, ...]:
    year = catalogue(year_be)
    held = year.by_code.values() if year else ()
    return tuple(dict.fromkeys(q.concept for q in held if q.instrument == instrument))

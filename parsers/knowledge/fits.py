"""Whether a printed title belongs to the code before it, or clearly to another question."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from parsers.knowledge.catalogue import Year, catalogue, concepts
from parsers.knowledge.terms import skeleton
from parsers.knowledge.titles import match_question

__all__ = ["TitleFit", "title_fit", "title_may_mean"]

# Below so many letters a title says too little to speak against a code.
_SHORTEST = 8
_SHORTEST_OF_OTHER_INSTRUMENT = 16
# How sure it must be that a title is another question's; of another instrument, surer still.
_CLEAR = 0.85
_LIKELY = 0.65
_CLEAR_OF_OTHER_INSTRUMENT = 0.9
_INSTRUMENTS = {"i": "IIT", "e": "EIT", "ep": "EIT1", "es": "EIT2", "o": "OIT"}

# The letters of each thing that a question's title says, in each spelling.
_Groups = tuple[tuple[str, ...], ...]


class TitleFit(NamedTuple):
    """What a title says of the code before it.

    Attributes:
        fits: Whether it may be the title of that code's question.
        other: Code of the question that it clearly is the title of; empty where that is not
            clear, or where it fits.
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
        rival = _most_said(bare, year, "")
        clear = rival > own and len(bare) >= _SHORTEST_OF_OTHER_INSTRUMENT
        return _weighed(title, code, year_be, None) if clear else TitleFit(False)
    return _weighed(title, code, year_be, instrument)


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


def _weighed(title: str, code: str, year_be: int, instrument: str | None) -> TitleFit:
    """The verdict on a title that says all of another question."""
    matches = match_question(title, year_be=year_be, instrument=instrument)
    if any(match.code == code for match in matches):
        return TitleFit(True)
    least = _CLEAR if instrument else _CLEAR_OF_OTHER_INSTRUMENT
    clear = len(skeleton(title)) >= _SHORTEST and bool(matches) and matches[0].score >= least
    return TitleFit(False, matches[0].code if clear else "")


def _most_said(bare: str, year: Year, instrument: str) -> int:
    """The most letters that a question of an instrument (or of any) accounts for."""
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
    return tuple(dict.fromkeys(q.concept for q in held if instrument in {"", q.instrument}))

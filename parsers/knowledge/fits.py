"""Whether a printed title belongs to the code before it, or clearly to another question."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from parsers.knowledge.catalogue import Year, catalogue, concepts
from parsers.knowledge.terms import skeleton
from parsers.knowledge.titles import match_question

__all__ = ["TitleFit", "title_fit"]

# Below so many letters a title says too little to speak against a code.
_SHORTEST = 8
_SHORTEST_OF_OTHER_INSTRUMENT = 16
# How sure it must be that a title is another question's; of another instrument, surer still.
_CLEAR = 0.85
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

    A cut, damaged or freely worded title fits as long as it may mean the question; only a
    title that clearly says something else and nothing of its own does not.

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
    if question and _says_it_all(bare, question.concept, year, instrument):
        return TitleFit(True)
    matches = match_question(title, year_be=year_be, instrument=instrument)
    if any(match.code == code for match in matches):
        return TitleFit(True)
    if len(bare) < _SHORTEST:
        return TitleFit(False)
    if matches:
        clear = matches[0].score >= _CLEAR
        return TitleFit(False, matches[0].code if clear else "")
    if len(bare) < _SHORTEST_OF_OTHER_INSTRUMENT:
        return TitleFit(False)
    others = match_question(title, year_be=year_be)
    clear = bool(others) and others[0].score >= _CLEAR_OF_OTHER_INSTRUMENT
    return TitleFit(False, others[0].code if clear else "")


def _says_it_all(bare: str, concept: str, year: Year, instrument: str) -> bool:
    """Whether everything the question says is there undamaged, and no other says more.

    Most titles are printed so; this spares weighing them against every question.
    """
    own = _said(bare, _groups()[concept])
    if not own:
        return False
    rivals = _concepts_of(year.year_be, instrument)
    return all(own >= _said(bare, _groups()[rival]) for rival in rivals if rival != concept)


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

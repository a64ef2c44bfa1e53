"""Finds the terms of a vocabulary in damaged Thai text, and weighs topics by them.

Thai text in reports loses and displaces its marks, is broken by blanks, misread by OCR
and misspelt. What survives is the row of consonants and full-size vowels: `skeleton` keeps
that and nothing else. A long term is also found with a letter or two wrong.

A topic (a question, an issue) is a list of things its title says; `Vocabulary.rank` gives
for each topic how well it explains a text: which of its own things are said, and what is
said that is not its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import regex
from rapidfuzz.fuzz import partial_ratio_alignment, ratio
from rapidfuzz.process import extract

__all__ = ["Hit", "Ranked", "Topic", "Vocabulary", "skeleton", "too_short"]

# Marks above and below the line are what text layers lose, double and displace most; sara
# am is split or reduced to sara aa. Digits go too: years and codes are no part of a title.
_LOST = regex.compile(r"[^a-zก-ฮะาเ-ไ]+")

_SHORTEST_LATIN = 2
# One more where marks were lost: "คมอ" is คู่มือ, and stands in สังคมออนไลน์.
_SHORTEST_TERM = 3
_SHORTEST_FUZZY = 6
_LEAST_RATIO = 82.0
_LEAST_WHOLE_RATIO = 72.0
_WHOLE_HITS = 3
# A letter changed breaks two pairs of neighbours; one wrong letter for every five is looked for.
_LETTERS_PER_ERROR = 5
_OWN_SPAN = 0.7
_TAKEN_SPAN = 0.5
_MOST_LOST = 0.4
_UNEXPLAINED_COSTS = 0.35
_RECALL_POWER = 0.7


def skeleton(text: str) -> str:
    """The letters of a text that survive damage: no marks, blanks, digits, punctuation.

    >>> skeleton("ดำเนินงาน") == skeleton("ด าเนนงาน") == skeleton("ดําเนินงาน")
    True
    >>> skeleton("E - Service ๒๕๖๘")
    'eservice'
    """
    return _LOST.sub("", text.lower().replace("ำ", "า").replace("เเ", "แ"))


def too_short(term: str) -> bool:
    """Whether so little is left of a term that it would be found in many other words.

    >>> too_short("คู่มือ"), too_short("แผน"), too_short("Q&A")
    (True, False, False)
    """
    bare = skeleton(term)
    if bare.isascii():
        return len(bare) < _SHORTEST_LATIN
    return len(bare) < _SHORTEST_TERM + (len(bare) < len(term))


class Topic(NamedTuple):
    """What is recognised: things its title says (in any of several spellings), and more."""

    terms: tuple[tuple[str, ...], ...]
    also: tuple[str, ...] = ()


class Hit(NamedTuple):
    """A term found in a text, from `start` to `end`, with how well it agrees (0 to 1)."""

    term: str
    start: int
    end: int
    quality: float


class Ranked(NamedTuple):
    """How well a topic explains a text, 0 to 1."""

    name: str
    fit: float


class _Prepared(NamedTuple):
    name: str
    groups: tuple[frozenset[str], ...]
    own: frozenset[str]


class Vocabulary:
    """The terms of a set of topics, ready to be looked up.

    Args:
        topics: The topics that a text may be about, by name.
        others: Topics that it may not be about, whose terms speak against the others.
        fillers: Words that speak neither for nor against any topic.
    """

    def __init__(
        self,
        topics: Mapping[str, Topic],
        *,
        others: Iterable[Topic] = (),
        fillers: Iterable[str] = (),
    ) -> None:
        self._fillers = sorted({skeleton(word) for word in fillers}, key=len, reverse=True)
        self._topics = [_prepared(name, topic) for name, topic in topics.items()]
        self._telling = frozenset().union(
            *(group for topic in self._topics for group in topic.groups),
            *(_skeletons(group) for topic in others for group in topic.terms),
        )
        every = self._telling.union(*(topic.own for topic in self._topics))
        self._terms = sorted(every, key=len, reverse=True)
        self._pairs = {term: _pairs(term) for term in self._terms if len(term) >= _SHORTEST_FUZZY}
        self._long = list(self._pairs)

    def rank(self, text: str) -> list[Ranked]:
        """The topics that say something of a text, best first."""
        bare = skeleton(text)
        hits = self.find(bare)
        if not hits:
            return []
        filler = _covered(bare, self._fillers)
        seen = {hit.term for hit in hits}
        ranked = [
            self._weigh(topic, hits, seen, filler, len(bare))
            for topic in self._topics
            if any(not group.isdisjoint(seen) for group in topic.groups)
        ]
        return sorted(ranked, key=lambda entry: -entry.fit)

    def find(self, bare: str) -> list[Hit]:
        """The terms in a skeleton: those that stand in it, then the damaged ones."""
        exact = [hit for term in self._terms for hit in _standing(term, bare)]
        filler = _covered(bare, [word for word in self._fillers if len(word) >= _SHORTEST_FUZZY])
        found = {hit.term for hit in exact}
        pairs = _pairs(bare)
        damaged: list[Hit] = []
        for term, own in self._pairs.items():
            errors = len(term) // _LETTERS_PER_ERROR
            if term in found or len(own & pairs) < len(own) - 2 * errors:
                continue
            near = _nearly(term, bare)
            if near and not _is_another(near, exact, filler):
                damaged.append(near)
        return exact + damaged or self._whole(bare)

    def _whole(self, bare: str) -> list[Hit]:
        """A short text of which nothing was found, taken as one term with more damage."""
        if 2 * sum(_covered(bare, self._fillers)) > len(bare):
            return []
        alike = extract(
            bare, self._long, scorer=ratio, score_cutoff=_LEAST_WHOLE_RATIO, limit=_WHOLE_HITS
        )
        return [Hit(term, 0, len(bare), score / 100) for term, score, _ in alike]

    def _weigh(
        self,
        topic: _Prepared,
        hits: Sequence[Hit],
        seen: set[str],
        filler: Sequence[bool],
        length: int,
    ) -> Ranked:
        quality: dict[str, float] = {}
        own = [False] * length
        for hit in hits:
            if hit.term in topic.own:
                quality[hit.term] = max(quality.get(hit.term, 0.0), hit.quality)
                own[hit.start : hit.end] = [True] * (hit.end - hit.start)
        said = sum(
            max((quality[term] for term in group & seen), default=0.0) for group in topic.groups
        )
        against, explained = self._against(hits, own, filler)
        unexplained = 1 - sum(explained) / length
        share = said / len(topic.groups)
        precision = said / (said + against)
        fit = share**_RECALL_POWER * precision * (1 - _UNEXPLAINED_COSTS * unexplained)
        return Ranked(topic.name, fit)

    def _against(
        self, hits: Sequence[Hit], own: Sequence[bool], filler: Sequence[bool]
    ) -> tuple[float, list[bool]]:
        """The weight of what is said besides, longest term first, and what is explained."""
        explained = [a or b for a, b in zip(own, filler, strict=True)]
        against = 0.0
        for hit in sorted(hits, key=lambda entry: entry.start - entry.end):
            size = hit.end - hit.start
            free = size - sum(explained[hit.start : hit.end])
            if free > (1 - _OWN_SPAN) * size:
                against += free / size if hit.term in self._telling else 0.0
                explained[hit.start : hit.end] = [True] * size
        return against, explained


def _prepared(name: str, topic: Topic) -> _Prepared:
    groups = tuple(map(_skeletons, topic.terms))
    return _Prepared(name, groups, frozenset().union(*groups, _skeletons(topic.also)))


def _skeletons(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(skeleton, words))


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def _standing(term: str, bare: str) -> Iterable[Hit]:
    start = bare.find(term)
    while start >= 0:
        end = start + len(term)
        if not _inside_latin(term, bare, start, end):
            yield Hit(term, start, end, 1.0)
        start = bare.find(term, end)


def _inside_latin(term: str, bare: str, start: int, end: int) -> bool:
    """Whether a Latin term stands inside a longer Latin word ("qa" in "iqat")."""
    before, after = bare[start - 1 : start], bare[end : end + 1]
    return term.isascii() and (
        (before.isascii() and before != "") or (after.isascii() and after != "")
    )


def _is_another(near: Hit, exact: Sequence[Hit], filler: Sequence[bool]) -> bool:
    """Whether what looks like a damaged term is, for the most part, another word undamaged.

    A word that is part of the term is what survived of it; then the rest must be there too.
    """
    taken = list(filler[near.start : near.end])
    survived = 0
    for hit in exact:
        if hit.start >= near.end or near.start >= hit.end:
            continue
        if hit.term in near.term:
            survived = max(survived, len(hit.term))
            continue
        for at in range(max(hit.start, near.start), min(hit.end, near.end)):
            taken[at - near.start] = True
    lost, rest = (1 - near.quality) * len(near.term), len(near.term) - survived
    return sum(taken) >= _TAKEN_SPAN * len(taken) or lost > _MOST_LOST * rest


def _nearly(term: str, bare: str) -> Hit | None:
    if len(bare) < len(term) - 1:
        return None
    found = partial_ratio_alignment(term, bare, score_cutoff=_LEAST_RATIO)
    if found is None or found.dest_end - found.dest_start < len(term) - 2:
        return None
    return Hit(term, found.dest_start, found.dest_end, found.score / 100)


def _covered(bare: str, words: Sequence[str]) -> list[bool]:
    covered = [False] * len(bare)
    for word in words:
        start = bare.find(word)
        while word and start >= 0:
            covered[start : start + len(word)] = [True] * len(word)
            start = bare.find(word, start + len(word))
    return covered

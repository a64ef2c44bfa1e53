"""A quantity and the values that a document prints for it.

The same score may stand in a table, a memo and a sentence: it is one quantity as long
as all of them can mean one number. Values that cannot are candidates; the arithmetic or
the majority says later which one is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from parsers.model import Level, Scale, Score
from pipeline.audit.interval import Interval, decimals_of, printed_interval

__all__ = ["Candidate", "Key", "Quantity", "key_of", "level_of", "quantity"]

_PLACE_RANK = {"table": 0, "list": 1, "sentence": 2, "chart": 3}
_INSTRUMENTS = frozenset({"IIT", "EIT", "EIT1", "EIT2", "OIT"})


class Key(NamedTuple):
    """What a score is of: its code, and whether it is a percentage or a weighted share.

    The total is one quantity in both: the weighted parts add up to the percentage.
    """

    code: str
    scale: Scale = "percent"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value of a quantity, with every place that prints it (best place first)."""

    value: Decimal
    interval: Interval
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as printed in one set of scores.

    Attributes:
        key: What it is.
        scores: Every printed score of it, the unreadable ones too.
        candidates: Its values, the likeliest first; more than one where the document
            contradicts itself, none where nothing could be read.
    """

    key: Key
    scores: tuple[Score, ...]
    candidates: tuple[Candidate, ...]


def key_of(score: Score) -> Key:
    """The quantity that a score is a value of."""
    return Key(score.code, "percent" if score.level == "total" else score.scale)


def level_of(code: str) -> Level:
    """The level that a code belongs to.

    >>> [level_of(code) for code in ("ITA", "EIT2", "10", "9.1", "ep3")]
    ['total', 'instrument', 'indicator', 'subindicator', 'question']
    """
    if code == "ITA":
        return "total"
    if code in _INSTRUMENTS:
        return "instrument"
    if code[:1].isdigit():
        return "subindicator" if "." in code else "indicator"
    return "question"


def quantity(key: Key, scores: Iterable[Score], precision: Callable[[Score], int]) -> Quantity:
    """Gather the printed scores of one quantity into candidates.

    Args:
        key: What the scores are of.
        scores: The scores, in the order of the document.
        precision: With how many decimals each is to be taken.
    """
    held = tuple(scores)
    ranked = sorted(
        (score for score in held if score.value is not None),
        key=lambda s: (-decimals_of(s.value or Decimal(0)), _PLACE_RANK[s.place]),
    )
    found: list[tuple[Decimal, Interval, list[Score]]] = []
    for score in ranked:
        value = score.value
        if value is None:
            continue
        interval = printed_interval(value, precision(score))
        home = next((f for f in found if not f[1].gap(interval)), None)
        if home:
            home[2].append(score)
        else:
            found.append((value, interval, [score]))
    candidates = [
        Candidate(value, interval, tuple(sorted(where, key=lambda s: _PLACE_RANK[s.place])))
        for value, interval, where in found
    ]
    return Quantity(key, held, tuple(sorted(candidates, key=_likelihood)))


def _likelihood(candidate: Candidate) -> tuple[bool, int, int]:
    """In range before out of it, then the value printed most often, then the best place."""
    sane = 0 <= candidate.value <= 100
    return (not sane, -len(candidate.scores), _PLACE_RANK[candidate.scores[0].place])

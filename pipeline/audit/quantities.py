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
from pipeline.audit.interval import Interval, printed_interval

__all__ = ["Candidate", "Key", "Quantity", "key_of", "level_of", "quantity", "readable"]

_PLACE_RANK = {"table": 0, "list": 1, "sentence": 2, "chart": 3}
_NO_SCORE = Decimal(1_000_000)
_INSTRUMENTS = frozenset({"IIT", "EIT", "EIT1", "EIT2", "OIT"})


class Key(NamedTuple):
    """What a score is of: its code, and whether it is a percentage or a weighted share.

    The total is one quantity in both: the weighted parts add up to the percentage.
    """

    code: str
    scale: Scale = "percent"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value of a quantity, with every place that prints it.

    The first is the most exact one, and the one in the best place: it is what the
    finding points at.
    """

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


def readable(score: Score) -> Decimal | None:
    """The value of a score; None for one that was not read or can be no score at all.

    What is far outside of 0 to 100 is still a value, to be spoken of; a telephone number
    taken for a score is not.
    """
    value = score.value
    if value is None or not value.is_finite() or abs(value) >= _NO_SCORE:
        return None
    return value


def quantity(key: Key, scores: Iterable[Score], precision: Callable[[Score], int]) -> Quantity:
    """Gather the printed scores of one quantity into candidates.

    Args:
        key: What the scores are of.
        scores: The scores, in the order of the document.
        precision: With how many decimals each is to be taken.
    """
    held = tuple(scores)
    if len(held) == 1:  # as almost always
        value = readable(held[0])
        if value is None:
            return Quantity(key, held, ())
        interval = printed_interval(value, precision(held[0]))
        return Quantity(key, held, (Candidate(value, interval, held),))
    read = [(precision(s), s, v) for s in held if (v := readable(s)) is not None]
    found: list[Candidate] = []
    read.sort(key=_exactness)
    for decimals, score, value in read:
        interval = printed_interval(value, decimals)
        home = next((n for n, c in enumerate(found) if not c.interval.gap(interval)), None)
        if home is None:
            found.append(Candidate(value, interval, (score,)))
        else:
            same = found[home]
            found[home] = Candidate(same.value, same.interval, (*same.scores, score))
    if len(found) > 1:
        found.sort(key=_likelihood)
    return Quantity(key, held, tuple(found))


def _exactness(read: tuple[int, Score, Decimal]) -> tuple[int, int]:
    """The most exact value first, then the best place."""
    return (-read[0], _PLACE_RANK[read[1].place])


def _likelihood(candidate: Candidate) -> tuple[bool, int, int]:
    """In range before out of it, then the value printed most often, then the best place."""
    sane = 0 <= candidate.value <= 100
    return (not sane, -len(candidate.scores), _PLACE_RANK[candidate.scores[0].place])

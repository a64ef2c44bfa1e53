"""With how many decimals a printed value is to be taken.

Most tables write two decimals and drop them where they are zero (๑๐๐ beside ๙๙.๗๘, or
92.5 for 92.50): there a short value is as exact as its neighbours. A table of whole
numbers, or a rounded number in a sentence, is not: 93 there stands for 92.5 to 93.5.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal

from parsers.model import Score
from pipeline.audit.interval import decimals_of
from pipeline.audit.quantities import readable

__all__ = ["precisions"]

# A column of a table of agencies speaks for itself from so many values on.
_COLUMN_VALUES = 3
# What item scores are made of: written without decimals almost everywhere.
_ROUND = frozenset({Decimal(0), Decimal(50), Decimal(100)})

Place = tuple[str | int | None, ...]


def precisions(scores: Iterable[Score]) -> Callable[[Score], int]:
    """The precision of every score of a document, by the place where it stands.

    Returns:
        A function from a score (with a value) to the number of decimals it stands for.
    """
    by_place: defaultdict[Place, list[int]] = defaultdict(list)
    for score in scores:
        value = readable(score)
        if value is not None:
            decimals = decimals_of(value)
            if decimals or value not in _ROUND:  # 0, 50 and 100 tell nothing
                for place in (_column(score), _place(score), ()):
                    by_place[place].append(decimals)
    written = {
        place: _usual_decimals(held)
        for place, held in by_place.items()
        if place[:1] != ("column",) or len(held) >= _COLUMN_VALUES
    }
    document = written.get((), 0)

    def precision(score: Score) -> int:
        value = readable(score)
        if value is None:
            return 0
        own = decimals_of(value)
        if own > 1:
            return own
        usual = written.get(_column(score), written.get(_place(score)))
        if value in _ROUND:
            return max(own, document if usual is None else usual)
        if score.place == "sentence":
            return own
        return max(own, usual or 0)

    return precision


def _place(score: Score) -> Place:
    """A table by itself; lists, sentences and charts by kind (and page for charts)."""
    if score.table_no is not None:
        return ("table", score.table_no)
    return (score.place, score.page if score.place == "chart" else None)


def _column(score: Score) -> Place:
    """The values of one quantity in one table: a column where rows are agencies."""
    return ("column", score.table_no, score.code, score.scale, score.place)


def _usual_decimals(held: list[int]) -> int:
    """The decimals (at most two) that at least half of the telling values are written with."""
    for decimals in (2, 1):
        if 2 * sum(own >= decimals for own in held) >= len(held):
            return decimals
    return 0

"""Tables of another year than the document: last year's result beside this year's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from parsers.model import Grid, Mention, Rating, Score

__all__ = ["years_of_captions"]

# So many values that differ from the rest make a table one of its own year; a table that
# repeats the others' values, or shares none with them, may as well have a misprinted heading.
_TELLING = 2

_Printed = TypeVar("_Printed", Score, Rating)


def years_of_captions(
    scores: Sequence[Score],
    ratings: Sequence[Rating],
    grids: Sequence[Grid],
    mentions: Sequence[Mention],
    year_be: int | None,
) -> tuple[list[Score], list[Rating]]:
    """Give the scores of tables that are headed by another year that year.

    Args:
        scores: The scores of the document.
        ratings: Its ratings.
        grids: Its tables.
        mentions: The years that it names.
        year_be: The year whose result it tells, which tables are taken for.
    """
    headed = {
        number: year
        for number, year in _years(grids, mentions).items()
        if year != year_be and _tells_otherwise(scores, number, year_be)
    }
    if not headed:
        return list(scores), list(ratings)
    return _moved(scores, headed, year_be), _moved(ratings, headed, year_be)


def _years(grids: Sequence[Grid], mentions: Sequence[Mention]) -> dict[int, int]:
    """The year in the caption of each table, by its number."""
    found: dict[int, int] = {}
    for mention in mentions:
        if mention.kind != "year" or mention.role != "table" or mention.of != "result":
            continue
        for grid in grids:
            if grid.page_first == mention.page and _is_over(mention, grid):
                found[grid.number] = int(mention.name)
    return found


def _is_over(mention: Mention, grid: Grid) -> bool:
    boxes = (line.box() for line in grid.caption)
    middle = (mention.box.top + mention.box.bottom) / 2
    return any(box is not None and box.top <= middle <= box.bottom for box in boxes)


def _tells_otherwise(scores: Sequence[Score], number: int, year_be: int | None) -> bool:
    """Whether a table contradicts most of what the rest of the document prints."""
    rest: defaultdict[tuple[str, str], set[object]] = defaultdict(set)
    mine: dict[tuple[str, str], object] = {}
    for score in scores:
        if score.value is None or score.year_be != year_be or score.agency_name_printed:
            continue
        if score.table_no == number:
            mine[score.code, score.scale] = score.value
        else:
            rest[score.code, score.scale].add(score.value)
    shared = [key for key in mine if key in rest]
    against = sum(mine[key] not in rest[key] for key in shared)
    return against >= _TELLING and 2 * against > len(shared)


def _moved(
    held: Sequence[_Printed], headed: Mapping[int, int], year_be: int | None
) -> list[_Printed]:
    moved = []
    for item in held:
        year = headed.get(item.table_no or 0) if item.year_be == year_be else None
        moved.append(item if year is None else replace(item, year_be=year))
    return moved

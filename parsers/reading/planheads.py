"""What the headings before a plan say of all its measures: the year, the indicator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from parsers.knowledge.vocabulary import phrase
from parsers.model import Grid
from parsers.reading.columns import heading_year
from parsers.reading.mentions import find_mentions
from parsers.reading.subjects import level_of
from parsers.text.stream import Stream

__all__ = ["PlanHead", "read_plan_heads"]

# So many lines right above a table (or at the end of the page before) may be its heading.
_LINES = 4
# A heading is wrapped into no more lines than this.
_WRAPPED = 3

_Place = tuple[int, float]


class PlanHead(NamedTuple):
    """What stands above the table of a plan.

    `year_be` is the fiscal year that the plan is for, `indicator` the one that it answers;
    None and empty where no heading says so.
    """

    year_be: int | None = None
    indicator: str = ""


def read_plan_heads(grids: Sequence[Grid], plans: Sequence[int], stream: Stream) -> list[PlanHead]:
    """The heads of the plans of a document, one for each.

    Args:
        grids: All tables in order.
        plans: Which of them are plans.
        stream: The lines outside tables.
    """
    if not plans:
        return []
    places = [
        (page, box.top if (box := line.box()) else 0.0)
        for page, line in zip(stream.pages, stream.lines, strict=True)
    ]
    years = _years(stream)
    return [
        PlanHead(
            next((year for at, year in reversed(years) if places[at] < _start(grids[plan])), None),
            _indicator(stream, places, grids[plan], grids[plan - 1] if plan else None),
        )
        for plan in plans
    ]


def _start(grid: Grid) -> _Place:
    return grid.page_first, grid.box.top


def _end(grid: Grid | None) -> _Place:
    if grid is None:
        return 0, 0.0
    last = grid.page_last
    return last, max((c.box.bottom for c in grid.cells if c.page == last), default=0.0)


def _years(stream: Stream) -> list[tuple[int, int]]:
    """The lines in which a heading announces measures or a plan for a year, with the year."""
    found: list[tuple[int, int]] = []
    for index, line in enumerate(stream.lines):
        if phrase("plan_heading").match(line.text):
            wrapped = "\n".join(held.text for held in stream.lines[index : index + _WRAPPED])
            end = phrase("plan_heading_end").search(wrapped)
            year = heading_year(wrapped[: end.end()]) if end else None
            if year:
                found.append((index, year))
    return found


def _indicator(stream: Stream, places: Sequence[_Place], grid: Grid, before: Grid | None) -> str:
    """The one indicator that the lines right above the table name."""
    above = [i for i, place in enumerate(places) if _end(before) <= place < _start(grid)]
    text = "\n".join(stream.lines[index].text for index in above[-_LINES:])
    named = (mention.codes[0] for mention in find_mentions(text))
    found = {code for code in named if level_of(code) == "indicator"}
    return found.pop() if len(found) == 1 else ""

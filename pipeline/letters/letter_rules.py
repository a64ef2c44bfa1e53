"""The year's rules in a letter: levels, pass mark, lists of questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.audit.interval import Interval
from pipeline.audit.wording import points
from pipeline.letters.parts import Grid, Line, Say
from pipeline.letters.records import Condition, Explanation, LevelRow

__all__ = ["entries_section", "levels_section", "pass_mark_section"]


def levels_section(found: Explanation, say: Say) -> Iterator[Line | Grid]:
    """The levels with what each asks and whether it is met."""
    if not found.levels:
        return
    yield Line(say("levels-how"))
    names = ("level", "range", "conditions", "result")
    columns = tuple(say(f"column-{name}") for name in names)
    yield Grid(columns, tuple(_level_row(level, say) for level in found.levels))
    decided = _decided(found.levels)
    if decided:
        yield Line(say("is-level", level=decided))


def _decided(levels: Sequence[LevelRow]) -> str:
    """The level that the conditions give; empty where they do not decide."""
    for level in levels:
        if level.holds is None:
            return ""
        if level.holds:
            return level.name
    return ""


def _level_row(level: LevelRow, say: Say) -> tuple[str, ...]:
    known = level.low is not None
    bounds = f"{_bound(level.low)}–{_bound(level.high)}" if known else say("no-bounds")
    conditions = "; ".join(_condition(condition, say) for condition in level.conditions)
    return level.name, bounds, conditions, _holds(level.holds, say)


def _bound(value: Decimal | None) -> str:
    return "" if value is None else points(value)


def _condition(condition: Condition, say: Say) -> str:
    score = _middle(condition.score) if condition.score else say("not-printed")
    if condition.score and condition.computed:
        score = say("computed-score", score=score)
    result = _holds(condition.holds, say)
    return say(
        "condition", code=condition.code, score=score, mark=points(condition.mark), result=result
    )


def _holds(holds: bool | None, say: Say) -> str:
    return say("undecided" if holds is None else "holds" if holds else "fails")


def _middle(score: Interval) -> str:
    return points(score.middle.quantize(Decimal("0.01")))


def pass_mark_section(found: Explanation, say: Say) -> Iterator[Line]:
    """The pass mark held against the score."""
    if found.pass_mark is not None:
        yield Line(say("pass-mark-is", mark=points(found.pass_mark.mark)))
        if found.pass_mark.score is not None:
            yield Line(_condition(found.pass_mark, say))


def entries_section(found: Explanation, say: Say) -> Iterator[Grid]:
    """What the lists of the years have under the codes."""
    if not found.entries:
        return
    columns = tuple(say(f"column-{name}") for name in ("year", "code", "title", "belongs"))
    rows = tuple(
        (str(entry.year_be), entry.code, entry.title or say("no-entry"), entry.belongs_to)
        for entry in found.entries
    )
    yield Grid(columns, rows)

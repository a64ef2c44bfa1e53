"""The levels of a year, each condition held against the scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from parsers.knowledge.catalogue import RatingLevel
from pipeline.audit.case import SetCase
from pipeline.audit.interval import Interval
from pipeline.audit.quantities import Key, level_of
from pipeline.letters.records import Condition, LevelRow

__all__ = ["levels_of", "pass_mark_of"]

_CODES = ("ITA", "IIT", "EIT1", "EIT2", "EIT", "OIT")
# What `every_instrument_min` asks of: the EIT by its parts.
_EACH = ("IIT", "EIT1", "EIT2", "OIT")


def levels_of(held: SetCase) -> Iterator[LevelRow]:
    """The levels, best first: the first whose conditions all hold is the level."""
    year = held.rules.year
    if year is None:
        return
    printed, computed = _known(held)
    for level in year.rating_levels:
        conditions = tuple(_conditions(level, {**computed, **printed}))
        conditions = tuple(replace(c, computed=c.code not in printed) for c in conditions)
        holds = [condition.holds for condition in conditions]
        verdict = None if level.min is None or None in holds else all(holds)
        yield LevelRow(
            level.name,
            level.min,
            level.max,
            level.passes,
            conditions,
            False if False in holds else verdict,
        )


def pass_mark_of(held: SetCase, code: str) -> Condition | None:
    """The pass mark held against one score; None for a scheme without one.

    Args:
        held: The scores and the rules of their year.
        code: The score; empty where the finding is about the mark alone.
    """
    mark, score = held.rules.pass_threshold, held.choice.values.get(Key(code))
    if mark is None:
        return None
    return _condition(code, mark, score.interval if score else None)


def _known(held: SetCase) -> tuple[Mapping[str, Interval], Mapping[str, Interval]]:
    """What is known of the scores that levels hang on: as printed, and as computed."""
    computed = {
        r.template.target.code: r.interval
        for r in held.evaluations
        if r.interval is not None and level_of(r.template.target.code) in ("total", "instrument")
    }
    values = held.choice.values
    printed = {code: values[Key(code)].interval for code in _CODES if Key(code) in values}
    return printed, computed


def _conditions(level: RatingLevel, known: Mapping[str, Interval]) -> Iterator[Condition]:
    if level.min is not None:
        yield _condition("ITA", level.min, known.get("ITA"))
    every = level.every_instrument_min
    if every is None:
        return
    parts_known = "EIT1" in known and "EIT2" in known
    for code in _EACH if parts_known else ("IIT", "EIT", "OIT"):
        condition = _condition(code, every, known.get(code))
        if code == "EIT" and condition.holds:
            # A mean above the mark says nothing of the lower one of its two parts.
            condition = Condition(code, every, condition.score, None)
        yield condition


def _condition(code: str, mark: Decimal, score: Interval | None) -> Condition:
    holds = None
    if score is not None and score.high < mark:
        holds = False
    elif score is not None and (score.low >= mark or score.middle >= mark):
        # A printed score is taken at its word; a note says where rounding decides.
        holds = True
    return Condition(code, mark, score, holds)

"""Which cells can have changed places: those of one list, and those side by side.

Who copies a column slips by a row, who fills in a row by a column: indicators are exchanged
with indicators and questions with questions of their list. The total and an indicator at the
other end of the page are not, whatever the numbers would allow.
"""

from __future__ import annotations

from itertools import pairwise

from parsers.model import Score
from pipeline.audit.case import SetCase
from pipeline.audit.quantities import Key, level_of

__all__ = ["in_one_list", "side_by_side"]


def in_one_list(one: Key, other: Key) -> bool:
    """Whether two scores are of one level, one scale, and one list of questions.

    >>> in_one_list(Key("2"), Key("9")), in_one_list(Key("i3"), Key("e3"))
    (True, False)
    """
    return _list_of(one) == _list_of(other)


def _list_of(key: Key) -> tuple[str, str, str]:
    level = level_of(key.code)
    prefix = key.code.rstrip("0123456789") if level == "question" else ""
    return key.scale, level, prefix


def side_by_side(held: SetCase, one: Key, other: Key) -> bool:
    """Whether two scores stand beside or below each other in a table."""
    return any(
        _adjacent(held, a, b)
        for a in held.choice.values[one].scores
        for b in held.choice.values[other].scores
        if a.table_no is not None and a.table_no == b.table_no
    )


def _adjacent(held: SetCase, one: Score, other: Score) -> bool:
    if one.row_no is None or other.row_no is None:
        return False
    if one.row_no != other.row_no:
        overlap = min(one.box.x1, other.box.x1) > max(one.box.x0, other.box.x0)
        return overlap and abs(one.row_no - other.row_no) == 1
    row = [
        score
        for score in held.scores.scores
        if (score.table_no, score.row_no) == (one.table_no, one.row_no)
    ]
    row.sort(key=lambda score: score.box.x0)
    both = {one.score_id, other.score_id}
    return any({a.score_id, b.score_id} == both for a, b in pairwise(row))

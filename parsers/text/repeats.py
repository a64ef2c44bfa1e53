"""Headings that are printed again on every page of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.tables.fragments import Fragment, Slot, covering, rows_of
from parsers.tables.headers import folded
from parsers.tables.splices import EMPTY, cut

__all__ = ["repeats_headings", "without_headings", "without_repeats", "without_top"]

ALIKE = 0.66
"""Headings are the same when so many of their cells are; readers and writers slip."""


def repeats_headings(table: Fragment, part: Fragment) -> bool:
    """Whether the headings of a part are those of the table before it."""
    return _repeated(table, part) >= part.header_rows or _rest_below(table, part) is not None


def without_headings(table: Fragment, part: Fragment) -> tuple[Fragment, Fragment]:
    """A table and its next part, the repeated headings taken out of the part.

    A first row that is printed again though nothing told it for headings makes the table
    have them.
    """
    rest = _rest_below(table, part)
    if rest is not None:
        return table, without_repeats(table, rest)
    count = _repeated(table, part)
    if count:
        table = replace(table, header_rows=max(table.header_rows, count))
    return table, without_repeats(table, without_top(part, count))


def without_top(part: Fragment, count: int) -> Fragment:
    """The part less its first rows; cells that reach further down keep what is left."""
    if not count:
        return replace(part, header_rows=0)
    slots = []
    for slot in part.slots:
        end = slot.row + slot.row_span - count
        if slot.row >= count:
            slots.append(slot._replace(row=slot.row - count))
        elif end > 0:
            slots.append(slot._replace(row=0, row_span=end, passage=EMPTY))
    return replace(part, ys=part.ys[count:], slots=tuple(slots), header_rows=0)


def _repeated(table: Fragment, part: Fragment) -> int:
    """How many rows at the top of a part repeat the headings of the table."""
    ours, theirs = rows_of(table), rows_of(part)
    count = 0
    while count < min(len(ours), len(theirs), max(table.header_rows, part.header_rows, 3)):
        if not _alike(ours[count], theirs[count], count < table.header_rows):
            break
        count += 1
    return count


def _alike(ours: Sequence[Slot], theirs: Sequence[Slot], heading: bool) -> bool:
    """Whether two rows say the same; headings may differ in one cell of three."""
    mine = {slot.column: folded(slot.text) for slot in ours if slot.text}
    other = {slot.column: folded(slot.text) for slot in theirs if slot.text}
    if not mine and not other:
        return heading
    if len(mine) < 2 and not heading:
        return False
    places = set(mine) | set(other)
    same = sum(mine.get(place) == other.get(place) for place in places)
    return same >= (ALIKE if heading else 1.0) * len(places)


def _rest_below(table: Fragment, part: Fragment) -> Fragment | None:
    """The part without headings that share their row with the rest of a cut row.

    Where no line is drawn between the repeated headings and the rest of a row, both are
    in one cell: every heading then begins the cell below it, and some cells go on.
    """
    depth = table.header_rows
    if not depth or part.row_count < depth:
        return None
    ours, theirs = covering(table, depth - 1), covering(part, depth - 1)
    rests: dict[int, Slot] = {}
    for column, heading in ours.items():
        slot = theirs.get(column)
        end = _end_of(heading.text, slot.text) if slot else None
        if slot is None or end is None:
            return None
        if column == slot.column:
            passage = cut(slot.passage, end, len(slot.text))
            rests[column] = slot._replace(row=0, row_span=1, passage=passage)
    if not any(slot.text for slot in rests.values()):
        return None
    lower = without_top(part, depth)
    slots = [slot._replace(row=slot.row + 1) for slot in lower.slots]
    ys = (part.ys[depth - 1], *lower.ys)
    return replace(lower, ys=ys, slots=(*rests.values(), *slots), open_top=True)


def _end_of(heading: str, text: str) -> int | None:
    """Where a heading ends in a text that begins with it."""
    plain = folded(heading)
    if not folded(text).startswith(plain):
        return None
    for end in range(len(text) + 1):
        if folded(text[:end]) == plain:
            return end
    return None


def without_repeats(table: Fragment, part: Fragment) -> Fragment:
    """A part (or the table itself) without headings that stand again between its rows."""
    headings = rows_of(table)[: table.header_rows]
    rows = rows_of(part)
    row = part.header_rows
    while headings and row + len(headings) <= part.row_count:
        below = rows[row : row + len(headings)]
        if all(_same(mine, other) for mine, other in zip(headings, below, strict=True)):
            part = _without_rows(part, row, len(headings))
            rows = rows_of(part)
        else:
            row += 1
    return part


def _same(ours: Sequence[Slot], theirs: Sequence[Slot]) -> bool:
    return bool(ours) and [(s.column, folded(s.text)) for s in ours if s.text] == [
        (s.column, folded(s.text)) for s in theirs if s.text
    ]


def _without_rows(part: Fragment, first: int, count: int) -> Fragment:
    slots = tuple(
        slot._replace(row=slot.row - count if slot.row > first else slot.row)
        for slot in part.slots
        if not first <= slot.row < first + count
    )
    return replace(part, ys=part.ys[: first + 1] + part.ys[first + count + 1 :], slots=slots)

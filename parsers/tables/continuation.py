"""Parts of tables on following pages -> whole tables.

A table goes on when the next page begins with the same columns and nothing but running
heads, page numbers and repeated headings stands between. The break may cut a row in two;
then the texts of its cells are put together again. What tells a cut row: no line was
drawn at the break, or cells that are always filled are empty and no new number begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parsers.tables.fragments import Fragment, Slot, covering
from parsers.tables.headers import folded, is_heading_row, is_number
from parsers.tables.running import is_continuation_mark
from parsers.tables.splices import join
from parsers.text.repeats import repeats_headings, without_headings, without_top

__all__ = ["Part", "append", "goes_on"]

NEAR = 0.022
"""Edges of columns are the same when they differ by less than this share of the width."""
LOOSE = 0.1
"""The same for tables without lines, whose edges are only inferred from the text."""
USUAL = 0.8
"""A column is always filled when this share of the rows fill it."""

_NUMBERED = re.compile(
    r"[(\[]?(?:ข้อ|ตัวชี้วัด|ประเด็น|มาตรการ|โครงการ|กิจกรรม)?(?:ที่)?[ioe]{0,2}[ps]?0?\d{1,2}(?!\d)"
)
_BULLET = re.compile(r"[■▪•●○◦➢✓√❖\-–*\uf0a7\uf0b7\uf0d8]")
_BROKEN = re.compile(r"\d\.\d?$")
_DIGITS = re.compile(r"\d{1,2}")
_LIST_NUMBER = re.compile(r"(?:^|\n)\s*(\d{1,2})\s*[.)]")


@dataclass(frozen=True, slots=True)
class Part:
    """A fragment and what stands around it on its page.

    Attributes:
        fragment: The fragment, headings found.
        above: The texts of the lines above it, running heads left out.
        last: Whether nothing but running feet follows it.
    """

    fragment: Fragment
    above: tuple[str, ...]
    last: bool


def goes_on(
    table: Fragment, before: Part, after: Part, titles: frozenset[str] = frozenset()
) -> bool:
    """Whether the table that ends in one part is continued by another.

    Args:
        table: The table as joined so far, `before` its last part.
        before: The last part of the table.
        after: The first part of a following page.
        titles: What stands above the table (folded); titles may be printed again.
    """
    fragment = after.fragment
    if fragment.page != before.fragment.page + 1 or not before.last:
        return False
    marked = any(is_continuation_mark(text) for text in after.above)
    if not marked and any(folded(text) not in titles for text in after.above):
        return False
    if fragment.ruled != table.ruled or _common_edges(table, fragment) is None:
        return False
    if any(folded(title.text) not in titles for title in fragment.titles):
        return False
    return not fragment.header_rows or repeats_headings(table, fragment)


def append(table: Fragment, part: Fragment) -> Fragment:
    """The table with the rows of a part of the next page put under its own."""
    edges = _common_edges(table, part)
    if edges is None:
        raise ValueError("a part with other columns cannot be appended")
    table = _on_edges(table, edges)
    part = _on_edges(part, edges) if table.ruled else replace(part, xs=edges)
    table, part = without_headings(table, part)
    while part.row_count and not any(slot.text for slot in part.slots if slot.row == 0):
        if any(slot.row == 0 and slot.row_span > 1 for slot in part.slots):
            break
        part = without_top(part, 1)
    if not part.row_count:
        return replace(table, open_bottom=part.open_bottom)
    cut = _is_cut(table, part)
    if cut:
        table, part = _mended(table, part)
    return _stacked(table, part)


def _relative(fragment: Fragment) -> list[float]:
    width = (fragment.xs[-1] - fragment.xs[0]) or 1.0
    return [(x - fragment.xs[0]) / width for x in fragment.xs]


def _common_edges(table: Fragment, part: Fragment) -> tuple[float, ...] | None:
    """The column edges of both, in the table's points, where one has all of the other's.

    Merged cells can hide an edge on one page, so one side may have fewer; a part that is
    wider or narrower (portrait, then landscape) is compared by its proportions.
    """
    ours, theirs = _relative(table), _relative(part)
    if not table.ruled:
        return _loose_edges(table, part)
    more, fewer = (ours, theirs) if len(ours) >= len(theirs) else (theirs, ours)
    if len(fewer) < 3 and len(more) > 3:
        return None
    for edge in fewer:
        if min(abs(edge - other) for other in more) > NEAR:
            return None
    if len(fewer) < len(more) and not _same_place(table, part):
        return None
    width = table.xs[-1] - table.xs[0]
    return tuple(table.xs[0] + edge * width for edge in more)


def _loose_edges(table: Fragment, part: Fragment) -> tuple[float, ...] | None:
    """The edges of two tables without lines: they move with the text of each page."""
    if len(table.xs) != len(part.xs):
        return None
    width = table.xs[-1] - table.xs[0]
    near = all(
        abs(one - other) < LOOSE * width for one, other in zip(table.xs, part.xs, strict=True)
    )
    return table.xs if near else None


def _same_place(table: Fragment, part: Fragment) -> bool:
    return abs(table.xs[0] - part.xs[0]) < 6 and abs(table.xs[-1] - part.xs[-1]) < 6


def _on_edges(fragment: Fragment, edges: tuple[float, ...]) -> Fragment:
    """The fragment with its columns counted on another set of edges."""
    width = (edges[-1] - edges[0]) or 1.0
    places = [(edge - edges[0]) / width for edge in edges]
    at = [_nearest(places, own) for own in _relative(fragment)]
    if at == list(range(len(edges))) and fragment.xs == edges:
        return fragment
    slots = tuple(
        replace(
            slot,
            column=at[slot.column],
            column_span=max(1, at[slot.column + slot.column_span] - at[slot.column]),
        )
        for slot in fragment.slots
    )
    return replace(fragment, xs=edges, slots=slots)


def _nearest(places: Sequence[float], place: float) -> int:
    return min(range(len(places)), key=lambda index: abs(places[index] - place))


def _is_cut(table: Fragment, part: Fragment) -> bool:
    """Whether the first row of a part is the rest of the table's last row."""
    if table.row_count <= table.header_rows:
        return False
    last = covering(table, table.row_count - 1)
    first = covering(part, 0)
    filled = {column for column, slot in first.items() if slot.text}
    if not filled or _is_section(first, part) or _is_section(last, table):
        return False
    if any(c in last and _two_numbers(last[c].text, first[c].text) for c in filled):
        return False
    if table.open_bottom or part.open_top:
        return True
    return _flows_on(table, last, first)


def _two_numbers(upper: str, lower: str) -> bool:
    """Whether both are numbers of their own: "88.4" over "4" is one, broken in two."""
    if not (is_number(upper) and is_number(lower)):
        return False
    return not (_BROKEN.search(folded(upper)) and _DIGITS.fullmatch(folded(lower)))


def _is_section(row: dict[int, Slot], fragment: Fragment) -> bool:
    return any(slot.column_span == fragment.column_count for slot in row.values())


def _flows_on(table: Fragment, last: dict[int, Slot], first: dict[int, Slot]) -> bool:
    """Whether the words tell that a row goes on, where lines do not."""
    key = _key_column(table, last)
    if key is None:
        return False
    ours = last[key].text if key in last else ""
    theirs = first[key].text if key in first else ""
    if not theirs:
        return True
    begins = _begins_item(theirs)
    if not begins and (_all_items(table, key) or _completes(table, last, first)):
        return True
    missing = any(
        not (column in first and first[column].text) and _usually_filled(table, column)
        for column in range(table.column_count)
    )
    return missing and (not begins or _counts_on(ours, theirs))


def _key_column(table: Fragment, last: dict[int, Slot]) -> int | None:
    """The first column that is filled anew in every row (not a merged one)."""
    for column in range(table.column_count):
        slot = last.get(column)
        if slot and slot.text and slot.row_span == 1 and _usually_filled(table, column):
            return column
    return None


def _usually_filled(table: Fragment, column: int) -> bool:
    """Whether nearly every row fills a column; section titles do not count."""
    begun: dict[int, set[int]] = {}
    for slot in table.slots:
        if slot.row >= table.header_rows and slot.column_span < table.column_count:
            begun.setdefault(slot.row, set())
            if slot.text:
                begun[slot.row].add(slot.column)
    return sum(column in row for row in begun.values()) >= USUAL * len(begun) > 0


def _completes(table: Fragment, last: dict[int, Slot], first: dict[int, Slot]) -> bool:
    """Whether the two texts of a column together say what another row says there."""
    for column, slot in first.items():
        above = last.get(column)
        if not slot.text or above is None or not above.text:
            continue
        whole = folded(above.text + slot.text)
        if any(s.column == column and folded(s.text) == whole for s in table.slots):
            return True
    return False


def _all_items(table: Fragment, column: int) -> bool:
    """Whether every row (of two at least) begins with a number, a code or a bullet."""
    texts = [
        slot.text
        for slot in table.slots
        if slot.column == column and slot.row >= table.header_rows and slot.text
    ]
    texts = [text for text in texts if not is_heading_row([text])]
    return len(texts) > 1 and all(_begins_item(text) for text in texts)


def _begins_item(text: str) -> bool:
    plain = folded(text)
    return bool(_NUMBERED.match(plain) or _BULLET.match(plain))


def _counts_on(ours: str, theirs: str) -> bool:
    """Whether a list of the upper text goes on in the lower one."""
    upper = [int(number) for number in _LIST_NUMBER.findall(ours)]
    lower = [int(number) for number in _LIST_NUMBER.findall(theirs)]
    return len(upper) > 1 and bool(lower) and lower[0] == upper[-1] + 1


def _mended(table: Fragment, part: Fragment) -> tuple[Fragment, Fragment]:
    """The table with its last row completed, and the part without that rest."""
    row = table.row_count - 1
    rest = {slot.column: slot for slot in part.slots if slot.row == 0}
    slots: list[Slot] = []
    for slot in table.slots:
        reaches = slot.row <= row < slot.row + slot.row_span
        other = rest.pop(slot.column, None) if reaches else None
        slots.append(_completed(slot, other) if other else slot)
    for slot in rest.values():
        slots.append(replace(slot, row=row))
    table = replace(table, slots=tuple(sorted(slots, key=lambda s: (s.row, s.column))))
    lower = tuple(replace(slot, row=slot.row - 1) for slot in part.slots if slot.row > 0)
    return table, replace(part, ys=part.ys[1:], slots=lower)


def _completed(slot: Slot, rest: Slot) -> Slot:
    """A cell with the rest of its text from the next page."""
    span = slot.row_span + rest.row_span - 1
    if not slot.text:
        return replace(rest, row=slot.row, row_span=span)
    if rest.text and rest.row_span > 1 and folded(rest.text) == folded(slot.text):
        return replace(slot, row_span=span)
    return replace(slot, row_span=span, passage=join([slot.passage, rest.passage]))


def _stacked(table: Fragment, part: Fragment) -> Fragment:
    offset = table.row_count
    slots = list(table.slots)
    merged = {
        slot.column: index
        for index, slot in enumerate(slots)
        if slot.row + slot.row_span == offset and slot.text and slot.row >= table.header_rows
    }
    for slot in part.slots:
        above = merged.get(slot.column) if slot.row == 0 and not slot.text else None
        if above is not None and _is_rest(slots[above], slot):
            held = slots[above]
            slots[above] = replace(held, row_span=held.row_span + slot.row_span)
        else:
            slots.append(replace(slot, row=slot.row + offset))
    ys = table.ys + tuple(table.ys[-1] + y - part.ys[0] for y in part.ys[1:])
    return replace(table, ys=ys, slots=tuple(slots), open_bottom=part.open_bottom)


def _is_rest(above: Slot, slot: Slot) -> bool:
    """Whether an empty cell at the top of a page is the rest of a merged one."""
    return above.column_span == slot.column_span and above.row_span + slot.row_span > 2

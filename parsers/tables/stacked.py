"""Rows that stand in one ruled row: numbers under each other in one cell.

Some tables have lines between their columns but none between their rows, or none between
the questions of one indicator. A cell with several scores under each other is then several
rows, and the lines of the cells beside it are dealt out to them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.model import Passage
from parsers.tables.fragments import Fragment, Slot
from parsers.tables.headers import begins_item, folded, is_number
from parsers.tables.rowing import TextLine, row_bounds, row_of
from parsers.tables.splices import join, split_lines

__all__ = ["unstack"]

_SCORE = re.compile(r"\d\.\d|^100(?:\D|$)")


def unstack(fragment: Fragment) -> Fragment:
    """The fragment with rows of stacked numbers parted into rows of their own."""
    row = fragment.header_rows
    while row < fragment.row_count:
        slots = [slot for slot in fragment.slots if slot.row == row]
        stacked = any(_all_scores(slot.text.split("\n")) for slot in slots if "\n" in slot.text)
        lines = {s.column: split_lines(s.passage) for s in slots if s.text} if stacked else {}
        anchors = _anchors(slots, lines) if stacked else []
        if anchors:
            fragment = _parted(fragment, row, lines, anchors)
            row += len(anchors) - 1
        row += 1
    return fragment


def _anchors(slots: Sequence[Slot], lines: dict[int, list[Passage]]) -> list[float]:
    """The baselines of the numbers of a stacked row; empty for an ordinary row."""
    if any(slot.row_span > 1 and len(lines.get(slot.column, ())) > 1 for slot in slots):
        return []
    columns = [
        held
        for held in lines.values()
        if len(held) > 1 and _all_scores([line.text for line in held])
    ]
    if not columns:
        return []
    best = max(columns, key=len)
    labels = [held for held in lines.values() if not is_number(held[0].text)]
    if not any(len(held) >= len(best) for held in labels):
        return []
    return [_base(line) for line in best]


def _all_scores(lines: Sequence[str]) -> bool:
    texts = [text for line in lines if (text := folded(line))]
    return all(map(is_number, texts)) and sum(bool(_SCORE.search(t)) for t in texts) > 1


def _base(line: Passage) -> float:
    box = line.box()
    return box.bottom if box else 0.0


def _text_line(line: Passage) -> TextLine:
    box = line.box()
    return TextLine(_base(line), begins_item(line.text), box.x1 if box else 0.0)


def _parted(
    fragment: Fragment, row: int, lines: dict[int, list[Passage]], anchors: list[float]
) -> Fragment:
    texts = sorted(
        _text_line(line)
        for line in max(lines.values(), key=lambda held: sum(len(line.text) for line in held))
    )
    bounds = row_bounds(anchors, texts)
    if len(bounds) != len(anchors) - 1:
        return fragment
    slots: list[Slot] = []
    for slot in fragment.slots:
        if slot.row == row and slot.row_span == 1 and len(lines.get(slot.column, ())) > 1:
            slots += _parts(slot, lines[slot.column], bounds)
        elif slot.row > row:
            slots.append(slot._replace(row=slot.row + len(bounds)))
        elif slot.row < row < slot.row + slot.row_span:
            slots.append(slot._replace(row_span=slot.row_span + len(bounds)))
        else:
            slots.append(slot)
    ys = fragment.ys[: row + 1] + tuple(bounds) + fragment.ys[row + 1 :]
    slots.sort(key=lambda slot: (slot.row, slot.column))
    return replace(fragment, ys=ys, slots=tuple(slots))


def _parts(slot: Slot, lines: Sequence[Passage], bounds: Sequence[float]) -> list[Slot]:
    """The cells of one stacked cell, from the top."""
    held: dict[int, list[Passage]] = {}
    for line in lines:
        held.setdefault(row_of(_base(line), bounds), []).append(line)
    out = []
    for row, part in sorted(held.items()):
        top = bounds[row - 1] if row else slot.box.top
        bottom = bounds[row] if row < len(bounds) else slot.box.bottom
        box = slot.box._replace(top=top, bottom=bottom)
        out.append(slot._replace(row=slot.row + row, box=box, passage=join(part)))
    return out

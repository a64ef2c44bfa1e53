"""Pages of characters and ruling lines -> tables, and the lines that stand outside them.

This is the conductor: each page is turned upright, its ruled and then its borderless
tables are taken out, headings are found, and what goes on over pages is joined.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from parsers.model import Box, Cell, Grid, Page, Passage
from parsers.tables.borderless import find_borderless
from parsers.tables.continuation import Part, append, goes_on
from parsers.tables.fragments import Fragment
from parsers.tables.geometry import Turn, upright
from parsers.tables.headed import find_headed
from parsers.tables.headers import find_headers, folded
from parsers.tables.highlights import without_highlights
from parsers.tables.lattices import strokes
from parsers.tables.pieces import Cutter
from parsers.tables.rests import rest_on_top, with_tails
from parsers.tables.ruled import find_ruled
from parsers.tables.running import is_page_number, running_lines
from parsers.tables.splices import moved, split_lines
from parsers.tables.stacked import unstack
from parsers.text.passages import lines as text_lines
from parsers.text.repeats import without_repeats
from parsers.text.thai import survey, telling

__all__ = ["Tables", "find_grids"]

MOST_CAPTION = 3
"""So many lines above a table may be its caption."""
CAPTION_GAP = 1.2
"""A caption line is at most this many line heights away from what it stands above."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a document and the text around them.

    Attributes:
        grids: The tables in reading order, joined over pages.
        lines: For each page number the lines outside tables, from top to bottom.
    """

    grids: tuple[Grid, ...]
    lines: Mapping[int, tuple[Passage, ...]]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page taken apart, turned upright; `boxes` are those of the lines."""

    number: int
    height: float
    turn: Turn | None
    fragments: tuple[Fragment, ...]
    lines: tuple[Passage, ...]
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """A table being joined; box and caption as displayed on its first page."""

    fragment: Fragment
    last: Part
    box: Box
    caption: tuple[Passage, ...]

    @property
    def titles(self) -> frozenset[str]:
        """What stands above it: it may be printed again on the next page."""
        return frozenset(folded(passage.text) for passage in self.caption)


def find_grids(pages: Sequence[Page]) -> Tables:
    """The tables of a document, numbered from 1 in reading order.

    Args:
        pages: The pages in order, as extracted.

    Returns:
        The tables and, for every page, the lines outside them. A page without usable
        text has no tables and no lines.
    """
    sheets = [_sheet(page) for page in pages]
    running = running_lines([(sheet.height, sheet.lines, sheet.boxes) for sheet in sheets])
    tables: list[_Table] = []
    lines: dict[int, tuple[Passage, ...]] = {}
    for whole, marked in zip(sheets, running, strict=True):
        sheet, skipped = _with_rest(whole, marked, tables[-1] if tables else None)
        loose: list[Fragment] = []
        for index, fragment in enumerate(sheet.fragments):
            part = _part(sheet, skipped, index)
            last = tables[-1] if tables else None
            if index == 0 and last and goes_on(last.fragment, last.last, part, last.titles):
                joined = append(last.fragment, _displayed(fragment, sheet.turn))
                tables[-1] = replace(last, fragment=joined, last=part)
            elif fragment.weak:
                loose.append(fragment)
            else:
                tables.append(_begun(sheet, part))
        lines[sheet.number] = _shown(_all_lines(sheet, loose), sheet.turn)
    return Tables(tuple(_grid(number, table) for number, table in enumerate(tables, 1)), lines)


def _all_lines(sheet: _Sheet, loose: Sequence[Fragment]) -> list[Passage]:
    """The lines of a page, those of boxes that turned out to be no tables put between."""
    if not loose:
        return list(sheet.lines)
    freed = [
        (box.top, line)
        for fragment in loose
        for slot in fragment.slots
        for line in split_lines(slot.passage)
        if (box := line.box()) is not None
    ]
    held = [(box.top, line) for line, box in zip(sheet.lines, sheet.boxes, strict=True)]
    return [line for _, line in sorted([*held, *freed], key=lambda pair: pair[0])]


def _sheet(page: Page) -> _Sheet:
    turn, chars, rules = upright(page)
    sideways = turn is not None and turn.angle in (90, 270)
    height = page.width if sideways else page.height
    drawn = strokes(without_highlights(rules, chars)) if chars else ([], [])
    defects = telling(survey("".join([char.text for char in chars])))
    ruled, left = find_ruled(page.number, height, chars, drawn, defects)
    cutter = Cutter()
    free, lines = find_borderless(page.number, text_lines(left, defects), drawn, cutter)
    free, lines = with_tails(free, lines)
    headed, lines = find_headed(page.number, lines, (*ruled, *free), drawn[0], cutter)
    fragments = sorted((*ruled, *free, *headed), key=lambda part: (part.ys[0], part.xs[0]))
    placed = [(line, box) for line in lines if (box := line.box()) is not None]
    return _Sheet(
        number=page.number,
        height=height,
        turn=turn,
        fragments=tuple(unstack(find_headers(fragment)) for fragment in fragments),
        lines=tuple(line for line, _ in placed),
        boxes=tuple(box for _, box in placed),
    )


def _with_rest(
    sheet: _Sheet, skipped: frozenset[int], table: _Table | None
) -> tuple[_Sheet, frozenset[int]]:
    """The sheet with the rest of the table before taken out of the lines on its top."""
    if table is None or not table.last.last or not table.fragment.header_rows:
        return sheet, skipped
    before = table.last.fragment
    end = sheet.fragments[0].ys[0] if sheet.fragments else sheet.height
    free = [
        index
        for index, box in enumerate(sheet.boxes)
        if index not in skipped and box.bottom < end + 4
    ]
    if before.page != sheet.number - 1 or not free:
        return sheet, skipped
    rest, count = rest_on_top(sheet.number, [sheet.lines[index] for index in free], before)
    if rest is None:
        return sheet, skipped
    kept = [index for index in range(len(sheet.lines)) if index not in free[:count]]
    left = replace(
        sheet,
        fragments=(rest, *sheet.fragments),
        lines=tuple(sheet.lines[index] for index in kept),
        boxes=tuple(sheet.boxes[index] for index in kept),
    )
    return left, frozenset(place for place, index in enumerate(kept) if index in skipped)


def _part(sheet: _Sheet, skipped: frozenset[int], index: int) -> Part:
    """A fragment with what its surroundings say about the pages before and after."""
    fragment = sheet.fragments[index]
    above: list[str] = []
    below = False
    for number, (line, box) in enumerate(zip(sheet.lines, sheet.boxes, strict=True)):
        if number in skipped:
            continue
        middle = (box.top + box.bottom) / 2
        if middle > fragment.ys[-1]:
            below = True
        elif middle < fragment.ys[0]:
            above.append(line.text)
    return Part(fragment, tuple(above), index == len(sheet.fragments) - 1 and not below)


def _begun(sheet: _Sheet, part: Part) -> _Table:
    fragment = part.fragment
    box = fragment.box if sheet.turn is None else sheet.turn.back(fragment.box)
    caption = (*_lines_above(sheet, fragment), *fragment.titles)
    fragment = without_repeats(fragment, fragment)
    return _Table(_displayed(fragment, sheet.turn), part, box, _shown(caption, sheet.turn))


def _lines_above(sheet: _Sheet, fragment: Fragment) -> list[Passage]:
    """The lines directly above a table, nearest last."""
    held: list[Passage] = []
    tops = [box.top - 6 for title in fragment.titles if (box := title.box()) is not None]
    floor = min([fragment.ys[0], *tops])
    ceiling = max(
        (other.ys[-1] for other in sheet.fragments if other.ys[-1] <= fragment.ys[0]), default=0.0
    )
    for number in range(len(sheet.lines) - 1, -1, -1):
        box = sheet.boxes[number]
        if box.top < ceiling or box.bottom > floor + 4:
            continue
        if is_page_number(sheet.lines[number].text):
            continue
        if floor - box.bottom > CAPTION_GAP * (box.bottom - box.top) or len(held) == MOST_CAPTION:
            break
        held.insert(0, sheet.lines[number])
        floor = box.top
    return held


def _displayed(fragment: Fragment, turn: Turn | None) -> Fragment:
    """The fragment with the boxes of its cells where they stand as displayed."""
    if turn is None:
        return fragment
    slots = tuple(
        slot._replace(box=turn.back(slot.box), passage=moved(slot.passage, turn.back))
        for slot in fragment.slots
    )
    return replace(fragment, slots=slots)


def _shown(passages: Sequence[Passage], turn: Turn | None) -> tuple[Passage, ...]:
    if turn is None:
        return tuple(passages)
    return tuple(moved(passage, turn.back) for passage in passages)


def _grid(number: int, table: _Table) -> Grid:
    fragment = table.fragment
    slots = sorted((s for s in fragment.slots if s.text), key=lambda s: (s.row, s.column))
    return Grid(
        number=number,
        page_first=fragment.page,
        page_last=table.last.fragment.page,
        box=table.box,
        row_count=fragment.row_count,
        column_count=fragment.column_count,
        header_rows=fragment.header_rows,
        cells=tuple(
            Cell(s.row, s.column, s.row_span, s.column_span, s.page, s.box, s.passage)
            for s in slots
        ),
        caption=table.caption,
        ruled=fragment.ruled,
    )

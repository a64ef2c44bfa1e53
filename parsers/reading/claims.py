"""What sentences say about several scores: ranges, the highest, who passed, how many.

A claim is made only of what a sentence certainly says. Thai sentences have no full stop, so
what a word reaches to is taken as narrowly as its form allows, and what speaks of a wish, a
condition, another year or other agencies is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from parsers.model import Box, Claim, Passage, Score
from parsers.reading.changes import read_changes
from parsers.reading.codes import find_code_groups
from parsers.reading.columns import Layout
from parsers.reading.passmarks import read_passmarks
from parsers.reading.shares import announced_rows, read_shares, tabled_shares
from parsers.reading.superlatives import read_superlatives
from parsers.reading.tallies import read_lists, read_tallies
from parsers.reading.telling import Told, telling
from parsers.text.stream import Stream

__all__ = ["read_claims"]

# A shorter cell is a label or a value.
_SHORTEST = 20
# So many lines above a table of agencies may announce how many there are.
_TITLE_LINES = 6


def read_claims(
    layouts: Sequence[Layout],
    stream: Stream,
    scores: Sequence[Score],
    *,
    year_be: int | None,
    several: bool = False,
) -> tuple[Claim, ...]:
    """Every claim of a document, in the order of its pages.

    Args:
        layouts: All tables; the sentences in their cells are read too.
        stream: The lines outside tables.
        scores: The scores that were read, with their ids.
        year_be: Fiscal year (BE) of the result, for sentences that name none.
        several: Whether the document gives the scores of several agencies.
    """
    found = list(_of_each(scores))
    found += _told(telling(stream, year_be))
    for layout in layouts:
        if not several:
            found += _in_cells(layout, year_be)
        found += tabled_shares(layout, year_be)
    if several:
        found += _announced(layouts, stream, scores, year_be)
    return tuple(sorted(found, key=lambda c: (c.page, c.box.top, c.box.x0)))


def _told(told: Told) -> Iterator[Claim]:
    """The claims of a text; each kind is sought only where its words are."""
    flat = told.flat
    if "สุด" in flat and "คะแนน" in flat:
        yield from read_superlatives(told)
    if "ผ่าน" in flat or "กว่า" in flat or "ไม่ถึง" in flat:
        yield from read_tallies(told)
    if "เกณฑ์" in flat:
        yield from read_passmarks(told)
    if "ร้อยละ" in flat or "%" in flat:
        yield from read_shares(told)
    if "ขึ้น" in flat or "ลง" in flat:
        yield from read_changes(told)
    if "ผ่าน" in flat or "คะแนน" in flat:
        yield from read_lists(told)


def _in_cells(layout: Layout, year_be: int | None) -> Iterator[Claim]:
    for cell in layout.grid.cells:
        text = cell.text
        if cell.row < layout.header_rows or len(text) < _SHORTEST:
            continue
        if "คะแนน" in text or "ผ่าน" in text or "ร้อยละ" in text:
            row = cell.row - layout.grid.header_rows + 1
            stream = Stream(text, (0,), (cell.passage,), (cell.page,))
            yield from _told(telling(stream, year_be, layout.grid.number, row))


def _announced(
    layouts: Sequence[Layout], stream: Stream, scores: Sequence[Score], year_be: int | None
) -> Iterator[Claim]:
    """Numbers of agencies above the tables that list them."""
    tables = {score.table_no for score in scores if score.agency_name_printed is not None}
    for layout in layouts:
        grid = layout.grid
        if grid.number not in tables:
            continue
        lines = [(grid.page_first, caption) for caption in grid.caption]
        if not lines:
            lines = _above(stream, grid.page_first, grid.box)
        yield from announced_rows(layout, lines, year_be)


def _above(stream: Stream, page: int, table: Box) -> list[tuple[int, Passage]]:
    """The last lines before a table, those of the page before it where it opens a page."""
    before = [
        (at, line)
        for at, line in zip(stream.pages, stream.lines, strict=True)
        if at == page - 1 or (at == page and (box := line.box()) and box.top < table.top)
    ]
    return before[-_TITLE_LINES:]


# ---- values said of several codes -------------------------------------------------------------


def _of_each(scores: Sequence[Score]) -> Iterator[Claim]:
    """The sentences that give several codes their scores, from the scores they print."""
    shared: defaultdict[tuple[object, ...], list[Score]] = defaultdict(list)
    for score in scores:
        if score.place == "sentence" and score.value is not None:
            at = (score.page, score.table_no, score.row_no, score.code_printed)
            shared[(*at, score.box)].append(score)
    alone: defaultdict[tuple[object, ...], list[Score]] = defaultdict(list)
    for key, held in shared.items():
        if len(held) > 1:
            yield _each(held)
        else:
            alone[key[:-1]].append(held[0])
    for held in alone.values():
        if len(held) > 1:
            yield from _in_order(held)


def _in_order(held: Sequence[Score]) -> Iterator[Claim]:
    """As many numbers as codes: "e4 e5 และ e6 ได้ 82.86 81.90 89.52 ตามลำดับ"."""
    groups = find_code_groups(held[0].code_printed)
    codes = groups[0].codes if len(groups) == 1 else ()
    size = len(codes)
    for first in range(0, len(held) - size + 1, size or 1):
        part = held[first : first + size]
        if size > 1 and tuple(score.code for score in part) == codes:
            yield _each(part)


def _each(held: Sequence[Score]) -> Claim:
    values = tuple(score.value for score in held if score.value is not None)
    first = held[0]
    return Claim(
        kind="each",
        year_be=first.year_be,
        level=first.level,
        codes=tuple(score.code for score in held),
        values=values if len(set(values)) > 1 else values[:1],
        count=None,
        of=None,
        printed=" ".join(f"{first.code_printed} … {_values(held)}".split()),
        page=first.page,
        box=first.box,
        table_no=first.table_no,
        row_no=first.row_no,
        scores=tuple(score.score_id for score in held),
    )


def _values(held: Sequence[Score]) -> str:
    return " ".join(dict.fromkeys(score.value_printed for score in held))

"""Percentages with the counts that they are made of, and announced numbers of agencies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations, product
from typing import NamedTuple

import regex

from parsers.knowledge.claimwords import form
from parsers.model import Box, Cell, Claim, Passage
from parsers.reading.columns import Layout
from parsers.reading.telling import Content, Told, windows
from parsers.text.digits import to_ascii

__all__ = ["announced_rows", "is_share", "read_shares", "tabled_shares"]

# How far around a percentage its counts stand.
_REACH = (130, 80)
_FORMS = ("share", "share_after", "share_before", "share_of")
_OUT_OF = regex.compile(r"(?:จาก|ของ|ต่อ|จำนวน|ทั้ง\s?หมด|ทั้ง\s?สิ้น)[^0-9]{0,60}[0-9]")
_HUNDRED = Decimal(100)
# So many rows must bear out that a column is the share of two others.
_TELLING = 3
_MOST_COLUMNS = 8
_PERCENT_HEAD = regex.compile(r"ร้อยละ|%|(?i:percent)")
_WHOLE = regex.compile(r"\s*(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6})\s*")
_POINTS = regex.compile(r"\s*([0-9]{1,3}(?:\.[0-9]{1,4})?)\s*%?\s*")


def read_shares(told: Told) -> Iterator[Claim]:
    """Every "8 จาก 10 … คิดเป็นร้อยละ 80" of a text."""
    last = 0
    places = windows(told.flat, ("ร้อยละ", "%"), *_REACH)
    places = [place for place in places if _OUT_OF.search(told.flat, *place)]
    for name, (start, end) in product(_FORMS, places):
        for found in form(name).finditer(told.flat, start, end):
            of, count = _whole(found["of"]), _whole(found["count"])
            if not 0 <= count <= of or not of or found.start() < last:
                continue
            if name != "share_of" and form("share_else").match(told.flat, found.end()):
                continue
            last = found.end()
            yield told.claim(
                "share",
                found.span(),
                told.year_be,
                Content(count=count, of=of, values=(Decimal(found["percent"]),)),
            )


def _whole(text: str) -> int:
    return int(text.replace(",", ""))


def is_share(count: int, of: int, percent: Decimal) -> bool:
    """Whether a printed percentage is that share, rounded up, down or to the nearest.

    >>> is_share(459, 879, Decimal("52.22")), is_share(2, 3, Decimal(66))
    (True, True)
    >>> is_share(1, 2, Decimal(51))
    False
    """
    step = Decimal(1).scaleb(percent.as_tuple().exponent)  # type: ignore[arg-type]
    return abs(_HUNDRED * count / of - percent) < step


# ---- tables -----------------------------------------------------------------------------------


class _Row(NamedTuple):
    """A row of a table with its whole numbers and percentages by column."""

    number: int
    cells: dict[int, Cell]
    whole: dict[int, int]
    points: dict[int, Decimal]


def tabled_shares(layout: Layout, year_be: int | None) -> Iterator[Claim]:
    """The rows of a table that prints counts and their percentage beside each other.

    Which column is the share of which is told by the rows themselves: most of them must
    bear it out, or nothing is claimed of any.
    """
    percents = [c.index for c in layout.columns if _PERCENT_HEAD.search(c.heading)]
    if not percents or len(layout.columns) > _MOST_COLUMNS:
        return
    rows = [_row(layout, number, cells) for number, cells in layout.body()]
    counts = [
        column.index
        for column in layout.columns
        if sum(column.index in row.whole for row in rows) >= _TELLING
        and not regex.search("บาท|งบ", column.heading)
    ]
    for percent in percents:
        best: list[tuple[_Row, int, int]] = []
        for pair in _pairs(rows, counts, percent):
            if _fitting(pair, percent) > _fitting(best, percent):
                best = pair
        for row, count, of in best:
            yield _row_claim(layout, row, count, of, percent, year_be)


def _row(layout: Layout, number: int, cells: Sequence[Cell | None]) -> _Row:
    held = {column: cell for column, cell in enumerate(cells) if cell is not None}
    texts = {column: to_ascii(cell.text) for column, cell in held.items()}
    whole = {c: _whole(t) for c, t in texts.items() if _WHOLE.fullmatch(t)}
    points = {c: Decimal(m[1]) for c, t in texts.items() if (m := _POINTS.fullmatch(t))}
    return _Row(number - layout.grid.header_rows + 1, held, whole, points)


def _pairs(
    rows: Sequence[_Row], counts: Sequence[int], percent: int
) -> Iterator[list[tuple[_Row, int, int]]]:
    """Every reading of the percentages that most rows bear out."""
    for part, whole in permutations([c for c in counts if c != percent], 2):
        yield from _borne_out(
            [
                (row, row.whole[part], row.whole[whole])
                for row in rows
                if part in row.whole and whole in row.whole and percent in row.points
            ],
            percent,
        )
    for part in counts:
        held = [(row, row.whole[part]) for row in rows if part in row.whole and part != percent]
        total = sum(count for _, count in held)
        if held and 2 * held[-1][1] == total:  # the last row sums up the others
            total = held[-1][1]
        told = [(row, count, total) for row, count in held if percent in row.points]
        yield from _borne_out(told, percent)


def _borne_out(
    readings: list[tuple[_Row, int, int]], percent: int
) -> Iterator[list[tuple[_Row, int, int]]]:
    usable = [entry for entry in readings if 0 <= entry[1] <= entry[2] and entry[2]]
    telling = [entry for entry in usable if 0 < entry[1] < entry[2]]
    enough = _fitting(telling, percent) >= _TELLING
    if enough and 3 * _fitting(usable, percent) >= 2 * len(usable):
        yield usable


def _fitting(readings: Sequence[tuple[_Row, int, int]], percent: int) -> int:
    return sum(is_share(count, of, row.points[percent]) for row, count, of in readings)


def _row_claim(
    layout: Layout, row: _Row, count: int, of: int, percent: int, year_be: int | None
) -> Claim:
    cell = row.cells[percent]
    return Claim(
        kind="share",
        year_be=year_be,
        level=None,
        codes=(),
        values=(row.points[percent],),
        count=count,
        of=of,
        printed=cell.text.strip(),
        page=cell.page,
        box=cell.box,
        table_no=layout.grid.number,
        row_no=row.number,
    )


# ---- announced numbers ------------------------------------------------------------------------


def announced_rows(
    layout: Layout, lines: Sequence[tuple[int, Passage]], year_be: int | None
) -> Iterator[Claim]:
    """The number of agencies that the lines above a table of agencies announce.

    Args:
        layout: A table of several agencies.
        lines: The title lines above it, each with its page.
        year_be: Fiscal year (BE) of the result.
    """
    text = "\n".join(line.text for _, line in lines)
    for found in list(form("announced").finditer(to_ascii(text)))[-1:]:
        page, line = lines[text.count("\n", 0, found.start())]
        yield Claim(
            kind="row-count",
            year_be=year_be,
            level="total",
            codes=(),
            values=(),
            count=_whole(found["count"]),
            of=None,
            printed=" ".join(found[0].split()),
            page=page,
            box=line.box() or Box(0, 0, 0, 0),
            table_no=layout.grid.number,
        )

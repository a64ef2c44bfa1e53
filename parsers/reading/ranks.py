"""The places of agencies in a table of several: ranks, or the numbers that rows are counted by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from parsers.model import Cell, Rank
from parsers.reading.columns import Column, Layout, heading_year
from parsers.reading.rows import Row
from parsers.text.digits import to_ascii

__all__ = ["read_ranks"]

# "12", "๑๒.", "(3)", "อันดับที่ 5"
_PLACE = regex.compile(r"(?:อันดับ|ลำดับ)?(?:ที่)?[\s(]*(\d{1,5})[\s.)]*")


def read_ranks(layout: Layout, rows: Sequence[Row], *, year_be: int | None) -> Iterator[Rank]:
    """Every row of an agency, with its place where the table has a column of places.

    Args:
        layout: A table of several agencies.
        rows: Its rows.
        year_be: Fiscal year (BE) of places beside which no year stands.
    """
    columns = _columns(layout.columns)
    for row in rows:
        if row.agency and not row.of_several and not row.skipped:
            for column in columns or [None]:
                rank = _rank(layout, row, column, year_be)
                if rank is not None:
                    yield rank


def _columns(columns: Sequence[Column]) -> list[Column | None]:
    """The columns called ranks, else the one that counts the rows."""
    ranks = [column for column in columns if column.role == "rank"]
    return [*(ranks or [column for column in columns if column.role == "number"][:1])]


def _rank(layout: Layout, row: Row, column: Column | None, year_be: int | None) -> Rank | None:
    cells = layout.matrix[row.index]
    name = next((cells[c.index] for c in layout.columns if c.role == "agency"), None)
    place = cells[column.index] if column else None
    shown = place if place is not None and place.row == row.index and place.text.strip() else None
    anchor = shown or name
    if anchor is None:
        return None
    year = heading_year(column.heading) if column else None
    return Rank(
        agency_name_printed=row.agency or "",
        year_be=year or row.year_be or year_be,
        rank=_number(shown),
        rank_printed=shown.passage.printed.strip() if shown else "",
        page=anchor.page,
        box=anchor.passage.box() or anchor.box,
        table_no=layout.grid.number,
        row_no=row.index - layout.grid.header_rows + 1,
        running=column is None or column.role == "number",
    )


def _number(cell: Cell | None) -> int | None:
    match = _PLACE.fullmatch(to_ascii(cell.text).strip()) if cell else None
    return int(match[1]) if match else None

"""Scores that the sentences inside table cells tell: analyses, results of measures."""

from __future__ import annotations

from dataclasses import replace

import regex

from parsers.model import Cell, Rating, Score
from parsers.reading.columns import Layout
from parsers.reading.sentences import read_sentences
from parsers.text.stream import Stream

__all__ = ["read_prose"]

# A shorter cell is a label or a value.
_SHORTEST = 20
_TELLS = regex.compile(r"(?:คะแนน|ร้อยละ)[^0-9๐-๙]{0,80}[0-9๐-๙]|[0-9๐-๙]\s*(?:คะแนน|%)")


def read_prose(
    layout: Layout, *, year_be: int | None
) -> tuple[tuple[Score, ...], tuple[Rating, ...]]:
    """The scores and ratings in the text cells of a table about one agency.

    Args:
        layout: The table with its columns understood; cells of score columns are left out.
        year_be: Fiscal year (BE) of scores beside which no year stands.
    """
    scores: list[Score] = []
    ratings: list[Rating] = []
    number = layout.grid.number
    for cell in layout.grid.cells:
        if not _is_prose(layout, cell):
            continue
        row = cell.row - layout.grid.header_rows + 1
        stream = Stream(cell.text, (0,), (cell.passage,), (cell.page,))
        told, judged = read_sentences(stream, year_be=year_be)
        scores += [replace(s, place="sentence", table_no=number, row_no=row) for s in told]
        ratings += [replace(r, table_no=number, row_no=row) for r in judged]
    return tuple(scores), tuple(ratings)


def _is_prose(layout: Layout, cell: Cell) -> bool:
    if cell.row < layout.header_rows or len(cell.text) < _SHORTEST:
        return False
    return not layout.columns[cell.column].holds_scores and _TELLS.search(cell.text) is not None

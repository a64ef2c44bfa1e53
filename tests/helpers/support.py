"""Builders for the tests: grids and passages from plain text."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.model import Box, Cell, Grid, Passage
from parsers.text.stream import Stream, stream_of

__all__ = ["grid_of", "passage_of", "stream_from"]

_WIDTH, _HEIGHT = 80.0, 20.0


def passage_of(text: str, *, x0: float = 0.0, top: float = 0.0) -> Passage:
    """A passage whose printed text is its text, a box of 5 x 10 points a character."""
    boxes = tuple(
        None if ch == "\n" else Box(x0 + 5 * i, top, x0 + 5 * i + 5, top + 10)
        for i, ch in enumerate(text)
    )
    return Passage(text, text, tuple(range(len(text))), boxes)


def grid_of(
    rows: Sequence[Sequence[str]],
    *,
    header_rows: int = 1,
    caption: Sequence[str] = (),
    page: int = 1,
    number: int = 1,
) -> Grid:
    """A grid from texts; `^` goes on the cell above, `<` the cell to the left."""
    spans: dict[tuple[int, int], list[int]] = {}
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text == "^":
                at = owner[r - 1, c]
            elif text == "<":
                at = owner[r, c - 1]
            else:
                at = (r, c)
                spans[at] = [1, 1]
            owner[r, c] = at
            spans[at] = [max(spans[at][0], r - at[0] + 1), max(spans[at][1], c - at[1] + 1)]
    cells = tuple(
        _cell(rows[r][c], r, c, height, width, page) for (r, c), (height, width) in spans.items()
    )
    box = Box(0, 0, _WIDTH * len(rows[0]), _HEIGHT * len(rows))
    return Grid(
        number=number,
        page_first=page,
        page_last=page,
        box=box,
        row_count=len(rows),
        column_count=len(rows[0]),
        header_rows=header_rows,
        cells=cells,
        caption=tuple(passage_of(line) for line in caption),
        ruled=True,
    )


def _cell(text: str, row: int, column: int, height: int, width: int, page: int) -> Cell:
    box = Box(column * _WIDTH, row * _HEIGHT, (column + width) * _WIDTH, (row + height) * _HEIGHT)
    return Cell(
        row=row,
        column=column,
        row_span=height,
        column_span=width,
        page=page,
        box=box,
        passage=passage_of(text, x0=box.x0, top=box.top),
    )


def stream_from(text: str, *, page: int = 1) -> Stream:
    """A stream of the lines of a text; an empty line parts paragraphs."""
    lines: list[Passage] = []
    top = 0.0
    for line in text.split("\n"):
        if line.strip():
            lines.append(passage_of(line, top=top))
        else:
            top += 30
        top += 12
    return stream_of({page: tuple(lines)}, ())

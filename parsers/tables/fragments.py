"""The part of a table that stands on one page, before the parts are joined."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.model import Box, Passage

__all__ = ["Fragment", "Slot", "covering", "rows_of"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell of a fragment; rows and columns count from 0 inside the fragment."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    passage: Passage
    page: int

    @property
    def text(self) -> str:
        """The cleaned text of the cell."""
        return self.passage.text


@dataclass(frozen=True, slots=True)
class Fragment:
    """A table, or the part of one, on one page.

    Attributes:
        page: Number of the page.
        xs: Edges of the columns.
        ys: Edges of the rows.
        slots: Cells by row and column, empty ones included where they are drawn.
        ruled: Whether ruling lines made it.
        open_top: Whether it lacks a line at the top (cut at a page break).
        open_bottom: Whether it lacks a line at the bottom.
        titles: Full-width rows that stood above the headings.
        header_rows: How many rows at the top are headings.
        weak: Whether it is a table only if it goes on from the page before.
    """

    page: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    slots: tuple[Slot, ...]
    ruled: bool
    open_top: bool = False
    open_bottom: bool = False
    titles: tuple[Passage, ...] = field(default=())
    header_rows: int = 0
    weak: bool = False

    @property
    def box(self) -> Box:
        """Its rectangle on the page."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def row_count(self) -> int:
        """How many rows it has."""
        return len(self.ys) - 1

    @property
    def column_count(self) -> int:
        """How many columns it has."""
        return len(self.xs) - 1


def rows_of(fragment: Fragment) -> list[list[Slot]]:
    """For each row the cells that begin in it."""
    rows: list[list[Slot]] = [[] for _ in range(fragment.row_count)]
    for slot in fragment.slots:
        rows[slot.row].append(slot)
    return rows


def covering(fragment: Fragment, row: int) -> dict[int, Slot]:
    """For each column the cell that stands in a row."""
    held: dict[int, Slot] = {}
    for slot in fragment.slots:
        if slot.row <= row < slot.row + slot.row_span:
            for column in range(slot.column, slot.column + slot.column_span):
                held[column] = slot
    return held

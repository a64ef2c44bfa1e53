"""The expected reading of a sample, from its content and the places of the print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from samples.make.locate import Printed, Spot, skeleton
from samples.make.marks import Mark, level_of, plain, split, value_of
from samples.make.model import Cell, Chart, Document, MeasureColumns, Table, Text

__all__ = ["Unit", "expected", "units"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One stretch of content in printing order: a paragraph, a cell, a chart label.

    `table`, `row` and `column` are None outside tables (tables from 1, rows from 0).
    """

    text: str
    place: str
    table: int | None = None
    row: int | None = None
    column: int | None = None
    agency: str | None = None


def _cell_units(table: Table, number: int) -> Iterator[Unit]:
    cells = placed(table)
    agencies = {
        row: plain(cell.text).replace("\n", " ")
        for row, column, cell in cells
        if column == table.agency_column
    }
    for row, column, cell in cells:
        marks = [piece for piece in split(cell.text) if isinstance(piece, Mark)]
        alone = len(marks) == 1 and plain(cell.text).strip(" *") == marks[0].printed
        place = "table" if alone else "sentence"
        yield Unit(cell.text, place, number, row, column, agencies.get(row))


def placed(table: Table) -> list[tuple[int, int, Cell]]:
    """Each cell with its row and column, spans taken into account."""
    taken: set[tuple[int, int]] = set()
    result = []
    for row, line in enumerate(table.rows):
        column = 0
        for cell in line:
            while (row, column) in taken:
                column += 1
            result.append((row, column, cell))
            taken |= {
                (row + down, column + right)
                for down in range(cell.rows)
                for right in range(cell.columns)
            }
            column += cell.columns
    return result


def units(document: Document) -> list[Unit]:
    """The content in the order in which it is printed."""
    found: list[Unit] = []
    tables = 0
    for block in document.blocks:
        if isinstance(block, Text):
            found.append(Unit(block.text, "list" if block.style == "list" else "sentence"))
        elif isinstance(block, Table):
            tables += 1
            found.extend(_cell_units(block, tables))
        elif isinstance(block, Chart):
            found.extend(Unit(text, "chart") for bar in block.bars for text in reversed(bar))
            found.append(Unit(block.caption, "sentence"))
    return found


class _Places:
    """Where each unit, and each stretch of it, was printed."""

    def __init__(self, found: list[Unit], printed: Printed) -> None:
        self.printed = printed
        self.units = found
        self.starts: list[int] = []
        wanted = ""
        for unit in found:
            self.starts.append(len(wanted))
            wanted += skeleton(plain(unit.text))
        self.wanted = wanted
        self.places = printed.align(wanted)

    def of(self, unit: int, before: str, printed: str) -> Spot:
        """The spot of a marked text that follows `before` in a unit."""
        start = self.starts[unit] + len(skeleton(before))
        first, end = self.printed.run(
            self.wanted,
            self.places,
            start,
            start + len(skeleton(printed)),
            self._row_label(unit) if self.units[unit].place == "table" else None,
        )
        return self.printed.spot(first, end)

    def _row_label(self, unit: int) -> int | None:
        """Where (index of the print) another text of the unit's row begins.

        The longest text that is printed once decides; a text printed several times
        counts where it stands nearest to its alignment.
        """
        mine = self.units[unit]
        near = range(max(0, unit - 16), min(len(self.units), unit + 16))
        row = {
            other: skeleton(plain(self.units[other].text))[:30]
            for other in near
            if other != unit
            and (self.units[other].table, self.units[other].row) == (mine.table, mine.row)
        }
        for other, label in sorted(row.items(), key=lambda item: -len(item[1])):
            found = self.printed.all_of(label) if len(label) > 4 else []
            if len(found) == 1:
                return found[0]
            start = self.starts[other]
            held = [place for place in self.places[start : start + len(label)] if place is not None]
            if found and held:
                middle = held[len(held) // 2]
                return min(found, key=lambda place: abs(place - middle))
        return None

    def page(self, unit: int, *, last: bool = False) -> int | None:
        """The page on which a unit begins or ends; None for an empty one."""
        ends = [*self.starts, len(self.wanted)]
        span = self.places[ends[unit] : ends[unit + 1]]
        held = [place for place in (reversed(span) if last else span) if place is not None]
        if len(held) < 1:
            return None
        sure = held[: max(1, min(3, len(held)))]
        pages = [self.printed.spots[place].page for place in sure]
        return max(set(pages), key=pages.count)


def _score_rows(unit: Unit, mark: Mark, spot: Spot, year: object) -> Iterator[dict[str, Any]]:
    for code, code_printed in mark.codes:
        yield {
            "page": spot.page,
            "box": spot.box,
            "level": level_of(code),
            "code": code,
            "code_printed": code_printed,
            "year_be": int(mark.options["year"]) if "year" in mark.options else year,
            "value": value_of(mark),
            "value_printed": mark.printed,
            "scale": mark.options.get("scale", "percent"),
            "place": unit.place,
            "table": unit.table,
            "agency": unit.agency,
        }


def _marked(
    document: Document, found: list[Unit], places: _Places
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    """Scores, ratings and advice in reading order."""
    scores: list[dict[str, Any]] = []
    ratings: list[dict[str, Any]] = []
    advice: list[dict[str, Any]] = []
    year = document.facts.get("result_year_be")
    for number, unit in enumerate(found):
        before = ""
        for piece in split(unit.text):
            if isinstance(piece, str):
                before += piece
                continue
            spot = places.of(number, before, piece.printed)
            before += piece.printed
            if piece.kind == "s":
                scores.extend(_score_rows(unit, piece, spot, year))
            elif piece.kind == "r":
                ratings.append(_rating(unit, piece, spot))
            else:
                advice.extend(
                    {
                        "code": code,
                        "code_printed": shown or piece.printed,
                        "refers_to": [part for part in piece.options["refers"].split(",") if part],
                        "page": spot.page,
                    }
                    for code, shown in piece.codes
                )
    return scores, ratings, advice


def _rating(unit: Unit, mark: Mark, spot: Spot) -> dict[str, Any]:
    return {
        "page": spot.page,
        "kind": "pass" if mark.rating in {"pass", "fail"} else "level",
        "code": mark.codes[0][0],
        "rating": mark.rating,
        "rating_printed": mark.printed,
        "place": unit.place,
        "table": unit.table,
        "agency": unit.agency,
    }


def _tables(document: Document, found: list[Unit], places: _Places) -> list[dict[str, Any]]:
    result = []
    tables = [block for block in document.blocks if isinstance(block, Table)]
    for number, table in enumerate(tables, start=1):
        mine = [index for index, unit in enumerate(found) if unit.table == number]
        pages = [places.page(index, last=last) for index in mine for last in (False, True)]
        held = [page for page in pages if page is not None]
        result.append(
            {
                "page_first": min(held),
                "page_last": max(held),
                "ruled": table.rules == "grid",
                "title_rows": table.title_rows,
                "header_rows": table.header_rows,
                "rows": len(table.rows),
                "columns": len(table.widths),
                "cells": [
                    {
                        "row": row,
                        "column": column,
                        "row_span": cell.rows,
                        "column_span": cell.columns,
                        "text": plain(cell.text),
                    }
                    for row, column, cell in placed(table)
                ],
            }
        )
    return result


def _measures(document: Document, found: list[Unit], places: _Places) -> list[dict[str, Any]]:
    result: list[dict[str, Any]] = []
    tables = [block for block in document.blocks if isinstance(block, Table)]
    for number, table in enumerate(tables, start=1):
        if table.measures is None:
            continue
        index = {
            (unit.row, unit.column): place
            for place, unit in enumerate(found)
            if unit.table == number
        }
        result.extend(_measure_rows(table, table.measures, index, places))
    for count, row in enumerate(result, start=1):
        row["codes"] = list(document.codes.get(count, ()))
    return result


def _measure_rows(
    table: Table,
    columns: MeasureColumns,
    index: dict[tuple[int | None, int | None], int],
    places: _Places,
) -> Iterator[dict[str, Any]]:
    body = table.title_rows + table.header_rows
    issue = ""
    grid = {
        (row + down, column + right): cell
        for row, column, cell in placed(table)
        for down in range(cell.rows)
        for right in range(cell.columns)
    }
    for row in range(body, len(table.rows)):
        first = grid.get((row, 0))
        if first is not None and first.columns == len(table.widths):
            issue = plain(first.text)
            continue
        starts = (row, columns.measure) in index
        if columns.issue is not None and (row, columns.issue) in index:
            issue = plain(grid[row, columns.issue].text)
        if not starts or not plain(grid[row, columns.measure].text):
            continue
        yield {
            "issue_printed": issue,
            "measure": plain(grid[row, columns.measure].text),
            **{
                name: plain(grid[row, column].text) if column is not None else ""
                for name, column in (
                    ("indicator", columns.indicator),
                    ("question", columns.question),
                    ("analysis", columns.analysis),
                    ("steps", columns.steps),
                    ("responsible", columns.responsible),
                    ("period_printed", columns.period),
                    ("result", columns.result),
                    ("outcome", columns.outcome),
                    ("follow_up", columns.follow_up),
                )
            },
            "page_first": places.page(index[row, columns.measure]),
        }


def expected(document: Document, printed: Printed) -> dict[str, Any]:
    """The whole expected reading.

    Raises:
        NotFoundError: A marked text was not found in the PDF.
    """
    found = units(document)
    places = _Places(found, printed)
    scores, ratings, advice = _marked(document, found, places)
    return {
        "document": {**document.facts, "page_count": printed.page_count},
        "scores": scores,
        "ratings": ratings,
        "tables": _tables(document, found, places),
        "measures": _measures(document, found, places),
        "advice": advice,
        "planted": [{"rule": rule, "what": words} for rule, words in document.planted],
    }

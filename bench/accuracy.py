"""How much of what the samples print is read, and what is read that is not printed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import regex

from parsers.model import Grid, Report, Score
from parsers.report import parse_report

__all__ = ["SAMPLES", "Comparison", "compare_cells", "compare_scores", "expected_files", "table"]

SAMPLES = Path(__file__).parent.parent / "samples"
_BLANKS = regex.compile(r"[\s\u200b]+")

Key = tuple[str, str, int | None, str | None, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was expected, found, missed and invented in one document."""

    expected: int
    found: int
    missed: tuple[Any, ...]
    invented: tuple[Any, ...]

    @property
    def exact(self) -> bool:
        """Whether everything was found and nothing invented."""
        return not self.missed and not self.invented


def expected_files() -> list[Path]:
    """The hand-checked truths beside the sample PDFs."""
    return sorted(SAMPLES.glob("*.expected.json"))


def compare_scores(truth: dict[str, Any], report: Report) -> Comparison:
    """Compare the scores of a report with the truth, occurrence by occurrence."""
    wanted = Counter(_wanted(entry) for entry in truth["scores"])
    got = Counter(_got(score) for score in report.scores)
    return Comparison(
        expected=wanted.total(),
        found=(wanted & got).total(),
        missed=tuple(sorted((wanted - got).elements(), key=str)),
        invented=tuple(sorted((got - wanted).elements(), key=str)),
    )


def _wanted(entry: dict[str, Any]) -> tuple[Any, ...]:
    return (
        entry["page"],
        entry["level"],
        entry["code"] or "",
        entry["year_be"],
        None if entry["value"] is None else str(Decimal(entry["value"])),
        entry["scale"],
        _squeezed(entry.get("agency") or ""),
    )


def _got(score: Score) -> tuple[Any, ...]:
    return (
        score.page,
        score.level,
        score.code,
        score.year_be,
        None if score.value is None else str(score.value),
        score.scale,
        _squeezed(score.agency_name_printed or ""),
    )


def compare_cells(truth: dict[str, Any], report: Report) -> tuple[int, int]:
    """Cells of ruled tables that come back exactly (text, place and spans), of how many."""
    exact = total = 0
    for wanted in truth["tables"]:
        if not wanted.get("ruled", True):
            continue
        cells = {_cell_key(cell) for cell in wanted["cells"] if _squeezed(cell["text"])}
        total += len(cells)
        exact += max((len(cells & keys) for keys in _grid_keys(wanted, report.grids)), default=0)
    return exact, total


def _grid_keys(wanted: dict[str, Any], grids: Iterable[Grid]) -> Iterator[set[tuple[Any, ...]]]:
    for grid in grids:
        if grid.page_first != wanted["page_first"]:
            continue
        titles = wanted.get("title_rows", 0)
        for offset in {0, titles}:
            yield _grid_cells(grid, offset, wanted["columns"])


def _grid_cells(grid: Grid, offset: int, columns: int) -> set[tuple[Any, ...]]:
    """The filled cells; a title row inside the frame stands in the grid's caption."""
    captions = [_squeezed(line.text) for line in grid.caption]
    titles = captions[-offset:] if offset else []
    cells = {
        (c.row + offset, c.column, c.row_span, c.column_span, _squeezed(c.text))
        for c in grid.cells
        if _squeezed(c.text)
    }
    return cells | {(row, 0, 1, columns, text) for row, text in enumerate(titles)}


def _cell_key(cell: dict[str, Any]) -> tuple[Any, ...]:
    return (
        cell["row"],
        cell["column"],
        cell["row_span"],
        cell["column_span"],
        _squeezed(cell["text"]),
    )


def _squeezed(text: str) -> str:
    return _BLANKS.sub("", text)


def table(files: Iterable[Path] = ()) -> str:
    """The accuracy table over the samples, in Markdown."""
    lines = [
        "| sample | scores expected | found | missed | invented | ruled cells exact |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for path in files or expected_files():
        truth = json.loads(path.read_text(encoding="utf-8"))
        pdf = path.with_name(truth["file"])
        report = parse_report(pdf.read_bytes(), file_name=pdf.name)
        scores = compare_scores(truth, report)
        exact, total = compare_cells(truth, report)
        share = f"{exact}/{total}" if total else "–"
        lines.append(
            f"| {pdf.stem} | {scores.expected} | {scores.found} | {len(scores.missed)} "
            f"| {len(scores.invented)} | {share} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())

"""`ita parse FILE`: what was read from one PDF, without Prefect and without a dataset."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from parsers.model import Box, Grid, Identity, PageContent, Rating, Report, Score
from pipeline.cli.console import Column, show, show_json, table, words
from pipeline.messages import Lang, MessageError

__all__ = ["parse", "report_json"]


def parse(
    file: Annotated[Path, Parameter(name="FILE")],
    /,
    *,
    json: bool = False,
    time_limit: float | None = None,
    memory_limit: int | None = None,
    lang: Lang | None = None,
) -> int:
    """Read one PDF in a process of its own and show what was read."""
    from pipeline.inputs import input_file
    from pipeline.settings import load_settings
    from pipeline.work import read_documents

    if file.is_dir():
        raise MessageError("error.parse-folder", path=str(file))
    settings = load_settings({"time_limit": time_limit, "memory_limit": memory_limit, "jobs": 1})
    [read] = read_documents([input_file(file)], settings, whole=True)
    if json:
        show_json(report_json(read.report, read.file_name))
    else:
        _show(read.report, read.file_name)
    return 0 if read.report.status == "ok" else 3


# ---- for scripts ---------------------------------------------------------------------------------


def report_json(report: Report, file_name: str) -> dict[str, object]:
    """The records of a report as plain JSON values.

    Everything the report holds, except that a line or cell of a page is its text and box:
    the single characters stay inside the program.
    """
    import msgspec

    whole = {
        name: getattr(report, name) for name in Report.__slots__ if name not in ("pages", "grids")
    }
    return {
        "file_name": file_name,
        **msgspec.to_builtins(whole),
        "pages": [_page_json(page) for page in report.pages],
        "tables": [_grid_json(grid) for grid in report.grids],
    }


def _page_json(page: PageContent) -> dict[str, object]:
    return {
        "page": page.page,
        "width": page.width,
        "height": page.height,
        "text_source": page.text_source,
        "text_verdict": page.text_verdict,
        "repairs": dict(page.repairs),
        "word_count": page.word_count,
        "table_count": page.table_count,
        "lines": [{"text": line.text, "box": _rounded(line.box())} for line in page.lines],
    }


def _grid_json(grid: Grid) -> dict[str, object]:
    return {
        "table_no": grid.number,
        "page_first": grid.page_first,
        "page_last": grid.page_last,
        "box": _rounded(grid.box),
        "row_count": grid.row_count,
        "column_count": grid.column_count,
        "header_rows": grid.header_rows,
        "caption": [line.text for line in grid.caption],
        "cells": [
            {
                "row": cell.row,
                "column": cell.column,
                "row_span": cell.row_span,
                "column_span": cell.column_span,
                "page": cell.page,
                "box": _rounded(cell.box),
                "text": cell.text,
            }
            for cell in grid.cells
        ],
    }


def _rounded(box: Box | None) -> list[float] | None:
    return None if box is None else [round(side, 2) for side in box]


# ---- for people ----------------------------------------------------------------------------------


def _show(report: Report, file_name: str) -> None:
    _show_document(report, file_name)
    _show_scores(report)
    _show_ratings(report.ratings)
    _show_measures(report)
    _show_advice(report)
    if report.problems:
        show(words()("parse.problems"))
        for problem in report.problems:
            place = words()("parse.page", page=problem.page) + ": " if problem.page else ""
            show(f"  {place}{problem.slug} {problem.detail}".rstrip())


def _show_document(report: Report, file_name: str) -> None:
    say = words()
    status = say(f"status.{report.status}")
    reason = " ".join(filter(None, (report.status_reason, report.status_detail)))
    show(file_name)
    _fact("parse.status", f"{status} ({reason})" if reason else status)
    _fact("parse.pages", report.page_count)
    if report.identity is not None:
        _show_identity(report.identity)
    _fact("parse.text-source", _worded("document_text_source", report.text_source))
    _fact("parse.sha256", report.document_id)


def _show_identity(identity: Identity) -> None:
    agency = identity.agency
    _fact("parse.kind", _worded("kind", identity.kind))
    if agency is not None:
        place = " ".join(filter(None, (agency.district, agency.province)))
        _fact("parse.agency", f"{agency.name} ({place})" if place else agency.name)
    _fact("parse.result-year", identity.result_year_be)
    _fact("parse.report-year", identity.report_year_be)


def _worded(values: str, slug: str) -> str:
    """A slug of the dataset in the chosen language."""
    from pipeline.fields import value_labels

    label = value_labels(values).get(slug)
    return label[words().lang] if label else slug


def _fact(key: str, value: object) -> None:
    if value not in (None, ""):
        show(f"  {words()(key)}: {value}")


def _show_scores(report: Report) -> None:
    """The scores, one table for each table of the document, then those in the text."""
    say = words()
    groups: defaultdict[int | None, list[Score]] = defaultdict(list)
    for score in report.scores:
        groups[score.table_no].append(score)
    if not report.scores:
        show(say("parse.no-scores"))
    captions = {grid.number: grid for grid in report.grids}
    for number in sorted(groups, key=lambda number: (number is None, number or 0)):
        show()
        title = say("parse.in-text") if number is None else _title(captions.get(number), number)
        _score_table(title, groups[number])


def _title(grid: Grid | None, number: int) -> str:
    say = words()
    if grid is None:
        return say("parse.table", number=number)
    pages = (
        str(grid.page_first)
        if grid.page_first == grid.page_last
        else f"{grid.page_first}-{grid.page_last}"
    )
    caption = grid.caption[-1].text if grid.caption else ""
    return (
        f"{say('parse.table', number=number)} ({say('parse.page', page=pages)}) {caption}".strip()
    )


def _score_table(title: str, scores: Iterable[Score]) -> None:
    say = words()
    held = list(scores)
    several = any(score.agency_name_printed for score in held)
    columns = [
        Column(say("column.page"), right=True),
        Column(say("column.year"), right=True),
        Column(say("column.code"), keep=True),
        Column(say("column.label")),
        Column(say("column.value"), right=True),
        Column(say("column.printed"), right=True),
        Column(say("column.remark")),
    ]
    if several:
        columns.insert(1, Column(say("column.agency")))
    rows = []
    for score in held:
        # The printed number is shown wherever it is not simply the value.
        printed = "" if str(score.value) == score.value_printed else score.value_printed
        row: list[object] = [
            score.page,
            score.year_be,
            score.code or score.code_printed,
            score.label_printed,
            say("parse.unread") if score.value is None else score.value,
            printed,
            _remark(score),
        ]
        if several:
            row.insert(1, score.agency_name_printed)
        rows.append(row)
    table(columns, rows, title=title)


def _remark(score: Score) -> str:
    rules = [score.code_rule, score.value_rule]
    marks = [rule for rule in rules if rule not in ("", "exact")]
    if score.scale != "percent":
        marks.append(score.scale)
    if score.confidence < 1:
        marks.append(f"{score.confidence:.0%}")
    return ", ".join(marks)


def _show_ratings(ratings: Iterable[Rating]) -> None:
    say = words()
    rows = [
        (rating.page, rating.year_be, rating.code, rating.rating, rating.rating_printed)
        for rating in ratings
    ]
    if rows:
        names = ("page", "year", "code", "rating", "printed")
        show()
        table([Column(say(f"column.{name}")) for name in names], rows, title=say("parse.ratings"))


def _show_measures(report: Report) -> None:
    say = words()
    rows = [
        (
            measure.page_first,
            measure.issue_no,
            measure.measure or measure.issue_printed,
            measure.responsible,
            measure.period_printed,
        )
        for measure in report.measures
    ]
    if rows:
        names = ("page", "issue", "measure", "responsible", "period")
        show()
        table([Column(say(f"column.{name}")) for name in names], rows, title=say("parse.measures"))


def _show_advice(report: Report) -> None:
    say = words()
    rows = [
        (entry.page, entry.code or entry.code_printed, entry.label_printed or entry.text)
        for entry in report.advice
    ]
    if rows:
        names = ("page", "code", "label")
        show()
        table([Column(say(f"column.{name}")) for name in names], rows, title=say("parse.advice"))

"""The list of findings: on a terminal, in a pipe, as CSV, JSON or Markdown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Literal

from pipeline.cli.console import Column, heading, line_width, show, show_json, words
from pipeline.cli.layout import fitted, grid
from pipeline.letters.tables import TextRow

__all__ = ["SEVERITIES", "Format", "print_findings"]

Format = Literal["table", "csv", "json", "markdown"]

# Worst first.
SEVERITIES = ("error", "warning", "note")

_NUMBERS = {"year_be": int, "page": int, "x0": float, "top": float, "x1": float, "bottom": float}

Group = tuple[str, list[TextRow]]


def print_findings(
    findings: Sequence[TextRow], format: Format, short_ids: Mapping[str, str]
) -> None:
    """Print the findings.

    Args:
        findings: The findings in the order of the list.
        format: The form of the list.
        short_ids: For each finding the beginning of its id that is enough to name it.
    """
    match format:
        case "json":
            show_json([_typed(finding) for finding in findings])
        case "csv":
            _print_csv(findings)
        case "markdown":
            _print_markdown(findings, short_ids)
        case "table":
            _print_list(findings, short_ids)


def _typed(finding: TextRow) -> dict[str, object]:
    """A row of the CSV as JSON values: numbers as numbers, empty as null, evidence as a list."""
    import json

    typed: dict[str, object] = {}
    for name, text in finding.items():
        if text == "":
            typed[name] = None
        elif name == "evidence":
            typed[name] = json.loads(text)
        else:
            typed[name] = _NUMBERS.get(name, str)(text)
    return typed


def _print_csv(findings: Sequence[TextRow]) -> None:
    if not findings:
        return
    text = io.StringIO()
    writer = csv.DictWriter(text, list(findings[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(findings)
    show(text.getvalue().rstrip("\n"))


# ---- agency by agency ---------------------------------------------------------------------------


def _by_agency(findings: Sequence[TextRow]) -> Iterator[Group]:
    """The findings of each agency under its name; agencies of one name stay apart."""
    no_agency = words()("audit.no-agency")
    for _, group in groupby(findings, key=lambda f: (f["agency_name"], f["agency_id"])):
        held = list(group)
        name = held[0]["agency_name"] or no_agency
        province = held[0]["province"]
        if province and province not in name:
            name = words()("audit.in-province", agency=name, province=province)
        yield name, held


def _by_document(findings: Sequence[TextRow]) -> Iterator[Group]:
    """The findings of each document of an agency under the name of its file."""
    for _, group in groupby(findings, key=lambda f: f["document_id"]):
        held = list(group)
        yield held[0]["file_name"], held


def _count(findings: Sequence[TextRow]) -> str:
    """How many there are of each severity: all of them at the end, else those that occur."""
    say = words()
    counts = {name: sum(f["severity"] == name for f in findings) for name in SEVERITIES}
    return " · ".join(
        f"{say(f'severity.{name}')} {count}" for name, count in counts.items() if count
    )


def _in_all(findings: Sequence[TextRow]) -> str:
    if not findings:
        return words()("audit.none")
    counts = {name: sum(f["severity"] == name for f in findings) for name in SEVERITIES}
    return words()("audit.count", **counts)


def _message(finding: TextRow) -> str:
    return finding[f"message_{words().lang}"]


# ---- text ---------------------------------------------------------------------------------------


def _print_list(findings: Sequence[TextRow], short_ids: Mapping[str, str]) -> None:
    width = line_width()
    for agency, of_agency in _by_agency(findings):
        heading(f"{agency}  ({_count(of_agency)})")
        for file, held in _by_document(of_agency):
            show(f"  {file}")
            entries = (
                _aligned(held, short_ids) if width is None else _broken(held, short_ids, width)
            )
            for line in entries:
                show(f"    {line}")
        show()
    show(_in_all(findings))


def _aligned(findings: Sequence[TextRow], short_ids: Mapping[str, str]) -> list[str]:
    """One line for each finding, uncut: what other programs look through."""
    columns = [Column(""), Column(""), Column(""), Column(""), Column("")]
    cells = [(*_head(finding, short_ids), _message(finding)) for finding in findings]
    return grid(columns, cells, None)


def _broken(findings: Sequence[TextRow], short_ids: Mapping[str, str], width: int) -> Iterator[str]:
    """What a finding is on one line, its message below, broken between words."""
    columns = [Column("", keep=True)] * 4
    heads = grid(columns, [_head(finding, short_ids) for finding in findings], width)
    for head, finding in zip(heads, findings, strict=True):
        yield head
        for line in fitted(_message(finding), width - 8):
            yield f"    {line}"


def _head(finding: TextRow, short_ids: Mapping[str, str]) -> tuple[str, ...]:
    say = words()
    page = say("audit.page", page=finding["page"]) if finding["page"] else "–"
    return (
        say(f"severity.{finding['severity']}"),
        page,
        finding["rule"],
        short_ids[finding["finding_id"]],
    )


# ---- Markdown -----------------------------------------------------------------------------------


def _print_markdown(findings: Sequence[TextRow], short_ids: Mapping[str, str]) -> None:
    say = words()
    names = ("severity", "page", "rule", "finding", "id")
    for agency, of_agency in _by_agency(findings):
        show(f"## {_escaped(agency)}\n")
        show(f"{_count(of_agency)}\n")
        for file, held in _by_document(of_agency):
            show(f"### {_escaped(file)}\n")
            show("| " + " | ".join(say(f"column.{column}") for column in names) + " |")
            show("|" + " --- |" * len(names))
            for finding in held:
                _, _, rule, short = _head(finding, short_ids)
                severity = say(f"severity.{finding['severity']}")
                cells = (severity, finding["page"], rule, _message(finding), short)
                show("| " + " | ".join(map(_escaped, cells)) + " |")
            show()
    show(_in_all(findings))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")

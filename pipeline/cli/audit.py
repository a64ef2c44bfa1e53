"""`ita audit DIR`: the findings of a dataset, agency by agency."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from parsers.text.digits import to_ascii
from pipeline.cli.console import Column, show, show_json, table, words
from pipeline.messages import Lang, MessageError

__all__ = ["FINDINGS_FOUND", "Format", "Severity", "audit", "read_findings"]

Severity = Literal["error", "warning", "note"]
Format = Literal["table", "csv", "json", "markdown"]

# What `--fail-on` returns.
FINDINGS_FOUND = 4

_NEEDED = {
    "documents": ("document_id", "file_name", "agency_name"),
    "findings": (
        "finding_id", "rule", "severity", "document_id", "agency_id", "agency_name_printed",
        "year_be", "page", "message_th", "message_en",
    ),
}  # fmt: skip
_ORDER = {"error": 0, "warning": 1, "note": 2}
_NUMBERS = {"year_be": int, "page": int, "x0": float, "top": float, "x1": float, "bottom": float}


def audit(
    folder: Annotated[Path, Parameter(name="DIR")],
    /,
    *,
    severity: list[Severity] | None = None,
    rule: list[str] | None = None,
    agency: str | None = None,
    year: str | None = None,
    format: Format = "table",
    fail_on: Severity | None = None,
    quiet: bool = False,
    json: bool = False,
    lang: Lang | None = None,
) -> int:
    """List the findings that pass the filters; say by the exit code whether any is bad."""
    findings = [
        finding
        for finding in read_findings(folder)
        if _wanted(finding, severity, rule, year) and (agency is None or _is_of(finding, agency))
    ]
    if not quiet:
        _print(findings, "json" if json else format)
    if fail_on is not None and any(_ORDER[f["severity"]] <= _ORDER[fail_on] for f in findings):
        return FINDINGS_FOUND
    return 0


def read_findings(folder: Path) -> list[dict[str, str]]:
    """The findings of a dataset, each with the name of its agency and file.

    Ordered by agency, document, severity, page.

    Raises:
        MessageError: The folder holds no dataset.
    """
    documents = {row["document_id"]: row for row in _rows(folder, "documents")}
    findings = _rows(folder, "findings")
    for finding in findings:
        document = documents.get(finding["document_id"], {})
        # In a table of several agencies the finding names its own.
        name = finding["agency_name_printed"] or document.get("agency_name", "")
        finding["agency_name"] = name
        finding["file_name"] = document.get("file_name", "")
    return sorted(findings, key=_place)


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    file = folder / "csv" / f"{name}.csv"
    if not file.is_file():
        raise MessageError("error.no-dataset", path=str(folder))
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        for column in _NEEDED[name]:
            if column not in (reader.fieldnames or ()):
                raise MessageError("error.dataset-column", file=str(file), column=column)
        return list(reader)


def _place(finding: dict[str, str]) -> tuple[object, ...]:
    return (
        finding["agency_name"],
        finding["file_name"],
        finding["document_id"],
        _ORDER.get(finding["severity"], len(_ORDER)),
        int(finding["page"] or 0),
        finding["finding_id"],
    )


def _wanted(
    finding: dict[str, str],
    severities: Sequence[str] | None,
    rules: Sequence[str] | None,
    year: str | None,
) -> bool:
    return (
        (not severities or finding["severity"] in severities)
        and (not rules or finding["rule"] in rules)
        and (year is None or finding["year_be"] == to_ascii(year))
    )


def _is_of(finding: dict[str, str], agency: str) -> bool:
    """Whether a finding is of an agency, named by its id or by a part of its name."""
    part = agency.casefold().replace(" ", "")
    return agency == finding["agency_id"] or part in finding["agency_name"].casefold().replace(
        " ", ""
    )


# ---- printing ------------------------------------------------------------------------------------


def _print(findings: list[dict[str, str]], format: Format) -> None:
    match format:
        case "json":
            show_json([_typed(finding) for finding in findings])
        case "csv":
            _print_csv(findings)
        case "markdown":
            _print_markdown(findings)
        case "table":
            _print_tables(findings)


def _typed(finding: dict[str, str]) -> dict[str, object]:
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


def _print_csv(findings: list[dict[str, str]]) -> None:
    if not findings:
        return
    text = io.StringIO()
    writer = csv.DictWriter(text, list(findings[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(findings)
    show(text.getvalue().rstrip("\n"))


def _print_markdown(findings: list[dict[str, str]]) -> None:
    say = words()
    names = ("severity", "rule", "page", "finding")
    for name, group in _by_document(findings):
        show(f"## {name}\n")
        show("| " + " | ".join(say(f"column.{column}") for column in names) + " |")
        show("|" + " --- |" * len(names))
        for finding in group:
            cells = (cell.replace("|", "\\|").replace("\n", " ") for cell in _cells(finding))
            show("| " + " | ".join(cells) + " |")
        show()
    show(_count(findings))


def _print_tables(findings: list[dict[str, str]]) -> None:
    say = words()
    columns = [
        Column(say("column.severity"), keep=True),
        Column(say("column.rule"), keep=True),
        Column(say("column.page"), right=True),
        Column(say("column.finding")),
    ]
    for name, group in _by_document(findings):
        table(columns, [_cells(finding) for finding in group], title=name)
    show(_count(findings))


def _by_document(
    findings: Iterable[dict[str, str]],
) -> Iterable[tuple[str, list[dict[str, str]]]]:
    """The findings of each document under its agency and file."""
    for (agency, file), group in groupby(findings, key=itemgetter("agency_name", "file_name")):
        yield f"{agency or words()('audit.no-agency')} · {file}", list(group)


def _cells(finding: dict[str, str]) -> tuple[str, ...]:
    say = words()
    return (
        say(f"severity.{finding['severity']}"),
        finding["rule"],
        finding["page"],
        finding[f"message_{say.lang}"],
    )


def _count(findings: Sequence[dict[str, str]]) -> str:
    counts = {name: sum(f["severity"] == name for f in findings) for name in _ORDER}
    if not findings:
        return words()("audit.none")
    return words()("audit.count", **counts)

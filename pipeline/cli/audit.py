"""`ita audit DIR`: the findings of a dataset, agency by agency, and why each was made."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from parsers.text.digits import to_ascii
from pipeline.cli.explanations import print_explanations
from pipeline.cli.findings import SEVERITIES, Format, print_findings
from pipeline.letters.tables import TextRow, rows
from pipeline.messages import Lang, MessageError

__all__ = ["FINDINGS_FOUND", "Severity", "audit", "read_findings"]

Severity = Literal["error", "warning", "note"]

# What `--fail-on` returns.
FINDINGS_FOUND = 4

_ERA = 543
# A year below this is meant in the Christian era.
_FIRST_BE = 2400
# So many findings are named where the beginning of an id fits several.
_MOST_NAMED = 5
# What is offered in place of a name that does not exist.
_MOST_NEAR = 3
_NEAR_NAME = 70


def audit(
    folder: Annotated[Path, Parameter(name="DIR")],
    /,
    *,
    severity: list[Severity] | None = None,
    rule: list[str] | None = None,
    agency: str | None = None,
    year: str | None = None,
    explain: list[str] | None = None,
    format: Format = "table",
    fail_on: Severity | None = None,
    quiet: bool = False,
    json: bool = False,
    lang: Lang | None = None,
) -> int:
    """List the findings that pass the filters; say by the exit code whether any is bad."""
    form: Format = "json" if json else format
    if explain and form == "csv":
        raise MessageError("error.explain-format")
    findings = read_findings(folder)
    if rule:
        _check_rules(rule, findings)
    if agency is not None:
        _check_agency(agency, findings, folder)
    wanted_year = None if year is None else _year(year)
    shown = [
        finding
        for finding in findings
        if _wanted(finding, severity, rule, wanted_year)
        and (agency is None or _is_of(finding, agency))
    ]
    if explain:
        shown = [_named(word, findings) for word in dict.fromkeys(explain)]
    if not quiet:
        if explain:
            print_explanations(folder, shown, form)
        else:
            print_findings(shown, form, short_ids(findings))
    worst = [SEVERITIES.index(f["severity"]) for f in shown if f["severity"] in SEVERITIES]
    if fail_on is not None and worst and min(worst) <= SEVERITIES.index(fail_on):
        return FINDINGS_FOUND
    return 0


def read_findings(folder: Path) -> list[TextRow]:
    """The findings of a dataset, each with the name of its agency and file.

    Ordered by agency, document, severity, page.

    Raises:
        MessageError: The folder holds no dataset.
    """
    documents = {row["document_id"]: row for row in rows(folder, "documents")}
    findings = rows(folder, "findings")
    for finding in findings:
        document = documents.get(finding["document_id"], {})
        # In a table of several agencies the finding names its own.
        name = finding["agency_name_printed"] or document.get("agency_name", "")
        finding["agency_name"] = name
        finding["province"] = document.get("province", "")
        finding["file_name"] = document.get("file_name", "")
    return sorted(findings, key=_place)


def _place(finding: TextRow) -> tuple[object, ...]:
    severity = finding["severity"]
    return (
        finding["agency_name"],
        finding["agency_id"],
        finding["file_name"],
        finding["document_id"],
        SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES),
        int(finding["page"] or 0),
        finding["finding_id"],
    )


# ---- which findings -----------------------------------------------------------------------------


def _wanted(
    finding: TextRow,
    severities: Sequence[str] | None,
    rules: Sequence[str] | None,
    year: str | None,
) -> bool:
    return (
        (not severities or finding["severity"] in severities)
        and (not rules or finding["rule"] in rules)
        and (year is None or finding["year_be"] == year)
    )


def _is_of(row: TextRow, agency: str) -> bool:
    """Whether a row is of an agency, named by its id or by a part of its name."""
    return agency == row["agency_id"] or _key(agency) in _key(row["agency_name"])


def _key(name: str) -> str:
    """A name as it is compared: without blanks, Thai digits as others."""
    return "".join(to_ascii(name).casefold().split())


def _year(word: str) -> str:
    """A fiscal year (Buddhist era) as the dataset writes it.

    >>> _year("๒๕๖๘"), _year("2024")
    ('2568', '2567')
    """
    digits = to_ascii(word.strip())
    if not digits.isascii() or not digits.isdigit():
        raise MessageError("error.year", year=word)
    number = int(digits)
    return str(number if number >= _FIRST_BE else number + _ERA)


def _check_rules(asked: Sequence[str], findings: Sequence[TextRow]) -> None:
    """A rule that does not exist is a slip of the pen, not an empty list."""
    from pipeline.audit.wording import rule_texts

    known = sorted({*rule_texts(), *(finding["rule"] for finding in findings)})
    for word in asked:
        if word not in known:
            near = get_close_matches(word.casefold(), known, n=_MOST_NEAR, cutoff=0.5) or known
            raise MessageError("error.rule-unknown", rule=word, known=", ".join(near))


def _check_agency(asked: str, findings: Sequence[TextRow], folder: Path) -> None:
    """An agency that the dataset does not hold; one without findings is none such."""
    from rapidfuzz import fuzz, process

    if any(_is_of(finding, asked) for finding in findings):
        return
    held = rows(folder, "agencies")
    if any(_is_of(row, asked) for row in held):
        return
    names = sorted({row["agency_name"] for row in held if row["agency_name"]})
    found = process.extract(
        asked, names, scorer=fuzz.partial_ratio, limit=_MOST_NEAR, score_cutoff=_NEAR_NAME
    )
    near = [name for name, _, _ in found]
    known = ", ".join(near) if near else str(len(names))
    key = "error.agency-unknown" if near else "error.agency-none"
    raise MessageError(key, agency=asked, known=known)


def _named(word: str, findings: Sequence[TextRow]) -> TextRow:
    """The finding of an id, or of the beginning of one."""
    wanted = word.strip().casefold()
    found = [f for f in findings if wanted and f["finding_id"].startswith(wanted)]
    exact = [f for f in found if f["finding_id"] == wanted]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        raise MessageError("error.finding-unknown", finding=word)
    named = ", ".join(f["finding_id"] for f in found[:_MOST_NAMED])
    raise MessageError("error.finding-ambiguous", finding=word, count=len(found), known=named)


def short_ids(findings: Collection[TextRow]) -> dict[str, str]:
    """For each finding the beginning of its id that no other finding has, all of one length.

    >>> short_ids([{"finding_id": "a0ac817f0657"}, {"finding_id": "a0ac81f00000"}])
    {'a0ac817f0657': 'a0ac817', 'a0ac81f00000': 'a0ac81f'}
    """
    ids = dict.fromkeys(finding["finding_id"] for finding in findings)
    length = 6
    while len({name[:length] for name in ids}) < len(ids):
        length += 1
    return {name: name[:length] for name in ids}

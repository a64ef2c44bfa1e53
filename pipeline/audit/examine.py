"""What in a document contradicts itself: the findings, one for every cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parsers.model import Report
from parsers.reading.agencies import agency_id
from pipeline.audit.case import (
    AgencyIds,
    Case,
    SetCase,
    open_case,
    recomputed_row,
    recomputed_rows,
)
from pipeline.audit.causes import Cause, causes
from pipeline.audit.drafts import Context, Draft, finding
from pipeline.audit.records import Finding, Recomputed
from pipeline.audit.registry import RULES

__all__ = ["audit", "audit_report", "page_order"]


def audit(
    report: Report, recomputed: Sequence[Recomputed], agency_ids: AgencyIds = agency_id
) -> tuple[Finding, ...]:
    """Find the contradictions of one document.

    Args:
        report: What was read from it.
        recomputed: Its rows of `pipeline.audit.recompute`. What differs there is what the
            arithmetic rules explain; rows left out are not spoken of.
        agency_ids: As for `recompute`.

    Returns:
        The findings in the order of page and place. The same document gives the same
        findings with the same ids.
    """
    return _findings(open_case(report, agency_ids), frozenset(recomputed))


def audit_report(
    report: Report, agency_ids: AgencyIds = agency_id
) -> tuple[tuple[Recomputed, ...], tuple[Finding, ...]]:
    """Recompute one document and find its contradictions, in one go.

    Args:
        report: What was read from it.
        agency_ids: As for `recompute`.

    Returns:
        What `recompute` and `audit` give, for half of the work.
    """
    case = open_case(report, agency_ids)
    return recomputed_rows(case), _findings(case)


def _findings(case: Case, rows: frozenset[Recomputed] | None = None) -> tuple[Finding, ...]:
    context = Context(case, tuple(_causes(case, rows)))
    drafts: list[Draft] = []
    for rule in RULES.values():
        new = list(rule(context, tuple(drafts)))
        explained = [old for draft in new for old in draft.replaces]
        drafts = [d for d in drafts if not any(d is old for old in explained)] + new
    findings = {row.finding_id: row for row in (finding(case, draft) for draft in drafts)}
    return tuple(sorted(findings.values(), key=page_order))


def _causes(case: Case, rows: frozenset[Recomputed] | None) -> Iterator[tuple[SetCase, Cause]]:
    for held in case.sets:
        failing = [
            result
            for result in held.evaluations
            if result.verdict == "differs"
            and (rows is None or recomputed_row(case, held, result) in rows)
        ]
        for cause in causes(case, held, failing) if failing else ():
            yield held, cause


def page_order(row: Finding) -> tuple[int, float, float, str, str]:
    """Sorts the findings of a document as they stand on its pages."""
    top, left = (row.box.top, row.box.x0) if row.box else (0.0, 0.0)
    return (row.page, top, left, row.rule, row.finding_id)

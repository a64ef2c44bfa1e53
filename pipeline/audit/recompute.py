"""Every printed score that other printed scores determine, computed again."""

from __future__ import annotations

from parsers.model import Report
from parsers.reading.agencies import agency_id
from pipeline.audit.case import AgencyIds, open_case, recomputed_rows
from pipeline.audit.records import Recomputed

__all__ = ["recompute"]


def recompute(report: Report, agency_ids: AgencyIds = agency_id) -> tuple[Recomputed, ...]:
    """Compute what the report's scores determine, level by level, and compare.

    Args:
        report: What was read from one document.
        agency_ids: Gives the id of an agency named in a table of several agencies, from
            its printed name and the province code of the document (None if unknown).

    Returns:
        A row for every equation of the scores' year of which the report prints any part,
        also where it cannot be worked out: `why_not` then says what is missing.
    """
    return recomputed_rows(open_case(report, agency_ids))

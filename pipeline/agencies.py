"""The agencies that the documents of a dataset are about, or list in their tables."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from parsers.model import Agency, Report
from parsers.reading.agencies import agency_id, agency_type, clean_name
from pipeline.audit.records import Finding, Recomputed
from pipeline.cells import Row, row

__all__ = ["Agencies", "agency_of", "agency_values"]


def agency_of(report: Report, name_printed: str | None) -> str | None:
    """The id of the agency that a score or rating of a report is about.

    Args:
        report: The report.
        name_printed: The agency named in the row of a table of several agencies, else None.

    Returns:
        The id made from that name and the province of the document, as the audit makes it,
        else that of the document's own agency; None where neither is known.
    """
    if name_printed:
        return _named(name_printed, _place(report)[1])
    own = _own(report)
    return own.agency_id if own else None


def agency_values(agency: Agency) -> dict[str, object]:
    """What is known of an agency, by the names of the columns."""
    return {
        "agency_name": agency.name,
        "agency_type": agency.type,
        "tambon": agency.tambon,
        "district": agency.district,
        "province": agency.province,
        "province_code": agency.province_code,
    }


class Agencies:
    """The agencies seen so far, each with as much as any document tells about it."""

    def __init__(self) -> None:
        self._seen: dict[str, dict[str, object]] = {}
        self._documents: Counter[str] = Counter()

    def see(self, report: Report) -> None:
        """Note the agency of a document and those that its tables list."""
        own = _own(report)
        if own is not None:
            self._add(own.agency_id, agency_values(own))
            self._documents[own.agency_id] += 1
        listed = [score.agency_name_printed for score in report.scores]
        listed += [rating.agency_name_printed for rating in report.ratings]
        for name in dict.fromkeys(filter(None, listed)):
            known = agency_of(report, name)
            if known:
                self._add(known, _listed(name, report))

    def see_audited(self, item: Recomputed | Finding) -> None:
        """Note an agency that the audit names."""
        if item.agency_id:
            self._add(item.agency_id, {"agency_name": item.agency_name_printed})

    def rows(self) -> list[Row]:
        """The rows of the table `agencies`."""
        return [
            row(
                "agencies",
                {
                    **self._seen[known],
                    "agency_id": known,
                    "document_count": self._documents[known],
                },
            )
            for known in sorted(self._seen)
        ]

    def _add(self, known: str, values: dict[str, object]) -> None:
        held = self._seen.setdefault(known, {})
        for name, value in values.items():
            held[name] = held.get(name) or value


def _own(report: Report) -> Agency | None:
    return report.identity.agency if report.identity else None


def _place(report: Report) -> tuple[str | None, str | None]:
    """Name and code of the province that a document is about."""
    identity, own = report.identity, _own(report)
    if identity and identity.province_code:
        return identity.province, identity.province_code
    return (own.province, own.province_code) if own else (None, None)


def _listed(name: str, report: Report) -> dict[str, object]:
    province, province_code = _place(report)
    return {
        "agency_name": clean_name(name),
        "agency_type": agency_type(name),
        "province": province,
        "province_code": province_code,
    }


@lru_cache(maxsize=10_000)
def _named(name: str, province_code: str | None) -> str:
    return agency_id(name, province_code)

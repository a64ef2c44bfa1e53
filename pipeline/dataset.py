"""Reports and what the audit says about them -> the rows of every table.

Documents come one at a time, so that ten thousand of them need the memory of one. Order is
fixed: documents by source, inside a document the order of the page.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from functools import cache
from typing import TYPE_CHECKING, TypeVar, cast

from parsers import PARSER_VERSION
from parsers.model import Box, Rating, Report, Score
from pipeline.agencies import Agencies, agency_of, agency_values
from pipeline.audit.readings import read_by_arithmetic
from pipeline.audit.records import Finding, Recomputed
from pipeline.cells import Row, RowError, row
from pipeline.fields import table
from pipeline.records import FileReport, file_order

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["Batch", "dataset_rows"]

Batch = tuple[str, list[Row]]

_log = logging.getLogger(__name__)

# A mean of three has no last digit; six are far beyond what any report prints.
_COMPUTED = Decimal("0.000001")


def dataset_rows(
    reports: Sequence[FileReport],
    recomputed: Iterable[Recomputed] = (),
    findings: Iterable[Finding] = (),
    catalog: Iterable[Mapping[str, object]] = (),
) -> Iterator[Batch]:
    """The rows of all tables, in batches of one table each.

    Args:
        reports: The documents. A list or tuple is put in order; any other sequence must
            be in `file_order` already and is gone through once, one document at a time.
        recomputed: The recomputed scores, in any order of documents.
        findings: The findings, in any order of documents.
        catalog: Rows of the table `catalog` by column name.

    Yields:
        Table name and rows. The tables `documents`, `agencies` and `catalog` come last.

    Raises:
        ValueError: The audit speaks of a document that is not among the reports, or a
            lazy sequence is out of order.
    """
    computed_of, findings_of = _grouped(recomputed), _grouped(findings)
    documents: dict[str, dict[str, object]] = {}
    agencies = Agencies()
    for item in _ordered(reports):
        held = documents.get(item.report.document_id)
        if held is not None:
            _add_source(held, item)
            continue
        document, batches = _document(
            item,
            computed_of.pop(item.report.document_id, []),
            findings_of.pop(item.report.document_id, []),
            agencies,
        )
        documents[item.report.document_id] = document
        yield from batches
    lost = {*computed_of, *findings_of}
    if lost:
        raise ValueError(f"the audit names documents that are not here: {sorted(lost)[:3]}")
    yield "documents", [row("documents", document) for document in documents.values()]
    yield "agencies", agencies.rows()
    yield "catalog", [row("catalog", entry) for entry in catalog]


def _ordered(reports: Sequence[FileReport]) -> Iterable[FileReport]:
    if isinstance(reports, list | tuple):
        return sorted(reports, key=file_order)
    return _checked_order(reports)


def _checked_order(reports: Iterable[FileReport]) -> Iterator[FileReport]:
    last: tuple[str, str, str] | None = None
    for item in reports:
        here = file_order(item)
        if last is not None and here < last:
            raise ValueError(f"reports are out of order at {item.source!r}")
        last = here
        yield item


_Audited = TypeVar("_Audited", Recomputed, Finding)


def _grouped(items: Iterable[_Audited]) -> dict[str, list[_Audited]]:
    groups: dict[str, list[_Audited]] = {}
    for item in items:
        groups.setdefault(item.document_id, []).append(item)
    return groups


def _add_source(document: dict[str, object], item: FileReport) -> None:
    others = document["other_sources"]
    assert isinstance(others, list)
    others += [item.source or item.file_name, *item.other_sources]


def _document(
    item: FileReport,
    recomputed: Sequence[Recomputed],
    findings: Sequence[Finding],
    agencies: Agencies,
) -> tuple[dict[str, object], list[Batch]]:
    """The document's own row and those of the other tables.

    A report that breaks the dataset's definitions is a fault of the program, but it must
    not take the other documents with it: it becomes a refused document.
    """
    try:
        values = _document_values(item)
        row("documents", values)
        batches = _batches(read_by_arithmetic(item.report), recomputed, findings)
    except RowError as fault:
        _log.error("%s: %s", item.source or item.file_name, fault)
        return _document_values(_refused(item, fault)), []
    agencies.see(item.report)
    for computed in recomputed:
        agencies.see_audited(computed)
    for finding in findings:
        agencies.see_audited(finding)
    return values, batches


def _refused(item: FileReport, fault: RowError) -> FileReport:
    report = Report(
        document_id=item.report.document_id,
        byte_size=item.report.byte_size,
        page_count=item.report.page_count,
        status="refused",
        status_reason="internal-error",
        status_detail=str(fault),
        text_source="none",
    )
    return replace(item, report=report)


def _document_values(item: FileReport) -> dict[str, object]:
    report, identity = item.report, item.report.identity
    values: dict[str, object] = {
        "document_id": report.document_id,
        "file_name": item.file_name,
        "source": item.source,
        "retrieved_at": item.retrieved_at,
        "byte_size": report.byte_size,
        "page_count": report.page_count,
        "status": report.status,
        "status_reason": report.status_reason,
        "status_detail": report.status_detail,
        "text_source": None if report.text_source == "none" else report.text_source,
        "parser_version": PARSER_VERSION,
        "other_sources": list(item.other_sources),
    }
    if identity is None:
        return values
    values |= {
        "kind": identity.kind,
        "scheme": identity.scheme,
        "result_year_be": identity.result_year_be,
        "report_year_be": identity.report_year_be,
        "province": identity.province,
        "province_code": identity.province_code,
    }
    if identity.agency is not None:
        values |= agency_values(identity.agency)
        values |= {
            "agency_id": identity.agency.agency_id,
            "agency_name_printed": identity.agency.name_printed,
        }
    return values


def _batches(
    report: Report, recomputed: Sequence[Recomputed], findings: Sequence[Finding]
) -> list[Batch]:
    own = {"document_id": report.document_id, "agency_id": agency_of(report, None)}
    records: dict[str, Iterable[Mapping[str, object]]] = {
        "pages": (_page(page) for page in sorted(report.pages, key=lambda page: page.page)),
        "scores": (_score(score, report) for score in sorted(report.scores, key=_page_of)),
        "ratings": (_printed(rating, report) for rating in sorted(report.ratings, key=_page_of)),
        "recomputed": (_recomputed(item) for item in recomputed),
        "findings": (_boxed(item) for item in _once(findings)),
        "measures": (_values(measure) for measure in report.measures),
        "advice": (
            {**_values(advice), "advice_no": number}
            for number, advice in enumerate(report.advice, start=1)
        ),
        "problems": (
            {"problem_no": number, "problem": item.slug, "detail": item.detail, "page": item.page}
            for number, item in enumerate(report.problems, start=1)
        ),
    }
    return [(name, _keyed(name, own, values)) for name, values in records.items()]


def _keyed(
    name: str, own: Mapping[str, object], records: Iterable[Mapping[str, object]]
) -> list[Row]:
    """Rows with unique keys; what a record says of its agency goes before the document's."""
    held = table(name)
    places = [held.names.index(column) for column in held.key]
    rows: list[Row] = []
    seen: set[Hashable] = set()
    for values in records:
        cells = row(name, {**own, **values})
        key = tuple(cells[place] for place in places)
        if places and key in seen:
            raise RowError(name, ", ".join(held.key), f"{key} stands twice")
        seen.add(key)
        rows.append(cells)
    return rows


def _page_of(item: Score | Rating) -> int:
    return item.page


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """Findings without repetition: the id is a hash of all that a finding says."""
    return list({finding.finding_id: finding for finding in findings}.values())


def _values(record: object) -> dict[str, object]:
    """The attributes of a record by name."""
    return {name: getattr(record, name) for name in _names(cast(Hashable, type(record)))}


@cache
def _names(kind: Hashable) -> tuple[str, ...]:
    return tuple(item.name for item in fields(cast("type[DataclassInstance]", kind)))


def _boxed(record: Score | Rating | Finding) -> dict[str, object]:
    values = _values(record)
    box: Box | None = record.box
    if box is not None:
        values |= box._asdict()
    return values


def _printed(record: Score | Rating, report: Report) -> dict[str, object]:
    return {**_boxed(record), "agency_id": agency_of(report, record.agency_name_printed)}


def _score(score: Score, report: Report) -> dict[str, object]:
    return {**_printed(score, report), "value_decimals": _decimals(score.value)}


def _decimals(value: Decimal | None) -> int | None:
    """Digits after the decimal point.

    >>> _decimals(Decimal("100")), _decimals(Decimal("100.00"))
    (0, 2)
    """
    if value is None or not value.is_finite():
        return None
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else None


def _page(page: object) -> dict[str, object]:
    values = _values(page)
    # The dataset knows no mixed page: one that needed the picture at all counts as read from it.
    if values["text_source"] == "mixed":
        values["text_source"] = "ocr"
    return values


def _recomputed(item: Recomputed) -> dict[str, object]:
    rounded: Mapping[str, Callable[[Decimal], Decimal]] = {
        "computed": lambda value: value.quantize(_COMPUTED, ROUND_HALF_EVEN),
        "low": lambda value: value.quantize(_COMPUTED, ROUND_FLOOR),
        "high": lambda value: value.quantize(_COMPUTED, ROUND_CEILING),
        "difference": lambda value: value.quantize(_COMPUTED, ROUND_HALF_EVEN),
    }
    values = _values(item)
    for name, shorten in rounded.items():
        value = values[name]
        if isinstance(value, Decimal) and (_decimals(value) or 0) > 6:
            values[name] = shorten(value)
    return values

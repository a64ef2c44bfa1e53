"""A report as the audit needs it, put together again from the rows of a dataset."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import cast

from parsers.model import (
    Agency,
    Box,
    DocumentKind,
    Identity,
    Level,
    Place,
    Rating,
    Report,
    Scale,
    Scheme,
    Score,
)
from pipeline.letters.tables import TextRow

__all__ = ["report_of", "score_of"]


def report_of(document: TextRow, scores: Iterable[TextRow], ratings: Iterable[TextRow]) -> Report:
    """The document with its scores and judgements; pages and tables are left out."""
    return Report(
        document_id=document["document_id"],
        byte_size=_integer(document.get("byte_size", "")) or 0,
        page_count=_integer(document.get("page_count", "")),
        status="ok",
        status_reason="",
        status_detail="",
        text_source="text",
        identity=_identity(document),
        scores=tuple(score_of(row) for row in scores),
        ratings=tuple(_rating(row) for row in ratings),
    )


def _identity(row: TextRow) -> Identity | None:
    if not row.get("kind"):
        return None
    agency = None
    if row.get("agency_id"):
        agency = Agency(
            row["agency_id"],
            row["agency_name"],
            row.get("agency_name_printed", ""),
            row.get("agency_type", ""),
            row.get("tambon") or None,
            row.get("district") or None,
            row.get("province") or None,
            row.get("province_code") or None,
        )
    return Identity(
        cast("DocumentKind", row["kind"]),
        cast("Scheme", row.get("scheme") or None),
        agency,
        _integer(row.get("result_year_be", "")),
        _integer(row.get("report_year_be", "")),
        row.get("province") or None,
        row.get("province_code") or None,
    )


def score_of(row: TextRow) -> Score:
    """One printed score."""
    return Score(
        score_id=row["score_id"],
        year_be=_integer(row["year_be"]),
        level=cast("Level", row["level"]),
        code=row["code"],
        code_printed=row["code_printed"],
        code_rule=row["code_rule"],
        label_printed=row["label_printed"],
        value=Decimal(row["value"]) if row["value"] else None,
        value_printed=row["value_printed"],
        value_rule=row["value_rule"],
        scale=cast("Scale", row["scale"]),
        place=cast("Place", row["place"]),
        page=int(row["page"]),
        box=_box(row),
        table_no=_integer(row["table_no"]),
        row_no=_integer(row["row_no"]),
        text_source="ocr" if row["text_source"] == "ocr" else "text",
        confidence=float(row["confidence"] or 1),
        agency_name_printed=row["agency_name_printed"] or None,
    )


def _rating(row: TextRow) -> Rating:
    return Rating(
        rating_id=row["rating_id"],
        year_be=_integer(row["year_be"]),
        kind="pass" if row["kind"] == "pass" else "level",
        code=row["code"],
        rating=row["rating"],
        rating_printed=row["rating_printed"],
        place=cast("Place", row["place"]),
        page=int(row["page"]),
        box=_box(row),
        table_no=_integer(row["table_no"]),
        row_no=_integer(row["row_no"]),
        agency_name_printed=row["agency_name_printed"] or None,
    )


def _box(row: TextRow) -> Box:
    return Box(*(float(row[edge] or 0) for edge in ("x0", "top", "x1", "bottom")))


def _integer(text: str) -> int | None:
    return int(text) if text else None

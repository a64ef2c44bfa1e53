"""Hand-made reports for the tests of the audit: scores with real figures, no PDF."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import count

from parsers.model import Agency, Box, Identity, Rating, Report, Score
from pipeline.audit.quantities import level_of
from pipeline.audit.records import Finding

__all__ = ["rating", "report", "score", "table", "without_slips"]

_CODES_PER_PAGE = 40


def score(
    code: str,
    value: str | None,
    *,
    year_be: int | None = 2568,
    table_no: int | None = 1,
    row_no: int | None = None,
    page: int = 1,
    place: str = "table",
    scale: str = "percent",
    label: str = "",
    code_printed: str | None = None,
    code_rule: str = "exact",
    agency: str | None = None,
    x0: float = 400.0,
) -> Score:
    """One printed score; `value` as it stands on the page, None for an unreadable one."""
    row = row_no or 0
    return Score(
        score_id="",
        year_be=year_be,
        level=level_of(code),
        code=code,
        code_printed=code if code_printed is None else code_printed,
        code_rule=code_rule,
        label_printed=label,
        value=None if value is None else Decimal(value),
        value_printed=value or "?",
        value_rule="exact" if value is not None else "unreadable",
        scale=scale,
        place=place,
        page=page,
        box=Box(x0, 100.0 + 10 * row, x0 + 30, 110.0 + 10 * row),
        table_no=table_no if place == "table" else None,
        row_no=row_no,
        text_source="text",
        confidence=1.0,
        agency_name_printed=agency,
    )


def table(values: Mapping[str, str | None], **how: object) -> list[Score]:
    """A table with one score a row."""
    return [
        score(code, value, row_no=row, **how)  # type: ignore[arg-type]
        for row, (code, value) in enumerate(values.items(), start=1)
    ]


def rating(
    word: str,
    *,
    code: str = "ITA",
    kind: str = "level",
    year_be: int | None = 2568,
    printed: str | None = None,
    table_no: int | None = None,
    row_no: int | None = None,
    agency: str | None = None,
) -> Rating:
    """One printed judgement."""
    return Rating(
        rating_id=f"r-{code}-{word}",
        year_be=year_be,
        kind=kind,
        code=code,
        rating=word,
        rating_printed=printed or word,
        place="sentence",
        page=2,
        box=Box(100, 100, 150, 112),
        table_no=table_no,
        row_no=row_no,
        agency_name_printed=agency,
    )


def report(
    scores: Iterable[Score],
    ratings: Iterable[Rating] = (),
    *,
    scheme: str | None = "nacc-ita",
    year_be: int | None = 2568,
) -> Report:
    """A report that holds these scores, each with an id of its own."""
    from dataclasses import replace

    numbers = count(1)
    agency = Agency("30-test", "องค์การบริหารส่วนตำบลตัวอย่าง", "อบต.ตัวอย่าง", "tambon-administration")
    return Report(
        document_id="d" * 64,
        byte_size=1,
        page_count=9,
        status="ok",
        status_reason="",
        status_detail="",
        text_source="text",
        identity=Identity("analysis", scheme, agency, year_be, year_be),
        scores=tuple(replace(s, score_id=f"s{next(numbers)}") for s in scores),
        ratings=tuple(ratings),
    )


def without_slips(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings without those of `single-digit`, which stand beside the arithmetic's."""
    return tuple(found for found in findings if found.rule != "single-digit")

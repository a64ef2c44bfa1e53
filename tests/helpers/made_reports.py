"""Reports made up for tests of the pipeline: deterministic, of any number, of any nastiness."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from parsers.model import (
    Advice,
    Agency,
    Box,
    Identity,
    Measure,
    PageContent,
    Passage,
    Problem,
    Rating,
    Report,
    Score,
)
from pipeline.audit.records import Finding, Recomputed
from pipeline.records import FileReport

__all__ = [
    "BOX",
    "file_report",
    "finding",
    "made_report",
    "passage",
    "recomputed",
    "refused_report",
    "score",
]

BOX = Box(72.0, 100.123456, 110.5, 114.0)

_INDICATORS = [str(number) for number in range(1, 11)]
_QUESTIONS = [f"i{number}" for number in range(1, 16)] + [f"o{n}" for n in range(1, 29)]


def document_id(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def passage(text: str) -> Passage:
    return Passage(text, text, tuple(range(len(text))), tuple(BOX for _ in text))


def score(
    document: str,
    number: int,
    code: str,
    level: str,
    value: str | None,
    *,
    printed: str | None = None,
    agency: str | None = None,
    place: str = "table",
    scale: str = "percent",
    page: int = 2,
    year_be: int | None = 2568,
    confidence: float = 1.0,
) -> Score:
    return Score(
        score_id=f"{document_id(document)[:12]}-{number}",
        year_be=year_be,
        level=level,  # type: ignore[arg-type]
        code=code,
        code_printed=code,
        code_rule="exact" if code else "unresolved",
        label_printed="การปฏิบัติหน้าที่",
        value=None if value is None else Decimal(value),
        value_printed=printed if printed is not None else (value or "-"),
        value_rule="exact" if value is not None else "unreadable",
        scale=scale,  # type: ignore[arg-type]
        place=place,  # type: ignore[arg-type]
        page=page,
        box=BOX,
        table_no=1 if place == "table" else None,
        row_no=number + 1 if place == "table" else None,
        text_source="text",
        confidence=confidence,
        agency_name_printed=agency,
    )


def made_report(
    name: str,
    *,
    agency: str = "องค์การบริหารส่วนตำบลตัวอย่าง",
    province: str = "นครราชสีมา",
    scores: int = 14,
    total: str = "90.24",
    status: str = "ok",
    reason: str = "",
) -> Report:
    key = document_id(name)
    codes = [("ITA", "total", total), ("IIT", "instrument", "93.20")]
    codes += [("EIT", "instrument", "91.94"), ("OIT", "instrument", "86.75")]
    codes += [(code, "indicator", f"{80 + int(code)}.{int(code):02}") for code in _INDICATORS]
    while len(codes) < scores:
        number = len(codes) - 14
        code = _QUESTIONS[number % len(_QUESTIONS)]
        codes.append((code, "question", f"{number % 101}.{number % 100:02}"))
    page = PageContent(
        page=1,
        width=595.32,
        height=841.92,
        text_source="text",
        text_verdict="good",
        lines=(passage("รายงานการวิเคราะห์ผลการประเมิน ITA"),),
        repairs={"sara-am": 3, "mark-order": 1},
        word_count=120,
        table_count=1,
    )
    return Report(
        document_id=key,
        byte_size=12345,
        page_count=2,
        status=status,  # type: ignore[arg-type]
        status_reason=reason,
        status_detail="",
        text_source="text",
        identity=Identity(
            kind="analysis",
            scheme="nacc-ita",
            agency=Agency(
                agency_id=f"agency-{agency}",
                name=agency,
                name_printed=agency.replace("องค์การบริหารส่วนตำบล", "อบต."),
                type="tambon-administration",
                tambon="ตัวอย่าง",
                district="เมือง",
                province=province,
                province_code="30",
            ),
            result_year_be=2568,
            report_year_be=2569,
        ),
        pages=(page,),
        scores=tuple(
            score(name, number, code, level, value)
            for number, (code, level, value) in enumerate(codes[:scores])
        ),
        ratings=(
            Rating(
                rating_id=f"{key[:12]}-r1",
                year_be=2568,
                kind="level",
                code="ITA",
                rating="ผ่านดี",
                rating_printed="ผ่านดี",
                place="table",
                page=2,
                box=BOX,
                table_no=1,
                row_no=2,
            ),
        ),
        measures=(
            Measure(
                measure_id=f"{key[:12]}-m1",
                year_be=2568,
                issue_no=2,
                issue_printed="การให้บริการและระบบ E-Service",
                codes=("e1", "e2"),
                indicator="7",
                analysis="ผู้รับบริการไม่ทราบช่องทาง",
                measure="- จัดทำป้ายประชาสัมพันธ์\n- ปรับปรุงเว็บไซต์",
                steps='ประชุม "วางแผน", ดำเนินการ',
                responsible="สำนักปลัด",
                period_printed="ต.ค. ๖๘ – ก.ย. ๖๙",
                period_start="2025-10-01",
                period_end="2026-09-30",
                result="",
                outcome="",
                follow_up="",
                page_first=3,
                page_last=4,
            ),
        ),
        advice=(
            Advice(
                year_be=2568,
                code="o7",
                code_printed="ข้อ ๐๗",
                code_rule="letter-o",
                label_printed="แผนการใช้จ่ายงบประมาณ",
                text="ควรเผยแพร่เป็นปัจจุบัน",
                refers_to=("o8",),
                page=5,
            ),
        ),
        problems=(Problem("page-rotated", "angle 90", 4),),
    )


def refused_report(name: str, reason: str = "encrypted", detail: str = "") -> Report:
    return Report(
        document_id=document_id(name),
        byte_size=10,
        page_count=None,
        status="refused",
        status_reason=reason,
        status_detail=detail,
        text_source="none",
    )


def file_report(report: Report, name: str, *, retrieved_at: str | None = None) -> FileReport:
    return FileReport(report, name, f"inputs/{name}", retrieved_at)


def recomputed(report: Report, **changes: object) -> Recomputed:
    agency = report.identity.agency if report.identity else None
    values: dict[str, object] = {
        "document_id": report.document_id,
        "agency_id": agency.agency_id if agency else None,
        "agency_name_printed": None,
        "year_be": 2568,
        "level": "total",
        "code": "ITA",
        "computed": Decimal("90.2424"),
        "low": Decimal("90.2374"),
        "high": Decimal("90.2474"),
        "printed": Decimal("90.24"),
        "difference": Decimal("-0.0024"),
        "rule": "total-from-indicators",
        "inputs": tuple(held.score_id for held in report.scores[:3]),
        "verdict": "agrees",
        "why_not": "",
    }
    return Recomputed(**{**values, **changes})  # type: ignore[arg-type]


def finding(report: Report, number: int = 1, **changes: object) -> Finding:
    agency = report.identity.agency if report.identity else None
    values: dict[str, object] = {
        "finding_id": f"{report.document_id[:12]}-f{number}",
        "rule": "total-differs",
        "severity": "error",
        "document_id": report.document_id,
        "agency_id": agency.agency_id if agency else None,
        "agency_name_printed": None,
        "year_be": 2568,
        "level": "total",
        "code": "ITA",
        "printed": "90.24",
        "expected": "91.30",
        "difference": Decimal("-1.06"),
        "message_th": "คะแนนรวมที่พิมพ์ 90.24 (หน้า 2) ไม่ตรงกับผลรวมถ่วงน้ำหนัก 91.30",
        "message_en": "The printed total 90.24 (page 2) is not the weighted sum 91.30.",
        "page": 2,
        "box": BOX,
        "evidence": tuple(held.score_id for held in report.scores[:2]),
    }
    return Finding(**{**values, **changes})  # type: ignore[arg-type]

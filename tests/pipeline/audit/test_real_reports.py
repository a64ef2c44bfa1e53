"""The arithmetic of three published reports, with their own figures.

What is known of them: Kham Sombun FY2568 misprints i5 (97.52 for 97.42), numbers
indicator 4 as ๕, prints no instruments and no total, and one EIT part only. Chaturat FY2566
gives its total as 39.41 in the memo and 78.41 in the report, and lists only the OIT items
that failed. Lamphun FY2568 adds up to 90.145 and prints 90.14.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from audit_reports import rating, report, score, table

from parsers.model import Report
from pipeline.audit import Finding, Recomputed, audit, recompute


def _indicators(text: str) -> dict[str, str]:
    return dict(zip(map(str, range(1, 11)), text.split(), strict=True))


def _failed(*items: int) -> dict[str, str]:
    return {f"o{item}": "00.00" for item in items}


def _row(rows: tuple[Recomputed, ...], rule: str, code: str) -> Recomputed:
    found = [row for row in rows if row.rule == rule and row.code == code]
    assert len(found) == 1
    return found[0]


def _brief(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return [(f.rule, f.severity, f.code) for f in findings]


@pytest.fixture
def kham_sombun() -> Report:
    indicators = _indicators("99.78 99.14 100.00 67.10 100.00 92.52 91.49 91.80 78.50 95.00")
    again = table({**indicators, "3": "100", "5": "100"}, table_no=2, page=2)
    again[3] = replace(
        again[3],
        code_printed="๕",
        code_rule="name-over-number",
        label_printed="การใช้ทรัพย์สินของราชการ",
    )
    questions = {f"i{n}": "100" for n in range(1, 16)}
    questions |= {"i1": "99.35", "i5": "97.52", "i10": "1.29"}
    questions |= dict(
        zip(
            [f"e{n}" for n in range(1, 10)],
            ["79.05", "82.86", "100", "82.86", "81.90", "89.52", "87.62", "82.86", "85.71"],
            strict=True,
        )
    )
    items = {f"o{n}": "100" for n in range(1, 29)}
    items |= {"o12": "50.00", "o13": "50.00", "o14": "0.00", "o15": "0.00", "o26": "50.00"}
    told = [score(code, value, place="sentence", page=5) for code, value in questions.items()]
    lists = table(questions, table_no=3, page=3) + table(items, table_no=4, page=4)
    return report(table(indicators) + again + lists + told)


def test_kham_sombun_instruments_and_total_are_computed_though_not_printed(
    kham_sombun: Report,
) -> None:
    rows = recompute(kham_sombun)

    for code, expected in {"IIT": "93.2040", "EIT": "91.9367", "OIT": "86.7500"}.items():
        row = _row(rows, "instrument-from-indicators", code)
        assert (row.computed, row.verdict) == (Decimal(expected), "not-printed")
    total = _row(rows, "total-from-indicators", "ITA")
    assert (total.computed, total.verdict) == (Decimal("90.2422"), "not-printed")
    assert len(total.inputs) == 10


def test_kham_sombun_has_the_misprinted_question_and_the_misnumbered_indicator(
    kham_sombun: Report,
) -> None:
    findings = audit(kham_sombun, recompute(kham_sombun))

    assert _brief(findings) == [
        ("indicator-differs", "error", "2"),
        ("indicator-number-differs", "warning", "4"),
        ("single-digit", "error", "i5"),
    ]
    wrong, slip = findings[0], findings[2]
    assert (wrong.printed, wrong.expected, wrong.difference) == (
        "99.14",
        "99.17",
        Decimal("-0.0333"),
    )
    assert "ข้อ i4–i6 [(100.00 + 97.52 + 100.00) ÷ 3] ได้ 99.17" in wrong.message_th
    assert "page 1" in wrong.message_en and "0.03 points" in wrong.message_en
    assert len(wrong.evidence) == 4  # the indicator and its three questions
    assert "คะแนนข้อ i5 เป็นข้อเดียวที่ไม่เข้ากับข้ออื่น ค่าที่สอดคล้องคือ 97.42" in wrong.message_th
    assert (slip.printed, slip.expected, slip.difference) == ("97.52", "97.42", Decimal("0.10"))
    assert "fits the number of answers" in slip.message_en
    assert (findings[1].printed, findings[1].expected) == ("๕", "4")


def test_kham_sombun_names_what_cannot_be_checked(kham_sombun: Report) -> None:
    rows = recompute(kham_sombun)

    for code in "678":
        row = _row(rows, "indicator-from-questions", code)
        assert (row.verdict, row.why_not) == ("not-checkable", "one-eit-part-only")
    for code in ("9", "10"):
        row = _row(rows, "indicator-from-questions", code)
        assert (row.verdict, row.why_not) == ("not-checkable", "rule-unknown")
    odd = _row(rows, "indicator-from-questions", "4")
    assert (odd.computed, odd.verdict) == (Decimal("67.0967"), "agrees")  # 1.29 is real


@pytest.fixture
def chaturat() -> Report:
    year = {"year_be": 2566}
    indicators = _indicators("98.01 93.22 92.14 91.21 88.18 88.45 84.85 85.61 75.00 48.75")
    memo = [
        score("ITA", "39.41", place="sentence", page=1, **year),
        *table({**indicators, "9": None, "10": None}, place="list", page=1, **year),
    ]
    body = [
        score("ITA", "78.41", place="sentence", page=7, **year),
        *table(indicators, page=7, **year),
        *table({"e6": "83.50", "e7": "80.20", "e10": "80.00"}, table_no=2, page=8, **year),
        *table(
            dict.fromkeys(["o13", "o14", "o21", "o22", "o27", "o30"], "00.00"), table_no=3, **year
        ),
        *table(
            dict.fromkeys(["o32", "o35", "o36", "o37", "o38", "o40", "o43"], "00.00"),
            table_no=4,
            **year,
        ),
    ]
    marks = [
        rating(
            "pass" if Decimal(value) >= 85 else "fail",
            kind="pass",
            code=code,
            table_no=1,
            row_no=int(code),
            **year,
        )
        for code, value in indicators.items()
    ]
    return report(memo + body, [rating("ต้องปรับปรุง", **year), *marks], year_be=2566)


def test_chaturat_has_two_totals_two_broken_numbers_and_nothing_else(chaturat: Report) -> None:
    findings = audit(chaturat, recompute(chaturat))

    assert _brief(findings) == [
        ("printed-twice-differs", "error", "ITA"),
        ("unread", "warning", "9"),
        ("unread", "warning", "10"),
    ]
    assert (findings[0].printed, findings[0].expected) == ("39.41", "78.41")
    assert findings[0].page == 1
    assert "39.41 (หน้า 1), 78.41 (หน้า 7)" in findings[0].message_th
    assert len(findings[0].evidence) == 2


def test_chaturat_total_agrees_and_listed_failures_explain_the_oit_indicators(
    chaturat: Report,
) -> None:
    rows = recompute(chaturat)

    total = _row(rows, "total-from-indicators", "ITA")
    assert (total.computed, total.printed, total.verdict) == (
        Decimal("78.4066"),
        Decimal("78.41"),
        "agrees",
    )
    for code, expected in {"9": "75.0000", "10": "48.7500"}.items():
        row = _row(rows, "indicator-from-listed-failures", code)
        assert (row.computed, row.verdict) == (Decimal(expected), "agrees")
        assert _row(rows, "indicator-from-questions", code).verdict == "not-checkable"


def test_lamphun_total_is_not_rounded_half_up_and_that_is_no_error() -> None:
    values = _indicators("94.47 94.47 94.47 94.47 94.47 96.01 96.02 96.01 65.00 100.00")
    lamphun = report(table({**values, "ITA": "90.14"}), [rating("ผ่าน")])

    total = _row(recompute(lamphun), "total-from-indicators", "ITA")
    assert (total.computed, total.verdict) == (Decimal("90.1450"), "agrees")
    assert audit(lamphun, recompute(lamphun)) == ()


def test_findings_have_the_same_ids_every_time(kham_sombun: Report) -> None:
    first, second = (audit(kham_sombun, recompute(kham_sombun)) for _ in range(2))

    assert first == second
    assert len({f.finding_id for f in first}) == len(first)

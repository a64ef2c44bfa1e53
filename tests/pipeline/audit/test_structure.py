"""Codes and numbers that cannot be what they are printed as."""

from __future__ import annotations

from dataclasses import replace

import pytest
from audit_reports import report, score, table

from parsers.model import Score
from pipeline.audit import Finding, audit, recompute

NAMES = [
    "การปฏิบัติหน้าที่",
    "การใช้งบประมาณ",
    "การใช้อำนาจ",
    "การใช้ทรัพย์สินของราชการ",
    "การแก้ไขปัญหาการทุจริต",
    "คุณภาพการดำเนินงาน",
    "ประสิทธิภาพการสื่อสาร",
    "การปรับปรุงการทำงาน",
    "การเปิดเผยข้อมูล",
    "การป้องกันการทุจริต",
]


def _findings(scores: list[Score], year_be: int | None = 2568) -> tuple[Finding, ...]:
    held = report(scores, year_be=year_be)
    return audit(held, recompute(held))


def _brief(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return [(f.rule, f.severity, f.code) for f in findings]


def _item(code: str, row: int, title: str) -> Score:
    return score(code, "100", row_no=row, label=title, year_be=2567)


def test_a_code_in_place_of_the_next_is_seen_whatever_its_title_and_score() -> None:
    """FY2567 ends with two items of nearly one title, both mostly at 100."""
    titles = {"o33": "การจัดการเรื่องร้องเรียน", "o34": "มาตรการส่งเสริมคุณธรรม"}
    rows = [_item(code, row, titles[code]) for row, code in enumerate(titles, 1)]
    last = _item("o34", 3, "ผลการดำเนินการตามมาตรการส่งเสริมคุณธรรม")

    found = _brief(_findings([*rows, last], 2567))

    assert [(rule, code) for rule, _, code in found if rule == "code-duplicated"] == [
        ("code-duplicated", "o34")
    ]
    again = replace(last, label_printed=titles["o34"])
    assert "code-duplicated" not in {rule for rule, _, _ in _brief(_findings([*rows, again], 2567))}


# ---- code-duplicated ------------------------------------------------------------------------


def _two(first: dict[str, object], second: dict[str, object]) -> list[Score]:
    return [
        score("o20", row_no=1, **{"value": "100", "label": "การเปิดโอกาสให้มีส่วนร่วม", **first}),  # type: ignore[arg-type]
        score("o20", row_no=9, **{"value": "100", "label": "การเปิดโอกาสให้มีส่วนร่วม", **second}),  # type: ignore[arg-type]
    ]


def test_one_question_under_two_issues_is_no_fault() -> None:
    """Kham Sombun FY2568 lists o20 under issue 2 and issue 6, with one title and score."""
    assert _findings(_two({}, {})) == ()
    assert _findings(_two({}, {"label": "การเปิดโอกาสให้เกิดการมีส่วนร่วม"})) == ()
    assert _findings(_two({}, {"label": "การเปิดโอกาส"})) == ()


def test_one_code_with_two_values_in_one_table_is_one_finding() -> None:
    (found,) = _findings(_two({}, {"value": "50.00"}))

    assert _brief((found,)) == [("code-duplicated", "error", "o20")]
    assert "100.00" in found.message_th and "50.00" in found.message_th


def test_two_columns_of_one_row_have_its_code_in_common() -> None:
    """A table gives each question once, with a score for either part of the EIT."""
    row = {"row_no": 4, "label": "เจ้าหน้าที่ให้บริการอย่างเท่าเทียมกัน"}
    scores = [score("e2", "90.01", **row), score("e2", "89.95", **row)]  # type: ignore[arg-type]

    assert all(f.rule != "code-duplicated" for f in _findings(scores))


def test_one_code_with_two_titles_in_one_table() -> None:
    found = _findings(_two({}, {"label": "แผนปฏิบัติการป้องกันการทุจริต"}))

    assert _brief(found) == [("code-duplicated", "error", "o20")]
    assert "“แผนปฏิบัติการป้องกันการทุจริต”" in found[0].message_en


def test_a_code_printed_twice_though_the_titles_gave_two_codes() -> None:
    scores = [
        score("i5", "97.00", row_no=1, label="เบิกจ่ายเงินเป็นเท็จ"),
        score(
            "i6",
            "95.00",
            row_no=2,
            label="จัดซื้อจัดจ้างที่เอื้อประโยชน์",
            code_printed="i๕",
            code_rule="title-over-number",
        ),
    ]

    assert _brief(_findings(scores)) == [("code-duplicated", "error", "i5")]


def test_two_questions_of_one_code_in_two_tables_are_not_one_score_printed_twice() -> None:
    scores = _two({"table_no": 1}, {"table_no": 2, "value": "50.00", "label": "แผนปฏิบัติการ"})

    assert _brief(_findings(scores)) == [("code-duplicated", "error", "o20")]


# ---- code-unknown ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "year_be", "found"),
    [
        ("o29", 2568, True),  # FY2568 ends with o28
        ("i16", 2568, True),
        ("o28", 2568, False),
        ("ep3", 2568, False),
        ("ep3", 2564, False),  # the EIT list of FY2564 is inferred, and other years have ep3
        ("i31", 2565, True),  # no year has it
        ("i7", 2569, False),  # nothing is known of that list
        ("o29", None, False),
        ("o29", 2590, False),
    ],
)
def test_codes_that_a_year_does_not_have(code: str, year_be: int | None, found: bool) -> None:
    findings = _findings([score(code, "100.00", year_be=year_be)], year_be)

    assert _brief(findings) == ([("code-unknown", "warning", code)] if found else [])


def test_an_unknown_code_names_the_years_codes() -> None:
    (found,) = _findings([score("o29", "90.00")])

    assert "o1 to o28" in found.message_en and "o1 ถึง o28" in found.message_th


# ---- indicator-number-differs ---------------------------------------------------------------


def _numbered(numbers: list[str], place: str = "table") -> list[Score]:
    values = {str(n): "90.00" for n in range(1, 11)}
    return [
        replace(held, code_printed=number, label_printed=name)
        for held, number, name in zip(table(values, place=place), numbers, NAMES, strict=False)
    ]


def test_an_indicator_numbered_as_another_one() -> None:
    (found,) = _findings(_numbered(["๑", "๒", "๓", "๕", "๕", "๖", "๗", "๘", "๙", "๑๐"]))

    assert _brief((found,)) == [("indicator-number-differs", "warning", "4")]
    assert (found.printed, found.expected) == ("๕", "4")


@pytest.mark.parametrize(
    "numbers",
    [
        "1 2 3 4 5 1 2 3 1 2",  # counted anew in every instrument
        "3 1 2 5 4 7 6 9 10 8",  # ranks
        "1 2 3 4 5 6 7 8 9 10",
    ],
)
def test_counts_and_ranks_are_not_indicator_numbers(numbers: str) -> None:
    assert _findings(_numbered(numbers.split())) == ()


def test_a_list_of_weak_points_counts_its_own_points() -> None:
    scores = [
        replace(score("4", "67.10", place="list"), code_printed="1."),
        replace(score("9", "78.50", place="list"), code_printed="2."),
    ]

    assert _findings(scores) == ()

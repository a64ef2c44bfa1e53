"""Years that cannot all be right, and the many that can."""

from __future__ import annotations

from dataclasses import replace

import pytest
from audit_reports import report, table

from parsers.model import Box, Measure, Mention, Report, Score
from pipeline.audit import Finding, audit

HERE = Box(100, 100, 200, 114)
SCORES = {str(n): f"9{n % 10}.00" for n in range(1, 11)}


def _year(year: int, role: str, of: str = "result", page: int = 1) -> Mention:
    context = f"ผลการประเมิน ประจำปีงบประมาณ {year}" if role not in ("text", "series") else ""
    return Mention("year", str(year), str(year), role, page, HERE, of, f"{context}{page}")


def _findings(mentions: list[Mention], scores: list[Score] | None = None) -> list[Finding]:
    held = replace(report(scores or []), mentions=tuple(mentions))
    return [found for found in audit(held, ()) if found.rule == "year-conflict"]


TITLE = _year(2568, "title")
SECOND = _year(2568, "heading", page=2)
CAPTION = _year(2568, "table", page=3)


def test_one_year_everywhere_is_right() -> None:
    assert _findings([TITLE, SECOND, CAPTION, _year(2568, "text")]) == []


def test_a_cover_of_the_year_before_its_results() -> None:
    (found,) = _findings([_year(2567, "title"), SECOND, CAPTION])

    assert (found.rule, found.severity, found.page) == ("year-conflict", "warning", 1)
    assert (found.printed, found.expected, found.year_be) == ("2567", "2568", 2568)
    assert "which comes later" in found.message_en
    assert "หน้า 2, 3" in found.message_th


def test_one_caption_and_the_scores_told_are_enough_against_an_early_cover() -> None:
    assert _findings([_year(2567, "title"), CAPTION]) == []
    assert len(_findings([_year(2567, "title"), CAPTION, _year(2568, "text")])) == 1


def test_a_report_published_in_the_year_after_is_normal() -> None:
    assert _findings([_year(2569, "title"), SECOND, CAPTION]) == []


def test_a_plan_for_the_next_year_is_normal() -> None:
    assert _findings([TITLE, SECOND, _year(2569, "heading", "plan", 7)]) == []


def test_one_heading_of_another_year_than_all_the_others() -> None:
    """The published report of ลำภูรา heads its table 2566, and says 2567 everywhere else."""
    headings = [
        _year(2567, "title", "follow-up"),
        _year(2567, "heading", "follow-up", 2),
        _year(2566, "table", "follow-up", 2),
    ]
    (found,) = _findings(headings)

    assert (found.printed, found.expected, found.page) == ("2566", "2567", 2)
    assert "หัวตาราง" in found.message_th


def test_two_headings_against_one_of_two_are_no_majority() -> None:
    assert _findings([TITLE, _year(2567, "heading", page=2)]) == []


@pytest.mark.parametrize("role", ["text", "series"])
def test_a_year_that_the_text_compares_with_is_meant(role: str) -> None:
    odd = [_year(2567, "heading", page=4), _year(2567, role, page=4)]

    assert _findings([TITLE, SECOND, CAPTION, *odd]) == []


def test_a_document_of_three_years_is_a_history() -> None:
    odd = [_year(2566, "heading", page=4), _year(2567, "heading", page=5)]

    assert _findings([TITLE, SECOND, CAPTION, *odd]) == []


def test_a_table_with_other_values_is_of_its_own_year() -> None:
    scores = table(SCORES) + table({"1": "80.00", "2": "81.00", "3": "82.00"}, year_be=2567)

    assert _findings([TITLE, SECOND, CAPTION, _year(2567, "table", page=4)], scores) == []


def test_the_same_values_under_another_year_are_a_misprinted_year() -> None:
    scores = table(SCORES) + table(SCORES, year_be=2567, table_no=2, page=4)
    (found,) = _findings([TITLE, SECOND, CAPTION, _year(2567, "table", page=4)], scores)

    assert (found.printed, found.page) == ("2567", 4)


def test_all_scores_under_the_one_odd_heading_are_misdated() -> None:
    """The heading of the result says 2566 where everything else says 2567."""
    usual = [_year(2567, "title"), _year(2567, "heading", page=2), _year(2567, "text")]
    (found,) = _findings([*usual, _year(2566, "table", page=3)], table(SCORES, year_be=2566))

    assert (found.printed, found.expected) == ("2566", "2567")


def _planned(*ends: str) -> Report:
    measures = tuple(
        Measure(
            str(number),
            2568,
            number,
            "",
            (),
            "",
            "",
            "ทำป้าย",
            "",
            "",
            "",
            None,
            end,
            "",
            "",
            "",
            4,
            4,
        )
        for number, end in enumerate(ends)
    )
    return replace(report([]), measures=measures, mentions=(_year(2568, "title", "plan"),))


def test_measures_that_ended_long_before_the_plan_are_left_over() -> None:
    (found,) = audit(_planned("2023-09-30", "2023-03-31", "2023-09-30"), ())

    assert (found.rule, found.printed, found.expected) == ("year-conflict", "2566", "2568")
    assert found.page == 4


@pytest.mark.parametrize("last", ["2024-09-30", "2025-09-30", "2026-09-30"])
def test_measures_of_the_year_before_this_one_and_the_next_are_normal(last: str) -> None:
    assert audit(_planned("2023-09-30", "2023-09-30", last), ()) == ()

"""Plans that leave out what a plan must say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from audit_reports import report

from parsers.model import Measure, Report
from pipeline.audit import Finding, audit, recompute

COLUMNS = ("issue", "measure", "steps", "responsible", "period")


def _measure(number: int, *, columns: tuple[str, ...] = COLUMNS, **changes: object) -> Measure:
    held = Measure(
        measure_id=f"m{number}",
        year_be=2568,
        issue_no=number,
        issue_printed=f"{number}.",
        codes=(),
        indicator="",
        analysis="",
        measure=f"มาตรการที่ {number}",
        steps="๑. แจ้งเวียน",
        responsible="สำนักปลัด",
        period_printed="ไตรมาส ๒",
        period_start=None,
        period_end=None,
        result="",
        outcome="",
        follow_up="",
        page_first=2,
        page_last=2,
        columns=columns,
    )
    return replace(held, **changes)  # type: ignore[arg-type]


def _plan(*measures: Measure, year_be: int = 2568) -> Report:
    return replace(report([], year_be=year_be), measures=measures)


def _found(held: Report) -> tuple[Finding, ...]:
    return audit(held, recompute(held))


def test_a_plan_that_says_everything_is_silent() -> None:
    assert _found(_plan(*(_measure(n) for n in range(1, 8)))) == ()


@pytest.mark.parametrize("empty", ["", "-", " – "])
def test_a_measure_without_anyone_responsible(empty: str) -> None:
    measures = [_measure(n) for n in range(1, 8)]
    measures[3] = replace(measures[3], responsible=empty, steps=empty)

    (found,) = _found(_plan(*measures))

    assert (found.rule, found.severity) == ("measure-incomplete", "note")
    assert found.printed == "มาตรการที่ 4"
    assert "the steps, who is responsible" in found.message_en
    assert "ผู้รับผิดชอบ" in found.message_th


def test_several_measures_with_the_same_gap_are_one_finding() -> None:
    measures = [_measure(n) for n in range(1, 8)]
    measures[2:5] = [replace(m, period_printed="") for m in measures[2:5]]

    (found,) = _found(_plan(*measures))

    assert "and 2 more" in found.message_en


def test_a_follow_up_has_a_form_of_its_own() -> None:
    """Lam Phu Ra FY2567 tells measure, result and outcome, and nothing more."""
    columns = ("measure", "result", "outcome")
    gaps = {"steps": "", "responsible": "", "period_printed": "", "issue_no": None}

    assert _found(_plan(*(_measure(n, columns=columns, **gaps) for n in range(1, 5)))) == ()


def test_a_plan_without_a_column_for_the_period() -> None:
    columns = ("measure", "steps", "responsible")
    measures = [_measure(n, columns=columns, period_printed="") for n in range(1, 8)]

    (found,) = _found(_plan(*measures))
    before = _found(_plan(*measures, year_be=2566))

    assert "no column for the period" in found.message_en
    assert before == ()  # the form of FY2566 asked for no period


def test_an_issue_without_a_measure() -> None:
    (found,) = _found(_plan(*(_measure(n) for n in (1, 2, 3, 5, 6, 7))))

    assert "issue 4" in found.message_en and "ประเด็นที่ 4" in found.message_th


@pytest.mark.parametrize("numbers", [(1, 2, 3), (1, 2, 3, 5, 6, None)])
def test_plans_by_indicators_or_with_unknown_issues_lack_none(
    numbers: tuple[int | None, ...],
) -> None:
    """Lamphun FY2568 writes by the ten indicators; some measures happen to name an issue."""
    measures = (_measure(n, issue_no=no) for n, no in enumerate(numbers, start=1))

    assert _found(_plan(*measures)) == ()


def test_a_partly_read_plan_may_hold_the_rest_on_another_page() -> None:
    held = _plan(*(_measure(n) for n in (1, 2, 3, 5, 6, 7)))

    assert _found(replace(held, status="partial")) == ()

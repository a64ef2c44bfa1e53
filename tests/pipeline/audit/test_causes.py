"""One cause, one finding, at the place where the equations put it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from audit_reports import report, score, table, without_slips

from parsers.model import Score
from pipeline.audit import Finding, audit, recompute

INDICATORS = {str(n): "90.00" for n in range(1, 11)}
WHOLE = {"IIT": "90.00", "EIT": "90.00", "OIT": "90.00", "ITA": "90.00"}
QUESTIONS = {"i1": "80.00", "i2": "90.00", "i3": "100", "i4": "85.00", "i5": "90.00", "i6": "95.00"}
ALL = {**INDICATORS, **WHOLE, **QUESTIONS}


def _findings(values: dict[str, str], year_be: int = 2568, **how: object) -> tuple[Finding, ...]:
    held = report(table(values, year_be=year_be, **how), year_be=year_be)
    return without_slips(audit(held, recompute(held)))


def _brief(findings: tuple[Finding, ...]) -> list[tuple[str, str, str, str | None]]:
    return [(f.rule, f.severity, f.code, f.expected) for f in findings]


def test_nothing_is_wrong_with_the_undamaged_report() -> None:
    assert _findings(ALL) == ()


@pytest.mark.parametrize(
    ("code", "rule"),
    [("ITA", "total-differs"), ("IIT", "instrument-differs"), ("2", "indicator-differs")],
)
def test_a_wrong_cell_that_breaks_several_equations_is_one_finding(code: str, rule: str) -> None:
    (found,) = _findings({**ALL, code: "80.00"})

    assert (found.rule, found.severity, found.code) == (rule, "error", code)
    assert (found.printed, found.expected) == ("80.00", "90.00")
    assert found.difference == Decimal("-10.0000")
    assert len(found.evidence) == len(set(found.evidence)) > 3


def test_a_wrong_question_leaves_its_indicator_unsuspected() -> None:
    """Any of the three may be 5 points too low."""
    (found,) = _findings({**ALL, "i5": "85.00"})

    assert (found.rule, found.code, found.printed, found.expected) == (
        "indicator-differs",
        "2",
        "90.00",
        "88.33",
    )
    assert "one of its parts is likely wrong" in found.message_en
    assert "จึงควรตรวจคะแนนที่นำมาคำนวณ" in found.message_th


def test_a_question_is_named_where_no_other_can_be_so_far_off() -> None:
    """30 points are missing, and neither 85.00 nor 95.00 can be 30 points higher."""
    (found,) = _findings({**ALL, "i5": "60.00"})

    assert (found.rule, found.code, found.printed, found.expected) == (
        "indicator-differs",
        "i5",
        "60.00",
        "90.00",
    )
    assert "everything else that is computed with it (2) gives 90.00" in found.message_en


def test_a_wrong_indicator_without_questions_is_told_by_its_instrument() -> None:
    (found,) = _findings({**INDICATORS, **WHOLE, "9": "85.00"})

    assert (found.rule, found.code, found.expected) == ("instrument-differs", "OIT", "87.50")


def test_a_wrong_indicator_is_named_where_no_other_can_be_so_far_off() -> None:
    (found,) = _findings({**INDICATORS, **WHOLE, "9": "70.00"})

    assert (found.rule, found.code, found.expected) == ("indicator-differs", "9", "90.00")


def test_two_wrong_cells_are_two_findings() -> None:
    found = _findings({**ALL, "IIT": "80.00", "9": "70.00"})

    assert {(f.rule, f.code) for f in found} == {
        ("instrument-differs", "IIT"),
        ("indicator-differs", "9"),
    }


def test_an_instrument_that_two_other_numbers_speak_against() -> None:
    """Neither of the two equations computes OIT, but it alone is in both."""
    scores = table({"IIT": "90.00", "EIT": "90.00", "OIT": "70.00", "ITA": "90.00"})
    scores.append(score("OIT", "36.00", scale="weighted", row_no=9))
    held = report(scores)
    (found,) = without_slips(audit(held, recompute(held)))

    assert (found.rule, found.code, found.printed, found.expected) == (
        "instrument-differs",
        "OIT",
        "70.00",
        "90.00",
    )


@pytest.mark.parametrize(
    ("total", "severity"),
    [("90.01", None), ("90.02", None), ("90.03", "note"), ("90.04", "error"), ("89.96", "error")],
)
def test_from_rounding_over_notes_to_errors_in_a_chain(total: str, severity: str | None) -> None:
    found = _findings({**INDICATORS, "ITA": total})

    assert [f.severity for f in found] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("indicator", "severity"),
    [("90.01", None), ("90.02", "note"), ("90.03", "error")],
)
def test_from_rounding_over_notes_to_errors_in_one_step(
    indicator: str, severity: str | None
) -> None:
    found = _findings({"1": indicator, "i1": "80.00", "i2": "90.00", "i3": "100"})

    assert [f.severity for f in found] == ([severity] if severity else [])


def test_whole_points_allow_what_they_round() -> None:
    values = {"1": "90", "2": "91", "3": "92", "4": "93", "5": "94"}

    assert _findings({**values, "IIT": "92.49"}, table_no=1) == ()
    assert [f.rule for f in _findings({**values, "IIT": "92.70"})] == ["instrument-differs"]


# ---- rules that are only inferred for a year ------------------------------------------------

OTHER_QUESTIONS = {f"i{n}": f"{80 + n}.00" for n in range(7, 13)}


def _fy2565(values: dict[str, str]) -> list[tuple[str, str, str, str | None]]:
    return _brief(_findings(values, year_be=2565))


def test_an_inferred_question_list_gives_a_note_at_most() -> None:
    questions = {f"i{n}": "80.00" for n in range(1, 7)}

    assert _fy2565({**questions, "1": "90.00"}) == [("indicator-differs", "note", "1", "80.00")]


def test_the_document_itself_can_bear_an_inferred_list_out() -> None:
    questions = {f"i{n}": "80.00" for n in range(1, 7)}
    borne_out = {**questions, **OTHER_QUESTIONS, "1": "90.00", "2": "89.50"}

    assert _fy2565(borne_out) == [("indicator-differs", "error", "1", "80.00")]


def test_all_hundreds_bear_nothing_out() -> None:
    questions = {f"i{n}": "80.00" for n in range(1, 7)}
    hundreds = {f"i{n}": "100" for n in range(7, 13)}

    assert _fy2565({**questions, **hundreds, "1": "90.00", "2": "100.00"}) == [
        ("indicator-differs", "note", "1", "80.00")
    ]


def test_the_weights_count_as_certain_in_every_year() -> None:
    found = _findings({**INDICATORS, "ITA": "70.20"}, year_be=2567)

    assert _brief(found) == [("total-differs", "error", "ITA", "90.00")]


def test_rows_left_out_of_recomputed_are_not_spoken_of() -> None:
    scores: list[Score] = table({**INDICATORS, "ITA": "70.20"})
    held = report(scores)

    assert audit(held, ()) == ()
    assert len(without_slips(audit(held, recompute(held)))) == 1


def test_what_two_cells_make_wrong_together_is_measured_when_these_are_put_right() -> None:
    """2 and 9 exchanged and a slip in 8: the total is off by the slip alone.

    The slip must not be held to make up for the exchange: 8 cannot be 13 points off.
    """
    values = ["89.51", "90.75", "82.45", "86.76", "88.73", "84.03", "88.96", "91.81"]
    scores = {str(number): value for number, value in enumerate([*values, "83.53", "69.75"], 1)}
    scores |= {"IIT": "86.20", "EIT1": "92.06", "EIT2": "84.06", "OIT": "80.25", "ITA": "84.38"}

    found = {f.code: f.expected for f in _findings(scores)}

    assert found == {"IIT": "87.64", "OIT": "76.64", "ITA": "84.44"}

"""Scores outside of their scale."""

from __future__ import annotations

import pytest
from audit_reports import report, score, table, without_slips

from parsers.model import Score
from pipeline.audit import Finding, audit, recompute


def _findings(scores: list[Score]) -> tuple[Finding, ...]:
    held = report(scores)
    return audit(held, recompute(held))


@pytest.mark.parametrize(
    ("code", "value", "scale", "wrong"),
    [
        ("i1", "100.00", "percent", False),
        ("i1", "0", "percent", False),
        ("i1", "104.20", "percent", True),
        ("7", "-3.00", "percent", True),
        ("IIT", "30.00", "weighted", False),
        ("IIT", "30.50", "weighted", True),
        ("OIT", "39.90", "weighted", False),
        ("EIT1", "15.20", "weighted", True),
        ("1", "6.10", "weighted", True),  # a fifth of 30
    ],
)
def test_the_limits_of_a_scale(code: str, value: str, scale: str, wrong: bool) -> None:
    found = _findings([score(code, value, scale=scale)])

    assert [(f.rule, f.severity, f.code) for f in found] == (
        [("out-of-range", "error", code)] if wrong else []
    )


def test_an_impossible_score_replaces_the_findings_that_it_causes() -> None:
    """8491.00 for 84.91 breaks the instrument and the total: one fault, with its remedy."""
    values = {str(n): "90.00" for n in range(1, 11)} | {"EIT": "90.00", "ITA": "90.00"}
    (found,) = _findings(table({**values, "7": "900.00"}))

    assert (found.rule, found.code, found.printed, found.expected) == (
        "out-of-range",
        "7",
        "900.00",
        "90.00",
    )
    assert "call for 90.00" in found.message_en
    assert len(found.evidence) > 3


def test_an_impossible_score_printed_rightly_elsewhere() -> None:
    (found,) = _findings(table({"ITA": "784.10"}) + table({"ITA": "78.41"}, table_no=2))

    assert (found.rule, found.printed, found.expected) == ("out-of-range", "784.10", "78.41")


def test_an_impossible_score_does_not_hide_another_fault() -> None:
    values = {str(n): "90.00" for n in range(1, 11)} | {"IIT": "70.00", "OIT": "90.00"}
    found = without_slips(_findings(table({**values, "i1": "101.00"})))

    assert {(f.rule, f.code) for f in found} == {
        ("out-of-range", "i1"),
        ("instrument-differs", "IIT"),
    }

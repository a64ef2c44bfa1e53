"""Scores outside of their scale."""

from __future__ import annotations

import pytest
from audit_reports import rating, report, score, table, without_slips

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


# ---- item-score-not-allowed -----------------------------------------------------------------


def _of_year(scores: list[Score], year_be: int) -> list[tuple[str, str, str, str | None]]:
    held = report(scores, year_be=year_be)
    found = audit(held, recompute(held))
    return [(f.rule, f.severity, f.code, f.expected) for f in found]


@pytest.mark.parametrize(
    ("value", "year_be", "severity"),
    [
        ("100", 2566, None),
        ("0.00", 2566, None),
        ("50.00", 2566, "warning"),
        ("50.00", 2568, None),
        ("75.00", 2568, "warning"),
        ("50.00", 2567, "note"),  # that year's values are inferred
        ("50.00", 2569, None),  # and that year's unknown
    ],
)
def test_item_scores_that_a_year_does_not_give(
    value: str, year_be: int, severity: str | None
) -> None:
    found = _of_year([score("o3", value, year_be=year_be)], year_be)

    expected = [("item-score-not-allowed", severity, "o3", None)] if severity else []
    assert found == expected


def test_an_item_score_that_breaks_the_arithmetic_is_one_error_with_the_right_value() -> None:
    values = dict.fromkeys([f"o{n}" for n in range(1, 11)], "100") | {"o3": "10.00"}
    scores = table({**values, "9.1": "100.00"}, year_be=2566)

    assert _of_year(scores, 2566) == [("item-score-not-allowed", "error", "o3", "100.00")]


def test_a_list_on_a_scale_of_its_own_is_left_alone() -> None:
    scores = table({f"o{n}": "1" if n % 2 else "0" for n in range(1, 11)}, year_be=2566)

    assert _of_year(scores, 2566) == []


# ---- level-of-other-scale -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "year_be", "odd"),
    [
        ("A", 2568, True),
        ("ผ่านดี", 2564, True),
        ("ต้องปรับปรุง", 2565, True),
        ("A", 2565, False),
        ("ผ่านดี", 2566, False),
        ("ผ่าน", 2564, False),  # also a pass mark
    ],
)
def test_levels_of_another_scale(word: str, year_be: int, odd: bool) -> None:
    scores = [score("ITA", "91.00" if word != "ต้องปรับปรุง" else "80.00", year_be=year_be)]
    held = report(scores, [rating(word, year_be=year_be)], year_be=year_be)

    found = [f for f in audit(held, recompute(held)) if f.rule == "level-of-other-scale"]

    assert [f.severity for f in found] == (["warning"] if odd else [])
    if odd:
        assert ("–2565" if year_be == 2568 else "FY2566–") in found[0].message_en


def test_a_whole_table_of_letters_is_one_finding() -> None:
    names = ["อบต.ก", "อบต.ข", "อบต.ค"]
    scores = [score("ITA", "91.00", row_no=n, agency=a) for n, a in enumerate(names, start=1)]
    words = [rating("A", table_no=1, row_no=n, agency=a) for n, a in enumerate(names, start=1)]
    held = report(scores, words)

    (found,) = audit(held, recompute(held))

    assert "2 more" in found.message_en


def test_the_level_of_an_earlier_year_told_in_a_sentence() -> None:
    former = score("ITA", "88.00", year_be=2565, place="sentence", page=2)
    held = report([former, score("ITA", "91.00")], [rating("A")])

    assert audit(held, recompute(held)) == ()


def test_a_score_just_below_a_hundred_explains_its_indicator() -> None:
    """The equation calls for 100.01, which rounding makes 100.00: still one cause."""
    values = {"i1": "179.93", "i2": "88.53", "i3": "100.00", "1": "96.18"}

    found = _findings(table(values))

    assert [(f.rule, f.code, f.expected) for f in found] == [("out-of-range", "i1", "100.00")]

"""One score printed with two values."""

from __future__ import annotations

from audit_reports import report, score, table

from parsers.model import Score
from pipeline.audit import Finding, audit, recompute

CLEAN = {str(n): "90.00" for n in range(1, 11)}


def _findings(scores: list[Score]) -> tuple[Finding, ...]:
    held = report(scores)
    return audit(held, recompute(held))


def test_the_same_value_in_any_spelling_is_the_same() -> None:
    scores = [*table({"i1": "100.00"}), score("i1", "100", place="sentence")]

    assert _findings(scores) == ()


def test_neighbouring_hundredths_are_rounding() -> None:
    """90.145 is printed as 90.14 here and as 90.15 there."""
    assert _findings(table({"ITA": "90.14"}) + table({"ITA": "90.15"}, table_no=2)) == ()


def test_most_places_decide_where_the_arithmetic_does_not() -> None:
    scores = [
        score("i5", v, table_no=n, page=n) for n, v in ((1, "97.52"), (2, "97.42"), (3, "97.42"))
    ]
    (found,) = _findings(scores)

    assert (found.rule, found.printed, found.expected) == (
        "printed-twice-differs",
        "97.52",
        "97.42",
    )
    assert "Most places print 97.42" in found.message_en
    assert len(found.evidence) == 3


def test_where_nothing_decides_that_is_said() -> None:
    (found,) = _findings([score("i5", "97.52"), score("i5", "97.42", place="sentence", page=3)])

    assert (found.printed, found.expected, found.page) == ("97.42", "97.52", 3)
    assert "เอกสารไม่มีข้อมูลพอ" in found.message_th


def test_the_arithmetic_decides_for_the_right_value_wherever_it_stands() -> None:
    """The table is wrong, the sentence right: one finding, at the table's value."""
    scores = table({**CLEAN, "7": "19.00", "EIT": "90.00", "ITA": "90.00"})
    scores.append(score("7", "90.00", place="sentence", page=4))
    (found,) = _findings(scores)

    assert (found.rule, found.printed, found.expected) == (
        "printed-twice-differs",
        "19.00",
        "90.00",
    )
    assert found.page == 1


def test_two_wrong_totals_are_two_faults() -> None:
    scores = [*table({**CLEAN, "ITA": "80.00"}), score("ITA", "81.00", place="sentence", page=2)]

    assert [f.rule for f in _findings(scores)] == ["total-differs", "printed-twice-differs"]


def test_a_disputed_part_is_not_blamed_on_the_total() -> None:
    """Indicator 7 stands with two values, one of which fits the total: no total-differs."""
    scores = table({**CLEAN, "7": "50.00", "ITA": "86.00"}) + table({"7": "19.00"}, table_no=2)

    assert [f.rule for f in _findings(scores)] == ["printed-twice-differs"]


def test_weighted_and_percent_scores_are_two_quantities() -> None:
    scores = [score("OIT", "33.00", scale="weighted"), score("OIT", "82.50", table_no=2)]

    assert _findings(scores) == ()

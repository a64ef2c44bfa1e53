"""What is computed, from what, and why not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from audit_reports import report, score, table, without_slips

from parsers.model import Report
from pipeline.audit import Recomputed, audit, recompute


def _rows(held: Report) -> dict[tuple[str, str], Recomputed]:
    return {(row.rule, row.code): row for row in recompute(held)}


def _ten(value: str = "90.00") -> dict[str, str]:
    return {str(n): value for n in range(1, 11)}


def test_a_report_without_scores_has_no_rows() -> None:
    assert recompute(report([])) == ()


def test_a_missing_part_is_named() -> None:
    values = _ten()
    del values["7"]
    row = _rows(report(table(values)))["total-from-indicators", "ITA"]

    assert (row.verdict, row.why_not) == ("not-checkable", "part-missing:7")
    assert (row.computed, row.difference) == (None, None)


def test_an_unreadable_part_is_never_taken_as_zero() -> None:
    row = _rows(report(table({**_ten(), "7": None, "ITA": "90.00"})))[
        "total-from-indicators", "ITA"
    ]

    assert (row.verdict, row.why_not) == ("not-checkable", "unreadable-input:7")
    assert row.printed == Decimal("90.00")


def test_an_unreadable_total_is_computed_but_not_judged() -> None:
    row = _rows(report(table({**_ten(), "ITA": None})))["total-from-indicators", "ITA"]

    assert (row.verdict, row.why_not) == ("not-checkable", "unreadable-printed:ITA")
    assert row.computed == 90


def test_an_instrument_that_is_not_printed_counts_by_its_indicators() -> None:
    values = {"IIT": "90.00", "EIT": "80.00", "9": "60.00", "10": "80.00", "ITA": "79.00"}
    row = _rows(report(table(values)))["total-from-instruments", "ITA"]

    assert (row.computed, row.verdict, len(row.inputs)) == (79, "agrees", 4)


def test_the_two_parts_of_the_eit_make_up_the_eit() -> None:
    values = {"IIT": "90.00", "EIT1": "70.00", "EIT2": "90.00", "OIT": "70.00", "ITA": "79.00"}
    rows = _rows(report(table(values)))

    assert rows["total-from-instruments", "ITA"].verdict == "agrees"
    eit = rows["instrument-from-parts", "EIT"]
    assert (eit.computed, eit.verdict) == (80, "not-printed")


def test_both_eit_parts_give_the_indicator() -> None:
    part = {"ep1": "80.00", "ep2": "90.00", "ep3": "100"}
    other = {"es1": "70.00", "es2": "70.00", "es3": "70.00"}
    row = _rows(report(table({**part, **other, "6": "80.00"})))["indicator-from-questions", "6"]

    assert (row.computed, row.verdict) == (80, "agrees")


@pytest.mark.parametrize("prefix", ["e", "ep", "es"])
def test_one_eit_part_alone_cannot_be_checked(prefix: str) -> None:
    """FY2568: the printed e-questions of one part have a mean of 87.30, the indicator 92.52."""
    values = {f"{prefix}{n}": "87.30" for n in (1, 2, 3)}
    row = _rows(report(table({**values, "6": "92.52"})))["indicator-from-questions", "6"]

    assert (row.verdict, row.why_not) == ("not-checkable", "one-eit-part-only")


def test_before_the_two_parts_plain_questions_are_the_indicator() -> None:
    values = {f"e{n}": "80.00" for n in range(1, 6)}
    held = report(table({**values, "6": "80.00"}, year_be=2564), year_be=2564)

    assert _rows(held)["indicator-from-questions", "6"].verdict == "agrees"


def test_an_oit_indicator_is_the_mean_of_subindicators_not_of_items() -> None:
    """FY2566: six failed items give 75.00, though 24 of 30 items are 80.00."""
    failed = {"o13", "o14", "o21", "o22", "o27", "o30"}
    items = {f"o{n}": "0" if f"o{n}" in failed else "100" for n in range(1, 31)}
    rows = _rows(report(table({**items, "9": "75.00"}, year_be=2566), year_be=2566))

    assert rows["indicator-from-questions", "9"].verdict == "agrees"
    assert rows["subindicator-from-items", "9.2"].computed == 75
    assert ("indicator-from-listed-failures", "9") not in rows


def test_listed_failures_that_explain_nothing_are_not_checkable_and_no_finding() -> None:
    held = report(table({"o13": "0", "9": "81.00"}, year_be=2566), year_be=2566)
    row = _rows(held)["indicator-from-listed-failures", "9"]

    assert row.verdict == "not-checkable"
    assert row.why_not.startswith("part-missing:o1,o2")
    assert audit(held, recompute(held)) == ()


def test_weighted_parts_add_up_to_the_total() -> None:
    parts = [
        score(code, value, scale="weighted", row_no=1)
        for code, value in {"IIT": "28.34", "EIT": "28.80", "OIT": "33.00"}.items()
    ]
    rows = _rows(report([*parts, score("ITA", "90.14", row_no=1)]))

    assert rows["total-from-weighted-parts", "ITA"].verdict == "agrees"
    assert ("weighted-part-from-instrument", "IIT") not in rows  # its instrument is not printed


def test_a_weighted_part_is_weight_times_instrument() -> None:
    held = report(
        [score("OIT", "33.00", scale="weighted"), score("OIT", "82.50"), score("IIT", "94.47")]
    )
    row = _rows(held)["weighted-part-from-instrument", "OIT"]

    assert (row.computed, row.verdict) == (33, "agrees")


def test_scores_of_another_scheme_are_never_computed() -> None:
    rows = recompute(report(table({**_ten(), "ITA": "50.00"}), scheme="other"))

    assert {(row.verdict, row.why_not) for row in rows} == {("not-checkable", "rule-unknown")}


def test_a_year_without_catalogue_is_never_computed() -> None:
    held = report(table({**_ten(), "ITA": "50.00"}, year_be=2590))

    assert {row.why_not for row in recompute(held)} == {"rule-unknown"}
    assert audit(held, recompute(held)) == ()


def test_without_a_year_only_what_all_years_share_is_computed() -> None:
    held = report(table({**_ten(), "ITA": "90.00", "i1": "90.00"}, year_be=None))
    rows = _rows(held)

    assert rows["total-from-indicators", "ITA"].verdict == "agrees"
    assert rows["indicator-from-questions", "1"].why_not == "year-unknown"


def test_five_indices_carry_their_own_weights() -> None:
    """The Ministry of Education's indices of FY2561 give its published 86.50."""
    values = {"1": "87.62", "2": "92.27", "3": "93.36", "4": "90.94", "5": "66.79", "ITA": "86.50"}
    held = report(table(values, year_be=2561), scheme="nacc-ita-5", year_be=2561)
    row = _rows(held)["total-from-indicators", "ITA"]

    assert (row.computed, row.verdict) == (Decimal("86.5016"), "agrees")


def test_the_interval_says_what_printed_precision_allows() -> None:
    row = _rows(report(table({**_ten(), "ITA": "90.00"})))["total-from-indicators", "ITA"]

    assert (row.low, row.high) == (Decimal("89.9950"), Decimal("90.0050"))


def test_agencies_of_one_table_are_computed_apart() -> None:
    scores = [
        score(code, value, agency=name, row_no=row)
        for row, (name, values) in enumerate(
            {
                "อบต.หนึ่ง": {"IIT": "90.00", "EIT": "90.00", "OIT": "90.00", "ITA": "90.00"},
                "อบต.สอง": {"IIT": "80.00", "EIT": "80.00", "OIT": "80.00", "ITA": "70.00"},
            }.items(),
            start=1,
        )
        for code, value in values.items()
    ]
    held = report(scores)
    ids = {"อบต.หนึ่ง": "id-1", "อบต.สอง": "id-2"}
    rows = recompute(held, lambda name, province: ids[name])
    findings = without_slips(audit(held, rows, lambda name, province: ids[name]))

    totals = {r.agency_id: r.verdict for r in rows if r.rule == "total-from-instruments"}
    assert totals == {"id-1": "agrees", "id-2": "differs"}
    assert [(f.rule, f.agency_id) for f in findings] == [("total-differs", "id-2")]
    assert "อบต.สอง" in findings[0].message_th

"""What is behind numbers that do not fit: exchanged cells, slips of typing, impossible values."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from audit_reports import report, score, table
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from parsers.model import Report, Score
from pipeline.audit import Finding, audit, recompute
from pipeline.audit.case import open_case
from pipeline.audit.explain.lists import in_one_list, side_by_side
from pipeline.audit.quantities import Key

# Indicators and instruments of one consistent result; questions of indicators 1 and 2.
TEN = dict(
    zip(
        map(str, range(1, 11)),
        ["98.01", "93.22", "92.14", "91.21", "88.18", "88.45", "84.85", "85.61", "75.00", "48.75"],
        strict=True,
    )
)
WHOLE = {"IIT": "92.55", "EIT": "86.30", "OIT": "61.88", "ITA": "78.41"}
QUESTIONS = {"i1": "97.31", "i2": "98.92", "i3": "97.80", "i4": "92.15", "i5": "95.37"}
QUESTIONS |= {"i6": "92.14"}
ALL = {**TEN, **WHOLE, **QUESTIONS}


def _audit(held: Report) -> tuple[Finding, ...]:
    return audit(held, recompute(held))


def _of(values: dict[str, str], year_be: int = 2568) -> tuple[Finding, ...]:
    return _audit(report(table(values, year_be=year_be), year_be=year_be))


def _exchanged(values: dict[str, str], *codes: str) -> dict[str, str]:
    """Each cell with the value of the next one, the last with that of the first."""
    moved = dict(zip(codes, (*codes[1:], codes[0]), strict=True))
    return {code: values[moved.get(code, code)] for code in values}


def _brief(findings: tuple[Finding, ...]) -> list[tuple[str, str, str | None]]:
    return [(f.rule, f.code, f.expected) for f in findings]


def test_nothing_is_wrong_with_the_undamaged_report() -> None:
    assert _of(ALL) == ()


# ---- swapped-cells --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "codes",
    [("3", "9"), ("5", "6"), ("i2", "i5"), ("IIT", "OIT"), ("EIT", "4"), ("1", "2")],
)
def test_two_cells_exchanged_are_one_finding(codes: tuple[str, str]) -> None:
    """It takes the place of the findings of every equation that the exchange broke."""
    (found,) = _of(_exchanged(ALL, *codes))

    assert (found.rule, found.severity) == ("swapped-cells", "error")
    assert found.printed is not None and found.expected is not None
    assert set(found.printed.split(" / ")) == {ALL[code] for code in codes}
    assert found.expected.split(" / ") == found.printed.split(" / ")[::-1]
    assert all(f"{code} = {ALL[code]}" in found.message_en for code in codes)
    assert "น่าจะสลับช่องกัน" in found.message_th
    assert len(found.evidence) == len(set(found.evidence)) > 5


@pytest.mark.parametrize("codes", [("3", "7", "10"), ("i1", "i5", "8"), ("IIT", "EIT", "OIT")])
def test_three_cells_moved_in_a_circle_are_one_finding(codes: tuple[str, ...]) -> None:
    (found,) = _of(_exchanged(ALL, *codes))

    assert found.rule == "swapped-cells"
    assert all(f"{code} = {ALL[code]}" in found.message_en for code in codes)


def test_a_row_of_indicators_and_total_tells_an_exchange_that_moves_much() -> None:
    """One equation, eleven cells: no slip of one digit explains 2.5 points as well."""
    (found,) = _of(_exchanged({**TEN, "ITA": "78.41"}, "2", "9"))

    assert (found.rule, found.printed) == ("swapped-cells", "75.00 / 93.22")


def test_a_small_difference_in_a_long_sum_has_too_many_explanations() -> None:
    found = _of({**TEN, "ITA": "78.47"})

    assert "swapped-cells" not in {f.rule for f in found}
    assert [f.rule for f in found if f.rule != "single-digit"] == ["total-differs"]


def test_one_sum_is_no_proof_that_the_total_and_an_indicator_changed_places() -> None:
    """Exchanged with 2, far from it in the table, the total would fit; so would much else."""
    values = {**TEN, "7": "90.75", "ITA": "93.22", "2": "79.00"}

    assert "swapped-cells" not in {f.rule for f in _of(values)}


def test_cells_of_two_lists_are_near_only_side_by_side() -> None:
    scores = table({"10": "48.75", "ITA": "78.41", "1": "98.01", "i1": "97.31"})
    (held,) = open_case(report(scores)).sets

    assert in_one_list(Key("1"), Key("10")) and not in_one_list(Key("1"), Key("ITA"))
    assert side_by_side(held, Key("10"), Key("ITA")) and side_by_side(held, Key("ITA"), Key("1"))
    assert not side_by_side(held, Key("10"), Key("i1"))


def test_an_exchange_within_one_mean_is_never_claimed() -> None:
    assert _of(_exchanged(ALL, "i4", "i5")) == ()
    found = _of({**_exchanged(ALL, "i4", "i5"), "OIT": "66.88"})
    assert "swapped-cells" not in {f.rule for f in found}


def test_cells_with_one_value_in_one_mean_are_named_together() -> None:
    """97.31 and 100.00 changed places, but two of the three questions hold 100.00."""
    values = {**ALL, "i4": "100", "i5": "87.52", "i6": "92.14"}
    values |= {"i1": "100.00", "i2": "96.23", "i3": "97.80"}
    swapped = {**values, "i4": "97.80", "i3": "100.00"}

    (found,) = _of(swapped)

    assert found.rule == "swapped-cells"
    assert "i3/i1 (100.00)" in found.message_en or "i1/i3 (100.00)" in found.message_en


def test_two_values_crossed_between_memo_and_table_are_one_finding() -> None:
    scores = table(_exchanged(ALL, "3", "9"), page=2)
    memo = [score(code, TEN[code], place="sentence", page=1) for code in ("3", "9")]

    (found,) = _audit(report(scores + memo))

    assert (found.rule, found.printed, found.page) == ("swapped-cells", "75.00 / 92.14", 2)
    assert len(found.evidence) == 4


def test_an_exchange_and_a_wrong_cell_elsewhere_are_two_findings() -> None:
    found = _of({**_exchanged(ALL, "i2", "i5"), "EIT": "80.12"})

    rules = [f.rule for f in found if f.rule != "single-digit"]
    assert sorted(rules) == ["instrument-differs", "swapped-cells"]


def _drawn(random: Random) -> dict[str, str]:
    """A consistent FY2568 result: computed exactly, rounded at print."""
    exact = {f"i{n}": Fraction(random.randint(6000, 10000), 100) for n in range(1, 16)}
    for n in range(1, 6):
        exact[str(n)] = sum((exact[f"i{3 * n - k}"] for k in range(3)), Fraction(0)) / 3
    exact |= {str(n): Fraction(random.randint(6000, 10000), 100) for n in range(6, 11)}
    for code, held in {"IIT": range(1, 6), "EIT": range(6, 9), "OIT": range(9, 11)}.items():
        exact[code] = sum((exact[str(n)] for n in held), Fraction(0)) / len(held)
    exact["ITA"] = (3 * exact["IIT"] + 3 * exact["EIT"] + 4 * exact["OIT"]) / 10
    return {code: f"{Decimal(round(value * 100)) / 100:.2f}" for code, value in exact.items()}


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    pair=st.sampled_from([("1", "9"), ("2", "7"), ("IIT", "OIT"), ("3", "5"), ("i2", "i9")]),
)
def test_an_exchange_in_a_full_report_is_found(seed: int, pair: tuple[str, str]) -> None:
    values = _drawn(Random(seed))
    assume(abs(Decimal(values[pair[0]]) - Decimal(values[pair[1]])) > 2)

    found = _of(_exchanged(values, *pair))

    assert [f.rule for f in found if f.rule != "borderline"] == ["swapped-cells"]


# ---- single-digit ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "printed", "kind"),
    [
        ("IIT", "97.55", "one digit"),
        ("EIT", "86.80", "one digit"),
        ("2", "43.22", "one digit"),
        ("1", "90.81", "neighbouring digits"),
        ("OIT", "68.18", "neighbouring digits"),
        ("EIT", "8.630", "decimal point"),
    ],
)
def test_one_slip_stands_beside_the_arithmetic(code: str, printed: str, kind: str) -> None:
    found = {f.rule: f for f in _of({**ALL, code: printed})}

    slip = found.pop("single-digit")
    (other,) = found.values()
    assert other.rule in ("instrument-differs", "indicator-differs")
    assert (slip.code, slip.printed, slip.expected) == (code, printed, ALL[code])
    assert kind in slip.message_en and "น่าจะพิมพ์ผิดจาก" in slip.message_th
    assert slip.evidence[0] == other.evidence[0]


def test_a_question_that_one_digit_explains_is_named() -> None:
    found = _of({**ALL, "i2": "92.98"})  # 98.92 with digits out of place: more than one slip
    assert [f.rule for f in found] == ["indicator-differs"]

    found = _of({**ALL, "i5": "25.37"})  # no other question can be 70 points too low
    assert _brief(found) == [
        ("indicator-differs", "i5", "95.37"),
        ("single-digit", "i5", "95.37"),
    ]


def test_where_two_cells_may_have_the_slip_none_is_named() -> None:
    """Indicators 3 and 4 have no questions here: either may be 10 points off."""
    assert [f.rule for f in _of({**ALL, "4": "81.21"})] == ["instrument-differs"]


def test_two_wrong_cells_that_share_an_equation_are_told_apart() -> None:
    """Neither alone explains the mean of the IIT."""
    found = [f for f in _of({**ALL, "IIT": "72.55", "2": "63.22"}) if f.rule != "single-digit"]

    assert {f.code: f.expected for f in found} == {"IIT": "92.55", "2": "93.22"}


def test_the_items_tell_which_oit_indicator_is_wrong() -> None:
    """In FY2566 no items give 78.25, but 48.75 is one of the values of indicator 10."""
    found = [f for f in _of({**TEN, **WHOLE, "9": "78.25"}, 2566) if f.rule != "single-digit"]

    assert [(f.rule, f.code) for f in found] == [("indicator-differs", "9")]
    assert found[0].expected is not None
    assert abs(Decimal(found[0].expected) - Decimal("75.00")) <= Decimal("0.02")


def test_a_score_of_another_year_is_said_to_be_one() -> None:
    """The report carries last year's total over into this year's table."""
    last = {**{code: f"{Decimal(value) - 7:.2f}" for code, value in TEN.items()}, "ITA": "71.41"}
    scores = table({**TEN, "ITA": "71.41"}, year_be=2568)
    scores += table(last, year_be=2567, table_no=2)

    found = {f.rule: f for f in _audit(report(scores))}

    assert "71.41 printed for ITA is what the document gives for fiscal year 2567" in (
        found["total-differs"].message_en
    )


# ---- odd-denominator ------------------------------------------------------------------------

# Scores of 21 people in six steps: fractions of 105.
ANSWERS = dict(
    zip(
        [f"e{n}" for n in range(1, 10)],
        ["79.05", "82.86", "100", "83.81", "81.90", "89.52", "87.62", "84.76", "85.71"],
        strict=True,
    )
)


def test_a_question_that_shares_no_number_of_answers_is_doubted() -> None:
    """One part of the EIT alone cannot be computed, but its own scores tell."""
    assert _of(ANSWERS) == ()

    (found,) = _of({**ANSWERS, "e5": "81.30"})

    assert (found.rule, found.severity, found.code) == ("odd-denominator", "warning", "e5")
    assert found.expected == "80.95 / 81.90"
    assert "fractions of 105" in found.message_en
    assert len(found.evidence) == 9


@pytest.mark.parametrize("off", ["-0.01", "0.01"])
def test_a_score_cut_off_instead_of_rounded_is_no_odd_one(off: str) -> None:
    assert _of({**ANSWERS, "e5": str(Decimal("81.90") + Decimal(off))}) == ()


def test_many_answers_fit_everything() -> None:
    """Of 2,000 answers nothing can be said, and nothing is."""
    random = Random(7)
    for _ in range(50):
        people = random.randint(300, 4000)
        values = {code: random.randint(0, 5 * people) for code in ANSWERS}
        shown = {code: f"{Decimal(100 * k) / (5 * people):.2f}" for code, k in values.items()}
        assert _of({**shown, "e5": f"{random.random() * 100:.2f}"}) == ()


def test_a_score_that_its_indicator_bears_out_is_not_doubted() -> None:
    listed = {f"i{n}": value for n, value in enumerate(ANSWERS.values(), start=1)}
    odd = {**listed, "i5": "81.30", "1": "87.30", "2": "84.88", "3": "86.03"}

    assert _of(odd) == ()


# ---- unreachable-value ----------------------------------------------------------------------


def test_no_items_give_this_oit_indicator() -> None:
    """FY2566, indicator 10: eight items and five, each 0 or 100; 48.75 can be, 48.35 not."""
    assert _of(TEN, 2566) == ()

    (found,) = _of({**TEN, "10": "48.35"}, 2566)

    assert (found.rule, found.severity, found.code) == ("unreachable-value", "warning", "10")
    assert found.expected == "47.50 / 48.75"


def test_a_value_that_the_total_bears_out_is_not_doubted() -> None:
    assert _of({**TEN, "10": "48.35", "OIT": "61.68"}, 2566) == ()


@pytest.mark.parametrize("year_be", [2562, 2567, 2568, 2569])
def test_years_whose_items_are_not_certain_allow_any_value(year_be: int) -> None:
    assert _of({**TEN, "10": "48.35"}, year_be) == ()


def test_an_average_over_agencies_can_be_anything() -> None:
    """Rows of a table of agencies: each is one, but for the last."""
    rows = ["48.75", "87.50", "100.00", "43.75", "62.15"]
    names = ["อบต.หนึ่ง", "อบต.สอง", "อบต.สาม", "อบต.สี่", "ค่าเฉลี่ย"]
    scores: list[Score] = [
        score(code, value, agency=name, row_no=row, year_be=2566)
        for row, (name, value) in enumerate(zip(names, rows, strict=True), start=1)
        for code, value in (("9", "75.00"), ("10", value))
    ]

    assert _audit(report(scores, year_be=2566)) == ()

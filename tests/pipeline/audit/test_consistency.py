"""Reports made by a year's own rule are silent; one damaged value is found where it is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from audit_reports import without_slips
from audit_years import printed_report, true_scores
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from parsers.knowledge.catalogue import catalogue
from parsers.model import Report
from pipeline.audit import Finding, audit, recompute
from pipeline.audit.interval import Interval
from pipeline.audit.rules.ratings import possible_levels

EXTRA = ("memo", "weighted", "instruments", "subindicators", "questions", "short-hundreds")
years = st.integers(2562, 2569)
seeds = st.integers(0, 2**32)


def _findings(held: Report) -> list[Finding]:
    findings = without_slips(audit(held, recompute(held)))
    return [f for f in findings if f.rule != "borderline"]


def _level(year_be: int, values: dict[str, object]) -> str:
    year = catalogue(year_be)
    assert year is not None
    known = {}
    for code in ("ITA", "IIT", "EIT", "EIT1", "EIT2", "OIT"):
        if code in values:
            exact = values[code]
            number = Decimal(exact.numerator) / exact.denominator  # type: ignore[attr-defined]
            known[code] = Interval(number, number)
    return possible_levels(year.rating_levels, known)[0]


@settings(max_examples=150, deadline=None)
@given(year_be=years, seed=seeds, shown=st.sets(st.sampled_from(EXTRA)))
def test_a_consistent_report_gives_no_finding_at_all(
    year_be: int, seed: int, shown: set[str]
) -> None:
    truth = true_scores(year_be, Random(seed))
    level = _level(year_be, truth.values)

    assert _findings(printed_report(truth, shown, ratings=(level,))) == []


@settings(max_examples=120, deadline=None)
@given(
    year_be=years,
    seed=seeds,
    code=st.sampled_from(["ITA", "IIT", "EIT", "OIT", "1", "2", "3", "4", "5"]),
    size=st.sampled_from(["0.05", "0.30", "-0.08", "-3.00", "9.90", "-20.00"]),
)
def test_one_damaged_value_is_one_error_at_its_own_code(
    year_be: int, seed: int, code: str, size: str
) -> None:
    """Everything above and below the value is printed, so the arithmetic can place it."""
    truth = true_scores(year_be, Random(seed))
    damaged = Decimal(truth.printed(code)) + Decimal(size)
    assume(0 <= damaged <= 100)
    assume(code not in "12345" or f"i{int(code) * 3}" in truth.values)
    shown = set(EXTRA) - {"memo", "weighted"}

    found = _findings(printed_report(truth, shown, {code: Decimal(size)}))

    assert [(f.severity, f.code, f.printed) for f in found] == [("error", code, f"{damaged:.2f}")]
    assert found[0].expected is not None
    assert abs(Decimal(found[0].expected) - Decimal(truth.printed(code))) <= Decimal("0.02")


@settings(max_examples=50, deadline=None)
@given(year_be=st.sampled_from([2562, 2563, 2564, 2565, 2566]), seed=seeds)
def test_a_damaged_item_is_found_at_itself_or_at_its_subindicator(year_be: int, seed: int) -> None:
    truth = true_scores(year_be, Random(seed))
    size = Decimal(-100) if truth.values["o3"] else Decimal(100)

    found = _findings(printed_report(truth, set(EXTRA) - {"memo"}, {"o3": size}))

    assert [f.rule for f in found] == ["subindicator-differs"]
    assert found[0].code in ("9.1", "o3")
    if found[0].code == "9.1":  # another item may be the flipped one as well
        assert "fits the scores above" in found[0].message_en


@settings(max_examples=50, deadline=None)
@given(year_be=years, seed=seeds, code=st.sampled_from(["ITA", *map(str, range(1, 11))]))
def test_a_memo_that_contradicts_the_table_is_said_once(year_be: int, seed: int, code: str) -> None:
    """The damaged memo value never becomes a second finding of the arithmetic."""
    truth = true_scores(year_be, Random(seed))
    clean = printed_report(truth, {"instruments", "memo"})
    value = Decimal(truth.printed(code))
    other = value - 7 if value >= 7 else value + 7
    scores = tuple(
        replace(s, value=other) if s.place == "sentence" and s.code == code else s
        for s in clean.scores
    )

    found = _findings(replace(clean, scores=scores))

    assert [(f.rule, f.code, f.printed) for f in found] == [
        ("printed-twice-differs", code, str(other))
    ]
    assert Decimal(found[0].expected or "0") == value

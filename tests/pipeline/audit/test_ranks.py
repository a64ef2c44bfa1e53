"""Places in tables of several agencies, and the number of agencies announced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from audit_reports import report, score, without_slips

from parsers.model import Box, Claim, Rank, Report
from pipeline.audit import Finding, audit, recompute

BOX = Box(50, 100, 70, 110)


def _table(
    rows: Sequence[tuple[int | None, str | None]],
    *,
    running: bool = False,
    claims: Sequence[Claim] = (),
) -> Report:
    names = [f"อบต.ที่ {number}" for number in range(1, len(rows) + 1)]
    scores = [
        score("ITA", total, row_no=number, agency=name)
        for number, (name, (_, total)) in enumerate(zip(names, rows, strict=True), start=1)
        if total is not None
    ]
    ranks = tuple(
        Rank(name, 2568, place, str(place or ""), 1, BOX, 1, number, running)
        for number, (name, (place, _)) in enumerate(zip(names, rows, strict=True), start=1)
    )
    return replace(report(scores), ranks=ranks, claims=tuple(claims))


def _found(held: Report) -> list[Finding]:
    return [f for f in audit(held, recompute(held)) if f.rule == "rank-broken"]


def _rows(*pairs: str) -> list[tuple[int | None, str | None]]:
    """Rows written as `place total`; `-` for none."""
    split = [pair.split() for pair in pairs]
    return [
        (None if place == "-" else int(place), None if total == "-" else total)
        for place, total in split
    ]


FALLING = ["96.00", "95.50", "95.50", "93.00", "92.00", "91.00", "90.00"]


@pytest.mark.parametrize("running", [True, False])
@pytest.mark.parametrize("places", ["1 2 2 4 5 6 7", "1 2 2 3 4 5 6", "1 2 3 4 5 6 7"])
def test_every_way_to_write_ties_is_right(places: str, running: bool) -> None:
    rows = _rows(*(f"{p} {t}" for p, t in zip(places.split(), FALLING, strict=True)))

    assert _found(_table(rows, running=running)) == []


def test_a_place_printed_twice_names_the_right_one() -> None:
    rows = _rows("1 96.00", "2 95.00", "2 94.00", "4 93.00", "5 92.00")

    (found,) = _found(_table(rows, running=True))

    assert (found.severity, found.printed, found.expected) == ("note", "2", "3")
    assert found.agency_name_printed == "อบต.ที่ 3"
    assert "should be 3" in found.message_en and "ควรเป็นลำดับที่ 3" in found.message_th


def test_a_missing_row_is_a_gap_and_not_said_again_by_the_announced_number() -> None:
    announced = Claim("row-count", 2568, None, (), (), 6, None, "6 หน่วยงาน", 1, BOX)
    rows = _rows("1 96.00", "2 95.00", "4 93.00", "5 92.00", "6 91.00")

    (found,) = _found(_table(rows, running=True, claims=[announced]))

    assert "3 is missing" in found.message_en


def test_an_announced_number_that_is_not_the_number_of_rows() -> None:
    announced = Claim("row-count", 2568, None, (), (), 6, None, "รวม 6 หน่วยงาน", 1, BOX)
    rows = _rows("1 96.00", "2 95.00", "3 94.00", "4 93.00", "5 92.00")

    (found,) = _found(_table(rows, running=True, claims=[announced]))

    assert (found.printed, found.expected) == ("6", "5")


@pytest.mark.parametrize("count", [5, 8325])
def test_a_number_that_fits_or_counts_all_agencies_of_the_country(count: int) -> None:
    announced = Claim("row-count", 2568, None, (), (), count, None, "หน่วยงาน", 1, BOX)
    rows = _rows("1 96.00", "2 95.00", "3 94.00", "4 93.00", "5 -")

    assert _found(_table(rows, running=True, claims=[announced])) == []


def test_a_rank_out_of_order_of_score() -> None:
    rows = _rows("1 96.00", "2 95.00", "3 91.50", "4 93.00", "5 92.00", "6 91.00")

    (found,) = _found(_table(rows))

    assert "91.50" in found.message_en and found.agency_name_printed == "อบต.ที่ 3"


def test_two_places_exchanged_are_one_finding() -> None:
    """4 before 3 breaks the count three times, for one cause."""
    totals = ["96.00", "95.00", "94.00", "93.00", "92.00", "91.00", "90.00", "89.00"]
    rows = _rows(*(f"{p} {t}" for p, t in zip("12435678", totals, strict=True)))

    (found,) = _found(_table(rows))

    assert (found.printed, found.expected) == ("4", "3")
    assert found.agency_name_printed == "อบต.ที่ 3" and "อบต.ที่ 4" in found.message_th


def test_two_rows_that_stand_the_other_way_round_have_their_own_places() -> None:
    rows = _rows("1 96.00", "2 95.00", "4 93.00", "3 94.00", "5 92.00", "6 91.00")

    assert _found(_table(rows)) == []


def test_ranks_may_stand_in_any_order_of_rows() -> None:
    """By name, say: the place belongs to the score, not to the row."""
    rows = _rows("3 94.00", "1 96.00", "5 92.00", "2 95.00", "4 93.00")

    assert _found(_table(rows)) == []


@pytest.mark.parametrize(
    "rows",
    [
        _rows("1 80.00", "2 95.00", "3 70.00", "4 93.00", "5 99.00", "6 60.00"),  # by name
        _rows("1 96.00", "2 95.00", "3 94.00", "1 97.00", "2 90.00", "3 85.00"),  # by district
    ],
)
def test_numbers_of_rows_are_no_ranks(rows: list[tuple[int | None, str | None]]) -> None:
    assert _found(_table(rows, running=True)) == []


def test_national_ranks_leap_and_that_is_no_gap() -> None:
    rows = _rows("12 96.00", "45 95.00", "77 94.00", "103 93.00", "512 92.00")

    assert _found(_table(rows)) == []


def test_a_total_that_is_wrong_anyway_is_no_second_fault_of_its_place() -> None:
    """A row is 5 points too high; its parts give a total that stands rightly."""
    rows = _rows("1 96.00", "2 95.20", "3 94.00", "4 98.00", "5 92.00", "6 91.00")
    held = _table(rows)
    parts = [
        replace(score(code, value, row_no=4, agency="อบต.ที่ 4"), score_id=f"p{code}")
        for code, value in {"IIT": "93.00", "EIT": "93.00", "OIT": "93.00"}.items()
    ]
    held = replace(held, scores=(*held.scores, *parts))

    findings = without_slips(audit(held, recompute(held)))
    assert [f.rule for f in findings] == ["total-differs"]

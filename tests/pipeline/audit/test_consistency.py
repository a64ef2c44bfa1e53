"""Reports made by a year's own rule are silent; what is damaged is found where it is.

The reports and damages are made by `tests/helpers/made_years`, from the rules of the
assessment and without the audit: what can be seen at all, and which cell the numbers single
out, is worked out there. `python -m bench.audit` runs many more of them.
"""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_years.agencies import lay_out_agencies
from made_years.cases import KINDS, consistent, damaged, damaged_pair
from made_years.damages import NUMBERS
from made_years.expect import Damaged
from made_years.layouts import LAYOUTS, lay_out
from made_years.libraries import across, agreeing, contradicting
from made_years.oracle import look
from made_years.truth import MOODS, WAYS, YEARS, Printing, draw
from made_years.verdicts import Judged, judge

from parsers.model import Report
from pipeline.audit import Finding, audit_report
from pipeline.audit.registry import RULES

_CASES_OF_A_KIND = 5
_PAIRS = 60
_DOCUMENTS = 40
# Numbers that several relations, or a second place that prints them, always single out.
_SINGLED_OUT = (
    "digit of the total",
    "digit of a weighted part",
    "memo differs",
    "sentence differs",
    "chart differs",
    "score above 100",
    "weighted score above its weight",
)


def _loud(report: Report) -> list[Finding]:
    return [f for f in audit_report(report)[1] if f.severity != "note"]


def _judged(case: Damaged) -> Judged | None:
    """The verdict on a damaged report; None where the rule that sees the damage is not there."""
    if not all(expected.seen_by(RULES) for expected in case.expected):
        return None
    return judge(case, audit_report(case.report)[1])


@settings(max_examples=150, deadline=None)
@given(
    year_be=st.sampled_from(YEARS),
    layout=st.sampled_from(list(LAYOUTS)),
    mood=st.sampled_from(MOODS),
    way=st.sampled_from(WAYS),
    seed=st.integers(0, 2**32),
)
def test_a_consistent_report_has_neither_errors_nor_warnings(
    year_be: int, layout: str, mood: str, way: str, seed: int
) -> None:
    """Whatever its values, its layout, and the way in which the agency rounds."""
    random = Random(seed)
    truth = draw(year_be, random, mood)  # type: ignore[arg-type]
    sheet = lay_out(truth, layout, random, Printing(way))  # type: ignore[arg-type]

    assert _loud(sheet.report()) == []


@settings(max_examples=40, deadline=None)
@given(year_be=st.sampled_from(YEARS), seed=st.integers(0, 2**32))
def test_a_consistent_table_of_agencies_has_neither_errors_nor_warnings(
    year_be: int, seed: int
) -> None:
    assert _loud(lay_out_agencies(year_be, Random(seed)).report()) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_damage_is_found_and_nothing_else(kind: str) -> None:
    """Exactly the finding named, at the right code; besides, what follows from it, and notes."""
    for number in range(_CASES_OF_A_KIND):
        case = damaged(kind, Random(f"{kind} {number}"))
        assert case is not None
        found = _judged(case)
        told = (number, case.year_be, case.layout, sorted(case.touched), found)
        assert found is None or found.clean, told


@pytest.mark.parametrize("kind", _SINGLED_OUT)
def test_the_wrong_cell_is_named_where_the_numbers_single_it_out(kind: str) -> None:
    for number in range(_CASES_OF_A_KIND):
        case = damaged(kind, Random(f"cause {kind} {number}"))
        assert case is not None
        found = _judged(case)
        assert found is not None
        blurred = [expected for expected in found.blurred if expected.how == "equations"]
        assert blurred == [], (number, case.year_be, case.layout, blurred)


@pytest.mark.parametrize("year_be", [2562, 2563, 2564, 2565, 2566])
def test_a_flipped_item_is_found_at_its_subindicator(year_be: int) -> None:
    """The sub-indicator fits all that is above it: one of its items must be wrong.

    Where only one of them can be, the finding stands at the item itself.
    """
    random = Random(year_be)
    sheet = lay_out(draw(year_be, random), "full", random)
    block = sheet.block("items")
    item = block.cell("o3") if block else None
    assert item is not None
    item.text = "0.00" if item.value else "100.00"

    found = [f for f in _loud(sheet.report()) if f.rule == "subindicator-differs"]

    assert [f.code in {"9.1", "o3"} for f in found] == [True]


def test_two_damages_are_both_found() -> None:
    """Of two damages none hides the other, and none makes the audit say what is not so."""
    for number in range(_PAIRS):
        case = damaged_pair(Random(number))
        assert case is not None
        found = _judged(case)
        told = (number, case.year_be, case.layout, sorted(case.touched), found)
        assert found is None or found.clean, told


def test_documents_of_one_agency_contradict_each_other_only_where_they_do() -> None:
    """In other layouts, and rounded in another way, the same scores are no contradiction."""
    for number in range(_DOCUMENTS):
        assert across(agreeing(Random(number))) == (), number
        pair = contradicting(Random(number))
        assert pair is not None
        assert [found.code for found in across(pair)] == [pair.code], number


@settings(max_examples=60, deadline=None)
@given(kind=st.sampled_from(list(NUMBERS)), seed=st.integers(0, 2**32))
def test_the_same_report_gives_the_same_findings(kind: str, seed: int) -> None:
    case = damaged(kind, Random(seed))
    assert case is not None

    assert audit_report(case.report) == audit_report(case.report)


@settings(max_examples=60, deadline=None)
@given(year_be=st.sampled_from(YEARS), layout=st.sampled_from(list(LAYOUTS)), seed=st.integers())
def test_the_relations_that_damages_are_judged_by_hold_on_consistent_reports(
    year_be: int, layout: str, seed: int
) -> None:
    """The judge itself: it sees nothing wrong where nothing is."""
    random = Random(seed)
    sheet = lay_out(draw(year_be, random), layout, random)
    cells = [cell for block in sheet.blocks if block.role != "part" for cell in block.cells]
    values = {
        (cell.code, cell.scale): float(cell.value)
        for cell in cells
        if cell.value is not None and cell.year_be == year_be
    }

    assert not look(sheet, values).broken


def test_a_made_up_report_is_the_same_for_the_same_seed() -> None:
    assert consistent(Random(7)) == consistent(Random(7))
    assert damaged("digit of the total", Random(7)) == damaged("digit of the total", Random(7))

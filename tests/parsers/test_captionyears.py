"""Last year's table in this year's report."""

from __future__ import annotations

from dataclasses import replace

from audit_reports import rating, score, table
from support import grid_of, passage_of

from parsers.model import Box, Grid, Mention, Score
from parsers.reading.captionyears import years_of_captions

THIS = {"1": "90.00", "2": "91.00", "9": "80.00", "ITA": "86.00"}
LAST = {"1": "70.00", "2": "71.00", "9": "80.00", "ITA": "75.00"}


def _headed(number: int) -> Grid:
    caption = passage_of("ผลการประเมิน ปีงบประมาณ พ.ศ. 2567", top=50.0)
    return replace(grid_of([["ที่", "คะแนน"], ["1", "70.00"]]), number=number, caption=(caption,))


def _years(other: dict[str, str], *, of: str = "result") -> set[tuple[int | None, int | None]]:
    scores = [*table(THIS), *table(other, table_no=2)]
    said = Mention("year", "2567", "2567", "table", 1, Box(40, 52, 60, 60), of, "ผลการประเมิน")
    ratings = [rating("ผ่าน", table_no=2)]
    moved, judged = years_of_captions(scores, ratings, [_headed(2)], [said], 2568)
    assert [r.year_be for r in judged] == [moved[-1].year_be]
    return {(s.table_no, s.year_be) for s in moved}


def test_a_table_headed_by_last_year_that_tells_otherwise_is_last_years() -> None:
    assert _years(LAST) == {(1, 2568), (2, 2567)}


def test_a_table_that_repeats_this_years_values_has_a_misprinted_heading() -> None:
    """The audit says so; the scores stay where they belong."""
    assert _years(THIS) == {(1, 2568), (2, 2568)}


def test_a_table_that_shares_nothing_with_the_rest_stays() -> None:
    assert _years({"3": "70.00", "4": "71.00"}) == {(1, 2568), (2, 2568)}


def test_the_year_of_a_plan_is_no_year_of_scores() -> None:
    assert _years(LAST, of="plan") == {(1, 2568), (2, 2568)}


def test_a_column_that_names_its_year_keeps_it() -> None:
    held: list[Score] = [
        *table(THIS),
        *table(LAST, table_no=2),
        score("ITA", "60.00", year_be=2566, table_no=2),
    ]
    said = Mention("year", "2567", "2567", "table", 1, Box(40, 52, 60, 60), "result", "")
    moved, _ = years_of_captions(held, (), [_headed(2)], [said], 2568)

    assert moved[-1].year_be == 2566

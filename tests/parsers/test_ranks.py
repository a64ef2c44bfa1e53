"""The rows of a table of agencies with their places."""

from __future__ import annotations

from support import grid_of

from parsers.model import Grid, Rank
from parsers.reading.columns import lay_out
from parsers.reading.scores import read_scores


def _read(grid: Grid) -> tuple[Rank, ...]:
    return read_scores(lay_out(grid), year_be=2565).ranks


def _brief(ranks: tuple[Rank, ...]) -> list[tuple[int | None, str, int, bool]]:
    return [(r.rank, r.agency_name_printed, r.row_no, r.running) for r in ranks]


def test_a_column_of_numbers_counts_the_rows() -> None:
    """The mean below the agencies is no agency, and one without a score still has its row."""
    grid = grid_of(
        [
            ["ลำดับ", "หน่วยงาน", "คะแนนรวม"],
            ["๑", "อบต.โบสถ์", "๙๖.๕๔"],
            ["๒.", "เทศบาลตำบลโตนด", "๙๔.๘๙"],
            ["๓", "อบต.เกษมทรัพย์", "-"],
            ["", "เฉลี่ย", "๙๕.๗๑"],
        ]
    )

    assert _brief(_read(grid)) == [
        (1, "อบต.โบสถ์", 1, True),
        (2, "เทศบาลตำบลโตนด", 2, True),
        (3, "อบต.เกษมทรัพย์", 3, True),
    ]
    assert _read(grid)[1].rank_printed == "๒."


def test_a_column_called_rank_goes_before_the_one_that_counts() -> None:
    grid = grid_of(
        [
            ["ที่", "หน่วยงาน", "คะแนนรวม", "อันดับ"],
            ["1", "อบต.ก้อ", "84.89", "2"],
            ["2", "อบต.ป่าไผ่", "93.25", "1"],
        ]
    )

    assert _brief(_read(grid)) == [(2, "อบต.ก้อ", 1, False), (1, "อบต.ป่าไผ่", 2, False)]


def test_rows_without_a_number_are_there_all_the_same() -> None:
    grid = grid_of(
        [["หน่วยงาน", "คะแนนรวม"], ["อบต.ก้อ", "84.89"], ["อบต.ป่าไผ่", "93.25"]],
    )

    assert _brief(_read(grid)) == [(None, "อบต.ก้อ", 1, True), (None, "อบต.ป่าไผ่", 2, True)]


def test_the_report_of_one_agency_has_no_ranks() -> None:
    grid = grid_of([["ลำดับ", "ตัวชี้วัด", "คะแนน"], ["1", "การปฏิบัติหน้าที่", "98.01"]])

    assert _read(grid) == ()

"""Ruling lines to the frames of tables."""

from __future__ import annotations

from parsers.model import Rule
from parsers.tables.lattices import Lattice, build_lattice, connected, strokes


def frame(*rules: Rule, text: tuple[tuple[float, float], ...] = ()) -> Lattice:
    groups = connected(*strokes(rules))
    assert len(groups) == 1
    lattice = build_lattice(*groups[0], text)
    assert lattice is not None
    return lattice


def across(y: float, x0: float, x1: float) -> Rule:
    return Rule(x0, y, x1, y)


def down(x: float, top: float, bottom: float) -> Rule:
    return Rule(x, top, x, bottom)


GRID = (
    *(across(y, 0, 200) for y in (0, 20, 40)),
    *(down(x, 0, 40) for x in (0, 100, 200)),
)


def test_a_stroke_per_cell_is_one_line() -> None:
    pieces = [across(10, x, x + 50) for x in (0, 50.5, 101)]

    level, upright = strokes(pieces)

    assert [(stroke.start, stroke.end) for stroke in level] == [(0, 151)]
    assert upright == []


def test_ticks_and_dots_are_no_lines() -> None:
    assert strokes([across(10, 0, 3), down(40, 0, 4)]) == ([], [])


def test_a_missing_wall_merges_cells() -> None:
    lattice = frame(*GRID[:4], down(100, 20, 40), GRID[5])

    spans = [(r.row, r.column, r.row_span, r.column_span) for r in lattice.regions]
    assert spans == [(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)]


def test_lines_apart_are_frames_of_their_own() -> None:
    second = [rule._replace(top=rule.top + 100, bottom=rule.bottom + 100) for rule in GRID]

    assert len(connected(*strokes([*GRID, *second]))) == 2


def test_a_missing_foot_is_closed_where_text_stands() -> None:
    """Browsers cut a row at the end of the page without a line."""
    rules = (*GRID[:3], *(down(x, 0, 70) for x in (0, 100, 200)))

    cut = frame(*rules, text=((10, 60),))
    empty = frame(*rules)

    assert cut.open_bottom
    assert cut.ys[-1] == 70
    assert not empty.open_bottom
    assert empty.ys[-1] == 40


def test_near_edges_with_no_text_between_are_one() -> None:
    shading = (across(20.5, 105, 195), down(105, 20, 40), down(195, 20, 40))

    assert len(frame(*GRID, *shading).xs) == 3
    assert len(frame(*GRID, *shading, text=((102, 30),)).xs) > 3


def test_a_drawing_with_too_many_strokes_is_left_alone() -> None:
    hatching = [across(y / 7, 0, 90) for y in range(20001)]

    assert strokes(hatching) == ([], [])

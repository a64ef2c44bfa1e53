"""Ruling lines of a page -> lattices: the edges of columns and rows, and their cells.

What producers draw is uneven: a border is one long stroke, a stroke per cell, a chain of
dashes, two strokes side by side, or the edges of a coloured rectangle; outer borders may
be missing, and at a page break the last row may lack its foot. The chain here is

    strokes -> one stroke per line -> lines that touch -> edges -> walls -> cells
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise
from typing import NamedTuple

from parsers.model import Box, Char, Rule
from parsers.tables.geometry import cluster, covered

__all__ = ["Lattice", "Region", "Stroke", "build_lattice", "connected", "strokes"]

SAME = 2.2
"""Strokes at most this far apart (points) are one line, also the two of a double rule."""
SAME_WIDTH = 4.5
"""No bundle of strokes that counts as one line is wider than this."""
GAP = 3.0
"""A break in a line up to this long is a joint of two cells, not an end."""
TOUCH = 3.5
"""How far a line may miss the line that it meets."""
SHORT = 5.0
"""Shorter lines are ticks, bullets and parts of letters."""
SLIVER = 7.0
"""Two edges nearer than this with no text between are one border (padding, shading)."""
OUTSIDE = 8.0
"""Lines that end so far beyond the last border across them belong to an open side."""
MOST_STROKES = 20000
"""A page with more is a drawing or a map; tables have far fewer."""
MOST_PLACES = 40000


class Stroke(NamedTuple):
    """A line across (at height `at`) or down (at `at` from the left), from start to end."""

    at: float
    start: float
    end: float


class Region(NamedTuple):
    """A cell of a lattice: place and span on the edges, and whether it is fenced in."""

    row: int
    column: int
    row_span: int
    column_span: int
    leaky: bool
    open_side: bool


@dataclass(frozen=True, slots=True)
class Lattice:
    """The frame of a ruled table.

    Attributes:
        xs: Edges of the columns from left to right.
        ys: Edges of the rows from top to bottom.
        regions: The cells by row and column.
        open_top: Whether no line closes it at the top.
        open_bottom: Whether no line closes it at the bottom.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[Region, ...]
    open_top: bool
    open_bottom: bool

    @property
    def box(self) -> Box:
        """The rectangle of the whole lattice."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def region_box(self, region: Region) -> Box:
        """The rectangle of one cell."""
        return Box(
            self.xs[region.column],
            self.ys[region.row],
            self.xs[region.column + region.column_span],
            self.ys[region.row + region.row_span],
        )


def strokes(rules: Sequence[Rule]) -> tuple[list[Stroke], list[Stroke]]:
    """The lines across and the lines down of a page, pieces and doubles joined."""
    across: list[Stroke] = []
    down: list[Stroke] = []
    for x0, top, x1, bottom in rules:
        width, height = x1 - x0, bottom - top
        dot = width < 3 and height < 3
        if dot or (width >= height and (height < 6 or width > 6 * height)):
            across.append(Stroke((top + bottom) / 2, x0, x1))
        if dot or (height > width and (width < 6 or height > 6 * width)):
            down.append(Stroke((x0 + x1) / 2, top, bottom))
    if len(across) + len(down) > MOST_STROKES:
        return [], []
    return _joined(across), _joined(down)


def _joined(pieces: list[Stroke]) -> list[Stroke]:
    """Pieces on one line as one stroke each; what stays short is left out."""
    lines: list[Stroke] = []
    bundle: list[Stroke] = []
    for piece in sorted(pieces):
        if bundle and not (
            piece.at - bundle[-1].at <= SAME and piece.at - bundle[0].at <= SAME_WIDTH
        ):
            lines += _chained(bundle)
            bundle = []
        bundle.append(piece)
    if bundle:
        lines += _chained(bundle)
    return [line for line in lines if line.end - line.start >= SHORT]


def _chained(bundle: list[Stroke]) -> list[Stroke]:
    weight = sum(piece.end - piece.start for piece in bundle) or 1.0
    at = sum(piece.at * (piece.end - piece.start) for piece in bundle) / weight
    if not bundle[0].at <= at <= bundle[-1].at:
        at = bundle[0].at
    chain: list[Stroke] = []
    for piece in sorted(bundle, key=lambda piece: piece.start):
        last = chain[-1] if chain else None
        if last and piece.start - last.end <= _bridge(last, piece):
            chain[-1] = Stroke(at, last.start, max(last.end, piece.end))
        else:
            chain.append(Stroke(at, piece.start, piece.end))
    return chain


def _bridge(last: Stroke, piece: Stroke) -> float:
    """The gap that may be closed between two pieces: dashes have wider ones."""
    dash = piece.end - piece.start
    return max(GAP, min(6.0, 1.5 * dash)) if dash < 12 else GAP


def connected(
    across: Sequence[Stroke], down: Sequence[Stroke]
) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Lines that meet each other, in groups; each group may be a table."""
    parent = list(range(len(across) + len(down)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    order = sorted(range(len(across)), key=lambda index: across[index].at)
    heights = [across[index].at for index in order]
    for number, line in enumerate(down, len(across)):
        first = bisect_left(heights, line.start - TOUCH)
        last = bisect_right(heights, line.end + TOUCH)
        for index in order[first:last]:
            if across[index].start - TOUCH <= line.at <= across[index].end + TOUCH:
                parent[root(index)] = root(number)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for node in range(len(parent)):
        held = groups.setdefault(root(node), ([], []))
        if node < len(across):
            held[0].append(across[node])
        else:
            held[1].append(down[node - len(across)])
    return [group for group in groups.values() if group[0] and group[1]]


def build_lattice(
    across: Sequence[Stroke],
    down: Sequence[Stroke],
    origins: Sequence[tuple[float, float]],
    runs: Sequence[Char] = (),
) -> Lattice | None:
    """The lattice of lines that meet; None where they enclose nothing.

    Args:
        across: Lines across of one group.
        down: Lines down of the same group.
        origins: Where characters stand (x, y): two edges with no character between
            them are one border if they are near each other, and a side without a line
            is closed only where characters stand inside.
        runs: The runs among them, whose characters stand in several places.
    """
    xs, ys = _edges(down), _edges(across)
    reach_x = [line.start for line in across], [line.end for line in across]
    reach_y = [line.start for line in down], [line.end for line in down]
    box = Box(
        min(*reach_x[0], xs[0]),
        min(*reach_y[0], ys[0]),
        max(*reach_x[1], xs[-1]),
        max(*reach_y[1], ys[-1]),
    )
    text = cache(partial(_inside, origins, box))  # seldom asked for
    first, last = ys[0], ys[-1]
    xs, left, right = _with_outer(xs, *reach_x, lambda: [x for x, y in text() if first < y < last])
    low, high = xs[0], xs[-1]
    ys, top, bottom = _with_outer(ys, *reach_y, lambda: [y for x, y in text() if low < x < high])
    xs = _without_slivers(xs, down, lambda: [x for x, _ in text()] + _letter_places(runs, box))
    ys = _without_slivers(ys, across, lambda: [y for _, y in text()])
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > MOST_PLACES:
        return None
    upright = _walls(xs, ys, down, left, right)
    level = _walls(ys, xs, across, top, bottom)
    keep_x = _kept(upright)
    keep_y = _kept(level)
    if len(keep_x) < len(xs) or len(keep_y) < len(ys):
        xs, ys = [xs[i] for i in keep_x], [ys[i] for i in keep_y]
        upright = _walls(xs, ys, down, left, right)
        level = _walls(ys, xs, across, top, bottom)
    return Lattice(tuple(xs), tuple(ys), _regions(upright, level), top, bottom)


def _inside(places: Sequence[tuple[float, float]], box: Box) -> list[tuple[float, float]]:
    left, top, right, bottom = box
    return [(x, y) for x, y in places if left <= x <= right and top <= y <= bottom]


def _edges(lines: Sequence[Stroke]) -> list[float]:
    edges: list[float] = []
    for at in sorted(line.at for line in lines):
        if not edges or at - edges[-1] > SAME:
            edges.append(at)
    return edges


def _with_outer(
    edges: list[float], starts: list[float], ends: list[float], text: Callable[[], list[float]]
) -> tuple[list[float], bool, bool]:
    """Edges with the outer borders that are not drawn, known by where lines end.

    Lines that stick out make a border only where text stands between them: `text` is
    asked for its places then.
    """
    before = _agreed([start for start in starts if start < edges[0] - OUTSIDE])
    after = _agreed([end for end in ends if end > edges[-1] + OUTSIDE])
    first = before is not None and any(before <= place < edges[0] for place in text())
    last = after is not None and any(edges[-1] < place <= after for place in text())
    out = list(edges)
    if first and before is not None:
        out.insert(0, before)
    if last and after is not None:
        out.append(after)
    return out, first, last


def _agreed(places: list[float]) -> float | None:
    """The place at which two lines or more end together, the outermost bundle of it."""
    bundles = [bundle for bundle in cluster(places, SAME, SAME_WIDTH) if len(bundle) > 1]
    if not bundles:
        return None
    best = max(bundles, key=len)
    return sum(best) / len(best)


def _without_slivers(
    edges: list[float], lines: Sequence[Stroke], text: Callable[[], list[float]]
) -> list[float]:
    """Edges with near pairs made one: the weaker goes where no text stands between."""
    if all(high - low >= SLIVER for low, high in pairwise(edges)):
        return edges
    out, places, index = list(edges), text(), 0
    while index + 1 < len(out):
        low, high = out[index], out[index + 1]
        if high - low < SLIVER and not any(low < place < high for place in places):
            weaker = index if _strength(low, lines) < _strength(high, lines) else index + 1
            if index == 0 and len(out) == 2:
                break
            del out[weaker]
        else:
            index += 1
    return out


def _letter_places(runs: Sequence[Char], box: Box) -> list[float]:
    """From the left, where the characters of the runs inside a rectangle stand."""
    inside = [run for run in runs if box.top <= run.origin_y and run.top <= box.bottom]
    return [start for run in inside for start in run.starts if box.x0 <= start <= box.x1]


def _strength(edge: float, lines: Sequence[Stroke]) -> float:
    return sum(line.end - line.start for line in lines if abs(line.at - edge) <= SAME)


def _walls(
    edges: list[float],
    cross: list[float],
    lines: Sequence[Stroke],
    first: bool,
    last: bool,
) -> list[list[bool]]:
    """For each edge, along which stretches between the crossing edges a line is drawn."""
    sums = [[0.0] * (len(cross) - 1) for _ in edges]
    for at, start, end in lines:
        nearest = _nearest(edges, at)
        if abs(edges[nearest] - at) > SLIVER:
            continue
        row = sums[nearest]
        begin = max(0, bisect_right(cross, start) - 1)
        for stretch in range(begin, min(bisect_left(cross, end), len(cross) - 1)):
            row[stretch] += covered(start, end, cross[stretch], cross[stretch + 1])
    walls = [
        [held >= 0.6 * (cross[i + 1] - cross[i]) for i, held in enumerate(row)] for row in sums
    ]
    if first:
        walls[0] = [True] * len(walls[0])
    if last:
        walls[-1] = [True] * len(walls[-1])
    return walls


def _nearest(edges: list[float], at: float) -> int:
    place = bisect_left(edges, at)
    if place == len(edges) or (place and at - edges[place - 1] <= edges[place] - at):
        return place - 1
    return place


def _kept(walls: list[list[bool]]) -> list[int]:
    """The edges that fence in something: outer ones and those with a wall."""
    last = len(walls) - 1
    return [i for i, row in enumerate(walls) if i in (0, last) or any(row)]


def _regions(upright: list[list[bool]], level: list[list[bool]]) -> tuple[Region, ...]:
    """The cells: places with no wall between them taken together as rectangles."""
    columns, rows = len(upright) - 1, len(level) - 1
    taken = [[False] * columns for _ in range(rows)]
    out: list[Region] = []
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            wide = 1
            while (
                column + wide < columns
                and not upright[column + wide][row]
                and not taken[row][column + wide]
            ):
                wide += 1
            high = 1
            while row + high < rows and _goes_on(
                upright, level, taken, row + high, range(column, column + wide)
            ):
                high += 1
            for y in range(row, row + high):
                taken[y][column : column + wide] = [True] * wide
            out.append(_region(upright, level, (row, column, high, wide)))
    return tuple(out)


def _goes_on(
    upright: list[list[bool]],
    level: list[list[bool]],
    taken: list[list[bool]],
    row: int,
    columns: range,
) -> bool:
    """Whether a cell over these columns reaches down into a row."""
    if any(level[row][column] or taken[row][column] for column in columns):
        return False
    return not any(upright[column][row] for column in columns[1:])


def _region(
    upright: list[list[bool]], level: list[list[bool]], place: tuple[int, int, int, int]
) -> Region:
    row, column, high, wide = place
    fenced = upright[column][row] and upright[column + 1][row] and level[row][column]
    if high == wide == 1 and fenced and level[row + 1][column]:
        return Region(row, column, 1, 1, False, False)
    rows, columns = range(row, row + high), range(column, column + wide)
    left = [upright[column][y] for y in rows]
    right = [upright[column + wide][y] for y in rows]
    top = [level[row][x] for x in columns]
    bottom = [level[row + high][x] for x in columns]
    last_row, last_column = len(level) - 1, len(upright) - 1
    leaky = open_side = False
    for wall, outer in (
        (left, column == 0),
        (right, column + wide == last_column),
        (top, row == 0),
        (bottom, row + high == last_row),
    ):
        if not all(wall):
            leaky = leaky or not outer
            open_side = open_side or outer
    return Region(row, column, high, wide, leaky, open_side)

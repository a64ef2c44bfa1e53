"""Small tools for boxes, positions and turned pages.

Everything is in PDF points with the origin at the top left. A page whose text runs
downwards or upwards is turned upright before tables are looked for, and what is found
is turned back: see `Turn`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from parsers.model import Box, Char, Page, Rule
from parsers.text.runs import apart, gathered

__all__ = ["Turn", "around", "cluster", "covered", "main_angle", "upright"]

_angle = itemgetter(8)  # of a character


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of a page of `width` x `height` that makes text of `angle` run upright.

    `angle` is the direction of writing in degrees clockwise, as in `Char`.

    >>> turn = Turn(90, 600, 800)
    >>> turn.point(600, 0)
    (0, 0)
    >>> turn.back(turn.box(Box(10, 20, 30, 40)))
    Box(x0=10, top=20, x1=30, bottom=40)
    """

    angle: int
    width: float
    height: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page lies on the turned page."""
        if self.angle == 90:
            return y, self.width - x
        if self.angle == 180:
            return self.width - x, self.height - y
        if self.angle == 270:
            return self.height - y, x
        return x, y

    def box(self, box: Box) -> Box:
        """Where a rectangle of the page lies on the turned page."""
        return _spanned(self.point(box.x0, box.top), self.point(box.x1, box.bottom))

    def back(self, box: Box) -> Box:
        """Where a rectangle of the turned page lies on the page as displayed."""
        return _spanned(self._origin(box.x0, box.top), self._origin(box.x1, box.bottom))

    def char(self, char: Char) -> Char:
        """The character on the turned page."""
        origin = self.point(char.origin_x, char.origin_y)
        box = self.box(Box(char.x0, char.top, char.x1, char.bottom))
        return Char(char.text, *box, *origin, char.size, (char.angle - self.angle) % 360)

    def rule(self, rule: Rule) -> Rule:
        """The ruling line on the turned page."""
        return Rule(*self.box(Box(*rule)))

    def _origin(self, x: float, y: float) -> tuple[float, float]:
        if self.angle == 90:
            return self.width - y, x
        if self.angle == 180:
            return self.width - x, self.height - y
        if self.angle == 270:
            return y, self.height - x
        return x, y


def main_angle(chars: Sequence[Char]) -> int:
    """The direction of writing of most characters; 0 where none of them prevails.

    >>> main_angle([Char("ก", 0, 0, 9, 9, 0, 9, 16.0, 270)] * 3)
    270
    """
    if not any(map(_angle, chars)):
        return 0
    counts: Counter[int] = Counter()
    for char in chars:
        counts[char.angle] += 0 if char.text.isspace() else len(char.text)
    if not counts.total():
        return 0
    angle, count = counts.most_common(1)[0]
    return angle if angle in (90, 180, 270) and count > 0.6 * counts.total() else 0


def upright(page: Page) -> tuple[Turn | None, tuple[Char, ...], tuple[Rule, ...]]:
    """The characters and rules of a page, turned where the page is written sideways."""
    angle = main_angle(page.chars)
    if not angle:
        return None, page.chars, page.rules
    turn = Turn(angle, page.width, page.height)
    rules = tuple(turn.rule(rule) for rule in page.rules)
    singles = (part for char in page.chars for part in (apart(char) if char.starts else (char,)))
    return turn, gathered([turn.char(char) for char in singles], rules), rules


def cluster(positions: Iterable[float], reach: float, width: float) -> list[list[float]]:
    """Positions in groups: neighbours within `reach`, no group wider than `width`.

    >>> cluster([10.0, 40.0, 11.5, 12.5], 2.0, 4.0)
    [[10.0, 11.5, 12.5], [40.0]]
    """
    groups: list[list[float]] = []
    for position in sorted(positions):
        if groups and position - groups[-1][-1] <= reach and position - groups[-1][0] <= width:
            groups[-1].append(position)
        else:
            groups.append([position])
    return groups


def covered(start: float, end: float, low: float, high: float) -> float:
    """How much of `low` to `high` the stretch `start` to `end` covers, in points."""
    return max(0.0, min(end, high) - max(start, low))


def around(boxes: Iterable[Box]) -> Box:
    """The smallest rectangle that holds all boxes.

    Raises:
        ValueError: There is no box.
    """
    held = list(boxes)
    if not held:
        raise ValueError("no box to go around")
    lefts, tops, rights, bottoms = zip(*held, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def _spanned(one: tuple[float, float], other: tuple[float, float]) -> Box:
    return Box(
        min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
    )

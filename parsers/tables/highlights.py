"""Coloured rectangles behind words: marker pen, not borders.

A low score marked yellow has a rectangle around its digits. Its edges would cut the cell;
they are told from borders by how close they are to the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter

from parsers.model import Char, Rule

__all__ = ["without_highlights"]

HIGHEST = 40.0
"""A marker is one line high."""
LEFT, RIGHT = 1.6, 2.6
"""Text begins and ends so close (points) to the edges of a marker; cells have padding."""

_Key = tuple[int, int]
_baseline = itemgetter(6)  # of a character


def without_highlights(rules: Sequence[Rule], chars: Sequence[Char]) -> list[Rule]:
    """The rules of a page without the edges of rectangles that fit tightly around words."""
    uprights: dict[_Key, list[Rule]] = {}
    levels: dict[_Key, list[Rule]] = {}
    for rule in rules:
        x0, top, x1, bottom = rule
        if x1 - x0 < 1 and 6 < bottom - top < HIGHEST:
            uprights.setdefault((round(top), round(bottom)), []).append(rule)
        elif bottom - top < 1:
            levels.setdefault((round(x0), round(x1)), []).append(rule)
    by_height: list[Char] = []
    heights: list[float] = []
    gone: set[Rule] = set()
    for sides in uprights.values():
        sides.sort()
        inside: list[Char] | None = None
        for left, right in pairwise(sides):
            edges = _closing(left, right, levels)
            if edges is None:
                continue
            if not by_height:
                by_height = sorted(chars, key=_baseline)
                heights = list(map(_baseline, by_height))
            if inside is None:
                first, last = bisect_left(heights, left.top), bisect_right(heights, left.bottom)
                inside = by_height[first:last]
            if _fits(left.x0, right.x0, inside):
                gone.update((left, right, *edges))
    return [rule for rule in rules if rule not in gone] if gone else list(rules)


def _closing(left: Rule, right: Rule, levels: dict[_Key, list[Rule]]) -> tuple[Rule, Rule] | None:
    """The upper and lower edge of the rectangle between two upright edges."""
    spans = [
        rule
        for x0 in (-1, 0, 1)
        for x1 in (-1, 0, 1)
        for rule in levels.get((round(left.x0) + x0, round(right.x0) + x1), ())
    ]
    top = next((rule for rule in spans if abs(rule.top - left.top) < 1), None)
    bottom = next((rule for rule in spans if abs(rule.top - left.bottom) < 1), None)
    return (top, bottom) if top and bottom else None


def _fits(x0: float, x1: float, chars: Sequence[Char]) -> bool:
    """Whether text begins right at one edge and ends right at the other."""
    held = [c for c in chars if x0 - 1 <= c.origin_x < x1 and not c.text.isspace()]
    if not held:
        return False
    first = min(char.origin_x for char in held)
    last = max(char.x1 for char in held)
    return abs(first - x0) < LEFT and abs(x1 - last) < RIGHT

"""Characters into lines of text: first version."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from parsers.model import Box, Char, Passage

try:
    from parsers.thai import clean
except ImportError:  # the cleaning of Thai text is being written
    clean = None

__all__ = ["compose", "lines"]


def compose(chars: Sequence[Char]) -> Passage:
    """Characters of one cell or area as one passage, lines separated by newlines."""
    printed, boxes = [], []
    for row in _rows(chars):
        if printed:
            printed.append("\n")
            boxes.append(None)
        _spell(row, printed, boxes)
    return _passage("".join(printed), boxes)


def lines(chars: Sequence[Char]) -> list[Passage]:
    """One passage for each visual line, from top to bottom."""
    out = []
    for row in _rows(chars):
        printed, boxes = [], []
        _spell(row, printed, boxes)
        if "".join(printed).strip():
            out.append(_passage("".join(printed), boxes))
    return out


def _passage(printed, boxes) -> Passage:
    if clean is None:
        return Passage(printed, printed, tuple(range(len(printed))), tuple(boxes))
    done = clean(printed)
    return Passage(done.text, printed, done.source, tuple(boxes))


def _rows(chars):
    rows = []
    for char in sorted(chars, key=lambda c: round(c.origin_y)):
        if rows and abs(rows[-1][0].origin_y - char.origin_y) < 0.3 * (char.size or 10):
            rows[-1].append(char)
        else:
            rows.append([char])
    order = {id(c): i for i, c in enumerate(chars)}
    for row in rows:
        row.sort(key=lambda c: order[id(c)])
    return [_ordered(row) for row in rows]


def _ordered(row):
    """Clusters by x; inside a cluster the order of the stream."""
    clusters = []
    for char in row:
        if clusters and unicodedata.category(char.text[0]) == "Mn" or char.text in "ำ":
            (clusters[-1] if clusters else clusters.append([]) or clusters[-1]).append(char)
        else:
            clusters.append([char])
    clusters.sort(key=lambda c: c[0].origin_x)
    return [c for cluster in clusters for c in cluster]


def _spell(row, printed, boxes):
    right = None
    for c in row:
        if right is not None and c.origin_x - right > 0.2 * (c.size or 10) and c.text != " " and printed[-1] != " ":
            printed.append(" ")
            boxes.append(None)
        for ch in c.text:
            printed.append(ch)
            boxes.append(Box(c.x0, c.top, c.x1, c.bottom))
        right = max(right or 0, c.x1)

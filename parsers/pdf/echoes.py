"""Clusters that a file spells twice because it draws them in two steps.

Typst sets a raised mark apart from its letter and gives both drawings the text of the whole
cluster: "ขั้" comes back as "ขั้ขั้". The second drawing stands inside the first; a cluster that
is really printed twice stands beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from parsers.model import Char
from parsers.text.runs import MARKS

__all__ = ["without_echoes"]


def without_echoes(chars: Sequence[Char]) -> list[Char]:
    """The characters, each cluster once."""
    kept: list[Char] = []
    clusters = _clusters(chars)
    before: list[Char] = []
    for cluster in clusters:
        if not _is_echo(before, cluster):
            kept.extend(cluster)
            before = cluster
    return kept


def _clusters(chars: Sequence[Char]) -> list[list[Char]]:
    """Letters with the marks that follow them."""
    clusters: list[list[Char]] = []
    for char in chars:
        if char.text in MARKS and clusters:
            clusters[-1].append(char)
        else:
            clusters.append([char])
    return clusters


def _is_echo(before: Sequence[Char], cluster: Sequence[Char]) -> bool:
    text = "".join([char.text for char in cluster])
    if text[-1:] not in MARKS or text != "".join([char.text for char in before]):
        return False
    first, second = before[0], cluster[0]
    middle = (second.x0 + second.x1) / 2
    return first.x0 < middle < first.x1 and abs(first.origin_y - second.origin_y) <= first.size

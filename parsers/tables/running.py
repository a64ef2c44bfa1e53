"""Running heads, feet and page numbers: lines that do not part what they stand between."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.model import Box, Passage
from parsers.tables.headers import folded
from parsers.text.digits import to_ascii

__all__ = ["is_continuation_mark", "is_page_number", "running_lines"]

RIM = 0.13
"""Running lines stand in this share of the page at its top or bottom."""
PLACE = 8.0
"""They stand at the same height on every page, within so many points."""

_PAGE_NUMBER = re.compile(r"(?:หน้า(?:ที่)?|page)?[-–—~(\[]*\d{1,4}[-–—~)\]]*(?:(?:/|จาก|of)\d{1,4})?")
# The count of pages inside a running line; any other number in it is part of its words:
# "ตัวชี้วัดที่ ๑" and "ตัวชี้วัดที่ ๒" on top of two pages are titles.
_COUNT = re.compile(
    r"(?:หน้า|แผ่น|page)\s*(?:ที่)?\s*\d+|\s{2,}[-–—]?\s*\d+\s*[-–—]?$|^[-–—]?\s*\d+\s*[-–—]?\s{2,}"
)
_GOES_ON = re.compile(r"^\(?ต่อ\)?$|\(ต่อ\)|\(continued\)")


def is_continuation_mark(text: str) -> bool:
    """Whether a line says that a table goes on.

    >>> is_continuation_mark("ตารางที่ ๒ (ต่อ)"), is_continuation_mark("ตัวชี้วัดต่อไปนี้")
    (True, False)
    """
    return _GOES_ON.search(folded(text)) is not None


def is_page_number(text: str) -> bool:
    """Whether a line is nothing but the number of a page.

    >>> is_page_number("- ๓ -"), is_page_number("หน้า 2 จาก 7"), is_page_number("98.01")
    (True, True, False)
    """
    return _PAGE_NUMBER.fullmatch(folded(text)) is not None


def running_lines(
    pages: Sequence[tuple[float, Sequence[Passage], Sequence[Box]]],
) -> list[frozenset[int]]:
    """For each page the places (from 0) of its lines that are running heads or feet.

    Args:
        pages: For each page its height, its lines from top to bottom, and their boxes.
    """
    rims = [_rim(height, lines, boxes) for height, lines, boxes in pages]
    return [
        frozenset(
            index
            for index, (text, top) in rim.items()
            if not text or _repeated(text, top, _near(rims, number))
        )
        for number, rim in enumerate(rims)
    ]


def _rim(
    height: float, lines: Sequence[Passage], boxes: Sequence[Box]
) -> dict[int, tuple[str, float]]:
    """The lines near the top and bottom of a page: text without page number, and place."""
    held = {}
    for index, (line, box) in enumerate(zip(lines, boxes, strict=True)):
        middle = (box.top + box.bottom) / 2
        if middle < RIM * height or middle > (1 - RIM) * height:
            held[index] = (_uncounted(line.text), box.top)
    return held


def _near(
    rims: Sequence[dict[int, tuple[str, float]]], number: int
) -> list[dict[int, tuple[str, float]]]:
    """The rims of the two pages before and after (odd and even pages may differ)."""
    return [
        rims[other]
        for other in range(max(0, number - 2), min(len(rims), number + 3))
        if other != number
    ]


def _uncounted(text: str) -> str:
    """A text as running lines are compared; empty for a bare page number."""
    if is_page_number(text):
        return ""
    return folded(_COUNT.sub("", to_ascii(text).lower()))


def _repeated(text: str, top: float, others: Sequence[dict[int, tuple[str, float]]]) -> bool:
    return any(
        abs(top - place) < PLACE and other == text
        for rim in others
        for other, place in rim.values()
    )

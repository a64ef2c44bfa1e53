"""Items that a text refers to in brackets: "พัฒนาระบบ E-Service (อ้างอิงจาก o13)"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from parsers.model import Box, Passage, Quote
from parsers.reading.codes import find_code_groups
from parsers.text.thai import unwrap

__all__ = ["Line", "lines_of", "references_in"]

# How many of the letters before a reference say what it is about.
_LONGEST_PHRASE = 90
_REFERENCE = regex.compile(r"\(\s*อ้าง\s*อิง\s*(?:จาก|ตาม)?(?P<codes>[^()]{1,40})\)")


class Line(NamedTuple):
    """A line of a text, its page, and where it begins in the passage that it is part of."""

    text: str
    page: int
    passage: Passage
    start: int


def lines_of(passage: Passage, page: int) -> list[Line]:
    """The lines of a cell's text."""
    lines: list[Line] = []
    at = 0
    for text in passage.text.split("\n"):
        lines.append(Line(text, page, passage, at))
        at += len(text) + 1
    return lines


def references_in(lines: Sequence[Line]) -> Iterator[Quote]:
    """Every single item that the lines refer to in brackets, with the words before it."""
    text = "\n".join(line.text for line in lines)
    if "(" not in text:
        return
    begin = 0
    for match in _REFERENCE.finditer(text):
        words = " ".join(unwrap(text[begin : match.start()]).split())[-_LONGEST_PHRASE:]
        begin = match.end()
        for mention in find_code_groups(match["codes"]):
            if len(mention.codes) == 1:
                at = match.start("codes")
                page, box = _place(lines, at + mention.start, at + mention.end)
                yield Quote(mention.codes[0], mention.rule, words, page, box)


def _place(lines: Sequence[Line], start: int, end: int) -> tuple[int, Box | None]:
    """Where a stretch of the joined lines is printed: on the line on which it begins."""
    starts = [0]
    for line in lines[:-1]:
        starts.append(starts[-1] + len(line.text) + 1)
    number = bisect_right(starts, start) - 1
    line = lines[number]
    moved = line.start - starts[number]
    last = line.start + len(line.text)
    return line.page, line.passage.box(start + moved, min(end + moved, last))

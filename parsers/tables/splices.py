"""Passages cut, joined and turned: text stays tied to what is printed and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from parsers.model import Box, Passage

__all__ = ["EMPTY", "cut", "join", "moved", "split_lines"]

EMPTY = Passage("", "", (), ())


def join(passages: Sequence[Passage], separator: str = "\n") -> Passage:
    """Several passages as one; empty ones are left out.

    The separator is put into the cleaned and into the printed text, with no box.
    """
    held = [passage for passage in passages if passage.text]
    if len(held) < 2:
        return held[0] if held else EMPTY
    text: list[str] = []
    printed: list[str] = []
    source: list[int] = []
    boxes: list[Box | None] = []
    for passage in held:
        if text:
            text.append(separator)
            source.extend(len(boxes) + index for index in range(len(separator)))
            printed.append(separator)
            boxes.extend([None] * len(separator))
        offset = len(boxes)
        text.append(passage.text)
        printed.append(passage.printed)
        source.extend(index + offset for index in passage.source)
        boxes.extend(passage.boxes)
    repairs: Counter[str] = Counter()
    for passage in held:
        repairs.update(passage.repairs)
    return Passage("".join(text), "".join(printed), tuple(source), tuple(boxes), dict(repairs))


def cut(passage: Passage, start: int, end: int) -> Passage:
    """The part `text[start:end]` of a passage as a passage of its own.

    The counts of repairs go with the part that begins the passage: their sum stays right.
    """
    repairs = passage.repairs if start == 0 else {}
    while start < end and passage.text[start].isspace():
        start += 1
    while start < end and passage.text[end - 1].isspace():
        end -= 1
    if start >= end:
        return EMPTY
    held = passage.source[start:end]
    # Repairs may put characters in another order than they are printed in.
    first, last = min(held), max(held) + 1
    return Passage(
        passage.text[start:end],
        passage.printed[first:last],
        tuple(index - first for index in held),
        passage.boxes[first:last],
        repairs,
    )


def split_lines(passage: Passage) -> list[Passage]:
    """The visual lines of a passage, one passage each; blank lines are left out."""
    parts: list[Passage] = []
    start = 0
    for line in passage.text.split("\n"):
        part = cut(passage, start, start + len(line))
        if part.text:
            parts.append(part)
        start += len(line) + 1
    return parts


def moved(passage: Passage, move: Callable[[Box], Box]) -> Passage:
    """The same passage with every box put elsewhere (for turned pages and cells)."""
    boxes = tuple(None if box is None else move(box) for box in passage.boxes)
    return replace(passage, boxes=boxes)

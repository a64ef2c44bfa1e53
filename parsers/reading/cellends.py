"""Lines of a cell that were ended on purpose, told from lines that were full.

Thai is wrapped without a hyphen and set without blanks between words, so lines are joined
without one. Where the next word would still have found room the break was put there by the
writer: what follows is another item of a list, another unit, another phrase.
"""

from __future__ import annotations

from parsers.knowledge.vocabulary import phrase
from parsers.model import Box, Cell

__all__ = ["with_ends"]

# A cell keeps at most so much room (points) between its edges and its text.
_MARGIN = 6.0


def with_ends(cell: Cell) -> str:
    """The text of a cell, with a blank at the end of every line that was ended on purpose."""
    text = cell.text
    if "\n" not in text:
        return text
    lines = text.split("\n")
    spans: list[tuple[int, Box | None]] = []
    at = 0
    for line in lines:
        spans.append((at, cell.passage.box(at, at + len(line))))
        at += len(line) + 1
    room = _room(cell, [box for _, box in spans if box])
    parts = [lines[0]]
    for index in range(1, len(lines)):
        above, (start, below) = spans[index - 1][1], spans[index]
        ended = _fits(cell, above, start, lines[index], room) if above and below else False
        parts.append(" \n" if ended or _two_units(lines[index - 1], lines[index]) else "\n")
        parts.append(lines[index])
    return "".join(parts)


def _room(cell: Cell, boxes: list[Box]) -> float:
    """How wide a line can be."""
    widest = max((box.x1 - box.x0 for box in boxes), default=0.0)
    margin = min(min((box.x0 - cell.box.x0 for box in boxes), default=0.0), _MARGIN)
    return max(widest, cell.box.x1 - cell.box.x0 - 2 * max(margin, 0.0))


def _fits(cell: Cell, above: Box, start: int, line: str, room: float) -> bool:
    """Whether all that stands before the first blank of a line had room in the line above."""
    first = line.split(maxsplit=1)[0] if line.strip() else ""
    lead = len(line) - len(line.lstrip())
    box = cell.passage.box(start + lead, start + lead + len(first)) if first else None
    if box is None:
        return False
    blank = 0.3 * (above.bottom - above.top)
    return above.x1 - above.x0 + blank + box.x1 - box.x0 < room


def _two_units(before: str, line: str) -> bool:
    return bool(phrase("unit_after").match(line) and phrase("unit_before").search(before))

"""The running text of a document: the lines outside tables, page after page, as one text.

Sentences go on over lines and pages; a position in the stream leads back to the page,
the line and the box of what is printed there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex

from parsers.model import Box, Grid, Passage

__all__ = ["Stream", "stream_of"]

# A gap of this many line heights, a table, or a heading's end parts two paragraphs.
_GAP_LINES = 2.2
_PARAGRAPH = "\n\n"
_PAGE_NUMBER = regex.compile(r"\s*[-–(]?\s*(?:หน้า(?:ที่)?\s*)?[0-9๐-๙]{1,3}\s*[-–)]?\s*")


@dataclass(frozen=True, slots=True)
class Stream:
    """A text with the line that each stretch of it came from.

    `text` holds the lines in reading order, a newline between lines and an empty line
    between paragraphs. `starts[k]` is where line k begins in `text`.
    """

    text: str
    starts: tuple[int, ...]
    lines: tuple[Passage, ...]
    pages: tuple[int, ...]

    def at(self, position: int) -> int:
        """The number of the line that holds a position of the text."""
        return max(0, bisect_right(self.starts, position) - 1)

    def page(self, position: int) -> int:
        """The page that a position of the text is printed on."""
        return self.pages[self.at(position)]

    def box(self, start: int, end: int) -> Box | None:
        """The box of a stretch on the line where it begins."""
        line = self.at(start)
        offset = self.starts[line]
        stop = min(end - offset, len(self.lines[line].text))
        return self.lines[line].box(start - offset, stop)

    def printed(self, start: int, end: int) -> str:
        """What is printed for a stretch of the text, on the line where it begins."""
        line = self.at(start)
        offset = self.starts[line]
        return self.lines[line].printed_between(
            start - offset, min(end - offset, len(self.lines[line].text))
        )

    def line_start(self, position: int) -> int:
        """Where the line that holds a position begins."""
        return self.starts[self.at(position)] if self.starts else 0


def stream_of(lines: Mapping[int, Sequence[Passage]], grids: Sequence[Grid]) -> Stream:
    """Join the lines of all pages, page numbers left out."""
    text: list[str] = []
    starts: list[int] = []
    kept: list[Passage] = []
    pages: list[int] = []
    length = 0
    for page, line, new_paragraph in _walk(lines, grids):
        if kept:
            break_ = _PARAGRAPH if new_paragraph else "\n"
            text.append(break_)
            length += len(break_)
        starts.append(length)
        kept.append(line)
        pages.append(page)
        text.append(line.text)
        length += len(line.text)
    return Stream("".join(text), tuple(starts), tuple(kept), tuple(pages))


def _walk(
    lines: Mapping[int, Sequence[Passage]], grids: Sequence[Grid]
) -> Iterator[tuple[int, Passage, bool]]:
    """Each line with its page and whether a new paragraph begins with it."""
    for page in sorted(lines):
        previous: Box | None = None
        table_tops = _table_tops(grids, page)
        rim = (lines[page][0], lines[page][-1]) if lines[page] else ()
        for line in lines[page]:
            box = line.box()
            if box is None:
                continue
            if _PAGE_NUMBER.fullmatch(line.text) and any(line is end for end in rim):
                continue  # in the middle of a page a number is a value, of a chart for one
            yield page, line, previous is not None and _parted(previous, box, table_tops)
            previous = box


def _table_tops(grids: Sequence[Grid], page: int) -> list[float]:
    tops: list[float] = []
    for grid in grids:
        if grid.page_first <= page <= grid.page_last:
            on_page = [cell.box.top for cell in grid.cells if cell.page == page]
            if on_page:
                tops.append(min(on_page))
    return tops


def _parted(above: Box, below: Box, table_tops: Sequence[float]) -> bool:
    height = max(above.bottom - above.top, 1.0)
    if below.top - above.bottom > _GAP_LINES * height or below.bottom < above.top:
        return True
    return any(above.top < top < below.top for top in table_tops)

"""Which years a document names, and what each is the year of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence

from parsers.knowledge.vocabulary import fold
from parsers.model import Grid, Mention, Passage
from parsers.reading.namewords import of_words, pattern
from parsers.text.dates import YearMention, find_years
from parsers.text.digits import to_ascii
from parsers.text.stream import Stream

__all__ = ["heading_years", "table_years", "text_years"]

# A year of four digits after the word for year, in running text.
_TEXT_YEAR = re.compile(
    r"(?:ปี|FY)\s*(?:งบ\s*ประมาณ)?\s*(?:พ\s*\.\s*ศ\s*\.?)?\s*(?P<year>(?:25|๒๕)[0-9๐-๙]{2})(?![0-9๐-๙])"
)
_YEAR = re.compile(r"(?:25|๒๕)[0-9๐-๙]{2}(?![0-9๐-๙])")
_NUMBERING = re.compile(r"^[\s\-–•*#]*(?:[(]?[0-9๐-๙]{1,2}(?:[.][0-9๐-๙]{1,2})*[.)]\s*)?")
# How many lines a heading has at most, and how many characters.
_LINES, _LENGTH = 4, 260
_BEFORE = 90
_SHORT_LINE = 48
# White space above a heading, in line heights; on either side of a centred one, in points.
_GAP = 0.6
_INDENT = 24
_ENDS_IN_YEAR = re.compile(r"(?:25|๒๕)[0-9๐-๙]{2}[\s)]*$")
_SPOKEN_OF = ("fiscal", "year")


def heading_years(stream: Stream, captions: Collection[int]) -> Iterator[tuple[int, Mention]]:
    """The years of headings, with the position of each in the text.

    Args:
        stream: The running text.
        captions: Ids of the lines that stand over tables.
    """
    done = -1
    for match in _YEAR.finditer(stream.text):
        number = stream.at(match.start())
        if number <= done:
            continue
        first = _heading_start(stream, number)
        if first is None:
            continue
        done = number
        heading = " ".join(stream.lines[k].text for k in range(first, number + 1))
        year = _one_year(heading)
        box = stream.lines[number].box()
        if year is None or box is None:
            continue
        page = stream.pages[number]
        caption = id(stream.lines[number]) in captions
        role = "table" if caption else "title" if page == stream.pages[0] else "heading"
        yield match.start(), _mention(heading, year, role, page, box)


def _mention(heading: str, year: YearMention, role: str, page: int, box: object) -> Mention:
    context = " ".join(heading.split())
    printed = heading[year.start : year.end]
    return Mention("year", printed, str(year.year_be), role, page, box, what_of(heading[: year.start]), context)  # type: ignore[arg-type]


def _one_year(text: str) -> YearMention | None:
    """The year of a heading; None where it names several or none as a year."""
    years = [year for year in find_years(text) if year.context in _SPOKEN_OF]
    return years[-1] if len({year.year_be for year in years}) == 1 else None


def _heading_start(stream: Stream, number: int) -> int | None:
    """The line at which a heading begins whose year stands on a line; None for sentences."""
    line = stream.lines[number].text
    *_, last = _YEAR.finditer(line)
    rest = line[last.end() :].strip()
    if rest and not pattern("heading.goes_on").match(rest):
        return None
    centred = _is_centred(stream, number)
    for first in range(number, max(-1, number - _LINES), -1):
        if stream.pages[first] != stream.pages[number]:
            return None
        if _begins(stream.lines[first].text) and (centred or _stands_free(stream, first)):
            text = " ".join(stream.lines[k].text for k in range(first, number + 1))
            sentence = len(text) > _LENGTH or pattern("heading.sentence").search(text)
            return None if sentence else first
    return None


def _begins(line: str) -> bool:
    text = fold(_NUMBERING.sub("", line, count=1))
    return pattern("heading.begins").match(text) is not None


def _stands_free(stream: Stream, number: int) -> bool:
    """Whether a line begins something new: a paragraph, a page, or after a heading."""
    if number == 0 or stream.pages[number - 1] != stream.pages[number]:
        return True
    above = stream.lines[number - 1]
    if len(above.text) < _SHORT_LINE or _ENDS_IN_YEAR.search(above.text):
        return True
    over, here = above.box(), stream.lines[number].box()
    if over is None or here is None:
        return True
    return here.top - over.bottom > _GAP * (here.bottom - here.top) or here.top < over.top


def _is_centred(stream: Stream, number: int) -> bool:
    """Whether a line stands in the middle of the text of its page, as titles do."""
    page, box = stream.pages[number], stream.lines[number].box()
    if box is None:
        return False
    first, last = bisect_left(stream.pages, page), bisect_right(stream.pages, page)
    boxes = [b for line in stream.lines[first:last] if (b := line.box()) is not None]
    left = box.x0 - min(b.x0 for b in boxes)
    right = max(b.x1 for b in boxes) - box.x1
    return min(left, right) > _INDENT and abs(left - right) < _INDENT


def what_of(words: str) -> str:
    """What a year is the year of, by the words before it.

    >>> what_of("รายงานผลการดำเนินการตามมาตรการ ประจำปีงบประมาณ")
    'follow-up'
    >>> what_of("ผลการประเมิน ITA ปี"), what_of("พระราชบัญญัติ พ.ศ.")
    ('result', '')
    """
    folded = fold(words)
    return next((of for of, found in of_words() if found.search(folded)), "")


def text_years(stream: Stream, taken: Collection[int]) -> Iterator[Mention]:
    """The years that running text names, those of headings left out.

    A year next to another one is part of a series.
    """
    text = stream.text
    found = [match for match in _TEXT_YEAR.finditer(text) if match.start("year") not in taken]
    for match in found:
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        box = stream.box(match.start("year"), match.end("year"))
        if box is None:
            continue
        name = to_ascii(match["year"])
        around = before[-30:] + text[match.end() : match.end() + 30]
        beside = {to_ascii(year[0]) for year in _YEAR.finditer(around)} - {name}
        role = "series" if beside else "text"
        of = what_of(before.rsplit("\n\n", 1)[-1])
        page = stream.page(match.start("year"))
        yield Mention("year", match["year"], name, role, page, box, of)


def table_years(grids: Sequence[Grid]) -> Iterator[Mention]:
    """The years of captions and column headings; several of them are a series."""
    for grid in grids:
        headed: list[tuple[Passage, int]] = [
            (cell.passage, cell.page) for cell in grid.cells if cell.row < grid.header_rows
        ]
        found = [
            (passage, page, year)
            for passage, page in headed
            if _YEAR.search(passage.text)
            for year in find_years(passage.text)
            if year.context in _SPOKEN_OF
        ]
        several = len({year.year_be for _, _, year in found}) > 1
        for passage, page, year in found:
            box = passage.box(year.start, year.end)
            if box is not None:
                text = " ".join(passage.text.split())
                role = "series" if several else "table"
                of = what_of(passage.text[: year.start])
                yield Mention("year", passage.text[year.start : year.end], str(year.year_be), role, page, box, of, text)

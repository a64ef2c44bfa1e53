"""Which years a document names, and what each is the year of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from math import inf

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
# So many characters of a line tell how high it is.
_FEW = 12
_ENDS_IN_YEAR = re.compile(r"(?:25|๒๕)[0-9๐-๙]{2}[\s)]*$")
# A year that another one follows at once is one of a series.
_BESIDE = 30
_BESIDE_YEAR = re.compile(r"[\s,/–-]*(?:และ|กับ|ถึง)?\s*(?:ปี|พ\.ศ\.|\s)*(?:25|๒๕)[0-9๐-๙]{2}")
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
        box = stream.box(match.start(), match.end())
        if year is None or box is None:
            continue
        yield (
            match.start(),
            Mention(
                "year",
                heading[year.start : year.end],
                str(year.year_be),
                _heading_role(stream, number, match.end(), captions),
                stream.pages[number],
                box,
                what_of(heading[: year.start]),
                " ".join(heading.split()),
            ),
        )


def _heading_role(stream: Stream, number: int, end: int, captions: Collection[int]) -> str:
    after = stream.text[end : end + _BESIDE]
    if _BESIDE_YEAR.match(after):
        return "series"
    if id(stream.lines[number]) in captions:
        return "table"
    return "title" if stream.pages[number] == stream.pages[0] else "heading"


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
    found = None
    for first in range(number, max(-1, number - _LINES), -1):
        if stream.pages[first] != stream.pages[number] or not _goes_up(stream, first, found):
            break
        if not _begins(stream.lines[first].text):
            continue
        free = _stands_free(stream, first)
        if (free or (found is None and _is_centred(stream, number))) and _is_heading(
            stream, first, number
        ):
            found = first
        if free:
            break
    return found


def _goes_up(stream: Stream, number: int, found: int | None) -> bool:
    """Whether a title may have begun above the line that would do: all of it is centred."""
    return found is None or _is_even(stream, number)


def _is_heading(stream: Stream, first: int, last: int) -> bool:
    text = " ".join(stream.lines[k].text for k in range(first, last + 1))
    return len(text) <= _LENGTH and not pattern("heading.sentence").search(text)


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
    over = above.box(0, _FEW)
    here = stream.lines[number].box(0, _FEW)
    if over is None or here is None:
        return True
    return here.top - over.bottom > _GAP * (here.bottom - here.top) or here.top < over.top


def _is_centred(stream: Stream, number: int) -> bool:
    """Whether a line stands in the middle of the text of its page, as titles do."""
    left, right = _room(stream, number)
    return min(left, right) > _INDENT and abs(left - right) < _INDENT


def _is_even(stream: Stream, number: int) -> bool:
    """Whether a line leaves as much room on either side, be it none."""
    left, right = _room(stream, number)
    return abs(left - right) < _INDENT


def _room(stream: Stream, number: int) -> tuple[float, float]:
    """How much room a line leaves on either side of the text of its page."""
    page = stream.pages[number]
    first, last = bisect_left(stream.pages, page), bisect_right(stream.pages, page)
    edges = [edge for line in stream.lines[first:last] if (edge := _edges(line)) is not None]
    own = _edges(stream.lines[number])
    if own is None:
        return 0.0, inf
    return own[0] - min(edge[0] for edge in edges), max(edge[1] for edge in edges) - own[1]


def _edges(line: Passage) -> tuple[float, float] | None:
    """Where a line begins and ends, by its first and last character."""
    first = next((box for box in line.boxes if box is not None), None)
    last = next((box for box in reversed(line.boxes) if box is not None), None)
    return (first.x0, last.x1) if first and last else None


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
        start, end = match.span("year")
        box = stream.box(start, end)
        if box is None:
            continue
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        name = to_ascii(match["year"])
        around = before[-_BESIDE:] + text[end : end + _BESIDE]
        beside = {to_ascii(year[0]) for year in _YEAR.finditer(around)} - {name}
        role = "series" if beside else "text"
        of = what_of(before.rsplit("\n\n", 1)[-1])
        yield Mention("year", match["year"], name, role, stream.page(start), box, of)


def table_years(grids: Sequence[Grid]) -> Iterator[Mention]:
    """The years of column headings; several of them are a series."""
    for grid in grids:
        found = [
            (cell, year)
            for cell in grid.cells
            if cell.row < grid.header_rows and _YEAR.search(cell.text)
            for year in find_years(cell.text)
            if year.context in _SPOKEN_OF
        ]
        role = "series" if len({year.year_be for _, year in found}) > 1 else "table"
        for cell, year in found:
            box = cell.passage.box(year.start, year.end)
            if box is not None:
                printed = cell.text[year.start : year.end]
                of = what_of(cell.text[: year.start])
                heading = " ".join(cell.text.split())
                name = str(year.year_be)
                yield Mention("year", printed, name, role, cell.page, box, of, heading)

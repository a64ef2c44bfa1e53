"""Bar charts drawn as text: a value over each bar, a row of labels below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import regex

from parsers.model import Box, Passage, Score
from parsers.reading.subjects import indicator_number, level_of
from parsers.text.numbers import Number, find_numbers
from parsers.text.stream import Stream

__all__ = ["read_charts"]

_LABEL = regex.compile(
    r"(?:ตชว\.?|ตัวชี้วัด(?:ที่)?)\s*(?:10|๑๐|[1-9๑-๙])(?![0-9๐-๙])|(?<![A-Za-z])(?:IIT|EIT|OIT)(?![A-Za-z])"
)
_INSTRUMENTS = frozenset({"IIT", "EIT", "OIT"})
_FEWEST = 3
# A value stands over its label, give or take this share of the distance between two labels;
# the scale at the side does not.
_ASIDE = 0.35
# So many of the labels must have a value, or it is no chart that can be read.
_MOST = 0.8
_LARGEST = 100


class _Label(NamedTuple):
    code: str
    printed: str
    center: float


def read_charts(stream: Stream, *, year_be: int | None) -> tuple[Score, ...]:
    """The scores of bar charts whose bars are labelled with indicators or instruments.

    Args:
        stream: The lines outside tables.
        year_be: Fiscal year (BE) of the result.
    """
    found: list[Score] = []
    for index, line in enumerate(stream.lines):
        labels = _labels(line)
        if labels:
            values = list(_values_above(stream, index))
            found += _scores(labels, values, stream.pages[index], year_be)
    return tuple(found)


def _labels(line: Passage) -> list[_Label]:
    """The labels of a line that holds nothing else: ten indicators in order, or instruments."""
    matches = list(_LABEL.finditer(line.text))
    if len(matches) < _FEWEST or _LABEL.sub("", line.text).strip():
        return []
    labels: list[_Label] = []
    for match in matches:
        box = line.box(match.start(), match.end())
        code = indicator_number(match[0]) or match[0]
        if box is None:
            return []
        labels.append(_Label(code, match[0], (box.x0 + box.x1) / 2))
    codes = [label.code for label in labels]
    rising = all(b.isdigit() and int(b) == int(a) + 1 for a, b in pairwise(codes) if a.isdigit())
    return labels if set(codes) == _INSTRUMENTS or (codes[0].isdigit() and rising) else []


def _values_above(stream: Stream, index: int) -> Iterator[tuple[Passage, Number, Box]]:
    """The numbers of the lines above that hold nothing but numbers."""
    for at in range(index - 1, -1, -1):
        line = stream.lines[at]
        if stream.pages[at] != stream.pages[index] or regex.search(r"[^\d\s.,%]", line.text):
            return
        for number in find_numbers(line.text):
            box = line.box(number.start, number.end)
            if box is not None:
                yield line, number, box


def _scores(
    labels: Sequence[_Label],
    values: Sequence[tuple[Passage, Number, Box]],
    page: int,
    year_be: int | None,
) -> list[Score]:
    apart = median(b.center - a.center for a, b in pairwise(labels))
    found: list[Score] = []
    for label in labels:
        over = [
            value
            for value in values
            if abs((value[2].x0 + value[2].x1) / 2 - label.center) <= _ASIDE * apart
        ]
        if len(over) > 1:
            return []
        found += [_score(label, *value, page, year_be) for value in over]
    readable = all(s.value is None or s.value <= _LARGEST for s in found)
    return found if readable and len(found) >= _MOST * len(labels) else []


def _score(
    label: _Label, line: Passage, number: Number, box: Box, page: int, year_be: int | None
) -> Score:
    return Score(
        score_id="",
        year_be=year_be,
        level=level_of(label.code),
        code=label.code,
        code_printed=label.printed,
        code_rule="number" if label.code.isdigit() else "exact",
        label_printed=label.printed,
        value=number.value,
        value_printed=line.printed_between(number.start, number.end).strip(),
        value_rule=number.rule,
        scale="percent",
        place="chart",
        page=page,
        box=box,
        table_no=None,
        row_no=None,
        text_source="text",
        confidence=1.0 if number.value is not None else 0.0,
    )

"""Questions and items that a report discusses without a score: codes at the head of a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from parsers.knowledge.titles import match_instrument
from parsers.model import Advice, Box, Cell
from parsers.reading.codes import find_code_groups, head_code
from parsers.reading.columns import Layout
from parsers.reading.references import Line, lines_of, references_in
from parsers.reading.resolve import Token, resolve
from parsers.reading.subjects import read_subject
from parsers.text.digits import to_ascii
from parsers.text.numbers import find_numbers
from parsers.text.stream import Stream
from parsers.text.thai import unwrap

__all__ = ["read_advice"]

# A text shorter than this says nothing about the question it names.
_SHORTEST = 25
_LONGEST_INSTRUMENT = 40
_LONGEST_RANGE = 30
# "ตามที่ควร", "สมควร", "อันควร" are part of the clause.
_CLAUSE_END = regex.compile(r"\s*(?:ดังนั้น|โดยหน่วยงาน|หน่วยงานควร|(?<!ที่|สม|อัน)ควร|จึง)")
_OPENING = regex.compile(r"^[\s.:)\]\-–]*(?:ประเด็น\s*[:\-]?\s*)?")
# A heading has a number, or stands apart: the line before it ended early.
_HEADING = regex.compile(
    r"\s*(?:(?P<numbered>(?:ตัวชี้วัดที่|ส่วนที่|ประเด็นที่|หมวด(?:ที่)?|ภาคผนวก)\s*[0-9๐-๙ก-ฮ](?![ก-๎]))"
    r"|ตัวชี้วัดที่|ส่วนที่|ข้อเสนอแนะ|ประเด็นที่|สำหรับ|เครื่องมือ|หมวด|ภาคผนวก)"
)
# Words that no line ends with before a heading.
_OPEN = regex.compile(r"(?:ใน|ของ|ตาม|และ|หรือ|กับ|ต่อ|แก่|จาก|คือ|ได้แก่|เช่น|โดย|ที่|ว่า|สำหรับ|[,(])$")
_FULL = 0.75  # of the longest line: a line that reaches so far went on
_MARKS = regex.compile(r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")


class _Entry(NamedTuple):
    """A head token with the text that follows it, and where it is printed.

    `more` are the other codes of a range or list that stands at the head ("E4-e5"); `box` is
    the place of the head, `lines` the lines of the text.
    """

    token: str
    led: bool
    text: str
    page: int
    instrument: str | None
    more: tuple[str, ...] = ()
    box: Box | None = None
    lines: tuple[Line, ...] = ()


class _Head(NamedTuple):
    """The token at the head of a line, whether led by ข้อ, the rest, and the codes besides."""

    token: str
    led: bool
    rest: str
    more: tuple[str, ...] = ()


def read_advice(
    layouts: Sequence[Layout], stream: Stream, *, year_be: int | None
) -> tuple[Advice, ...]:
    """Every code that stands at the head of a text without a score.

    Args:
        layouts: All tables; cells of text columns are searched.
        stream: The lines outside tables.
        year_be: Fiscal year (BE) whose questionnaire decides doubtful codes.
    """
    found: list[Advice] = []
    for entries in (*_grid_entries(layouts), list(_stream_entries(stream))):
        tokens = [
            Token(entry.token, _label(entry.text), entry.instrument, entry.led) for entry in entries
        ]
        for entry, result in zip(entries, resolve(tokens, year_be=year_be), strict=True):
            if result is not None and not _scored(entry):
                found.append(_advice(entry, result.code, result.rule, year_be))
                found += [_advice(entry, code, "range", year_be) for code in entry.more]
    return tuple(sorted(found, key=lambda advice: advice.page))


def _grid_entries(layouts: Sequence[Layout]) -> Iterator[list[_Entry]]:
    for layout in layouts:
        if layout.roles() & {"score", "weighted", "responsible", "steps"}:
            continue  # question tables give scores; the codes of plans stand in `measures`
        yield [entry for _, row in layout.body() for entry in _row_entries(row)]


def _row_entries(row: Sequence[Cell | None]) -> Iterator[_Entry]:
    """The texts of a row that begin with a code, in one cell or in the cells beside it."""
    instrument = None
    alone: _Entry | None = None
    last: Cell | None = None
    for cell in row:
        if cell is None or cell is last:
            continue
        last = cell
        if len(cell.text) <= _LONGEST_INSTRUMENT:
            instrument = match_instrument(unwrap(cell.text)) or instrument
        head = head_code(cell.text)
        if head and head.end == len(cell.text.rstrip()):
            box = cell.passage.box(head.start, head.end)
            alone = _Entry(head.token, True, "", cell.page, instrument, box=box)
            continue
        lines = lines_of(cell.passage, cell.page)
        if alone:
            text = f"{alone.text}\n{cell.text}".strip()
            alone = alone._replace(text=text, lines=(*alone.lines, *lines))
            continue
        yield from _entries(lines, instrument)
    if alone and not _is_plain(alone.token):
        yield alone


def _is_plain(token: str) -> bool:
    """Whether a token alone in its cell may be a list number as well as a code."""
    folded = to_ascii(token).strip()
    return folded.isdigit() and not folded.startswith("0")


def _stream_entries(stream: Stream) -> Iterator[_Entry]:
    lines: list[Line] = []
    for index, line in enumerate(stream.lines):
        page = stream.pages[index]
        parted = index and stream.text[stream.starts[index] - 2 : stream.starts[index]] == "\n\n"
        if parted:
            lines.append(Line("", page, line, 0))
        lines.append(Line(line.text, page, line, 0))
    yield from _entries(lines, None)


def _entries(lines: Sequence[Line], instrument: str | None) -> Iterator[_Entry]:
    """Cut lines into texts that begin with a code; an empty line or a heading ends one."""
    current: _Entry | None = None
    before, longest = "", max((_length(line.text) for line in lines), default=0)
    for line in lines:
        before, former = line.text, before
        head = _head(line.text)
        if head is not None:
            if current:
                yield current
            current = _begun(line, head, instrument)
        elif current and (not line.text.strip() or _is_heading(line.text, former, longest)):
            yield current
            current = None
        elif current:
            text = current.text + "\n" + line.text
            current = current._replace(text=text, lines=(*current.lines, line))
    if current:
        yield current


def _begun(line: Line, head: _Head, instrument: str | None) -> _Entry:
    at = line.start + max(line.text.find(head.token), 0)
    box = line.passage.box(at, at + len(head.token))
    return _Entry(head.token, head.led, head.rest, line.page, instrument, head.more, box, (line,))


def _is_heading(line: str, before: str, longest: int) -> bool:
    """Whether a heading begins, and not the rest of a sentence that was wrapped before it."""
    found = _HEADING.match(line)
    if found is None or _OPEN.search(before.rstrip()):
        return False
    return bool(found["numbered"]) or _length(before) < _FULL * longest


def _length(line: str) -> int:
    """How many letters stand side by side: marks take no room."""
    return len(_MARKS.sub("", line))


def _head(line: str) -> _Head | None:
    head = head_code(line)
    if head is None:
        return None
    rest = line[head.end :]
    if _is_plain(head.token):
        if not rest[:1].isspace() or not (head.led or rest.lstrip().startswith("ประเด็น")):
            return None
        if read_subject(rest.split()[0] if rest.split() else "") is not None:
            return None  # "ตัวชี้วัดที่ ๖ คุณภาพการดำเนินงาน …"
    elif to_ascii(head.token).strip().isdigit() and not rest[:1].isspace():
        return None
    group = next(iter(find_code_groups(line[head.start : head.start + _LONGEST_RANGE])), None)
    if group is None or group.start > 0 or len(group.codes) < 2:
        return _Head(head.token, head.led, rest)
    return _Head(head.token, head.led, line[head.start + group.end :], group.codes[1:])


def _label(text: str) -> str:
    """The clause that names the question: up to ดังนั้น or the first recommendation."""
    flat = unwrap(text).replace("\n", " ")
    flat = _OPENING.sub("", flat)
    end = _CLAUSE_END.search(flat)
    return (flat[: end.start()] if end and end.start() > 0 else flat)[:200].strip()


def _scored(entry: _Entry) -> bool:
    """Whether the text gives the question's score: then it is a score, not advice."""
    head = unwrap(entry.text)[:120]
    if len(unwrap(entry.text).strip()) < _SHORTEST:
        return True
    return any(
        number.kind in {"plain", "percent"} and regex.match(r"\s*คะแนน", head[number.end :])
        for number in find_numbers(head)
    )


def _advice(entry: _Entry, code: str, rule: str, year_be: int | None) -> Advice:
    text = _OPENING.sub("", unwrap(entry.text))
    others = dict.fromkeys(
        named for group in find_code_groups(text) for named in group.codes if named != code
    )
    return Advice(
        year_be=year_be,
        code=code,
        code_printed=entry.token,
        code_rule=rule,
        label_printed=_label(entry.text),
        text=text,
        refers_to=tuple(others),
        page=entry.page,
        box=entry.box,
        references=tuple(references_in(entry.lines)),
    )

"""Which rows of a table are headings, and which are titles above them.

Headings are told by their words (`data/headers.toml`), by the shape of the rows (a cell
that spans several columns has its parts below it) and by contrast: words on top of a
column of numbers. Repetition on the next page is judged where pages are joined.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from parsers.errors import DataTableError
from parsers.tables.fragments import Fragment, Slot, rows_of
from parsers.text.digits import to_ascii

__all__ = [
    "bare",
    "begins_item",
    "find_headers",
    "folded",
    "is_contents",
    "is_heading",
    "is_heading_row",
    "is_number",
]

MOST_HEADER_ROWS = 3
_CACHED = 4096  # cells are asked about many times, and tables repeat them
_TABLE = "headers.toml"
_VOWELS = re.compile(r"[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e\ufffd]")
_NUMBER = re.compile(
    r"[+-]?\d{1,3}(?:,\d{3})*(?:\.\d+)?%?(?:คะแนน)?|[+-]?\d+(?:\.\d+)?%?(?:คะแนน)?|-|–|n/a"
)
_DECIMAL = re.compile(r"(?<![\d.])\d{1,3}\.\d{1,3}(?![\d.])")
_LONG_NUMBER = re.compile(r"\d{3,}")
# Compared without vowel and tone marks: damaged text layers lose or mistake them.
_ITEM = re.compile(r"\(?(?:ขอ|ตวชวด|ประเดน)?(?:ท)?(?:[ioe][ps]?)?\d{1,2}(?:[.)]|\D|$)")
_COUNTED = re.compile(r"\(?(\d{1,2})\)?")


@dataclass(frozen=True, slots=True)
class _Words:
    longest: int
    whole: frozenset[str]
    begins: tuple[str, ...]
    within: tuple[str, ...]
    contents: frozenset[str]


@lru_cache(maxsize=_CACHED)
def folded(text: str) -> str:
    """A text as headings are compared: Arabic digits, lower case, no blanks.

    >>> folded("คะแนน ปี ๒๕๖๗")
    'คะแนนปี2567'
    """
    return "".join(to_ascii(text).replace("\u200b", "").split()).lower()


@lru_cache(maxsize=_CACHED)
def bare(text: str) -> str:
    """A text without Thai vowels and tones, which damaged text layers lose or mistake.

    >>> bare("ข้อคำถาม ๒") == bare("ขูอค\ufffdาถาม 2")
    True
    """
    return _VOWELS.sub("", folded(text))


@lru_cache(maxsize=_CACHED)
def is_number(text: str) -> bool:
    """Whether a cell holds one number, or the dash that stands for none.

    >>> is_number("๙๙.๓๕"), is_number("100 คะแนน"), is_number("i1"), is_number("")
    (True, True, False, False)
    """
    return _NUMBER.fullmatch(folded(text)) is not None


@lru_cache(maxsize=_CACHED)
def begins_item(text: str) -> bool:
    """Whether a text begins with the number or code of an item.

    >>> begins_item("ข้อ i๑ การปฏิบัติงาน"), begins_item("๒. มาตรการ"), begins_item("พ.ศ. 2568")
    (True, True, False)
    """
    return _ITEM.match(bare(text)) is not None


@lru_cache(maxsize=_CACHED)
def is_heading(text: str) -> bool:
    """Whether a cell reads like the heading of a column.

    >>> is_heading("เครื่องมือ การประเมิน"), is_heading("๑. การปฏิบัติหน้าที่")
    (True, False)
    """
    words = _words()
    plain = folded(text)
    if not plain or len(plain) > words.longest or _DECIMAL.search(plain):
        return False
    plain = bare(text)
    if plain in words.whole:
        return True
    if _LONG_NUMBER.search(plain) and not re.search(r"(25|20)\d\d", plain):
        return False
    return plain.startswith(words.begins) or any(word in plain for word in words.within)


def is_contents(texts: Sequence[str]) -> bool:
    """Whether headings belong to a table of contents."""
    return any(bare(text) in _words().contents for text in texts)


def is_heading_row(texts: Sequence[str]) -> bool:
    """Whether the filled cells of a row read like headings.

    >>> is_heading_row(["ลำดับ", "ตัวชี้วัด", "คะแนน"]), is_heading_row(["1", "IIT", "98.01"])
    (True, False)
    """
    filled = [text for text in texts if text.strip()]
    if not filled or any(_DECIMAL.search(folded(text)) for text in filled):
        return False
    hits = sum(is_heading(text) for text in filled)
    return hits >= max(2 if len(filled) > 1 else 1, 0.5 * len(filled))


def find_headers(fragment: Fragment) -> Fragment:
    """The fragment with its heading rows counted and the titles above them taken out."""
    rows = rows_of(fragment)
    titles = _title_rows(fragment, rows)
    rows = rows[titles:]
    count = _header_rows(rows, fragment.column_count)
    if not count:
        return fragment
    if not titles:
        return replace(fragment, header_rows=count)
    held = [slot.passage for slot in fragment.slots if slot.row < titles and slot.text]
    slots = tuple(
        slot._replace(row=slot.row - titles) for slot in fragment.slots if slot.row >= titles
    )
    return replace(
        fragment, ys=fragment.ys[titles:], slots=slots, titles=tuple(held), header_rows=count
    )


def _title_rows(fragment: Fragment, rows: Sequence[Sequence[Slot]]) -> int:
    """How many full-width rows stand at the top."""
    count = 0
    for row in rows:
        if len(row) != 1 or row[0].column_span < fragment.column_count or row[0].row_span > 1:
            break
        count += 1
    return count


def _header_rows(rows: Sequence[Sequence[Slot]], columns: int) -> int:
    if not rows:
        return 0
    first = [slot.text for slot in rows[0]]
    if sum(bool(text) for text in first) < 2:
        return 0
    if is_heading_row(first) or _two_levels(rows, columns):
        return _depth(rows, columns)
    if len(rows) > 1 and _spans(rows[0], columns) and is_heading_row([s.text for s in rows[1]]):
        return max(2, _depth(rows, columns))
    return _depth(rows, columns) if _stands_out(rows, columns) else 0


def _spans(row: Sequence[Slot], columns: int) -> bool:
    """Whether a cell of the row stands over several columns, but not over all."""
    return any(1 < slot.column_span < columns for slot in row)


def _two_levels(rows: Sequence[Sequence[Slot]], columns: int) -> bool:
    """Whether the first row has cells over several columns beside cells over two rows."""
    filled = [slot for slot in rows[0] if slot.text]
    if len(rows) < 3 or len(filled) < 2 or len(filled) < len(rows[0]) - 1:
        return False
    if any(_DECIMAL.search(folded(slot.text)) or len(slot.text) > 90 for slot in filled):
        return False
    return _spans(filled, columns) and any(slot.row_span == 2 for slot in filled)


def _depth(rows: Sequence[Sequence[Slot]], columns: int) -> int:
    """How many rows the headings take, given that the first row is one."""
    first = rows[0][0].row
    depth = 1
    while depth < min(len(rows), MOST_HEADER_ROWS):
        above = [slot for row in rows[:depth] for slot in row]
        below = [slot.text for slot in rows[depth] if slot.text]
        data = any(_DECIMAL.search(folded(text)) for text in below)
        spanned = any(slot.row + slot.row_span - first > depth for slot in above)
        parts = _spans(rows[depth - 1], columns) and not data
        told = _counts(below) or (_fills(rows[depth - 1], rows[depth]) and _all_headings(below))
        if not (spanned or parts or told):
            break
        depth += 1
    return depth


def _fills(above: Sequence[Slot], below: Sequence[Slot]) -> bool:
    """Whether a row has text under empty cells of the row above."""
    filled = {slot.column for slot in above if slot.text}
    return any(slot.text and slot.column not in filled for slot in below)


def _all_headings(texts: Sequence[str]) -> bool:
    return sum(is_heading(text) for text in texts) >= 0.75 * len(texts)


def _counts(texts: Sequence[str]) -> bool:
    """Whether a row numbers the columns: (1) (2) (3)."""
    if len(texts) < 3:
        return False
    matches = [_COUNTED.fullmatch(folded(text)) for text in texts]
    numbers = [int(match[1]) for match in matches if match]
    return len(numbers) == len(texts) and numbers == list(range(1, len(texts) + 1))


def _stands_out(rows: Sequence[Sequence[Slot]], columns: int) -> bool:
    """Whether the first row has short words over columns of numbers."""
    head = rows[0]
    filled = [slot for slot in head if slot.text]
    if len(filled) < max(2, 0.6 * len(head)) or len(rows) < 3:
        return False
    if any(is_number(slot.text) or len(folded(slot.text)) > 60 for slot in filled):
        return False
    if any(_DECIMAL.search(folded(slot.text)) for slot in filled):
        return False
    body = [slot for row in rows[1:] for slot in row if slot.text]
    for top in filled:
        below = [slot.text for slot in body if slot.column == top.column]
        numbers = sum(is_number(text) for text in below)
        if len(below) >= 2 and numbers >= 0.7 * len(below) and not _ordinals(below):
            return True
    return False


def _ordinals(texts: Sequence[str]) -> bool:
    """Whether a column only counts its rows."""
    plain = [folded(text) for text in texts]
    return all(text.isdigit() for text in plain) and plain[:2] == ["1", "2"]


@cache
def _words() -> _Words:
    table = tomllib.loads(files("parsers.data").joinpath(_TABLE).read_text(encoding="utf-8"))
    known = {"longest", "whole", "begins", "within", "contents"}
    if set(table) != known:
        odd = ", ".join(sorted(set(table) ^ known))
        raise DataTableError(_TABLE, odd, "entry is unknown or missing")
    longest = table["longest"]
    if not isinstance(longest, int) or longest < 1:
        raise DataTableError(_TABLE, "longest", "must be a whole number above 0")
    lists = {name: _word_list(name, table[name]) for name in sorted(known - {"longest"})}
    return _Words(
        longest,
        frozenset(lists["whole"]),
        lists["begins"],
        lists["within"],
        frozenset(lists["contents"]),
    )


def _word_list(name: str, entries: object) -> tuple[str, ...]:
    if not isinstance(entries, list) or not entries:
        raise DataTableError(_TABLE, name, "must be a list of words")
    for entry in entries:
        if not isinstance(entry, str) or not bare(entry):
            raise DataTableError(_TABLE, name, f"not a word: {entry!r}")
    return tuple(bare(entry) for entry in entries)

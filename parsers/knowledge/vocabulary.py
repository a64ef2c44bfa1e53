"""The words by which columns, rows and phrases are recognised (`data/vocabulary.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import regex

from parsers.errors import DataTableError
from parsers.text.digits import to_ascii

__all__ = ["column_role", "fold", "loose", "phrase", "row_says"]

_TABLE = "vocabulary.toml"
_REMEMBERED = 4096
# Between two Thai letters outside a character class.
_INSIDE = regex.compile(r"(?<=[ก-๎])(?=[ก-๎])(?![^\[]*\])")


def fold(text: str) -> str:
    """A text as the vocabulary sees it: Arabic digits, lower case, no blanks.

    >>> fold("คะแนน (ปี ๒๕๖๗)")
    'คะแนน(ปี2567)'
    """
    return "".join(to_ascii(text).replace("\u200b", "").split()).lower()


def loose(expression: str) -> str:
    """An expression that also fits where a line ends between two Thai letters of it.

    >>> regex.search(loose("ภาพรวม"), "คะแนนในภาพ" + chr(10) + "รวม") is not None
    True
    """
    return _INSIDE.sub(r"\\n?", expression)


@lru_cache(maxsize=_REMEMBERED)
def column_role(heading: str) -> str | None:
    """The role that a column heading gives its column, by the first entry that fits.

    >>> column_role("คะแนนถ่วงน้ำหนัก"), column_role("ผู้รับผิดชอบ"), column_role("?")
    ('weighted', 'responsible', None)
    """
    folded = fold(heading)
    if not folded:
        return None
    for role, pattern in _patterns("columns").items():
        if pattern.search(folded):
            return role
    return None


@lru_cache(maxsize=_REMEMBERED)
def row_says(kind: str, label: str) -> bool:
    """Whether a row's label says what an entry of `[rows]` stands for.

    >>> row_says("total", "คะแนนรวม"), row_says("total", "การใช้อำนาจ")
    (True, False)
    """
    return _patterns("rows")[kind].search(fold(label)) is not None


@cache
def phrase(kind: str) -> regex.Pattern[str]:
    """The compiled alternatives of an entry of `[phrases]` (matched against unfolded text)."""
    return _patterns("phrases")[kind]


@cache
def _patterns(section: str) -> dict[str, regex.Pattern[str]]:
    return {name: _compiled(section, name, entries) for name, entries in _table()[section].items()}


def _compiled(section: str, name: str, entries: object) -> regex.Pattern[str]:
    if not (isinstance(entries, list) and entries and all(isinstance(e, str) for e in entries)):
        raise DataTableError(_TABLE, f"[{section}] {name}", "must be a list of expressions")
    try:
        told = [loose(entry) if section == "phrases" else entry for entry in entries]
        return regex.compile("|".join(f"(?:{entry})" for entry in told))
    except regex.error as error:
        raise DataTableError(_TABLE, f"[{section}] {name}", str(error)) from error


@cache
def _table() -> dict[str, dict[str, Any]]:
    text = files("parsers").joinpath("data", _TABLE).read_text(encoding="utf-8")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataTableError(_TABLE, "the file", str(error)) from error
    for section in ("columns", "rows", "phrases"):
        if section not in table:
            raise DataTableError(_TABLE, f"[{section}]", "is missing")
    return table

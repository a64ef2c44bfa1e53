"""The forms of sentences that speak of several scores at once (`data/claims.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import regex
from msgspec import Struct, ValidationError, convert

from parsers.errors import DataTableError

__all__ = ["form", "silences"]

_TABLE = "claims.toml"
_WORD = regex.compile(r"@([a-z]+)")
_CLASS_OR_BLANK = regex.compile(r"\[[^\]]*\]| ")
# What a blank of the table stands for: any blanks, one line end among them at most.
_BLANK = r"(?:[^\S\n]*+\n?+[^\S\n]*+)"
_DEEPEST = 8


class _Table(Struct, frozen=True, forbid_unknown_fields=True):
    words: dict[str, str]
    forms: dict[str, str]
    silence: dict[str, tuple[str, ...]]


@cache
def form(name: str) -> regex.Pattern[str]:
    """The expression of an entry of `[forms]`, for text with Arabic digits."""
    return _compiled(f"[forms] {name}", _table().forms[name])


@cache
def silences(name: str) -> regex.Pattern[str]:
    """The expressions of an entry of `[silence]`, any of them."""
    entries = "|".join(f"(?:{entry})" for entry in _table().silence[name])
    return _compiled(f"[silence] {name}", entries)


def _compiled(entry: str, expression: str) -> regex.Pattern[str]:
    for _ in range(_DEEPEST):
        if not _WORD.search(expression):
            break
        expression = _WORD.sub(lambda found: _word(entry, found[1]), expression)
    spread = _CLASS_OR_BLANK.sub(lambda m: _BLANK if m[0] == " " else m[0], expression)
    try:
        return regex.compile(spread)
    except regex.error as error:
        raise DataTableError(_TABLE, entry, str(error)) from error


def _word(entry: str, name: str) -> str:
    word = _table().words.get(name)
    if word is None:
        raise DataTableError(_TABLE, entry, f"@{name} is no entry of [words]")
    return word


@cache
def _table() -> _Table:
    text = files("parsers").joinpath("data", _TABLE).read_text(encoding="utf-8")
    try:
        return convert(tomllib.loads(text), _Table)
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise DataTableError(_TABLE, "the file", str(error)) from error

"""The words around names of years, agencies and places (`data/naming.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import msgspec
import regex

from parsers.errors import DataTableError
from parsers.reading.agencies import AgencyType, agency_types

__all__ = ["Pattern", "TypeWord", "of_words", "pattern", "type_pattern", "type_words"]

_TABLE = "naming.toml"
_BLANKS = r"[ \n]?"

Pattern = regex.Pattern[str]


class _Of(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    of: str
    words: str


class _Heading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    begins: str
    goes_on: str
    sentence: str


class _Agency(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    offices: dict[str, str]
    parts: tuple[str, ...]
    follows: str
    partners: str
    signed: str


class _Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    none: str


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    heading: _Heading
    of: tuple[_Of, ...]
    agency: _Agency
    place: _Place


class TypeWord(NamedTuple):
    """A word that begins an agency's name.

    Attributes:
        kind: The type.
        standing: `full`, `short`, `office` (a title of office that holds the name) or
            `odd` (not the legal word, a slip of the pen).
    """

    kind: AgencyType
    standing: str


@cache
def pattern(name: str) -> Pattern:
    """An expression of the table by section and entry, `heading.begins`."""
    section, _, entry = name.partition(".")
    return _compiled(getattr(getattr(_table(), section), entry), name)


@cache
def of_words() -> tuple[tuple[str, Pattern], ...]:
    """What a year can be the year of, with the words that tell."""
    return tuple((entry.of, _compiled(entry.words, f"[[of]] {entry.of}")) for entry in _table().of)


@cache
def type_words() -> dict[str, TypeWord]:
    """The words that begin names made of places, and what they stand for."""
    words: dict[str, TypeWord] = {}
    for kind in agency_types():
        if not kind.unit or kind.slug == "province":
            continue
        words[kind.names[0]] = TypeWord(kind, "full")
        words |= {name: TypeWord(kind, "odd") for name in kind.names[1:]}
        words |= {name: TypeWord(kind, "short") for name in kind.short if name.endswith(".")}
        if kind.slug in _table().agency.offices:
            words[_table().agency.offices[kind.slug]] = TypeWord(kind, "office")
    return words


@cache
def type_pattern() -> Pattern:
    """Finds the words of `type_words`, also where a line ends inside one."""
    longest_first = sorted(type_words(), key=len, reverse=True)
    return regex.compile("|".join(_breakable(word) for word in longest_first))


def _breakable(word: str) -> str:
    if word.endswith("."):
        return regex.escape(word)
    return _BLANKS.join(regex.split(f"(?<=.)(?={'|'.join(_table().agency.parts)})", word))


def _compiled(expression: str, entry: str) -> Pattern:
    try:
        return regex.compile(expression)
    except regex.error as error:
        raise DataTableError(_TABLE, entry, str(error)) from error


@cache
def _table() -> _Table:
    text = files("parsers").joinpath("data", _TABLE).read_text(encoding="utf-8")
    try:
        return msgspec.convert(tomllib.loads(text), _Table)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise DataTableError(_TABLE, "the table", str(error)) from error

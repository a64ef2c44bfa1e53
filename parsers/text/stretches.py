"""The words beside numbers, and the stretches of text whose numbers are no scores.

What they are is data: `data/numbers.toml`.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from functools import cache
from importlib import resources
from typing import Any, Literal, NamedTuple, get_args

from parsers.errors import DataTableError
from parsers.text.dates import find_dates, find_years

__all__ = ["Kind", "Stretch", "Stretches", "beside", "find_stretches", "stands_before"]

Kind = Literal["plain", "percent", "date-part", "code", "ordinal", "reference", "range"]

_TABLE = "numbers.toml"
_REACH = 24  # characters before a number in which its word may stand


class Stretch(NamedTuple):
    """A stretch of a text whose numbers are of one kind."""

    start: int
    end: int
    kind: Kind


@cache
def _table() -> dict[str, Any]:
    source = resources.files("parsers").joinpath("data", _TABLE).read_text(encoding="utf-8")
    return tomllib.loads(source)


@cache
def _patterns() -> tuple[tuple[Kind, re.Pattern[str], re.Pattern[str]], ...]:
    """Kind, sign and pattern of every entry of `[[stretch]]`."""
    kinds = get_args(Kind)
    patterns = []
    for entry in _table().get("stretch", []):
        if entry.get("kind") not in kinds:
            raise DataTableError(_TABLE, entry.get("what", "?"), f"kind must be one of {kinds}")
        try:
            pattern = re.compile(entry["pattern"], re.IGNORECASE)
            patterns.append((entry["kind"], re.compile(entry.get("sign", "")), pattern))
        except (KeyError, re.error) as error:
            raise DataTableError(_TABLE, entry.get("what", "?"), f"pattern: {error}") from error
    return tuple(patterns)


@cache
def beside(name: str) -> re.Pattern[str]:
    """The words of an entry of `[beside]`, to be matched where a number ends or begins.

    Raises:
        DataTableError: If the entry is missing or is no regular expression.
    """
    words = _table().get("beside", {}).get(name)
    if not words:
        raise DataTableError(_TABLE, f"[beside] {name}", "is missing or empty")
    joined = "|".join(f"(?:{word})" for word in words)
    after = rf"\s{{0,3}}(?:{joined})"
    before = rf"(?:{joined})[\s:=(]{{0,4}}\Z"
    try:
        return re.compile(after if name.endswith("_after") else before, re.IGNORECASE)
    except re.error as error:
        raise DataTableError(_TABLE, f"[beside] {name}", f"pattern: {error}") from error


def stands_before(flat: str, at: int, name: str) -> bool:
    """Whether a word of an entry of `[beside]` stands before a place."""
    return beside(name).search(flat[max(0, at - _REACH) : at]) is not None


def find_stretches(text: str, flat: str) -> list[Stretch]:
    """Every stretch, overlapping ones too; `flat` is the text with Arabic digits."""
    found = [
        Stretch(*match.span(), kind)
        for kind, sign, pattern in _patterns()
        if sign.search(flat)
        for match in pattern.finditer(flat)
    ]
    found += [Stretch(date.start, date.end, "date-part") for date in find_dates(text)]
    found += [
        Stretch(year.start, year.end, "date-part")
        for year in find_years(text)
        if year.context != "reference"
    ]
    return found


class Stretches:
    """Which stretch, if any, covers a place: the one that begins first, then the longest."""

    def __init__(self, found: list[Stretch]) -> None:
        self._kept: list[Stretch] = []
        for stretch in sorted(found, key=lambda s: (s.start, -s.end)):
            if not self._kept or stretch.start >= self._kept[-1].end:
                self._kept.append(stretch)
        self._starts = [stretch.start for stretch in self._kept]

    def over(self, start: int, end: int) -> Kind | None:
        """The kind of the stretch that covers a place whole."""
        index = bisect_right(self._starts, start) - 1
        if index >= 0 and end <= self._kept[index].end:
            return self._kept[index].kind
        return None

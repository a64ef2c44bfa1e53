"""How likely a letter is after others in Thai: what the reader of lines leans on in doubt.

Only letters are judged. Digits, signs and blanks are as likely as the network says: no word
list may make a 3 of an 8.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

__all__ = ["LONGEST", "odds", "plain"]

LONGEST = 4
"""Letters in the longest stretches that are counted, the last one included."""
_TABLE = "reader/letters.txt.gz"
_TRUST = 0.4
"""How much the letters before count against what the network sees."""
_USUAL = 1 / 20
"""A letter of this likelihood is neither favoured nor held back."""
_LEAST, _MOST = 0.09, 2.8
_DIGITS = str.maketrans(dict.fromkeys("0123456789๐๑๒๓๔๕๖๗๘๙", "0"))


def plain(text: str) -> str:
    """Text as it is counted: all digits alike, no capitals.

    >>> plain("O๑๒ ITA")
    'o00 ita'
    """
    return text.translate(_DIGITS).lower()


def odds(before: str, char: str) -> float:
    """By how much a character is favoured (above 1) or held back (below 1) after others.

    >>> odds("หน่วยงา", "น") > 1 > odds("หน่วยงา", "ฆ")
    True
    >>> odds("คะแนน ", "8")
    1.0
    """
    if not char.isalpha() and not "\u0e30" <= char <= "\u0e4e":
        return 1.0
    return _odds(plain(before[1 - LONGEST :]), plain(char))


@lru_cache(maxsize=200_000)
def _odds(before: str, char: str) -> float:
    return float(min(_MOST, max(_LEAST, (_chance(before, char) / _USUAL) ** _TRUST)))


def _chance(before: str, char: str) -> float:
    """Probability of a letter: longer stretches count as far as they were met (Witten, Bell)."""
    table = _table()
    if not before:
        return (table.counts.get(char, 0) + 1) / (table.total + 200)
    met, kinds = table.after.get(before, (0, 0))
    shorter = _chance(before[1:], char)
    if not met:
        return shorter
    return (table.counts.get(before + char, 0) + kinds * shorter) / (met + kinds)


@dataclass(frozen=True, slots=True)
class _Table:
    """Counts of stretches; how often, and by how many letters, each is followed."""

    counts: dict[str, int]
    after: dict[str, tuple[int, int]]
    total: int


@cache
def _table() -> _Table:
    data = files("parsers").joinpath("data", *_TABLE.split("/")).read_bytes()
    counts: dict[str, int] = {}
    after: dict[str, tuple[int, int]] = {}
    total = 0
    for line in gzip.decompress(data).decode("utf-8").splitlines():
        text, _, number = line.partition("\t")
        count = int(number)
        counts[text] = count
        if len(text) == 1:
            total += count
        met, kinds = after.get(text[:-1], (0, 0))
        after[text[:-1]] = (met + count, kinds + 1)
    return _Table(counts, after, total)

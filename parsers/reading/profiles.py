"""What the cells of a column look like: numbers, codes, marks, names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex

from parsers.knowledge.titles import match_instrument, match_level, match_pass
from parsers.knowledge.vocabulary import row_says
from parsers.reading.codes import candidates
from parsers.reading.subjects import subindicator_code
from parsers.text.digits import to_ascii
from parsers.text.numbers import read_score

__all__ = ["Profile", "is_decimal", "profile_of"]

_MOST = 0.5
# Marks, levels, codes and scores are short; names of instruments are longer.
_LONGEST_WORD = 40
_LONGEST_NAME = 60
_NO_WORDS = regex.compile(r"[\d\s.,%+\-–()/]*")
# What has gone up or down: "+0.90", "สูงขึ้น 1.25", "▼ 2.10".
_CHANGE = regex.compile(r"^\s*[+\-−–]\s*\d|เพิ่มขึ้น|ลดลง|สูงขึ้น|ต่ำลง|^\s*[▲▼↑↓]")
_CERTAIN = frozenset({"exact", "zero-for-o"})
_REMEMBERED = 8192


@dataclass(frozen=True, slots=True)
class Profile:
    """How many of a column's filled body cells look like what."""

    filled: int
    numeric: int
    scores: int
    decimals: int
    ordinals: int
    codes: int
    parts: int
    instruments: int
    levels: int
    passes: int
    agencies: int
    changes: int

    def most(self, count: int) -> bool:
        """Whether a count is at least half of the filled cells."""
        return self.filled > 0 and count >= _MOST * self.filled


class _Look(NamedTuple):
    """What one text looks like; `value` is the score that it holds."""

    numeric: bool
    value: Decimal | None
    code: bool
    part: bool
    instrument: bool
    level: bool
    passed: bool
    agency: bool
    change: bool


def profile_of(texts: Sequence[str]) -> Profile:
    """What the filled cells of a column look like, given as texts in one line each."""
    looks = [_look(text) for text in texts]
    return Profile(
        filled=len(texts),
        numeric=sum(look.numeric for look in looks),
        scores=sum(look.value is not None for look in looks),
        decimals=sum(
            bool(look.value.as_tuple().exponent) for look in looks if look.value is not None
        ),
        ordinals=_ordinals(texts),
        codes=sum(look.code for look in looks),
        parts=sum(look.part for look in looks),
        instruments=sum(look.instrument for look in looks),
        levels=sum(look.level for look in looks),
        passes=sum(look.passed for look in looks),
        agencies=sum(look.agency for look in looks),
        changes=sum(look.change for look in looks),
    )


def is_decimal(text: str) -> bool:
    """Whether a cell holds one score with decimals.

    >>> is_decimal("๙๙.๓๕"), is_decimal("100"), is_decimal("ข้อ 9.1 ก")
    (True, False, False)
    """
    value = _look(text).value if "." in text else None
    return value is not None


@lru_cache(maxsize=_REMEMBERED)
def _look(text: str) -> _Look:
    short = len(text) <= _LONGEST_WORD
    digits = sum(map(str.isdigit, text))
    number = read_score(text) if short and digits else None
    worded = _NO_WORDS.fullmatch(text) is None
    return _Look(
        numeric=short and digits > 0 and (digits * 2 >= len(text) or number is not None),
        value=number.value if number else None,
        code=short and digits > 0 and _is_code(text),
        part=short and digits > 1 and subindicator_code(text) == (to_ascii(text), ""),
        instrument=worded and len(text) < _LONGEST_NAME and match_instrument(text) is not None,
        level=worded and short and match_level(text) is not None,
        passed=worded and short and match_pass(text) is not None,
        agency=worded and row_says("agency_like", text),
        change=short and digits > 0 and _CHANGE.search(text) is not None,
    )


def _is_code(text: str) -> bool:
    found = candidates(text.removeprefix("ข้อ").strip())
    return bool(found) and found[0][1] in _CERTAIN


def _ordinals(texts: Sequence[str]) -> int:
    """How many cells go on counting: 1, 2, 3 and so on."""
    values = [
        int(folded)
        if (folded := to_ascii(text).strip(" .)")).isdigit() and len(folded) < 5
        else None
        for text in texts
    ]
    pairs = pairwise(values)
    running = sum(1 for a, b in pairs if a is not None and b is not None and 0 <= b - a <= 1)
    return running + 1 if running else sum(1 for value in values if value == 1)

"""Names of instruments, levels and pass marks as reports print them (`wording.toml`).

Instruments are met as tokens (IIT, "oIT", "EIT(๑)", "EP"), spelled out in Thai or English,
and misprinted ("แบบวัด ITA"). Levels are recognised only where they stand alone, as in a
cell: an A within a sentence is no level.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

import regex
from msgspec import Struct, field
from rapidfuzz.fuzz import partial_ratio, ratio

from parsers.knowledge.catalogue import catalogue, read_packaged, years
from parsers.knowledge.terms import skeleton
from parsers.text.digits import to_ascii

__all__ = ["Wording", "match_instrument", "match_level", "match_pass", "wording"]

_TABLE = "wording.toml"

# Tables print the same few words again and again.
_REMEMBERED = 4096

_LEAST_NAME = 88.0
_SHORTEST_DAMAGED = 8
_LETTER_GRADE = 2
_TOKEN = regex.compile(r"[a-z0-9|]+")
_LOOKALIKES = str.maketrans("l1|0", "iiio")
_THAI = regex.compile("[ก-๙]")
_PART = regex.compile(r"(?:ส่วนที่|part)\s*[(\[]?\s*(\d)(?![\d.%])")
_NUMBER = regex.compile(r"\s*[(\[–-]?\s*(\d)(?![\d.%])")
_BRACKETS = regex.compile(r"[(\[]([^)\]]*)[)\]]")
_QUOTES = " \t\n\r\"'“”‘’«».:;,*-–—=()[]"
_MISPRINT_WITHIN = 12


class _Part(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of an instrument as it is printed."""

    code: str
    numbers: tuple[int, ...]
    tokens: tuple[str, ...]
    beside: tuple[str, ...]


class _Instrument(Struct, frozen=True, forbid_unknown_fields=True):
    """An instrument as it is printed."""

    code: str
    names: tuple[str, ...]
    tokens: tuple[str, ...]
    misprints: tuple[str, ...] = ()
    parts: tuple[_Part, ...] = ()


class _Indicators(Struct, frozen=True, forbid_unknown_fields=True):
    around: tuple[str, ...]


class _Levels(Struct, frozen=True, forbid_unknown_fields=True):
    lead: tuple[str, ...]


class _Pass(Struct, frozen=True, forbid_unknown_fields=True):
    yes: tuple[str, ...]
    no: tuple[str, ...]


class Wording(Struct, frozen=True, forbid_unknown_fields=True):
    """The table of words around titles, as it is written."""

    fillers: tuple[str, ...]
    title_ends_before: tuple[str, ...]
    announced_by: tuple[str, ...]
    voices: dict[str, tuple[str, ...]]
    indicators: _Indicators
    instruments: tuple[_Instrument, ...]
    levels: _Levels
    passes: _Pass = field(name="pass")


class _Found(NamedTuple):
    code: str
    strength: float


@cache
def wording() -> Wording:
    """The table of words around titles."""
    return read_packaged(_TABLE, Wording)


@lru_cache(maxsize=_REMEMBERED)
def match_instrument(printed: str) -> str | None:
    """The one instrument that a label, heading or caption names; None for none or several.

    Args:
        printed: Text of a cell or of a heading, in one line.

    >>> [match_instrument(text) for text in ("แบบวัด EIT(๑)", "oIT", "EP", "IIT และ EIT", "ITA")]
    ['EIT1', 'OIT', 'EIT1', None, None]
    """
    text = to_ascii(printed).lower()
    if not text.strip():
        return None
    found = [entry for known in wording().instruments if (entry := _in_text(known, text))]
    best = max((entry.strength for entry in found), default=0.0)
    codes = [entry.code for entry in found if entry.strength == best]
    return codes[0] if len(codes) == 1 else None


@lru_cache(maxsize=_REMEMBERED)
def match_level(printed: str, *, year_be: int | None = None) -> str | None:
    """The level that a cell holds, as the catalogue spells it; None for anything else.

    Args:
        printed: The whole text of a cell. Words around a level ("ระดับ", brackets, quotation
            marks) are passed over; a letter in a sentence is no level.
        year_be: Fiscal year; the level words of the five indices are looked for in 2561 alone,
            since "สูง" stands in many other tables.

    >>> [match_level(text) for text in ("ระดับ AA", "(ต้องปรับปรุง)", "A", "สำนัก A", "สูง")]
    ['AA', 'ต้องปรับปรุง', 'A', None, None]
    """
    names = _level_names(year_be)
    for text in _readings(printed):
        if text in names:
            return names[text]
        bare = skeleton(text)
        found = [name for spelt, name in names.items() if _same_word(skeleton(spelt), bare)]
        if len(set(found)) == 1:
            return found[0]
    return None


@lru_cache(maxsize=_REMEMBERED)
def match_pass(printed: str) -> bool | None:
    """Whether a cell says that the pass mark was reached; None where it says neither.

    >>> [match_pass(text) for text in ("ผ่านเกณฑ์", "ไม่ผ่าน", "ผ่านดี")]
    [True, False, None]
    """
    held = wording().passes
    for text in _readings(printed):
        bare = skeleton(text)
        if bare in set(map(skeleton, held.no)):
            return False
        if bare in set(map(skeleton, held.yes)):
            return True
    return None


def _in_text(known: _Instrument, text: str) -> _Found | None:
    """The instrument in a text, or the part of it where one alone is named."""
    tokens = _tokens(text)
    alone = [part.code for part in known.parts if not tokens.isdisjoint(map(_plain, part.tokens))]
    strength = 1.0 if alone else _strength(known, text, tokens)
    if not strength:
        return None
    numbers, bare = _numbers(known, text), skeleton(text)
    parts = {
        part.code
        for part in known.parts
        if part.code in alone
        or not numbers.isdisjoint(part.numbers)
        or any(skeleton(word) in bare for word in part.beside)
    }
    return _Found(parts.pop() if len(parts) == 1 else known.code, strength)


def _strength(known: _Instrument, text: str, tokens: set[str]) -> float:
    """1 for a token or a name that stands in the text, less for a damaged name, 0 for none."""
    if not tokens.isdisjoint(map(_plain, known.tokens)) or _misprinted(known, text):
        return 1.0
    bare = skeleton(text)
    names = [skeleton(name) for name in known.names]
    if any(name in bare for name in names):
        return 1.0
    alike = max((partial_ratio(name, bare) for name in names if len(name) <= len(bare)), default=0)
    return alike / 100 if alike >= _LEAST_NAME else 0.0


def _tokens(text: str) -> set[str]:
    return {_plain(match[0]) for match in _TOKEN.finditer(text)}


def _plain(token: str) -> str:
    return token.lower().translate(_LOOKALIKES)


def _misprinted(known: _Instrument, text: str) -> bool:
    """Whether a misprint of the token follows a word that announces an instrument."""
    for word in wording().announced_by:
        at = text.find(word)
        while at >= 0:
            behind = text[at + len(word) : at + len(word) + _MISPRINT_WITHIN]
            first = _TOKEN.search(behind)
            if first and _plain(first[0]) in set(map(_plain, known.misprints)):
                return _THAI.search(behind[: first.start()]) is None
            at = text.find(word, at + 1)
    return False


def _numbers(known: _Instrument, text: str) -> set[int]:
    """The numbers of parts behind the token of the whole: EIT(1), EIT ส่วนที่ 1 และส่วนที่ 2."""
    tokens = set(map(_plain, known.tokens))
    ends = [match.end() for match in _TOKEN.finditer(text) if _plain(match[0]) in tokens]
    behind = (_NUMBER.match(text, end) for end in ends)
    found = [match[1] for match in behind if match]
    return set(map(int, found + (_PART.findall(text, ends[0]) if ends else [])))


def _readings(printed: str) -> list[str]:
    """A cell without quotation marks and lead words; then without and within its brackets."""
    texts = [printed, _BRACKETS.sub(" ", printed), *_BRACKETS.findall(printed)]
    readings = [_without_lead(text.strip(_QUOTES)) for text in texts]
    return [text for text in dict.fromkeys(readings) if text]


def _without_lead(text: str) -> str:
    for lead in wording().levels.lead:
        if text.lower().startswith(lead):
            return text[len(lead) :].strip(_QUOTES)
    return text


def _same_word(spelt: str, bare: str) -> bool:
    if len(spelt) <= _LETTER_GRADE:
        return False  # AA to F are read letter by letter, in capitals
    if spelt == bare:
        return True
    long = min(len(spelt), len(bare)) >= _SHORTEST_DAMAGED
    return long and ratio(spelt, bare) >= _LEAST_NAME


@cache
def _level_names(year_be: int | None) -> dict[str, str]:
    chosen = [catalogue(year) for year in ((year_be,) if year_be in years() else years())]
    if year_be is not None:
        chosen.append(catalogue(year_be, "nacc-ita-5"))
    return {
        spelt: level.name
        for year in chosen
        if year
        for level in year.rating_levels
        for spelt in (level.name, *level.aliases)
    }

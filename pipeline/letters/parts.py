"""What letters are made of: lines, tables, names of scores, numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.audit.interval import decimals_of
from pipeline.audit.quantities import Key, level_of
from pipeline.audit.wording import Language, method, phrase

__all__ = [
    "Grid",
    "Line",
    "Say",
    "Section",
    "computed_by",
    "number",
    "padded",
    "score_name",
    "sentence",
]

# A phrase of the explanation in the language of the letter.
Say = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, set in by some steps."""

    text: str
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under headings; without headings, names and what they are."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the letter with its heading."""

    title: str
    blocks: tuple[Line | Grid, ...]


def computed_by(rule: str, target: Key, parts: Sequence[Key], language: Language) -> str:
    """What is computed, and from what."""
    how = method(rule, parts, language)
    return phrase("explain-by", language, what=score_name(target, language), how=how)


def score_name(key: Key, language: Language) -> str:
    """What a score is of, in short: a letter names its year and agency once."""
    level = level_of(key.code)
    weighted = (level, key.scale) == ("instrument", "weighted")
    name = "instrument-weighted" if weighted else level
    return phrase(f"short-{name}", language, code=key.code)


def sentence(text: str) -> str:
    """With a capital letter, as English sentences begin."""
    return text[:1].upper() + text[1:]


def number(value: Decimal) -> str:
    """A number without needless zeros, with two decimals at least.

    >>> number(Decimal("99.1350")), number(Decimal("85.3995333333"))
    ('99.135', '85.3995')
    """
    whole, _, rest = f"{value:.4f}".partition(".")
    return f"{whole}.{rest[:2]}{rest[2:].rstrip('0')}"


def padded(value: Decimal, decimals: int) -> str:
    """A value with the decimals that it counts as having, where it has fewer."""
    return f"{value:.{max(decimals, decimals_of(value))}f}"

"""What the glyphs of an embedded font stand for, as the font itself tells.

Told by, in this order: the font's character map (Unicode to glyph, read backwards), its
substitution rules (a lowered tone mark replaces the plain one), the order of the glyphs where
the font's order is known (`data/glyph_orders.toml`).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from parsers.pdf.glyphorders import glyph_orders

__all__ = ["FontLetters", "read_font"]

_SYMBOL = 0xF000  # fonts of one-byte codes address their glyphs by F000 + code
_MOST_BYTES = 40_000_000
_SINGLE, _LIGATURE = 1, 4  # kinds of substitution rules

_Letters = dict[int, list[str]]


@dataclass(frozen=True, slots=True)
class FontLetters:
    """The characters of a font's glyphs.

    Attributes:
        by_glyph: For each glyph number the texts it may stand for, the likeliest first.
        by_code: For fonts addressed by one byte: the glyph number of a code.
    """

    by_glyph: Mapping[int, tuple[str, ...]]
    by_code: Mapping[int, int]


@lru_cache(maxsize=32)
def read_font(data: bytes, name: str) -> FontLetters | None:
    """The characters of an embedded TrueType or OpenType font; None if it cannot be read.

    `name` is the font's name in the PDF; it tells whether the order of its glyphs is known.
    """
    from fontTools.ttLib import TTFont

    if len(data) > _MOST_BYTES:
        return None
    try:
        font = TTFont(io.BytesIO(data), lazy=True)
        letters, by_code = _mapped(font)
        if letters:
            _add_substitutes(font, letters)
        count = int(font["maxp"].numGlyphs)
    except Exception:  # noqa: BLE001 - a damaged font can make fontTools raise anything
        return None
    for glyph, letter in glyph_orders().letters(name, count).items():
        letters.setdefault(glyph, [letter])
    return FontLetters(
        {glyph: tuple(sorted(map(_plain, found), key=_rank)) for glyph, found in letters.items()},
        by_code,
    )


def _mapped(font: Any) -> tuple[_Letters, dict[int, int]]:
    """What the character maps tell: letters of glyphs, glyphs of one-byte codes."""
    letters: _Letters = {}
    by_code: dict[int, int] = {}
    if "cmap" not in font:
        return letters, by_code
    for table in font["cmap"].tables:
        place = (table.platformID, table.platEncID)
        pairs = ((code, font.getGlyphID(name)) for code, name in table.cmap.items())
        if place in ((3, 1), (3, 10)) or place[0] == 0:
            for code, glyph in pairs:
                if glyph and chr(code) not in letters.setdefault(glyph, []):
                    letters[glyph].append(chr(code))
        elif place in ((3, 0), (1, 0)):
            by_code.update((code & 0xFF, glyph) for code, glyph in pairs if _is_byte(code))
    return letters, by_code


def _is_byte(code: int) -> bool:
    return code < 0x100 or _SYMBOL <= code < _SYMBOL + 0x100


def _add_substitutes(font: Any, letters: _Letters) -> None:
    """Letters of glyphs that only a substitution rule reaches."""
    if "GSUB" not in font:
        return
    lookups = font["GSUB"].table.LookupList
    rules = [rule for lookup in (lookups.Lookup if lookups else ()) for rule in _rules(lookup)]
    # Twice: a substitute may be substituted again.
    for source, target in [*rules, *rules]:
        glyphs = [font.getGlyphID(name) for name in source]
        result = font.getGlyphID(target)
        if result in letters or not all(glyph in letters for glyph in glyphs):
            continue
        letters[result] = ["".join(_best(letters[glyph]) for glyph in glyphs)]


def _rules(lookup: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    """Pairs of replaced glyphs and the glyph that stands for them."""
    for table in lookup.SubTable:
        rule = getattr(table, "ExtSubTable", table)
        if rule.LookupType == _SINGLE:
            for source, target in rule.mapping.items():
                yield (source,), target
        elif rule.LookupType == _LIGATURE:
            for first, ligatures in rule.ligatures.items():
                for ligature in ligatures:
                    yield (first, *ligature.Component), ligature.LigGlyph


def _plain(text: str) -> str:
    return glyph_orders().variants.get(text, text)


def _best(texts: Iterable[str]) -> str:
    return min(map(_plain, texts), key=_rank)


def _rank(text: str) -> int:
    """Thai before the rest, private code points last."""
    if "\u0e01" <= text[:1] <= "\u0e5b":
        return 0
    return 2 if "\ue000" <= text[:1] <= "\uf8ff" else 1

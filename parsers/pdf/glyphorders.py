"""The packaged table of glyph orders (`data/glyph_orders.toml`), checked when first read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from parsers.errors import DataTableError

__all__ = ["GlyphOrders", "folded_name", "glyph_orders"]

_TABLE = "glyph_orders.toml"


@dataclass(frozen=True, slots=True)
class _Order:
    names: tuple[str, ...]
    glyphs: frozenset[int]
    runs: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class GlyphOrders:
    """Known orders of glyphs, and the plain letters behind private code points."""

    orders: tuple[_Order, ...]
    variants: Mapping[str, str]

    def letters(self, name: str, glyphs: int) -> dict[int, str]:
        """Glyph number -> character for a font of this name and number of glyphs."""
        found: dict[int, str] = {}
        folded = folded_name(name)
        for order in self.orders:
            if glyphs in order.glyphs and folded.startswith(order.names):
                for first, last, code in order.runs:
                    found.update((glyph, chr(code + glyph - first)) for glyph in _span(first, last))
        return found


def _span(first: int, last: int) -> range:
    return range(first, last + 1)


def folded_name(name: str) -> str:
    """A font's name for comparison: no subset tag, blanks, hyphens or capitals.

    >>> folded_name("ABCDEE+TH SarabunPSK,Bold"), folded_name("GDJOEN+THSarabun-New")
    ('thsarabunpsk,bold', 'thsarabunnew')
    """
    bare = name.split("+", 1)[-1]
    return "".join(char for char in bare.lower() if char not in " -_")


@cache
def glyph_orders() -> GlyphOrders:
    """The packaged table."""
    source = resources.files("parsers").joinpath("data", _TABLE).read_text(encoding="utf-8")
    table = tomllib.loads(source)
    orders = tuple(
        _order(entry, f"order {number}") for number, entry in enumerate(table["order"], start=1)
    )
    return GlyphOrders(orders, _variants(table["variants"]))


def _order(entry: Mapping[str, Any], place: str) -> _Order:
    names = tuple(entry.get("names", ()))
    glyphs = frozenset(entry.get("glyphs", ()))
    if not names or not all(name == folded_name(name) for name in names):
        raise DataTableError(_TABLE, place, "names must be lower case, without blanks or hyphens")
    if not glyphs or not all(isinstance(count, int) and count > 0 for count in glyphs):
        raise DataTableError(_TABLE, place, "glyphs must list numbers of glyphs")
    runs = []
    for run in entry.get("runs", ()):
        first, last, code = run
        if not 0 <= first <= last < max(glyphs):
            raise DataTableError(_TABLE, place, f"run {run} is not within the font")
        runs.append((first, last, int(code, 16)))
    return _Order(names, glyphs, tuple(runs))


def _variants(entries: Mapping[str, str]) -> dict[str, str]:
    found = {chr(int(key, 16)): chr(int(value, 16)) for key, value in entries.items()}
    for private, plain in found.items():
        if not "\ue000" <= private <= "\uf8ff" or not "\u0e01" <= plain <= "\u0e5b":
            raise DataTableError(
                _TABLE, f"variants {ord(private):04X}", "must lead from a private to a Thai letter"
            )
    return found

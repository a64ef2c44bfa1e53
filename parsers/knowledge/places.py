"""Provinces, districts and sub-districts of Thailand with their official codes."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import NamedTuple

from rapidfuzz import fuzz, process

from parsers.errors import DataTableError

__all__ = [
    "PlaceName",
    "by_code",
    "districts",
    "longest_prefix",
    "names",
    "nearest",
    "province",
    "tambons",
]

_TABLE = "places.csv"
_PROVINCE, _DISTRICT, _TAMBON = 2, 4, 6
_SIMILAR = 75
_CAPITAL = "เมือง"


class PlaceName(NamedTuple):
    """A place with its official code; the code begins with that of the place around it."""

    code: str
    name: str
    name_en: str

    @property
    def province_code(self) -> str:
        """Code of the province it lies in (of itself for a province)."""
        return self.code[:_PROVINCE]

    @property
    def district_code(self) -> str:
        """Code of the district it lies in; empty for a province."""
        return self.code[:_DISTRICT] if len(self.code) >= _DISTRICT else ""


def province(name_or_code: str) -> PlaceName | None:
    """A province by its Thai name or two-digit code.

    >>> province("ลำพูน").code, province("30").name
    ('51', 'นครราชสีมา')
    """
    found = _by_name(_PROVINCE).get(_plain(name_or_code), [])
    return found[0] if found else _by_code().get(name_or_code)


def districts(name: str, *, province_code: str | None = None) -> list[PlaceName]:
    """Districts of that name; อำเภอเมือง is the one around the province's capital.

    >>> [d.code for d in districts("เมือง", province_code="51")]
    ['5101']
    """
    name = _plain(name)
    if name == _CAPITAL and province_code:
        own = _by_code().get(province_code)
        name = f"{_CAPITAL}{own.name}" if own else name
    found = _by_name(_DISTRICT).get(name, [])
    return [d for d in found if province_code in {None, d.province_code}]


def tambons(name: str, *, within: str | None = None) -> list[PlaceName]:
    """Sub-districts of that name, all or those within a province or district (by code).

    >>> [t.code for t in tambons("ขามสมบูรณ์")]
    ['300410']
    """
    found = _by_name(_TAMBON).get(_plain(name), [])
    return [t for t in found if within is None or t.code.startswith(within)]


def longest_prefix(text: str, *, unit: str) -> str | None:
    """The longest place name that a text begins with.

    Args:
        text: Thai text without blanks in front.
        unit: `tambon`, `district` or `province`.

    >>> longest_prefix("ขามสมบูรณ์ตามข้อ", unit="tambon")
    'ขามสมบูรณ์'
    """
    names = _by_name({"tambon": _TAMBON, "district": _DISTRICT, "province": _PROVINCE}[unit])
    for length in range(min(len(text), _longest(unit)), 1, -1):
        if text[:length] in names:
            return text[:length]
    return None


def names(*, unit: str, within: str = "") -> list[str]:
    """Every name of a unit, all or those within a place (by code).

    >>> len(names(unit="province")), "คง" in names(unit="district", within="30")
    (77, True)
    """
    length = {"tambon": _TAMBON, "district": _DISTRICT, "province": _PROVINCE}[unit]
    return [
        name
        for name, held in _by_name(length).items()
        if any(place.code.startswith(within) for place in held)
    ]


def nearest(name: str, *, unit: str, within: str | None = None) -> PlaceName | None:
    """The most similar name of the list, for a printed name that is not in it.

    >>> nearest("นครราชสิมา", unit="province").name
    'นครราชสีมา'
    """
    length = {"tambon": _TAMBON, "district": _DISTRICT, "province": _PROVINCE}[unit]
    choices = {
        place.code: place.name
        for places in _by_name(length).values()
        for place in places
        if within is None or place.code.startswith(within)
    }
    found = process.extractOne(_plain(name), choices, scorer=fuzz.ratio, score_cutoff=_SIMILAR)
    return _by_code()[found[2]] if found else None


def by_code(code: str) -> PlaceName | None:
    """A place by its code."""
    return _by_code().get(code)


def _plain(name: str) -> str:
    return name.replace(" ", "").replace("\u200b", "")


@cache
def _longest(unit: str) -> int:
    length = {"tambon": _TAMBON, "district": _DISTRICT, "province": _PROVINCE}[unit]
    return max(map(len, _by_name(length)))


@cache
def _by_code() -> dict[str, PlaceName]:
    text = files("parsers").joinpath("data", _TABLE).read_text(encoding="utf-8")
    places: dict[str, PlaceName] = {}
    for line, row in enumerate(csv.reader(StringIO(text)), start=1):
        if line == 1:
            continue
        if len(row) != len(PlaceName._fields) or not row[0].isdigit() or not row[1]:
            raise DataTableError(_TABLE, f"line {line}", "needs a code, a Thai and an English name")
        places[row[0]] = PlaceName(*row)
    return places


@cache
def _by_name(code_length: int) -> dict[str, list[PlaceName]]:
    names: dict[str, list[PlaceName]] = defaultdict(list)
    for place in _by_code().values():
        if len(place.code) == code_length:
            names[place.name].append(place)
    return dict(names)

"""Finds the agency that a document is about: type, name, place and a stable id."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import NamedTuple

import msgspec
import regex

from parsers import places
from parsers.errors import DataTableError
from parsers.model import Agency

__all__ = ["AgencyType", "agency_id", "agency_type", "clean_name", "find_agency"]

_TABLE = "agency_types.toml"
_THAI = "ก-๎ฯ"
# What a place name can be followed by without a blank in running text.
_TAIL_END = regex.compile(
    r"(?:อำเภอ|จังหวัด|ประจำปี|ได้|มี|ตาม|ในปี|ปีงบประมาณ|เป็น|และ|ที่|จึง|โดย|ของ|ตั้งแต่|ควร|ดังนี้|ดำเนินการ|ต้อง).*$"
)
_COVER_WEIGHT = 3.0
_PLACE_WEIGHT = 2.0
_LONGEST_TAIL = 60


class AgencyType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A type of agency and how the names of such agencies begin (`agency_types.toml`)."""

    slug: str
    names: tuple[str, ...]
    short: tuple[str, ...] = ()
    unit: str | None = None
    whole_line: bool = False


class _Named(NamedTuple):
    kind: AgencyType
    tail: str
    printed: str
    weight: float


def agency_id(name: str, province_code: str | None = None) -> str:
    """The stable id of an agency: its province and a digest of its cleaned name.

    >>> agency_id("เทศบาลตำบลจตุรัส", "36") == agency_id("เทศบาลตำบล จตุรัส", "36")
    True
    """
    digest = sha256(clean_name(name).encode()).hexdigest()[:10]
    return f"{province_code or '00'}-{digest}"


def clean_name(name: str) -> str:
    """An agency's name in one spelling: full type word, no blanks inside.

    >>> clean_name("อบต.ขามสมบูรณ์")
    'องค์การบริหารส่วนตำบลขามสมบูรณ์'
    """
    compact = regex.sub(r"[\s\u200b]+", "", name)
    found = _type_at(compact)
    if not found:
        return compact
    kind, length = found
    return kind.names[0] + compact[length:].lstrip(".") if kind.short else compact


def agency_type(name: str) -> str:
    """The type slug of an agency by its name; `other` where no type word begins it."""
    found = _type_at(regex.sub(r"\s+", "", name))
    return found[0].slug if found else "other"


def find_agency(pages: Sequence[str]) -> Agency | None:
    """The agency that the pages speak of.

    Args:
        pages: Text of each page in reading order, tables included.

    The name counts by how often it stands in the text, more on the first page, most where
    it agrees with the list of places; a second spelling of the same name loses to it.
    """
    named = [hit for number, text in enumerate(pages) for hit in _named(text, number == 0)]
    best = _best(named)
    if best is None:
        return None
    kind, tail = best
    name = kind.names[0] + tail if not kind.whole_line else tail
    place = _place(pages, kind, tail)
    printed = _printed(named, kind, tail) or name
    return Agency(
        agency_id=agency_id(name, place.province_code),
        name=name,
        name_printed=printed,
        type=kind.slug,
        tambon=place.tambon,
        district=place.district,
        province=place.province,
        province_code=place.province_code,
    )


class _Place(NamedTuple):
    tambon: str | None
    district: str | None
    province: str | None
    province_code: str | None


def _named(text: str, cover: bool) -> list[_Named]:
    weight = _COVER_WEIGHT if cover else 1.0
    hits: list[_Named] = []
    for match in _pattern().finditer(text):
        kind = _kind_of(match["type"])
        if kind.whole_line and not cover:
            continue
        tail = _tail(kind, match["tail"])
        if tail:
            printed = match[0].replace("\n", "").strip()
            hits.append(_Named(kind, tail, printed[: len(match["type"]) + len(tail) + 1], weight))
    return hits


def _tail(kind: AgencyType, raw: str) -> str:
    """The name proper after the type word."""
    if kind.whole_line:
        return regex.split(r"\n|\s{2,}", raw)[0].strip()
    first = regex.split(r"\s", raw.strip())[0]
    known = places.longest_prefix(first, unit=kind.unit) if kind.unit else None
    if kind.unit == "province" and kind.slug != "city-municipality":
        return known or ""  # there are no others than those of the list
    cut = _TAIL_END.sub("", first)
    if known and (len(known) >= len(cut) or not cut):
        return known
    return cut if 1 < len(cut) <= _LONGEST_TAIL else ""


def _best(named: Sequence[_Named]) -> tuple[AgencyType, str] | None:
    votes: Counter[tuple[str, str]] = Counter()
    kinds: dict[str, AgencyType] = {}
    for hit in named:
        kinds[hit.kind.slug] = hit.kind
        bonus = _PLACE_WEIGHT if _is_place(hit.kind, hit.tail) else 0.0
        # Numbers of votes are scaled so that a Counter of integers keeps the order exact.
        votes[hit.kind.slug, hit.tail] += int(10 * hit.weight * (1 + bonus))
    if not votes:
        return None
    local = {key: count for key, count in votes.items() if key[0] not in _WEAK}
    chosen = max((local or votes).items(), key=lambda item: (item[1], item[0]))[0]
    return kinds[chosen[0]], chosen[1]


# A place or an office that every document names; only where nothing better is found.
_WEAK = {"province", "department", "other", "state-enterprise", "hospital", "school-or-college"}


def _is_place(kind: AgencyType, tail: str) -> bool:
    return bool(kind.unit) and places.longest_prefix(tail, unit=kind.unit or "tambon") == tail


def _printed(named: Sequence[_Named], kind: AgencyType, tail: str) -> str | None:
    """The name as printed first, written out where it is anywhere."""
    own = [h.printed for h in named if h.kind is kind and h.tail == tail]
    full = (printed for printed in own if printed.startswith(kind.names))
    return next(full, own[0] if own else None)


def _place(pages: Sequence[str], kind: AgencyType, tail: str) -> _Place:
    text = "\n".join(pages)
    province = _voted_province(text) or (places.province(tail) if kind.unit == "province" else None)
    code = province.code if province else None
    tambon = tail if kind.unit == "tambon" and places.tambons(tail) else None
    district = _voted_district(text, code, tambon)
    if tambon and district:
        inside = places.tambons(tambon, within=district.code)
        tambon = tambon if inside else None
    if district and not province:
        province = places.by_code(district.province_code)
        code = district.province_code
    return _Place(
        tambon, district.name if district else None, province.name if province else None, code
    )


def _voted_province(text: str) -> places.PlaceName | None:
    names: Counter[str] = Counter()
    for match in regex.finditer(rf"(?:จังหวัด|(?<![{_THAI}])จ\.)\s*(?P<name>[{_THAI}]+)", text):
        known = places.longest_prefix(match["name"], unit="province")
        if known:
            names[known] += 1
    return places.province(names.most_common(1)[0][0]) if names else None


def _voted_district(
    text: str, province_code: str | None, tambon: str | None
) -> places.PlaceName | None:
    """The district printed most often that exists in the province (and holds the tambon)."""
    votes: Counter[str] = Counter()
    for match in regex.finditer(rf"(?:อำเภอ|(?<![{_THAI}])อ\.)\s*(?P<name>[{_THAI}]+)", text):
        for place in _districts_at(match["name"], province_code):
            votes[place.code] += 3 if tambon and places.tambons(tambon, within=place.code) else 1
    if votes:
        return places.by_code(votes.most_common(1)[0][0])
    if tambon and province_code:
        inside = {t.district_code for t in places.tambons(tambon, within=province_code)}
        return places.by_code(inside.pop()) if len(inside) == 1 else None
    return None


def _districts_at(text: str, province_code: str | None) -> list[places.PlaceName]:
    name = places.longest_prefix(text, unit="district")
    if name is None and text.startswith("เมือง"):
        name = "เมือง"
    return places.districts(name, province_code=province_code) if name else []


def _type_at(compact: str) -> tuple[AgencyType, int] | None:
    found = [
        (kind, len(word))
        for kind in _types()
        for word in (*kind.names, *kind.short)
        if compact.startswith(word)
    ]
    return max(found, key=lambda item: item[1]) if found else None


def _kind_of(word: str) -> AgencyType:
    found = _type_at(word)
    if found is None:  # the pattern is made of these very words
        raise AssertionError(word)
    return found[0]


@cache
def _pattern() -> regex.Pattern[str]:
    words = sorted(
        {word for kind in _types() for word in (*kind.names, *kind.short)}, key=len, reverse=True
    )
    alternatives = "|".join(map(regex.escape, words))
    return regex.compile(
        rf"(?<![{_THAI}]{{2}}(?<!ของ|โดย|ที่|กับ|และ|หรือ|ให้|จาก))(?P<type>{alternatives})"
        rf"[ \u00a0]?\n?[ ]?(?P<tail>[{_THAI}\-]+(?:[ ][{_THAI}(][^\n]{{0,60}})?)"
    )


@cache
def _types() -> tuple[AgencyType, ...]:
    text = files("parsers").joinpath("data", _TABLE).read_text(encoding="utf-8")
    try:
        return msgspec.convert(tomllib.loads(text)["type"], tuple[AgencyType, ...])
    except (KeyError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise DataTableError(_TABLE, "[[type]]", str(error)) from error

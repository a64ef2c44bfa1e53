"""Finds the agency that a document is about: type, name, place and a stable id."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import NamedTuple

import msgspec
import regex

from parsers.errors import DataTableError
from parsers.knowledge import places
from parsers.model import Agency
from parsers.text.words import any_of

__all__ = [
    "AgencyType",
    "agency_id",
    "agency_type",
    "agency_types",
    "clean_name",
    "find_agency",
]

_TABLE = "agency_types.toml"
_THAI = "ก-๎ฯ"
# What a place name can be followed by without a blank in running text.
_TAIL_END = regex.compile(
    r"(?:อำเภอ|จังหวัด|ประจำปี|ได้|มี|ตาม|ในปี|ปีงบประมาณ|เป็น|และ|ที่|จึง|โดย|ของ|ตั้งแต่|ควร|ดังนี้|ดำเนินการ|ต้อง|"
    r"วิเคราะห์|ผลการ|รายงาน|การประเมิน|เรื่อง|เพื่อ|ซึ่ง|พบว่า|ให้|เข้ารับ|เข้าร่วม|นำ).*$"
)
# What may follow an agency's name on a line of its own: where it lies, whom it belongs to.
_BESIDE = regex.compile(
    r"[\s,]+(?:(?:อำเภอ|อ\.|จังหวัด|จ\.|ตำบล|ต\.|แขวง|เขต(?!\s*[0-9๐-๙])|สังกัด|กระทรวง|ประจำปี|"
    r"ปีงบประมาณ|ปี\s*[0-9๐-๙]|พ\.ศ|โทร).*)$",
    regex.DOTALL,
)
_OWN_LEAD = regex.compile(r"^\s*(?:(?:ของ|โดย|หน่วยงาน|ชื่อหน่วยงาน|จัดทำโดย)\s*:?\s*)?")
# A line that goes on like this is a sentence, no name.
_SENTENCE = regex.compile(
    r"\s(?:ได้|มี|จึง|เป็น|เข้าร่วม|ที่|ซึ่ง|ขอ|จะ|ให้|โดย|เพื่อ|ประกาศ)|[0-9๐-๙]{4}"
    r"|[0-9๐-๙][.][0-9๐-๙]|คะแนน|ร้อยละ|ผลการประเมิน"
)
_DISTRICT = regex.compile(rf"(?:อำเภอ|(?<![{_THAI}])อ\.)\s*([{_THAI}]+)")
_COVER_WEIGHT = 3.0
_PLACE_WEIGHT = 2.0
_LONGEST_TAIL = 60
_LONGEST_NAME = 100
# How strongly a line of its own on the cover tells the agency, strongest first: the ministry
# and the province around an agency stand there too.
_LOCAL = ("tambon", "district")
_WEAK = frozenset(
    {"province", "department", "other", "state-enterprise", "hospital", "school-or-college"}
)
_AROUND = ("กระทรวง", "สำนักงาน", "ศูนย์", "กองทุน", "กรุงเทพมหานคร")


class AgencyType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A type of agency and how the names of such agencies begin (`agency_types.toml`)."""

    slug: str
    names: tuple[str, ...]
    short: tuple[str, ...] = ()
    unit: str | None = None
    whole_line: bool = False
    alone: tuple[str, ...] = ()


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    type: tuple[AgencyType, ...]
    assessors: tuple[str, ...]


class _Named(NamedTuple):
    """A mention of an agency: `word` is the type word, `tail` the name proper after it."""

    kind: AgencyType
    word: str
    tail: str
    printed: str
    weight: float


class _Place(NamedTuple):
    tambon: str | None
    district: str | None
    province: str | None
    province_code: str | None


def agency_id(name: str, province_code: str | None = None) -> str:
    """The stable id of an agency: its province and a digest of its cleaned name.

    >>> agency_id("เทศบาลตำบลจตุรัส", "36") == agency_id("เทศบาลตำบล จตุรัส", "36")
    True
    """
    digest = sha256(clean_name(name).encode()).hexdigest()[:10]
    return f"{province_code or '00'}-{digest}"


def clean_name(name: str) -> str:
    """An agency's name in one spelling: full type word, no blanks inside.

    >>> clean_name("อบต.ขามสมบูรณ์"), clean_name("รพ. ชุมแพ")
    ('องค์การบริหารส่วนตำบลขามสมบูรณ์', 'โรงพยาบาลชุมแพ')
    """
    compact = regex.sub(r"[\s\u200b]+", "", name)
    found = _type_at(compact)
    if not found:
        return compact
    kind, word = found
    return _full_word(kind, word) + compact[len(word) :].lstrip(".")


def agency_type(name: str) -> str:
    """The type slug of an agency by its name; `other` where no type word begins it."""
    found = _type_at(regex.sub(r"\s+", "", name))
    return found[0].slug if found else "other"


def agency_types() -> tuple[AgencyType, ...]:
    """The types of agencies, as the table lists them."""
    return _table().type


def find_agency(pages: Sequence[str]) -> Agency | None:
    """The agency that the pages speak of.

    Args:
        pages: Text of each page in reading order, tables included.

    A name that has a line of the first page to itself tells the type. Else the name counts
    by how often it stands in the text, more on the first page, most where it agrees with the
    list of places. A second spelling of the same name loses to it.
    """
    named = [hit for number, text in enumerate(pages) for hit in _named(text, number == 0)]
    own = min(_own_lines(pages[0]) if pages else (), key=_strength, default=None)
    best = _voted(named, own)
    if best is None:
        return None
    kind, word, tail = best
    name = _full_word(kind, word) + tail
    place = _place(pages[:1] if kind.whole_line else pages, kind, tail)
    same = [hit for hit in named if hit.kind is kind and hit.tail == tail]
    return Agency(
        agency_id=agency_id(name, place.province_code),
        name=name,
        name_printed=_printed([*same, *([own] if own and own.tail == tail else [])], kind) or name,
        type=kind.slug,
        tambon=place.tambon,
        district=place.district,
        province=place.province,
        province_code=place.province_code,
    )


def _own_lines(text: str) -> Iterator[_Named]:
    """The agencies that have a line to themselves, with where they lie at most."""
    for line in regex.sub(r"\n(?=(?:และ|แห่ง|\())", "", text).split("\n"):
        body = line[_OWN_LEAD.match(line).end() :].strip()  # type: ignore[union-attr]
        found = _type_at(body)
        if not found or len(body) > _LONGEST_NAME or body in _table().assessors:
            continue
        kind, word = found
        rest = regex.sub(r"\s+", " ", _BESIDE.sub("", body[len(word) :])).strip(" .:")
        tail = _tail(kind, rest) if rest and not kind.whole_line else rest
        whole = bool(tail) or word in kind.alone
        if whole and len(rest) == len(tail) and not _SENTENCE.search(rest) and not _inner(rest):
            yield _Named(kind, word, tail, body[: len(word)] + rest, _COVER_WEIGHT)


def _inner(rest: str) -> bool:
    """Whether an agency's office is named ("สำนักงานปลัดเทศบาลตำบล…") and not the agency."""
    return any(word in rest for kind in _table().type if kind.unit in _LOCAL for word in kind.names)


def _strength(hit: _Named) -> int:
    if hit.kind.unit in _LOCAL or hit.kind.slug in {
        "provincial-administration",
        "city-municipality",
    }:
        return 0
    if hit.kind.slug == "province":
        return 3
    return 2 if hit.word in _AROUND else 1


def _named(text: str, cover: bool) -> Iterator[_Named]:
    weight = _COVER_WEIGHT if cover else 1.0
    for match in _mentions(text):
        found = _type_at(match["type"])
        if not found or (found[0].whole_line and not cover):
            continue
        kind, word = found
        tail = _tail(kind, match["tail"])
        if tail and word + tail not in _table().assessors:
            printed = match[0].replace("\n", "").strip()
            yield _Named(kind, word, tail, _up_to(printed, len(word + tail)), weight)


def _up_to(printed: str, letters: int) -> str:
    """The beginning of a text with so many letters; blanks do not count.

    >>> _up_to("เทศบาลตำบล จตุรัสวิเคราะห์", len("เทศบาลตำบลจตุรัส"))
    'เทศบาลตำบล จตุรัส'
    """
    ends = [at for at, char in enumerate(printed, start=1) if not char.isspace()]
    return printed[: ends[min(letters, len(ends)) - 1]] if ends else ""


def _mentions(text: str) -> Iterator[regex.Match[str]]:
    """The matches of `_pattern`: it is tried only where a type word stands."""
    reached = 0
    while word := _quick_words().search(text, reached):
        match = _pattern().match(text, word.start())
        reached = match.end() if match else word.start() + 1
        if match:
            yield match


def _tail(kind: AgencyType, raw: str) -> str:
    """The name proper after the type word."""
    first = regex.split(r"\s", raw.strip())[0]
    known = places.longest_prefix(first, unit=kind.unit) if kind.unit else None
    if kind.unit == "province" and kind.slug != "city-municipality":
        return known or ""  # there are no others than those of the list
    cut = _TAIL_END.sub("", first)
    if known and (len(known) >= len(cut) or not cut):
        return known
    return cut if 1 < len(cut) <= _LONGEST_TAIL else ""


def _voted(named: Sequence[_Named], own: _Named | None) -> tuple[AgencyType, str, str] | None:
    """Type, type word and name: of the type that the cover names, else of all."""
    if own and not own.kind.unit:
        return own.kind, own.word, own.tail
    pool = [*named, *([own] if own else [])]
    slug = own.kind.slug if own else _type_of_cover(pool)
    votes: Counter[tuple[str, str]] = Counter()
    hits: dict[tuple[str, str], _Named] = {}
    for hit in pool:
        if slug in {None, hit.kind.slug}:
            bonus = _PLACE_WEIGHT if _is_place(hit.kind, hit.tail) else 0.0
            # Numbers of votes are scaled so that a Counter of integers keeps the order exact.
            votes[hit.kind.slug, hit.tail] += int(10 * hit.weight * (1 + bonus))
            hits.setdefault((hit.kind.slug, hit.tail), hit)
    if not votes:
        return None
    local = {key: count for key, count in votes.items() if key[0] not in _WEAK}
    chosen = max((local or votes).items(), key=lambda item: (item[1], item[0]))[0]
    return hits[chosen].kind, hits[chosen].word, chosen[1]


def _type_of_cover(named: Sequence[_Named]) -> str | None:
    """The type of the agencies that the first page speaks of; None where it names none."""
    votes = Counter(hit.kind.slug for hit in named if hit.weight == _COVER_WEIGHT)
    del votes["province"]
    local = {slug: count for slug, count in votes.items() if slug not in _WEAK}
    return max((local or votes).items(), key=lambda item: (item[1], item[0]), default=(None, 0))[0]


def _is_place(kind: AgencyType, tail: str) -> bool:
    return bool(kind.unit) and places.longest_prefix(tail, unit=kind.unit or "tambon") == tail


def _printed(same: Sequence[_Named], kind: AgencyType) -> str | None:
    """The name as printed first, written out where it is anywhere."""
    own = [hit.printed for hit in same]
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
        tambon,
        district.name if district else _printed_district(text),
        province.name if province else None,
        code,
    )


def _voted_province(text: str) -> places.PlaceName | None:
    names: Counter[str] = Counter()
    for match in regex.finditer(rf"(?:จังหวัด|(?<![{_THAI}])จ\.)\s*(?P<name>[{_THAI}]+)", text):
        known = places.longest_prefix(match["name"], unit="province")
        if known:
            names[known] += 1
    return places.province(names.most_common(1)[0][0]) if names else None


def _printed_district(text: str) -> str | None:
    """The name of a district that the list does not know, as printed most often."""
    names = Counter(_TAIL_END.sub("", name) for name in _DISTRICT.findall(text))
    del names[""]
    return names.most_common(1)[0][0] if names else None


def _voted_district(
    text: str, province_code: str | None, tambon: str | None
) -> places.PlaceName | None:
    """The district printed most often that exists in the province (and holds the tambon)."""
    votes: Counter[str] = Counter()
    for name in _DISTRICT.findall(text):
        for place in _districts_at(name, province_code):
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


def _full_word(kind: AgencyType, word: str) -> str:
    """The type word written out: one for all names made of places, else the one printed."""
    if kind.unit:
        return kind.names[0]
    return kind.names[kind.short.index(word)] if word in kind.short else word


def _type_at(text: str) -> tuple[AgencyType, str] | None:
    """The type whose longest word begins a text, and that word."""
    match = _words().match(text)
    return (_types()[match[0]], match[0]) if match else None


@cache
def _types() -> dict[str, AgencyType]:
    return {word: kind for kind in _table().type for word in (*kind.names, *kind.short)}


@cache
def _words() -> regex.Pattern[str]:
    longest_first = sorted(_types(), key=len, reverse=True)
    return regex.compile("|".join(map(regex.escape, longest_first)))


@cache
def _quick_words() -> re.Pattern[str]:
    """What the words of `_words` begin with, up to a point: quicker to look for."""
    return re.compile(any_of({word.partition(".")[0] for word in _types()}))


@cache
def _pattern() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?<![{_THAI}]{{2}}(?<!ของ|โดย|ที่|กับ|และ|หรือ|ให้|จาก|ใน))(?P<type>{_words().pattern})"
        rf"[ \u00a0]?\n?[ ]?(?P<tail>[{_THAI}\-]+(?:[ ][{_THAI}(][^\n]{{0,60}})?)"
    )


@cache
def _table() -> _Table:
    text = files("parsers").joinpath("data", _TABLE).read_text(encoding="utf-8")
    try:
        table = msgspec.convert(tomllib.loads(text), _Table)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise DataTableError(_TABLE, "[[type]]", str(error)) from error
    for kind in table.type:
        if not kind.unit and len(kind.short) > len(kind.names):
            raise DataTableError(_TABLE, kind.slug, "each short form needs its name in full")
        if not set(kind.alone) <= set(kind.names):
            raise DataTableError(_TABLE, kind.slug, "`alone` holds a word that is none of `names`")
    return table

"""Who is said to have passed or failed, and how many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from parsers.knowledge.claimwords import form
from parsers.model import Claim, ClaimKind, Level
from parsers.reading.listings import HEADS, Listing, read_listing
from parsers.reading.subjects import level_of
from parsers.reading.telling import Content, Told, windows

__all__ = ["read_lists", "read_tallies"]

Places = Sequence[tuple[int, int]]

# How far around "ผ่าน" and "กว่า" a sentence about passing reaches.
_REACH = (90, 120)
_TALLIES = ("tally", "tally_before", "tally_below")
# A form is tried (and compiled) only where this is found.
_NEEDED = {
    "all_pass": regex.compile("ทุก|ทั้ง"),
    "named": regex.compile("แก่|คือ|:"),
    "tally": regex.compile("[0-9]"),
    "tally_before": regex.compile(r"(?:มี|เพียง|จำนวน)\s?[0-9]"),
    "tally_below": regex.compile(r"(?:จำนวน|ทั้ง\s?หมด|รวม)\s?[0-9]"),
}
_AROUND = 45
_BESIDE = 20
# Whose number of indicators it is (since FY2562).
_HELD_BY = {10: "ITA", 5: "IIT", 3: "EIT", 2: "OIT"}
_ALL_INSTRUMENTS = (3, 4)
# A list of one code is a score or a rating, read as such.
_SEVERAL = 2
_LISTED = regex.compile(
    r"ตัว\n?ชี้\n?วัด(?:ที่)?[^\S\n]?(?:10|[1-9])(?![0-9.])|(?<![A-Za-z])[IEO]IT\s?(?:,|และ)"
)
_BEFORE_FULL_MARKS = 90
_FULL = Decimal(100)
_POINTS = regex.compile(r"[0-9]+(?:\.[0-9]+)?")
_DENIED = regex.compile(r"(?:ไม่|มิ)(?:ได้)?\s?$")


def read_tallies(told: Told) -> Iterator[Claim]:
    """Every sentence that certainly says that all passed, how many did, or which ones."""
    end = 0
    places = windows(told.flat, ("ผ่าน", "กว่า", "ไม่ถึง"), *_REACH)
    counted = [m for name in _TALLIES for m in _matches(name, told.flat, places)]
    yield from _all_passed(told, places)
    for found in sorted(counted, key=lambda m: (m.start("count"), m.start())):
        if found.start() >= end:
            end = found.end()
            yield from _counted(told, found)
    for found in _matches("named", told.flat, places):
        listing = read_listing(told.flat, found.end())
        if listing is not None and found["counted"] is None:
            yield from _listed(told, found, listing)


def _matches(name: str, flat: str, places: Places) -> Iterator[regex.Match[str]]:
    """Where a form of the table stands in some stretches of a text."""
    for start, end in places:
        if _NEEDED[name].search(flat, start, end):
            yield from form(name).finditer(flat, start, end)


def read_lists(told: Told) -> Iterator[Claim]:
    """What is said of every code of a list or range of indicators, or of full marks."""
    last = 0
    for head in _heads(told.flat):
        if head.start() < last:
            continue
        listing = read_listing(told.flat, head.start())
        if listing is None or len(listing.codes) < _SEVERAL or listing.values:
            continue
        last = listing.end
        if not listing.joined:
            continue  # lines under each other
        yield from _said_of_each(told, listing)


def _heads(flat: str) -> Iterator[regex.Match[str]]:
    """Where a list of which something is said may begin."""
    yield from _LISTED.finditer(flat)
    for start, end in windows(flat, ("เต็ม",), _BEFORE_FULL_MARKS, 0):
        yield from HEADS.finditer(flat, start, end)


# ---- all -------------------------------------------------------------------------------------


def _all_passed(told: Told, places: Places) -> Iterator[Claim]:
    for found in _matches("all_pass", told.flat, places):
        level = _level(found)
        if level not in {"indicator", "instrument"} or _denied(told, found.start()):
            continue
        claim = _scoped(told, found, level)
        if claim is None:
            continue
        year_be, scope = claim
        among = _all_of(int(found["all"]), level, scope) if found["all"] else scope
        if among is None:
            continue
        yield told.claim(
            "pass", found.span(), year_be, Content(level, values=_mark(found), among=among)
        )


def _all_of(number: int, level: str, among: str) -> str | None:
    """What "ทั้ง 5 ตัวชี้วัด" is all of; None where the number fits nothing."""
    if level == "instrument":
        return "ITA" if number in _ALL_INSTRUMENTS else None
    whole = _HELD_BY.get(number)
    return whole if among in {"", "ITA", whole} else None


def _denied(told: Told, at: int) -> bool:
    return _DENIED.search(told.flat[max(0, at - 8) : at]) is not None


# ---- how many --------------------------------------------------------------------------------


def _counted(told: Told, found: regex.Match[str]) -> Iterator[Claim]:
    level = _level(found)
    if level is None or (_denied(told, found.start()) and not found["not"]):
        return
    claim = _scoped(told, found, level)
    if claim is None:
        return
    year_be, among = claim
    of = _out_of(told, found, level)
    if of is not None and of < int(found["count"]):
        return
    yield told.claim(
        "fail-count" if found["not"] else "pass-count",
        found.span(),
        year_be,
        Content(level, (), _mark(found), int(found["count"]), of, among),
    )
    announced = form("announced_codes").match(told.flat, found.end())
    if announced and level != "total":
        held = read_listing(told.flat, announced.end())
        if held and len(held.codes) == int(found["count"]):
            yield from _listed(told, found, held)


def _out_of(told: Told, found: regex.Match[str], level: Level) -> int | None:
    """The whole that a count is of: "จากทั้งหมด 10 ตัวชี้วัด" before or behind it."""
    start = max(told.clause_start(found.start()), found.start() - _AROUND)
    around = told.flat[start : found.start()], told.flat[found.end() : found.end() + _AROUND]
    for text in around:
        total = form("out_of").search(text)
        if total and _level(total) == level:
            return int(total["of"].replace(",", ""))
    return None


# ---- which -----------------------------------------------------------------------------------


def _listed(told: Told, found: regex.Match[str], listing: Listing) -> Iterator[Claim]:
    """The codes behind "ตัวชี้วัดที่ไม่ผ่านเกณฑ์ ได้แก่"."""
    one_year, year_be = told.year(found.start(), listing.end)
    if not one_year or not told.certain(told.clause_start(found.start()), listing.end):
        return
    yield told.claim(
        "fail" if found["not"] else "pass",
        (found.start(), listing.end),
        year_be,
        Content(level_of(listing.codes[0]), listing.codes, _mark(found)),
    )


def _said_of_each(told: Told, listing: Listing) -> Iterator[Claim]:
    """Points or a pass said of a list of indicators; full marks said of any list.

    Points of question lists are scores of their own: see `parsers.reading.sentences`.
    """
    flat, level = told.flat, level_of(listing.codes[0])
    start = told.clause_start(listing.start)
    passed = form("then_pass").match(flat, listing.bare_end)
    points = form("then_points").match(flat, listing.bare_end) if level != "question" else None
    full = form("full_marks").match(flat, listing.bare_end)
    each = form("then_values").match(flat, listing.bare_end)
    found = each or points or full or passed
    if found is None or not told.certain(start, listing.end if full else found.end()):
        return
    one_year, year_be = told.year(start, found.end())
    if not one_year:
        return
    span = (listing.start, found.end())
    if each:
        values = tuple(map(Decimal, _POINTS.findall(each["values"])))
        if len(values) == len(listing.codes) and level != "question":
            yield told.claim("each", span, year_be, Content(level, listing.codes, values))
    elif points or full:
        value = Decimal(points["value"]) if points else _FULL
        yield told.claim("each", span, year_be, Content(level, listing.codes, (value,)))
    elif level in {"indicator", "instrument"}:
        kind: ClaimKind = "fail" if found["not"] else "pass"
        yield told.claim(kind, span, year_be, Content(level, listing.codes))


# ---- shared ----------------------------------------------------------------------------------


def _level(found: regex.Match[str]) -> Level | None:
    """What is counted: agencies by their totals."""
    levels: dict[str, Level] = {
        "indicator": "indicator",
        "instrument": "instrument",
        "question": "question",
        "agency": "total",
    }
    said = found.groupdict()
    return next((level for group, level in levels.items() if said.get(group)), None)


def _mark(found: regex.Match[str]) -> tuple[Decimal, ...]:
    mark = found.groupdict().get("mark")
    return (Decimal(mark),) if mark else ()


def _scoped(told: Told, found: regex.Match[str], level: Level) -> tuple[int | None, str] | None:
    """The year and the scope of a tally; None where the sentence is not certain."""
    start = told.clause_start(found.start())
    one_year, year_be = told.year(start, found.end())
    if not one_year or not told.certain(start, found.end()):
        return None
    among = told.among(found.start(), found.end() + _BESIDE, level)
    if among is None or level == "total":
        return None if among is None else (year_be, "ITA")
    if level == "instrument":
        return (year_be, "ITA") if among in {"", "ITA"} else None
    return year_be, among

"""Who is said to have the highest or the lowest score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from parsers.knowledge.catalogue import catalogue
from parsers.knowledge.claimwords import form, silences
from parsers.model import Claim
from parsers.reading.listings import HEADS, Listing, read_listing
from parsers.reading.subjects import level_of
from parsers.reading.telling import Content, Told, windows

__all__ = ["read_superlatives"]

_BACK = 150
_NEAR = 8
# "ตัวชี้วัดที่หน่วยงานได้รับผลคะแนนการประเมินเฉลี่ยอยู่ในระดับสูงที่สุด" is as long as it gets.
_WORDS = 110
# From one superlative to the other of the same sentence.
_ONE_SENTENCE = 160
_OF_SCORES = regex.compile("คะแนน|เฉลี่ย|ประเมิน")
# So far behind "สูงสุด" one looks for what it is the highest of.
_AFTER = 30
_NUMERALS = {"สอง": 2, "สาม": 3, "สี่": 4, "ห้า": 5}
# A superlative that goes on like this compares two things or explains a scale.
_GOES_ON = regex.compile(r"\s*(?:[-–/,]|และ|ถึง|หรือ|ต่ำ|สูง|ของ(?:ประเทศ|จังหวัด|อำเภอ)|เต็ม)")
# "… เป็นตัวชี้วัดที่ได้คะแนนสูงสุด"
_IS = regex.compile(r"เป็น\s*$")
_PAUSE = regex.compile(r"สูง|ต่ำ|น้อย|มาก|รองลงมา|และ(?!โปร่งใส|ความ)|ส่วน(?!ที่|ได้)|แต่|\n\n")


def read_superlatives(told: Told) -> Iterator[Claim]:
    """Every sentence that certainly says which codes have the highest or lowest score."""
    last: tuple[int, Claim] | None = None
    for at, claim in _read(told):
        of_all = last is not None and _of_all(told.flat[last[0] : at], last[1], claim)
        if last is not None:
            yield replace(last[1], among="ITA") if of_all else last[1]
        last = at, replace(claim, among="ITA") if of_all else claim
    if last is not None:
        yield last[1]


def _read(told: Told) -> Iterator[tuple[int, Claim]]:
    for found in _superlatives(told.flat):
        if _GOES_ON.match(told.flat, found.end()):
            continue
        start = told.clause_start(found.start())
        before, after = _listed_before(told, found, start), _listed_after(told, found, start)
        if before and after and before.codes != after.codes:
            continue
        if after is not None:
            claims = _said_after(told, found, after)
        elif before is not None:
            claims = _said_before(told, found, before)
        else:
            continue
        yield from ((found.start(), claim) for claim in claims)


def _of_all(between: str, one: Claim, other: Claim) -> bool:
    """Whether one sentence names the highest and the lowest of different instruments.

    Then it compares all indicators; else it may speak of the instrument discussed above it.
    """
    if {one.kind, other.kind} != {"highest", "lowest"} or len(between) > _ONE_SENTENCE:
        return False
    if any(claim.level != "indicator" or claim.among for claim in (one, other)):
        return False
    year = catalogue(one.year_be) if one.year_be == other.year_be and one.year_be else None
    if year is None or "\n\n" in between:
        return False
    instrument = {str(entry.no): entry.instrument for entry in year.indicators}
    first, second = ({instrument.get(code) for code in c.codes} for c in (one, other))
    return not first & second


def _superlatives(flat: str) -> Iterator[regex.Match[str]]:
    """Every "ได้คะแนนสูงสุด"; sought only where its last word stands."""
    for start, end in windows(flat, ("สุด",), _WORDS, len("สุด")):
        if _OF_SCORES.search(flat, start, end):
            yield from form("superlative").finditer(flat, start, end)


def _listed_before(told: Told, found: regex.Match[str], start: int) -> Listing | None:
    """The list that ends where "ได้คะแนนสูงสุด" begins."""
    end = found.start()
    said_of = _IS.search(told.flat, max(0, end - _NEAR), end)
    if not said_of and (found["noun"] or not found["verb"]):
        return None
    for head in HEADS.finditer(told.flat, max(start, end - _BACK), end):
        listing = read_listing(told.flat, head.start())
        if listing and listing.bare_end <= end:
            linked = form("linked").fullmatch(told.flat, listing.end, end)
            if linked or form("linked").fullmatch(told.flat, listing.bare_end, end):
                return listing
    return None


def _said_before(told: Told, found: regex.Match[str], listing: Listing) -> Iterator[Claim]:
    """The code before "ได้คะแนนสูงสุด": of several the words may mean each by itself."""
    if len(listing.codes) > 1:
        return
    end = found.end() + _AFTER
    if silences("others").search(told.flat, found.end(), end):
        return
    yield from _claim(told, found, listing, (listing.start, found.end()), end)


def _listed_after(told: Told, found: regex.Match[str], start: int) -> Listing | None:
    """The list behind "คะแนนสูงสุด ได้แก่"."""
    flat = told.flat
    leads = form("leads_to").match(flat, found.end())
    if leads is None or _PAUSE.search(leads["between"]):
        return None
    listing = read_listing(flat, leads.end())
    if listing is None or not told.certain(start, leads.end()):
        return None
    places = form("places").search(leads["between"])
    if places and _numeral(places["places"]) != len(listing.codes):
        return None
    return listing


def _said_after(told: Told, found: regex.Match[str], listing: Listing) -> Iterator[Claim]:
    """The codes, the runner-up behind them, and who is said to be at the other end."""
    span = found.start(), listing.end
    claims = list(_claim(told, found, listing, span, listing.end))
    yield from claims
    second = _runner_up(told, listing)
    if claims and second and second.codes[0] not in listing.codes:
        both = Listing((*listing.codes, *second.codes), (), listing.start, second.end, second.end)
        if level_of(second.codes[0]) == level_of(listing.codes[0]):
            yield from _claim(told, found, both, (span[0], second.end), second.end)
    end = second.end if second else listing.end
    contrast = form("contrast").match(told.flat, end)
    other = read_listing(told.flat, contrast.end()) if contrast else None
    if claims and contrast and other:
        yield from _claim(told, contrast, other, (contrast.start(), other.end), other.end)


def _numeral(word: str) -> int:
    return _NUMERALS.get(word) or int(word)


def _runner_up(told: Told, first: Listing) -> Listing | None:
    """The code behind "รองลงมา คือ" after a single winner: one again."""
    found = form("runner_up").match(told.flat, first.end)
    second = read_listing(told.flat, found.end()) if found else None
    alone = second is not None and len(first.codes) == 1 and len(second.codes) == 1
    return second if alone else None


def _claim(
    told: Told,
    found: regex.Match[str],
    listing: Listing,
    span: tuple[int, int],
    end: int,
) -> Iterator[Claim]:
    """The claim; `end` is up to where its scope may be named."""
    start = told.clause_start(span[0])
    one_year, year_be = told.year(start, span[1])
    level = level_of(listing.codes[0])
    if not one_year or level == "total" or not told.certain(start, span[1]):
        return
    among = "ITA" if level == "instrument" else told.among(span[0], max(span[1], end), level)
    if among is None:
        return
    yield told.claim(
        "highest" if found["highest"] else "lowest",
        span,
        year_be,
        Content(level=level, codes=listing.codes, among=among),
    )

"""Where an agency lies, as a text says it: sub-district, district and province."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

import regex
from rapidfuzz.distance import Levenshtein

from parsers.knowledge import places
from parsers.model import Agency, Mention
from parsers.reading.namewords import pattern
from parsers.text.stream import Stream

__all__ = ["Chain", "chain_after", "place_mentions"]

Unit = Literal["tambon", "district", "province"]

_NEXT = r"(?=[\s,)]*(?:ตำบล|ต\.|อำเภอ|อ\.|จังหวัด|จ\.)|[^ก-๎]|$)"
_TAMBON = rf"(?:(?:ตำบล|ต\.)\s?(?P<tambon>[ก-๎]{{2,30}}?){_NEXT})"
_DISTRICT = rf"(?:(?:อำเภอ|อ\.)\s?(?P<district>[ก-๎]{{2,30}}?){_NEXT})"
_PROVINCE = r"(?:(?:จังหวัด|จ\.)\s?(?P<province>[ก-๎]{2,40}))"
_GAP = r"[\s,(]{0,4}"
_CHAIN = regex.compile(rf"{_GAP}{_TAMBON}?{_GAP}{_DISTRICT}?(?:{_GAP}{_PROVINCE})?")
# District and province in a row, or either by itself.
_LONE = regex.compile(
    rf"(?:(?:อำเภอ|(?<![ก-๎.])อ\.)\s?(?P<district>[ก-๎]{{2,30}}?){_NEXT}(?:{_GAP}{_PROVINCE})?"
    r"|(?:จังหวัด|(?<![ก-๎.])จ\.)\s?(?P<lone>[ก-๎]{2,40}))"
)
_TITLE_PAGES = 3
_CAPITAL = "เมือง"


class Chain(NamedTuple):
    """Places named in a row, each as printed and as named, with where it stands."""

    start: int
    end: int
    tambon: tuple[str, int] | None
    district: tuple[str, int] | None
    province: tuple[str, int] | None

    def mentions(self, stream: Stream, role: str, of: str = "agency") -> Iterator[Mention]:
        """A mention for each place of the row."""
        around = " ".join(part[0] for part in (self.district, self.province) if part)
        for kind, part in self._parts():
            if part is None:
                continue
            name, at = part
            box = stream.box(at, at + len(name))
            if box is not None:
                page = stream.page(at)
                yield Mention(kind, name, name, role, page, box, of, around)

    def _parts(self) -> tuple[tuple[Unit, tuple[str, int] | None], ...]:
        return ("tambon", self.tambon), ("district", self.district), ("province", self.province)


def chain_after(text: str, at: int) -> Chain | None:
    """The places that follow directly on an agency's name."""
    match = _CHAIN.match(text, at)
    return _chain(match) if match else None


def _chain(match: regex.Match[str]) -> Chain | None:
    parts = match.groupdict()
    found: dict[str, tuple[str, int] | None] = {}
    for unit in ("tambon", "district", "province"):
        name = _name(parts.get(unit), unit)
        found[unit] = (name, match.start(unit)) if name else None
    if not any(found.values()):
        return None
    return Chain(match.start(), match.end(), **found)


def _name(raw: str | None, unit: str) -> str | None:
    """The place proper at the head of a word; None where no place is named."""
    if not raw or (pattern("place.none").match(raw) and not places.longest_prefix(raw, unit=unit)):
        return None
    known = places.longest_prefix(raw, unit=unit)
    if known and (unit == "province" or len(known) == len(raw)):
        return known
    if known and pattern("agency.follows").match(raw, len(known)):
        return known
    follow = pattern("agency.follows").search(raw, 3)
    return raw if unit == "district" or not follow else raw[: follow.start()]


def place_mentions(stream: Stream, own: Agency | None, *, table: bool) -> Iterator[Mention]:
    """Districts and provinces named anywhere: those of the list, and those nearly the own.

    On the first pages a line of nothing but places says where the document's agency lies.
    """
    for match in _LONE.finditer(stream.text):
        role = "table" if table else "text"
        if match["district"] and match["province"]:
            chain = _chain_of(match)
            if chain is None:
                continue
            alone = not table and _alone(stream, match)
            if alone:
                role = "title" if stream.page(match.start()) == stream.pages[0] else "heading"
            yield from chain.mentions(stream, role, "agency" if alone else "")
        else:
            yield from _lone(stream, match, own, role)


def _chain_of(match: regex.Match[str]) -> Chain | None:
    found: dict[str, tuple[str, int] | None] = {"tambon": None}
    for unit in ("district", "province"):
        name = _name(match[unit], unit)
        found[unit] = (name, match.start(unit)) if name else None
    if not any(found.values()):
        return None
    return Chain(match.start(), match.end(), **found)


def _alone(stream: Stream, match: regex.Match[str]) -> bool:
    if stream.page(match.start()) > _TITLE_PAGES:
        return False
    line = stream.line_start(match.start())
    end = stream.text.find("\n", match.end())
    rest = stream.text[match.end() : end if end >= 0 else None]
    return not stream.text[line : match.start()].strip() and not rest.strip(" .)")


def _lone(
    stream: Stream, match: regex.Match[str], own: Agency | None, role: str
) -> Iterator[Mention]:
    unit: Unit = "district" if match["district"] else "province"
    group = "district" if match["district"] else "lone"
    raw, at = match[group], match.start(group)
    name = _listed(raw, unit) or (_nearly_own(raw, unit, own) if own else None)
    box = stream.box(at, at + len(name)) if name else None
    if name and box is not None:
        yield Mention(unit, name, name, role, stream.page(at), box)


def _listed(raw: str, unit: Unit) -> str | None:
    known = places.longest_prefix(raw, unit=unit)
    if not known:
        return None
    whole = len(known) == len(raw) or unit == "province"
    return known if whole or pattern("agency.follows").match(raw, len(known)) else None


def _nearly_own(raw: str, unit: Unit, own: Agency) -> str | None:
    """The head of a word that is the own district or province but for a letter."""
    name = own.district if unit == "district" else own.province
    if not name or len(name) < len(_CAPITAL) - 1:
        return None
    for length in (len(name), len(name) - 1, len(name) + 1):
        part = raw[:length]
        ends = len(raw) == len(part) or pattern("agency.follows").match(raw, length)
        if ends and len(part) == length and Levenshtein.distance(name, part) == 1:
            return None if name.startswith(part) else part
    return None

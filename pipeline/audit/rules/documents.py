"""Two documents of one agency that give different values for one score of one year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from parsers.knowledge.catalogue import catalogue
from pipeline.audit.library import Document, Group, Library, Shelved, Value
from pipeline.audit.quantities import Key

__all__ = ["Difference", "documents_differ"]

# As far apart as a chain of rounding can bring two printings of one value (0.01 points).
_ALLOWED = 1_000
# From so many shared values on, nearly all of which differ, something else is told.
_TELLING = 5
_NEARLY_ALL = 0.8
_EARLIER_YEARS = (-2, -1, 1, 2)
_EIT = frozenset({"6", "7", "8", "EIT"})

Values = Mapping[Key, Sequence[Value]]


class Difference(NamedTuple):
    """What one document says against others.

    Attributes:
        rule: Slug of the rule.
        agency: The agency of the group.
        year_be: Fiscal year of the scores.
        document: The document that stands against the others.
        others: The others, the newest first.
        pairs: For each score the place in the document, and in the other with its document.
        of_year: The year whose values in the other document these are, where that is so.
        nearly_all: Whether hardly a score is the same.
    """

    rule: str
    agency: str
    year_be: int
    document: Document
    others: tuple[Document, ...]
    pairs: Mapping[Key, tuple[int, Document, int]]
    of_year: int | None
    nearly_all: bool


def documents_differ(library: Library) -> Iterator[Difference]:
    """For each agency and year the documents that stand against others."""
    for group in library.groups():
        members = sorted(group.members, key=lambda m: (m.document.age, m.document.document_id))
        values = {m.document.document_id: library.values(m) for m in members}
        against = _conflicts(group, members, values)
        while against:
            odd = _oddest(members, against)
            partners = [m for m in members if frozenset((_id(odd), _id(m))) in against]
            yield _difference(library, group, odd, partners[::-1], values)
            against = {pair: keys for pair, keys in against.items() if _id(odd) not in pair}


def _id(member: Shelved) -> str:
    return member.document.document_id


def _conflicts(
    group: Group, members: Sequence[Shelved], values: Mapping[str, Values]
) -> dict[frozenset[str], list[Key]]:
    """The pairs of documents that contradict each other, and in what."""
    found: dict[frozenset[str], list[Key]] = {}
    for number, one in enumerate(members):
        for other in members[number + 1 :]:
            if one.packed == other.packed:
                continue
            keys = _differing(values[_id(one)], values[_id(other)])
            if keys and not _parts_of_eit(group.year_be, keys):
                found[frozenset((_id(one), _id(other)))] = keys
    return found


def _differing(one: Values, other: Values) -> list[Key]:
    return [key for key, held in one.items() if key in other and not _meet(held, other[key])]


def _meet(held: Sequence[Value], others: Sequence[Value]) -> bool:
    """Whether any value of one document can be one of the other."""
    return any(max(a.low - b.high, b.low - a.high) <= _ALLOWED for a in held for b in others)


def _parts_of_eit(year_be: int, keys: Sequence[Key]) -> bool:
    """Whether one document may tell a single part of the EIT where the other tells both."""
    codes = {key.code for key in keys}
    return len(codes) > 1 and codes <= _EIT and _has_parts(year_be)


@lru_cache(maxsize=64)
def _has_parts(year_be: int) -> bool:
    year = catalogue(year_be)
    return year is None or any(entry.parts for entry in year.instruments)


def _oddest(members: Sequence[Shelved], against: Mapping[frozenset[str], object]) -> Shelved:
    """The document that contradicts most others; of two the older one."""
    return max(members, key=lambda m: sum(_id(m) in pair for pair in against))


def _difference(
    library: Library,
    group: Group,
    odd: Shelved,
    partners: Sequence[Shelved],
    values: Mapping[str, Values],
) -> Difference:
    mine = values[_id(odd)]
    pairs: dict[Key, tuple[int, Document, int]] = {}
    shared: set[Key] = set()
    for partner in partners:
        theirs = values[_id(partner)]
        shared |= mine.keys() & theirs.keys()
        for key in _differing(mine, theirs):
            pairs.setdefault(key, (mine[key][0].place, partner.document, theirs[key][0].place))
    return Difference(
        "documents-differ",
        group.agency,
        group.year_be,
        odd.document,
        tuple(partner.document for partner in partners),
        pairs,
        _of_other_year(library, group, partners[0], {key: mine[key] for key in pairs}),
        len(shared) >= _TELLING and len(pairs) >= _NEARLY_ALL * len(shared),
    )


def _of_other_year(library: Library, group: Group, partner: Shelved, mine: Values) -> int | None:
    """The year for which the other document prints all the values in question."""
    if len(mine) < len(_EARLIER_YEARS) - 1:
        return None
    for apart in _EARLIER_YEARS:
        year = group.year_be + apart
        for member in library.group(group.agency, year).members:
            theirs = library.values(member)
            same = all(key in theirs and _meet(held, theirs[key]) for key, held in mine.items())
            if member.document.document_id == _id(partner) and same:
                return year
    return None

"""What is kept of every audited document, to compare the documents of one agency.

Ten thousand documents are audited one at a time. Of each only the values stay, packed; the
few documents that contradict another one are opened again for the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from struct import Struct
from typing import NamedTuple

from parsers.knowledge import places
from parsers.knowledge.catalogue import catalogue
from parsers.model import DocumentKind, Report, Score
from parsers.reading.agencies import agency_id, agency_type, agency_types
from pipeline.audit.interval import printed_interval
from pipeline.audit.precision import precisions
from pipeline.audit.quantities import Key, key_of, readable
from pipeline.audit.sets import named_scores

__all__ = ["Document", "Group", "Library", "Shelved", "Value", "agency_of_score"]

# Code, lowest and highest value in hundred-thousandths, place of the score in its report.
_ENTRY = Struct("<HiiI")
_UNIT = Decimal(100_000)
_LARGEST = Decimal(20_000)
_ORDER: Mapping[DocumentKind, int] = {"result": 0, "other": 0, "analysis": 1, "measures": 2}
# Names that no two agencies of the country share.
_UNIQUE = frozenset(
    {"university", "department", "state-enterprise", "province", "provincial-administration"}
)
_UNKNOWN_PROVINCE = "00-"


class Document(NamedTuple):
    """A document among the others.

    `age` puts documents in order: by year, then result before analysis before measures and
    their follow-up, then by when they were retrieved. Equal ages: nobody knows.
    """

    document_id: str
    file_name: str
    age: tuple[int, int, str]


class Value(NamedTuple):
    """A value that a document prints: what it can stand for, and the place of its score."""

    low: int
    high: int
    place: int


class Shelved(NamedTuple):
    """The values of one agency and year in one document."""

    document: Document
    packed: bytes


class Group(NamedTuple):
    """The documents that print scores of one agency and year."""

    agency: str
    year_be: int
    members: tuple[Shelved, ...]


class Library:
    """The values of all documents, by agency and year."""

    def __init__(self) -> None:
        self._groups: defaultdict[tuple[str, int], list[Shelved]] = defaultdict(list)
        self._numbers: dict[Key, int] = {}
        self._keys: list[Key] = []

    def add(self, report: Report, file_name: str, retrieved_at: str | None = None) -> None:
        """Keep what a document prints.

        Args:
            report: The document.
            file_name: What to call it.
            retrieved_at: When it was downloaded; None for local files.
        """
        packed: defaultdict[tuple[str, int], bytearray] = defaultdict(bytearray)
        precision = precisions(report.scores)
        places_of = {score.score_id: place for place, score in enumerate(report.scores)}
        for score in named_scores(report.scores):
            value, year = readable(score), score.year_be
            if value is None or year is None or not _comparable(report, score, value):
                continue
            agency = agency_of_score(report, score)
            if agency is not None:
                low, high = printed_interval(value, precision(score))
                entry = (self._number(key_of(score)), int(low * _UNIT), int(high * _UNIT))
                packed[agency, year] += _ENTRY.pack(*entry, places_of[score.score_id])
        if packed:
            document = Document(report.document_id, file_name, _age(report, retrieved_at))
            for key, entries in packed.items():
                self._groups[key].append(Shelved(document, bytes(entries)))

    def groups(self) -> Iterator[Group]:
        """The agencies and years of which several documents print scores."""
        for (agency, year), members in sorted(self._groups.items()):
            if len(members) > 1:
                yield Group(agency, year, tuple(members))

    def group(self, agency: str, year_be: int) -> Group:
        """What all documents print of an agency and year."""
        return Group(agency, year_be, tuple(self._groups.get((agency, year_be), ())))

    def values(self, member: Shelved) -> dict[Key, list[Value]]:
        """The values of a document, unpacked."""
        found: defaultdict[Key, list[Value]] = defaultdict(list)
        for number, low, high, place in _ENTRY.iter_unpack(member.packed):
            found[self._keys[number]].append(Value(low, high, place))
        return dict(found)

    def _number(self, key: Key) -> int:
        number = self._numbers.setdefault(key, len(self._keys))
        if number == len(self._keys):
            self._keys.append(key)
        return number


def _age(report: Report, retrieved_at: str | None) -> tuple[int, int, str]:
    identity = report.identity
    if identity is None:
        return (0, 0, retrieved_at or "")
    year = identity.report_year_be or identity.result_year_be or 0
    return (year, _ORDER[identity.kind], retrieved_at or "")


def _comparable(report: Report, score: Score, value: Decimal) -> bool:
    """Whether a score surely is what it seems, so that another document can contradict it.

    Not what was recognised from a picture, what has an unsure year, or a question of the
    EIT in a year that asks it twice: each part has its own e1.
    """
    if score.text_source == "ocr" or abs(value) > _LARGEST:
        return False
    if score.level == "question" and score.code[1:].isdigit() and score.code[0] == "e":
        return not _two_parts(score.year_be)
    return _year_is_sure(report, score.year_be)


@lru_cache(maxsize=64)
def _two_parts(year_be: int | None) -> bool:
    year = catalogue(year_be) if year_be is not None else None
    return year is None or any(entry.parts for entry in year.instruments)


def _year_is_sure(report: Report, year_be: int | None) -> bool:
    """Whether the document says that its results are of a year.

    A plan that names its own year alone may tell the result of the year before.
    """
    identity = report.identity
    if identity is None or identity.kind != "measures" or year_be != identity.report_year_be:
        return True
    return any(
        mention.kind == "year" and mention.name == str(year_be) and mention.of == "result"
        for mention in report.mentions
    )


# ---- whose ----------------------------------------------------------------------------------


def agency_of_score(report: Report, score: Score) -> str | None:
    """The agency of a score as one that no other agency shares; None where it may be another.

    Names repeat: from province to province, and within one. Such a name counts with its
    province, and with its district where the province has it twice.
    """
    identity = report.identity
    own = identity.agency if identity else None
    if identity is None:
        return None
    if score.agency_name_printed is None:
        return _unique(own.agency_id, own.name, own.district or "") if own else None
    province = identity.province_code or (own.province_code if own else None)
    name = score.agency_name_printed
    return _unique(_id(name, province), name, "")


@lru_cache(maxsize=20_000)
def _id(name: str, province_code: str | None) -> str:
    return agency_id(name, province_code)


@lru_cache(maxsize=20_000)
def _unique(known: str, name: str, district: str) -> str | None:
    if known.startswith(_UNKNOWN_PROVINCE):
        return known if agency_type(name) in _UNIQUE else None
    if not _is_repeated(name, known[:2]):
        return known
    return f"{known} {district}" if district else None


def _is_repeated(name: str, province_code: str) -> bool:
    compact = "".join(name.split())
    words = (
        w for kind in agency_types() for w in (*kind.names, *kind.short) if compact.startswith(w)
    )
    proper = compact[len(max(words, key=len, default="")) :].lstrip(".")
    found = places.tambons(proper, within=province_code)
    return len({place.district_code for place in found}) > 1

"""Names that are not the document's own: another agency, a second spelling, an unknown place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from parsers.knowledge import places
from parsers.model import Agency, Mention, Report
from parsers.reading.agencies import agency_type, agency_types
from parsers.text.digits import to_ascii
from parsers.text.words import MARKS
from pipeline.audit.drafts import Context, Draft, in_both
from pipeline.audit.wording import Language, phrase

__all__ = ["agency_conflict", "place_unknown"]

# Agencies of which none names another but by mistake.
_LOCAL = frozenset(
    {"tambon-administration", "tambon-municipality", "town-municipality", "city-municipality"}
)
# A document that names more others than this is about several.
_MOST_OTHERS = 2
_SPELLING = 3
_CAPITAL = "เมือง"
_UNITS = ("district", "province")


# ---- agency-conflict ------------------------------------------------------------------------


def agency_conflict(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """The own name or place in a second spelling, or another agency's."""
    report = context.case.report
    own = report.identity.agency if report.identity else None
    if own is None or any(score.agency_name_printed for score in report.scores):
        return
    yield from _agencies(report, own)
    yield from _places(report, own)


def _agencies(report: Report, own: Agency) -> Iterator[Draft]:
    others: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in report.mentions:
        doubted = mention.kind == "agency" and mention.role != "partner"
        same = _written(mention.name) == _written(own.name)
        if doubted and not same and not _recognised(report, mention):
            others[mention.name].append(mention)
    names = {name: _reason(own, name) for name in others}
    strangers = sum(reason == "name-other" for reason in names.values())
    for name, reason in names.items():
        if reason and (reason != "name-other" or strangers <= _MOST_OTHERS):
            draft = _against(others[name], others[name][0].printed, own.name, reason, "own-agency")
            yield _doubted(report, draft, others[name], _bare(name) == _bare(own.name))


def _recognised(report: Report, mention: Mention) -> bool:
    """Whether somebody's OCR spelt the name, not the agency."""
    return _page(report, mention.page) == "ocr"


def _page(report: Report, number: int) -> str:
    for page in report.pages:
        if page.page == number:
            return page.text_source if page.text_source != "text" else page.text_verdict
    return ""


def _reason(own: Agency, name: str) -> str | None:
    """Why a name is no way to write the own one; None where it may be."""
    wrong = Levenshtein.distance(_written(own.name), _written(name))
    if name.endswith(_proper(own.name)) and agency_type(name) == own.type:
        return "name-slip"
    if wrong <= (1 if _is_listed(name) else _SPELLING):
        return "name-listed" if _is_listed(own.name) and not _is_listed(name) else "name-spelt"
    both_local = {agency_type(name), own.type} <= _LOCAL
    return "name-other" if both_local else None


def _written(name: str) -> str:
    """A name without its blanks, Thai digits as Arabic ones: these are no spelling."""
    return to_ascii("".join(name.split()))


def _bare(name: str) -> str:
    return "".join(letter for letter in name if letter not in MARKS)


def _proper(name: str) -> str:
    """A name without the word for its type."""
    words = (word for kind in agency_types() for word in kind.names if name.startswith(word))
    return name[len(max(words, key=len, default="")) :]


def _is_listed(name: str) -> bool:
    return bool(places.tambons(_proper(name)) or places.districts(_proper(name)))


def _doubted(report: Report, draft: Draft, held: Sequence[Mention], marks_only: bool) -> Draft:
    """Only a note where the marks alone differ and the text had to be repaired.

    Then it may be the text layer that lost them, not the agency.
    """
    sound = any(_page(report, mention.page) == "good" for mention in held)
    return replace(draft, severity="note") if marks_only and not sound else draft


def _against(held: Sequence[Mention], printed: str, own: str, reason: str, whose: str) -> Draft:
    first = held[0]
    pages = ", ".join(str(page) for page in sorted({mention.page for mention in held}))

    def words(language: Language) -> dict[str, str]:
        right = phrase(whose, language, own=own)
        return {"printed": printed, "pages": pages, "own": right, "why": phrase(reason, language)}

    return Draft(
        rule="agency-conflict",
        held=None,
        key=None,
        page=first.page,
        box=first.box,
        evidence=(),
        words=in_both(words),
        printed=printed,
        expected=own,
    )


def _places(report: Report, own: Agency) -> Iterator[Draft]:
    """Where the own agency is said to lie, and it does not.

    District and province of one address are one finding.
    """
    wrong: defaultdict[object, list[Mention]] = defaultdict(list)
    mine = {"tambon": own.tambon, "district": own.district, "province": own.province}
    for mention in report.mentions:
        right = mine.get(mention.kind)
        if right and _is_misplaced(report, mention, right):
            alone = mention.of != "agency" or not mention.context
            wrong[(mention.kind, mention.name) if alone else mention.context].append(mention)
    addresses: defaultdict[frozenset[tuple[str, str]], list[Mention]] = defaultdict(list)
    for held in wrong.values():
        addresses[frozenset((mention.kind, mention.name) for mention in held)] += held
    for held in addresses.values():
        marks = all(_bare(m.name) == _bare(mine[m.kind] or "") for m in held)
        yield _doubted(report, _misplaced(held, mine), held, marks)


def _is_misplaced(report: Report, mention: Mention, right: str) -> bool:
    if mention.role == "partner" or _recognised(report, mention):
        return False
    if _same_place(mention.name, right):
        return False
    near = Levenshtein.distance(mention.name, right) == 1 and not _known(mention)
    return near or (mention.of == "agency" and mention.kind in _UNITS)


def _same_place(name: str, right: str) -> bool:
    capital = _CAPITAL in (name, right)
    return name == right or (capital and name.startswith(_CAPITAL) and right.startswith(_CAPITAL))


def _known(mention: Mention) -> bool:
    return _is_place(mention.kind, mention.name)


def _is_place(kind: str, name: str) -> bool:
    if kind == "province":
        return places.province(name) is not None
    return bool((places.districts if kind == "district" else places.tambons)(name))


def _misplaced(held: Sequence[Mention], mine: Mapping[str, str | None]) -> Draft:
    parts = dict.fromkeys((mention.kind, mention.name) for mention in held)
    printed = " ".join(phrase(f"unit-{kind}", "th") + name for kind, name in parts)
    right = " ".join(phrase(f"unit-{kind}", "th") + (mine[kind] or "") for kind, _ in parts)
    first, own = held[0], mine[held[0].kind] or ""
    reason = "place-elsewhere"
    if not _known(first) and Levenshtein.distance(first.name, own) < _SPELLING:
        reason = "name-listed" if _is_place(first.kind, own) else "name-spelt"
    return _against(held, printed, right, reason, "own-place")


# ---- place-unknown ---------------------------------------------------------------------------


def place_unknown(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """Districts and provinces that the reference list does not have."""
    report = context.case.report
    unknown: defaultdict[tuple[str, str, str], list[Mention]] = defaultdict(list)
    for mention in report.mentions:
        if mention.kind not in _UNITS or mention.role == "partner":
            continue
        # A place named alone is known, or nearly the own: the conflict says so.
        if mention.context and not _recognised(report, mention):
            province = _province_around(report, mention)
            if not _in_list(mention, province) and not _in_conflict(mention, found):
                unknown[mention.kind, mention.name, province].append(mention)
    for (kind, name, province), held in unknown.items():
        yield _unknown(kind, name, province, held)


def _in_conflict(mention: Mention, found: Sequence[Draft]) -> bool:
    """Whether the name was found to be a slip of the own place already."""
    name = phrase(f"unit-{mention.kind}", "th") + mention.name
    return any(d.rule == "agency-conflict" and name in (d.printed or "").split() for d in found)


def _province_around(report: Report, mention: Mention) -> str:
    """The province that a district is printed with, else that of the document."""
    printed = mention.context.rpartition(" ")[2]
    if mention.kind == "province" or places.province(printed) is None:
        identity = report.identity
        return (identity.province or "") if identity and mention.kind == "district" else ""
    return printed


def _in_list(mention: Mention, province: str) -> bool:
    if mention.kind == "province":
        return places.province(mention.name) is not None
    held = places.province(province) if province else None
    return bool(places.districts(mention.name, province_code=held.code if held else None))


def _unknown(kind: str, name: str, province: str, held: Sequence[Mention]) -> Draft:
    first = held[0]
    pages = ", ".join(str(page) for page in sorted({mention.page for mention in held}))
    nearest = _nearest(name, kind, province)

    def words(language: Language) -> Mapping[str, str]:
        where = phrase("in-province", language, province=province) if province else ""
        return {
            "unit": phrase(f"unit-{kind}", language),
            "name": name,
            "where": where,
            "pages": pages,
            "nearest": phrase("nearest-name", language, name=nearest) if nearest else "",
        }

    return Draft(
        rule="place-unknown",
        held=None,
        key=None,
        page=first.page,
        box=first.box,
        evidence=(),
        words=in_both(words),
        printed=name,
        expected=nearest,
    )


def _nearest(name: str, kind: str, province: str) -> str | None:
    """The most similar name: of the province first; the only one that is a letter away."""
    held = places.province(province) if province else None
    found = places.nearest(name, unit=kind, within=held.code if held else None)
    if found:
        return found.name
    within = held.code if held else ""
    close = {
        n for n in places.names(unit=kind, within=within) if Levenshtein.distance(name, n) == 1
    }
    if len(close) == 1:
        return close.pop()
    anywhere = places.nearest(name, unit=kind) if held else None
    return anywhere.name if anywhere else None

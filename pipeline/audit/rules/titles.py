"""Codes and titles that do not belong together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsers.knowledge.catalogue import Year, catalogue, years
from parsers.knowledge.fits import title_fit
from parsers.model import Score
from parsers.reading.codes import code_prefix
from pipeline.audit.case import Case, SetCase
from pipeline.audit.drafts import Context, Draft, in_both
from pipeline.audit.listed import Listed, listed
from pipeline.audit.numbering import Numbering, find_strays
from pipeline.audit.quantities import Key
from pipeline.audit.wording import Language, code_list, phrase, year_list

__all__ = ["code_of_other_year", "code_title_differs"]

_TITLE_SHOWN = 60
_PAIRS_SHOWN = 6
# What a list of another year's codes looks like to the rules that know its own year alone.
_EXPLAINED = frozenset({"code-duplicated", "code-unknown"})


# ---- code-of-other-year ---------------------------------------------------------------------


def code_of_other_year(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """Lists that follow another year's numbering, once for every list; then single codes."""
    case = context.case
    for numbering in case.numberings:
        yield _numbering(case, numbering, found)
    doubled = _doubled(found)
    for stray in find_strays(case.report, case.numberings):
        if not any(entry.code in doubled for entry in stray.entries):
            entry = stray.entries[0]
            year = catalogue(entry.years[0])
            sure = len(stray.entries) > 1 or (year is not None and _is_certain(year, entry.code))
            draft = _numbering(case, stray, found)
            yield draft if sure else replace(draft, severity="note")


def _doubled(found: Sequence[Draft]) -> set[str]:
    return {draft.key.code for draft in found if draft.rule == "code-duplicated" and draft.key}


def _numbering(case: Case, numbering: Numbering, found: Sequence[Draft]) -> Draft:
    first = numbering.entries[0]
    year = first.years[0]
    codes = tuple(dict.fromkeys(entry.code for entry in numbering.entries))
    pairs = [(code, own) for code in codes if (own := numbering.meant(code, year))]
    meant = tuple(own for _, own in pairs)
    held = _set_of(case, first.record)

    def words(language: Language) -> dict[str, str]:
        known = ""
        if meant:
            same = ", ".join(f"{code} → {own}" for code, own in pairs)
            told = (
                same if len(pairs) <= _PAIRS_SHOWN else f"{code_list(codes)} → {code_list(meant)}"
            )
            known = phrase("meant-codes", language, year=str(year), codes=told)
        return {
            "place": phrase(f"place-{first.place[0]}", language),
            "page": str(first.page),
            "years": year_list(numbering.years, language),
            "codes": code_list(codes),
            "meant": known,
        }

    return Draft(
        rule="code-of-other-year",
        held=held,
        key=Key(first.code),
        page=first.page,
        box=first.box,
        evidence=_evidence(numbering.entries),
        words=in_both(words),
        printed=code_list(codes),
        expected=code_list(meant) or None,
        year_be=year,
        replaces=tuple(d for d in found if d.rule in _EXPLAINED and _is_of(d, codes, meant)),
    )


def _is_of(draft: Draft, codes: Sequence[str], meant: Sequence[str]) -> bool:
    return draft.key is not None and draft.key.code in (*codes, *meant)


def _set_of(case: Case, record: object) -> SetCase | None:
    if not isinstance(record, Score):
        return None
    ids = ((held, score.score_id) for held in case.sets for score in held.scores.scores)
    return next((held for held, score_id in ids if score_id == record.score_id), None)


def _evidence(entries: Sequence[Listed]) -> tuple[str, ...]:
    return tuple(e.record.score_id for e in entries if isinstance(e.record, Score))


# ---- code-title-differs ---------------------------------------------------------------------


def code_title_differs(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """Titles that clearly are another question's of the same year, once for each code.

    A code that stands twice, and a list of another year's numbers, are other faults.
    """
    doubled = _doubled(found)
    said: set[tuple[str, str]] = set()
    for entry in listed(context.case.report):
        if entry.code in doubled or not entry.sure or entry.is_open:
            continue
        fit = entry.fit()
        year = catalogue(entry.years[0])
        if fit.fits or not fit.other or year is None or (entry.code, fit.other) in said:
            continue
        if not _is_explained(context.case, entry):
            said.add((entry.code, fit.other))
            yield _differs(context.case, entry, fit.other, year)


def _is_explained(case: Case, entry: Listed) -> bool:
    if any(numbering.explains(entry) for numbering in case.numberings):
        return True
    return any(title_fit(entry.title, entry.code, year).fits for year in years())


def _differs(case: Case, entry: Listed, other: str, year: Year) -> Draft:
    question = year.question(entry.code)

    def words(language: Language) -> dict[str, str]:
        own = ""
        if question:
            own = phrase("own-title", language, code=entry.code, title=question.title)
        return {
            "code": entry.code,
            "title": entry.title[:_TITLE_SHOWN],
            "page": str(entry.page),
            "other": other,
            "year": str(year.year_be),
            "own": own,
        }

    return Draft(
        rule="code-title-differs",
        held=_set_of(case, entry.record),
        key=Key(entry.code),
        page=entry.page,
        box=entry.box,
        evidence=_evidence([entry]),
        words=in_both(words),
        printed=entry.code,
        expected=other,
        severity=None if _is_certain(year, entry.code) else "note",
        year_be=year.year_be,
    )


def _is_certain(year: Year, code: str) -> bool:
    certainty = {"i": year.certainty.iit_questions, "o": year.certainty.oit_questions}
    return certainty.get(code_prefix(code), year.certainty.eit_questions) == "certain"

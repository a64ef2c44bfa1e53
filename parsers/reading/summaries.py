"""Rows called รวม or เฉลี่ย: what they sum up is told by what stands above them."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.knowledge.catalogue import Year, catalogue, years
from parsers.reading.codes import instrument_of
from parsers.reading.subjects import SUMMARY, Subject, read_subject

__all__ = ["summed_up"]

# From this share of an instrument's questions their mean is the instrument's.
_MOST = 0.6
_SEVERAL = 3


def summed_up(
    subjects: Sequence[Subject | None], captions: Sequence[str], year_be: int | None
) -> list[Subject | None]:
    """The subjects of a table's rows, the summary rows among them decided.

    Args:
        subjects: What each row is of; summary rows as the total, with the rule `SUMMARY`
            where their label could mean a part as well.
        captions: The lines above the table, nearest last.
        year_be: Fiscal year whose indicators and questions are used.

    A label that can only mean the overall result ("คะแนนรวมทุกตัวชี้วัด") looks at the whole
    table; "รวม" and "คะแนนเฉลี่ย" look at the rows since the last summary.
    """
    every = [s for s in subjects if s and s.level != "total"]
    found: list[Subject | None] = []
    above: list[Subject] = []
    summaries = 0
    for subject in subjects:
        if subject is None or subject.level != "total":
            above += [subject] if subject else []
            found.append(subject)
            continue
        weak = subject.rule == SUMMARY
        if weak and not above and summaries:
            found.append(subject)
        else:
            found.append(_decided(subject, above if weak else every, captions, year_be))
        summaries += 1
        above = []
    return found


def _decided(
    subject: Subject, parts: Sequence[Subject], captions: Sequence[str], year_be: int | None
) -> Subject | None:
    """The overall result, unless the rows are the parts of one indicator or instrument."""
    weak = subject.rule == SUMMARY
    levels = {part.level for part in parts}
    codes = {part.code for part in parts}
    year = catalogue(year_be or 0) or catalogue(max(years()))
    named = _named(captions)
    code: str | None = None
    if not parts and named and named.level in {"indicator", "instrument"}:
        code = named.code
    elif levels == {"question"}:
        told = named if named and named.level == "indicator" else None
        code = told.code if told else _whole_of_questions(codes - {""}, year)
        code = code or (named.code if named else None)
        if code is None:
            return None
    elif levels <= {"indicator", "subindicator"} and parts:
        code = _whole_of_indicators(codes, year)
    if code is None or code == "ITA":
        doubtful = weak and "instrument" not in levels and len(codes) < _SEVERAL
        return None if doubtful else subject
    level = "indicator" if code.isdigit() else "instrument"
    return Subject(level, code, subject.printed, SUMMARY)  # type: ignore[arg-type]


def _named(captions: Sequence[str]) -> Subject | None:
    """The indicator or instrument that the caption names, the nearest line first."""
    for caption in [*reversed(captions), " ".join(captions)]:
        subject = read_subject(caption)
        if subject and subject.level in {"indicator", "instrument"}:
            return subject
    return None


def _whole_of_questions(codes: set[str], year: Year | None) -> str | None:
    """The indicator that questions belong to, or the instrument if most of its are there."""
    if year is None or not codes:
        return None
    known = [year.by_code[code] for code in codes if code in year.by_code]
    indicators = {question.indicator for question in known}
    if len(indicators) == 1 and len(known) == len(codes):
        return str(indicators.pop())
    instruments = {instrument_of(code) for code in codes}
    if len(instruments) > 1:
        return "ITA"
    whole = instruments.pop()
    own = [code for code in year.by_code if instrument_of(code) == whole]
    return whole if len(codes) >= _MOST * len(own) else None


def _whole_of_indicators(codes: set[str], year: Year | None) -> str | None:
    """The indicator or the instrument whose parts are exactly these; ITA for all ten."""
    if year is None:
        return None
    of_indicator = {code.partition(".")[0] for code in codes}
    if len(of_indicator) == 1 and all("." in code for code in codes):
        return of_indicator.pop()
    for instrument in year.instruments:
        own = {str(i.no) for i in year.indicators if i.instrument == instrument.code}
        if own == {code for code in codes if "." not in code}:
            return instrument.code
    return None

"""A finding and the dataset it stands in -> everything that shows why it was made.

The arithmetic is worked out anew from the printed scores of the dataset, by the same code
that found it: the PDF is not needed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from parsers.knowledge.catalogue import Year, catalogue, years
from parsers.model import Score
from parsers.reading.codes import find_codes
from parsers.text.digits import to_ascii
from pipeline.audit.case import Case, SetCase, open_case
from pipeline.audit.equations import Equation
from pipeline.audit.evaluate import Evaluation
from pipeline.audit.interval import decimals_of, printed_interval
from pipeline.audit.precision import precisions
from pipeline.audit.quantities import Key, key_of, level_of
from pipeline.audit.wording import Evidence, evidence_of, rule_texts
from pipeline.letters.levels import levels_of, pass_mark_of
from pipeline.letters.rebuild import report_of
from pipeline.letters.records import Basis, Entry, Explanation, Place, Value
from pipeline.letters.sums import (
    checks_of,
    fitting_of,
    gap_with,
    involving,
    main_of,
    written_out,
)
from pipeline.letters.tables import TextRow, rows

__all__ = ["explain"]

# What a document says of itself that findings may be about.
_IDENTITY = (
    "agency_name_printed", "agency_name", "tambon", "district", "province",
    "result_year_be", "report_year_be",
)  # fmt: skip
# A code that every year has tells nothing by its years; so many are named.
_MOST_YEARS = 9
_MOST_INDICATORS = 10


def explain(folder: Path, finding: TextRow) -> Explanation:
    """Gather what shows why a finding was made.

    Args:
        folder: The dataset.
        finding: Its row of `findings`.

    Raises:
        MessageError: The folder holds no dataset.
    """
    evidence: list[str] = json.loads(finding.get("evidence") or "[]")
    own = finding["document_id"]
    cases = _cases(folder, own, evidence)
    document, case = cases[own]
    held = _set_of(case, finding, frozenset(evidence))
    places = list(_places(cases, evidence))
    rule = rule_texts().get(finding["rule"])
    found = Explanation(
        finding=finding,
        document=document,
        rule=rule,
        year_be=int(finding["year_be"]) if finding["year_be"] else None,
        places=tuple(places),
    )
    for kind in evidence_of(finding["rule"]):
        found = _with(kind, found, folder, held)
    return found


def _with(kind: Evidence, found: Explanation, folder: Path, held: SetCase | None) -> Explanation:
    """The explanation with one more kind of evidence."""
    match kind:
        case "values":
            return replace(found, values=tuple(_values(found, held)))
        case "arithmetic":
            return _with_arithmetic(found, held) if held else found
        case "levels" | "pass-mark" | "catalogue":
            return _with_rules(kind, found, held)
        case "identity":
            named = {name: found.document.get(name, "") for name in _IDENTITY}
            return replace(found, claims={name: text for name, text in named.items() if text})
        case "measures":
            return replace(found, measures=tuple(_measures(found, folder)))


def _with_rules(kind: Evidence, found: Explanation, held: SetCase | None) -> Explanation:
    """The explanation with a part of the year's rules, as far as they are known."""
    if kind == "catalogue":
        bases = _bases(held, *_lists_of(found)) if held else ()
        return replace(found, entries=tuple(_entries(found)), bases=bases)
    if held is None:
        return found
    if kind == "levels":
        return replace(found, levels=tuple(levels_of(held)), bases=_bases(held, "levels"))
    code = found.places[0].key.code if found.places else ""
    return replace(found, pass_mark=pass_mark_of(held, code), bases=_bases(held, "levels"))


# ---- the documents ------------------------------------------------------------------------------


def _cases(folder: Path, own: str, evidence: Sequence[str]) -> Mapping[str, tuple[TextRow, Case]]:
    """The document of a finding, and those that its evidence stands in besides."""
    ids = dict.fromkeys([own])
    scores = rows(folder, "scores", "document_id", ids)
    known = {row["score_id"] for row in scores}
    elsewhere = [score for score in evidence if score not in known]
    if elsewhere:
        others = {row["document_id"] for row in rows(folder, "scores", "score_id", elsewhere)}
        ids |= dict.fromkeys(sorted(others))
        scores += rows(folder, "scores", "document_id", others)
    ratings = rows(folder, "ratings", "document_id", ids)
    documents = {row["document_id"]: row for row in rows(folder, "documents", "document_id", ids)}
    return {
        document: (
            row,
            open_case(
                report_of(
                    row,
                    (s for s in scores if s["document_id"] == document),
                    (r for r in ratings if r["document_id"] == document),
                )
            ),
        )
        for document, row in documents.items()
    }


def _set_of(case: Case, finding: TextRow, evidence: frozenset[str]) -> SetCase | None:
    """The set of scores that a finding is about: the one that holds most of its evidence."""
    if not case.sets:
        return None

    def likeness(held: SetCase) -> tuple[int, bool, bool]:
        return (
            sum(score.score_id in evidence for score in held.scores.scores),
            (held.scores.agency_name_printed or "") == finding["agency_name_printed"],
            str(held.scores.year_be or "") == finding["year_be"],
        )

    return max(case.sets, key=likeness)


def _places(cases: Mapping[str, tuple[TextRow, Case]], evidence: Sequence[str]) -> Iterator[Place]:
    places: dict[str, Place] = {}
    for document, case in cases.values():
        precision = precisions(case.report.scores)
        for score in case.report.scores:
            if score.score_id in evidence:
                places[score.score_id] = _place(document, score, precision(score))
    for score_id in evidence:
        if score_id in places:
            yield places[score_id]


def _place(document: TextRow, score: Score, decimals: int) -> Place:
    value = score.value
    return Place(
        score_id=score.score_id,
        document_id=document["document_id"],
        file_name=document["file_name"],
        key=key_of(score),
        label=" ".join(score.label_printed.split()),
        code_printed=" ".join(score.code_printed.split()),
        printed=score.value_printed,
        value=value,
        stands_for=None if value is None else printed_interval(value, decimals),
        decimals=decimals,
        page=score.page,
        table_no=score.table_no,
        row_no=score.row_no,
        kind=score.place,
    )


# ---- values side by side, arithmetic ------------------------------------------------------------


def _key(found: Explanation) -> Key | None:
    """The score that a finding is about."""
    code = found.finding.get("code", "")
    if not code:
        return None
    same = (place.key for place in found.places if place.key.code == code)
    return next(same, Key(code))


def _values(found: Explanation, held: SetCase | None) -> Iterator[Value]:
    """The values of the score, each with its places and the equations that speak for it."""
    key = _key(found)
    groups: dict[object, list[Place]] = {}
    for place in found.places:
        if place.value is not None and (key is None or place.key == key):
            groups.setdefault(place.value, []).append(place)
    results = involving(held, key) if held and key else []
    for places in groups.values():
        value, interval = places[0].value, places[0].stands_for
        assert value is not None and interval is not None  # only read ones are grouped
        holds: list[Equation] = []
        fails: list[Equation] = []
        for result in results:
            if held and key and result.equation:
                gap = gap_with(held, result.equation, {key: interval})
                (fails if gap else holds).append(result.equation)
        yield Value(value, tuple(places), tuple(holds), tuple(fails))


def _with_arithmetic(found: Explanation, held: SetCase) -> Explanation:
    key = _key(found)
    if key is None:
        return found
    evidence = frozenset(place.score_id for place in found.places)
    results = involving(held, key)
    main = main_of(held, key, evidence, results)
    if not main:
        return found
    fitting = fitting_of(held, key, main, results)
    parts = [_part_of_rule(r.template.rule, r.template.target.code, held) for r in main]
    return replace(
        found,
        places=(*found.places, *_inputs(found, held, main)),
        sums=tuple(written_out(held, result) for result in main),
        fitting=fitting,
        checks=tuple(checks_of(held, fitting, main, results)),
        bases=(*found.bases, *_bases(held, *dict.fromkeys(parts))),
    )


def _inputs(found: Explanation, held: SetCase, main: Sequence[Evaluation]) -> Iterator[Place]:
    """The scores of the equations that are not among the evidence, each once."""
    known = {place.score_id for place in found.places}
    known_keys = {place.key for place in found.places}
    for result in main:
        for key in (result.template.target, *(result.equation.parts if result.equation else ())):
            chosen = held.choice.values[key]
            score = chosen.scores[0]
            if score.score_id not in known and key not in known_keys:
                known.add(score.score_id)
                decimals = decimals_of((chosen.interval.high - chosen.interval.low).normalize())
                yield _place(found.document, score, decimals)


# ---- the year's rules ---------------------------------------------------------------------------


def _bases(held: SetCase, *parts: str) -> tuple[Basis, ...]:
    """How sure the catalogue is of parts of the year."""
    year = held.rules.year
    if year is None:
        return ()
    return tuple(Basis(part, getattr(year.certainty, part)) for part in parts if part)


def _part_of_rule(rule: str, code: str, held: SetCase) -> str:
    """The part of the catalogue that an equation comes from."""
    if rule.startswith(("total-", "weighted-", "instrument-")):
        return "weights"
    indicator = held.rules.indicator(code.partition(".")[0])
    if "subindicator" in rule or (indicator is not None and indicator.groups):
        return "subindicators"
    return _list_of_instrument(indicator.instrument if indicator else "")


def _list_of_instrument(instrument: str) -> str:
    known = {"IIT": "iit_questions", "EIT": "eit_questions", "OIT": "oit_questions"}
    return known.get(instrument[:3], "")


def _lists_of(found: Explanation) -> tuple[str, ...]:
    code = found.finding.get("code", "")
    if not code or level_of(code) != "question":
        return ()
    return (_list_of_instrument({"i": "IIT", "o": "OIT"}.get(code[0], "EIT")),)


def _entries(found: Explanation) -> Iterator[Entry]:
    """What the year has under the codes of a finding, and other years where it has none."""
    year = catalogue(found.year_be) if found.year_be else None
    if year is None:
        return
    named = [found.finding.get(name, "") for name in ("printed", "expected")]
    own = found.finding.get("code", "")
    codes = dict.fromkeys([own, *(code for text in named for code in _codes_in(text))])
    for code in codes:
        if code and level_of(code) not in ("total", "instrument"):
            entry = _entry(year, code)
            yield entry
            if not entry.title:
                yield from _in_other_years(year, code)


def _codes_in(text: str) -> Iterator[str]:
    """The codes of questions, or the number of an indicator, that a cell holds.

    >>> list(_codes_in("o12, ข้อ i๑")), list(_codes_in("๕.")), list(_codes_in("78.41"))
    (['o12', 'i1'], ['5'], [])
    """
    word = to_ascii(text).strip().rstrip(".")
    if word.isascii() and word.isdigit() and 1 <= int(word) <= _MOST_INDICATORS:
        yield str(int(word))
    else:
        yield from (code for mention in find_codes(text) for code in mention.codes)


def _entry(year: Year, code: str) -> Entry:
    for indicator in year.indicators:
        if str(indicator.no) == code:
            return Entry(year.year_be, code, indicator.name, indicator.instrument)
    for sub in year.subindicators:
        if sub.code == code:
            return Entry(year.year_be, code, sub.name, str(sub.indicator))
    question = year.by_code.get(code.lower())
    if question is None:
        return Entry(year.year_be, code, "", "")
    return Entry(
        year.year_be, code, question.title, question.subindicator or str(question.indicator)
    )


def _in_other_years(year: Year, code: str) -> Iterator[Entry]:
    others = (catalogue(number) for number in years() if number != year.year_be)
    held = [entry for other in others if other and (entry := _entry(other, code)).title]
    yield from held[:_MOST_YEARS]


def _measures(found: Explanation, folder: Path) -> Iterator[TextRow]:
    """The measures that stand on the page of a finding."""
    page = int(found.finding["page"] or 0)
    for row in rows(folder, "measures", "document_id", [found.finding["document_id"]]):
        if int(row["page_first"]) <= page <= int(row["page_last"]):
            yield row

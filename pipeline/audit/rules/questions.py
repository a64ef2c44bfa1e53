"""Lists of questions that leave one out, or stand under another instrument's name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from parsers.knowledge.catalogue import Year
from parsers.model import Report, Score
from parsers.reading.codes import code_number, code_prefix, instrument_of
from pipeline.audit.case import SetCase
from pipeline.audit.drafts import Context, Draft, in_both, score_ids
from pipeline.audit.quantities import Key, key_of
from pipeline.audit.wording import Language, code_list

__all__ = ["instrument_differs_from_code", "question_missing"]

# A list of so large a part of the questions is meant to hold them all …
_EVIDENTLY_ALL = (4, 5)
_CERTAIN = frozenset({"exact", "zero-for-o"})
# … unless one of its codes is in doubt.
_DOUBTS = frozenset({"code-duplicated", "code-unknown", "code-title-differs", "code-of-other-year"})


# ---- question-missing -----------------------------------------------------------------------


def question_missing(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """Questions that a list of nearly all leaves out and the document never names.

    Once for each instrument, in years whose list is certain.
    """
    if context.case.report.status != "ok":
        return  # what is missing may stand on a page that was not read
    doubted = {code_prefix(d.key.code) for d in found if d.rule in _DOUBTS and d.key}
    for held in context.case.sets:
        year = held.rules.year
        by_prefix = _listed(held)
        if year is None or not by_prefix:
            continue
        for prefix, scores in by_prefix.items():
            asked = [code for code in year.by_code if code_prefix(code) == prefix]
            there = {score.code for score in scores}
            if prefix in doubted or len(there) == len(asked) or not _is_certain(year, prefix):
                continue
            if _is_meant_whole(there, asked, scores) and not _unresolved(context.case.report):
                missing = sorted(set(asked) - there - _named(context.case.report), key=code_number)
                if missing:
                    yield _missing(held, missing, scores)


def _listed(held: SetCase) -> dict[str, list[Score]]:
    found: defaultdict[str, list[Score]] = defaultdict(list)
    for score in held.scores.scores:
        if score.level == "question" and score.place in ("table", "list"):
            found[code_prefix(score.code)].append(score)
    return found


def _is_certain(year: Year, prefix: str) -> bool:
    certainty = {"i": year.certainty.iit_questions, "o": year.certainty.oit_questions}
    return certainty.get(prefix, year.certainty.eit_questions) == "certain"


def _is_meant_whole(there: set[str], asked: Sequence[str], scores: Sequence[Score]) -> bool:
    """Whether nearly all are listed, and not only those that reached one score."""
    part, whole = _EVIDENTLY_ALL
    values = {score.value for score in scores}
    return whole * len(there.intersection(asked)) >= part * len(asked) and len(values) > 1


def _unresolved(report: Report) -> bool:
    """Whether a question stands in a list whose code could not be told: it may be the one."""
    return any(score.level == "question" and not score.code for score in report.scores)


def _named(report: Report) -> set[str]:
    """Every code that the document names, scored or not."""
    return {
        *(score.code for score in report.scores),
        *(advice.code for advice in report.advice),
        *(code for advice in report.advice for code in advice.refers_to),
        *(code for measure in report.measures for code in measure.codes),
    }


def _missing(held: SetCase, missing: Sequence[str], scores: Sequence[Score]) -> Draft:
    first = scores[0]
    before = [score for score in scores if code_number(score.code) < code_number(missing[0])]
    near = max(before, key=lambda score: code_number(score.code), default=first)

    def words(language: Language) -> dict[str, str]:
        return {
            "codes": code_list(missing),
            "instrument": instrument_of(missing[0]) or "",
            "year": str(held.scores.year_be),
            "page": str(near.page),
            "count": str(len({score.code for score in scores})),
        }

    return Draft(
        rule="question-missing",
        held=held,
        key=Key(missing[0]),
        page=near.page,
        box=near.box,
        evidence=score_ids([near]),
        words=in_both(words),
        expected=code_list(missing),
    )


# ---- instrument-differs-from-code -----------------------------------------------------------


def instrument_differs_from_code(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """Lists under the name of one instrument that hold the questions of another.

    A heading over questions of both is a heading of its first part: no fault.
    """
    for held in context.case.sets:
        lists: defaultdict[tuple[int | None, str], list[Score]] = defaultdict(list)
        for score in held.scores.scores:
            if score.instrument_printed and _instrument(held, score):
                lists[score.table_no, score.instrument_printed[:3]].append(score)
        for (_, printed), scores in lists.items():
            real = {_instrument(held, score) for score in scores}
            if len(real) == 1 and printed not in real:
                yield _of_other_instrument(held, scores, printed, str(real.pop()))


def _instrument(held: SetCase, score: Score) -> str | None:
    """The instrument that a question's code or an indicator belongs to."""
    if score.level == "indicator":
        rule = held.rules.indicator(score.code)
        return rule.instrument if rule else None
    if score.level != "question" or score.code_rule not in _CERTAIN:
        return None
    return instrument_of(score.code)


def _of_other_instrument(
    held: SetCase, scores: Sequence[Score], printed: str, expected: str
) -> Draft:
    first = scores[0]
    codes = tuple(dict.fromkeys(score.code for score in scores))

    def words(language: Language) -> dict[str, str]:
        return {
            "printed": printed,
            "page": str(first.page),
            "codes": code_list(codes),
            "expected": expected,
        }

    return Draft(
        rule="instrument-differs-from-code",
        held=held,
        key=key_of(first),
        page=first.page,
        box=first.box,
        evidence=score_ids(scores),
        words=in_both(words),
        printed=printed,
        expected=expected,
    )

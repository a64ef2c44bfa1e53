"""Codes and numbers that cannot be what they are printed as."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import regex
from rapidfuzz import fuzz

from parsers.knowledge.catalogue import Year, catalogue, years
from parsers.model import Score
from parsers.reading.codes import code_number, code_prefix
from pipeline.audit.case import SetCase
from pipeline.audit.drafts import Context, Draft, in_both, score_ids
from pipeline.audit.quantities import Key, key_of
from pipeline.audit.sets import printed_code
from pipeline.audit.wording import Language, phrase, points

__all__ = ["code_duplicated", "code_unknown", "indicator_number_differs"]

# Two titles of one question differ by damage and by what is cut off, hardly by more.
_SAME_TITLE = 75
# Where the numbers show that a question is missing, a title need not be that far off.
_ONE_TITLE = 92
_TITLE_SHOWN = 50
_NOT_LETTERS = regex.compile(r"[^\p{L}\p{M}]+")
_ONE_NUMBER = regex.compile(r"[^\d.]*(\d{1,2})[^\d.]*[.)]?\s*")


# ---- code-duplicated ------------------------------------------------------------------------


def code_duplicated(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """One code for two questions, in one list or in lists that contradict each other."""
    for held in context.case.sets:
        questions = [s for s in held.scores.scores if _in_list(s)]
        as_read = _by_code((s.code, s) for s in questions)
        # Titles may have given two codes to what is printed as one.
        as_printed = _by_code((printed_code(s) or s.code, s) for s in questions)
        for code, scores in {**as_printed, **as_read}.items():
            doubled = _doubled(scores) or _doubled(as_printed.get(code, ()))
            doubled = doubled or _in_place_of_next(held, scores, questions)
            if doubled:
                yield _duplicate(held, code, doubled)


def _in_list(score: Score) -> bool:
    return score.level == "question" and score.place in ("table", "list")


def _by_code(scores: Iterable[tuple[str, Score]]) -> Mapping[str, list[Score]]:
    found: defaultdict[str, list[Score]] = defaultdict(list)
    for code, score in scores:
        found[code].append(score)
    return {code: held for code, held in found.items() if len(held) > 1}


def _doubled(scores: Sequence[Score]) -> list[Score]:
    """The scores of one code that contradict each other; empty where they do not."""
    by_list: defaultdict[object, list[Score]] = defaultdict(list)
    for score in scores:
        by_list[score.table_no].append(score)
    for table, held in by_list.items():
        first = held[0]
        if any(_other_title(first, s) for s in held[1:]):
            return held
        if table is not None and any(_other_value(first, s) and _apart(first, s) for s in held[1:]):
            return held
    if not scores:
        return []
    first = scores[0]
    against = [s for s in scores if _other_title(first, s) and _other_value(first, s)]
    return [first, *against] if against else []


def _in_place_of_next(
    held: SetCase, scores: Sequence[Score], questions: Sequence[Score]
) -> list[Score]:
    """Two rows, one below the other, of which the second should have the next number.

    That number is nowhere in a list which counts up to them and goes on after it (or ends),
    and the titles are not the same.
    """
    if len(scores) != 2:
        return []
    first, second = scores
    if first.table_no is None or first.table_no != second.table_no:
        return []
    if first.row_no is None or second.row_no != first.row_no + 1:
        return []
    rows = {s.row_no: s.code for s in questions if s.table_no == first.table_no}
    prefix, number = code_prefix(first.code), code_number(first.code)
    before, after = rows.get(first.row_no - 1), rows.get(first.row_no + 2)
    counted = before == f"{prefix}{number - 1}" and after in (None, f"{prefix}{number + 2}")
    following = f"{prefix}{number + 1}"
    known = held.rules.year is not None and held.rules.year.knows(following)
    skipped = known and all(score.code != following for score in questions)
    a, b = _title(first), _title(second)
    other = bool(a and b) and fuzz.ratio(a, b) < _ONE_TITLE
    return [first, second] if counted and skipped and other else []


def _other_title(one: Score, other: Score) -> bool:
    a, b = _title(one), _title(other)
    if not a or not b or one.label_printed == other.label_printed:
        return False
    return max(fuzz.ratio(a, b), fuzz.partial_ratio(a, b)) < _SAME_TITLE


def _apart(one: Score, other: Score) -> bool:
    """Whether a code is printed twice; two columns of one row have it in common."""
    return one.row_no is None or one.row_no != other.row_no


def _title(score: Score) -> str:
    return _NOT_LETTERS.sub("", score.label_printed)


def _other_value(one: Score, other: Score) -> bool:
    return one.value is not None and other.value is not None and one.value != other.value


def _duplicate(held: SetCase, code: str, scores: Sequence[Score]) -> Draft:
    second = scores[1]

    def place(score: Score, language: Language) -> str:
        value = phrase("unread", language) if score.value is None else points(score.value)
        title = " ".join(score.label_printed.split())[:_TITLE_SHOWN]
        page = str(score.page)
        if not title:
            return phrase("place", language, value=value, page=page)
        return phrase("titled-place", language, title=title, value=value, page=page)

    def words(language: Language) -> dict[str, str]:
        places = ", ".join(place(score, language) for score in scores)
        return {"code": code, "count": str(len(scores)), "places": places}

    return Draft(
        rule="code-duplicated",
        held=held,
        key=Key(code, key_of(second).scale),
        page=second.page,
        box=second.box,
        evidence=score_ids([second], scores),
        words=in_both(words),
        printed=code,
    )


# ---- code-unknown ---------------------------------------------------------------------------


def code_unknown(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """Question codes that the questionnaire of the year does not have."""
    for held in context.case.sets:
        year = held.rules.year
        if year is None:
            continue
        for key, quantity in held.scores.quantities.items():
            if quantity.scores[0].level == "question" and _is_unknown(year, key.code):
                yield _unknown(held, year, key, quantity.scores)


def _is_unknown(year: Year, code: str) -> bool:
    if year.knows(code):
        return False
    certainty = {
        "i": year.certainty.iit_questions,
        "o": year.certainty.oit_questions,
    }.get(code_prefix(code), year.certainty.eit_questions)
    if certainty == "inferred":
        others = (catalogue(number) for number in years())
        return not any(other.knows(code) for other in others if other is not None)
    return certainty == "certain"


def _unknown(held: SetCase, year: Year, key: Key, scores: Sequence[Score]) -> Draft:
    prefix = code_prefix(key.code)
    numbers = [code_number(c) for c in year.by_code if code_prefix(c) == prefix]

    def words(language: Language) -> dict[str, str]:
        known = ""
        if numbers:
            first, last = f"{prefix}{min(numbers)}", f"{prefix}{max(numbers)}"
            known = phrase("codes-of-year", language, first=first, last=last)
        page, number = str(scores[0].page), str(year.year_be)
        return {"code": key.code, "year": number, "page": page, "range": known}

    return Draft(
        rule="code-unknown",
        held=held,
        key=key,
        page=scores[0].page,
        box=scores[0].box,
        evidence=score_ids(scores),
        words=in_both(words),
        printed=scores[0].code_printed,
    )


# ---- indicator-number-differs ---------------------------------------------------------------


def indicator_number_differs(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """Indicators numbered as another one, in lists that number the others rightly."""
    for held in context.case.sets:
        lists: defaultdict[object, list[tuple[int, Score]]] = defaultdict(list)
        for score in held.scores.scores:
            number = _printed_number(score)
            if number is not None:
                place = score.place if score.table_no is None else score.table_no
                lists[place].append((number, score))
        for numbered in lists.values():
            wrong = [s for number, s in numbered if str(number) != s.code]
            if wrong and 2 * len(wrong) <= len(numbered) - len(wrong):
                for score in _not_recounted(numbered):
                    yield _misnumbered(held, score)


def _printed_number(score: Score) -> int | None:
    if score.level != "indicator":
        return None
    match = _ONE_NUMBER.fullmatch(score.code_printed)
    return int(match[1]) if match else None


def _not_recounted(numbered: Sequence[tuple[int, Score]]) -> list[Score]:
    """The wrongly numbered rows, without those that count 1, 2, 3 in their instrument."""
    wrong = [(number, score) for number, score in numbered if str(number) != score.code]
    rows = sorted(wrong, key=lambda entry: (entry[1].page, entry[1].row_no or 0))
    counted = [number for number, _ in rows]
    if len(counted) > 1 and counted == list(range(1, len(counted) + 1)):
        return []
    return [score for _, score in rows]


def _misnumbered(held: SetCase, score: Score) -> Draft:
    label = " ".join(score.label_printed.split())

    def words(language: Language) -> dict[str, str]:
        rule = held.rules.indicator(score.code)
        name = label or (rule.name if rule else "")
        printed = str(_printed_number(score))
        return {"label": name, "code": score.code, "printed": printed, "page": str(score.page)}

    return Draft(
        rule="indicator-number-differs",
        held=held,
        key=key_of(score),
        page=score.page,
        box=score.box,
        evidence=(score.score_id,),
        words=in_both(words),
        printed=score.code_printed,
        expected=score.code,
    )

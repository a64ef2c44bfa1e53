"""What must be true of a year of the catalogue, checked when its file is read.

Each check raises `DataTableError` with the file, the entry and what is expected, in words
for whoever edits the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from parsers.errors import DataTableError
from parsers.knowledge.catalogue_records import Concept, RatingLevel, YearFile

__all__ = ["check_concepts", "check_year"]

_HIGHEST = Decimal(100)
_STEP = Decimal("0.01")


def check_concepts(name: str, table: Mapping[str, Concept]) -> None:
    """Check what questions ask.

    Raises:
        DataTableError: A title or a list of terms is empty.
    """
    for entry, concept in table.items():
        if not concept.title.strip():
            raise DataTableError(name, entry, "the title is empty")
        spellings = [spelling for group in concept.terms for spelling in group]
        if not all(concept.terms) or not spellings or not all(map(str.strip, spellings)):
            raise DataTableError(name, entry, "terms must hold lists of words, none empty")


def check_year(name: str, held: YearFile, known: Mapping[str, Concept]) -> None:
    """Check one year.

    Raises:
        DataTableError: The first thing that is wrong.
    """
    if not name.startswith(str(held.fiscal_year_be)):
        raise DataTableError(
            name, "fiscal_year_be", f"is {held.fiscal_year_be}, which the file name does not say"
        )
    _check_unique(name, held)
    _check_weights(name, held)
    _check_indicators(name, held)
    _check_questions(name, held, known)
    _check_subindicators(name, held)
    _check_levels(name, held)
    _check_item_scores(name, held)
    _check_analysis_report(name, held)
    _check_certainty(name, held)


def _check_unique(name: str, held: YearFile) -> None:
    _no_doubles(name, "instruments", (entry.code for entry in held.instruments))
    _no_doubles(name, "indicators", (str(entry.no) for entry in held.indicators))
    _no_doubles(name, "subindicators", (entry.code for entry in held.subindicators))
    _no_doubles(name, "levels", (entry.name for entry in held.levels))
    codes = [code for entries in held.questions.values() for code in entries]
    _no_doubles(name, "questions", codes)


def _no_doubles(name: str, entry: str, values: Iterable[str]) -> None:
    doubled = [value for value, times in Counter(values).items() if times > 1]
    if doubled:
        raise DataTableError(name, f"{entry}, {doubled[0]}", "stands more than once")


def _check_weights(name: str, held: YearFile) -> None:
    by_instrument = [entry.weight for entry in held.instruments if entry.weight is not None]
    by_indicator = [entry.weight for entry in held.indicators if entry.weight is not None]
    if bool(by_instrument) == bool(by_indicator):
        raise DataTableError(
            name, "weight", "either the instruments carry the weights or the indicators do"
        )
    place, weights, count = (
        ("instruments", by_instrument, len(held.instruments))
        if by_instrument
        else ("indicators", by_indicator, len(held.indicators))
    )
    if len(weights) != count:
        raise DataTableError(name, place, "every one of them must have a weight")
    if sum(weights) != 1:
        raise DataTableError(name, place, f"weights sum to {sum(weights)}, not to 1")
    for entry in held.instruments:
        if entry.parts and sum(part.weight for part in entry.parts) != entry.weight:
            raise DataTableError(
                name, f"instruments, {entry.code}", "its parts do not sum to its weight"
            )


def _check_indicators(name: str, held: YearFile) -> None:
    if [entry.no for entry in held.indicators] != list(range(1, len(held.indicators) + 1)):
        raise DataTableError(name, "indicators", "must be numbered 1, 2, 3 … in order")
    instruments = {entry.code for entry in held.instruments}
    for entry in held.indicators:
        if entry.instrument not in instruments | {""}:
            raise DataTableError(
                name, f"indicators, {entry.no}", f"no instrument {entry.instrument!r}"
            )


def _check_questions(name: str, held: YearFile, known: Mapping[str, Concept]) -> None:
    prefixes = {entry.code: entry.prefix for entry in held.instruments}
    instruments = {str(entry.no): entry.instrument for entry in held.indicators}
    divided = {entry.code.partition(".")[0] for entry in held.subindicators}
    numbers: dict[str, list[int]] = {}
    asked: Counter[tuple[str, str]] = Counter()
    for group, entries in held.questions.items():
        instrument = _instrument_of_group(name, held, group, instruments)
        if group in divided:
            raise DataTableError(
                name, f"questions.{group}", "is divided: questions go under its sub-indicators"
            )
        for code, concept in entries.items():
            prefix = prefixes[instrument]
            number = code.removeprefix(prefix)
            if not prefix or not code.startswith(prefix) or not number.isdecimal():
                raise DataTableError(
                    name, f"questions.{group}.{code}", f"a code of {instrument} is {prefix}1, …"
                )
            if concept not in known:
                raise DataTableError(
                    name, f"questions.{group}.{code}", f"questions.toml has no [{concept}]"
                )
            numbers.setdefault(prefix, []).append(int(number))
            asked[instrument, concept] += 1
    _check_numbers(name, numbers, asked)


def _instrument_of_group(
    name: str, held: YearFile, group: str, instruments: Mapping[str, str]
) -> str:
    if "." in group and group not in {entry.code for entry in held.subindicators}:
        raise DataTableError(name, f"questions.{group}", f"there is no sub-indicator {group}")
    instrument = instruments.get(group.partition(".")[0])
    if not instrument:
        raise DataTableError(name, f"questions.{group}", "there is no such indicator")
    return instrument


def _check_numbers(
    name: str, numbers: Mapping[str, list[int]], asked: Counter[tuple[str, str]]
) -> None:
    for prefix, found in numbers.items():
        missing = sorted(set(range(1, max(found) + 1)) - set(found))
        if missing:
            raise DataTableError(name, "questions", f"{prefix}{missing[0]} is missing")
    for (instrument, concept), times in asked.items():
        if times > 1:
            raise DataTableError(
                name, f"questions, {concept}", f"{instrument} asks it {times} times"
            )


def _check_subindicators(name: str, held: YearFile) -> None:
    indicators = {str(entry.no) for entry in held.indicators}
    for entry in held.subindicators:
        whole, _, number = entry.code.partition(".")
        if whole not in indicators or not number.isdecimal():
            raise DataTableError(
                name, f"subindicators, {entry.code}", "a code is an indicator, a dot, a number"
            )
        size = len(held.questions.get(entry.code, {}))
        if size != entry.size:
            raise DataTableError(
                name,
                f"subindicators, {entry.code}",
                f"size is {entry.size}, but {size} questions stand under it",
            )


def _check_levels(name: str, held: YearFile) -> None:
    if held.certainty.levels == "unknown":
        return
    for entry in held.levels:
        _check_level(name, entry, held.pass_threshold)
    # Levels with a condition lie over another one, which is given where it does not hold.
    plain = sorted(
        (entry.min, entry.max, entry.name)
        for entry in held.levels
        if entry.every_instrument_min is None and entry.min is not None and entry.max is not None
    )
    expected = Decimal(0)
    for low, high, level in plain:
        if low != expected:
            raise DataTableError(
                name, f"levels, {level}", f"begins at {low}; the one below ends before {expected}"
            )
        expected = high + _STEP
    if expected != _HIGHEST + _STEP:
        raise DataTableError(name, "levels", "the highest one without a condition must end at 100")


def _check_level(name: str, entry: RatingLevel, threshold: Decimal | None) -> None:
    place = f"levels, {entry.name}"
    if entry.min is None or entry.max is None:
        raise DataTableError(name, place, "min and max are needed unless the levels are unknown")
    if not 0 <= entry.min <= entry.max <= _HIGHEST:
        raise DataTableError(name, place, f"{entry.min} to {entry.max} is no range within 0 to 100")
    if threshold is not None and entry.passes is not (entry.min >= threshold):
        raise DataTableError(
            name, place, f"pass does not follow from min and the pass mark {threshold}"
        )


def _check_item_scores(name: str, held: YearFile) -> None:
    scores = list(held.item_scores)
    if scores != sorted(set(scores)) or any(not 0 <= score <= _HIGHEST for score in scores):
        raise DataTableError(name, "item_scores", "must rise from 0 to 100, each once")


def _check_analysis_report(name: str, held: YearFile) -> None:
    codes = {code for entries in held.questions.values() for code in entries}
    report = held.analysis_report
    for code in (report.item, report.follow_up) if report else ():
        if code not in codes:
            raise DataTableError(name, "analysis_report", f"there is no item {code}")


def _check_certainty(name: str, held: YearFile) -> None:
    """What is unknown is not written, and what is written is not unknown."""
    asked = {entry.instrument for entry in held.indicators if _has_questions(held, entry.no)}
    known = held.certainty
    pairs = {
        "iit_questions": (known.iit_questions, "IIT" in asked),
        "eit_questions": (known.eit_questions, "EIT" in asked),
        "oit_questions": (known.oit_questions, "OIT" in asked),
        "subindicators": (known.subindicators, bool(held.subindicators)),
        "item_scores": (known.item_scores, bool(held.item_scores)),
        "analysis_report": (known.analysis_report, held.analysis_report is not None),
    }
    for entry, (certainty, written) in pairs.items():
        if written is (certainty == "unknown"):
            problem = (
                "says unknown, but the file has them" if written else "they are not in the file"
            )
            raise DataTableError(name, f"certainty.{entry}", problem)


def _has_questions(held: YearFile, no: int) -> bool:
    return any(
        entries for group, entries in held.questions.items() if group.partition(".")[0] == str(no)
    )

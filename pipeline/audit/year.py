"""What the audit needs of a fiscal year's rules, out of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Literal

from parsers.knowledge.catalogue import Indicator, Instrument, Year, catalogue, years
from parsers.model import Scheme

__all__ = ["IndicatorRule", "InstrumentRule", "YearRules", "year_rules"]

_PREFIXES = {"IIT": ("i",), "EIT": ("e", "ep", "es"), "OIT": ("o",)}
# Codes that a question may have where a year's list is not known. No year had more.
_MOST_QUESTIONS = 48
_MOST_SUBINDICATORS = 9
_PASS_THRESHOLD = Decimal(85)

Unknown = Literal["", "rule-unknown", "year-unknown"]


@dataclass(frozen=True, slots=True)
class InstrumentRule:
    """An instrument: its share of the total, the indicators it is the mean of, its parts."""

    code: str
    weight: Fraction
    indicators: tuple[str, ...]
    parts: tuple[tuple[str, Fraction], ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorRule:
    """An indicator and what it is the mean of.

    Attributes:
        code: Its number.
        instrument: IIT, EIT or OIT.
        name: Its Thai name.
        questions: Codes of its questions; where the list is not known, all codes that a
            question of it could have.
        groups: OIT sub-indicators with their items; empty where it is not divided.
        two_parts: Code prefixes of the two EIT parts that it is the mean of; else empty.
        unknown: Why it cannot be computed; empty where it can.
        listed: Whether `questions` is the year's list (else what it could be).
        inferred: Whether the list or its division is inferred.
        pass_or_fail: Whether an item scores 0 or 100 and nothing between.
    """

    code: str
    instrument: str
    name: str
    questions: tuple[str, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    two_parts: tuple[str, ...] = ()
    unknown: Unknown = ""
    listed: bool = True
    inferred: bool = False
    pass_or_fail: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class YearRules:
    """The rules of one fiscal year as the audit uses them.

    Attributes:
        year_be: Fiscal year; None for scores whose year is not known.
        year: Its entry in the catalogue; None where the catalogue has none, or where the
            scheme is another one.
        instruments: The instruments.
        indicators: The indicators.
        index_weights: Where indices carry the weights themselves (FY2561, central
            agencies): their shares of the total.
        blocked: Why nothing at all can be computed; else empty.
    """

    year_be: int | None
    year: Year | None
    instruments: tuple[InstrumentRule, ...]
    indicators: tuple[IndicatorRule, ...]
    index_weights: tuple[tuple[str, Fraction], ...] = ()
    blocked: Unknown = ""

    @property
    def pass_threshold(self) -> Decimal | None:
        """The pass mark: 85 in every year that has one; None for other schemes."""
        if self.year is not None:
            return self.year.pass_threshold
        return None if self.blocked else _PASS_THRESHOLD

    def weight(self, code: str) -> Fraction | None:
        """The share of the total that an instrument, a part or an indicator carries."""
        for instrument in self.instruments:
            if code == instrument.code:
                return instrument.weight
            if code in instrument.indicators:
                return instrument.weight / len(instrument.indicators)
            found = dict(instrument.parts).get(code)
            if found is not None:
                return found
        return dict(self.index_weights).get(code)

    def indicator(self, code: str) -> IndicatorRule | None:
        """The indicator of a code."""
        return next((entry for entry in self.indicators if entry.code == code), None)


@cache
def year_rules(year_be: int | None, scheme: Scheme | None = None) -> YearRules:
    """The rules of a fiscal year.

    Args:
        year_be: Fiscal year (Buddhist era); None where it is not known. Then only what has
            been the same in every year of the ten indicators is used.
        scheme: The document's scheme; None is taken as the national assessment.
    """
    newest = catalogue(years()[-1])
    assert newest is not None  # the catalogue is packaged with the program
    if scheme == "other":
        return _without_rules(year_be, newest, "rule-unknown")
    if year_be is None:
        return _of_any_year(newest)
    year = catalogue(year_be, scheme or "nacc-ita")
    if year is None:
        return _without_rules(year_be, newest, "rule-unknown")
    weights = tuple(
        (str(entry.no), Fraction(entry.weight))
        for entry in year.indicators
        if entry.weight is not None
    )
    return YearRules(
        year_be,
        year,
        _instruments(year),
        tuple(_indicator(year, entry) for entry in year.indicators),
        weights,
    )


def _without_rules(year_be: int | None, like: Year, why: Unknown) -> YearRules:
    """What is printed is listed as not checkable, by the usual ten indicators."""
    indicators = tuple(_unlisted(entry, why) for entry in like.indicators)
    return YearRules(year_be, None, _instruments(like), indicators, blocked=why)


def _of_any_year(newest: Year) -> YearRules:
    """Instruments and weights, where all years of the ten indicators agree on them."""
    held = [year for number in years() if (year := catalogue(number)) is not None]
    same = {(str(year.weights()), _shape(year)) for year in held}
    if len(same) > 1:
        return _without_rules(None, newest, "year-unknown")
    indicators = tuple(_unlisted(entry, "year-unknown") for entry in newest.indicators)
    return YearRules(None, None, _instruments(newest), indicators)


def _shape(year: Year) -> tuple[tuple[int, str], ...]:
    return tuple((entry.no, entry.instrument) for entry in year.indicators)


def _instruments(year: Year) -> tuple[InstrumentRule, ...]:
    return tuple(
        InstrumentRule(
            entry.code,
            Fraction(entry.weight),
            tuple(str(i.no) for i in year.indicators if i.instrument == entry.code),
            tuple((part.code, Fraction(part.weight)) for part in entry.parts),
        )
        for entry in year.instruments
        if entry.weight is not None
    )


def _indicator(year: Year, entry: Indicator) -> IndicatorRule:
    code, certainty = str(entry.no), year.certainty
    instrument = year.instrument(entry.instrument)
    if instrument is None or not instrument.prefix:
        return _unlisted(entry, "rule-unknown")
    questions = tuple(question.code for question in year.questions_of(entry.no))
    by_instrument = {"IIT": certainty.iit_questions, "EIT": certainty.eit_questions}
    grouped = entry.instrument not in by_instrument
    sure = {by_instrument.get(entry.instrument, certainty.oit_questions)}
    if grouped:
        sure.add(certainty.subindicators)
    if "unknown" in sure or not questions:
        return _unlisted(entry, "rule-unknown", questions)
    groups = tuple(
        (sub.code, tuple(question.code for question in year.questions_of(sub.code)))
        for sub in year.subindicators_of(entry.no)
    )
    return IndicatorRule(
        code,
        entry.instrument,
        entry.name,
        questions,
        groups if grouped else (),
        _two_parts(instrument),
        inferred="inferred" in sure,
        pass_or_fail=grouped and set(year.item_scores) == {Decimal(0), Decimal(100)},
    )


def _two_parts(instrument: Instrument) -> tuple[str, ...]:
    return tuple(part.prefix for part in instrument.parts)


def _unlisted(entry: Indicator, why: Unknown, questions: tuple[str, ...] = ()) -> IndicatorRule:
    """An indicator whose rule is not known, with the codes that its questions could have."""
    codes = questions or tuple(
        f"{prefix}{number}"
        for prefix in _PREFIXES.get(entry.instrument, ())
        for number in range(1, _MOST_QUESTIONS + 1)
    )
    subs = tuple(f"{entry.no}.{n}" for n in range(1, _MOST_SUBINDICATORS + 1))
    return IndicatorRule(
        str(entry.no),
        entry.instrument,
        entry.name,
        codes + subs,
        unknown=why,
        listed=bool(questions),
    )

"""Consistent reports made by a year's own rule: computed exactly, rounded only at print."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from random import Random

from audit_reports import rating, report, score, table

from parsers.knowledge.catalogue import Year, catalogue
from parsers.model import Report, Score

__all__ = ["TrueScores", "printed_report", "true_scores"]

_EXTRA = ("memo", "weighted", "instruments", "subindicators", "questions", "short-hundreds")


@dataclass
class TrueScores:
    """The exact scores of one agency and year, by code."""

    year_be: int
    values: dict[str, Fraction] = field(default_factory=dict)

    def printed(self, code: str, share: Fraction = Fraction(1)) -> str:
        exact = self.values[code] * share
        cents = (exact * 100).limit_denominator(10**9)
        rounded = (Decimal(cents.numerator) / cents.denominator).quantize(
            Decimal(1), rounding=ROUND_HALF_UP
        )
        return f"{rounded / 100:.2f}"


def true_scores(year_be: int, random: Random) -> TrueScores:
    """Draw answers and items, and compute everything above them by the year's rule."""
    year = catalogue(year_be)
    assert year is not None
    scores = TrueScores(year_be)
    for indicator in year.indicators:
        _indicator(scores, year, str(indicator.no), indicator.instrument, random)
    for instrument in year.instruments:
        codes = [str(i.no) for i in year.indicators if i.instrument == instrument.code]
        scores.values[instrument.code] = _mean(scores.values[c] for c in codes)
        for part in instrument.parts:
            held = [scores.values[f"{part.code}:{c}"] for c in codes]
            scores.values[part.code] = _mean(held)
    weights = year.weights()
    scores.values["ITA"] = sum(
        (Fraction(w) * scores.values[c] for c, w in weights.items()), Fraction(0)
    )
    return scores


def _mean(values: object) -> Fraction:
    held = list(values)  # type: ignore[call-overload]
    return Fraction(sum(held, Fraction(0)), len(held))


def _answers(random: Random, people: int) -> Fraction:
    """A question score: so many points of 20 from so many people, mostly high."""
    most = 5 * people
    return Fraction(100 * random.choice([most, random.randint(0, most)]), most)


def _indicator(scores: TrueScores, year: Year, code: str, instrument: str, random: Random) -> None:
    parts = next(i.parts for i in year.instruments if i.code == instrument)
    questions = [q.code for q in year.questions_of(code)]
    if parts:
        for part in parts:
            people = random.randint(5, 400)
            asked = [part.prefix + q.lstrip("e") for q in questions] or [f"{part.prefix}x{code}"]
            for question in asked:
                scores.values[question] = _answers(random, people)
            scores.values[f"{part.code}:{code}"] = _mean(scores.values[q] for q in asked)
        scores.values[code] = _mean(scores.values[f"{part.code}:{code}"] for part in parts)
        return
    subs = year.subindicators_of(code)
    for sub in subs:
        for item in year.questions_of(sub.code):
            scores.values[item.code] = Fraction(random.choice([0, 100, 100, 100]))
        scores.values[sub.code] = _mean(scores.values[q.code] for q in year.questions_of(sub.code))
    if subs:
        scores.values[code] = _mean(scores.values[sub.code] for sub in subs)
    elif questions and instrument != "OIT":
        people = random.randint(5, 400)
        for question in questions:
            scores.values[question] = _answers(random, people)
        scores.values[code] = _mean(scores.values[q] for q in questions)
    else:
        scores.values[code] = Fraction(random.randint(0, 400), 4)


def _question_codes(scores: TrueScores) -> list[str]:
    codes = (c for c in scores.values if c[0] in "ieo" and ":" not in c and "x" not in c)
    return list(codes)


def printed_report(
    truth: TrueScores,
    shown: set[str] = frozenset(_EXTRA),  # type: ignore[assignment]
    damage: dict[str, Decimal] | None = None,
    ratings: tuple[str, ...] = (),
) -> Report:
    """The report that prints these scores; `damage` is added to what is printed of a code."""
    damage = damage or {}
    how = {"year_be": truth.year_be}

    def text(code: str, share: Fraction = Fraction(1)) -> str:
        value = truth.printed(code, share)
        if share == 1 and code in damage:
            return f"{Decimal(value) + damage[code]:.2f}"
        return "100" if value == "100.00" and "short-hundreds" in shown else value

    def rows(codes: object, number: int) -> list[Score]:
        return table({c: text(c) for c in codes}, table_no=number, page=number, **how)  # type: ignore[attr-defined]

    indicators = [str(n) for n in range(1, 11)]
    whole = [c for c in ("IIT", "EIT", "EIT1", "EIT2", "OIT") if c in truth.values]
    scores = rows([*indicators, "ITA"], 1)
    if "instruments" in shown:
        scores += rows(whole, 2)
    if "subindicators" in shown:
        scores += rows([c for c in truth.values if "." in c], 3)
    if "questions" in shown:
        scores += rows(_question_codes(truth), 4)
    if "weighted" in shown:
        year = catalogue(truth.year_be)
        assert year is not None
        for row, (code, weight) in enumerate(year.weights().items()):
            value = truth.printed(code, Fraction(weight))
            scores.append(
                score(code, value, scale="weighted", table_no=5, page=5, row_no=row, **how)
            )
    if "memo" in shown:
        scores += [
            score(code, text(code), place="sentence", page=6, **how)
            for code in (*indicators, "ITA")
        ]
    words = [rating(word, **how) for word in ratings]
    return report(scores, words, year_be=truth.year_be)

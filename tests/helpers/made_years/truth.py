"""The exact scores of an agency in a fiscal year, drawn from answers as people give them.

Everything is a fraction: question scores are k/n of what n people could have given, items
are what an assessor may give, and each level above follows by the year's own rule. Rounding
comes at print (`Printing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Literal

from parsers.knowledge.catalogue import Year, catalogue

__all__ = ["EDGES", "MOODS", "YEARS", "Mood", "Printing", "Truth", "draw", "mean", "say_level"]

Mood = Literal["usual", "high", "low", "perfect", "zero", "edge"]
Way = Literal["exact", "stepwise", "even", "cut"]

MOODS: tuple[Mood, ...] = ("usual", "high", "low", "perfect", "zero", "edge")
WAYS: tuple[Way, ...] = ("exact", "stepwise", "even", "cut")
YEARS = (2562, 2563, 2564, 2565, 2566, 2567, 2568, 2569)
# Totals beside the thresholds of both scales; those in half cents are decided by rounding.
EDGES = tuple(
    Fraction(text)
    for mark in (50, 55, 65, 70, 75, 85, 95)
    for text in (f"{mark - 1}.99", f"{mark - 1}.995", f"{mark}", f"{mark}.004")
)
# What one person gives one question: four words are thirds, six words are fifths.
_STEPS = {2562: 3, 2563: 3, 2564: 3, 2565: 3, 2566: 3}
_USUAL_STEPS = 5
_SHARE_GIVEN = {"usual": 0.87, "high": 0.975, "low": 0.55, "edge": 0.8}
_DRAWS = 200


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of one agency and year.

    Attributes:
        year: The year's entry in the catalogue.
        values: Every score by code; the indicators of an EIT part as `EIT1:6`.
        people: How many answered, by instrument or part.
        bare: Whether the scores have no answers below the indicators (totals on an edge).
    """

    year: Year
    values: Mapping[str, Fraction]
    people: Mapping[str, int] = field(default_factory=dict)
    bare: bool = False

    @property
    def questions(self) -> list[str]:
        """Codes of the questions and items that have a score."""
        return [code for code in self.values if code[0] in "ieo"]

    @property
    def subindicators(self) -> list[str]:
        """Codes of the sub-indicators, in the years that have them."""
        return [code for code in self.values if "." in code]

    @property
    def instruments(self) -> list[str]:
        """IIT, EIT (and its parts), OIT."""
        held = ("IIT", "EIT", "EIT1", "EIT2", "OIT")
        return [code for code in held if code in self.values]

    @property
    def indicators(self) -> list[str]:
        """The numbers of the indicators."""
        return [str(entry.no) for entry in self.year.indicators]


def mean(values: Iterable[Fraction]) -> Fraction:
    """The plain mean."""
    held = list(values)
    return sum(held, Fraction(0)) / len(held)


# ---- drawing --------------------------------------------------------------------------------


def draw(year_be: int, random: Random, mood: Mood = "usual") -> Truth:
    """Draw answers and items, and work out everything above them by the year's rule."""
    year = catalogue(year_be)
    assert year is not None
    if mood == "edge":
        return _on_edge(year, random)
    return _drawn(year, random, mood)


def _drawn(year: Year, random: Random, mood: Mood) -> Truth:
    values: dict[str, Fraction] = {}
    people = {code: random.randint(5, 400) for code in ("IIT", "EIT", "EIT1", "EIT2")}
    for entry in year.indicators:
        number = str(entry.no)
        parts = next(i.parts for i in year.instruments if i.code == entry.instrument)
        if entry.instrument == "OIT":
            _draw_items(values, year, number, random, mood)
        elif not parts:
            _draw_answers(values, year, number, "", people[entry.instrument], random, mood)
        else:
            for part in parts:
                _draw_answers(values, year, number, part.code, people[part.code], random, mood)
            values[number] = mean(values[f"{part.code}:{number}"] for part in parts)
    return Truth(year, _add_up(year, values), people)


def _draw_answers(
    values: dict[str, Fraction],
    year: Year,
    number: str,
    part: str,
    people: int,
    random: Random,
    mood: Mood,
) -> None:
    """The questions of one indicator, or of one part of it."""
    asked = [question.code for question in year.questions_of(number)]
    prefix = {"EIT1": "ep", "EIT2": "es"}.get(part)
    codes = [prefix + code.lstrip("e") for code in asked] if prefix else asked
    steps = _STEPS.get(year.year_be, _USUAL_STEPS)
    scores = [_answer(people * steps, random, mood) for _ in codes or range(3)]
    values.update(zip(codes, scores, strict=False))
    values[f"{part}:{number}" if part else number] = mean(scores)


def _answer(most: int, random: Random, mood: Mood) -> Fraction:
    """The score of one question: k of the most points that the people can give."""
    if mood in ("perfect", "zero"):
        return Fraction(100 if mood == "perfect" else 0)
    if random.random() < 0.15:
        return Fraction(100)
    if random.random() < 0.02:  # a question understood the other way round
        return Fraction(100 * random.randint(0, most // 10), most)
    share = min(1.0, max(0.0, random.gauss(_SHARE_GIVEN[mood], 0.08)))
    return Fraction(100 * round(most * share), most)


def _draw_items(
    values: dict[str, Fraction], year: Year, number: str, random: Random, mood: Mood
) -> None:
    """The items of an OIT indicator; where the year's division is unknown, a value for it."""
    subs = year.subindicators_of(number)
    allowed = [Fraction(value) for value in year.item_scores] or [Fraction(0), Fraction(100)]
    for question in year.questions_of(number):
        values[question.code] = _item(allowed, random, mood)
    for sub in subs:
        values[sub.code] = mean(values[q.code] for q in year.questions_of(sub.code))
    if subs:
        values[number] = mean(values[sub.code] for sub in subs)
    elif mood in ("perfect", "zero"):
        values[number] = Fraction(100 if mood == "perfect" else 0)
    else:
        values[number] = Fraction(random.randint(200, 400), 4)


def _item(allowed: list[Fraction], random: Random, mood: Mood) -> Fraction:
    if mood in ("perfect", "zero"):
        return allowed[-1] if mood == "perfect" else allowed[0]
    fulfilled = {"high": 0.97, "low": 0.5}.get(mood, 0.85)
    return allowed[-1] if random.random() < fulfilled else random.choice(allowed)


def _add_up(year: Year, values: dict[str, Fraction]) -> dict[str, Fraction]:
    """Instruments, parts and the total from the indicators."""
    found = dict(values)
    for instrument in year.instruments:
        codes = [str(i.no) for i in year.indicators if i.instrument == instrument.code]
        found[instrument.code] = mean(values[code] for code in codes)
        for part in instrument.parts:
            found[part.code] = mean(values[f"{part.code}:{code}"] for code in codes)
    weights = year.weights()
    found["ITA"] = sum((Fraction(w) * found[code] for code, w in weights.items()), Fraction(0))
    return found


def _on_edge(year: Year, random: Random) -> Truth:
    """Indicators without answers below them, moved together until the total lies on an edge."""
    for _ in range(_DRAWS):
        target = random.choice(EDGES)
        drawn = _drawn(year, random, "low" if target < 75 else "usual")
        shift = (target - drawn.values["ITA"]) / Fraction(6, 10)
        moved = {
            code: value + shift
            if _instrument(year, code.rpartition(":")[2]) != "OIT" and _is_indicator(code)
            else value
            for code, value in drawn.values.items()
            if _is_indicator(code) or _of_items(code)
        }
        if all(0 <= value <= 100 for value in moved.values()):
            return Truth(year, _add_up(year, moved), {}, bare=True)
    return replace(_drawn(year, random, "usual"))


def _is_indicator(code: str) -> bool:
    return code.rpartition(":")[2].isdigit()


def _of_items(code: str) -> bool:
    return code[0] == "o" or "." in code


def _instrument(year: Year, number: str) -> str | None:
    entry = year.indicator(number)
    return entry.instrument if entry else None


# ---- printing -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Printing:
    """How an agency rounds: everything at print, or each level from the printed one below.

    `even` rounds halves to the even cent; `cut` cuts the total and the instruments off after
    two decimals, as some agencies do with what they work out themselves.
    """

    way: Way = "exact"

    def texts(self, truth: Truth) -> dict[str, str]:
        """What is printed for every code, with two decimals; weighted parts as `IIT*`."""
        values = dict(truth.values)
        if self.way == "stepwise":
            values = {code: _cents(value, "exact") for code, value in values.items()}
            values = _again(truth, values)
        weights = truth.year.weights(parts=True) | truth.year.weights()
        values |= {f"{c}*": Fraction(w) * values[c] for c, w in weights.items() if c in values}
        return {code: f"{_decimal(self._rounded(code, v)):.2f}" for code, v in values.items()}

    def _rounded(self, code: str, value: Fraction) -> Fraction:
        own = code.rstrip("*") in ("ITA", "IIT", "EIT", "EIT1", "EIT2", "OIT")
        return _cents(value, "exact" if self.way == "cut" and not own else self.way)


def _cents(value: Fraction, way: Way) -> Fraction:
    cents = value * 100
    if way == "even":
        return Fraction(round(cents), 100)
    return Fraction((cents if way == "cut" else cents + Fraction(1, 2)) // 1, 100)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / value.denominator


def _again(truth: Truth, printed: dict[str, Fraction]) -> dict[str, Fraction]:
    """Each level from the printed values of the one below it."""
    year, values = truth.year, dict(printed)

    def worked_out(code: str, parts: list[str]) -> None:
        if parts and all(part in values for part in parts):
            values[code] = _cents(mean(values[part] for part in parts), "exact")

    for sub in year.subindicators:
        worked_out(sub.code, [q.code for q in year.questions_of(sub.code)])
    for entry in year.indicators:
        number = str(entry.no)
        asked = [q.code for q in year.questions_of(number)]
        if entry.instrument == "OIT":
            worked_out(number, [sub.code for sub in year.subindicators_of(number)])
        elif f"EIT1:{number}" in values:
            for half, prefix in (("EIT1", "ep"), ("EIT2", "es")):
                worked_out(f"{half}:{number}", [prefix + code.lstrip("e") for code in asked])
            worked_out(number, [f"EIT1:{number}", f"EIT2:{number}"])
        else:
            worked_out(number, asked)
    for instrument in year.instruments:
        codes = [str(i.no) for i in year.indicators if i.instrument == instrument.code]
        worked_out(instrument.code, codes)
        for part in instrument.parts:
            worked_out(part.code, [f"{part.code}:{code}" for code in codes])
    weights = year.weights()
    total = sum((Fraction(w) * values[code] for code, w in weights.items()), Fraction(0))
    values["ITA"] = _cents(total, "exact")
    return values


def say_level(year: Year, values: Mapping[str, Fraction]) -> str:
    """The level by the year's rule: by the total, and from FY2566 by every instrument."""
    each = [values[code] for code in ("IIT", "EIT1", "EIT2", "OIT") if code in values]
    for level in year.rating_levels:
        every = level.every_instrument_min
        reached = level.min is not None and values["ITA"] >= Fraction(level.min)
        if reached and (every is None or all(value >= Fraction(every) for value in each)):
            return level.name
    return year.rating_levels[-1].name

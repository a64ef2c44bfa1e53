"""The records of the catalogue: a fiscal year, its instruments, indicators, questions, levels.

The same classes are the shape that the files must have: a key that they do not know, or a
value of a wrong kind, is an error when a file is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from msgspec import Struct, field

from parsers.model import Scheme

__all__ = [
    "AnalysisReport",
    "Certainty",
    "CertaintyOf",
    "Concept",
    "Indicator",
    "Instrument",
    "Part",
    "Question",
    "RatingLevel",
    "Subindicator",
    "Year",
    "YearFile",
]

Certainty = Literal["certain", "inferred", "unknown"]


class _Record(Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of a table: what it does not know of is an error in the file."""


class Concept(_Record, frozen=True):
    """What a question asks, whatever its code is in a given year.

    Attributes:
        title: Short title in our own words (Thai), not the official wording.
        terms: Things the printed title says, each in any of several spellings.
        also: Words that may stand in the title without speaking against it.
    """

    title: str
    terms: tuple[tuple[str, ...], ...]
    also: tuple[str, ...] = ()


class CertaintyOf(_Record, frozen=True):
    """How sure each part of a year is."""

    weights: Certainty
    iit_questions: Certainty
    eit_questions: Certainty
    oit_questions: Certainty
    subindicators: Certainty
    item_scores: Certainty
    levels: Certainty
    analysis_report: Certainty


class AnalysisReport(_Record, frozen=True):
    """The OIT items that demand the analysis of last year's result and its follow-up."""

    item: str
    follow_up: str


class Part(_Record, frozen=True):
    """A part of an instrument that is weighed by itself: EIT1 and EIT2 from FY2566.

    `prefix` stands before the number of a question in its codes: `ep` in ep1 to ep9.
    """

    code: str
    name: str
    weight: Decimal
    prefix: str


class Instrument(_Record, frozen=True):
    """IIT, EIT or OIT. `weight` is its share of the total; None where indices carry it."""

    code: str
    name: str
    weight: Decimal | None = None
    prefix: str = ""
    parts: tuple[Part, ...] = ()


class Indicator(_Record, frozen=True):
    """One of the ten indicators (or, in `nacc-ita-5`, of the five indices, with a weight)."""

    no: int
    name: str
    instrument: str = ""
    aliases: tuple[str, ...] = ()
    weight: Decimal | None = None


class Subindicator(_Record, frozen=True):
    """A part of an OIT indicator; `size` is the number of its items."""

    code: str
    name: str
    size: int

    @property
    def indicator(self) -> int:
        """Number of the indicator that it belongs to: 10 for 10.2."""
        return int(self.code.partition(".")[0])


class Question(_Record, frozen=True):
    """A question or item of one year.

    `concept` is its id in questions.toml; `instrument` is the part (EIT1, EIT2) for the
    codes of a part; `subindicator` is empty where the indicator is not divided.
    """

    code: str
    concept: str
    title: str
    instrument: str
    indicator: int
    subindicator: str = ""


class RatingLevel(_Record, frozen=True):
    """A level of the result. The first level of a year whose conditions hold is the level.

    Attributes:
        name: As it is printed: "AA", "ผ่านดี".
        min: Lowest total, inclusive; None where the bounds are unknown.
        max: Highest total, inclusive.
        every_instrument_min: What IIT, EIT part 1, EIT part 2 and OIT must each reach.
        passes: Whether the level reaches the national target; None where unknown.
        aliases: Other names in documents, for instance the English ones.
        seen_at: Totals that the word was seen with, where the bounds are unknown.
    """

    name: str
    min: Decimal | None = None
    max: Decimal | None = None
    every_instrument_min: Decimal | None = None
    passes: bool | None = field(default=None, name="pass")
    aliases: tuple[str, ...] = ()
    seen_at: tuple[Decimal, ...] = ()


class YearFile(_Record, frozen=True):
    """A file of a year as it is written."""

    fiscal_year_be: int
    scheme: Scheme
    certainty: CertaintyOf
    instruments: tuple[Instrument, ...]
    indicators: tuple[Indicator, ...]
    levels: tuple[RatingLevel, ...]
    item_scores: tuple[Decimal, ...]
    pass_threshold: Decimal | None = None
    analysis_report: AnalysisReport | None = None
    subindicators: tuple[Subindicator, ...] = ()
    questions: dict[str, dict[str, str]] = field(default_factory=dict)


class Year(Struct, frozen=True):
    """The assessment of one fiscal year under one scheme.

    Attributes:
        year_be: Fiscal year, Buddhist era.
        scheme: `nacc-ita` (ten indicators) or `nacc-ita-5` (five indices, FY2561).
        questions: Questions by instrument and number; those of an instrument with parts
            stand once, under the code without a part (e1, not ep1 and es1).
        rating_levels: Best first.
        item_scores: The scores an OIT item may have; empty where unknown.
        pass_threshold: Lowest total that passes; None where unknown.
        by_code: Every known code, those of the parts included.
    """

    year_be: int
    scheme: Scheme
    certainty: CertaintyOf
    instruments: tuple[Instrument, ...]
    indicators: tuple[Indicator, ...]
    subindicators: tuple[Subindicator, ...]
    questions: tuple[Question, ...]
    rating_levels: tuple[RatingLevel, ...]
    item_scores: tuple[Decimal, ...]
    pass_threshold: Decimal | None
    analysis_report: AnalysisReport | None
    by_code: Mapping[str, Question]

    def knows(self, code: str) -> bool:
        """Whether this year has a question of this code: i1, o12, ep3."""
        return code.lower() in self.by_code

    def question(self, code: str) -> Question | None:
        """The question of a code; None where the year has none."""
        return self.by_code.get(code.lower())

    def indicator(self, no: int | str) -> Indicator | None:
        """The indicator of a number (4 or "4")."""
        return next((entry for entry in self.indicators if str(entry.no) == str(no)), None)

    def subindicator(self, code: str) -> Subindicator | None:
        """The sub-indicator of a code ("9.1")."""
        return next((entry for entry in self.subindicators if entry.code == code), None)

    def instrument(self, code: str) -> Instrument | None:
        """The instrument of a code ("OIT"); for a part ("EIT1") the whole it is part of."""
        for entry in self.instruments:
            if code == entry.code or any(code == part.code for part in entry.parts):
                return entry
        return None

    def instrument_of(self, code: str) -> str | None:
        """The instrument (or part) that a question, indicator or sub-indicator belongs to.

        `ep3` belongs to EIT1, `e3`, `7` to EIT, `9.1` to OIT.
        """
        question = self.question(code)
        if question:
            return question.instrument
        indicator = self.indicator(code.partition(".")[0])
        return (indicator.instrument or None) if indicator else None

    def questions_of(self, code: str | int) -> tuple[Question, ...]:
        """The questions of an instrument ("IIT"), indicator (9) or sub-indicator ("9.1")."""
        wanted = str(code)
        return tuple(
            entry
            for entry in self.questions
            if wanted in {entry.instrument, str(entry.indicator), entry.subindicator}
        )

    def subindicators_of(self, no: int | str) -> tuple[Subindicator, ...]:
        """The sub-indicators of an indicator; empty where it is not known to have any."""
        return tuple(entry for entry in self.subindicators if str(entry.indicator) == str(no))

    def weights(self, *, parts: bool = False) -> dict[str, Decimal]:
        """What makes up the total, by code, with shares that sum to 1.

        Args:
            parts: Give the parts of an instrument (EIT1, EIT2) in place of the whole.
        """
        found: dict[str, Decimal] = {}
        for entry in self.instruments:
            if parts and entry.parts:
                found |= {part.code: part.weight for part in entry.parts}
            elif entry.weight is not None:
                found[entry.code] = entry.weight
        return found or {
            str(entry.no): entry.weight for entry in self.indicators if entry.weight is not None
        }

    def level(self, name: str) -> RatingLevel | None:
        """The level of a name as `RatingLevel.name` spells it."""
        return next((entry for entry in self.rating_levels if entry.name == name), None)

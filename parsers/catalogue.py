"""The assessment as data: what is asked, weighed and rated in each fiscal year.

One file per year under `data/catalogue/` (`2568.toml`), and one table of what the
questions ask (`questions.toml`), which the years share. A new year is a new file and no
code; docs/catalogue.md says what each key means. Years are fiscal years of the Buddhist
era. A year without a file is unknown: nothing is assumed from its neighbours.

Every part of a year carries its certainty: `certain` (stated by an official document or
proven by arithmetic on published scores), `inferred` (fits all that is known), `unknown`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Literal, TypeVar

from msgspec import Struct, ValidationError, convert, field

from parsers.errors import DataTableError
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
    "catalogue",
    "concepts",
    "read_packaged",
    "read_table",
    "read_year",
    "years",
]

Certainty = Literal["certain", "inferred", "unknown"]

_Shape = TypeVar("_Shape")

_FOLDER = "data/catalogue"
_CONCEPTS = "questions.toml"


class _Record(Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of a table: what it does not know of is an error in the file."""


class Concept(_Record):
    """What a question asks, whatever its code is in a given year.

    Attributes:
        title: Short title in our own words (Thai), not the official wording.
        terms: Things the printed title says, each in any of several spellings.
        also: Words that may stand in the title without speaking against it.
    """

    title: str
    terms: tuple[tuple[str, ...], ...]
    also: tuple[str, ...] = ()


class CertaintyOf(_Record):
    """How sure each part of a year is."""

    weights: Certainty
    iit_questions: Certainty
    eit_questions: Certainty
    oit_questions: Certainty
    subindicators: Certainty
    item_scores: Certainty
    levels: Certainty
    analysis_report: Certainty


class AnalysisReport(_Record):
    """The OIT items that demand the analysis of last year's result and its follow-up."""

    item: str
    follow_up: str


class Part(_Record):
    """A part of an instrument that is weighed by itself: EIT1 and EIT2 from FY2566.

    `prefix` stands before the number of a question in its codes: `ep` in ep1 to ep9.
    """

    code: str
    name: str
    weight: Decimal
    prefix: str


class Instrument(_Record):
    """IIT, EIT or OIT. `weight` is its share of the total; None where indices carry it."""

    code: str
    name: str
    weight: Decimal | None = None
    prefix: str = ""
    parts: tuple[Part, ...] = ()


class Indicator(_Record):
    """One of the ten indicators (or, in `nacc-ita-5`, of the five indices, with a weight)."""

    no: int
    name: str
    instrument: str = ""
    aliases: tuple[str, ...] = ()
    weight: Decimal | None = None


class Subindicator(_Record):
    """A part of an OIT indicator; `size` is the number of its items."""

    code: str
    name: str
    size: int

    @property
    def indicator(self) -> int:
        """Number of the indicator that it belongs to: 10 for 10.2."""
        return int(self.code.partition(".")[0])


class Question(_Record):
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


class RatingLevel(_Record):
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


class YearFile(_Record):
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


@cache
def years() -> tuple[int, ...]:
    """The fiscal years that the catalogue knows, oldest first."""
    return tuple(sorted({int(name[:4]) for name in _year_files()}))


@cache
def catalogue(year_be: int, scheme: Scheme = "nacc-ita") -> Year | None:
    """The assessment of a fiscal year (Buddhist era); None for a year without a file.

    Args:
        year_be: Fiscal year, for instance 2568.
        scheme: FY2561 was assessed under two; later years have `nacc-ita` alone.

    Raises:
        DataTableError: A file of the catalogue is wrong; the message names file and entry.
    """
    names = [name for name in _year_files() if name.startswith(str(year_be))]
    found = (read_year(name, _text(name), concepts()) for name in names)
    return next((year for year in found if year.scheme == scheme), None)


@cache
def concepts() -> Mapping[str, Concept]:
    """What questions ask, by id (`questions.toml`)."""
    table = read_packaged(_CONCEPTS, dict[str, Concept])
    for name, entry in table.items():
        spellings = [spelling for group in entry.terms for spelling in group]
        if not entry.title.strip():
            raise DataTableError(_CONCEPTS, name, "the title is empty")
        if not spellings or not all(entry.terms) or not all(map(str.strip, spellings)):
            raise DataTableError(_CONCEPTS, name, "terms must hold lists of words, none empty")
    return table


def read_table(name: str, text: str, shape: type[_Shape]) -> _Shape:
    """Read a TOML table and check it against the shape it must have.

    Raises:
        DataTableError: The text is no TOML, or an entry is missing, unknown or of a wrong
            kind; the error names the line or the entry.
    """
    try:
        return convert(tomllib.loads(text, parse_float=Decimal), shape)
    except tomllib.TOMLDecodeError as error:
        raise DataTableError(name, "TOML", str(error)) from error
    except ValidationError as error:
        problem, _, place = str(error).partition(" - at `$")
        raise DataTableError(name, place.strip(".`") or "top level", problem) from error


def read_packaged(name: str, shape: type[_Shape]) -> _Shape:
    """Read one of the tables that lie beside the years: see `read_table`."""
    return read_table(name, _text(name), shape)


def read_year(name: str, text: str, known: Mapping[str, Concept]) -> Year:
    """Read and check the file of a year.

    Args:
        name: Its file name, which begins with the fiscal year.
        text: What is written in it.
        known: What questions may ask, by id.

    Raises:
        DataTableError: Something in the file is wrong; the error names it.
    """
    from parsers.catalogue_checks import check_year

    held = read_table(name, text, YearFile)
    check_year(name, held, known)
    questions = _questions(held, known)
    return Year(
        year_be=held.fiscal_year_be,
        scheme=held.scheme,
        certainty=held.certainty,
        instruments=held.instruments,
        indicators=held.indicators,
        subindicators=held.subindicators,
        questions=questions,
        rating_levels=held.levels,
        item_scores=held.item_scores,
        pass_threshold=held.pass_threshold,
        analysis_report=held.analysis_report,
        by_code={entry.code: entry for entry in (*questions, *_of_parts(held, questions))},
    )


def _questions(held: YearFile, known: Mapping[str, Concept]) -> tuple[Question, ...]:
    instruments = {entry.no: entry.instrument for entry in held.indicators}
    return tuple(
        Question(
            code,
            concept,
            known[concept].title,
            instruments[int(group.partition(".")[0])],
            int(group.partition(".")[0]),
            group if "." in group else "",
        )
        for group, entries in held.questions.items()
        for code, concept in entries.items()
    )


def _of_parts(held: YearFile, questions: tuple[Question, ...]) -> list[Question]:
    """The same questions under the codes of the parts: ep1 and es1 beside e1."""
    return [
        Question(
            part.prefix + entry.code.removeprefix(whole.prefix),
            entry.concept,
            entry.title,
            part.code,
            entry.indicator,
            entry.subindicator,
        )
        for whole in held.instruments
        for part in whole.parts
        for entry in questions
        if entry.instrument == whole.code
    ]


@cache
def _year_files() -> tuple[str, ...]:
    folder = files("parsers").joinpath(_FOLDER)
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(name for name in names if name[:4].isdigit() and name.endswith(".toml")))


def _text(name: str) -> str:
    return files("parsers").joinpath(_FOLDER, name).read_text(encoding="utf-8")

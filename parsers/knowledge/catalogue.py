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
from typing import Any, TypeVar

from msgspec import ValidationError, convert

from parsers.errors import DataTableError
from parsers.knowledge.catalogue_checks import check_concepts, check_year
from parsers.knowledge.catalogue_records import (
    AnalysisReport,
    Certainty,
    CertaintyOf,
    Concept,
    Indicator,
    Instrument,
    Part,
    Question,
    RatingLevel,
    Subindicator,
    Year,
    YearFile,
)
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
    "catalogue",
    "concepts",
    "read_concepts",
    "read_packaged",
    "read_table",
    "read_year",
    "years",
]

_Shape = TypeVar("_Shape")

_FOLDER = "data/catalogue"
_CONCEPTS = "questions.toml"


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
    found = (_read(name) for name in _year_files() if name[:4] == str(year_be))
    return next((year for year in found if year.scheme == scheme), None)


@cache
def concepts() -> Mapping[str, Concept]:
    """What questions ask, by id (`questions.toml`)."""
    return read_concepts(_CONCEPTS, _text(_CONCEPTS))


def read_concepts(name: str, text: str) -> dict[str, Concept]:
    """Read and check the table of what questions ask.

    Raises:
        DataTableError: Something in it is wrong; the error names the entry.
    """
    table = {
        entry: _converted(name, entry, value, Concept)
        for entry, value in _parsed(name, text).items()
    }
    check_concepts(name, table)
    return table


def read_table(name: str, text: str, shape: type[_Shape]) -> _Shape:
    """Read a TOML table and check it against the shape it must have.

    Raises:
        DataTableError: The text is no TOML, or an entry is missing, unknown or of a wrong
            kind; the error names the line or the entry.
    """
    return _converted(name, "", _parsed(name, text), shape)


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


def _parsed(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise DataTableError(name, "TOML", str(error)) from error


def _converted(name: str, entry: str, value: object, shape: type[_Shape]) -> _Shape:
    try:
        return convert(value, shape, str_keys=True)
    except ValidationError as error:
        problem, _, place = str(error).partition(" - at ")
        within = place.rpartition("$")[2].strip("`")
        raise DataTableError(name, (entry + within).strip(".") or "top level", problem) from error


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
def _read(name: str) -> Year:
    return read_year(name, _text(name), concepts())


@cache
def _year_files() -> tuple[str, ...]:
    folder = files("parsers").joinpath(_FOLDER)
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(name for name in names if name[:4].isdigit() and name.endswith(".toml")))


def _text(name: str) -> str:
    return files("parsers").joinpath(_FOLDER, name).read_text(encoding="utf-8")

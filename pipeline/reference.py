"""The catalogue of the assessment as rows of the table `catalog`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from parsers.knowledge.catalogue import Instrument, Question, RatingLevel, Year, catalogue, years
from parsers.model import Scheme

__all__ = ["catalog_rows"]

_SCHEMES: tuple[Scheme, ...] = ("nacc-ita", "nacc-ita-5")
_TOTAL = "คะแนนรวม"
_PASS_MARK = "เกณฑ์ผ่าน"  # noqa: S105 - no password, the mark to pass

_Entry = dict[str, object]


def catalog_rows() -> Iterator[_Entry]:
    """What is known of every fiscal year, oldest first: one row per thing that has a name."""
    for year_be in years():
        for scheme in _SCHEMES:
            year = catalogue(year_be, scheme)
            if year is None:
                continue
            for entry in _entries(year):
                # A part that is listed although nothing confirms it is at best inferred.
                sure = entry["certainty"] == "certain"
                yield {
                    **entry,
                    "year_be": year_be,
                    "scheme": scheme,
                    "certainty": "certain" if sure else "inferred",
                }


def _entries(year: Year) -> Iterator[_Entry]:
    yield {
        "entry": "total",
        "code": "ITA",
        "title": _TOTAL,
        "weight": Decimal(100),
        "certainty": year.certainty.weights,
    }
    for instrument in year.instruments:
        yield from _instrument(instrument, year)
    yield from _indicators(year)
    yield from (_question(question, year) for question in year.by_code.values())
    yield from (_level(level, year) for level in year.rating_levels)
    if year.pass_threshold is not None:
        yield {
            "entry": "pass-mark",
            "code": "ITA",
            "title": _PASS_MARK,
            "score_min": year.pass_threshold,
            "certainty": year.certainty.levels,
        }


def _instrument(instrument: Instrument, year: Year) -> Iterator[_Entry]:
    shares = [(instrument.code, instrument.name, instrument.weight, "ITA")]
    shares += [(part.code, part.name, part.weight, instrument.code) for part in instrument.parts]
    for code, name, weight, parent in shares:
        yield {
            "entry": "instrument",
            "code": code,
            "parent_code": parent,
            "instrument": code,
            "title": name,
            "weight": _percent(weight),
            "certainty": year.certainty.weights,
        }


def _indicators(year: Year) -> Iterator[_Entry]:
    for indicator in year.indicators:
        yield {
            "entry": "indicator",
            "code": str(indicator.no),
            "parent_code": indicator.instrument or "ITA",
            "instrument": indicator.instrument,
            "title": indicator.name,
            "weight": _percent(indicator.weight),
            "certainty": year.certainty.weights,
        }
    for part in year.subindicators:
        yield {
            "entry": "subindicator",
            "code": part.code,
            "parent_code": str(part.indicator),
            "instrument": year.instrument_of(part.code),
            "title": part.name,
            "certainty": year.certainty.subindicators,
        }


def _question(question: Question, year: Year) -> _Entry:
    certainty = {
        "i": year.certainty.iit_questions,
        "e": year.certainty.eit_questions,
        "o": year.certainty.oit_questions,
    }
    return {
        "entry": "question",
        "code": question.code,
        "parent_code": question.subindicator or str(question.indicator),
        "instrument": question.instrument,
        "title": question.title,
        "certainty": certainty[question.code[0]],
    }


def _level(level: RatingLevel, year: Year) -> _Entry:
    each = level.every_instrument_min
    condition = f"IIT, EIT1, EIT2, OIT >= {each}" if each is not None else None
    return {
        "entry": "level",
        "parent_code": "ITA",
        "title": level.name,
        "score_min": level.min,
        "score_max": level.max,
        "condition": condition,
        "certainty": year.certainty.levels,
    }


def _percent(share: Decimal | None) -> Decimal | None:
    return None if share is None else share * 100

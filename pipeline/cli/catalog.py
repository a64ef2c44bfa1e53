"""`ita catalog [YEAR]`: what is known of the assessment of a fiscal year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

from cyclopts import Parameter

from parsers.knowledge.catalogue import Certainty, Year, catalogue, years
from parsers.model import Scheme
from parsers.text.digits import to_ascii
from pipeline.cli.console import Column, show, show_json, table, words
from pipeline.messages import Lang, MessageError

__all__ = ["catalog", "year_number"]

_SCHEMES: tuple[Scheme, ...] = ("nacc-ita", "nacc-ita-5")
_ERA = 543
# A year below this is meant in the Christian era.
_FIRST_BE = 2400


def catalog(
    year: Annotated[str | None, Parameter(name="YEAR")] = None,
    /,
    *,
    json: bool = False,
    lang: Lang | None = None,
) -> int:
    """Show the years, or one year in full."""
    wanted = years() if year is None else (year_number(year),)
    held = [
        found for number in wanted for scheme in _SCHEMES if (found := catalogue(number, scheme))
    ]
    if json:
        import msgspec

        show_json([_year_json(found) for found in held] if year else msgspec.to_builtins(wanted))
    elif year is None:
        _show_years(held)
    else:
        for found in held:
            _show_year(found)
    return 0


def year_number(word: str) -> int:
    """The fiscal year (Buddhist era) that a person means; Thai digits and CE years count.

    >>> year_number("๒๕๖๗"), year_number("2024")
    (2567, 2567)

    Raises:
        MessageError: No year, or one that the catalogue does not know.
    """
    digits = to_ascii(word.strip())
    if not digits.isascii() or not digits.isdigit():
        raise MessageError("error.year", year=word)
    number = int(digits)
    number = number if number >= _FIRST_BE else number + _ERA
    if number not in years():
        known = f"{years()[0]}-{years()[-1]}"
        raise MessageError("error.year-unknown", year=str(number), known=known)
    return number


def _year_json(year: Year) -> object:
    import msgspec

    held = msgspec.to_builtins(year)
    del held["by_code"]
    return held


def _show_years(held: list[Year]) -> None:
    say = words()
    columns = _columns(
        "year", "scheme", "instruments", "indicators", "questions", "levels", "certainty"
    )
    table(columns, [_year_row(year) for year in held])
    show(say("catalog.hint", year=held[-1].year_be))


def _year_row(year: Year) -> tuple[object, ...]:
    counts: dict[str, int] = {}
    for question in year.questions:
        counts[question.instrument] = counts.get(question.instrument, 0) + 1
    return (
        year.year_be,
        year.scheme,
        ", ".join(f"{code} {_percent(share)}" for code, share in year.weights().items()),
        len(year.indicators),
        ", ".join(f"{code} {count}" for code, count in counts.items()),
        " ".join(level.name for level in year.rating_levels),
        words()(f"certainty.{year.certainty.weights}"),
    )


def _show_year(year: Year) -> None:
    say = words()
    show(say("catalog.title", year=year.year_be, year_ce=year.year_be - _ERA, scheme=year.scheme))
    if year.pass_threshold is not None:
        show(say("catalog.pass-mark", value=year.pass_threshold))
    if year.item_scores:
        show(say("catalog.item-scores", values=" ".join(map(str, year.item_scores))))
    columns = _columns("code", "name", "weight")
    certainty = year.certainty
    table(columns, _parts(year), title=_sure("catalog.parts", certainty.weights))
    columns = _columns("code", "indicator", "instrument", "label")
    by_instrument = {
        "IIT": certainty.iit_questions,
        "EIT": certainty.eit_questions,
        "OIT": certainty.oit_questions,
    }
    table(columns, _questions(year), title=_sure("catalog.questions", **by_instrument))
    columns = _columns("level", "from", "to", "pass")
    rows = [
        (level.name, level.min, level.max, {True: "✓", False: "✗", None: ""}[level.passes])
        for level in year.rating_levels
    ]
    table(columns, rows, title=_sure("catalog.levels", certainty.levels))


def _columns(*names: str) -> list[Column]:
    return [Column(words()(f"column.{name}"), right=name == "weight") for name in names]


def _sure(key: str, certainty: Certainty | None = None, **of_parts: Certainty) -> str:
    """A heading with how sure the entries below it are."""
    say = words()
    if certainty is not None:
        return f"{say(key)} ({say(f'certainty.{certainty}')})"
    parts = ", ".join(f"{name} {say(f'certainty.{one}')}" for name, one in of_parts.items())
    return f"{say(key)} ({parts})"


def _parts(year: Year) -> Iterator[tuple[object, ...]]:
    for instrument in year.instruments:
        yield instrument.code, instrument.name, _percent(instrument.weight)
        for part in instrument.parts:
            yield f"  {part.code}", part.name, _percent(part.weight)
    for indicator in year.indicators:
        yield indicator.no, indicator.name, _percent(indicator.weight)
        for sub in year.subindicators_of(indicator.no):
            yield f"  {sub.code}", sub.name, ""


def _questions(year: Year) -> Iterator[tuple[object, ...]]:
    for question in year.questions:
        place = question.subindicator or question.indicator
        yield question.code, place, question.instrument, question.title


def _percent(share: Decimal | None) -> str:
    return "" if share is None else f"{(share * 100).normalize():f}%"

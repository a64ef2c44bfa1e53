"""An explanation in words: the sections of a letter, in Thai or in English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.audit.interval import Interval, decimals_of
from pipeline.audit.wording import Language, phrase, points
from pipeline.fields import table, value_labels
from pipeline.letters.letter_rules import entries_section, levels_section, pass_mark_section
from pipeline.letters.letter_sums import checks_section, fitting_section, sums_section
from pipeline.letters.parts import (
    Grid,
    Line,
    Say,
    Section,
    computed_by,
    number,
    padded,
    score_name,
    sentence,
)
from pipeline.letters.records import Explanation, Place, Value

__all__ = ["letter"]


def letter(found: Explanation, language: Language) -> tuple[str, tuple[Section, ...]]:
    """The heading and the sections of an explanation, those without content left out."""

    def say(name: str, **words: str) -> str:
        return phrase(f"explain-{name}", language, **words)

    parts: list[tuple[str, Sequence[Line | Grid]]] = [
        (say("document"), list(_document(found, say))),
        (say("found"), [Line(found.finding[f"message_{language}"])]),
        (say("rule"), list(_rule(found, language, say))),
        (say("values"), list(_values(found, language, say))),
        (say("places"), list(_places(found, language, say))),
        (say("sums"), list(sums_section(found, language, say))),
        (say("fitting"), list(fitting_section(found, language, say))),
        (say("checks"), list(checks_section(found, language, say))),
        (say("levels", year=str(found.year_be)), list(levels_section(found, say))),
        (say("pass-mark", year=str(found.year_be)), list(pass_mark_section(found, say))),
        (say("entries"), list(entries_section(found, say))),
        (say("claims"), list(_claims(found, language))),
        (say("measures"), list(_measures(found, language))),
        (say("ask"), _ask(found, language)),
    ]
    sections = tuple(Section(title, tuple(blocks)) for title, blocks in parts if blocks)
    return _heading(found, language, say), sections


def _heading(found: Explanation, language: Language, say: Say) -> str:
    severity = value_labels("severity").get(found.finding["severity"], {})
    rule = found.finding["rule"]
    title = found.rule.title(language) if found.rule else say("unknown-rule", rule=rule)
    shown = severity.get(language, found.finding["severity"])
    return say("heading", title=title, severity=shown)


def _document(found: Explanation, say: Say) -> Iterator[Grid]:
    finding, document = found.finding, found.document
    agency = finding["agency_name_printed"] or document.get("agency_name", "")
    rows = [
        (say("file"), document.get("file_name", "")),
        (say("agency"), agency or say("no-agency")),
        (say("year"), say("year-be", year=str(found.year_be)) if found.year_be else ""),
        (say("page"), finding["page"]),
        (say("id"), f"{finding['finding_id']} · {finding['rule']}"),
    ]
    yield Grid((), tuple(row for row in rows if row[1]))


def _rule(found: Explanation, language: Language, say: Say) -> Iterator[Line]:
    if found.rule is not None:
        yield Line(found.rule.about(language))
    for basis in found.bases:
        yield Line(
            say(
                "basis",
                part=say(f"part-{basis.part}"),
                year=str(found.year_be),
                certainty=say(basis.certainty),
            )
        )


def _ask(found: Explanation, language: Language) -> list[Line]:
    return [Line(found.rule.ask(language))] if found.rule else []


# ---- what is printed ----------------------------------------------------------------------------


def _places(found: Explanation, language: Language, say: Say) -> Iterator[Line | Grid]:
    if not found.places:
        return
    exact = bool(found.sums or found.values or found.levels or found.pass_mark)
    if exact:
        yield from _rounding(found.places, say)
    # In a table of agencies the label is the agency, which is named above.
    own = found.finding["agency_name_printed"]
    labels = any(place.label not in ("", own) for place in found.places)
    codes = bool(found.entries) and any(place.code_printed for place in found.places)
    names = [say("column-score")] + [say("column-code-printed")] * codes
    names += [say("column-label")] * labels + [say("column-printed")]
    names += [say("column-stands-for")] * exact + [say("column-place")]
    rows = []
    for place in found.places:
        cells = [
            sentence(score_name(place.key, language)) if place.key.code else place.code_printed
        ]
        cells += [place.code_printed] * codes
        cells += [place.label] * labels + [place.printed or say("not-read")]
        cells += [_range(place.stands_for)] * exact + [_where(place, found, say)]
        rows.append(tuple(cells))
    yield Grid(tuple(names), tuple(rows))


def _rounding(places: Sequence[Place], say: Say) -> Iterator[Line]:
    """What a printed value stands for, told by the first one."""
    example = next((p for p in places if p.value is not None and p.stands_for), None)
    if example is not None and example.value is not None and example.stands_for:
        yield Line(
            say(
                "rounding",
                value=padded(example.value, example.decimals),
                decimals=str(example.decimals),
                low=number(example.stands_for.low),
                high=number(example.stands_for.high),
            )
        )
    short = next((p for p in places if _is_short(p)), None)
    if short is not None:
        yield Line(say("taken-as", value=short.printed, decimals=str(short.decimals)))


def _range(stands_for: Interval | None) -> str:
    return f"{number(stands_for.low)}–{number(stands_for.high)}" if stands_for else "–"


def _is_short(place: Place) -> bool:
    return place.value is not None and decimals_of(place.value) < place.decimals


def _where(place: Place, found: Explanation, say: Say) -> str:
    page = str(place.page)
    if place.table_no is not None:
        text = say("in-table", page=page, table=str(place.table_no), row=str(place.row_no or "–"))
    elif place.kind in ("sentence", "chart"):
        text = say(f"in-{place.kind}", page=page)
    else:
        text = say("on-page", page=page)
    if place.document_id != found.finding["document_id"]:
        return say("in-file", place=text, file=place.file_name)
    return text


def _values(found: Explanation, language: Language, say: Say) -> Iterator[Grid]:
    if len(found.values) < 2:
        return
    columns = (say("column-printed"), say("column-place"), say("column-tested"))
    yield Grid(columns, tuple(_value_row(value, found, language, say) for value in found.values))


def _value_row(value: Value, found: Explanation, language: Language, say: Say) -> tuple[str, ...]:
    places = dict.fromkeys(_where(place, found, say) for place in value.places)
    tested = [
        say(name, how=computed_by(equation.rule, equation.target, equation.parts, language))
        for name, equations in (("value-holds", value.holds), ("value-fails", value.fails))
        for equation in equations
    ]
    return points(value.value), "; ".join(places), "; ".join(tested) or say("untested")


# ---- what the document says ---------------------------------------------------------------------


def _claims(found: Explanation, language: Language) -> Iterator[Grid]:
    if found.claims:
        named = {
            column.name: column.labels[language].title for column in table("documents").columns
        }
        yield Grid((), tuple((named[name], text) for name, text in found.claims.items()))


def _measures(found: Explanation, language: Language) -> Iterator[Grid]:
    names = ("issue_printed", "measure", "steps", "responsible", "period_printed")
    labels = {column.name: column.labels[language].title for column in table("measures").columns}
    for measure in found.measures:
        yield Grid((), tuple((labels[name], measure.get(name) or "–") for name in names))

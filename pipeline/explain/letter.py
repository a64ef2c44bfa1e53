"""An explanation in words: the sections of a letter, in Thai or in English."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.audit.interval import Interval, decimals_of
from pipeline.audit.quantities import Key, level_of
from pipeline.audit.wording import Language, method, phrase, points
from pipeline.explain.records import (
    Check,
    Condition,
    Explanation,
    Fitting,
    LevelRow,
    Place,
    Step,
    Sum,
    Value,
)
from pipeline.fields import table, value_labels

__all__ = ["Grid", "Line", "Section", "letter"]

# A sum of more numbers is not written out again with its lowest and highest inputs.
_LONGEST_BOUNDS = 6
_MOST_VALUES = 3

Say = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, set in by some steps."""

    text: str
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under headings; without headings, names and what they are."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the letter with its heading."""

    title: str
    blocks: tuple[Line | Grid, ...]


def letter(found: Explanation, language: Language) -> tuple[str, tuple[Section, ...]]:
    """The heading and the sections of an explanation, those without content left out."""

    def say(name: str, **words: str) -> str:
        return phrase(f"explain-{name}", language, **words)

    parts: list[tuple[str, Sequence[Line | Grid]]] = [
        (say("document"), list(_document(found, say))),
        (say("found"), [Line(found.finding[f"message_{language}"])]),
        (say("rule"), list(_rule(found, language, say))),
        (say("values"), list(_values(found, language, say))),
        (say("places"), list(_places(found, say))),
        (say("sums"), list(_sums(found, language, say))),
        (say("fitting"), list(_fitting(found, language, say))),
        (say("checks"), list(_checks(found, language, say))),
        (say("levels", year=str(found.year_be)), list(_levels(found, say))),
        (say("pass-mark", year=str(found.year_be)), list(_pass_mark(found, say))),
        (say("entries"), list(_entries(found, say))),
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


def _places(found: Explanation, say: Say) -> Iterator[Line | Grid]:
    if not found.places:
        return
    example = next((p for p in found.places if p.stands_for), None)
    if example is not None and example.stands_for and example.value is not None:
        yield Line(
            say(
                "rounding",
                value=_padded(example.value, example.decimals),
                decimals=str(example.decimals),
                low=_exact(example.stands_for.low),
                high=_exact(example.stands_for.high),
            )
        )
    short = next((p for p in found.places if _is_short(p)), None)
    if short is not None:
        yield Line(say("taken-as", decimals=str(short.decimals)))
    labels = any(place.label for place in found.places)
    columns = [say("column-score"), *([say("column-label")] if labels else [])]
    columns += [say("column-printed"), say("column-stands-for"), say("column-place")]
    rows = (_place_row(place, found, labels, say) for place in found.places)
    yield Grid(tuple(columns), tuple(rows))


def _is_short(place: Place) -> bool:
    return place.value is not None and decimals_of(place.value) < place.decimals


def _place_row(place: Place, found: Explanation, labels: bool, say: Say) -> tuple[str, ...]:
    stands_for = place.stands_for
    return (
        place.key.code or place.code_printed,
        *([place.label] if labels else []),
        place.printed,
        f"{_exact(stands_for.low)}–{_exact(stands_for.high)}" if stands_for else "",
        _where(place, found, say),
    )


def _where(place: Place, found: Explanation, say: Say) -> str:
    page = str(place.page)
    if place.table_no is not None:
        text = say("in-table", page=page, table=str(place.table_no), row=str(place.row_no or "–"))
    elif place.kind in ("sentence", "chart"):
        text = say(f"in-{place.kind}", page=page)
    else:
        text = say("on-page", page=page)
    if place.document["document_id"] != found.document["document_id"]:
        return say("in-file", place=text, file=place.document["file_name"])
    return text


def _values(found: Explanation, language: Language, say: Say) -> Iterator[Grid]:
    if len(found.values) < 2:
        return
    columns = (say("column-printed"), say("column-place"), say("column-tested"))
    yield Grid(columns, tuple(_value_row(value, found, language, say) for value in found.values))


def _value_row(
    value: Value, found: Explanation, language: Language, say: Say
) -> tuple[str, ...]:
    places = dict.fromkeys(_where(place, found, say) for place in value.places)
    tested = [
        say(name, how=_by(equation.rule, equation.target, equation.parts, language))
        for name, equations in (("value-holds", value.holds), ("value-fails", value.fails))
        for equation in equations
    ]
    return points(value.value), "; ".join(places), "; ".join(tested) or say("untested")


def _by(rule: str, target: Key, parts: Sequence[Key], language: Language) -> str:
    """What is computed, and from what."""
    how = method(rule, parts, language)
    return phrase("explain-by", language, what=_name(target, language), how=how)


# ---- arithmetic ---------------------------------------------------------------------------------


def _sums(found: Explanation, language: Language, say: Say) -> Iterator[Line]:
    for number, held in enumerate(found.sums, start=1):
        text = _sentence(_by(held.rule, held.target, held.parts, language))
        yield Line(f"{number}. {text}" if len(found.sums) > 1 else text)
        for step in held.steps:
            yield Line(_written(step), 1)
        yield from _with_rounding(held, say)
        yield from _compared(held, say)


def _written(step: Step) -> str:
    shown = step.result.quantize(Decimal("0.0001"))
    equals = "=" if shown == step.result else "≈"
    name = f"{step.name} = " if step.name else ""
    return f"{name}{step.expression} {equals} {_exact(shown)}"


def _with_rounding(held: Sum, say: Say) -> Iterator[Line]:
    low, high = held.lowest.result, held.highest.result
    yield Line(say("rounded-sum", low=_exact(low), high=_exact(high)), 1)
    if len(held.parts) <= _LONGEST_BOUNDS and len(held.steps) == 1:
        yield Line(say("lowest", sum=_written(held.lowest)), 2)
        yield Line(say("highest", sum=_written(held.highest)), 2)
    if held.allowance:
        words = {"low": _exact(low - held.allowance), "high": _exact(high + held.allowance)}
        yield Line(say("allowance", allowance=_exact(held.allowance), **words), 1)


def _compared(held: Sum, say: Say) -> Iterator[Line]:
    if held.printed is None or held.stands_for is None:
        return
    low, high = (_exact(end) for end in held.stands_for)
    yield Line(say("compared", printed=points(held.printed), low=low, high=high), 1)
    if held.verdict == "differs":
        difference = _exact(abs(held.difference or Decimal(0)))
        yield Line(say("differs", difference=difference, gap=_exact(held.gap)), 1)
    else:
        yield Line(say("agrees"), 1)


def _fitting(found: Explanation, language: Language, say: Say) -> Iterator[Line]:
    wrong = any(held.verdict == "differs" for held in found.sums)
    if not wrong or not found.places:
        return
    fitting = found.fitting
    if fitting is None:
        yield Line(say("fits-none", what=_name(found.places[0].key, language)))
        return
    what = _name(fitting.key, language)
    yield Line(say("fits", what=what, values=_printable(fitting, language, say)))
    if found.checks or not fitting.all_hold:
        yield Line(say("fits-all" if fitting.all_hold else "fits-some"))


def _printable(fitting: Fitting, language: Language, say: Say) -> str:
    """The values that would do: named where they are few."""
    step = Decimal(1).scaleb(-decimals_of(fitting.low))
    count = int((fitting.high - fitting.low) / step) + 1
    if count > _MOST_VALUES:
        return say("range", low=points(fitting.low), high=points(fitting.high))
    values = (points(fitting.low + step * number) for number in range(count))
    return phrase("or", language).join(values)


def _checks(found: Explanation, language: Language, say: Say) -> Iterator[Line]:
    for check in found.checks:
        words = {
            "how": _sentence(_by(check.rule, check.target, check.parts, language)),
            "printed": "–" if check.printed is None else points(check.printed),
            "computed": _exact(check.computed.quantize(Decimal("0.0001"))),
            "verdict": say(f"verdict-{check.verdict}") + _then(check, say),
        }
        yield Line(say("check", **words))


def _then(check: Check, say: Say) -> str:
    """What becomes of another equation with the fitting value, where that changes."""
    if check.with_fitting is None or check.with_fitting == (check.verdict == "agrees"):
        return ""
    return say("then-agrees" if check.with_fitting else "then-differs")


# ---- the year's rules ---------------------------------------------------------------------------


def _levels(found: Explanation, say: Say) -> Iterator[Line | Grid]:
    if not found.levels:
        return
    yield Line(say("levels-how"))
    names = ("level", "range", "conditions", "result")
    columns = tuple(say(f"column-{name}") for name in names)
    yield Grid(columns, tuple(_level_row(level, say) for level in found.levels))
    decided = _decided(found.levels)
    if decided:
        yield Line(say("is-level", level=decided))


def _decided(levels: Sequence[LevelRow]) -> str:
    """The level that the conditions give; empty where they do not decide."""
    for level in levels:
        if level.holds is None:
            return ""
        if level.holds:
            return level.name
    return ""


def _level_row(level: LevelRow, say: Say) -> tuple[str, ...]:
    known = level.low is not None
    bounds = f"{_bound(level.low)}–{_bound(level.high)}" if known else say("no-bounds")
    conditions = "; ".join(_condition(condition, say) for condition in level.conditions)
    return level.name, bounds, conditions, _holds(level.holds, say)


def _bound(value: Decimal | None) -> str:
    return "" if value is None else points(value)


def _condition(condition: Condition, say: Say) -> str:
    score = _middle(condition.score) if condition.score else say("not-printed")
    result = _holds(condition.holds, say)
    return say(
        "condition", code=condition.code, score=score, mark=points(condition.mark), result=result
    )


def _holds(holds: bool | None, say: Say) -> str:
    return say("undecided" if holds is None else "holds" if holds else "fails")


def _middle(score: Interval) -> str:
    return points(score.middle.quantize(Decimal("0.01")))


def _pass_mark(found: Explanation, say: Say) -> Iterator[Line]:
    if found.pass_mark is not None:
        yield Line(_condition(found.pass_mark, say))


def _entries(found: Explanation, say: Say) -> Iterator[Grid]:
    if not found.entries:
        return
    columns = tuple(say(f"column-{name}") for name in ("year", "code", "title", "belongs"))
    rows = tuple(
        (str(entry.year_be), entry.code, entry.title or say("no-entry"), entry.belongs_to)
        for entry in found.entries
    )
    yield Grid(columns, rows)


# ---- what the document says ---------------------------------------------------------------------


def _claims(found: Explanation, language: Language) -> Iterator[Grid]:
    if found.claims:
        named = {column.name: column.labels[language].title for column in table("documents").columns}
        yield Grid((), tuple((named[name], text) for name, text in found.claims.items()))


def _measures(found: Explanation, language: Language) -> Iterator[Grid]:
    names = ("issue_printed", "measure", "steps", "responsible", "period_printed")
    labels = {column.name: column.labels[language].title for column in table("measures").columns}
    for measure in found.measures:
        yield Grid((), tuple((labels[name], measure.get(name) or "–") for name in names))


# ---- names and numbers --------------------------------------------------------------------------


def _name(key: Key, language: Language) -> str:
    """What a score is of, in short: a letter names its year and agency once."""
    level = level_of(key.code)
    weighted = (level, key.scale) == ("instrument", "weighted")
    name = "instrument-weighted" if weighted else level
    return phrase(f"short-{name}", language, code=key.code)


def _sentence(text: str) -> str:
    """With a capital letter, as English sentences begin."""
    return text[:1].upper() + text[1:]


def _exact(value: Decimal) -> str:
    """A number without needless zeros, with two decimals at least.

    >>> _exact(Decimal("99.1350")), _exact(Decimal("85.3995333333"))
    ('99.135', '85.3995')
    """
    whole, _, rest = f"{value:.4f}".partition(".")
    return f"{whole}.{rest[:2]}{rest[2:].rstrip('0')}"


def _padded(value: Decimal, decimals: int) -> str:
    return f"{value:.{max(decimals, decimals_of(value))}f}"

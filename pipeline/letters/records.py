"""What an explanation is made of: facts without words, the same in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from parsers.knowledge.catalogue import Certainty
from pipeline.audit.equations import Equation
from pipeline.audit.interval import Interval
from pipeline.audit.quantities import Key
from pipeline.audit.records import Verdict
from pipeline.audit.wording import RuleText
from pipeline.letters.tables import TextRow

__all__ = [
    "Basis",
    "Check",
    "Condition",
    "Entry",
    "Explanation",
    "Fitting",
    "LevelRow",
    "Place",
    "Step",
    "Sum",
    "Value",
]


@dataclass(frozen=True, slots=True)
class Basis:
    """How sure a part of the year's rules is; both words are the catalogue's."""

    part: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Place:
    """One printed score: where it stands and what it stands for.

    Attributes:
        score_id: Its id.
        document_id: The document.
        file_name: Its file.
        key: What it is of.
        label: The title printed beside it.
        code_printed: The code as printed.
        printed: The value as printed.
        value: The value; None where it could not be read.
        stands_for: Every number that is printed so; None for an unread value.
        decimals: The decimals that it counts as printed with.
        page: Page.
        table_no: Number of the table; None outside tables.
        row_no: Row in the table.
        kind: table, list, sentence or chart.
    """

    score_id: str
    document_id: str
    file_name: str
    key: Key
    label: str
    code_printed: str
    printed: str
    value: Decimal | None
    stands_for: Interval | None
    decimals: int
    page: int
    table_no: int | None
    row_no: int | None
    kind: str


@dataclass(frozen=True, slots=True)
class Value:
    """One of several values of a score.

    Attributes:
        value: The value.
        places: Where it is printed.
        holds: Equations that hold with it.
        fails: Equations that do not.
    """

    value: Decimal
    places: tuple[Place, ...]
    holds: tuple[Equation, ...]
    fails: tuple[Equation, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a sum: `IIT = (98.01 + 93.22) ÷ 2 = 95.615`; `name` may be empty."""

    name: str
    expression: str
    result: Decimal


@dataclass(frozen=True, slots=True)
class Sum:
    """An equation with the printed values put in.

    Attributes:
        rule: Slug of the equation, as in the table `recomputed`.
        target: What is computed.
        parts: What it is computed from.
        steps: The lines of the sum; the last one gives the result.
        lowest: The same with the lowest numbers that the inputs stand for.
        highest: The same with the highest.
        allowance: What is allowed besides, because a level in between may be rounded.
        printed: The printed value of the target; None where it is not printed.
        stands_for: What that stands for.
        difference: printed minus computed.
        gap: How far printed and computed lie apart after all that rounding explains.
        verdict: As in `recomputed`.
    """

    rule: str
    target: Key
    parts: tuple[Key, ...]
    steps: tuple[Step, ...]
    lowest: Step
    highest: Step
    allowance: Decimal
    printed: Decimal | None
    stands_for: Interval | None
    difference: Decimal | None
    gap: Decimal
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Check:
    """Another equation that the questioned score takes part in.

    `with_fitting` is whether it holds with the value that would fit; None where there is none.
    """

    rule: str
    target: Key
    parts: tuple[Key, ...]
    printed: Decimal | None
    computed: Decimal
    verdict: Verdict
    with_fitting: bool | None


@dataclass(frozen=True, slots=True)
class Fitting:
    """Which values of the questioned score agree with the rest.

    Attributes:
        key: The score.
        low: Lowest such value with the printed number of decimals.
        high: Highest.
        all_hold: Whether every equation it takes part in then holds; else only those that
            are written out.
    """

    key: Key
    low: Decimal
    high: Decimal
    all_hold: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """What a level asks of one score: `mark` must be reached.

    `score` is what is known of it (None: nothing), `holds` is None where that is too little;
    `computed` says that the score is not printed, but computed from its parts.
    """

    code: str
    mark: Decimal
    score: Interval | None
    holds: bool | None
    computed: bool = False


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level of the year with its conditions; `holds` as in `Condition`."""

    name: str
    low: Decimal | None
    high: Decimal | None
    passes: bool | None
    conditions: tuple[Condition, ...]
    holds: bool | None


@dataclass(frozen=True, slots=True)
class Entry:
    """What a year's list has under a code; an empty title where it has nothing."""

    year_be: int
    code: str
    title: str
    belongs_to: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that shows why a finding was made.

    Attributes:
        finding: Its row of `findings`.
        document: Its row of `documents`.
        rule: The entry of its rule; None for a rule that this version does not have.
        year_be: Fiscal year; None where unknown.
        bases: How sure the rules are that it rests on.
        places: The printed scores it rests on, the questioned one first.
        values: The values of one score side by side, where it has several.
        sums: Equations written out.
        fitting: Which values would agree; None where that cannot be said.
        checks: The other equations that the score takes part in.
        levels: The year's levels with their conditions.
        pass_mark: The year's pass mark, where the finding is about it.
        entries: What the year's list has.
        claims: What the document says of itself, by column of `documents`.
        measures: Its measures on the page.
    """

    finding: TextRow
    document: TextRow
    rule: RuleText | None
    year_be: int | None
    bases: tuple[Basis, ...] = ()
    places: tuple[Place, ...] = ()
    values: tuple[Value, ...] = ()
    sums: tuple[Sum, ...] = ()
    fitting: Fitting | None = None
    checks: tuple[Check, ...] = ()
    levels: tuple[LevelRow, ...] = ()
    pass_mark: Condition | None = None
    entries: tuple[Entry, ...] = ()
    claims: Mapping[str, str] | None = None
    measures: tuple[TextRow, ...] = ()

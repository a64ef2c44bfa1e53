"""What a document says beside its scores: claims of sentences, and the names it uses.

Internal to the audit: neither has a table in the dataset.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from parsers.model.page import Box
from parsers.model.terms import Level

__all__ = ["Claim", "ClaimKind", "Mention", "Quote"]

ClaimKind = Literal[
    "each",
    "highest",
    "lowest",
    "pass",
    "fail",
    "pass-count",
    "fail-count",
    "threshold",
    "share",
    "row-count",
    "change",
]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence says about scores, beyond printing one (internal to the audit).

    Attributes:
        kind: `each` (codes with the values that the sentence gives them: a range, a list,
            "ตามลำดับ"), `highest` or `lowest` (no other of `among` is above, or below, the
            codes), `pass` or `fail` (every code listed; no code: all of `among`),
            `pass-count` or `fail-count` (`count` of `of` things of `level`), `threshold`
            (`values` the pass mark), `share` (`count` of `of` is said to be `values`
            percent), `row-count` (`count` agencies announced), `change` (the score rose by
            `values` points, a negative number if it fell, since `than_year_be`).
        year_be: Fiscal year (Buddhist era) that it speaks of; None where unknown.
        level: What is counted or compared; None where the codes say it. Agencies are
            counted by their totals.
        codes: Codes as in `Score`, in the order of the sentence.
        values: Points: for `each` one for every code or one for all of them; for `pass`,
            `fail` and the counts the mark if the sentence names one.
        count: A number of things.
        of: Out of how many; None where not said.
        printed: The clause as printed, cleaned.
        page: Page.
        box: Place of the clause.
        table_no: The table it stands in; None in running text.
        row_no: The row of that table.
        agency_name_printed: The agency in a document of several; else None.
        among: What the codes are compared with or counted in: an instrument, an indicator,
            `ITA` for everything; empty where the sentence does not say it.
        than_year_be: For `change` the year that it is compared with.
        scores: For `each` the `score_id` of every score that the sentence itself prints.
    """

    kind: ClaimKind
    year_be: int | None
    level: Level | None
    codes: tuple[str, ...]
    values: tuple[Decimal, ...]
    count: int | None
    of: int | None
    printed: str
    page: int
    box: Box
    table_no: int | None = None
    row_no: int | None = None
    agency_name_printed: str | None = None
    among: str = ""
    than_year_be: int | None = None
    scores: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A code that is printed with words of what it asks (internal to the audit).

    Attributes:
        code: The code that the printed token and the words make.
        rule: `exact` and `zero-for-o` where the token alone says so; `quoted` where a year's
            question with these words told the code ("๑๑๙" is i19).
        title: The words: the title after a code, or what stands before a code in brackets.
        page: Page.
        box: Place of the token; None where it could not be told.
    """

    code: str
    rule: str
    title: str
    page: int
    box: Box | None


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency, a place or a fiscal year that the document names (internal to the audit).

    Each distinct name is held with the first few places where it stands.

    Attributes:
        kind: What is named.
        printed: As printed, cleaned.
        name: What it means: the agency's full name, the place's name, the year as digits.
        role: Where it stands: `title` (first page), `heading`, `table` (caption, column
            heading, cell), `series` (beside other years that it is compared with),
            `signature`, `partner` (somebody visited, worked with, compared with, or one of
            a list) or `text`. A name in a title says more than one in passing.
        page: Page.
        box: Place.
        of: For a year what it is the year of (`result`, `plan`, `follow-up`, else empty);
            `agency` for a place that says where the document's own agency lies.
        context: The heading that a year stands in; for a place the names of the places
            around it as printed with it (district, province).
    """

    kind: Literal["agency", "tambon", "district", "province", "year"]
    printed: str
    name: str
    role: str
    page: int
    box: Box
    of: str = ""
    context: str = ""

"""What the audit hands on: the rows of the dataset's tables `recomputed` and `findings`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from parsers.model import Box, Level

__all__ = ["Finding", "Recomputed", "Severity", "Verdict"]

Severity = Literal["error", "warning", "note"]
Verdict = Literal["agrees", "differs", "not-printed", "not-checkable"]


@dataclass(frozen=True, slots=True)
class Recomputed:
    """One quantity computed from the printed scores that it is made of.

    Attributes:
        document_id: The document.
        agency_id: The agency whose scores these are; None where it is not known.
        agency_name_printed: The agency's name in a table of several agencies, else None.
        year_be: Fiscal year (Buddhist era) of the scores; None where it is not known.
        level: Level of the computed quantity.
        code: Its code, as in `Score`.
        computed: The result in points, to four decimals; None where it cannot be computed.
        low: Lowest result that the printed precision of the inputs allows.
        high: Highest such result.
        printed: What the document prints for the quantity; None where it prints nothing.
        difference: printed minus computed.
        rule: Slug of the equation, for instance `total-from-indicators`.
        inputs: `score_id` of every printed score that went in.
        verdict: Whether printed and computed agree within what rounding allows.
        why_not: For `not-checkable` a slug, with the codes it speaks of after a colon
            (`part-missing:i2,i3`); else empty.
    """

    document_id: str
    agency_id: str | None
    agency_name_printed: str | None
    year_be: int | None
    level: Level
    code: str
    computed: Decimal | None
    low: Decimal | None
    high: Decimal | None
    printed: Decimal | None
    difference: Decimal | None
    rule: str
    inputs: tuple[str, ...]
    verdict: Verdict
    why_not: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One inconsistency: what is printed, what is expected, where, and why.

    `finding_id` is a hash of the content: the same document gives the same ids on every
    machine. `evidence` holds the `score_id` of every printed score that the finding
    rests on, the questioned one first. What is about the document as a whole has no level
    and an empty code.
    """

    finding_id: str
    rule: str
    severity: Severity
    document_id: str
    agency_id: str | None
    agency_name_printed: str | None
    year_be: int | None
    level: Level | None
    code: str
    printed: str | None
    expected: str | None
    difference: Decimal | None
    message_th: str
    message_en: str
    page: int
    box: Box | None
    evidence: tuple[str, ...]

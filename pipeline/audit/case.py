"""A document as the audit sees it: its sets of scores with the year's equations worked out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from parsers.model import Report
from parsers.reading.agencies import agency_id
from pipeline.audit.equations import Template, templates
from pipeline.audit.evaluate import Choice, Evaluation, evaluate, settle
from pipeline.audit.numbering import Numbering, find_numberings, renumbered
from pipeline.audit.quantities import level_of
from pipeline.audit.readings import read_by_arithmetic
from pipeline.audit.records import Recomputed
from pipeline.audit.sets import ScoreSet, score_sets
from pipeline.audit.year import YearRules, year_rules

__all__ = [
    "AgencyIds",
    "Case",
    "SetCase",
    "open_case",
    "own_agency",
    "recomputed_row",
    "recomputed_rows",
]

# From the printed name of an agency and its province code (where known) to its id.
AgencyIds = Callable[[str, str | None], str | None]

_FOUR_DECIMALS = Decimal("0.0001")


@dataclass(frozen=True, slots=True, eq=False)
class SetCase:
    """One set of scores with its year's rules.

    Attributes:
        agency_id: Id of the agency the scores are of; None where not known.
        scores: The scores.
        rules: The rules of their year.
        rows: The equations of these rules.
        choice: Which printed value of each quantity counts.
        evaluations: The equations with the printed values put in.
    """

    agency_id: str | None
    scores: ScoreSet
    rules: YearRules
    rows: tuple[Template, ...]
    choice: Choice
    evaluations: tuple[Evaluation, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A document and all its sets of scores.

    Attributes:
        report: The document.
        sets: Its scores, where a list follows another year's numbering under the codes that
            are meant.
        numberings: These lists.
    """

    report: Report
    sets: tuple[SetCase, ...]
    numberings: tuple[Numbering, ...] = ()


def open_case(report: Report, agency_ids: AgencyIds = agency_id) -> Case:
    """Sort a document's scores into sets and work out their equations."""
    report = read_by_arithmetic(report)
    numberings = find_numberings(report)
    meant = replace(report, scores=renumbered(report.scores, numberings)) if numberings else report
    sets = tuple(_set_case(report, scores, agency_ids) for scores in score_sets(meant))
    return Case(report, sets, numberings)


def _set_case(report: Report, scores: ScoreSet, agency_ids: AgencyIds) -> SetCase:
    identity = report.identity
    rules = year_rules(scores.year_be, identity.scheme if identity else None)
    rows = templates(rules)
    choice = settle(scores, rows)
    return SetCase(
        _agency_id(report, scores.agency_name_printed, agency_ids),
        scores,
        rules,
        rows,
        choice,
        evaluate(scores, rows, choice),
    )


def own_agency(case: Case) -> str | None:
    """Id of the agency that the document is of; None where it is of several or unknown."""
    identity = case.report.identity
    return identity.agency.agency_id if identity and identity.agency else None


def _agency_id(report: Report, name: str | None, agency_ids: AgencyIds) -> str | None:
    identity = report.identity
    if name is None:
        return identity.agency.agency_id if identity and identity.agency else None
    if identity is None:
        return agency_ids(name, None)
    own = identity.agency.province_code if identity.agency else None
    return agency_ids(name, identity.province_code or own)


def recomputed_row(case: Case, held: SetCase, result: Evaluation) -> Recomputed:
    """An evaluation as a row of the table `recomputed`."""
    target = result.template.target
    parts = result.equation.parts if result.equation else ()
    inputs = [held.choice.values[part].scores[0] for part in parts if part in held.choice.values]
    return Recomputed(
        document_id=case.report.document_id,
        agency_id=held.agency_id,
        agency_name_printed=held.scores.agency_name_printed,
        year_be=held.scores.year_be,
        level=level_of(target.code),
        code=target.code,
        computed=_rounded(result.computed),
        low=_rounded(result.interval.low if result.interval else None),
        high=_rounded(result.interval.high if result.interval else None),
        printed=result.printed.value if result.printed else None,
        difference=result.difference,
        rule=result.template.rule,
        inputs=tuple(score.score_id for score in inputs),
        verdict=result.verdict,
        why_not=result.why_not,
    )


def recomputed_rows(case: Case) -> tuple[Recomputed, ...]:
    """All of a document's evaluations as rows of the table `recomputed`."""
    return tuple(
        recomputed_row(case, held, result) for held in case.sets for result in held.evaluations
    )


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(_FOUR_DECIMALS)

"""The rules of the audit in the order in which they look at a document.

Structure comes first, so that the arithmetic is understood on the right codes; then the
arithmetic, what is said twice, and last what explains other findings and replaces them.
A rule is a function here, an entry in pipeline/data/rules/ and a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from pipeline.audit.drafts import Context, Draft
from pipeline.audit.library import Library
from pipeline.audit.rules.arithmetic import (
    indicator_differs,
    instrument_differs,
    subindicator_differs,
    total_differs,
)
from pipeline.audit.rules.claims import (
    claim_differs,
    count_percent_differs,
    threshold_differs,
)
from pipeline.audit.rules.documents import Difference, documents_differ
from pipeline.audit.rules.explanations import single_digit, swapped_cells
from pipeline.audit.rules.impossible import odd_denominator, unreachable_value
from pipeline.audit.rules.items import item_score_not_allowed
from pipeline.audit.rules.measures import measure_incomplete
from pipeline.audit.rules.names import agency_conflict, place_unknown
from pipeline.audit.rules.questions import instrument_differs_from_code, question_missing
from pipeline.audit.rules.ranks import rank_broken
from pipeline.audit.rules.ratings import borderline, level_differs, pass_differs
from pipeline.audit.rules.reading import read_by_arithmetic, unread
from pipeline.audit.rules.repetition import printed_twice_differs
from pipeline.audit.rules.scale import out_of_range
from pipeline.audit.rules.scales import level_of_other_scale
from pipeline.audit.rules.structure import (
    code_duplicated,
    code_unknown,
    indicator_number_differs,
)
from pipeline.audit.rules.titles import code_of_other_year, code_title_differs
from pipeline.audit.rules.years import year_conflict

__all__ = ["ACROSS", "RULES", "AcrossRule", "Rule"]

# A rule sees the document and what the rules before it found, and yields its own findings;
# a finding that explains earlier ones names them in `Draft.replaces`.
Rule = Callable[[Context, Sequence[Draft]], Iterable[Draft]]

# A rule that needs all documents sees the values of each, and yields what stands against what.
AcrossRule = Callable[[Library], Iterable[Difference]]

RULES: Mapping[str, Rule] = {
    "unread": unread,
    "read-by-arithmetic": read_by_arithmetic,
    "code-duplicated": code_duplicated,
    "code-unknown": code_unknown,
    "code-of-other-year": code_of_other_year,
    "code-title-differs": code_title_differs,
    "question-missing": question_missing,
    "instrument-differs-from-code": instrument_differs_from_code,
    "indicator-number-differs": indicator_number_differs,
    "total-differs": total_differs,
    "instrument-differs": instrument_differs,
    "indicator-differs": indicator_differs,
    "subindicator-differs": subindicator_differs,
    "printed-twice-differs": printed_twice_differs,
    "swapped-cells": swapped_cells,
    "out-of-range": out_of_range,
    "single-digit": single_digit,
    "odd-denominator": odd_denominator,
    "unreachable-value": unreachable_value,
    "item-score-not-allowed": item_score_not_allowed,
    "level-of-other-scale": level_of_other_scale,
    "level-differs": level_differs,
    "pass-differs": pass_differs,
    "claim-differs": claim_differs,
    "count-percent-differs": count_percent_differs,
    "threshold-differs": threshold_differs,
    "borderline": borderline,
    "agency-conflict": agency_conflict,
    "place-unknown": place_unknown,
    "year-conflict": year_conflict,
    "rank-broken": rank_broken,
    "measure-incomplete": measure_incomplete,
}

ACROSS: Mapping[str, AcrossRule] = {
    "documents-differ": documents_differ,
}

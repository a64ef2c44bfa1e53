"""What a rule finds, before it becomes a row: the finding without its id and sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256

from parsers.model import Box, Score
from pipeline.audit.case import Case, SetCase, own_agency
from pipeline.audit.causes import Cause
from pipeline.audit.quantities import Key, level_of
from pipeline.audit.records import Finding, Severity
from pipeline.audit.wording import LANGUAGES, Language, rule_texts

__all__ = ["Context", "Draft", "Words", "finding", "finding_id", "in_both", "score_ids"]

Words = Mapping[Language, Mapping[str, str]]

_ID_LENGTH = 20


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """What a rule looks at: the document and what is wrong with its arithmetic."""

    case: Case
    causes: Sequence[tuple[SetCase, Cause]]


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A finding in the making.

    Attributes:
        rule: Slug of the rule.
        held: The set of scores it is about; None where it is about the document.
        key: The score it is about; None where it is about none.
        page: Page to look at.
        box: Place on that page.
        evidence: Ids of the scores it rests on, the questioned one first.
        words: What the sentences need, by language.
        printed: What is printed.
        expected: What should be.
        difference: printed minus expected.
        severity: Where it is not the rule's own.
        year_be: Fiscal year (Buddhist era) where it is about no set of scores.
        cause: What is wrong with the arithmetic, where that is what was found.
        replaces: Findings of earlier rules that this one explains: they are dropped.
    """

    rule: str
    held: SetCase | None
    key: Key | None
    page: int
    box: Box | None
    evidence: tuple[str, ...]
    words: Words
    printed: str | None = None
    expected: str | None = None
    difference: Decimal | None = None
    severity: Severity | None = None
    year_be: int | None = None
    cause: Cause | None = None
    replaces: tuple[Draft, ...] = field(default=())


def in_both(words: Callable[[Language], Mapping[str, str]]) -> Words:
    """The words of a finding in every language."""
    return {language: words(language) for language in LANGUAGES}


def score_ids(*groups: Iterable[Score]) -> tuple[str, ...]:
    """The ids of scores, each once, in order."""
    return tuple(dict.fromkeys(score.score_id for group in groups for score in group))


def finding_id(*content: str) -> str:
    """The id of a finding: a hash of what it says, the same on every machine."""
    return sha256("\x1f".join(content).encode()).hexdigest()[:_ID_LENGTH]


def finding(case: Case, draft: Draft) -> Finding:
    """The row of a draft: sentences filled in, id from the content."""
    text = rule_texts()[draft.rule]
    held, key = draft.held, draft.key
    agency = held.scores.agency_name_printed if held else None
    year = held.scores.year_be if held else draft.year_be
    messages = {lang: text.message(lang, draft.words[lang]) for lang in LANGUAGES}
    content = (
        case.report.document_id,
        draft.rule,
        str(agency),
        str(year),
        key.code if key else "",
        key.scale if key else "",
        str(draft.page),
        *map(str, (draft.printed, draft.expected)),
        *draft.evidence,
    )
    return Finding(
        finding_id=finding_id(*content),
        rule=draft.rule,
        severity=draft.severity or text.severity,
        document_id=case.report.document_id,
        agency_id=held.agency_id if held else own_agency(case),
        agency_name_printed=agency,
        year_be=year,
        level=level_of(key.code) if key else None,
        code=key.code if key else "",
        printed=draft.printed,
        expected=draft.expected,
        difference=draft.difference,
        message_th=messages["th"],
        message_en=messages["en"],
        page=draft.page,
        box=draft.box,
        evidence=draft.evidence,
    )

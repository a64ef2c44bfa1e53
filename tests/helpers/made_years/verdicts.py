"""How findings compare with what a damage must bring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from made_years.expect import ARITHMETIC, ECHOES, Damaged, Expected

from pipeline.audit import Finding

__all__ = ["Judged", "judge"]

# Rules that name a cause: at a wrong cell they mislead.
_NAMES_CAUSE = frozenset({"single-digit", "swapped-cells"})


@dataclass(frozen=True, slots=True)
class Judged:
    """One damaged report against its findings.

    Attributes:
        met: What was expected and found.
        missed: What was expected and not found.
        explained: Expected findings whose cause the report singles out, and that name it.
        blurred: Those that do not name it.
        misled: Findings that name a cell as the cause that is none.
        echoes: True errors and warnings that follow from the same cause.
        extra: Errors and warnings that nothing explains.
    """

    met: tuple[Expected, ...]
    missed: tuple[Expected, ...]
    explained: tuple[Expected, ...]
    blurred: tuple[Expected, ...]
    misled: tuple[Finding, ...]
    echoes: tuple[Finding, ...]
    extra: tuple[Finding, ...]

    @property
    def clean(self) -> bool:
        """Whether all was found, and nothing but notes and echoes besides."""
        return not (self.missed or self.extra or self.misled)


def judge(case: Damaged, findings: Sequence[Finding]) -> Judged:
    """Compare the findings of a damaged report with what must be found."""
    met: list[Expected] = []
    missed: list[Expected] = []
    explained: list[Expected] = []
    blurred: list[Expected] = []
    used: set[str] = set()
    for expected in case.expected:
        got = [finding for finding in findings if _fits(expected, finding)]
        used |= {finding.finding_id for finding in got}
        strong = [f for f in got if expected.note or f.severity != "note"]
        (met if strong else missed).append(expected)
        if strong and expected.cause:
            (explained if _names(expected, got) else blurred).append(expected)
    loud = [
        finding
        for finding in findings
        if finding.severity != "note"
        and finding.finding_id not in used
        and not (finding.rule in ARITHMETIC and finding.code in case.touched)
    ]
    codes = {score.score_id: score.code for score in case.report.scores}
    return Judged(
        tuple(met),
        tuple(missed),
        tuple(explained),
        tuple(blurred),
        tuple(f for f in findings if f.rule in _NAMES_CAUSE and not _touches(case, f, codes)),
        tuple(f for f in loud if f.rule in ECHOES),
        tuple(f for f in loud if f.rule not in ECHOES),
    )


def _touches(case: Damaged, finding: Finding, codes: Mapping[str, str]) -> bool:
    """Whether a damaged cell is among those that a finding names as exchanged or mistyped."""
    named = {finding.code}
    if finding.rule == "swapped-cells":  # of equal values it names them all
        named |= {codes[score_id] for score_id in finding.evidence}
    return not case.touched.isdisjoint(named)


def _fits(expected: Expected, finding: Finding) -> bool:
    if expected.right and finding.expected not in (None, expected.right):
        return False
    return finding.rule in expected.rules and (not expected.codes or finding.code in expected.codes)


def _names(expected: Expected, got: Iterable[Finding]) -> bool:
    """Whether a finding stands at the cause; an exchange must be named as one."""
    return any(
        finding.code in expected.cause
        and (expected.how != "exchange" or finding.rule == "swapped-cells")
        for finding in got
    )

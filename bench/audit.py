"""How much of what is wrong the audit finds, what it says of what is right, and its time.

Reports are made up by the years' own rules and damaged in named ways
(`tests/helpers/made_years`): for every kind of damage the share that is found where it is,
the findings that nothing explains, and how often the wrong cell is named where the numbers
of the report single it out.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from random import Random

from made_years.cases import KINDS, consistent, damaged, damaged_pair, sheet
from made_years.expect import Damaged
from made_years.layouts import LAYOUTS
from made_years.libraries import across, agreeing, contradicting
from made_years.verdicts import Judged, judge

from parsers.model import Report
from pipeline.audit import Finding, audit_report
from pipeline.audit.registry import RULES

__all__ = ["main", "silence", "tally"]

_CONSISTENT = 2000
_DAMAGED = 5000
_DOCUMENTS = 10_000
_PAIRS = 300
_TYPESET = 60
# What cannot be typeset from a sheet (plans, names), or is said by the records alone.
_NOT_TYPESET = frozenset(
    {
        "year of the title wrong",
        "another agency named",
        "own name misspelt",
        "another district or province",
        "unknown district",
        "measure incomplete",
        "cell not readable",
        "value printed broken",
        "agencies: number of rows wrong",
    }
)
_EXAMPLES = 2
_COLUMNS = (
    "damage",
    "reports",
    "cannot be seen",
    "to be found",
    "recall",
    "precision",
    "unexplained",
    "echoes",
    "wrong cell named",
    "cause: equations",
    "cause: one digit",
    "cause: exchange",
)


@dataclass(slots=True)
class Tally:
    """What became of one kind of damage."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def add(self, case: Damaged, judged: Judged, findings: Sequence[Finding]) -> None:
        """Count one case, and keep the first that went wrong."""
        counts = self.counts
        counts["cases"] += 1
        counts["hidden"] += case.hidden
        counts["expected"] += len(case.expected)
        for name in ("met", "missed", "misled", "echoes", "extra"):
            counts[name] += len(getattr(judged, name))
        for expected in (*judged.met, *judged.missed):
            if expected.cause and expected.how != "said":
                counts[f"decidable {expected.how}"] += 1
        for expected in judged.explained:
            counts[f"right {expected.how}"] += 1
        vague = any(expected.how in ("equations", "digit") for expected in judged.blurred)
        if (vague or not judged.clean) and len(self.examples) < _EXAMPLES:
            self.examples.append(_example(case, judged, findings))


def _example(case: Damaged, judged: Judged, findings: Sequence[Finding]) -> str:
    told = [f"{f.rule}@{f.code or '-'}({f.severity},{f.printed}->{f.expected})" for f in findings]
    wanted = [
        f"{'/'.join(sorted(e.rules))[:60]}@{','.join(sorted(e.codes))}" for e in judged.missed
    ]
    extra = [f.message_en for f in (*judged.extra, *judged.misled)]
    vague = [f"{','.join(sorted(e.cause))} by {e.how}" for e in judged.blurred]
    return (
        f"FY{case.year_be} {case.layout}, damaged {','.join(sorted(case.touched)) or '-'}: "
        f"missed {wanted}, cause not named {vague}, extra {extra}, said {told}"
    )


def tally(number: int, seed: int = 1) -> dict[str, Tally]:
    """Damage as many reports and tally what is found, kind by kind."""
    found: defaultdict[str, Tally] = defaultdict(Tally)
    for case in _cases(number, Random(seed)):
        findings = audit_report(case.report)[1]
        found[case.kind].add(case, judge(case, findings), findings)
    return dict(found)


def _cases(number: int, random: Random) -> Iterator[Damaged]:
    kinds = [*KINDS, "two damages", "two damages", "two damages"]
    for at in range(number):
        kind = kinds[at % len(kinds)]
        case = damaged_pair(random) if kind == "two damages" else damaged(kind, random)
        if case is not None:
            yield case


def silence(number: int, seed: int = 2) -> tuple[Counter[str], list[str]]:
    """The errors and warnings (and the notes) that consistent reports bring."""
    random, told = Random(seed), Counter[str]()
    examples: list[str] = []
    for _ in range(number):
        for finding in audit_report(consistent(random))[1]:
            told[f"{finding.severity} {finding.rule}"] += 1
            if finding.severity != "note" and len(examples) < 10 * _EXAMPLES:
                examples.append(f"{finding.rule}: {finding.message_en}")
    return told, examples


def _between(number: int) -> str:
    """What is found between two documents of an agency: where they differ, and where not."""
    random = Random(6)
    alike = sum(bool(across(agreeing(random))) for _ in range(number))
    pairs = [pair for _ in range(number) if (pair := contradicting(random)) is not None]
    told = [(pair.code, [row.code for row in across(pair)]) for pair in pairs]
    met = sum(code in codes for code, codes in told)
    extra = sum(len(codes) - (code in codes) for code, codes in told)
    return (
        f"Two documents: of {number} that agree {alike} have a finding; of {len(pairs)} "
        f"contradictions {met} are found at their score, besides {extra} other findings"
    )


# ---- time -----------------------------------------------------------------------------------


def _by_layout(reports: int = 60) -> Iterator[tuple[str, float, float]]:
    """Layout, mean number of scores, CPU milliseconds for each report."""
    random = Random(3)
    for layout in LAYOUTS:
        held = [sheet(random, layout=layout).report() for _ in range(reports)]
        begun = time.process_time()
        for report in held:
            audit_report(report)
        spent = time.process_time() - begun
        scores = sum(len(report.scores) for report in held) / reports
        yield layout, scores, 1000 * spent / reports


def _many(number: int) -> tuple[float, int, float]:
    """CPU seconds to audit so many reports, half of them damaged; scores; slowest report."""
    random, kinds = Random(4), list(KINDS)
    spent = slowest = 0.0
    scores = 0
    for at in range(number):
        case = damaged(random.choice(kinds), random) if at % 2 else None
        report = case.report if case else consistent(random)
        begun = time.process_time()
        audit_report(report)
        took = time.process_time() - begun
        spent, slowest, scores = spent + took, max(slowest, took), scores + len(report.scores)
    return spent, scores, slowest


# ---- typeset --------------------------------------------------------------------------------


@dataclass(slots=True)
class Typeset:
    """What is found on pages against what is found on the records that they print."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def add(self, kind: str, wanted: Counter[str], got: Counter[str]) -> None:
        """Count one document."""
        same = wanted & got
        self.counts["documents"] += 1
        self.counts["same"] += wanted == got
        self.counts["on records"] += wanted.total()
        self.counts["on both"] += same.total()
        self.counts["on pages alone"] += (got - wanted).total()
        if wanted != got and len(self.examples) < 10 * _EXAMPLES:
            lost, new = sorted((wanted - got).elements()), sorted((got - wanted).elements())
            self.examples.append(f"{kind}: lost {lost}, new {new}")


def _typeset(number: int) -> Typeset:
    """Print reports, damaged and not, read them, and compare the findings."""
    from made_years.typeset import pdf

    from parsers.report import parse_report

    found, random = Typeset(), Random(5)
    kinds = [kind for kind in KINDS if kind not in _NOT_TYPESET]
    for at in range(number):
        kind = kinds[(at // 4 * 3 + at % 4 - 1) % len(kinds)] if at % 4 else "consistent"
        case = damaged(kind, random) if at % 4 else None
        held = case.sheet if case else sheet(random)
        report = parse_report(pdf(held, thai=at % 2 == 1), file_name="report.pdf")
        wanted, got = (Counter(_told(r)) for r in (held.report(), report))
        found.add(f"{kind}, FY{held.year_be} {held.layout}", wanted, got)
    return found


def _told(report: Report) -> Iterator[str]:
    for finding in audit_report(report)[1]:
        if finding.severity != "note":
            yield f"{finding.rule} {finding.code}"


# ---- tables ---------------------------------------------------------------------------------


def _row(name: str, counts: Counter[str]) -> str:
    recall = _share(counts["met"], counts["expected"])
    told = counts["met"] + counts["extra"]
    precision = _share(counts["met"], told)
    causes = " | ".join(
        _share(counts[f"right {how}"], counts[f"decidable {how}"])
        for how in ("equations", "digit", "exchange")
    )
    return (
        f"| {name} | {counts['cases']} | {counts['hidden']} | {counts['expected']} | {recall} "
        f"| {precision} | {counts['extra']} | {counts['echoes']} | {counts['misled']} | {causes} |"
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} % ({part}/{whole})" if whole else "–"


def _print_damages(number: int, *, examples: bool) -> None:
    found = tally(number)
    whole = Counter[str]()
    print(f"| {' | '.join(_COLUMNS)} |")
    print("|---" + "|---:" * (len(_COLUMNS) - 1) + "|")
    for kind in (*KINDS, "two damages"):
        if kind in found:
            whole.update(found[kind].counts)
            print(_row(kind, found[kind].counts))
    print(_row("**all**", whole))
    if examples:
        for kind, held in found.items():
            for example in held.examples:
                print(f"\n{kind}: {example}")


def main() -> None:
    """Print the tables: damages by kind, silence on consistent reports, CPU time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--damaged", type=int, default=_DAMAGED)
    parser.add_argument("--consistent", type=int, default=_CONSISTENT)
    parser.add_argument("--pairs", type=int, default=_PAIRS)
    parser.add_argument("--documents", type=int, default=_DOCUMENTS)
    parser.add_argument("--typeset", type=int, default=_TYPESET)
    parser.add_argument("--examples", action="store_true", help="print the first misses of a kind")
    given = parser.parse_args()
    print(f"Rules at work: {', '.join(RULES)}\n")
    _print_damages(given.damaged, examples=given.examples)
    told, examples = silence(given.consistent)
    print(f"\n{given.consistent} consistent reports: {dict(told) or 'silent'}")
    print("\n".join(examples))
    print(f"\n{_between(given.pairs)}")
    print("\n| layout | scores | CPU ms for each report |\n|---|---:|---:|")
    for layout, scores, spent in _by_layout():
        print(f"| {layout} | {scores:.0f} | {spent:.2f} |")
    seconds, scores_in_all, slowest = _many(given.documents)
    print(
        f"\n{given.documents} documents with {scores_in_all} scores: {seconds:.1f} CPU s, "
        f"{1000 * seconds / given.documents:.2f} ms each, slowest {1000 * slowest:.0f} ms"
    )
    if not find_spec("weasyprint"):
        print("\nNothing typeset: weasyprint is not installed (dependency group `samples`)")
    elif given.typeset:
        printed = _typeset(given.typeset)
        print(f"\nTypeset and read: {dict(printed.counts)}")
        print("\n".join(printed.examples))


if __name__ == "__main__":
    main()

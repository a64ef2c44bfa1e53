"""How much of a report is read again from a scan of it, and what is read that is not there.

Every sample is printed and scanned (`tests/helpers/scanned.py`); the scores of the scan are
held against those of the original, occurrence by occurrence. What is not believed is left
empty and says so; a wrong value does not, so that column is the one that must stay at nought.

    python -m bench.scans                    all resolutions, and a bad scan
    python -m bench.scans --quick            200 dpi, clean
    python -m bench.scans --sample indicators --list
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from bench.accuracy import SAMPLES
from parsers.model import Report, Score
from parsers.report import parse_report
from tests.helpers.scanned import scanned

__all__ = ["LEVELS", "Level", "Outcome", "compare", "main"]


@dataclass(frozen=True, slots=True)
class Level:
    """How a sample is scanned."""

    name: str
    dpi: int
    damages: tuple[str, ...] = ()


_QUICK = Level("200 dpi", 200)
LEVELS = (
    Level("150 dpi", 150),
    _QUICK,
    Level("300 dpi", 300),
    Level("200 dpi, bad", 200, ("grey", "skew", "blur", "noise", "specks", "jpeg")),
)
"""From coarse to fine, and one scan of bad paper that lay askew in a bad scanner."""

Key = tuple[int, str, str, int | None, str]
"""Page, level, code, year and agency of a score."""
Wanted = tuple[Key, Decimal | None]
"""A printed score and its value."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the scores of an original on its scan.

    Attributes:
        expected: How many the original has.
        found: Read with the same value.
        renamed: Read with the same value, of an agency whose name was misread.
        unread: Found, and left empty because the value was not sure.
        missing: Not there at all.
        wrong: Another value, given as certain: what it is about, printed, read.
        invented: Scores with a value that the original has not.
    """

    expected: int
    found: int
    renamed: tuple[tuple[Key, Score], ...]
    unread: int
    missing: tuple[Wanted, ...]
    wrong: tuple[tuple[Key, Decimal | None, Score], ...]
    invented: tuple[Score, ...]

    @property
    def undeclared(self) -> int:
        """Errors that nothing in the dataset would tell a reader of."""
        return len(self.wrong) + len(self.invented)


def compare(original: Report, scan: Report) -> Outcome:
    """Hold the scores of a scan against those of the report that was scanned."""
    wanted = [(_key(score), score.value) for score in original.scores]
    got = list(scan.scores)
    same = _taken(wanted, got, lambda key, value, score: (key, value) == (_key(score), score.value))
    renamed = _taken(
        wanted, got, lambda key, value, score: (key[:4], value) == (_key(score)[:4], score.value)
    )
    unread = _taken(wanted, got, lambda key, _, score: score.value is None and key == _key(score))
    wrong = _taken(wanted, got, lambda key, _, score: key == _key(score))
    return Outcome(
        expected=len(original.scores),
        found=len(same),
        renamed=tuple((key, score) for key, _, score in renamed),
        unread=len(unread),
        missing=tuple(wanted),
        wrong=tuple(wrong),
        invented=tuple(score for score in got if score.value is not None),
    )


def _taken(
    wanted: list[Wanted], got: list[Score], is_pair: Callable[[Key, Decimal | None, Score], bool]
) -> list[tuple[Key, Decimal | None, Score]]:
    """The pairs of a kind, taken out of what is still looked for and what is left."""
    taken: list[tuple[Key, Decimal | None, Score]] = []
    for key, value in list(wanted):
        pair = next((score for score in got if is_pair(key, value, score)), None)
        if pair is not None:
            taken.append((key, value, pair))
            wanted.remove((key, value))
            got.remove(pair)
    return taken


def _key(score: Score) -> Key:
    agency = "".join((score.agency_name_printed or "").split())
    return score.page, score.level, score.code, score.year_be, agency


_COLUMNS = (
    "pages",
    "scores",
    "found",
    "name misread",
    "unread",
    "missing",
    "wrong or invented",
    "CPU s/page",
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A scanned sample and what reading it took."""

    name: str
    pages: int
    outcome: Outcome
    seconds: float

    def __str__(self) -> str:
        done = self.outcome
        return (
            f"| {self.name} | {self.pages} | {done.expected} | {done.found} "
            f"| {len(done.renamed)} | {done.unread} | {len(done.missing)} "
            f"| {done.undeclared} | {self.seconds / self.pages:.2f} |"
        )


def _originals(part: str) -> Iterator[tuple[Path, Report]]:
    """The samples that are read."""
    for path in sorted(SAMPLES.glob("*.pdf")):
        if part in path.stem:
            report = parse_report(path.read_bytes())
            if report.status != "refused":
                yield path, report


def _scan(path: Path, original: Report, level: Level, seed: int) -> _Row:
    data = scanned(path.read_bytes(), level.dpi, level.damages, seed)
    start = time.process_time()
    report = parse_report(data)
    seconds = time.process_time() - start
    return _Row(path.stem, original.page_count or 1, compare(original, report), seconds)


def _scans(
    originals: Iterable[tuple[Path, Report]], level: Level, seed: int, kept: list[_Row]
) -> Iterator[_Row]:
    for path, original in originals:
        kept.append(_scan(path, original, level, seed))
        yield kept[-1]


def _table(rows: Iterable[_Row]) -> Iterator[str]:
    """The table of one level, line by line as it comes."""
    yield f"| sample | {' | '.join(_COLUMNS)} |"
    yield "|---" + "|---:" * len(_COLUMNS) + "|"
    total: Counter[str] = Counter()
    seconds = 0.0
    for row in rows:
        yield str(row)
        done = row.outcome
        seconds += row.seconds
        total.update(pages=row.pages, scores=done.expected, found=done.found, unread=done.unread)
        total.update(
            renamed=len(done.renamed), missing=len(done.missing), undeclared=done.undeclared
        )
    counts = " | ".join(
        str(total[name])
        for name in ("pages", "scores", "found", "renamed", "unread", "missing", "undeclared")
    )
    yield f"| **all** | {counts} | {seconds / max(1, total['pages']):.2f} |"


def _details(row: _Row) -> Iterator[str]:
    """The errors of a scan, one by one."""
    for key, value, score in row.outcome.wrong:
        yield f"wrong    {row.name} {key}: {value} -> {_read(score)}"
    for score in row.outcome.invented:
        yield f"invented {row.name} {_key(score)}: {_read(score)}"
    names = {(key[4], _key(score)[4]) for key, score in row.outcome.renamed}
    for printed, read in sorted(names):
        yield f"name     {row.name} {printed!r} -> {read!r}"
    for key, value in row.outcome.missing:
        yield f"missing  {row.name} {key}: {value}"


def _read(score: Score) -> str:
    place = ", ".join(f"{edge:.0f}" for edge in score.box)
    return (
        f"{score.value} ({score.value_printed!r}, {score.value_rule}, code {score.code_printed!r}"
        f" {score.code_rule}, {score.place}, confidence {score.confidence:.2f}, at {place})"
    )


def _peak_memory(data: bytes) -> int:
    """Peak memory in MB of a fresh process that reads a scan."""
    code = (
        "import sys, resource\n"
        "from parsers.report import parse_report\n"
        "report = parse_report(sys.stdin.buffer.read())\n"
        "assert report.text_source == 'ocr', report.status_reason\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True)
    return int(done.stdout)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.scans")
    parser.add_argument("--quick", action="store_true", help="only clean scans of 200 dpi")
    parser.add_argument("--sample", default="", help="only samples whose name has this in it")
    parser.add_argument("--list", action="store_true", help="tell the errors one by one")
    parser.add_argument("--seed", type=int, default=1, help="other damages of the same kinds")
    return parser.parse_args()


def main() -> None:
    """Print a table for every level, and the memory that the longest scan took."""
    chosen = _arguments()
    originals = list(_originals(chosen.sample))
    if not originals:
        sys.exit("no such sample is read")
    rows: list[_Row] = []
    for level in (_QUICK,) if chosen.quick else LEVELS:
        print(f"### {level.name}\n")
        for line in _table(_scans(originals, level, chosen.seed, rows)):
            print(line, flush=True)
        print()
    longest = max(originals, key=lambda one: one[1].page_count or 0)
    peak = _peak_memory(scanned(longest[0].read_bytes(), _QUICK.dpi))
    print(f"Peak memory of a process that reads {longest[1].page_count} scanned pages: {peak} MB")
    if chosen.list:
        print("", *(line for row in rows for line in _details(row)), sep="\n")


if __name__ == "__main__":
    main()

"""Characters on a page -> lines of text.

A PDF places glyphs; it knows no lines and often no blanks. Characters are grouped by their
baselines, put in order by the place where each letter stands, and blanks are put in where
there is room for one. Marks above and below are never sorted by position: the glyphs of Thai
marks overlap their neighbours, and sorting them is what turns "เครื่อง" into "เคร่อื ง". A
mark stays with the letter that it was drawn after.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter

from parsers.model import Box, Char, Passage
from parsers.text.letters import Letter, letters_of, single, spell
from parsers.text.thai import TextDefects, clean

__all__ = ["compose", "lines"]

_SAME_RUN = 0.08  # of the size: how far the letters of a run may stand off its baseline
_RUN_SLACK = 0.3  # of the size: how far a letter may reach into the run before it
_SAME_LINE = 0.38  # of the size: how far two runs of one line may stand off
_RAISED, _LOWERED = 0.6, 0.25  # … where the other is set much smaller
_MUCH_SMALLER = 0.8
_COVERED = 0.3  # share of a small run that may lie over or under letters of the line


_start = itemgetter(0)  # of a letter
_baseline = attrgetter("baseline")  # of a run
_angle = itemgetter(8)  # of a character


@dataclass(slots=True)
class _Run:
    """Letters drawn one after the other on one baseline."""

    baseline: float
    size: float
    letters: list[Letter]

    @property
    def start(self) -> float:
        return min(letter.start for letter in self.letters)

    @property
    def end(self) -> float:
        return max(letter.end for letter in self.letters)


@dataclass(slots=True)
class _Row:
    """The runs of one line; the baseline is that of its largest run."""

    baseline: float
    size: float
    runs: list[_Run] = field(default_factory=list)


def compose(chars: Sequence[Char], context: TextDefects | None = None) -> Passage:
    """The characters of one cell or area as one passage, its lines separated by newlines.

    A slanted watermark that runs through the area is left out.

    Args:
        chars: Characters in the order in which they were drawn.
        context: The defects of the page, from `parsers.text.thai.survey`; with them more damage
            can be repaired safely.
    """
    straight = chars
    if any(map(_angle, chars)):
        straight = [char for char in chars if char.angle % 90 == 0]
    return _joined(lines(straight or chars, context))


def lines(chars: Sequence[Char], context: TextDefects | None = None) -> list[Passage]:
    """One passage for each visual line, from top to bottom.

    What stands side by side is one line; a gap as wide as between columns becomes two
    blanks. Text in other directions (turned headings, stamps) is put where it begins on the
    page.
    """
    found: list[tuple[float, str, list[Box | None]]] = []
    angles = set(map(_angle, chars))
    for angle in sorted(angles):
        held = chars if len(angles) == 1 else [char for char in chars if char.angle == angle]
        for row in _rows(_runs(held, angle)):
            printed, boxes = spell(_in_order(row))
            if printed:
                found.append((row.baseline if not angle else _top(boxes), printed, boxes))
    if len(angles) > 1:
        found.sort(key=lambda line: line[0])
    return [_cleaned(printed, boxes, context) for _, printed, boxes in found]


def _top(boxes: Iterable[Box | None]) -> float:
    return min(box.top for box in boxes if box is not None)


def _cleaned(printed: str, boxes: list[Box | None], context: TextDefects | None) -> Passage:
    done = clean(printed, context)
    return Passage(done.text, printed, done.source, tuple(boxes), done.repairs)


def _joined(parts: Sequence[Passage]) -> Passage:
    if len(parts) == 1:
        return parts[0]
    source: list[int] = []
    boxes: list[Box | None] = []
    repairs: Counter[str] = Counter()
    for part in parts:
        repairs.update(part.repairs)
        if boxes:
            source.append(len(boxes))
            boxes.append(None)
        at = len(boxes)
        source.extend([at + index for index in part.source])
        boxes.extend(part.boxes)
    return Passage(
        "\n".join([part.text for part in parts]),
        "\n".join([part.printed for part in parts]),
        tuple(source),
        tuple(boxes),
        dict(repairs),
    )


def _runs(chars: Sequence[Char], angle: int) -> list[_Run]:
    """Stretches of letters with a common baseline, in drawing order."""
    runs: list[_Run] = []
    baseline = slack = size = 0.0
    held: list[Letter] = []
    for letter in letters_of(chars, angle):
        _, _, line, height, _ = letter
        if held and height == size and -slack <= line - baseline <= slack:
            held.append(letter)
            continue
        held = [letter]
        baseline, size, slack = line, height, _SAME_RUN * height
        runs.append(_Run(baseline, size, held))
    return runs


def _rows(runs: Iterable[_Run]) -> list[_Row]:
    """Runs that stand on one line, lines from top to bottom."""
    rows: list[_Row] = []
    for run in sorted(runs, key=_baseline):
        row = rows[-1] if rows else None
        if row is None or not _on_line(row, run):
            rows.append(_Row(run.baseline, run.size, [run]))
            continue
        row.runs.append(run)
        if run.size > row.size:
            row.baseline, row.size = run.baseline, run.size
    return rows


def _on_line(row: _Row, run: _Run) -> bool:
    drop = run.baseline - row.baseline
    large, small = max(row.size, run.size), min(row.size, run.size)
    if small >= _MUCH_SMALLER * large:
        return drop <= _SAME_LINE * large
    if drop > (_LOWERED if run.size < row.size else _RAISED) * large:
        return False
    # A footnote sign stands beside its letter; a small line above a heading stands over it.
    minor = [run] if run.size < row.size else row.runs
    major = row.runs if run.size < row.size else [run]
    return _covered(minor, major) <= _COVERED


def _covered(minor: Sequence[_Run], major: Sequence[_Run]) -> float:
    """Share of the width of the small runs that letters of the large ones take as well."""
    width = sum(run.end - run.start for run in minor)
    shared = 0.0
    for small in minor:
        start, end = small.start, small.end
        shared += sum(
            max(0.0, min(end, letter.end) - max(start, letter.start))
            for large in major
            for letter in large.letters
        )
    return shared / width if width > 0.0 else 0.0


def _in_order(row: _Row) -> list[Letter]:
    """The letters of a line by where they start; drawing order decides where that is equal."""
    if len(row.runs) == 1:
        letters = row.runs[0].letters
    else:
        letters = [letter for run in row.runs for letter in run.letters]
    if len(letters) == 1:
        return letters
    starts = list(map(_start, letters))
    if starts != sorted(starts):
        letters = sorted(letters, key=_start)
    if _run_over(letters):
        return sorted(single(letters), key=_start)
    return letters


def _run_over(letters: Sequence[Letter]) -> bool:
    """Whether something stands in the middle of a run: a mark set later, an overprint."""
    end = float("-inf")
    for start, stop, _, size, chars in letters:
        if start < end:
            return True
        if chars[0][9]:  # the starts of a run
            end = max(end, stop - _RUN_SLACK * size)
    return False

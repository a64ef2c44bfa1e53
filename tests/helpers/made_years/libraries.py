"""Two documents of one agency: a report and its plan, which agree or do not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from made_years.damages import NUMBERS
from made_years.layouts import LAYOUTS, lay_out
from made_years.sheets import Sheet
from made_years.truth import MOODS, WAYS, YEARS, Printing, draw

from parsers.model import Mention, Report
from pipeline.audit import Finding, Library, audit_across

__all__ = ["Together", "across", "agreeing", "contradicting"]

_DRAWS = 200
# What rounding on the way can bring two documents apart.
_SAME = 0.011
_WRONG = ("digit of the total", "digit of an instrument", "digit of an indicator")
_WRONG += ("digit of a question", "value replaced", "item flipped", "value of the other year")


@dataclass(frozen=True, slots=True)
class Together:
    """Two documents; `code` is the score that they print differently, empty for none."""

    first: Report
    second: Report
    code: str
    year_be: int


def across(held: Together) -> tuple[Finding, ...]:
    """What the audit of both finds between them."""
    library, opened = Library(), {}
    for report in (held.first, held.second):
        library.add(report, f"{report.document_id}.pdf")
        opened[report.document_id] = report
    return audit_across(library, opened.get)


def agreeing(random: Random) -> Together:
    """Both print the same scores, each in its own layout and rounded in its own way."""
    one, other = _sheets(random)
    return _together(one, other, "")


def contradicting(random: Random) -> Together | None:
    """One of them has a wrong number where the other prints the right one."""
    for _ in range(_DRAWS):
        one, other = _sheets(random)
        after = other.copy()
        if not NUMBERS[random.choice(_WRONG)](after, random):
            continue
        code = _changed(other, after, one)
        if code is not None:
            return _together(one, after, code)
    return None


def _sheets(random: Random) -> tuple[Sheet, Sheet]:
    truth = draw(random.choice(YEARS), random, random.choice(MOODS[:3]))
    first, second = (
        lay_out(truth, random.choice(list(LAYOUTS)), random, Printing(random.choice(WAYS)))
        for _ in range(2)
    )
    return first, second


def _together(one: Sheet, other: Sheet, code: str) -> Together:
    reports = []
    for name, sheet, kind in (("a", one, "analysis"), ("b", other, "measures")):
        held = sheet.report()
        assert held.identity is not None
        identity = replace(held.identity, kind=kind)
        mentions = (*held.mentions, _result_year(sheet, one))
        reports.append(
            replace(
                held,
                document_id=name * 64,
                identity=identity,
                mentions=mentions,
                scores=tuple(replace(s, score_id=f"{name}{s.score_id}") for s in held.scores),
            )
        )
    return Together(reports[0], reports[1], code, one.year_be)


def _result_year(sheet: Sheet, like: Sheet) -> Mention:
    year = str(sheet.year_be)
    box = like.report().scores[0].box
    return Mention("year", year, year, "heading", 1, box, "result", "ผลการประเมิน")


def _changed(before: Sheet, after: Sheet, other: Sheet) -> str | None:
    """The code whose every print changed, and that the other document prints as it was."""
    texts: dict[str, set[float]] = {}
    for cell in after.own_cells():
        if cell.scale == "percent" and cell.text is not None:
            texts.setdefault(cell.code, set()).add(float(cell.text))
    theirs = {c.code: float(c.text) for c in other.own_cells() if c.scale == "percent" and c.text}
    for old, new in zip(before.own_cells(), after.own_cells(), strict=True):
        if old.text != new.text and new.scale == "percent":
            known = theirs.get(new.code)
            if new.code[0] == "e" or known is None:
                return None
            away = all(abs(value - known) > _SAME + 0.01 for value in texts[new.code])
            return new.code if away else None
    return None

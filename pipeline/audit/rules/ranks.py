"""Places in tables of several agencies that are doubled, missing or out of order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.model import Claim, Rank, Score
from pipeline.audit.case import Case, SetCase
from pipeline.audit.drafts import Context, Draft, in_both, score_ids
from pipeline.audit.interval import Interval
from pipeline.audit.placing import (
    Placed,
    broken_steps,
    exchanged,
    in_order_of_score,
    out_of_order,
)
from pipeline.audit.quantities import Key
from pipeline.audit.wording import Language, phrase, points

__all__ = ["rank_broken"]

_TOTAL = Key("ITA")
# An announced number that is further off counts something else: all agencies of the country.
_NEAR = 10
# Fewer running numbers may stand in order of score by chance.
_LEAST_RUNNING = 8

Place = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of an agency with its total and the set that this belongs to."""

    rank: Rank
    placed: Placed
    score: Score | None
    held: SetCase | None


def rank_broken(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """Places that break the count or the order of score; rows that are fewer than announced.

    A running number is a rank only in a table in order of score; else it is only counted.
    A total that is wrong anyway is no second fault of its place.
    """
    ranks = context.case.report.ranks
    if not ranks:
        return
    missing = 0
    for rows in _lists(ranks, _totals(context.case)):
        for draft, left_out in _of_list(rows):
            missing += left_out
            yield draft
    for claim in context.case.report.claims:
        if claim.kind == "row-count" and _differs(claim, ranks, missing):
            yield _miscounted(claim, len(_rows_of(claim, ranks)))


def _of_list(rows: Sequence[_Row]) -> Iterator[tuple[Draft, int]]:
    """What is wrong with one list, each with how many places are missing there.

    A place that breaks the count mostly breaks the order too: that is said once.
    """
    placed = [row.placed for row in rows]
    by_score = in_order_of_score(placed)
    ranked = not rows[0].rank.running or (by_score and len(rows) >= _LEAST_RUNNING)
    pair = exchanged(placed, ranked=ranked or by_score)
    if pair is not None:
        yield _exchanged(rows[pair[0]], rows[pair[1]]), 0
        return
    steps = broken_steps(placed, ranked=ranked or by_score)
    if ranked and len(steps) != 1:
        stray = out_of_order(placed)
        # A row torn from its place leaves a gap there and a double where it went.
        if stray and (not steps or len(stray) == 1):
            yield from ((_out_of_order(rows, index), 0) for index in stray)
            return
    for broken in steps:
        draft = _out_of_count(rows, broken.row, broken.expected, broken.missing)
        yield draft, len(broken.missing)


def _totals(case: Case) -> Mapping[Place, tuple[Score, SetCase, tuple[Interval, ...]]]:
    """The total of each row: as printed first, then what the document makes of it."""
    found: dict[Place, tuple[Score, SetCase, tuple[Interval, ...]]] = {}
    for held in case.sets:
        quantity = held.scores.quantities.get(_TOTAL)
        if quantity is None or held.scores.agency_name_printed is None:
            continue
        computed = [r.interval for r in held.evaluations if r.template.target == _TOTAL]
        others = [candidate.interval for candidate in quantity.candidates]
        for candidate in quantity.candidates:
            told = (candidate.interval, *others, *(i for i in computed if i is not None))
            for score in candidate.scores:
                found[score.table_no, score.row_no] = (score, held, tuple(dict.fromkeys(told)))
    return found


def _lists(
    ranks: Sequence[Rank], totals: Mapping[Place, tuple[Score, SetCase, tuple[Interval, ...]]]
) -> Iterator[list[_Row]]:
    """The rows of each column of places: as they stand, or by place where that is a rank."""
    columns: defaultdict[tuple[object, ...], list[_Row]] = defaultdict(list)
    for rank in ranks:
        if rank.rank is not None:
            score, held, scores = totals.get((rank.table_no, rank.row_no), (None, None, ()))
            of_year = score is not None and score.year_be == rank.year_be
            placed = Placed(rank.rank, scores if of_year else ())
            row = _Row(rank, placed, score if of_year else None, held)
            columns[rank.table_no, rank.year_be, rank.running].append(row)
    for (_, _, running), rows in columns.items():
        if running or _counted(rows):
            yield from _counts(rows)
        else:
            yield sorted(rows, key=_by_place)


def _counts(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """The rows parted where the count begins anew: with the next district, say."""
    begins = [
        at
        for at, row in enumerate(rows)
        if at and row.placed.place == 1 and rows[at - 1].placed.place > 1
    ]
    for start, end in pairwise([0, *begins, len(rows)]):
        yield list(rows[start:end])


def _counted(rows: Sequence[_Row]) -> bool:
    """Whether the places stand in order, from 1 upwards or several times so."""
    steps = [b.placed.place - a.placed.place for a, b in pairwise(rows)]
    return 2 * sum(step in {0, 1} for step in steps) >= len(steps)


def _by_place(row: _Row) -> tuple[int, object]:
    score = row.placed.scores[0].middle if row.placed.scores else 0
    return (row.placed.place, -score)


# ---- findings -------------------------------------------------------------------------------


def _out_of_count(
    rows: Sequence[_Row], index: int, expected: int | None, missing: Sequence[int]
) -> Draft:
    before = rows[index - 1]

    def problem(language: Language) -> str:
        if expected is not None:
            told = {"before": before.rank.rank_printed, "expected": str(expected)}
            return phrase("rank-expected", language, **told)
        names = ", ".join(map(str, missing)) if len(missing) < 4 else f"{missing[0]}–{missing[-1]}"
        return phrase("rank-gap", language, before=before.rank.rank_printed, missing=names)

    return _draft(rows[index], before, problem, None if expected is None else str(expected))


def _exchanged(own: _Row, other: _Row) -> Draft:
    def problem(language: Language) -> str:
        told = {"agency": other.rank.agency_name_printed or "-", "place": other.rank.rank_printed}
        return phrase("rank-exchanged", language, **told)

    return _draft(own, other, problem, other.rank.rank_printed)


def _out_of_order(rows: Sequence[_Row], index: int) -> Draft:
    own = rows[index]
    near = next((row for row in reversed(rows[:index]) if row.score), None) or rows[index + 1]

    def problem(language: Language) -> str:
        return phrase("rank-order", language, score=_shown(own.score), other=_shown(near.score))

    return _draft(own, near, problem, None)


def _shown(score: Score | None) -> str:
    return points(score.value) if score is not None and score.value is not None else "-"


def _draft(
    own: _Row, beside: _Row, problem: Callable[[Language], str], expected: str | None
) -> Draft:
    rank = own.rank

    def words(language: Language) -> dict[str, str]:
        told = {"rank": rank.rank_printed, "agency": rank.agency_name_printed}
        return {
            "what": phrase("ranked-agency", language, **told),
            "page": str(rank.page),
            "problem": problem(language),
        }

    return Draft(
        rule="rank-broken",
        held=own.held,
        key=None,
        page=rank.page,
        box=rank.box,
        evidence=score_ids([score for score in (own.score, beside.score) if score is not None]),
        words=in_both(words),
        printed=rank.rank_printed,
        expected=expected,
        year_be=rank.year_be,
    )


# ---- announced numbers ----------------------------------------------------------------------


def _rows_of(claim: Claim, ranks: Sequence[Rank]) -> set[tuple[int, int]]:
    """The rows that a claim may count: those of its table, else of all."""
    return {
        (rank.table_no, rank.row_no) for rank in ranks if claim.table_no in (None, rank.table_no)
    }


def _differs(claim: Claim, ranks: Sequence[Rank], missing: int) -> bool:
    """Whether fewer or more rows are there than announced, by no other known cause."""
    rows = _rows_of(claim, ranks)
    tables = {table for table, _ in rows}
    counts = {len(rows), *(sum(table == own for own, _ in rows) for table in tables)}
    if not claim.count or claim.count in counts or claim.count == len(rows) + missing:
        return False
    return abs(claim.count - len(rows)) <= max(3, claim.count // _NEAR)


def _miscounted(claim: Claim, rows: int) -> Draft:
    def words(language: Language) -> dict[str, str]:
        told = {"count": str(claim.count), "rows": str(rows)}
        return {
            "what": phrase("quoted", language, text=claim.printed),
            "page": str(claim.page),
            "problem": phrase("rank-rows", language, **told),
        }

    return Draft(
        rule="rank-broken",
        held=None,
        key=None,
        page=claim.page,
        box=claim.box,
        evidence=(),
        words=in_both(words),
        printed=str(claim.count),
        expected=str(rows),
        year_be=claim.year_be,
    )

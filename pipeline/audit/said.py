"""Whether what a sentence says of several scores fits the scores of a set.

Every score is taken as widely as the document allows: with all its printed values, with the
one that its parts call for, and with the one that would mend failing arithmetic. Only what
contradicts all of that is a contradiction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from parsers.model import Claim
from parsers.reading.codes import code_prefix
from pipeline.audit.case import SetCase
from pipeline.audit.causes import Cause, solution
from pipeline.audit.interval import Interval, decimals_of, printed_interval
from pipeline.audit.quantities import Key

__all__ = ["Contradiction", "agencies_counted", "contradiction", "within_reach"]

_TOTAL = "ITA"
_EXACT = frozenset({Decimal(0), Decimal(50), Decimal(100)})
_SPAN = Interval(Decimal(0), Decimal(100))
_INSTRUMENTS = ("IIT", "EIT", "OIT")
_WITH_PARTS = ("IIT", "EIT1", "EIT2", "OIT")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Why a claim does not fit a set of scores.

    Attributes:
        codes: The codes that it says something wrong of; for the highest and lowest the
            code it names; for counts those below the mark.
        others: For the highest and lowest the codes that are above or below it.
        number: For counts how many there are.
        of: For counts out of how many.
        mark: For passed and failed the mark.
    """

    codes: tuple[str, ...]
    others: tuple[str, ...] = ()
    number: int | None = None
    of: int | None = None
    mark: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the scores of a set may be, by code, and the marks that may be meant."""

    held: SetCase
    marks: tuple[Decimal, ...]
    values: Mapping[str, Interval] = field(default_factory=dict)


def contradiction(
    claim: Claim, held: SetCase, causes: Sequence[Cause], marks: Iterable[Decimal]
) -> Contradiction | bool | None:
    """Hold a claim against a set of scores.

    Args:
        claim: What the sentence says.
        held: The scores of its year and agency.
        causes: What is wrong with their arithmetic.
        marks: Pass marks that the document states besides the year's own.

    Returns:
        What contradicts it; True where it fits; None where that cannot be said.
    """
    own = () if held.rules.pass_threshold is None else (held.rules.pass_threshold,)
    known = Known(
        held, tuple(dict.fromkeys(claim.values[:1] or (*own, *marks))), within_reach(held)
    )
    found = _verdict(claim, known)
    if not isinstance(found, Contradiction):
        return found
    for key, interval in _mended(held, causes):
        trial = Known(held, known.marks, {**known.values, key.code: interval})
        if not isinstance(_verdict(claim, trial), Contradiction):
            return True
    return found


@lru_cache(maxsize=8)
def within_reach(held: SetCase) -> Mapping[str, Interval]:
    """What each percentage of a set may be: all its printed values and the computed one."""
    found: dict[str, Interval] = {}
    for key, quantity in held.scores.quantities.items():
        if key.scale == "percent" and quantity.candidates:
            intervals = [candidate.interval for candidate in quantity.candidates]
            found[key.code] = _hull(intervals)
    for result in held.evaluations:
        code = result.template.target.code
        if result.interval is None or result.template.target.scale != "percent":
            continue
        if result.verdict == "differs" and code in found:
            found[code] = _hull([found[code], result.interval])
        elif result.verdict == "not-printed" and code not in found:
            found[code] = result.interval
    return found


def _hull(intervals: Sequence[Interval]) -> Interval:
    return Interval(min(i.low for i in intervals), max(i.high for i in intervals))


def _mended(held: SetCase, causes: Sequence[Cause]) -> Iterator[tuple[Key, Interval]]:
    """Every score that alone may be what breaks the arithmetic, with what it would be."""
    for cause in causes:
        for key in cause.suspects:
            mended = solution(cause.main, key, held).shared(_SPAN)
            if key.scale == "percent" and mended is not None:
                yield key, mended


def _verdict(claim: Claim, known: Known) -> Contradiction | bool | None:
    if claim.kind == "each":
        return _each(claim, known)
    if claim.kind in ("highest", "lowest"):
        return _extreme(claim, known)
    if claim.kind in ("pass", "fail"):
        return _sides(claim, known)
    if claim.kind in ("pass-count", "fail-count") and claim.level != "total":
        return _counted(claim, known)
    return None


def agencies_counted(
    claim: Claim, totals: Sequence[Interval], marks: Sequence[Decimal]
) -> Contradiction | bool | None:
    """Hold a count of agencies against their totals.

    The sentence must name the whole that it counts in, and the document must list as many:
    else it may speak of other agencies.
    """
    if claim.of is None or claim.of != len(totals):
        return None
    found: Contradiction | None = None
    for mark in claim.values[:1] or marks:
        least, most = _passing(claim, totals, mark)
        if least <= (claim.count or 0) <= most:
            return True
        found = found or Contradiction((), number=least, of=len(totals), mark=mark)
    return found


def _passing(claim: Claim, scores: Sequence[Interval], mark: Decimal) -> tuple[int, int]:
    """How many are on the side of the mark that is counted, at least and at most."""
    wanted = claim.kind == "pass-count"
    sides = [_reaches(score, mark) for score in scores]
    return sides.count(wanted), sides.count(wanted) + sides.count(None)


# ---- each ------------------------------------------------------------------------------------


def _each(claim: Claim, known: Known) -> Contradiction | bool | None:
    values = claim.values if len(claim.values) > 1 else claim.values * len(claim.codes)
    wrong, seen = [], 0
    for code, value in zip(claim.codes, values, strict=True):
        reach = known.values.get(code)
        seen += reach is not None
        if reach is not None and reach.gap(_printed(value)):
            wrong.append(code)
    if wrong:
        return Contradiction(tuple(wrong))
    return True if seen else None


def _printed(value: Decimal) -> Interval:
    return printed_interval(value, 2 if value in _EXACT else decimals_of(value))


# ---- the highest and the lowest ----------------------------------------------------------------


def _extreme(claim: Claim, known: Known) -> Contradiction | bool | None:
    among = _compared(claim, known.held)
    if among is None or any(code not in known.values for code in claim.codes):
        return None
    named = [known.values[code] for code in claim.codes]
    others = {c: known.values[c] for c in among if c in known.values and c not in claim.codes}
    if claim.kind == "highest":
        bar = min(interval.high for interval in named)
        beyond = {code: -interval.low for code, interval in others.items() if interval.low > bar}
        worst = min(claim.codes, key=lambda code: known.values[code].high)
    else:
        bar = max(interval.low for interval in named)
        beyond = {code: interval.high for code, interval in others.items() if interval.high < bar}
        worst = max(claim.codes, key=lambda code: known.values[code].low)
    if not beyond:
        return True if others else None
    return Contradiction((worst,), tuple(sorted(beyond, key=lambda code: beyond[code])))


def _compared(claim: Claim, held: SetCase) -> Sequence[str] | None:
    """The codes that a superlative compares; None where that is not certain."""
    if claim.level == "instrument":
        return _WITH_PARTS if {"EIT1", "EIT2"} & set(claim.codes) else _INSTRUMENTS
    if claim.level == "indicator":
        return _indicators(claim, held)
    if claim.level == "subindicator":
        heads = {code.partition(".")[0] for code in claim.codes}
        return [c for c in _codes(held) if c.partition(".")[0] in heads and "." in c]
    return _questions(claim, held)


def _indicators(claim: Claim, held: SetCase) -> Sequence[str] | None:
    own = {i.code for i in held.rules.instruments if set(claim.codes) <= set(i.indicators)}
    if claim.among in {"", _TOTAL}:
        whole = claim.among == _TOTAL or not own
        return _of_instruments(held, None if whole else own)
    return _of_instruments(held, {claim.among}) if claim.among in own else None


def _of_instruments(held: SetCase, codes: set[str] | None) -> list[str]:
    """The indicators of some instruments; of all for None."""
    entries = (i for i in held.rules.instruments if codes is None or i.code in codes)
    return [code for entry in entries for code in entry.indicators]


def _questions(claim: Claim, held: SetCase) -> Sequence[str] | None:
    """Questions are compared within their instrument, or their indicator where unclear."""
    prefixes = {code_prefix(code) for code in claim.codes}
    if len(prefixes) > 1:
        return None
    prefix = prefixes.pop()
    if claim.among == "":
        holding = [i for i in held.rules.indicators if set(claim.codes) <= set(i.questions)]
        clear = len(holding) == 1 and holding[0].listed and prefix != "o"
        return holding[0].questions if clear else None
    if claim.among not in {_TOTAL, {"i": "IIT", "o": "OIT"}.get(prefix, "EIT")}:
        return None
    return [code for code in _codes(held) if code_prefix(code) == prefix]


def _codes(held: SetCase) -> list[str]:
    return [key.code for key in held.scores.quantities if key.scale == "percent"]


# ---- passed and failed -----------------------------------------------------------------------


def _sides(claim: Claim, known: Known) -> Contradiction | bool | None:
    """Whether the codes, or all there are, lie on the side of the mark that is said."""
    if claim.codes:
        return _on_side(claim, known, claim.codes)
    verdicts = [_on_side(claim, known, codes) for codes in _populations(claim, known.held)]
    return _together(verdicts)


def _on_side(claim: Claim, known: Known, codes: Sequence[str]) -> Contradiction | bool | None:
    found: Contradiction | None = None
    for mark in known.marks:
        wrong = tuple(
            code
            for code in codes
            if code in known.values and _reaches(known.values[code], mark) is (claim.kind == "fail")
        )
        if not wrong:
            return True if all(code in known.values for code in codes) else None
        found = found or Contradiction(wrong, mark=mark)
    return found


def _reaches(score: Interval, mark: Decimal) -> bool | None:
    """Whether a score has the mark; None on the mark itself, where rounding decides."""
    if score.low > mark:
        return True
    return False if score.high < mark else None


def _together(verdicts: Sequence[Contradiction | bool | None]) -> Contradiction | bool | None:
    """A claim that fits one reading is right; one that no reading can judge is open."""
    if any(verdict is True for verdict in verdicts):
        return True
    if not verdicts or any(verdict is None for verdict in verdicts):
        return None
    return verdicts[0]


def _populations(claim: Claim, held: SetCase) -> list[list[str]]:
    """What "all" or a count may be of: every reading that the sentence allows."""
    if claim.level == "instrument":
        return [list(_INSTRUMENTS), list(_WITH_PARTS)]
    if claim.level == "question":
        return _listed_questions(claim, held)
    if claim.among == _TOTAL:
        return [_of_instruments(held, None)]
    if claim.among:
        return [_of_instruments(held, {claim.among})]
    each = [_of_instruments(held, {entry.code}) for entry in held.rules.instruments]
    return [_of_instruments(held, None), *each]


def _listed_questions(claim: Claim, held: SetCase) -> list[list[str]]:
    """The year's questions of one instrument, where the year's list is known."""
    entries = [i for i in held.rules.indicators if i.instrument == claim.among]
    if claim.among == "EIT" or not entries or not all(entry.listed for entry in entries):
        return []
    return [[code for entry in entries for code in entry.questions]]


def _counted(claim: Claim, known: Known) -> Contradiction | bool | None:
    verdicts = [_count_of(claim, known, codes) for codes in _populations(claim, known.held)]
    return _together(verdicts)


def _count_of(claim: Claim, known: Known, codes: Sequence[str]) -> Contradiction | bool | None:
    """Compare a count with the scores of one population, all of which must be known."""
    if not codes or any(code not in known.values for code in codes):
        return None
    if claim.of is not None and claim.of != len(codes):
        return None
    found: Contradiction | None = None
    for mark in known.marks:
        least, most = _passing(claim, [known.values[code] for code in codes], mark)
        if least <= (claim.count or 0) <= most:
            return True
        failed = tuple(c for c in codes if _reaches(known.values[c], mark) is False)
        found = found or Contradiction(failed, number=least, of=len(codes), mark=mark)
    return found

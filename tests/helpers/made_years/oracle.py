"""What a damaged report gives away: which relations break, and what alone explains them.

Written apart from the audit, from the rules of the assessment: every level is a mean of
the one below it. It says whether a damage can be seen at all, and whether the numbers left
on the page single out the wrong cell; only then may the audit be blamed for not naming it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import gcd

from made_years.sheets import Sheet

from parsers.knowledge.catalogue import Year
from pipeline.audit.quantities import level_of

__all__ = [
    "NOTE",
    "Relation",
    "Sight",
    "fitting_counts",
    "look",
    "reachable",
    "relations",
    "share_that_fits",
]

Key = tuple[str, str]
Values = Mapping[Key, float]

_HALF_CENT = 0.005
_CHAIN = 0.01
_DUST = 1e-7
# Beyond what rounding explains, so much more is only a note.
NOTE = 0.01 + 1e-7
_MOST_COUNT = 1000


@dataclass(frozen=True, slots=True)
class Relation:
    """target = Σ weight · part; `chained` where a level between may have been rounded."""

    target: Key
    terms: tuple[tuple[float, Key], ...]
    chained: bool = False
    certain: bool = True

    @property
    def keys(self) -> frozenset[Key]:
        """All that takes part."""
        return frozenset((self.target, *(key for _, key in self.terms)))

    def beyond(self, values: Values) -> float:
        """How far the target lies outside of what rounding allows; 0 where it fits."""
        result = sum(weight * values[key] for weight, key in self.terms)
        slack = _HALF_CENT * (1 + sum(weight for weight, _ in self.terms))
        slack += _CHAIN if self.chained else 0.0
        gap = abs(result - values[self.target]) - slack
        return gap if gap > _DUST else 0.0

    def solved(self, key: Key, values: Values) -> tuple[float, float]:
        """The values of one quantity with which the relation holds."""
        slack = _HALF_CENT * (1 + sum(weight for weight, _ in self.terms))
        slack += _CHAIN if self.chained else 0.0
        result = sum(weight * values[other] for weight, other in self.terms)
        if key == self.target:
            slack -= _HALF_CENT  # its own rounding does not count twice
            return result - slack - _DUST, result + slack + _DUST
        weight = {other: share for share, other in self.terms}[key]
        middle = values[key] + (values[self.target] - result) / weight
        slack = slack / weight - _HALF_CENT
        return middle - slack - _DUST, middle + slack + _DUST


# ---- the relations that a sheet prints whole -------------------------------------------------


def relations(year: Year, printed: Iterable[Key]) -> list[Relation]:
    """The relations whose target and parts are all printed."""
    present = set(printed)
    found = [r for r in _all(year) if r.keys <= present]
    direct = {r.target for r in found if not r.chained}
    kept = []
    for relation in found:
        if relation.chained and _has_steps(relation, direct):
            continue
        kept.append(relation)
    return kept


def _has_steps(relation: Relation, direct: set[Key]) -> bool:
    """Whether finer relations say the same: those of the total, and of each level below it."""
    if relation.target not in direct:
        return False
    if relation.target == ("ITA", "percent"):
        return {("IIT", "percent"), ("EIT", "percent"), ("OIT", "percent")} <= direct
    return True


def _all(year: Year) -> Iterator[Relation]:
    weights = {code: float(w) for code, w in year.weights().items()}
    parts = {code: float(w) for code, w in year.weights(parts=True).items()}
    total = ("ITA", "percent")
    for shares in (weights, parts):
        yield Relation(total, tuple((w, (c, "percent")) for c, w in shares.items()))
        yield Relation(total, tuple((1.0, (c, "weighted")) for c in shares))
        for code, weight in shares.items():
            yield Relation((code, "weighted"), ((weight, (code, "percent")),))
        if parts == weights:
            break
    whole: list[tuple[float, Key]] = []
    for instrument in year.instruments:
        numbers = [str(i.no) for i in year.indicators if i.instrument == instrument.code]
        share = weights[instrument.code] / len(numbers)
        whole += [(share, (number, "percent")) for number in numbers]
        yield _mean(instrument.code, numbers)
        if instrument.parts:
            codes = [part.code for part in instrument.parts]
            yield _mean(instrument.code, codes)
            share_of = (instrument.code, "weighted")
            yield Relation(share_of, tuple((parts[c], (c, "percent")) for c in codes))
            yield Relation(share_of, tuple((1.0, (c, "weighted")) for c in codes))
    yield Relation(total, tuple(whole), chained=True)
    for entry in year.indicators:
        yield from _of_indicator(year, str(entry.no), entry.instrument)


def _mean(
    target: str, parts: Sequence[str], *, chained: bool = False, certain: bool = True
) -> Relation:
    share = 1 / len(parts)
    terms = tuple((share, (part, "percent")) for part in parts)
    return Relation((target, "percent"), terms, chained, certain)


def _of_indicator(year: Year, number: str, instrument: str) -> Iterator[Relation]:
    asked = [question.code for question in year.questions_of(number)]
    if not asked:
        return
    if instrument == "OIT":
        yield from _of_items(year, number)
        return
    sure = year.certainty.iit_questions if instrument == "IIT" else year.certainty.eit_questions
    two_parts = any(i.parts for i in year.instruments if i.code == instrument)
    if two_parts:
        both = [prefix + code.lstrip("e") for prefix in ("ep", "es") for code in asked]
        yield _mean(number, both, chained=True, certain=False)
    else:
        yield _mean(number, asked, certain=sure == "certain")


def _of_items(year: Year, number: str) -> Iterator[Relation]:
    subs = year.subindicators_of(number)
    if not subs:
        return
    certain = year.certainty.subindicators == "certain"
    yield _mean(number, [sub.code for sub in subs], certain=certain)
    deep: list[tuple[float, Key]] = []
    for sub in subs:
        items = [question.code for question in year.questions_of(sub.code)]
        yield _mean(sub.code, items, certain=certain)
        deep += [(1 / len(subs) / len(items), (code, "percent")) for code in items]
    yield Relation((number, "percent"), tuple(deep), chained=True, certain=certain)


# ---- what can be seen -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sight:
    """What the numbers of a damaged sheet show.

    Attributes:
        broken: Relations that fail.
        large: Whether one fails by more than a note.
        certain: Whether one of them is certain for the year.
        single: Quantities of which one other value alone would mend everything.
        by_digit: Those of `single` that need one digit changed only.
        exchanges: Pairs, or else rotated triples, whose exchange alone mends everything.
    """

    broken: tuple[Relation, ...]
    large: bool
    certain: bool
    single: frozenset[str]
    by_digit: frozenset[str]
    exchanges: tuple[frozenset[str], ...]

    @property
    def codes(self) -> frozenset[str]:
        """All codes that take part in what fails."""
        return frozenset(code for relation in self.broken for code, _ in relation.keys)


def look(sheet: Sheet, values: Values) -> Sight:
    """What fails in a sheet with these values, and what would mend it."""
    held = relations(sheet.truth.year, values)
    broken = tuple(r for r in held if r.beyond(values))
    if not broken:
        return Sight((), False, False, frozenset(), frozenset(), ())
    common = frozenset.intersection(*(r.keys for r in broken))
    single = {key: s for key in common if (s := _mending(key, held, values)) is not None}
    digits = {key for key, span in single.items() if _one_digit(values[key], span)}
    exchanges = () if single else tuple(_exchanges(broken, held, values))
    return Sight(
        broken,
        any(r.beyond(values) > NOTE for r in broken),
        any(r.certain for r in broken),
        frozenset(code for code, _ in single),
        frozenset(code for code, _ in digits),
        exchanges,
    )


def _mending(key: Key, held: Sequence[Relation], values: Values) -> tuple[float, float] | None:
    low, high = 0.0, 100.0
    for relation in held:
        if key in relation.keys:
            a, b = relation.solved(key, values)
            low, high = max(low, a), min(high, b)
    return (low, high) if low <= high else None


def _one_digit(value: float, span: tuple[float, float]) -> bool:
    """Whether one digit of the printed value, changed, falls into the span."""
    text = f"{value:.2f}"
    for place, old in enumerate(text):
        for new in "0123456789":
            if old not in (".", new):
                other = float(text[:place] + new + text[place + 1 :])
                if span[0] - _HALF_CENT <= other <= span[1] + _HALF_CENT:
                    return True
    return False


def _exchanges(
    broken: Sequence[Relation], held: Sequence[Relation], values: Values
) -> Iterator[frozenset[str]]:
    involved = sorted(frozenset().union(*(r.keys for r in broken)))
    groups: dict[tuple[str, str], list[Key]] = {}
    for key in involved:
        groups.setdefault((level_of(key[0]), key[1]), []).append(key)
    pairs = [
        frozenset({a[0], b[0]})
        for keys in groups.values()
        for a, b in combinations(keys, 2)
        if _mends({a: b, b: a}, broken, held, values)
    ]
    if pairs:
        yield from pairs
        return
    for level, keys in groups.items():
        if level[0] == "indicator":
            for a, b, c in combinations(keys, 3):
                for turn in ({a: b, b: c, c: a}, {a: c, c: b, b: a}):
                    if _mends(turn, broken, held, values):
                        yield frozenset({a[0], b[0], c[0]})


def _mends(
    turn: Mapping[Key, Key], broken: Sequence[Relation], held: Sequence[Relation], values: Values
) -> bool:
    if any(values[a] == values[b] for a, b in turn.items()):
        return False
    if any(turn.keys().isdisjoint(relation.keys) for relation in broken):
        return False
    trial = {**values, **{a: values[b] for a, b in turn.items()}}
    return not any(r.beyond(trial) for r in held if not turn.keys().isdisjoint(r.keys))


# ---- what single values may be --------------------------------------------------------------


def reachable(year: Year, number: str, value: float) -> bool | None:
    """Whether allowed item scores give an OIT indicator this value; None where not certain."""
    subs = year.subindicators_of(number)
    if {year.certainty.subindicators, year.certainty.item_scores} != {"certain"}:
        return None
    steps = 1 if len(year.item_scores) == 2 else 2
    sums = {0.0}
    for sub in subs:
        shares = [100 * k / (sub.size * steps) for k in range(sub.size * steps + 1)]
        sums = {round(a + b, 6) for a in sums for b in shares}
    return any(abs(total / len(subs) - value) <= 2 * _HALF_CENT + _DUST for total in sums)


def fitting_counts(values: Iterable[float]) -> list[int]:
    """The numbers n (up to a thousand) such that every value is a rounded k/n."""
    held = list(values)
    return [n for n in range(1, _MOST_COUNT) if all(_fits(value, n) for value in held)]


def _fits(value: float, n: int) -> bool:
    k = round(value * n / 100)
    return abs(100 * k / n - value) <= _HALF_CENT + _DUST


def share_that_fits(counts: Sequence[int]) -> float:
    """Which share of all two-decimal values some k/n of these n gives."""
    seen = {
        round(10000 * k / n)
        for n in counts
        for k in range(n + 1)
        if len(counts) < 2 or gcd(k, n) >= 1
    }
    return len(seen) / 10001

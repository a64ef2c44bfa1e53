"""What the audit should say about a damaged sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from made_years.oracle import (
    NOTE,
    Key,
    Sight,
    fitting_counts,
    look,
    reachable,
    share_that_fits,
)
from made_years.sheets import Cell, Sheet

from parsers.model import Report
from pipeline.audit.quantities import level_of

__all__ = ["ARITHMETIC", "ECHOES", "Damaged", "Expected", "expected_of_numbers"]

ARITHMETIC = frozenset(
    {
        "total-differs", "instrument-differs", "indicator-differs", "subindicator-differs",
        "single-digit", "swapped-cells", "unreachable-value", "odd-denominator",
        "item-score-not-allowed", "out-of-range", "printed-twice-differs",
    }
)  # fmt: skip
# What a wrong number makes wrong beside it: true, but no second cause.
ECHOES = frozenset(
    {
        "level-differs", "pass-differs", "claim-differs", "count-percent-differs", "rank-broken",
        "borderline",
    }
)  # fmt: skip
# A number fits some k/n by luck if so many of all two-decimal numbers do.
_LUCK = 0.05
_TELLING_VALUES = 5
_MET = 0.01 + 1e-7


@dataclass(frozen=True, slots=True)
class Expected:
    """One finding that a damage must bring.

    Attributes:
        rules: Any of these slugs is right.
        codes: It stands at any of these codes; empty where it is about no score.
        cause: The wrong cell (or the cells exchanged) where the report singles it out.
        how: What singles it out: `equations`, `digit`, `exchange`; else empty.
        note: Whether a note is enough: a small difference, or an inferred rule.
        main: The rule without which nothing can find it; empty where any of `rules` can.
        right: What a finding that gives a value must give; empty where it need not.
    """

    rules: frozenset[str]
    codes: frozenset[str] = frozenset()
    cause: frozenset[str] = frozenset()
    how: str = ""
    note: bool = False
    main: str = ""
    right: str = ""

    def seen_by(self, rules: Collection[str]) -> bool:
        """Whether rules at work can find it."""
        return self.main in rules if self.main else not self.rules.isdisjoint(rules)


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged report with what must be found.

    `hidden` says that nothing on the page contradicts anything: the damage cannot be seen.
    """

    kind: str
    report: Report
    expected: tuple[Expected, ...]
    touched: frozenset[str]
    layout: str
    year_be: int
    sheet: Sheet

    @property
    def hidden(self) -> bool:
        """Whether nothing can be found."""
        return not self.expected


def _own(sheet: Sheet) -> Mapping[Key, list[Cell]]:
    found: defaultdict[Key, list[Cell]] = defaultdict(list)
    for block in sheet.blocks:
        if block.role not in ("part", "agencies"):
            for cell in block.cells:
                if cell.year_be == sheet.year_be:
                    found[cell.code, cell.scale].append(cell)
    return found


def expected_of_numbers(
    before: Sheet, after: Sheet, *, together: bool = False
) -> tuple[Expected, ...]:
    """What must be found of the numbers that were changed.

    Args:
        before: The consistent sheet.
        after: The damaged one.
        together: Whether the cells were exchanged with each other: one cause.
    """
    old, new = _own(before), _own(after)
    touched = [
        key
        for key, cells in old.items()
        if key in new and {c.text for c in cells} != {c.text for c in new[key]}
    ]
    values = {key: _agreed(key, old, new) for key in new if new[key][0].value is not None}
    found: list[Expected] = []
    twice = [key for key in touched if _disagree(new[key])]
    for key in twice:
        rules = frozenset({"printed-twice-differs", "out-of-range"})
        found.append(Expected(rules, frozenset({key[0]}), frozenset({key[0]}), "equations"))
    alone = [key for key in touched if key not in twice]
    if together:
        return tuple(_exchanged(after, values, touched, bool(twice)))
    found += _outside(alone, values, after)
    alone = [key for key in alone if not any(key[0] in e.codes for e in found)]
    if alone:
        found += _arithmetic(after, values, alone)
    return tuple(found)


def _agreed(key: Key, old: Mapping[Key, list[Cell]], new: Mapping[Key, list[Cell]]) -> float:
    """The printed value; the right one where it is printed with two values."""
    cells = old[key] if key in old and _disagree(new[key]) else new[key]
    return float(cells[0].value or 0)


def _disagree(cells: Iterable[Cell]) -> bool:
    values = [float(cell.value) for cell in cells if cell.value is not None]
    return bool(values) and max(values) - min(values) > _MET


def _outside(alone: Iterable[Key], values: Mapping[Key, float], sheet: Sheet) -> list[Expected]:
    weights = sheet.truth.year.weights(parts=True) | sheet.truth.year.weights()
    found = []
    for code, scale in alone:
        limit = 100.0 if scale == "percent" else 100 * float(weights[code])
        if not 0 <= values[code, scale] <= limit:
            one = frozenset({code})
            found.append(Expected(frozenset({"out-of-range"}), one, one, "equations"))
    return found


def _arithmetic(sheet: Sheet, values: Mapping[Key, float], alone: list[Key]) -> list[Expected]:
    sight = look(sheet, values)
    codes = frozenset(code for code, _ in alone)
    if not sight.broken:
        return [e for key in alone for e in _by_itself(sheet, values, key)]
    found = []
    for group in _groups(sight, alone):
        broken = [r for r in sight.broken if not r.keys.isdisjoint(group)]
        if not broken:
            found += [e for key in group for e in _by_itself(sheet, values, key)]
            continue
        named = frozenset(code for code, _ in group)
        targets = frozenset(r.target[0] for r in broken)
        cause, how = _cause(sight, named) if named == codes else (frozenset(), "")
        note = not any(r.certain for r in broken) or not any(
            r.beyond(values) > NOTE for r in broken
        )
        accepted = targets | named | sight.single | frozenset().union(*sight.exchanges)
        found.append(Expected(ARITHMETIC, frozenset(accepted), cause, how, note))
    return found


def _exchanged(
    sheet: Sheet, values: Mapping[Key, float], touched: list[Key], repeated: bool
) -> list[Expected]:
    """One finding for the exchange of cells, wherever it first shows."""
    sight = look(sheet, values)
    codes = frozenset(code for code, _ in touched)
    if not sight.broken and not repeated:
        itself = [e for key in touched for e in _by_itself(sheet, values, key)]
        rules = frozenset(rule for e in itself for rule in e.rules)
        return [Expected(rules, codes, note=True)] if itself else []
    cause, how = (frozenset(), "") if repeated else _cause(sight, codes)
    targets = {r.target[0] for r in sight.broken}
    accepted = codes | targets | sight.single | frozenset().union(*sight.exchanges)
    if any(level_of(code) == "instrument" for code in codes):
        accepted |= {"ITA"}
    note = not repeated and (
        not any(r.certain for r in sight.broken)
        or not any(r.beyond(values) > NOTE for r in sight.broken)
    )
    return [Expected(ARITHMETIC, accepted, cause, how, note)]


def _groups(sight: Sight, alone: list[Key]) -> list[list[Key]]:
    """Damaged cells that take part in one broken relation are seen as one."""
    groups: list[list[Key]] = []
    for key in alone:
        mine = [r for r in sight.broken if key in r.keys]
        home = next((g for g in groups if any(not r.keys.isdisjoint(g) for r in mine)), None)
        if home is None:
            groups.append([key])
        else:
            home.append(key)
    return groups


def _cause(sight: Sight, codes: frozenset[str]) -> tuple[frozenset[str], str]:
    if len(codes) == 1:
        if sight.single == codes:
            return codes, "equations"
        if sight.by_digit == codes:
            return codes, "digit"
    if len(codes) > 1 and not sight.single and sight.exchanges == (codes,):
        return codes, "exchange"
    return frozenset(), ""


def _by_itself(sheet: Sheet, values: Mapping[Key, float], key: Key) -> list[Expected]:
    """What a value gives away where no relation breaks."""
    code, one = key[0], frozenset({key[0]})
    year = sheet.truth.year
    if code[0] == "o" and year.item_scores and values[key] not in map(float, year.item_scores):
        return [Expected(frozenset({"item-score-not-allowed"}), one, one, "equations", note=True)]
    entry = year.indicator(code)
    if entry and entry.instrument == "OIT" and reachable(year, code, values[key]) is False:
        return [Expected(frozenset({"unreachable-value"}), one, one, "equations")]
    if code[0] in "ie" and _odd(values, key):
        rules = frozenset({"odd-denominator"})
        return [Expected(rules, one, one, "equations", note=True)]
    return []


def _odd(values: Mapping[Key, float], key: Key) -> bool:
    """Whether a question fits no number of answers that all others of its part fit."""
    prefix = key[0].rstrip("0123456789")
    others = [
        value
        for (code, _), value in values.items()
        if code.rstrip("0123456789") == prefix and code != key[0]
    ]
    telling = {value for value in others if value not in (0.0, 100.0)}
    if len(telling) < _TELLING_VALUES:
        return False
    counts = fitting_counts(telling)
    if not counts or share_that_fits(counts) > _LUCK:
        return False
    return not set(fitting_counts([values[key]])) & set(counts)

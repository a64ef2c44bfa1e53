"""The wrong cells of a set of scores: the smallest explanation of what fails.

First whether exchanged cells explain it; then what the fewest single wrong cells are,
taking apart failures that have nothing to do with each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.audit.explain.covers import Group, components, smallest_covers
from pipeline.audit.explain.evidence import Evidence
from pipeline.audit.explain.exchanges import Exchange, rotations, swaps
from pipeline.audit.explain.lists import in_one_list, side_by_side
from pipeline.audit.explain.plausible import (
    decided,
    other_numbers,
    slips,
    weight_of_exchange,
)
from pipeline.audit.explain.system import System
from pipeline.audit.quantities import Key, level_of

__all__ = ["Culprit", "Exchanged", "Solution", "height", "solve"]

_LEVELS = ("question", "subindicator", "indicator", "instrument", "total")
# Where more fails at once, no small explanation is looked for.
_MOST_OPEN = 8
_SAME = 1e-6
_LIKELIER = 0.7
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Exchanged:
    """Cells that hold each other's values.

    Attributes:
        exchange: The exchange.
        places: For each of its cells those that may be meant: itself, and cells that hold the
            same value in the same equations, which nothing can tell from it.
    """

    exchange: Exchange
    places: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Culprit:
    """One wrong cell.

    Attributes:
        group: The cells that the arithmetic cannot tell apart; one of them is wrong.
        explains: The numbers of the failing equations.
        only: Whether no other group of cells explains them.
        alternatives: All cells any of which alone explains them.
    """

    group: Group
    explains: frozenset[int]
    only: bool
    alternatives: Group


@dataclass(frozen=True, slots=True)
class Solution:
    """What is wrong: exchanged cells, wrong cells, and failures that nothing explains.

    Attributes:
        exchanges: The exchanges.
        system: The equations with the exchanges put right.
        culprits: The wrong cells, apart from the exchanged ones.
        unexplained: The numbers of failing equations that no small explanation covers.
    """

    exchanges: tuple[Exchanged, ...]
    system: System
    culprits: tuple[Culprit, ...]
    unexplained: frozenset[int]


def solve(system: System, evidence: Evidence) -> Solution:
    """Explain the failing equations of a set of scores."""
    if len(system.open) > _MOST_OPEN:
        return Solution((), system, *_greedy(system))
    exchanged: list[Exchanged] = []
    while system.open and (found := _exchanged(system, evidence)) is not None:
        exchanged.append(found)
        system = system.corrected(found.exchange.changes)
    culprits: tuple[Culprit, ...] = ()
    unexplained: frozenset[int] = frozenset()
    for numbers in components(system):
        more, left = _cells(system.only(numbers), evidence)
        culprits += more
        unexplained |= left
    return Solution(tuple(exchanged), system, culprits, unexplained)


def height(key: Key) -> int:
    """How high a quantity stands: questions lowest, the total highest."""
    return _LEVELS.index(level_of(key.code))


# ---- exchanges ------------------------------------------------------------------------------


def _exchanged(system: System, evidence: Evidence) -> Exchanged | None:
    """The exchange that is part of the smallest explanation, where it is the only one."""
    found = swaps(system)
    whole = [exchange for exchange in found if exchange.explains == system.open]
    single = _single_cells(system)
    if single:
        whole = [exchange for exchange in whole if _near(evidence, exchange)]
        return _likeliest(system, evidence, whole, single) if whole else None
    if whole:
        return _likeliest(system, evidence, whole, ())
    part = [e for e in found if len(e.explains) > 1]
    if part:
        needed = _events(system)
        part = [e for e in part if 1 + _events(system.corrected(e.changes)) < needed]
    if part:
        rivals = [e for e in part if e.explains & part[0].explains]
        return _likeliest(system, evidence, rivals, ())
    return _likeliest(system, evidence, rotations(system), ()) if len(system.open) > 1 else None


def _near(evidence: Evidence, exchange: Exchange) -> bool:
    """Whether the cells are of one list or side by side: of others one sum is no proof."""
    one, other = exchange.keys
    return in_one_list(one, other) or side_by_side(evidence.held, one, other)


def _single_cells(system: System) -> Group:
    """The cells any of which alone may be why all equations fail."""
    return tuple(
        key
        for key in system.open_keys()
        if system.open <= frozenset(system.of[key]) and system.room(key) is not None
    )


def _events(system: System) -> int:
    """How many single wrong cells it takes to explain what fails."""
    total = 0
    for numbers in components(system):
        covers = smallest_covers(system.only(numbers))
        total += len(covers[0]) if covers else len(numbers)
    return total


def _likeliest(
    system: System, evidence: Evidence, found: Sequence[Exchange], single: Group
) -> Exchanged | None:
    """The exchange that outweighs all others, and all single wrong cells, if one does."""
    by_effect: defaultdict[frozenset[tuple[int, int]], list[Exchange]] = defaultdict(list)
    doubtful = {key for key in system.open_keys() if evidence.impossible(key)}
    for exchange in found:
        if not doubtful <= exchange.changes.keys() or not _sensible(system, evidence, exchange):
            continue
        by_effect[exchange.effect(system)].append(exchange)
    about = system.only(frozenset().union(*(exchange.explains for exchange in found)))
    weights = [
        sum(weight_of_exchange(about, evidence, exchange) for exchange in held)
        for held in by_effect.values()
    ]
    place = decided(weights)
    if place is None or not _beats_cells(about, evidence, weights[place], single):
        return None
    alike = list(by_effect.values())[place]
    places = tuple(_alike(system, key) for key in alike[0].keys)
    meant = {key for held in places for key in held}
    if any(key not in meant for exchange in alike for key in exchange.keys):
        return None
    return Exchanged(alike[0], places)


def _beats_cells(system: System, evidence: Evidence, weight: float, single: Group) -> bool:
    """Whether an exchange is likelier than any one wrong cell, all of them taken together."""
    if not single:
        return True
    against = sum(held.weight for held in slips(system, evidence, single))
    against += other_numbers(system, evidence, single)
    return decided([weight, against], _LIKELIER) == 0


def _sensible(system: System, evidence: Evidence, exchange: Exchange) -> bool:
    """Whether each cell can have the value that it would be given."""
    for key, change in exchange.changes.items():
        value = Decimal(str(round(system.values[key] + change, 4)))
        if not evidence.possible(key, value, value):
            return False
    return True


def _alike(system: System, key: Key) -> Group:
    """The cells with the same value in the same equations: the cell itself first."""
    own = [(n, system.relations[n].weights[key]) for n in system.of[key]]
    same = [
        other
        for other in system.open_keys()
        if other != key
        and abs(system.values[other] - system.values[key]) < _SAME
        and [(n, system.relations[n].weights[other]) for n in system.of[other]] == own
    ]
    return (key, *same)


# ---- single wrong cells ---------------------------------------------------------------------


def _cells(system: System, evidence: Evidence) -> tuple[tuple[Culprit, ...], frozenset[int]]:
    """The fewest wrong cells that explain failing equations which hang together.

    Where several sets of one size do, only the cells that all of them share are certain; the
    rest is explained anew with these put right.
    """
    apart = frozenset(key for key in system.open_keys() if evidence.impossible(key))
    covers = _without_impossible(system, evidence, smallest_covers(system, apart), apart)
    if not covers:
        return _greedy(system)
    if len(covers[0]) == 1:
        return (_one_of(system, [cover[0] for cover in covers]),), frozenset()
    shared = set(covers[0]).intersection(*covers[1:])
    if len(covers) == 1:
        return tuple(_joint(system, group) for group in covers[0]), frozenset()
    if not shared:
        return _greedy(system)
    return _shared_first(system, evidence, [g for g in covers[0] if g in shared])


def _without_impossible(
    system: System,
    evidence: Evidence,
    covers: Sequence[tuple[Group, ...]],
    apart: frozenset[Key],
) -> list[tuple[Group, ...]]:
    """Prefer what also explains values that cannot be, and leads to none that cannot be."""
    if apart:
        better = [c for c in covers if apart <= {key for group in c for key in group}]
        return better or list(covers)
    if not covers or len(covers[0]) > 1:
        return list(covers)
    possible = [cover for cover in covers if _possible(system, evidence, cover[0])]
    return possible or list(covers)


def _ends(room: tuple[float, float]) -> tuple[Decimal, Decimal]:
    """The values of a room as they would be printed, a hundredth more on either side."""
    return Decimal(str(room[0])) - _CENT, Decimal(str(room[1])) + _CENT


def _possible(system: System, evidence: Evidence, group: Group) -> bool:
    for key in group:
        room = system.room(key)
        if room is not None and evidence.possible(key, *_ends(room)):
            return True
    return False


def _one_of(system: System, groups: Sequence[Group]) -> Culprit:
    """One wrong cell: the score that an equation computes, rather than one of its parts."""
    targets = {system.relations[n].result.template.target for n in system.open}
    first = min(groups, key=lambda group: (group[0] not in targets, height(group[0])))
    every = tuple(key for group in groups for key in group)
    return Culprit(first, system.open, len(groups) == 1, every)


def _joint(system: System, group: Group) -> Culprit:
    return Culprit(group, system.open & system.touched(group), True, group)


def _shared_first(
    system: System, evidence: Evidence, certain: Sequence[Group]
) -> tuple[tuple[Culprit, ...], frozenset[int]]:
    """Cells that are wrong in any case, then what remains with the least change to them."""
    culprits = [_joint(system, group) for group in certain]
    done = frozenset().union(*(culprit.explains for culprit in culprits))
    left = system.only(system.open - done)
    more: tuple[Culprit, ...] = ()
    unexplained: frozenset[int] = frozenset()
    for numbers in components(left):
        found, failed = _cells(left.only(numbers), evidence)
        more += found
        unexplained |= failed
    return (*culprits, *more), unexplained


def _greedy(system: System) -> tuple[tuple[Culprit, ...], frozenset[int]]:
    """Cell by cell, the one that explains most first, as long as one explains anything."""
    culprits: list[Culprit] = []
    rest = system
    while rest.open:
        able = {
            key: len(rest.open.intersection(rest.of[key]))
            for key in rest.open_keys()
            if rest.room(key) is not None
        }
        if not able:
            break
        most = max(able.values())
        best = [key for key in able if able[key] == most]
        explains = _one_of(rest, [(key,) for key in best]).group
        numbers = rest.open.intersection(rest.of[explains[0]])
        culprits.append(Culprit(explains, numbers, False, tuple(best)))
        rest = rest.only(rest.open - numbers)
    return tuple(culprits), rest.open

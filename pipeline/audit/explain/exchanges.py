"""Cells exchanged: two swapped, or three rotated, so that failing equations hold again.

An exchange within one mean moves nothing, so it explains nothing and is never found here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from pipeline.audit.explain.system import Changes, System
from pipeline.audit.quantities import Key

__all__ = ["Exchange", "rotations", "swaps"]

# Values closer than this are the same.
_SAME = 1e-6
# Rotations are looked for among so many quantities at most.
_MOST_ROTATED = 60


@dataclass(frozen=True, slots=True)
class Exchange:
    """Cells that hold each other's values.

    Attributes:
        keys: The cells in the order of the document; each holds now what the one before it
            should hold (the first, what the last one should).
        changes: By how much each printed value is off, the other way round: what to add.
        explains: The numbers of the failing equations that hold with them put right.
    """

    keys: tuple[Key, ...]
    changes: Changes
    explains: frozenset[int]

    def effect(self, system: System) -> frozenset[tuple[int, int]]:
        """What the exchange does to the equations: the same for cells that equal each other."""
        moved: dict[int, float] = {}
        for number in system.touched(self.keys):
            by = system.relations[number].moved(self.changes)
            if abs(by) > _SAME:
                moved[number] = by
        return frozenset((number, round(by * 1e5)) for number, by in moved.items())


def swaps(system: System) -> tuple[Exchange, ...]:
    """Every swap of two cells after which all equations that it touches hold."""
    keys = system.open_keys()
    found = (_exchange(system, pair) for pair in combinations(keys, 2))
    return tuple(exchange for exchange in found if exchange is not None)


def _exchange(system: System, keys: Sequence[Key]) -> Exchange | None:
    """The exchange in which every cell holds what the one before it should hold."""
    values = [system.values[key] for key in keys]
    changes = {
        key: values[(place + 1) % len(keys)] - values[place] for place, key in enumerate(keys)
    }
    if any(abs(change) < _SAME for change in changes.values()) or not _allowed(system, changes):
        return None
    if not system.fits(changes):
        return None
    explains = system.touched(keys) & system.open
    moved = frozenset(n for n in explains if abs(system.relations[n].moved(changes)) > _SAME)
    return Exchange(tuple(keys), changes, moved) if moved else None


def _allowed(system: System, changes: Changes) -> bool:
    return all(system.values[key] + by <= system.limits[key] + _SAME for key, by in changes.items())


def rotations(system: System) -> tuple[Exchange, ...]:
    """Every rotation of three cells after which all failing equations hold.

    At least one of the cells takes part in each failing equation, so the search begins with
    the shortest one.
    """
    keys = system.open_keys()
    if len(keys) > _MOST_ROTATED or not system.open:
        return ()
    shortest = min(system.open, key=lambda number: len(system.relations[number].weights))
    found: dict[frozenset[tuple[Key, float]], Exchange] = {}
    for triple in _triples(system, keys, shortest):
        exchange = _exchange(system, triple)
        if exchange is not None and exchange.explains == system.open:
            found.setdefault(frozenset(exchange.changes.items()), exchange)
    return tuple(found.values())


def _triples(system: System, keys: Sequence[Key], number: int) -> Iterator[tuple[Key, Key, Key]]:
    """Rotations that put one equation right; each begins with a cell of it."""
    relation = system.relations[number]
    values = system.values
    inside = [key for key in keys if key in relation.weights]
    outside = [key for key in keys if key not in relation.weights]
    for first in inside:
        for second in outside:
            if relation.holds_after({first: values[second] - values[first]}):
                yield from ((first, second, third) for third in outside if third != second)
    for first, second in permutations(inside, 2):
        for third in outside:
            yield first, second, third
    for triple in combinations(inside, 3):
        yield triple
        yield triple[0], triple[2], triple[1]

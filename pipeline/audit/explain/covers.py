"""The smallest sets of wrong cells that explain failing equations.

A set of quantities explains them where some other values of these, all else as printed,
make every equation hold. Quantities that take part in the same equations with the same
weight cannot be told apart by arithmetic: they form a group, and one stands for all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.audit.explain.system import System
from pipeline.audit.quantities import Key

__all__ = ["Group", "components", "groups", "smallest_covers"]

# A sum of coefficients smaller than this is none.
_ZERO = 1e-9
_DUST = 1e-7
# Larger sets of wrong cells explain anything.
_MOST_CELLS = 3
# So many sets are tried for one document's equations at most.
_MOST_SETS = 3000
# Half-planes kept while unknowns are eliminated.
_MOST_SIDES = 400

Group = tuple[Key, ...]
# a·x ≤ b for the unknown changes x.
_Side = tuple[tuple[float, ...], float]


@dataclass(frozen=True, slots=True)
class _Member:
    """A group as an unknown: its equations, and how far a cell of it may be off."""

    group: Group
    touched: frozenset[int]
    down: float
    up: float


def groups(system: System, apart: frozenset[Key] = frozenset()) -> tuple[Group, ...]:
    """The quantities of the equations to be explained, those alike together.

    Args:
        system: The equations.
        apart: Quantities that other evidence tells from the rest of their group.
    """
    alike: defaultdict[object, list[Key]] = defaultdict(list)
    for key in system.open_keys():
        weights = tuple(
            (number, round(system.relations[number].weights[key], 9)) for number in system.of[key]
        )
        alike[weights if key not in apart else (weights, key)].append(key)
    return tuple(tuple(keys) for keys in alike.values())


def components(system: System) -> tuple[frozenset[int], ...]:
    """The failing equations, those that share a quantity together."""
    found: list[tuple[set[int], set[Key]]] = []
    for number in sorted(system.open):
        numbers, keys = {number}, set(system.relations[number].weights)
        for other in [entry for entry in found if entry[1] & keys]:
            numbers |= other[0]
            keys |= other[1]
            found.remove(other)
        found.append((numbers, keys))
    return tuple(frozenset(numbers) for numbers, _ in found)


def smallest_covers(
    system: System, apart: frozenset[Key] = frozenset()
) -> tuple[tuple[Group, ...], ...]:
    """Every smallest set of groups of which a cell each explains all that fails.

    Returns:
        The sets, all of one size; empty where nothing of up to three cells explains it.
    """
    members = [_member(system, group) for group in groups(system, apart)]
    tried = 0
    for size in range(1, _MOST_CELLS + 1):
        found: list[tuple[Group, ...]] = []
        for chosen in combinations(members, size):
            if not system.open <= frozenset().union(*(member.touched for member in chosen)):
                continue
            tried += 1
            if tried > _MOST_SETS:
                return ()
            if _feasible(list(_sides(system, chosen)), size):
                found.append(tuple(member.group for member in chosen))
        if found:
            return tuple(found)
    return ()


def _member(system: System, group: Group) -> _Member:
    down = max(system.values[key] for key in group)
    up = max(system.limits[key] - system.values[key] for key in group)
    return _Member(group, frozenset(system.of[group[0]]), down, up)


def _sides(system: System, chosen: Sequence[_Member]) -> Iterator[_Side]:
    """What the unknown changes must satisfy."""
    for number in sorted(frozenset().union(*(member.touched for member in chosen))):
        relation = system.relations[number]
        row = tuple(relation.weights.get(member.group[0], 0.0) for member in chosen)
        yield row, relation.allowed - relation.residual
        yield tuple(-weight for weight in row), relation.allowed + relation.residual
    for place, member in enumerate(chosen):
        unit = tuple(float(place == other) for other in range(len(chosen)))
        yield unit, max(member.up, 0.0)
        yield tuple(-weight for weight in unit), max(member.down, 0.0)


def _feasible(sides: Sequence[_Side], unknowns: int) -> bool:
    """Whether any numbers satisfy all inequalities: unknowns are eliminated one by one."""
    held: Mapping[tuple[float, ...], float] = _tightest(sides)
    for place in range(unknowns):
        if len(held) > _MOST_SIDES:
            return False
        held = _tightest(_without(list(held.items()), place))
        if any(bound < -_DUST for row, bound in held.items() if not any(row)):
            return False
    return True


def _without(sides: Sequence[_Side], place: int) -> Iterator[_Side]:
    """The inequalities with one unknown eliminated (Fourier and Motzkin's way)."""
    above = [side for side in sides if side[0][place] > _ZERO]
    below = [side for side in sides if side[0][place] < -_ZERO]
    yield from (side for side in sides if abs(side[0][place]) <= _ZERO)
    for row, bound in above:
        for other, limit in below:
            up, down = 1 / row[place], -1 / other[place]
            yield (
                tuple(a * up + b * down for a, b in zip(row, other, strict=True)),
                bound * up + limit * down,
            )


def _tightest(sides: Iterator[_Side] | Sequence[_Side]) -> dict[tuple[float, ...], float]:
    """Each direction once, scaled to a largest coefficient of 1, with its tightest bound."""
    held: dict[tuple[float, ...], float] = {}
    for row, bound in sides:
        largest = max(map(abs, row))
        scale = largest if largest > _ZERO else 1.0
        direction = tuple(round(weight / scale, 9) + 0.0 for weight in row)
        held[direction] = min(held.get(direction, bound / scale), bound / scale)
    return held

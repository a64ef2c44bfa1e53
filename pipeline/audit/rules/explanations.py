"""What explains scores that do not fit: exchanged cells and slips of typing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, permutations

from parsers.model import Score
from pipeline.audit.case import SetCase
from pipeline.audit.causes import Cause
from pipeline.audit.drafts import Context, Draft, in_both, score_ids
from pipeline.audit.explain.evidence import Evidence, years_of_value
from pipeline.audit.explain.plausible import SlipOf, decided, other_numbers, slips
from pipeline.audit.explain.solve import Exchanged
from pipeline.audit.quantities import Candidate, Key, level_of
from pipeline.audit.wording import Language, code_list, phrase, points, subject, tail

__all__ = ["single_digit", "swapped_cells"]

# A common number of answers that explains a list so much better is worth saying.
_TELLING_GAIN = 3.0


# ---- swapped-cells --------------------------------------------------------------------------


def swapped_cells(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """Exchanges that the arithmetic shows, and those that another place of the document shows."""
    recoded = list(_codes_exchanged(context, found))
    yield from (draft for _, draft in recoded)
    for held, cause in context.causes:
        exchanged = cause.exchanged
        if exchanged is not None and not any(_is_of(codes, exchanged) for codes, _ in recoded):
            yield _by_arithmetic(held, cause, exchanged)
    told_twice = [draft for draft in found if draft.rule == "printed-twice-differs"]
    for held in context.case.sets:
        mine = {d.key: d for d in told_twice if d.held is held and d.key is not None}
        for keys in _crossed(held, list(mine)):
            yield _by_other_place(held, keys, [mine[key] for key in keys])


def _codes_exchanged(
    context: Context, found: Sequence[Draft]
) -> Iterator[tuple[frozenset[str], Draft]]:
    """Titles that say that codes changed places, not scores, where that mends the arithmetic.

    What the titles say is then certain, and it takes the place of what the sums say.
    """
    told = [d for d in found if d.rule == "code-title-differs" and d.key and d.expected]
    for draft in told:
        if draft.held is None or draft.key is None:
            continue
        pair = frozenset({draft.key.code, str(draft.expected)})
        changes = _exchange_of(draft.held, pair)
        mended = [d for d in found if d.held is draft.held and _mends(changes, d.cause)]
        causes = [c for held, c in context.causes if held is draft.held and c.exchanged]
        if mended or any(_is_of(pair, cause.exchanged) for cause in causes):
            yield pair, replace(draft, severity=None, replaces=(draft, *mended))


def _exchange_of(held: SetCase, codes: Iterable[str]) -> Mapping[Key, float]:
    values = held.choice.values
    keys = [key for code in codes if (key := Key(code)) in values]
    if len(keys) != 2:
        return {}
    by = float(values[keys[1]].value - values[keys[0]].value)
    return {keys[0]: by, keys[1]: -by}


def _mends(changes: Mapping[Key, float], cause: Cause | None) -> bool:
    """Whether everything that a cause makes fail holds after these changes."""
    if not changes or cause is None or cause.system is None:
        return False
    system = cause.system
    return all(system.relations[number].holds_after(changes) for number in system.open)


def _is_of(codes: Collection[str], exchanged: Exchanged | None) -> bool:
    """Whether these are codes that an exchange is about, or equal ones."""
    places = exchanged.places if exchanged else ()
    at = [{key.code for key in held} & set(codes) for held in places]
    return len(at) == 2 and all(at)


@dataclass(frozen=True, slots=True)
class _Circle:
    """Cells that hold each other's values: what they are called, hold, and should hold."""

    names: Mapping[Key, str]
    cells: Mapping[Key, Candidate]
    right: Mapping[Key, Decimal]
    targets: tuple[str, ...]
    certain: bool = True

    def first(self) -> Key:
        """The cell that stands first in the document."""
        at = {key: candidate.scores[0] for key, candidate in self.cells.items()}
        return min(at, key=lambda key: (at[key].page, at[key].box.top, at[key].box.x0))

    def words(self, held: SetCase, language: Language) -> dict[str, str]:
        """What the message needs."""
        pages = sorted({candidate.scores[0].page for candidate in self.cells.values()})
        names, cells = self.names, self.cells
        return {
            "cells": ", ".join(
                f"{_short(key.code, names[key], language)} ({points(cells[key].value)})"
                for key in cells
            ),
            "of": tail(held, language),
            "pages": ", ".join(map(str, pages)),
            "right": ", ".join(f"{names[key]} = {points(self.right[key])}" for key in cells),
            "targets": _shorts(self.targets, language),
            "hint": "" if self.certain else phrase("rule-inferred", language),
        }


def _by_arithmetic(held: SetCase, cause: Cause, exchanged: Exchanged) -> Draft:
    keys = exchanged.exchange.keys
    values = held.choice.values
    circle = _Circle(
        names={places[0]: "/".join(key.code for key in places) for places in exchanged.places},
        cells={key: values[key] for key in keys},
        right={
            key: values[other].value for key, other in zip(keys, (*keys[1:], keys[0]), strict=True)
        },
        targets=tuple(dict.fromkeys(result.template.target.code for result in cause.failing)),
        certain=cause.certain_rule,
    )
    alike = [values[key].scores[0] for places in exchanged.places for key in places]
    evidence = score_ids(
        [values[key].scores[0] for key in (circle.first(), *keys)], alike, _inputs(held, cause)
    )
    return _draft(held, circle, evidence, ())


def _short(code: str, name: str, language: Language) -> str:
    """A score in few words; `name` is its code, or several that cannot be told apart."""
    return phrase(f"short-{level_of(code)}", language, code=name)


def _shorts(codes: Iterable[str], language: Language) -> str:
    """Scores in few words, those of one level together."""
    by_level: dict[str, list[str]] = {}
    for code in codes:
        by_level.setdefault(level_of(code), []).append(code)
    return ", ".join(_short(held[0], code_list(held), language) for held in by_level.values())


def _inputs(held: SetCase, cause: Cause) -> list[Score]:
    """The scores of the equations that failed."""
    return [
        held.choice.values[key].scores[0]
        for result in cause.failing
        if result.equation
        for key in (result.equation.target, *result.equation.parts)
    ]


def _draft(
    held: SetCase, circle: _Circle, evidence: tuple[str, ...], replaces: tuple[Draft, ...]
) -> Draft:
    first = circle.first()
    score = circle.cells[first].scores[0]
    order = [first, *(key for key in circle.cells if key != first)]
    return Draft(
        rule="swapped-cells",
        held=held,
        key=first,
        page=score.page,
        box=score.box,
        evidence=evidence,
        words=in_both(lambda language: circle.words(held, language)),
        printed=" / ".join(points(circle.cells[key].value) for key in order),
        expected=" / ".join(points(circle.right[key]) for key in order),
        severity=None if circle.certain else "note",
        replaces=replaces,
    )


def _crossed(held: SetCase, keys: Sequence[Key]) -> Iterator[tuple[Key, ...]]:
    """Quantities that one place prints with each other's values, two or three of them."""
    against = {key: _against(held, key) for key in keys}
    left = [key for key in keys if against[key] is not None]
    for size in (2, 3):
        for group in combinations(list(left), size):
            if not set(group) <= set(left):
                continue
            for order in permutations(group[1:]):
                circle = (group[0], *order)
                if _is_circle(held, circle, against):
                    left = [key for key in left if key not in circle]
                    yield circle
                    break


def _against(held: SetCase, key: Key) -> Candidate | None:
    """The value that speaks against the one chosen, where there is just one."""
    chosen = held.choice.values[key]
    others = [c for c in held.scores.quantities[key].candidates if c is not chosen]
    return others[0] if len(others) == 1 else None


def _is_circle(
    held: SetCase, circle: Sequence[Key], against: Mapping[Key, Candidate | None]
) -> bool:
    for place, key in enumerate(circle):
        wrong, next_key = against[key], circle[(place + 1) % len(circle)]
        if wrong is None or wrong.value != held.choice.values[next_key].value:
            return False
    return True


def _by_other_place(held: SetCase, keys: Sequence[Key], drafts: Sequence[Draft]) -> Draft:
    circle = _Circle(
        names={key: key.code for key in keys},
        cells={key: wrong for key in keys if (wrong := _against(held, key)) is not None},
        right={key: held.choice.values[key].value for key in keys},
        targets=tuple(key.code for key in keys),
    )
    evidence = dict.fromkeys(entry for draft in drafts for entry in draft.evidence)
    return _draft(held, circle, tuple(evidence), tuple(drafts))


# ---- single-digit ---------------------------------------------------------------------------


def single_digit(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """The one slip that explains what the arithmetic found, where there is just one.

    What is only a note needs no explanation, and a score of another year has one.
    """
    spoken_of = {id(draft.cause) for draft in found if draft.cause is not None}
    for held, cause in context.causes:
        if id(cause) not in spoken_of or cause.system is None or not cause.large:
            continue
        if any(years_of_value(context.case, held, key) for key in cause.alternatives):
            continue
        evidence = Evidence(context.case, held)
        slip = _only_slip(cause, evidence)
        if slip is not None:
            yield _slip_draft(held, cause, slip, evidence)


def _only_slip(cause: Cause, evidence: Evidence) -> SlipOf | None:
    system = cause.system
    assert system is not None  # the caller looked
    impossible = [key for key in cause.alternatives if evidence.impossible(key)]
    keys = [
        key
        for key in impossible or cause.alternatives
        if system.open <= frozenset(system.of.get(key, ()))
    ]
    fitting = slips(system, evidence, keys)
    weights = [held.weight for held in fitting]
    place = decided([*weights, other_numbers(system, evidence, keys)])
    return fitting[place] if place is not None and place < len(fitting) else None


def _slip_draft(held: SetCase, cause: Cause, found: SlipOf, evidence: Evidence) -> Draft:
    own = held.choice.values[found.key]
    score = own.scores[0]
    right = found.slip.value
    gain = evidence.gain(found.key, right)
    targets = dict.fromkeys(result.template.target.code for result in cause.failing)

    def words(language: Language) -> dict[str, str]:
        hint = phrase("fits-answers", language) if gain > _TELLING_GAIN else ""
        return {
            "what": subject(held, found.key, language),
            "printed": points(own.value),
            "page": str(score.page),
            "expected": points(right),
            "slip": phrase(f"slip-{found.slip.kind}", language),
            "targets": _shorts(targets, language),
            "hint": hint if level_of(found.key.code) == "question" else "",
        }

    return Draft(
        rule="single-digit",
        held=held,
        key=found.key,
        page=score.page,
        box=score.box,
        evidence=score_ids([score], _inputs(held, cause)),
        words=in_both(words),
        printed=str(own.value),
        expected=points(right),
        difference=own.value - right,
        severity=None if cause.certain_rule else "note",
    )

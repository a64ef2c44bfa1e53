"""Values that cannot be: scores that no answers, or no items, give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.audit.case import Case, SetCase
from pipeline.audit.drafts import Context, Draft, in_both, score_ids
from pipeline.audit.explain.answers import odd_one
from pipeline.audit.explain.evidence import answer_list, of_one_agency
from pipeline.audit.explain.reachable import nearest, reachable, values_of
from pipeline.audit.quantities import Key, level_of
from pipeline.audit.wording import Language, code_list, phrase, points, subject

__all__ = ["odd_denominator", "unreachable_value"]

_LISTS = ("i", "e", "ep", "es")
_CENT = Decimal("0.01")
_ROUND = frozenset({Decimal(0), Decimal(100)})


# ---- odd-denominator ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Odd:
    key: Key
    number: int
    others: tuple[Key, ...]


def odd_denominator(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """Question scores that fit no number of answers which all others of their list fit."""
    for held in context.case.sets:
        lists = {key.code.rstrip("0123456789") for key in held.choice.values}
        for prefix in _LISTS:
            odd = _odd(held, prefix) if prefix in lists else None
            if odd is None or odd.key in _exchanged(context, held):
                continue
            if not _spoken_of(held, odd.key, found):
                yield _odd_draft(held, odd)


def _spoken_of(held: SetCase, key: Key, found: Sequence[Draft]) -> bool:
    """Whether a finding names this very cell already."""
    return any(draft.held is held and key in _named(draft) for draft in found)


def _exchanged(context: Context, held: SetCase) -> set[Key]:
    """The cells that hold each other's values."""
    return {
        key
        for among, cause in context.causes
        if among is held and cause.exchanged is not None
        for key in cause.exchanged.exchange.keys
    }


def _named(draft: Draft) -> tuple[Key | None, ...]:
    culprit = draft.cause.culprit if draft.cause else None
    return (draft.key, culprit[0]) if culprit else (draft.key,)


def _odd(held: SetCase, prefix: str) -> _Odd | None:
    listed = answer_list(held, prefix)
    if all(_borne_out(held, key) for key in listed) or any(_rough(held, key) for key in listed):
        return None
    odd = odd_one(tuple(listed.values()))
    if odd is None:
        return None
    keys = [key for key, value in listed.items() if value == odd.value]
    others = tuple(key for key in listed if key not in keys)
    if len(keys) > 1 or _borne_out(held, keys[0]) or not _sibling(held, keys[0], others):
        return None
    return _Odd(keys[0], odd.number, others)


def _rough(held: SetCase, key: Key) -> bool:
    """Whether a score is printed with less than two decimals' precision."""
    interval = held.choice.values[key].interval
    return interval.high - interval.low > _CENT + _CENT / 10


def _borne_out(held: SetCase, key: Key) -> bool:
    """Whether a computation agrees that the score takes part in."""
    return any(
        result.verdict == "agrees" and result.equation and key in result.equation.parts
        for result in held.evaluations
    )


def _sibling(held: SetCase, key: Key, others: Sequence[Key]) -> bool:
    """Whether another question of the same indicator is among the scores that fit."""
    year = held.rules.year
    own = year.question(key.code) if year else None
    return own is not None and any(
        other.indicator == own.indicator and held.choice.values[held_key].value not in _ROUND
        for held_key in others
        if year is not None and (other := year.question(held_key.code)) is not None
    )


def _odd_draft(held: SetCase, odd: _Odd) -> Draft:
    own = held.choice.values[odd.key]
    score = own.scores[0]
    below = int(own.value * odd.number / 100)
    near = [_of(k, odd.number) for k in (below, below + 1)]

    def words(language: Language) -> dict[str, str]:
        return {
            "what": subject(held, odd.key, language),
            "printed": points(own.value),
            "page": str(score.page),
            "others": code_list(key.code for key in odd.others),
            "number": str(odd.number),
            "expected": phrase("or", language).join(map(points, near)),
        }

    return Draft(
        rule="odd-denominator",
        held=held,
        key=odd.key,
        page=score.page,
        box=score.box,
        evidence=score_ids([score], [held.choice.values[key].scores[0] for key in odd.others]),
        words=in_both(words),
        printed=str(own.value),
        expected=" / ".join(map(points, near)),
    )


def _of(answers: int, number: int) -> Decimal:
    return (Decimal(100 * answers) / number).quantize(_CENT)


# ---- unreachable-value ----------------------------------------------------------------------


def unreachable_value(context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
    """OIT scores of one agency that no combination of the year's item scores gives.

    A value that a computation above bears out is right, whatever it was made of; one that the
    arithmetic has found wrong already needs no second finding.
    """
    doubted = {(draft.held, draft.key) for draft in found}
    for held in context.case.sets:
        for key in _unreachable(context.case, held):
            if (held, key) in doubted or key in _exchanged(context, held):
                continue
            if not _suspected(held, key, found):
                yield _unreachable_draft(held, key)


def _unreachable(case: Case, held: SetCase) -> list[Key]:
    """The lowest of them: what is computed from an impossible value is no second fault."""
    found = [
        key
        for key, candidate in held.choice.values.items()
        if level_of(key.code) in ("indicator", "subindicator")
        and values_of(held.rules, key)
        and not reachable(held.rules, key, candidate.value, candidate.value)
        and not _rough(held, key)
        and (not _borne_out(held, key) or _fits_exchanged(held, key))
    ]
    if not found or not of_one_agency(case, held):
        return []
    return [key for key in found if not any(k.code.startswith(key.code + ".") for k in found)]


def _fits_exchanged(held: SetCase, key: Key) -> bool:
    """Whether two OIT indicators hold each other's values: their mean cannot tell."""
    value = held.choice.values[key].value
    pairs = [other for other in held.choice.values if values_of(held.rules, other)]
    return any(
        level_of(other.code) == level_of(key.code) == "indicator"
        and other != key
        and bool(reachable(held.rules, key, mine, mine))
        and bool(reachable(held.rules, other, value, value))
        for other in pairs
        for mine in [held.choice.values[other].value]
    )


def _suspected(held: SetCase, key: Key, found: Sequence[Draft]) -> bool:
    return any(
        draft.held is held and draft.cause is not None and key in draft.cause.suspects
        for draft in found
    )


def _unreachable_draft(held: SetCase, key: Key) -> Draft:
    own = held.choice.values[key]
    score = own.scores[0]
    near = nearest(held.rules, key, own.value)

    def words(language: Language) -> dict[str, str]:
        return {
            "what": subject(held, key, language),
            "printed": points(own.value),
            "page": str(score.page),
            "expected": phrase("or", language).join(map(points, near)),
        }

    return Draft(
        rule="unreachable-value",
        held=held,
        key=key,
        page=score.page,
        box=score.box,
        evidence=score_ids(own.scores),
        words=in_both(words),
        printed=str(own.value),
        expected=" / ".join(map(points, near)),
    )

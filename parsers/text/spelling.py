"""The words that damaged Thai text was printed from.

Text layers lose, move and double the marks above and below the letters, and tear words
apart; the letters themselves survive. So a stretch of text is read as a row of letters
with whatever marks and blanks are found on them, and the cheapest row of dictionary words
that could have come out so is looked for (a word costs what its rarity says, each kind of
damage what the `Channel` says; a letter in no word costs more than most damage).

Only words of the dictionary are ever respelt: a name, a foreign word or a misspelling of
the author that no damage explains stays as it is.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from parsers.text.damage import UNDAMAGED, Channel, fit
from parsers.text.words import MARKS, REACH, lexicon
from parsers.text.zones import WILD, Zone, parse_zone

__all__ = ["Respelling", "reading_cost", "reads", "respell"]

_UNKNOWN_LETTER = 11.0
# Sound text costs about 1.5 for each letter and mark; rows of rare short words far more.
_LIKELY_LETTER = 3.5
# Repairs that put in what nothing printed tells, and how much likelier (e to the power of
# this) the word must then be than any other with the same letters.
_LIKELIER = {"unnamed-mark": 1.5, "lost-mark": 1.0}

# A single letter with its marks is a word only if it is one of the commonest (ที่, มี, ผู้).
_COMMON_LETTER = 6.5


class Respelling(NamedTuple):
    """Respelt text, the index of the printed character for each, and repairs by kind.

    The indexes never fall: where marks changed places, the places count, not the marks.
    """

    text: str
    source: list[int]
    repairs: Counter[str]


def respell(text: str, channel: Channel) -> Respelling | None:
    """Respell a stretch of Thai letters, marks, `WILD` and blanks; None to leave it.

    >>> respell("จงั หวดั ชยั ภมู ิ", Channel(late=3.0)).text
    'จังหวัดชัยภูมิ'
    >>> respell("คอนตะหิน", Channel(late=3.0)) is None
    True
    """
    zone = parse_zone(text)
    if len(zone.letters) < 2:
        return None
    path = _cheapest(zone, channel)
    ends = [step.start for step in path[1:]] + [len(zone.letters)]
    path = [
        step if _is_sure(zone, channel, step, end) else step._replace(word="", repairs=())
        for step, end in zip(path, ends, strict=True)
    ]
    if not any(step.repairs for step in path):
        return None
    return _written(text, zone, path)


def reading_cost(text: str) -> float:
    """How badly a stretch reads as it stands: the cost of its cheapest row of words."""
    zone = parse_zone(text)
    path = _cheapest(zone, UNDAMAGED)
    return path[-1].cost if path else 0.0


@lru_cache(maxsize=4096)
def reads(text: str) -> bool:
    """Whether a stretch is a likely row of dictionary words as it stands.

    >>> reads("กำหนดให้"), reads("เพมิ่"), reads("บทสรปุ")
    (True, False, False)
    """
    path = _cheapest(parse_zone(text), UNDAMAGED)
    likely = _LIKELY_LETTER * sum(len(step.word) for step in path)
    return all(step.word for step in path) and (not path or path[-1].cost <= likely)


# ---- the cheapest row of words -------------------------------------------------------------------


class _Step(NamedTuple):
    """A word (or a letter in none, `word` empty) on the way through the zone."""

    cost: float
    start: int
    pending: str  # marks that the word before owes to this one's first letter
    word: str
    repairs: tuple[str, ...]
    swallow: bool  # the blank after it came with a late mark


def _cheapest(zone: Zone, channel: Channel) -> list[_Step]:
    size = len(zone.letters)
    best: list[dict[str, _Step]] = [{} for _ in range(size + 1)]
    best[0][""] = _Step(0.0, -1, "", "", (), False)
    for start in range(size):
        for pending, reached in best[start].items():
            _extend(zone, channel, best, start, pending, reached.cost)
    path = []
    place, pending = size, ""
    while place > 0:
        step = best[place][pending]
        path.append(step)
        place, pending = step.start, step.pending
    return path[::-1]


def _extend(
    zone: Zone,
    channel: Channel,
    best: list[dict[str, _Step]],
    start: int,
    pending: str,
    cost: float,
) -> None:
    """Enter every word that can stand at `start`, and the letter as a part of none."""
    known = lexicon()
    letters = zone.letters
    if not pending:
        _enter(best[start + 1], "", _Step(cost + _UNKNOWN_LETTER, start, "", "", (), False))
    reach = known.longest.get(letters[start : start + REACH], REACH - 1)
    for length in range(1, min(reach, len(letters) - start) + 1):
        names = known.by_skeleton.get(letters[start : start + length])
        if not names:
            continue
        for word in names.split():
            found = fit(zone, channel, start, word, pending)
            if found is not None:
                price = cost + known.costs[word] + found.cost
                step = _Step(price, start, pending, word, found.repairs, found.swallow)
                _enter(best[start + length], found.pending, step)


def _is_sure(zone: Zone, channel: Channel, step: _Step, end: int) -> bool:
    """Whether the word of a step is no guess: where a mark is gone, no other is as likely."""
    margin = max((_LIKELIER.get(kind, 0.0) for kind in step.repairs), default=0.0)
    if not margin or step.pending:
        return True
    known = lexicon()
    if end - step.start == 1 and known.costs[step.word] > _COMMON_LETTER:
        return False
    prices = []
    for word in known.by_skeleton[zone.letters[step.start : end]].split():
        found = fit(zone, channel, step.start, word, step.pending)
        # Whether what is printed is a word itself was settled by the cost of losing a mark.
        if found is not None and (found.repairs or "lost-mark" not in step.repairs):
            prices.append(known.costs[word] + found.cost)
    prices.sort()
    return len(prices) < 2 or prices[1] - prices[0] >= margin


def _enter(reached: dict[str, _Step], pending: str, step: _Step) -> None:
    held = reached.get(pending)
    if held is None or step.cost < held.cost:
        reached[pending] = step


# ---- back to text --------------------------------------------------------------------------------


def _written(text: str, zone: Zone, path: list[_Step]) -> Respelling:
    out: list[str] = []
    source: list[int] = []
    repairs: Counter[str] = Counter()
    size = len(zone.letters)
    for index, step in enumerate(path):
        end = path[index + 1].start if index + 1 < len(path) else size
        limit = zone.at[end] if end < size else len(text)
        owes = index + 1 < len(path) and bool(path[index + 1].pending)
        if step.repairs or step.pending or owes:
            places = _word_places(text, zone, step, end)
            out += step.word
            source += places
            if zone.gap[end - 1] and end < size and not step.swallow:
                blank = text.rfind(" ", 0, limit)
                out.append(" ")
                source.append(blank)
        else:
            first = zone.at[step.start] if index else 0
            out += text[first:limit]
            source += range(first, limit)
        repairs.update(step.repairs)
    return Respelling("".join(out), sorted(source), repairs)


def _word_places(text: str, zone: Zone, step: _Step, end: int) -> list[int]:
    """For each character of a respelt word the place of a printed one."""
    places: list[int] = []
    letter = step.start - 1
    for char in step.word:
        if char in MARKS:
            places.append(_mark_place(text, zone, letter, char, places))
        else:
            letter += 1
            places.append(zone.at[min(letter, end - 1)])
    return places


def _mark_place(text: str, zone: Zone, letter: int, mark: str, taken: list[int]) -> int:
    """Where a mark is printed: on its letter, on the next one, or nowhere (its letter's)."""
    on_next = zone.marks_at[letter + 1] if letter + 1 < len(zone.at) else []
    held = [place for place in (*zone.marks_at[letter], *on_next) if place not in taken]
    named = [place for place in held if text[place] == mark]
    return (named or [place for place in held if text[place] == WILD] or [zone.at[letter]])[0]

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

from parsers.damage import UNDAMAGED, Channel, Fit, fit
from parsers.words import MARKS, REACH, lexicon
from parsers.zones import Zone, parse_zone

__all__ = ["Respelling", "reading_cost", "reads", "respell"]

_UNKNOWN_LETTER = 11.0
# Repairs that put in what nothing printed tells, and how much likelier (e to the power of
# this) the word must then be than any other with the same letters.
_LIKELIER = {"unnamed-mark": 1.5, "lost-mark": 1.0}


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
    """Whether a stretch is a row of dictionary words as it stands.

    >>> reads("กำหนดให้"), reads("เพมิ่")
    (True, False)
    """
    zone = parse_zone(text)
    return all(step.word for step in _cheapest(zone, UNDAMAGED))


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
        fits = [
            (known.costs[word] + found.cost, word, found)
            for word in names.split()
            if (found := fit(zone, channel, start, word, pending)) is not None
        ]
        for price, word, found in _decided(fits):
            step = _Step(cost + price, start, pending, word, found.repairs, found.swallow)
            _enter(best[start + length], found.pending, step)


def _decided(fits: list[tuple[float, str, Fit]]) -> list[tuple[float, str, Fit]]:
    """The fits without guesses: where a mark is gone, one word must be far the likeliest."""
    guesses = [entry for entry in fits if not _LIKELIER.keys().isdisjoint(entry[2].repairs)]
    if len(guesses) < 2 and (not guesses or len(fits) < 2 or "lost-mark" in guesses[0][2].repairs):
        return fits
    guesses.sort(key=lambda entry: entry[0])
    best = guesses[0]
    # Whether what is printed is a word itself is settled by the cost of losing a mark.
    rivals = guesses[1:] if "lost-mark" in best[2].repairs else [e for e in fits if e is not best]
    margin = max(_LIKELIER.get(kind, 0.0) for kind in best[2].repairs)
    sure = all(rival[0] - best[0] >= margin for rival in rivals)
    return [entry for entry in fits if entry not in guesses] + ([best] if sure else [])


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
            places = _word_places(zone, step, end)
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


def _word_places(zone: Zone, step: _Step, end: int) -> list[int]:
    """For each character of a respelt word the place of a printed one."""
    places: list[int] = []
    letter = step.start - 1
    for char in step.word:
        if char in MARKS:
            held = zone.marks_at[letter]
            places.append(held[0] if len(held) == 1 else zone.at[letter])
        else:
            letter += 1
            places.append(zone.at[min(letter, end - 1)])
    return places

"""From a network's symbol probabilities to readings with their probability.

The probability of a reading is summed over all ways in which the frames of the picture can be
divided among its characters; that of the single best way says next to nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Peak", "peaks", "readings"]

Probabilities = NDArray[np.float64]
_LEAST = 1e-4
_SURE = 0.9999


class Peak(NamedTuple):
    """Where a character of a text is seen, and how clearly."""

    place: float
    """Frame, counted from the left."""
    chance: float
    """Probability of the character in the frame where it is seen best."""


def readings(
    frames: Probabilities,
    symbols: str,
    admits: Callable[[str], bool],
    width: int = 12,
    odds: Callable[[str, str], float] | None = None,
) -> list[tuple[str, float]]:
    """The likeliest texts of a picture, with the summed probability of each.

    Args:
        frames: Probability of every symbol in every frame; symbol 0 is "nothing".
        symbols: The characters of symbols 1, 2, ...
        admits: Whether a text may begin so.
        width: How many beginnings are followed.
        odds: By how much a character is favoured after a text. It decides which texts are
            followed and which comes first; the probabilities are those of the picture alone.
    """
    beams: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}  # ends in nothing, ends in itself
    favour = _Favour(odds)
    for frame in _condensed(frames):
        likely = [int(i) for i in np.flatnonzero(frame > _LEAST) if i]
        beams = _step(beams, frame, likely, symbols, admits)
        if len(beams) > width:
            best = sorted(beams.items(), key=lambda item: -sum(item[1]) * favour(item[0]))
            beams = dict(best[:width])
    found = [(text, quiet + loud) for text, (quiet, loud) in beams.items()]
    return sorted(found, key=lambda item: -item[1] * favour(item[0]))


class _Favour:
    """The odds of whole texts, each worked out once from that of its beginning."""

    def __init__(self, odds: Callable[[str, str], float] | None) -> None:
        self._odds, self._known = odds, {"": 1.0}

    def __call__(self, text: str) -> float:
        if self._odds is None:
            return 1.0
        if text not in self._known:
            self._known[text] = self(text[:-1]) * self._odds(text[:-1], text[-1])
        return self._known[text]


def _condensed(frames: Probabilities) -> Probabilities:
    """Frames without those that are surely nothing after one that surely was."""
    nothing = frames[:, 0] > _SURE
    keep = ~(nothing & np.concatenate(([False], nothing[:-1])))
    return frames[keep]


def _step(
    beams: dict[str, tuple[float, float]],
    frame: NDArray[np.float64],
    likely: list[int],
    symbols: str,
    admits: Callable[[str], bool],
) -> dict[str, tuple[float, float]]:
    """All beginnings that one more frame makes of those so far."""
    out: dict[str, tuple[float, float]] = {}
    nothing = float(frame[0])
    for text, (quiet, loud) in beams.items():
        total = quiet + loud
        _add(out, text, total * nothing, 0.0)
        for index in likely:
            chance, char = float(frame[index]), symbols[index - 1]
            if text and text[-1] == char:
                _add(out, text, 0.0, loud * chance)
                grown = quiet * chance
            else:
                grown = total * chance
            if grown > 1e-12 and admits(text + char):
                _add(out, text + char, 0.0, grown)
    return out


def _add(out: dict[str, tuple[float, float]], text: str, quiet: float, loud: float) -> None:
    before = out.get(text, (0.0, 0.0))
    out[text] = (before[0] + quiet, before[1] + loud)


def peaks(frames: Probabilities, labels: list[int]) -> list[Peak]:
    """Where every character of a text is seen, by the likeliest division of the frames."""
    if not labels:
        return []
    if (plain := _plain(frames, labels)) is not None:
        return plain
    states = np.zeros(2 * len(labels) + 1, np.int64)
    states[1::2] = labels
    logs = np.log(np.maximum(frames, 1e-12))[:, states]
    jumps = np.zeros(len(states), np.bool_)
    jumps[3::2] = states[3::2] != states[1:-2:2]
    score = np.full(len(states), -np.inf)
    score[:2] = logs[0, :2]
    moves = np.zeros(logs.shape, np.int8)
    for t in range(1, len(logs)):
        ways = np.full((3, len(states)), -np.inf)
        ways[0], ways[1, 1:] = score, score[:-1]
        ways[2, 2:] = np.where(jumps[2:], score[:-2], -np.inf)
        moves[t] = ways.argmax(0)
        score = ways.max(0) + logs[t]
    return _centres(logs, moves, len(states) - 1 if score[-1] >= score[-2] else len(states) - 2)


def _plain(frames: Probabilities, labels: list[int]) -> list[Peak] | None:
    """The same, where the best symbol of every frame already spells the text."""
    best = frames.argmax(1)
    begins = np.flatnonzero(np.concatenate(([True], best[1:] != best[:-1])))
    pairs = pairwise([*begins.tolist(), len(best)])
    runs = [(begin, end) for begin, end in pairs if best[begin]]
    if [int(best[begin]) for begin, _ in runs] != labels:
        return None
    places = np.arange(len(best))
    chances = frames[places, best]
    return [
        Peak(
            float((chances[b:e] * places[b:e]).sum() / chances[b:e].sum()),
            float(chances[b:e].max()),
        )
        for b, e in runs
    ]


def _centres(logs: Probabilities, moves: NDArray[np.int8], state: int) -> list[Peak]:
    """Walks the best division back; a character lies at the middle of its likeliest frames."""
    count = logs.shape[1] // 2
    weight, place, best = np.zeros(count), np.zeros(count), np.zeros(count)
    for t in range(len(logs) - 1, -1, -1):
        if state % 2:
            chance = float(np.exp(logs[t, state])) + 1e-9
            weight[state // 2] += chance
            place[state // 2] += chance * t
            best[state // 2] = max(best[state // 2], chance)
        state -= int(moves[t, state])
    rows = zip(weight, place, best, strict=True)
    return [Peak(float(p / w) if w else 0.0, min(1.0, float(b))) for w, p, b in rows]

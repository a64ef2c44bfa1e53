"""Reads scanned cells and lines with two small networks that come with the package.

One network knows the cells of score tables (digits of both kinds, codes, dashes, levels), the
other whole lines of Thai. They read what is there; what a column can hold is said by a grammar
(``parsers/data/reader/grammars.toml``), and the confidence of a reading is the probability of
its value: all likely texts that mean the same are added up.

onnxruntime is imported when the first crop is read, and a network is loaded once per process.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from parsers.scan.grammar import Grammar, grammar

if TYPE_CHECKING:
    import numpy as np
    import onnxruntime
    from numpy.typing import NDArray

    from parsers.scan.crop import Ready

__all__ = ["Reading", "read", "read_as", "threshold"]

_STRIDE = 2
_PAD = 8
_OTHERS = 6
_LEAST_OTHER = 1e-4
_MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a crop says, how sure that is, and where its characters stand."""

    text: str
    """As printed: Thai digits stay Thai. Empty where there is no ink."""
    confidence: float
    """Probability of the value; 0 for a text that the column cannot hold."""
    starts: tuple[float, ...] = ()
    """Left edge of every character, in pixels of the crop."""
    ends: tuple[float, ...] = ()
    """Right edge of every character; a mark above or below has that of its letter."""
    others: tuple[tuple[str, float], ...] = ()
    """Other values that were likely, with their probabilities, the likeliest first."""
    clearness: tuple[float, ...] = ()
    """How clearly every character is seen by itself (the confidence is that of the whole)."""
    is_cut: bool = False
    """Print runs over the crop's left or right edge: what was cut off cannot be known."""


@dataclass(frozen=True, slots=True)
class _Network:
    """A loaded network: its symbols, the height of its pictures, the spread of its scores.

    `beam` says how many beginnings of a text are followed.
    """

    session: onnxruntime.InferenceSession
    symbols: str
    height: int
    temperature: float
    beam: int


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a network sees in a crop: the probability of every symbol in every frame."""

    network: _Network
    ready: Ready
    frames: NDArray[np.float64]


def read(crops: Sequence[NDArray[np.uint8]], *, alphabet: str = "any") -> list[Reading]:
    """Reads crops of a page, each holding one line of print.

    Args:
        crops: Grey pictures (0 black), upright; dark print on light paper or the other way.
        alphabet: The kind of column: `score`, `code`, `rank`, `level`, `text`, `any` ...
            (the tables of ``grammars.toml``).

    Returns:
        One reading for each crop, in their order.
    """
    rules = grammar(alphabet)
    return [_read(crop, rules, {}) for crop in crops]


def read_as(crop: NDArray[np.uint8], kinds: Sequence[str]) -> dict[str, Reading]:
    """One crop read as several kinds of columns: the networks look at it only once."""
    seen: dict[str, _Seen | None] = {}
    return {kind: _read(crop, grammar(kind), seen) for kind in kinds}


def threshold(alphabet: str = "any") -> float:
    """The confidence below which a reading of this kind should be left unread."""
    return grammar(alphabet).threshold


def _read(crop: NDArray[np.uint8], rules: Grammar, seen: dict[str, _Seen | None]) -> Reading:
    from parsers.scan.beam import peaks

    first = _look(crop, rules.models[0], seen)
    if first is None:
        return Reading("", 1.0)
    found, readers = _found(first, rules), 1
    for name in rules.models[1:]:
        other = _look(crop, name, seen)
        if other is not None and set(found[0][0]) <= set(other.network.symbols):
            found += _found(other, rules)
            readers += 1
    text, confidence, others = _by_value(found, rules, readers)
    labels = [first.network.symbols.find(char) + 1 for char in text]
    places = peaks(first.frames, labels)
    starts, ends = _extents(text, [peak.place for peak in places], first.ready)
    clearness = tuple(peak.chance for peak in places)
    return Reading(text, confidence, starts, ends, others, clearness, first.ready.is_cut)


def _look(crop: NDArray[np.uint8], name: str, seen: dict[str, _Seen | None]) -> _Seen | None:
    """What a network sees in a crop; None where there is no ink."""
    from parsers.scan.crop import prepare

    if name not in seen:
        network = _network(name)
        ready = prepare(crop, network.height)
        seen[name] = None if ready is None else _Seen(network, ready, _frames(ready, network))
    return seen[name]


def _found(seen: _Seen, rules: Grammar) -> list[tuple[str, float]]:
    """What the column can hold, with probabilities; else the likeliest text at all, with none."""
    from parsers.scan.beam import readings
    from parsers.scan.letters import odds

    symbols = seen.network.symbols
    likely = _merged(seen.frames, symbols, rules.alike)
    leaning = odds if rules.leans_on_words else None
    found = readings(likely, symbols, rules.admits, seen.network.beam, leaning)
    allowed = [(text, chance) for text, chance in found if rules.accepts(text)]
    return allowed or [(readings(seen.frames, symbols, lambda _: True, 4)[0][0], 0.0)]


def _frames(ready: Ready, network: _Network) -> NDArray[np.float64]:
    """Probability of every symbol in every frame of a picture."""
    import numpy as np

    ink = np.pad(ready.ink, ((0, 0), (0, _PAD))).astype(np.float32)[None, None] / 255
    scores = network.session.run(None, {"ink": ink})[0][0].astype(np.float64)
    scores = scores / network.temperature
    chances = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(chances / chances.sum(1, keepdims=True))


def _merged(
    frames: NDArray[np.float64], symbols: str, alike: tuple[tuple[str, str], ...]
) -> NDArray[np.float64]:
    """Gives the column's own symbols what was given to those that look like them."""
    frames = frames.copy()
    for own, strange in alike:
        ours = [symbols.index(char) + 1 for char in own if char in symbols]
        theirs = [symbols.index(char) + 1 for char in strange if char in symbols]
        share = frames[:, ours].sum(1, keepdims=True)
        frames[:, ours] *= 1 + frames[:, theirs].sum(1, keepdims=True) / (share + 1e-12)
        frames[:, theirs] = 0
    return frames


def _by_value(
    found: list[tuple[str, float]], rules: Grammar, readers: int
) -> tuple[str, float, tuple[tuple[str, float], ...]]:
    """The likeliest value's best text, the value's probability, and the other values."""
    best: dict[str, str] = {}
    chances: dict[str, float] = {}
    for text, chance in found:
        value = rules.value(text)
        best.setdefault(value, rules.tidy(text))
        chances[value] = chances.get(value, 0.0) + chance / readers
    first = rules.value(found[0][0]) if rules.leans_on_words else None
    order = sorted(chances, key=lambda value: (value != first, -chances[value]))
    others = ((best[value], chances[value]) for value in order[1 : _OTHERS + 1])
    kept = tuple((text, chance) for text, chance in others if chance >= _LEAST_OTHER)
    return best[order[0]], min(1.0, chances[order[0]]), kept


def _extents(
    text: str, centres: list[float], ready: Ready
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Left and right edges of the characters: cut where the ink between two is thinnest."""
    import numpy as np

    columns = np.asarray(ready.ink, np.float32).sum(0)
    marked = np.flatnonzero(columns > 0.05 * float(columns.max()))
    bases = [i for i, char in enumerate(text) if char not in _MARKS] or list(range(len(text)))
    middles = [(centres[i] + 0.5) * _STRIDE for i in bases]
    cuts = [float(marked[0]) if len(marked) else 0.0]
    for a, b in pairwise(middles):
        lo, hi = int(a), max(int(a) + 1, min(len(columns), int(np.ceil(b)) + 1))
        part = columns[lo:hi]
        low = np.flatnonzero(part <= part.min() + 1) if len(part) else np.zeros(1)
        cuts.append(float(lo + low.mean() + 0.5))
    cuts.append(float(marked[-1] + 1) if len(marked) else float(len(columns)))
    cuts = np.maximum.accumulate(cuts).tolist()
    places = np.searchsorted(bases, np.arange(len(text)), side="right") - 1
    scaled = [ready.left + cut / ready.scale for cut in cuts]
    at = [max(0, int(place)) for place in places]
    return tuple(scaled[i] for i in at), tuple(scaled[i + 1] for i in at)


@cache
def _network(model: str) -> _Network:
    """The packaged network of a name."""
    import onnxruntime

    folder = files("parsers").joinpath("data", "reader")
    facts = json.loads(folder.joinpath(f"{model}.json").read_text(encoding="utf-8"))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        folder.joinpath(f"{model}.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
    )
    return _Network(session, facts["symbols"], facts["height"], facts["temperature"], facts["beam"])

"""The characters of a page, in the order in which the page draws them.

PDFium sorts the text objects of a line by their horizontal position. That tears a Thai mark
set in an object of its own away from its letter, and it defeats PDFium's own rule that an
ActualText is given once. Both are undone here: characters come back in drawing order, and
each ActualText is taken once, for all the glyphs it stands for. Blanks that PDFium guesses
are left out (where there is room for one is decided later, by `parsers.text.letters`), blanks that
it passes over are put back.
"""

from __future__ import annotations

import ctypes
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import eq
from typing import Any

import pypdfium2_raw as raw

from parsers.model import Char
from parsers.pdf import natives
from parsers.pdf.actualtext import Span, actual_texts, spread
from parsers.pdf.advances import FEWEST, Stretch, Widths, learn, measured, strangers, stretches
from parsers.pdf.clips import Window, is_outside, windows_of
from parsers.pdf.doubles import Drawings
from parsers.pdf.echoes import without_echoes
from parsers.pdf.objects import Drawn, extents, object_matrix
from parsers.pdf.placement import Matrix, Placement, placed, times
from parsers.pdf.reported import NOTHING, Place, Reported, fetch

__all__ = ["Glyphs", "read_glyphs"]


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters of a page in drawing order, and the handles of its text objects."""

    chars: tuple[Char, ...]
    text_objects: tuple[int, ...] = ()


_Setting = tuple[float, int, tuple[float, ...]]
"""How a character is set: font size as displayed, and angle; it is no run."""


def read_glyphs(page: Any, drawn: Drawn, placement: Placement, limit: int) -> Glyphs | None:
    """The characters of an open page; None where there are more than `limit`."""
    text_page = raw.FPDFText_LoadPage(page)
    if not text_page:
        return Glyphs(())
    try:
        count = raw.FPDFText_CountChars(text_page)
        if count > limit:
            return None
        if count <= 0:
            return Glyphs(())
        return _assemble(fetch(text_page, count, len(drawn.texts), placement), drawn, placement)
    finally:
        raw.FPDFText_ClosePage(text_page)


def _assemble(held: Reported, drawn: Drawn, placement: Placement) -> Glyphs:
    spans = actual_texts(drawn.texts)
    windows = windows_of(drawn.texts)
    blanks = _blanks([item for item in drawn.texts if item not in held.indices], drawn, placement)
    settings = _settings(held, placement)
    chars_of = _chars(held, settings)
    drawings = Drawings()
    joined: dict[int, Span] = {}
    found: list[Char | Span] = []
    for item in drawn.texts:
        span = spans.get(item)
        if span is not None and span[0] in joined:
            joined[span[0]].items.append(item)
            continue
        chars = chars_of.get(item)
        if not chars:
            if item in blanks:
                found.append(blanks[item])
            continue
        if item in windows and _is_hidden(held, item, windows[item], settings[item][0]):
            continue
        if drawings.is_double(chars):
            continue
        if span is None:
            found.extend(chars)
        else:
            joined[span[0]] = Span(span[1], chars[0], [item])
            found.append(joined[span[0]])
    flat = list(_flat(found, drawn, placement))
    return Glyphs(tuple(without_echoes(flat) if _may_echo(found) else flat), tuple(drawn.texts))


def _may_echo(found: Sequence[Char | Span]) -> bool:
    """Whether the file spells something twice in a row."""
    spelt = [entry.text for entry in found if isinstance(entry, Span)]
    return any(map(eq, spelt, spelt[1:]))


def _chars(held: Reported, settings: Mapping[int, _Setting]) -> dict[int, list[Char]]:
    """The characters of each text object, letters that its font sets side by side as runs."""
    cut, asked, met = _cut(held, settings)
    places = held.places(asked)
    learn(places, met)
    found = {}
    for item, indices in held.indices.items():
        if item in cut:
            found[item] = _set_in_runs(held, cut[item], places, settings[item])
        else:
            found[item] = _set_apart(held.text, indices, places, settings[item])
    return found


def _set_apart(
    text: str, indices: Iterable[int], places: Mapping[int, Place], setting: _Setting
) -> list[Char]:
    new = tuple.__new__
    return [new(Char, places[at] + setting) for at in indices if text[at] != NOTHING]


def _set_in_runs(
    held: Reported,
    pieces: Iterable[Stretch | range],
    places: Mapping[int, Place],
    setting: _Setting,
) -> list[Char]:
    chars: list[Char] = []
    for piece in pieces:
        if not isinstance(piece, Stretch):
            chars += _set_apart(held.text, piece, places, setting)
            continue
        run = measured(held, piece, places)
        if run is None:
            indices = range(piece.start, piece.end)
            chars += _set_apart(held.text, indices, held.places(indices), setting)
        else:
            chars.append(run)
    return chars


def _cut(
    held: Reported, settings: Mapping[int, _Setting]
) -> tuple[dict[int, list[Stretch | range]], list[int], list[tuple[int, Widths]]]:
    """Long text objects cut into runs and others; whose places to ask, whose widths to learn."""
    widths: defaultdict[tuple[int, float], Widths] = defaultdict(dict)
    cut: dict[int, list[Stretch | range]] = {}
    asked: list[int] = []
    met: list[tuple[int, Widths]] = []
    for item, indices in held.indices.items():
        size, angle, _ = settings[item]
        if angle or len(indices) < FEWEST or not isinstance(indices, range):
            asked += indices
            continue
        known = widths[natives.text_font(item), size]
        cut[item] = list(stretches(held.text, indices, size, known))
        for piece in cut[item]:
            if isinstance(piece, Stretch):
                asked += (piece.start, piece.last)
                met += [(at, known) for at in strangers(held.text, piece)]
            else:
                asked += piece
    asked += [at for at, _ in met]
    return cut, asked, met


def _settings(held: Reported, placement: Placement) -> dict[int, _Setting]:
    """How the characters of each text object are set. Most are set alike."""
    firsts = [found[0] for found in held.indices.values()]
    matrices = (ctypes.c_float * (6 * len(firsts)))()
    at = ctypes.addressof(matrices)
    places = range(at, at + 24 * len(firsts), 24)
    deque(map(natives.char_matrix, repeat(held.handle), firsts, places), maxlen=0)
    numbers = memoryview(matrices).cast("B").cast("f").tolist()
    sizes = map(natives.font_size, repeat(held.handle), firsts)
    keys = list(zip(sizes, *(numbers[side::6] for side in range(4)), strict=True))
    known = {
        key: _setting(Matrix(key[1], key[2], key[3], key[4], 0.0, 0.0), key[0], placement)
        for key in dict.fromkeys(keys)
    }
    return dict(zip(held.indices, map(known.__getitem__, keys), strict=True))


def _setting(matrix: Matrix, size: float, placement: Placement) -> _Setting:
    return abs(size) * (matrix.c**2 + matrix.d**2) ** 0.5, placement.angle(matrix), ()


def _is_hidden(held: Reported, item: int, window: Window, size: float) -> bool:
    return is_outside(window, *held.origin(held.indices[item][0]), size)


def _blanks(items: list[int], drawn: Drawn, placement: Placement) -> dict[int, Char]:
    """The blanks among text objects of which PDFium reports nothing.

    Word draws blanks as objects of their own; having no ink they have no extent, and PDFium
    passes them over. What it passes over for other reasons has an extent.
    """
    held = ctypes.c_float()
    at = ctypes.addressof(held)
    found = {}
    for item, (left, bottom, right, top) in zip(items, extents(items), strict=True):
        if left == right and bottom == top:
            matrix = times(object_matrix(item), drawn.texts[item])
            natives.object_font_size(item, at)
            box = placement.box(matrix.e, matrix.f, matrix.e, matrix.f)
            size, angle, _ = _setting(matrix, held.value, placement)
            found[item] = Char(" ", *box, box.x0, box.top, size, angle)
    return found


def _flat(found: Sequence[Char | Span], drawn: Drawn, placement: Placement) -> Iterator[Char]:
    """The characters, each ActualText spread over its glyphs."""
    items = [item for entry in found if isinstance(entry, Span) for item in entry.items]
    sides = dict(zip(items, extents(items), strict=True))
    for entry in found:
        if isinstance(entry, Span):
            around = sides[entry.items[0]]
            if len(entry.items) > 1:
                lefts, lows, rights, highs = zip(*map(sides.__getitem__, entry.items), strict=True)
                around = (min(lefts), min(lows), max(rights), max(highs))
            # What stands under one mark stands in one form XObject.
            yield from spread(entry, placed(around, drawn.texts[entry.items[0]], placement))
        else:
            yield entry

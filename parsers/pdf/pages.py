"""One page of an open document: everything on it, nothing judged yet."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2_raw as raw

from parsers.model import Box, Char, Problem, Rule
from parsers.pdf import natives
from parsers.pdf.glyphorders import folded_name
from parsers.pdf.glyphs import Glyphs, read_glyphs
from parsers.pdf.limits import Limits
from parsers.pdf.objects import survey
from parsers.pdf.placement import Placement, place
from parsers.pdf.quality import Layer
from parsers.pdf.strokes import read_strokes

__all__ = ["Reading", "read_page"]

_INVISIBLE = raw.FPDF_TEXTRENDERMODE_INVISIBLE
_LONGEST_NAME = 256


@dataclass(frozen=True, slots=True)
class Reading:
    """What one page holds.

    Attributes:
        number: Number of the page, from 1.
        width: Width as displayed, in points.
        height: Height as displayed.
        chars: Its characters in drawing order.
        rules: Its ruling lines.
        images: Boxes of its pictures.
        layer: The text layer, ready to be judged.
        problem: What was left out because of a limit.
    """

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    rules: tuple[Rule, ...]
    images: tuple[Box, ...]
    layer: Layer
    problem: Problem | None = None


def read_page(
    document: Any, index: int, limits: Limits, better_fonts: frozenset[str] = frozenset()
) -> Reading | None:
    """Read a page of an open document; None where it cannot be opened.

    `better_fonts` are the fonts whose glyph tables were put right before.
    """
    page = raw.FPDF_LoadPage(document, index)
    if not page:
        return None
    try:
        placement = place(page, limits.side)
        if placement is None:
            return _too_complex(index, 0.0, 0.0, "its size is impossible")
        drawn = survey(page, limits)
        size = placement.width, placement.height
        glyphs = read_glyphs(page, drawn, placement, limits.chars) if drawn.complete else None
        if glyphs is None:
            return _too_complex(index, *size, "it draws too many things")
        rules, images = read_strokes(drawn, placement, limits)
        layer = _layer(glyphs, placement, images, len(drawn.paths) + len(images), better_fonts)
        return Reading(index + 1, *size, glyphs.chars, rules, images, layer)
    finally:
        raw.FPDF_ClosePage(page)


def _too_complex(index: int, width: float, height: float, detail: str) -> Reading:
    problem = Problem("page-too-complex", detail, index + 1)
    return Reading(index + 1, width, height, (), (), (), Layer("", drawings=1), problem)


def _layer(
    glyphs: Glyphs,
    placement: Placement,
    images: tuple[Box, ...],
    drawings: int,
    better_fonts: frozenset[str],
) -> Layer:
    areas = [(box.x1 - box.x0) * (box.bottom - box.top) for box in images]
    share = max(areas, default=0.0) / (placement.width * placement.height)
    objects = glyphs.text_objects
    unseen = 0.0
    if images and objects:
        unseen = sum(natives.render_mode(item) == _INVISIBLE for item in objects) / len(objects)
    repaired = bool(better_fonts) and not better_fonts.isdisjoint(_font_names(objects))
    return Layer(_text(glyphs.chars), share, unseen, drawings, repaired)


def _text(chars: Sequence[Char]) -> str:
    """The characters in drawing order; in western text with blanks where there are gaps."""
    text = "".join([char.text for char in chars])
    if 2 * len(text.encode("ascii", "ignore")) < len(text):
        return text
    pieces = []
    for before, char in pairwise(chars):
        pieces.append(before.text)
        moved = abs(char.origin_y - before.origin_y) > 0.5 * char.size
        if moved or char.origin_x - before.x1 > 0.15 * char.size:
            pieces.append(" ")
    pieces.extend(char.text for char in chars[-1:])
    return "".join(pieces)


def _font_names(objects: Iterable[int]) -> set[str]:
    held = ctypes.create_string_buffer(_LONGEST_NAME)
    names = set()
    for font in set(map(natives.text_font, objects)):
        if font and 0 < natives.font_name(font, ctypes.addressof(held), len(held)) <= len(held):
            names.add(folded_name(held.value.decode("utf-8", "replace")))
    return names

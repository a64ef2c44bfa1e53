"""Text as ink: a line of print in one face, drawn at the size it has on a scanned page."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from bench.reader.fonts import Face, covered

__all__ = ["drawable", "ink"]

Gray = NDArray[np.float32]


@lru_cache(maxsize=4096)
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.RAQM)


def _runs(text: str, thai: str, latin: str) -> list[tuple[str, str]]:
    """The text in stretches of one file each; the Latin file sets what both hold."""
    runs: list[tuple[str, str]] = []
    for char in text:
        path = latin if ord(char) in covered(latin) and not "\u0e00" <= char <= "\u0e7f" else thai
        if runs and (runs[-1][1] == path or char == " "):
            runs[-1] = (runs[-1][0] + char, runs[-1][1])
        else:
            runs.append((char, path))
    return runs


def drawable(text: str, face: Face, latin: str | None = None) -> bool:
    """Whether the face has a glyph for every character."""
    known = covered(face.thai) | covered(latin or face.latin)
    return all(char == " " or ord(char) in known for char in text)


def ink(text: str, face: Face, size: int, latin: str | None = None, spread: float = 0.0) -> Gray:
    """The text's ink between 0 and 1, cut at the advance width, with room above and below.

    `spread` is letter spacing in ems: justified lines and spaced headings have it.
    """
    runs = [(part, _font(path, size)) for part, path in _runs(text, face.thai, latin or face.latin)]
    if spread:
        runs = [(piece, font) for part, font in runs for piece in _clusters(part)]
    gap = spread * size
    width = sum(font.getlength(part) + gap for part, font in runs)
    image = Image.new("L", (int(width) + size, int(size * 2.4)), 0)
    draw = ImageDraw.Draw(image)
    x = size * 0.5
    for part, font in runs:
        draw.text((x, size * 1.6), part, fill=255, font=font, anchor="ls")
        x += font.getlength(part) + gap
    return np.asarray(image, np.float32) / 255


def _clusters(text: str) -> list[str]:
    out: list[str] = []
    for char in text:
        if out and (char in "ัิีึืฺุู็่้๊๋์ํำ"):
            out[-1] += char
        else:
            out.append(char)
    return out

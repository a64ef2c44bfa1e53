"""What a page draws outside the area that it shows.

Chromium draws a line that falls on a page break on both pages; on the first of them it lies
below the clipped area and nobody sees it. Its marks still reach the text layer.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from typing import NamedTuple

from parsers.pdf import natives

__all__ = ["Window", "is_outside", "windows_of"]

_TOLERANCE = 0.15  # of the font size: a baseline so little outside still shows its letters
_MOST_POINTS = 64


class Window(NamedTuple):
    """The rectangle around a clipped area, in the space of the page's content."""

    left: float
    bottom: float
    right: float
    top: float


def windows_of(items: Iterable[int]) -> dict[int, Window]:
    """The clipped areas of drawn objects that are clipped.

    PDFium forgets the clip of an object that lies wholly inside it, so these are few.
    """
    held = list(items)
    clips = list(map(natives.clip_path, held))
    counts = map(natives.clip_path_count, clips)
    found = {}
    for item, clip, count in zip(held, clips, counts, strict=True):
        if count > 0:
            window = _window(clip, count)
            if window is not None:
                found[item] = window
    return found


def _window(clip: int, count: int) -> Window | None:
    """The rectangle around what several clips leave open."""
    window: Window | None = None
    for number in range(count):
        found = _around(clip, number)
        if found is not None:
            window = found if window is None else _common(window, found)
    return window


def _around(clip: int, number: int) -> Window | None:
    count = natives.clip_segment_count(clip, number)
    if not 0 < count <= _MOST_POINTS:
        return None
    place = (ctypes.c_float * 2)()
    at = ctypes.addressof(place)
    points = []
    for index in range(count):
        natives.segment_point(natives.clip_segment(clip, number, index), at, at + 4)
        points.append((place[0], place[1]))
    across, along = [x for x, _ in points], [y for _, y in points]
    return Window(min(across), min(along), max(across), max(along))


def _common(one: Window, other: Window) -> Window:
    return Window(
        max(one.left, other.left),
        max(one.bottom, other.bottom),
        min(one.right, other.right),
        min(one.top, other.top),
    )


def is_outside(window: Window, x: float, y: float, size: float) -> bool:
    """Whether a letter whose origin is at (x, y) is out of sight."""
    slack = _TOLERANCE * size
    return not (
        window.left - slack <= x <= window.right + slack
        and window.bottom - slack <= y <= window.top + slack
    )

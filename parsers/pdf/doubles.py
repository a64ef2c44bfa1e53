"""Text drawn twice, a little shifted, to look bold or to cast a shadow."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.model import Char

__all__ = ["Drawings"]

_SHIFT = 0.3  # of the size: how far the second drawing may be shifted sideways …
_OF_WIDTH = 0.45  # … and, for few letters, of their width: "ll" and "..." are no doubles
_MARK_SHIFT = 0.06  # of the size, for marks, which have no width
_DROP = 0.15  # of the size: how far it may be shifted up or down
_FEW = 3
_ROW = 4.0  # points: the net in which neighbours are looked for


class Drawings:
    """Remembers the stretches of text drawn on a page, to know one drawn again."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, int], dict[int, list[Sequence[Char]]]] = {}

    def is_double(self, chars: Sequence[Char]) -> bool:
        """Whether these characters stand on the page already; remembers them if not."""
        first = chars[0]
        text, y = first[0], first[6]
        if text == " ":
            return False
        key, row = (text, len(chars)), int(y / _ROW)
        rows = self._seen.get(key)
        if rows is None:
            self._seen[key] = {row: [chars]}
            return False
        for near in (row - 1, row, row + 1):
            for other in rows.get(near, ()):
                if _same(chars, other):
                    return True
        rows.setdefault(row, []).append(chars)
        return False


def _same(one: Sequence[Char], other: Sequence[Char]) -> bool:
    first, last = one[0], one[-1]
    reach = _SHIFT * first.size
    if not -reach <= first.origin_x - other[0].origin_x <= reach:
        return False
    if abs(first.origin_y - other[0].origin_y) > _DROP * first.size:
        return False
    if len(one) < _FEW:
        width = min(first.x1 - first.origin_x, last.x1 - last.origin_x)
        reach = min(reach, max(_OF_WIDTH * width, _MARK_SHIFT * first.size))
    return all(
        a.text == b.text and abs(a.origin_x - b.origin_x) <= reach
        for a, b in zip(one, other, strict=True)
    )

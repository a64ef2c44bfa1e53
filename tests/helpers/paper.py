"""Pages drawn for the tests: text and ruling lines, no PDF in between.

A letter is half as wide as its size; Thai marks have no width and stand on the letter
before them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from parsers.model import Box, Char, Page, Rule
from parsers.tables.geometry import Turn

__all__ = ["Paper", "turned"]

SIZE = 14.0
LEADING = 20.0


@dataclass
class Paper:
    """A page that is being drawn; rows of a table are 24 points high for each line."""

    width: float = 595.0
    height: float = 842.0
    chars: list[Char] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    def text(self, x: float, baseline: float, text: str, *, size: float = SIZE) -> None:
        """Text on a baseline, from `x` to the right."""
        for ch in text:
            mark = unicodedata.category(ch) == "Mn"
            left, width = (x - size / 2, 0.0) if mark else (x, size / 2)
            top, bottom = baseline - 0.75 * size, baseline + 0.25 * size
            self.chars.append(Char(ch, left, top, left + width, bottom, x, baseline, size))
            x += width

    def upward(self, x: float, bottom: float, text: str, *, size: float = SIZE) -> None:
        """Text that runs from the bottom up, its baseline at `x`."""
        y = bottom
        for ch in text:
            width = 0.0 if unicodedata.category(ch) == "Mn" else size / 2
            box = (x - 0.75 * size, y - width, x + 0.25 * size, y)
            self.chars.append(Char(ch, *box, x, y, size, 270))
            y -= width

    def across(self, y: float, x0: float, x1: float) -> None:
        """A line from left to right."""
        self.rules.append(Rule(x0, y, x1, y))

    def down(self, x: float, top: float, bottom: float) -> None:
        """A line from top to bottom."""
        self.rules.append(Rule(x, top, x, bottom))

    def box(self, x0: float, top: float, x1: float, bottom: float) -> None:
        """The four edges of a rectangle."""
        self.across(top, x0, x1)
        self.across(bottom, x0, x1)
        self.down(x0, top, bottom)
        self.down(x1, top, bottom)

    def table(
        self,
        top: float,
        xs: Sequence[float],
        rows: Sequence[Sequence[str]],
        *,
        ruled: bool = True,
        open_bottom: bool = False,
    ) -> float:
        """A table; `^` goes on the cell above, `<` the cell to the left.

        Returns:
            Where it ends.
        """
        heights = [_height(row) for row in rows]
        ys = [top]
        for height in heights:
            ys.append(ys[-1] + height)
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                if text not in ("^", "<"):
                    for line, part in enumerate(text.split("\n")):
                        self.text(xs[c] + 4, ys[r] + 17 + LEADING * line, part)
                if ruled:
                    self._walls(rows, (r, c), xs, ys)
        if ruled:
            if not open_bottom:
                self.across(ys[-1], xs[0], xs[-1])
            self.down(xs[-1], ys[0], ys[-1])
        return ys[-1]

    def _walls(
        self,
        rows: Sequence[Sequence[str]],
        place: tuple[int, int],
        xs: Sequence[float],
        ys: Sequence[float],
    ) -> None:
        r, c = place
        if rows[r][c] != "^":
            self.across(ys[r], xs[c], xs[c + 1])
        if rows[r][c] != "<":
            self.down(xs[c], ys[r], ys[r + 1])

    def page(self, number: int = 1) -> Page:
        """The page as drawn."""
        return Page(
            number=number,
            width=self.width,
            height=self.height,
            chars=tuple(self.chars),
            rules=tuple(self.rules),
            images=(),
            text_source="text",
            text_verdict="good",
            engine="test",
        )


def _height(row: Sequence[str]) -> float:
    return 4 + LEADING * max(text.count("\n") + 1 for text in row)


def turned(page: Page, angle: int) -> Page:
    """The same page lying on its side: its text runs in the direction `angle`."""
    sideways = angle in (90, 270)
    width, height = (page.height, page.width) if sideways else (page.width, page.height)
    back = Turn(angle, width, height)

    def place(box: Box) -> Box:
        return back.back(box)

    chars = []
    for char in page.chars:
        box = place(Box(char.x0, char.top, char.x1, char.bottom))
        origin = place(Box(char.origin_x, char.origin_y, char.origin_x, char.origin_y))
        chars.append(Char(char.text, *box, origin.x0, origin.top, char.size, angle))
    rules = tuple(Rule(*place(Box(*rule))) for rule in page.rules)
    return replace(page, width=width, height=height, chars=tuple(chars), rules=rules)

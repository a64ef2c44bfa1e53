"""Text and tables fitted to a width. Thai is written without blanks: lines end between words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex
from rich.cells import cell_len, chop_cells

from parsers.text.words import lexicon

__all__ = ["Column", "fitted", "grid", "padded"]

_GAP = "  "
# A column of flowing text is never made narrower than this.
_NARROWEST = 12
_PIECES = regex.compile(r"(?P<blank>\s+)|(?P<thai>[\u0e01-\u0e5b]+)|[^\s\u0e01-\u0e5b]+")
# Vowels before their consonant, and all that cannot begin a line.
_LEADING = frozenset("เแโใไ")
_NOT_FIRST = frozenset("ะัาำิีึืฺุูๅๆ็่้๊๋์ํ๎ฯ๚๛")
# Longer entries of the dictionary are several words.
_LONGEST_WORD = 14
# What a letter costs that is in no word: more than any word of the dictionary.
_UNKNOWN = 30.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a printed table: numbers to the right, what must not be broken is kept."""

    title: str
    right: bool = False
    keep: bool = False


def fitted(text: str, width: int) -> list[str]:
    """The lines of a text that is no wider than `width`.

    >>> fitted("คะแนนรวมพิมพ์ไว้ไม่ตรงกัน 39.41", 14)
    ['คะแนนรวมพิมพ์ไว้', 'ไม่ตรงกัน 39.41']
    """
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for piece, spaced in _unbreakable(paragraph):
            longer = f"{line} {piece}" if spaced and line else line + piece
            if cell_len(longer) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            *full, line = chop_cells(piece, width) if cell_len(piece) > width else [piece]
            lines += full
        lines.append(line)
    return lines


def _unbreakable(text: str) -> Iterator[tuple[str, bool]]:
    """Stretches that stay on one line, each with whether a blank stands before it."""
    held, spaced, blank = "", False, False
    for match in _PIECES.finditer(text):
        if match["blank"]:
            blank = True
            continue
        parts = _words(match[0]) if match["thai"] else (match[0],)
        for number, part in enumerate(parts):
            if held and (blank or number):
                yield held, spaced
                held, spaced = part, blank
            else:
                held, spaced = held + part, spaced or (not held and blank)
            blank = False
    if held:
        yield held, spaced


@lru_cache(maxsize=4096)
def _words(run: str) -> tuple[str, ...]:
    """A stretch of Thai as the likeliest row of words; what is in no word stays whole."""
    costs = lexicon().costs
    ends = [n for n in range(1, len(run) + 1) if n == len(run) or _may_begin(run, n)]
    best: dict[int, tuple[float, int, bool]] = {0: (0.0, 0, True)}
    for end in ends:
        starts = [s for s in best if end - s <= _LONGEST_WORD]
        options = []
        for start in starts:
            word = run[start:end]
            known = len(word) > 1 and word in costs
            cost = costs[word] if known else _UNKNOWN * len(word)
            options.append((best[start][0] + cost, start, known))
        best[end] = min(options, default=(best[max(best)][0] + _UNKNOWN, max(best), False))
    found: list[tuple[str, bool]] = []
    end = len(run)
    while end:
        _, start, known = best[end]
        found.append((run[start:end], known))
        end = start
    words: list[str] = []
    unknown = False
    for word, known in reversed(found):
        if words and unknown and not known:
            words[-1] += word
        else:
            words.append(word)
        unknown = not known
    return tuple(words)


def _may_begin(run: str, place: int) -> bool:
    """Whether a word may begin at a place of a stretch of Thai."""
    return run[place] not in _NOT_FIRST and run[place - 1] not in _LEADING


# ---- tables -------------------------------------------------------------------------------------


def grid(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int | None) -> list[str]:
    """The lines of a table; without titles no heading. `width` None: one line a row, uncut."""
    if width is None:
        rows = [[" ".join(text.split()) for text in row] for row in rows]
    titled = any(column.title for column in columns)
    cells = [[column.title for column in columns], *rows] if titled else list(rows)
    widths = [
        max((cell_len(line) for row in cells for line in row[place].splitlines()), default=0)
        for place in range(len(columns))
    ]
    if width is not None:
        widths = _narrowed(columns, widths, width)
    lines = [line for row in cells[:1] for line in _row(columns, row, widths, width)]
    if titled and width is not None:
        lines.append(_GAP.join("─" * own for own in widths))
    return lines + [line for row in cells[1:] for line in _row(columns, row, widths, width)]


def _narrowed(columns: Sequence[Column], widths: Sequence[int], width: int) -> list[int]:
    """The widths with flowing columns made narrower, the widest first, until they fit."""
    found = list(widths)
    room = width - len(_GAP) * (len(columns) - 1)
    flowing = [n for n, column in enumerate(columns) if not (column.keep or column.right)]
    while sum(found) > room:
        wide = [n for n in flowing if found[n] > _NARROWEST]
        if not wide:
            break
        found[max(wide, key=found.__getitem__)] -= 1
    return found


def _row(
    columns: Sequence[Column], row: Sequence[str], widths: Sequence[int], width: int | None
) -> list[str]:
    cells = [
        [text] if width is None else fitted(text, own)
        for text, own in zip(row, widths, strict=True)
    ]
    height = max(map(len, cells))
    lines = []
    for number in range(height):
        parts = [
            padded(cell[number] if number < len(cell) else "", own, right=column.right)
            for column, cell, own in zip(columns, cells, widths, strict=True)
        ]
        lines.append(_GAP.join(parts).rstrip())
    return lines


def padded(text: str, width: int, *, right: bool = False) -> str:
    """Text filled up with blanks; Thai vowels and tone marks take no room."""
    gap = " " * (width - cell_len(text))
    return gap + text if right else text + gap

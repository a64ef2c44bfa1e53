"""Text under repair, with account of where each character came from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from parsers.text.damage import Channel
from parsers.text.spelling import respell

__all__ = ["Replace", "Traced"]

Replace = Callable[[re.Match[str]], str | None]


class Traced:
    """Text on its way through the repairs, and where each character came from.

    `source` never falls: where characters change places, the places keep their order.
    """

    __slots__ = ("repairs", "source", "text")

    def __init__(self, printed: str) -> None:
        self.text = printed
        self.source = list(range(len(printed)))
        self.repairs: Counter[str] = Counter()

    def rewrite(self, key: str, pattern: re.Pattern[str], replace: Replace | str) -> int:
        """Replace every match; counts under `key` those that change, and returns how many."""
        pieces: list[str] = []
        source: list[int] = []
        reached = done = 0
        for match in pattern.finditer(self.text):
            new = replace if isinstance(replace, str) else replace(match)
            if new is None or new == match[0]:
                continue
            start, end = match.span()
            pieces += (self.text[reached:start], new)
            source += self.source[reached:start]
            source += [self.source[start + place] for place in _aligned(match[0], new)]
            reached = end
            done += 1
        if done:
            self.text = "".join((*pieces, self.text[reached:]))
            self.source = source + self.source[reached:]
            self.repairs[key] += done
        return done

    def respell(self, start: int, end: int, channel: Channel) -> int:
        """Read a stretch with the dictionary; returns by how much it grew."""
        found = respell(self.text[start:end], channel)
        if found is None:
            return 0
        self.source[start:end] = [self.source[start + place] for place in found.source]
        self.text = self.text[:start] + found.text + self.text[end:]
        self.repairs.update(found.repairs)
        return len(found.text) - (end - start)


def _aligned(old: str, new: str) -> list[int]:
    """For each new character the place of the old one that it stands for."""
    if len(old) == len(new):
        return list(range(len(old)))
    places: list[int] = []
    reached = 0
    for char in new:
        place = old.find(char, reached)
        if place < 0:
            # A composed vowel before the letter begins where its parts do; others end there.
            place = reached if char in "แ" else len(old) - 1
        places.append(min(place, len(old) - 1))
        reached = min(place + 1, len(old) - 1)
    return sorted(places)

"""Stretches of Thai text as a row of letters with what is found on and between them."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.text.words import AM_MARK, MARKS

__all__ = ["WILD", "Zone", "parse_zone"]

# A character that stands for a mark (or marks) which the text layer could not name.
WILD = "\ufffd"


@dataclass(slots=True)
class Zone:
    """The letters of a stretch; for each its marks (sorted), and the blanks about it.

    `at` and `marks_at` are their places in the text; `inner` tells of a blank between a
    letter and its marks, `gap` of one after them.
    """

    letters: str = ""
    at: list[int] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    marks_at: list[list[int]] = field(default_factory=list)
    inner: list[bool] = field(default_factory=list)  # a blank between letter and mark
    gap: list[bool] = field(default_factory=list)  # a blank after letter and marks


def parse_zone(text: str) -> Zone:
    """Take letters, marks, `WILD` and blanks apart; sara am is a mark and sara aa."""
    zone = Zone()
    letters: list[str] = []
    blank = False
    for place, char in enumerate(text):
        if char in " \n":
            blank = True
            continue
        is_mark = char in MARKS or char == WILD
        if letters and (is_mark or char == "ำ"):
            zone.marks[-1] += char if is_mark else AM_MARK
            zone.marks_at[-1].append(place)
            zone.inner[-1] |= blank
        if not is_mark:
            if letters:
                zone.gap[-1] = blank and char != "ำ"
            letters.append("า" if char == "ำ" else char)
            zone.at.append(place)
            zone.marks.append("")
            zone.marks_at.append([])
            zone.inner.append(False)
            zone.gap.append(False)
        blank = False
    zone.letters = "".join(letters)
    zone.marks = ["".join(sorted(marks)) if len(marks) > 1 else marks for marks in zone.marks]
    return zone

"""Finds where the marked text of a sample was printed.

The values of the truth come from the content. Only the place on the page is looked up:
the consonants and digits of the content are aligned with those of the finished PDF,
which damaged marks, blanks and reordered vowels do not disturb.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from rapidfuzz.distance import LCSseq

__all__ = ["NotFoundError", "Printed", "Spot", "skeleton"]

_TO_ASCII = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


class NotFoundError(LookupError):
    """A marked text of the content is not on any page."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Page (from 1) and box (x0, top, x1, bottom) of a stretch of text."""

    page: int
    box: tuple[float, float, float, float]


def _kept(char: str) -> str:
    """The char as it is compared; empty for marks, vowels, blanks and punctuation."""
    if "ก" <= char <= "ฮ" or (char.isascii() and char.isalnum()):
        return char.lower()
    return char.translate(_TO_ASCII) if "๐" <= char <= "๙" else ""


def skeleton(text: str) -> str:
    """Consonants, digits (ASCII) and Latin letters of a text."""
    return "".join(map(_kept, text))


class Printed:
    """The characters of a PDF with their places, aligned with a text."""

    def __init__(self, path: Path) -> None:
        self.chars: list[str] = []
        self.joined: list[bool] = []
        self.spots: list[Spot] = []
        document = pdfium.PdfDocument(path)
        self.page_count = len(document)
        for number in range(self.page_count):
            self._read(document[number], number + 1)
        self.text = "".join(self.chars)
        self.claimed: set[int] = set()
        document.close()

    def _read(self, page: pdfium.PdfPage, number: int) -> None:
        text = page.get_textpage()
        for index in range(text.count_chars()):
            kept = _kept(chr(raw.FPDFText_GetUnicode(text.raw, index)))
            if not kept:
                continue
            left, bottom, right, top = text.get_charbox(index)
            self.chars.append(kept)
            self.spots.append(Spot(number, _displayed(page, left, bottom, right, top)))
            self.joined.append(self._goes_on())

    def _goes_on(self) -> bool:
        """Whether the last char is a digit that goes on a number begun before it."""
        if len(self.chars) < 2 or not (self.chars[-1] + self.chars[-2]).isdigit():
            return False
        before, after = self.spots[-2], self.spots[-1]
        level = before.page == after.page and abs(before.box[3] - after.box[3]) < 3
        return level and -2 < after.box[0] - before.box[2] < 5

    def align(self, wanted: str) -> list[int | None]:
        """For each character of a skeleton the index of the printed one."""
        places: list[int | None] = [None] * len(wanted)
        for code in LCSseq.opcodes(wanted, self.text):
            if code.tag == "equal":
                for shift in range(code.src_end - code.src_start):
                    places[code.src_start + shift] = code.dest_start + shift
        return places

    def run(
        self,
        wanted: str,
        places: list[int | None],
        start: int,
        end: int,
        beside: int | None = None,
    ) -> tuple[int, int]:
        """The unbroken printed run for wanted[start:end], near where it was aligned.

        A row that is cut by a page break is printed out of order. Then the run is taken
        that stands `beside` the other text of its row, else the nearest one that no other
        marked text has claimed.
        """
        digits = wanted[start:end]
        held = [place for place in places[start:end] if place is not None]
        first = held[0] if len(held) == end - start else None
        if first is None or not self._free(first, digits) or self._far(first, beside):
            around = [place for place in places[max(0, start - 12) : end + 12] if place is not None]
            near = [beside] if beside is not None else held or around[len(around) // 2 :]
            first = self._nearest(digits, near[0], beside) if near else None
        if first is None:
            raise NotFoundError(f"{wanted[max(0, start - 20) : start]}[{digits}]")
        last = first + end - start
        self.claimed.update(range(first, last))
        return first, last

    def _far(self, place: int, beside: int | None) -> float:
        """How far above or below another text a char stands; 0 where that is one line."""
        if beside is None:
            return 0
        if self.spots[place].page != self.spots[beside].page:
            return 1e6
        apart = abs(self.spots[place].box[1] - self.spots[beside].box[1])
        return apart if apart > 12 else 0

    def _nearest(self, digits: str, near: int, beside: int | None) -> int | None:
        reach = 500 if beside is None else len(self.text)
        found = [
            place
            for place in self.all_of(digits)
            if abs(place - near) <= reach and self._free(place, digits)
        ]
        return min(
            found, key=lambda place: (self._far(place, beside), abs(place - near)), default=None
        )

    def _free(self, first: int, digits: str) -> bool:
        """Whether these digits stand here as a number of their own, not yet claimed."""
        last = first + len(digits)
        return (
            self.text.startswith(digits, first)
            and not (self.joined[first] and digits[0].isdigit())
            and not (last < len(self.text) and self.joined[last] and digits[-1].isdigit())
            and self.claimed.isdisjoint(range(first, last))
        )

    def all_of(self, wanted: str) -> list[int]:
        """Every place where a skeleton is printed without a break."""
        found, at = [], self.text.find(wanted)
        while at != -1:
            found.append(at)
            at = self.text.find(wanted, at + 1)
        return found

    def spot(self, first: int, end: int) -> Spot:
        """Page and box around a printed run; of a broken run the first page's part."""
        spots = [spot for spot in self.spots[first:end] if spot.page == self.spots[first].page]
        boxes = [spot.box for spot in spots]
        around = (
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )
        return Spot(spots[0].page, around)


def _displayed(
    page: pdfium.PdfPage, left: float, bottom: float, right: float, top: float
) -> tuple[float, float, float, float]:
    """A box in points from the top left of the page as it is displayed."""
    x0, y0, x1, y1 = page.get_cropbox()
    turn = page.get_rotation()
    if turn == 0:
        box = (left - x0, y1 - top, right - x0, y1 - bottom)
    elif turn == 90:
        box = (bottom - y0, left - x0, top - y0, right - x0)
    elif turn == 180:
        box = (x1 - right, bottom - y0, x1 - left, top - y0)
    else:
        box = (y1 - top, x1 - right, y1 - bottom, x1 - left)
    return round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)

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

__all__ = ["NotFound", "Printed", "Spot", "skeleton"]

_TO_ASCII = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


class NotFound(LookupError):
    """A marked text of the content is not on any page."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Page (from 1) and box (x0, top, x1, bottom) of a stretch of text."""

    page: int
    box: tuple[float, float, float, float]


def _kept(char: str) -> str:
    """The char as it is compared; empty for marks, vowels, blanks and punctuation."""
    if "ก" <= char <= "ฮ" or char.isascii() and char.isalnum():
        return char.lower()
    return char.translate(_TO_ASCII) if "๐" <= char <= "๙" else ""


def skeleton(text: str) -> str:
    """Consonants, digits (ASCII) and Latin letters of a text."""
    return "".join(map(_kept, text))


class Printed:
    """The characters of a PDF with their places, aligned with a text."""

    def __init__(self, path: Path) -> None:
        self.chars: list[str] = []
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

    def align(self, wanted: str) -> list[int | None]:
        """For each character of a skeleton the index of the printed one."""
        places: list[int | None] = [None] * len(wanted)
        for code in LCSseq.opcodes(wanted, self.text):
            if code.tag == "equal":
                for shift in range(code.src_end - code.src_start):
                    places[code.src_start + shift] = code.dest_start + shift
        return places

    def run(self, wanted: str, places: list[int | None], start: int, end: int) -> tuple[int, int]:
        """The unbroken printed run for wanted[start:end], near where it was aligned.

        A row that is cut by a page break is printed out of order: then the nearest run
        that no other marked text has claimed is taken.
        """
        held = [place for place in places[start:end] if place is not None]
        first = held[0] if len(held) == end - start else None
        if first is None or not self._free(first, wanted[start:end]):
            around = [place for place in places[max(0, start - 12) : end + 12] if place is not None]
            near = held or around[len(around) // 2 :]
            first = self._nearest(wanted[start:end], near[0]) if near else None
        if first is None:
            raise NotFound(f"{wanted[max(0, start - 20) : start]}[{wanted[start:end]}]")
        last = first + end - start
        self.claimed.update(range(first, last))
        return first, last

    def _free(self, first: int, digits: str) -> bool:
        whole = self.text.startswith(digits, first)
        return whole and self.claimed.isdisjoint(range(first, first + len(digits)))

    def _nearest(self, digits: str, near: int, reach: int = 500) -> int | None:
        found = []
        at = self.text.find(digits, max(0, near - reach))
        while at != -1 and at <= near + reach:
            if self._free(at, digits):
                found.append(at)
            at = self.text.find(digits, at + 1)
        return min(found, key=lambda place: abs(place - near), default=None)

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
    return tuple(round(value, 1) for value in box)  # type: ignore[return-value]

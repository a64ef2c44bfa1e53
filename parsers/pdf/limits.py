"""Bounds that keep one hostile or gigantic file from taking the machine."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may cost before it is refused or read in part.

    Beyond the limits of a document it is refused as `too-large`; beyond the limits of a page
    that page is kept without text and named in the problems of the document.

    Attributes:
        bytes: Size of the file.
        pages: Number of pages.
        stream_bytes: Size of one unpacked stream that is not a picture (a "zip bomb" unpacks
            a few kilobytes into gigabytes).
        page_bytes: Drawing instructions of one page, with all its form XObjects unfolded.
        side: Longest side of a page in points; ISO 32000 allows 14 400.
        chars: Characters of one page.
        objects: Drawn objects of one page, those inside form XObjects included.
        rules: Ruling lines of one page.
        segments: Path segments looked at on one page.
        depth: Form XObjects inside one another.
        remap_bytes: Size of a file up to which its glyph tables are put right (a copy of
            the file is made for that).
    """

    bytes: int = 200_000_000
    pages: int = 2_000
    stream_bytes: int = 48_000_000
    page_bytes: int = 24_000_000
    side: float = 50_000.0
    chars: int = 100_000
    objects: int = 300_000
    rules: int = 20_000
    segments: int = 200_000
    depth: int = 12
    remap_bytes: int = 60_000_000

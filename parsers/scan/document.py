"""The pages of a document that only their pictures tell, read from them.

What was read carries how sure that is; a score that is not sure enough is left empty, with
what it may be, for the arithmetic to choose from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from parsers.knowledge import places
from parsers.model import Box, Identity, Page, PageContent, Score
from parsers.text.digits import to_ascii

if TYPE_CHECKING:
    from parsers.scan.page import ScanPage, Word

__all__ = [
    "Words",
    "believed",
    "credible",
    "is_picture",
    "is_unread",
    "read_pictures",
    "why_unread",
]

Words = Mapping[int, "Sequence[Word]"]
"""What was read from pictures, by page number."""

MOST_PICTURES = 150
"""So many pages of a document are read from their pictures: it takes a second or two each."""

_NO_PICTURE = frozenset({"blank", "unreadable"})
_NO_PRINT = {"blank-page": "blank", "no-print": "no-print"}
"""Verdicts on pictures that hold nothing to read, and the page's own verdict for them."""
_NOTHING_TO_READ = frozenset({"blank", "no-print"})
_FAILED = "not-legible"


def is_picture(page: Page) -> bool:
    """Whether there is something on a page that only its picture tells."""
    return page.text_source == "none" and page.text_verdict not in {*_NO_PICTURE, "no-print"}


def is_unread(page: PageContent) -> bool:
    """Whether something of a page is missing: blank pages and photographs miss nothing."""
    return page.text_source == "none" and page.text_verdict not in _NOTHING_TO_READ


def why_unread(pages: Sequence[Page | PageContent]) -> str:
    """Why pages without text were not read from their pictures: a reason of a document."""
    tried = any(page.text_verdict == _FAILED for page in pages)
    return "ocr-failed" if tried else "ocr-unavailable"


def read_pictures(data: bytes, pages: Sequence[Page]) -> tuple[tuple[Page, ...], Words]:
    """Read the pages without usable text from their pictures.

    Returns:
        All pages. Those that were read have `text_source` `ocr` and keep the verdict on
        their text layer; the others say what hindered it: `not-legible`, or `blank` and
        `no-print` (a photograph), where there is nothing to read.
    """
    wanted = [page.number for page in pages if is_picture(page)][:MOST_PICTURES]
    if not wanted:
        return tuple(pages), {}
    try:
        # The networks and the library of pictures are large: only scans need them.
        from parsers.scan.page import read_scan
    except ImportError:
        return tuple(pages), {}
    found = {number: read_scan(data, number - 1) for number in wanted}
    read = tuple(
        _read(page, found[page.number]) if page.number in found else page for page in pages
    )
    return read, {number: scan.words for number, scan in found.items()}


def _read(page: Page, found: ScanPage) -> Page:
    if found.chars:
        chars, rules = found.chars, found.rules
        return replace(page, chars=chars, rules=rules, text_source="ocr", engine="reader")
    return replace(page, text_verdict=_NO_PRINT.get(found.verdict, _FAILED))


def credible(identity: Identity, pages: Sequence[Page]) -> Identity:
    """The identity without an agency whose name may be misread.

    In a document of pictures alone, a local agency is believed if its place is on the list.
    """
    agency = identity.agency
    if agency is None or any(page.text_source == "text" for page in pages):
        return identity
    if not any(page.engine == "reader" for page in pages) or _is_listed(agency.name):
        return identity
    return replace(identity, agency=None)


def _is_listed(name: str) -> bool:
    """Whether a name ends with that of a tambon, a district or a province."""
    plain = "".join(name.split())
    ends = [plain[at:] for at in range(len(plain) - 1)]
    return any(places.tambons(end) or places.districts(end) or places.province(end) for end in ends)


def believed(scores: Sequence[Score], words: Words) -> list[Score]:
    """The scores with the confidence of what they were read from; unsure ones left empty."""
    return [_believed(score, words.get(score.page, ())) for score in scores]


def _believed(score: Score, words: Sequence[Word]) -> Score:
    word = _word_at(score.box, words)
    if word is None:
        return score
    if word.is_sure or score.value is None:
        return replace(score, confidence=min(score.confidence, word.confidence))
    return replace(
        score,
        value=None,
        value_rule="unread",
        confidence=word.confidence,
        readings=_values([word.text, *(text for text, _ in word.others)]),
    )


def _word_at(box: Box, words: Sequence[Word]) -> Word | None:
    """The word that stands in the middle of a box; of several the least sure one."""
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    there = [w for w in words if w.box.x0 <= x <= w.box.x1 and w.box.top <= y <= w.box.bottom]
    return min(there, key=lambda word: word.confidence, default=None)


def _values(texts: Sequence[str]) -> tuple[Decimal, ...]:
    values: list[Decimal] = []
    for text in texts:
        try:
            value = Decimal(to_ascii(text).strip(" %()"))
        except InvalidOperation:
            continue
        if value.is_finite() and value not in values:
            values.append(value)
    return tuple(values)

"""The pages of a document that only their pictures tell, read from them.

What was read carries how sure that is; a score that is not sure enough is left empty, with
what it may be, for the arithmetic to choose from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from parsers.model import Box, Page, Score
from parsers.scan.page import ScanPage, Word, read_scan
from parsers.text.digits import to_ascii

__all__ = ["Words", "believed", "read_pictures"]

Words = Mapping[int, Sequence[Word]]
"""What was read from pictures, by page number."""

_NO_PICTURE = frozenset({"blank", "unreadable"})


def read_pictures(data: bytes, pages: Sequence[Page]) -> tuple[tuple[Page, ...], Words]:
    """Read the pages without usable text from their pictures.

    Returns:
        All pages; those that were read have `text_source` `ocr` and keep the verdict on
        their text layer.
    """
    read: list[Page] = []
    words: dict[int, Sequence[Word]] = {}
    for page in pages:
        if page.text_source != "none" or page.text_verdict in _NO_PICTURE:
            read.append(page)
            continue
        found = read_scan(data, page.number - 1)
        read.append(_read(page, found))
        words[page.number] = found.words
    return tuple(read), words


def _read(page: Page, found: ScanPage) -> Page:
    if not found.chars:
        return page
    return replace(page, chars=found.chars, rules=found.rules, text_source="ocr", engine="reader")


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

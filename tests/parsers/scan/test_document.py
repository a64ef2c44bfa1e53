"""Pages read from their pictures: which are, and how sure their scores are."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.model import Box, Char, Page, Score, TextSource
from parsers.scan import page
from parsers.scan.document import believed, read_pictures
from parsers.scan.page import ScanPage, Word

CELL = Box(100.0, 50.0, 140.0, 62.0)


def page_at(number: int, source: TextSource, verdict: str) -> Page:
    return Page(number, 595.0, 842.0, (), (), (), source, verdict, "pdfium")


def score_of(value: str | None, *, page: int = 1) -> Score:
    return Score(
        score_id="",
        year_be=2568,
        level="indicator",
        code="1",
        code_printed="1",
        code_rule="",
        label_printed="",
        value=None if value is None else Decimal(value),
        value_printed=value or "",
        value_rule="",
        scale="percent",
        place="table",
        page=page,
        box=CELL,
        table_no=1,
        row_no=1,
        text_source="ocr",
        confidence=1.0,
    )


def word_of(text: str, confidence: float, *others: tuple[str, float]) -> Word:
    return Word(CELL, text, confidence, others, is_sure=confidence >= 0.9)


def test_a_sure_score_stays_and_says_how_sure_it_is():
    (score,) = believed([score_of("88.41")], {1: [word_of("88.41", 0.97)]})
    assert score.value == Decimal("88.41")
    assert score.confidence == 0.97
    assert score.readings == ()


def test_an_unsure_score_is_left_empty_with_what_it_may_be():
    """The arithmetic chooses between the readings if it can; nobody else does."""
    word = word_of("๘๘.๔๑", 0.6, ("๘๖.๔๑", 0.3), ("88.41", 0.02), ("x", 0.01))
    (score,) = believed([score_of("88.41")], {1: [word]})
    assert score.value is None
    assert score.value_rule == "unread"
    assert score.value_printed == "88.41"
    assert score.confidence == 0.6
    assert score.readings == (Decimal("88.41"), Decimal("86.41"))


def test_readings_that_are_no_number_are_none():
    word = word_of("(๙๐ %)", 0.6, ("NaN", 0.1), ("-", 0.1), ("", 0.1))
    (score,) = believed([score_of("90")], {1: [word]})
    assert score.readings == (Decimal(90),)


def test_a_dash_stays_empty_for_its_own_reason():
    (score,) = believed([score_of(None)], {1: [word_of("-", 0.95)]})
    assert score.value is None
    assert score.value_rule == ""


def test_a_score_of_another_page_or_place_is_left_alone():
    elsewhere = Word(Box(100, 70, 140, 82), "1", 0.1, (), is_sure=False)
    score = score_of("88.41")
    assert believed([score], {1: [elsewhere], 2: [word_of("1", 0.1)]}) == [score]


def test_of_several_words_at_a_place_the_least_sure_one_counts():
    words = [word_of("88.41", 0.99), word_of("88.41", 0.5)]
    (score,) = believed([score_of("88.41")], {1: words})
    assert score.value is None


def test_only_pages_without_text_are_read_from_their_pictures(monkeypatch: pytest.MonkeyPatch):
    asked: list[int] = []
    char = Char("๙", 1, 1, 5, 9, 1, 8, 12, 0)

    def read_scan(data: bytes, index: int) -> ScanPage:
        asked.append(index)
        verdict, chars = ("good", (char,)) if index == 2 else ("photo", ())
        return ScanPage(chars, (), (word_of("๙", 1.0),), verdict)

    monkeypatch.setattr(page, "read_scan", read_scan)
    pages = [
        page_at(1, "text", "good"),
        page_at(2, "none", "blank"),
        page_at(3, "none", "no-text"),
        page_at(4, "none", "no-text"),
        page_at(5, "none", "unreadable"),
    ]
    read, words = read_pictures(b"", pages)
    assert asked == [2, 3]
    assert [page.text_source for page in read] == ["text", "none", "ocr", "none", "none"]
    assert read[2].chars == (char,)
    assert [page.text_verdict for page in read[2:4]] == ["no-text", "not-legible"]
    assert [word.text for word in words[3]] == ["๙"]

"""Levels and pass marks against the scores."""

from __future__ import annotations

from decimal import Decimal

import pytest
from audit_reports import rating, report, score, table, without_slips

from parsers.knowledge.catalogue import catalogue
from parsers.model import Rating, Score
from pipeline.audit import Finding, audit, recompute
from pipeline.audit.interval import printed_interval
from pipeline.audit.rules.ratings import possible_levels


def _findings(
    scores: list[Score], ratings: list[Rating], year_be: int = 2568
) -> tuple[Finding, ...]:
    held = report(scores, ratings, year_be=year_be)
    return audit(held, recompute(held))


def _levels(year_be: int, **known: str) -> list[str]:
    year = catalogue(year_be)
    assert year is not None
    scores = {code: printed_interval(Decimal(value)) for code, value in known.items()}
    return possible_levels(year.rating_levels, scores)


@pytest.mark.parametrize(
    ("total", "level"),
    [
        ("96.10", "AA"),
        ("94.99", "A"),
        ("85.01", "A"),
        ("84.99", "B"),
        ("50.01", "E"),
        ("12.00", "F"),
    ],
)
def test_letters_follow_from_the_total_alone(total: str, level: str) -> None:
    assert _levels(2564, ITA=total) == [level]


@pytest.mark.parametrize(
    ("known", "levels"),
    [
        # Lamphun FY2568: a total of 90.14 with an OIT of 82.50 is no more than ผ่าน
        ({"ITA": "90.14", "IIT": "94.47", "EIT": "96.01", "OIT": "82.50"}, ["ผ่าน"]),
        # both parts of the EIT are needed for more
        ({"ITA": "93.00", "IIT": "95.00", "EIT": "90.00", "OIT": "94.00"}, ["ผ่านดี", "ผ่าน"]),
        ({"ITA": "97.90", "IIT": "96.00", "EIT1": "99.00", "EIT2": "93.00", "OIT": "99"}, ["ผ่านดี"]),
        (
            {"ITA": "97.90", "IIT": "96.00", "EIT1": "99.00", "EIT2": "97.00", "OIT": "99"},
            ["ผ่านดีเยี่ยม"],
        ),
        # a mean below the mark means one part below it
        ({"ITA": "88.00", "IIT": "95.00", "EIT": "84.00", "OIT": "86.00"}, ["ผ่าน"]),
        ({"ITA": "78.41", "IIT": "92.55", "OIT": "61.88"}, ["ต้องปรับปรุง"]),
        ({"ITA": "69.98"}, ["ต้องปรับปรุงโดยด่วน"]),
        # rounding decides
        ({"ITA": "70.00"}, ["ต้องปรับปรุง", "ต้องปรับปรุงโดยด่วน"]),
    ],
)
def test_words_follow_from_total_and_instruments(known: dict[str, str], levels: list[str]) -> None:
    assert _levels(2568, **known) == levels


LAMPHUN = {"IIT": "94.47", "EIT": "96.01", "OIT": "82.50", "ITA": "90.14"}


def test_a_level_that_the_instruments_forbid() -> None:
    (found,) = _findings(table(LAMPHUN), [rating("ผ่านดี")])

    assert (found.rule, found.severity, found.code) == ("level-differs", "error", "ITA")
    assert (found.printed, found.expected, found.page) == ("ผ่านดี", "ผ่าน", 2)
    assert "OIT 82.50" in found.message_th and "“ผ่าน”" in found.message_en


def test_weighted_instruments_forbid_it_too() -> None:
    """A table of agencies prints shares of 30, 30 and 40 only."""
    shares = {"IIT": "28.34", "EIT": "28.80", "OIT": "33.00"}
    scores = [score(c, v, scale="weighted", agency="อบต.หนึ่ง", row_no=1) for c, v in shares.items()]
    scores.append(score("ITA", "90.14", agency="อบต.หนึ่ง", row_no=1))
    words = [rating("ผ่านดี", agency="อบต.หนึ่ง", table_no=1, row_no=1)]

    assert [f.rule for f in _findings(scores, words)] == ["level-differs"]


def test_instruments_are_computed_where_they_are_not_printed() -> None:
    values = {str(n): "94.00" for n in range(1, 11)} | {"9": "65.00", "ITA": "88.20"}

    assert [f.rule for f in _findings(table(values), [rating("ผ่านดี")])] == ["level-differs"]
    assert _findings(table(values), [rating("ผ่าน")]) == ()


def test_a_level_is_judged_by_the_computed_total_where_none_is_printed() -> None:
    values = {str(n): "78.00" for n in range(1, 11)}
    (found,) = _findings(table(values), [rating("ผ่าน")])

    assert (found.rule, found.expected) == ("level-differs", "ต้องปรับปรุง")
    assert "ITA 78.00" in found.message_en


def test_a_wrong_total_is_not_also_a_wrong_level() -> None:
    """The level follows from the right total: one fault, one finding."""
    values = {str(n): "78.00" for n in range(1, 11)} | {"ITA": "87.00"}

    found = without_slips(_findings(table(values), [rating("ต้องปรับปรุง")]))

    assert [f.rule for f in found] == ["total-differs"]


def test_a_memo_with_another_total_does_not_make_the_level_wrong() -> None:
    scores = [*table({"ITA": "78.41"}), score("ITA", "87.41", place="sentence", page=2)]

    for word in ("ต้องปรับปรุง", "ผ่าน"):
        assert [f.rule for f in _findings(scores, [rating(word)])] == ["printed-twice-differs"]


def test_a_table_of_all_levels_is_the_scale() -> None:
    words = ["ผ่านดีเยี่ยม", "ผ่านดี", "ผ่าน", "ต้องปรับปรุง"]
    scale = [rating(word, table_no=7, row_no=row) for row, word in enumerate(words)]

    assert _findings(table(LAMPHUN), scale) == ()


def test_a_level_of_another_scale_is_left_to_its_own_rule() -> None:
    found = _findings(table(LAMPHUN), [rating("A")])

    assert [f.rule for f in found] == ["level-of-other-scale"]


def test_without_a_total_no_level_is_judged() -> None:
    assert _findings(table({"OIT": "40.00"}), [rating("ผ่านดี")]) == ()


# ---- pass-differs ---------------------------------------------------------------------------


def _mark(word: str, code: str) -> Rating:
    printed = {"pass": "ผ่านเกณฑ์", "fail": "ไม่ผ่านเกณฑ์"}[word]
    return rating(word, kind="pass", code=code, printed=printed, table_no=1, row_no=1)


@pytest.mark.parametrize(
    ("value", "word", "wrong"),
    [
        ("84.85", "fail", False),
        ("84.85", "pass", True),
        ("85.61", "pass", False),
        ("85.61", "fail", True),
        ("85.00", "pass", False),
        ("85", "fail", False),  # rounded to whole points: nobody knows
    ],
)
def test_pass_marks(value: str, word: str, wrong: bool) -> None:
    found = _findings([score("7", value, row_no=1)], [_mark(word, "7")])

    assert [(f.rule, f.severity, f.code) for f in found] == (
        [("pass-differs", "error", "7")] if wrong else []
    )


def test_a_pass_mark_says_what_it_should_be() -> None:
    (found,) = _findings([score("7", "84.85", row_no=1)], [_mark("pass", "7")])

    assert (found.printed, found.expected) == ("ผ่านเกณฑ์", "ไม่ผ่านเกณฑ์")
    assert "คะแนน 84.85 ต่ำกว่าเกณฑ์ 85.00" in found.message_th


def test_a_pass_mark_that_fits_the_right_score_is_no_second_fault() -> None:
    """Indicator 1 is misprinted as 90.00; its questions give 80.00, and so does the mark."""
    scores = table({"1": "90.00", "i1": "80.00", "i2": "70.00", "i3": "90.00"})

    found = without_slips(_findings(scores, [_mark("fail", "1")]))

    assert [f.rule for f in found] == ["indicator-differs"]


# ---- borderline -----------------------------------------------------------------------------


def test_a_total_on_a_threshold_is_noted() -> None:
    (found,) = _findings(table({"ITA": "85.00"}), [rating("ต้องปรับปรุง")])

    assert (found.rule, found.severity, found.code) == ("borderline", "note", "ITA")


def test_an_instrument_on_a_threshold_is_noted_where_it_decides() -> None:
    deciding = {"IIT": "94.47", "EIT": "96.01", "OIT": "85.00", "ITA": "91.14"}
    decided = {**deciding, "IIT": "80.00"}

    assert [(f.rule, f.code) for f in _findings(table(deciding), [])] == [("borderline", "OIT")]
    assert "borderline" not in [f.rule for f in _findings(table(decided), [])]


@pytest.mark.parametrize("value", ["85", "84.99", "85.01"])
def test_beside_the_threshold_nothing_is_noted(value: str) -> None:
    assert _findings(table({"ITA": value}), []) == ()

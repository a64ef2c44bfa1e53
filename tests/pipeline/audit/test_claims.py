"""Sentences held against the scores: ranges, extremes, passes, counts, shares, pass marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from audit_reports import report, score, table
from audit_years import printed_report, true_scores
from hypothesis import given, settings
from hypothesis import strategies as st
from support import stream_from

from parsers.model import Claim, Report, Score
from parsers.reading.claims import read_claims
from parsers.reading.sentences import read_sentences
from pipeline.audit import Finding, audit, recompute

YEAR = 2568
VALUES = "92.68 95.98 98.84 90.76 94.09 97.18 84.62 95.24 65.00 100.00"
INDICATORS = {str(n): value for n, value in enumerate(VALUES.split(), start=1)}
QUESTIONS = {f"i{n}": "100" for n in range(1, 16)} | {"i8": "90.00", "i10": "1.29"}


def _told(text: str, scores: Sequence[Score], *, page: int = 2) -> Report:
    """A report with a table of scores and a text whose sentences are read as ever."""
    stream = stream_from(text, page=page)
    told, _ = read_sentences(stream, year_be=YEAR)
    held = report([*scores, *told])
    return replace(held, claims=read_claims([], stream, held.scores, year_be=YEAR))


def _findings(held: Report) -> list[Finding]:
    return [f for f in audit(held, recompute(held)) if f.rule != "borderline"]


def _brief(text: str, scores: Sequence[Score] = ()) -> list[tuple[str, str]]:
    return [(f.rule, f.code) for f in _findings(_told(text, scores or table(INDICATORS)))]


# ---- ranges -----------------------------------------------------------------------------------


def test_a_range_that_the_table_gives_otherwise_is_one_finding_of_the_sentence() -> None:
    (found,) = _findings(_told("ข้อ i๗ ถึง i๙ ได้ ๑๐๐ คะแนน", table(QUESTIONS)))

    assert (found.rule, found.severity, found.code) == ("claim-differs", "error", "i8")
    assert (found.printed, found.expected, found.page) == ("100", "90.00", 2)
    assert "question i8 has 90.00 (page 1)" in found.message_en
    assert "ข้อ i8 ได้ 90.00 (หน้า 1)" in found.message_th


def test_a_range_wrong_in_two_codes_is_still_one_finding() -> None:
    (found,) = _findings(_told("ข้อ i๗ ถึง i๑๐ ได้ ๑๐๐ คะแนน", table(QUESTIONS)))

    assert "question i8 has 90.00" in found.message_en
    assert "question i10 has 1.29" in found.message_en


def test_the_same_wrong_sentence_again_is_the_same_fault() -> None:
    text = "ข้อ i๗ ถึง i๙ ได้ ๑๐๐ คะแนน\n\nตามข้อ i๗ ถึง i๙ ได้ ๑๐๐ คะแนน"

    assert _brief(text, table(QUESTIONS)) == [("claim-differs", "i8")]


def test_a_range_wrong_throughout_is_found_though_its_scores_stand_apart() -> None:
    """Sentences that contradict a table in most codes are taken for something else's scores."""
    (found,) = _findings(_told("ข้อ i๑ ถึง i๗ ได้ ๕๐ คะแนน", table(QUESTIONS)))

    assert (found.rule, found.code, found.printed, found.expected) == (
        "claim-differs",
        "i1",
        "50",
        "100.00",
    )


def test_a_sentence_about_one_score_is_that_score_printed_twice() -> None:
    assert _brief("ข้อ i๘ ได้ ๑๐๐ คะแนน", table(QUESTIONS)) == [("printed-twice-differs", "i8")]


def test_a_range_borne_out_by_a_sentence_of_its_own_leaves_the_table_in_doubt() -> None:
    text = "ข้อ i๗ ถึง i๙ ได้ ๑๐๐ คะแนน\n\nข้อ i๘ ได้ ๑๐๐ คะแนน"

    assert _brief(text, table(QUESTIONS)) == [("printed-twice-differs", "i8")]


def test_a_range_borne_out_by_the_arithmetic_leaves_the_table_in_doubt() -> None:
    """i8 must be 100 for indicator 3 to be 100: the cell is wrong, not the sentence."""
    scores = table({"i7": "100", "i8": "90.00", "i9": "100", "3": "100.00"})

    assert _brief("ข้อ i๗ ถึง i๙ ได้ ๑๐๐ คะแนน", scores) == [("printed-twice-differs", "i8")]


def test_a_sentence_with_codes_that_the_table_s_titles_correct_may_mean_either() -> None:
    """The table prints o7 beside the title of o5; which one the sentence means is not known."""
    scores = [
        score("o5", "0.00", row_no=1, code_printed="o7", code_rule="title"),
        *table({"o8": "100", "o9": "100", "o10": "100"}),
    ]

    assert _brief("ข้อ o7 ถึง o10 ได้ ๕๐ คะแนน", scores) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ตัวชี้วัดที่ ๓ และ ๑๐ ได้ ๑๐๐ คะแนน", "3"),
        ("ตัวชี้วัดที่ 3 และ 10 ได้คะแนนเต็ม", "3"),
        ("ตัวชี้วัดที่ 1, 2 และ 3 ได้ 92.68, 98.95 และ 98.84 คะแนน ตามลำดับ", "2"),
    ],
)
def test_lists_of_indicators_are_held_against_the_table(text: str, code: str) -> None:
    assert _brief(text) == [("claim-differs", code)]


# ---- the highest and the lowest -----------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "ตัวชี้วัดที่ได้คะแนนสูงสุด คือ ตัวชี้วัดที่ ๑๐ การป้องกันการทุจริต",
        "ตัวชี้วัดที่ได้คะแนนต่ำสุด คือ การเปิดเผยข้อมูล",
        "ตัวชี้วัดที่ได้คะแนนสูงสุด ๓ ลำดับแรก ได้แก่ ตัวชี้วัดที่ ๑๐ ตัวชี้วัดที่ ๓ และตัวชี้วัดที่ ๖",
        "แบบวัด IIT ตัวชี้วัดที่ได้คะแนนสูงสุด คือ การใช้อำนาจ",
        "ผลของแบบวัด EIT\n\nตัวชี้วัดที่ได้คะแนนสูงสุด คือ คุณภาพการดำเนินงาน",
        "ตัวชี้วัดที่ได้คะแนนสูงสุดในปี ๒๕๖๖ คือ ตัวชี้วัดที่ ๑",
    ],
)
def test_true_extremes_are_silent(text: str) -> None:
    assert _brief(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ตัวชี้วัดที่ได้คะแนนสูงสุด คือ ตัวชี้วัดที่ ๓ การใช้อำนาจ", "3"),
        ("ตัวชี้วัดที่ได้คะแนนต่ำสุด คือ ประสิทธิภาพการสื่อสาร", "7"),
        ("แบบวัด IIT ตัวชี้วัดที่ได้คะแนนสูงสุด คือ การใช้งบประมาณ", "2"),
        ("ผลของแบบวัด EIT\n\nตัวชี้วัดที่ได้คะแนนสูงสุด คือ การปรับปรุงการทำงาน", "8"),
        ("ตัวชี้วัดที่ได้คะแนนสูงสุด คือ การป้องกันการทุจริต รองลงมา คือ การใช้งบประมาณ", "2"),
        ("EIT มีคะแนนสูงสุด", "EIT"),
    ],
)
def test_false_extremes_are_errors(text: str, code: str) -> None:
    assert _brief(text) == [("claim-differs", code)]


def test_the_message_names_what_is_higher_and_where() -> None:
    text = "ตัวชี้วัดที่ได้คะแนนสูงสุด คือ ตัวชี้วัดที่ ๓ การใช้อำนาจ"
    (found,) = _findings(_told(text, table(INDICATORS)))

    assert "indicator 10 has 100.00 (page 1), above indicator 3 has 98.84" in found.message_en
    assert len(found.evidence) == 2


def test_of_two_equal_scores_each_is_the_highest() -> None:
    assert _brief("ตัวชี้วัดที่ได้คะแนนสูงสุด คือ การใช้อำนาจ", table({"3": "100", "10": "100.00"})) == []


def test_a_claim_that_fits_the_right_value_of_a_wrong_cell_is_no_second_fault() -> None:
    """Indicator 4 is 67.10 by its questions; the table's 97.10 makes it the highest."""
    questions = {f"i{n}": "100" for n in (10, 11)} | {"i12": "1.29"}
    scores = table({**INDICATORS, "4": "97.10", "3": "95.00", **questions})
    text = "แบบวัด IIT ตัวชี้วัดที่ได้คะแนนสูงสุด คือ การใช้งบประมาณ"

    assert [rule for rule, _ in _brief(text, scores)] == ["indicator-differs", "single-digit"]


def test_instruments_that_are_not_printed_are_computed() -> None:
    text = "OIT มีคะแนนต่ำสุด"

    assert _brief(text) == []
    assert _brief(text.replace("OIT", "IIT")) == [("claim-differs", "IIT")]


# ---- passed and failed -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "ผ่านเกณฑ์ จำนวน ๘ ตัวชี้วัด ไม่ผ่านเกณฑ์ จำนวน ๒ ตัวชี้วัด ได้แก่ ตัวชี้วัดที่ ๗ และ ๙",
        "มีคะแนนต่ำกว่าร้อยละ ๙๐ จำนวน ๒ ตัวชี้วัด",
        "แบบวัด IIT ผ่านเกณฑ์ทุกตัวชี้วัด",
        "ผลของแบบวัด IIT\n\nผ่านเกณฑ์ทุกตัวชี้วัด",
        "ตัวชี้วัดที่ ๑ ถึง ๖ ผ่านเกณฑ์",
        "ผ่านเกณฑ์ ๘ ตัวชี้วัด จากทั้งหมด ๑๐ ตัวชี้วัด",
        "มีหน่วยงานผ่านเกณฑ์ จำนวน ๕๒ หน่วยงาน จากทั้งหมด ๗๓ หน่วยงาน",
    ],
)
def test_true_passes_are_silent(text: str) -> None:
    assert _brief(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("หน่วยงานผ่านเกณฑ์ทุกตัวชี้วัด", "7"),
        ("ทุกตัวชี้วัดมีคะแนนมากกว่า 60 คะแนน และทุกตัวชี้วัดมีคะแนนมากกว่า 80 คะแนน", "9"),
        ("ตัวชี้วัดที่ไม่ผ่านเกณฑ์ ได้แก่ ตัวชี้วัดที่ ๗ และตัวชี้วัดที่ ๘", "8"),
        ("ตัวชี้วัดที่ ๖ ถึง ๘ ผ่านเกณฑ์", "7"),
        ("ผ่านเกณฑ์ จำนวน ๙ ตัวชี้วัด", ""),
        ("ไม่ผ่านเกณฑ์ จำนวน ๓ ตัวชี้วัด", ""),
        ("ได้คะแนนต่ำกว่า ๘๕ คะแนน จำนวน ๑ ตัวชี้วัด", ""),
    ],
)
def test_false_passes_are_errors(text: str, code: str) -> None:
    assert _brief(text) == [("claim-differs", code)]


def test_the_message_of_a_count_names_those_that_are_counted() -> None:
    (found,) = _findings(_told("ไม่ผ่านเกณฑ์ จำนวน ๓ ตัวชี้วัด", table(INDICATORS)))

    assert (found.printed, found.expected) == ("3", "2")
    assert "indicator 7 has 84.62 (page 1), indicator 9 has 65.00" in found.message_en


def test_a_count_is_left_where_an_indicator_is_missing() -> None:
    scores = table({code: value for code, value in INDICATORS.items() if code != "8"})

    assert _brief("ผ่านเกณฑ์ จำนวน ๙ ตัวชี้วัด", scores) == []


def test_a_score_on_the_mark_fits_both_counts() -> None:
    scores = table({**INDICATORS, "7": "85.00"})

    assert _brief("ผ่านเกณฑ์ จำนวน ๙ ตัวชี้วัด", scores) == []
    assert _brief("ผ่านเกณฑ์ จำนวน ๘ ตัวชี้วัด", scores) == []


def test_the_text_s_own_mark_may_be_meant() -> None:
    """The mark itself is spoken of; the count that follows from it is no second fault."""
    text = "เกณฑ์การผ่านการประเมิน ITA คือ ๘๐ คะแนนขึ้นไป\n\nผ่านเกณฑ์ จำนวน ๙ ตัวชี้วัด"

    assert _brief(text) == [("threshold-differs", "")]


def test_agencies_that_passed_are_counted_where_the_document_lists_them_all() -> None:
    totals = ["90.00", "84.00", "95.00", "70.00"]
    scores = [
        score("ITA", value, row_no=row, agency=f"อบต.{row}")
        for row, value in enumerate(totals, start=1)
    ]
    text = "ผ่านเกณฑ์ จำนวน ๓ หน่วยงาน จากทั้งหมด ๔ หน่วยงาน"
    (found,) = _findings(_told(text, scores))

    assert (found.rule, found.printed, found.expected) == ("claim-differs", "3", "2")
    assert _brief(text.replace("๓", "๒"), scores) == []
    assert _brief(text.replace("๔", "๗๓"), scores) == []


# ---- another year -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("คะแนนภาพรวม ๙๒.๑๐ คะแนน เพิ่มขึ้นจากปี ๒๕๖๗ จำนวน ๐.๘๖ คะแนน", []),
        ("คะแนนภาพรวม ๙๒.๑๐ คะแนน เพิ่มขึ้นจากปี ๒๕๖๗ จำนวน ๐.๙ คะแนน", []),
        ("คะแนนภาพรวม ๙๒.๑๐ คะแนน เพิ่มขึ้น ๐.๘๖ คะแนน จากปีที่ผ่านมา", []),
        ("คะแนนภาพรวม ๙๒.๑๐ คะแนน เพิ่มขึ้นจากปี ๒๕๖๗ ที่ได้ ๙๑.๒๔ คะแนน", []),
        ("คะแนนภาพรวม ๙๒.๑๐ คะแนน เพิ่มขึ้นจากปี ๒๕๖๖ จำนวน ๕.๐๐ คะแนน", []),
        ("คะแนนภาพรวม ๙๒.๑๐ คะแนน เพิ่มขึ้นจากปี ๒๕๖๗ จำนวน ๑.๘๖ คะแนน", ["+1.86"]),
        ("คะแนนภาพรวม ๙๒.๑๐ คะแนน ลดลงจากปี ๒๕๖๗ จำนวน ๐.๘๖ คะแนน", ["-0.86"]),
    ],
)
def test_a_difference_between_two_years(text: str, expected: list[str]) -> None:
    scores = [*table({"ITA": "92.10"}), *table({"ITA": "91.24"}, table_no=2, year_be=2567)]
    found = _findings(_told(text, scores))

    assert [f.printed for f in found] == expected
    assert all((f.rule, f.expected, f.code) == ("claim-differs", "+0.86", "ITA") for f in found)


# ---- shares and marks --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("ผู้ตอบ ๓๑ คน จากทั้งหมด ๔๐ คน คิดเป็นร้อยละ {}", ["๗๗.๕๐", "๗๗.๕", "๗๘", "๗๗"]),
        ("ผ่าน ๔๕๙ แห่ง จาก ๘๗๙ แห่ง คิดเป็นร้อยละ {}", ["๕๒.๒๒", "๕๒.๒๑", "๕๒"]),
    ],
)
def test_a_share_may_be_rounded_in_its_last_digit(text: str, right: list[str]) -> None:
    for percent in right:
        assert _brief(text.format(percent)) == []
    assert _brief(text.format("๗๙.๕๐")) == [("count-percent-differs", "")]


def test_the_finding_of_a_share_names_the_right_one() -> None:
    (found,) = _findings(_told("ผู้ตอบ ๓๑ คน จาก ๔๐ คน คิดเป็นร้อยละ ๘๗.๕๐", table(INDICATORS)))

    assert (found.severity, found.printed, found.expected) == ("warning", "87.50", "77.50")
    assert (found.level, found.year_be, found.page) == (None, YEAR, 2)


def test_another_pass_mark_than_the_year_s_is_a_warning_once() -> None:
    text = "ITA ผ่านเกณฑ์ (๘๘ คะแนนขึ้นไป)\n\nITA ผ่านเกณฑ์ (๘๘ คะแนนขึ้นไป) หรือ ผ่านเกณฑ์ (๘๕ คะแนนขึ้นไป)"
    (found,) = _findings(_told(text, table(INDICATORS)))

    assert (found.rule, found.severity) == ("threshold-differs", "warning")
    assert (found.printed, found.expected) == ("88", "85.00")


# ---- consistent reports --------------------------------------------------------------------------


def _sentences(values: dict[str, str]) -> str:
    """True sentences about the ten indicators, as reports put them."""
    ranked = sorted(values, key=lambda code: float(values[code]))
    failed = [code for code in values if float(values[code]) < 85]
    lines = [
        f"ตัวชี้วัดที่ได้คะแนนสูงสุด คือ ตัวชี้วัดที่ {ranked[-1]} ได้ {values[ranked[-1]]} คะแนน",
        f"รองลงมา คือ ตัวชี้วัดที่ {ranked[-2]}",
        f"ตัวชี้วัดที่ได้คะแนนต่ำสุด คือ ตัวชี้วัดที่ {ranked[0]} ได้ {values[ranked[0]]} คะแนน",
        f"ผ่านเกณฑ์ จำนวน {10 - len(failed)} ตัวชี้วัด",
    ]
    if failed:
        lines.append(f"ตัวชี้วัดที่ไม่ผ่านเกณฑ์ ได้แก่ ตัวชี้วัดที่ {' และ '.join(failed)}")
    return "\n".join(lines)


def _with_claims(held: Report, text: str) -> Report:
    claims: tuple[Claim, ...] = read_claims([], stream_from(text, page=7), [], year_be=2568)
    return replace(held, claims=claims)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_true_sentences_about_a_consistent_report_are_silent(seed: int) -> None:
    truth = true_scores(YEAR, Random(seed))
    values = {str(n): truth.printed(str(n)) for n in range(1, 11)}
    held = _with_claims(printed_report(truth), _sentences(values))

    assert len(held.claims) >= 4
    assert _findings(held) == []


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_exchanging_the_highest_and_lowest_is_found(seed: int) -> None:
    truth = true_scores(YEAR, Random(seed))
    values = {str(n): truth.printed(str(n)) for n in range(1, 11)}
    text = _sentences(values).replace("สูงสุด", "~").replace("ต่ำสุด", "สูงสุด").replace("~", "ต่ำสุด")
    rules = {f.rule for f in _findings(_with_claims(printed_report(truth), text))}

    assert rules == ({"claim-differs"} if len(set(values.values())) > 1 else set())

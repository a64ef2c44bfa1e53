"""What sentences say about several scores."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support import grid_of, passage_of, stream_from

from parsers.errors import DataTableError
from parsers.knowledge import claimwords
from parsers.model import Claim
from parsers.reading.claims import read_claims
from parsers.reading.columns import lay_out
from parsers.reading.listings import read_listing
from parsers.reading.sentences import read_sentences
from parsers.reading.shares import announced_rows

YEAR = 2568


def _claims(text: str) -> list[Claim]:
    stream = stream_from(text)
    told, _ = read_sentences(stream, year_be=YEAR)
    scores = [replace(score, score_id=f"s{number}") for number, score in enumerate(told)]
    return list(read_claims([], stream, scores, year_be=YEAR))


def _brief(text: str) -> list[tuple[str, ...]]:
    return [(c.kind, " ".join(c.codes), " ".join(map(str, c.values))) for c in _claims(text)]


# ---- lists ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ตัวชี้วัดที่ 1, 2 และ 5 ผ่าน", "1 2 5"),
        ("ตัวชี้วัดที่ 7 9 และ 10", "7 9 10"),
        ("ตัวชี้วัดที่ 1 ถึง 3 และ 8", "1 2 3 8"),
        ("1) การใช้อำนาจ 2) การเปิดเผยข้อมูล", "3 9"),
        ("ด้านการใช้อำนาจ (98.84) และด้านการใช้งบประมาณ (95.98)", "3 2"),
        ("ตัวชี้วัดที่ 5 การใช้ทรัพย์สินของทางราชการ", "4"),
        ("i7 ถึง i9 และ i12", "i7 i8 i9 i12"),
        ("IIT และ EIT ส่วนที่ 1", "IIT EIT1"),
        ("ตัวชี้วัดที่ 9.1 และ 9.3", "9.1 9.3"),
    ],
)
def test_a_list_gives_its_codes(text: str, codes: str) -> None:
    found = read_listing(text, 0)

    assert found is not None
    assert " ".join(found.codes) == codes


@pytest.mark.parametrize("text", ["98.84 คะแนน", "การเปิดเผยข้อมูลข่าวสาร", "ตัวชี้วัดที่ 1 และ i3", "ข้อ 3"])
def test_what_is_no_list_of_one_level_gives_none(text: str) -> None:
    assert read_listing(text, 0) is None


# ---- ranges -----------------------------------------------------------------------------------


def test_a_range_keeps_the_scores_that_its_sentence_prints() -> None:
    (claim,) = _claims("ข้อตัวชี้วัด i๗ ถึง i๙ ได้ ๑๐๐ คะแนน")

    assert (claim.kind, claim.codes, claim.scores) == (
        "each",
        ("i7", "i8", "i9"),
        ("s0", "s1", "s2"),
    )


@pytest.mark.parametrize(
    ("text", "codes", "values"),
    [
        ("i๒ และ i๓ ได้คะแนน ๑๐๐ คะแนน", "i2 i3", "100"),
        ("e๔ e๕ และ e๖ ได้ ๘๒.๘๖ ๘๑.๙๐ และ ๘๙.๕๒ คะแนน ตามลำดับ", "e4 e5 e6", "82.86 81.90 89.52"),
        ("ข้อ i๗ ถึง i๙ ได้คะแนนเต็มทุกข้อ", "i7 i8 i9", "100"),
        ("ตัวชี้วัดที่ ๓ และ ๕ ได้ ๑๐๐ คะแนน", "3 5", "100"),
        ("ตัวชี้วัดที่ 1, 2 และ 3 ได้ 99.78, 99.14 และ 100 คะแนน ตามลำดับ", "1 2 3", "99.78 99.14 100"),
    ],
)
def test_values_of_several_codes(text: str, codes: str, values: str) -> None:
    assert _brief(text) == [("each", codes, values)]


@pytest.mark.parametrize(
    "text",
    [
        "ข้อ i๑ ได้ ๙๙.๓๕ คะแนน",
        "ตัวชี้วัดที่ ๗ ประสิทธิภาพการสื่อสาร\nตัวชี้วัดที่ ๙ การเปิดเผยข้อมูล ได้ ๗๕.๐๐ คะแนน",
        "ตัวชี้วัดที่ 1 และ 2 ควรได้ 100 คะแนน",
    ],
)
def test_single_scores_lines_and_wishes_claim_nothing_of_several(text: str) -> None:
    assert _claims(text) == []


# ---- the highest and the lowest -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ตัวชี้วัดที่ได้คะแนนสูงสุด คือ ตัวชี้วัดที่ ๓ การใช้อำนาจ ได้ ๙๘.๘๔ คะแนน", [("highest", "3")]),
        ("ตัวชี้วัดที่มีค่าคะแนนน้อยที่สุด ได้แก่ การเปิดเผยข้อมูล", [("lowest", "9")]),
        ("ด้านที่ได้คะแนนต่ำ\nที่สุด คือด้านการเปิดเผยข้อมูล", [("lowest", "9")]),
        ("ตัวชี้วัดที่ 3 การใช้อำนาจ ซึ่งได้คะแนนสูงสุดในการประเมิน", [("highest", "3")]),
        ("IIT เป็นเครื่องมือที่มีคะแนนเฉลี่ยสูงที่สุด", [("highest", "IIT")]),
        (
            "ตัวชี้วัดที่มีคะแนนต่ำสุด 3 ลำดับแรก ได้แก่ ตัวชี้วัดที่ 9 ตัวชี้วัดที่ 10 และตัวชี้วัดที่ 7",
            [("lowest", "9 10 7")],
        ),
        (
            "ตัวชี้วัดที่ได้คะแนนสูงสุดคือ การใช้อำนาจ รองลงมาคือ การใช้งบประมาณ",
            [("highest", "3"), ("highest", "3 2")],
        ),
        (
            "ตัวชี้วัดที่ได้คะแนนมากที่สุดคือ การใช้อำนาจ (98.84) และน้อยที่สุดคือ การเปิดเผยข้อมูล (65.00)",
            [("highest", "3"), ("lowest", "9")],
        ),
        (
            "คะแนนสูงสุด : ตัวชี้วัดที่ 10\nคะแนนต่ำสุด : ตัวชี้วัดที่ 9",
            [("highest", "10"), ("lowest", "9")],
        ),
    ],
)
def test_who_has_the_highest_or_lowest(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(kind, codes) for kind, codes, _ in _brief(text) if kind != "each"] == expected


@pytest.mark.parametrize(
    "text",
    [
        "ผู้บริหารสูงสุดของหน่วยงานให้ความสำคัญกับคะแนน",
        "คะแนนสูงสุดและต่ำสุด คือ ตัวชี้วัดที่ 1 และ 9",
        "เพื่อให้ได้คะแนนสูงสุดในตัวชี้วัดที่ 9 ควรเปิดเผยข้อมูล",
        "หากตัวชี้วัดที่ ๙ ได้คะแนนสูงสุด หน่วยงานจะผ่าน",
        "ตัวชี้วัดที่ ๑ ได้คะแนนสูงสุดของจังหวัด",
        "ตัวชี้วัดที่ ๑ มีคะแนนสูงสุดในรอบ ๓ ปี",
        "ระดับประเทศ ตัวชี้วัดที่ได้คะแนนสูงสุด คือ ตัวชี้วัดที่ ๑",
        "หน่วยงานที่ได้คะแนนสูงสุด คือ เทศบาลตำบลแห่งหนึ่ง",
        "ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่ และตัวชี้วัดที่ ๒ การใช้งบประมาณ โดยมีคะแนนสูงสุด",
        "คะแนนสูงสุด 3 ลำดับแรก ได้แก่ ตัวชี้วัดที่ 1 และตัวชี้วัดที่ 2",
        "คะแนนสูงสุดคือ 100 คะแนน",
        "ปี 2566 และปี 2567 ตัวชี้วัดที่ได้คะแนนสูงสุด คือ ตัวชี้วัดที่ ๑",
    ],
)
def test_what_is_not_certain_is_not_claimed(text: str) -> None:
    assert _claims(text) == []


def test_the_scope_is_what_the_sentence_names() -> None:
    text = "แบบวัด EIT ตัวชี้วัดที่มีคะแนนสูงสุด คือ ตัวชี้วัดที่ 6"
    below = "ผลของแบบวัด EIT\n\nตัวชี้วัดที่มีคะแนนสูงสุด คือ ตัวชี้วัดที่ 6"

    assert [claim.among for claim in _claims(text)] == ["EIT"]
    assert [claim.among for claim in _claims(below)] == [""]
    assert [claim.among for claim in _claims(text.removeprefix("แบบวัด EIT "))] == ["ITA"]


def test_a_year_in_the_sentence_is_the_year_of_the_claim() -> None:
    (claim,) = _claims("ตัวชี้วัดที่มีคะแนนสูงสุดในปี ๒๕๖๗ คือ ตัวชี้วัดที่ ๓")

    assert claim.year_be == 2567


# ---- passed and failed -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("หน่วยงานผ่านเกณฑ์การประเมินทุกตัวชี้วัด", [("pass", "", "", None)]),
        ("ผ่านเกณฑ์ทั้ง ๑๐ ตัวชี้วัด", [("pass", "", "", None)]),
        ("ทุกตัวชี้วัดมีคะแนนมากกว่า 85 คะแนน", [("pass", "", "85", None)]),
        ("ผ่านเกณฑ์ทุกเครื่องมือ", [("pass", "", "", None)]),
        (
            "ผ่านเกณฑ์ จำนวน ๘ ตัวชี้วัด ไม่ผ่านเกณฑ์ จำนวน ๒ ตัวชี้วัด ได้แก่ ตัวชี้วัดที่ ๗ และ ๙",
            [("fail", "7 9", "", None), ("fail-count", "", "", 2), ("pass-count", "", "", 8)],
        ),
        ("จากทั้งหมด ๑๐ ตัวชี้วัด มี ๓ ตัวชี้วัดที่ไม่ผ่านเกณฑ์", [("fail-count", "", "", 3)]),
        ("มีคะแนนต่ำกว่าร้อยละ ๘๕ จำนวน ๓ ตัวชี้วัด", [("fail-count", "", "85", 3)]),
        ("ตัวชี้วัดที่ไม่ผ่านเกณฑ์ ได้แก่ ตัวชี้วัดที่ ๗ ๙ และ ๑๐", [("fail", "7 9 10", "", None)]),
        ("ตัวชี้วัดที่ได้คะแนนไม่ถึงร้อยละ ๘๐ ได้แก่ ตัวชี้วัดที่ ๙", [("fail", "9", "80", None)]),
        ("ตัวชี้วัดที่ ๑ ถึง ๖ ผ่านเกณฑ์การประเมิน", [("pass", "1 2 3 4 5 6", "", None)]),
    ],
)
def test_who_passed_and_how_many(text: str, expected: list[tuple[object, ...]]) -> None:
    found = [
        (c.kind, " ".join(c.codes), " ".join(map(str, c.values)), c.count) for c in _claims(text)
    ]

    assert sorted(found, key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(
    "text",
    [
        "ควรผ่านเกณฑ์ทุกตัวชี้วัด",
        "ในปีต่อไปจะต้องผ่านเกณฑ์ทุกตัวชี้วัด",
        "ไม่ผ่านเกณฑ์ทุกตัวชี้วัด",
        "เพื่อให้ผ่านเกณฑ์ทุกตัวชี้วัด",
        "หากผ่านเกณฑ์ จำนวน ๘ ตัวชี้วัด",
        "ตั้งเป้าให้ผ่านเกณฑ์ ๑๐ ตัวชี้วัด",
    ],
)
def test_aims_and_denials_claim_nothing(text: str) -> None:
    assert [claim for claim in _claims(text) if claim.kind != "threshold"] == []


# ---- the pass mark -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("หน่วยงานภาครัฐมีผลการประเมิน ITA ผ่านเกณฑ์ (๘๘ คะแนนขึ้นไป) ไม่น้อยกว่าร้อยละ ๑๐๐", "88"),
        ("การประเมิน ITA หน่วยงานที่ผ่านเกณฑ์ค่าเป้าหมาย คือ หน่วยงานที่ได้ ๘๕ คะแนนขึ้นไป", "85"),
        ("ตัวชี้วัดที่ไม่ผ่านเกณฑ์ (ต่ำกว่า 80 คะแนน)", "80"),
        ("เกณฑ์การผ่านการประเมิน ITA คือ ๘๐ คะแนนขึ้นไป", "80"),
        ("คะแนน ITA ๘๐ คะแนนขึ้นไปถือว่าผ่านเกณฑ์", "80"),
    ],
)
def test_a_stated_pass_mark(text: str, mark: str) -> None:
    assert ("threshold", "", mark) in _brief(text)


@pytest.mark.parametrize(
    "text",
    [
        "ตั้งเป้าหมายให้คะแนน ITA ไม่น้อยกว่า ๙๕ คะแนน",
        "ค่าเป้าหมาย ITA ๙๐ คะแนนขึ้นไป",
        "ผู้เข้าอบรมตามแผน ITA ผ่านเกณฑ์ร้อยละ ๘๐ ขึ้นไป",
        "ITA ผ่านเกณฑ์ระดับดีเยี่ยม (๙๕ คะแนนขึ้นไป)",
        "ITA พิจารณาจากข้อคำถามที่ได้น้อยกว่า ๙๐ คะแนน",
        "ITA ผ่านเกณฑ์ร้อยละ 70.52 ของหน่วยงานทั้งหมด",
    ],
)
def test_targets_levels_and_shares_are_no_pass_mark(text: str) -> None:
    assert [kind for kind, _, _ in _brief(text) if kind == "threshold"] == []


# ---- shares ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "count", "of", "percent"),
    [
        ("ผู้ตอบ ๓๑ คน จากทั้งหมด ๔๐ คน คิดเป็นร้อยละ ๗๗.๕๐", 31, 40, "77.50"),
        ("หน่วยงานทั้งหมด ๗๓ แห่ง ผ่านเกณฑ์ ๕๒ แห่ง คิดเป็นร้อยละ ๗๑.๒๓", 52, 73, "71.23"),
        ("จำนวน 7,832 หน่วยงาน จาก 8,317 หน่วยงาน คิดเป็นร้อยละ 94.17", 7832, 8317, "94.17"),
        ("ผ่าน ๘ จาก ๑๐ ตัวชี้วัด (ร้อยละ ๘๐)", 8, 10, "80"),
    ],
)
def test_a_share_with_its_counts(text: str, count: int, of: int, percent: str) -> None:
    found = [claim for claim in _claims(text) if claim.kind == "share"]

    assert [(c.count, c.of, str(c.values[0])) for c in found] == [(count, of, percent)]


@pytest.mark.parametrize(
    "text",
    [
        "ผู้ตอบ ๓๑ คน จาก ๔๐ คน คิดเป็นร้อยละ ๕๐ ของงบประมาณ",
        "เบิกจ่าย 1,200,000 บาท จาก 2,000,000 บาท คิดเป็นร้อยละ 61",
        "ข้อ 8 จากทั้งหมด 3 ข้อ คิดเป็นร้อยละ 50",
    ],
)
def test_a_share_of_something_else_is_left(text: str) -> None:
    assert [claim for claim in _claims(text) if claim.kind == "share"] == []


def test_a_table_of_counts_tells_itself_which_column_is_the_share() -> None:
    """The odd row is claimed like the others; the audit says that it does not fit."""
    rows = [
        ["อำเภอ", "จำนวนทั้งหมด", "ผ่าน", "ร้อยละ"],
        *(["ก", "20", "10", "50.00"], ["ข", "30", "10", "33.33"], ["ค", "8", "6", "75.00"]),
        *(["ง", "40", "30", "75.50"], ["รวม", "98", "56", "57.14"]),
    ]
    claims = read_claims([lay_out(grid_of(rows))], stream_from(""), [], year_be=YEAR)

    assert [(c.count, c.of, str(c.values[0])) for c in claims] == [
        (10, 20, "50.00"),
        (10, 30, "33.33"),
        (6, 8, "75.00"),
        (30, 40, "75.50"),
        (56, 98, "57.14"),
    ]


def test_a_table_whose_columns_do_not_bear_it_out_claims_nothing() -> None:
    rows = [
        ["รายการ", "จำนวน", "คน", "ร้อยละ"],
        *(["ก", "20", "10", "91.00"], ["ข", "30", "10", "92.00"], ["ค", "8", "6", "93.00"]),
    ]

    assert read_claims([lay_out(grid_of(rows))], stream_from(""), [], year_be=YEAR) == ()


def test_the_number_of_agencies_is_announced_above_the_table_though_it_wraps() -> None:
    layout = lay_out(grid_of([["หน่วยงาน", "คะแนน"], ["อบต.ก", "90.00"]]))
    lines = [(1, passage_of("จังหวัดนครราชสีมา จำนวน 73")), (1, passage_of("หน่วยงาน"))]
    (claim,) = announced_rows(layout, lines, YEAR)

    assert (claim.kind, claim.count, claim.table_no) == ("row-count", 73, 1)


# ---- another year -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "change"),
    [
        ("คะแนนรวม ๙๒.๑๐ คะแนน เพิ่มขึ้นจากปี ๒๕๖๗ ๐.๘๖ คะแนน", "ITA", "0.86"),
        ("คะแนนภาพรวม ลดลงจากปีงบประมาณ พ.ศ. ๒๕๖๗ จำนวน ๑.๒๐ คะแนน", "ITA", "-1.20"),
        ("ตัวชี้วัดที่ ๓ การใช้อำนาจ เพิ่มขึ้น ๒.๑๑ คะแนน จากปีที่ผ่านมา", "3", "2.11"),
    ],
)
def test_by_how_much_a_score_rose_or_fell(text: str, code: str, change: str) -> None:
    (claim,) = [claim for claim in _claims(text) if claim.kind == "change"]

    assert (claim.codes, str(claim.values[0])) == ((code,), change)
    assert (claim.year_be, claim.than_year_be) == (2568, 2567)


@pytest.mark.parametrize(
    "text",
    [
        "คะแนนภาพรวม เพิ่มขึ้นจากปี ๒๕๖๗ ร้อยละ ๓.๓๘",
        "ตั้งเป้าให้คะแนนภาพรวม เพิ่มขึ้นจากปี ๒๕๖๗ ๕ คะแนน",
        "คะแนนภาพรวม เพิ่มขึ้นจากปี ๒๕๖๗ ซึ่งได้ ๘๖.๖๒ คะแนน",
        "IIT ได้ 93.00 คะแนน และ EIT ได้ 91.00 คะแนน เพิ่มขึ้นจากปี 2567 2.00 คะแนน",
    ],
)
def test_shares_aims_and_doubtful_subjects_are_no_change(text: str) -> None:
    assert [claim for claim in _claims(text) if claim.kind == "change"] == []


# ---- cells ------------------------------------------------------------------------------------


def test_the_sentences_of_cells_are_read_with_their_row() -> None:
    text = "ตัวชี้วัดที่ 3 การใช้อำนาจ ซึ่งได้คะแนนสูงสุดในการประเมิน"
    grid = grid_of([["มาตรการ", "ผลลัพธ์"], ["อบรมจริยธรรม", text]])
    (claim,) = read_claims([lay_out(grid)], stream_from(""), [], year_be=YEAR)

    assert (claim.kind, claim.codes, claim.table_no, claim.row_no, claim.among) == (
        "highest",
        ("3",),
        1,
        1,
        "",
    )


# ---- what is no score or rating ------------------------------------------------------------------


def test_the_share_of_those_who_answered_is_no_score() -> None:
    text = "มีผู้ตอบแบบวัด IIT จำนวน ๓๑ คน จากทั้งหมด ๔๐ คน คิดเป็นร้อยละ ๗๗.๕๐"

    assert read_sentences(stream_from(text), year_be=YEAR)[0] == ()


def test_the_number_of_another_subject_is_not_taken_by_the_last_one_named() -> None:
    """The lowest indicator stands without a lead word; its number is not indicator 3's."""
    text = "ตัวชี้วัดการใช้อำนาจ (๙๘.๘๔) ส่วนตัวชี้วัดที่มีคะแนนน้อยที่สุดคือการเปิดเผยข้อมูล (๖๕.๐๐)"
    scores, _ = read_sentences(stream_from(text), year_be=YEAR)

    assert "65.00" not in {str(score.value) for score in scores}


@pytest.mark.parametrize(
    "text",
    [
        "มีผลการประเมินผ่านเกณฑ์ จำนวน ๙ ตัวชี้วัด",
        "เป้าหมายคือทุกหน่วยงานมีผลการประเมินผ่านเกณฑ์ (๘๕ คะแนนขึ้นไป)",
    ],
)
def test_counts_and_aims_are_no_pass_of_the_total(text: str) -> None:
    assert read_sentences(stream_from(text), year_be=YEAR)[1] == ()


# ---- the table of forms -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "names"),
    [
        ({"words": {}, "forms": {"x": "@nothing"}, "silence": {}}, "@nothing"),
        ({"words": {}, "forms": {"x": "("}, "silence": {}}, "x"),
    ],
)
def test_a_wrong_table_is_refused_with_the_name_of_the_entry(
    monkeypatch: pytest.MonkeyPatch, table: dict[str, dict[str, str]], names: str
) -> None:
    monkeypatch.setattr(claimwords, "_table", lambda: claimwords._Table(**table))
    with pytest.raises(DataTableError, match=names):
        claimwords.form.__wrapped__("x")


def test_the_highest_and_the_lowest_of_different_instruments_are_of_all() -> None:
    """One sentence, indicators 9 (OIT) and 4 (IIT): it compares all ten, not one instrument."""
    above = "แบบตรวจการเปิดเผยข้อมูล (OIT) เป็นไปตามตาราง\n\n"
    high = "ตัวชี้วัดที่ได้คะแนนสูงสุด คือ การเปิดเผยข้อมูล ได้ 96.67 คะแนน"
    low = "ตัวชี้วัดที่ได้คะแนนต่ำสุด คือ {} ได้ 86.85 คะแนน"

    both = _claims(f"{above}{high} และ{low.format('การใช้ทรัพย์สินของราชการ')}")
    same = _claims(f"{above}{high} และ{low.format('การป้องกันการทุจริต')}")
    apart = _claims(f"{above}{high}\n\n{low.format('การใช้ทรัพย์สินของราชการ')}")

    assert [(c.codes, c.among) for c in both] == [(("9",), "ITA"), (("4",), "ITA")]
    assert [c.among for c in same] == ["", ""]
    assert apart[0].among == ""

"""Scores in lists and sentences."""

from __future__ import annotations

import pytest
from support import stream_from

from parsers.reading.sentences import read_sentences

YEAR = 2568


def _read(text: str) -> list[tuple[str, str | None]]:
    scores, _ = read_sentences(stream_from(text), year_be=YEAR)
    return [(score.code, None if score.value is None else str(score.value)) for score in scores]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ข้อ i๑ ได้คะแนน ๙๙.๓๕ คะแนน", [("i1", "99.35")]),
        ("ข้อ i๒ และ i๓ ได้คะแนน ๑๐๐ คะแนน", [("i2", "100"), ("i3", "100")]),
        (
            "ข้อ ๐๗ ถึง ๐๑๐ ได้คะแนน ๑๐๐ คะแนน",
            [("o7", "100"), ("o8", "100"), ("o9", "100"), ("o10", "100")],
        ),
        (
            "ตัวชี้วัดตั้งแต่ i๔ ได้ ๑๐๐ คะแนน i๕ ได้ ๙๗.๕๒ คะแนน",
            [("i4", "100"), ("i5", "97.52")],
        ),
        (
            "ตัวชี้วัดตั้งแต่ e๔- e๖ ซึ่งได้คะแนน ข้อ e๔ ได้ ๘๒.๘๖ คะแนน ข้อ e๕ ได้ ๘๑.๙๐ คะแนน",
            [("e4", "82.86"), ("e5", "81.90")],
        ),
        (
            "e๔ e๕ และ e๖ ได้ ๘๒.๘๖ ๘๑.๙๐ และ ๘๙.๕๒ คะแนน ตามลำดับ",
            [("e4", "82.86"), ("e5", "81.90"), ("e6", "89.52")],
        ),
        ("ตัวชี้วัดที่ ๗ ประสิทธิภาพการสื่อสาร คะแนนเฉลี่ย ๘๔.๘๕ คะแนน", [("7", "84.85")]),
        ("๑. การปฏิบัติหน้าที่ ๙๘.๐๑ คะแนน", [("1", "98.01")]),
        ("ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่  ได้คะแนน ๙๒.๖๘ คะแนน", [("1", "92.68")]),
        ("คะแนนเฉลี่ยรวม ๗๘.๔๑ คะแนน ระดับผลการประเมิน (ต้องปรับปรุง)", [("ITA", "78.41")]),
        ("มีผลการประเมิน (ITA) ภาพรวมเท่ากับ ร้อยละ ๙๐.๑๔ อยู่ในระดับ “ผ่าน”", [("ITA", "90.14")]),
        ("หน่วยงานได้รับผลการประเมินในระดับ ๓๙.๔๑ คะแนน", [("ITA", "39.41")]),
        ("โดยมีคะแนนในภาพรวมอยู่ที่ ๘๖.๖๒ คะแนน", [("ITA", "86.62")]),
        ("๙. การเปิดเผยข้อมูล ๓/๕.๐๐ คะแนน", [("9", None)]),
        ("คะแนน IIT เท่ากับ 93.20 คะแนน", [("IIT", "93.20")]),
    ],
)
def test_scores(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert _read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ข้อคำถามที่ได้คะแนนน้อยกว่า ๘๕ คะแนน",
        "มีผลการประเมิน ITA ในภาพรวม ๘๕ คะแนนขึ้นไป",
        "ผ่านเกณฑ์ (๘๕ คะแนนขึ้นไป) ไม่น้อยกว่าร้อยละ ๑๐๐",
        "ตามข้อ ๐๑๒ ให้แล้วเสร็จภายใน ๓๐ วัน",
        "ตัวชี้วัดที่ ๗ ประสิทธิภาพการสื่อสาร จำนวน ๓ ข้อ",
        "ข้อ i๑ ปีงบประมาณ พ.ศ. ๒๕๖๘",
    ],
)
def test_limits_and_counts_are_no_scores(text: str) -> None:
    assert _read(text) == []


def test_a_total_of_another_year_keeps_its_year() -> None:
    text = "ปีงบประมาณ พ.ศ. ๒๕๖๗ ได้คะแนนรวม ๘๕.๐๒ คะแนน\n\nปี ๒๕๖๘ ได้คะแนนรวม ๙๐.๑๐ คะแนน"

    scores, _ = read_sentences(stream_from(text), year_be=2568)

    assert [(s.year_be, str(s.value)) for s in scores] == [(2567, "85.02"), (2568, "90.10")]


def test_levels_and_pass_marks() -> None:
    text = (
        "คะแนนเฉลี่ยรวม ๗๘.๔๑ คะแนน ระดับผลการประเมิน (ต้องปรับปรุง)\n\n"
        "ตัวชี้วัดที่ ๗ ประสิทธิภาพการสื่อสาร คะแนนเฉลี่ย ๘๔.๘๕ คะแนน ผลการประเมิน ไม่ผ่านเกณฑ์"
    )

    _, ratings = read_sentences(stream_from(text), year_be=2566)

    assert [(r.kind, r.code, r.rating) for r in ratings] == [
        ("level", "ITA", "ต้องปรับปรุง"),
        ("pass", "7", "fail"),
    ]


def test_place_and_box() -> None:
    scores, _ = read_sentences(
        stream_from("๑. การปฏิบัติหน้าที่ ๙๘.๐๑ คะแนน\n\nข้อ i๑ ได้คะแนน ๙๙.๓๕ คะแนน จึงควรรักษาระดับไว้ต่อไป"),
        year_be=YEAR,
    )

    assert [score.place for score in scores] == ["list", "sentence"]
    assert scores[0].value_printed == "๙๘.๐๑"
    assert scores[0].box.x1 - scores[0].box.x0 == 25

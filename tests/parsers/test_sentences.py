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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A line may end inside a word.
        ("โดยมีคะแนนในภาพ\nรวมอยู่ที่ ๘๖.๖๒ คะแนน", [("ITA", "86.62")]),
        ("โดยตัวชี้วัด\nย่อยที่ ๙.๕ มีคะแนนต่ำสุด ๘๐.๐๐ คะแนน", [("9.5", "80.00")]),
        # "ตัวชี้วัดที่ได้คะแนนต่ำสุด" is no lead of the indicator named after it.
        (
            "ตัวชี้วัดที่ได้คะแนนต่ำสุด คือ ตัวชี้วัดที่ ๗ ประสิทธิภาพการสื่อสาร โดยมีคะแนน ๗๙.๙๙ คะแนน",
            [("7", "79.99")],
        ),
        ("ตัวชี้วัดที่ 7 ได้คะแนน 84.85 คะแนน", [("7", "84.85")]),
        # Respondents are passed over on the way to the score.
        (
            "แบบวัด IIT มีผู้ตอบจำนวน ๔๕ คน คิดเป็นร้อยละ ๑๐๐ ของกลุ่มเป้าหมาย ได้คะแนน ๙๓.๑๑ คะแนน",
            [("IIT", "93.11")],
        ),
        ("รวมคะแนนทั้งสิ้น ๙๓.๕๘ จาก ๑๐๐ คะแนน", [("ITA", "93.58")]),
        (
            "จากผลการประเมินคุณธรรมและความโปร่งใส (ITA) ปีงบประมาณ พ.ศ. 2568 ได้คะแนน 88.79 คะแนน",
            [("ITA", "88.79")],
        ),
        ("๑๐. การป้องกันการทุจริต ๔๘.๓/๕ คะแนน\nข้อกฎหมาย", [("10", None)]),
        (
            "IIT = 97.10, EIT = 90.22 และ OIT = 95.00",
            [("IIT", "97.10"), ("EIT", "90.22"), ("OIT", "95.00")],
        ),
        # A list without any word for score.
        (
            "ผู้มีส่วนได้ส่วนเสียภายใน (IIT)  ๙๕.๑๑\nส่วนที่ ๑ (EIT Public)  ๙๔.๐๒",
            [("IIT", "95.11"), ("EIT1", "94.02")],
        ),
        ("ได้แก่ e๔ (๘๒.๕๐ คะแนน) และ e๕ (๘๔.๙๐ คะแนน)", [("e4", "82.50"), ("e5", "84.90")]),
    ],
)
def test_phrasings(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert _read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ผลการประเมินประสิทธิภาพขององค์กรปกครองส่วนท้องถิ่น (LPA) ได้คะแนนร้อยละ ๘๙.๕๐",
        "มีผลการประเมินความพึงพอใจของผู้รับบริการ ได้คะแนนร้อยละ ๙๕.๘๐",
        "ในภาพรวมมีคะแนนสูงกว่าค่าเฉลี่ยของประเทศซึ่งอยู่ที่ 93.05 คะแนน",
        "ผลการประเมินคุณธรรมและความโปร่งใส\nตารางที่ 1 คะแนนรายตัวชี้วัด",
        "คะแนนรวมเพิ่มขึ้นจากปีงบประมาณ พ.ศ. 2567 จำนวน 3.09 คะแนน",
        "คะแนนรวมลดลงจากปี 2567 0.86 คะแนน",
        "IIT, EIT และ OIT ต้องได้ทุกเครื่องมือ ๘๕ คะแนน",
        "ประกอบด้วย IIT ร้อยละ 30 EIT ร้อยละ 30 และ OIT ร้อยละ 40 มี 10 ตัวชี้วัด\n"
        "9.1 การจัดซื้อจัดจ้าง ดำเนินการแล้วร้อยละ 85.50",
        "มีคะแนนเฉลี่ยภาพรวมระดับประเทศ 93.05 คะแนน",
        "เป้าหมาย : ผลการประเมิน ITA ไม่น้อยกว่าร้อยละ 95 ทุกตัวชี้วัด และร้อยละ 100 ของบุคลากร",
    ],
)
def test_other_results_and_differences_are_no_scores(text: str) -> None:
    assert _read(text) == []


def test_scores_of_several_years_in_one_sentence() -> None:
    fell = "ผลคะแนน ITA อยู่ที่ ๙๑.๒๔ คะแนน ลดลงจากปีงบประมาณ พ.ศ. ๒๕๖๖ ซึ่งได้ ๙๒.๑๐ คะแนน คิดเป็นร้อยละ ๐.๙๓"
    order = "คะแนนรวมปีงบประมาณ พ.ศ. 2566 และ 2567 เท่ากับ 90.52 และ 92.33 คะแนน ตามลำดับ"

    found = [
        [
            (score.year_be, str(score.value))
            for score in read_sentences(stream_from(t), year_be=2567)[0]
        ]
        for t in (fell, order)
    ]

    assert found == [[(2567, "91.24"), (2566, "92.10")], [(2566, "90.52"), (2567, "92.33")]]


def test_a_level_whose_word_is_broken_by_the_line() -> None:
    text = "ผลการประเมินคุณธรรมและความโปร่งใส ได้คะแนน ๙๔.๒๗ คะแนน ระดับผล\nการประเมิน ผ่านดี นั้น"

    _, ratings = read_sentences(stream_from(text), year_be=2568)

    assert [(r.code, r.rating) for r in ratings] == [("ITA", "ผ่านดี")]


def test_a_pass_mark_broken_by_the_line_or_without_its_noun() -> None:
    text = (
        "ตัวชี้วัดที่ ๗ ประสิทธิภาพการสื่อสาร คะแนนเฉลี่ย ๘๔.๘๕ คะแนน ผลการประเมิน ไม่ผ่าน\nเกณฑ์\n\n"
        "ตัวชี้วัดที่ ๘ การปรับปรุงการทำงาน คะแนนเฉลี่ย ๘๔.๑๐ คะแนน ผลการประเมิน ไม่\nผ่านเกณฑ์\n\n"
        "ตัวชี้วัดที่ ๙ การเปิดเผยข้อมูล คะแนนเฉลี่ย ๙๕.๐๐ คะแนน ผลการประเมิน ผ่าน"
    )

    _, ratings = read_sentences(stream_from(text), year_be=2566)

    assert [(r.code, r.rating) for r in ratings] == [
        ("7", "fail"),
        ("8", "fail"),
        ("9", "pass"),
    ]


def _judged(text: str) -> list[tuple[str, str]]:
    _, ratings = read_sentences(stream_from(text), year_be=YEAR)
    return [(rating.code, rating.rating) for rating in ratings]


@pytest.mark.parametrize(
    "text",
    [
        "หน่วยงานภาครัฐมีผลการประเมินผ่านเกณฑ์ (๘๘ คะแนนขึ้นไป) ไม่น้อยกว่าร้อยละ ๑๐๐",
        "หน่วยงานที่มีผลการประเมินไม่ผ่านเกณฑ์ต้องจัดทำแผน",
        "เพื่อให้เทศบาลมีผลการประเมินผ่านเกณฑ์ในปีถัดไป",
        "หากมีผลการประเมินไม่ผ่านเกณฑ์ ให้รายงานผู้บริหารทราบ",
        "ตั้งเป้าว่าต้องมีผลการประเมินผ่านเกณฑ์ทุกปี",
        "ตัวชี้วัดความสำเร็จ คือ ได้รับผลการประเมินผ่านเกณฑ์",
        "คะแนนรวมต้องได้ ๘๕ คะแนนขึ้นไป จึงจะมีผลการประเมินผ่านเกณฑ์",
    ],
)
def test_a_goal_or_a_condition_is_no_judgement(text: str) -> None:
    """The target of a national plan was read as the agency's own pass mark."""
    assert _judged(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ตัวชี้วัดที่ ๙ การเปิดเผยข้อมูล คะแนนเฉลี่ย ๗๕.๐๐ คะแนน ผลการประเมิน ไม่ผ่านเกณฑ์", ("9", "fail")),
        ("คะแนนเฉลี่ยรวม ๗๘.๔๑ คะแนน ระดับผลการประเมิน (ต้องปรับปรุง)", ("ITA", "ต้องปรับปรุง")),
        ("เพื่อความโปร่งใส ทั้งนี้ เทศบาลมีผลการประเมินผ่านเกณฑ์", ("ITA", "pass")),
        ("หน่วยงานต้องพัฒนาต่อไป แต่ได้รับผลการประเมินผ่านเกณฑ์แล้ว", ("ITA", "pass")),
    ],
)
def test_a_judgement_stays_one_beside_a_goal(text: str, expected: tuple[str, str]) -> None:
    assert _judged(text) == [expected]


def test_what_has_to_be_reached_is_no_score() -> None:
    assert _read("เกณฑ์การประเมิน หน่วยงานต้องได้คะแนนรวม ๘๕ คะแนน จึงจะผ่านเกณฑ์") == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ตัวชี้วัด ที่ ๐๑๔ และ ๐๑๕ ได้ ๐.๐๐ คะแนน", ["o14", "o15"]),
        ("การบริหารงานบุคคล ตัวชี้วัด\nที่ ๐๑๔ และ ๐๑๕ ได้ ๐.๐๐ คะแนน", ["o14", "o15"]),
        ("การเผยแพร่ข้อมูล ตัวชี้วัด ข้อ\n๐๗ กับ\n๐๙ ได้ ๐.๐๐ คะแนน", ["o7", "o9"]),
        ("ในส่วน ๐๒๕ และ ๐๒๖ ได้ ๐.๐๐ คะแนน", ["o25", "o26"]),
    ],
)
def test_both_codes_of_a_pair_are_read(text: str, codes: list[str]) -> None:
    """A blank before ที่ hid the first code, and the score was given to the second alone."""
    assert _read(text) == [(code, "0.00") for code in codes]


@pytest.mark.parametrize(
    ("text", "code", "value"),
    [
        (
            "ตัวชี้วัด ที่ 3 การใช้ อำนาจ ของหน่วยงาน ได้คะแนน สูงสุดในการประเมิน ITA"
            " ประจำปี พ.ศ. 2568 ที่ 100 คะแนน",
            "3",
            "100",
        ),
        ("ตัวชี้วัดที่ 6 คุณภาพการดำเนินงานของเทศบาล ได้ 90.12 คะแนน", "6", "90.12"),
        ("ตัวชี้วัดที่ ๔ การใช้ทรัพย์สินของราชการของจังหวัด ได้ ๘๗.๒๑ คะแนน", "4", "87.21"),
        ("ตัวชี้วัด การใช้งบประมาณของเทศบาล ได้ ๙๐.๑๒ คะแนน", "2", "90.12"),
        ("ตัวชี้วัดที่ ๕ การแก้ไขปัญหา\nการทุจริต ของ อบต. คิดเป็นร้อยละ ๙๓.๐๐", "5", "93.00"),
    ],
)
def test_words_behind_an_indicators_name_do_not_hide_it(text: str, code: str, value: str) -> None:
    """ "ของหน่วยงาน" behind the name made it another name, and the score was lost."""
    assert _read(text) == [(code, value)]


def test_money_spent_is_no_score_of_the_indicator() -> None:
    assert _read("การใช้งบประมาณของเทศบาล ร้อยละ ๙๐.๑๒ ของแผน") == []


@pytest.mark.parametrize("gap", ["", "\n", " ", "ต้องปรับ\nปรุง"])
def test_a_level_of_two_words_is_not_taken_for_its_first(gap: str) -> None:
    """ต้องปรับปรุงโดยด่วน broken by the line was read as the level above it."""
    word = "ต้องปรับ\nปรุงโดยด่วน" if "ปรับ" in gap else f"ต้องปรับปรุง{gap}โดย{gap.strip(' ')}ด่วน"
    text = f"คะแนนเฉลี่ยรวม ๕๘.๐๘ คะแนน อยู่ในระดับ {word}"

    _, ratings = read_sentences(stream_from(text), year_be=YEAR)

    assert [r.rating for r in ratings] == ["ต้องปรับปรุงโดยด่วน"]


def test_a_result_that_wraps_inside_its_word_is_read() -> None:
    """… มีผล / การประเมินรวม 89.01 คะแนน: the same sentence on one line was always read."""
    told, _ = read_sentences(stream_from("หน่วยงานมีผล\nการประเมินรวม 89.01 คะแนน"), year_be=2565)

    assert [(score.code, str(score.value)) for score in told] == [("ITA", "89.01")]


def test_what_is_counted_is_no_score() -> None:
    text = "ผลคะแนนการประเมินในปีนี้มีหน่วยงานให้ข้อมูลครบทั้ง 15 อำเภอ และ 99 ตำบล"

    assert read_sentences(stream_from(text), year_be=2568)[0] == ()

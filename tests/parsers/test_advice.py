"""Questions discussed without a score."""

from __future__ import annotations

from support import grid_of, stream_from

from parsers.model import Advice
from parsers.reading.advice import read_advice
from parsers.reading.columns import lay_out


def _in_text(text: str) -> tuple[Advice, ...]:
    return read_advice([], stream_from(text), year_be=2567)


def test_paragraphs_that_begin_with_a_code() -> None:
    first, second = _in_text(
        "ข้อ EP๑ หน่วยงานควรระบุขั้นตอนและระยะเวลาไว้ในคู่มือ (อ้างอิงจาก ๐๑๐)\n"
        "และประชาสัมพันธ์คู่มือนั้นให้ผู้รับบริการทราบ\n"
        "ข้อ EP๖ หน่วยงานควรเผยแพร่ข้อมูลให้เข้าถึงง่ายกว่าเดิม"
    )

    assert (first.code, second.code) == ("ep1", "ep6")
    assert first.refers_to == ("o10",)
    assert first.text.endswith("ให้ผู้รับบริการทราบ")


def test_digits_for_letters_follow_the_order_of_the_list() -> None:
    """i1 to i3 are printed with their letter, i4 and i5 as 14 and 15."""
    text = "\n".join(
        f"{token} ประเด็น เรื่องที่ {n} ยังไม่เป็นไปตามที่ควร ดังนั้น ควรแก้ไขโดยเร็วที่สุด"
        for n, token in enumerate(("i1", "i2", "i3", "14", "15"))
    )
    grid = grid_of(
        [["ตัวชี้วัด", "เครื่องมือการประเมิน", "การวิเคราะห์ผลการประเมิน"], ["การใช้งบประมาณ", "IIT", text]]
    )

    advice = read_advice([lay_out(grid)], stream_from(""), year_be=2568)

    assert [entry.code for entry in advice] == ["i1", "i2", "i3", "i4", "i5"]
    assert advice[0].code_rule == "exact"
    assert advice[3].code_rule.startswith("digit-for-letter-by-instrument")
    assert advice[0].label_printed == "เรื่องที่ 0 ยังไม่เป็นไปตามที่ควร"


def test_a_sentence_with_a_score_is_no_advice() -> None:
    assert _in_text("ข้อ i๑ ได้คะแนน ๙๙.๓๕ คะแนน ควรรักษาระดับมาตรฐานไว้ต่อไป") == ()


def test_list_numbers_are_no_codes() -> None:
    assert _in_text("1. จัดทำคู่มือการปฏิบัติงานให้ครบทุกกระบวนงาน\n2) เผยแพร่คู่มือบนเว็บไซต์ของหน่วยงาน") == ()


def test_a_code_in_a_cell_of_its_own_belongs_to_the_text_beside_it() -> None:
    grid = grid_of(
        [
            ["ข้อ", "ประเด็นที่ควรพัฒนา"],
            ["i1", "เจ้าหน้าที่ควรปฏิบัติงานตามขั้นตอนและระยะเวลาที่กำหนด"],
            ["๐๗", "ควรเผยแพร่แผนพัฒนาหน่วยงานให้เป็นปัจจุบัน"],
        ]
    )

    advice = read_advice([lay_out(grid)], stream_from(""), year_be=2568)

    assert [entry.code for entry in advice] == ["i1", "o7"]
    assert advice[1].text == "ควรเผยแพร่แผนพัฒนาหน่วยงานให้เป็นปัจจุบัน"


def test_a_range_at_the_head_is_advice_on_each_of_its_codes() -> None:
    found = _in_text("E4-e5 ประเด็น ช่องทางเผยแพร่เข้าถึงยาก ให้จัดระเบียบข้อมูลบนเว็บไซต์ใหม่ทั้งหมด")

    assert [(entry.code, entry.code_rule) for entry in found] == [("e4", "exact"), ("e5", "range")]


def test_an_indicators_number_at_the_head_of_a_line_is_no_code() -> None:
    """The line was broken inside "ตัวชี้วัดที่ ๖": its number looked like a question's."""
    text = "ตัวชี้วัดที่ ๖ คุณภาพการดำเนินงาน ทำได้ดีที่สุดในเครื่องมือนี้ และควรรักษาไว้ต่อไป"

    assert _in_text(text) == ()


def test_a_wrapped_line_is_no_heading() -> None:
    """A line of the sentence began with "ประเด็นที่" or "สำหรับ", and the rest was lost."""
    (entry,) = _in_text(
        "ข้อ i๑ หน่วยงานควรทบทวนคู่มือการปฏิบัติงานให้ครบทุกกระบวนงานและพิจารณา\n"
        "ประเด็นที่ผู้รับบริการร้องเรียนเข้ามาบ่อยครั้งแล้วแจ้งให้เจ้าหน้าที่ทุกคนได้ทราบ\n"
        "สำหรับใช้เป็นแนวทางเดียวกันทั้งหน่วยงาน\n"
        "ตัวชี้วัดที่ ๒ การใช้งบประมาณ"
    )

    assert entry.text.endswith("สำหรับใช้เป็นแนวทางเดียวกันทั้งหน่วยงาน")


def test_a_heading_ends_a_text() -> None:
    (entry,) = _in_text(
        "ข้อ i๑ หน่วยงานควรทบทวนคู่มือการปฏิบัติงานให้ครบทุกกระบวนงานและพิจารณา\n"
        "ให้เป็นปัจจุบันเสมอ\n"
        "ข้อเสนอแนะ\n"
        "ทุกกองควรรายงานผลทุกไตรมาส"
    )

    assert entry.text.endswith("ให้เป็นปัจจุบันเสมอ")


def test_references_keep_the_words_before_them_and_their_place() -> None:
    first, second = _in_text(
        "ข้อ EP๑ หน่วยงานควรระบุขั้นตอนไว้ในคู่มือ (อ้างอิงจาก ๐๑๐) และพัฒนา\n"
        "ระบบ E-Service (อ้างอิงจาก\n๐๑๓) ให้ใช้ได้จริง\n"
        "ข้อ EP๖ หน่วยงานควรเผยแพร่ข้อมูลให้เข้าถึงง่ายกว่าเดิม"
    )

    assert [quote.code for quote in first.references] == ["o10", "o13"]
    assert first.references[1].title.endswith("ระบบ E-Service")
    boxes = [quote.box for quote in first.references]
    assert boxes[0] is not None and boxes[1] is not None
    assert boxes[1].top > boxes[0].top and boxes[1].x0 == 0
    assert second.references == () and second.box is not None

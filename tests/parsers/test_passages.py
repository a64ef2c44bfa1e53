"""Characters into lines: order, marks, blanks, and the trace back to what is printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.model import Box, Char, Passage
from parsers.text.passages import compose, lines
from parsers.text.runs import gathered
from parsers.text.thai import survey

_MARKS = "ัิีึืฺุู็่้๊๋์ํ๎"
_WIDTH = 0.5  # of the size


def written(
    text: str,
    x: float = 50.0,
    baseline: float = 100.0,
    *,
    size: float = 10.0,
    spacing: float = 0.0,
    angle: int = 0,
) -> list[Char]:
    """Text drawn from (x, baseline) on; "|" leaves half a size of room without a blank."""
    chars = []
    along = 0.0
    for letter in text:
        if letter == "|":
            along += 0.5 * size
            continue
        mark = letter in _MARKS
        width = 0.0 if mark else _WIDTH * size
        back = 0.3 * size if mark else 0.0
        chars.append(_placed(letter, x, baseline, along, along - back, along + width, size, angle))
        along += width + (0.0 if mark else spacing * size)
    return chars


def _placed(letter, x, y, along, start, end, size, angle) -> Char:
    up, down = 0.8 * size, 0.2 * size
    if angle == 0:
        return Char(letter, x + start, y - up, x + end, y + down, x + along, y, size)
    if angle == 90:
        return Char(letter, x - down, y + start, x + up, y + end, x, y + along, size, 90)
    if angle == 270:
        return Char(letter, x - up, y - end, x + down, y - start, x, y - along, size, 270)
    return Char(letter, x - end, y - down, x - start, y + up, x - along, y, size, 180)


def texts(chars: list[Char]) -> list[str]:
    return [line.text for line in lines(chars)]


class TestOrder:
    def test_lines_go_down_the_page_whatever_was_drawn_first(self):
        chars = written("ล่าง", baseline=140) + written("บน", baseline=100)

        assert texts(chars) == ["บน", "ล่าง"]
        assert compose(chars).text == "บน\nล่าง"

    def test_words_of_a_line_go_by_their_place(self):
        chars = written("คะแนน", x=120) + written("ได้", x=50)

        assert texts(chars) == ["ได้  คะแนน"]

    def test_marks_stay_with_the_letter_they_were_drawn_after(self):
        """Sorted by position "เครื่อง" becomes "เคร่อื ง": the glyphs of marks hang to the left."""
        assert texts(written("เครื่องมือที่ใช้")) == ["เครื่องมือที่ใช้"]

    def test_a_line_drawn_in_pieces_keeps_its_marks(self):
        pieces = written("ชี้วัด", x=70) + written("ที่", x=100) + written("ตัว", x=58)

        assert [text.replace(" ", "") for text in texts(pieces)] == ["ตัวชี้วัดที่"]

    def test_a_raised_sign_belongs_to_its_line(self):
        chars = written("เมตร", x=50, baseline=100) + written("2", x=70.5, baseline=96, size=5)

        assert texts(chars) == ["เมตร2"]

    def test_a_small_line_over_a_heading_is_a_line(self):
        chars = written("ประกาศ", baseline=110, size=24) + written("เลขที่ ๑๒", baseline=97, size=8)

        assert texts(chars) == ["เลขที่ ๑๒", "ประกาศ"]

    def test_close_lines_are_not_mixed(self):
        chars = written("หนึ่ง", baseline=100) + written("สอง", baseline=109)

        assert texts(chars) == ["หนึ่ง", "สอง"]

    def test_letters_that_wave_a_little_are_one_line(self):
        chars = written("ก", 50, 100) + written("ข", 55, 100.6) + written("ค", 60, 99.5)

        assert texts(chars) == ["กขค"]

    @pytest.mark.parametrize("angle", [90, 180, 270])
    def test_turned_text_reads_along_its_direction(self, angle):
        assert texts(written("ตัวชี้วัดที่ ๑", angle=angle)) == ["ตัวชี้วัดที่ ๑"]

    def test_lines_of_a_turned_heading_keep_their_order(self):
        chars = written("คะแนน", x=62, baseline=200, angle=270)
        chars += written("ร้อยละ", x=50, baseline=200, angle=270)

        assert texts(chars) == ["ร้อยละ", "คะแนน"]

    def test_a_watermark_through_a_cell_is_no_part_of_its_text(self):
        mark = [char._replace(angle=315, size=60.0) for char in written("สำเนา", x=55, size=60)]

        assert compose(written("๙๙.๗๘") + mark).text == "๙๙.๗๘"
        assert compose(mark).text == "สำเนา"
        assert "๙๙.๗๘" in texts(written("๙๙.๗๘") + mark)

    def test_nothing_gives_nothing(self):
        assert lines([]) == []
        assert compose([]) == Passage("", "", (), ())
        assert compose(written("  ")).text == ""


class TestBlanks:
    def test_room_for_a_blank_is_one(self):
        assert texts(written("ปี|๒๕๖๘")) == ["ปี ๒๕๖๘"]

    def test_letters_side_by_side_have_none(self):
        assert texts(written("งบประมาณ", spacing=0.05)) == ["งบประมาณ"]

    @pytest.mark.parametrize("spacing", [0.1, 0.3, 0.5])
    def test_spaced_titles_are_not_torn(self, spacing):
        assert texts(written("รายงานผลการประเมิน", spacing=spacing)) == ["รายงานผลการประเมิน"]

    def test_a_drawn_blank_is_kept(self):
        assert texts(written("ข้อ ๑")) == ["ข้อ ๑"]

    def test_a_drawn_blank_that_takes_no_room_is_none(self):
        """A printer driver draws blanks over the following letter to spread a line."""
        word = written("ราย", x=50) + written("งาน", x=65)
        word.insert(3, Char(" ", 65.0, 92.0, 65.0, 102.0, 65.0, 100.0, 10.0))

        assert texts(word) == ["รายงาน"]

    def test_columns_are_two_blanks_apart(self):
        chars = written("๑", x=50) + written("การปฏิบัติหน้าที่", x=80) + written("๙๙.๗๘", x=300)

        assert texts(chars) == ["๑  การปฏิบัติหน้าที่  ๙๙.๗๘"]

    @pytest.mark.parametrize("number", ["๙๙.๗๘", "1,234.50", "100.00"])
    def test_numbers_are_not_torn_by_kerning(self, number):
        assert texts(written(number, spacing=0.2)) == [number]

    def test_a_code_is_not_torn_where_the_script_changes(self):
        """Word processors put a fifth of the size between Latin letters and Thai digits."""
        assert texts(written("EP", x=50) + written("๑", x=62) + written(" ดี", x=67)) == ["EP๑ ดี"]


class TestTrace:
    def test_repairs_point_to_what_is_printed(self):
        passage = compose(written("ผลการดําเนินงาน", x=50))

        assert passage.text == "ผลการดำเนินงาน"
        at = passage.text.index("ดำ")
        assert passage.printed_between(at, at + 2) == "ดํา"
        box = passage.box(at, at + 2)
        assert box is not None
        assert (box.x0, box.x1) == (75.0, 85.0)

    def test_a_number_in_the_second_line_has_its_own_box(self):
        chars = written("คะแนน", baseline=100) + written("๙๙.๗๘", x=60, baseline=120)

        passage = compose(chars)

        at = passage.text.index("๙๙")
        assert passage.box(at, at + 5) == Box(60.0, 112.0, 85.0, 122.0)

    def test_blanks_and_line_ends_put_in_have_no_box(self):
        passage = compose(written("ก|ข", baseline=100) + written("ค", baseline=120))

        assert passage.printed == "ก ข\nค"
        assert [box is None for box in passage.boxes] == [False, True, False, True, False]

    def test_the_page_lets_more_be_repaired(self):
        """One "ดาเนินงาน" may be a slip; on a page that lost every upper half it is a defect."""
        page = survey("ประจาปี ดาเนินงาน สานักงาน จานวน อานาจ ตาบล อาเภอ กาหนด ทาให้ นาไป " * 3)

        assert compose(written("สานักงาน"), page).text == "สำนักงาน"
        assert compose(written("สานักงาน"), page).printed == "สานักงาน"


_PLACED = st.builds(
    Char,
    text=st.sampled_from("กขคดนมรสเแโ" + _MARKS + "ำ๑๒๙12.iE- \ufffd"),
    x0=st.floats(0, 500),
    top=st.floats(0, 700),
    x1=st.floats(0, 500),
    bottom=st.floats(0, 700),
    origin_x=st.floats(0, 500),
    origin_y=st.floats(0, 700),
    size=st.sampled_from([0.0, 1.0, 8.0, 14.0, 72.0]),
    angle=st.sampled_from([0, 0, 0, 90, 180, 270, 45]),
    starts=st.just(()),
)


@given(st.lists(_PLACED, max_size=60))
def test_nothing_printed_is_lost_or_made_up(chars):
    found = lines(gathered(chars, ()))

    printed = "".join(line.printed for line in found)
    expected = sorted(char.text for char in chars if char.text != " ")
    assert sorted(printed.replace(" ", "")) == expected


@given(st.lists(_PLACED, max_size=60))
def test_every_character_of_a_passage_can_be_traced(chars):
    passage = compose(gathered(chars, ()))

    assert len(passage.boxes) == len(passage.printed)
    assert len(passage.source) == len(passage.text)
    assert all(0 <= index < len(passage.printed) for index in passage.source)
    assert list(passage.source) == sorted(passage.source)


def test_repairs_are_counted_over_the_lines_of_a_cell() -> None:
    """The counts of the pages were empty: a passage did not keep what its lines owed."""
    chars = [*written("ประจ าปี"), *written("น ้า", baseline=120.0)]

    assert compose(chars).repairs == {"blank-for-am": 2}

"""Cleaning, unwrapping and folding of Thai text."""

from __future__ import annotations

import re
import unicodedata

import pytest
from damaged import DAMAGES, PROSE
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.model import Box, Passage
from parsers.text.defects import TextDefects, common_share
from parsers.text.thai import clean, defects, is_thai, key, survey, unwrap

WORDS = sorted({word for line in PROSE for word in re.findall(r"[ก-๎]{3,}", line)})
LATIN = ["ITA", "OIT", "o12", "e-Service", "No Gift Policy", "https://a.go.th/?q=1&p=2", "x@y.th"]
NUMBERS = [
    "๙๙.๗๘",
    "100",
    "๑.",
    "(๒)",
    "12/10/2566",
    "๐-๔๔๘๕-๑๓๕๙",
    "95.00 - 100",
    "%",
    "พ.ศ. ๒๕๖๘",
]

sound_lines = st.lists(st.sampled_from(WORDS + LATIN + NUMBERS), min_size=1, max_size=8).map(
    " ".join
)
printed_lines = st.text(
    alphabet=st.one_of(
        st.sampled_from("กขคงจนมยรลวสอห" + "ะาำเแโใไๆฯ" + "ัิีึืุู็่้๊๋์ํ" + "    "),
        st.sampled_from("\ufffd\0\u00a0\u200b\uf70a\uf710\n\t" + "๐๑๒019.,-/()%" + "aeiOT"),
        st.characters(codec="utf-8"),
    ),
    max_size=60,
)


# ---- clean: laws ---------------------------------------------------------------------------------


@given(sound_lines)
@settings(max_examples=150, deadline=None)
def test_sound_text_comes_out_as_it_went_in(line):
    done = clean(line)

    assert done.text == line
    assert done.source == tuple(range(len(line)))
    assert done.repairs == {}


@given(printed_lines)
@settings(max_examples=300, deadline=None)
def test_whatever_is_printed_every_character_has_its_source(printed):
    done = clean(printed, survey(printed * 3))

    assert len(done.source) == len(done.text)
    assert list(done.source) == sorted(done.source)
    assert all(0 <= place < len(printed) for place in done.source)


@given(st.text(alphabet="กขมาำเโ่้ัี์ ๐๑๒๙0123.,-%", max_size=40))
@settings(max_examples=200, deadline=None)
def test_digits_and_their_order_are_never_changed(printed):
    digits = re.compile(r"[0-9๐-๙.,%]")

    assert digits.findall(clean(printed).text) == digits.findall(printed)


@pytest.mark.parametrize("name", DAMAGES)
def test_cleaning_a_second_time_changes_nothing(name):
    damage, _, _ = DAMAGES[name]
    page = survey(damage("\n".join(PROSE)))
    once = [clean(damage(line), page).text for line in PROSE]

    assert [clean(line).text for line in once] == once


def test_what_is_clean_is_in_composed_form():
    for line in ("นํ้า", "น้ํา", "cafe\u0301", "ท่ี", "ดําเนินการ"):
        text = clean(line).text

        assert unicodedata.is_normalized("NFC", text)
        assert "\u0e4d" not in text


# ---- clean: where characters came from -----------------------------------------------------------


def _passage(printed: str) -> Passage:
    done = clean(printed)
    boxes = tuple(Box(10.0 * n, 0, 10.0 * n + 10, 20) for n in range(len(printed)))
    return Passage(done.text, printed, done.source, boxes)


@pytest.mark.parametrize(
    ("printed", "word", "stretch"),
    [
        ("จงั หวดั ลำพูน", "จังหวัด", "จงั หวดั"),
        ("งบด าเนินงาน ๕", "ดำเนินงาน", "ด าเนินงาน"),
        ("ระดบั ๙๙.๗๘", "๙๙.๗๘", "๙๙.๗๘"),
        ("ด\ufffdาเนินการ ๑", "ดำเนินการ", "ด\ufffdาเนินการ"),
        ("ตั วชี้ วั ดที่ ๑", "ตัวชี้วัด", "ตั วชี้ วั ด"),
        ("ข้อเเละคะเเนน", "คะแนน", "คะเเนน"),
        ("ผล\u200bคะแนน ๑๐๐", "๑๐๐", "๑๐๐"),
        ("<b>OIT</b> ๘๕", "๘๕", "๘๕"),
    ],
)
def test_a_word_of_the_clean_text_is_found_on_the_page(printed, word, stretch):
    passage = _passage(printed)
    start = passage.text.index(word)
    found = passage.printed_between(start, start + len(word))

    assert found == stretch
    assert passage.box(start, start + len(word)) is not None


# ---- defects of a page ---------------------------------------------------------------------------


def test_a_sound_page_has_no_defects():
    page = survey("\n".join(PROSE))

    assert page.damage_share == 0
    assert page.thai_share > 0.95
    assert common_share("\n".join(PROSE)) > 0.3
    assert 0.15 < page.mark_share < 0.35
    assert not page.is_beyond_repair
    assert set(defects("\n".join(PROSE))) <= {
        "characters", "letters", "marks", "am", "aa", "low_tones",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "count"),
    [
        ("ด�าเนิน ท\0ี (cid:7)", "replacement", 3),
        ("ให\uf70bต\uf70aาง", "private_use", 2),
        ("ด าเนิน ต ้าน ค ำ", "blank_for_am", 3),
        ("เครื ่อง ผ ่าน", "blank_before_mark", 2),
        ("จงั หวดั เ ขา", "stranded", 3),
        ("ใชเ้งิน เม่ือ กา่", "misplaced", 3),
        ("หน่วน่ ยงาน ปีงปีบ", "doubled_clusters", 2),
        ("สารบััญ", "doubled", 1),
        ("ςϔϋϗ", "greek", 2),
        ("ÊÓ¹Ñ¡", "high_latin", 5),
        ("คະແນນ", "lao", 4),
        ("a่ 5้", "orphans", 2),
        ("\x01\x02ก", "control", 2),
        ("หนวยงาน ขอมูล", "lost_marks", 2),
        ("ดาเนินการ จานวน", "reduced_am", 2),
    ],
)
def test_each_defect_is_counted(text, name, count):
    assert getattr(survey(text), name) == count
    assert defects(text)[name] == count


def test_gibberish_is_told_from_text_by_its_words():
    gibberish = "กจร จชสรท ถงจน กบฒน หวชท ดงรย สสขฯ ญชชสรร ปจจน วนครง จรพน " * 5

    assert common_share(gibberish) < 0.1
    assert common_share("") == survey("").thai_share == survey("").mark_share == 0


def test_the_page_decides_where_a_line_alone_cannot():
    """ "ขอ" is a word; only on a page that lost its tone marks is it the word for item."""
    line = "ผูบริหารมีคาเดินทาง"
    page = survey("หนวยงานมีขอมูลดานการปองกัน ใหบริการ ไดรับ แกไข " * 8)

    assert clean(line).text == line
    assert clean(line, TextDefects()).text == line
    assert clean(line, page).text.startswith("ผู้บริหาร")


# ---- unwrap and key ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("คุณธรรมและ\nความโปร่งใส", "คุณธรรมและความโปร่งใส"),
        ("คุณธรรม \nและ", "คุณธรรม และ"),
        ("คุณธรรม\n และ", "คุณธรรม และ"),
        ("ใช้ e-\nService", "ใช้ e-Service"),
        ("Integrity and\nTransparency", "Integrity and Transparency"),
        ("ปีงบประมาณ\n๒๕๖๘", "ปีงบประมาณ ๒๕๖๘"),
        ("ร้อยละ 85\nขึ้นไป", "ร้อยละ 85 ขึ้นไป"),
        ("ต่าง ๆ\nที่", "ต่าง ๆ ที่"),
        ("(แบบวัด\n) และ", "(แบบวัด) และ"),
        ("๑. คู่มือ\n๒. อบรม\n๓) ประกาศ", "๑. คู่มือ\n๒. อบรม\n๓) ประกาศ"),
        ("■ คู่มือการ\nให้บริการ\n■ อบรม", "■ คู่มือการให้บริการ\n■ อบรม"),
        ("- คู่มือ\n- อบรม", "- คู่มือ\n- อบรม"),
        ("ตามข้อ\n๒. ของ", "ตามข้อ ๒. ของ"),
        ("99.\n78", "99. 78"),
        ("\n\nก\n\n", "ก"),
        ("", ""),
        ("ไม่มีบรรทัดใหม่", "ไม่มีบรรทัดใหม่"),
    ],
)
def test_lines_are_joined_as_they_are_read(lines, joined):
    assert unwrap(lines) == joined


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6))
def test_unwrapping_thai_lines_adds_and_drops_no_letter(words):
    assert unwrap("\n".join(words)).replace(" ", "") == "".join(words)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ตัวชี้วัดที่ ๑", "ตัวชี้วัด ที่ 1"),
        ("พ.ศ. ๒๕๖๘", "พศ2568"),
        ("E-Service", "e service"),
        ("“ข้อ” (๑)", "ข้อ1"),
    ],
)
def test_keys_leave_out_what_makes_no_difference(left, right):
    assert key(left) == key(right)


def test_keys_keep_marks_that_make_words():
    assert len({key("ขาว"), key("ข่าว"), key("ข้าว"), key("ค่ำ"), key("คำ")}) == 5


def test_thai_letters_are_told_from_digits_and_signs():
    assert all(map(is_thai, "กฮฯะาำๅๆ็่ํ๎ฺ"))
    assert not any(map(is_thai, "๐๙฿๏๛aA1 .\u0e80"))

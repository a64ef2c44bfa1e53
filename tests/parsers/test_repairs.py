"""Damaged text: every rule, every mechanism, and what must be left alone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from damaged import DAMAGES, PROSE, Damage

from parsers.text.damage import Channel
from parsers.text.defects import repair_table
from parsers.text.spelling import reads, respell
from parsers.text.standins import find_stand_ins
from parsers.text.thai import TextDefects, clean, survey
from parsers.text.words import ends_in_word, lexicon, marks_of, skeleton

TABLE = tomllib.loads(
    resources.files("parsers").joinpath("data", "repairs.toml").read_text(encoding="utf-8")
)
DOCUMENT = Path(__file__).parents[2] / "docs" / "text-repair.md"


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _examples() -> Iterator[tuple[str, str, str, str]]:
    for rule in TABLE["rule"]:
        for damaged, sound in rule["examples"]:
            yield rule["key"], rule.get("page", ""), damaged, sound


@pytest.mark.parametrize(("key", "page", "damaged", "sound"), list(_examples()))
def test_every_example_of_the_table_comes_out_as_it_says(key, page, damaged, sound):
    done = clean(damaged, survey(page) if page else None)

    assert done.text == sound
    assert damaged == sound or key in done.repairs


def test_every_rule_has_examples_and_a_line_in_the_documentation():
    documented = re.findall(r"^\| `([a-z0-9-]+)` \|", DOCUMENT.read_text(encoding="utf-8"), re.M)

    assert all(rule["examples"] and rule["mends"] for rule in TABLE["rule"])
    assert documented == [rule["key"] for rule in TABLE["rule"]]


def test_repairs_are_counted_under_the_keys_of_the_table_only():
    keys = {rule["key"] for rule in TABLE["rule"]}
    page = "\n".join(PROSE)
    seen: set[str] = set()
    for damage, _, _ in DAMAGES.values():
        context = survey(damage(page))
        for line in PROSE:
            seen |= clean(damage(line), context).repairs.keys()

    assert len(seen) > 12
    assert seen <= keys


# ---- mechanisms ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DAMAGES)
def test_damaged_prose_comes_back(name):
    """Each mechanism on a page of more than 300 words; what counts is exact lines."""
    damage, with_page, alone = DAMAGES[name]

    assert _share_exact(damage, survey(damage("\n".join(PROSE)))) >= with_page
    assert _share_exact(damage, None) >= alone


def _share_exact(damage: Damage, page: TextDefects | None) -> float:
    pairs = [(line, damage(line)) for line in PROSE]
    pairs = [(line, damaged) for line, damaged in pairs if line != damaged]
    exact = [_bare(clean(damaged, page).text) == _bare(line) for line, damaged in pairs]

    assert len(pairs) >= 4
    return sum(exact) / len(exact)


@pytest.mark.parametrize("name", DAMAGES)
def test_lines_that_a_mechanism_missed_stay_as_they_are_on_its_page(name):
    """The page is bad, this line is not: nothing may change on it."""
    damage, _, _ = DAMAGES[name]
    page = survey(damage("\n".join(PROSE)))

    assert [clean(line, page).text for line in PROSE] == PROSE


def test_two_defects_of_one_page_are_mended_together():
    """A report page had late marks, blanks inside words and sara am for every sara aa."""
    page = survey("กลยุทธ์ที่ 1 : กำรพ ัฒนำ\nคณุ ภำพชวีติ คนไทยทกุ\nเป้ ำหมำย ระด ับชำติ\nสเู่ มอืง")

    assert clean("คณุ ภำพชวีติ", page).text == "คุณภาพชีวิต"
    assert clean("กำรพ ัฒนำระบบ", page).text == "การพัฒนาระบบ"


def test_marks_that_travel_over_a_word_boundary_come_home():
    assert clean("ไม่บรรลเุป้าหมาย").text == "ไม่บรรลุเป้าหมาย"
    assert clean("สร้างองคค์วามรู้ ใหม้ คีวามสุข").text == "สร้างองค์ความรู้ ให้มีความสุข"


def test_water_and_aunt_differ_by_what_is_printed():
    """ "น ้า" is น้ำ with half a sara am lost, "ต ้าน" is ต้าน, "น้า" is the aunt."""
    assert clean("น ้าประปา").text == "น้ำประปา"
    assert clean("ต ้านทุจริต").text == "ต้านทุจริต"
    assert clean("น้าชาย").text == "น้าชาย"


def test_true_sara_am_stays_on_a_line_where_every_sara_aa_became_one():
    assert clean("จำนวนหน่วยงำนที่ดำเนินกำร").text == "จำนวนหน่วยงานที่ดำเนินการ"


def test_a_guess_is_no_repair():
    """With the mark gone, หัน, หิน and หุ่น are as likely: the letter stays unnamed."""
    assert clean("ตำบลคอนตะห\ufffdน").text == "ตำบลคอนตะห\ufffdน"


def test_text_whose_vowels_were_read_as_letters_is_left_alone():
    """LibreOffice 5 mapped most vowels to one letter: no word can be told from another."""
    page = survey("บบญชชสรรปจจนวนโครงกจรพ จ บฒนจททองถถถน กถจกรรมและงบประมจณ " * 6)

    assert page.is_beyond_repair
    assert clean("จจนวนโครงกจรพ จ บฒนจ", page).text == "จจนวนโครงกจรพ จ บฒนจ"


def test_a_page_with_slashes_and_list_numbers_has_no_stand_ins():
    page = " ".join(f"{n}.แผน/โครงการ/กิจกรรม และ/หรือ ข้อ{n}การใช้ ผู้รับ/ส่ง" for n in range(1, 9))

    assert find_stand_ins(page) == ()


# ---- what must be left alone ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "คุณภารการดำเนินงาน",
        "เว็บไชต์ของหน่วยงาน",
        "หลักปะกันสัญญา",
        "ประกาศเจตนาธรรม",
        "วันขาติ",
        "อบต.คอนตะหิน อ.กง จ.นครราชสีมา",
        "นางสาวเจษฎาภรณ์ ภิรมย์ไทย",
        "ตำบลลำภูรา ตำบลหนองนาคำ",
        "การ ทำงาน ของ เจ้าหน้าที่",
        "อยู่ในที่ที่เหมาะสม ให้ได้ได้",
        "ณ ที่ทำการ ก ข ค",
        "ก็ดี ฤๅษี ฯลฯ ต่าง ๆ",
        "ตากลม มากอด คาถาอาคม ทางด้านหน้า",
    ],
)
def test_names_misspellings_of_authors_and_rare_words_stay(text):
    assert clean(text).text == text
    assert clean(text).repairs == {}


@pytest.mark.parametrize(
    "text",
    [
        "OIT o12 e-7 i๑๐ EP๗ ๙๙.๗๘ % (๑) ๒.๑",
        "www.example.go.th/ita?year=2568&page=๑",
        "ติดต่อ ita@example.go.th โทร. ๐-๔๔๘๕-๑๓๕๙ ต่อ 12",
        "No Gift Policy & Dos/Don'ts <85 คะแนน a*b**c",
        "β-test 5 μm naïve café Σx",
        "≥ ๘๕ → ผ่าน • ■ “ข้อ” – ‘ก’ … ✓",
        "ลงชื่อ........................ผู้รายงาน",
        "#1 ของประเทศ # หมายเหตุ",
    ],
)
def test_codes_addresses_and_foreign_words_stay(text):
    assert clean(text).text == text


def test_words_that_show_a_lost_mark_are_in_no_sound_word():
    """Else a sound page would be taken for a damaged one."""
    words = "\n".join(lexicon().costs)
    for section in ("reduced_am", "lost_marks"):
        assert [word for word in repair_table(section)["words"] if word in words] == []


# ---- dictionary and decoder ----------------------------------------------------------------------


def test_the_dictionary_knows_its_words_by_their_letters():
    known = lexicon()

    assert set(known.by_skeleton["คา"].split()) >= {"คำ", "ค่า", "คา"}
    assert known.costs["ที่"] < known.costs["คะแนน"] < 22
    assert skeleton("ตัวชี้วัด") == "ตวชวด"
    assert set(marks_of("น้ำ")[0]) == {"้", "ํ"}


def test_a_chunk_ends_in_a_word_or_was_cut():
    assert ends_in_word("การเพิ่ม") and not ends_in_word("เพมิ่")
    assert reads("เปิดเผยข้อมูล") and not reads("เปดิ เผย")


def test_respelling_keeps_account_of_every_character():
    text = "ตวั ชวี้ ดั ที ่ผ ่ ่าน"
    done = respell(text, Channel(late=3.0, spaced=6.0))

    assert done is not None
    assert done.text == "ตัวชี้วัดที่ผ่าน"
    assert done.source == sorted(done.source)
    assert len(done.source) == len(done.text)
    assert set(done.source) <= set(range(len(text)))

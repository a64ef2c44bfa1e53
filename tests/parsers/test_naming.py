"""The agencies, places and years that a document names."""

from __future__ import annotations

import pytest
from support import grid_of, passage_of, stream_from

from parsers.model import Agency, Identity, Mention
from parsers.reading.naming import read_names
from parsers.reading.yearnames import heading_years, what_of
from parsers.text.stream import Stream, stream_of

TAMBON = Agency(
    "40-1", "องค์การบริหารส่วนตำบลหนองบัว", "อบต.หนองบัว", "tambon-administration",
    "หนองบัว", "บ้านฝาง", "ขอนแก่น", "40",
)  # fmt: skip
TOWN = Agency(
    "36-1", "เทศบาลตำบลจัตุรัส", "ทต.จัตุรัส", "tambon-municipality", None, "จัตุรัส", "ชัยภูมิ", "36"
)
UNIVERSITY = Agency("50-1", "มหาวิทยาลัยราชภัฏเชียงใหม่", "", "university", province="เชียงใหม่")


def _names(text: str, own: Agency | None = TAMBON, *rows: list[str]) -> tuple[Mention, ...]:
    grids = (grid_of(rows),) if rows else ()
    identity = Identity("analysis", "nacc-ita", own, 2568, 2568)
    return read_names(stream_from(text), grids, identity, several=False)


def _agencies(text: str, own: Agency | None = TAMBON) -> list[tuple[str, str]]:
    return [(m.name, m.role) for m in _names(text, own) if m.kind == "agency"]


def _places(text: str, own: Agency | None = TAMBON) -> list[tuple[str, str, str]]:
    return [(m.kind, m.name, m.of) for m in _names(text, own) if m.kind not in ("agency", "year")]


def _years(text: str) -> list[tuple[str, str, str]]:
    return [(m.name, m.role, m.of) for m in _names(text) if m.kind == "year"]


@pytest.mark.parametrize(
    "printed",
    [
        "องค์การบริหารส่วนตำบลหนองบัว",
        "อบต.หนองบัว",
        "องค์การบริหาร\nส่วนตำบล\nหนองบัว",
        "องค์การบริหารส่วนตำบล หนองบัวได้ดำเนินการ",
        "องค์การบริหารส่วนตำบลหนองบัวอำเภอบ้านฝาง",
    ],
)
def test_the_own_name_is_one_name_however_it_is_printed(printed: str) -> None:
    assert {name for name, _ in _agencies(printed)} == {TAMBON.name}


@pytest.mark.parametrize(
    "words",
    [
        "องค์การบริหารส่วนตำบลและประชาชนในพื้นที่ องค์การบริหารส่วนตำบล ได้ดำเนินการ",
        "เว็บไซต์ของอบต.และสื่อ อบต. มีการประชุม อบต.ได้ดำเนินการ",
        "พระราชบัญญัติสภาตำบลและองค์การบริหารส่วนตำบล พ.ศ. ๒๕๓๗ องค์การบริหารส่วนตำบลหน้าที่",
        "เทศบาลตำบลในพื้นที่ เทศบาลตำบลทุกแห่ง เทศบาลเมืองและเทศบาลนคร เทศบาลตำบลมีผล",
        "ข้อบัญญัติองค์การบริหารส่วนตำบลเรื่องงบประมาณ แผนพัฒนาองค์การบริหารส่วนตำบลประจำปี",
    ],
)
def test_words_after_the_type_of_agency_are_no_name(words: str) -> None:
    assert _agencies(words) == []


def test_a_name_that_is_nearly_the_own_is_read_as_printed() -> None:
    """The published report of ดอนตะหนิน has คอนตะหิน on its cover."""
    own = Agency(
        "30-1", "องค์การบริหารส่วนตำบลดอนตะหนิน", "", "tambon-administration",
        "ดอนตะหนิน", "บัวใหญ่", "นครราชสีมา", "30",
    )  # fmt: skip
    found = _agencies("สำนักปลัดองค์การบริหารส่วนตำบลคอนตะหิน\nอำเภอบัวใหญ่ จังหวัดนครราชสีมา", own)

    assert found == [("องค์การบริหารส่วนตำบลคอนตะหิน", "title")]


def test_a_name_cut_off_by_the_page_is_no_other_name() -> None:
    assert _agencies("องค์การบริหารส่วนตำบลหนองบั") == []


def test_a_type_word_with_a_slip_is_kept() -> None:
    assert _agencies("องค์การบริหารตำบลหนองบัว") == [("องค์การบริหารตำบลหนองบัว", "title")]


def test_the_office_of_a_mayor_holds_the_name() -> None:
    found = _agencies("(ลงชื่อ)\nนายกเทศมนตรีตำบลหนองบัวใหญ่", TOWN)

    assert found == [("เทศบาลตำบลหนองบัวใหญ่", "signature")]


def test_an_unlisted_name_counts_where_it_is_quoted_and_then_everywhere() -> None:
    text = (
        "ประชาสัมพันธ์ทาง Facebook “อบต.โพรงาม” เพื่อให้\nไม่ต้องเดินทางมาองค์การบริหารส่วนตำบลโพรงามด้วยตนเอง"
    )

    assert [name for name, _ in _agencies(text)] == ["องค์การบริหารส่วนตำบลโพรงาม"] * 2
    assert _agencies("มาองค์การบริหารส่วนตำบลโพรงามด้วยตนเอง") == []


@pytest.mark.parametrize(
    "text",
    [
        "ได้ไปศึกษาดูงาน ณ องค์การบริหารส่วนตำบลโนนสูง จังหวัดขอนแก่น",
        "อบต.โนนสูง อบต.บ้านเป้า เทศบาลตำบลหนองบัวใหญ่",
    ],
)
def test_visits_and_lists_name_partners(text: str) -> None:
    assert {role for _, role in _agencies(text)} == {"partner"}


def test_an_unspelt_university_is_found_and_its_neighbour_is_not() -> None:
    text = "มหาวิทยาลัยราชภัฎเชียงใหม่ มหาวิทยาลัยราชภัฏเชียงใหม่ มหาวิทยาลัยราชภัฏเชียงราย"

    assert [name for name, _ in _agencies(text, UNIVERSITY)] == ["มหาวิทยาลัยราชภัฎเชียงใหม่"]


def test_places_after_the_own_name_say_where_it_lies() -> None:
    found = _places("องค์การบริหารส่วนตำบลหนองบัว อำเภอบ้านแฝง จังหวัดขอนแก่น")

    assert found == [("district", "บ้านแฝง", "agency"), ("province", "ขอนแก่น", "agency")]


def test_a_line_of_places_on_the_first_page_says_it_too() -> None:
    text = "การวิเคราะห์ผลการประเมิน\n\nประจำปี ๒๕๖๘\n\nอำเภอบ้านฝาง จังหวัดขอนแก่น"

    assert _places(text) == [("district", "บ้านฝาง", "agency"), ("province", "ขอนแก่น", "agency")]


def test_other_places_are_only_named() -> None:
    text = "สำนักงาน ป.ป.ช. ประจำจังหวัดชัยภูมิ ประชุมที่อำเภอเมืองชัยภูมิ ทุกจังหวัดและอำเภอละ ๑ แห่ง"

    assert _places(text) == [("province", "ชัยภูมิ", ""), ("district", "เมืองชัยภูมิ", "")]


def test_a_province_with_a_lost_mark_is_read_as_printed() -> None:
    assert _places("ในเขตจังหวัดขอนแกน และจังหวัดต่าง ๆ") == [("province", "ขอนแกน", "")]


@pytest.mark.parametrize(
    ("words", "of"),
    [
        ("รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรม ประจำปีงบประมาณ", "follow-up"),
        ("มาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปี", "plan"),
        ("การวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใส ประจำปี", "result"),
        ("ปรับปรุงห้องประชุม ปี", ""),
    ],
)
def test_the_words_before_a_year_tell_what_it_is_the_year_of(words: str, of: str) -> None:
    assert what_of(words) == of


def test_a_title_over_several_lines_has_one_year() -> None:
    text = (
        "การวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใส\nในการดำเนินงานของหน่วยงานภาครัฐ\n"
        "ประจำปีงบประมาณ พ.ศ.\n๒๕๖๘\nของ\nองค์การบริหารส่วนตำบลหนองบัว"
    )
    (year,) = [m for m in _names(text) if m.kind == "year"]

    assert (year.name, year.role, year.of, year.printed) == ("2568", "title", "result", "๒๕๖๘")
    assert year.context.startswith("การวิเคราะห์ผล")


def test_a_year_inside_a_sentence_is_no_heading() -> None:
    text = "คณะทำงานได้นำผลการประเมิน ITA ประจำปีงบประมาณ ๒๕๖๗ มาวิเคราะห์หาข้อบกพร่องเพื่อแก้ไขต่อไป"

    assert _years(text) == [("2567", "text", "result")]


def test_the_years_of_laws_and_master_plans_are_no_fiscal_years() -> None:
    text = "ตามพระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. ๒๕๔๐ แผนแม่บท (พ.ศ. ๒๕๖๑-๒๕๘๐)"

    assert _years(text) == []


def test_years_side_by_side_are_a_series() -> None:
    assert {role for _, role, _ in _years("ผลการประเมินรายตัวชี้วัด\nปี 2566  ปี 2567  ปี 2568")} == {
        "series"
    }


def test_columns_of_several_years_are_a_series() -> None:
    rows = [["ตัวชี้วัด", "คะแนนปี 2567", "คะแนนปี 2568"], ["การใช้อำนาจ", "90.00", "91.00"]]
    found = [(m.name, m.role) for m in _names("", TAMBON, *rows) if m.kind == "year"]

    assert found == [("2567", "series"), ("2568", "series")]


def test_a_name_is_held_with_its_first_places_only() -> None:
    text = "\n".join(["ขององค์การบริหารส่วนตำบลหนองบัว ที่ดำเนินการในระหว่างปีที่ผ่านมาทั้งหมด"] * 9)

    assert len(_agencies(text)) == 3


def test_the_cells_of_tables_are_searched() -> None:
    rows = [["มาตรการ", "ผู้รับผิดชอบ"], ["แจ้งทางเพจ “อบต.โพรงาม”", "สำนักปลัด"]]
    found = [(m.name, m.role) for m in _names("", TAMBON, *rows) if m.kind == "agency"]

    assert found == [("องค์การบริหารส่วนตำบลโพรงาม", "table")]


def _page(*lines: tuple[float, float, str]) -> Stream:
    """Lines by where they begin, how high they stand, and their text (5 points a letter)."""
    passages = tuple(passage_of(text, x0=x0, top=top) for x0, top, text in lines)
    return stream_of({1: passages}, ())


def test_a_title_may_break_before_a_word_that_titles_begin_with() -> None:
    """Lam Phu Ra breaks "… ตามมาตรการ …" in three centred lines: the first tells what it is.

    Read from มาตรการ on, the follow-up would be a plan, and its year would be compared with
    the wrong headings.
    """
    stream = _page(
        (20, 0, "ผลการดำเนินการเพื่อยกระดับความโปร่งใสของหน่วยงานในสังกัดทั้งหมดตามที่ได้กำหนดใน"),
        (200, 12, "มาตรการ"),
        (100, 24, "ส่งเสริมความโปร่งใสของหน่วยงาน ประจำปี ๒๕๖๗"),
        (10, 50, "หน่วยงานได้ประชุมคณะทำงานเพื่อทบทวนมาตรการเดิมและกำหนดผู้รับผิดชอบใหม่ทุกข้อครบ"),
    )

    (year,) = [mention for _, mention in heading_years(stream, ())]

    assert (year.name, year.of) == ("2567", "follow-up")
    assert year.context.startswith("ผลการดำเนินการ")


def test_a_short_line_above_a_heading_is_read() -> None:
    """Its box is asked for by more letters than it has: that was the end of the reading once."""
    stream = _page((0, 0, "๑" * 60), (0, 11, "สรุปผล"), (0, 22, "ปีงบประมาณ พ.ศ. ๒๕๖๗"))

    assert [mention.name for _, mention in heading_years(stream, ())] in ([], ["2567"])
    assert passage_of("สรุป").box(0, 12) == passage_of("สรุป").box()


def test_a_verb_may_follow_the_name_of_another_agency_at_once() -> None:
    text = "ข้อมูลนี้แสดงว่าองค์การบริหารส่วนตำบลหนองโพนงามเปิดเผยข้อมูลครบถ้วน"

    assert _agencies(text) == [("องค์การบริหารส่วนตำบลหนองโพนงาม", "text")]

"""Kind, agency, place and years of a document."""

from __future__ import annotations

import pytest
from support import passage_of

from parsers.model import Identity
from parsers.reading.agencies import agency_id, agency_type, clean_name, find_agency
from parsers.reading.identity import identify


def _identify(*pages: str) -> Identity:
    lines = {
        number: tuple(passage_of(line, top=20.0 * i) for i, line in enumerate(text.split("\n")))
        for number, text in enumerate(pages, start=1)
    }
    return identify(lines, ())


def test_a_tambon_administration_with_its_district_misspelt_on_the_cover() -> None:
    identity = _identify(
        "การวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใส\nประจำปีงบประมาณ พ.ศ. ๒๕๖๘\nของ\n"
        "องค์การบริหารส่วนตำบลขามสมบูรณ์\nอำเภอกง จังหวัดนครราชสีมา",
        "ขององค์การบริหารส่วนตำบลขามสมบูรณ์ อำเภอคง จังหวัดนครราชสีมา ในปีงบประมาณ พ.ศ.๒๕๖๘\n"
        "องค์การบริหารส่วนตำบลขามสมบูรณ์ตามข้อ i๑ ได้คะแนน ๙๙.๓๕",
    )

    agency = identity.agency
    assert agency is not None
    assert agency.name == "องค์การบริหารส่วนตำบลขามสมบูรณ์"
    assert agency.type == "tambon-administration"
    assert (agency.tambon, agency.district, agency.province) == ("ขามสมบูรณ์", "คง", "นครราชสีมา")
    assert agency.province_code == "30"
    assert identity.kind == "analysis"
    assert (identity.result_year_be, identity.report_year_be) == (2568, 2568)


def test_the_spelling_that_exists_wins_over_the_one_on_the_cover() -> None:
    agency = find_agency(
        [
            "สำนักปลัดองค์การบริหารส่วนตำบลคอนตะหิน\nอำเภอบัวใหญ่ จังหวัดนครราชสีมา",
            "องค์การบริหารส่วนตำบลดอนตะหนิน ประจำปี\nองค์การบริหารส่วนตำบลดอนตะหนิน ในปี 2568",
        ]
    )

    assert agency is not None
    assert agency.name == "องค์การบริหารส่วนตำบลดอนตะหนิน"


@pytest.mark.parametrize(
    ("cover", "name", "kind"),
    [
        ("เทศบาลตำบลจตุรัส\nอำเภอจตุรัส จังหวัดชัยภูมิ", "เทศบาลตำบลจตุรัส", "tambon-municipality"),
        ("จังหวัดลำพูน\nโดย สำนักงานจังหวัดลำพูน", "จังหวัดลำพูน", "province"),
        ("องค์การบริหารส่วนจังหวัดตรัง", "องค์การบริหารส่วนจังหวัดตรัง", "provincial-administration"),
        ("กรมชลประทาน\nกระทรวงเกษตรและสหกรณ์", "กรมชลประทาน", "department"),
        ("มหาวิทยาลัยขอนแก่น", "มหาวิทยาลัยขอนแก่น", "university"),
        ("เทศบาลเมืองบัวใหญ่ อำเภอบัวใหญ่ จังหวัดนครราชสีมา", "เทศบาลเมืองบัวใหญ่", "town-municipality"),
    ],
)
def test_types_of_agencies(cover: str, name: str, kind: str) -> None:
    agency = find_agency(["ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. ๒๕๖๗\n" + cover])

    assert agency is not None
    assert (agency.name, agency.type) == (name, kind)


def test_a_follow_up_is_about_measures() -> None:
    identity = _identify(
        "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน\n"
        "ประจำปีงบประมาณ พ.ศ. ๒๕๖๗",
        "จากการวิเคราะห์ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. ๒๕๖๖",
    )

    assert identity.kind == "measures"
    assert (identity.result_year_be, identity.report_year_be) == (2566, 2567)


def test_a_text_about_something_else() -> None:
    identity = _identify("รายงานการประชุมสภาเทศบาล\nครั้งที่ ๑")

    assert (identity.kind, identity.scheme) == ("other", None)


def test_short_and_full_names_are_one_agency() -> None:
    assert clean_name("อบต. ขามสมบูรณ์") == "องค์การบริหารส่วนตำบลขามสมบูรณ์"
    assert agency_id("ทต.จตุรัส", "36") == agency_id("เทศบาลตำบลจตุรัส", "36")
    assert agency_id("ทต.จตุรัส", "36") != agency_id("ทต.จตุรัส", "30")
    assert agency_type("อบจ.ตรัง") == "provincial-administration"


@pytest.mark.parametrize(
    ("cover", "name", "kind"),
    [
        ("กรมส่งเสริมการเกษตร\nกระทรวงเกษตรและสหกรณ์", "กรมส่งเสริมการเกษตร", "department"),
        ("การประปานครหลวง", "การประปานครหลวง", "state-enterprise"),
        ("โรงพยาบาลหัวหิน จังหวัดประจวบคีรีขันธ์", "โรงพยาบาลหัวหิน", "hospital"),
        ("จุฬาลงกรณ์มหาวิทยาลัย", "จุฬาลงกรณ์มหาวิทยาลัย", "university"),
        (
            "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำพูน เขต 1",
            "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำพูน เขต 1",
            "school-or-college",
        ),
        (
            "สำนักงานปลัดเทศบาล\nเทศบาลตำบลป่าสัก\nอำเภอเมืองลำพูน\nจังหวัดลำพูน",
            "เทศบาลตำบลป่าสัก",
            "tambon-municipality",
        ),
        (
            "สำนักงานคณะกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ\nเทศบาลตำบลป่าสัก",
            "เทศบาลตำบลป่าสัก",
            "tambon-municipality",
        ),
    ],
)
def test_the_type_word_is_part_of_a_name_and_the_first_own_line_decides(
    cover: str, name: str, kind: str
) -> None:
    """Of กรม… only the ministry below it was kept, of a hospital the wrong kind of hospital."""
    agency = find_agency(["วิเคราะห์ผลการประเมิน ITA\n" + cover])

    assert agency is not None
    assert (agency.name, agency.type) == (name, kind)


def test_a_district_that_the_list_does_not_know_is_kept_as_printed() -> None:
    agency = find_agency(["เทศบาลตำบลจตุรัส\nอำเภอจตุรัส จังหวัดชัยภูมิ"])

    assert agency is not None
    assert (agency.district, agency.province) == ("จตุรัส", "ชัยภูมิ")


def test_the_year_that_a_result_is_compared_with_is_not_the_result_year() -> None:
    identity = _identify(
        "การวิเคราะห์ผลการประเมิน ITA\nเทศบาลเมืองน่าน\nประจำปีงบประมาณ พ.ศ. 2568",
        "คะแนนเพิ่มขึ้นจากปีงบประมาณ พ.ศ. 2567\nคะแนนสูงกว่าปีงบประมาณ พ.ศ. 2567\n"
        "ผลคะแนนเทียบกับปีงบประมาณ พ.ศ. 2567",
    )

    assert (identity.result_year_be, identity.report_year_be) == (2568, 2568)


def test_a_plan_that_puts_last_years_result_into_practice() -> None:
    identity = _identify(
        "แผนการขับเคลื่อนมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน\n"
        "ประจำปีงบประมาณ พ.ศ. 2568 (จากผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567)\n"
        "เทศบาลตำบลพรหมพิราม อำเภอพรหมพิราม จังหวัดพิษณุโลก",
    )

    assert identity.kind == "measures"
    assert (identity.result_year_be, identity.report_year_be) == (2567, 2568)


def test_no_result_is_of_a_year_after_the_one_that_the_document_names() -> None:
    """A follow-up of FY2567 on the result of FY2566, with a plan for FY2568 named once."""
    identity = _identify(
        "รายงานผลการดำเนินการตามมาตรการส่งเสริมความโปร่งใส\nประจำปีงบประมาณ พ.ศ. 2567",
        "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2566\nเทศบาลได้คะแนนรวม 91.71 คะแนน\n"
        "(ปีงบประมาณ พ.ศ. 2565 ได้ 81.44 คะแนน) คะแนน IIT เท่ากับ 92.91 คะแนน\n"
        "ทั้งนี้ในปีงบประมาณ พ.ศ. 2568 จะดำเนินการต่อไป",
    )

    assert (identity.result_year_be, identity.report_year_be) == (2566, 2567)


def test_a_line_that_tells_a_score_is_no_name() -> None:
    """The sentence fills one short line of the first page and begins with the name."""
    identity = _identify(
        "สรุปผลการประเมินคุณธรรมและความโปร่งใสของการประปาส่วน\nภูมิภาค\n"
        "ประจำปีงบประมาณ พ.ศ. 2567\n"
        "การประปาส่วนภูมิภาคมีคะแนนผลการประเมินในภาพรวมร้อยละ 88.82\nโดยมีตัวชี้วัดที่ผ่าน 8 ตัวชี้วัด"
    )

    assert identity.agency is None or "คะแนน" not in identity.agency.name

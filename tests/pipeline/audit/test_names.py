"""Names that are not the document's own, and places that do not exist."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from audit_reports import report, score

from parsers.model import Agency, Box, Mention, PageContent, Report
from parsers.report import parse_report
from pipeline.audit import Finding, audit

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
OWN = Agency(
    "40-1", "องค์การบริหารส่วนตำบลหนองบัว", "", "tambon-administration",
    "หนองบัว", "บ้านฝาง", "ขอนแก่น", "40",
)  # fmt: skip
HERE = Box(100, 100, 200, 114)


def _agency(name: str, *, role: str = "text", page: int = 3, printed: str = "") -> Mention:
    return Mention("agency", printed or name, name, role, page, HERE)


def _place(kind: str, name: str, around: str = "", *, of: str = "agency") -> Mention:
    return Mention(kind, name, name, "title", 1, HERE, of, around)  # type: ignore[arg-type]


def _document(*mentions: Mention, own: Agency = OWN, verdict: str = "good") -> Report:
    held = report([score("ITA", "90.00")])
    assert held.identity is not None
    pages = tuple(PageContent(n, 595, 842, "text", verdict, (), {}, 9, 0) for n in range(1, 6))
    identity = replace(held.identity, agency=own, province=own.province, province_code="40")
    return replace(held, identity=identity, mentions=mentions, pages=pages)


def _findings(held: Report) -> list[Finding]:
    return list(audit(held, ()))


def _brief(held: Report) -> list[tuple[str, str, str | None, str | None]]:
    return [(f.rule, f.severity, f.printed, f.expected) for f in _findings(held)]


def test_the_own_name_and_place_say_nothing() -> None:
    around = "บ้านฝาง ขอนแก่น"
    own = [_agency(OWN.name), _agency(OWN.name, printed="อบต.หนองบัว")]
    places = [_place("district", "บ้านฝาง", around), _place("province", "ขอนแก่น", around)]

    assert _findings(_document(*own, *places)) == []


def test_blanks_and_thai_digits_are_no_other_spelling() -> None:
    """An education area's own name was a conflict with itself: "เลย เขต 1", "เลยเขต๑"."""
    own = replace(OWN, name="สำนักงานเขตพื้นที่การศึกษาประถมศึกษาเลย เขต 1", type="school-or-college")

    held = _document(_agency("สำนักงานเขตพื้นที่การศึกษาประถมศึกษาเลยเขต๑"), own=own)

    assert [f for f in _findings(held) if f.rule == "agency-conflict"] == []


def test_another_agencys_name_is_one_finding_with_all_its_pages() -> None:
    name = "องค์การบริหารส่วนตำบลโพรงาม"
    (found,) = _findings(_document(_agency(name), _agency(name, page=5, printed="อบต.โพรงาม")))

    assert (found.rule, found.severity) == ("agency-conflict", "warning")
    assert (found.printed, found.expected, found.page) == (name, OWN.name, 3)
    assert "หน้า 3, 5" in found.message_th
    assert found.box == HERE


def test_partners_are_no_conflict() -> None:
    assert _findings(_document(_agency("เทศบาลตำบลโนนสูง", role="partner"))) == []


def test_a_document_about_many_agencies_is_no_copied_text() -> None:
    names = ("เทศบาลตำบลโนนสูง", "เทศบาลตำบลบ้านเป้า", "เทศบาลตำบลหนองแวง")

    assert _findings(_document(*map(_agency, names))) == []


def test_a_province_may_name_its_agencies() -> None:
    own = replace(OWN, name="จังหวัดขอนแก่น", type="province", tambon=None, district=None)

    assert _findings(_document(_agency("เทศบาลตำบลโนนสูง"), own=own)) == []


def test_a_table_of_agencies_names_many() -> None:
    held = _document(_agency("เทศบาลตำบลโนนสูง"))
    scores = tuple(replace(s, agency_name_printed="เทศบาลตำบลโนนสูง") for s in held.scores)

    assert _findings(replace(held, scores=scores)) == []


@pytest.mark.parametrize(("verdict", "severity"), [("good", "warning"), ("repaired", "note")])
def test_a_lost_tone_mark_is_only_a_note_where_the_text_may_have_lost_it(
    verdict: str, severity: str
) -> None:
    own = replace(OWN, name="องค์การบริหารส่วนตำบลบ้านเป้า", tambon="บ้านเป้า")
    name = _agency("องค์การบริหารส่วนตำบลบ้านเปา")
    (found,) = _findings(_document(name, own=own, verdict=verdict))

    assert (found.rule, found.severity) == ("agency-conflict", severity)


def test_a_wrong_letter_is_told_with_the_listed_name() -> None:
    (found,) = _findings(_document(_agency("องค์การบริหารส่วนตำบลหนองบัล")))

    assert "รายชื่ออ้างอิง" in found.message_th
    assert "the former is not" in found.message_en


def test_the_wrong_kind_of_agency_is_told() -> None:
    (found,) = _findings(_document(_agency("องค์การบริหารตำบลหนองบัว")))

    assert "as the law has it" in found.message_en


def test_a_district_in_two_spellings_is_one_conflict() -> None:
    """That the list does not have the misspelt name is the same cause, not a second finding."""
    around = "บ้านแฝง ขอนแก่น"

    assert _brief(_document(_place("district", "บ้านแฝง", around))) == [
        ("agency-conflict", "warning", "อำเภอบ้านแฝง", "อำเภอบ้านฝาง"),
    ]


def test_another_place_of_the_own_agency_is_one_conflict() -> None:
    around = "จัตุรัส ชัยภูมิ"
    places = _place("district", "จัตุรัส", around), _place("province", "ชัยภูมิ", around)
    right = "อำเภอบ้านฝาง จังหวัดขอนแก่น"

    assert _brief(_document(*places)) == [
        ("agency-conflict", "warning", "อำเภอจัตุรัส จังหวัดชัยภูมิ", right),
    ]


def test_other_places_named_in_passing_are_none() -> None:
    assert _findings(_document(_place("province", "ชัยภูมิ", of=""))) == []


def test_the_capital_district_may_be_written_short() -> None:
    own = replace(OWN, district="เมืองขอนแก่น")
    held = _document(_place("district", "เมือง", "เมือง ขอนแก่น"), own=own)

    assert _findings(held) == []


def test_a_district_of_another_province_is_unknown_there() -> None:
    """อำเภอจัตุรัส lies in ชัยภูมิ."""
    held = _document(_place("district", "จัตุรัส", "จัตุรัส ขอนแก่น", of=""))
    (found,) = _findings(held)

    assert found.rule == "place-unknown"
    assert "ของจังหวัดขอนแก่น" in found.message_th


def test_text_that_was_recognised_from_pictures_is_not_blamed() -> None:
    held = _document(
        _agency("องค์การบริหารส่วนตำบลหนองบัล"), _place("district", "บ้านแฝง", "บ้านแฝง ขอนแก่น")
    )
    pages = tuple(replace(page, text_source="ocr") for page in held.pages)

    assert _findings(replace(held, pages=pages)) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "kham-sombun-2568-libreoffice",
            {
                ("agency-conflict", 1, "อำเภอกง"),
                ("agency-conflict", 4, "อบต.โพรงาม"),
            },
        ),
        ("don-tanin-2568-libreoffice", {("agency-conflict", 1, "องค์การบริหารส่วนตำบลคอนตะหิน")}),
        (
            "lam-phu-ra-2567-chromium",
            {("agency-conflict", 2, "องค์การบริหารตำบลลำภูรา"), ("year-conflict", 2, "2566")},
        ),
        ("lamphun-2568-weasyprint", set()),
        ("province-results-2565-calc", set()),
    ],
)
def test_typeset_reports_show_what_was_planted(
    name: str, expected: set[tuple[str, int, str]]
) -> None:
    held = parse_report((SAMPLES / f"{name}.pdf").read_bytes())
    found = {(f.rule, f.page, f.printed) for f in audit(held, ())}

    assert {
        f for f in found if f[0] in ("agency-conflict", "place-unknown", "year-conflict")
    } == expected

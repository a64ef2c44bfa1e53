"""Documents of one agency that give one score of one year different values."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from audit_reports import report, score, table
from audit_years import printed_report, true_scores

from parsers.model import Agency, Box, Identity, Mention, Report, Score
from pipeline.audit import Finding, Library, audit_across
from pipeline.audit.library import agency_of_score

OWN = Agency(
    "40-own", "องค์การบริหารส่วนตำบลบ้านเหล่า", "", "tambon-administration",
    None, "บ้านฝาง", "ขอนแก่น", "40",
)  # fmt: skip
VALUES = {"1": "90.00", "2": "91.00", "9": "75.00", "10": "80.00", "OIT": "77.50", "ITA": "85.10"}


def _document(
    name: str,
    scores: list[Score] | None = None,
    *,
    agency: Agency | None = OWN,
    kind: str = "analysis",
    year_be: int = 2568,
    report_year: int | None = None,
) -> Report:
    held = report(table(VALUES) if scores is None else scores)
    identity = Identity(
        kind,
        "nacc-ita",
        agency,
        year_be,
        report_year or year_be,
        "ขอนแก่น",
        "40",  # type: ignore[arg-type]
    )
    numbered = tuple(replace(s, score_id=f"{name}-{s.score_id}") for s in held.scores)
    return replace(
        held, document_id=name, identity=identity, scores=numbered, mentions=(_said(year_be),)
    )


def _said(year_be: int) -> Mention:
    year = str(year_be)
    return Mention("year", year, year, "heading", 1, Box(0, 0, 1, 1), "result", "ผลการประเมิน")


def _across(*reports: Report, retrieved: str = "") -> list[Finding]:
    library = Library()
    for held in reports:
        library.add(held, f"{held.document_id}.pdf", retrieved or None)
    opened = {held.document_id: held for held in reports}
    return list(audit_across(library, opened.get))


def _changed(**values: str) -> list[Score]:
    return table({**VALUES, **{code.lstrip("n"): value for code, value in values.items()}})


def test_documents_that_agree_say_nothing() -> None:
    assert _across(_document("a"), _document("b"), _document("c", kind="measures")) == []


def test_one_value_that_differs_is_put_on_the_older_document() -> None:
    (found,) = _across(_document("plan", _changed(n9="65.00"), kind="measures"), _document("old"))

    assert (found.rule, found.severity) == ("documents-differ", "warning")
    assert (found.document_id, found.agency_id, found.year_be) == ("old", "40-own", 2568)
    assert (found.code, found.printed, found.expected) == ("9", "75.00", "65.00")
    assert str(found.difference) == "10.00"
    assert found.evidence == ("old-s3", "plan-s3")
    assert "“plan.pdf” ซึ่งใหม่กว่า" in found.message_th
    assert (
        "plan.pdf”, which is newer: 9 is 75.00 here (page 1), 65.00 there (page 1)."
        in found.message_en
    )


def test_many_values_that_differ_are_one_finding() -> None:
    changed = _changed(n9="65.00", n10="70.00", OIT="67.50", ITA="81.10")
    (found,) = _across(_document("a"), _document("b", changed, report_year=2569))

    assert (found.document_id, found.code, found.level, found.printed) == ("a", "", None, None)
    assert len(found.evidence) == 8
    assert "9 is" in found.message_en
    assert "ITA is" in found.message_en


def test_nobody_knows_which_is_newer_of_two_alike() -> None:
    (found,) = _across(_document("a"), _document("b", _changed(n9="65.00")))

    assert "newer" not in found.message_en
    assert "older" not in found.message_en


def test_the_one_that_stands_against_two_is_named_once() -> None:
    odd = _document("new", _changed(n9="65.00"), kind="measures")
    (found,) = _across(_document("a"), _document("b"), odd)

    assert found.document_id == "new"
    assert "“a.pdf”" in found.message_th
    assert "“b.pdf”" in found.message_th
    assert "older" in found.message_en


def test_rounding_is_no_difference() -> None:
    rounded = table({**VALUES, "ITA": "85.11", "9": "75", "1": "90.0"})

    assert _across(_document("a"), _document("b", rounded)) == []


def test_a_score_may_jump_from_year_to_year() -> None:
    last = table({**VALUES, "9": "20.00"}, year_be=2567)

    assert _across(_document("a"), _document("b", last, year_be=2567)) == []


def test_last_years_column_must_be_last_years_report() -> None:
    compared = table(VALUES) + table({"ITA": "70.00"}, year_be=2567, table_no=2, page=3)
    last = _document("b", table({"ITA": "79.00"}, year_be=2567), year_be=2567)
    (found,) = _across(_document("a", compared), last)

    assert (found.document_id, found.year_be, found.code) == ("b", 2567, "ITA")


def test_the_values_of_another_year_are_told_as_such() -> None:
    """A plan prints the scores of 2567 under 2568."""
    earlier = {code: f"{float(value) - 7:.2f}" for code, value in VALUES.items()}
    both = table(VALUES) + table(earlier, year_be=2567, table_no=2)
    wrong = _document("plan", table(earlier), report_year=2567)
    (found,) = _across(_document("both", both), wrong)

    assert found.document_id == "plan"
    assert "prints these values for 2567" in found.message_en
    assert "nearly" not in found.message_en.lower()


def test_documents_that_share_nothing_but_the_year_are_suspected_of_another() -> None:
    other = {code: f"{float(value) - 7:.2f}" for code, value in VALUES.items()}
    (found,) = _across(_document("a"), _document("b", table(other)))

    assert "Nearly every value differs" in found.message_en


def test_a_table_of_agencies_is_held_against_their_own_reports() -> None:
    own = agency_of_score(_document("x"), score("ITA", "1", agency="อบต.บ้านเหล่าใหม่"))
    agency = replace(OWN, agency_id=own or "", name="องค์การบริหารส่วนตำบลบ้านเหล่าใหม่")
    rows = [
        score("ITA", "86.62", row_no=1, agency="อบต.บ้านเหล่าใหม่"),
        score("ITA", "90.00", row_no=2, agency="อบต.อื่น"),
    ]
    listed = _document("table", rows, agency=None, kind="result")
    (found,) = _across(listed, _document("report", agency=agency))

    assert (found.document_id, found.agency_id) == ("table", own)
    assert found.agency_name_printed == "อบต.บ้านเหล่าใหม่"
    assert (found.printed, found.expected) == ("86.62", "85.10")


def test_namesakes_are_never_taken_for_one_another() -> None:
    """ขอนแก่น has several ตำบลโนนสะอาด; without a district nobody knows which is meant."""
    name = "องค์การบริหารส่วนตำบลโนนสะอาด"
    one, other = (
        replace(OWN, agency_id="40-x", name=name, district=district)
        for district in ("ชุมแพ", "แวงใหญ่")
    )
    odd = _changed(n9="20.00")

    assert _across(_document("a", agency=one), _document("b", odd, agency=other)) == []
    assert len(_across(_document("a", agency=one), _document("b", odd, agency=one))) == 1
    assert agency_of_score(_document("c"), score("ITA", "1", agency=name)) is None


@pytest.mark.parametrize(("name", "known"), [("เทศบาลตำบลจัตุรัส", False), ("มหาวิทยาลัยเชียงใหม่", True)])
def test_without_a_province_only_names_that_are_the_only_one_count(name: str, known: bool) -> None:
    agency = replace(OWN, agency_id="00-x", name=name)
    found = _across(
        _document("a", agency=agency), _document("b", _changed(n9="2.00"), agency=agency)
    )

    assert bool(found) is known


def test_a_value_that_a_document_prints_elsewhere_too_is_no_difference() -> None:
    """It contradicts itself, which is told there."""
    both = [*table(VALUES), score("9", "65.00", place="sentence", page=4)]

    assert _across(_document("a", both), _document("b", _changed(n9="65.00"))) == []


def test_either_part_of_the_eit_may_be_printed() -> None:
    first = [*table({"e1": "80.00", "6": "81.00", "7": "82.00", "8": "83.00"})]
    second = [*table({"e1": "90.00", "6": "91.00", "7": "92.00", "8": "93.00"})]

    assert _across(_document("a", first), _document("b", second)) == []


def test_what_was_recognised_from_pictures_contradicts_nobody() -> None:
    seen = [replace(s, text_source="ocr") for s in _changed(n9="15.00")]

    assert _across(_document("a"), _document("b", seen)) == []  # type: ignore[arg-type]


def test_a_plan_that_names_its_own_year_alone_may_tell_the_result_of_the_year_before() -> None:
    plan = _document("plan", _changed(n9="20.00"), kind="measures")
    unsure = _across(_document("a"), replace(plan, mentions=()))
    assert unsure == []
    assert len(_across(_document("a"), plan)) == 1


def test_a_document_that_cannot_be_opened_again_is_left_out() -> None:
    library = Library()
    for held in (_document("a"), _document("b", _changed(n9="2.00"))):
        library.add(held, "x.pdf")

    assert audit_across(library, lambda document_id: None) == ()


def test_every_consistent_report_agrees_with_its_copies() -> None:
    for seed in range(20):
        year = 2563 + seed % 6
        truth = true_scores(year, Random(seed))
        made = [
            replace(printed_report(truth, shown), document_id=name)
            for name, shown in (
                ("full", {"memo", "weighted", "questions", "instruments"}),
                ("short", {"short-hundreds"}),
            )
        ]
        made = [
            replace(m, identity=replace(m.identity, agency=OWN, province_code="40"))  # type: ignore[type-var]
            for m in made
        ]

        assert _across(*made) == []


def test_the_same_documents_give_the_same_findings() -> None:
    one, other = _document("a"), _document("b", _changed(n9="65.00", n10="1.00"))

    assert _across(one, other) == _across(other, one)

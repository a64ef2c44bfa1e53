"""Codes against titles: lists of another year, and titles of another question."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from audit_reports import report, score
from audit_years import printed_report, true_scores
from support import passage_of

from parsers.knowledge.catalogue import catalogue
from parsers.model import Advice, Measure, Quote, Report, Score
from parsers.reading.plancodes import quotes_of
from parsers.reading.references import lines_of, references_in
from pipeline.audit import Finding, audit, recompute

OWN = {
    "o5": "แผนยุทธศาสตร์หรือแผนพัฒนาหน่วยงาน",
    "o6": "แผนและความก้าวหน้าในการดำเนินงานและการใช้งบประมาณประจำปี",
    "o7": "รายงานผลการดำเนินงานประจำปี",
    "o8": "คู่มือหรือแนวทางการปฏิบัติงานของเจ้าหน้าที่",
    "o10": "E-Service",
    "o11": "ข้อมูลสถิติการให้บริการ",
    "o18": "ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ",
    "o25": "แผนปฏิบัติการป้องกันการทุจริต",
}
# Kham Sombun FY2568 lists o5 to o8 under the numbers of FY2567.
FORMER = {f"o{number}": title for number, title in enumerate(list(OWN.values())[:4], start=7)}


def _scores(titles: dict[str, str], value: str = "100", **how: object) -> list[Score]:
    return [
        score(code, value, label=title, row_no=row, **how)  # type: ignore[arg-type]
        for row, (code, title) in enumerate(titles.items(), start=1)
    ]


def _found(held: Report) -> list[Finding]:
    return list(audit(held, recompute(held)))


# ---- code-of-other-year ---------------------------------------------------------------------


def test_a_list_of_last_years_numbers_is_one_finding_that_names_the_year() -> None:
    (found,) = _found(report(_scores(FORMER)))

    assert (found.rule, found.severity) == ("code-of-other-year", "warning")
    assert (found.printed, found.expected) == ("o7–o10", "o5–o8")
    assert "FY2567" in found.message_en and "2567" in found.message_th
    assert len(found.evidence) == 4


def test_one_title_under_its_number_of_another_year_is_told_too() -> None:
    """Never as a title of another question: the other year explains it."""
    titles = {"o7": FORMER["o7"], "o10": OWN["o10"], "o11": OWN["o11"]}

    (found,) = _found(report(_scores(titles)))

    assert (found.rule, found.printed, found.expected) == ("code-of-other-year", "o7", "o5")
    assert "2567" in found.message_th


def test_codes_that_the_year_does_not_have_are_explained_by_it() -> None:
    """FY2567 ends with o35, FY2568 with o28: no second finding about o34 and o35."""
    titles = {
        "o34": "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
        "o35": "รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
        "o32": "แผนปฏิบัติการป้องกันการทุจริต",
    }

    assert [f.rule for f in _found(report(_scores(titles)))] == ["code-of-other-year"]


def test_the_same_numbers_in_two_lists_with_two_values_are_explained_by_it() -> None:
    former = _scores(FORMER, table_no=1)
    own = _scores(OWN, "50.00", table_no=2)

    assert [f.rule for f in _found(report([*former, *own]))] == ["code-of-other-year"]


@pytest.mark.parametrize(("own", "other"), [(2566, 2565), (2565, 2566), (2568, 2567)])
def test_arithmetic_reads_such_a_list_by_its_titles(own: int, other: int) -> None:
    """True item scores under another year's numbers: one finding, and no sum fails."""
    truth = true_scores(own, Random(own))
    year, numbering = catalogue(own), catalogue(other)
    assert year is not None and numbering is not None
    codes = {q.concept: q.code for q in numbering.questions if q.instrument == "OIT"}
    asked = [q for q in year.questions if q.instrument == "OIT" and q.concept in codes]
    values = {q.code: truth.printed(q.code) if q.code in truth.values else "100" for q in asked}
    items = [
        replace(
            score(codes[q.concept], values[q.code], label=q.title, row_no=row, year_be=own),
            score_id=f"item{row}",
            table_no=9,
        )
        for row, q in enumerate(asked, start=1)
    ]
    printed = printed_report(truth, {"instruments", "subindicators"})
    held = replace(printed, scores=(*printed.scores, *items))

    found = [f for f in _found(held) if f.rule != "borderline"]

    assert [f.rule for f in found] == ["code-of-other-year"]
    assert str(other) in found[0].message_th


@pytest.mark.parametrize(
    "titles",
    [
        OWN,
        {code: title[:20] for code, title in OWN.items()},  # cut off
        dict.fromkeys(FORMER, ""),
    ],
)
def test_lists_of_their_own_year_are_not_of_another(titles: dict[str, str]) -> None:
    rules = [f.rule for f in _found(report(_scores(titles)))]

    assert "code-of-other-year" not in rules


def _measure(text: str, year_be: int = 2568, table_no: int = 1) -> Measure:
    none = dict.fromkeys(("period_start", "period_end"))
    texts = dict.fromkeys(
        ("indicator", "measure", "steps", "responsible", "period_printed", "result", "outcome"), ""
    )
    return Measure(
        measure_id="m",
        year_be=year_be,
        issue_no=None,
        issue_printed="",
        codes=(),
        analysis=text,
        follow_up="",
        page_first=1,
        page_last=1,
        quotes=tuple(
            Quote(quote.code, quote.rule, quote.title, 1, None)
            for quote in quotes_of(text, year_be=year_be)
        ),
        table_no=table_no,
        **none,
        **texts,
    )


def test_a_plan_may_number_by_the_result_that_it_answers_but_not_by_an_older_one() -> None:
    """A plan of FY2568 that takes its questions from the lists before FY2567."""
    older = ("e๑๑ การปฏิบัติงานหรือการให้บริการดีขึ้นกว่าปีก่อน มีการปรับปรุงคุณภาพ",)
    older += ("e๖ ช่องทางเผยแพร่ข้อมูลข่าวสารของหน่วยงานเข้าถึงได้ง่าย",)
    older += ("i๑๙ ท่านรู้แนวปฏิบัติเกี่ยวกับการใช้ทรัพย์สินของราชการ",)
    of_last_year = ("๐๗ แผนยุทธศาสตร์หรือแผนพัฒนาหน่วยงาน", "๐๙ รายงานผลการดำเนินงานประจำปี")

    (found,) = _found(replace(report([]), measures=tuple(map(_measure, older))))
    silent = _found(replace(report([]), measures=tuple(map(_measure, of_last_year))))

    assert found.rule == "code-of-other-year"
    assert "FY2566" in found.message_en or "–2566" in found.message_en
    assert silent == []


QUOTED_2566 = (
    "๑๑๑ การให้บริการของเจ้าหน้าที่ดีขึ้นกว่าปีที่ผ่านมามากน้อยเพียงใด",
    "e๗ หน่วยงานเผยแพร่ข้อมูลข่าวสารที่ประชาชนควรรับทราบอย่างชัดเจนมากน้อยเพียงใด",
    "๑๑๙ ท่านรู้แนวปฏิบัติของหน่วยงานเกี่ยวกับการใช้ทรัพย์สินของราชการมากน้อยเพียงใด",
    "๗. ท่านทราบเกี่ยวกับงบประมาณของหน่วยงานของท่านมากน้อยเพียงใด",
)


def test_damaged_numbers_of_an_older_questionnaire_are_one_finding() -> None:
    """Kham Sombun FY2568 quotes the questions of FY2566 with what was left of their codes.

    One cause: e7, whose title is e5 now, is no second finding.
    """
    plan = tuple(_measure(text, table_no=n) for n, text in enumerate(QUOTED_2566))

    (found,) = _found(replace(report([]), measures=plan))

    assert (found.rule, found.severity) == ("code-of-other-year", "warning")
    assert "2566" in found.message_th and "e7" in (found.printed or "")


def test_a_plan_may_follow_a_list_that_is_not_known() -> None:
    """The questions of FY2569 are not known: a plan of that year may number as it does."""
    e7 = (_measure(QUOTED_2566[1], year_be=2569),)

    assert _found(replace(report([]), measures=e7)) == []


def test_the_numbers_of_rows_are_no_codes() -> None:
    rows = (
        "๑. ท่านทราบเกี่ยวกับงบประมาณของหน่วยงานของท่านมากน้อยเพียงใด",
        "๒. การให้บริการของเจ้าหน้าที่ดีขึ้นกว่าปีที่ผ่านมามากน้อยเพียงใด",
        "๗. ท่านทราบเกี่ยวกับงบประมาณของหน่วยงานของท่านมากน้อยเพียงใด",
    )

    assert _found(replace(report([]), measures=tuple(map(_measure, rows)))) == []


# ---- code-title-differs ---------------------------------------------------------------------


def test_a_title_of_another_question_names_it() -> None:
    """Chaturat FY2566 prints ข้อ ๐๓ before the title of o13."""
    titles = {"o1": "โครงสร้างหน่วยงาน", "o3": "รายงานผลการดำเนินงานประจำปี"}

    (found,) = _found(report(_scores(titles, year_be=2566), year_be=2566))

    assert (found.rule, found.severity, found.code) == ("code-title-differs", "warning", "o3")
    assert found.expected == "o13"


def test_the_advice_by_question_is_looked_at_too() -> None:
    advice = Advice(2568, "o12", "o12", "exact", "E-Service", "E-Service ขยายให้ครบ", (), 4)

    (found,) = _found(replace(report([]), advice=(advice,)))

    assert (found.rule, found.expected, found.page) == ("code-title-differs", "o10", 4)


def _advice(text: str) -> Report:
    references = tuple(references_in(lines_of(passage_of(text), 5)))
    advice = Advice(2567, "es9", "ES๙", "exact", "", text, (), 5, None, references)
    return replace(report([], year_be=2567), advice=(advice,))


def test_a_reference_by_a_former_number() -> None:
    """Lam Phu Ra refers to the E-Service as o13, and as o18, the number of the year before."""
    wrong = "พัฒนาระบบออนไลน์ (E-Service) ของงานบริการหลัก (อ้างอิงจาก ๐๑๘)"
    right = "ย้ายบริการขึ้นระบบ E-Service (อ้างอิงจาก ๐๑๓) และปรับคู่มือการปฏิบัติงาน (อ้างอิงจาก ๐๑๐)"

    (found,) = _found(_advice(f"{wrong} {right}\n{wrong}"))

    assert (found.rule, found.code, found.expected) == ("code-of-other-year", "o18", "o13")
    assert found.page == 5 and found.box is not None
    assert "2566" in found.message_th
    assert _found(_advice(right)) == []
    assert _found(_advice("แสดงแผนบุคลากรในระบบ E-Service (อ้างอิงจาก ๐๓๓)")) == []


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("o25", "แผนปฏิบัติการปองกันการทุจรติ"),  # damaged
        ("o25", "แผนปฏิบัติการป้องกัน"),  # cut
        ("o26", "รายงานผลการดำเนินการ"),  # cut where several go on
        ("i1", "งานบางอย่างไม่เสร็จตามขั้นตอนและเวลาที่ประกาศ"),  # in other words
        ("o20", "ให้ชาวบ้านเข้ามาช่วยคิดช่วยทำ"),
        ("o5", "ปรับแผนให้ทันสมัย เผยแพร่ในเว็บไซต์ และรายงานผลทุกไตรมาส"),
        ("e1", "ทำงานตามขั้นตอนและระยะเวลา"),  # the same is asked as i1
    ],
)
def test_cut_misspelt_and_paraphrased_titles_are_no_fault(code: str, title: str) -> None:
    assert _found(report([score(code, "100", label=title)])) == []


def test_where_the_years_list_is_inferred_it_is_a_note() -> None:
    (found,) = _found(report([score("o2", "100", label="E-Service", year_be=2567)], year_be=2567))

    assert (found.rule, found.severity) == ("code-title-differs", "note")


def test_every_title_of_the_catalogue_fits_its_own_code() -> None:
    for year_be in (2564, 2566, 2568):
        year = catalogue(year_be)
        assert year is not None
        titles = {q.code: q.title for q in year.questions}
        held = report(_scores(titles, year_be=year_be), year_be=year_be)

        assert _found(held) == []


# ---- question-missing -----------------------------------------------------------------------


def _iit(without: set[str] = frozenset(), **how: object) -> list[Score]:  # type: ignore[assignment]
    codes = [f"i{n}" for n in range(1, 16) if f"i{n}" not in without]
    return [
        score(code, "90.00" if row % 2 else "100.00", row_no=row, **how)  # type: ignore[arg-type]
        for row, code in enumerate(codes, start=1)
    ]


def test_a_list_of_nearly_all_questions_lacks_one() -> None:
    (found,) = _found(report(_iit({"i8"})))

    assert (found.rule, found.severity, found.expected) == ("question-missing", "note", "i8")
    assert "i8 is missing" in found.message_en


@pytest.mark.parametrize(
    "scores",
    [
        _iit(),
        _iit({f"i{n}" for n in range(5, 13)}),  # a part is meant
        [*_iit({"i8"}), score("i8", "70.00", place="sentence", page=3)],  # named elsewhere
        [replace(s, value=None) if s.code == "i8" else s for s in []] + _iit({"i8"}, year_be=2567),
        [score(f"i{n}", "100.00", row_no=n) for n in range(1, 15)],  # those with full marks
    ],
)
def test_lists_that_mean_a_part_or_lack_nothing(scores: list[Score]) -> None:
    assert [f.rule for f in _found(report(scores))] == []


# ---- instrument-differs-from-code -----------------------------------------------------------


def _headed(codes: list[str], printed: str) -> list[Score]:
    return [
        replace(score(code, "80.00", row_no=row), instrument_printed=printed)
        for row, code in enumerate(codes, start=1)
    ]


def test_a_table_headed_iit_that_holds_eit_questions() -> None:
    """Chaturat FY2566, indicator 7."""
    (found,) = _found(report(_headed(["e6", "e7"], "IIT")))

    assert (found.rule, found.severity) == ("instrument-differs-from-code", "warning")
    assert (found.printed, found.expected) == ("IIT", "EIT")


@pytest.mark.parametrize(
    ("codes", "printed"),
    [
        (["i1", "i2"], "IIT"),
        (["e1", "e2"], "EIT"),
        (["ep1", "ep2"], "EIT1"),
        (["es1", "es2"], "EIT"),
        (["i1", "i2", "e1"], "IIT"),  # a heading over both
        (["e1", "e2"], ""),
        (["6", "7"], "EIT"),
    ],
)
def test_headings_that_fit(codes: list[str], printed: str) -> None:
    assert _found(report(_headed(codes, printed))) == []

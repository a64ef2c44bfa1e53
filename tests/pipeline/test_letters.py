"""Why a finding was made: told from the dataset alone, with the arithmetic written out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from audit_dataset import write_tables
from audit_reports import rating, report, score, table

from parsers.model import Measure, Report
from pipeline.audit import Finding
from pipeline.audit.wording import Language, rule_texts
from pipeline.cli import main
from pipeline.letters import explain, letter, rows
from pipeline.letters.facts import facts
from pipeline.letters.parts import Grid, Line
from pipeline.letters.records import Explanation

CONSISTENT = {str(n): "90.00" for n in range(1, 11)} | {"EIT": "90.00", "ITA": "90.00"}


def _explained(folder: Path, reports: Mapping[str, Report], rule: str) -> Explanation:
    made = write_tables(folder / "ds", reports)
    finding = next(row for row in rows(made, "findings") if row["rule"] == rule)
    return explain(made, finding)


def _text(found: Explanation, language: Language = "en") -> str:
    title, sections = letter(found, language)
    lines = [title]
    for section in sections:
        lines.append(section.title)
        for block in section.blocks:
            lines += [block.text] if isinstance(block, Line) else map(" | ".join, _cells(block))
    return "\n".join(lines)


def _cells(block: Grid) -> list[tuple[str, ...]]:
    return [block.columns, *block.rows]


def test_an_indicator_is_computed_from_its_questions_step_by_step(tmp_path: Path) -> None:
    """The mean of 100, 97.52 and 100 is 99.17, and no rounding makes it 99.14."""
    held = report(
        table({"2": "99.14"}, label="การใช้งบประมาณ")
        + table({"i4": "100", "i5": "97.52", "i6": "100"}, table_no=2, page=7)
    )
    text = _text(_explained(tmp_path, {"a.pdf": held}, "indicator-differs"))

    assert "(100.00 + 97.52 + 100.00) ÷ 3 ≈ 99.1733" in text
    assert "lowest: (99.995 + 97.515 + 99.995) ÷ 3 ≈ 99.1683" in text
    assert "highest: (100.005 + 97.525 + 100.005) ÷ 3 ≈ 99.1783" in text
    assert "Indicator 2 | การใช้งบประมาณ | 99.14 | 99.135–99.145 | page 1, table 1, row 1" in text
    assert "Question i5 |  | 97.52 | 97.515–97.525 | page 7, table 2, row 2" in text
    assert "A shorter value like 100 among them counts as having 2 decimals" in text
    assert "The ranges are 0.0233 apart" in text
    assert "indicator 2 must be 99.17 or 99.18" in text
    assert "List of IIT questions, fiscal year 2568: certain" in text
    assert rule_texts()["indicator-differs"].ask_en in text


def test_the_same_in_thai(tmp_path: Path) -> None:
    held = report(table({"2": "99.14", "i4": "100", "i5": "97.52", "i6": "100"}))
    text = _text(_explained(tmp_path, {"a.pdf": held}, "indicator-differs"), "th")

    assert "99.14 พิมพ์ 2 ตำแหน่ง จึงหมายถึง 99.135–99.145" in text
    assert "ต่ำสุด (99.995 + 97.515 + 99.995) ÷ 3 ≈ 99.1683" in text
    assert "คะแนนตัวชี้วัดที่ 2 ต้องเป็น 99.17 หรือ 99.18" in text
    assert rule_texts()["indicator-differs"].ask_th in text


def test_a_total_is_summed_within_its_instruments_first(tmp_path: Path) -> None:
    """A person checks the mean of each instrument, then the weights."""
    indicators = {"1": "98.01", "2": "93.22", "3": "92.14", "4": "91.21", "5": "88.18"}
    indicators |= {"6": "88.45", "7": "84.85", "8": "85.61", "9": "75.00", "10": "48.75"}
    held = report(table({**indicators, "ITA": "79.41"}, year_be=2566), year_be=2566)
    found = _explained(tmp_path, {"a.pdf": held}, "total-differs")
    text = _text(found)

    assert "IIT = (98.01 + 93.22 + 92.14 + 91.21 + 88.18) ÷ 5 = 92.552" in text
    assert "EIT = (88.45 + 84.85 + 85.61) ÷ 3 ≈ 86.3033" in text
    assert "OIT = (75.00 + 48.75) ÷ 2 = 61.875" in text
    assert "0.30 × 92.552 + 0.30 × 86.3033 + 0.40 × 61.875 = 78.4066" in text
    assert "0.01 more is allowed, so 78.3916–78.4216" in text
    assert "That is 1.0034 points from the result." in text
    assert found.fitting is not None
    assert (str(found.fitting.low), str(found.fitting.high)) == ("78.39", "78.42")
    assert "must be between 78.39 and 78.42" in text


def test_what_else_a_wrong_score_is_used_for(tmp_path: Path) -> None:
    """The instrument is wrong; its total, printed from the right one, says so too."""
    held = report(table({**CONSISTENT, "OIT": "95.00"}))
    found = _explained(tmp_path, {"a.pdf": held}, "instrument-differs")

    rules = {held.rule: held.verdict for held in found.sums}
    assert rules["instrument-from-indicators"] == "differs"
    assert rules["total-from-instruments"] == "differs"
    assert found.fitting is not None
    assert found.fitting.all_hold
    assert "the score of OIT must be 89.99 or 90.00 or 90.01" in _text(found)
    assert "Then everything that is computed from it or to it agrees." not in _text(found)


def test_a_part_under_suspicion_is_said_to_be_one(tmp_path: Path) -> None:
    """Indicator 7 fits the total, and its questions do not fit it: with another value the
    total would break, which the letter says."""
    held = report(table({**CONSISTENT, "2": "90.00", "i4": "80.00", "i5": "80.00", "i6": "80.00"}))
    found = _explained(tmp_path, {"a.pdf": held}, "indicator-differs")
    text = _text(found)

    assert found.fitting is not None
    assert not found.fitting.all_hold
    assert (str(found.fitting.low), str(found.fitting.high)) == ("79.99", "80.01")
    assert "one of its parts may be the wrong number" in text
    assert any(check.with_fitting is False for check in found.checks)
    assert "(with the value above it does not)" in text


def test_two_values_stand_side_by_side_with_what_speaks_for_each(tmp_path: Path) -> None:
    memo = score("ITA", "39.41", place="sentence", year_be=2566, page=1)
    indicators = {"1": "98.01", "2": "93.22", "3": "92.14", "4": "91.21", "5": "88.18"}
    indicators |= {"6": "88.45", "7": "84.85", "8": "85.61", "9": "75.00", "10": "48.75"}
    held = report(
        [memo, *table({**indicators, "ITA": "78.41"}, year_be=2566, page=7)], year_be=2566
    )
    found = _explained(tmp_path, {"a.pdf": held}, "printed-twice-differs")

    assert {str(v.value): (len(v.holds), len(v.fails)) for v in found.values} == {
        "39.41": (0, 1),
        "78.41": (1, 0),
    }
    text = _text(found)
    assert "39.41 | page 1, in the text | does not agree (the total" in text
    assert "78.41 | page 7, table 1, row 11 | agrees (the total" in text
    assert "Indicator 10 |" in text  # what the sum is made of is listed with its page
    assert "The two ranges meet: they agree." in text


def test_a_level_is_told_condition_by_condition(tmp_path: Path) -> None:
    held = report([score("ITA", "84.48")], [rating("ผ่าน", printed="ผ่าน")])
    text = _text(_explained(tmp_path, {"a.pdf": held}, "level-differs"))

    assert "ผ่าน | 85.00–100.00 | ITA 84.48 ≥ 85.00: does not hold | does not hold" in text
    assert "ต้องปรับปรุง | 70.00–84.99 | ITA 84.48 ≥ 70.00: holds | holds" in text
    assert "So the level is “ต้องปรับปรุง”." in text
    assert "(not printed) ≥ 95.00: cannot be said" in text


def test_a_pass_mark_is_held_against_its_score(tmp_path: Path) -> None:
    marks = [rating("pass", kind="pass", code="4", printed="ผ่านเกณฑ์")]
    text = _text(
        _explained(tmp_path, {"a.pdf": report([score("4", "81.20")], marks)}, "pass-differs")
    )

    assert "A score of 85.00 or more passes.\n4 81.20 ≥ 85.00: does not hold" in text


def test_a_pass_mark_that_the_text_misstates(tmp_path: Path) -> None:
    """The finding is about the mark and rests on no score."""
    whole = _finding(rule="threshold-differs", code="", evidence=())
    made = write_tables(tmp_path / "ds", {"a.pdf": report([score("ITA", "90.00")])}, [whole])
    text = _text(explain(made, rows(made, "findings")[0]))

    assert "The pass mark of fiscal year 2568\nA score of 85.00 or more passes." in text
    assert "≥" not in text


def test_a_code_is_looked_up_in_the_lists_of_the_years(tmp_path: Path) -> None:
    """FY2568 ends with o28, FY2567 with o35: what the other years ask is shown."""
    held = report(table({"o1": "100", "o35": "100"}))
    found = _explained(tmp_path, {"a.pdf": held}, "code-unknown")

    titled = {entry.year_be: bool(entry.title) for entry in found.entries}
    assert not titled[2568]
    assert titled[2567]
    assert "2568 | o35 | (this year has none) | " in _text(found)
    assert not found.sums


def test_a_misnumbered_indicator_with_both_names(tmp_path: Path) -> None:
    """Number 5 before the name of indicator 4: the letter shows what either is."""
    names = ("การปฏิบัติหน้าที่", "การใช้งบประมาณ", "การใช้อำนาจ", "การใช้ทรัพย์สินของราชการ")
    printed = ("1", "2", "3", "5")
    held = report(
        [
            score(str(n), "90.00", row_no=n, label=name, code_printed=code)
            for n, (name, code) in enumerate(zip(names, printed, strict=True), start=1)
        ]
    )
    text = _text(_explained(tmp_path, {"a.pdf": held}, "indicator-number-differs"))

    assert "Indicator 4 | 5 | การใช้ทรัพย์สินของราชการ | 90.00" in text
    assert "2568 | 5 | การแก้ไขปัญหาการทุจริต | IIT" in text


def test_evidence_in_another_document_is_named_with_its_file(tmp_path: Path) -> None:
    """Two reports of one agency: the other file stands beside its value."""
    reports = {"a.pdf": report([score("ITA", "90.00")]), "b.pdf": report([score("ITA", "91.00")])}
    across = _finding(rule="documents-differ", code="ITA", evidence=("1s1", "2s1"))
    made = write_tables(tmp_path / "ds", reports, [across])
    (finding,) = [row for row in rows(made, "findings") if row["rule"] == "documents-differ"]
    text = _text(explain(made, finding))

    assert "The total | 90.00 |" in text
    assert "page 1, table 1, row – of b.pdf" in text


def test_a_finding_about_a_document_as_a_whole(tmp_path: Path) -> None:
    """No code, no box, no evidence, a rule of a later version: still a letter."""
    whole = _finding(rule="rule-of-tomorrow", code="", evidence=())
    made = write_tables(tmp_path / "ds", {"a.pdf": report([])}, [whole])
    (finding,) = rows(made, "findings")

    for language, title in (("th", "ข้อค้นพบตามกฎ"), ("en", "Finding of the rule")):
        text = _text(explain(made, finding), language)
        assert f"{title} rule-of-tomorrow" in text
        assert "a.pdf" in text


def _finding(*, rule: str, code: str, evidence: tuple[str, ...]) -> Finding:
    return Finding(
        finding_id="f" * 20,
        rule=rule,
        severity="warning",
        document_id="1" * 64,
        agency_id="30-test",
        agency_name_printed=None,
        year_be=2568,
        level="total" if code else None,
        code=code,
        printed=None,
        expected=None,
        difference=None,
        message_th="ข้อความ",
        message_en="A message.",
        page=1,
        box=None,
        evidence=evidence,
    )


@pytest.mark.parametrize("kept", ["csv", "ita.sqlite", "parquet"])
def test_any_one_of_the_files_is_enough(tmp_path: Path, kept: str) -> None:
    """The PDF is never needed, and of the dataset one form will do."""
    held = report(table({"2": "99.14", "i4": "100", "i5": "97.52", "i6": "100.00"}))
    made = write_tables(tmp_path / "ds", {"a.pdf": held})
    whole = _text(explain(made, rows(made, "findings")[0]))
    for path in list(made.iterdir()):
        if path.name != kept:
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    assert _text(explain(made, rows(made, "findings")[0])) == whole
    assert "| 100 |" in whole


def test_facts_are_plain_values(tmp_path: Path) -> None:
    held = report(table({"2": "99.14", "i4": "100", "i5": "97.52", "i6": "100"}))
    found = _explained(tmp_path, {"a.pdf": held}, "indicator-differs")
    plain = json.loads(json.dumps(facts(found, "en")))

    assert plain["finding"]["rule"] == "indicator-differs"
    assert plain["sums"][0]["steps"][0]["expression"] == "(100.00 + 97.52 + 100.00) ÷ 3"
    assert plain["places"][0]["stands_for"] == {"low": "99.135", "high": "99.145"}
    assert plain["fitting"]["low"] == "99.17"
    assert plain["letter"]["sections"][-1]["lines"] == [rule_texts()["indicator-differs"].ask_en]


# ---- the command --------------------------------------------------------------------------------


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    wrong = {"2": "99.14", "i4": "100", "i5": "97.52", "i6": "100"}
    reports = {
        "a.pdf": report(table(wrong)),
        "b.pdf": report(table({**wrong, "ITA": "104.00"})),
    }
    return write_tables(tmp_path / "ds", reports)


def _run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = main([str(argument) for argument in ("audit", *arguments)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def _ids(folder: Path) -> dict[str, str]:
    return {
        row["rule"] + row["document_id"][0]: row["finding_id"] for row in rows(folder, "findings")
    }


def test_several_findings_by_the_beginnings_of_their_ids(
    capsys: pytest.CaptureFixture[str], dataset: Path
) -> None:
    ids = _ids(dataset)
    one, other = ids["indicator-differs1"], ids["out-of-range2"]
    code, out, err = _run(capsys, dataset, "--explain", one[:10], "--explain", other[:10].upper())

    assert (code, err) == (0, "")
    assert out.index(one) < out.index(other)
    assert "÷ 3 ≈ 99.1733" in out


@pytest.mark.parametrize("format", ["markdown", "json"])
def test_the_forms_of_an_explanation(
    capsys: pytest.CaptureFixture[str], dataset: Path, format: str
) -> None:
    finding = _ids(dataset)["indicator-differs1"]
    _, out, _ = _run(capsys, dataset, "--explain", finding, "--format", format, "--lang", "th")

    if format == "json":
        assert json.loads(out)[0]["letter"]["sections"][0]["title"] == "เอกสาร"
    else:
        assert out.startswith("# คะแนนตัวชี้วัดไม่ตรงกับข้อคำถาม (ผิดพลาด)\n\n## เอกสาร\n")
        assert "| คะแนนข้อ i5 | 97.52 | 97.515–97.525 | หน้า 1 ตารางที่ 1 แถวที่ 3 |" in out
        assert "- (100.00 + 97.52 + 100.00) ÷ 3 ≈ 99.1733" in out


def test_what_is_no_finding_is_said(capsys: pytest.CaptureFixture[str], dataset: Path) -> None:
    code, out, err = _run(capsys, dataset, "--explain", "zz")

    assert (code, out) == (2, "")
    assert "There is no finding zz" in err


def test_an_explanation_is_no_table(capsys: pytest.CaptureFixture[str], dataset: Path) -> None:
    code, _, err = _run(capsys, dataset, "--explain", "a", "--format", "csv")

    assert code == 2
    assert "cannot be shown as csv" in err


# ---- findings about more than scores ------------------------------------------------------------


def test_a_conflict_of_names_shows_what_the_document_says_of_itself(tmp_path: Path) -> None:
    whole = _finding(rule="agency-conflict", code="", evidence=())
    made = write_tables(tmp_path / "ds", {"a.pdf": report([])}, [whole])
    text = _text(explain(made, rows(made, "findings")[0]))

    assert "Agency name as printed | อบต.ตัวอย่าง" in text
    assert "Result year (BE) | 2568" in text


def test_an_incomplete_measure_stands_beside_its_finding(tmp_path: Path) -> None:
    measure = Measure(
        "m1", 2568, 3, "ประเด็นที่ 3", (), "", "", "จัดอบรมเจ้าหน้าที่", "", "", "ไตรมาส 2",
        None, None, "", "", "", 1, 2,
    )  # fmt: skip
    elsewhere = replace(measure, measure_id="m2", measure="อื่น", page_first=3, page_last=3)
    held = replace(report([]), measures=(measure, elsewhere))
    whole = _finding(rule="measure-incomplete", code="", evidence=())
    made = write_tables(tmp_path / "ds", {"a.pdf": held}, [whole])
    finding = next(row for row in rows(made, "findings") if row["finding_id"] == "f" * 20)
    text = _text(explain(made, finding))

    assert "Measure | จัดอบรมเจ้าหน้าที่" in text
    assert "Responsible | –" in text
    assert "อื่น" not in text

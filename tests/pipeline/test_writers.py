"""The files of a dataset: what stands in them, and that they say the same."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_reports import (
    file_report,
    finding,
    made_report,
    recomputed,
    refused_report,
    score,
)
from pyarrow import parquet

from parsers.reading.agencies import agency_id
from pipeline.digest import file_digest
from pipeline.fields import table, tables
from pipeline.output import write_dataset
from pipeline.records import FileReport, Receipt, RunFacts
from pipeline.writers.csv import CsvWriter, armed, cell_text, disarmed
from pipeline.writers.parquet import ParquetWriter
from pipeline.writers.sqlite import open_dataset
from pipeline.writers.xlsx import sheet_names, write_workbook

RUN = RunFacts(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), settings={"jobs": 2})

NASTY = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "- จัดอบรมบุคลากร",
    "'=already",
    '"quoted", and; more',
    "two\nlines",
    "a\0b\x01c\x0bd\ufffee",
    "นํ้า กํา ปู่ญี่ปุ่น",
    "x" * 40_000,
    "ก" * 40_000,
    "_x0041_",
]


def written(out: Path, *names: str, **changes: Any) -> Receipt:
    reports = [replace(made_report(name, agency=f"อบต.{name}"), **changes) for name in names]
    items = [file_report(report, f"{report.identity.agency.name}.pdf") for report in reports]
    items.append(file_report(refused_report("x", "encrypted"), "ล็อก.pdf"))
    return write_dataset(
        out,
        items,
        [recomputed(report) for report in reports],
        [finding(report, number) for report in reports for number in (1, 2)],
        RUN,
    )


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset with text that spreadsheets, XML and CSV trip over."""
    out = tmp_path_factory.mktemp("nasty") / "out"
    report = made_report("n")
    measures = tuple(
        replace(report.measures[0], measure_id=f"m{number}", measure=text, steps=text)
        for number, text in enumerate(NASTY)
    )
    scores = (
        score("n", 1, "ITA", "total", "90.24"),
        score("n", 2, "i1", "question", "100"),
        score("n", 3, "i2", "question", "100.00"),
        score("n", 4, "i3", "question", "-5", printed="-5"),
        score("n", 5, "i4", "question", None, printed="-"),
        score("n", 6, "i5", "question", "92.67999999999999"),
        score("n", 7, "i6", "question", "1E+2", printed="100"),
    )
    report = replace(report, measures=measures, scores=scores)
    findings = [
        finding(report, number, message_th=text or "ก", printed=text)
        for number, text in enumerate(NASTY)
    ]
    findings = [replace(held, evidence=()) for held in findings]
    item = FileReport(report, "=1+1.pdf", "inputs/=1+1.pdf", "2026-10-01T03:04:05Z")
    write_dataset(out, [item], [], findings, RUN)
    return out


def read_csv(out: Path, name: str) -> list[dict[str, str]]:
    text = (out / "csv" / f"{name}.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def read_parquet(out: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = parquet.read_table(out / f"parquet/{name}.parquet").to_pylist()
    return found


def read_sqlite(out: Path, query: str) -> list[dict[str, Any]]:
    with closing(open_dataset(out / "ita.sqlite")) as data:
        return [dict(held) for held in data.execute(query)]


# ---- all of them together ------------------------------------------------------------------------


def test_the_receipt_counts_what_was_written(tmp_path: Path) -> None:
    receipt = written(tmp_path / "out", "a", "b")

    assert receipt.documents == {"ok": 2, "refused": 1}
    assert receipt.rows["scores"] == 28
    assert receipt.findings == {"error": 4}
    assert receipt.folder == tmp_path / "out"
    assert not receipt.complete
    files = [path for path in receipt.folder.rglob("*") if path.is_file()]
    assert receipt.bytes == sum(path.stat().st_size for path in files)


def test_a_second_run_writes_the_same_bytes(tmp_path: Path) -> None:
    """All clocks are in run.json; a portal sees an unchanged file as unchanged."""
    written(tmp_path / "one", "a", "b")
    # The zip of a workbook rounds times to two seconds: make them differ for certain.
    written(tmp_path / "two", "b", "a")

    names = [path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.*")]
    assert len(names) == 2 * len(tables()) + 5
    differing = [
        str(name)
        for name in names
        if (tmp_path / "one" / name).read_bytes() != (tmp_path / "two" / name).read_bytes()
    ]
    assert differing == ["run.json"]


def test_nothing_in_a_workbook_carries_todays_date(tmp_path: Path) -> None:
    written(tmp_path / "out", "a")
    with zipfile.ZipFile(tmp_path / "out/ita.xlsx") as book:
        assert {held.date_time[0] for held in book.infolist()} == {1980}
        assert b"1980-01-01" in book.read("docProps/core.xml")


def test_an_empty_dataset_has_all_files_and_columns(tmp_path: Path) -> None:
    out = tmp_path / "out"
    receipt = write_dataset(out, [], [], [], RUN)

    assert receipt.documents == {}
    for held in tables():
        text = (out / f"csv/{held.name}.csv").read_bytes().decode("utf-8-sig")
        assert text.split("\r\n")[0] == ",".join(held.names)
        assert parquet.read_schema(out / f"parquet/{held.name}.parquet").names == list(held.names)
        assert read_sqlite(out, f"SELECT * FROM {held.name} LIMIT 1") is not None
    assert read_sqlite(out, "SELECT * FROM agency_years") == []
    assert openpyxl.load_workbook(out / "ita.xlsx").sheetnames == list(sheet_names())
    assert "ยังไม่มีหน่วยงาน" in (out / "report/index.html").read_text(encoding="utf-8")
    assert json.loads((out / "run.json").read_text())["counts"]["documents"] == {
        "ok": 0,
        "partial": 0,
        "refused": 0,
    }


def test_the_three_formats_hold_the_same_rows(dataset: Path) -> None:
    for held in tables():
        plain = read_csv(dataset, held.name)
        typed = read_parquet(dataset, held.name)
        stored = read_sqlite(dataset, f"SELECT * FROM {held.name}")
        assert len(plain) == len(typed) == len(stored)
        for text, value, kept in zip(plain, typed, stored, strict=True):
            for column in held.columns:
                name = column.name
                if column.type == "string":
                    expected = (value[name] or "").replace("\0", "\ufffd")
                    assert armed(text[name]) == expected
                    assert kept[name] == value[name]
                elif value[name] is None:
                    assert text[name] == ""
                    assert kept[name] is None
                elif column.type in ("integer", "number", "decimal"):
                    assert float(text[name]) == pytest.approx(float(value[name]), abs=1e-9)
                    assert kept[name] == float(text[name])
                elif column.type in ("list", "object"):
                    assert text[name] == value[name] == kept[name]
                    json.loads(text[name])
                else:
                    assert text[name] == kept[name] and text[name].startswith("202")


# ---- CSV -----------------------------------------------------------------------------------------


def test_csv_opens_right_in_excel_and_by_the_rfc(dataset: Path) -> None:
    for held in tables():
        raw = (dataset / f"csv/{held.name}.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        assert raw.endswith(b"\r\n")
        assert b"\0" not in raw
    raw = (dataset / "csv/catalog.csv").read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_csv_keeps_the_printed_precision(dataset: Path) -> None:
    values = [held["value"] for held in read_csv(dataset, "scores")]

    assert values == ["90.24", "100", "100.00", "-5", "", "92.67999999999999", "100"]


def test_a_dash_and_a_negative_number_stay_as_they_are(dataset: Path) -> None:
    printed = [held["value_printed"] for held in read_csv(dataset, "scores")]

    assert printed[3:5] == ["-5", "-"]


@pytest.mark.parametrize(
    "text",
    ["=1", "+cmd", "-cmd", "@x", "\tx", "\rx", "\n=1", "＝1", "＋1+1", "－x", "＠x", "'=1", "''-x"],
)
def test_what_a_spreadsheet_would_run_is_disarmed(text: str) -> None:
    assert disarmed(text) == "'" + text
    assert armed(disarmed(text)) == text


@pytest.mark.parametrize(
    "text", ["-", "–", "-5", "+66", "-12.50", "-๙๒.๖๘", "-5 %", "1-2", "ก=1", "'quoted'", "", "'"]
)
def test_numbers_and_plain_text_are_left_alone(text: str) -> None:
    assert disarmed(text) == text
    assert armed(text) == text


@given(st.text(alphabet="'=+-@\t\r\n＝1.%ก a", max_size=8))
def test_disarming_can_always_be_undone(text: str) -> None:
    assert armed(disarmed(text)) == text
    assert disarmed(text)[:1] not in tuple("=@\t\r＝")


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_any_text_survives_csv(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    folder = tmp_path_factory.mktemp("csv") / "csv"
    writer = CsvWriter(folder)
    names = table("problems").names
    writer.add("problems", [("id", number, text, None, None) for number, text in enumerate(texts)])
    writer.close()

    with (folder / "problems.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(names)
    assert [armed(held["problem"]) for held in rows] == [
        text.replace("\0", "\ufffd") for text in texts
    ]


def test_times_and_numbers_in_csv() -> None:
    assert cell_text(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)) == "2026-01-02T03:04:05Z"
    assert cell_text(72.0) == "72"
    assert cell_text(0.25) == "0.25"
    assert cell_text(Decimal("0.00")) == "0.00"


# ---- Parquet -------------------------------------------------------------------------------------


def test_parquet_is_typed_compressed_and_labelled(dataset: Path) -> None:
    path = dataset / "parquet/scores.parquet"
    schema = parquet.read_schema(path)

    assert str(schema.field("value").type) == "decimal128(28, 10)"
    assert str(schema.field("year_be").type) == "int64"
    assert not schema.field("score_id").nullable
    assert schema.field("value").metadata[b"title_th"].decode() == "คะแนน"
    assert parquet.read_metadata(path).row_group(0).column(0).compression == "ZSTD"
    assert read_parquet(dataset, "scores")[0]["value"] == Decimal("90.24")
    assert read_parquet(dataset, "documents")[0]["retrieved_at"] == datetime(
        2026, 10, 1, 3, 4, 5, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("92.67999999999999", "92.68"),
        ("123456789012345678", "123456789012345678"),
        ("1234567890123456789", None),
        ("999999999999999999.99999999999", None),
        ("1E+3", "1000"),
        ("1E-400", "0"),
        ("1E+400", None),
    ],
)
def test_a_number_of_any_length_does_not_end_the_run(
    tmp_path: Path, value: str, expected: str | None
) -> None:
    """A cell of joined digits may look like a number; what the column cannot hold is empty."""
    writer = ParquetWriter(tmp_path / "parquet")
    names = table("recomputed").names
    values = {"document_id": "x", "level": "total", "rule": "r", "inputs": "[]"}
    values |= {"verdict": "differs", "computed": Decimal(value)}  # type: ignore[dict-item]
    writer.add("recomputed", [tuple(values.get(name) for name in names)])
    writer.close()

    found = read_parquet(tmp_path, "recomputed")[0]["computed"]
    assert found == (None if expected is None else Decimal(expected))


# ---- SQLite --------------------------------------------------------------------------------------


def test_sqlite_has_keys_and_references_that_hold(tmp_path: Path) -> None:
    written(tmp_path / "out", "a", "b")
    with closing(sqlite3.connect(tmp_path / "out/ita.sqlite")) as data:
        assert data.execute("PRAGMA foreign_key_check").fetchall() == []
        assert data.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for held in tables():
            info = data.execute(f"PRAGMA table_info({held.name})").fetchall()
            keys = sorted((line[5], line[1]) for line in info if line[5])
            assert tuple(name for _, name in keys) == held.key
        plan = data.execute("EXPLAIN QUERY PLAN SELECT * FROM scores WHERE document_id = 'x'")
        assert "USING INDEX" in plan.fetchone()[3]


def years(out: Path) -> dict[str, dict[str, Any]]:
    return {held["agency_name"]: held for held in read_sqlite(out, "SELECT * FROM agency_years")}


def test_the_wide_view_has_one_row_per_agency_and_year(tmp_path: Path) -> None:
    written(tmp_path / "out", "a", "b")
    found = years(tmp_path / "out")

    assert list(found) == ["อบต.a", "อบต.b"]
    assert found["อบต.a"]["total"] == 90.24
    assert found["อบต.a"]["indicator_10"] == 90.1
    assert found["อบต.a"]["rating"] == "ผ่านดี"
    assert (found["อบต.a"]["errors"], found["อบต.a"]["warnings"]) == (2, 0)
    assert (found["อบต.a"]["analysis_count"], found["อบต.a"]["measures_count"]) == (1, 0)


def test_a_table_goes_before_a_sentence_and_a_later_copy_before_an_earlier(tmp_path: Path) -> None:
    """A follow-up that quotes last year's total in a sentence must not replace the table."""
    first = replace(
        made_report("first"),
        scores=(
            score("first", 1, "ITA", "total", "70", place="sentence", page=1),
            score("first", 2, "ITA", "total", "90"),
            score("first", 3, "ITA", "total", "91", page=9),
            score("first", 4, "OIT", "instrument", "35.00", scale="weighted"),
        ),
    )
    again = replace(
        made_report("again"),
        scores=(
            score("again", 1, "IIT", "instrument", "88"),
            score("again", 2, "ITA", "total", "60", place="sentence"),
        ),
    )
    older = replace(made_report("older"), scores=(score("older", 1, "IIT", "instrument", "77"),))
    items = [
        file_report(first, "a.pdf", retrieved_at="2026-01-01T00:00:00Z"),
        file_report(again, "b.pdf", retrieved_at="2026-03-01T00:00:00Z"),
        file_report(older, "c.pdf", retrieved_at="2026-02-01T00:00:00Z"),
    ]
    write_dataset(tmp_path / "out", items, [], [], RUN)
    found = list(years(tmp_path / "out").values())

    assert len(found) == 1
    assert (found[0]["total"], found[0]["iit"], found[0]["oit"]) == (90.0, 88.0, None)


def test_agencies_of_a_joint_table_have_a_row_each(tmp_path: Path) -> None:
    scores = tuple(
        score("m", number, code, level, value, agency=agency)
        for number, (agency, code, level, value) in enumerate(
            [
                ("อบต.ก", "ITA", "total", "90"),
                ("อบต.ก", "IIT", "instrument", "80"),
                ("อบต.ข", "ITA", "total", "70"),
            ]
        )
    )
    report = replace(made_report("m"), identity=None, scores=scores, ratings=())
    known = agency_id("อบต.ข")
    held = finding(report, agency_id=known, agency_name_printed="อบต.ข", severity="warning")
    write_dataset(tmp_path / "out", [file_report(report, "m.pdf")], [], [held], RUN)
    found = years(tmp_path / "out")

    assert {name: row["total"] for name, row in found.items()} == {
        "องค์การบริหารส่วนตำบลก": 90.0,
        "องค์การบริหารส่วนตำบลข": 70.0,
    }
    assert [row["warnings"] for row in found.values()] == [0, 1]


def test_a_finding_without_agency_or_year_is_counted_too(tmp_path: Path) -> None:
    report = replace(made_report("n"), identity=None, scores=(), ratings=())
    held = finding(report, agency_id=None, year_be=None, page=None, box=None)
    write_dataset(tmp_path / "out", [file_report(report, "n.pdf")], [], [held], RUN)
    found = read_sqlite(tmp_path / "out", "SELECT * FROM agency_years")

    assert [(row["agency_name"], row["file_name"], row["errors"]) for row in found] == [
        (None, "n.pdf", 1)
    ]


def test_a_refused_document_makes_no_agency_without_scores(tmp_path: Path) -> None:
    """A file that turned out to be something else must not look like a silent agency."""
    report = replace(made_report("a"), status="refused", status_reason="no-report-content")
    report = replace(report, scores=(), ratings=(), measures=(), advice=())
    write_dataset(tmp_path / "out", [file_report(report, "a.pdf")], [], [], RUN)

    assert years(tmp_path / "out") == {}
    assert read_sqlite(tmp_path / "out", "SELECT gap FROM gaps") == [{"gap": "no-report-content"}]


def test_gaps_name_what_is_missing_only_where_others_have_it(tmp_path: Path) -> None:
    """An office that collects analyses only is not told that every plan is missing."""
    with_total = made_report("a", agency="อบต.ก")
    without = replace(made_report("b", agency="อบต.ข"), scores=())
    plan = replace(made_report("c", agency="อบต.ค"), scores=())
    plan = replace(plan, identity=replace(plan.identity, kind="measures"))
    refused = file_report(refused_report("x"), "x.pdf")

    def gaps(*reports: Any) -> list[tuple[str, str | None]]:
        items = [file_report(held, f"{n}.pdf") for n, held in enumerate(reports)]
        write_dataset(tmp_path / "out", [*items, refused], [], [], RUN)
        found = read_sqlite(tmp_path / "out", "SELECT gap, agency_name FROM gaps")
        return [(held["gap"], held["agency_name"]) for held in found]

    assert gaps(with_total, without) == [("encrypted", None), ("no-total", "อบต.ข")]
    assert gaps(with_total, without, plan) == [
        ("encrypted", None),
        ("no-total", "อบต.ข"),
        ("no-analysis", "อบต.ค"),
        ("no-measures", "อบต.ก"),
        ("no-measures", "อบต.ข"),
    ]


def test_a_dataset_is_read_without_touching_it(dataset: Path) -> None:
    before = file_digest(dataset / "ita.sqlite")
    with closing(open_dataset(dataset / "ita.sqlite")) as data, pytest.raises(sqlite3.Error):
        data.execute("DELETE FROM scores")

    assert file_digest(dataset / "ita.sqlite") == before
    assert not list(dataset.glob("ita.sqlite-*"))


# ---- workbook ------------------------------------------------------------------------------------


def sheet(out: Path, name: str) -> Any:
    return openpyxl.load_workbook(out / "ita.xlsx")[name]


def headed(held: Any) -> list[dict[str, Any]]:
    """Rows of a sheet by the Thai heading."""
    rows = list(held.iter_rows())
    names = [str(cell.value).split("\n")[0] for cell in rows[0]]
    return [dict(zip(names, cells, strict=True)) for cells in rows[1:]]


def test_the_summary_sheet_is_what_an_officer_looks_for(tmp_path: Path) -> None:
    written(tmp_path / "out", "a", "b")
    held = sheet(tmp_path / "out", "สรุป")
    first = headed(held)[0]

    assert first["ชื่อหน่วยงาน"].value == "อบต.a"
    assert first["คะแนนรวม"].value == 90.24
    assert first["คะแนนรวม"].number_format == "0.00"
    assert first["ระดับ"].value == "ผ่านดี"
    assert first["ผิดพลาด"].value == 2
    assert first["ปีงบประมาณ (พ.ศ.)"].value == 2568
    assert held.freeze_panes == "B2"
    assert held.auto_filter.ref is not None
    assert held["A1"].value == "ชื่อหน่วยงาน\nAgency name"
    assert held["A2"].font.name == "TH Sarabun New"
    assert any(
        "<85" in str(rule.formula) for rules in held.conditional_formatting for rule in rules.rules
    )


def test_sheets_speak_thai(tmp_path: Path) -> None:
    written(tmp_path / "out", "a")
    finding_row = headed(sheet(tmp_path / "out", "ข้อค้นพบ"))[0]
    gap = headed(sheet(tmp_path / "out", "ขาดหรืออ่านไม่ได้"))[0]
    documents = headed(sheet(tmp_path / "out", "เอกสาร"))

    assert finding_row["ความรุนแรง"].value == "ผิดพลาด"
    assert gap["สถานะการอ่าน"].value == "อ่านไม่ได้"
    assert gap["สิ่งที่ขาด"].value == "ไฟล์ตั้งรหัสผ่าน"
    assert gap["สิ่งที่ควรทำ"].value.startswith("ขอไฟล์ที่ไม่ตั้งรหัสผ่าน")
    assert [held["ประเภทเอกสาร"].value for held in documents] == [
        None,
        "รายงานการวิเคราะห์ผลการประเมิน",
    ]


def test_scores_are_numbers_shown_with_the_decimals_that_are_printed(dataset: Path) -> None:
    rows = headed(sheet(dataset, "คะแนน"))

    assert [held["คะแนน"].value for held in rows[:5]] == [90.24, 100, 100, -5, None]
    assert [held["คะแนน"].number_format for held in rows[:3]] == ["0.00", "0", "0.00"]
    assert [held["รหัส"].value for held in rows[:2]] == ["ITA", "i1"]


def test_no_text_becomes_a_formula_or_breaks_the_workbook(dataset: Path) -> None:
    """XML holds no control characters, and Excel no cell beyond 32,767."""
    rows = headed(sheet(dataset, "ข้อค้นพบ"))
    cells = [held["ค่าที่พิมพ์"] for held in rows]
    shown = {str(cell.value) for cell in cells}

    assert all(cell.data_type == "s" for cell in cells)
    assert {"=cmd|' /C calc'!A0", "+1+1", "＝1+1", "- จัดอบรมบุคลากร"} <= shown
    assert "abcde" in shown
    assert "นํ้า กํา ปู่ญี่ปุ่น" in shown
    long = [text for text in shown if len(text) > 1000]
    assert len(long) == 2
    assert all(len(text) == 32_767 and text.endswith("ดูฉบับเต็มใน CSV)") for text in long)


def test_a_full_sheet_goes_on_in_another(tmp_path: Path) -> None:
    """Excel ends at 1,048,576 rows; a national dataset has more scores than that."""
    written(tmp_path / "out", "a", "b")
    write_workbook(tmp_path / "x.xlsx", tmp_path / "out/ita.sqlite", row_limit=11)
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")

    parts = [name for name in book.sheetnames if name.startswith("คะแนน")]
    assert parts == ["คะแนน", "คะแนน (2)", "คะแนน (3)"]
    assert [len(headed(book[name])) for name in parts] == [10, 10, 8]
    assert book["คะแนน (2)"]["A1"].value == "ชื่อหน่วยงาน\nAgency name"
    about = [cell.value for cell in book["คำอธิบาย"]["A"]]
    assert "คะแนน (2)" in about


def test_columns_are_as_wide_as_their_content(tmp_path: Path) -> None:
    """Thai marks above and below take no width."""
    written(tmp_path / "out", "ก" * 30)
    widths = sheet(tmp_path / "out", "สรุป").column_dimensions

    assert widths["A"].width > 35
    assert widths["D"].width < 25


# ---- description and manifest --------------------------------------------------------------------

FIELD = {
    "type": "object",
    "required": ["name", "type", "title", "description"],
    "properties": {
        "name": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"},
        "type": {
            "enum": [
                "string",
                "integer",
                "number",
                "boolean",
                "date",
                "datetime",
                "array",
                "object",
            ],
        },
        "constraints": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "required": {"type": "boolean"},
                "unique": {"type": "boolean"},
                "minimum": {"type": "number"},
                "maximum": {"type": "number"},
                "enum": {"type": "array", "minItems": 1, "uniqueItems": True},
            },
        },
        "categories": {
            "type": "array",
            "items": {"type": "object", "required": ["value", "label"]},
        },
    },
}
PACKAGE = {
    "type": "object",
    "required": ["$schema", "name", "resources"],
    "properties": {
        "$schema": {"const": "https://datapackage.org/profiles/2.0/datapackage.json"},
        "name": {"type": "string", "pattern": "^[-a-z0-9._/]+$"},
        "resources": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name", "path", "schema", "encoding", "hash", "bytes"],
                "properties": {
                    "type": {"const": "table"},
                    "name": {"type": "string", "pattern": "^[-a-z0-9._/]+$"},
                    "path": {"type": "string", "pattern": r"^(?!/)(?!.*\.\.).+\.csv$"},
                    "hash": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
                    "bytes": {"type": "integer", "minimum": 1},
                    "dialect": {"type": "object"},
                    "schema": {
                        "type": "object",
                        "required": ["fields"],
                        "properties": {
                            "fields": {"type": "array", "minItems": 1, "items": FIELD},
                            "primaryKey": {"type": "array", "minItems": 1},
                            "missingValues": {"const": [""]},
                            "foreignKeys": {
                                "type": "array",
                                "items": {"type": "object", "required": ["fields", "reference"]},
                            },
                        },
                    },
                },
            },
        },
    },
}


def test_the_data_package_describes_the_files_that_are_there(dataset: Path) -> None:
    package = json.loads((dataset / "datapackage.json").read_text(encoding="utf-8"))
    jsonschema.validate(package, PACKAGE)

    assert [held["name"] for held in package["resources"]] == [held.name for held in tables()]
    for held in package["resources"]:
        path = dataset / held["path"]
        header = path.read_text(encoding="utf-8-sig").split("\n")[0]
        names = [field["name"] for field in held["schema"]["fields"]]
        assert header.split(",") == names
        assert held["bytes"] == path.stat().st_size
        assert held["hash"] == f"sha256:{file_digest(path)}"
        assert held["rows"] == len(read_csv(dataset, held["name"]))
        for key in held["schema"].get("foreignKeys", []):
            target = table(key["reference"]["resource"])
            assert tuple(key["reference"]["fields"]) == target.key
            assert set(key["fields"]) <= set(names)


def test_every_csv_value_obeys_the_data_package(dataset: Path) -> None:
    package = json.loads((dataset / "datapackage.json").read_text(encoding="utf-8"))
    for held in package["resources"]:
        for values in read_csv(dataset, held["name"]):
            for field in held["schema"]["fields"]:
                text, rules = values[field["name"]], field.get("constraints", {})
                if not text:
                    assert not rules.get("required"), field["name"]
                    continue
                assert text in rules.get("enum", [text])
                if field["type"] in ("integer", "number"):
                    assert float(text) >= rules.get("minimum", float("-inf"))
                    assert float(text) <= rules.get("maximum", float("inf"))


def test_the_manifest_says_what_ran_on_what_and_what_came_out(tmp_path: Path) -> None:
    out = tmp_path / "out"
    written(out, "a")
    facts = json.loads((out / "run.json").read_text(encoding="utf-8"))

    assert facts["made_by"] == "ita-reports"
    assert facts["started_at"] == "2026-01-02T03:04:05Z"
    assert facts["settings"] == {"jobs": 2}
    assert facts["counts"]["documents"] == {"ok": 1, "partial": 0, "refused": 1}
    assert facts["counts"]["reasons"] == {"encrypted": 1}
    assert facts["counts"]["findings"] == {"error": 2, "warning": 0, "note": 0}
    assert {held["sha256"] for held in facts["used"]} == {
        made_report("a").document_id,
        refused_report("x").document_id,
    }
    assert {"parser", "python", "pyarrow"} <= set(facts["versions"])
    assert facts["seconds"]["writing"] > 0
    generated = {held["path"]: held["sha256"] for held in facts["generated"]}
    there = {path.relative_to(out).as_posix() for path in out.rglob("*.*")} - {"run.json"}
    assert set(generated) == there
    assert all(file_digest(out / path) == digest for path, digest in generated.items())

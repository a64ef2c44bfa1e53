"""The command line: what it prints, in which language, and with which exit code."""

from __future__ import annotations

import csv
import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import audit as audit_module
from pipeline.cli import main
from pipeline.cli.app import COMMANDS
from pipeline.cli.catalog import year_number
from pipeline.cli.logs import log_file, logging_to_file
from pipeline.messages import MessageError

NAMES = [command.__name__ for command in COMMANDS]


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


# ---- help and usage ------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("name", ["", *NAMES])
def test_help_is_in_the_chosen_language(
    capsys: pytest.CaptureFixture[str], name: str, lang: str
) -> None:
    code, out, err = run(capsys, *name.split(), "--help", "--lang", lang)

    assert code == 0
    assert err == ""
    assert ("ตัวเลือก" in out or "คำสั่ง" in out) == (lang == "th")
    assert ("Options:" in out or "Commands:" in out) == (lang == "en")


def test_commands_are_listed_in_the_order_of_work(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "--help")

    places = [out.index(f"  {name}:") for name in NAMES]
    assert places == sorted(places)


def test_no_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys)

    assert code == 0
    assert "Commands:" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["rnu"], "no command rnu"),
        (["run", "a.pdf"], "--out is missing"),
        (["run", "--out", "x"], "INPUT is missing"),
        (["run", "a.pdf", "--out"], "--out is missing"),
        (["run", "a.pdf", "--out", "x", "--jobs", "many"], '"many" cannot be used for --jobs'),
        (["audit", "x", "--severity", "bad"], '"bad" cannot be used for --severity'),
        (["audit", "x", "--sverity", "error"], "no option --sverity"),
        (["parse"], "FILE is missing"),
        (["run", "a.pdf", "--out", "x", "--time-limit", "0"], "time_limit"),
        (["catalog", "soon"], "is no year"),
        (["catalog", "2499"], "Nothing is known"),
        (["parse", "nowhere.pdf"], "does not exist"),
        (["parse", "."], "is a folder"),
        (["audit", "nowhere"], "holds no dataset"),
        (["run", "nowhere.pdf", "--out", "x"], "does not exist"),
    ],
)
def test_wrong_usage_is_two_with_a_word_of_what_is_wrong(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)

    code, out, err = run(capsys, *arguments)

    assert code == 2
    assert out == ""
    assert words in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_usage_errors_are_in_thai_too(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "rnu", "--lang", "th")

    assert code == 2
    assert err == "ผิดพลาด: ไม่มีคำสั่ง rnu\nดูวิธีใช้: ita --help\n"


def test_a_broken_settings_file_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ita.toml").write_text("jobs = two", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    code, _, err = run(capsys, "version")

    assert code == 2
    assert "ita.toml" in err


# ---- what goes wrong inside ----------------------------------------------------------------------


def test_a_defect_is_one_line_and_a_log(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(folder: Path) -> object:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(audit_module, "read_findings", broken)
    monkeypatch.setenv("ITA_HOME", str(tmp_path))

    code, out, err = run(capsys, "audit", "x")

    assert code == 1
    assert out == ""
    assert "Traceback" not in err
    log = tmp_path / "logs" / "ita.log"
    assert str(log) in err
    assert "ZeroDivisionError: a bug" in log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(13, "Permission denied", "/data"), "No permission for /data"),
        (OSError(28, "No space left on device", "/data"), "The disk is full"),
        (OSError(5, "Input/output error", "/data"), "Input/output error"),
    ],
)
def test_what_the_system_refuses_is_told_in_words(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    error: OSError,
    words: str,
) -> None:
    def refusing(folder: Path) -> object:
        raise error

    monkeypatch.setattr(audit_module, "read_findings", refusing)

    code, _, err = run(capsys, "audit", "x")

    assert code == 1
    assert words in err


def test_ctrl_c_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def pressed(folder: Path) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(audit_module, "read_findings", pressed)

    code, _, err = run(capsys, "audit", "x")

    assert code == 130
    assert err.startswith("Stopped.")


@pytest.mark.slow
def test_a_reader_that_has_enough_is_no_error(root: Path) -> None:
    """`ita catalog 2567 | head -1` must end without a complaint about the closed pipe."""
    shell = f"{sys.executable} -m pipeline.cli catalog 2567 | head -1"
    done = subprocess.run(
        ["sh", "-c", shell], cwd=root, capture_output=True, text=True, env=os.environ | _LONG
    )

    assert "2567" in done.stdout
    assert done.stderr == ""


_LONG = {"PYTHONUNBUFFERED": "1"}


# ---- audit ---------------------------------------------------------------------------------------


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """Three findings of two agencies, one of them named in a table of several agencies."""
    folder = tmp_path / "dataset"
    (folder / "csv").mkdir(parents=True)
    _write(
        folder / "csv" / "documents.csv",
        [
            {"document_id": "d1", "file_name": "b.pdf", "agency_name": "เทศบาลตำบลบ้านกลาง"},
            {"document_id": "d2", "file_name": "a.pdf", "agency_name": "จังหวัดลำพูน"},
        ],
    )
    common = {"level": "total", "code": "ITA", "printed": "90.00", "expected": "91.00"}
    _write(
        folder / "csv" / "findings.csv",
        [
            {
                "finding_id": "f1", "rule": "total-differs", "severity": "error",
                "document_id": "d1", "agency_id": "a1", "agency_name_printed": "",
                "year_be": "2567", "page": "2", "x0": "1.5", "evidence": '["s1"]',
                "message_th": "คะแนนรวมไม่ตรง", "message_en": "The total | differs", **common,
            },
            {
                "finding_id": "f2", "rule": "borderline", "severity": "note",
                "document_id": "d1", "agency_id": "a1", "agency_name_printed": "",
                "year_be": "2567", "page": "1", "x0": "", "evidence": "[]",
                "message_th": "คาบเส้น", "message_en": "Borderline", **common,
            },
            {
                "finding_id": "f3", "rule": "rank-broken", "severity": "warning",
                "document_id": "d2", "agency_id": "a3", "agency_name_printed": "อบต.ป่าสัก",
                "year_be": "2568", "page": "7", "x0": "", "evidence": "[]",
                "message_th": "ลำดับขาด", "message_en": "Ranks are broken", **common,
            },
        ],
    )  # fmt: skip
    return folder


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_findings_stand_under_their_agency_worst_first(
    capsys: pytest.CaptureFixture[str], dataset: Path
) -> None:
    code, out, _ = run(capsys, "audit", dataset)

    assert code == 0
    parts = ["อบต.ป่าสัก", "Ranks are broken", "บ้านกลาง", "The total | differs", "Borderline"]
    assert [out.index(part) for part in parts] == sorted(out.index(part) for part in parts)
    assert out.endswith("1 errors, 1 warnings, 1 notes\n")


def test_findings_in_thai(capsys: pytest.CaptureFixture[str], dataset: Path) -> None:
    _, out, _ = run(capsys, "audit", dataset, "--lang", "th")

    assert "คะแนนรวมไม่ตรง" in out
    assert "The total" not in out


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (["--severity", "error"], ["f1"]),
        (["--severity", "error", "--severity", "note"], ["f1", "f2"]),
        (["--rule", "borderline"], ["f2"]),
        (["--agency", "ป่าสัก"], ["f3"]),
        (["--agency", "เทศบาลตำบล บ้านกลาง"], ["f1", "f2"]),
        (["--agency", "a3"], ["f3"]),
        (["--year", "๒๕๖๘"], ["f3"]),
        (["--year", "2024"], ["f1", "f2"]),
        (["--rule", "borderline", "--rule", "rank-broken"], ["f2", "f3"]),
        (["--year", "2567", "--severity", "warning"], []),
    ],
)
def test_filters(
    capsys: pytest.CaptureFixture[str], dataset: Path, filters: list[str], expected: list[str]
) -> None:
    _, out, _ = run(capsys, "audit", dataset, "--json", *filters)

    assert sorted(finding["finding_id"] for finding in json.loads(out)) == expected


def test_json_holds_values_and_not_text(capsys: pytest.CaptureFixture[str], dataset: Path) -> None:
    _, out, _ = run(capsys, "audit", dataset, "--format", "json", "--severity", "error")

    [finding] = json.loads(out)
    assert finding["page"] == 2
    assert finding["x0"] == 1.5
    assert finding["printed"] == "90.00"
    assert finding["evidence"] == ["s1"]
    assert finding["agency_name_printed"] is None
    assert finding["agency_name"] == "เทศบาลตำบลบ้านกลาง"


def test_csv_can_be_read_back(capsys: pytest.CaptureFixture[str], dataset: Path) -> None:
    _, out, _ = run(capsys, "audit", dataset, "--format", "csv")

    assert [row["finding_id"] for row in csv.DictReader(out.splitlines())] == ["f3", "f1", "f2"]


def test_markdown_escapes_what_would_break_a_table(
    capsys: pytest.CaptureFixture[str], dataset: Path
) -> None:
    _, out, _ = run(capsys, "audit", dataset, "--format", "markdown")

    assert "## เทศบาลตำบลบ้านกลาง\n\nerror 1 · note 1\n\n### b.pdf\n" in out
    assert "The total \\| differs" in out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--fail-on", "error"], 4),
        (["--fail-on", "warning", "--agency", "ป่าสัก"], 4),
        (["--fail-on", "error", "--agency", "ป่าสัก"], 0),
        (["--fail-on", "note", "--rule", "out-of-range"], 0),
        ([], 0),
    ],
)
def test_fail_on(
    capsys: pytest.CaptureFixture[str], dataset: Path, arguments: list[str], code: int
) -> None:
    assert run(capsys, "audit", dataset, "--quiet", *arguments) == (code, "", "")


def test_no_finding_is_said(capsys: pytest.CaptureFixture[str], dataset: Path) -> None:
    assert run(capsys, "audit", dataset, "--rule", "out-of-range") == (0, "No findings.\n", "")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--rule", "total-difers"], "There is no rule total-difers. Did you mean total-differs"),
        (["--rule", "borderline", "--rule", "Rank_broken"], "mean rank-broken"),
        (["--severity", "fatal"], '"fatal" cannot be used for --severity'),
        (["--year", "ปีนี้"], '"ปีนี้" is no year'),
        (["--agency", "บ้านกาง"], "Near it: เทศบาลตำบลบ้านกลาง"),
        (["--agency", "xyz"], "None of the dataset's 2 agencies is called xyz"),
        (["--explain", "f"], "3 findings begin with f. Give more of the id: f3, f1, f2"),
        (["--explain", "f9"], "There is no finding f9"),
    ],
)
def test_what_does_not_exist_is_said_with_the_nearest(
    capsys: pytest.CaptureFixture[str], dataset: Path, arguments: list[str], says: str
) -> None:
    """A slip of the pen must not look like a dataset without findings."""
    _write(
        dataset / "csv" / "agencies.csv",
        [
            {"agency_id": "a1", "agency_name": "เทศบาลตำบลบ้านกลาง"},
            {"agency_id": "a2", "agency_name": "จังหวัดลำพูน"},
        ],
    )
    code, out, err = run(capsys, "audit", dataset, *arguments)

    assert (code, out) == (2, "")
    assert says in err


def test_an_agency_without_findings_is_no_slip(
    capsys: pytest.CaptureFixture[str], dataset: Path
) -> None:
    _write(dataset / "csv" / "agencies.csv", [{"agency_id": "a2", "agency_name": "จังหวัดลำพูน"}])

    assert run(capsys, "audit", dataset, "--agency", "ลำพูน") == (0, "No findings.\n", "")


def test_agencies_of_one_name_stay_apart(capsys: pytest.CaptureFixture[str], dataset: Path) -> None:
    """Two subdistricts are called บ้านกลาง: their findings stand under two headings."""
    path = dataset / "csv" / "findings.csv"
    text = path.read_text(encoding="utf-8-sig").replace("d1,a1", "d1,a9", 1)
    path.write_text(text, encoding="utf-8-sig")

    _, out, _ = run(capsys, "audit", dataset)

    assert out.count("เทศบาลตำบลบ้านกลาง  (") == 2


def test_a_dataset_of_another_make_is_told(
    capsys: pytest.CaptureFixture[str], dataset: Path
) -> None:
    (dataset / "csv" / "findings.csv").write_text("finding_id\n", encoding="utf-8")

    code, _, err = run(capsys, "audit", dataset)

    assert code == 2
    assert "lacks the column rule" in err


# ---- parse ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def report(request: pytest.FixtureRequest) -> Path:
    samples = Path(request.config.rootpath) / "samples"
    return samples / "kham-sombun-2568-chromium.pdf"


@pytest.mark.slow
def test_parse_shows_document_tables_and_values(
    capsys: pytest.CaptureFixture[str], report: Path
) -> None:
    code, out, err = run(capsys, "parse", report)

    assert code == 0
    assert err == ""
    assert "ขามสมบูรณ์" in out
    assert "Table 1 (page 2)" in out
    assert "99.78" in out


@pytest.mark.slow
def test_parse_json_holds_every_record(capsys: pytest.CaptureFixture[str], report: Path) -> None:
    code, out, _ = run(capsys, "parse", report, "--json")

    held = json.loads(out)
    assert code == 0
    assert held["file_name"] == report.name
    assert held["status"] == "ok"
    assert len(held["pages"]) == held["page_count"]
    assert held["pages"][0]["lines"][0]["text"]
    assert held["tables"][0]["cells"][0].keys() >= {"row", "column", "text", "box", "page"}
    values = {score["code"]: score["value"] for score in held["scores"]}
    assert values["1"] == "99.78"


def test_parse_of_something_else_says_why(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(b"<html>404</html>")

    code, out, _ = run(capsys, "parse", path)

    assert code == 3
    assert "refused (not-a-pdf" in out


# ---- catalog, version ----------------------------------------------------------------------------


def test_catalog_lists_the_years(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "catalog")

    assert code == 0
    assert "2567" in out
    assert "nacc-ita" in out


@pytest.mark.parametrize("year", ["2567", "๒๕๖๗", "2024"])
def test_catalog_of_one_year(capsys: pytest.CaptureFixture[str], year: str) -> None:
    code, out, _ = run(capsys, "catalog", year)

    assert code == 0
    assert "2567" in out.splitlines()[0]
    for word in ("IIT", "i15", "o35", "การปฏิบัติหน้าที่", "ผ่านดีเยี่ยม"):
        assert word in out


def test_catalog_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "catalog", "2567", "--json")

    [year] = json.loads(out)
    assert year["year_be"] == 2567
    assert {instrument["code"] for instrument in year["instruments"]} == {"IIT", "EIT", "OIT"}
    _, out, _ = run(capsys, "catalog", "--json")
    assert 2567 in json.loads(out)


@pytest.mark.parametrize("word", ["", "25.67", "ปี", "-2567"])
def test_what_is_no_year(word: str) -> None:
    with pytest.raises(MessageError):
        year_number(word)


def test_version_in_all_its_spellings(capsys: pytest.CaptureFixture[str]) -> None:
    _, plain, _ = run(capsys, "version")
    _, flag, _ = run(capsys, "--version")
    _, held, _ = run(capsys, "version", "--json")

    assert plain == flag
    assert "parser" in plain
    assert json.loads(held)["prefect"].startswith("3.8")


# ---- the log -------------------------------------------------------------------------------------


def test_what_modules_report_is_in_the_log_and_not_on_the_terminal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ITA_HOME", str(tmp_path / "home"))

    with logging_to_file():
        logging.getLogger("pipeline.work").error("a bug", exc_info=ValueError("inside"))
        logging.getLogger("parsers.text.thai").info("of no interest")

    text = (tmp_path / "home" / "logs" / "ita.log").read_text(encoding="utf-8")
    assert "pipeline.work: a bug" in text
    assert "ValueError: inside" in text
    assert "of no interest" not in text
    assert capsys.readouterr().err == ""


def test_no_log_is_made_where_nothing_happens(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ITA_HOME", str(tmp_path / "home"))

    main(["version"])

    assert not (tmp_path / "home").exists()


def test_the_log_finds_a_place_where_the_home_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("ITA_HOME", str(tmp_path / "file" / "home"))

    assert not log_file().is_relative_to(tmp_path / "file")

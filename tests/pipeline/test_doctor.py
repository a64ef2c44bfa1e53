"""`ita doctor`: says what is there, what is not, and what to do about it."""

from __future__ import annotations

import json
import os
import sys
from importlib import metadata
from pathlib import Path

import pytest

from pipeline import doctor
from pipeline.cli import main
from pipeline.doctor import Check, check
from pipeline.messages import messages


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder as the only place of programs."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def program(folder: Path, name: str, output: str) -> None:
    path = folder / name
    path.write_text(f"#!{sys.executable}\nprint({output!r})\n", encoding="utf-8")
    path.chmod(0o755)


def by_name(folder: Path = Path()) -> dict[str, Check]:
    return {one.name: one for one in check(folder)}


def test_every_check_and_remedy_has_words(tmp_path: Path) -> None:
    for one in check(tmp_path):
        assert f"doctor.{one.name}" in messages()
        if one.state != "ok":
            assert f"doctor.{one.remedy}" in messages()


def test_here_nothing_that_a_run_needs_is_missing(tmp_path: Path) -> None:
    missing = [one for one in check(tmp_path) if one.state == "missing" and one.name != "libraries"]

    assert missing == []


def test_without_the_library_of_pictures_scans_are_not_read_and_that_is_no_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "cv2", None)

    found = by_name()["ocr"]

    assert (found.state, found.remedy) == ("optional", "ocr-remedy")


def test_the_networks_that_read_scans_are_there() -> None:
    assert by_name()["ocr"].state == "ok"


def test_a_program_that_fails_counts_as_absent(programs: Path) -> None:
    path = programs / "fc-list"
    path.write_text("no program at all", encoding="utf-8")
    path.chmod(0o755)

    assert by_name()["fonts"].remedy == "fonts-remedy"


def test_a_library_in_a_wrong_version_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """FastAPI 0.155 installs without complaint and stops Prefect's server from starting."""
    monkeypatch.setattr(metadata, "requires", lambda name: ["fastapi<0.1", "no-such-thing>=1"])

    found = by_name()["libraries"]

    assert found.state == "missing"
    assert "fastapi" in found.found
    assert "no-such-thing" in found.found


def test_requirements_of_other_systems_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = ["no-such-thing; sys_platform == 'plan9'", "rich>=1"]
    monkeypatch.setattr(metadata, "requires", lambda name: declared)

    assert by_name()["libraries"].state == "ok"


def test_a_wrong_table_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from parsers.errors import DataTableError

    def broken() -> str:
        raise DataTableError("2567.toml", "levels", "is missing")

    found = doctor._data("catalogue", broken)

    assert found.state == "missing"
    assert "2567.toml" in found.found


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        assert by_name(tmp_path / "new")["writable"].state == "missing"
    finally:
        tmp_path.chmod(0o700)


def test_a_folder_that_is_not_there_yet_is_judged_by_the_one_above(tmp_path: Path) -> None:
    found = by_name(tmp_path / "a" / "b")

    assert found["writable"].found == str(tmp_path)


def test_the_command_prints_marks_and_remedies(
    capsys: pytest.CaptureFixture[str], programs: Path
) -> None:
    main(["doctor"])
    out = capsys.readouterr().out

    assert "✓ Python: " in out
    assert "✓ Reading of scanned pages: onnxruntime" in out


def test_the_command_as_json(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cv2", None)
    main(["doctor", "--json", "--lang", "th"])
    held = {one["name"]: one for one in json.loads(capsys.readouterr().out)}

    assert held["python"]["state"] == "ok"
    assert "หน้าสแกน" in held["ocr"]["remedy"]


def test_something_missing_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "requires", lambda name: ["no-such-thing"])

    assert main(["doctor", "--json"]) == 1

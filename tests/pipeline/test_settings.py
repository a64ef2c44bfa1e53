"""Settings: who wins, and what is said about wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.messages import MessageError
from pipeline.settings import Settings, home_folder, load_settings, settings_file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ita.toml"
    path.write_text("jobs = 3\ntime_limit = 60\nbatch_size = 7\n", encoding="utf-8")
    return path


def test_nothing_said_gives_the_defaults() -> None:
    assert load_settings(environ={}) == Settings()


def test_file_then_environment_then_command_line(file: Path) -> None:
    found = load_settings(
        {"jobs": 1, "time_limit": None},
        environ={"ITA_JOBS": "2", "ITA_TIME_LIMIT": "30.5"},
        file=file,
    )

    assert (found.jobs, found.time_limit, found.batch_size) == (1, 30.5, 7)


def test_the_environment_names_the_file(file: Path) -> None:
    assert settings_file({"ITA_CONFIG": str(file)}) == file
    assert load_settings(environ={"ITA_CONFIG": str(file)}).jobs == 3


def test_the_file_of_the_current_folder_counts(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(file.parent)

    assert load_settings(environ={}).jobs == 3


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("job = 3", "job"),
        ("jobs = -1", "jobs"),
        ("time_limit = 0", "time_limit"),
        ('time_limit = "soon"', "time_limit"),
        ('lang = "fr"', "lang"),
        ("jobs = ", "ita.toml"),
    ],
)
def test_a_wrong_file_is_told_with_its_name(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "ita.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(MessageError) as caught:
        load_settings(environ={}, file=path)

    assert named in str(caught.value)
    assert "ita.toml" in str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(MessageError, match=r"none\.toml"):
        load_settings(environ={"ITA_CONFIG": str(tmp_path / "none.toml")})


def test_home_can_be_moved(tmp_path: Path) -> None:
    assert home_folder({"ITA_HOME": str(tmp_path)}) == tmp_path
    assert home_folder({}).name == "ita-reports"

"""The documentation names every command, option, setting and exit code; the help does too."""

from __future__ import annotations

import dataclasses
import inspect
import re
from pathlib import Path

import pytest

from pipeline.cli.app import COMMANDS
from pipeline.settings import Settings


@pytest.fixture(scope="module")
def text() -> str:
    return (Path(__file__).parents[1] / "docs" / "commands.md").read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |^# |\Z)", text, re.M | re.S)
    assert found, f"docs/commands.md has no section {heading!r}"
    return found.group(1)


@pytest.mark.parametrize("command", [command.__name__ for command in COMMANDS])
def test_every_command_has_a_section_and_a_line_in_both_languages(text: str, command: str) -> None:
    assert section(text, f"ita {command}").strip()
    assert len(re.findall(rf"^\| \[?`ita {command}\b", text, re.M)) == 2


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
def test_every_option_is_in_the_section_of_its_command(text: str, command: object) -> None:
    described = section(text, f"ita {command.__name__}")  # type: ignore[attr-defined]
    parameters = inspect.signature(command).parameters.values()  # type: ignore[arg-type]
    options = [
        "--" + parameter.name.replace("_", "-")
        for parameter in parameters
        if parameter.kind is parameter.KEYWORD_ONLY
    ]

    assert [option for option in options if f"`{option}" not in described] == []


def test_every_documented_option_exists(text: str) -> None:
    known = {
        "--" + name.replace("_", "-")
        for command in COMMANDS
        for name in inspect.signature(command).parameters
    }

    assert set(re.findall(r"`(--[a-z-]+)", text)) - known - {"--help", "--version"} == set()


def test_every_setting_is_documented_with_its_default(text: str) -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", section(text, "Settings"), re.M))

    assert set(rows) == {field.name for field in dataclasses.fields(Settings)}
    for field in dataclasses.fields(Settings):
        if field.name != "lang":
            assert float(rows[field.name]) == field.default


def test_exit_codes_are_those_of_the_program(text: str) -> None:
    from pipeline.cli.audit import FINDINGS_FOUND
    from pipeline.cli.failures import USAGE
    from pipeline.cli.interrupt import INTERRUPTED
    from pipeline.cli.run import INCOMPLETE

    codes = {0, 1, USAGE, INCOMPLETE, FINDINGS_FOUND, INTERRUPTED}

    for heading in ("Exit codes", "รหัสจบการทำงาน"):
        documented = re.findall(r"^\| (\d+) \|", section(text, heading), re.M)
        assert {int(code) for code in documented} == codes

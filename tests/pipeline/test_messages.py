"""The messages: complete in both languages, all of them used."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest

from parsers.errors import DataTableError
from pipeline import messages as module
from pipeline.cli.app import COMMANDS
from pipeline.messages import MessageError, Texts, locale_lang, messages


def test_every_message_fills_its_places_in_both_languages() -> None:
    thai, english = Texts("th"), Texts("en")

    assert "3" in thai("run.known", count=3)
    assert "3" in english("run.known", count=3)
    assert thai("run.known", count=3) != english("run.known", count=3)


def test_thai_messages_are_thai() -> None:
    """A message that was copied and not translated has no Thai letter in it."""
    same_in_both = {"parse.sha256", "doctor.python", "doctor.prefect"}
    untranslated = [
        key
        for key, texts in messages().items()
        if key not in same_in_both
        and re.search(r"[A-Za-z]{3}", texts["en"])
        and not re.search(r"[\u0e01-\u0e5b]", texts["th"])
    ]

    assert untranslated == []


def test_no_message_is_unused_and_none_is_missing(root: Path) -> None:
    sources = [*(root / "pipeline").rglob("*.py"), *(root / "flows").rglob("*.py")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    literal = set(re.findall(r"""["']([a-z]+\.[a-z0-9_-]+)["']""", code))
    # Keys put together from a part, as in f"column.{name}".
    groups = set(re.findall(r'f[\'"]([a-z]+)\.\{', code))
    known = set(messages())
    of_known_groups = {key for key in literal if key.split(".")[0] in _groups()}

    assert {key for key in known - literal if key.split(".")[0] not in groups} == set()
    assert {
        key
        for key in of_known_groups - known
        if not key.endswith((".py", ".csv", ".json", ".toml", ".md"))
    } == set()


def _groups() -> set[str]:
    text = resources.files("pipeline").joinpath("data/messages.toml").read_text(encoding="utf-8")
    return set(tomllib.loads(text))


def test_every_command_has_help_and_usage() -> None:
    for command in COMMANDS:
        assert f"help.{command.__name__}" in messages()
        assert f"usage.{command.__name__}" in messages()


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ({"th": "ก"}, "exactly th and en"),
        ({"th": "ก {a}", "en": "b {b}"}, "places"),
        ({"th": "ก {", "en": "b"}, "brace"),
        ("text", "exactly th and en"),
    ],
)
def test_a_wrong_entry_is_named(entry: object, problem: str) -> None:
    with pytest.raises(DataTableError, match=problem) as caught:
        module._checked("run.report", entry)

    assert "run.report" in str(caught.value)


def test_an_error_speaks_both_languages() -> None:
    error = MessageError("error.path-missing", paths="a.pdf")

    assert "a.pdf" in error.text(Texts("th"))
    assert "a.pdf does not exist" in str(error)
    assert error.exit_code == 2


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LC_MESSAGES": "th_TH", "LANG": "en_US.UTF-8"}, "th"),
        ({"LC_ALL": "", "LANG": "th_TH.UTF-8"}, "th"),
    ],
)
def test_the_locale_decides(environ: dict[str, str], lang: str) -> None:
    assert locale_lang(environ) == lang

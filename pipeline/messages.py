"""What the program says to people, in Thai and in English.

The sentences stand in `data/messages.toml`, one table per message with `th` and `en`;
both languages must hold the same `{places}`.
"""

from __future__ import annotations

import os
import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from parsers.errors import DataTableError, ItaError

__all__ = ["LANGS", "Lang", "MessageError", "Texts", "locale_lang", "messages"]

Lang = Literal["th", "en"]
LANGS: tuple[Lang, ...] = ("th", "en")

_TABLE = "pipeline/data/messages.toml"


@dataclass(frozen=True, slots=True)
class Texts:
    """The messages in one language.

    >>> Texts("en")("run.report", path="out/report/index.html")
    'Report: out/report/index.html'
    """

    lang: Lang

    def __call__(self, key: str, /, **values: object) -> str:
        """The message of a key with its places filled."""
        return messages()[key][self.lang].format(**values)

    def has(self, key: str) -> bool:
        """Whether a message of that key exists."""
        return key in messages()


class MessageError(ItaError):
    """An error that has words for people: a message key and what fills its places.

    Args:
        key: Key in messages.toml.
        exit_code: What the command returns; 2 (wrong usage) unless said otherwise.
        values: What fills the places of the message.
    """

    def __init__(self, key: str, /, *, exit_code: int = 2, **values: object) -> None:
        super().__init__(Texts("en")(key, **values))
        self.key = key
        self.values = values
        self.exit_code = exit_code

    def text(self, texts: Texts) -> str:
        """The message in a language."""
        return texts(self.key, **self.values)


def locale_lang(environ: Mapping[str, str] | None = None) -> Lang:
    """The language of the locale: Thai where it is a Thai one, else English.

    >>> locale_lang({"LANG": "th_TH.UTF-8"})
    'th'
    >>> locale_lang({"LC_ALL": "C", "LANG": "th_TH.UTF-8"})
    'en'
    """
    environ = os.environ if environ is None else environ
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return "th" if environ[name].lower().startswith("th") else "en"
    return "en"


@cache
def messages() -> Mapping[str, Mapping[Lang, str]]:
    """All messages by key.

    Raises:
        DataTableError: A message lacks a language, or its languages differ in their places.
    """
    text = resources.files("pipeline").joinpath("data/messages.toml").read_text(encoding="utf-8")
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataTableError(_TABLE, "-", str(error)) from error
    found: dict[str, Mapping[Lang, str]] = {}
    for group, entries in tables.items():
        for name, entry in entries.items():
            found[f"{group}.{name}"] = _checked(f"{group}.{name}", entry)
    return found


def _checked(key: str, entry: Any) -> Mapping[Lang, str]:
    if not isinstance(entry, dict) or set(entry) != set(LANGS):
        raise DataTableError(_TABLE, key, "needs exactly th and en")
    try:
        thai, english = _places(entry["th"]), _places(entry["en"])
    except ValueError as error:
        raise DataTableError(_TABLE, key, f"unpaired brace: {error}") from error
    if thai != english:
        raise DataTableError(_TABLE, key, f"th has places {sorted(thai)}, en {sorted(english)}")
    return {"th": entry["th"], "en": entry["en"]}


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

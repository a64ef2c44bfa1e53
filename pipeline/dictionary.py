"""The data dictionary in docs/, made from the fields: `python -m pipeline.dictionary docs`."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pipeline.fields import Column, Language, Table, tables

__all__ = ["FILES", "dictionary_markdown", "write_dictionary"]

FILES: dict[Language, str] = {"en": "data-dictionary.md", "th": "data-dictionary.th.md"}


def dictionary_markdown(lang: Language) -> str:
    """The data dictionary in a language, as Markdown."""
    words = _words()[lang]
    parts = [f"# {words['title']}", f"<!-- {words['made']} -->"]
    parts.append(words["conventions"].strip())
    parts.append(_contents(lang))
    parts += [part for table in tables() for part in _table(table, lang)]
    parts.append(f"## {words['views']}")
    parts.append("\n".join(f"- `{name}`: {text}" for name, text in words["about_views"].items()))
    return "\n\n".join(parts) + "\n"


def write_dictionary(folder: Path) -> None:
    """Write the dictionary in both languages into a folder."""
    for lang, name in FILES.items():
        text = dictionary_markdown(lang)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _contents(lang: Language) -> str:
    words = _words()[lang]
    lines = [f"| {words['table']} | {words['rows']} |", "|---|---|"]
    for table in tables():
        label = table.labels[lang]
        lines.append(f"| [`{table.name}`](#{table.name}) {label.title} | {label.description} |")
    return "\n".join(lines)


def _table(table: Table, lang: Language) -> Iterator[str]:
    words = _words()[lang]
    label = table.labels[lang]
    key = ", ".join(f"`{name}`" for name in table.key) or words["no_key"]
    yield f"## {table.name}"
    yield f"{label.title}: {label.description}\n\n{words['key']}: {key}"
    lines = [f"| {words['column']} | {words['type']} | {words['meaning']} |", "|---|---|---|"]
    lines += [_column(column, lang) for column in table.columns]
    yield "\n".join(lines)


def _column(column: Column, lang: Language) -> str:
    words = _words()[lang]
    label = column.labels[lang]
    kind = words["types"][column.type]
    if column.required:
        kind += f", {words['required']}"
    if column.references:
        kind += f" → [{column.references}](#{column.references})"
    meaning = f"**{label.title}**. {label.description}"
    if column.values:
        allowed = ", ".join(f"`{word}` {texts[lang]}" for word, texts in column.values.items())
        meaning += f"<br>{words['words']}: {allowed}"
    return f"| `{column.name}` | {kind} | {meaning} |".replace("\n", " ")


@cache
def _words() -> dict[str, Any]:
    text = files("pipeline").joinpath("data", "dictionary.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


if __name__ == "__main__":
    write_dictionary(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))

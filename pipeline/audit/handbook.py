"""The pages about the audit rules, written from the table of rules.

What stands before the rules is in `pipeline/data/audit-rules.en.md` and `….th.md`.

`python -m pipeline.audit.handbook FOLDER` writes `audit-rules.md` (English) and
`audit-rules.th.md` (Thai); a test fails where docs/ and the table differ.
"""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

import regex

from pipeline.audit.wording import Language, rule_texts

__all__ = ["PAGES", "page", "write_pages"]

PAGES: dict[str, Language] = {"audit-rules.md": "en", "audit-rules.th.md": "th"}

_SEVERITIES: dict[Language, dict[str, str]] = {
    "en": {"error": "error", "warning": "warning", "note": "note"},
    "th": {"error": "ข้อผิดพลาด", "warning": "คำเตือน", "note": "ข้อสังเกต"},
}

_BLANK = regex.compile(r"\{\w+\}")
_SAYS: dict[Language, str] = {"en": "Message", "th": "ข้อความ"}
_SINCE: dict[Language, str] = {"en": "since", "th": "ตั้งแต่รุ่น"}


def page(language: Language) -> str:
    """The handbook page in one language (Markdown)."""
    name = f"audit-rules.{language}.md"
    parts = [files("pipeline").joinpath("data", name).read_text(encoding="utf-8")]
    for slug, rule in rule_texts().items():
        title, about, message = (
            (rule.title_th, rule.about_th, rule.message_th)
            if language == "th"
            else (rule.title_en, rule.about_en, rule.message_en)
        )
        severity = _SEVERITIES[language][rule.severity]
        parts.append(
            f"### `{slug}`: {title}\n\n"
            f"{severity} · {_SINCE[language]} {rule.since}\n\n"
            f"{about}\n\n"
            f"{_SAYS[language]}: {_BLANK.sub('…', message)}\n"
        )
    return "\n".join(parts)


def write_pages(folder: Path) -> None:
    """Write the pages of every language into a folder."""
    for name, language in PAGES.items():
        (folder / name).write_text(page(language), encoding="utf-8")


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))

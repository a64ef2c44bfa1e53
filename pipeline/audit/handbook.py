"""The pages about the audit rules, written from the table of rules.

What stands before the rules is in `pipeline/data/audit-rules.en.md` and `….th.md`.

`python -m pipeline.audit.handbook FOLDER` writes `audit-rules.md` (English) and
`audit-rules.th.md` (Thai); a test fails where docs/ and the table differ.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path

import regex

from pipeline.audit.wording import Language, RuleText, phrase, rules_by_kind
from pipeline.fields import value_labels

__all__ = ["PAGES", "page", "write_pages"]

PAGES: dict[str, Language] = {"audit-rules.md": "en", "audit-rules.th.md": "th"}

# Kinds in the order in which an officer meets them; further ones follow.
_ORDER = (
    "arithmetic", "explanations", "scale", "repetition", "claims", "across", "names", "structure",
    "ranks", "measures", "reading",
)  # fmt: skip
_BLANK = regex.compile(r"\{\w+\}")


def page(language: Language) -> str:
    """The handbook page in one language (Markdown)."""
    name = f"audit-rules.{language}.md"
    parts = [files("pipeline").joinpath("data", name).read_text(encoding="utf-8")]
    kinds = _kinds()
    parts.append("\n".join(_contents(kinds, language)))
    for kind, rules in kinds:
        parts.append(f"## {_heading(kind, language)}\n")
        parts += [_entry(rule, language) for rule in rules]
    return "\n".join(parts)


def _kinds() -> list[tuple[str, Sequence[RuleText]]]:
    kinds = list(rules_by_kind().items())
    return sorted(kinds, key=lambda held: (*_ORDER, held[0]).index(held[0]))


def _heading(kind: str, language: Language) -> str:
    return phrase(f"kind-{kind if kind in _ORDER else 'others'}", language)


def _contents(kinds: Iterable[tuple[str, Sequence[RuleText]]], language: Language) -> Iterable[str]:
    """A table of all rules with links to their entries."""
    yield f"## {phrase('handbook-contents', language)}\n"
    columns = ("handbook-rule", "handbook-title", "handbook-severity")
    yield "| " + " | ".join(phrase(column, language) for column in columns) + " |"
    yield "|---|---|---|"
    for kind, rules in kinds:
        yield f"| **{_heading(kind, language)}** | | |"
        for rule in rules:
            link = f"[`{rule.slug}`](#{rule.slug})"
            yield f"| {link} | {rule.title(language)} | {_severity(rule, language)} |"
    yield ""


def _severity(rule: RuleText, language: Language) -> str:
    return value_labels("severity")[rule.severity][language]


def _entry(rule: RuleText, language: Language) -> str:
    """What a rule looks for, what its finding says, and what to ask."""
    example = rule.example(language)
    shown = "handbook-example" if example else "handbook-message"
    said = example or _BLANK.sub("…", rule.template(language))
    since = phrase("handbook-since", language, version=rule.since)
    # Thai headings have no anchor that can be foreseen, so each entry brings its own.
    return (
        f'### <a id="{rule.slug}"></a>`{rule.slug}`: {rule.title(language)}\n\n'
        f"{_severity(rule, language)} · {since}\n\n"
        f"{rule.about(language)}\n\n"
        f"{phrase(shown, language)}\n\n"
        f"> {said}\n\n"
        f"{phrase('handbook-ask', language)} {rule.ask(language)}\n"
    )


def write_pages(folder: Path) -> None:
    """Write the pages of every language into a folder."""
    for name, language in PAGES.items():
        (folder / name).write_text(page(language), encoding="utf-8")


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))

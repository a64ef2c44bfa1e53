"""An explanation as plain values, for JSON: numbers as text, as exactly as they are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal

from pipeline.audit.interval import Interval
from pipeline.audit.quantities import Key
from pipeline.audit.wording import Language, RuleText
from pipeline.letters.letter import letter
from pipeline.letters.parts import Line
from pipeline.letters.records import Explanation

__all__ = ["facts"]

_OF_RULE = (
    "slug", "severity", "title_th", "title_en", "about_th", "about_en", "ask_th", "ask_en",
)  # fmt: skip


def facts(found: Explanation, language: Language) -> dict[str, object]:
    """The facts by name, and the letter in one language under `letter`."""
    plain = _plain(found)
    assert isinstance(plain, dict)  # a record becomes a dictionary
    title, sections = letter(found, language)
    plain["letter"] = {
        "title": title,
        "sections": [
            {
                "title": section.title,
                "lines": [
                    block.text if isinstance(block, Line) else [list(row) for row in block.rows]
                    for block in section.blocks
                ],
            }
            for section in sections
        ],
    }
    return plain


def _plain(value: object) -> object:
    match value:
        case Decimal():
            return f"{value:f}"
        case Interval() | Key():
            return {name: _plain(held) for name, held in value._asdict().items()}
        case RuleText():
            return {name: getattr(value, name) for name in _OF_RULE}
        case Mapping():
            return {str(key): _plain(held) for key, held in value.items()}
        case tuple() | list():
            return [_plain(held) for held in value]
    if not is_dataclass(value):
        return value
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}

"""Marks in the text of a sample: what is printed there, and what it means.

Three kinds, written between double brackets:

`⟦s i2=i๒,i3=i๓|๑๐๐⟧` prints ๑๐๐, a score of i2 and of i3 (printed as i๒ and i๓).
    A code without `=` is one that a range spans without naming it. More parts may
    follow: `scale=weighted`, `year=2567`, `value=` (empty: cannot be read).
`⟦r 7|fail|ไม่ผ่านเกณฑ์⟧` prints ไม่ผ่านเกณฑ์, a judgement of indicator 7.
`⟦a i4=14⟧` prints 14, the code of question i4 that the text goes on to discuss;
    `⟦a ep1=EP๑|EP๑|o10,o11⟧` where that text refers to o10 and o11.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Mark", "level_of", "plain", "score", "split", "thai", "value_of"]

_MARK = re.compile(r"⟦([sra]) ([^⟧]*)⟧")
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_ASCII = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of text: kind, codes with their printed forms, printed text."""

    kind: Literal["s", "r", "a"]
    codes: tuple[tuple[str, str | None], ...]
    printed: str
    rating: str = ""
    options: dict[str, str] = field(default_factory=dict)


def thai(text: object) -> str:
    """The text with Thai digits."""
    return str(text).translate(_TO_THAI)


def score(codes: str, printed: str, **options: str) -> str:
    """A score mark, for content that is built from figures."""
    more = "".join(f"|{name}={value}" for name, value in options.items())
    return f"⟦s {codes}|{printed}{more}⟧"


def value_of(mark: Mark) -> str | None:
    """The value of a score with ASCII digits and the printed precision."""
    if "value" in mark.options:
        return mark.options["value"] or None
    return mark.printed.translate(_TO_ASCII)


def level_of(code: str) -> str:
    """The level of a code, as the dataset names levels."""
    if code == "ITA":
        return "total"
    if code in {"IIT", "EIT", "EIT1", "EIT2", "OIT"}:
        return "instrument"
    if code.isdigit():
        return "indicator"
    return "subindicator" if code[0].isdigit() else "question"


def _codes(text: str) -> tuple[tuple[str, str | None], ...]:
    pairs = (part.partition("=") for part in text.split(","))
    return tuple((code, printed if sign else None) for code, sign, printed in pairs)


def _mark(kind: str, inside: str) -> Mark:
    parts = inside.split("|")
    if kind == "a":
        codes = _codes(parts[0])
        printed = parts[1] if len(parts) > 1 else codes[0][1] or codes[0][0]
        return Mark("a", codes, printed, options={"refers": parts[2] if len(parts) > 2 else ""})
    if kind == "r":
        return Mark("r", ((parts[0], None),), parts[2], rating=parts[1])
    options = dict(part.split("=", 1) for part in parts[2:])
    return Mark("s", _codes(parts[0]), parts[1], options=options)


def split(text: str) -> Iterator[str | Mark]:
    """The text in pieces: plain strings and marks, in order."""
    at = 0
    for found in _MARK.finditer(text):
        if found.start() > at:
            yield text[at : found.start()]
        yield _mark(found[1], found[2])
        at = found.end()
    if at < len(text):
        yield text[at:]


def plain(text: str) -> str:
    """What is printed."""
    return "".join(piece if isinstance(piece, str) else piece.printed for piece in split(text))

"""Which of the seven issues a heading or cell is: only where it is evident."""

from __future__ import annotations

import regex

from parsers.knowledge.titles import match_issue
from parsers.text.digits import to_ascii

__all__ = ["issue_of"]

_LONGEST = 120
_SURE, _IDENTICAL = 0.8, 0.95
# Every title of the seven begins like one of these; a measure begins with what is done.
_TITLE = regex.compile(
    r"\s*(?:(?:ประเด็น|ด้าน|หัวข้อ|ข้อ)\s*(?:ที่)?\s*)?(?:\(?(?P<number>[1-7๑-๗])(?![0-9๐-๙])\s*[.)]?)?\s*"
    r"(?:ด้าน)?(?:กระบวนการ|การให้บริการ|การบริการ|ช่องทาง|กลไก|การกำกับ|การควบคุม|การสร้างความโปร่งใส)"
)


def issue_of(text: str, *, numbered: bool = False) -> int | None:
    """The number of the issue whose title a text is; None where words are only alike.

    Args:
        text: A heading or a cell; its first line counts.
        numbered: Whether the issue's number must stand before the title, as in a column that
            holds measures: "จัดทำคู่มือการปฏิบัติงานที่โปร่งใส…" is a measure and no issue.

    >>> issue_of("๒. การให้บริการและระบบ E-Service")
    2
    >>> issue_of("■ พัฒนารูปแบบช่องทางประชาสัมพันธ์ให้หลากหลาย") is None
    True
    """
    line = text.partition("\n")[0]
    title = _TITLE.match(line) if len(line) <= _LONGEST else None
    found = match_issue(line) if title else None
    if title is None or found is None or found.score < _SURE:
        return None
    if to_ascii(title["number"] or "") == found.code:
        return int(found.code)
    return int(found.code) if found.score >= _IDENTICAL and not numbered else None

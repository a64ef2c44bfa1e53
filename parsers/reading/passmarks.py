"""The pass mark as the text states it: "ผ่านเกณฑ์ (85 คะแนนขึ้นไป)"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex

from parsers.knowledge.claimwords import form, silences
from parsers.model import Claim
from parsers.reading.telling import Content, Told, windows

__all__ = ["read_passmarks"]

# How far around "เกณฑ์" its number stands.
_REACH = (40, 120)
_AROUND = 160
_BEHIND = 40
# Nobody's pass mark lies outside of these; 30 and 40 are weights.
_LEAST, _MOST = 50, 100
_ASSESSED = regex.compile(r"ITA|ตัวชี้วัด|คุณธรรมและความ|เครื่องมือ|แบบวัด|IIT|EIT|OIT|แผนแม่บท")
# The words before a level of the scale, or what is a share of agencies.
_OF_A_LEVEL = regex.compile(
    r"ดีเยี่ยม|ระดับ\s?(?:AA|[A-F](?![A-Za-z]))|ผ่านดี"
    r"|(?:หน่วยงาน|แห่ง)[ก-๎ \n]{0,25}(?:ไม่น้อยกว่า|อย่างน้อย)\s?ร้อยละ"
)
_SHARE = regex.compile(r"\s*(?:ของ|จาก|จำนวน)")


def read_passmarks(told: Told) -> Iterator[Claim]:
    """Every pass mark of the assessment that the text states."""
    seen: set[int] = set()
    places = windows(told.flat, ("เกณฑ์",), *_REACH)
    for name in ("mark", "mark_named", "mark_of", "mark_before"):
        for start, end in places:
            for found in form(name).finditer(told.flat, start, end):
                if found.start("mark") not in seen and _is_passmark(told, found):
                    seen.add(found.start("mark"))
                    yield _passmark(told, found)


def _passmark(told: Told, found: regex.Match[str]) -> Claim:
    _, year_be = told.year(max(found.start() - _BEHIND, 0), found.end())
    content = Content(values=(Decimal(found["mark"]),))
    return told.claim("threshold", found.span(), year_be, content)


def _is_passmark(told: Told, found: regex.Match[str]) -> bool:
    if not _LEAST <= Decimal(found["mark"]) < _MOST or not (found["unit"] or found["up"]):
        return False
    before = told.flat[max(0, found.start() - _AROUND) : found.start()]
    after = told.flat[found.end() : found.end() + _AROUND // 2]
    if _SHARE.match(after) or _OF_A_LEVEL.search(before[-_BEHIND:] + found[0]):
        return False
    around = before + found[0] + after
    return _ASSESSED.search(around) is not None and not silences("foreign").search(around)

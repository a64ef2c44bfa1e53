"""Thai text as it was meant: cleaned, unwrapped, folded for comparison."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import inf

from parsers.text.defects import TextDefects, channel_for, defects, survey
from parsers.text.digits import to_ascii
from parsers.text.repairs import is_suspect, is_unsure, repair

__all__ = [
    "Cleaned",
    "TextDefects",
    "clean",
    "defects",
    "is_thai",
    "key",
    "survey",
    "telling",
    "unwrap",
]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A line after repair.

    Attributes:
        text: NFC, sara am composed, damage repaired. Digits are never changed.
        source: For each character of `text` the index of the printed one it stands for.
            It never falls, so any stretch of `text` has one stretch of printed characters.
            Where marks changed places the indexes are dealt out in order; a vowel made of
            two characters has the index of its last (sara ae: its first).
        repairs: How many repairs of each kind, by the keys of data/repairs.toml.
    """

    text: str
    source: tuple[int, ...]
    repairs: Mapping[str, int]


def clean(printed: str, context: TextDefects | None = None) -> Cleaned:
    """Repair the text of a line as it came out of a text layer.

    Without `context` only damage that the line itself shows is repaired. What damage the
    page shows (`survey`) lets repairs through that are ambiguous on a single line: lost
    marks, late marks without blanks, sara aa and sara am mixed up.

    Args:
        printed: The characters as printed, blanks put in where there are gaps.
        context: The defects of the page.

    >>> clean("ตวั ชวี้ ดั ที ่ ๑ การปฏบิ ตั หิ นา้ ที่").text
    'ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่'
    >>> clean("ประจ าปี ๒๕๖๘").repairs
    {'blank-for-am': 1}
    """
    if _PLAIN.fullmatch(printed):
        return Cleaned(printed, tuple(range(len(printed))), {})
    page = telling(context)
    return _cleaned(printed) if page is None else _cleaned_on(printed, page)


def telling(context: TextDefects | None) -> TextDefects | None:
    """The defects of a page if they let more be repaired than a line alone would."""
    return context if context is not None and _shows_damage(context) else None


_NO_PAGE = TextDefects()
# Numbers and Latin words have nothing to repair.
_PLAIN = re.compile("[0-9A-Za-z .,:;%+/_-]*")


# Tables repeat their cells.
@lru_cache(maxsize=4096)
def _cleaned(printed: str) -> Cleaned:
    if not is_suspect(printed) and (printed.isascii() or not is_unsure(printed)):
        return Cleaned(printed, tuple(range(len(printed))), {})
    return _repaired(printed, _NO_PAGE)


@lru_cache(maxsize=4096)
def _cleaned_on(printed: str, page: TextDefects) -> Cleaned:
    if printed.isascii() and not is_suspect(printed):
        return Cleaned(printed, tuple(range(len(printed))), {})
    return _repaired(printed, page)


def _repaired(printed: str, page: TextDefects) -> Cleaned:
    traced = repair(printed, page)
    return Cleaned(traced.text, tuple(traced.source), dict(traced.repairs))


@lru_cache(maxsize=256)
def _shows_damage(page: TextDefects) -> bool:
    channel = channel_for(_NO_PAGE, page)
    ways = (channel.late, channel.spaced, channel.am_extra, channel.am_lost, channel.lost)
    others = (page.greek > 1, page.doubled_clusters, page.is_beyond_repair, page.stand_ins)
    return min(ways) < inf or any(others)


def is_thai(char: str) -> bool:
    """Whether a character is a Thai letter, vowel or mark (no digit, no baht sign).

    >>> is_thai("ก"), is_thai("ำ"), is_thai("๕"), is_thai("a")
    (True, True, False, False)
    """
    return "ก" <= char <= "ฺ" or "เ" <= char <= "๎"


# ---- folding -------------------------------------------------------------------------------------

_LEFT_OUT = re.compile(r"[^\w\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|_")


def key(text: str) -> str:
    """Fold a text for comparison: Arabic digits, lower case, no blanks, no punctuation.

    >>> key("ตัวชี้วัดที่ ๑ (IIT)")
    'ตัวชี้วัดที่1iit'
    """
    return _LEFT_OUT.sub("", to_ascii(text).casefold())


# ---- lines into paragraphs -----------------------------------------------------------------------

_ITEM = re.compile(
    r"\s*(?:[•■●○◦▪▫◆◇❖➢➤►✓✔\uf0b7\uf0a7]|[-–*]\s|\(?[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2}){0,2}[.)](?![0-9๐-๙])|\(?[ก-ฮ]\))"
)
_ENDS_ITEM_WORD = re.compile(r"(?:ข้อ|ที่|พ\.ศ\.|ปี|ลำดับ|มาตรา)\s*$")
_DIGITS = "0123456789๐๑๒๓๔๕๖๗๘๙"
_HYPHEN = re.compile(r"[A-Za-z]-$")
_TAIL = re.compile(r"[ก-ฮะ-ฺเ-๎]{1,16}$")
_HEAD = re.compile(r"[ก-ฮะ-ฺเ-๎]{1,16}")


def unwrap(text: str) -> str:
    r"""Join the lines of a cell or paragraph into running text.

    Thai words go on from line to line without a blank; a blank goes between Latin words,
    numbers and where a line ended with one. A line that begins with a bullet or item
    number ("๑.", "1)", "-", "■") stays a line of its own: steps are read by people.

    >>> unwrap("การป้องกัน\nการทุจริต")
    'การป้องกันการทุจริต'
    >>> unwrap("No Gift\nPolicy ปี\n๒๕๖๘")
    'No Gift Policy ปี ๒๕๖๘'
    >>> unwrap("๑. จัดทำคู่\nมือ\n๒. เผยแพร่")
    '๑. จัดทำคู่มือ\n๒. เผยแพร่'
    """
    if "\n" not in text:
        return text
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines:
        return ""
    joined = lines[0]
    for line in lines[1:]:
        if _ITEM.match(line) and not _ENDS_ITEM_WORD.search(joined):
            joined = joined.rstrip() + "\n" + line.lstrip()
        else:
            joined = _joined(joined, line)
    return joined


def _joined(before: str, line: str) -> str:
    here = line.lstrip()
    if before[-1:].isspace():
        return before.rstrip() + " " + here
    last, first = before[-1:], here[:1]
    if _HYPHEN.search(before) and first.isalpha() and first.isascii():
        return before + here  # E-Service: Latin words are parted at hyphens they have
    if line[:1].isspace() and line[:1] != "\n":
        return before + " " + here
    if is_thai(last) and is_thai(first):
        parted = last in {"ๆ", "ฯ"} or here.startswith("พ.ศ")
        return before + (" " if parted else "") + here
    if last in "(/“‘[" or first in ")/.,:;”’]ๆฯ%":
        return before + here
    if last in _DIGITS and first in _DIGITS:
        return before + " " + here
    return before + " " + here

"""What is wrong with a stretch of text: counted, so that pages can be judged."""

from __future__ import annotations

import re
import tomllib
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from math import inf
from string import ascii_letters
from typing import Any

from parsers.errors import DataTableError
from parsers.text.damage import UNDAMAGED, Channel
from parsers.text.standins import StandIns, find_stand_ins
from parsers.text.words import any_of, skeleton

__all__ = [
    "TABLE",
    "TextDefects",
    "channel_for",
    "common_share",
    "defects",
    "has_lost_marks",
    "has_reduced_am",
    "repair_table",
    "survey",
]

TABLE = "repairs.toml"

# How many signs on a page show that it is the page's defect, not a slip of the author.
_SIGNS = 3
_LOST_SIGNS = 4
_LOST_SIGNS_OF_LINE = 2
# Clean text has about one sara am for twelve sara aa.
_AM_FOR_AA = 2
_AA_WITHOUT_AM = 60
# … and a low tone mark for twelve letters.
_LETTERS_A_LOW_TONE = 150
_MARKS = "ัิ-ฺ็-๎"
# Sound text has 0.15 to 0.3 marks a letter.
_NO_MARKS = 0.06
_ENOUGH_LETTERS = 150


@dataclass(frozen=True, slots=True)
class TextDefects:
    """Counts over a stretch of text, usually a page.

    Attributes:
        characters: All but blanks and line ends.
        letters: Thai letters and vowels that stand on the line.
        marks: Marks above and below them.
        latin: ASCII letters.
        replacement: U+FFFD, NUL and "(cid:N)".
        control: Other control characters.
        private_use: Private use characters.
        high_latin: Latin letters beyond ASCII (code page read wrong).
        greek: Greek letters that no Greek text has (glyph numbers).
        lao: Lao letters.
        am: Sara am, whole or in parts.
        aa: Sara aa.
        blank_for_am: A letter, a blank, sara aa or sara am.
        blank_before_mark: A blank before a mark.
        stranded: Vowels that lack the letter they need after them.
        stranded_by_blank: … because a blank stands there.
        misplaced: Marks on vowels, tone marks before vowel marks.
        orphans: Marks on nothing.
        lone: Single letters between blanks.
        doubled: The same mark twice.
        doubled_clusters: A letter with its marks, the next letter, and the first again.
        low_tones: Tone marks and other signs directly on a letter, where old fonts lose them.
        stand_ins: Digits and signs that are printed for marks, with the marks.
        reduced_am: Words that can only have lost the upper half of sara am.
        lost_marks: Words that can only have lost a mark.
    """

    characters: int = 0
    letters: int = 0
    marks: int = 0
    latin: int = 0
    replacement: int = 0
    control: int = 0
    private_use: int = 0
    high_latin: int = 0
    greek: int = 0
    lao: int = 0
    am: int = 0
    aa: int = 0
    blank_for_am: int = 0
    blank_before_mark: int = 0
    stranded: int = 0
    stranded_by_blank: int = 0
    misplaced: int = 0
    orphans: int = 0
    lone: int = 0
    doubled: int = 0
    doubled_clusters: int = 0
    low_tones: int = 0
    reduced_am: int = 0
    lost_marks: int = 0
    stand_ins: StandIns = ()

    @property
    def thai_share(self) -> float:
        """Share of Thai letters and marks in all characters, 0 to 1."""
        return (self.letters + self.marks) / self.characters if self.characters else 0.0

    @property
    def mark_share(self) -> float:
        """Marks for each Thai letter: about 0.3 in sound text, less where they are lost."""
        return self.marks / self.letters if self.letters else 0.0

    @property
    def is_beyond_repair(self) -> bool:
        """Whether the marks of a page are gone or were read as letters.

        Nothing can then be said of a word: "กจร" and "การ" are letters like others.
        """
        return self.letters >= _ENOUGH_LETTERS and self.mark_share < _NO_MARKS

    @property
    def damage_share(self) -> float:
        """Signs of damage for each Thai letter: 0 in sound text, above 0.01 on bad pages."""
        signs = (
            self.replacement
            + self.private_use
            + self.blank_for_am
            + self.blank_before_mark
            + self.stranded
            + self.misplaced
            + self.orphans
            + self.doubled
            + self.doubled_clusters
        )
        return signs / self.letters if self.letters else 0.0


def survey(text: str) -> TextDefects:
    """Count the defects of a page (or line) as it came out of the text layer.

    >>> page = survey("ผลกำรด ำเนินงำน")
    >>> page.blank_for_am, page.aa
    (1, 0)
    """
    plain = text.encode(_CODE_PAGE, "replace")
    shape = plain.translate(_SHAPES)
    letters = len(plain) - len(plain.translate(None, _LETTERS))
    names = [*_ODD] if _is_odd(text, plain) else []
    names += _ORDERLY if _is_orderly(text, shape) else _PATTERNS
    counts = {name: len(_ALL[name].findall(text)) for name in names}
    if has_reduced_am(text):
        counts["reduced_am"] = len(_any_of("reduced_am").findall(text))
    return TextDefects(
        **counts,
        characters=len("".join(text.split())),
        letters=letters,
        marks=len(plain) - len(plain.translate(None, _MARK_BYTES)),
        latin=len(plain) - len(plain.translate(None, _LATIN)),
        low_tones=shape.count(b"kt") + shape.count(b"ks"),
        lost_marks=len(_any_of("lost_marks").findall(text)),
        am=sum(map(text.count, _AM)),
        aa=text.count("า"),
        stand_ins=find_stand_ins(text) if letters >= _ENOUGH_LETTERS else (),
    )


def common_share(text: str) -> float:
    """Share of Thai letters inside very common words: about 0.4 in readable reports."""
    letters = survey(text).letters
    common = sum(map(len, map(skeleton, _any_of("common").findall(text))))
    return common / letters if letters else 0.0


def has_reduced_am(text: str) -> bool:
    """Whether a word stands in it that can only have lost the upper half of sara am."""
    return _reduced_am().search(text) is not None


def defects(text: str) -> dict[str, int]:
    """The counts of `survey` that are not 0, for a verdict or a log.

    >>> defects("ด าเนิน")["blank_for_am"]
    1
    """
    counts = asdict(survey(text))
    counts["stand_ins"] = len(counts["stand_ins"])
    return {name: count for name, count in counts.items() if count}


def has_lost_marks(line: str) -> bool:
    """Whether a line has several words that can only have lost their marks."""
    return len(_any_of("lost_marks").findall(line)) >= _LOST_SIGNS_OF_LINE


def channel_for(line: TextDefects, page: TextDefects, *, unsure: bool = False) -> Channel:
    """Which damage may be repaired on a line: what it shows itself, or its page shows.

    Args:
        line: The defects of the line.
        page: Those of the page; empty where not known.
        unsure: The line has tokens that end in no word, as late marks leave them.
    """
    if page.is_beyond_repair:
        return UNDAMAGED
    costs = repair_table("costs")
    late = costs["late_unsure"] if unsure else inf
    if (
        line.stranded
        or line.misplaced
        or line.blank_before_mark
        or page.stranded + page.misplaced >= _SIGNS
    ):
        late = costs["late"]
    torn = line.stranded_by_blank or line.lone > 1 or line.doubled_clusters
    torn = torn or max(page.stranded_by_blank, page.lone, page.doubled_clusters) >= _SIGNS
    am_extra = (line.am > 0 and line.aa == 0) or line.am > _AM_FOR_AA * line.aa
    am_extra = am_extra or (page.am > _AM_FOR_AA * page.aa and page.am >= _SIGNS)
    # On a page, sara am must be gone altogether; it may also be there in parts.
    am_gone = not (page.am or page.blank_for_am or page.replacement)
    am_lost = line.reduced_am or (page.reduced_am >= _LOST_SIGNS_OF_LINE and am_gone)
    am_lost = am_lost and not line.am
    lost = line.lost_marks >= _LOST_SIGNS_OF_LINE or page.lost_marks >= _LOST_SIGNS
    return Channel(
        late=late,
        spaced=costs["spaced"] if torn else inf,
        am_blank=costs["am_blank"],
        am_lost=_price("am_lost", bool(am_lost), am_gone and page.aa >= _AA_WITHOUT_AM),
        am_extra=costs["am_extra"] if am_extra else inf,
        lost=_price("lost", lost, page.low_tones * _LETTERS_A_LOW_TONE < page.letters),
    )


def _price(kind: str, allowed: bool, everywhere: bool) -> float:
    """What a kind of damage costs; less where the page shows it wherever it can."""
    costs = repair_table("costs")
    return (costs[f"{kind}_everywhere"] if everywhere else costs[kind]) if allowed else inf


# ---- what is counted -----------------------------------------------------------------------------

# Patterns begin with a class of characters where they can: that makes the search quick.
_ODD = {
    "replacement": re.compile(r"[\ufffd\0]|\(cid:\d+\)"),
    "control": re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"),
    "private_use": re.compile("[\ue000-\uf8ff]"),
    "high_latin": re.compile("[\u00a1-\u00ff]"),
    "greek": re.compile("[\u03cf\u03d2-\u03d4\u03d7-\u03ef\u03f3-\u03ff]"),
    "lao": re.compile("[\u0e81-\u0edf]"),
}
_PATTERNS = {
    "blank_for_am": re.compile("[ \u00a0][าำ](?<=[ก-๎]..)|[ \u00a0][่-๋][าำ](?<=[ก-๎]...)"),
    "blank_before_mark": re.compile(f"[ \u00a0][{_MARKS}](?<=[ก-๎][ \u00a0].)"),
    "stranded": re.compile("[ัื็][่-๋]?(?![ก-ฮ่-๋\ufffd\0\ue000-\uf8ff])(?<!ก็)|[เ-ไ](?![ก-ฮเ\ufffd\0])"),
    "stranded_by_blank": re.compile("[ัื][่-๋]? (?=[ก-ฮ])|[เ-ไ] (?=[ก-ฮ])| ะ(?<=[ก-ฮ่-๋] ะ)"),
    "misplaced": re.compile(f"[่-์][ัิ-ฺ็]|[ะาำๅเ-ไ][{_MARKS}]"),
    "orphans": re.compile(f"[{_MARKS}](?<![ก-ฮ{_MARKS}ะาำๅเ-ไ \ufffd\0\ue000-\uf8ff].)"),
    "lone": re.compile(" (?!ณ)[ก-ฮ](?= [ก-๎])(?<=[ก-๎] .)"),
    "doubled": re.compile(f"([{_MARKS}ะา])(?=\\1)|[่-๋][่-๋]"),
    # A letter and its marks, sought by the first of them.
    "doubled_clusters": re.compile(
        f"[{_MARKS}](?<=([ก-ฮ].))([{_MARKS}]*)(?:[ก-ฮะา][{_MARKS}]*|[เ-ไ])(?=\\1\\2)"
    ),
}
_ALL = _ODD | _PATTERNS
# These occur in text that is in good order, too.
_ORDERLY = ("lone", "doubled_clusters")
_AM = ("ำ", "\u0e4d", "\uf711")

# In the one-byte code page of Thai, counting takes no time. Other characters become "?".
_CODE_PAGE = "cp874"
_CONSONANTS = "".join(map(chr, range(0x0E01, 0x0E2F)))
_MARK_BYTES = "ัิีึืฺุู็่้๊๋์ํ๎".encode(_CODE_PAGE)
_LETTERS = f"{_CONSONANTS}ะาำเแโใไๅ".encode(_CODE_PAGE)
_LATIN = ascii_letters.encode(_CODE_PAGE)
_CONTROLS = bytes((*range(9), 11, 12, *range(14, 32), 127))


def _shape_table() -> bytes:
    """Characters by what they may stand beside, one byte a class; "." for all others."""
    classes = {
        "k": _CONSONANTS,
        "h": "ัื็",  # vowels over a letter that need a letter after it
        "v": "ิีึฺุูํ๎",
        "t": "่้๊๋",
        "s": "์",
        "a": "ะาำๅ",
        "e": "เแโใไ",
        " ": " \u00a0",
    }
    table = bytearray(b"." * 256)
    for shape, chars in classes.items():
        for code in chars.encode(_CODE_PAGE):
            table[code] = ord(shape)
    return bytes(table)


_SHAPES = _shape_table()


def _is_odd(text: str, plain: bytes) -> bool:
    """Whether there is anything but Thai, ASCII and common signs: most pages have no more."""
    sound = plain.translate(None, _CONTROLS)
    return len(sound) < len(plain) or "(cid:" in text or plain.count(b"?") > text.count("?")


def _is_orderly(text: str, shape: bytes) -> bool:
    """Whether every mark and vowel stands where it can: then most defects cannot be."""
    count = shape.count
    return (
        count(b"h") + count(b"v") == count(b"kh") + count(b"kv")
        and count(b"t") == count(b"kt") + count(b"ht") + count(b"vt")
        and count(b"s") == count(b"ks") + count(b"vs")
        and count(b"h") == count(b"hk") + count(b"htk")
        and count(b"e") == count(b"ek")
        and b" a" not in shape
        and "าา" not in text
        and "ะะ" not in text
    )


@cache
def _any_of(section: str) -> re.Pattern[str]:
    words = repair_table(section)["words"]
    return re.compile(any_of(sorted(words, key=len, reverse=True)))


@cache
def _reduced_am() -> re.Pattern[str]:
    """The words that show a reduced sara am, looked up from their first sara aa."""
    tails: dict[str, list[str]] = {}
    for word in repair_table("reduced_am")["words"]:
        head, _, tail = word.partition("า")
        tails.setdefault(head, []).append(tail)
    parts = (f"(?<={head}า){any_of(words)}" for head, words in tails.items())
    return re.compile(f"า(?:{'|'.join(parts)})")


def repair_table(section: str) -> Any:
    """A part of the packaged table of repairs.

    Raises:
        DataTableError: If the part is missing from the table.
    """
    table = _table()
    if section not in table:
        raise DataTableError(TABLE, f"[{section}]", "is missing")
    return table[section]


@cache
def _table() -> dict[str, Any]:
    source = resources.files("parsers").joinpath("data", TABLE).read_text(encoding="utf-8")
    return tomllib.loads(source)

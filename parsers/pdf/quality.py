"""Is the text layer of a page fit to read scores from? A verdict, with its reason.

A scan with a worthless layer of recognised text, or a file whose glyph table is wrong, looks
like text to a program. Numbers read from it would be wrong and unmarked, so such text is
thrown away and the page is left to character recognition.

Verdicts that keep the text: `good`, `repaired` (the file's glyph tables were put right),
`ocr-layer` (recognised by somebody else's program; readable). Verdicts that do not: `blank`
(nothing on the page), `no-text` (pictures or drawings only), `scan-with-text-stamp`,
`gibberish`, `control-characters`, `partly-mapped`, `greek-letters`, `wrong-code-page`,
`vowels-collapsed`, `unreadable` (the page itself could not be opened).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from parsers.errors import DataTableError
from parsers.model import TextSource
from parsers.text.words import lexicon

__all__ = ["Layer", "Verdict", "has_symptoms", "judge", "word_share"]

_TABLE = "quality.toml"
_KEYS: Mapping[str, frozenset[str]] = {
    "pictures": frozenset({"covering", "stamp_chars"}),
    "unmapped": frozenset({"broken", "partly", "partly_count"}),
    "foreign": frozenset({"greek", "accented"}),
    "thai": frozenset({"letters", "vowels", "mixed", "orphans", "words"}),
    "latin": frozenset({"letters", "clean", "clean_layer"}),
    "symptoms": frozenset({"lost_am", "am_share", "am_count"}),
}

_CONSONANTS = frozenset(map(chr, range(0x0E01, 0x0E2F)))
_VOWELS = frozenset(
    map(chr, (*range(0x0E30, 0x0E3B), *range(0x0E40, 0x0E46), *range(0x0E47, 0x0E4F)))
)
_LATIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_GREEK = frozenset(map(chr, (*range(0x0370, 0x0600), *range(0x10A0, 0x1100))))
_ACCENTED = frozenset(map(chr, range(0x00A1, 0x0100)))
_ORPHAN = re.compile("(?:^|[^ก-๎\ue000-\uf8ff\ufffd ])[ัิ-ฺ็-๎]")
_SIGN = r"!#$%&*+<=>?@\[\\\]^_`{|}~A-Za-z"
_MIXED = re.compile(rf"[ก-๎][{_SIGN}](?=[{_SIGN}0-9]*[ก-๎])")
_THAI_RUN = re.compile("[ก-๎]+")
_LOST_AM = re.compile("[ก-ฮ][ \u00a0][่-๋]?[าำ]")
_TOKEN_WITH_LETTERS = re.compile(r"\S*[A-Za-z]\S*")
_CLEAN_TOKEN = re.compile(
    r"[(\[\"'“‘]*(?:[A-Z]?[a-z]+|[A-Z]+|[A-Z][a-z]+[A-Z][a-z]+|[A-Za-z]{1,3}\d{1,3}|"
    r"(?:https?|www|[\w.-]+@)\S+)(?:[-/'’.&][A-Za-z]+)*[)\]\"'”’.,:;?!%…]*\d{0,4}"
)
_VOICED = re.compile("[aeiouyAEIOUY]|^[^a-z]*$|^[^A-Za-z]*[a-z]{1,2}[^A-Za-z]*$")
_SAMPLE = 240  # letters looked up in the dictionary
_LONGEST_WORD = 14


@dataclass(frozen=True, slots=True)
class Layer:
    """The text layer of a page, as extracted, and what lies beside it.

    Attributes:
        text: The characters in drawing order; U+FFFD for a glyph without one.
        picture_share: Share of the page that its largest picture covers.
        invisible_share: Share of the text that is not drawn (the layer under a scan).
        drawings: Number of lines, frames and pictures.
        repaired: Whether glyph tables were put right before reading.
    """

    text: str
    picture_share: float = 0.0
    invisible_share: float = 0.0
    drawings: int = 0
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do with a text layer, and why."""

    slug: str
    source: TextSource

    @property
    def usable(self) -> bool:
        """Whether the text may be read."""
        return self.source != "none"


def _source() -> str:
    return resources.files("parsers").joinpath("data", _TABLE).read_text(encoding="utf-8")


@cache
def _thresholds() -> Mapping[str, Mapping[str, float]]:
    table = tomllib.loads(_source())
    for section, keys in _KEYS.items():
        held = table.get(section, {})
        if set(held) != keys:
            raise DataTableError(_TABLE, f"[{section}]", f"must have the keys {sorted(keys)}")
        for key, value in held.items():
            if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
                raise DataTableError(_TABLE, f"[{section}] {key}", "must be a number from 0 up")
    return table


def has_symptoms(text: str) -> bool:
    """Whether a text shows that the glyph table of some font is wrong.

    Cheap, and asked of every page: glyphs without character, a blank where the upper half of
    sara am should be ("ด าเนินงาน"), nearly every sara aa become sara am ("กำรประเมิน"), Thai
    letters touching signs ("N1APอ1อ"), vowels missing.

    >>> has_symptoms("ผลการด าเนินงาน"), has_symptoms("ผลการดำเนินงาน")
    (True, False)
    """
    symptoms = _thresholds()["symptoms"]
    counts = _counted(text)
    am, aa = counts["ำ"], counts["า"]
    return (
        "\ufffd" in counts
        or (am >= symptoms["am_count"] and am > symptoms["am_share"] * (am + aa))
        or len(_LOST_AM.findall(text)) >= symptoms["lost_am"]
        or _broken_thai(text) != ""
    )


def judge(layer: Layer) -> Verdict:
    """The verdict on the text layer of a page."""
    pictures = _thresholds()["pictures"]
    text, counts = layer.text, _counted(layer.text)
    count = len(text) - counts[" "]
    if count == 0:
        empty = layer.drawings == 0 and layer.picture_share == 0.0
        return Verdict("blank" if empty else "no-text", "none")
    is_scan = layer.picture_share >= pictures["covering"]
    is_layer = layer.invisible_share >= 0.5
    if is_scan and count < pictures["stamp_chars"]:
        return Verdict("scan-with-text-stamp", "none")
    reason = _broken(counts, count) or _foreign(counts) or _broken_thai(text)
    reason = reason or _unreadable(text, counts, typed=not (is_scan and is_layer))
    if reason:
        return Verdict(reason, "none")
    if is_layer and layer.picture_share > 0.0:
        return Verdict("ocr-layer", "ocr")
    return Verdict("repaired" if layer.repaired else "good", "text")


@lru_cache(maxsize=2)  # the same page is asked about twice
def _counted(text: str) -> Counter[str]:
    return Counter(text)


def _held(counts: Mapping[str, int], letters: frozenset[str]) -> int:
    return sum(count for char, count in counts.items() if char in letters)


def _broken(counts: Mapping[str, int], count: int) -> str:
    limits = _thresholds()["unmapped"]
    unmapped = counts["\ufffd"]
    if unmapped >= limits["broken"] * count:
        return "control-characters"
    many = unmapped >= limits["partly_count"] and unmapped >= limits["partly"] * count
    return "partly-mapped" if many else ""


def _foreign(counts: Mapping[str, int]) -> str:
    limits = _thresholds()["foreign"]
    letters = sum(count for char, count in counts.items() if char.isalpha())
    if letters and _held(counts, _GREEK) >= limits["greek"] * letters:
        return "greek-letters"
    if letters and _held(counts, _ACCENTED) >= limits["accented"] * letters:
        return "wrong-code-page"
    return ""


@lru_cache(maxsize=2)
def _broken_thai(text: str) -> str:
    counts = _counted(text)
    limits = _thresholds()["thai"]
    vowels = _held(counts, _VOWELS)
    thai = vowels + _held(counts, _CONSONANTS)
    if thai < limits["letters"]:
        return ""
    if len(_MIXED.findall(text)) >= limits["mixed"] * thai:
        return "partly-mapped"
    if vowels < limits["vowels"] * thai:
        return "vowels-collapsed"
    if len(_ORPHAN.findall(text)) >= limits["orphans"] * thai:
        return "partly-mapped"
    return ""


def _unreadable(text: str, counts: Mapping[str, int], *, typed: bool) -> str:
    limits = _thresholds()
    thai = _held(counts, _CONSONANTS)
    if thai >= limits["thai"]["letters"]:
        return "gibberish" if word_share(text) < limits["thai"]["words"] else ""
    if _held(counts, _LATIN) < limits["latin"]["letters"]:
        # Little but numbers and signs: fine when typed, never trusted under a scan.
        return "" if typed or thai else "gibberish"
    tokens = _TOKEN_WITH_LETTERS.findall(text)
    clean = sum(bool(_CLEAN_TOKEN.fullmatch(token) and _VOICED.search(token)) for token in tokens)
    least = limits["latin"]["clean" if typed else "clean_layer"]
    return "gibberish" if clean < least * len(tokens) else ""


def word_share(text: str) -> float:
    """Share of the Thai letters at the head of a text that words of the dictionary cover.

    Blanks are ignored, for they may stand inside words.

    >>> word_share("คะแนนการประเมิน"), word_share("บบญชชสรรปจจจนวนโครง") < 0.8
    (1.0, True)
    """
    letters = "".join(_THAI_RUN.findall(text[: 4 * _SAMPLE]))[:_SAMPLE]
    words = lexicon().costs
    at = known = 0
    while at < len(letters):
        for length in range(min(_LONGEST_WORD, len(letters) - at), 1, -1):
            if letters[at : at + length] in words:
                known += length
                at += length
                break
        else:
            at += 1
    return known / len(letters) if letters else 0.0

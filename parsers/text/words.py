"""Thai words: which there are, how common they are, and how they look without their marks.

The dictionary is read once, when first asked for (about 0.1 s). It is the word list and
the word counts that pythainlp ships, `data/words.txt` (words of this domain) and the place
names of `data/places.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from importlib.util import find_spec
from math import inf, log
from pathlib import Path

from parsers.errors import DataTableError

__all__ = [
    "AM_MARK",
    "MARKS",
    "REACH",
    "Lexicon",
    "any_of",
    "ends_in_word",
    "is_word",
    "lexicon",
    "marks_of",
    "skeleton",
]

# Everything that is written above or below a letter. The nikhahit stands for the upper
# half of sara am, whose other half is sara aa.
AM_MARK = "ํ"
MARKS = "ัิีึืฺุู็่้๊๋์ํ๎"
# So many letters of a skeleton decide how long words that begin so can be.
REACH = 3

_TABLE = "words.txt"
_PLACES = "places.csv"
_SHORTEST_PLACE = 4  # characters; shorter names are words, or look like parts of some
_COMMON = 12_000  # words beyond this rank are too rare for their count to mean anything
_TOTAL = 19_000_000  # words in the corpus that was counted
_LONGEST_SUFFIX = 14
# What a word costs (minus log of its share) where no count is known, by its letters: short
# rare words (abbreviations, archaic words) fit nearly everywhere and explain nothing.
_COST_BY_LENGTH = {1: 22.0, 2: 19.0, 3: 17.0, 4: 15.0}
_COST_OF_LONG = 14.0
# Nearly every letter with a mark is a word; only these are common enough to mean one.
_ENDING_BY_LENGTH = {1: 8.4, 2: 10.0}
_COST_OF_DOMAIN = 8.0
_COST_OF_PLACE = 12.0

_SKELETON = str.maketrans({**dict.fromkeys(MARKS), "ำ": "า"})
_CODE_PAGE = "cp874"
_MARK_BYTES = MARKS.encode("tis-620")
_BYTES = bytes.maketrans("ำ".encode(_CODE_PAGE), "า".encode(_CODE_PAGE))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The dictionary, ready for look-ups.

    Attributes:
        costs: For each word how surprising it is: 3 for the commonest, 22 for the rarest.
        by_skeleton: For each skeleton the words that have it, several joined by a blank.
        longest: For each beginning of `REACH` letters of a skeleton the longest length.
    """

    costs: dict[str, float]
    by_skeleton: dict[str, str]
    longest: dict[str, int]


def skeleton(word: str) -> str:
    """The letters of a word without any mark, sara am as sara aa.

    >>> skeleton("ดำเนินงาน"), skeleton("ที่")
    ('ดาเนนงาน', 'ท')
    """
    return word.translate(_SKELETON)


@lru_cache(maxsize=65_536)
def marks_of(word: str) -> tuple[str, ...]:
    """The marks on each letter of the skeleton, sorted.

    >>> marks_of("ที่ทำ") == ("ี่", "ํ", "")
    True
    """
    marks: list[str] = []
    for char in word:
        if char in MARKS:
            if marks:
                marks[-1] += char
        elif char == "ำ":
            if marks:
                marks[-1] += AM_MARK
            marks.append("")
        else:
            marks.append("")
    return tuple("".join(sorted(mark)) for mark in marks)


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of some words, the longest first, sharing beginnings.

    >>> any_of(["ที่", "ทำ", "ปี"])
    '(?:ท(?:ี่|ำ)|ปี)'
    """
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[:1], []).append(word[1:])
    ends = groups.pop("", None) is not None
    parts = [
        head + (tails[0] if len(tails) == 1 else any_of(tails)) for head, tails in groups.items()
    ]
    return f"(?:{'|'.join(parts)}){'?' if ends else ''}" if parts else ""


def is_word(text: str) -> bool:
    """Whether the dictionary has it.

    >>> is_word("คะแนน"), is_word("คะเเนน")
    (True, False)
    """
    return text in lexicon().costs


@lru_cache(maxsize=16_384)
def ends_in_word(chunk: str) -> bool:
    """Whether a word stands at the end of a chunk of text; short ones must be common.

    >>> ends_in_word("กำหนดให้"), ends_in_word("เพมิ่")
    (True, False)
    """
    costs = lexicon().costs
    for start in range(max(0, len(chunk) - _LONGEST_SUFFIX), len(chunk)):
        cost = costs.get(chunk[start:])
        if cost is not None and cost <= _ENDING_BY_LENGTH.get(len(skeleton(chunk[start:])), inf):
            return True
    return False


@cache
def lexicon() -> Lexicon:
    """The dictionary."""
    domain, places = _domain(), _places()
    names = list(dict.fromkeys([*_listed("words_th.txt"), *domain, *places]))
    bones = _bare("\n".join(names)).split("\n")
    costs = {
        name: _COST_BY_LENGTH.get(len(bone), _COST_OF_LONG)
        for name, bone in zip(names, bones, strict=True)
    }
    costs.update(_counted(costs))
    costs.update((name, min(_COST_OF_PLACE, costs[name])) for name in places)
    costs.update((word, min(cost, costs[word])) for word, cost in domain.items())
    return Lexicon(costs, _by_skeleton(names, bones), _longest(bones))


def _bare(text: str) -> str:
    """`skeleton` of a long text, much faster: in the one-byte code page of Thai."""
    return text.encode(_CODE_PAGE).translate(_BYTES, _MARK_BYTES).decode(_CODE_PAGE)


def _listed(name: str) -> list[str]:
    """The purely Thai entries of a word list of pythainlp."""
    return re.findall(r"^[ก-ฮะ-ฺเ-๎]+$", _shipped(name), re.MULTILINE)


def _shipped(name: str) -> str:
    """A file of pythainlp's corpus.

    It is read where the package lies: importing pythainlp costs as much as the whole
    dictionary and creates a folder in the home of the user.
    """
    package = find_spec("pythainlp")
    if package is None or not package.submodule_search_locations:
        raise DataTableError(name, "pythainlp", "is not installed: pip install pythainlp")
    folder = Path(package.submodule_search_locations[0])
    return folder.joinpath("corpus", name).read_text(encoding="utf-8")


def _domain() -> dict[str, float]:
    """The words of the domain and their costs: one a line, with a cost where not the usual."""
    source = resources.files("parsers").joinpath("data", _TABLE).read_text(encoding="utf-8")
    words: dict[str, float] = {}
    for number, line in enumerate(source.split("\n"), start=1):
        entry = re.fullmatch(r"(?P<word>[ก-ฮะ-ฺเ-๎]+)(?: (?P<cost>\d+(?:\.\d+)?))?", line)
        if entry:
            words[entry["word"]] = float(entry["cost"] or _COST_OF_DOMAIN)
        elif line and not line.startswith("#"):
            raise DataTableError(_TABLE, f"line {number} ({line})", "must be a Thai word [cost]")
    return words


def _places() -> list[str]:
    """Names of provinces, districts and tambons: every report has some."""
    source = resources.files("parsers").joinpath("data", _PLACES).read_text(encoding="utf-8")
    names = re.findall(r"^[^,]*,([ก-ฮะ-ฺเ-๎]+),", source, re.MULTILINE)
    return [name for name in names if len(name) >= _SHORTEST_PLACE]


def _counted(known: dict[str, float]) -> dict[str, float]:
    """Costs from the counts of the Thai National Corpus, for words of the dictionary."""
    counted: dict[str, float] = {}
    for line in _shipped("tnc_freq.txt").split("\n", _COMMON)[:_COMMON]:
        word, _, count = line.partition("\t")
        if word in known:
            counted[word] = min(known[word], log(_TOTAL / int(count)))
    return counted


def _by_skeleton(names: list[str], bones: list[str]) -> dict[str, str]:
    index = dict(zip(bones, names, strict=True))
    others = [(bone, name) for bone, name in zip(bones, names, strict=True) if index[bone] != name]
    for bone, name in others:
        index[bone] += " " + name
    return index


def _longest(bones: list[str]) -> dict[str, int]:
    by_length = sorted(bones, key=len)
    return dict(zip((bone[:REACH] for bone in by_length), map(len, by_length), strict=True))

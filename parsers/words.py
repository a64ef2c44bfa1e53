"""Thai words: which there are, how common they are, and how they look without their marks.

The dictionary is read once, when first asked for (about 80 ms). It is the word list and
the word counts that pythainlp ships, and `data/words.txt`: words of this domain.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import metadata, resources
from math import log

from parsers.errors import DataTableError

__all__ = [
    "AM_MARK",
    "MARKS",
    "REACH",
    "Lexicon",
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
_COMMON = 20_000  # words beyond this rank are too rare for their count to mean anything
_TOTAL = 19_000_000  # words in the corpus that was counted
_LONGEST_SUFFIX = 14
# What a word costs (minus log of its share) where no count is known, by its letters: short
# rare words (abbreviations, archaic words) fit nearly everywhere and explain nothing.
_COST_BY_LENGTH = {1: 22.0, 2: 19.0, 3: 17.0, 4: 15.0}
_COST_OF_LONG = 14.0
_COST_OF_DOMAIN = 8.0

_SKELETON = str.maketrans({**dict.fromkeys(MARKS), "ำ": "า"})


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


def is_word(text: str) -> bool:
    """Whether the dictionary has it.

    >>> is_word("คะแนน"), is_word("คะเเนน")
    (True, False)
    """
    return text in lexicon().costs


@lru_cache(maxsize=16_384)
def ends_in_word(chunk: str) -> bool:
    """Whether some word of the dictionary stands at the end of a chunk of text.

    >>> ends_in_word("กำหนดให้"), ends_in_word("เพมิ่")
    (True, False)
    """
    costs = lexicon().costs
    first = max(0, len(chunk) - _LONGEST_SUFFIX)
    return any(chunk[start:] in costs for start in range(first, len(chunk)))


@cache
def lexicon() -> Lexicon:
    """The dictionary."""
    words = _listed("words_th.txt")
    domain = _domain()
    costs = dict(zip(words, _unknown_costs(words), strict=True))
    costs.update(_counted(costs))
    costs.update((word, min(_COST_OF_DOMAIN, costs.get(word, 99.0))) for word in domain)
    names = list(costs)
    bones = skeleton("\n".join(names)).split("\n")
    return Lexicon(costs, _by_skeleton(names, bones), _longest(bones))


def _listed(name: str) -> list[str]:
    """The purely Thai entries of a word list of pythainlp.

    The file is read where the package lies: importing pythainlp costs as much as the whole
    dictionary and creates a folder in the home of the user.
    """
    path = metadata.distribution("pythainlp").locate_file(f"pythainlp/corpus/{name}")
    return [word for word in path.read_text(encoding="utf-8").split("\n") if _is_pure(word)]


def _is_pure(word: str) -> bool:
    return word.isascii() is False and " " not in word and "." not in word and "-" not in word


def _domain() -> list[str]:
    source = resources.files("parsers").joinpath("data", _TABLE).read_text(encoding="utf-8")
    words = [line.strip() for line in source.split("\n")]
    words = [word for word in words if word and not word.startswith("#")]
    for number, word in enumerate(words, start=1):
        if not all("ก" <= char <= "๎" for char in word):
            raise DataTableError(_TABLE, f"word {number} ({word})", "must be Thai letters only")
    return words


def _unknown_costs(words: Iterable[str]) -> list[float]:
    lengths = map(len, map(skeleton, words))
    return [_COST_BY_LENGTH.get(length, _COST_OF_LONG) for length in lengths]


def _counted(known: dict[str, float]) -> dict[str, float]:
    """Costs from the counts of the Thai National Corpus, for words of the dictionary."""
    counted: dict[str, float] = {}
    path = metadata.distribution("pythainlp").locate_file("pythainlp/corpus/tnc_freq.txt")
    for line in path.read_text(encoding="utf-8").split("\n", _COMMON)[:_COMMON]:
        word, _, count = line.partition("\t")
        if word in known and count.isdigit():
            counted[word] = min(known[word], log(_TOTAL / int(count)))
    return counted


def _by_skeleton(names: list[str], bones: list[str]) -> dict[str, str]:
    index = dict(zip(bones, names, strict=True))
    for bone, name in zip(bones, names, strict=True):
        if index[bone] is not name:
            index[bone] += " " + name
    return index


def _longest(bones: list[str]) -> dict[str, int]:
    by_length = sorted(bones, key=len)
    return dict(zip((bone[:REACH] for bone in by_length), map(len, by_length), strict=True))

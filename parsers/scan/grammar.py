"""What a column of a table may hold, and which readings of it are one value."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import regex

from parsers.errors import DataTableError

__all__ = ["Grammar", "grammar", "kinds"]

_TABLE = "reader/grammars.toml"
_DIGITS = ("[0-9]", "[๐-๙]")
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_SAME = ("digits", "code", "dash", "blank")
_HEADS = str.maketrans("l1|0", "iiio")
_NAMES = ("iit", "eit", "oit", "ita")
_TAILS = str.maketrans("ol", "01")


@dataclass(frozen=True, slots=True)
class Grammar:
    """A kind of column: the networks that read it, what it may hold, what counts as equal."""

    kind: str
    models: tuple[str, ...]
    same: frozenset[str]
    pattern: str
    threshold: float
    """The confidence below which a reading should be left unread."""
    alike: tuple[tuple[str, str], ...] = ()
    """Symbols of the column, and those of other columns that cannot be told from them."""
    leans_on_words: bool = False
    """Whether letters that follow each other in Thai words are favoured in doubt."""
    after: tuple[tuple[str, str], ...] = ()
    """Marks above and below, and the letters on which they can stand."""

    def admits(self, start: str) -> bool:
        """Whether a text of the column can begin so.

        >>> grammar("score").admits("๙๓."), grammar("score").admits("E")
        (True, False)
        """
        if self.after and start and not self._stands(start):
            return False
        return not self.pattern or _begins(self.pattern, start)

    def _stands(self, start: str) -> bool:
        """Whether the last character, if it is a mark, has a letter to stand on."""
        for marks, bases in self.after:
            if start[-1] in marks:
                return len(start) > 1 and start[-2] in bases
        return True

    def accepts(self, text: str) -> bool:
        """Whether the column can hold the text; every column can be empty.

        >>> grammar("score").accepts("๙๓."), grammar("rank").accepts("๑๒")
        (False, True)
        """
        return not (self.pattern and text) or _is_whole(self.pattern, text)

    def value(self, text: str) -> str:
        """The text with what is read alike written alike.

        >>> grammar("code").value("๐๑๒"), grammar("code").value("O12"), grammar("code").value("E7")
        ('o12', 'o12', 'e7')
        >>> grammar("score").value("๘๗.๕")
        '87.5'
        """
        if "digits" in self.same:
            text = text.translate(_TO_ARABIC)
        if "blank" in self.same:
            text = text.replace(" ", "")
        if "dash" in self.same and text and not text.strip("-"):
            text = "-"
        if "code" in self.same and text:
            text = _code(text.lower())
        return text

    def tidy(self, text: str) -> str:
        """A reading as it can have been printed: no letter o among the digits of a code.

        >>> grammar("code").tidy("O๑o"), grammar("code").tidy("o1O"), grammar("code").tidy("OIT")
        ('O๑๐', 'o10', 'OIT')
        """
        if "code" not in self.same:
            return text
        if (name := _code(text.lower())) in _NAMES and text.isascii():
            return text if text.isalpha() and "l" not in text else name.upper()
        if not any(char.isdigit() for char in text):
            return text
        zero = "๐" if any("๐" <= char <= "๙" for char in text) else "0"
        return text[:1] + text[1:].replace("o", zero).replace("O", zero)


def _code(text: str) -> str:
    """One spelling of a code: i, e, o at its head, digits in its tail."""
    head, tail = text[:1].translate(_HEADS), text[1:]
    if tail and tail[-1] == "t":
        return head + tail.translate(_HEADS)
    return head + tail.translate(_TAILS) if any(char.isdigit() for char in tail) else head + tail


@lru_cache(maxsize=65536)
def _begins(pattern: str, start: str) -> bool:
    return regex.fullmatch(pattern, start, partial=True) is not None


@lru_cache(maxsize=65536)
def _is_whole(pattern: str, text: str) -> bool:
    return regex.fullmatch(pattern, text) is not None


def grammar(kind: str) -> Grammar:
    """The grammar of a kind of column, as ``grammars.toml`` names it."""
    return _grammars()[kind]


def kinds() -> tuple[str, ...]:
    """All kinds of columns."""
    return tuple(_grammars())


@cache
def _grammars() -> dict[str, Grammar]:
    text = files("parsers").joinpath("data", _TABLE).read_text(encoding="utf-8")
    return {kind: _checked(kind, row) for kind, row in tomllib.loads(text).items()}


def _checked(kind: str, row: dict[str, object]) -> Grammar:
    models, same, allow = row.get("models"), row.get("same", []), row.get("allow", [])
    if not (isinstance(models, list) and models):
        raise DataTableError(_TABLE, kind, "models: which networks read it?")
    if not (isinstance(same, list) and isinstance(allow, list)):
        raise DataTableError(_TABLE, kind, "same and allow are lists")
    if unknown := set(same) - set(_SAME):
        raise DataTableError(_TABLE, kind, f"unknown folding {sorted(unknown)}")
    alike = row.get("alike", [])
    if not isinstance(alike, list) or not all(group.count(" ") == 1 for group in alike):
        raise DataTableError(_TABLE, kind, "alike: symbols, a blank, symbols that look like them")
    after = row.get("after", [])
    if not (isinstance(after, list) and all(isinstance(pair, list) for pair in after)):
        raise DataTableError(_TABLE, kind, "after: pairs of marks and what they stand on")
    parts = {_spelt(part, digit): None for part in allow for digit in _DIGITS}
    whole = "|".join(f"(?:{part})" for part in parts)
    try:
        regex.compile(whole)
    except regex.error as error:
        raise DataTableError(_TABLE, kind, f"{error}") from error
    groups = tuple((group.split(" ")[0], group.split(" ")[1]) for group in alike)
    return Grammar(
        kind,
        tuple(models),
        frozenset(same),
        whole,
        _threshold(row, kind),
        groups,
        row.get("words") is True,
        _marks(after),
    )


def _threshold(row: dict[str, object], kind: str) -> float:
    limit = row.get("threshold", 0.9)
    if not isinstance(limit, float) or not 0 < limit < 1:
        raise DataTableError(_TABLE, kind, "threshold: between 0 and 1")
    return limit


def _marks(after: list[list[str]]) -> tuple[tuple[str, str], ...]:
    consonants = "".join(map(chr, range(0x0E01, 0x0E2F)))
    return tuple((marks, bases.replace("<c>", consonants)) for marks, bases in after)


def _spelt(part: str, digit: str) -> str:
    return part.replace("<d>", digit).replace("<n>", digit[:-1] + "oO]")

"""Thai that was read with the wrong table: other scripts' letters back to Thai ones.

Each function gives the pattern of what it reads and what it makes of a match (None to
leave it); `parsers.text.repairs` applies them and keeps count.
"""

from __future__ import annotations

import re
from functools import cache

from parsers.errors import DataTableError
from parsers.text.defects import TABLE, TextDefects, repair_table
from parsers.text.words import is_word

__all__ = [
    "GREEK",
    "HIGH_LATIN",
    "LAO",
    "PRIVATE_USE",
    "SYMBOLS",
    "UTF8_AS_LATIN",
    "from_greek",
    "from_high_latin",
    "from_lao",
    "from_private_use",
    "from_symbols",
    "from_utf8",
    "has_greek",
    "has_high_latin",
]

_THAI_OFFSET = 0x0E00 - 0xA0  # from a byte of TIS-620 to its letter
_SYMBOL_OFFSET = 0xF000
_LAO_OFFSET = 0x80
# Bytes of the code page that are no Thai letters.
_NOT_THAI = frozenset(range(0xDB, 0xDF)) | frozenset(range(0xFC, 0x100)) | {0xA0}
# With fewer of them on a line they are letters of a Latin word (café, naïve).
_LEAST_HIGH_LATIN = 3

_CONTINUED = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
UTF8_AS_LATIN = re.compile(f"à[¸¹]{_CONTINUED}")
HIGH_LATIN = re.compile("[\u00a1-\u00fb]+")
SYMBOLS = re.compile("[\uf0a1-\uf0da\uf0df-\uf0fb]{2,}")
PRIVATE_USE = re.compile("[\uf700-\uf71b]")
GREEK = re.compile("[\u0395-\u03fa]+")
LAO = re.compile("[ก-๎]*[\u0e81-\u0edf][ก-๎\u0e81-\u0edf]*")


def from_utf8(found: str) -> str | None:
    """One Thai letter of three bytes, each read as a Latin letter.

    >>> from_utf8("à¸„")
    'ค'
    """
    try:
        last = found[2].encode("cp1252")
    except UnicodeEncodeError:
        last = found[2].encode("latin-1")
    try:
        return (found[:2].encode("latin-1") + last).decode("utf-8")
    except UnicodeDecodeError:
        return None


def has_high_latin(line: TextDefects) -> bool:
    """Whether a line is Thai read as Latin: its letters are mostly beyond ASCII."""
    return line.high_latin >= max(_LEAST_HIGH_LATIN, line.latin, line.letters)


def from_high_latin(found: str) -> str | None:
    """TIS-620 read as Latin-1 or Windows-1252, letter for letter.

    >>> from_high_latin("¡ÒÃ")
    'การ'
    """
    if any(ord(char) in _NOT_THAI for char in found):
        return None
    return "".join(chr(ord(char) + _THAI_OFFSET) for char in found)


def from_symbols(found: str) -> str:
    r"""The same bytes in the private use area, where symbol fonts have them.

    >>> from_symbols("\uf0a1\uf0d2\uf0c3")
    'การ'
    """
    return "".join(chr(ord(char) - _SYMBOL_OFFSET + _THAI_OFFSET) for char in found)


def from_private_use(found: str) -> str | None:
    """A shifted mark of an old Thai font."""
    return _private_use().get(found)


def has_greek(line: TextDefects, page: TextDefects) -> bool:
    """Whether Greek letters are glyph numbers: some are letters that Greek does not use."""
    return bool(line.greek or page.greek > 1)


def from_greek(found: str) -> str | None:
    """Glyph numbers of a Thai font read as Greek; None where one has no Thai letter.

    >>> from_greek("νϗ")
    'ปี'
    """
    table = _glyph_numbers()
    return found.translate(table) if all(ord(char) in table for char in found) else None


def from_lao(found: str) -> str | None:
    """A word with Lao letters in it; None for a word of Lao.

    >>> from_lao("คະແນນ"), from_lao("ສະບາຍດີ")
    ('คะแนน', None)
    """
    special = repair_table("lao")
    thai = "".join(
        special.get(char, chr(ord(char) - _LAO_OFFSET)) if char >= "\u0e81" else char
        for char in found
    )
    mixed = any(char < "\u0e81" for char in found)
    return thai if mixed or is_word(thai) else None


@cache
def _private_use() -> dict[str, str]:
    table = {}
    for code, char in repair_table("private_use").items():
        try:
            table[chr(int(code, 16))] = char
        except ValueError as error:
            raise DataTableError(TABLE, f"[private_use] {code}", "must be hexadecimal") from error
    return table


@cache
def _glyph_numbers() -> dict[int, str]:
    table: dict[int, str] = {}
    for entry in repair_table("glyph_numbers"):
        first, last = int(entry["first"], 16), int(entry["last"], 16)
        if last < first:
            raise DataTableError(TABLE, f"[[glyph_numbers]] {entry['first']}", "last before first")
        table |= {code: chr(ord(entry["thai"]) + code - first) for code in range(first, last + 1)}
    return table

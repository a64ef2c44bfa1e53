"""Thai as old Windows programs print it: shifted marks from the private-use area.

Without a shaping engine a mark is moved clear of its neighbours by choosing another
glyph. Windows fonts keep those glyphs at U+F700 to U+F71A, and the characters arrive in
the text layer of the PDF as such.
"""

from __future__ import annotations

__all__ = ["windows_glyphs"]

_TALL = set("ปฝฟฬ")
_UPPER = set("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47\u0e4d")
_LOWER = set("\u0e38\u0e39\u0e3a")
_TONES = "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
_LEFT_UPPER = {
    "\u0e34": "\uf701",
    "\u0e35": "\uf702",
    "\u0e36": "\uf703",
    "\u0e37": "\uf704",
    "\u0e31": "\uf710",
    "\u0e4d": "\uf711",
    "\u0e47": "\uf712",
}
_LOW = dict(zip(_TONES, "\uf70a\uf70b\uf70c\uf70d\uf70e", strict=True))
_LOW_LEFT = dict(zip(_TONES, "\uf705\uf706\uf707\uf708\uf709", strict=True))
_LEFT = dict(zip(_TONES, "\uf713\uf714\uf715\uf716\uf717", strict=True))
_DEEP = {"\u0e38": "\uf718", "\u0e39": "\uf719", "\u0e3a": "\uf71a"}
_TAILLESS = {"ญ": "\uf70f", "ฐ": "\uf700"}


def _base(text: str, at: int) -> str:
    while at >= 0 and (text[at] in _UPPER or text[at] in _LOWER or text[at] in _TONES):
        at -= 1
    return text[at] if at >= 0 else ""


def _tone(text: str, at: int) -> str:
    """The form of a tone mark: high, low, and either of them further left."""
    tall = _base(text, at - 1) in _TALL
    above = text[at - 1 : at] in _UPPER or text[at + 1 : at + 2] == "\u0e33"
    if above:
        return _LEFT[text[at]] if tall else text[at]
    return _LOW_LEFT[text[at]] if tall else _LOW[text[at]]


def _form(text: str, at: int) -> str:
    char = text[at]
    if char in _TONES:
        return _tone(text, at)
    if char in _LEFT_UPPER and _base(text, at - 1) in _TALL:
        return _LEFT_UPPER[char]
    if char in _DEEP and _base(text, at - 1) in "ฎฏ":
        return _DEEP[char]
    if char in _TAILLESS and text[at + 1 : at + 2] in _LOWER:
        return _TAILLESS[char]
    return char


def windows_glyphs(text: str) -> str:
    """The text with each mark in the form that fits its neighbours.

    >>> [hex(ord(char)) for char in windows_glyphs("เป็น")][2]
    '0xf712'
    >>> windows_glyphs("ที่") == "ที่"
    True
    """
    return "".join(_form(text, at) for at in range(len(text)))

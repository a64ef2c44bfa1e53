r"""The table beside a font that gives a character for each glyph code (`/ToUnicode`)."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["read_table", "write_table"]

_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR = re.compile(rb"<\s*([0-9A-Fa-f]+)\s*>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(
    rb"<\s*([0-9A-Fa-f]+)\s*>\s*<\s*([0-9A-Fa-f]+)\s*>\s*(?:<([0-9A-Fa-f\s]*)>|\[([^\]]*)\])"
)
_ITEM = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_MOST_CODES = 65_536
_BLOCK = 100  # entries that one bfchar block may have


def read_table(source: bytes) -> dict[int, str]:
    """Glyph code -> text. What cannot be understood is left out.

    >>> read_table(b"1 beginbfchar <0A> <0E33> endbfchar")
    {10: 'ำ'}
    >>> read_table(b"1 beginbfrange <01> <03> <0E01> endbfrange")
    {1: 'ก', 2: 'ข', 3: 'ฃ'}
    """
    found: dict[int, str] = {}
    for block in _RANGES.findall(source):
        for first, last, base, items in _RANGE.findall(block):
            start, end = int(first, 16), int(last, 16)
            if items:
                texts = [_text(item) for item in _ITEM.findall(items)]
                found.update(zip(range(start, end + 1), texts, strict=False))
            elif end - start < _MOST_CODES:
                found.update(_counted_on(start, end, _text(base)))
    for block in _CHARS.findall(source):
        for code, text in _PAIR.findall(block):
            found[int(code, 16)] = _text(text)
    return found


def _text(digits: bytes) -> str:
    packed = b"".join(digits.split())
    if len(packed) % 2:
        packed += b"0"
    value = bytes.fromhex(packed.decode("ascii"))
    if len(value) == 1:
        return chr(value[0])
    return value.decode("utf-16-be", "replace")


def _counted_on(start: int, end: int, base: str) -> dict[int, str]:
    if not base:
        return dict.fromkeys(range(start, end + 1), "")
    stem, code = base[:-1], ord(base[-1])
    last = min(end, start + 0x10FFFF - code)
    return {number: stem + chr(code + number - start) for number in range(start, last + 1)}


def write_table(table: Mapping[int, str], code_bytes: int) -> bytes:
    """A `/ToUnicode` stream for codes of one or two bytes.

    >>> read_table(write_table({10: "ํ", 11: "่ำ"}, 2)) == {10: "ํ", 11: "่ำ"}
    True
    """
    width = 2 * code_bytes
    entries = [
        f"<{code:0{width}X}> <{text.encode('utf-16-be').hex().upper()}>"
        for code, text in sorted(table.items())
        if text and code < 256**code_bytes
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CMapName /Repaired def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<{'00' * code_bytes}> <{'FF' * code_bytes}>",
        "endcodespacerange",
    ]
    for at in range(0, len(entries), _BLOCK):
        block = entries[at : at + _BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")

"""What bytes are that should be a PDF: found out before a PDF library sees them."""

from __future__ import annotations

import re
import zlib

from parsers.errors import DocumentRefused
from parsers.pdf.limits import Limits

__all__ = ["checked"]

_HEADER = b"%PDF-"
_HEADER_WITHIN = 65_536
_SIGNATURES = (
    (b"PK\x03\x04", "a ZIP file or an office document (DOCX, XLSX, PPTX)"),
    (b"\xd0\xcf\x11\xe0", "an old office document (DOC, XLS, PPT)"),
    (b"{\\rtf", "an RTF document"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"RIFF", "a WebP picture or a sound file"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x1f\x8b", "a GZIP archive"),
    (b"%!PS", "a PostScript file"),
    (b"MZ", "a program"),
)
_WEB_PAGE = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|script)\b", re.IGNORECASE)
_STRUCTURE = re.compile(rb"\d\s+\d\s+obj\b")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
# Deflate unpacks at most to 1032 times the size; smaller streams cannot hurt.
_MOST_RATIO = 1_032
_DICTIONARY = 600  # bytes before a stream that are searched for its filter
_CHUNK = 1 << 20


def checked(data: bytes, limits: Limits) -> bytes:
    """The bytes from the PDF header on; what stands before it (mail or web headers) is cut.

    Raises:
        DocumentRefused: `empty-file`, `not-a-pdf` (the detail says what it looks like),
            `too-large` (the file, or what one of its streams unpacks to).
    """
    if not data:
        raise DocumentRefused("empty-file", "the file has no bytes")
    if len(data) > limits.bytes:
        raise DocumentRefused("too-large", f"{len(data):,} bytes; the limit is {limits.bytes:,}")
    start = data.find(_HEADER, 0, _HEADER_WITHIN)
    if start < 0:
        likeness = _likeness(data)
        if likeness:
            raise DocumentRefused("not-a-pdf", f"it looks like {likeness}")
        start = 0
    elif start and _WEB_PAGE.search(data, 0, start):
        raise DocumentRefused("not-a-pdf", "it looks like a web page (HTML)")
    data = data[start:] if start else data
    _refuse_bombs(data, limits.stream_bytes)
    return data


def _likeness(data: bytes) -> str:
    """What the bytes look like; empty where they may be a PDF that lost its header."""
    head = data[:4096]
    if _STRUCTURE.search(data) and not _WEB_PAGE.search(head):
        return ""
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return name
    if _WEB_PAGE.search(head):
        return "a web page (HTML)"
    if not data.strip(b"\x00 \t\r\n"):
        return "an empty page: it holds blanks or zero bytes only"
    text = sum(byte >= 32 or byte in b"\t\r\n" for byte in head)
    return "plain text" if text == len(head) and b"\x00" not in head else "unknown binary data"


def _refuse_bombs(data: bytes, most: int) -> None:
    """Refuse a file one of whose streams unpacks beyond all measure.

    Only streams that could are unpacked, in pieces and without keeping them; pictures are
    left out because reading text never unpacks them.
    """
    for found in _STREAM.finditer(data):
        start = found.end()
        dictionary = data[max(0, found.start() - _DICTIONARY) : found.start()]
        dictionary = dictionary[dictionary.rfind(b" obj") + 1 :]
        filters = len(_FLATE.findall(dictionary))
        if not filters or (filters == 1 and b"/Image" in dictionary):
            continue
        end = data.find(b"endstream", start)
        end = len(data) if end < 0 else end
        if (end - start) * _MOST_RATIO**filters <= most:
            continue
        if _unpacks_beyond(memoryview(data)[start:end], filters, most):
            raise DocumentRefused("too-large", f"a stream unpacks to more than {most:,} bytes")


def _unpacks_beyond(packed: memoryview, filters: int, most: int) -> bool:
    """Whether inflating `filters` times gives more than `most` bytes at any stage."""
    stages = [zlib.decompressobj() for _ in range(filters)]
    sizes = [0] * filters

    def feed(level: int, piece: bytes | memoryview) -> bool:
        stage = stages[level]
        while piece and not stage.eof:
            try:
                out = stage.decompress(piece, _CHUNK)
            except zlib.error:
                return False
            sizes[level] += len(out)
            if sizes[level] > most:
                return True
            if level + 1 < filters and feed(level + 1, out):
                return True
            piece = stage.unconsumed_tail
        return False

    return any(feed(0, packed[at : at + _CHUNK]) for at in range(0, len(packed), _CHUNK))

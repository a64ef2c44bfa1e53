"""Open a PDF, mending its structure where that is needed, or say why it cannot be opened."""

from __future__ import annotations

import io
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2_raw as raw

from parsers.errors import DocumentRefused
from parsers.pdf.limits import Limits

__all__ = ["LOCK", "Opened", "mended", "open_document"]

LOCK = threading.RLock()
"""PDFium must not be used by two threads at a time."""

_started = False

# qpdf tells what it mends through logging; a library must not print it.
logging.getLogger("pikepdf").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Opened:
    """An open document.

    Attributes:
        handle: PDFium's document.
        page_count: Pages that the document says it has.
    """

    handle: Any
    page_count: int


@contextmanager
def open_document(data: bytes) -> Iterator[Opened | None]:
    """Open a PDF; None where PDFium finds no document in it.

    Raises:
        DocumentRefused: `encrypted` where a password is needed.
    """
    _start()
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        error = raw.FPDF_GetLastError()
        if error == raw.FPDF_ERR_PASSWORD:
            raise DocumentRefused("encrypted", "a password is needed to open it")
        if error == raw.FPDF_ERR_SECURITY:
            raise DocumentRefused("encrypted", "its kind of encryption is not known")
        yield None
        return
    try:
        yield Opened(document, raw.FPDF_GetPageCount(document))
    finally:
        raw.FPDF_CloseDocument(document)


def _start() -> None:
    global _started  # noqa: PLW0603 - the library itself is global
    if not _started:
        raw.FPDF_InitLibrary()
        _started = True


def mended(data: bytes, limits: Limits) -> bytes | None:
    """A copy of a damaged file with its structure rebuilt (by qpdf); None where that fails.

    Raises:
        DocumentRefused: `encrypted`, `too-large`.
    """
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            count = len(pdf.pages)
            if count > limits.pages:
                raise DocumentRefused("too-large", f"{count:,} pages, limit {limits.pages:,}")
            out = io.BytesIO()
            pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none)
            return out.getvalue() if count else None
    except pikepdf.PasswordError:
        raise DocumentRefused("encrypted", "a password is needed to open it") from None
    except DocumentRefused:
        raise
    except Exception:  # noqa: BLE001 - a file too damaged for qpdf fails in many ways
        return None

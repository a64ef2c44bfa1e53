"""PDF bytes in, pages of characters, ruling lines and pictures out."""

from __future__ import annotations

from parsers.pdf.limits import Limits
from parsers.pdf.reader import PdfContent, read_pdf

__all__ = ["Limits", "PdfContent", "read_pdf"]

"""PDF bytes -> `PdfContent`: the conductor of this package."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

from parsers.errors import DocumentRefused
from parsers.model import Page, Problem
from parsers.pdf.glyphs import read_glyphs
from parsers.pdf.limits import Limits
from parsers.pdf.objects import survey
from parsers.pdf.placement import place
from parsers.pdf.strokes import read_strokes

__all__ = ["PdfContent", "read_pdf"]


@dataclass(frozen=True, slots=True)
class PdfContent:
    """What a PDF file shows."""

    page_count: int
    pages: tuple[Page, ...]
    problems: tuple[Problem, ...]


def read_pdf(data: bytes, limits: Limits | None = None) -> PdfContent:
    """Read every page of a PDF."""
    limits = limits or Limits()
    if b"%PDF" not in data[:2048]:
        raise DocumentRefused("not-a-pdf" if data else "empty-file")
    raw.FPDF_InitLibrary()
    doc = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not doc:
        raise DocumentRefused("encrypted" if raw.FPDF_GetLastError() == 4 else "damaged")
    try:
        count = raw.FPDF_GetPageCount(doc)
        pages = [_page(doc, index, limits) for index in range(count)]
    finally:
        raw.FPDF_CloseDocument(doc)
    return PdfContent(count, tuple(p for p in pages if p), ())


def _page(doc: Any, index: int, limits: Limits) -> Page | None:
    page = raw.FPDF_LoadPage(doc, index)
    if not page:
        return None
    try:
        placement = place(page, limits.side)
        if placement is None:
            return None
        drawn = survey(page, limits)
        glyphs = read_glyphs(page, drawn, placement, limits.chars)
        rules, images = read_strokes(drawn, placement, limits)
    finally:
        raw.FPDF_ClosePage(page)
    chars = glyphs.chars if glyphs else ()
    return Page(
        index + 1,
        placement.width,
        placement.height,
        chars,
        rules,
        images,
        "text" if chars else "none",
        "good" if chars else "no-text",
        "pdfium",
    )

"""The list of samples: which content, which producer, what it is for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from samples.content import chaturat, kham_sombun, lamphun, province_results
from samples.make.html import Look, to_html
from samples.make.model import Document
from samples.make.producers import chromium, libreoffice, weasyprint
from samples.make.sheet import write_xlsx
from samples.make.word import WordLook, write_docx

__all__ = ["SAMPLES", "Sample"]

Maker = Callable[[Document, Path, Path], None]


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample file: `make(document, scratch folder, target)` prints it."""

    name: str
    document: Document
    make: Maker
    producer: str
    purpose: str


def _word(look: WordLook) -> Maker:
    def make(document: Document, scratch: Path, target: Path) -> None:
        source = scratch / f"{target.stem}.docx"
        write_docx(document, look, source)
        libreoffice(source, target)

    return make


def _sheet(family: str, size: float, *, landscape: bool, width: float) -> Maker:
    def make(document: Document, scratch: Path, target: Path) -> None:
        source = scratch / f"{target.stem}.xlsx"
        write_xlsx(document, source, family=family, size=size, landscape=landscape, width=width)
        libreoffice(source, target)

    return make


def _page(look: Look, printer: Callable[[Path, Path], None]) -> Maker:
    def make(document: Document, scratch: Path, target: Path) -> None:
        source = scratch / f"{target.stem}.html"
        source.write_text(to_html(document, look), encoding="utf-8")
        printer(source, target)

    return make


SAMPLES: tuple[Sample, ...] = (
    Sample(
        "kham-sombun-2568-libreoffice",
        kham_sombun.DOCUMENT,
        _word(WordLook()),
        "LibreOffice Writer",
        "analysis by seven issues: tables cut by page breaks, merged instruments, a row that"
        " slipped by one cell, scores in sentences, plan of measures",
    ),
    Sample(
        "kham-sombun-2568-chromium",
        kham_sombun.DOCUMENT,
        _page(Look(family="Laksaman, Sarabun", size=16, table_size=14, leading=1.4), chromium),
        "Chromium",
        "the same report from a browser: other glyph order, other page breaks",
    ),
    Sample(
        "chaturat-2566-weasyprint",
        chaturat.DOCUMENT,
        _page(Look(margin="20mm 20mm 18mm 28mm", head_fill="#d9e2f3"), weasyprint),
        "WeasyPrint",
        "memo in front with a list of scores, two broken figures, rating scales that are no"
        " scores, questions without codes, merged advice cells, measures",
    ),
    Sample(
        "lamphun-2568-weasyprint",
        lamphun.DOCUMENT,
        _page(Look(family="Norasi", size=15, table_size=13, head_fill="#fce4d6"), weasyprint),
        "WeasyPrint",
        "list of scores with blanks as leaders, total in a sentence, chart with values,"
        " advice by question with codes such as 14, I10 and ๑๑๑, wide plan",
    ),
    Sample(
        "province-results-2565-calc",
        province_results.DOCUMENT,
        _sheet("Laksaman", 14, landscape=False, width=96),
        "LibreOffice Calc",
        "seventy agencies of one province, weighted parts, letters, two header rows printed"
        " again on each page; invented figures with planted errors",
    ),
)

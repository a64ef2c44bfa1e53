"""The list of samples: which content, which producer, what it is for.

Layouts are imported when a sample is made: reading the list needs none of their libraries.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from samples.content import (
    chaturat,
    don_tanin,
    indicator_tables,
    issue_plan,
    kham_sombun,
    lam_phu_ra,
    lamphun,
    province_results,
    satisfaction,
)
from samples.make.damage import break_file, cut_off, lose_am, turn
from samples.make.looks import CanvasLook, Look, TypstLook, WordLook
from samples.make.model import Document, Table
from samples.make.producers import chromium, libreoffice, weasyprint

__all__ = ["SAMPLES", "Sample"]

Maker = Callable[[Document, Path, Path], None]


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample file: `make(document, scratch folder, target)` prints it.

    Attributes:
        damage: What is done to the finished file after its truth was taken.
        lost: Pages (from 1) that the damage makes unreadable.
        whole: Whether nothing at all can be read after the damage.
    """

    name: str
    document: Document
    make: Maker
    producer: str
    purpose: str
    damage: Callable[[Path], None] | None = None
    lost: tuple[int, ...] = ()
    whole: bool = False


def _word(look: WordLook) -> Maker:
    def make(document: Document, scratch: Path, target: Path) -> None:
        from samples.make.word import write_docx

        source = scratch / f"{target.stem}.docx"
        write_docx(document, look, source)
        libreoffice(source, target)

    return make


def _sheet(
    family: str, size: float, *, landscape: bool, width: float, turned: bool = False
) -> Maker:
    def make(document: Document, scratch: Path, target: Path) -> None:
        from samples.make.sheet import write_xlsx

        source = scratch / f"{target.stem}.xlsx"
        write_xlsx(document, source, family=family, size=size, landscape=landscape, width=width)
        libreoffice(source, target)
        if turned:
            turn(target)

    return make


def _page(look: Look, printer: Callable[[Path, Path], None]) -> Maker:
    def make(document: Document, scratch: Path, target: Path) -> None:
        from samples.make.html import to_html

        source = scratch / f"{target.stem}.html"
        source.write_text(to_html(document, look), encoding="utf-8")
        printer(source, target)

    return make


def _canvas(look: CanvasLook) -> Maker:
    def make(document: Document, scratch: Path, target: Path) -> None:
        from samples.make.canvas import draw

        draw(document, look, target)

    return make


def _typst(look: TypstLook) -> Maker:
    def make(document: Document, scratch: Path, target: Path) -> None:
        from samples.make.typst import typeset

        typeset(document, look, scratch, target)

    return make


def _without_rules(document: Document) -> Document:
    """The same report with tables held together by alignment alone."""
    return replace(
        document,
        blocks=tuple(
            replace(block, rules="none") if isinstance(block, Table) else block
            for block in document.blocks
        ),
    )


def _partial(document: Document) -> Document:
    facts = {**document.facts, "status": "partial", "status_reason": "damaged"}
    return replace(document, facts=facts)


_WORD = _word(WordLook())
_BROWSER = _page(
    Look(family="Garuda", size=12.5, table_size=11, leading=1.8, table_leading=1.6), chromium
)

SAMPLES: tuple[Sample, ...] = (
    Sample(
        "kham-sombun-2568-libreoffice",
        kham_sombun.DOCUMENT,
        _WORD,
        "LibreOffice Writer",
        "analysis by seven issues: tables cut by page breaks, merged instruments, a row that"
        " slipped by one cell, scores in sentences, plan of measures",
    ),
    Sample(
        "kham-sombun-2568-chromium",
        kham_sombun.DOCUMENT,
        _BROWSER,
        "Chromium",
        "the same report from a browser: other glyph order, other page breaks",
    ),
    Sample(
        "kham-sombun-2568-private-use",
        kham_sombun.DOCUMENT,
        _canvas(CanvasLook()),
        "ReportLab",
        "the same report with the private-use glyphs U+F700-F71A of old Windows fonts in its"
        " text layer",
    ),
    Sample(
        "kham-sombun-2568-lost-am",
        kham_sombun.DOCUMENT,
        _WORD,
        "LibreOffice Writer, text layer changed",
        "the same report with Word's lost sara am: `ด าเนินการ`",
        damage=lose_am,
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
        "chaturat-2566-borderless",
        _without_rules(chaturat.DOCUMENT),
        _typst(TypstLook(family="Laksaman", size=14.5, table_size=13)),
        "Typst",
        "the same report without a single ruling line",
    ),
    Sample(
        "lamphun-2568-weasyprint",
        lamphun.DOCUMENT,
        _page(Look(family="Norasi", size=15, table_size=13, head_fill="#fce4d6"), weasyprint),
        "WeasyPrint",
        "list of scores with blanks as leaders, total in a sentence, chart with values,"
        " advice by question with codes such as 14, I10 and ๑๑๑, wide plan; nothing is wrong in it",
    ),
    Sample(
        "lam-phu-ra-2567-chromium",
        lam_phu_ra.DOCUMENT,
        _page(
            Look(size=14.5, leading=1.6, table_leading=1.45, margin="22mm 20mm 20mm 30mm"), chromium
        ),
        "Chromium",
        "follow-up of measures in three columns, advice for EP and ES questions, one score in a"
        " sentence",
    ),
    Sample(
        "don-tanin-2568-libreoffice",
        don_tanin.DOCUMENT,
        _word(WordLook(family="Laksaman", size=16, table_size=14, fill="DEEAF6")),
        "LibreOffice Writer",
        "follow-up in six columns on wide pages, issues as rows across the table, ASCII digits,"
        " the agency spelt in two ways",
    ),
    Sample(
        "province-results-2565-calc",
        province_results.DOCUMENT,
        _sheet("Laksaman", 14, landscape=False, width=96),
        "LibreOffice Calc",
        "72 agencies of one province, weighted parts, letters, two header rows printed again on"
        " each page; invented figures with planted errors",
    ),
    Sample(
        "indicators-2568-reportlab",
        indicator_tables.WORDS,
        _canvas(CanvasLook(family="Loma", size=12, table_size=10, leading=1.5)),
        "ReportLab",
        "ten indicators in columns, one agency a row, levels in words; invented figures with"
        " planted errors",
    ),
    Sample(
        "issue-plan-2568-typst",
        issue_plan.DOCUMENT,
        _typst(TypstLook(size=15, table_size=13.5, fill='rgb("#fff2cc")')),
        "Typst",
        "plan in seven columns under a two-level header, rows that run over several wide pages",
    ),
    Sample(
        "kham-sombun-2568-damaged",
        _partial(kham_sombun.DOCUMENT),
        _WORD,
        "LibreOffice Writer, then spoilt",
        "no cross-reference table, pages 5 and 8 garbage: the other pages must be kept",
        damage=break_file(5, 8),
        lost=(5, 8),
    ),
    Sample(
        "lamphun-2568-cut-off",
        lamphun.DOCUMENT,
        _page(Look(family="Norasi", size=15, table_size=13, head_fill="#fce4d6"), weasyprint),
        "WeasyPrint, then cut",
        "a download that broke off half-way: nothing can be opened",
        damage=cut_off(0.5),
        whole=True,
    ),
    Sample(
        "satisfaction-2567-libreoffice",
        satisfaction.DOCUMENT,
        _word(WordLook(family="Norasi", size=15, table_size=14, fill="")),
        "LibreOffice Writer",
        "a survey of satisfaction with percentages and levels: no report about ITA",
    ),
    Sample(
        "indicators-2567-rotated",
        indicator_tables.UPRIGHT,
        _sheet("Laksaman", 14, landscape=True, width=150, turned=True),
        "LibreOffice Calc, pages turned",
        "wide table on tall pages with /Rotate 90, headings set vertically, a row of averages;"
        " invented figures with planted errors",
    ),
)

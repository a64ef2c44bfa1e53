"""A sample as one HTML page with print rules: for Chromium and for WeasyPrint."""

from __future__ import annotations

import html
from pathlib import Path

from samples.make.looks import Look
from samples.make.marks import plain
from samples.make.model import Block, Cell, Chart, Document, Paper, Table, Text

__all__ = ["to_html"]

FONTS = Path(__file__).resolve().parents[1] / "fonts"


_CSS = """
@font-face {{ font-family: Sarabun; src: url({fonts}/Sarabun-Regular.ttf); font-weight: 400 }}
@font-face {{ font-family: Sarabun; src: url({fonts}/Sarabun-Bold.ttf); font-weight: 700 }}
@page {{ size: A4; margin: {margin};
  @top-center {{ content: "{head}"; font: 9pt {family}; color: #333 }}
  @bottom-center {{ content: {folio}; font: 11pt {family} }} }}
@page :first {{ @top-center {{ content: none }} @bottom-center {{ content: none }} }}
@page wide {{ size: A4 landscape; margin: 18mm 15mm 16mm 15mm }}
@counter-style thaidigits {{ system: numeric; symbols: "๐" "๑" "๒" "๓" "๔" "๕" "๖" "๗" "๘" "๙" }}
html {{ font: {size}pt/{leading} {family}; }}
body {{ margin: 0 }}
section {{ break-before: page }} section:first-child {{ break-before: auto }}
section.wide {{ page: wide }}
p {{ margin: 0 0 3pt; }}
p.body {{ text-indent: 2.2em; text-align: justify }}
p.cover {{ text-align: center; font-weight: 700; font-size: 1.35em; margin: 26pt 0 }}
p.title {{ text-align: center; font-weight: 700; margin: 0 0 8pt; font-size: 1.08em }}
p.heading {{ font-weight: 700; margin: 9pt 0 4pt; break-after: avoid }}
p.bold {{ font-weight: 700 }}
p.list {{ padding-left: 2.4em; white-space: pre-wrap }}
p.center {{ text-align: center; white-space: pre-wrap }}
p.right {{ text-align: right }}
p.small {{ font-size: 0.82em }}
p.sign {{ padding-left: 45%; text-align: center; margin-top: 4pt }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed; margin: 4pt 0 10pt;
  font-size: {table_size}pt; line-height: {table_leading} }}
td, th {{ padding: 1.5pt 4pt; vertical-align: top; font-weight: 400; text-align: left;
  overflow-wrap: anywhere }}
td p, th p {{ margin: 0 }}
table.grid td, table.grid th {{ border: {rule} }}
table.horizontal {{ border-top: 1pt solid; border-bottom: 1pt solid }}
table.horizontal th {{ border-bottom: 1pt solid }}
table.horizontal td {{ border-bottom: 0.3pt solid #888 }}
th {{ background: {head_fill}; vertical-align: middle }}
.c {{ text-align: center }} .r {{ text-align: right }} .b {{ font-weight: 700 }}
.v {{ writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap }}
figure {{ margin: 10pt 0; break-inside: avoid; text-align: center }}
figcaption {{ font-size: 0.9em; font-weight: 700 }}
"""


def _text(block: Text) -> str:
    return f'<p class="{block.style}">{html.escape(plain(block.text))}</p>'


def _cell(cell: Cell, tag: str) -> str:
    names = [{"left": "", "center": "c", "right": "r"}[cell.align], "b" if cell.bold else ""]
    spans = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    spans += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    style = f' class="{" ".join(name for name in names if name)}"' if any(names) else ""
    parts = plain(cell.text).split("\n") if cell.text else []
    inner = "".join(f"<p>{html.escape(part)}</p>" for part in parts)
    if cell.vertical:
        inner = f'<div class="v">{inner}</div>'
    return f"<{tag}{spans}{style}>{inner}</{tag}>"


def _row(row: tuple[Cell, ...], tag: str) -> str:
    return "<tr>" + "".join(_cell(cell, tag) for cell in row) + "</tr>"


def _table(table: Table) -> str:
    split = table.title_rows + table.header_rows
    columns = "".join(f'<col style="width:{100 * width:.2f}%">' for width in table.widths)
    head = "".join(_row(row, "th") for row in table.rows[:split])
    body = "".join(_row(row, "td") for row in table.rows[split:])
    group = "thead" if table.repeat_header else "tbody"
    size = f' style="font-size:{table.size}pt"' if table.size else ""
    start = f'<table class="{table.rules}"{size}><colgroup>{columns}</colgroup>'
    top = f"<{group}>{head}</{group}>" if head else ""
    return f"{start}{top}<tbody>{body}</tbody></table>"


def _chart(chart: Chart, family: str) -> str:
    """Bars with the value above each and the label below, 0 to 100 on the left."""
    step, base, left = 46, 190, 34
    parts = [
        f'<text x="28" y="{base - 1.6 * tick + 3}" text-anchor="end">{tick}</text>'
        f'<path d="M{left} {base - 1.6 * tick}h{step * len(chart.bars)}" stroke="#bbb"/>'
        for tick in range(0, 101, 20)
    ]
    for place, (label, marked) in enumerate(chart.bars):
        printed = plain(marked)
        value = float(
            "".join(str("๐๑๒๓๔๕๖๗๘๙".find(c)) if c in "๐๑๒๓๔๕๖๗๘๙" else c for c in printed)
        )
        x, y = left + step * place + 10, base - 1.6 * value
        parts.append(
            f'<rect x="{x}" y="{y:.1f}" width="26" height="{1.6 * value:.1f}" fill="#5b84b1"/>'
            f'<text x="{x + 13}" y="{y - 4:.1f}" text-anchor="middle">{printed}</text>'
            f'<text x="{x + 13}" y="{base + 15}" text-anchor="middle">{html.escape(label)}</text>'
        )
    width = left + step * len(chart.bars) + 6
    drawing = (
        f'<svg viewBox="0 0 {width} 215" width="100%" xmlns="http://www.w3.org/2000/svg" '
        f'font-family="{family}" font-size="10.5">{"".join(parts)}</svg>'
    )
    return f"<figure>{drawing}<figcaption>{html.escape(chart.caption)}</figcaption></figure>"


def _block(block: Block, family: str) -> str:
    if isinstance(block, Text):
        return _text(block)
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Chart):
        return _chart(block, family)
    return f'</section><section class="{"wide" if block.landscape else "tall"}">'


def _folio(pattern: str) -> str:
    """The page number as a CSS content list."""
    style = ", thaidigits" if "{๙}" in pattern else ""
    before, _, after = pattern.replace("{๙}", "{n}").partition("{n}")
    return f'"{before}" counter(page{style}) "{after}"' if pattern else "none"


def to_html(document: Document, look: Look) -> str:
    """The whole document."""
    css = _CSS.format(
        fonts=FONTS.as_uri(),
        head=document.head,
        folio=_folio(document.folio),
        family=look.family,
        size=look.size,
        table_size=look.table_size,
        leading=look.leading,
        table_leading=look.table_leading,
        head_fill=look.head_fill,
        rule=look.rule,
        margin=look.margin,
    )
    blocks = list(document.blocks)
    first = "tall"
    if blocks and isinstance(blocks[0], Paper):
        first = "wide" if blocks[0].landscape else "tall"
        blocks.pop(0)
    body = "\n".join(_block(block, look.family) for block in blocks)
    return (
        '<!doctype html><html lang="th"><head><meta charset="utf-8"><title>report</title>'
        f"<style>{css}</style></head><body><section class='{first}'>{body}</section></body></html>"
    )

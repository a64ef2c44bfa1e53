"""A sample typeset with Typst."""

from __future__ import annotations

from pathlib import Path

from samples.make.looks import TypstLook
from samples.make.marks import plain
from samples.make.model import Block, Cell, Document, Paper, Table, Text

__all__ = ["typeset"]

FONTS = Path(__file__).resolve().parents[1] / "fonts"
_THAI = (
    'n => str(n).clusters().map(c => ("๐","๑","๒","๓","๔","๕","๖","๗","๘","๙").at(int(c))).join()'
)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_HEAVY = {"cover", "title", "heading", "bold"}
_SHAPES = {
    "title": "#align(center)[{words}]",
    "center": "#align(center)[{words}]",
    "right": "#align(right)[{words}]",
    "sign": "#pad(left: 45%, align(center)[{words}])",
    "list": "#pad(left: 2.2em)[{words}]",
    "heading": "#block(above: 10pt, sticky: true)[{words}]",
    "body": "#par(justify: true, first-line-indent: (amount: 2.2em, all: true))[{words}]",
    "small": "#text(size: 0.82em)[{words}]",
    "cover": "#v(18pt)#align(center, text(size: 1.3em)[{words}])",
}


def _text(block: Text) -> str:
    words = f"#{_quoted(plain(block.text))}"
    if block.style in _HEAVY:
        words = f"#strong[{words}]"
    return _SHAPES.get(block.style, "{words}\n").replace("{words}", words)


def _cell(cell: Cell) -> str:
    options = [f"align: {cell.align} + top"]
    if cell.rows > 1:
        options.append(f"rowspan: {cell.rows}")
    if cell.columns > 1:
        options.append(f"colspan: {cell.columns}")
    parts = [f"#{_quoted(part)}" for part in plain(cell.text).split("\n")]
    words = " \\ ".join(parts) if cell.text else ""
    if cell.bold:
        words = f"#strong[{words}]"
    return f"table.cell({', '.join(options)})[{words}]"


def _table(table: Table, look: TypstLook) -> str:
    top = table.title_rows + table.header_rows
    head = ", ".join(_cell(cell) for row in table.rows[:top] for cell in row)
    body = ",\n ".join(_cell(cell) for row in table.rows[top:] for cell in row)
    columns = ", ".join(f"{width * 100:.2f}fr" for width in table.widths)
    stroke = {"grid": "0.6pt", "none": "none", "horizontal": "(x: none, y: 0.5pt)"}[table.rules]
    fill = f"(x, y) => if y < {top} {{ {look.fill} }}" if table.rules == "grid" else "none"
    header = f"table.header(repeat: {str(table.repeat_header).lower()}, {head}),\n " if head else ""
    size = table.size or look.table_size
    gap = 2.5 if table.rules == "grid" else 5
    return (
        f"#[#set text(size: {size}pt)\n#set par(leading: 0.08em)\n"
        f"#table(columns: ({columns}), stroke: {stroke}, fill: {fill},"
        f" inset: (x: 4pt, y: {gap}pt),\n {header}{body})]"
    )


def _block(block: Block, look: TypstLook) -> str:
    if isinstance(block, Text):
        return _text(block)
    if isinstance(block, Table):
        return _table(block, look)
    if isinstance(block, Paper):
        margin = "(x: 15mm, y: 17mm)" if block.landscape else "(left: 26mm, right: 20mm, y: 20mm)"
        flipped = str(block.landscape).lower()
        return f"#set page(flipped: {flipped}, margin: {margin})\n#pagebreak(weak: true)"
    raise TypeError(block)


def source(document: Document, look: TypstLook) -> str:
    """The report as a Typst file."""
    before, _, after = document.folio.replace("{๙}", "{n}").partition("{n}")
    number = f"({_THAI})(n)" if "{๙}" in document.folio else "str(n)"
    shown = f"#{_quoted(before)}#({number})#{_quoted(after)}"
    folio = (
        "footer: context { let n = counter(page).get().first(); if n > 1 "
        f"{{ align(center, text(size: 11pt)[{shown}]) }} }}"
    )
    head = (
        f"header: context {{ if counter(page).get().first() > 1 {{ align(center, text(size: 9pt)"
        f"[#{_quoted(document.head)}]) }} }}"
    )
    start = (
        f'#set text(font: ("{look.family}", "Sarabun"), size: {look.size}pt, lang: "th",'
        f' top-edge: "ascender", bottom-edge: "descender")\n'
        f"#set par(leading: 0.12em, spacing: 0.35em)\n"
        f'#set page(paper: "a4", margin: (left: 26mm, right: 20mm, y: 20mm), {head}, {folio})\n'
    )
    return start + "\n\n".join(_block(block, look) for block in document.blocks)


def typeset(document: Document, look: TypstLook, scratch: Path, target: Path) -> None:
    """Writes the Typst source and compiles it."""
    import typst

    path = scratch / f"{target.stem}.typ"
    path.write_text(source(document, look), encoding="utf-8")
    typst.compile(str(path), output=str(target), font_paths=[str(FONTS)])

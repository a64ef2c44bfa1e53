"""`ita audit DIR --explain ID`: an explanation as text, Markdown or JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.cli.console import Column, heading, line_width, show, show_json, words
from pipeline.cli.findings import Format
from pipeline.cli.layout import fitted, grid
from pipeline.letters import explain, letter
from pipeline.letters.facts import facts
from pipeline.letters.parts import Grid, Line, Section
from pipeline.letters.tables import TextRow

__all__ = ["print_explanations"]

_STEP = "  "


def print_explanations(folder: Path, findings: Sequence[TextRow], format: Format) -> None:
    """Print why findings were made, from the dataset alone."""
    explained = [explain(folder, finding) for finding in findings]
    if format == "json":
        show_json([facts(found, words().lang) for found in explained])
        return
    for number, found in enumerate(explained):
        title, sections = letter(found, words().lang)
        if number:
            show()
        if format == "markdown":
            show(f"# {title}")
            for section in sections:
                show("\n" + "\n".join(_markdown(section)).rstrip())
        else:
            _print_text(title, sections)


# ---- text ---------------------------------------------------------------------------------------


def _print_text(title: str, sections: Sequence[Section]) -> None:
    width = line_width()
    heading(title)
    for section in sections:
        show()
        heading(section.title)
        for line in _lines(section, width):
            show(_STEP + line)


def _lines(section: Section, width: int | None) -> Iterator[str]:
    for block in section.blocks:
        if isinstance(block, Line):
            yield from _indented(block, width)
        else:
            yield from grid(_columns(block), block.rows, None if width is None else width - 2)


def _indented(line: Line, width: int | None) -> Iterator[str]:
    indent = _STEP * line.indent
    if width is None:
        yield indent + line.text
        return
    # What goes on below is set in a little more.
    first, *rest = fitted(line.text, width - len(indent) - 4)
    yield indent + first
    for more in rest:
        yield f"{indent}{_STEP}{more}"


def _columns(block: Grid) -> list[Column]:
    if block.columns:
        return [Column(title) for title in block.columns]
    return [Column("", keep=number == 0) for number in range(len(block.rows[0]))]


# ---- Markdown -----------------------------------------------------------------------------------


def _markdown(section: Section) -> Iterator[str]:
    yield f"## {_escaped(section.title)}\n"
    for block in section.blocks:
        if isinstance(block, Grid):
            yield from _markdown_table(block)
        elif block.indent:
            yield f"{_STEP * (block.indent - 1)}- {_escaped(block.text)}"
        else:
            yield f"{_escaped(block.text)}\n"


def _markdown_table(block: Grid) -> Iterator[str]:
    count = len(block.columns or block.rows[0])
    yield "| " + " | ".join(map(_escaped, block.columns or [""] * count)) + " |"
    yield "|" + " --- |" * count
    for row in block.rows:
        yield "| " + " | ".join(map(_escaped, row)) + " |"
    yield ""


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")

"""Keeps the table of files in `samples/README.md` up to date."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from samples.make.registry import SAMPLES

__all__ = ["write_table"]

_START, _END = "<!-- files: written by samples.make -->", "<!-- end of files -->"


def _row(folder: Path, name: str, producer: str, purpose: str) -> str:
    pdf = folder / f"{name}.pdf"
    truth = json.loads((folder / f"{name}.expected.json").read_text(encoding="utf-8"))
    pages = truth["document"]["page_count"]
    digest = hashlib.sha256(pdf.read_bytes()).hexdigest()
    return (
        f"| [{pdf.name}]({pdf.name}) | {producer} | {pages or '–'} | {len(truth['scores'])} "
        f"| {purpose} | `{digest}` |"
    )


def write_table(folder: Path) -> None:
    """Writes one row per sample between the two marks of the README."""
    path = folder / "README.md"
    text = path.read_text(encoding="utf-8")
    rows = [_row(folder, sample.name, sample.producer, sample.purpose) for sample in SAMPLES]
    head = [
        "| file | producer | pages | scores | what it is for | sha256 |",
        "|---|---|---:|---:|---|---|",
    ]
    before, _, rest = text.partition(_START)
    after = rest.partition(_END)[2]
    table = "\n".join((_START, *head, *rows, _END))
    path.write_text(before + table + after, encoding="utf-8")

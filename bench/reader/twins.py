"""The reader on scanned twins of the sample reports: rendered, damaged, read, compared.

``python -m bench.reader.twins --name twins`` cuts words and lines out of the rendered pages by
the places that the text layer gives, so it measures reading alone, not the finding of lines.
The samples are set in Sarabun, which the shipped networks have seen; sentences are real Thai.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from bench.reader import damage
from bench.reader.export import PACKAGE
from bench.reader.measure import tesseract
from bench.reader.text import folded
from bench.reader.train import edits
from parsers.model import Char
from parsers.pdf import read_pdf
from parsers.scan.grammar import grammar
from parsers.scan.reader import read, threshold

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
NAMES = ("kham-sombun-2568-libreoffice", "chaturat-2566-weasyprint", "province-results-2565-calc",
         "indicators-2568-reportlab", "lamphun-2568-weasyprint")  # fmt: skip
KINDS = ("score", "code", "rank", "level")
Gray = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of a page: what is printed there, and its picture."""

    text: str
    kind: str
    crop: Gray


def _segments(chars: list[Char]) -> Iterator[list[Char]]:
    """Characters of one line without a wide gap."""
    upright = sorted((one for one in chars if one.angle == 0), key=lambda one: one.origin_y)
    rows: list[list[Char]] = []
    for one in upright:
        if rows and abs(rows[-1][0].origin_y - one.origin_y) < 1.2:
            rows[-1].append(one)
        else:
            rows.append([one])
    for row in rows:
        row.sort(key=lambda one: one.origin_x)
        ends = np.maximum.accumulate([one.x1 for one in row])
        gaps = [b.origin_x - end > 0.8 * b.size for b, end in zip(row[1:], ends, strict=False)]
        numbers = np.concatenate(([0], np.cumsum(gaps)))
        for _, part in groupby(zip(numbers, row, strict=True), key=lambda pair: pair[0]):
            yield [one for _, one in part if one.text.strip() or len(row) > 1]


def _kind(text: str) -> str:
    return next((kind for kind in KINDS if grammar(kind).accepts(text)), "text")


def _cuts(name: str, dpi: int, pages: int) -> Iterator[Cut]:
    data = (SAMPLES / f"{name}.pdf").read_bytes()
    document = pdfium.PdfDocument(data)
    scale = dpi / 72
    for page in read_pdf(data).pages[:pages]:
        picture = document[page.number - 1].render(scale=scale, grayscale=True).to_numpy()
        gray = picture[:, :, 0] if picture.ndim == 3 else picture
        for part in _segments(list(page.chars)):
            text = folded("".join(one.text for one in part))
            shown = [one for one in part if one.text.strip()]
            if not shown or "..." in text or any("\uf700" <= char <= "\uf71a" for char in text):
                continue  # dotted leaders; letters without a code of their own
            x0, x1 = min(one.x0 for one in shown), max(one.x1 for one in shown)
            top = min(one.origin_y - one.size for one in shown)
            bottom = max(one.origin_y + 0.35 * one.size for one in shown)
            rows = slice(max(0, int(top * scale) - 1), int(bottom * scale) + 1)
            crop = gray[rows, max(0, int(x0 * scale) - 3) : int(x1 * scale) + 4]
            if min(crop.shape) > 6:
                yield Cut(text, _kind(text), np.ascontiguousarray(crop))


def _harmed(cut: Cut, rng: Generator) -> Gray:
    return damage.mixed(cut.crop.astype(np.float32), rng, 0.7).clip(0, 255).astype(np.uint8)


def _cells(cuts: list[Cut], crops: list[Gray]) -> dict[str, dict[str, float]]:
    rows: dict[str, list[tuple[bool, bool]]] = {}
    for cut, crop in zip(cuts, crops, strict=True):
        if cut.kind == "text":
            continue
        (found,) = read([crop], alphabet=cut.kind)
        value = grammar(cut.kind).value
        sure = found.confidence >= threshold(cut.kind)
        rows.setdefault(cut.kind, []).append((value(found.text) == value(cut.text), sure))
    return {
        kind: {
            "cells": len(row),
            "value": round(100 * sum(right for right, _ in row) / len(row), 2),
            "unread": round(100 * sum(not sure for _, sure in row) / len(row), 2),
            "undeclared": round(100 * sum(s and not r for r, s in row) / len(row), 2),
        }
        for kind, row in rows.items()
    }


def _share(pairs: list[tuple[str, str]]) -> dict[str, float]:
    bare = [(a.replace(" ", ""), b.replace(" ", "")) for a, b in pairs]
    wrong, letters = sum(edits(b, a) for a, b in bare), sum(len(a) for a, _ in bare)
    return {"lines": len(bare), "cer": round(100 * wrong / max(1, letters), 2),
            "exact": round(100 * sum(a == b for a, b in bare) / len(bare), 1)}  # fmt: skip


def main() -> None:
    """Measures and prints; keeps the figures under a name if one is given."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--name", default="")
    parser.add_argument("--pages", type=int, default=4)
    parser.add_argument("--lines", type=int, default=150)
    given = parser.parse_args()
    cv2.setNumThreads(1)
    rng = default_rng(5)
    tables: dict[str, dict[str, dict[str, float]]] = {}
    for dpi in (150, 200, 300):
        cuts = [cut for name in NAMES for cut in _cuts(name, dpi, given.pages)]
        for state in ("clean", "mixed"):
            crops = [cut.crop if state == "clean" else _harmed(cut, rng) for cut in cuts]
            tables[f"{dpi} dpi, {state}"] = _cells(cuts, crops)
            pairs = [
                (a, b)
                for a, b in zip(cuts, crops, strict=True)
                if len(a.text) > 8 and a.kind == "text"
            ]
            pairs = pairs[:: max(1, len(pairs) // given.lines)]
            read_ours = [one.text for one in read([crop for _, crop in pairs], alphabet="text")]
            row = tables[f"{dpi} dpi, {state}"]
            row["lines: reader"] = _share(
                [(a.text, t) for (a, _), t in zip(pairs, read_ours, strict=True)]
            )
            if dpi == 200:
                few = pairs[:: max(1, len(pairs) // 50)]
                theirs = tesseract([crop for _, crop in few], "tha")
                ours = read_ours[:: max(1, len(pairs) // 50)]
                row["the same few: reader"] = _share(
                    [(a.text, t) for (a, _), t in zip(few, ours, strict=True)]
                )
                row["the same few: tesseract tha"] = _share(
                    [(a.text, t) for (a, _), t in zip(few, theirs, strict=True)]
                )
            for kind, figures in row.items():
                print(f"{dpi} {state:6} {kind:28}", figures, flush=True)
    if given.name:
        file = PACKAGE / "measures.json"
        kept = json.loads(file.read_text("utf-8")) if file.exists() else {}
        kept[given.name] = tables
        file.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()

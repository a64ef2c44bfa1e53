"""How well the packaged reader reads: by resolution, damage, digits, font family.

``python -m bench.reader.measure cells`` and ``... lines`` print tables and keep the figures in
``parsers/data/reader/measures.json``. The pictures are made as training pictures are, from
another seed; ``--only held`` takes the families that a model may have been trained without.
"""

import argparse
import json
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from bench.reader.damage import KINDS
from bench.reader.data import FONTS, Maker, Sample
from bench.reader.export import PACKAGE
from bench.reader.fonts import HELD_OUT, faces
from bench.reader.train import edits
from parsers.scan.grammar import grammar
from parsers.scan.reader import read

__all__ = ["main", "tesseract"]

GRAMMARS = {"score": "score", "dash": "score", "code": "code", "rank": "rank", "level": "level",
            "instrument": "instrument"}  # fmt: skip
RESOLUTIONS = (150, 200, 300)


@dataclass(slots=True)
class Tally:
    """Cells of one row of a table, in counts."""

    cells: int = 0
    exact: int = 0
    value: int = 0
    unread: int = 0
    undeclared: int = 0

    def shares(self) -> dict[str, float]:
        """Per cent, and the number of cells."""
        out = {
            key: round(100 * count / max(1, self.cells), 2) for key, count in asdict(self).items()
        }
        return out | {"cells": self.cells}


@dataclass(frozen=True, slots=True)
class Result:
    """One cell: what was printed, what was read, how sure."""

    sample: Sample
    text: str
    confidence: float
    right: bool


def _read_cell(sample: Sample) -> Result:
    kind = GRAMMARS[sample.kind]
    found = read([sample.crop], alphabet=kind)[0]
    rules = grammar(kind)
    return Result(
        sample, found.text, found.confidence, rules.value(found.text) == rules.value(sample.text)
    )


def _cells(maker: Maker, count: int, harms: Iterable[str]) -> list[Result]:
    """Cells of every kind at every resolution with every damage."""
    out = []
    for harm in harms:
        for dpi in RESOLUTIONS:
            for at in range(count):
                kind = ("score", "code", "score", "rank", "dash", "score", "code", "level")[at % 8]
                em = round(maker.random.uniform(10, 18) * dpi / 72)
                sample = maker.sample(kind, harm, em)
                if kind == "dash":
                    while sample.text not in ("-", "--", "- -"):
                        sample = maker.sample(kind, harm, em)
                if grammar(GRAMMARS[kind]).accepts(sample.text):
                    out.append((sample, dpi))
    return [
        Result(r.sample, r.text, r.confidence, r.right)
        for r in map(_read_cell, (s for s, _ in out))
    ]


def _digits(text: str) -> str:
    return "thai" if any("๐" <= char <= "๙" for char in text) else "arabic"


def _tables(results: list[Result], limit: float) -> dict[str, dict[str, dict[str, float]]]:
    tables: dict[str, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for one in results:
        mix = "mixed" if one.sample.damage == "mixed" else "single"
        kind = one.sample.kind
        name = f"{kind} {_digits(one.sample.text)}" if kind in ("score", "code", "rank") else kind
        dpi = min(RESOLUTIONS, key=lambda dpi: abs(one.sample.em - 14 * dpi / 72))
        places = [
            ("kind", f"{mix}: {name}"),
            ("em", f"{mix}: about {dpi} dpi"),
            ("family", f"{mix}: {one.sample.family}"),
        ]
        if mix == "single":
            places.append(("damage", one.sample.damage))
        for table, row in places:
            tally = tables[table][row]
            tally.cells += 1
            tally.exact += one.text == one.sample.text
            tally.value += one.right
            tally.unread += one.confidence < limit
            tally.undeclared += one.confidence >= limit and not one.right
    return {
        table: {row: tally.shares() for row, tally in sorted(rows.items())}
        for table, rows in tables.items()
    }


def _limit(results: list[Result], allowed: float) -> float:
    """The lowest confidence at which at most a share of all cells is wrong and not declared."""
    wrong = sorted((one.confidence for one in results if not one.right), reverse=True)
    spare = int(allowed * len(results))
    return 0.0 if len(wrong) <= spare else wrong[spare] + 1e-6


def _cut(results: list[Result]) -> dict[str, float]:
    """The confidence that keeps undeclared errors to 0.2 %, and what it leaves unread."""
    limit = _limit(results, 0.002)
    unread = sum(one.confidence < limit for one in results)
    return {"confidence": round(limit, 4), "unread": round(100 * unread / len(results), 2)}


def _bands(results: list[Result]) -> dict[str, dict[str, float]]:
    """Whether confidence means what it says."""
    edges = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.01)
    out = {}
    for low, high in pairwise(edges):
        inside = [one.right for one in results if low <= one.confidence < high]
        if inside:
            out[f"{low}-{min(1.0, high)}"] = {
                "cells": len(inside),
                "right": round(100 * sum(inside) / len(inside), 1),
            }
    return out


def tesseract(crops: list[NDArray[np.uint8]], language: str) -> list[str]:
    """What Tesseract reads of the same crops, one line each."""
    out = []
    with tempfile.TemporaryDirectory() as folder:
        for crop in crops:
            file = Path(folder) / "crop.png"
            cv2.imwrite(str(file), cv2.copyMakeBorder(crop, 12, 12, 12, 12, cv2.BORDER_REPLICATE))
            command = ["tesseract", str(file), "-", "-l", language, "--psm", "7"]
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"},
                check=False,
            )
            out.append(" ".join(done.stdout.split()))
    return out


def _errors(samples: list[Sample], texts: list[str]) -> dict[str, float]:
    """Character errors with and without blanks (Tesseract sets blanks inside of Thai words)."""
    pairs = [(one.text, text) for one, text in zip(samples, texts, strict=True)]
    bare = [(a.replace(" ", ""), b.replace(" ", "")) for a, b in pairs]
    return {
        "lines": len(pairs),
        "cer": round(100 * sum(edits(b, a) for a, b in pairs) / sum(len(a) for a, _ in pairs), 2),
        "cer_no_blanks": round(
            100 * sum(edits(b, a) for a, b in bare) / sum(len(a) for a, _ in bare), 2
        ),
        "exact": round(100 * sum(a == b for a, b in bare) / len(pairs), 1),
    }


def _lines(maker: Maker, count: int) -> dict[str, dict[str, float]]:
    tables = {}
    for name, harms in (("clean", ["clean"]), ("single", list(KINDS)), ("mixed", ["mixed"])):
        samples = []
        while len(samples) < count:
            sample = maker.sample(
                None,
                harms[len(samples) % len(harms)],
                round(maker.random.uniform(12, 18) * 200 / 72),
            )
            if sample.kind == "line":
                samples.append(sample)
        start = time.process_time()
        ours = [one.text for one in read([sample.crop for sample in samples], alphabet="text")]
        spent = (time.process_time() - start) / len(samples)
        tables[f"{name}: reader"] = _errors(samples, ours) | {"ms": round(1000 * spent, 1)}
        few = samples[: max(40, count // 4)]
        tables[f"{name}: reader, first {len(few)}"] = _errors(few, ours[: len(few)])
        for language in ("tha", "tha+eng"):
            tables[f"{name}: tesseract {language}, first {len(few)}"] = _errors(
                few, tesseract([one.crop for one in few], language)
            )
    return tables


def _print(tables: dict[str, dict[str, dict[str, float]]]) -> None:
    for table, rows in tables.items():
        print(f"\n## {table}")
        for row, figures in rows.items():
            print(f"{row:42}", "  ".join(f"{key} {value}" for key, value in figures.items()))


def main() -> None:
    """Measures cells or lines and keeps the figures beside the model."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["cells", "lines"])
    parser.add_argument(
        "--count", type=int, default=96, help="cells per damage and dpi; lines per group"
    )
    parser.add_argument("--seed", type=int, default=4711)
    parser.add_argument("--limit", type=float, default=0.9)
    parser.add_argument("--only", nargs="*", default=[], help="families, or 'held'")
    parser.add_argument("--name", default="", help="name of the figures in measures.json")
    parser.add_argument("--wrong", action="store_true", help="also print what was read wrongly")
    given = parser.parse_args()
    only = HELD_OUT if given.only == ["held"] else tuple(given.only)
    found = [face for face in faces(*FONTS) if not only or face.family in only]
    if given.what == "lines":
        tables = {"lines": _lines(Maker("line", found, given.seed), given.count)}
    else:
        maker = Maker("cell", found, given.seed)
        single = _cells(maker, given.count, KINDS)
        mixed = _cells(maker, given.count * 5, ["mixed"])
        tables = _tables(single + mixed, given.limit)
        tables["calibration"] = _bands(single + mixed)
        tables["threshold"] = {
            name: _cut(part) for name, part in (("single", single), ("mixed", mixed))
        }
        if given.wrong:
            for one in single + mixed:
                if not one.right:
                    print(
                        one.sample.damage,
                        one.sample.family,
                        one.sample.em,
                        repr(one.sample.text),
                        repr(one.text),
                        round(one.confidence, 3),
                    )
    _print(tables)
    if given.name:
        file = PACKAGE / "measures.json"
        kept = json.loads(file.read_text("utf-8")) if file.exists() else {}
        kept[given.name] = tables
        file.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()

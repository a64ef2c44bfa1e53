"""Scanned twins of the samples: ruling lines, cells, orientation and deskew against the original.

Run with `python -m bench.pageimage [pages of each sample]`; two pages of each by default.
"""

from __future__ import annotations

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from bench.accuracy import SAMPLES
from parsers.model import Page, Rule
from parsers.pdf import read_pdf
from parsers.scan.lines import find_lines
from parsers.scan.picture import render
from parsers.scan.strokes import find_rulings
from parsers.scan.upright import Prepared, prepare
from parsers.tables.finder import find_grids
from parsers.tables.lattices import Stroke, strokes
from tests.helpers.scanned import Twin, picture_pdf, twins

__all__ = ["main"]

SETS: dict[str, tuple[str, ...]] = {
    "clean": (),
    "skew": ("skew",),
    "shear": ("shear",),
    "noise": ("noise",),
    "threshold": ("threshold",),
    "faint": ("faint",),
    "thin": ("thin",),
    "broken": ("broken",),
    "jpeg": ("jpeg",),
    "grey, highlighter": ("grey", "highlighter"),
    "upside down, stamp": ("turned180", "skew", "stamp"),
    "sideways": ("steep", "turned90"),
    "several": ("skew", "shear", "blur", "noise", "jpeg"),
    "copier": ("skew", "thin", "specks", "threshold", "holes", "edges"),
}
_TURNS = {"turned90": 90, "turned180": 180, "turned270": 270}
_NEAR = 1.8  # points
_BOX = 3.0


def _whole(matrix: Any) -> Any:
    return np.vstack([matrix, (0, 0, 1)])


def _moved(rule: Rule, matrix: Any) -> Rule:
    (x0, x1), (y0, y1) = matrix @ [[rule.x0, rule.x1], [rule.top, rule.bottom], [1, 1]]
    if rule.x1 - rule.x0 >= rule.bottom - rule.top:
        return Rule(min(x0, x1), (y0 + y1) / 2, max(x0, x1), (y0 + y1) / 2)
    return Rule((x0 + x1) / 2, min(y0, y1), (x0 + x1) / 2, max(y0, y1))


def _matched(lines: Sequence[Stroke], others: Sequence[Stroke]) -> int:
    count = 0
    for at, start, end in lines:
        shared = sum(
            max(0.0, min(end, other.end) - max(start, other.start))
            for other in others
            if abs(other.at - at) <= _NEAR
        )
        count += shared >= 0.9 * (end - start)
    return count


def _cells(page: Page) -> list[Any]:
    return [cell for grid in find_grids([page]).grids if grid.ruled for cell in grid.cells]


def _same_cells(page: Page, mine: Sequence[Rule]) -> tuple[int, int]:
    """Cells of the ruled tables, and how many have the same box and text with these rules."""
    found: dict[str, list[Any]] = defaultdict(list)
    for cell in _cells(replace(page, rules=tuple(mine))):
        found[cell.text].append(cell.box)
    truth = _cells(page)
    same = sum(
        any(
            max(abs(a - b) for a, b in zip(cell.box, box, strict=True)) <= _BOX
            for box in found[cell.text]
        )
        for cell in truth
    )
    return len(truth), same


def _measure(page: Page, twin: Twin, damages: Sequence[str]) -> Counter[str]:
    data = picture_pdf([twin])
    start = time.process_time()
    prepared = prepare(render(data, 0))
    good = prepared.quality.verdict == "good"
    lines = find_rulings(prepared.gray, prepared.quality.glyph) if good else []
    find_lines(prepared, lines)
    spent = time.process_time() - start
    out = Counter(pages=1, ms=round(1000 * spent), unread=int(not good))
    matrix = (np.linalg.inv(_whole(twin.to_twin)) @ _whole(prepared.to_page))[:2]
    mine = [_moved(line.rule, matrix) for line in lines]
    for true, found in zip(strokes(page.rules), strokes(mine), strict=True):
        out["rules"] += len(true)
        out["found"] += _matched(true, found)
        out["drawn"] += len(found)
        out["right"] += _matched(found, true)
    out["cells"], out["same"] = _same_cells(page, mine)
    wanted = next((_TURNS[name] for name in damages if name in _TURNS), 0)
    upright = not any(char.angle for char in page.chars)
    out["turned wrong"] = int(upright and good and prepared.quality.turn != wanted)
    out["askew"] = int(good and upright and _is_askew(prepared, twin))
    return out


def _is_askew(prepared: Prepared, twin: Twin) -> bool:
    """Whether more than a tenth of a degree of the skew is left."""
    linear = np.linalg.inv(prepared.to_page[:, :2]) @ twin.to_twin[:, :2]
    return bool(abs(np.degrees(np.arctan2(linear[1, 0], abs(linear[0, 0])))) > 0.1)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    for dpi in (150, 200, 300):
        for name, damages in SETS.items():
            total: Counter[str] = Counter()
            for path in sorted(SAMPLES.glob("*.pdf")):
                if "cut-off" in path.name:
                    continue
                data = path.read_bytes()
                pages = read_pdf(data).pages
                kept = [page for page in pages if page.chars][1 : 1 + count]
                chosen = [page.number - 1 for page in kept]
                for page, twin in zip(kept, twins(data, dpi, damages, 1, chosen), strict=False):
                    total += _measure(page, twin, damages)
            print(
                f"{dpi} {name}: rules found {total['found']}/{total['rules']}, "
                f"right {total['right']}/{total['drawn']}, cells {total['same']}/{total['cells']}, "
                f"turned wrong {total['turned wrong']}, askew {total['askew']}, "
                f"unread {total['unread']} of {total['pages']} pages, "
                f"{total['ms'] / max(1, total['pages']):.0f} ms a page",
                flush=True,
            )


if __name__ == "__main__":
    main()

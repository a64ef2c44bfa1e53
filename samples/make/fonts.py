"""Makes `samples/fonts/Sarabun-*.ttf` from the npm package @fontsource/sarabun.

`python -m samples.make.fonts FOLDER`, where FOLDER is the unpacked package. The package
holds Thai and Latin letters in two files per weight; here they become one font.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

__all__ = ["merge"]

FONTS = Path(__file__).resolve().parents[1] / "fonts"
_TIME = 3_600_000_000  # seconds since 1904, fixed so that the files do not change


def merge(package: Path, target: Path = FONTS) -> None:
    """Writes the regular and the bold font."""
    for weight, name in ((400, "Regular"), (700, "Bold")):
        with tempfile.TemporaryDirectory() as scratch:
            parts = []
            for script in ("thai", "latin"):
                font = TTFont(package / "files" / f"sarabun-{script}-{weight}-normal.woff2")
                font.flavor = None
                part = Path(scratch) / f"{script}.ttf"
                font.save(part)
                parts.append(str(part))
            whole = Merger().merge(parts)
        whole.recalcTimestamp = False
        whole["head"].created = whole["head"].modified = _TIME
        whole.save(target / f"Sarabun-{name}.ttf")


if __name__ == "__main__":
    merge(Path(sys.argv[1]))

"""The faces that the reader learns from: Debian's Thai fonts and npm's open Thai families.

npm's web fonts are cut by script: the Thai letters lie in one file, Latin letters and Arabic
digits in another. A `Face` therefore names two files, which are one for desktop fonts.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

__all__ = ["HELD_OUT", "OTHER_LATIN", "Face", "covered", "faces", "licences"]

SYSTEM = ("/usr/share/fonts/truetype/tlwg", "/usr/share/fonts/truetype/arundina",
          "/usr/share/fonts/truetype/noto")  # fmt: skip
LATIN = ("/usr/share/fonts/truetype/liberation", "/usr/share/fonts/truetype/dejavu")

HELD_OUT = ("Sarabun", "Laksaman", "K2D", "Trirong", "Norasi")
"""Families that the measured model does not see; Laksaman is drawn after TH Sarabun."""

_WEIGHTS = {"200", "300", "400", "500", "600", "700", "800"}
_LICENCES = {
    "tlwg": "GPL-2+ with font exception (fonts-thai-tlwg; Norasi and others LPPL or GPL-2+)",
    "arundina": "Bitstream Vera licence (fonts-arundina)",
    "noto": "OFL-1.1 (fonts-noto)",
    "liberation": "OFL-1.1 (fonts-liberation)",
    "dejavu": "Bitstream Vera licence (fonts-dejavu)",
}


@dataclass(frozen=True, slots=True)
class Face:
    """One style of one family: the file of its Thai letters, and of its Latin ones."""

    family: str
    style: str
    thai: str
    latin: str
    source: str


@cache
def covered(path: str) -> frozenset[int]:
    """The code points that a font file has glyphs for."""
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def _latin_only() -> tuple[str, ...]:
    names = ("Sans-", "Serif-", "Sans.", "Serif.", "Mono-Regular", "SansNarrow-")
    files = (file for folder in LATIN for file in sorted(Path(folder).glob("*.ttf")))
    return tuple(str(file) for file in files if any(name in file.name for name in names))


OTHER_LATIN = _latin_only
"""Latin faces that offices set beside a Thai one (Arial, Times and their like)."""


def _system() -> list[Face]:
    found = []
    for folder in SYSTEM:
        for file in sorted(Path(folder).glob("*.ttf")):
            if 0x0E53 not in covered(str(file)):
                continue
            family = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", file.stem.split("-")[0])
            style = file.stem.partition("-")[2] or "Regular"
            found.append(Face(family, style, str(file), str(file), Path(folder).name))
    return found


def _web(modules: Path, store: Path) -> list[Face]:
    """Web fonts, unpacked once to TrueType under `store`."""
    store.mkdir(parents=True, exist_ok=True)
    found = []
    for package in sorted(modules.glob("*")):
        family = package.name.replace("-", " ").title().replace("K2D", "K2D").replace("K2d", "K2D")
        for thai in sorted(package.glob(f"files/{package.name}-thai-*-*.woff2")):
            weight, slope = thai.stem.split("-")[-2:]
            latin = thai.with_name(thai.name.replace("-thai-" + weight, "-latin-" + weight))
            if weight not in _WEIGHTS or not latin.exists():
                continue
            files = [str(_unpacked(file, store)) for file in (thai, latin)]
            found.append(Face(family, f"{weight}-{slope}", files[0], files[1], "fontsource"))
    return found


def _unpacked(file: Path, store: Path) -> Path:
    target = store / (file.stem + ".ttf")
    if not target.exists():
        font = TTFont(file)
        font.flavor = None
        font.save(target)
    return target


def faces(modules: Path, store: Path) -> list[Face]:
    """Every face with Thai digits: Debian's, and those under node_modules/@fontsource."""
    return [face for face in _system() + _web(modules, store) if 0x0E53 in covered(face.thai)]


def licences(found: list[Face], modules: Path) -> list[dict[str, object]]:
    """The families used, with their licences, for the file that lies beside the model."""
    rows: dict[str, dict[str, object]] = {}
    for face in found:
        row = rows.setdefault(face.family, {"family": face.family, "faces": 0})
        row["faces"] = int(str(row["faces"])) + 1
        row["source"] = face.source
        row["licence"] = _LICENCES.get(face.source) or _web_licence(face, modules)
    return sorted(rows.values(), key=lambda row: str(row["family"]))


def _web_licence(face: Face, modules: Path) -> str:
    name = re.sub(r"-thai-\d+-\w+\.ttf$", "", Path(face.thai).name)
    package = json.loads((modules / name / "package.json").read_text("utf-8"))
    return f"{package['license']} (npm @fontsource/{name} {package['version']})"

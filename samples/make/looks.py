"""How samples look: fonts, sizes and colours, one record per layout."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from samples.make.glyphs import windows_glyphs

__all__ = ["CanvasLook", "Look", "TypstLook", "WordLook"]


@dataclass(frozen=True, slots=True)
class Look:
    """A page for Chromium or WeasyPrint: family, sizes in points, CSS lengths and colours."""

    family: str = "Sarabun"
    size: float = 15.0
    table_size: float = 13.0
    leading: float = 1.35
    table_leading: float = 1.25
    head_fill: str = "#e8e8e8"
    rule: str = "0.6pt solid #000"
    margin: str = "22mm 20mm 20mm 26mm"


@dataclass(frozen=True, slots=True)
class WordLook:
    """A Word file: family, sizes in points, fill of table heads (hex) or empty."""

    family: str = "Sarabun"
    size: float = 15.0
    table_size: float = 13.0
    fill: str = "E7E6E6"


@dataclass(frozen=True, slots=True)
class TypstLook:
    """A Typst source: family, sizes in points, fill of table heads as Typst writes colours."""

    family: str = "Sarabun"
    size: float = 15.0
    table_size: float = 13.0
    fill: str = "luma(235)"


@dataclass(frozen=True, slots=True)
class CanvasLook:
    """A ReportLab canvas: installed family, sizes in points, how text becomes glyphs."""

    family: str = "Laksaman"
    size: float = 15.0
    table_size: float = 13.0
    leading: float = 1.4
    glyphs: Callable[[str], str] = windows_glyphs
    fill: str = "#eeeeee"

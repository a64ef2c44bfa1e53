"""Pages of characters and ruling lines into grids joined over pages."""

from __future__ import annotations

from parsers.tables.finder import Tables, find_grids

__all__ = ["Tables", "find_grids"]

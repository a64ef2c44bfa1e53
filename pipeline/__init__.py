"""Everything around the parsers: files in, processes, audit, dataset out, and the command line."""

from __future__ import annotations

__all__: list[str] = []

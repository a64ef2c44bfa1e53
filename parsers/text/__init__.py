"""Characters into repaired Thai text; digits, numbers and dates in it."""

from __future__ import annotations

__all__: list[str] = []

"""Tables and running text into scores, ratings, measures, advice and identity."""

from __future__ import annotations

__all__: list[str] = []

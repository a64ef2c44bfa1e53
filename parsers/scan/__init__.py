"""Scanned pages: a picture in, characters and ruling lines out, as a text layer gives them."""

from __future__ import annotations

__all__: list[str] = []

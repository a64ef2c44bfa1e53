"""Why equations fail: the smallest change to the printed numbers that makes them hold."""

from __future__ import annotations

__all__: list[str] = []

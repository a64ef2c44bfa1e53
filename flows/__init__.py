"""The jobs as Prefect flows: thin wrappers around `pipeline`, and nothing else knows Prefect."""

from __future__ import annotations

__all__: list[str] = []

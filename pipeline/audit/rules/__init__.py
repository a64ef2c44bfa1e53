"""The rules of the audit: each a function that looks at a document and yields findings."""

from __future__ import annotations

__all__: list[str] = []

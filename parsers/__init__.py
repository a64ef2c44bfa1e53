"""PDF bytes in, records out: reads ITA reports and nothing else (no I/O, no clock)."""

from __future__ import annotations

__all__ = ["PARSER_VERSION"]

PARSER_VERSION = "1"

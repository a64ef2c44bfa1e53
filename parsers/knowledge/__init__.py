"""What is known of the assessment and of Thailand: catalogue, titles, words, places."""

from __future__ import annotations

__all__: list[str] = []

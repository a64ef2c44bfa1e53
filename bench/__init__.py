"""Measurements: `python -m bench` prints the tables that docs/measurements.md shows."""

from __future__ import annotations

import sys
from pathlib import Path

__all__: list[str] = []

# Made-up reports are made by the helpers of the tests.
sys.path.append(str(Path(__file__).parent.parent / "tests" / "helpers"))

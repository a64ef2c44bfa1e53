"""Why a finding was made: from a dataset alone, step by step, in words for a letter."""

from __future__ import annotations

from pipeline.explain.letter import letter
from pipeline.explain.reasons import explain
from pipeline.explain.records import Explanation
from pipeline.explain.tables import rows

__all__ = ["Explanation", "explain", "letter", "rows"]

"""Why a finding was made: from a dataset alone, step by step, in words for a letter."""

from __future__ import annotations

from pipeline.letters.letter import letter
from pipeline.letters.reasons import explain
from pipeline.letters.records import Explanation
from pipeline.letters.tables import rows

__all__ = ["Explanation", "explain", "letter", "rows"]

"""The audit: recomputes every score that others determine, and says what does not fit."""

from __future__ import annotations

from pipeline.audit.examine import audit, audit_report
from pipeline.audit.recompute import recompute
from pipeline.audit.records import Finding, Recomputed

__all__ = ["Finding", "Recomputed", "audit", "audit_report", "recompute"]

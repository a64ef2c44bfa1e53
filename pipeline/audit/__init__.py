"""The audit: recomputes every score that others determine, and says what does not fit."""

from __future__ import annotations

from pipeline.audit.across import audit_across
from pipeline.audit.examine import audit, audit_report, page_order
from pipeline.audit.library import Library
from pipeline.audit.recompute import recompute
from pipeline.audit.records import Finding, Recomputed

__all__ = [
    "Finding",
    "Library",
    "Recomputed",
    "audit",
    "audit_across",
    "audit_report",
    "page_order",
    "recompute",
]

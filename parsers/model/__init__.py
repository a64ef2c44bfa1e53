"""The records that the parsers hand to each other: frozen, plain, picklable."""

from __future__ import annotations

from parsers.model.page import (
    Box,
    Cell,
    Char,
    Grid,
    Page,
    PageContent,
    Passage,
    Problem,
    Rule,
    TextSource,
)
from parsers.model.report import (
    Advice,
    Agency,
    Identity,
    Measure,
    Rank,
    Rating,
    Report,
    Score,
)
from parsers.model.said import (
    Claim,
    ClaimKind,
    Mention,
    Quote,
)
from parsers.model.terms import (
    DocumentKind,
    DocumentStatus,
    Level,
    Place,
    Scale,
    Scheme,
)

__all__ = [
    "Advice",
    "Agency",
    "Box",
    "Cell",
    "Char",
    "Claim",
    "ClaimKind",
    "DocumentKind",
    "DocumentStatus",
    "Grid",
    "Identity",
    "Level",
    "Measure",
    "Mention",
    "Page",
    "PageContent",
    "Passage",
    "Place",
    "Problem",
    "Quote",
    "Rank",
    "Rating",
    "Report",
    "Rule",
    "Scale",
    "Scheme",
    "Score",
    "TextSource",
]

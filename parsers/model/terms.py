"""The words that the records share: levels, scales, places, kinds of document."""

from __future__ import annotations

from typing import Literal

__all__ = ["DocumentKind", "DocumentStatus", "Level", "Place", "Scale", "Scheme"]

Level = Literal["total", "instrument", "indicator", "subindicator", "question"]
Scale = Literal["percent", "weighted"]
Place = Literal["table", "list", "sentence", "chart"]
DocumentStatus = Literal["ok", "partial", "refused"]
DocumentKind = Literal["analysis", "measures", "result", "other"]
Scheme = Literal["nacc-ita", "nacc-ita-5", "other"]

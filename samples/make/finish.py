"""Last touches on a finished PDF: the same bytes on each day that it is made."""

from __future__ import annotations

from pathlib import Path

import pikepdf

__all__ = ["settle"]

_DATE = "D:20250101000000Z"


def settle(path: Path, title: str) -> None:
    """Fixes dates, title and file identifier; the producer's name stays."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for name in ("/CreationDate", "/ModDate"):
            pdf.docinfo[name] = pikepdf.String(_DATE)
        pdf.docinfo["/Title"] = pikepdf.String(title)
        if "/Metadata" in pdf.Root:
            del pdf.Root.Metadata
        for name in ("/ID", "/DocChecksum"):
            if name in pdf.trailer:
                del pdf.trailer[name]
        pdf.save(path, deterministic_id=True)

"""The files of a dataset, each written by a module of its own.

`csv`, `parquet` and `sqlite` take the rows as they come, a batch at a time; `xlsx` is made
from the SQLite file, `datapackage` and `manifest` describe what the others wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pipeline.cells import Row

__all__ = ["TableWriter"]


class TableWriter(Protocol):
    """Something that writes every table of the dataset."""

    def add(self, name: str, rows: Sequence[Row]) -> None:
        """Append rows to a table."""

    def close(self) -> None:
        """Finish all files."""

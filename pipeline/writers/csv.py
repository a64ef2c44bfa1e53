"""CSV files that Excel opens right: UTF-8 with BOM, RFC 4180.

A text that a spreadsheet would run as a formula gets an apostrophe in front. That is the
only way in which these files differ from the Parquet ones; `armed` takes it away again.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from pipeline.cells import Cell, Row
from pipeline.fields import tables

__all__ = ["CsvWriter", "armed", "cell_text", "disarmed"]

# What makes a spreadsheet take a text for a formula; the full-width ones are folded to the
# plain ones by some East Asian versions.
_DANGEROUS = "=+-@\t\r\n＝＋－＠"
_FORMULA = re.compile(f"'*[{re.escape(_DANGEROUS)}]")
# A signed number is data, in either kind of digits, and so is a dash that stands alone.
_HARMLESS = re.compile(r"[-+－＋]?(?:[0-9๐-๙][0-9๐-๙,]*)?(?:\.[0-9๐-๙]+)? ?%?|[-+－＋]")


def disarmed(text: str) -> str:
    """The text as no spreadsheet runs it.

    >>> disarmed("=1+1"), disarmed("- จัดอบรม"), disarmed("-"), disarmed("-12.50")
    ("'=1+1", "'- จัดอบรม", '-', '-12.50')
    """
    if _FORMULA.match(text) and not _HARMLESS.fullmatch(text):
        return "'" + text
    return text


def armed(text: str) -> str:
    """The text before `disarmed`.

    >>> armed("'=1+1"), armed("'quoted'")
    ('=1+1', "'quoted'")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def cell_text(cell: Cell) -> str:
    """A cell as it stands in CSV: numbers as printed, times in UTC, nothing for missing.

    >>> cell_text(Decimal("100.00")), cell_text(None), cell_text(72.0)
    ('100.00', '', '72')
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        # No reader agrees on what a NUL inside CSV means.
        return disarmed(cell.replace("\0", "\ufffd"))
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


class CsvWriter:
    """Writes `<folder>/<table>.csv`, also for tables without rows."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._open = ExitStack()
        self._writers = {}
        for table in tables():
            file = self._open.enter_context(
                (folder / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline="")
            )
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(table.names)
            self._writers[table.name] = writer

    def add(self, name: str, rows: Sequence[Row]) -> None:
        """Append rows to a table."""
        self._writers[name].writerows([cell_text(cell) for cell in row] for row in rows)

    def close(self) -> None:
        """Finish all files."""
        self._open.close()

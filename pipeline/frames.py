"""A dataset as pandas data frames, for notebooks: `read_table("out", "scores")`."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.fields import Column, table
from pipeline.writers.sqlite import open_dataset

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["read_summary", "read_table"]

_TYPES = {
    "string": "string",
    "integer": "Int64",
    "number": "Float64",
    "decimal": "Float64",
    "list": "string",
    "object": "string",
}


def read_table(folder: str | Path, name: str, *, exact: bool = False) -> pd.DataFrame:
    """One table of a dataset, missing values as `pd.NA`.

    Args:
        folder: The dataset.
        name: The table, for instance `scores`.
        exact: Give scores as `Decimal` objects, slow but without rounding, instead of
            floating-point numbers.

    Raises:
        FileNotFoundError: The folder holds no such table.
    """
    from pyarrow import parquet

    held = parquet.read_table(Path(folder) / "parquet" / f"{name}.parquet")
    frame: pd.DataFrame = held.to_pandas(date_as_object=False)
    return frame.astype(
        {
            column.name: _TYPES[column.type]
            for column in table(name).columns
            if _converted(column, exact=exact)
        }
    )


def read_summary(folder: str | Path) -> pd.DataFrame:
    """One row per agency and fiscal year, indicators side by side (view `agency_years`).

    Raises:
        FileNotFoundError: The folder holds no dataset.
    """
    import pandas as pd

    path = Path(folder) / "ita.sqlite"
    try:
        with closing(open_dataset(path)) as data:
            return pd.read_sql_query("SELECT * FROM agency_years", data).convert_dtypes()
    except (sqlite3.Error, pd.errors.DatabaseError) as error:
        raise FileNotFoundError(path) from error


def _converted(column: Column, *, exact: bool) -> bool:
    return column.type in _TYPES and not (exact and column.type == "decimal")

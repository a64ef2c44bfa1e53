"""What can end the reading of a document, or of a run.

    ItaError                      base: has an exit code and words for people
    ├── DocumentRefused           one document cannot be read; the others can
    └── DataTableError            a packaged table (catalogue, repairs, places) is wrong

Bad data never raises beyond the document that holds it: `DocumentRefused` becomes that
document's row with its reason.
"""

from __future__ import annotations

__all__ = ["DataTableError", "DocumentRefused", "ItaError"]


class ItaError(Exception):
    """Base of everything this project raises on purpose."""

    exit_code = 1


class DocumentRefused(ItaError):  # noqa: N818 - an outcome for a document, no failure
    """A document cannot be read.

    Args:
        reason: Stable slug for `documents.status_reason`, for instance `encrypted`.
        detail: What exactly was met, in plain words; may be empty.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type[DocumentRefused], tuple[str, str]]:
        """Pickle by reason and detail: refusals cross process borders."""
        return (type(self), (self.reason, self.detail))


class DataTableError(ItaError):
    """A packaged or user-edited table does not hold what it must.

    Args:
        table: File name of the table.
        entry: Which row, key or line is wrong.
        problem: What is wrong with it and what is expected.
    """

    def __init__(self, table: str, entry: str, problem: str) -> None:
        super().__init__(f"{table}: {entry}: {problem}")
        self.table = table
        self.entry = entry
        self.problem = problem

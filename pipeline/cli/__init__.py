"""The command `ita`."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Args:
        arguments: The words after `ita`; None takes those of the process.
    """
    from pipeline.cli.app import run_app

    return run_app(arguments)

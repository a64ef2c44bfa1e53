"""`ita doctor`: what is installed, what is missing, and how to get it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from pipeline.cli.console import out, out_json, progress_listener, words
from pipeline.messages import Lang

__all__ = ["doctor"]

_MARKS = {"ok": "✓", "missing": "✗", "optional": "–"}


def doctor(
    *,
    out_folder: Path = Path(),
    server: bool = False,
    json: bool = False,
    lang: Lang | None = None,
) -> int:
    """Check the installation; 1 where something that every run needs is missing."""
    from pipeline.doctor import check

    say = words()
    checks = list(check(out_folder))
    if server:
        checks.append(_check_server(quiet=json))
    if json:
        out_json([dataclasses.asdict(one) for one in checks])
    else:
        for one in checks:
            out(f"{_MARKS[one.state]} {say(f'doctor.{one.name}')}: {one.found}".rstrip(": "))
            if one.remedy:
                out(f"    {say(f'doctor.{one.remedy}')}")
    return 1 if any(one.state == "missing" for one in checks) else 0


def _check_server(*, quiet: bool) -> object:
    raise NotImplementedError

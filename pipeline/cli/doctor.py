"""`ita doctor`: what is installed, what is missing, and how to get it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from pipeline.cli.console import show, show_json, words
from pipeline.doctor import Check, check
from pipeline.messages import Lang, MessageError
from pipeline.settings import home_folder

__all__ = ["doctor"]

_MARKS = {"ok": "✓", "missing": "✗", "optional": "–"}


def doctor(
    *,
    out: Path = Path(),
    server: bool = False,
    json: bool = False,
    lang: Lang | None = None,
) -> int:
    """Check the installation; 1 where something that every run needs is missing."""
    checks = list(check(out))
    if server:
        checks.append(_check_server())
    if json:
        show_json([_as_json(one) for one in checks])
    else:
        say = words()
        for one in checks:
            show(f"{_MARKS[one.state]} {say(f'doctor.{one.name}')}: {one.found}".rstrip(": "))
            if one.remedy:
                show(f"    {say(f'doctor.{one.remedy}')}")
    return 1 if any(one.state == "missing" for one in checks) else 0


def _as_json(one: Check) -> dict[str, str]:
    remedy = words()(f"doctor.{one.remedy}") if one.remedy else ""
    return dataclasses.asdict(one) | {"remedy": remedy}


def _check_server() -> Check:
    """Start the embedded server once; a run works without it, so it is never `missing`."""
    import time

    from flows.server import prepare, serving

    home = home_folder() / "prefect"
    prepare(home)
    begun = time.monotonic()
    try:
        with serving(home) as server:
            server.wait()
    except (MessageError, OSError):
        return Check("server", "optional", str(home), "server-remedy")
    return Check("server", "ok", f"{time.monotonic() - begun:.1f} s")

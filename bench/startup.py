"""How long the command line takes to start, and what it loads."""

from __future__ import annotations

import subprocess
import sys
import time

from bench.accuracy import SAMPLES

__all__ = ["main"]

_ROUNDS = 5
_HEAVY = ("prefect", "pandas", "pyarrow")


def _seconds(arguments: list[str]) -> float:
    best = float("inf")
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "pipeline.cli", *arguments], capture_output=True, check=False
        )
        best = min(best, time.perf_counter() - start)
    return best


def _loaded(arguments: list[str]) -> list[str]:
    code = (
        "import sys, contextlib, io\n"
        "from pipeline.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        f"    main({arguments!r})\n"
        f"print([name for name in {_HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return [name for name in _HEAVY if name in done.stdout.splitlines()[-1]]


def main() -> None:
    """Print a table of commands, seconds and heavy libraries loaded."""
    sample = str(SAMPLES / "kham-sombun-2568-libreoffice.pdf")
    print("| command | seconds | of prefect, pandas, pyarrow loaded |\n|---|---:|---|")
    for arguments in (["--help"], ["version"], ["parse", sample, "--json"]):
        shown = " ".join(arguments).replace(str(SAMPLES), "samples")
        loaded = ", ".join(_loaded(arguments)) or "none"
        print(f"| ita {shown} | {_seconds(arguments):.2f} | {loaded} |")


if __name__ == "__main__":
    main()

"""Pages per CPU second against a plain pdfplumber loop over the same files, in one process.

The pdfplumber loop only extracts (extract_text and extract_tables of every page); ours
extracts, repairs, rebuilds the tables and reads every score. Files whose pages have text
are taken; the runs alternate, so that a busy machine slows both.
"""

from __future__ import annotations

import cProfile
import io
import pstats
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pikepdf

from bench.accuracy import SAMPLES
from parsers.report import parse_report

__all__ = ["main"]

_ROUNDS = 3
_LONG_REPORT_PAGES = 100


def _plain_pdfplumber(data: bytes) -> int:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()
            page.close()
        return len(pdf.pages)


def _ours(data: bytes) -> int:
    return parse_report(data).page_count or 0


def _cpu_seconds(work: Callable[[bytes], int], data: bytes) -> float:
    start = time.process_time()
    work(data)
    return time.process_time() - start


def _text_layer_samples() -> list[Path]:
    found = []
    for path in sorted(SAMPLES.glob("*.pdf")):
        if parse_report(path.read_bytes()).status != "refused":
            found.append(path)
    return found


def long_report(pages: int = _LONG_REPORT_PAGES) -> bytes:
    """A report of many pages, put together from the largest sample."""
    source = max(_text_layer_samples(), key=lambda path: _ours(path.read_bytes()))
    joined = pikepdf.new()
    with pikepdf.open(source) as pdf:
        for number in range(pages):
            joined.pages.append(pdf.pages[number % len(pdf.pages)])
        buffer = io.BytesIO()
        joined.save(buffer)
    return buffer.getvalue()


def _peak_memory(data: bytes) -> int:
    """Peak memory in MB of a fresh process that reads the report."""
    code = (
        "import sys, resource\n"
        "from parsers.report import parse_report\n"
        "report = parse_report(sys.stdin.buffer.read())\n"
        "assert report.status != 'refused', report.status_reason\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True)
    return int(done.stdout)


def _speed_rows(files: list[Path]) -> tuple[list[str], float]:
    rows: list[str] = []
    totals = [0.0, 0.0]
    for path in files:
        data = path.read_bytes()
        pages = _ours(data)  # warm: dictionaries and tables are loaded once
        plain = min(_cpu_seconds(_plain_pdfplumber, data) for _ in range(_ROUNDS))
        ours = min(_cpu_seconds(_ours, data) for _ in range(_ROUNDS))
        totals[0] += plain
        totals[1] += ours
        speeds = f"{pages / plain:.0f} | {pages / ours:.0f} | {plain / ours:.1f}"
        rows.append(f"| {path.stem} | {pages} | {speeds} |")
    return rows, totals[0] / totals[1]


def _where_time_goes(files: list[Path]) -> list[str]:
    profile = cProfile.Profile()
    profile.enable()
    for path in files:
        _ours(path.read_bytes())
    profile.disable()
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    steps = {
        "characters and lines (pdf)": "read_pdf",
        "tables": "find_grids",
        "columns": "lay_out",
        "scores of tables": "read_scores",
        "scores of sentences": "read_sentences",
        "measures": "read_measures",
        "advice": "read_advice",
        "identity": "identify",
    }
    total = next(row[3] for key, row in stats.items() if key[2] == "parse_report")
    return [
        f"| {step} | {100 * sum(r[3] for k, r in stats.items() if k[2] == name) / total:.0f} % |"
        for step, name in steps.items()
    ]


def main() -> None:
    """Print the tables of speed, memory and where the time goes."""
    files = _text_layer_samples()
    rows, ratio = _speed_rows(files)
    print("| sample | pages | pdfplumber pages/CPU s | ours pages/CPU s | times as fast |")
    print("|---|---:|---:|---:|---:|")
    print("\n".join(rows))
    print(f"| **all** | | | | **{ratio:.1f}** |\n")
    print("| step | share of the time |\n|---|---:|")
    print("\n".join(_where_time_goes(files)))
    peak = _peak_memory(long_report())
    print(f"\nPeak memory of a process that reads {_LONG_REPORT_PAGES} pages: {peak} MB")


if __name__ == "__main__":
    main()

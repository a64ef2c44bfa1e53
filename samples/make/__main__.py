"""Makes the samples anew: `python -m samples.make [name ...]`."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from samples.make.finish import settle
from samples.make.locate import Printed
from samples.make.registry import SAMPLES, Sample
from samples.make.truth import expected

__all__ = ["main"]

FOLDER = Path(__file__).resolve().parents[1]


def _build(sample: Sample, scratch: Path, folder: Path) -> dict[str, object]:
    target = folder / f"{sample.name}.pdf"
    sample.make(sample.document, scratch, target)
    settle(target, sample.name)
    truth = expected(sample.document, Printed(target))
    text = json.dumps({"file": target.name, **truth}, ensure_ascii=False, indent=1)
    (folder / f"{sample.name}.expected.json").write_text(text + "\n", encoding="utf-8")
    return truth


def main(arguments: list[str] | None = None) -> int:
    """Builds all samples, or the named ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="samples to build (default: all)")
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder to write to")
    asked = parser.parse_args(arguments)
    unknown = set(asked.names) - {sample.name for sample in SAMPLES}
    if unknown:
        parser.error(f"no such sample: {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as scratch:
        for sample in SAMPLES:
            if not asked.names or sample.name in asked.names:
                truth = _build(sample, Path(scratch), asked.out)
                counts = (f"{key} {len(truth[key])}" for key in ("scores", "tables", "measures"))  # type: ignore[arg-type]
                sys.stdout.write(f"{sample.name}: {', '.join(counts)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

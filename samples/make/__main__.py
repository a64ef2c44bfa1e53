"""Makes the samples anew: `python -m samples.make [name ...]`."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from samples.make.finish import settle
from samples.make.locate import Printed
from samples.make.readme import write_table
from samples.make.registry import SAMPLES, Sample
from samples.make.truth import expected

__all__ = ["main"]

FOLDER = Path(__file__).resolve().parents[1]
_PARTS = ("scores", "ratings", "tables", "measures", "advice")


def _on_kept_pages(truth: dict[str, Any], lost: tuple[int, ...]) -> dict[str, Any]:
    """The truth without what stands, even in part, on a page that cannot be read."""

    def kept(entry: dict[str, Any]) -> bool:
        if "page_last" in entry:
            return not any(entry["page_first"] <= page <= entry["page_last"] for page in lost)
        return entry.get("page", entry.get("page_first")) not in lost

    return {
        key: [entry for entry in value if kept(entry)] if key in _PARTS else value
        for key, value in truth.items()
    }


def _refused(truth: dict[str, Any]) -> dict[str, Any]:
    document = dict.fromkeys(truth["document"])
    document |= {"status": "refused", "status_reason": "damaged"}
    return {"document": document, **{part: [] for part in _PARTS}, "planted": []}


def _build(sample: Sample, scratch: Path, folder: Path) -> dict[str, Any]:
    target = folder / f"{sample.name}.pdf"
    sample.make(sample.document, scratch, target)
    settle(target, sample.name)
    truth = expected(sample.document, Printed(target))
    if sample.damage is not None:
        sample.damage(target)
    truth = _refused(truth) if sample.whole else _on_kept_pages(truth, sample.lost)
    text = json.dumps(
        {"file": target.name, "pages_lost": list(sample.lost), **truth},
        ensure_ascii=False,
        indent=1,
    )
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
                counts = ", ".join(f"{len(truth[part])} {part}" for part in _PARTS)
                sys.stdout.write(f"{sample.name}: {counts}\n")
    if (asked.out / "README.md").exists():
        write_table(asked.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())

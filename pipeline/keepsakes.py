"""What people put into a dataset folder survives the next run.

A dataset is replaced as a whole, but an officer may have laid notes beside it, or written
into the workbook. Files that no run made are taken over; a workbook or CSV file that was
changed since it was written is kept under another name.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from pipeline.digest import file_digest

__all__ = ["take_over"]

# Office programs mark an open file with such a name; systems leave theirs.
_LITTER_PREFIXES = ("~$", ".~lock.", "._")
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", "run.json"})
_EDITABLE = frozenset({".csv", ".xlsx"})


def take_over(former: Path, new: Path) -> tuple[str, ...]:
    """Copy from the former dataset what is not ours.

    Args:
        former: The dataset that will be replaced; need not exist.
        new: The dataset that was written.

    Returns:
        The paths in the new dataset, relative, with slashes.
    """
    made = _made(former)
    if made is None:
        return ()
    kept = []
    for path in _files(former):
        name = path.relative_to(former).as_posix()
        target = _target(path, name, made, new)
        if target is None:
            continue
        (new / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, new / target, follow_symlinks=False)
        kept.append(target)
    return tuple(sorted(kept))


def _made(former: Path) -> Mapping[str, Mapping[str, object]] | None:
    """The files that the former run made, by path; None where nothing says so."""
    try:
        facts = json.loads((former / "run.json").read_text(encoding="utf-8"))
        return {entry["path"]: entry for entry in facts["generated"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _files(folder: Path) -> Iterator[Path]:
    for root, _, names in os.walk(folder):
        for name in sorted(names):
            if name not in _LITTER and not name.startswith(_LITTER_PREFIXES):
                yield Path(root, name)


def _target(
    path: Path, name: str, made: Mapping[str, Mapping[str, object]], new: Path
) -> str | None:
    """Where a file of the former dataset goes; None for one that the new run replaces."""
    entry = made.get(name)
    if entry is None:
        return name if not (new / name).exists() else _free(name, new)
    if path.suffix not in _EDITABLE or not _changed(path, entry):
        return None
    return _free(name, new)


def _changed(path: Path, entry: Mapping[str, object]) -> bool:
    return path.stat().st_size != entry.get("bytes") or file_digest(path) != entry.get("sha256")


def _free(name: str, new: Path) -> str:
    """A name beside the taken one: `ita.xlsx` -> `ita.edited-1.xlsx`."""
    path = PurePosixPath(name)
    number = 1
    while True:
        candidate = path.with_name(f"{path.stem}.edited-{number}{path.suffix}").as_posix()
        if not (new / candidate).exists():
            return candidate
        number += 1

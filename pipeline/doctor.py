"""Is everything here that a run needs? Looks, changes nothing, and names the remedy."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

import psutil

from parsers.errors import DataTableError

__all__ = ["Check", "State", "check"]

State = Literal["ok", "missing", "optional"]

_DISTRIBUTION = "ita-reports"
_PYTHON = (3, 11)
_GIB = 1 << 30
_FREE_DISK = _GIB
_FREE_MEMORY = _GIB
_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: Slug; `doctor.<name>` of the messages says what it is.
        state: `ok`, `missing` (a run needs it), or `optional` (absent, and some reports
            cannot be read or shown so well without it).
        found: What was found: a version, a number, a path.
        remedy: Slug of the message that says how to get it; empty where nothing is missing.
    """

    name: str
    state: State
    found: str
    remedy: str = ""


def check(folder: Path = Path()) -> Iterator[Check]:
    """Look at everything.

    Args:
        folder: Where datasets shall be written.
    """
    for look in _LOOKS:
        yield look()
    yield _disk(folder)
    yield _writable(folder)


def _python() -> Check:
    version = platform.python_version()
    good = sys.version_info >= _PYTHON
    return Check("python", "ok" if good else "missing", version, "" if good else "python-remedy")


def _libraries() -> Check:
    """The libraries that the program declares, in the versions that it can work with."""
    from packaging.requirements import Requirement

    wrong = []
    try:
        declared = metadata.requires(_DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return Check("libraries", "missing", _DISTRIBUTION, "libraries-remedy")
    for line in declared:
        requirement = Requirement(line)
        if requirement.marker is not None and not requirement.marker.evaluate():
            continue
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            wrong.append(requirement.name)
            continue
        if not requirement.specifier.contains(version, prereleases=True):
            wrong.append(f"{requirement.name} {version} ({requirement.specifier})")
    if wrong:
        return Check("libraries", "missing", ", ".join(wrong), "libraries-remedy")
    return Check("libraries", "ok", str(len(declared)))


def _prefect() -> Check:
    try:
        return Check("prefect", "ok", metadata.version("prefect"))
    except metadata.PackageNotFoundError:
        return Check("prefect", "missing", "", "libraries-remedy")


def _catalogue() -> Check:
    def count() -> str:
        from parsers.knowledge.catalogue import catalogue, years

        for year in years():
            catalogue(year)
        return f"{years()[0]}-{years()[-1]}"

    return _data("catalogue", count)


def _places() -> Check:
    def count() -> str:
        from parsers.knowledge.places import by_code

        return str(sum(by_code(str(code)) is not None for code in range(10, 100)))

    return _data("places", count)


def _data(name: str, count: Callable[[], str]) -> Check:
    """A packaged table: it is there and holds what it must."""
    try:
        return Check(name, "ok", count())
    except (DataTableError, OSError) as error:
        return Check(name, "missing", str(error), "data-remedy")


def _dictionary() -> Check:
    def count() -> str:
        from pythainlp.corpus import thai_words

        return str(len(thai_words()))

    try:
        return Check("dictionary", "ok", count())
    except (ImportError, OSError) as error:
        return Check("dictionary", "missing", str(error), "libraries-remedy")


def _ocr() -> Check:
    """The networks that read scanned pages come with the package; they are loaded once."""
    try:
        import cv2
        import onnxruntime

        from parsers.scan.reader import threshold

        for kind in ("score", "text"):
            threshold(kind)
    except (ImportError, OSError, RuntimeError) as error:
        return Check("ocr", "optional", str(error), "ocr-remedy")
    return Check("ocr", "ok", f"onnxruntime {onnxruntime.__version__}, OpenCV {cv2.__version__}")


def _fonts() -> Check:
    if sys.platform in ("win32", "darwin"):
        return Check("fonts", "ok", platform.system())
    program = shutil.which("fc-list")
    if program is None:
        return Check("fonts", "optional", "", "fonts-remedy")
    families = {line.split(",")[0] for line in _output(program, ":lang=th", "family").splitlines()}
    if not families:
        return Check("fonts", "optional", "", "fonts-remedy")
    return Check("fonts", "ok", str(len(families)))


def _output(*command: str) -> str:
    """What a program prints; empty where it fails."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout or done.stderr


def _database() -> Check:
    return Check("database", "ok", f"SQLite {sqlite3.sqlite_version}")


def _machine() -> Check:
    free = psutil.virtual_memory().available
    found = f"{os.cpu_count()} / {free / _GIB:.1f} GiB"
    if free < _FREE_MEMORY:
        return Check("machine", "optional", found, "machine-remedy")
    return Check("machine", "ok", found)


def _disk(folder: Path) -> Check:
    """Room on the disk of a folder, or of the nearest one above that exists."""
    free = shutil.disk_usage(_existing(folder)).free
    found = f"{free / _GIB:.1f} GiB"
    if free < _FREE_DISK:
        return Check("disk", "optional", found, "disk-remedy")
    return Check("disk", "ok", found)


def _writable(folder: Path) -> Check:
    above = _existing(folder)
    try:
        with tempfile.TemporaryFile(dir=above):
            return Check("writable", "ok", str(above))
    except OSError as error:
        return Check("writable", "missing", f"{above}: {error.strerror}", "writable-remedy")


def _existing(folder: Path) -> Path:
    folder = folder.absolute()
    return next(place for place in (folder, *folder.parents) if place.is_dir())


_LOOKS: tuple[Callable[[], Check], ...] = (
    _python,
    _libraries,
    _prefect,
    _catalogue,
    _places,
    _dictionary,
    _ocr,
    _fonts,
    _database,
    _machine,
)

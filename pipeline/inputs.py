"""Which files a run reads: the paths a person names become a list of PDF files.

A folder is walked to the bottom. In a folder every `*.pdf` counts (in any case), and a
file without an extension that begins like a PDF; other files are left alone. A file named
directly is always taken, whatever it is called: if it is no PDF, its row says so.
"""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.digest import file_digest
from pipeline.messages import MessageError
from pipeline.progress import listener

__all__ = [
    "Found",
    "InputFile",
    "check_inputs",
    "discover",
    "input_file",
    "source_of",
    "unreadable_id",
]

_LISTS = {".csv", ".tsv", ".xlsx", ".xls", ".toml"}
_HEAD = 1024


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file to read.

    Attributes:
        path: Where its bytes are.
        source: The path as the person named it, with slashes: what `documents.source` says.
        document_id: SHA-256 of the bytes; for a file that cannot be opened a hash that
            stands for its source instead (see `unreadable_id`).
        byte_size: Size in bytes, 0 where unknown.
        refused: Why the file cannot be opened; empty where it can.
        retrieved_at: When it was fetched (ISO 8601, UTC); None for a local file.
        other_sources: Further files with exactly the same bytes; they are read once.
    """

    path: Path
    source: str
    document_id: str
    byte_size: int
    refused: str = ""
    retrieved_at: str | None = None
    other_sources: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        """The last part of the source."""
        return self.source.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Found:
    """What the named paths hold.

    Attributes:
        files: The files to read, ordered by source, each content once.
        unreadable_folders: Folders that could not be listed, with the reason.
        empty: Named folders without any PDF.
        ignored: How many other files were met in folders.
    """

    files: tuple[InputFile, ...]
    unreadable_folders: tuple[tuple[str, str], ...] = ()
    empty: tuple[str, ...] = ()
    ignored: int = 0


@dataclass(slots=True)
class _Walk:
    """What a walk over the folders has met so far."""

    paths: set[Path] = field(default_factory=set)
    folders: set[tuple[int, int]] = field(default_factory=set)
    unreadable: list[tuple[str, str]] = field(default_factory=list)
    ignored: int = 0


def discover(named: Sequence[str | Path]) -> Found:
    """Find the files to read.

    Args:
        named: Files and folders, as a person names them.

    Raises:
        MessageError: A path does not exist, is a list of sources, or nothing that is
            named holds a PDF. All missing paths are told at once.
    """
    walk, empty = _walked(named)
    in_order = sorted(walk.paths, key=lambda path: (source_of(path), str(path)))
    # Every file is read once to know whether its content is known already.
    listener().stage("stage.find", len(in_order))
    files = _once_each(_opened(path) for path in in_order)
    return Found(files, tuple(walk.unreadable), empty, walk.ignored)


def check_inputs(named: Sequence[str | Path]) -> None:
    """Raise what `discover` would raise, without reading the files."""
    _walked(named)


def _walked(named: Sequence[str | Path]) -> tuple[_Walk, tuple[str, ...]]:
    """Walk everything that is named; gives also the folders that hold nothing."""
    if not named:
        raise MessageError("error.no-input")
    missing = [source_of(path) for path in named if not os.path.lexists(path)]
    if missing:
        raise MessageError("error.path-missing", paths=", ".join(missing))
    walk = _Walk()
    empty = tuple(source_of(path) for path in named if not _add(walk, Path(path)))
    if not walk.paths and not walk.unreadable:
        raise MessageError("error.no-pdf", paths=", ".join(source_of(path) for path in named))
    return walk, empty


def source_of(path: str | Path) -> str:
    """A path as text for `documents.source`: slashes, NFC, no undecodable bytes.

    Thai names written by old programs are TIS-620 on disk; they come out as Thai.
    """
    raw = os.fsencode(Path(path).as_posix())
    for encoding in ("utf-8", "cp874"):
        try:
            return unicodedata.normalize("NFC", raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return raw.decode("ascii", "replace")


def _add(walk: _Walk, path: Path) -> bool:
    """Add what a named path holds; False for a folder that holds nothing."""
    if path.is_dir():
        return _add_folder(walk, path)
    if path.suffix.lower() in _LISTS:
        raise MessageError("error.sources-list", path=source_of(path))
    walk.paths.add(path)
    return True


def _add_folder(walk: _Walk, folder: Path) -> bool:
    if _seen(walk, folder, remember=False):
        return True
    before = len(walk.paths) + len(walk.unreadable)

    def note(error: OSError) -> None:
        walk.unreadable.append((source_of(str(error.filename)), _why(error)))

    for root, folders, names in os.walk(folder, followlinks=True, onerror=note):
        if _seen(walk, Path(root)):
            # A link to a folder above would otherwise be walked for ever.
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not _hidden(name))
        for name in names:
            _add_if_pdf(walk, Path(root, name))
    return len(walk.paths) + len(walk.unreadable) > before


def _seen(walk: _Walk, folder: Path, *, remember: bool = True) -> bool:
    try:
        status = folder.stat()
    except OSError:
        return False
    identity = (status.st_dev, status.st_ino)
    known = identity in walk.folders
    if remember:
        walk.folders.add(identity)
    return known


def _hidden(name: str) -> bool:
    # Hidden files and the "._name.pdf" that macOS leaves on sticks are not documents.
    return name.startswith(".") or name == "__MACOSX"


def _add_if_pdf(walk: _Walk, path: Path) -> None:
    if _hidden(path.name):
        return
    if path.suffix.lower() == ".pdf" or (not path.suffix and _begins_like_pdf(path)):
        walk.paths.add(path)
    else:
        walk.ignored += 1


def _begins_like_pdf(path: Path) -> bool:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        with path.open("rb") as file:
            return b"%PDF-" in file.read(_HEAD)
    except OSError:
        return False


def input_file(path: Path) -> InputFile:
    """One named file, whatever it is.

    Raises:
        MessageError: There is nothing of that name.
    """
    if not os.path.lexists(path):
        raise MessageError("error.path-missing", paths=source_of(path))
    return _opened(path)


def _opened(path: Path) -> InputFile:
    source = source_of(path)
    listener().step(path.name)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            # A pipe or a device would make the run wait for ever.
            return _refused(path, source, "not a regular file")
        return InputFile(path, source, file_digest(path), status.st_size)
    except OSError as error:
        return _refused(path, source, _why(error))


def _refused(path: Path, source: str, why: str) -> InputFile:
    return InputFile(path, source, unreadable_id(source), 0, why)


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _once_each(files: Iterable[InputFile]) -> tuple[InputFile, ...]:
    alike: dict[str, list[InputFile]] = {}
    for file in files:
        alike.setdefault(file.document_id, []).append(file)
    return tuple(
        replace(first, other_sources=tuple(other.source for other in others))
        for first, *others in alike.values()
    )


def unreadable_id(source: str) -> str:
    """A `document_id` for a file whose bytes are unknown: a hash of its source.

    It cannot meet the id of a document: no PDF begins with the words that are hashed first.

    >>> unreadable_id("a.pdf") == unreadable_id("a.pdf") != unreadable_id("b.pdf")
    True
    """
    return hashlib.sha256(f"unreadable file: {source}".encode()).hexdigest()

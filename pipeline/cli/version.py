"""`ita version`: which program, parser and libraries these are."""

from __future__ import annotations

import platform
from importlib import metadata

from parsers import PARSER_VERSION
from pipeline.cli.console import show, show_json
from pipeline.messages import Lang

__all__ = ["program_version", "version", "versions"]

_LIBRARIES = ("prefect", "pypdfium2", "pdfplumber", "pikepdf", "pythainlp", "pandas", "pyarrow")


def program_version() -> str:
    """Version of the installed program; "0" when run from a bare checkout."""
    try:
        return metadata.version("ita-reports")
    except metadata.PackageNotFoundError:
        return "0"


def versions() -> dict[str, str]:
    """Versions of the program, the parser, Python and the libraries that decide results."""
    found = {
        "ita-reports": program_version(),
        "parser": PARSER_VERSION,
        "python": platform.python_version(),
    }
    for name in _LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = ""
    return found


def version(*, json: bool = False, lang: Lang | None = None) -> int:
    """Print the versions."""
    if json:
        show_json(versions())
    else:
        for name, number in versions().items():
            show(f"{name:<12} {number or '-'}")
    return 0

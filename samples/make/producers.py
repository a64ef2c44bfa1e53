"""Runs the programs that turn a typeset source into a PDF."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

__all__ = ["ProducerMissingError", "chromium", "libreoffice", "weasyprint"]

FONTS = Path(__file__).resolve().parents[1] / "fonts"
_FONTCONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>"""


class ProducerMissingError(RuntimeError):
    """A program that a sample needs is not installed."""


def _program(*names: str) -> str:
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    raise ProducerMissingError(f"install one of: {', '.join(names)}")


def _environment(folder: Path) -> dict[str, str]:
    """The fonts of this folder beside the system's, and a clock that stands still."""
    config = folder / "fonts.conf"
    config.write_text(_FONTCONFIG.format(fonts=FONTS, cache=folder / "cache"), encoding="utf-8")
    return {
        **os.environ,
        "FONTCONFIG_FILE": str(config),
        "SOURCE_DATE_EPOCH": "1735689600",
        "TZ": "UTC",
        "LANG": "C.UTF-8",
    }


def libreoffice(source: Path, target: Path) -> None:
    """Prints an office document (docx, xlsx, odt) with LibreOffice."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = [
            _program("soffice", "libreoffice"),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(source),
        ]
        subprocess.run(
            command, env=_environment(folder), check=True, capture_output=True, timeout=180
        )
        shutil.copyfile(folder / f"{source.stem}.pdf", target)


def chromium(source: Path, target: Path) -> None:
    """Prints an HTML page with Chromium."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = [
            _program("chromium", "chromium-browser", "google-chrome"),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={folder / 'profile'}",
            "--no-pdf-header-footer",
            f"--print-to-pdf={target}",
            source.as_uri(),
        ]
        subprocess.run(
            command, env=_environment(folder), check=True, capture_output=True, timeout=180
        )


def weasyprint(source: Path, target: Path) -> None:
    """Prints an HTML page with WeasyPrint."""
    import weasyprint as engine

    engine.HTML(filename=str(source)).write_pdf(str(target))

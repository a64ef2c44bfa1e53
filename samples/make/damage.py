"""Damage as it is met in published files, done to a sound PDF."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pikepdf

__all__ = ["break_file", "cut_off", "lose_am", "turn"]

_ACTUAL = re.compile(rb"/ActualText\s*<[0-9A-Fa-f]*>")
_TARGET = re.compile(rb"(<[0-9A-Fa-f]+>\s*<)([0-9A-Fa-f]+)(>)")


def _blanked(found: re.Match[bytes]) -> bytes:
    codes = [found[2][place : place + 4] for place in range(0, len(found[2]), 4)]
    return found[1] + b"".join(b"0020" if code == b"0E33" else code for code in codes) + found[3]


def lose_am(path: Path) -> None:
    """Makes sara am unreadable as Word does: its ring becomes a blank, `ด าเนินการ`."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        done: set[tuple[int, int]] = set()
        for page in pdf.pages:
            page.contents_coalesce()
            stream = page.obj.Contents
            stream.write(_ACTUAL.sub(b"", stream.read_bytes()))
            for font in dict(page.obj.Resources.get("/Font") or {}).values():
                if "/ToUnicode" in font and font.objgen not in done:
                    done.add(font.objgen)
                    unicode = font.ToUnicode
                    unicode.write(_TARGET.sub(_blanked, unicode.read_bytes()))
        pdf.save(path, deterministic_id=True)


def turn(path: Path) -> None:
    """Stores wide pages as tall ones with /Rotate 90, as scanners and drivers do."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            _, _, wide, high = (float(value) for value in page.mediabox)
            page.contents_add(f"q 0 1 -1 0 {high:g} 0 cm\n".encode(), prepend=True)
            page.contents_add(b"\nQ")
            for name in ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox"):
                if name in page.obj:
                    del page.obj[name]
            page.obj.MediaBox = pikepdf.Array([0, 0, high, wide])
            page.obj.Rotate = 90
        pdf.save(path, deterministic_id=True)


def break_file(*lost: int) -> Callable[[Path], None]:
    """Spoils the content of some pages (from 1) and the cross-reference table."""

    def spoil(path: Path) -> None:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            for number in lost:
                page = pdf.pages[number - 1]
                page.contents_coalesce()
                junk = bytes((7 * place + number) % 251 for place in range(900))
                page.obj.Contents.write(junk, filter=pikepdf.Name.FlateDecode)
            pdf.save(
                path,
                deterministic_id=True,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                compress_streams=False,
            )
        data = path.read_bytes()
        table, trailer = data.rindex(b"\nxref\n"), data.rindex(b"trailer")
        end = data.rindex(b"startxref")
        empty = b"\nxref\n0 1\n0000000000 65535 f \n"
        path.write_bytes(data[:table] + empty + data[trailer:end] + b"startxref\n999999999\n")

    return spoil


def cut_off(share: float) -> Callable[[Path], None]:
    """Keeps the first part of the file alone, as after a broken download."""

    def cut(path: Path) -> None:
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * share)])

    return cut

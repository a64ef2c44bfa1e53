"""Readers that misbehave as PDFs from the wild do; importable in a reading process."""

from __future__ import annotations

import ctypes
import hashlib
import os
import time

from parsers.errors import DocumentRefused
from parsers.model import Report, Score

MIB = 1 << 20


def report_of(data: bytes, *, status: str = "ok", reason: str = "") -> Report:
    """The smallest report of some bytes."""
    return Report(
        document_id=hashlib.sha256(data).hexdigest(),
        byte_size=len(data),
        page_count=1,
        status=status,  # type: ignore[arg-type]
        status_reason=reason,
        status_detail="",
        text_source="text",
    )


def by_content(data: bytes, file_name: str) -> Report:
    """Do what the bytes say: hang, die, eat, raise, refuse, or simply be read."""
    word = data.split()[0].decode()
    _DEEDS.get(word, lambda: None)()
    if word == "partial":
        return report_of(data, status="partial", reason="some-pages")
    if word == "pid":
        # The process that read it stands where a test can see it.
        return Report(
            **{
                name: getattr(report_of(data), name)
                for name in Report.__slots__
                if name != "status_detail"
            },
            status_detail=str(os.getpid()),
        )
    return report_of(data)


def _hang() -> None:
    while True:
        time.sleep(60)


def _hang_in_c() -> None:
    # Holds the interpreter lock, as a library in an endless loop does.
    ctypes.PyDLL(None).sleep(60)


def _die() -> None:
    ctypes.string_at(0)


def _eat() -> None:
    held = []
    while True:
        held.append(bytearray(8 * MIB))
        time.sleep(0.005)


def _eat_at_once() -> None:
    bytearray(64 << 30)


def _raise() -> None:
    raise ValueError("a bug")


def _refuse() -> None:
    raise DocumentRefused("encrypted", "needs a password")


def _stop() -> None:
    raise SystemExit(7)


_DEEDS = {
    "hang": _hang,
    "hang-in-c": _hang_in_c,
    "die": _die,
    "eat": _eat,
    "eat-at-once": _eat_at_once,
    "raise": _raise,
    "refuse": _refuse,
    "stop": _stop,
}

__all__ = ["MIB", "Score", "by_content", "report_of"]

"""What a status reason means and what to do about it, in Thai and English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from parsers.errors import DataTableError

__all__ = ["PARTLY", "Reason", "attempts", "reason", "reasons"]

_SOURCE = "status_reasons.toml"
_OTHER = "other"
PARTLY = "partly-"
"""Stands before a reason for which only some pages of a document could not be read."""


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reason in words.

    Attributes:
        th: What it means, in Thai.
        en: What it means, in English.
        do_th: What to do, in Thai.
        do_en: What to do, in English.
        attempts: How often the same bytes are tried under the same circumstances; 0 for
            ever.
    """

    th: str
    en: str
    do_th: str
    do_en: str
    attempts: int = 1


class _Reasons(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    reasons: dict[str, Reason]
    partly: dict[str, Reason]
    gaps: dict[str, Reason]


def reason(slug: str) -> Reason:
    """The words for a slug; general ones where it is not known.

    Args:
        slug: Value of `documents.status_reason`; with `partly-` before it where the rest of
            the document was read.

    >>> reason("encrypted").en
    'The file is protected by a password.'
    >>> reason("partly-damaged").en
    'Some pages are damaged; the good ones were read.'
    """
    known = reasons()
    return known.get(slug) or known.get(slug.removeprefix(PARTLY)) or known[_OTHER]


def attempts(slug: str) -> int:
    """How often a document refused for this reason is tried before it is left alone.

    >>> attempts("encrypted"), attempts("out-of-memory")
    (1, 3)
    """
    return reason(slug).attempts


@cache
def reasons() -> Mapping[str, Reason]:
    """All reasons and gaps by slug."""
    held = _held()
    partly = {f"{PARTLY}{slug}": words for slug, words in held.partly.items()}
    return {**held.reasons, **partly, **held.gaps}


@cache
def _held() -> _Reasons:
    """The table.

    Raises:
        DataTableError: The table is not as it must be.
    """
    text = files("pipeline").joinpath("data", _SOURCE).read_text(encoding="utf-8")
    try:
        held = msgspec.convert(tomllib.loads(text), _Reasons)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise DataTableError(_SOURCE, "file", str(error)) from error
    if _OTHER not in held.reasons:
        raise DataTableError(_SOURCE, f"reasons.{_OTHER}", "is missing")
    return held

"""What a broken numeric token may be worth: every number that one known damage explains.

A text layer prints ๗ as "๓/" and a point twice; OCR leaves a question mark for a digit. Such
a token is never given a value here. Its possible values are listed, so that whoever knows the
other scores of the table can tell which of them fits.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import product
from math import prod

__all__ = ["possible_values"]

_HIGHEST = Decimal(100)
_DIGITS = "0123456789"
# More possibilities than this say nothing.
_MOST = 200
_PIECE = re.compile(r"3/|\d|.", re.DOTALL)
_SCORE = re.compile(r"(?:0|[1-9]\d?|100)(?:\.\d{1,2})?|00\.00")
# What each mark inside of a number may stand for; "3/" is a seven cut in two.
_MEANS: dict[str, tuple[str, ...]] = {
    "3/": ("7", "3"),
    "/": ("", "."),
    ".": (".", ""),
    ",": (".", ""),
    ":": (".", ""),
    "?": tuple(_DIGITS),
    "*": tuple(_DIGITS),
    "O": ("0",),
    "o": ("0",),
    "I": ("1",),
    "l": ("1",),
    "|": ("1", ""),
}


def possible_values(token: str) -> tuple[Decimal, ...]:
    """The scores that a broken token may stand for, smallest first; none where it is hopeless.

    Args:
        token: The token in Arabic digits, without blanks.

    >>> [str(value) for value in possible_values("3/5.00")]
    ['35.00', '75.00']
    >>> [str(value) for value in possible_values("12..5")]
    ['12.5']
    """
    pieces = [_MEANS.get(piece, (piece,)) for piece in _PIECE.findall(token)]
    if prod(map(len, pieces)) > _MOST:
        return ()
    told = {"".join(choice) for choice in product(*pieces)}
    # Where a point is printed, a point is meant.
    pointed = "." in token
    values = {Decimal(text) for text in told if _SCORE.fullmatch(text) and pointed <= ("." in text)}
    return tuple(sorted(value for value in values if value <= _HIGHEST))

"""Decides what the doubtful codes of one list mean: never by luck.

A list is what one table (or one run of paragraphs) names in order. A token that carries
its letter decides itself. A token of digits alone ("14", "๑๑๑", "๕๑๐", "7") is decided by
the evidence around it:

* the instrument of its row (i under IIT, e under EIT, o under OIT),
* the order: the code before or after it in the list,
* its title, compared with the catalogue's question of that code.

Each piece of evidence votes; a token is decided only if one candidate has enough and no
other has as much. The rule says which evidence decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from parsers.knowledge.titles import match_question
from parsers.reading.codes import candidates, code_number, code_prefix, instrument_of

__all__ = ["Resolved", "Token", "resolve"]

_CERTAIN = {"exact", "zero-for-o"}
# Votes: two independent pieces of evidence, or one strong title, decide.
_TITLE_VOTE = 2.0
_WEAK_TITLE_VOTE = 1.0
_ORDER_VOTE = 1.0
_INSTRUMENT_VOTE = 1.0
_AGAINST = -2.0
_NEEDED = {"digit-for-letter": 1.0, "lookalike-for-i": 0.0, "letter-left-out": 2.0}
_STRONG_TITLE = 0.75
_WEAK_TITLE = 0.5


class Token(NamedTuple):
    """A printed token that may be a code, with what stands around it.

    `instrument` is IIT, EIT or OIT where the row or the heading says so; `title` the text
    after the token; `led` whether a word such as ข้อ stands before it.
    """

    token: str
    title: str
    instrument: str | None
    led: bool


class Resolved(NamedTuple):
    """The code of a token and the rule that gave it; `unresolved` with an empty code."""

    code: str
    rule: str


class _Vote(NamedTuple):
    weight: float
    code: str
    rule: str


def resolve(tokens: Sequence[Token], *, year_be: int | None) -> list[Resolved | None]:
    """Decide every token of one list, in order; None where the token is no code at all.

    Args:
        tokens: The tokens in the order in which the page prints them.
        year_be: Fiscal year whose questionnaire is used to compare titles.
    """
    options = [candidates(token.token) for token in tokens]
    settled = [_certain(choice) for choice in options]
    for _ in range(2):  # a second pass lets a decided neighbour support the next one
        for index, token in enumerate(tokens):
            if settled[index] is None and options[index]:
                settled[index] = _decide(token, options[index], settled, index, year_be)
    return [
        _unless_plain_number(token, choice, result)
        for token, choice, result in zip(tokens, options, settled, strict=True)
    ]


def _certain(choice: list[tuple[str, str]]) -> Resolved | None:
    if choice and choice[0][1] in _CERTAIN:
        return Resolved(*choice[0])
    return None


def _unless_plain_number(
    token: Token, choice: list[tuple[str, str]], result: Resolved | None
) -> Resolved | None:
    if result is not None:
        return result
    return Resolved("", "unresolved") if choice and token.led else None


def _decide(
    token: Token,
    choice: list[tuple[str, str]],
    settled: Sequence[Resolved | None],
    index: int,
    year_be: int | None,
) -> Resolved | None:
    titles = _title_scores(token, choice, year_be)
    votes = sorted(
        (_vote(token, code, rule, titles, settled, index) for code, rule in choice), reverse=True
    )
    best = votes[0]
    kind = dict(choice)[best.code]
    clear = len(votes) == 1 or best.weight > votes[1].weight
    if clear and best.weight >= _NEEDED[kind]:
        return Resolved(best.code, best.rule)
    return None


def _title_scores(
    token: Token, choice: list[tuple[str, str]], year_be: int | None
) -> dict[str, float]:
    if not token.title.strip():
        return {}
    wanted = {code for code, _ in choice}
    found = match_question(token.title, year_be=year_be)
    return {match.code: match.score for match in found if match.code in wanted}


def _vote(
    token: Token,
    code: str,
    rule: str,
    titles: dict[str, float],
    settled: Sequence[Resolved | None],
    index: int,
) -> _Vote:
    weight = 0.0
    reasons: list[str] = []
    if token.instrument:
        agrees = instrument_of(code) == token.instrument
        weight += _INSTRUMENT_VOTE if agrees else _AGAINST
        reasons += ["instrument"] if agrees else []
    if _follows(code, settled, index):
        weight += _ORDER_VOTE
        reasons.append("order")
    similarity = titles.get(code, 0.0)
    if similarity >= _WEAK_TITLE:
        weight += _TITLE_VOTE if similarity >= _STRONG_TITLE else _WEAK_TITLE_VOTE
        reasons.append("title")
    return _Vote(weight, code, "-".join([rule, "by", *reasons]) if reasons else rule)


def _follows(code: str, settled: Sequence[Resolved | None], index: int) -> bool:
    """Whether the nearest decided code on either side is this one's neighbour in number."""
    for step in (-1, 1):
        at = index + step
        if 0 <= at < len(settled) and settled[at] and settled[at].code:  # type: ignore[union-attr]
            other = settled[at].code  # type: ignore[union-attr]
            same = code_prefix(other) == code_prefix(code)
            if same and code_number(code) - code_number(other) == -step:
                return True
    return False

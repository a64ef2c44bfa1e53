"""Which agencies and places a text names: the document's own, nearly its own, and others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex
from rapidfuzz.distance import Levenshtein

from parsers.knowledge import places
from parsers.model import Agency, Mention
from parsers.reading.agencies import AgencyType
from parsers.reading.namewords import TypeWord, pattern, type_pattern, type_words
from parsers.reading.placenames import chain_after
from parsers.text.stream import Stream

__all__ = ["agency_mentions"]

_BLANKS = regex.compile(r"\s+")
_TAIL = regex.compile(r"[ \u00a0]?\n?[ ]?(?P<tail>[ก-๎][ก-๎ \n]{1,60})")
_LISTED_BEFORE = regex.compile(r"([ก-๎]+)[ ,\n]+(?:และ)?")
# How many letters may be wrong in a name of so many before it is another name.
_SLIPS = ((18, 3), (7, 2), (4, 1))
# How far around a name the words stand that make a partner of it.
_BEFORE, _AFTER = 60, 45
_CLOSING = ("”", '"', "’", "'", "»")
_LONGEST_OFFICE = 45
_BROADER_LINE = 25


class _Found(NamedTuple):
    """A type word at `start` with the name proper from `begin` to `end`."""

    start: int
    begin: int
    end: int
    word: TypeWord
    tail: str
    sure: bool


class _Own(NamedTuple):
    """The document's own agency: its name, and the name proper after the type word."""

    agency: Agency
    word: str
    tail: str


def agency_mentions(stream: Stream, own: Agency | None, *, table: bool) -> Iterator[Mention]:
    """The agencies whose names are made of places, and their places, in order.

    Args:
        stream: Running text, or the cells of the tables.
        own: The agency of the document.
        table: Whether the text is that of tables.
    """
    known = _own(own) if own else None
    unsure: list[_Found] = []
    others: set[str] = set()
    for found in _found(stream.text, known):
        if found.sure:
            others.add(found.tail)
            yield from _mentions(stream, found, known, table=table)
        else:
            unsure.append(found)
    for found in unsure:
        tail = next((name for name in others if found.tail.startswith(name)), None)
        if tail:
            sure = found._replace(tail=tail, end=_end(stream.text, found.begin, len(tail)))
            yield from _mentions(stream, sure, known, table=table)
    if known and not known.word:
        yield from _misspelt(stream, known, table=table)


def _found(text: str, own: _Own | None) -> Iterator[_Found]:
    for match in type_pattern().finditer(text):
        word = type_words()[_BLANKS.sub("", match[0])]
        tail = _TAIL.match(text, match.end())
        if tail and (named := _tail(text, tail, word.kind, own)):
            name, sure = named
            begin = tail.start("tail")
            yield _Found(match.start(), begin, _end(text, begin, len(name)), word, name, sure)


def _mentions(stream: Stream, found: _Found, own: _Own | None, *, table: bool) -> Iterator[Mention]:
    """The agency, and where it lies if it is the document's own."""
    kind, standing = found.word
    begins = kind.names[1] if standing == "odd" else kind.names[0]
    mine = own is not None and (found.tail == own.tail or _near(own.tail, found.tail))
    role = _role(stream, found.start, found.end, table=table, mine=mine)
    yield from _mention(stream, found.start, found.end, begins + found.tail, role)
    if mine and (chain := chain_after(stream.text, found.end)):
        yield from chain.mentions(stream, role)


def _own(agency: Agency) -> _Own | None:
    for word, held in type_words().items():
        if held.standing == "full" and agency.name.startswith(word):
            return _Own(agency, word, agency.name[len(word) :])
    return _Own(agency, "", agency.name)


def _mention(stream: Stream, start: int, end: int, name: str, role: str) -> Iterator[Mention]:
    box = stream.box(start, end)
    if box is not None:
        printed = _BLANKS.sub(" ", stream.text[start:end]).strip()
        yield Mention("agency", printed, name, role, stream.page(start), box)


def _tail(
    text: str, match: regex.Match[str], kind: AgencyType, own: _Own | None
) -> tuple[str, bool] | None:
    """The name proper that stands after a type word, and whether it surely is one."""
    raw = match["tail"]
    other = _listed(raw, kind)
    if own and own.word:
        letters = _BLANKS.sub("", raw)
        if letters.startswith(own.tail) and (not other or len(other) <= len(own.tail)):
            return own.tail, True
        near = None if other else _nearly(own.tail, raw)
        if near:
            return near, True
    if other:
        return other, True
    token = raw.split()[0]
    if kind.unit == "province" or pattern("place.none").match(token):
        return None
    return token, _is_name(text, match.start("tail"), token)


def _is_name(text: str, at: int, token: str) -> bool:
    """Whether a word that is in no list is a name all the same: quoted, or with its place."""
    end = at + len(token)
    return text[end : end + 1] in _CLOSING or _placed(text, end)


def _placed(text: str, at: int) -> bool:
    """Whether a district and a province follow: then what stands before is a name."""
    chain = chain_after(text, at)
    return chain is not None and bool(chain.district and chain.province)


def _listed(raw: str, kind: AgencyType) -> str | None:
    """The place of the list that a text begins with, where nothing but a word follows it."""
    for token in (raw.split(maxsplit=1)[0], _BLANKS.sub("", raw.split(" ", maxsplit=1)[0])):
        known = places.longest_prefix(token, unit=kind.unit or "tambon")
        if known and (len(known) == len(token) or _goes_on(token, known)):
            return known
    return None


def _goes_on(token: str, known: str) -> bool:
    """Whether a word follows a name at once; "และ" is a tambon too, but hardly this one."""
    if pattern("place.none").fullmatch(known):
        return False
    return pattern("agency.follows").match(token, len(known)) is not None


def _end(text: str, start: int, letters: int) -> int:
    """Where so many letters end, blanks and line ends inside left uncounted."""
    at = start
    while letters and at < len(text):
        letters -= not text[at].isspace()
        at += 1
    return at


def _nearly(own: str, raw: str) -> str | None:
    """The beginning of a text that is the own name but for a letter or two."""
    letters = _BLANKS.sub("", raw)
    token = raw.split(maxsplit=1)[0]
    slips = _slips(own)
    best: tuple[int, bool, int] | None = None
    for length in range(len(own) - slips, len(own) + slips + 1):
        part = letters[:length]
        wrong = Levenshtein.distance(own, part, score_cutoff=slips)
        if len(part) == length and 0 < wrong <= slips:
            rank = (wrong, part != token, -length)
            best = min(best, rank) if best else rank
    if best is None:
        return None
    part = letters[: -best[2]]
    # A name that only lacks its end was cut off by the page or the cell.
    return None if own.startswith(part) else part


def _near(own: str, name: str) -> bool:
    return 0 < Levenshtein.distance(own, name) <= _slips(own)


def _slips(name: str) -> int:
    return next((slips for length, slips in _SLIPS if len(name) >= length), 0)


def _role(stream: Stream, start: int, end: int, *, table: bool, mine: bool) -> str:
    text = stream.text
    line = stream.line_start(start)
    before = text[line:start].strip()
    if len(before) <= _LONGEST_OFFICE and before and pattern("agency.signed").match(before):
        return "signature"
    if not mine and _of_partner(text, start, end):
        return "partner"
    if table:
        return "table"
    if stream.page(start) == stream.pages[0]:
        line_end = text.find("\n", end)
        whole = (line_end if line_end >= 0 else len(text)) - line
        return "title" if whole - (end - start) <= _BROADER_LINE else "text"
    return "text"


def _of_partner(text: str, start: int, end: int) -> bool:
    """Whether somebody else is meant: visited, compared with, one in a list of agencies."""
    before, after = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
    if pattern("agency.partners").search(before + " " + after[: _AFTER // 2]):
        return True
    return bool(type_pattern().match(after.lstrip(" ,\n")) or _ends_in_name(before))


def _ends_in_name(before: str) -> bool:
    """Whether the name of another agency stands directly before, in a list."""
    last = None
    for match in type_pattern().finditer(before):
        last = match
    if last is None:
        return False
    between = _LISTED_BEFORE.fullmatch(before, last.end())
    unit = type_words()[_BLANKS.sub("", last[0])].kind.unit or "tambon"
    return between is not None and places.longest_prefix(between[1], unit=unit) == between[1]


# ---- names of other kinds ------------------------------------------------------------------------


def _misspelt(stream: Stream, own: _Own, *, table: bool) -> Iterator[Mention]:
    """Places that print the own name of a university, hospital or office with a slip."""
    name, slips = own.tail, min(2, _slips(own.tail))
    head = name[: max(4, len(name) // 3)]
    at = stream.text.find(head)
    while at >= 0:
        raw = stream.text[at : at + len(name) + 12]
        near = _nearly_whole(name, raw, slips)
        if near:
            end = _end(stream.text, at, len(near))
            role = _role(stream, at, end, table=table, mine=True)
            yield from _mention(stream, at, end, near, role)
        at = stream.text.find(head, at + len(head))


def _nearly_whole(name: str, raw: str, slips: int) -> str | None:
    match = regex.match(r"[ก-๎0-9๐-๙ \n]+", raw)
    if not match or _BLANKS.sub("", raw).startswith(name):
        return None
    near = _nearly(name, match[0])
    if near is None or Levenshtein.distance(name, near) > slips:
        return None
    edits = Levenshtein.editops(name, near)
    changed = {name[e.src_pos : e.src_pos + 1] for e in edits if e.tag != "insert"}
    changed |= {near[e.dest_pos : e.dest_pos + 1] for e in edits if e.tag != "delete"}
    # Another number, another agency.
    return None if any(c.isdigit() for c in changed) else near

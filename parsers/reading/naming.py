"""Which agencies, places and years a document names, each with its first few places.

This is what the audit compares: the own name in two spellings, another agency's name in a
copied text, a heading of another year than all the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from parsers.model import Box, Grid, Identity, Mention
from parsers.reading.agencynames import agency_mentions
from parsers.reading.placenames import place_mentions
from parsers.reading.yearnames import heading_years, table_years, text_years
from parsers.text.stream import Stream

__all__ = ["read_names"]

# So many places of one name in one role are kept.
_KEPT = 3


def read_names(
    stream: Stream, grids: Sequence[Grid], identity: Identity, *, several: bool
) -> tuple[Mention, ...]:
    """All names of a document, in reading order inside each kind.

    Args:
        stream: The running text.
        grids: The tables.
        identity: Whose document it is.
        several: Whether a table lists several agencies: then its cells name those.
    """
    return tuple(_compact(_all(stream, grids, identity, several=several)))


def _all(
    stream: Stream, grids: Sequence[Grid], identity: Identity, *, several: bool
) -> Iterator[Mention]:
    if stream.lines:
        captions = {id(line) for grid in grids for line in grid.caption}
        headings = list(heading_years(stream, captions))
        yield from (mention for _, mention in headings)
        yield from text_years(stream, {position for position, _ in headings})
    yield from table_years(grids)
    texts = [(stream, False)]
    if not several:
        texts.append((_cells(grids), True))
    for text, table in texts:
        if text.lines:
            yield from agency_mentions(text, identity.agency, table=table)
            yield from place_mentions(text, identity.agency, table=table)


def _cells(grids: Sequence[Grid]) -> Stream:
    """The cells of all tables as one text."""
    cells = [cell for grid in grids for cell in grid.cells if cell.text]
    starts: list[int] = []
    length = 0
    for cell in cells:
        starts.append(length)
        length += len(cell.text) + 2
    return Stream(
        "\n\n".join(cell.text for cell in cells),
        tuple(starts),
        tuple(cell.passage for cell in cells),
        tuple(cell.page for cell in cells),
    )


def _compact(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Each distinct name in its role with its first places; one heading counts once."""
    seen: Counter[tuple[str, ...]] = Counter()
    places: set[tuple[str, int, Box]] = set()
    for mention in mentions:
        place = (mention.kind, mention.page, mention.box)
        if place in places:
            continue
        places.add(place)
        running = mention.context if mention.kind == "year" else ""
        key = (mention.kind, mention.name, mention.role, mention.of, running)
        seen[key] += 1
        if seen[key] <= (1 if running else _KEPT):
            yield mention

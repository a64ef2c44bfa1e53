"""Sorts the scores of a document into sets that speak of the same thing.

A set holds the scores of one agency and one fiscal year. Usually that is the whole
document: what the memo says must be what the table says. But a document also prints the
national average beside its own scores, two parts of the EIT under each other, or two
agencies of one name. Such blocks are told apart by what they say: a table that
contradicts the rest in most of what they share does not speak of the same thing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from parsers.model import Report, Score
from parsers.reading.codes import candidates as codes_of_token
from pipeline.audit.precision import precisions
from pipeline.audit.quantities import Key, Quantity, key_of, quantity

__all__ = ["ScoreSet", "named_scores", "printed_code", "renumbered", "score_sets"]

# So many quantities must be shared before a contradiction says "something else".
_TELLING = 3
_EIT_INDICATORS = frozenset({"6", "7", "8"})
_EIT_CODES = _EIT_INDICATORS | {"EIT", "EIT1", "EIT2"}
_CERTAIN_RULES = frozenset({"exact", "zero-for-o"})

Precision = Callable[[Score], int]


@dataclass(frozen=True, slots=True)
class ScoreSet:
    """The scores of one agency and year that must agree with each other.

    Attributes:
        agency_name_printed: Name in a table of several agencies; None for the document's own.
        year_be: Fiscal year, None where unknown.
        scores: The scores, those of one quantity together.
        quantities: The same, by what they are of.
    """

    agency_name_printed: str | None
    year_be: int | None
    scores: tuple[Score, ...]
    quantities: Mapping[Key, Quantity]


@dataclass(slots=True)
class _Block:
    """Scores that certainly belong together: one run of a table, the sentences of a page.

    `apart`: they are not what the rest of the document speaks of.
    """

    scores: list[Score] = field(default_factory=list)
    apart: bool = False

    def keys(self) -> set[Key]:
        return {key_of(score) for score in self.scores}


def score_sets(report: Report) -> tuple[ScoreSet, ...]:
    """The sets of scores of a document, in the order in which they first appear."""
    precision = precisions(report.scores)
    groups: defaultdict[tuple[str | None, int | None], list[Score]] = defaultdict(list)
    for score in named_scores(report.scores):
        groups[score.agency_name_printed, score.year_be].append(score)
    sets = []
    for (agency, year), scores in groups.items():
        for quantities in _joined(_blocks(scores), agency, year, precision):
            members = tuple(s for held in quantities.values() for s in held.scores)
            sets.append(ScoreSet(agency, year, members, quantities))
    return tuple(sets)


def printed_code(score: Score) -> str | None:
    """The question code that is printed, where it decides itself; else None.

    A reader may have put another code in its place because the title says so.
    """
    if score.code_rule in _CERTAIN_RULES:
        return score.code
    found = codes_of_token(score.code_printed)
    return found[0][0] if found and found[0][1] in _CERTAIN_RULES else None


def named_scores(scores: Iterable[Score]) -> list[Score]:
    """The scores whose code is known and means one thing.

    Where a table's codes were corrected by their titles, a sentence that names the printed
    code may mean either question: it takes no part.
    """
    known = [score for score in scores if score.code]
    ambiguous = renumbered(known)
    if not ambiguous:
        return known
    return [s for s in known if s.place != "sentence" or s.code not in ambiguous]


def renumbered(scores: Iterable[Score]) -> frozenset[str]:
    """The printed question codes in whose place the titles of a table put others."""
    return frozenset(
        printed
        for score in scores
        if score.level == "question"
        and score.place != "sentence"
        and (printed := printed_code(score)) is not None
        and printed != score.code
    )


def _quantities(scores: Iterable[Score], precision: Precision) -> dict[Key, Quantity]:
    by_key: defaultdict[Key, list[Score]] = defaultdict(list)
    for score in scores:
        by_key[key_of(score)].append(score)
    return {key: quantity(key, held, precision) for key, held in by_key.items()}


# ---- blocks ---------------------------------------------------------------------------------


def _blocks(scores: Sequence[Score]) -> list[_Block]:
    containers: defaultdict[tuple[object, ...], list[Score]] = defaultdict(list)
    for score in scores:
        if score.table_no is not None:
            containers["table", score.table_no].append(score)
        else:
            containers[score.place, score.page].append(score)
    blocks: list[_Block] = []
    for (kind, _), held in containers.items():
        if kind != "table":
            blocks.append(_Block(held))
            continue
        rest, lanes = _lanes(held)
        blocks += lanes
        if rest:
            blocks += _rows(rest) if rest[0].agency_name_printed is not None else _series(rest)
    return blocks


def _lanes(scores: Sequence[Score]) -> tuple[list[Score], list[_Block]]:
    """Take out what one row prints twice with two values: its columns mean different things.

    The two parts of the EIT, the national average, the year before: where the headings did
    not tell the columns apart, nobody knows which value is the agency's own.
    """
    by_row: defaultdict[tuple[Key, int | None], list[Score]] = defaultdict(list)
    for score in scores:
        by_row[key_of(score), score.row_no].append(score)
    doubled = {
        key
        for (key, row), held in by_row.items()
        if row is not None and len({score.value for score in held}) > 1
    }
    if not doubled:
        return list(scores), []
    lanes: defaultdict[int, _Block] = defaultdict(lambda: _Block(apart=True))
    for (key, _), held in by_row.items():
        if key in doubled:
            for number, score in enumerate(sorted(held, key=lambda s: s.box.x0)):
                lanes[number].scores.append(score)
    return [score for score in scores if key_of(score) not in doubled], list(lanes.values())


def _rows(scores: Sequence[Score]) -> list[_Block]:
    """The rows of one name in a table of agencies: two agencies where a quantity comes again."""
    blocks: list[_Block] = []
    row_of: dict[Key, int | None] = {}
    for score in sorted(scores, key=_reading_order):
        key = key_of(score)
        if not blocks or row_of.get(key, score.row_no) != score.row_no:
            blocks.append(_Block())
            row_of = {}
        row_of[key] = score.row_no
        blocks[-1].scores.append(score)
    return blocks


def _series(scores: Sequence[Score]) -> list[_Block]:
    """A table that prints most of its quantities k times holds k series, not mistakes.

    The same for a part of it: the questions of both parts of the EIT under each other, all
    called e1 to e9. Series that contradict each other are set apart, as columns are.
    """
    by_key: defaultdict[Key, list[Score]] = defaultdict(list)
    for score in sorted(scores, key=_reading_order):
        by_key[key_of(score)].append(score)
    if _times(by_key) > 1:
        return _split(by_key)
    families: defaultdict[str, dict[Key, list[Score]]] = defaultdict(dict)
    for key, held in by_key.items():
        families[_family(key.code)][key] = held
    rest = _Block()
    blocks = [rest]
    for family in families.values():
        if _times(family) > 1:
            blocks += _split(family)
        else:
            rest.scores += [score for held in family.values() for score in held]
    return blocks if rest.scores else blocks[1:]


def _times(by_key: Mapping[Key, Sequence[Score]]) -> int:
    """How many times a list prints its quantities, where it does so regularly; else 1."""
    times, keys = Counter(len(held) for held in by_key.values()).most_common(1)[0]
    return times if keys >= _TELLING else 1


def _family(code: str) -> str:
    """Codes that a list repeats together: questions of an instrument, its indicators."""
    if code.isdigit():
        return "EIT indicators" if code in _EIT_INDICATORS else "indicators"
    return code.rstrip("0123456789") if code[0] in "ieo" else "summary"


def _split(by_key: Mapping[Key, Sequence[Score]]) -> list[_Block]:
    times = _times(by_key)
    regular = [held for held in by_key.values() if len(held) == times]
    against = sum(len({score.value for score in held}) > 1 for held in regular)
    blocks = [_Block(apart=2 * against > len(regular)) for _ in range(times)]
    for held in by_key.values():
        for number, score in enumerate(held):
            blocks[min(number, times - 1)].scores.append(score)
    return blocks


def _reading_order(score: Score) -> tuple[int, float, float]:
    row = score.row_no if score.row_no is not None else 0
    return (row, score.page + score.box.top / 1e5, score.box.x0)


# ---- blocks that speak of the same ----------------------------------------------------------


def _joined(
    blocks: list[_Block], agency: str | None, year: int | None, precision: Precision
) -> list[dict[Key, Quantity]]:
    """Put blocks together unless they contradict each other in most of what they share."""
    if len(blocks) == 1 or (agency is not None and _namesakes(blocks)):
        return [_quantities(block.scores, precision) for block in blocks]
    _set_eit_parts_apart(blocks, precision)
    sets: list[dict[Key, Quantity]] = []
    others: list[dict[Key, Quantity]] = []
    for block in sorted(blocks, key=lambda b: (b.scores[0].table_no is None, -len(b.keys()))):
        mine = _quantities(block.scores, precision)
        home = None
        if not block.apart:
            home = next((s for s in sets if _same_thing(s, mine, year)), None)
        if home is None:
            (sets if not block.apart else others).append(mine)
        else:
            _add(home, mine, precision)
    return [*sets, *others]


def _add(home: dict[Key, Quantity], more: Mapping[Key, Quantity], precision: Precision) -> None:
    for key, held in more.items():
        before = home.get(key)
        both = held if before is None else quantity(key, before.scores + held.scores, precision)
        home[key] = both


def _namesakes(blocks: Iterable[_Block]) -> bool:
    """Whether one table holds the name twice: then nobody knows which row is which."""
    tables = Counter(block.scores[0].table_no for block in blocks)
    return any(times > 1 for times in tables.values())


def _same_thing(
    held: Mapping[Key, Quantity], mine: Mapping[Key, Quantity], year: int | None
) -> bool:
    shared, against = _compare(held, mine)
    if year is None:
        return not against
    return shared < _TELLING or 2 * against <= shared


def _compare(held: Mapping[Key, Quantity], mine: Mapping[Key, Quantity]) -> tuple[int, int]:
    """How many readable quantities two blocks share, and in how many they contradict."""
    shared = against = 0
    for key, own in mine.items():
        other = held.get(key)
        if other is None or not own.candidates or not other.candidates:
            continue
        shared += 1
        against += all(a.interval.gap(b.interval) for a in own.candidates for b in other.candidates)
    return shared, against


def _set_eit_parts_apart(blocks: Sequence[_Block], precision: Precision) -> None:
    """Mark the blocks that hold the EIT indicators alone and contradict each other.

    From FY2566 the EIT is asked in two parts; each part's table prints indicators 6 to 8
    with its own values. Neither is the agency's score.
    """
    alone = [block for block in blocks if _only_eit(block)]
    found = [_quantities(block.scores, precision) for block in alone]
    for index, block in enumerate(alone):
        for other in range(len(alone)):
            shared, against = _compare(found[index], found[other])
            if other != index and shared > 1 and 2 * against > shared:
                block.apart = True


def _only_eit(block: _Block) -> bool:
    codes = {s.code for s in block.scores if s.level in ("instrument", "indicator", "total")}
    return len(codes & _EIT_INDICATORS) > 1 and codes <= _EIT_CODES

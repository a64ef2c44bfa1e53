"""The words that damaged Thai text was printed from.

Text layers lose, move and double the marks above and below the letters, and tear words
apart; the letters themselves survive. So a stretch of text is read as a row of letters
with whatever marks and blanks are found on them, and the cheapest row of dictionary words
that could have come out so is looked for (a word costs what its rarity says, each kind of
damage what the `Channel` says; a letter in no word costs more than most damage).

Only words of the dictionary are ever respelt: a name, a foreign word or a misspelling of
the author that no damage explains stays as it is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from math import inf
from typing import NamedTuple

from parsers.words import AM_MARK, MARKS, REACH, lexicon, marks_of

__all__ = ["WILD", "Channel", "Respelling", "reading_cost", "reads", "respell"]

# A character that stands for a mark (or marks) which the text layer could not name.
WILD = "\ufffd"

_UNKNOWN_LETTER = 11.0
_IDLE_WILD = 6.0  # a character that should be a mark but is none
_LONE_BLANK = 0.3
_CERTAIN_BLANK = 1.0
_BLANK_BEFORE_AA = 4.0  # dearer than half a sara am that is a blank
_STEPS_BACK = "าะๅ"  # vowels that cannot begin a word: a blank before them is damage
_TALL = "ปฝฟ"
_SIGNS = "่้๊๋์"
_LEADING = "เแโใไ"  # vowels that cannot end one


@dataclass(frozen=True, slots=True)
class Channel:
    """What may have happened to the text, and how readily it is believed; `inf` = never.

    Attributes:
        late: A mark came one letter late ("จงั หวดั").
        spaced: A blank inside a word, where words could also be parted ("ปรั บปรุ ง").
        am_blank: The upper half of sara am is a blank ("ด าเนินการ").
        am_lost: The upper half of sara am is gone ("ดาเนินการ").
        am_extra: Sara aa became sara am ("กำรประเมิน").
        lost: Any other mark is gone ("หนวยงาน").
        wild: A mark is a character that says nothing (`WILD`).
        doubled: A mark stands twice, perhaps instead of another ("น้้า").
    """

    late: float = inf
    spaced: float = inf
    am_blank: float = 0.5
    am_lost: float = inf
    am_extra: float = inf
    lost: float = inf
    wild: float = 0.5
    doubled: float = 2.0


# Blanks of a clean line part words; marks are where they belong.
_UNDAMAGED = Channel(am_blank=inf, wild=inf, doubled=inf)


class Respelling(NamedTuple):
    """Respelt text, the index of the printed character for each, and repairs by kind.

    The indexes never fall: where marks changed places, the places count, not the marks.
    """

    text: str
    source: list[int]
    repairs: Counter[str]


def respell(text: str, channel: Channel) -> Respelling | None:
    """Respell a stretch of Thai letters, marks, `WILD` and blanks; None to leave it.

    >>> respell("จงั หวดั ชยั ภมู ิ", Channel(late=3.0)).text
    'จังหวัดชัยภูมิ'
    >>> respell("คอนตะหิน", Channel(late=3.0)) is None
    True
    """
    zone = _parse(text)
    if len(zone.letters) < 2:
        return None
    path = _cheapest(zone, channel)
    if not any(step.repairs for step in path):
        return None
    return _written(text, zone, path)


def reading_cost(text: str) -> float:
    """How badly a stretch reads as it stands: the cost of its cheapest row of words."""
    zone = _parse(text)
    path = _cheapest(zone, _UNDAMAGED)
    return path[-1].cost if path else 0.0


@lru_cache(maxsize=4096)
def reads(text: str) -> bool:
    """Whether a stretch is a row of dictionary words as it stands.

    >>> reads("กำหนดให้"), reads("เพมิ่")
    (True, False)
    """
    zone = _parse(text)
    return all(step.word for step in _cheapest(zone, _UNDAMAGED))


# ---- letters, marks and blanks -------------------------------------------------------------------


@dataclass(slots=True)
class _Zone:
    """The letters of a stretch; for each its marks (sorted), and the blanks about it."""

    letters: str = ""
    at: list[int] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    marks_at: list[list[int]] = field(default_factory=list)
    inner: list[bool] = field(default_factory=list)  # a blank between letter and mark
    gap: list[bool] = field(default_factory=list)  # a blank after letter and marks


def _parse(text: str) -> _Zone:
    zone = _Zone()
    letters: list[str] = []
    blank = False
    for place, char in enumerate(text):
        if char in " \n":
            blank = True
            continue
        is_mark = char in MARKS or char == WILD
        if letters and (is_mark or char == "ำ"):
            zone.marks[-1] += char if is_mark else AM_MARK
            zone.marks_at[-1].append(place)
            zone.inner[-1] |= blank
        if not is_mark:
            if letters:
                zone.gap[-1] = blank and char != "ำ"
            letters.append("า" if char == "ำ" else char)
            zone.at.append(place)
            zone.marks.append("")
            zone.marks_at.append([])
            zone.inner.append(False)
            zone.gap.append(False)
        blank = False
    zone.letters = "".join(letters)
    zone.marks = ["".join(sorted(marks)) if len(marks) > 1 else marks for marks in zone.marks]
    return zone


# ---- the cheapest row of words -------------------------------------------------------------------


class _Step(NamedTuple):
    """A word (or a letter in none, `word` empty) on the way through the zone."""

    cost: float
    start: int
    pending: str  # marks that the word before owes to this one's first letter
    word: str
    repairs: tuple[str, ...]
    swallow: bool  # the blank after it came with a late mark


def _cheapest(zone: _Zone, channel: Channel) -> list[_Step]:
    size = len(zone.letters)
    best: list[dict[str, _Step]] = [{} for _ in range(size + 1)]
    best[0][""] = _Step(0.0, -1, "", "", (), False)
    for start in range(size):
        for pending, reached in best[start].items():
            _extend(zone, channel, best, start, pending, reached.cost)
    path = []
    place, pending = size, ""
    while place > 0:
        step = best[place][pending]
        path.append(step)
        place, pending = step.start, step.pending
    return path[::-1]


def _extend(
    zone: _Zone,
    channel: Channel,
    best: list[dict[str, _Step]],
    start: int,
    pending: str,
    cost: float,
) -> None:
    """Enter every word that can stand at `start`, and the letter as a part of none."""
    known = lexicon()
    letters = zone.letters
    if not pending:
        _enter(best[start + 1], "", _Step(cost + _UNKNOWN_LETTER, start, "", "", (), False))
    reach = known.longest.get(letters[start : start + REACH], REACH - 1)
    for length in range(1, min(reach, len(letters) - start) + 1):
        names = known.by_skeleton.get(letters[start : start + length])
        for word in names.split() if names else ():
            fit = _fit(zone, channel, start, word, pending)
            if fit is not None:
                step = _Step(
                    cost + known.costs[word] + fit.cost,
                    start,
                    pending,
                    word,
                    fit.repairs,
                    fit.swallow,
                )
                _enter(best[start + length], fit.pending, step)


def _enter(reached: dict[str, _Step], pending: str, step: _Step) -> None:
    held = reached.get(pending)
    if held is None or step.cost < held.cost:
        reached[pending] = step


# ---- how a word fits what is printed -------------------------------------------------------------


class _Fit(NamedTuple):
    cost: float
    repairs: tuple[str, ...]
    pending: str
    swallow: bool


_EXACT = _Fit(0.0, (), "", False)


def _fit(zone: _Zone, channel: Channel, start: int, word: str, pending: str) -> _Fit | None:
    """What it takes to get what is printed from a word; None where it cannot be."""
    wanted = marks_of(word)
    last = len(wanted) - 1
    if not pending and _is_exact(zone, start, wanted):
        return _EXACT
    cost, repairs, landed = 0.0, [], False
    for offset, want in enumerate(wanted):
        place = start + offset
        have = zone.marks[place]
        landed = bool(pending)
        if pending:
            rest = _without(have, pending)
            if rest is None:
                return None
            have, pending = rest, ""
        used_blank = False
        if have != want:
            ahead = wanted[offset + 1] if offset < last else None
            change = _change(zone, channel, place, want, have, ahead)
            if change is None:
                return None
            cost += change.cost
            repairs += change.repairs
            pending, used_blank = change.pending, change.used_blank
        blank = _blank_cost(zone, channel, place, offset == last, landed or used_blank)
        if blank is None:
            return None
        cost += blank[0]
        repairs += blank[1]
    return _Fit(cost, tuple(repairs), pending, landed and zone.gap[start + last])


def _is_exact(zone: _Zone, start: int, wanted: tuple[str, ...]) -> bool:
    end = start + len(wanted)
    return (
        tuple(zone.marks[start:end]) == wanted
        and True not in zone.gap[start : end - 1]
        and True not in zone.inner[start:end]
    )


def _without(marks: str, taken: str) -> str | None:
    """The marks without those taken; None where one of these is not there."""
    for mark in taken:
        if mark not in marks and WILD not in marks:
            return None
        marks = marks.replace(mark if mark in marks else WILD, "", 1)
    return marks


class _Change(NamedTuple):
    cost: float
    repairs: list[str]
    pending: str
    used_blank: bool


def _change(
    zone: _Zone, channel: Channel, place: int, want: str, have: str, ahead: str | None
) -> _Change | None:
    """Explain why a letter has other marks than it should.

    `ahead` is what the next letter of the word should have, None at its end.
    """
    missing, extra = _differ(want, have)
    next_is_aa = zone.letters[place + 1 : place + 2] == "า"
    cost, repairs, pending, used_blank = 0.0, [], "", False
    if AM_MARK in missing and next_is_aa and WILD not in extra:
        kind, price = _lost_am(zone, channel, place, want, extra)
        cost += price
        repairs.append(kind)
        used_blank = zone.gap[place] or zone.inner[place]
        missing = missing.replace(AM_MARK, "")
        extra = "" if kind == "doubled-mark" else extra
    if missing:
        pending = _late(zone, channel, place, missing, ahead)
        missing = _without(missing, pending) or ""
        cost += channel.late if pending else 0.0
        repairs += ["late-mark"] if pending else []
    for mark in dict.fromkeys(extra):
        price, kind = _extra(channel, mark, want, have, missing, next_is_aa=next_is_aa)
        cost += price
        repairs.append(kind)
        if mark == WILD:
            missing = ""
        elif kind == "doubled-mark" and mark not in want:
            missing = missing[1:]  # it stands where another should
    if missing:
        cost += channel.lost * len(missing) if _can_be_lost(zone, place, missing) else inf
        repairs.append("lost-mark")
    return _Change(cost, repairs, pending, used_blank) if cost < inf else None


def _can_be_lost(zone: _Zone, place: int, missing: str) -> bool:
    """Fonts lose the low marks: tones on a bare letter, any on a letter with a tall stem.

    A letter that stands alone is an abbreviation.
    """
    alone = place + 1 == len(zone.letters) or zone.gap[place]
    alone = alone and (place == 0 or zone.gap[place - 1])
    tall = zone.letters[place] in _TALL
    return not alone and (tall or all(mark in _SIGNS for mark in missing))


def _extra(
    channel: Channel, mark: str, want: str, have: str, missing: str, *, next_is_aa: bool
) -> tuple[float, str]:
    """What a mark that should not be there costs, and what it is."""
    if mark == WILD:
        return (channel.wild * len(missing) if missing else _IDLE_WILD, "unnamed-mark")
    if mark == AM_MARK and next_is_aa:
        return (channel.am_extra, "am-for-aa")
    if mark in want or (missing and have.count(mark) > 1):
        return (channel.doubled, "doubled-mark")
    return (inf, "")


def _differ(want: str, have: str) -> tuple[str, str]:
    """Marks that are missing, and those that should not be there."""
    missing = want
    extra = ""
    for mark in have:
        if mark in missing:
            missing = missing.replace(mark, "", 1)
        else:
            extra += mark
    return missing, extra


def _lost_am(zone: _Zone, channel: Channel, place: int, want: str, extra: str) -> tuple[str, float]:
    if zone.gap[place] or zone.inner[place]:
        return ("blank-for-am", channel.am_blank)
    if len(extra) == 1 and extra in want:  # น้้า for น้ำ: the tone stands twice
        return ("doubled-mark", channel.doubled)
    return ("aa-for-am", channel.am_lost)


def _late(zone: _Zone, channel: Channel, place: int, missing: str, ahead: str | None) -> str:
    """Which of the missing marks are found on the next letter, beyond its own."""
    if channel.late == inf or place + 1 >= len(zone.letters):
        return ""
    free = _differ(ahead or "", zone.marks[place + 1])[1]
    found = "".join(mark for mark in missing if mark in free)
    if len(found) < len(missing) and WILD in free:
        return missing
    return found if found == missing or WILD in zone.marks[place] else ""


def _blank_cost(
    zone: _Zone, channel: Channel, place: int, is_last: bool, explained: bool
) -> tuple[float, list[str]] | None:
    """What the blanks about a letter of a word cost, None where they part two words."""
    if explained or not (zone.inner[place] or zone.gap[place]):
        return (0.0, [])
    if zone.inner[place]:
        cost, repairs = _LONE_BLANK, ["blank-before-mark"]
    else:
        cost, repairs = 0.0, []
    if zone.gap[place] and not is_last:
        certain = zone.letters[place + 1] in _STEPS_BACK or zone.letters[place] in _LEADING
        price = _CERTAIN_BLANK if zone.letters[place + 1] != "า" else _BLANK_BEFORE_AA
        price = min(channel.spaced, price) if certain else channel.spaced
        if price == inf:
            return None
        cost += price
        repairs.append("blank-in-word")
    return (cost, repairs)


# ---- back to text --------------------------------------------------------------------------------


def _written(text: str, zone: _Zone, path: list[_Step]) -> Respelling:
    out: list[str] = []
    source: list[int] = []
    repairs: Counter[str] = Counter()
    size = len(zone.letters)
    for index, step in enumerate(path):
        end = path[index + 1].start if index + 1 < len(path) else size
        limit = zone.at[end] if end < size else len(text)
        owes = index + 1 < len(path) and bool(path[index + 1].pending)
        if step.repairs or step.pending or owes:
            places = _word_places(zone, step, end)
            out += step.word
            source += places
            if zone.gap[end - 1] and end < size and not step.swallow:
                blank = text.rfind(" ", 0, limit)
                out.append(" ")
                source.append(blank)
        else:
            first = zone.at[step.start] if index else 0
            out += text[first:limit]
            source += range(first, limit)
        repairs.update(step.repairs)
    return Respelling("".join(out), sorted(source), repairs)


def _word_places(zone: _Zone, step: _Step, end: int) -> list[int]:
    """For each character of a respelt word the place of a printed one."""
    places: list[int] = []
    letter = step.start - 1
    for char in step.word:
        if char in MARKS:
            held = zone.marks_at[letter]
            places.append(held[0] if len(held) == 1 else zone.at[letter])
        else:
            letter += 1
            places.append(zone.at[min(letter, end - 1)])
    return places

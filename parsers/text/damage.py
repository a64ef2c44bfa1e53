"""How damage to its marks and blanks turns a word into what is printed."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from parsers.text.words import AM_MARK, marks_of
from parsers.text.zones import WILD, Zone

__all__ = ["UNDAMAGED", "Channel", "Fit", "fit"]

_IDLE_WILD = 6.0  # a character that should be a mark but is none
_SECOND_MARK = 1.5  # … that stands for one mark more
_LONE_BLANK = 0.3
_CERTAIN_BLANK = 1.0
_BLANK_BEFORE_AA = 4.0  # dearer than half a sara am that is a blank
_STEPS_BACK = "าะๅ"  # vowels that cannot begin a word: a blank before them is damage
_LEADING = "เแโใไ"  # vowels that cannot end one
_TALL = "ปฝฟ"
_SIGNS = "่้๊๋์"


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
UNDAMAGED = Channel(am_blank=inf, wild=inf, doubled=inf)


class Fit(NamedTuple):
    """What a word needs to fit: cost, repairs by kind, marks it owes to the next word.

    `swallow` tells that the blank after it came with a late mark.
    """

    cost: float
    repairs: tuple[str, ...]
    pending: str
    swallow: bool


_EXACT = Fit(0.0, (), "", False)


def fit(zone: Zone, channel: Channel, start: int, word: str, pending: str) -> Fit | None:
    """What it takes to get what is printed from a word; None where it cannot be."""
    wanted = marks_of(word)
    last = len(wanted) - 1
    if _is_hopeless(zone, channel, start, wanted[0], pending):
        return None
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
    return Fit(cost, tuple(repairs), pending, landed and zone.gap[start + last])


def _is_hopeless(zone: Zone, channel: Channel, start: int, want: str, pending: str) -> bool:
    """Whether the first letter alone rules a word out (most words that are tried)."""
    have = zone.marks[start]
    if have == want or WILD in have:
        return False
    for mark in have:
        if mark not in want and mark not in pending and mark != AM_MARK and have.count(mark) == 1:
            return True
    if channel.lost < inf:
        return False
    ahead = zone.marks[start + 1] if start + 1 < len(zone.marks) else ""
    return WILD not in ahead and any(
        mark not in have and mark not in ahead and mark != AM_MARK for mark in want
    )


def _is_exact(zone: Zone, start: int, wanted: tuple[str, ...]) -> bool:
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
    zone: Zone, channel: Channel, place: int, want: str, have: str, ahead: str | None
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
        used_blank = True  # a glyph without a shape leaves its blank ("โปรง ใส")
    return _Change(cost, repairs, pending, used_blank) if cost < inf else None


def _can_be_lost(zone: Zone, place: int, missing: str) -> bool:
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
        more = _SECOND_MARK * (len(missing) - 1)
        return (channel.wild + more if missing else _IDLE_WILD, "unnamed-mark")
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


def _lost_am(zone: Zone, channel: Channel, place: int, want: str, extra: str) -> tuple[str, float]:
    if zone.gap[place] or zone.inner[place]:
        return ("blank-for-am", channel.am_blank)
    if len(extra) == 1 and extra in want:  # น้้า for น้ำ: the tone stands twice
        return ("doubled-mark", channel.doubled)
    return ("aa-for-am", channel.am_lost)


def _late(zone: Zone, channel: Channel, place: int, missing: str, ahead: str | None) -> str:
    """Which of the missing marks are found on the next letter, beyond its own."""
    if channel.late == inf or place + 1 >= len(zone.letters):
        return ""
    free = _differ(ahead or "", zone.marks[place + 1])[1]
    found = "".join(mark for mark in missing if mark in free)
    if len(found) < len(missing) and WILD in free:
        return missing
    return found if found == missing or WILD in zone.marks[place] else ""


def _blank_cost(
    zone: Zone, channel: Channel, place: int, is_last: bool, explained: bool
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

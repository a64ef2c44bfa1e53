"""Marks that a text layer prints as digits and signs: "ผู/บริหาร", "แก2นักศึกษา".

Some fonts of old print drivers name their glyphs of tone marks after ASCII characters. In
one document one character always stands for one mark; which, the dictionary tells from
the words that result. A digit or sign is only ever replaced where the word needs a mark.
"""

from __future__ import annotations

import re
from collections import Counter

from parsers.text.spelling import reading_cost

__all__ = ["StandIns", "find_stand_ins", "read_stand_in"]

StandIns = tuple[tuple[str, str], ...]

_CANDIDATE = re.compile(r"[0-9:;=/\\!$&*+<>?@^_|~#%](?<=[ก-ฮัิ-ู].)(?=[ก-ฮะาเ-ไ])")
_BEFORE = re.compile("[ก-ฮะ-ฺเ-๎]{1,14}$")
_AFTER = re.compile("[ก-ฮะ-ฺเ-๎]{1,14}")
_MARKS = "่้์๊๋ีิัื็ึ"
# A page with fewer of them, or with one kind only, has slashes and list numbers.
_LEAST_PLACES, _LEAST_KINDS, _LEAST_OF_KIND = 8, 2, 3
_MOST_KINDS = 6
_TRIED = 8
_MAJORITY = 0.6
_GAIN = 6.0
# Once known for the page, it is taken where it does no harm: แก่ and แก are both words.
_TOLERATED = -2.0


def find_stand_ins(page: str) -> StandIns:
    """Which characters stand for which marks on a page; mostly none.

    >>> find_stand_ins("หน2วยงานส2งเสริมอย2างต2อเนื่อง สร/างความรู/ให/ทุกคนได/ใช/งาน")
    (('/', '้'), ('2', '่'))
    """
    places: dict[str, list[int]] = {}
    for match in _CANDIDATE.finditer(page):
        places.setdefault(match[0], []).append(match.start())
    kinds = [char for char, found in places.items() if len(found) >= _LEAST_OF_KIND]
    if sum(map(len, places.values())) < _LEAST_PLACES or len(kinds) < _LEAST_KINDS:
        return ()
    kinds.sort(key=lambda char: -len(places[char]))
    found = [(char, _meant(page, places[char])) for char in kinds[:_MOST_KINDS]]
    return tuple((char, mark) for char, mark in found if mark)


def read_stand_in(text: str, place: int, mark: str) -> str | None:
    """The mark for the character at a place unless the words get worse by it."""
    return mark if _gain(text, place, mark) >= _TOLERATED else None


def _meant(page: str, places: list[int]) -> str:
    """The mark that most places of one character ask for; empty where they disagree."""
    votes: Counter[str] = Counter()
    tried = places[:: max(1, len(places) // _TRIED)][:_TRIED]
    for place in tried:
        gain, mark = max((_gain(page, place, mark), mark) for mark in _MARKS)
        votes[mark if gain >= _GAIN else ""] += 1
    mark, count = votes.most_common(1)[0]
    return mark if count >= _MAJORITY * len(tried) else ""


def _gain(text: str, place: int, mark: str) -> float:
    """By how much the words about a place read better with the mark than parted there."""
    before = _BEFORE.search(text, max(0, place - 14), place)
    after = _AFTER.match(text, place + 1)
    if before is None:
        return 0.0
    tail = after[0] if after else ""
    parted = reading_cost(before[0]) + (reading_cost(tail) if tail else 0.0)
    return parted - reading_cost(before[0] + mark + tail)

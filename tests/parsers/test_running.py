"""Running heads and page numbers."""

from __future__ import annotations

from support import passage_of

from parsers.model import Box, Passage
from parsers.tables.running import running_lines

Lines = list[tuple[float, str]]


def page(*lines: tuple[float, str]) -> tuple[float, list[Passage], list[Box]]:
    passages = [passage_of(text, top=top) for top, text in lines]
    return 800.0, passages, [Box(0, top, 100, top + 14) for top, _ in lines]


def test_what_repeats_at_the_rim_is_running() -> None:
    pages = [
        page((30, "รายงานผลการประเมิน"), (300, "เนื้อความเดียวกัน"), (770, f"หน้า {n}"))
        for n in (1, 2, 3)
    ]

    assert running_lines(pages) == [frozenset({0, 2})] * 3


def test_heads_of_odd_and_even_pages_differ() -> None:
    pages = [page((30, "ส่วนที่ ๑" if n % 2 else "เทศบาลตำบล")) for n in range(4)]

    assert running_lines(pages) == [frozenset({0})] * 4


def test_a_line_at_the_rim_of_one_page_is_text() -> None:
    assert running_lines([page((30, "ประเด็นที่ ๑")), page((30, "บทสรุป"))]) == [frozenset()] * 2


def test_titles_that_count_are_no_running_heads() -> None:
    """Every page begins with the next indicator: the tables under them must stay apart."""
    pages = [page((30, f"ตัวชี้วัดที่ {n}")) for n in (1, 2)]

    assert running_lines(pages) == [frozenset()] * 2


def test_a_count_in_the_head_does_not_hide_it() -> None:
    pages = [page((20, f"รายงาน ๒๕๖๘ แผ่นที่ {n}")) for n in (1, 2)]

    assert running_lines(pages) == [frozenset({0})] * 2

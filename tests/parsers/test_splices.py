"""Passages cut and joined keep their ties to the page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from support import passage_of

from parsers.model import Passage
from parsers.tables.splices import EMPTY, cut, join, split_lines

words = st.text(alphabet="กขค12.", min_size=1, max_size=8)


@given(st.lists(words, min_size=1, max_size=5))
def test_what_is_joined_can_be_cut_again(parts: list[str]) -> None:
    passages = [passage_of(text, x0=100.0 * i) for i, text in enumerate(parts)]

    whole = join(passages)

    assert whole.text == "\n".join(parts)
    assert [part.text for part in split_lines(whole)] == parts
    assert [part.box() for part in split_lines(whole)] == [part.box() for part in passages]


def test_empty_passages_leave_no_separator() -> None:
    assert join([EMPTY, passage_of("ก"), EMPTY]) == passage_of("ก")
    assert join([]) == EMPTY


def test_a_part_shows_what_was_printed_for_it() -> None:
    """Cleaning joins "ํ" and "า" to one letter; the part still shows both."""
    box = passage_of("กขค").boxes[0]
    whole = Passage("ก ทำ", "ก ทํา", (0, 1, 2, 4), (box,) * 5, {"sara-am": 1})

    part = cut(whole, 1, 4)

    assert (part.text, part.printed) == ("ทำ", "ทํา")
    assert cut(whole, 0, 2).repairs == {"sara-am": 1}
    assert part.repairs == {}


def test_repairs_add_up() -> None:
    one = Passage("ก", "ก", (0,), (None,), {"blank": 1})

    assert join([one, one]).repairs == {"blank": 2}

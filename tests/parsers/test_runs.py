"""Runs: letters set side by side, read as one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.model import Box, Char, Rule
from parsers.text.passages import compose, lines
from parsers.text.runs import apart, boxes_of, gathered

_MARKS = "ัิีึืฺุู็่้๊๋์ํ๎"


def written(
    text: str, x: float = 50.0, baseline: float = 100.0, width: float = 5.0, size: float = 10.0
) -> list[Char]:
    """Text set from left to right; "|" leaves the room of a blank without drawing one."""
    chars: list[Char] = []
    for char in text:
        advance = 0.0 if char in _MARKS else 2.2 if char in " |" else width
        if char != "|":
            box = (x, baseline - 8, x + advance, baseline + 2)
            chars.append(Char(char, *box, x, baseline, size))
        x += advance
    return chars


def shown(chars: list[Char], *rules: Rule) -> list[str]:
    return [char.text for char in gathered(chars, rules)]


class TestWhatMakesARun:
    def test_letters_with_marks_and_single_blanks_are_one(self):
        assert shown(written("ที่ดิน ของรัฐ")) == ["ที่ดิน ของรัฐ"]

    def test_digits_signs_and_latin_letters_stay_single(self):
        """A score must be shown where it is printed, digit by digit."""
        found = shown(written("ได้๙๙.๗๘คะแนน EP1"))

        assert found == ["ได้", *"๙๙.๗๘", "คะแนน", *" EP1"]

    def test_a_gap_ends_a_run(self):
        assert shown(written("การ|ประเมิน")) == ["การ", "ประเมิน"]

    def test_two_blanks_are_left_to_the_line(self):
        assert shown(written("การ  ผล")) == ["การ", " ", " ", "ผล"]

    def test_a_blank_at_the_end_stays_outside(self):
        assert shown(written("การ ")) == ["การ", " "]

    def test_another_line_or_size_ends_a_run(self):
        chars = written("กา") + written("รผ", x=60, baseline=104) + written("ลด", x=70, size=12)

        assert shown(chars) == ["กา", "รผ", "ลด"]

    def test_spaced_letters_stay_single(self):
        spaced = [char for at, one in enumerate("การ") for char in written(one, x=50 + 7 * at)]

        assert shown(spaced) == ["ก", "า", "ร"]

    def test_text_turned_on_the_page_stays_single(self):
        chars = [char._replace(angle=90) for char in written("การ")]

        assert gathered(chars, ()) == tuple(chars)

    @pytest.mark.parametrize(
        ("line", "parted"),
        [
            (Rule(60, 50, 60, 150), True),  # runs through the word
            (Rule(60, 200, 60, 250), False),  # further down the page
            (Rule(90, 50, 90, 150), False),  # beside it
            (Rule(40, 103, 90, 103), False),  # below it
        ],
    )
    def test_a_line_between_two_cells_parts_what_stands_on_both_sides(self, line, parted):
        """Text that runs over the border of a spreadsheet cell belongs to both by its place."""
        chars = written("การเงิน")

        assert shown(chars, line) == (list("การเงิน") if parted else ["การเงิน"])


class TestPlaces:
    def test_every_letter_of_a_run_has_its_place_and_its_marks_share_it(self):
        (run,) = gathered(written("ที่ดี"), ())

        assert (run.x0, run.x1, run.origin_x, run.origin_y) == (50.0, 60.0, 50.0, 100.0)
        letter, other = Box(50.0, 92.0, 55.0, 102.0), Box(55.0, 92.0, 60.0, 102.0)
        assert boxes_of(run) == [letter, letter, letter, other, other]
        assert apart(run)[3] == Char("ด", 55.0, 92.0, 60.0, 102.0, 55.0, 100.0, 10.0)

    def test_runs_join_with_what_follows(self):
        runs = gathered(written("การ"), ()) + gathered(written("ประเมิน", x=65), ())

        assert gathered(runs, ()) == gathered(written("การประเมิน"), ())

    def test_what_is_set_into_a_run_later_comes_where_it_stands(self):
        """Some programs draw the letters of a line first and its marks after them."""
        chars = written("การ") + written("ผล", x=80) + written("์", x=59.5)

        assert [line.printed for line in lines(gathered(chars, ()))] == ["กา์ร  ผล"]


@given(st.text(alphabet="กขมาำเโ่้ัี์ ๐๑๙0.,-%a|", max_size=60))
def test_a_line_reads_the_same_in_runs_and_letter_by_letter(text):
    chars = written(text)

    alone, taken = compose(chars), compose(gathered(chars, ()))

    assert taken.printed == alone.printed
    assert taken.text == alone.text
    letters = [at for at, char in enumerate(alone.printed) if char not in _MARKS]
    assert [taken.boxes[at] for at in letters] == [alone.boxes[at] for at in letters]

"""From symbol probabilities to readings."""

import numpy as np
import pytest

from parsers.scan.beam import peaks, readings


def _frames(*rows):
    return np.array(rows, np.float64)


def anything(_: str) -> bool:
    return True


def test_a_reading_has_the_probability_of_all_its_divisions():
    """Two frames, each "nothing" or "1": `1` can be written in three ways, their sum counts."""
    found = dict(readings(_frames([0.4, 0.6], [0.4, 0.6]), "1", anything))
    assert found["1"] == pytest.approx(0.4 * 0.6 + 0.6 * 0.4 + 0.6 * 0.6)
    assert found[""] == pytest.approx(0.16)


def test_a_doubled_character_needs_a_frame_of_nothing_between():
    """`77` is not `7` seen twice: only a frame of nothing parts the two."""
    seven, nothing = [0.01, 0.99], [0.99, 0.01]
    assert readings(_frames(seven, seven), "7", anything)[0][0] == "7"
    assert readings(_frames(seven, nothing, seven), "7", anything)[0][0] == "77"


def test_what_a_column_cannot_begin_with_is_not_followed():
    frames = _frames([0.1, 0.6, 0.3])
    assert readings(frames, "E8", lambda text: "E" not in text)[0][0] == "8"


def test_long_stretches_of_nothing_cost_nothing_and_change_nothing():
    quiet = [[0.99999, 0.00001]] * 200
    frames = _frames(*quiet, [0.02, 0.98], *quiet)
    assert readings(frames, "5", anything)[0][1] == pytest.approx(0.98, abs=0.01)


def test_characters_stand_where_the_network_saw_them():
    quiet = [0.98, 0.01, 0.01]
    frames = _frames(quiet, quiet, [0.02, 0.97, 0.01], quiet, quiet, quiet, [0.02, 0.01, 0.97])
    found = peaks(frames, [1, 2])
    assert [peak.place for peak in found] == pytest.approx([2, 6], abs=0.3)
    assert [peak.chance for peak in found] == pytest.approx([0.97, 0.97])
    assert peaks(frames, []) == []


def test_places_of_a_text_that_is_not_the_likeliest():
    """The grammar took the second best: its characters still have places."""
    frames = _frames([0.1, 0.6, 0.3], [0.9, 0.05, 0.05], [0.1, 0.3, 0.6])
    assert [round(peak.place) for peak in peaks(frames, [2, 1])] == [0, 2]


def test_letters_that_follow_each_other_in_words_are_favoured_but_gain_no_probability():
    """A blot above `ท` is a mark or not: the words say `ที่`; how sure the picture is stays so."""
    frames = _frames([0.02, 0.97, 0.01], [0.52, 0.01, 0.47])
    plain = readings(frames, "ท่", anything)
    leaning = readings(frames, "ท่", anything, odds=lambda _, char: 2.0 if char == "่" else 1.0)
    assert plain[0][0] == "ท"
    assert leaning[0][0] == "ท่"
    assert dict(leaning)["ท่"] == pytest.approx(dict(plain)["ท่"])

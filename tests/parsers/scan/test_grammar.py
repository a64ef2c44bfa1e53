"""What columns may hold, and which readings are one value."""

import json
from importlib.resources import files

import pytest

from parsers.errors import DataTableError
from parsers.scan import grammar as module
from parsers.scan.grammar import grammar, kinds


def test_every_kind_of_column_stands_in_the_table():
    assert {"score", "code", "rank", "text", "any"} <= set(kinds())
    for kind in kinds():
        assert set(grammar(kind).models) <= {"cell", "line"}
        assert 0.5 <= grammar(kind).threshold < 1


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("score", "๙๓.๒๒"),
        ("score", "100"),
        ("score", ".639"),
        ("score", "-"),
        ("score", "85.5%"),
        ("rank", "12."),
        ("code", "o43"),
        ("code", "EP๑๕"),
        ("code", "IIT"),
        ("level", "ผ่านดีเยี่ยม"),
        ("year", "๒๕๖๘"),
        ("number", "1,234.50"),
    ],
)
def test_usual_cells_are_admitted_letter_by_letter(kind, text):
    rules = grammar(kind)
    assert all(rules.admits(text[:end]) for end in range(len(text) + 1))
    assert rules.accepts(text)


def test_a_number_is_in_one_kind_of_digits():
    """A `๘` taken for `6` in the middle of `๘๖.๒` is no reading: nobody prints it."""
    assert grammar("score").accepts("๘๖.๒")
    assert not grammar("score").accepts("๘6.๒")


def test_codes_that_cannot_be_told_apart_are_one_value():
    values = {grammar("code").value(text) for text in ("o12", "O12", "012", "๐๑๒", "O ๑๒")}
    assert values == {"o12"}


def test_the_level_words_are_in_the_alphabet_of_the_network_that_reads_them():
    words = "ผ่านดีเยี่ยม ไม่ผ่าน ต้องปรับปรุงโดยด่วน สูงมาก ปานกลาง ต่ำ พอใช้ Extremely poor AA"
    facts = files("parsers").joinpath("data", "reader", "cell.json").read_text(encoding="utf-8")
    assert set(words) <= set(json.loads(facts)["symbols"])
    assert all(grammar("level").accepts(word) for word in words.split(" ")[:-3])


def test_a_mark_needs_a_letter_to_stand_on():
    """Two readings of one blot above a letter are not two marks."""
    rules = grammar("text")
    for word in ("ที่", "น้ำ", "สิทธิ์", "กว่า", "เป็น", "คู่มือ", "พันธุ์"):
        assert all(rules.admits(word[:end]) for end in range(len(word) + 1))
    assert not rules.admits("ท่่")
    assert not rules.admits("่")
    assert not rules.admits("กาิ")


def test_a_table_with_an_unknown_folding_is_refused():
    with pytest.raises(DataTableError, match="unknown folding"):
        module._checked("x", {"models": ["cell"], "same": ["colour"], "allow": []})
    with pytest.raises(DataTableError, match="which networks"):
        module._checked("x", {"same": []})
    with pytest.raises(DataTableError, match="threshold"):
        module._checked("x", {"models": ["cell"], "threshold": 2.0})
    with pytest.raises(DataTableError, match="look like"):
        module._checked("x", {"models": ["cell"], "alike": ["0o"]})
    with pytest.raises(DataTableError):
        module._checked("x", {"models": ["cell"], "allow": ["("]})

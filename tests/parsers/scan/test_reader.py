"""Reading crops, drawn here with the font of the sample reports."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from parsers.scan.crop import prepare
from parsers.scan.reader import read, read_as

FONT = next((Path(__file__).parents[3] / "samples" / "fonts").glob("*Regular.ttf"))


def crop(text, size=40, ink=0, paper=255, margin=(10, 12)):
    font = ImageFont.truetype(str(FONT), size)
    width = int(font.getlength(text)) + 2 * margin[0]
    image = Image.new("L", (width, int(size * 1.3) + 2 * margin[1]), paper)
    place = (margin[0], margin[1] + size)
    ImageDraw.Draw(image).text(place, text, fill=ink, font=font, anchor="ls")
    return np.asarray(image)


@pytest.mark.parametrize("size", [28, 40, 70])
@pytest.mark.parametrize("text", ["๙๓.๒๒", "87.05", "๑๐๐", "๗๔.๖๘", "100.00", "๐.๐๐", "63.19"])
def test_scores_are_read_as_printed(text, size):
    found = read([crop(text, size)], alphabet="score")[0]
    assert found.text == text
    assert found.confidence > 0.5


def test_a_number_that_begins_with_its_dot_keeps_it():
    """A network that saw only whole numbers before the dot read `.639` as `639`, and was sure."""
    assert read([crop(".639")], alphabet="score")[0].text == ".639"


@pytest.mark.parametrize("text", ["IIT", "EIT", "OIT", "o43", "e15", "i๓๐"])
def test_codes(text):
    found = read([crop(text)], alphabet="code")[0]
    assert found.text.lower() == text.lower()


def test_white_print_on_a_dark_fill():
    assert read([crop("92.50", ink=250, paper=60)], alphabet="score")[0].text == "92.50"


def test_faint_print_on_grey_paper():
    assert read([crop("92.50", ink=140, paper=190)], alphabet="score")[0].text == "92.50"


def test_a_lone_dash_is_no_giant_and_bare_paper_is_empty():
    """The window follows the ink, but a dash blown up to the full height reads as a rule."""
    dash, bare = read([crop("-"), np.full((60, 90), 240, np.uint8)], alphabet="score")
    assert dash.text == "-"
    assert (bare.text, bare.confidence) == ("", 1.0)


def test_remains_of_the_cell_lines_do_not_shrink_the_digits():
    image = crop("78.41").copy()
    image[:2], image[-2:] = 0, 0
    assert read([image], alphabet="score")[0].text == "78.41"


def test_what_the_column_cannot_hold_is_kept_without_confidence():
    found = read([crop("ผ่านดี")], alphabet="rank")[0]
    assert found.confidence < 0.5


def test_other_readings_are_other_values_and_share_the_probability():
    for found in read([crop(text, 22) for text in ("๓๑.๑๓", "O18", "81.38")], alphabet="cell"):
        assert found.text not in dict(found.others)
        assert found.confidence + sum(dict(found.others).values()) < 1.000001


def test_characters_lie_where_they_are_printed():
    """`63.19` at 40 px: every digit's box holds the middle of the digit that was drawn."""
    font, text = ImageFont.truetype(str(FONT), 40), "63.19"
    found = read([crop(text)], alphabet="score")[0]
    assert found.text == text
    for at, (start, end) in enumerate(zip(found.starts, found.ends, strict=True)):
        middle = 10 + (font.getlength(text[:at]) + font.getlength(text[: at + 1])) / 2
        assert start - 1 < middle < end + 1
        assert start < end


def test_one_crop_as_several_kinds_of_columns():
    found = read_as(crop("O12"), ["score", "code"])
    assert found["code"].text == "O12"
    assert found["code"].confidence > found["score"].confidence
    assert len(found["code"].clearness) == 3


def test_a_cut_through_a_digit_is_seen():
    """`30.65` cut behind its 3 reads as a sure `0.65`: only the crop can tell."""
    whole = crop("30.65", 40)
    assert not read([whole], alphabet="score")[0].is_cut
    assert read([np.ascontiguousarray(whole[:, 20:])], alphabet="score")[0].is_cut


@pytest.mark.parametrize(
    "text", ["การปฏิบัติหน้าที่", "การใช้งบประมาณ", "ผลการประเมิน ปี ๒๕๖๘", "คุณภาพการดำเนินงาน"]
)
def test_lines_of_thai(text):
    found = read([crop(text, 44)], alphabet="text")[0]
    assert found.text.replace(" ", "") == text.replace(" ", "")
    assert len(found.starts) == len(found.ends) == len(found.clearness) == len(found.text)
    assert list(found.starts) == sorted(found.starts)


def test_reading_nothing_gives_nothing():
    assert read([]) == []
    assert prepare(np.zeros((2, 2), np.uint8), 32) is None
    assert read([np.zeros((1, 500), np.uint8)])[0].text == ""

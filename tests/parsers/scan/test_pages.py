"""Scanned twins of drawn pages: set upright, ruled and cut into lines as the original is."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from scanned import Twin, picture_pdf, twins

from parsers.pdf import read_pdf
from parsers.scan.lines import Line, find_lines
from parsers.scan.picture import render
from parsers.scan.strokes import find_rulings
from parsers.scan.upright import Prepared, prepare
from parsers.tables.lattices import strokes

SAMPLES = Path(__file__).parents[3] / "samples"
REPORT = (SAMPLES / "province-results-2565-calc.pdf").read_bytes()
THAI = (SAMPLES / "kham-sombun-2568-libreoffice.pdf").read_bytes()


def twin_of(data: bytes, index: int, *damages: str, dpi: int = 150) -> tuple[Twin, Prepared]:
    twin = next(twins(data, dpi, damages, 1, [index]))
    return twin, prepare(render(picture_pdf([twin]), 0))


def to_original(twin: Twin, prepared: Prepared) -> np.ndarray:
    """From pixels of the upright picture to points of the original."""
    there = np.linalg.inv(np.vstack([twin.to_twin, (0, 0, 1)]))
    return (there @ np.vstack([prepared.to_page, (0, 0, 1)]))[:2]


def lines_of(prepared: Prepared) -> list[Line]:
    rulings = find_rulings(prepared.gray, prepared.quality.glyph)
    return find_lines(prepared, rulings)


@pytest.mark.parametrize(
    ("damages", "turn"),
    [
        ((), 0),
        (("turned90", "skew"), 90),
        (("turned180",), 180),
        (("steep", "turned270", "threshold"), 270),
        (("shear", "skew", "noise"), 0),
    ],
)
def test_a_page_is_set_upright(damages: tuple[str, ...], turn: int):
    twin, prepared = twin_of(THAI, 3, *damages)
    assert prepared.quality.verdict == "good"
    assert prepared.quality.turn == turn
    # What ran level, and what ran down, on the original does so again.
    moved = np.linalg.inv(to_original(twin, prepared)[:, :2])
    assert abs(np.degrees(np.arctan2(moved[1, 0], moved[0, 0]))) < 0.1
    assert abs(np.degrees(np.arctan2(moved[0, 1], moved[1, 1]))) < 0.15


def test_the_sheet_is_the_page_but_for_the_straightening():
    _, prepared = twin_of(THAI, 3, "turned90", "skew")
    height, width = prepared.gray.shape
    middle = np.array([(width - 1) / 2, (height - 1) / 2, 1])
    assert prepared.to_page @ middle == pytest.approx(prepared.to_sheet @ middle, abs=0.01)
    assert abs(prepared.to_sheet[0, 0]) < 1e-9  # a plain quarter turn
    assert prepared.to_page[0, 0] != pytest.approx(0, abs=1e-4)


@pytest.mark.parametrize(
    "damages", [(), ("shear", "skew"), ("faint", "noise"), ("grey", "highlighter"), ("thin",)]
)
def test_ruling_lines_are_found_and_none_is_made_up(damages: tuple[str, ...]):
    twin, prepared = twin_of(REPORT, 0, *damages, dpi=200)
    there = to_original(twin, prepared)
    found = []
    for line in find_rulings(prepared.gray, prepared.quality.glyph):
        (x0, top, x1, bottom) = line.rule
        (left, right), (upper, lower) = there @ [[x0, x1], [top, bottom], [1, 1]]
        found.append((line.level, (upper + lower) / 2 if line.level else (left + right) / 2))
    across, down = strokes(read_pdf(REPORT).pages[0].rules)
    truth = [(True, line.at) for line in across] + [(False, line.at) for line in down]
    missed = [one for one in truth if not any(_same(one, other) for other in found)]
    made_up = [one for one in found if not any(_same(one, other) for other in truth)]
    assert len(truth) > 25
    assert not missed
    assert len(made_up) <= 1


def _same(one: tuple[bool, float], other: tuple[bool, float]) -> bool:
    return one[0] == other[0] and abs(one[1] - other[1]) < 1.5


def test_every_cell_line_is_one_crop_in_the_order_of_the_rows():
    _, prepared = twin_of(REPORT, 0, dpi=200)
    inside = [line for line in lines_of(prepared) if line.in_table]
    assert len(inside) > 100
    for line in inside:
        box, cell = line.box, line.cell
        assert line.crop.shape == (box.bottom - box.top, box.x1 - box.x0)
        assert cell is not None
        assert cell.x0 - 3 <= line.ink.x0
        assert line.ink.x1 <= cell.x1 + 3
        share = (line.ink.bottom - line.ink.top) / (box.bottom - box.top)
        assert line.dash or share > 0.4
        assert (line.crop < 128).any()
    tops = [line.cell.top for line in inside if line.cell]
    assert tops == sorted(tops)


def test_marks_stay_with_their_letters_in_narrow_lines():
    """A tone above a vowel stands nearer to the line above than to its own letter."""
    _, prepared = twin_of(THAI, 3, dpi=200)
    free = [line for line in lines_of(prepared) if not line.in_table]
    low = [line for line in free if line.ink.bottom - line.ink.top < prepared.quality.glyph * 0.7]
    assert len(free) > 15
    assert not low


def drawn(height: int = 900, width: int = 1200) -> np.ndarray:
    return np.full((height, width), 255, np.uint8)


def table_picture() -> np.ndarray:
    """Two columns and three rows, with words in capital letters."""
    image = drawn()
    for y in (100, 200, 300, 400):
        cv2.line(image, (100, y), (1000, y), 60, 2)
    for x in (100, 500, 1000):
        cv2.line(image, (x, 100), (x, 400), 60, 2)
    for row in range(3):
        for column in range(2):
            place = (140 + 400 * column, 162 + 100 * row)
            cv2.putText(image, "HEAT 57", place, cv2.FONT_HERSHEY_SIMPLEX, 1.0, 20, 2)
    return image


def rulings_of(image: np.ndarray) -> tuple[int, int]:
    found = find_rulings(image, 22.0)
    return sum(line.level for line in found), sum(not line.level for line in found)


def test_letters_are_no_ruling_lines():
    assert rulings_of(table_picture()) == (4, 3)


def test_a_broken_line_is_one_line():
    image = table_picture()
    for x in range(120, 1000, 90):
        image[195:206, x : x + 6] = 255
    assert rulings_of(image) == (4, 3)


def test_a_faint_line_in_grain_is_found():
    image = table_picture().astype(np.float32)
    image[295:306, 104:496] = 255 - 0.35 * (255 - image[295:306, 104:496])
    image += np.random.default_rng(3).normal(0, 8, image.shape)
    assert rulings_of(np.clip(image, 0, 255).astype(np.uint8)) == (4, 3)


def test_a_line_that_drifts_is_fitted():
    image = drawn()
    cv2.line(image, (100, 300), (1100, 310), 40, 2)
    (line,) = find_rulings(image, 22.0)
    assert line.place(100) == pytest.approx(300, abs=1)
    assert line.place(1100) == pytest.approx(310, abs=1)


def test_white_print_on_dark_cells_is_read_like_any_other():
    image = drawn()
    cv2.rectangle(image, (100, 100), (1000, 160), 90, -1)
    for y in (145, 245, 345, 445):
        colour = 255 if y == 145 else 20
        cv2.putText(image, "HEAD LINE 42", (140, y), cv2.FONT_HERSHEY_SIMPLEX, 1.0, colour, 2)
    prepared = prepare(render(picture_pdf([_twin(image)]), 0))
    assert len(lines_of(prepared)) == 4
    rulings = find_rulings(prepared.gray, prepared.quality.glyph)
    assert len(rulings) == 4  # the edges of the dark cell, as in a text page


def _twin(image: np.ndarray, dpi: int = 150) -> Twin:
    return Twin(cv2.cvtColor(image, cv2.COLOR_GRAY2BGR), dpi, np.eye(2, 3))


def test_a_dash_is_told_from_an_empty_cell():
    image = table_picture()
    image[110:190, 110:490] = 255
    image[210:290, 110:490] = 255
    cv2.line(image, (295, 250), (309, 250), 20, 3)
    prepared = prepare(render(picture_pdf([_twin(image)]), 0))
    lines = [line for line in lines_of(prepared) if line.in_table]
    assert [line.dash for line in lines].count(True) == 1
    assert len(lines) == 5


# ---- what is no page of print ------------------------------------------------------------------


def page_of(image: np.ndarray, width: float, height: float, count: int = 1) -> bytes:
    pdf = pikepdf.Pdf.new()
    pdf.add_blank_page(page_size=(100, 100))
    page = pdf.pages[0]
    page.mediabox = Array([0, 0, width, height])
    stream = pdf.make_stream(cv2.imencode(".jpg", image)[1].tobytes())
    stream.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=image.shape[1], Height=image.shape[0],
        ColorSpace=Name.DeviceGray, BitsPerComponent=8, Filter=Name.DCTDecode,
    )  # fmt: skip
    page.Resources = Dictionary(XObject=Dictionary(Im0=stream))
    each = height / count
    content = [b"q %f 0 0 %f 0 %f cm /Im0 Do Q" % (width, each, each * i) for i in range(count)]
    page.Contents = pdf.make_stream(b"\n".join(content))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


GRAIN = np.random.default_rng(1)
BLANK = np.full((1100, 800), 250, np.uint8)
PHOTO = cv2.GaussianBlur(GRAIN.integers(0, 255, (1100, 800)).astype(np.float32), (0, 0), 20)
PHOTO = ((PHOTO - PHOTO.min()) / np.ptp(PHOTO) * 255).astype(np.uint8)


@pytest.mark.parametrize(
    ("data", "verdicts"),
    [
        (page_of(BLANK, 595, 842), {"blank-page"}),
        (page_of(BLANK, 30_000, 30_000), {"blank-page"}),
        (page_of(BLANK[:1, :1], 595, 842), {"blank-page"}),
        (page_of(BLANK[:1, :1], 1, 1), {"page-too-small"}),
        (page_of(BLANK[:40], 595, 842, 500), {"blank-page"}),
        (page_of(PHOTO, 595, 842), {"no-print", "too-noisy"}),
        (page_of(BLANK[:400, :1].repeat(250, 1).repeat(2, 0), 1e5, 1e5), {"page-too-complex"}),
        (b"%PDF-1.4 nothing", {"page-unreadable"}),
    ],
    ids=["blank", "huge", "pixel", "point", "strips", "photo", "kilometres", "broken"],
)
def test_what_is_no_print_gets_a_reason(data: bytes, verdicts: set[str]):
    picture = render(data, 0)
    prepared = prepare(picture)
    assert prepared.quality.verdict in verdicts
    assert picture.gray.size <= 9_000_000
    assert lines_of(prepared) == []


def test_a_scan_that_claims_to_be_ten_metres_high_is_read():
    twin = next(twins(REPORT, 150, (), 1, [0]))
    gray = cv2.cvtColor(twin.image, cv2.COLOR_BGR2GRAY)
    prepared = prepare(render(page_of(gray, 21_000, 30_000), 0))
    assert prepared.quality.verdict == "good"
    assert len(lines_of(prepared)) > 100

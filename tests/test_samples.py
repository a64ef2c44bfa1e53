"""The samples and their truths fit each other, the content they are made from, and the README."""

from __future__ import annotations

import doctest
import hashlib
import json
import re
from collections import Counter, defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from samples.make import glyphs
from samples.make.locate import Printed, skeleton
from samples.make.marks import Mark, level_of, plain, split, value_of
from samples.make.registry import SAMPLES, Sample
from samples.make.truth import units

FOLDER = Path(__file__).resolve().parents[1] / "samples"
MEGABYTE = 1_000_000
CODE = re.compile(r"ITA|IIT|EIT[12]?|OIT|10|[1-9](\.\d)?|[ieo]\d{1,2}|e[ps]\d")
SOUND = [sample for sample in SAMPLES if not sample.whole]
WHOLE = [sample for sample in SOUND if not sample.lost]

each = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
each_sound = pytest.mark.parametrize("sample", SOUND, ids=lambda sample: sample.name)
each_whole = pytest.mark.parametrize("sample", WHOLE, ids=lambda sample: sample.name)


def truth_of(sample: Sample) -> dict[str, Any]:
    text = (FOLDER / f"{sample.name}.expected.json").read_text(encoding="utf-8")
    truth: dict[str, Any] = json.loads(text)
    return truth


@cache
def printed(name: str) -> Printed:
    return Printed(FOLDER / f"{name}.pdf")


def marked(sample: Sample) -> list[tuple[Any, Mark]]:
    return [
        (unit, piece)
        for unit in units(sample.document)
        for piece in split(unit.text)
        if isinstance(piece, Mark)
    ]


def test_each_pdf_has_a_truth_and_nothing_else_lies_about():
    names = {sample.name for sample in SAMPLES}
    assert {path.stem for path in FOLDER.glob("*.pdf")} == names
    assert {path.name.removesuffix(".expected.json") for path in FOLDER.glob("*.json")} == names


def test_the_samples_stay_small():
    assert sum(path.stat().st_size for path in FOLDER.glob("*.pdf")) < 6 * MEGABYTE
    assert sum(path.stat().st_size for path in (FOLDER / "fonts").iterdir()) < 0.4 * MEGABYTE


@each
def test_the_readme_tells_the_hash_and_the_purpose(sample: Sample):
    rows = (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()
    row = next(row for row in rows if row.startswith(f"| [{sample.name}.pdf]"))
    assert hashlib.sha256((FOLDER / f"{sample.name}.pdf").read_bytes()).hexdigest() in row
    assert sample.purpose in row
    assert sample.producer in row


@each_sound
def test_the_pdf_opens_and_has_the_pages_that_the_truth_tells(sample: Sample):
    pages = printed(sample.name).page_count
    assert pages == truth_of(sample)["document"]["page_count"]
    assert 3 <= pages <= 15


@pytest.mark.parametrize("sample", [s for s in SAMPLES if s.whole], ids=lambda s: s.name)
def test_a_download_that_broke_off_cannot_be_opened(sample: Sample):
    with pytest.raises(pdfium.PdfiumError):
        pdfium.PdfDocument(FOLDER / f"{sample.name}.pdf")
    truth = truth_of(sample)
    assert truth["document"]["status"] == "refused"
    assert truth["scores"] == truth["tables"] == []


@each
def test_the_truth_is_well_formed(sample: Sample):
    truth = truth_of(sample)
    pages = truth["document"]["page_count"] or 0
    assert truth["file"] == f"{sample.name}.pdf"
    for score in truth["scores"]:
        assert CODE.fullmatch(score["code"]), score
        assert score["level"] == level_of(score["code"])
        assert 1 <= score["page"] <= pages
        assert score["page"] not in truth["pages_lost"]
        assert score["scale"] in {"percent", "weighted"}
        assert score["place"] in {"table", "list", "sentence", "chart"}
        assert (score["place"] == "table") <= (score["table"] is not None)
        x0, top, x1, bottom = score["box"]
        assert 0 <= x0 < x1 <= 842
        assert 0 <= top < bottom <= 842
        if score["value"] is not None:
            assert Decimal(score["value"]) >= 0
    for entry in (*truth["measures"], *truth["tables"]):
        assert 1 <= entry["page_first"] <= entry.get("page_last", pages) <= pages


@each
def test_the_cells_of_each_table_fill_it_without_overlap(sample: Sample):
    for table in truth_of(sample)["tables"]:
        taken = Counter(
            (cell["row"] + down, cell["column"] + right)
            for cell in table["cells"]
            for down in range(cell["row_span"])
            for right in range(cell["column_span"])
        )
        assert max(taken.values()) == 1
        assert len(taken) == table["rows"] * table["columns"]


@each_whole
def test_every_score_of_the_truth_comes_from_the_content_and_none_is_missing(sample: Sample):
    wanted = Counter(
        (code, shown, value_of(mark), mark.printed, unit.place, unit.agency)
        for unit, mark in marked(sample)
        if mark.kind == "s"
        for code, shown in mark.codes
    )
    keys = ("code", "code_printed", "value", "value_printed", "place", "agency")
    assert wanted == Counter(
        tuple(score[key] for key in keys) for score in truth_of(sample)["scores"]
    )


@each_whole
def test_every_judgement_and_advice_of_the_truth_comes_from_the_content(sample: Sample):
    truth = truth_of(sample)
    wanted = Counter(
        (mark.codes[0][0], mark.rating, mark.printed)
        for _, mark in marked(sample)
        if mark.kind == "r"
    )
    keys = ("code", "rating", "rating_printed")
    assert wanted == Counter(tuple(row[key] for key in keys) for row in truth["ratings"])
    codes = [code for _, mark in marked(sample) if mark.kind == "a" for code, _ in mark.codes]
    assert codes == [row["code"] for row in truth["advice"]]


@each_sound
def test_the_printed_digits_of_each_score_stand_inside_its_box(sample: Sample):
    """The values come from the content: this looks at what the PDF shows at their place."""
    found = printed(sample.name)
    lines: dict[tuple[int, int], list[tuple[str, tuple[float, ...]]]] = defaultdict(list)
    for char, spot in zip(found.chars, found.spots, strict=True):
        lines[spot.page, int(spot.box[1] // 10)].append((char, spot.box))
    for score in truth_of(sample)["scores"]:
        x0, top, x1, bottom = score["box"]
        inside = "".join(
            char
            for line in range(int(top // 10), int(bottom // 10) + 1)
            for char, box in lines[score["page"], line]
            if x0 <= box[0] and box[2] <= x1 and top <= box[1] and box[3] <= bottom
        )
        assert sorted(inside) == sorted(skeleton(score["value_printed"])), score


@each_sound
def test_no_two_scores_share_a_place_unless_one_figure_is_meant_for_several_codes(sample: Sample):
    places = Counter()
    for _, group in _groups(truth_of(sample)["scores"]):
        places[(group[0]["page"], tuple(group[0]["box"]))] += 1
    assert not places or max(places.values()) == 1


def _groups(scores: list[dict[str, Any]]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Neighbours that were printed as one figure."""
    groups: list[tuple[Any, list[dict[str, Any]]]] = []
    for score in scores:
        key = (score["page"], tuple(score["box"]))
        if groups and groups[-1][0] == key:
            groups[-1][1].append(score)
        else:
            groups.append((key, [score]))
    return groups


@each
def test_planted_errors_name_rules_of_the_audit(sample: Sample):
    for entry in truth_of(sample)["planted"]:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", entry["rule"])
        assert entry["what"]


@each
def test_no_sample_tells_where_it_was_made(sample: Sample):
    data = (FOLDER / f"{sample.name}.pdf").read_bytes()
    for trace in (str(FOLDER.parent), "file://", "/home/", "/tmp/"):
        assert trace.encode() not in data


def test_the_damage_is_there():
    """A sample whose damage was lost in the making would test nothing."""
    blanked = _text("kham-sombun-2568-lost-am")
    assert "ด าเนินงาน" in blanked
    assert "ดำเนินงาน" not in blanked
    shifted = _text("kham-sombun-2568-private-use")
    assert sum("\uf700" <= char <= "\uf71a" for char in shifted) > 500
    turned = pdfium.PdfDocument(FOLDER / "indicators-2567-rotated.pdf")
    assert {page.get_rotation() for page in turned} == {90}
    turned.close()
    kept = Counter(spot.page for spot in printed("kham-sombun-2568-damaged").spots)
    assert set(kept) == set(range(1, 12)) - {5, 8}


def _text(name: str) -> str:
    document = pdfium.PdfDocument(FOLDER / f"{name}.pdf")
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def test_marks_print_what_they_say():
    text = "ข้อ ๐๗ ถึง ๐๑๐ ได้ ⟦s o7=๐๗,o8,o10=๐๑๐|๑๐๐⟧ คะแนน ⟦r 7|fail|ไม่ผ่านเกณฑ์⟧"
    assert plain(text) == "ข้อ ๐๗ ถึง ๐๑๐ ได้ ๑๐๐ คะแนน ไม่ผ่านเกณฑ์"
    score = next(piece for piece in split(text) if isinstance(piece, Mark))
    assert score.codes == (("o7", "๐๗"), ("o8", None), ("o10", "๐๑๐"))
    assert value_of(score) == "100"


def test_windows_glyphs():
    assert doctest.testmod(glyphs).failed == 0
    assert glyphs.windows_glyphs("ปี") == "ป\uf702"
    assert glyphs.windows_glyphs("ให้") == "ให\uf70b"
    assert glyphs.windows_glyphs("ที่") == "ที่"
    assert glyphs.windows_glyphs("ฟื้นฟู") == "ฟ\uf704\uf714นฟู"
    assert glyphs.windows_glyphs("กตัญญู") == "กตัญ\uf70fู"

"""Whole pages in, tables and lines out."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper import Paper, turned
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

from parsers.model import Grid, Page
from parsers.pdf import read_pdf
from parsers.tables import Tables, find_grids

XS = (60.0, 120.0, 420.0, 530.0)
HEADINGS = ["ที่", "ตัวชี้วัด", "คะแนน"]
INDICATORS = [
    HEADINGS,
    ["1", "การปฏิบัติหน้าที่", "99.78"],
    ["2", "การใช้งบประมาณ", "99.14"],
    ["3", "การใช้อำนาจ", "100.00"],
    ["4", "การใช้ทรัพย์สินของราชการ", "67.10"],
]


def texts(grid: Grid) -> list[list[str]]:
    """The grid as rows of texts; what a merged cell covers is empty."""
    out = [[""] * grid.column_count for _ in range(grid.row_count)]
    for cell in grid.cells:
        out[cell.row][cell.column] = cell.text
    return out


def drawn(rows: list[list[str]], xs: tuple[float, ...] = XS, top: float = 100) -> Paper:
    paper = Paper()
    paper.table(top, xs, rows)
    return paper


def only(tables: Tables) -> Grid:
    assert len(tables.grids) == 1
    return tables.grids[0]


def test_a_ruled_table_comes_back_cell_for_cell() -> None:
    grid = only(find_grids([drawn(INDICATORS).page()]))

    assert texts(grid) == INDICATORS
    assert (grid.header_rows, grid.ruled, grid.page_first, grid.page_last) == (1, True, 1, 1)
    assert [round(edge) for edge in grid.box] == [60, 100, 530, 220]


def test_merged_cells_keep_their_spans() -> None:
    rows = [
        ["แบบ", "ลำดับ", "ตัวชี้วัด", "คะแนน"],
        ["IIT", "1", "การปฏิบัติหน้าที่", "99.78"],
        ["^", "2", "การใช้งบประมาณ", "99.14"],
        ["EIT", "6", "คุณภาพการดำเนินงาน", "92.52"],
        ["รวม", "<", "<", "95.00"],
    ]

    grid = only(find_grids([drawn(rows, (60, 110, 160, 420, 530)).page()]))

    spans = {cell.text: (cell.row_span, cell.column_span) for cell in grid.cells}
    assert spans["IIT"] == (2, 1)
    assert spans["รวม"] == (1, 3)
    assert grid.cell_at(2, 0) is not None


def test_rows_above_the_headings_are_the_caption_and_rows_below_stay() -> None:
    rows = [
        ["ประเด็นที่ ๑ กระบวนการ", "<", "<"],
        ["เครื่องมือ", "ข้อคำถาม", "คะแนน"],
        ["1. การให้บริการ", "<", "<"],
        ["IIT", "ข้อ i๑ การปฏิบัติงาน", "๙๙.๓๕"],
    ]
    paper = drawn(rows, top=140)
    paper.text(60, 130, "ผลการประเมินรายประเด็น")

    grid = only(find_grids([paper.page()]))

    assert [line.text for line in grid.caption] == [
        "ผลการประเมินรายประเด็น",
        "ประเด็นที่ ๑ กระบวนการ",
    ]
    assert (grid.header_rows, grid.row_count) == (1, 3)
    section = grid.cell_at(1, 2)
    assert section is not None
    assert (section.text, section.column_span) == ("1. การให้บริการ", 3)


def test_headings_of_two_levels() -> None:
    rows = [
        ["ประเด็น", "ผลการวิเคราะห์", "<", "ผู้รับผิดชอบ"],
        ["^", "ข้อคำถาม", "คะแนน", "^"],
        ["๑. กระบวนการ", "i๑ การปฏิบัติงาน", "๙๙.๓๕", "สำนักปลัด"],
        ["๒. การให้บริการ", "e๑ ขั้นตอน", "๗๙.๐๕", "กองคลัง"],
    ]

    grid = only(find_grids([drawn(rows, (60, 180, 340, 420, 530)).page()]))

    assert grid.header_rows == 2


def test_short_words_over_numbers_are_headings_though_no_word_list_has_them() -> None:
    rows = [["หมู่", "กลุ่มงาน", "รอบนี้"], *INDICATORS[1:]]

    assert only(find_grids([drawn(rows).page()])).header_rows == 1


@pytest.mark.parametrize("how", ["double", "dashed", "open sides", "gaps", "shaded", "marked"])
def test_borders_as_producers_draw_them(how: str) -> None:
    paper = drawn(INDICATORS)
    rules = list(paper.rules)
    paper.rules.clear()
    for rule in rules:
        level = rule.top == rule.bottom
        if how == "open sides" and not level and rule.x0 in (XS[0], XS[-1]):
            continue
        if how == "dashed":
            start, end = (rule.x0, rule.x1) if level else (rule.top, rule.bottom)
            while start < end:
                stop = min(start + 3, end)
                if level:
                    paper.across(rule.top, start, stop)
                else:
                    paper.down(rule.x0, start, stop)
                start += 5
        elif how == "gaps" and level:
            paper.across(rule.top, rule.x0 + 1, rule.x1 - 1)
        else:
            paper.rules.append(rule)
    if how == "double":
        paper.rules += [
            rule._replace(top=rule.top + 1.5, bottom=rule.bottom + 1.5)
            if rule.top == rule.bottom
            else rule._replace(x0=rule.x0 + 1.5, x1=rule.x1 + 1.5)
            for rule in rules
        ]
    if how == "shaded":
        paper.box(XS[1] + 3, 101, XS[2] - 3, 123)
    if how == "marked":  # a low score marked yellow, right up to its digits
        paper.box(XS[2] + 4, 197.5, XS[2] + 4 + 5 * 7, 219)

    assert texts(only(find_grids([paper.page()]))) == INDICATORS


def test_boxes_frames_and_charts_are_no_tables() -> None:
    """A frame around the page, a boxed paragraph, a highlighted word, a bar chart."""
    paper = Paper()
    paper.box(30, 30, 565, 812)
    paper.box(60, 60, 530, 120)
    paper.text(70, 80, "ข้อความในกรอบ")
    paper.box(70, 200, 120, 216)
    paper.text(72, 212, "เน้น")
    for step in range(6):
        paper.across(400 + 30 * step, 100, 500)
        paper.text(70, 404 + 30 * step, str(100 - 20 * step))
    for bar in range(8):
        top = 410 + 15 * bar
        paper.box(120 + 45 * bar, top, 145 + 45 * bar, 550)
        paper.text(118 + 45 * bar, top - 3, f"{550 - top}.25", size=9)

    tables = find_grids([paper.page()])

    assert tables.grids == ()
    assert "ข้อความในกรอบ" in [line.text for line in tables.lines[1]]


def test_rows_too_low_for_their_text() -> None:
    """Spreadsheets print the baseline below the line where a row is too low."""
    paper = Paper()
    ys = [100.0 + 14 * row for row in range(6)]
    for y in ys:
        paper.across(y, XS[0], XS[-1])
    for x in XS:
        paper.down(x, ys[0], ys[-1])
    for row, cells in enumerate(INDICATORS):
        for x, text in zip(XS, cells, strict=False):
            paper.text(x + 4, ys[row + 1] + 3, text)

    assert texts(only(find_grids([paper.page()]))) == INDICATORS


def test_a_table_inside_a_cell_keeps_its_text() -> None:
    paper = Paper()
    paper.table(60, (40, 200, 560), [["หัวข้อ", "รายละเอียด"], ["ผล", "ดังตาราง" + "\n" * 8]])
    paper.table(130, (240, 330, 420), [["ข้อ", "คะแนน"], ["i1", "99.35"]])

    outer, inner = find_grids([paper.page()]).grids

    assert texts(inner) == [["ข้อ", "คะแนน"], ["i1", "99.35"]]
    assert texts(outer)[1] == ["ผล", "ดังตาราง"]


def test_a_frame_that_touches_the_table_does_not_add_to_it() -> None:
    paper = drawn(INDICATORS, top=500)
    paper.box(XS[0], 40, XS[-1], 800)
    paper.text(70, 80, "ข้อความยาวเหนือตาราง")

    tables = find_grids([paper.page()])

    assert texts(only(tables)) == INDICATORS
    assert tables.lines[1][0].text == "ข้อความยาวเหนือตาราง"


def test_lines_outside_tables_stay_in_order() -> None:
    paper = drawn(INDICATORS, top=200)
    paper.text(60, 150, "ก่อนตาราง")
    paper.text(60, 400, "หลังตาราง")
    paper.text(290, 820, "- 1 -")

    lines = find_grids([paper.page()]).lines

    assert [line.text for line in lines[1]] == ["ก่อนตาราง", "หลังตาราง", "- 1 -"]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_on_its_side_reads_like_the_upright_one(angle: int) -> None:
    paper = drawn(INDICATORS)
    paper.text(60, 400, "หลังตาราง")
    upright = find_grids([paper.page()])

    lying = find_grids([turned(paper.page(), angle)])

    assert texts(only(lying)) == texts(only(upright))
    assert [line.text for line in lying.lines[1]] == [line.text for line in upright.lines[1]]
    page = turned(paper.page(), angle)
    for cell in only(lying).cells:
        box = cell.passage.box()
        assert box is not None
        assert cell.box.x0 <= box.x0 and box.x1 <= cell.box.x1
        assert box.x0 >= 0 and box.x1 <= page.width and box.bottom <= page.height


def test_headings_that_run_upward_are_read() -> None:
    paper = Paper()
    xs = (60.0, 250.0, 300.0, 350.0)
    paper.across(100, 60, 350)
    for x in xs:
        paper.down(x, 100, 220)
    paper.text(64, 160, "หน่วยงาน")
    paper.upward(280, 215, "IIT")
    paper.upward(330, 215, "EIT")
    paper.table(220, xs, [["อบต. หนึ่ง", "98.01", "93.22"], ["อบต. สอง", "92.14", "91.21"]])

    grid = only(find_grids([paper.page()]))

    assert texts(grid)[0] == ["หน่วยงาน", "IIT", "EIT"]
    assert grid.header_rows == 1


def test_numbers_under_each_other_in_one_cell_are_rows() -> None:
    rows = [
        ["ตัวชี้วัด", "ข้อคำถาม", "คะแนน"],
        ["๑", "i1 การปฏิบัติงาน\nตามขั้นตอน\ni2 ความเท่าเทียม\ni3 สินบน", "99.35\n \n98.00\n100"],
    ]

    grid = only(find_grids([drawn(rows).page()]))

    assert texts(grid)[1:] == [
        ["๑", "i1 การปฏิบัติงาน\nตามขั้นตอน", "99.35"],
        ["", "i2 ความเท่าเทียม", "98.00"],
        ["", "i3 สินบน", "100"],
    ]


@st.composite
def grids_of_words(draw: st.DrawFn) -> tuple[list[float], list[list[str]]]:
    columns = draw(st.integers(2, 6))
    widths = draw(st.lists(st.integers(50, 90), min_size=columns, max_size=columns))
    xs = [40.0]
    for width in widths:
        xs.append(xs[-1] + width)
    rows = draw(st.integers(2, 8))
    return xs, [
        [
            "กข" if column == 0 else draw(st.sampled_from(["คง", "12.5", "i3", "ABC\nจฉ", "100"]))
            for column in range(columns)
        ]
        for _ in range(rows)
    ]


@settings(max_examples=40, deadline=None)
@given(grids_of_words())
def test_every_drawn_cell_is_found(made: tuple[list[float], list[list[str]]]) -> None:
    """Whatever is drawn with lines comes back in its place, titles and headings aside."""
    xs, rows = made
    paper = Paper()
    paper.table(60, xs, rows)

    grid = only(find_grids([paper.page()]))

    assert grid.column_count == len(xs) - 1
    assert sorted(cell.text for cell in grid.cells) == sorted(t for row in rows for t in row)


def _typeset(rows: list[list[str]]) -> Page:
    stream = BytesIO()
    style = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    table = Table(rows, colWidths=[60, 250, 80], style=style)
    SimpleDocTemplate(stream, pagesize=A4, invariant=True).build([table])
    return read_pdf(stream.getvalue()).pages[0]


def test_a_table_from_a_pdf_file() -> None:
    rows = [["No.", "Item", "Score"], ["i1", "Duty", "99.35"], ["i2", "Budget", "100"]]

    grid = only(find_grids([_typeset(rows)]))

    assert texts(grid) == rows
    assert grid.header_rows == 1

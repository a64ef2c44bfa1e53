"""Tables without ruling lines."""

from __future__ import annotations

from paper import Paper

from parsers.model import Grid
from parsers.tables import Tables, find_grids

SCORES = ["99.78", "99.14", "100.00", "67.10", "100.00"]
NAMES = [
    "การปฏิบัติหน้าที่",
    "การใช้งบประมาณ",
    "การใช้อำนาจ",
    "การใช้ทรัพย์สินของราชการ",
    "การแก้ไขปัญหาการทุจริต",
]


def texts(grid: Grid) -> list[list[str]]:
    out = [[""] * grid.column_count for _ in range(grid.row_count)]
    for cell in grid.cells:
        out[cell.row][cell.column] = cell.text
    return out


def read(paper: Paper) -> Tables:
    return find_grids([paper.page()])


def test_numbers_beside_names_under_headings() -> None:
    paper = Paper()
    paper.text(60, 80, "ผลการประเมินของหน่วยงานในปีงบประมาณนี้เป็นไปตามตารางดังต่อไปนี้")
    for x, heading in ((70, "ที่"), (200, "ตัวชี้วัด"), (450, "คะแนน")):
        paper.text(x, 120, heading)
    for row, (name, score) in enumerate(zip(NAMES, SCORES, strict=True)):
        paper.text(75, 145 + 24 * row, str(row + 1))
        paper.text(120, 145 + 24 * row, name)
        paper.text(485 - 7 * len(score), 145 + 24 * row, score)

    tables = read(paper)

    grid = tables.grids[0]
    assert not grid.ruled
    assert texts(grid)[0] == ["ที่", "ตัวชี้วัด", "คะแนน"]
    assert texts(grid)[1:] == [
        [str(i + 1), n, s] for i, (n, s) in enumerate(zip(NAMES, SCORES, strict=True))
    ]
    assert grid.header_rows == 1
    assert len(tables.lines[1]) == 1


def _questions(paper: Paper, places: list[float]) -> None:
    """Three questions of two lines each; the scores at the given heights."""
    for row, place in enumerate(places):
        top = 140 + 40 * row
        paper.text(80, top, f"ข้อ i{row + 1} การปฏิบัติงานหรือให้บริการของเจ้าหน้าที่")
        paper.text(80, top + 20, "เป็นไปตามขั้นตอนที่กำหนด")
        paper.text(480, place, f"{90 + row}.5{row}")


def test_a_score_beside_the_first_line_of_a_long_question() -> None:
    paper = Paper()
    _questions(paper, [140, 180, 220])

    assert [row[1] for row in texts(read(paper).grids[0])] == ["90.50", "91.51", "92.52"]
    assert texts(read(paper).grids[0])[2][0].endswith("\nเป็นไปตามขั้นตอนที่กำหนด")


def test_a_score_in_the_middle_of_a_long_question() -> None:
    paper = Paper()
    _questions(paper, [150, 190, 230])

    grid = read(paper).grids[0]

    assert [row[0][:6] for row in texts(grid)] == ["ข้อ i1", "ข้อ i2", "ข้อ i3"]
    assert [row[1] for row in texts(grid)] == ["90.50", "91.51", "92.52"]


def test_long_names_without_numbers_are_parted_by_how_full_their_lines_are() -> None:
    """The rest of a name from the page before stands above the first score."""
    paper = Paper()
    for x, heading in ((80, "หน่วยงาน"), (470, "คะแนน")):
        paper.text(x, 60, heading)
    paper.text(80, 80, "บ้านเก่า")
    for row, name in enumerate(["บ้านใหม่", "หนองน้ำ", "โคกสูง"]):
        paper.text(80, 100 + 40 * row, "องค์การบริหารส่วนตำบลในเขตอำเภอ")
        paper.text(80, 120 + 40 * row, name)
        paper.text(480, 100 + 40 * row, f"{90 + row}.00")

    rows = texts(read(paper).grids[0])

    assert rows[1] == ["บ้านเก่า", ""]
    assert [row[1] for row in rows[2:]] == ["90.00", "91.00", "92.00"]
    assert rows[2][0].endswith("บ้านใหม่")


def test_headings_over_several_columns() -> None:
    paper = Paper()
    paper.text(80, 100, "หน่วยงาน")
    paper.text(250, 100, "คะแนนรายเครื่องมือ ร้อยละ")
    for x, name in ((250, "IIT"), (320, "EIT"), (390, "OIT")):
        paper.text(x, 120, name)
    for row in range(4):
        paper.text(80, 145 + 24 * row, f"อบต. แห่งที่ {row + 1}")
        for x in (245, 315, 385):
            paper.text(x, 145 + 24 * row, f"{80 + row}.25")

    grid = read(paper).grids[0]

    assert grid.header_rows == 2
    top = grid.cell_at(0, 2)
    assert top is not None
    assert (top.column, top.column_span) == (1, 3)


def test_one_row_under_headings_at_the_end_of_a_page() -> None:
    first, second = Paper(), Paper()
    for paper, top in ((first, 700), (second, 60)):
        for x, heading in ((70, "ที่"), (120, "ตัวชี้วัด"), (450, "คะแนน")):
            paper.text(x, top, heading)
    for row, (name, score) in enumerate(zip(NAMES, SCORES, strict=True)):
        paper, top = (first, 725) if row == 0 else (second, 61 + 24 * row)
        paper.text(70, top, str(row + 1))
        paper.text(120, top, name)
        paper.text(455, top, score)

    grids = find_grids([first.page(1), second.page(2)]).grids

    assert len(grids) == 1
    assert [row[2] for row in texts(grids[0])] == ["คะแนน", *SCORES]


def test_a_narrow_heading_in_the_middle_of_its_columns() -> None:
    paper = Paper()
    paper.text(80, 100, "หน่วยงาน")
    paper.text(320, 100, "คะแนน")
    for x, name in ((250, "IIT"), (325, "EIT"), (400, "OIT")):
        paper.text(x, 120, name)
    for row in range(4):
        paper.text(80, 145 + 24 * row, f"อบต. แห่งที่ {row + 1}")
        for x in (245, 320, 395):
            paper.text(x, 145 + 24 * row, f"{80 + row}.25")

    top = read(paper).grids[0].cell_at(0, 3)

    assert top is not None
    assert (top.text, top.column, top.column_span) == ("คะแนน", 1, 3)


def test_bars_between_names_and_numbers_are_a_chart() -> None:
    """The numbers end bars of different length: names and numbers would be mismatched."""
    paper = Paper()
    for row, (name, score) in enumerate(zip(NAMES, SCORES, strict=True)):
        paper.text(80, 100 + 24 * row, name)
        paper.box(260, 88 + 24 * row, 440 + 2 * row, 104 + 24 * row)
        paper.text(446 + 2 * row, 100 + 24 * row, score)

    assert read(paper).grids == ()


def test_rules_under_every_row_part_the_rows() -> None:
    paper = Paper()
    paper.text(80, 100, "ข้อคำถาม")
    paper.text(470, 100, "คะแนน")
    for row, name in enumerate(["ก ข ค", "ง จ ฉ", "ช ซ ฌ"]):
        paper.across(106 + 44 * row, 70, 520)
        paper.text(80, 124 + 44 * row, name + " การปฏิบัติงาน")
        paper.text(80, 144 + 44 * row, "ของเจ้าหน้าที่")
        paper.text(480, 134 + 44 * row, f"9{row}.00")
    paper.across(238, 70, 520)

    rows = texts(read(paper).grids[0])

    assert [row[1] for row in rows[1:]] == ["90.00", "91.00", "92.00"]
    assert all(row[0].endswith("ของเจ้าหน้าที่") for row in rows[1:])


def test_prose_lists_and_contents_stay_lines() -> None:
    """Scores in sentences and lists have their own readers; page numbers are no scores."""
    paper = Paper()
    for row, score in enumerate(SCORES):
        paper.text(60, 60 + 22 * row, f"หน่วยงานได้คะแนน {score} คะแนน ซึ่งอยู่ในระดับดี")
    for row, (name, score) in enumerate(zip(NAMES, SCORES, strict=True)):
        paper.text(60, 200 + 22 * row, f"{row + 1}. {name} {score} คะแนน")
    for row, name in enumerate(NAMES):
        paper.text(60, 340 + 22 * row, name + " " + "." * 40)
        paper.text(500, 340 + 22 * row, str(3 * row + 1))
    paper.text(60, 480, "ที่ ชย ๕๒๕๐๖.๒/๑๗")
    paper.text(320, 480, "วันที่ ๒๗ ตุลาคม ๒๕๖๖")
    for x in (80, 340):
        paper.text(x, 520, "(ลงชื่อ)")
        paper.text(x, 542, "(นาย ก)")

    tables = read(paper)

    assert tables.grids == ()
    assert len(tables.lines[1]) == 18


def test_a_page_number_is_no_score() -> None:
    paper = Paper()
    for row, (name, score) in enumerate(zip(NAMES, SCORES, strict=True)):
        paper.text(120, 680 + 24 * row, name)
        paper.text(280, 680 + 24 * row, score)
    paper.text(285, 815, "4")

    grid = read(paper).grids[0]

    assert grid.row_count == len(NAMES)


def test_lines_that_are_spread_over_the_width_are_no_table() -> None:
    """Justified Thai has few blanks, each as wide as between columns, but all of one width.

    Two such lines with a score and a year made a table, and the scores of the sentence were
    lost.
    """
    paper = Paper()
    lines = (
        ("ผลการประเมินในปีงบประมาณ", "พ.ศ.", "2567", "เทศบาลเมืองแห่งนี้ได้คะแนนเฉลี่ยทั้งหมด"),
        ("คะแนนภาพรวม", "90.18", "คะแนน", "โดยแบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียนั้น"),
        ("ของผู้มีส่วนได้ส่วนเสียภายนอก", "(EIT)", "ได้", "90.84", "คะแนน", "และแบบตรวจการเปิด"),
        ("เผยข้อมูลสาธารณะ", "(OIT)", "ได้", "88.69", "คะแนน", "ซึ่งสูงกว่าค่าเป้าหมายของปี"),
    )
    for number, words in enumerate(lines):
        x = 70.0
        for word in words:
            paper.text(x, 100 + 20 * number, word)
            x = paper.page().chars[-1].x1 + 14

    assert read(paper).grids == ()

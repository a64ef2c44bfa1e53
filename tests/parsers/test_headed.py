"""Tables of text without ruling lines, found by their headings; rests of tables."""

from __future__ import annotations

from paper import Paper

from parsers.model import Grid
from parsers.tables import Tables, find_grids

HEADS = ((60, "ประเด็นที่ต้องพัฒนา"), (220, "ผู้รับผิดชอบ"), (340, "ขั้นตอน/วิธีการ"), (470, "ระยะเวลา"))
PLAN = (
    ("ช่องทางเผยแพร่\nข้อมูล", "กองคลัง", "ลงข่าวในเว็บไซต์\nทุกเดือนของปี\nและเพจ", "มีนาคม"),
    ("คู่มือการปฏิบัติ", "สำนักปลัด", "จัดทำคู่มือ\nกองละหนึ่งเล่ม", "เมษายน"),
    ("การรับเรื่อง\nร้องเรียน", "กองช่าง", "เปิดช่องทางรับเรื่อง", "ตลอดปี"),
)


def texts(grid: Grid) -> list[list[str]]:
    out = [[""] * grid.column_count for _ in range(grid.row_count)]
    for cell in grid.cells:
        out[cell.row][cell.column] = cell.text
    return out


def heads(paper: Paper, y: float) -> None:
    for x, text in HEADS:
        paper.text(x, y, text)


def plan(paper: Paper, y: float, rows: tuple[tuple[str, ...], ...] = PLAN) -> float:
    """Rows with 20 points between the lines of a cell and 32 between rows."""
    for row in rows:
        for (x, _), cell in zip(HEADS, row, strict=True):
            for line, text in enumerate(cell.split("\n")):
                paper.text(x - 10, y + 20 * line, text)
        y += 12 + 20 * max(cell.count("\n") + 1 for cell in row)
    return y


def read(*papers: Paper) -> Tables:
    return find_grids([paper.page(number) for number, paper in enumerate(papers, 1)])


def test_a_plan_set_by_alignment_alone() -> None:
    paper = Paper()
    paper.text(50, 70, "มาตรการส่งเสริมคุณธรรมและความโปร่งใสของหน่วยงานประจำปีงบประมาณ")
    heads(paper, 100)
    end = plan(paper, 134)
    paper.text(50, end + 20, "ทั้งนี้ให้หน่วยงานถือปฏิบัติตามมาตรการที่กำหนดไว้ข้างต้นอย่างเคร่งครัดต่อไป")

    tables = read(paper)

    grid = tables.grids[0]
    assert (grid.ruled, grid.header_rows, grid.column_count) == (False, 1, 4)
    assert texts(grid) == [[text for _, text in HEADS], *(list(row) for row in PLAN)]
    assert [line.text[:8] for line in tables.lines[1]] == ["มาตรการส", "ทั้งนี้ใ"]


def test_headings_of_two_lines() -> None:
    paper = Paper()
    heads(paper, 100)
    paper.text(70, 120, "ให้ดีขึ้น")
    paper.text(470, 120, "แล้วเสร็จ")
    plan(paper, 154)

    (grid,) = read(paper).grids

    assert grid.header_rows == 1
    assert texts(grid)[0][0] == "ประเด็นที่ต้องพัฒนา\nให้ดีขึ้น"
    assert texts(grid)[1:] == [list(row) for row in PLAN]


def test_a_plan_goes_on_without_its_headings() -> None:
    first, second = Paper(), Paper()
    heads(first, 100)
    plan(first, 134)
    plan(second, 80, PLAN[1:])
    second.text(50, 300, "ทั้งนี้ให้หน่วยงานถือปฏิบัติตามมาตรการที่กำหนดไว้ข้างต้นอย่างเคร่งครัดต่อไป")

    tables = read(first, second)

    (grid,) = tables.grids
    assert (grid.page_first, grid.page_last, grid.row_count) == (1, 2, 6)
    assert texts(grid)[4:] == [list(row) for row in PLAN[1:]]
    assert len(tables.lines[2]) == 1


def test_a_plan_goes_on_under_the_same_headings() -> None:
    first, second = Paper(), Paper()
    for paper, rows in ((first, PLAN[:2]), (second, PLAN[2:])):
        heads(paper, 100)
        plan(paper, 134, rows)

    (grid,) = read(first, second).grids

    assert texts(grid)[1:] == [list(row) for row in PLAN]


def test_the_last_row_of_scores_alone_on_the_next_page() -> None:
    """A row of scores that fell on the next page alone was lost with its score."""
    first, second = Paper(), Paper()
    for x, text in ((60, "ข้อคำถาม"), (300, "คะแนน"), (360, "แนวทางการพัฒนา")):
        first.text(x, 100, text)
    for row in range(4):
        first.text(50, 130 + 50 * row, f"ข้อ o{row + 1} การเปิดเผยข้อมูล")
        first.text(300, 130 + 50 * row, "00.00")
        first.text(360, 130 + 50 * row, "จัดทำแผนและเผยแพร่")
        first.text(360, 150 + 50 * row, "บนเว็บไซต์")
    first.text(360, 320, "ของหน่วยงาน")
    second.text(50, 80, "ข้อ o5 การเปิดเผยข้อมูล")
    second.text(300, 80, "00.00")
    second.text(360, 80, "แสดงความก้าวหน้า")

    tables = read(first, second)

    (grid,) = tables.grids
    assert texts(grid)[4][2] == "จัดทำแผนและเผยแพร่\nบนเว็บไซต์\nของหน่วยงาน"
    assert texts(grid)[5] == ["ข้อ o5 การเปิดเผยข้อมูล", "00.00", "แสดงความก้าวหน้า"]
    assert tables.lines == {1: (), 2: ()}


def test_signatures_below_a_plan_stay_lines() -> None:
    paper = Paper()
    heads(paper, 100)
    end = plan(paper, 134)
    for x in (90, 400):
        paper.text(x, end + 10, "(ลงชื่อ)")
        paper.text(x - 18, end + 30, "ปลัดเทศบาล")

    tables = read(paper)

    assert tables.grids[0].row_count == 4
    assert len(tables.lines[1]) == 2


def test_prose_of_headings_is_no_table() -> None:
    paper = Paper()
    paper.text(60, 100, "ผู้รับผิดชอบ    ขั้นตอน    ระยะเวลา")
    for row in range(4):
        paper.text(60, 130 + 20 * row, "ผู้รับผิดชอบดำเนินการตามขั้นตอนภายในระยะเวลาที่กำหนดไว้ในแผน")

    assert read(paper).grids == ()


def test_contents_are_no_table() -> None:
    paper = Paper()
    for x, text in ((60, "ที่"), (200, "เรื่อง"), (480, "หน้า")):
        paper.text(x, 100, text)
    for row in range(4):
        paper.text(60, 130 + 24 * row, str(row + 1))
        paper.text(120, 130 + 24 * row, "ผลการประเมินของหน่วยงาน")
        paper.text(485, 130 + 24 * row, str(row + 3))

    assert read(paper).grids == ()


def test_lists_in_columns_are_no_table() -> None:
    """Three names beside each other, with a memo head above, have no headings."""
    paper = Paper()
    paper.text(60, 80, "ส่วนราชการ")
    paper.text(160, 80, "สำนักปลัดเทศบาล")
    paper.text(400, 80, "วันที่ ๓ มีนาคม")
    for row in range(4):
        for x in (60, 240, 420):
            paper.text(x, 130 + 24 * row, "สำนักปลัดเทศบาล")

    assert read(paper).grids == ()

"""Tables that run over pages."""

from __future__ import annotations

from paper import Paper

from parsers.model import Grid
from parsers.tables import Tables, find_grids

XS = (60.0, 180.0, 440.0, 530.0)
HEADINGS = ["เครื่องมือ", "ข้อคำถาม", "คะแนน"]
PLAN = (60.0, 190.0, 330.0, 430.0, 530.0)
PLAN_HEADINGS = ["มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ", "ระยะเวลา"]


def texts(grid: Grid) -> list[list[str]]:
    out = [[""] * grid.column_count for _ in range(grid.row_count)]
    for cell in grid.cells:
        out[cell.row][cell.column] = cell.text
    return out


def read(*papers: Paper) -> Tables:
    return find_grids([paper.page(number) for number, paper in enumerate(papers, 1)])


def page_with(
    rows: list[list[str]],
    *,
    xs: tuple[float, ...] = XS,
    top: float = 60,
    open_bottom: bool = False,
    number: str = "",
) -> Paper:
    paper = Paper()
    paper.table(top, xs, rows, open_bottom=open_bottom)
    if number:
        paper.text(290, 820, number)
    return paper


def test_repeated_headings_are_dropped() -> None:
    tables = read(
        page_with([HEADINGS, ["IIT", "i1 ก", "99.35"], ["IIT", "i2 ข", "100"]], number="- 1 -"),
        page_with([HEADINGS, ["OIT", "o1 ค", "50.00"]], number="- 2 -"),
    )

    grid = tables.grids[0]
    assert len(tables.grids) == 1
    assert [row[1] for row in texts(grid)] == ["ข้อคำถาม", "i1 ก", "i2 ข", "o1 ค"]
    assert (grid.page_first, grid.page_last, grid.header_rows) == (1, 2, 1)
    assert [cell.page for cell in grid.cells if cell.row == 3] == [2, 2, 2]


def test_a_table_goes_on_without_headings() -> None:
    tables = read(
        page_with([HEADINGS, ["IIT", "i1 ก", "99.35"], ["IIT", "i2 ข", "100"]]),
        page_with([["OIT", "o1 ค", "50.00"], ["OIT", "o2 ง", "100"]]),
    )

    assert len(tables.grids) == 1
    assert tables.grids[0].row_count == 5


def test_headings_no_word_list_has_are_known_by_repetition() -> None:
    rows = [["กลุ่ม", "เนื้อความ", "ผู้ตอบ"], ["A", "ข้อความหนึ่ง", "ชาย"], ["B", "ข้อความสอง", "หญิง"]]

    grid = read(page_with(rows), page_with([rows[0], ["C", "ข้อความสาม", "ชาย"]])).grids[0]

    assert (grid.header_rows, grid.row_count) == (1, 4)


def test_a_title_between_begins_a_new_table() -> None:
    second = page_with([HEADINGS, ["EIT", "e1 ค", "79.05"]], top=120)
    second.text(60, 100, "ประเด็นที่ ๒ การให้บริการ")

    tables = read(page_with([HEADINGS, ["IIT", "i1 ก", "99.35"]]), second)

    assert [grid.page_first for grid in tables.grids] == [1, 2]
    assert [line.text for line in tables.grids[1].caption] == ["ประเด็นที่ ๒ การให้บริการ"]


def test_a_title_that_says_it_goes_on_does_not() -> None:
    second = page_with([HEADINGS, ["EIT", "e1 ค", "79.05"]], top=120)
    second.text(60, 100, "ตารางที่ ๑ (ต่อ)")

    assert len(read(page_with([HEADINGS, ["IIT", "i1 ก", "99.35"]]), second).grids) == 1


def test_running_heads_do_not_part_a_table() -> None:
    papers = []
    for rows in ([HEADINGS, ["IIT", "i1 ก", "99.35"]], [["IIT", "i2 ข", "98.00"]]):
        paper = page_with(rows, top=120)
        paper.text(60, 40, "รายงานผลการประเมิน")
        papers.append(paper)

    assert len(read(*papers).grids) == 1


def test_other_columns_are_another_table() -> None:
    tables = read(
        page_with([HEADINGS, ["IIT", "i1 ก", "99.35"]]),
        page_with([["1", "กองคลัง", "100"]], xs=(60, 300, 400, 530)),
    )

    assert len(tables.grids) == 2


def test_a_portrait_and_a_landscape_page_are_compared_by_proportion() -> None:
    wide = Paper(width=842, height=595)
    wide.table(60, [60 + (x - 60) * 1.5 for x in XS], [["OIT", "o1 ค", "50.00"]])

    tables = read(page_with([HEADINGS, ["IIT", "i1 ก", "99.35"]]), wide)

    assert len(tables.grids) == 1


def test_a_row_cut_by_the_page_is_one_row_known_by_what_is_empty() -> None:
    tables = read(
        page_with(
            [
                PLAN_HEADINGS,
                ["จัดทำคู่มือ", "แจ้งทุกส่วน", "สำนักปลัด", "ไตรมาส ๒"],
                ["ส่งเสริมการมีส่วน", "ทำแบบประเมิน", "กองคลัง", "ไตรมาส ๓"],
            ],
            xs=PLAN,
        ),
        page_with([PLAN_HEADINGS, ["ร่วมของประชาชน", "เพิ่มช่องทาง", "", ""]], xs=PLAN),
    )

    grid = tables.grids[0]
    assert texts(grid)[2] == [
        "ส่งเสริมการมีส่วน\nร่วมของประชาชน",
        "ทำแบบประเมิน\nเพิ่มช่องทาง",
        "กองคลัง",
        "ไตรมาส ๓",
    ]
    joined = grid.cell_at(2, 0)
    assert joined is not None
    assert joined.page == 1
    assert joined.passage.printed_between(18, 32) == "ร่วมของประชาชน"


def test_a_cut_row_known_by_the_missing_line() -> None:
    """Browsers slice a row at the page end and draw no line there."""
    rows = [PLAN_HEADINGS, ["ก ข", "ค ง", "จ ฉ", "ช ซ"], ["ฌ ญ", "ฎ ฏ", "ฐ ฑ", "ฒ ณ"]]

    tables = read(
        page_with(rows, xs=PLAN, open_bottom=True),
        page_with([PLAN_HEADINGS, ["ด ต", "ถ ท", "ธ น", "บ ป"]], xs=PLAN),
    )

    assert texts(tables.grids[0])[2] == ["ฌ ญ\nด ต", "ฎ ฏ\nถ ท", "ฐ ฑ\nธ น", "ฒ ณ\nบ ป"]


def test_a_cut_row_known_by_the_missing_number() -> None:
    rows = [
        PLAN_HEADINGS,
        ["๑. จัดทำ", "ก", "สำนักปลัด", "ทั้งปี"],
        ["๒. ส่งเสริม", "ข", "กองคลัง", "ทั้งปี"],
    ]

    tables = read(
        page_with(rows, xs=PLAN),
        page_with([["ให้ทั่วถึง", "ค", "และกองช่าง", "ต่อเนื่อง"], ["๓. ติดตาม", "ง", "จ", "ฉ"]], xs=PLAN),
    )

    assert [row[0] for row in texts(tables.grids[0])] == [
        "มาตรการ",
        "๑. จัดทำ",
        "๒. ส่งเสริม\nให้ทั่วถึง",
        "๓. ติดตาม",
    ]


def test_a_new_question_under_a_merged_instrument_is_a_new_row() -> None:
    """Its first cell is empty as in a cut row, but it has a score of its own."""
    tables = read(
        page_with([HEADINGS, ["IIT", "i1 การปฏิบัติงาน", "99.35"], ["^", "i2 ความ", "98.00"]]),
        page_with([HEADINGS, ["", "i3 สินบน", "100"], ["^", "i4 งบประมาณ", "97.52"]]),
    )

    grid = tables.grids[0]
    assert [row[2] for row in texts(grid)[1:]] == ["99.35", "98.00", "100", "97.52"]
    instrument = grid.cell_at(4, 0)
    assert instrument is not None
    assert (instrument.text, instrument.row_span) == ("IIT", 4)


def test_a_number_broken_in_two_by_a_narrow_column_and_the_page() -> None:
    """The rest of "88.44" is no score of its own."""
    headings = ["ที่", "หน่วยงาน", "คะแนน"]
    rows = [headings, ["24", "อบต. หนึ่ง", "73.0\n5"], ["25", "อบต. สอง", "88.4"]]
    rest = [["", "แห่งที่สอง", "4"], ["26", "อบต. สาม", "65.9\n1"]]

    grid = read(page_with(rows), page_with(rest)).grids[0]

    assert texts(grid)[2:] == [
        ["25", "อบต. สอง\nแห่งที่สอง", "88.4\n4"],
        ["26", "อบต. สาม", "65.9\n1"],
    ]


def test_a_score_beside_the_second_half_of_a_cut_question() -> None:
    tables = read(
        page_with(
            [
                HEADINGS,
                ["IIT", "ข้อ i1 ก", "99.35"],
                ["IIT", "ข้อ i2 ข", "98.00"],
                ["", "ข้อ i3 การ", ""],
            ]
        ),
        page_with([["", "ให้บริการ", "๘๒.๘๖"], ["EIT", "ข้อ e1 ค", "79.05"]]),
    )

    grid = tables.grids[0]
    assert texts(grid)[3] == ["", "ข้อ i3 การ\nให้บริการ", "๘๒.๘๖"]
    score = grid.cell_at(3, 2)
    assert score is not None
    assert score.page == 2


def test_the_rest_of_one_cell_alone_on_a_page() -> None:
    """A page with one filled cell is a table only because the table goes on there."""
    rows = [PLAN_HEADINGS, ["ก", "๑. หนึ่ง", "ข", "ค"], ["ง", "๑. สอง", "จ", "ฉ"]]
    rest = page_with([["", "๒. สาม", "", ""]], xs=PLAN)

    assert texts(read(page_with(rows, xs=PLAN), rest).grids[0])[2][1] == "๑. สอง\n๒. สาม"
    alone = read(rest)
    assert alone.grids == ()
    assert [line.text for line in alone.lines[1]] == ["๒. สาม"]


def test_headings_that_share_a_cell_with_the_rest_of_a_row() -> None:
    """No line between the repeated headings and the rest of the cut row."""
    tables = read(
        page_with([HEADINGS, ["IIT", "i1 ก", "99.35"], ["IIT", "i2 ข", "98.00"]]),
        page_with([["เครื่องมือ", "ข้อคำถาม\nและ ค", "คะแนน"], ["OIT", "o1 ง", "50.00"]]),
    )

    assert texts(tables.grids[0])[2:] == [["IIT", "i2 ข\nและ ค", "98.00"], ["OIT", "o1 ง", "50.00"]]


def test_three_pages_make_one_table_and_numbers_follow_reading_order() -> None:
    first = page_with([HEADINGS, ["IIT", "i1 ก", "99.35"]], top=300)
    first.table(60, (60, 300, 530), [["คะแนน", "ระดับ"], ["95.00", "AA"]])
    pages = [first, *(page_with([HEADINGS, ["IIT", f"i{n} ข", "98.00"]]) for n in (2, 3))]

    tables = read(*pages)

    assert [(g.number, g.page_first, g.page_last) for g in tables.grids] == [(1, 1, 1), (2, 1, 3)]

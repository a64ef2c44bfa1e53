"""A table of several agencies: ten indicators, the total, the level and the rank of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from made_years.expect import ARITHMETIC, Expected
from made_years.sayings import box
from made_years.sheets import Block, Cell, Sheet, record
from made_years.truth import Printing, Truth, draw, say_level

from parsers.model import Claim, Rank, Rating

__all__ = ["TABLES", "lay_out_agencies"]

_NAMES = (
    "บ้านเก่า",
    "โนนไทย",
    "หนองบัว",
    "ห้วยยาง",
    "ท่าช้าง",
    "คลองใหญ่",
    "นาดี",
    "สระแก้ว",
    "ดอนกลาง",
    "วังหิน",
    "โพธิ์ทอง",
    "บางน้ำใส",
    "เขาน้อย",
    "ป่าสัก",
    "แม่ยาว",
)


def lay_out_agencies(year_be: int, random: Random) -> Sheet:
    """A province's table, in the order of the totals; each row is consistent."""
    chosen = random.sample(_NAMES, random.randint(4, len(_NAMES)))
    drawn = [
        (f"อบต.{name}", draw(year_be, random, random.choice(("usual", "high")))) for name in chosen
    ]
    drawn.sort(key=lambda row: -row[1].values["ITA"])
    first = drawn[0][1]
    block = Block("agencies", "table", 1, [], "ผลการประเมินของหน่วยงานในจังหวัดนครราชสีมา")
    sheet = Sheet(first, Printing().texts(first), "agencies", [block])
    for row, (name, truth) in enumerate(drawn, start=2):
        _row(sheet, block, row, name, truth)
    place = {"year_be": year_be, "level": None, "page": 1, "box": box(1)}
    said = {"codes": (), "values": (), "of": None, "printed": f"จำนวน {len(drawn)} แห่ง"}
    sheet.claims.append(
        record(Claim, kind="row-count", count=len(drawn), table_no=1, **place, **said)
    )
    return sheet


def _row(sheet: Sheet, block: Block, row: int, name: str, truth: Truth) -> None:
    texts = Printing().texts(truth)
    for column, code in enumerate([*truth.indicators, "ITA"]):
        cell = Cell(code, texts[code], row, sheet.year_be, agency=name, column=column)
        block.cells.append(cell)
    word = say_level(truth.year, truth.values)
    place = {"year_be": sheet.year_be, "page": 1, "table_no": 1, "row_no": row, "box": box(row)}
    sheet.ratings.append(
        record(
            Rating,
            rating_id=f"r{row}",
            kind="level",
            code="ITA",
            rating=word,
            rating_printed=word,
            place="table",
            agency_name_printed=name,
            **place,
        )
    )
    number = row - 1
    sheet.ranks.append(
        record(Rank, agency_name_printed=name, rank=number, rank_printed=str(number), **place)
    )


# ---- damages --------------------------------------------------------------------------------


def _digit(sheet: Sheet, random: Random) -> Expected | None:
    """A value of one agency is another one: its total no longer fits, whichever is wrong."""
    cell = random.choice(sheet.blocks[0].cells)
    old, new = float(cell.text or 0), random.randint(2000, 10000) / 100
    weight = {"ITA": 1.0, "9": 0.2, "10": 0.2, "6": 0.1, "7": 0.1, "8": 0.1}.get(cell.code, 0.06)
    if abs(old - new) * weight < 0.05:
        return None
    cell.text = f"{new:.2f}"
    _reorder(sheet)
    return Expected(ARITHMETIC, frozenset({"ITA", cell.code}))


def _reorder(sheet: Sheet) -> None:
    """The places follow the totals as printed: a wrong total is no wrong place."""
    sheet.ranks = []


def _swapped(sheet: Sheet, random: Random) -> Expected | None:
    """Two indicators of one agency, of instruments of another weight, change places."""
    row = random.choice([cell.row for cell in sheet.blocks[0].cells])
    cells = {cell.code: cell for cell in sheet.blocks[0].cells if cell.row == row}
    one, other = cells[random.choice("12345")], cells[random.choice(("9", "10"))]
    if abs(float(one.text or 0) - float(other.text or 0)) < 1:
        return None
    one.text, other.text = other.text, one.text
    return Expected(ARITHMETIC, frozenset({"ITA", one.code, other.code}))


def _rank_broken(sheet: Sheet, random: Random) -> Expected | None:
    """Two places exchanged, or one number left out."""
    at = random.randrange(len(sheet.ranks) - 1)
    one, other = sheet.ranks[at], sheet.ranks[at + 1]
    skipped = (one.rank, (other.rank or 0) + 5)
    turned = random.choice(((other.rank, one.rank), skipped))
    sheet.ranks[at] = replace(one, rank=turned[0], rank_printed=str(turned[0]))
    sheet.ranks[at + 1] = replace(other, rank=turned[1], rank_printed=str(turned[1]))
    return Expected(frozenset({"rank-broken"}), note=True)


def _rows_miscounted(sheet: Sheet, random: Random) -> Expected | None:
    claim = sheet.claims[0]
    sheet.claims[0] = replace(claim, count=(claim.count or 0) + random.choice((-1, 1, 2)))
    return Expected(frozenset({"rank-broken"}), note=True)


def _level_wrong(sheet: Sheet, random: Random) -> Expected | None:
    at = random.randrange(len(sheet.ratings))
    rating, year = sheet.ratings[at], sheet.truth.year
    total = next(
        c.value for c in sheet.blocks[0].cells if (c.row, c.code) == (rating.row_no, "ITA")
    )
    wrong = [
        level.name
        for level in year.rating_levels
        if level.min is not None and level.max is not None and total is not None
        if not float(level.min) - 0.02 <= total <= float(level.max) + 0.02
    ]
    word = random.choice(wrong) if wrong else None
    if word is None:
        return None
    sheet.ratings[at] = replace(rating, rating=word, rating_printed=word)
    sure = year.certainty.levels == "certain"
    return Expected(frozenset({"level-differs"}), frozenset({"ITA"}), note=not sure)


TABLES: dict[str, Callable[[Sheet, Random], Expected | None]] = {
    "agencies: value wrong": _digit,
    "agencies: indicators swapped": _swapped,
    "agencies: level word wrong": _level_wrong,
    "agencies: rank order broken": _rank_broken,
    "agencies: number of rows wrong": _rows_miscounted,
}

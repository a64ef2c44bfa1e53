"""How reports are laid out: which scores stand in which table, and what is said again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from random import Random

from made_years.sayings import add_sayings, level_rating, pass_ratings
from made_years.sheets import Block, Cell, Sheet, rows_of
from made_years.truth import Printing, Truth, say_level

from parsers.model import Place, Scale

__all__ = ["LAYOUTS", "lay_out"]

# The blocks of every layout, top to bottom. `memo`, `said` and `chart` print again what
# tables print; `before` is the year before, side by side with this one.
LAYOUTS: dict[str, tuple[str, ...]] = {
    "summary": ("summary", "indicators"),
    "one-table": ("all-in-one",),
    "indicators": ("indicators",),
    "questions": ("summary", "indicators", "questions"),
    "items": ("summary", "indicators", "items"),
    "subindicators": ("summary", "indicators", "subindicators"),
    "weighted": ("summary", "indicators", "weighted"),
    "repeats": ("memo", "summary", "indicators", "said", "chart"),
    "two-years": ("summary-two-years", "indicators-two-years", "questions"),
    "short": ("short", "summary", "indicators", "questions", "items"),
    "parts": ("summary", "indicators", "part-tables", "questions"),
    "one-part": ("summary", "indicators", "one-part-questions"),
    "full": (
        "memo", "summary", "weighted", "indicators", "questions", "subindicators", "items",
        "said", "chart",
    ),
}  # fmt: skip


def lay_out(truth: Truth, layout: str, random: Random, printing: Printing | None = None) -> Sheet:
    """The sheet of a layout: consistent, whatever the values.

    Args:
        truth: The exact scores.
        layout: A key of `LAYOUTS`.
        random: Decides what a report may choose: which level a total on an edge gets.
        printing: How values are rounded.
    """
    texts = (printing or Printing()).texts(truth)
    parts = LAYOUTS[layout]
    if "short" in parts:
        texts = {code: _shortened(code, text) for code, text in texts.items()}
    sheet = Sheet(truth, texts, layout)
    for name in parts:
        if name in _BLOCKS:
            _BLOCKS[name](sheet, random)
    for page, block in enumerate(sheet.blocks, start=1):
        block.page = page
    sheet.blocks = [block for block in sheet.blocks if block.cells]
    level_rating(sheet, _level(sheet, random))
    pass_ratings(sheet)
    add_sayings(sheet, random)
    return sheet


def _level(sheet: Sheet, random: Random) -> str:
    """By the exact values or by the printed ones: on an edge both are right."""
    exact = sheet.truth.values
    if random.random() < 0.5:
        return say_level(sheet.truth.year, exact)
    # FY2566 on: an instrument between the two roundings may decide as well.
    printed = {code: Fraction(sheet.texts[code]) for code in exact if code in sheet.texts}
    return say_level(sheet.truth.year, printed)


def _shortened(code: str, text: str) -> str:
    """100.00 as 100 and 92.50 as 92.5, as a spreadsheet prints them."""
    if code[0] == "o" or text == "100.00":
        return text.removesuffix(".00")
    return text.removesuffix("0") if text.endswith("0") and not text.endswith("00") else text


# ---- blocks ---------------------------------------------------------------------------------


def _block(
    sheet: Sheet,
    role: str,
    codes: Iterable[str],
    *,
    place: Place = "table",
    heading: str = "",
    scale: Scale = "percent",
) -> Block:
    held = list(codes)
    rows = rows_of(held)
    suffix = "*" if scale == "weighted" else ""
    cells = [
        Cell(
            code,
            sheet.texts[code + suffix],
            rows[code],
            sheet.year_be,
            scale,
            title=_title(sheet, code),
            printed_code=code if code[0] in "ieo" or code.isdigit() else "",
        )
        for code in held
    ]
    block = Block(role, place, len(sheet.blocks) + 1, cells, heading)  # type: ignore[arg-type]
    sheet.blocks.append(block)
    return block


def _title(sheet: Sheet, code: str) -> str:
    year = sheet.truth.year
    question = year.question(code)
    if question is not None:
        return question.title
    entry = year.indicator(code)
    return entry.name if entry else code


def _whole(truth: Truth, random: Random) -> list[str]:
    """IIT, EIT and OIT; the parts of the EIT in place of it, beside it, or not at all."""
    if "EIT1" not in truth.values:
        return truth.instruments
    without = random.choice([("EIT",), ("EIT1", "EIT2"), ()])
    return [code for code in truth.instruments if code not in without]


def _summary(sheet: Sheet, random: Random) -> None:
    _block(sheet, "summary", [*_whole(sheet.truth, random), "ITA"], heading="ผลการประเมินในภาพรวม")


def _indicators(sheet: Sheet, random: Random) -> None:
    heading = "ผลการประเมินรายตัวชี้วัด"
    printed_above = sheet.block("summary")
    codes = sheet.truth.indicators + ([] if printed_above else ["ITA"])
    _block(sheet, "indicators", codes, heading=heading)


def _all_in_one(sheet: Sheet, random: Random) -> None:
    """Instruments, each with its indicators below it, and the total, in one table."""
    truth = sheet.truth
    codes: list[str] = []
    for instrument in truth.year.instruments:
        numbers = [str(i.no) for i in truth.year.indicators if i.instrument == instrument.code]
        codes += [instrument.code, *numbers]
    _block(sheet, "indicators", [*codes, "ITA"], heading="สรุปผลการประเมิน")


def _questions(sheet: Sheet, random: Random) -> None:
    truth = sheet.truth
    lists = {"i": "IIT", "e": "EIT", "ep": "EIT", "es": "EIT"}
    for prefix, instrument in lists.items():
        codes = [c for c in truth.questions if c.rstrip("0123456789") == prefix]
        if codes:
            heading = f"ผลการประเมินรายข้อคำถาม {instrument}"
            _block(sheet, "questions", codes, heading=heading).instrument = instrument


def _items(sheet: Sheet, random: Random) -> None:
    codes = [code for code in sheet.truth.questions if code[0] == "o"]
    if codes:
        _block(sheet, "items", codes, heading="ผลการประเมินรายข้อ OIT")


def _one_part(sheet: Sheet, random: Random) -> None:
    """The IIT, and one part of the EIT under codes that do not name it."""
    truth = sheet.truth
    own = [code for code in truth.questions if code[0] == "i"]
    if own:
        _block(sheet, "questions", own, heading="ผลการประเมินรายข้อคำถาม IIT")
    part = [code for code in truth.questions if code.startswith("ep")]
    plain = [code for code in truth.questions if code[0] == "e" and code[1].isdigit()]
    if part:
        block = _block(sheet, "questions", part, heading="ผลการประเมินรายข้อคำถาม EIT")
        for cell in block.cells:
            cell.code = cell.printed_code = "e" + cell.code[2:]
    elif plain:
        _block(sheet, "questions", plain, heading="ผลการประเมินรายข้อคำถาม EIT")


def _subindicators(sheet: Sheet, random: Random) -> None:
    if sheet.truth.subindicators:
        _block(sheet, "subindicators", sheet.truth.subindicators, heading="ตัวชี้วัดย่อย OIT")


def _weighted(sheet: Sheet, random: Random) -> None:
    weights = sheet.truth.year.weights(parts=random.random() < 0.5)
    codes = [code for code in weights if f"{code}*" in sheet.texts]
    heading = "คะแนนถ่วงน้ำหนัก"
    block = _block(sheet, "weighted", codes, heading=heading, scale="weighted")
    block.cells.append(Cell("ITA", sheet.texts["ITA"], len(codes) + 2, sheet.year_be, title="รวม"))


def _part_tables(sheet: Sheet, random: Random) -> None:
    """Each part of the EIT with its own values of indicators 6 to 8."""
    for part in ("EIT1", "EIT2"):
        if f"{part}:6" in sheet.texts:
            block = _block(sheet, "part", ["6", "7", "8"], heading=f"ผลการประเมิน {part}")
            for cell in block.cells:
                cell.text = sheet.texts[f"{part}:{cell.code}"]


def _memo(sheet: Sheet, random: Random) -> None:
    chosen = sorted(random.sample(sheet.truth.indicators, 4), key=int)
    _block(sheet, "memo", [*chosen, "ITA"], place="sentence", heading="บันทึกข้อความ")


def _said(sheet: Sheet, random: Random) -> None:
    chosen = sorted(random.sample(sheet.truth.indicators, 5), key=int)
    _block(sheet, "said", chosen, place="sentence")


def _chart(sheet: Sheet, random: Random) -> None:
    whole = random.random() < 0.4
    codes = ["IIT", "EIT", "OIT"] if whole else sheet.truth.indicators
    _block(sheet, "chart", codes, place="chart", heading="แผนภูมิ")


def _two_years(make: Callable[[Sheet, Random], None]) -> Callable[[Sheet, Random], None]:
    """A table with the year before in a column of its own: other values, nothing wrong."""

    def both(sheet: Sheet, random: Random) -> None:
        make(sheet, random)
        block = sheet.blocks[-1]
        before = _before(sheet, random)
        for cell in list(block.cells):
            if cell.code in before:
                text = before[cell.code]
                more = Cell(cell.code, text, cell.row, sheet.year_be - 1, title=cell.title)
                block.cells.append(more)
        for cell in block.cells:
            cell.column = int(cell.year_be == sheet.year_be)

    return both


def _before(sheet: Sheet, random: Random) -> dict[str, str]:
    """The scores of the year before, drawn once for a sheet; no parts before FY2566."""
    from made_years.truth import draw

    year = max(2562, sheet.year_be - 1)
    held = draw(year, Random(f"{sheet.truth.values['ITA']}"))
    return Printing().texts(held) if year == sheet.year_be - 1 else {}


_BLOCKS: dict[str, Callable[[Sheet, Random], None]] = {
    "summary": _summary,
    "all-in-one": _all_in_one,
    "indicators": _indicators,
    "questions": _questions,
    "one-part-questions": _one_part,
    "items": _items,
    "subindicators": _subindicators,
    "weighted": _weighted,
    "part-tables": _part_tables,
    "memo": _memo,
    "said": _said,
    "chart": _chart,
    "summary-two-years": _two_years(_summary),
    "indicators-two-years": _two_years(_indicators),
}

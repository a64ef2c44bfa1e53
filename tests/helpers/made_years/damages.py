"""Wrong numbers: one cell mistyped, cells exchanged, values of another year or place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from made_years.sheets import Cell, Role, Sheet
from made_years.truth import Printing, draw

__all__ = ["NUMBERS", "NumberDamage"]

# Changes the sheet in place; says whether it could.
NumberDamage = Callable[[Sheet, Random], bool]

_LEVELS: dict[str, Callable[[str], bool]] = {
    "total": lambda code: code == "ITA",
    "instrument": lambda code: code in ("IIT", "EIT", "EIT1", "EIT2", "OIT"),
    "indicator": str.isdigit,
    "subindicator": lambda code: "." in code,
    "question": lambda code: code[0] in "ie",
}
_TABLES: tuple[Role, ...] = ("summary", "indicators", "questions", "subindicators")
_REPEATS: tuple[Role, ...] = ("memo", "said", "chart")


def _cells(sheet: Sheet, level: str, roles: Sequence[Role] = _TABLES) -> list[Cell]:
    fits = _LEVELS[level]
    return [cell for cell in sheet.own_cells(*roles) if fits(cell.code) and cell.text]


def _put(cell: Cell, text: str) -> bool:
    if text == cell.text or not 0 <= float(text) <= 999:
        return False
    cell.text = text
    return True


# ---- one cell mistyped ----------------------------------------------------------------------


def _digit(level: str, roles: Sequence[Role] = _TABLES) -> NumberDamage:
    """One digit of a value is another one."""

    def damage(sheet: Sheet, random: Random) -> bool:
        held = _cells(sheet, level, roles)
        if not held:
            return False
        cell = random.choice(held)
        text = cell.text or ""
        places = [place for place, char in enumerate(text) if char.isdigit()]
        place = random.choice(places)
        new = random.choice([d for d in "0123456789" if d != text[place]])
        changed = text[:place] + new + text[place + 1 :]
        if changed[0] == "0" and changed[1:2].isdigit():
            changed = changed[1:]
        return float(changed) <= 100 and _put(cell, changed)

    return damage


def _weighted_digit(sheet: Sheet, random: Random) -> bool:
    block = sheet.block("weighted")
    held = [cell for cell in block.cells if cell.code != "ITA"] if block else []
    if not held:
        return False
    cell = random.choice(held)
    weight = float((sheet.truth.year.weights() | sheet.truth.year.weights(parts=True))[cell.code])
    text = cell.text or ""
    place = random.choice([place for place, char in enumerate(text) if char.isdigit()])
    changed = text[:place] + random.choice("123456789") + text[place + 1 :]
    return float(changed) <= 100 * weight and _put(cell, changed)


def _any_cell(sheet: Sheet, random: Random) -> Cell | None:
    held = [cell for level in _LEVELS for cell in _cells(sheet, level)]
    return random.choice(held) if held else None


def _point_moved(sheet: Sheet, random: Random) -> bool:
    """9.214 for 92.14: the point stands one place to the left."""
    cell = _any_cell(sheet, random)
    if cell is None or float(cell.text or 0) in (0, 100):
        return False
    whole, _, rest = (cell.text or "").partition(".")
    moved = f"{whole[:-1] or '0'}.{whole[-1]}{rest}"
    return _put(cell, moved[:4] if len(moved) > 4 else moved)


def _transposed(sheet: Sheet, random: Random) -> bool:
    """Two neighbouring digits change places: 92.41 for 92.14, 29.14 for 92.14."""
    cell = _any_cell(sheet, random)
    digits = (cell.text or "").replace(".", "") if cell else ""
    if cell is None or len(digits) != 4:
        return False
    at = random.randrange(3)
    turned = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    return turned[0] != "0" and _put(cell, f"{turned[:2]}.{turned[2:]}")


def _replaced(sheet: Sheet, random: Random) -> bool:
    cell = _any_cell(sheet, random)
    return cell is not None and _put(cell, f"{random.randint(3000, 10000) / 100:.2f}")


def _item_flipped(sheet: Sheet, random: Random) -> bool:
    """An item of the OIT is given the opposite score."""
    block = sheet.block("items")
    if block is None:
        return False
    cell = random.choice(block.cells)
    return _put(cell, ("0" if float(cell.text or 0) else "100") + (cell.text or "")[3:4] * 0)


def _of_other_year(sheet: Sheet, random: Random) -> bool:
    """The value of the year before is left standing."""
    cell = _any_cell(sheet, random)
    year = sheet.year_be - 1
    if cell is None or year < 2562:
        return False
    before = Printing().texts(draw(year, random, random.choice(("usual", "low"))))
    return cell.code in before and _put(cell, before[cell.code])


# ---- cells exchanged ------------------------------------------------------------------------


def _instrument_of(sheet: Sheet, code: str) -> str | None:
    return sheet.truth.year.instrument_of(code)


def _indicator_of(sheet: Sheet, code: str) -> str:
    question = sheet.truth.year.question(code)
    return str(question.indicator) if question else ""


def _exchange(cells: Sequence[Cell]) -> bool:
    texts = [cell.text for cell in cells]
    if len(set(texts)) < len(texts):
        return False
    for cell, text in zip(cells, [*texts[1:], texts[0]], strict=True):
        cell.text = text
    return True


def _swap(level: str, *, across: bool) -> NumberDamage:
    """Two cells of one level exchanged: of two groups that are averaged apart, or of one."""

    def damage(sheet: Sheet, random: Random) -> bool:
        held = _cells(sheet, level)
        if len(held) < 2:
            return False
        of = _indicator_of if level == "question" else _instrument_of
        one = random.choice(held)
        others = [
            cell
            for cell in held
            if cell.code != one.code
            and (level == "instrument" or (of(sheet, cell.code) != of(sheet, one.code)) == across)
            and (
                level != "question"
                or cell.code[:2].rstrip("0123456789") == one.code[:2].rstrip("0123456789")
            )
        ]
        return bool(others) and _exchange([one, random.choice(others)])

    return damage


def _rotated(sheet: Sheet, random: Random) -> bool:
    """Three indicators of two or three instruments, each in the place of the next."""
    held = _cells(sheet, "indicator", ("indicators",))
    if len(held) < 3:
        return False
    chosen = random.sample(held, 3)
    if len({_instrument_of(sheet, cell.code) for cell in chosen}) < 2:
        return False
    return _exchange(chosen)


# ---- one of several places ------------------------------------------------------------------


def _repeat(role: Role) -> NumberDamage:
    """A place that repeats a score prints another one."""

    def damage(sheet: Sheet, random: Random) -> bool:
        block = sheet.block(role)
        if block is None:
            return False
        printed = {cell.code for cell in sheet.own_cells("summary", "indicators")}
        held = [cell for cell in block.cells if cell.code in printed]
        if not held:
            return False
        cell = random.choice(held)
        size = random.choice((0.09, 0.3, 1.0, 3.0, 9.0, 20.0)) * random.choice((-1, 1))
        value = float(cell.text or 0) + size
        return 0 <= value <= 100 and _put(cell, f"{value:.2f}")

    return damage


# ---- off the scale --------------------------------------------------------------------------


def _above_hundred(sheet: Sheet, random: Random) -> bool:
    cell = _any_cell(sheet, random)
    return cell is not None and _put(cell, f"{random.randint(10101, 19999) / 100:.2f}")


def _above_weight(sheet: Sheet, random: Random) -> bool:
    block = sheet.block("weighted")
    held = [cell for cell in block.cells if cell.code != "ITA"] if block else []
    if not held:
        return False
    return _put(random.choice(held), f"{random.randint(4010, 9900) / 100:.2f}")


def _odd_item(sheet: Sheet, random: Random) -> bool:
    """An item score that no assessor can give."""
    block = sheet.block("items")
    if block is None:
        return False
    return _put(random.choice(block.cells), random.choice(("37", "62", "75.50", "12")))


def _odd_question(sheet: Sheet, random: Random) -> bool:
    """A question whose indicator is not printed gets a value that no count of answers gives."""
    block = sheet.block("questions")
    if block is None or len(block.cells) < 6:
        return False
    for table in [b for b in sheet.blocks if b.role in ("indicators", "summary")]:
        table.cells = [cell for cell in table.cells if not cell.code.isdigit()]
    sheet.ratings = [rating for rating in sheet.ratings if not rating.code.isdigit()]
    sheet.claims = []
    cell = random.choice(block.cells)
    return _put(cell, f"{random.randint(5000, 9999) / 100:.2f}")


def _unreachable(sheet: Sheet, random: Random) -> bool:
    """An OIT indicator, printed without total and instruments, that no items give."""
    block = sheet.block("indicators")
    if block is None:
        return False
    sheet.blocks = [block]
    block.cells = [cell for cell in block.cells if cell.code not in ("ITA", "IIT", "EIT", "OIT")]
    sheet.ratings, sheet.claims = [], []
    cell = block.cell(random.choice(("9", "10")))
    return cell is not None and _put(cell, f"{random.randint(3000, 9999) / 100:.2f}")


NUMBERS: dict[str, NumberDamage] = {
    "digit of the total": _digit("total"),
    "digit of an instrument": _digit("instrument"),
    "digit of an indicator": _digit("indicator"),
    "digit of a sub-indicator": _digit("subindicator"),
    "digit of a question": _digit("question"),
    "digit of a weighted part": _weighted_digit,
    "item flipped": _item_flipped,
    "indicators swapped, two instruments": _swap("indicator", across=True),
    "indicators swapped, one instrument": _swap("indicator", across=False),
    "instruments swapped": _swap("instrument", across=True),
    "questions swapped, two indicators": _swap("question", across=True),
    "questions swapped, one indicator": _swap("question", across=False),
    "three indicators rotated": _rotated,
    "point moved": _point_moved,
    "digits transposed": _transposed,
    "value of the other year": _of_other_year,
    "value replaced": _replaced,
    "memo differs": _repeat("memo"),
    "sentence differs": _repeat("said"),
    "chart differs": _repeat("chart"),
    "score above 100": _above_hundred,
    "weighted score above its weight": _above_weight,
    "item score not allowed": _odd_item,
    "question of an odd denominator": _odd_question,
    "OIT indicator out of reach": _unreachable,
}

"""What a consistent report says in words about its scores: levels, passes, comparisons, plans."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from made_years.sheets import Cell, Sheet, record

from parsers.model import Box, Claim, Measure, Mention, Rating

__all__ = ["ISSUES", "add_sayings", "box", "level_rating", "pass_ratings"]

ISSUES = (
    "กระบวนการปฏิบัติงานที่โปร่งใสและมีประสิทธิภาพ",
    "การให้บริการและระบบ E-Service",
    "ช่องทางและรูปแบบการประชาสัมพันธ์เผยแพร่ข้อมูลข่าวสารภาครัฐ",
    "กระบวนการกำกับดูแลการใช้ทรัพย์สินของราชการ",
    "กระบวนการสร้างความโปร่งใสในการใช้งบประมาณและการจัดซื้อจัดจ้าง",
    "กระบวนการควบคุม ตรวจสอบการใช้อำนาจและการบริหารงานบุคคล",
    "กลไกและมาตรการในการแก้ไขและป้องกันการทุจริตภายในหน่วยงาน",
)
_PASS_MARK = Decimal(85)


def box(line: int) -> Box:
    """Where a line of running text stands."""
    return Box(90.0, 90.0 + 18.0 * line, 300.0, 104.0 + 18.0 * line)


def level_rating(sheet: Sheet, word: str) -> None:
    """The level, in a sentence."""
    sheet.ratings.append(
        Rating("r0", sheet.year_be, "level", "ITA", word, word, "sentence", 1, box(0), None, None)
    )


def pass_ratings(sheet: Sheet) -> None:
    """ผ่านเกณฑ์ or ไม่ผ่านเกณฑ์ beside every indicator of the table of indicators."""
    number = next((n for n, b in enumerate(sheet.blocks, 1) if b.role == "indicators"), None)
    if number is None or sheet.layout == "summary":
        return
    block = sheet.blocks[number - 1]
    for cell in block.cells:
        if cell.code.isdigit() and cell.year_be == sheet.year_be and cell.value is not None:
            passes = cell.value >= _PASS_MARK
            word = "ผ่านเกณฑ์" if passes else "ไม่ผ่านเกณฑ์"
            sheet.ratings.append(
                Rating(
                    f"r{cell.code}",
                    sheet.year_be,
                    "pass",
                    cell.code,
                    "pass" if passes else "fail",
                    word,
                    "table",
                    block.page,
                    box(cell.row),
                    number,
                    cell.row,
                )
            )


def add_sayings(sheet: Sheet, random: Random) -> None:
    """Sentences about several scores, the plan, and the names and years of the report."""
    held = _indicator_cells(sheet)
    if held and sheet.layout in ("repeats", "full", "questions", "short"):
        _extremes(sheet, held)
        _passed(sheet, held)
    if sheet.layout in ("repeats", "full", "questions"):
        _ranges(sheet, random)
        _add_claim(sheet, "threshold", values=(_PASS_MARK,), printed="เกณฑ์ผ่าน ร้อยละ ๘๕ ขึ้นไป")
    if sheet.layout in ("repeats", "full"):
        _mentions(sheet)
        _measures(sheet)


def _indicator_cells(sheet: Sheet) -> list[tuple[str, Decimal]]:
    block = sheet.block("indicators")
    cells: list[Cell] = [c for c in block.cells if c.code.isdigit()] if block else []
    own = [c for c in cells if c.year_be == sheet.year_be]
    return [(cell.code, cell.value) for cell in own if cell.value is not None]


def _add_claim(sheet: Sheet, kind: str, **what: object) -> None:
    given = {"level": None, "codes": (), "values": (), "count": None, "of": None, "printed": ""}
    place = {"year_be": sheet.year_be, "page": 1, "box": box(2 + len(sheet.claims))}
    sheet.claims.append(record(Claim, kind=kind, **place, **{**given, **what}))


def _extremes(sheet: Sheet, held: list[tuple[str, Decimal]]) -> None:
    for kind, best in (("highest", max), ("lowest", min)):
        value = best(value for _, value in held)
        codes = tuple(code for code, own in held if own == value)
        words = "สูงสุด" if kind == "highest" else "ต่ำสุด"
        printed = f"ตัวชี้วัดที่ได้คะแนน{words} คือตัวชี้วัดที่ {', '.join(codes)} ร้อยละ {value}"
        _add_claim(
            sheet,
            kind,
            level="indicator",
            codes=codes,
            values=(value,),
            printed=printed,
            among="ITA",
        )


def _passed(sheet: Sheet, held: list[tuple[str, Decimal]]) -> None:
    passed = tuple(code for code, value in held if value >= _PASS_MARK)
    failed = tuple(code for code, value in held if value < _PASS_MARK)
    for kind, codes, words in (("pass", passed, "ผ่านเกณฑ์"), ("fail", failed, "ไม่ผ่านเกณฑ์")):
        number = len(codes)
        printed = f"ตัวชี้วัดที่{words} จำนวน {number} ตัวชี้วัด"
        _add_claim(
            sheet,
            f"{kind}-count",
            level="indicator",
            count=number,
            of=len(held),
            printed=printed,
            among="ITA",
        )
        if codes:
            named = f"ตัวชี้วัดที่ {', '.join(codes)} {words}"
            _add_claim(sheet, kind, codes=codes, printed=named)
    share = (Decimal(len(passed)) * 100 / len(held)).quantize(Decimal("0.01"))
    printed = f"ผ่านเกณฑ์ {len(passed)} จาก {len(held)} ตัวชี้วัด คิดเป็นร้อยละ {share}"
    _add_claim(sheet, "share", values=(share,), count=len(passed), of=len(held), printed=printed)


def _ranges(sheet: Sheet, random: Random) -> None:
    """A sentence that gives a run of questions, or of indicators, their scores."""
    block = sheet.block("questions") or sheet.block("indicators")
    if block is None:
        return
    cells = [c for c in block.cells if c.year_be == sheet.year_be and c.code != "ITA"]
    full = [c for c in cells if c.value == 100]
    start = random.randrange(max(1, len(cells) - 2))
    for chosen in (full, cells[start : start + 3]):
        if chosen:
            codes = tuple(cell.code for cell in chosen)
            values = tuple(cell.value for cell in chosen if cell.value is not None)
            given = values[:1] if len(set(values)) == 1 else values
            printed = f"{', '.join(codes)} ได้คะแนนร้อยละ {', '.join(map(str, given))} ตามลำดับ"
            _add_claim(sheet, "each", codes=codes, values=given, printed=printed)


def _mentions(sheet: Sheet) -> None:
    """The names and years that a report prints of itself, and a year that it looks back to."""
    year, agency = sheet.year_be, sheet.agency
    district, province = str(agency.district), str(agency.province)
    said = [
        ("agency", agency.name, "title", "", ""),
        ("agency", agency.name_printed, "text", "", ""),
        ("tambon", agency.tambon, "title", "agency", f"{district} {province}"),
        ("district", district, "title", "agency", province),
        ("province", province, "title", "agency", district),
        ("year", str(year), "title", "result", "รายงานการวิเคราะห์ผลการประเมิน"),
        ("year", str(year), "heading", "result", "ผลการประเมินในภาพรวม"),
        ("year", str(year), "heading", "result", "ผลการประเมินรายตัวชี้วัด"),
        ("year", str(year), "text", "result", ""),
        ("year", str(year + 1), "heading", "plan", "มาตรการ"),
        ("year", str(year - 1), "series", "result", ""),
    ]
    for line, (kind, name, role, of, context) in enumerate(said):
        full = agency.name if kind == "agency" else name
        place = {"page": 1, "box": box(20 + line), "of": of, "context": context}
        sheet.mentions.append(
            record(Mention, kind=kind, printed=name, name=full, role=role, **place)
        )


def _measures(sheet: Sheet) -> None:
    """A plan with a measure for every issue, and all that a measure must say."""
    year = sheet.year_be
    for number, issue in enumerate(ISSUES, start=1):
        sheet.measures.append(
            record(
                Measure,
                measure_id=f"m{number}",
                year_be=year + 1,
                issue_no=number,
                issue_printed=issue,
                codes=(),
                indicator="",
                analysis="คะแนนอยู่ในเกณฑ์ที่ควรพัฒนาต่อเนื่อง",
                measure=f"มาตรการที่ {number} ส่งเสริมการเผยแพร่ขั้นตอนการทำงาน",
                steps="1. ประชุมชี้แจง 2. จัดทำคู่มือ 3. เผยแพร่บนเว็บไซต์",
                responsible="สำนักปลัด",
                period_printed=f"ตุลาคม {year} - กันยายน {year + 1}",
                period_start=f"{year - 543}-10-01",
                period_end=f"{year - 542}-09-30",
                result="",
                outcome="",
                follow_up="รายงานทุกไตรมาส",
                page_first=11,
                page_last=11,
                columns=("issue", "measure", "steps", "period", "responsible", "follow_up"),
            )
        )

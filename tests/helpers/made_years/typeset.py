"""A sheet as a typeset PDF: the same tables, sentences and charts on pages.

What findings are made of the records of a sheet can then be compared with what is found
after its pages were read.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from made_years.sheets import Block, Cell, Sheet

from parsers.model import Claim
from samples.make import model
from samples.make.html import to_html
from samples.make.looks import Look
from samples.make.model import Chart, Document, Paper, Table, Text, cells
from samples.make.producers import weasyprint

__all__ = ["document", "pdf"]

_INSTRUMENTS = {
    "IIT": "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)",
    "EIT": "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT)",
    "EIT1": "EIT ส่วนที่ 1",
    "EIT2": "EIT ส่วนที่ 2",
    "OIT": "แบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT)",
    "ITA": "คะแนนรวม",
}
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_LOOK = Look(size=14, table_size=12)


def pdf(sheet: Sheet, *, thai: bool = False) -> bytes:
    """The report as a PDF; `thai` prints values, codes and years with Thai digits."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "report.html"), Path(folder, "report.pdf")
        source.write_text(to_html(document(sheet, thai=thai), _LOOK), encoding="utf-8")
        weasyprint(source, target)
        return target.read_bytes()


def document(sheet: Sheet, *, thai: bool = False) -> Document:
    """The report as blocks to be typeset."""
    blocks = [*_cover(sheet), Paper()]
    blocks += [Text(line) for line in _sentences(sheet)]
    for block in sheet.blocks:
        if block.place == "sentence":
            blocks += [Text(_said(cell)) for cell in block.cells]
        elif block.place == "chart":
            bars = tuple((_label(cell), cell.text or "") for cell in block.cells)
            blocks.append(Chart(bars, f"แผนภูมิผลการประเมิน ประจำปีงบประมาณ พ.ศ. {sheet.year_be}"))
        else:
            blocks += [Text(_heading(sheet, block), "heading"), _table(sheet, block)]
    return Document({}, tuple(_digits(block) for block in blocks) if thai else tuple(blocks))


def _cover(sheet: Sheet) -> list[model.Block]:
    agency = sheet.agency
    return [
        Text("รายงานการวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใส", "cover"),
        Text("ในการดำเนินงานของหน่วยงานภาครัฐ (ITA)", "cover"),
        Text(f"ประจำปีงบประมาณ พ.ศ. {sheet.year_be}", "cover"),
        Text(agency.name, "cover"),
        Text(f"อำเภอ{agency.district} จังหวัด{agency.province}", "cover"),
    ]


def _heading(sheet: Sheet, block: Block) -> str:
    return f"{block.heading} ประจำปีงบประมาณ พ.ศ. {sheet.year_be}"


# ---- sentences ------------------------------------------------------------------------------


def _sentences(sheet: Sheet) -> Iterator[str]:
    level = next((r for r in sheet.ratings if r.kind == "level" and r.table_no is None), None)
    if level:
        yield (f"ผลการประเมินประจำปีงบประมาณ พ.ศ. {sheet.year_be} อยู่ในระดับ {level.rating_printed}")
    for claim in sheet.claims:
        text = _claim(claim)
        if text:
            yield text


def _claim(claim: Claim) -> str:
    """What a claim says, in words."""
    values = [f"{value}" for value in claim.values]
    codes = " ".join(
        ("และ " if claim.codes and number == len(claim.codes) - 1 and number else "") + code
        for number, code in enumerate(claim.codes)
    )
    whole = all(code.isdigit() for code in claim.codes)
    named = f"ตัวชี้วัดที่ {codes}" if whole else f"ข้อ {codes}"
    said = {
        "threshold": f"เกณฑ์ผ่านการประเมินคือร้อยละ {''.join(values)} ขึ้นไป",
        "highest": f"ตัวชี้วัดที่ได้คะแนนสูงสุด ได้แก่ {named}",
        "lowest": f"ตัวชี้วัดที่ได้คะแนนต่ำสุด ได้แก่ {named}",
        "pass": f"{named} ผ่านเกณฑ์การประเมิน",
        "fail": f"{named} ไม่ผ่านเกณฑ์การประเมิน",
        "pass-count": f"ผ่านเกณฑ์ จำนวน {claim.count} ตัวชี้วัด",
        "fail-count": f"ไม่ผ่านเกณฑ์ จำนวน {claim.count} ตัวชี้วัด",
        "share": f"เมื่อเทียบเป็นสัดส่วน ผ่านเกณฑ์ {claim.count} ตัวชี้วัด "
        f"จากทั้งหมด {claim.of} ตัวชี้วัด คิดเป็นร้อยละ {''.join(values)}",
        "each": f"{named} ได้คะแนน {' '.join(values)} คะแนน",
    }
    if claim.kind == "each" and len(values) > 1:
        return said["each"] + " ตามลำดับ"
    return said.get(claim.kind, "")


def _said(cell: Cell) -> str:
    if cell.code == "ITA":
        return f"ได้คะแนนรวมร้อยละ {cell.text} คะแนน"
    return f"ตัวชี้วัดที่ {cell.code} {cell.title} ได้คะแนน {cell.text} คะแนน"


# ---- tables ---------------------------------------------------------------------------------


def _label(cell: Cell) -> str:
    return f"ตชว. {cell.code}" if cell.code.isdigit() else cell.code


def _table(sheet: Sheet, block: Block) -> Table:
    if block.role == "agencies":
        return _of_agencies(sheet, block)
    years = sorted({cell.year_be for cell in block.cells if cell.year_be})
    what = "คะแนนถ่วงน้ำหนัก" if block.role == "weighted" else "คะแนน"
    titles = [f"{what} ปี {year}" for year in years] if len(years) > 1 else [what]
    judged = {r.row_no: r.rating_printed for r in sheet.ratings if r.kind == "pass"}
    judged = judged if block.role == "indicators" else {}
    first, second = {
        "questions": ("ข้อ", "ประเด็นข้อคำถาม"),
        "items": ("ข้อ", "รายการ"),
        "subindicators": ("ที่", "ตัวชี้วัดย่อย"),
        "indicators": ("ตัวชี้วัดที่", "ตัวชี้วัด"),
        "part": ("ตัวชี้วัดที่", "ตัวชี้วัด"),
    }.get(block.role, ("ที่", "เครื่องมือการประเมิน"))
    head = cells(first, second, *titles, *(["ผลการประเมิน"] if judged else []), bold=True)
    rows = [head]
    numbers = sorted({cell.row for cell in block.cells})
    for number in numbers:
        held = sorted((c for c in block.cells if c.row == number), key=lambda c: c.year_be or 0)
        by_year = {cell.year_be: cell.text or "-" for cell in held}
        values = [by_year.get(year, "-") for year in years]
        own = [judged.get(number, "")] if judged else []
        rows.append(cells(*_names(held[0]), *values, *own))
    widths = (0.12, 0.5, *([0.38 / (len(head) - 2)] * (len(head) - 2)))
    return Table(tuple(rows), widths)


def _names(cell: Cell) -> tuple[str, str]:
    """What stands in the first two columns of a row."""
    if cell.code in _INSTRUMENTS:
        return "", _INSTRUMENTS[cell.code]
    if "." in cell.code:
        return "", f"ตัวชี้วัดย่อยที่ {cell.code}"
    return cell.printed_code or cell.code, cell.title


def _of_agencies(sheet: Sheet, block: Block) -> Table:
    columns = sorted({cell.column for cell in block.cells})
    codes = [next(c.code for c in block.cells if c.column == column) for column in columns]
    heads = ["คะแนนรวม" if code == "ITA" else f"ตัวชี้วัดที่ {code}" for code in codes]
    rows = [cells("อันดับ", "หน่วยงาน", *heads, "ระดับ", bold=True)]
    ranks = {rank.row_no: rank.rank_printed for rank in sheet.ranks}
    levels = {rating.row_no: rating.rating_printed for rating in sheet.ratings}
    for number in sorted({cell.row for cell in block.cells}):
        held = sorted((c for c in block.cells if c.row == number), key=lambda c: c.column)
        values: Sequence[str] = [cell.text or "-" for cell in held]
        rows.append(
            cells(ranks.get(number, ""), held[0].agency or "", *values, levels.get(number, ""))
        )
    widths = (0.06, 0.18, *([0.055] * len(codes)), 0.155)
    return Table(tuple(rows), widths, size=9)


def _digits(block: model.Block) -> model.Block:
    """The block with Thai digits."""
    if isinstance(block, Text):
        return Text(block.text.translate(_TO_THAI), block.style)
    if isinstance(block, Table):
        rows = tuple(
            cells(*(cell.text.translate(_TO_THAI) for cell in row), bold=row[0].bold)
            for row in block.rows
        )
        return Table(rows, block.widths, size=block.size)
    if isinstance(block, Chart):
        bars = tuple((label, value.translate(_TO_THAI)) for label, value in block.bars)
        return Chart(bars, block.caption.translate(_TO_THAI))
    return block

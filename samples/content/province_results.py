"""Results of the local agencies of six districts: one row per agency, weighted parts.

The names are real tambon names; every figure is invented (drawn with a fixed seed) and
the pages say so. IIT and EIT count up to 30, OIT up to 40, levels are letters as in
fiscal year 2565. A few rows are wrong on purpose, see `PLANTED`.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from samples.make.marks import score
from samples.make.model import Block, Cell, Document, Paper, Table, Text, cells

__all__ = ["DOCUMENT", "PLANTED", "level_letter"]

DISTRICTS: dict[str, tuple[str, ...]] = {
    "คง": (
        "เมืองคง",
        "คูขาด",
        "เทพาลัย",
        "ตาจั่น",
        "บ้านปรางค์",
        "หนองมะนาว",
        "หนองบัว",
        "โนนเต็ง",
        "ดอนใหญ่",
        "ขามสมบูรณ์",
    ),
    "บัวใหญ่": (
        "บัวใหญ่",
        "ห้วยยาง",
        "เสมาใหญ่",
        "ดอนตะหนิน",
        "หนองบัวสะอาด",
        "โนนทองหลาง",
        "กุดจอก",
        "ด่านช้าง",
        "ขุนทอง",
        "หนองแจ้งใหญ่",
    ),
    "โนนสูง": (
        "โนนสูง",
        "ใหม่",
        "โตนด",
        "บิง",
        "ดอนชมพู",
        "ธารปราสาท",
        "หลุมข้าว",
        "มะค่า",
        "พลสงคราม",
        "จันอัด",
        "ขามเฒ่า",
        "ด่านคล้า",
        "ลำคอหงษ์",
        "เมืองปราสาท",
        "ดอนหวาย",
        "ลำมูล",
    ),
    "จักราช": ("จักราช", "ทองหลาง", "สีสุก", "หนองขาม", "หนองพลวง", "ศรีละกอ", "คลองเมือง", "หินโคน"),
    "พิมาย": (
        "ในเมือง",
        "สัมฤทธิ์",
        "โบสถ์",
        "กระเบื้องใหญ่",
        "ท่าหลวง",
        "รังกาใหญ่",
        "ชีวาน",
        "นิคมสร้างตนเอง",
        "กระชอน",
        "ดงใหญ่",
        "ธารละหลอด",
        "หนองระเวียง",
    ),
    "ปักธงชัย": (
        "เมืองปัก",
        "ตะคุ",
        "โคกไทย",
        "สำโรง",
        "ตะขบ",
        "นกออก",
        "ดอน",
        "ตูม",
        "งิ้ว",
        "สะแกราช",
        "ลำนางแก้ว",
        "ภูหลวง",
        "ธงชัยเหนือ",
        "สุขเกษม",
        "เกษมทรัพย์",
        "บ่อปลาทอง",
    ),
}
_TOWNS = {
    "เมืองคง",
    "บัวใหญ่",
    "โนนสูง",
    "ใหม่",
    "โตนด",
    "จักราช",
    "รังกาใหญ่",
    "เมืองปัก",
    "ตะขบ",
    "นกออก",
    "ลำนางแก้ว",
}
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class _Row:
    rank: str
    agency: str
    district: str
    iit: str
    eit: str
    oit: str
    total: str
    level: str


def level_letter(total: Decimal) -> str:
    """The letter of a total on the scale of fiscal years 2562 to 2565."""
    for letter, least in (("AA", 95), ("A", 85), ("B", 75), ("C", 65), ("D", 55), ("E", 50)):
        if total >= least:
            return letter
    return "F"


def _drawn() -> list[_Row]:
    """All rows in order of total, nothing wrong yet."""
    source = random.Random(2565)
    found = []
    for district, names in DISTRICTS.items():
        for name in names:
            parts = [
                Decimal(source.randint(low, high)) / 100 * weight
                for low, high, weight in (
                    (7800, 9890, Decimal("0.3")),
                    (7400, 9720, Decimal("0.3")),
                    (5600, 9990, Decimal("0.4")),
                )
            ]
            kind = "เทศบาลตำบล" if name in _TOWNS else "อบต."
            found.append((sum(parts, Decimal(0)), f"{kind}{name}", district, parts))
    found.sort(key=lambda row: -row[0])
    rows = []
    for rank, (total, agency, district, parts) in enumerate(found, start=1):
        iit, eit, oit = (str(part.quantize(_CENT, ROUND_HALF_UP)) for part in parts)
        rounded = total.quantize(_CENT, ROUND_HALF_UP)
        rows.append(
            _Row(str(rank), agency, district, iit, eit, oit, str(rounded), level_letter(rounded))
        )
    return rows


def _spoilt(rows: list[_Row]) -> tuple[list[_Row], tuple[tuple[str, str], ...]]:
    """The rows with the planted errors, and what they are."""
    digit = rows[11]
    wrong = digit.oit[:1] + str((int(digit.oit[1]) + 4) % 10) + digit.oit[2:]
    rows[11] = replace(digit, oit=wrong)
    swapped = rows[24]
    rows[24] = replace(swapped, eit=swapped.oit, oit=swapped.eit)
    level = next(place for place, row in enumerate(rows) if row.level == "B" and place > 30)
    rows[level] = replace(rows[level], level="A")
    total = rows[50]
    rows[50] = replace(total, total=str(Decimal(total.total) + 5))
    absent = rows[-1]
    rows[-1] = replace(absent, iit="-", eit="-", oit="-", total="-", level="-")
    rows[40] = replace(rows[40], rank=rows[39].rank)
    planted = (
        ("total-differs", f"{digit.agency} OIT พิมพ์ {wrong} ผลรวมต้องการ {digit.oit}"),
        ("single-digit", f"{digit.agency} OIT หลักที่สองต้องเป็น {digit.oit[1]}"),
        ("swapped-cells", f"{swapped.agency} ค่า EIT กับ OIT สลับช่องกัน"),
        ("out-of-range", f"{swapped.agency} EIT {swapped.oit} เกินน้ำหนัก 30"),
        ("level-differs", f"{rows[level].agency} รวม {rows[level].total} พิมพ์ระดับ A ต้องเป็น B"),
        ("total-differs", f"{total.agency} รวมพิมพ์ {rows[50].total} ผลบวกคือ {total.total}"),
        ("level-differs", f"{total.agency} ระดับเป็นของผลบวกเดิม ไม่ใช่ของคะแนนรวมที่พิมพ์")
        if level_letter(Decimal(rows[50].total)) != total.level
        else ("total-differs", f"{total.agency} ระดับยังตรงกับคะแนนที่พิมพ์"),
        ("rank-broken", f"{rows[40].agency} พิมพ์ลำดับซ้ำกับแถวก่อนหน้า"),
        ("rank-broken", "หัวเรื่องบอก 73 หน่วยงาน ตารางมี 72 แถว"),
    )
    return rows, planted


def _cells(row: _Row) -> tuple[Cell, ...]:
    def figure(code: str, value: str, scale: str) -> str:
        return value if value == "-" else score(code, value, **({"scale": scale} if scale else {}))

    level = row.level if row.level == "-" else f"⟦r ITA|{row.level}|{row.level}⟧"
    return cells(
        row.rank,
        row.agency,
        row.district,
        figure("IIT", row.iit, "weighted"),
        figure("EIT", row.eit, "weighted"),
        figure("OIT", row.oit, "weighted"),
        figure("ITA", row.total, ""),
        level,
        center=(0, 2, 3, 4, 5, 6, 7),
    )


def _head() -> tuple[tuple[Cell, ...], ...]:
    def tall(text: str) -> Cell:
        return Cell(text, rows=2, align="center", bold=True)

    return (
        (
            tall("ลำดับ"),
            tall("หน่วยงาน"),
            tall("อำเภอ"),
            Cell("คะแนนรายเครื่องมือ (ถ่วงน้ำหนัก)", columns=3, align="center", bold=True),
            tall("รวม\n(100)"),
            tall("ระดับ"),
        ),
        cells("IIT (30)", "EIT (30)", "OIT (40)", center=(0, 1, 2), bold=True),
    )


_ROWS, PLANTED = _spoilt(_drawn())

_BLOCKS: tuple[Block, ...] = (
    Paper(),
    Text("ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA)", "title"),
    Text("ประจำปีงบประมาณ พ.ศ. 2565 องค์กรปกครองส่วนท้องถิ่น จังหวัดนครราชสีมา จำนวน 73 หน่วยงาน", "title"),
    Table(
        (*_head(), *map(_cells, _ROWS)),
        (0.07, 0.27, 0.13, 0.11, 0.11, 0.11, 0.11, 0.09),
        header_rows=2,
        agency_column=1,
    ),
    Text("หมายเหตุ : เรียงตามคะแนนรวม หน่วยงานที่มีเครื่องหมาย - ไม่ได้ส่งข้อมูลตามเวลาที่กำหนด", "small"),
)

DOCUMENT = Document(
    facts={
        "kind": "result",
        "agency_name": None,
        "agency_type": None,
        "tambon": None,
        "district": None,
        "province": "นครราชสีมา",
        "province_code": "30",
        "scheme": "nacc-ita",
        "result_year_be": 2565,
        "report_year_be": 2565,
        "status": "ok",
        "status_reason": "",
        "soft": ["province", "province_code", "report_year_be"],
    },
    blocks=_BLOCKS,
    head="ตัวเลขสมมติเพื่อทดสอบโปรแกรม มิใช่ผลการประเมินจริง",
    folio="หน้า {n}",
    planted=PLANTED,
)

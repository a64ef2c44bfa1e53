"""Ten indicators in columns, one agency a row: twice, both with invented figures.

`WORDS` (fiscal year 2568) has Thai digits, and levels in words; `UPRIGHT`
(fiscal year 2567) has the names of the indicators set vertically and a row of averages.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from samples.make.marks import score, thai
from samples.make.model import Cell, Document, Paper, Table, Text, cells

__all__ = ["UPRIGHT", "WORDS"]

_CENT = Decimal("0.01")
NAMES = (
    "การปฏิบัติหน้าที่",
    "การใช้งบประมาณ",
    "การใช้อำนาจ",
    "การใช้ทรัพย์สินของราชการ",
    "การแก้ไขปัญหาการทุจริต",
    "คุณภาพการดำเนินงาน",
    "ประสิทธิภาพการสื่อสาร",
    "การปรับปรุงการทำงาน",
    "การเปิดเผยข้อมูล",
    "การป้องกันการทุจริต",
)
_LAMPHUN = (
    "เทศบาลตำบลบ้านกลาง",
    "เทศบาลตำบลอุโมงค์",
    "เทศบาลตำบลเหมืองง่า",
    "เทศบาลตำบลต้นธง",
    "เทศบาลตำบลป่าสัก",
    "เทศบาลตำบลเวียงยอง",
    "อบต.หนองหนาม",
    "เทศบาลตำบลมะเขือแจ้",
    "เทศบาลตำบลศรีบัวบาน",
    "เทศบาลตำบลหนองช้างคืน",
    "เทศบาลตำบลริมปิง",
    "เทศบาลตำบลบ้านแป้น",
    "เทศบาลตำบลประตูป่า",
    "เทศบาลตำบลทาสบเส้า",
    "เทศบาลตำบลทากาศ",
    "เทศบาลตำบลทาขุมเงิน",
    "อบต.ทาปลาดุก",
    "อบต.ทาแม่ลอบ",
    "เทศบาลตำบลป่าซาง",
    "เทศบาลตำบลม่วงน้อย",
    "เทศบาลตำบลแม่แรง",
    "อบต.น้ำดิบ",
    "อบต.นครเจดีย์",
    "อบต.บ้านเรือน",
    "เทศบาลตำบลบ้านโฮ่ง",
    "อบต.ป่าพลู",
    "อบต.เหล่ายาว",
    "เทศบาลตำบลศรีเตี้ย",
    "อบต.หนองปลาสะวาย",
    "เทศบาลตำบลลี้",
    "เทศบาลตำบลแม่ตืน",
    "อบต.นาทราย",
    "เทศบาลตำบลดงดำ",
    "เทศบาลตำบลก้อ",
    "อบต.แม่ลาน",
    "อบต.ป่าไผ่",
    "อบต.ศรีวิชัย",
)
_TRANG = (
    "เทศบาลตำบลห้วยยอด",
    "อบต.เขากอบ",
    "อบต.เขาขาว",
    "อบต.เขาปูน",
    "อบต.ปากแจ่ม",
    "อบต.ปากคม",
    "อบต.ท่างิ้ว",
    "อบต.ลำภูรา",
    "เทศบาลตำบลนาวง",
    "อบต.ห้วยนาง",
    "อบต.ในเตา",
    "อบต.ทุ่งต่อ",
    "อบต.วังคีรี",
    "อบต.หนองช้างแล่น",
    "อบต.บางดี",
    "อบต.บางกุ้ง",
    "อบต.นาข้าวเสีย",
    "อบต.นาหมื่นศรี",
    "อบต.นาโยงเหนือ",
    "อบต.ช่อง",
    "อบต.ละมอ",
    "อบต.โคกสะบ้า",
    "เทศบาลตำบลย่านตาขาว",
    "อบต.หนองบ่อ",
    "อบต.นาชุมเห็ด",
    "อบต.ในควน",
    "อบต.โพรงจระเข้",
    "เทศบาลตำบลทุ่งกระบือ",
    "เทศบาลตำบลทุ่งค่าย",
    "อบต.เกาะเปียะ",
    "เทศบาลตำบลคลองปาง",
    "อบต.ควนเมา",
    "อบต.หนองบัว",
    "อบต.หนองปรือ",
    "อบต.เขาไพร",
)


@dataclass(slots=True)
class _Row:
    agency: str
    values: list[str]
    total: str
    level: str


def _total(values: list[Decimal]) -> Decimal:
    iit, eit, oit = values[:5], values[5:8], values[8:]
    means = [sum(part, Decimal(0)) / len(part) for part in (iit, eit, oit)]
    whole = Decimal("0.3") * means[0] + Decimal("0.3") * means[1] + Decimal("0.4") * means[2]
    return whole.quantize(_CENT, ROUND_HALF_UP)


def level_word(values: list[Decimal], total: Decimal) -> str:
    """The level of fiscal years 2566 to 2569, with EIT as the mean of its indicators."""
    least = min(sum(part, Decimal(0)) / len(part) for part in (values[:5], values[5:8], values[8:]))
    if total >= 95 and least >= 95:
        return "ผ่านดีเยี่ยม"
    if total >= 85:
        return "ผ่านดี" if least >= 85 else "ผ่าน"
    return "ต้องปรับปรุง" if total >= 70 else "ต้องปรับปรุงโดยด่วน"


def _drawn(names: tuple[str, ...], seed: int, least: int, *, general: bool) -> list[_Row]:
    """Rows of one table; `general` prints values as a spreadsheet does, without end zeros."""
    source = random.Random(seed)
    rows = []
    for name in names:
        values = [Decimal(source.randint(least, 9995)) / 100 for _ in range(8)]
        values += [
            Decimal(source.choice((5000, 6500, 7850, 8250, 9000, 9333, 10000))) / 100
            for _ in range(2)
        ]
        total = _total(values)
        shown = [str(value) if general else str(value.quantize(_CENT)) for value in values]
        rows.append(_Row(name, shown, str(total), level_word(values, total)))
    return rows


def _figures(row: _Row, digits: bool) -> list[str]:
    def shown(value: str) -> str:
        value = "100" if value == "100.00" and digits else value
        return thai(value) if digits else value

    found = [score(str(number), shown(value)) for number, value in enumerate(row.values, start=1)]
    return [*found, score("ITA", shown(row.total))]


def _level(row: _Row) -> str:
    return f"⟦r ITA|{row.level}|{row.level}⟧" if row.level else ""


def _words() -> Document:
    rows = _drawn(_LAMPHUN, 2568, 8200, general=False)
    swapped = rows[5]
    swapped.values[3], swapped.values[8] = swapped.values[8], swapped.values[3]
    digit = rows[9]
    before = digit.values[1]
    digit.values[1] = before[0] + ("3" if before[1] != "3" else "6") + before[2:]
    low = next(row for row in rows[14:] if row.level == "ต้องปรับปรุง")
    low.level = "ผ่าน"
    old = rows[13]
    old.level = "A"
    head = (
        (
            Cell("ที่", rows=2, align="center", bold=True),
            Cell("หน่วยงาน", rows=2, align="center", bold=True),
            Cell("IIT", columns=5, align="center", bold=True),
            Cell("EIT", columns=3, align="center", bold=True),
            Cell("OIT", columns=2, align="center", bold=True),
            Cell("คะแนน\nรวม", rows=2, align="center", bold=True),
            Cell("ระดับผล\nการประเมิน", rows=2, align="center", bold=True),
        ),
        cells(
            *(f"ตชว.\n{thai(number)}" for number in range(1, 11)),
            center=tuple(range(10)),
            bold=True,
        ),
    )
    body = [
        cells(thai(place), row.agency, *_figures(row, True), _level(row), center=(0, *range(2, 14)))
        for place, row in enumerate(rows, start=1)
    ]
    widths = (0.035, 0.175, *(0.059,) * 10, 0.065, 0.135)
    legend = "   ".join(f"{thai(place)} {name}" for place, name in enumerate(NAMES, start=1))
    return Document(
        facts=_facts("ลำพูน", "51", 2568),
        blocks=(
            Paper(landscape=True),
            Text(
                "ตารางแสดงผลการประเมินคุณธรรมและความโปร่งใส (ITA) ประจำปีงบประมาณ พ.ศ. ๒๕๖๘ "
                "จำแนกรายตัวชี้วัด",
                "title",
            ),
            Text("องค์กรปกครองส่วนท้องถิ่นในอำเภอเมืองลำพูน แม่ทา ป่าซาง บ้านโฮ่ง และลี้ จังหวัดลำพูน", "center"),
            Text("(ตัวเลขสมมติเพื่อทดสอบโปรแกรม)", "center"),
            Table((*head, *body), widths, header_rows=2, agency_column=1, size=11.5),
            Text(f"หมายเหตุ ตชว. คือตัวชี้วัด   {legend}", "small"),
        ),
        head="ตัวเลขสมมติเพื่อทดสอบโปรแกรม มิใช่ผลการประเมินจริง",
        folio="{๙}",
        planted=(
            ("swapped-cells", f"{swapped.agency} ตัวชี้วัดที่ ๔ กับ ๙ สลับช่องกัน คะแนนรวมถูก"),
            (
                "total-differs",
                f"{digit.agency} ตัวชี้วัดที่ ๒ พิมพ์ {digit.values[1]} เดิมคือ {before} "
                "(แก้หลักเดียวที่ช่องอื่นก็ได้ จึงชี้ช่องไม่ได้)",
            ),
            ("level-differs", f"{low.agency} รวม {low.total} พิมพ์ ผ่าน ต้องเป็น ต้องปรับปรุง"),
            ("level-of-other-scale", f"{old.agency} พิมพ์ระดับ A ในปี ๒๕๖๘"),
        ),
    )


def _upright() -> Document:
    rows = _drawn(_TRANG, 2567, 7600, general=True)
    high = rows[7]
    right = high.total
    high.total = str(Decimal(right) + 1)
    rows[11].values[9] = "105.00"
    head = (
        tuple(
            Cell(text, align="center", bold=True, vertical=upright)
            for text, upright in (
                ("ลำดับ", False),
                ("หน่วยงาน", False),
                *((f"{place}. {name}", True) for place, name in enumerate(NAMES, start=1)),
                ("คะแนนรวม", True),
                ("ระดับ", False),
            )
        ),
    )
    body = [
        cells(str(place), row.agency, *_figures(row, False), _level(row), center=(0, *range(2, 14)))
        for place, row in enumerate(rows, start=1)
    ]
    average = (
        Cell("เฉลี่ย", columns=2, align="center", bold=True),
        *(
            Cell(
                score(
                    str(number),
                    str(
                        (
                            sum((Decimal(row.values[number - 1]) for row in rows), Decimal(0))
                            / len(rows)
                        ).quantize(_CENT, ROUND_HALF_UP)
                    ),
                ),
                align="center",
            )
            for number in range(1, 11)
        ),
        Cell(
            score(
                "ITA",
                str(
                    (sum((Decimal(row.total) for row in rows), Decimal(0)) / len(rows)).quantize(
                        _CENT, ROUND_HALF_UP
                    )
                ),
            ),
            align="center",
        ),
        Cell(""),
    )
    widths = (0.05, 0.19, *(0.055,) * 10, 0.07, 0.14)
    return Document(
        facts=_facts("ตรัง", "92", 2567),
        blocks=(
            Paper(landscape=True),
            Text(
                "ผลการประเมิน ITA รายตัวชี้วัด องค์กรปกครองส่วนท้องถิ่นในอำเภอห้วยยอด นาโยง ย่านตาขาว "
                "และรัษฎา จังหวัดตรัง ปีงบประมาณ พ.ศ. 2567",
                "title",
            ),
            Table((*head, *body, average), widths, agency_column=1),
            Text("ที่มา : ข้อมูลสมมติสำหรับการทดสอบ", "small"),
        ),
        head="ตัวเลขสมมติเพื่อทดสอบโปรแกรม มิใช่ผลการประเมินจริง",
        folio="{n}",
        planted=(
            ("total-differs", f"{high.agency} คะแนนรวมพิมพ์ {high.total} คำนวณได้ {right}"),
            ("out-of-range", f"{rows[11].agency} ตัวชี้วัดที่ 10 พิมพ์ 105.00"),
            ("total-differs", f"{rows[11].agency} คะแนนรวมไม่ตรงกับ 105.00 สาเหตุเดียวกับข้อก่อน"),
        ),
    )


def _facts(province: str, code: str, year: int) -> dict[str, object]:
    return {
        "kind": "result",
        "agency_name": None,
        "agency_type": None,
        "tambon": None,
        "district": None,
        "province": province,
        "province_code": code,
        "scheme": "nacc-ita",
        "result_year_be": year,
        "report_year_be": year,
        "status": "ok",
        "status_reason": "",
        "soft": ["district", "province", "province_code", "report_year_be"],
    }


WORDS = _words()
UPRIGHT = _upright()

"""A survey of satisfaction: percentages, levels and a table, but nothing about ITA."""

from __future__ import annotations

from samples.make.model import Block, Document, Paper, Table, Text, cells

__all__ = ["DOCUMENT"]

_WORK = (
    ("๑. งานทะเบียนและบัตร", "๔.๗๑", "๐.๕๒", "๙๔.๒๐", "มากที่สุด"),
    ("๒. งานจัดเก็บรายได้", "๔.๖๓", "๐.๕๘", "๙๒.๖๐", "มากที่สุด"),
    ("๓. งานก่อสร้างและซ่อมบำรุง", "๔.๓๘", "๐.๗๔", "๘๗.๖๐", "มาก"),
    ("๔. งานสวัสดิการสังคม", "๔.๘๐", "๐.๔๑", "๙๖.๐๐", "มากที่สุด"),
)
_PARTS = (
    ("ด้านขั้นตอนการให้บริการ", "๔.๖๖", "๙๓.๒๐"),
    ("ด้านช่องทางการให้บริการ", "๔.๕๙", "๙๑.๘๐"),
    ("ด้านเจ้าหน้าที่ผู้ให้บริการ", "๔.๗๔", "๙๔.๘๐"),
    ("ด้านสิ่งอำนวยความสะดวก", "๔.๕๒", "๙๐.๔๐"),
)

_BLOCKS: tuple[Block, ...] = (
    Text("รายงานผลการสำรวจความพึงพอใจของผู้รับบริการ", "cover"),
    Text("ประจำปีงบประมาณ พ.ศ. ๒๕๖๗", "cover"),
    Text("เทศบาลตำบลจตุรัส", "cover"),
    Text("อำเภอจตุรัส จังหวัดชัยภูมิ", "cover"),
    Paper(),
    Text("บทที่ ๑ บทนำ", "title"),
    Text(
        "เทศบาลสำรวจความเห็นของผู้มารับบริการระหว่างเดือนตุลาคม ๒๕๖๖ ถึงกันยายน ๒๕๖๗ จำนวน ๔๐๐ คน "
        "ด้วยแบบสอบถามมาตรา ๕ ระดับ แล้วคิดเป็นร้อยละของคะแนนเต็ม"
    ),
    Text("เกณฑ์การแปลผล", "heading"),
    Table(
        (
            cells("ค่าเฉลี่ย", "ร้อยละ", "ระดับ", center=(0, 1, 2), bold=True),
            cells("๔.๕๑-๕.๐๐", "๙๐.๐๑-๑๐๐", "มากที่สุด", center=(0, 1, 2)),
            cells("๓.๕๑-๔.๕๐", "๗๐.๐๑-๙๐.๐๐", "มาก", center=(0, 1, 2)),
            cells("๒.๕๑-๓.๕๐", "๕๐.๐๑-๗๐.๐๐", "ปานกลาง", center=(0, 1, 2)),
        ),
        (0.34, 0.33, 0.33),
    ),
    Paper(),
    Text("บทที่ ๒ ผลการสำรวจ", "title"),
    Text("ตารางที่ ๑ ความพึงพอใจรายงาน", "heading"),
    Table(
        (
            cells(
                "งานที่ให้บริการ", "ค่าเฉลี่ย", "S.D.", "ร้อยละ", "ระดับ", center=(0, 1, 2, 3, 4), bold=True
            ),
            *(cells(*row, center=(1, 2, 3, 4)) for row in _WORK),
            cells("รวม", "๔.๖๓", "๐.๕๖", "๙๒.๖๐", "มากที่สุด", center=(0, 1, 2, 3, 4), bold=True),
        ),
        (0.36, 0.16, 0.14, 0.16, 0.18),
    ),
    Text("ตารางที่ ๒ ความพึงพอใจรายด้าน", "heading"),
    Table(
        (
            cells("ด้าน", "ค่าเฉลี่ย", "ร้อยละ", center=(0, 1, 2), bold=True),
            *(cells(*row, center=(1, 2)) for row in _PARTS),
        ),
        (0.5, 0.25, 0.25),
    ),
    Text("สรุปได้ว่าผู้รับบริการพึงพอใจในระดับมากที่สุด คิดเป็นร้อยละ ๙๒.๖๐ งานที่ต้องปรับปรุงคืองานก่อสร้าง ร้อยละ ๘๗.๖๐"),
)

DOCUMENT = Document(
    facts={
        "kind": "other",
        "agency_name": "เทศบาลตำบลจตุรัส",
        "agency_type": "tambon-municipality",
        "tambon": None,
        "district": "จตุรัส",
        "province": "ชัยภูมิ",
        "province_code": "36",
        "scheme": None,
        "result_year_be": None,
        "report_year_be": 2567,
        "status": "refused",
        "status_reason": "no-report-content",
        "soft": [
            "agency_name",
            "agency_type",
            "district",
            "province",
            "province_code",
            "report_year_be",
        ],
    },
    blocks=_BLOCKS,
    head="",
    folio="{๙}",
)

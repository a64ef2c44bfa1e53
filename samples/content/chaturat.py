"""Chaturat, fiscal year 2566: a memo in front, weak points first, then the measures.

Agency, figures, codes and slips (a total of 39.41 in the memo, two broken figures, a
pass mark of 88, EIT questions under the heading IIT) are those of the published report;
the sentences are ours, the questions are shortened, nobody is named.
"""

from __future__ import annotations

from samples.content.chaturat_measures import CODES, MEASURES
from samples.content.chaturat_rules import PRINCIPLES
from samples.make.marks import score, thai
from samples.make.model import Block, Cell, Document, Paper, Table, Text, cells

__all__ = ["DOCUMENT", "FACTS", "INDICATORS", "PLANTED"]

FACTS: dict[str, object] = {
    "kind": "analysis",
    "agency_name": "เทศบาลตำบลจตุรัส",
    "agency_type": "tambon-municipality",
    "tambon": None,
    "district": "จตุรัส",
    "province": "ชัยภูมิ",
    "province_code": "36",
    "scheme": "nacc-ita",
    "result_year_be": 2566,
    "report_year_be": 2566,
    "status": "ok",
    "status_reason": "",
}

# name, value, value as the memo prints it (None: the same)
INDICATORS: tuple[tuple[str, str, str | None], ...] = (
    ("การปฏิบัติหน้าที่", "98.01", None),
    ("การใช้งบประมาณ", "93.22", None),
    ("การใช้อำนาจ", "92.14", None),
    ("การใช้ทรัพย์สินของทางราชการ", "91.21", None),
    ("การแก้ไขปัญหาการทุจริต", "88.18", None),
    ("คุณภาพการดำเนินงาน", "88.45", None),
    ("ประสิทธิภาพการสื่อสาร", "84.85", None),
    ("การปรับปรุงการทำงาน", "85.61", None),
    ("การเปิดเผยข้อมูล", "75.00", "๓/๕.๐๐"),
    ("การป้องกันการทุจริต", "48.75", "๔๘.๓/๕"),
)

_YEAR = "ประจำปีงบประมาณ พ.ศ. ๒๕๖๖"
_DOTS = "." * 44


def _memo_list() -> tuple[Text, ...]:
    lines = []
    for number, (name, value, broken) in enumerate(INDICATORS, start=1):
        shown = thai(number)
        mark = (
            score(f"{number}={shown}", broken, value="")
            if broken
            else score(f"{number}={shown}", thai(value))
        )
        lines.append(Text(f"{shown}. {name} {mark} คะแนน", "list"))
    return tuple(lines)


def _signatures(*posts: str) -> tuple[Text, ...]:
    lines: list[Text] = []
    for post in posts:
        lines += [
            Text(f"ความเห็น{_DOTS}", "plain"),
            Text("(ลงชื่อ)" + "." * 36, "sign"),
            Text("(" + "." * 36 + ")", "sign"),
            Text(post, "sign"),
        ]
    return tuple(lines)


_MEMO: tuple[Block, ...] = (
    Text("บันทึกข้อความ", "cover"),
    Text("ส่วนราชการ กองยุทธศาสตร์และงบประมาณ เทศบาลตำบลจตุรัส", "plain"),
    Text("ที่ ชย ๕๒๕๐๖.๒ / ๑๗                         วันที่ ๒๗ ตุลาคม ๒๕๖๖", "list"),
    Text("เรื่อง วิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใส เทศบาลตำบลจตุรัส ประจำปีงบประมาณ ๒๕๖๖", "plain"),
    Text("เรียน นายกเทศมนตรีตำบลจตุรัส", "plain"),
    Text("เรื่องเดิม", "bold"),
    Text(
        "เทศบาลมีคำสั่งที่ ๒๒๑/๒๕๖๕ ตั้งคณะกรรมการสนับสนุนการประเมิน ITA ปีงบประมาณ ๒๕๖๖ "
        "ให้ติดตามคะแนน หาจุดอ่อน และเสนอวิธีแก้เพื่อให้ประชาชนได้รับบริการที่ดีขึ้น"
    ),
    Text("ข้อเท็จจริง", "bold"),
    Text(
        "คณะกรรมการประชุมวันที่ ๒ ตุลาคม ๒๕๖๖ ณ ห้องประชุมชั้น ๓ เพื่อพิจารณาผลและแบ่งงานสำหรับ"
        "ปีงบประมาณ ๒๕๖๗ ผลของปีงบประมาณ ๒๕๖๖ เทศบาลตำบลจตุรัสได้รับผลการประเมินในระดับ "
        "⟦s ITA|๓๙.๔๑⟧ คะแนน แยกตามตัวชี้วัดดังนี้"
    ),
    *_memo_list(),
    Text("ข้อกฎหมาย", "bold"),
    Text(
        "แผนแม่บทภายใต้ยุทธศาสตร์ชาติว่าด้วยการต่อต้านการทุจริต (พ.ศ. ๒๕๖๑-๒๕๘๐) นับผล ITA เป็นตัวชี้วัด "
        "และพระราชกฤษฎีกาว่าด้วยการบริหารกิจการบ้านเมืองที่ดี พ.ศ. ๒๕๔๖ กำหนดให้หน่วยงานประเมินตนเอง"
    ),
    Text("ข้อเสนอ/ข้อพิจารณา", "bold"),
    Text(
        "เห็นควรเผยแพร่รายงานการวิเคราะห์นี้ทางเว็บไซต์ของเทศบาลตามพระราชบัญญัติข้อมูลข่าวสารของราชการ "
        "พ.ศ. ๒๕๔๐ รายละเอียดตามเอกสารแนบ จึงเรียนมาเพื่อโปรดพิจารณา"
    ),
    *_signatures("ผู้อำนวยการกองยุทธศาสตร์และงบประมาณ", "ปลัดเทศบาลตำบลจตุรัส", "นายกเทศมนตรีตำบลจตุรัส"),
)

_COVER: tuple[Block, ...] = (
    Paper(),
    Text("แบบรายงาน", "cover"),
    Text("รายงานการวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใส", "cover"),
    Text("ในการดำเนินงานของหน่วยงานภาครัฐ", "cover"),
    Text(_YEAR, "cover"),
    Text("เทศบาลตำบลจตุรัส", "cover"),
    Text("อำเภอจตุรัส จังหวัดชัยภูมิ", "cover"),
    Paper(),
)


def _results() -> Table:
    head = cells(
        "ตัวชี้วัดที่",
        "เครื่องมือการประเมิน",
        "ตัวชี้วัด",
        "คะแนน",
        "ผลการประเมิน",
        center=(0, 1, 2, 3, 4),
        bold=True,
    )
    rows = []
    for number, (name, value, _) in enumerate(INDICATORS, start=1):
        instrument = "IIT" if number <= 5 else "EIT" if number <= 8 else "OIT"
        fits = float(value) >= 85
        word = "⟦r {}|pass|ผ่านเกณฑ์⟧" if fits else "⟦r {}|fail|ไม่ผ่านเกณฑ์⟧"
        mark = score(f"{number}={thai(number)}", thai(value))
        rows.append(
            cells(thai(number), instrument, name, mark, word.format(number), center=(0, 1, 3, 4))
        )
    return Table((head, *rows), (0.12, 0.18, 0.36, 0.14, 0.20))


def _scored(number: int) -> str:
    """The heading of an indicator with its score and judgement."""
    name, value, _ = INDICATORS[number - 1]
    word = "⟦r {}|pass|ผ่านเกณฑ์⟧" if float(value) >= 85 else "⟦r {}|fail|ไม่ผ่านเกณฑ์⟧"
    return (
        f"ตัวชี้วัดที่ {thai(number)} {name} คะแนนเฉลี่ย "
        f"{score(f'{number}={thai(number)}', thai(value))} คะแนน ผลการประเมิน {word.format(number)}"
    )


def _weak(title: str, rows: tuple[tuple[Cell, ...], ...]) -> Table:
    head = cells("ประเด็นข้อคำถาม", "คะแนน", "แนวทางการพัฒนา", center=(0, 1, 2), bold=True)
    return Table(
        ((Cell(title, columns=3, align="center", bold=True),), head, *rows),
        (0.45, 0.13, 0.42),
        title_rows=1,
        repeat_header=False,
    )


def _question(
    code: str, shown: str, title: str, value: str, advice: str | Cell | None
) -> tuple[Cell, ...]:
    row = cells(f"{shown} {title}", score(f"{code}={shown}", value), center=(1,))
    if advice is None:
        return row
    return (*row, advice if isinstance(advice, Cell) else Cell(advice))


_ZERO = "๐๐.๐๐"
_WEAK_7 = _weak(
    "เครื่องมือการประเมิน IIT ตัวชี้วัด ๗ ประสิทธิภาพการสื่อสาร",
    (
        _question(
            "e6",
            "e๖",
            "ช่องทางเผยแพร่ข้อมูลข่าวสารของหน่วยงานเข้าถึงได้ง่าย มากน้อยเพียงใด",
            "๘๓.๕๐",
            "จัดหมวดหมู่ข่าวหน้าเว็บไซต์ใหม่ให้ค้นได้ในสองคลิก",
        ),
        _question(
            "e7",
            "e๗",
            "หน่วยงานเผยแพร่ข้อมูลที่ประชาชนหรือผู้รับบริการควรทราบอย่างชัดเจน มากน้อยเพียงใด",
            "๘๐.๒๐",
            "เพิ่มช่องทางที่หลากหลาย ทั้งเสียงตามสาย ไลน์ และบอร์ดชุมชน ให้คนนอกเห็นขั้นตอนงานและนโยบาย",
        ),
        _question(
            "e10",
            "e๑๐",
            "หน่วยงานมีช่องทางแจ้งข้อมูลหรือร้องเรียนกรณีเจ้าหน้าที่เรียกรับสินบนหรือทุจริตหรือไม่",
            "๘๐.๐๐",
            "ผู้บริหารย้ำนโยบาย No Gift Policy ในที่ประชุมทุกเดือน ติดป้ายช่องทางร้องเรียนที่จุดบริการ และปกปิดข้อมูล"
            "ผู้แจ้งตามมาตรการคุ้มครอง ทั้งนี้ให้ตรวจสอบว่าลิงก์ร้องเรียนในเว็บไซต์ใช้งานได้จริงทุกสัปดาห์",
        ),
    ),
)
_SHARED_9 = Cell(
    "ให้ผู้ดูแลเว็บไซต์ตรวจลิงก์ทุกเดือน อบรมการจัดทำข้อมูลให้ครบองค์ประกอบ และประชาสัมพันธ์เว็บไซต์แก่ประชาชน", rows=6
)
_WEAK_9 = _weak(
    "เครื่องมือการประเมิน OIT ตัวชี้วัด ๙ การเปิดเผยข้อมูล",
    (
        _question("o13", "๐๑๓", "รายงานผลการดำเนินงานประจำปี", _ZERO, _SHARED_9),
        _question("o14", "๐๑๔", "คู่มือหรือมาตรฐานการปฏิบัติงาน", _ZERO, None),
        _question("o21", "๐๒๑", "สรุปผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุรายเดือน", _ZERO, None),
        _question("o22", "๐๒๒", "รายงานผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุประจำปี", _ZERO, None),
        _question("o27", "๐๒๗", "แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ", _ZERO, None),
        _question("o30", "๐๓๐", "การเปิดโอกาสให้เกิดการมีส่วนร่วม", _ZERO, None),
    ),
)
_WEAK_10 = _weak(
    "เครื่องมือการประเมิน OIT ตัวชี้วัด ๑๐ การป้องกันการทุจริต",
    (
        _question(
            "o32",
            "๐๓๒",
            "การสร้างวัฒนธรรม No Gift Policy",
            _ZERO,
            "จัดกิจกรรมงดรับของขวัญที่มีหลักฐานภาพและรายชื่อกอง",
        ),
        _question(
            "o35",
            "๐๓๕",
            "การดำเนินการเพื่อจัดการความเสี่ยงการทุจริตและประพฤติมิชอบ",
            _ZERO,
            "กำหนดมาตรการของความเสี่ยงแต่ละข้อและผู้รับผิดชอบ",
        ),
        _question(
            "o36",
            "๐๓๖",
            "แผนปฏิบัติการป้องกันการทุจริต",
            _ZERO,
            "จัดทำแผน (พ.ศ. ๒๕๖๖-๒๕๗๐) ให้สภาเทศบาลรับทราบ",
        ),
        _question(
            "o37",
            "๐๓๗",
            "รายงานการกำกับติดตามการดำเนินการป้องกันการทุจริตประจำปี รอบ ๖ เดือน",
            _ZERO,
            "รายงานความคืบหน้าทุกโครงการภายในเดือนเมษายน",
        ),
        _question(
            "o38",
            "๐๓๘",
            "รายงานผลการดำเนินการป้องกันการทุจริตประจำปี",
            _ZERO,
            "รายงานผลพร้อมงบประมาณที่ใช้ ปัญหา และข้อเสนอแนะ",
        ),
        _question(
            "o40",
            "๐๔๐",
            "การขับเคลื่อนจริยธรรม",
            _ZERO,
            "แสดงหลักฐานอย่างน้อยสามเรื่อง\n๑. ทีมให้คำปรึกษาด้านจริยธรรม\n๒. แนวทาง Dos & Don'ts\n๓. "
            "หลักสูตรอบรมที่มีหัวข้อจริยธรรม",
        ),
        _question(
            "o43",
            "๐๔๓",
            "การดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
            _ZERO,
            "แสดงความก้าวหน้าของมาตรการตามข้อ ๐๔๒ เป็นรายไตรมาส",
        ),
    ),
)


def _strong(number: int, code: str, title: str, value: str, advice: str) -> tuple[Block, ...]:
    """A good indicator: one question without its code, as the report prints it."""
    head = cells("ประเด็นข้อคำถาม", "คะแนน", "ประเด็นที่ควรพัฒนา/รักษาระดับ", center=(0, 1, 2), bold=True)
    row = cells(title, score(code, value), advice, center=(1,))
    return (
        Text(
            f"๒.{thai(number)}) {_scored(number)} แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT) "
            "พิจารณาจากข้อคำถามที่ได้มากกว่า ๘๕ คะแนน",
            "plain",
        ),
        Table((head, row), (0.5, 0.14, 0.36)),
    )


_ANALYSIS: tuple[Block, ...] = (
    Text("ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA)", "title"),
    Text(f"{_YEAR} ของ เทศบาลตำบลจตุรัส", "center"),
    Text(
        "คะแนนเฉลี่ยรวม ⟦s ITA|๗๘.๔๑⟧ คะแนน ระดับผลการประเมิน (⟦r ITA|ต้องปรับปรุง|ต้องปรับปรุง⟧)", "center"
    ),
    Text("เทศบาลแยกผลตามเครื่องมือและตัวชี้วัด ระบุจุดที่ต้องแก้โดยเร่งด่วนและจุดที่ต้องพัฒนา ดังต่อไปนี้"),
    Text("การวิเคราะห์ผลการประเมินจำแนกตามเครื่องมือการประเมิน", "heading"),
    _results(),
    Text("๑) ประเด็นที่เป็นข้อบกพร่องหรือจุดอ่อนที่จะต้องแก้ไขโดยเร่งด่วน", "heading"),
    Text("นับตัวชี้วัดที่ได้น้อยกว่า ๘๕ คะแนน"),
    Text(_scored(7) + " แบบวัด EIT พิจารณาจากข้อคำถามที่ได้น้อยกว่า ๘๕ คะแนน", "plain"),
    _WEAK_7,
    Text(_scored(9) + " แบบวัดการเปิดเผยข้อมูลสาธารณะ (OIT)", "plain"),
    _WEAK_9,
    Text(_scored(10) + " แบบวัด OIT พิจารณาจากข้อที่ได้น้อยกว่า ๘๕ คะแนน", "plain"),
    _WEAK_10,
    Text("๒) ประเด็นที่ต้องพัฒนาให้ดีขึ้น ที่มีความสอดคล้องกับผลการประเมินฯ", "heading"),
    Text("นับตัวชี้วัดที่ได้มากกว่า ๘๕ คะแนน"),
    *_strong(
        1,
        "i4",
        "เจ้าหน้าที่ของหน่วยงานท่านเรียกรับเงิน ทรัพย์สิน ของขวัญ หรือผลประโยชน์ เพื่อแลกกับการให้บริการหรือไม่",
        "๑๐๐.๐๐",
        "รักษามาตรฐานเรื่อง No Gift Policy",
    ),
    *_strong(
        2,
        "i11",
        "หน่วยงานของท่านจัดซื้อจัดจ้างเอื้อประโยชน์ให้ผู้ประกอบการรายใดรายหนึ่ง มากน้อยเพียงใด",
        "๙๔.๔๔",
        "ทำตามระเบียบการจัดซื้อจัดจ้างภาครัฐโดยเคร่งครัด",
    ),
    *_strong(
        3,
        "i16",
        "ท่านเคยถูกผู้บังคับบัญชาสั่งให้ทำธุระส่วนตัวของผู้บังคับบัญชา มากน้อยเพียงใด",
        "๙๔.๔๔",
        "คงแบบแผนเดิมไว้",
    ),
)

PLANTED: tuple[tuple[str, str], ...] = (
    ("printed-twice-differs", "บันทึกข้อความพิมพ์คะแนนรวม ๓๙.๔๑ รายงานพิมพ์ ๗๘.๔๑"),
    ("total-differs", "๓๙.๔๑ ในบันทึกข้อความไม่ตรงกับผลคำนวณ ๗๘.๔๑"),
    ("unread", "ตัวชี้วัดที่ ๙ ในบันทึกข้อความพิมพ์ ๓/๕.๐๐"),
    ("unread", "ตัวชี้วัดที่ ๑๐ ในบันทึกข้อความพิมพ์ ๔๘.๓/๕"),
    ("threshold-differs", "เกณฑ์ผ่านเขียนว่า ๘๘ คะแนน ปี ๒๕๖๖ คือ ๘๕"),
    ("instrument-differs-from-code", "ตารางตัวชี้วัดที่ ๗ พิมพ์ว่า IIT แต่เป็นข้อ e ของ EIT"),
    ("printed-twice-differs", "หัวข้อมาตรการพิมพ์ตัวชี้วัดที่ ๑๐ ว่า ๔๘.๓๕ ที่อื่นพิมพ์ ๔๘.๗๕"),
)

DOCUMENT = Document(
    facts=FACTS,
    blocks=(*_MEMO, *_COVER, *PRINCIPLES, Paper(), *_ANALYSIS, Paper(landscape=True), *MEASURES),
    head="",
    folio="{๙}",
    codes=CODES,
    planted=PLANTED,
)

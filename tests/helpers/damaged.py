"""Sound report prose, and what text layers make of it: one function for each mechanism."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

__all__ = ["DAMAGES", "PROSE", "Damage"]

MARKS = "ัิีึืฺุู็่้๊๋์"

PROSE_TEXT = """\
หน่วยงานของเราได้คะแนนรวมสูงกว่าปีที่แล้ว แต่ตัวชี้วัดด้านการใช้งบประมาณยังต่ำกว่าเกณฑ์
ผู้บริหารจึงสั่งให้ทุกกองทบทวนขั้นตอนการทำงาน และกำหนดผู้รับผิดชอบให้ชัดเจน
ประชาชนที่มาติดต่อราชการต้องได้รับความสะดวกและความเป็นธรรมเท่ากันทุกคน
เจ้าหน้าที่บางส่วนยังไม่เข้าใจระเบียบการยืมทรัพย์สินของทางราชการไปใช้ปฏิบัติงาน
สำนักปลัดจะจัดทำคู่มือการให้บริการ พร้อมแผนผังขั้นตอนและระยะเวลาที่แน่นอน
กองคลังต้องเปิดเผยแผนการจัดซื้อจัดจ้างบนเว็บไซต์ภายในเดือนธันวาคมของทุกปี
ผลการวิเคราะห์ชี้ว่าช่องทางรับเรื่องร้องเรียนมีน้อยเกินไป ผู้ใช้บริการจึงไม่รู้จัก
ควรเพิ่มช่องทางออนไลน์ เช่น แบบสอบถามสั้น ๆ และกล่องรับความคิดเห็นหน้าสำนักงาน
คณะทำงานมีมติให้รายงานความก้าวหน้าต่อผู้บริหารทุกไตรมาส เพื่อให้แก้ปัญหาได้ทัน
การอบรมเรื่องประมวลจริยธรรมช่วยให้บุคลากรเห็นความสำคัญของการปฏิเสธของขวัญ
ข้อมูลงบประมาณที่เผยแพร่ต้องครบถ้วน ถูกต้อง เป็นปัจจุบัน และอ่านเข้าใจได้ง่าย
แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายในมีผู้ตอบครบตามจำนวนที่กำหนดไว้
ตำบลของเราแบ่งเป็นสิบสองหมู่บ้าน ชาวบ้านส่วนใหญ่ทำนาและเลี้ยงสัตว์เป็นอาชีพหลัก
งานป้องกันและบรรเทาสาธารณภัยได้ซ่อมเครื่องสูบน้ำและเรือท้องแบนจนใช้งานได้ดี
การประเมินครั้งนี้สะท้อนให้เห็นว่าความโปร่งใสเริ่มต้นจากการทำงานที่ตรวจสอบได้
นักวิชาการพัสดุรวบรวมปัญหาและอุปสรรคจากการจัดหาพัสดุเสนอต่อที่ประชุม
หัวหน้าส่วนราชการทุกแห่งลงนามประกาศเจตจำนงสุจริตต่อหน้าประชาชนในวันประชุม
เมื่อสิ้นปีงบประมาณ ให้สรุปผลการดำเนินการตามมาตรการและเสนอแนวทางแก้ไข
ผู้สูงอายุและผู้พิการควรได้รับบริการถึงบ้านโดยไม่ต้องเดินทางมาที่ทำการ
ระบบยื่นคำขออนุญาตผ่านอินเทอร์เน็ตลดการใช้ดุลพินิจและลดการเรียกรับสินบน
คะแนนข้อนี้เพิ่มขึ้นเพราะหน่วยงานชี้แจงหลักเกณฑ์การเลื่อนเงินเดือนอย่างเปิดเผย
อำเภอและจังหวัดร่วมกันติดตามผลการใช้จ่ายเงินอุดหนุนเฉพาะกิจของท้องถิ่น
สมาชิกสภาตั้งข้อสังเกตว่าแผนพัฒนาไม่สอดคล้องกับความต้องการของชุมชน
ศูนย์ข้อมูลข่าวสารเปิดให้ประชาชนเข้าตรวจดูสัญญาและประกาศราคากลางได้
ทั้งนี้ ต้องคุ้มครองข้อมูลส่วนบุคคลของผู้แจ้งเบาะแสการทุจริตอย่างเคร่งครัด
น้ำประปาของหมู่บ้านไหลอ่อนในฤดูแล้ง จึงขอให้ขุดลอกแหล่งน้ำเพิ่มอีกสองแห่ง
ประธานกล่าวย้ำว่าปัญหาที่เกิดซ้ำทุกปีต้องมีเจ้าภาพและกำหนดเวลาแก้ไข
คะแนนต่ำที่สุดอยู่ที่ข้อการอำนวยความสะดวก ซึ่งต่ำกว่าค่าเฉลี่ยของอำเภอ
"""
PROSE = PROSE_TEXT.splitlines()

Damage = Callable[[str], str]


def _late(share: float, *, blanks: bool) -> Damage:
    def damage(text: str) -> str:
        dice = random.Random(7)
        units = re.findall(f"[{MARKS}]+|.", text, re.DOTALL)
        out: list[str] = []
        place = 0
        while place < len(units):
            unit = units[place]
            follows = units[place + 1] if place + 1 < len(units) else ""
            movable = out and unit[0] in MARKS and re.match("[ก-ฮะาเ-ไ]", follows)
            if not movable or dice.random() >= share:
                out.append(unit)
                place += 1
                continue
            out += (follows, unit)
            place += 2
            if place < len(units) and units[place][0] in MARKS:
                out.append(units[place])
                place += 1
            if blanks and dice.random() < 0.5:
                out.append(" ")
        return "".join(out)

    return damage


def _sub(pattern: str, new: str | Callable[[re.Match[str]], str]) -> Damage:
    compiled = re.compile(pattern)
    return lambda text: compiled.sub(new, text)


def _sometimes(share: float, pattern: str, new: Callable[[re.Match[str]], str]) -> Damage:
    def damage(text: str) -> str:
        dice = random.Random(11)
        return re.sub(pattern, lambda m: new(m) if dice.random() < share else m[0], text)

    return damage


def _private_use(text: str) -> str:
    text = re.sub("(?<=[ปฝฟ])[ิีึื]", lambda m: chr(0xF701 + "ิีึื".index(m[0])), text)
    text = re.sub("(?<=[ปฝฟ])[่-์]", lambda m: chr(0xF705 + ord(m[0]) - 0xE48), text)
    text = re.sub("(?<=[ก-ฮ])[่-์]", lambda m: chr(0xF70A + ord(m[0]) - 0xE48), text)
    return re.sub("(?<=[ปฝฟ])[ั็]", lambda m: {"ั": "\uf710", "็": "\uf712"}[m[0]], text)


def _as_greek(text: str) -> str:
    def shift(char: str) -> str:
        if "ก" <= char <= "ฺ":
            return chr(ord(char) - 0xA5E)
        return chr(ord(char) - 0xA61) if "เ" <= char <= "๎" else char

    return "".join(shift(char) for char in text.replace("ำ", "ํา"))


def _as_latin(text: str) -> str:
    return "".join(chr(ord(c) - 0xD60) if "ก" <= c <= "๛" else c for c in text)


# Name: the damage, the least share of damaged lines that must come back exactly (blanks
# left out) when the page is known, and the same for a line alone.
DAMAGES: dict[str, tuple[Damage, float, float]] = {
    "late marks with blanks": (_late(1.0, blanks=True), 0.95, 0.9),
    "late marks": (_late(1.0, blanks=False), 0.95, 0.8),
    "some late marks": (_late(0.4, blanks=True), 0.95, 0.8),
    "tone before vowel": (_sub("([ัิ-ู])([่-๋์])", r"\2\1"), 1.0, 1.0),
    "sara am reduced": (lambda text: text.replace("ำ", "า"), 0.95, 0.3),
    "blank for half of sara am": (_sub("([ก-ฮ])([่-๋]?)ำ", r"\1\2 า"), 0.95, 0.95),
    "blank before tone and aa": (_sub("([ก-ฮ])([่-๋])ำ", r"\1 \2า"), 0.95, 0.95),
    "sara aa as sara am": (lambda text: text.replace("า", "ำ"), 0.95, 0.95),
    "torn sara am, aa as am": (
        lambda text: re.sub("([ก-ฮ])([่-๋]?)ำ", r"\1 \2ำ", text).replace("า", "ำ"),
        0.95,
        0.95,
    ),
    "nikhahit and aa": (_sub("([่-๋]?)ำ", r"ํ\1า"), 1.0, 1.0),
    "blanks in words": (
        _sometimes(0.3, f"[ก-ฮ][{MARKS}]*(?=[ก-ฮา])", lambda m: m[0] + " "),
        0.9,
        0.8,
    ),
    "blanks after marks": (_sub(f"([ก-ฮ][{MARKS}]+)(?=[ก-ฮ])", r"\1 "), 0.95, 0.9),
    "lost low tones": (_sub("(?<=[ก-ฮ])[่-๋์]", ""), 0.6, 0.0),
    "doubled marks": (_sometimes(0.2, f"[{MARKS}]", lambda m: m[0] * 2), 0.95, 0.95),
    "double sara e": (lambda text: text.replace("แ", "เเ"), 1.0, 1.0),
    "private use": (_private_use, 1.0, 1.0),
    "TIS-620 as Latin": (_as_latin, 1.0, 1.0),
    "UTF-8 as Latin": (
        lambda text: "".join(c.encode().decode("latin-1") if c >= "ก" else c for c in text),
        1.0,
        1.0,
    ),
    "U+FFFD for half of sara am": (_sub("([่-๋]?)ำ", "\ufffd\\1า"), 0.95, 0.95),
    "U+FFFD after sara am": (_sub("ำ", "ำ\ufffd"), 1.0, 1.0),
    "U+FFFD for marks": (
        _sometimes(0.1, f"(?<=[ก-ฮ])[{MARKS}]", lambda m: "\ufffd"),
        0.8,
        0.8,
    ),
    "blank before marks": (
        _sometimes(0.4, f"(?<=[ก-ฮ])[{MARKS}]+", lambda m: " " + m[0]),
        0.95,
        0.95,
    ),
    "sara am and aa": (lambda text: text.replace("ำ", "ำา"), 1.0, 1.0),
    "letter for nikhahit": (_sub("([่-๋]?)ำ", r"s\1า"), 1.0, 1.0),
    "doubled clusters": (
        _sometimes(0.5, f"([ก-ฮ][{MARKS}]+)([ก-ฮา])(?![{MARKS}])", lambda m: f"{m[0]}{m[1]} "),
        0.9,
        0.9,
    ),
    "glyph numbers as Greek": (_as_greek, 1.0, 0.9),
    "no-break blanks": (lambda text: text.replace(" ", "\u00a0"), 1.0, 1.0),
    "zero width spaces": (_sub("(?<=[ก-ฮ])(?=[เ-ไ])", "\u200b"), 1.0, 1.0),
    "Lao letters": (_sub("ค(?=[ะว])", "ຄ"), 1.0, 1.0),
}

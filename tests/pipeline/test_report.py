"""The page that an officer opens first."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from made_reports import file_report, finding, made_report, refused_report

from pipeline.fields import tables
from pipeline.output import write_dataset
from pipeline.records import FileReport, RunFacts
from pipeline.report import write_report

RUN = RunFacts(datetime(2026, 1, 2, tzinfo=UTC))
EVIL = "<script>alert('owned')</script>"


class Page(HTMLParser):
    """Tags, attributes and the text that a reader of one language sees."""

    def __init__(self, text: str, lang: str = "th") -> None:
        super().__init__(convert_charrefs=True)
        self.lang = lang
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[tuple[str, bool]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        held = dict(attributes)
        self.tags.append((tag, held))
        if tag not in ("meta", "br", "img", "link"):
            hidden = tag in ("style", "script", "title")
            other = tag == "span" and held.get("lang") not in (None, self.lang)
            self.open.append((tag, hidden or other))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1][0] == tag, f"</{tag}> closes {self.open[-1:]}"
        self.open.pop()
        if tag in ("td", "th", "div", "span", "p", "li"):
            self.words.append(" ")

    def handle_data(self, text: str) -> None:
        if not any(hidden for _, hidden in self.open):
            self.words.append(text)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def page(out: Path, lang: str = "th") -> Page:
    return Page((out / "report/index.html").read_text(encoding="utf-8"), lang)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset with an agency, findings, a hostile name and refused documents."""
    folder = tmp_path_factory.mktemp("report") / "out"
    plain = made_report("a", agency="อบต.ก้ำกึ่ง", total="78.41")
    evil = made_report("b", agency=EVIL, province='"><img src=x onerror=alert(1)>')
    nobody = replace(made_report("c", scores=0), identity=None)
    findings = [
        finding(plain, 1),
        finding(plain, 2, severity="note", rule="never-heard-of", page=7, code="i7"),
        finding(evil, 1, severity="warning", printed=EVIL, message_th=EVIL, message_en=EVIL),
        finding(nobody, 1),
    ]
    items = [
        file_report(plain, "ก.pdf"),
        FileReport(evil, f"{EVIL}.pdf", f"https://example.go.th/?x='\"{EVIL}"),
        FileReport(nobody, "c.pdf", "javascript:alert(1)"),
        file_report(refused_report("x", "encrypted"), "ล็อก.pdf"),
        file_report(refused_report("y", "unheard-of", f"{EVIL}\x01"), "แปลก.pdf"),
        file_report(replace(made_report("p"), status="partial", status_reason="timeout"), "p.pdf"),
    ]
    write_dataset(folder, items, [], findings, RUN)
    return folder


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_page_is_well_formed_in_both_languages(out: Path, lang: str) -> None:
    found = page(out, lang)

    assert found.open == []
    ids = [held["id"] for _, held in found.tags if "id" in held]
    assert len(ids) == len(set(ids))


def test_the_page_says_what_was_read(out: Path) -> None:
    text = page(out).text

    assert "เอกสาร 6 อ่านได้ครบ 3 บางส่วน 1 อ่านไม่ได้ 2" in text
    assert "อบต.ก้ำกึ่ง" in text
    assert "78.41" in text
    assert "คะแนนรวมที่พิมพ์ 90.24 (หน้า 2) ไม่ตรงกับผลรวมถ่วงน้ำหนัก 91.30" in text
    assert "The printed total" not in text


def test_english_readers_get_english(out: Path) -> None:
    text = page(out, "en").text

    assert "The printed total 90.24 (page 2) is not the weighted sum 91.30." in text
    assert "The file is protected by a password." in text
    assert "ไฟล์ตั้งรหัสผ่าน" not in text


def test_refused_documents_say_why_and_what_to_do(out: Path) -> None:
    text = page(out).text

    assert "ล็อก.pdf" in text
    assert "ไฟล์ตั้งรหัสผ่าน ขอไฟล์ที่ไม่ตั้งรหัสผ่านจากหน่วยงาน" in text
    assert "แปลก.pdf" in text


def test_nothing_that_a_document_holds_becomes_part_of_the_page(out: Path) -> None:
    """Names and values come from files that anybody may have put on the web."""
    found = page(out)

    assert [tag for tag, _ in found.tags].count("script") == 1
    assert "img" not in [tag for tag, _ in found.tags]
    assert not any(name.startswith("on") for _, held in found.tags for name in held)
    assert EVIL in found.text
    raw = (out / "report/index.html").read_text(encoding="utf-8")
    assert "\x01" not in raw


def test_only_web_addresses_become_links(out: Path) -> None:
    links = [held["href"] or "" for tag, held in page(out).tags if tag == "a"]

    assert not any(link.startswith("javascript") for link in links)
    assert [link for link in links if link.startswith("http")] == [
        f"https://example.go.th/?x='\"{EVIL}"
    ]


def test_every_link_inside_the_dataset_leads_somewhere(out: Path) -> None:
    found = page(out)
    ids = {held["id"] for _, held in found.tags if "id" in held}
    links = [held["href"] or "" for tag, held in found.tags if tag == "a"]
    files = [link for link in links if link.startswith("../")]

    assert {f"../csv/{held.name}.csv" for held in tables()} <= set(files)
    assert all((out / "report" / link).exists() for link in files)
    assert {link[1:] for link in links if link.startswith("#")} <= ids
    assert sum(link.startswith("#agency-") for link in links) == 3


def test_the_page_needs_no_network_and_runs_only_its_own_script(out: Path) -> None:
    raw = (out / "report/index.html").read_text(encoding="utf-8")
    found = page(out)
    policy = next(
        held["content"]
        for tag, held in found.tags
        if tag == "meta" and held.get("http-equiv") == "Content-Security-Policy"
    )
    script = raw.split("<script>")[1].split("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()

    assert policy is not None
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert not any(tag in ("link", "img", "iframe") or "src" in held for tag, held in found.tags)
    assert "@import" not in raw and "url(" not in raw


def test_thai_lines_have_room_for_their_marks(out: Path) -> None:
    raw = (out / "report/index.html").read_text(encoding="utf-8")
    body = re.search(r"font: 1rem/([\d.]+)", raw)

    assert body is not None
    assert float(body.group(1)) >= 1.7
    assert 'Sarabun, "Noto Sans Thai", "Leelawadee UI", Tahoma' in raw
    assert "break-all" not in raw


def test_long_tables_are_cut_and_say_so(tmp_path: Path) -> None:
    """A browser does not scroll a hundred thousand rows."""
    reports = [made_report(str(number), agency=f"อบต.{number}") for number in range(6)]
    findings = [finding(held, severity="note") for held in reports[:5]]
    findings.append(finding(reports[5], severity="error"))
    items = [file_report(held, f"{number}.pdf") for number, held in enumerate(reports)]
    items += [file_report(refused_report(f"x{n}"), f"x{n}.pdf") for n in range(4)]
    write_dataset(tmp_path / "out", items, [], findings, RUN)
    write_report(tmp_path / "out", limit=3)
    found = page(tmp_path / "out").text

    assert "แสดง 3 แถวแรกจาก 6 แถว" in found
    assert "แสดง 3 ข้อแรกจาก 6 ข้อ" in found
    assert "แสดง 3 แถวแรกจาก 4 แถว" in found
    # The gravest is among those that are shown, whatever its agency is called.
    assert found.index("อบต.5", found.index("ข้อค้นพบที่ต้องดู"))


def test_an_empty_dataset_has_a_page_that_says_so(tmp_path: Path) -> None:
    write_dataset(tmp_path / "out", [], [], [], RUN)
    thai, english = page(tmp_path / "out").text, page(tmp_path / "out", "en").text

    assert "ไม่พบความไม่สอดคล้องในเอกสารที่อ่านได้" in thai
    assert "All documents were read, and nothing is missing." in english


def test_the_words_of_the_page_are_complete() -> None:
    from pipeline.report import _texts

    names: Any = _texts()
    for name, (thai, english) in names.items():
        assert any("\u0e00" <= char <= "\u0e7f" for char in thai), name
        assert english.isascii() or "–" in english, name
        assert re.findall(r"{\w+}", thai) == re.findall(r"{\w+}", english), name

"""Files that are no PDFs, broken, locked or made to hurt: a reason each, and never a crash."""

from __future__ import annotations

import io
import random
import time
import zipfile
import zlib

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_pdfs import letters_pdf, page_pdf, saved, show, table_of
from pikepdf import Array, Dictionary, Name, Pdf

from parsers.errors import DocumentRefused
from parsers.pdf import Limits, PdfContent, read_pdf

_LINE = b"BT /F1 12 Tf 50 200 Td (Hello) Tj ET"


def refusal(data: bytes, limits: Limits | None = None) -> DocumentRefused:
    with pytest.raises(DocumentRefused) as caught:
        read_pdf(data, limits)
    return caught.value


def text_of(content: PdfContent) -> list[str]:
    return ["".join(char.text for char in page.chars) for page in content.pages]


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


def with_password(**passwords: str) -> bytes:
    return saved(page_pdf(_LINE), encryption=pikepdf.Encryption(R=6, **passwords))


class TestNoPdf:
    def test_an_empty_file(self):
        assert refusal(b"").reason == "empty-file"

    @pytest.mark.parametrize(
        ("data", "likeness"),
        [
            (b"<!DOCTYPE html><html><body>404</body></html>", "web page"),
            (b"\n\n  <HTML lang='th'>" + b"x" * 9000, "web page"),
            (b"<html><pre>curl -O report.pdf  %PDF-1.4</pre>", "web page"),
            (zipped(), "office document"),
            (b"\xd0\xcf\x11\xe0" + bytes(600), "old office document"),
            (b"\xff\xd8\xff\xe0" + bytes(100), "JPEG"),
            (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG"),
            (b"{\\rtf1 hello}", "RTF"),
            ("รายงานผลการประเมิน".encode(), "plain text"),
            (bytes(5000), "zero bytes"),
            (bytes(range(256)) * 3, "binary"),
        ],
    )
    def test_the_detail_says_what_it_looks_like(self, data, likeness):
        found = refusal(data)

        assert found.reason == "not-a-pdf"
        assert likeness in found.detail

    def test_mail_headers_before_the_pdf_do_no_harm(self):
        junk = b"Content-Type: application/pdf\r\nX-Mailer: old\r\n\r\n" * 60

        assert text_of(read_pdf(junk + saved(page_pdf(_LINE)))) == ["Hello"]


class TestLocked:
    def test_a_needed_password_is_said(self):
        assert refusal(with_password(user="geheim", owner="geheim")).reason == "encrypted"

    def test_an_owner_password_alone_locks_nothing(self):
        assert text_of(read_pdf(with_password(owner="geheim", user=""))) == ["Hello"]

    def test_wrong_glyph_tables_are_put_right_in_a_locked_file_too(self):
        pdf = letters_pdf(show("ดํา", 50, 200), table=None)
        data = saved(pdf, encryption=pikepdf.Encryption(R=4, owner="x", user=""))

        assert text_of(read_pdf(data)) == ["ดํา"]


class TestBroken:
    def test_a_header_and_nothing_else(self):
        assert refusal(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n").reason == "damaged"

    def test_no_pages(self):
        assert refusal(saved(pikepdf.new())).reason == "no-pages"

    def test_a_lost_cross_reference_table_is_rebuilt(self):
        data = saved(page_pdf(_LINE), object_stream_mode=pikepdf.ObjectStreamMode.disable)

        assert text_of(read_pdf(data[: data.rindex(b"xref\n0 ")])) == ["Hello"]

    def test_what_pdfium_cannot_open_is_rebuilt_by_qpdf(self):
        """The trailer hides in an object with an impossible number."""
        objects = (
            b"1 0 obj <</Type /Catalog /Pages 2 0 R>>\nendobj\n"
            b"2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>>\nendobj\n"
            b"3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 90 90]>>\nendobj\n"
        )
        data = b"%PDF-1.7\n" + objects + b"2147483647 0 obj <</Root 1 0 R>>\nendobj\n"

        content = read_pdf(data)

        assert content.page_count == 1
        assert [problem.slug for problem in content.problems] == ["structure-rebuilt"]

    def test_the_file_may_lie_about_its_number_of_pages(self):
        pdf = page_pdf(_LINE)
        pdf.Root.Pages.Count = 100_000_000

        assert text_of(read_pdf(saved(pdf))) == ["Hello"]

    def test_a_page_tree_that_holds_itself(self):
        pdf = page_pdf(_LINE)
        pdf.Root.Pages.Kids.append(pdf.Root.Pages)

        assert "Hello" in text_of(read_pdf(saved(pdf)))

    def test_a_page_of_impossible_size(self):
        pdf = page_pdf(_LINE, _LINE)
        pdf.pages[0].MediaBox = Array([0, 0, 10**9, 10**9])

        content = read_pdf(saved(pdf))

        assert text_of(content) == ["", "Hello"]
        assert [problem.slug for problem in content.problems] == ["page-too-complex"]

    @settings(max_examples=60, deadline=None)
    @given(end=st.integers(min_value=0, max_value=4000))
    def test_any_beginning_of_a_file_ends_well(self, end):
        _ends_well(_WHOLE[:end])

    @settings(max_examples=80, deadline=None)
    @given(seed=st.integers(min_value=0, max_value=10**6))
    def test_any_damage_ends_well(self, seed):
        chance = random.Random(seed)
        damaged = bytearray(_WHOLE)
        for _ in range(chance.randint(1, 40)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)

        _ends_well(bytes(damaged))


def _whole() -> bytes:
    line = show("ผลการดํา", 50, 200) + b"10 10 m 90 10 l S"
    return saved(letters_pdf(line, line, table=table_of("ผลการด")))


_WHOLE = _whole()


def _ends_well(data: bytes) -> None:
    try:
        content = read_pdf(data)
    except DocumentRefused as refused:
        assert refused.reason in {
            "empty-file",
            "not-a-pdf",
            "encrypted",
            "damaged",
            "no-pages",
            "too-large",
        }
    else:
        assert len(content.pages) == content.page_count > 0


class TestTooLarge:
    def test_bytes(self):
        assert refusal(saved(page_pdf(_LINE)), Limits(bytes=100)).reason == "too-large"

    def test_pages(self):
        assert refusal(saved(page_pdf(*[b""] * 6)), Limits(pages=5)).reason == "too-large"

    @pytest.mark.parametrize("filters", [1, 2])
    def test_a_stream_that_unpacks_to_gigabytes(self, filters):
        packer = zlib.compressobj(9)
        packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(64)) + packer.flush()
        if filters == 2:
            packed = zlib.compress(packed, 9)
        pdf = page_pdf(b"")
        pdf.pages[0].Contents = Pdf.make_stream(
            pdf, packed, Filter=Array([Name.FlateDecode] * filters)
        )
        data = saved(pdf, compress_streams=False, stream_decode_level=_NO_DECODING)

        found = refusal(data)

        assert len(data) < 100_000
        assert found.reason == "too-large"

    def test_forms_that_draw_forms_without_end(self):
        """Ten levels of ten each: PDFium would unfold ten thousand million lines."""
        pdf = page_pdf(b"/X Do")
        inner = pdf.make_stream(b"0 0 m 10 10 l S ")
        for _ in range(10):
            outer = pdf.make_stream(b"/X Do " * 10)
            outer.Resources = Dictionary(XObject=Dictionary(X=_form(inner)))
            inner = outer
        pdf.pages[0].Resources.XObject = Dictionary(X=_form(inner))
        start = time.monotonic()

        found = refusal(saved(pdf))

        assert found.reason == "too-large"
        assert time.monotonic() - start < 5

    def test_a_form_that_draws_itself(self):
        pdf = page_pdf(_LINE + b" /X Do")
        form = _form(pdf.make_indirect(pdf.make_stream(b"/X Do 0 0 m 90 0 l S")))
        form.Resources = Dictionary(XObject=Dictionary(X=form))
        pdf.pages[0].Resources.XObject = Dictionary(X=form)

        assert text_of(read_pdf(saved(pdf))) == ["Hello"]

    def test_a_page_with_too_many_lines(self):
        pdf = page_pdf(b"0 0 m 10 10 l S\n" * 3000, _LINE)

        content = read_pdf(saved(pdf), Limits(objects=2000))

        assert text_of(content) == ["", "Hello"]
        assert [problem.slug for problem in content.problems] == ["page-too-complex"]

    def test_rules_beyond_the_limit_are_left_out(self):
        lines = b"".join(b"50 %d m 150 %d l S\n" % (y, y) for y in range(0, 300, 2))

        page = read_pdf(saved(page_pdf(lines)), Limits(rules=20)).pages[0]

        assert 20 <= len(page.rules) <= 25


_NO_DECODING = pikepdf.StreamDecodeLevel.none


def _form(stream: pikepdf.Object) -> pikepdf.Object:
    stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, 400, 300])
    return stream

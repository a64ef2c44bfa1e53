"""Reading PDF files: characters, ruling lines, glyph tables, pages that are turned or cut."""

from __future__ import annotations

import pickle
import zlib

import pytest
from made_pdfs import (
    LOW_MAI_EK,
    encoded,
    glyph_of,
    letters_pdf,
    make_font,
    page_pdf,
    picture,
    saved,
    show,
    table_of,
)
from pikepdf import Array, Dictionary, Name, Pdf, StreamDecodeLevel

from parsers.model import Page
from parsers.pdf import Limits, PdfContent, read_pdf
from parsers.text.passages import compose


def read(pdf: Pdf, **limits: int) -> PdfContent:
    return read_pdf(saved(pdf, stream_decode_level=StreamDecodeLevel.none), Limits(**limits))


def only_page(pdf: Pdf) -> Page:
    content = read(pdf)
    assert content.page_count == 1
    return content.pages[0]


def text_of(page: Page) -> str:
    return "".join(char.text for char in page.chars)


def levels(page: Page) -> set[tuple[float, float, float]]:
    """The level rules of a page: height, start, end."""
    return {
        (round(rule.top, 1), round(rule.x0, 1), round(rule.x1, 1))
        for rule in page.rules
        if rule.x1 - rule.x0 > rule.bottom - rule.top
    }


def uprights(page: Page) -> set[tuple[float, float, float]]:
    """The upright rules of a page: place, start, end."""
    return {
        (round(rule.x0, 1), round(rule.top, 1), round(rule.bottom, 1))
        for rule in page.rules
        if rule.x1 - rule.x0 < rule.bottom - rule.top
    }


class TestCharacters:
    def test_places_are_points_from_the_top_left(self):
        page = only_page(page_pdf(b"BT /F1 12 Tf 50 200 Td (Hi) Tj ET"))

        first, second = page.chars
        assert (first.text, first.origin_x, first.origin_y) == ("H", 50.0, 100.0)
        assert first.size == 12.0
        assert first.x1 == pytest.approx(second.origin_x)
        assert first.top < 100.0 < first.bottom
        assert (page.width, page.height) == (400.0, 300.0)
        assert (page.text_source, page.text_verdict, page.engine) == ("text", "good", "pdfium")

    def test_size_counts_the_scale_of_the_page(self):
        page = only_page(page_pdf(b"0.5 0 0 0.5 0 0 cm BT /F1 30 Tf 20 20 Td (A) Tj ET"))

        assert page.chars[0].size == pytest.approx(15.0)

    @pytest.mark.parametrize(
        ("turn", "place", "angle"),
        [(0, (50, 100), 0), (90, (200, 50), 90), (180, (350, 200), 180), (270, (100, 350), 270)],
    )
    def test_a_turned_page_is_read_as_it_is_shown(self, turn, place, angle):
        pdf = page_pdf(b"BT /F1 12 Tf 50 200 Td (Hi) Tj ET 20 30 m 120 30 l S")
        pdf.pages[0].Rotate = turn

        page = only_page(pdf)

        char = page.chars[0]
        assert (round(char.origin_x), round(char.origin_y)) == place
        assert char.angle == angle
        assert (page.width > page.height) == (turn in (0, 180))
        assert bool(levels(page)) == (turn in (0, 180))
        assert bool(uprights(page)) == (turn in (90, 270))

    def test_the_crop_box_moves_the_origin(self):
        pdf = page_pdf(b"BT /F1 12 Tf 50 200 Td (Hi) Tj ET")
        pdf.pages[0].CropBox = Array([20, 30, 350, 280])

        page = only_page(pdf)

        assert (page.width, page.height) == (330.0, 250.0)
        assert (page.chars[0].origin_x, page.chars[0].origin_y) == (30.0, 80.0)

    def test_text_set_upwards_keeps_its_angle(self):
        page = only_page(page_pdf(b"BT /F1 12 Tf 0 1 -1 0 100 50 Tm (Up) Tj ET"))

        assert [char.angle for char in page.chars] == [270, 270]
        assert compose(page.chars).text == "Up"

    def test_text_inside_nested_forms_is_found_where_it_is_shown(self):
        pdf = page_pdf(b"q 1 0 0 1 100 0 cm /X Do Q")
        inner = pdf.make_stream(b"BT /F1 12 Tf 0 50 Td (in) Tj ET 0 40 m 80 40 l S")
        outer = pdf.make_stream(b"2 0 0 2 0 0 cm /Y Do")
        resources = pdf.pages[0].Resources
        for form in (inner, outer):
            form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 400, 300])
            form.Resources = Dictionary(Font=resources.Font)
        outer.Resources.XObject = Dictionary(Y=inner)
        resources.XObject = Dictionary(X=outer)

        page = only_page(pdf)

        assert (page.chars[0].origin_x, page.chars[0].origin_y) == (100.0, 200.0)
        assert page.chars[0].size == pytest.approx(24.0)
        assert levels(page) == {(220.0, 99.0, 261.0)} or levels(page) == {(220.0, 100.0, 260.0)}

    def test_bold_by_drawing_twice_is_read_once(self):
        twice = b"BT /F1 12 Tf 50 200 Td (100.00) Tj 0.4 0 Td (100.00) Tj ET"

        assert text_of(only_page(page_pdf(twice))) == "100.00"

    def test_dots_of_a_leader_are_no_doubles(self):
        dots = b"BT /F1 12 Tf 50 200 Td " + b"(.) Tj 3.4 0 Td " * 20 + b"ET"

        assert text_of(only_page(page_pdf(dots))) == "." * 20

    def test_blanks_set_as_objects_of_their_own_are_kept(self):
        """Word writes "๑๓ พฤศจิกายน" as three objects; PDFium passes over the blank one."""
        words = show("๑๓", 50, 200) + show(" ", 60, 200) + show("พฤศ", 61.2, 200)

        page = only_page(letters_pdf(words, table=table_of("๑๓ พฤศ")))

        assert text_of(page) == "๑๓ พฤศ"
        assert compose(page.chars).text == "๑๓ พฤศ"

    def test_a_line_below_the_cut_of_the_page_is_not_read(self):
        """Chromium draws the line on a page break on both pages, clipped away on the first."""
        cut = b"q 0 100 400 200 re W n " + show("กขค", 50, 150) + show("ที่", 50, 85) + b"Q"

        assert text_of(only_page(letters_pdf(cut, table=table_of("กขคที่")))) == "กขค"


class TestActualText:
    def test_a_cluster_is_taken_once_and_in_place(self):
        """Chromium: the mark is an object of its own and lies behind the next letter by a hair,
        so that PDFium gives "หน่วน่ ย" for "หน่วย".
        """
        content = (
            b"BT /F1 10 Tf 1 0 0 1 50 200 Tm " + encoded("ห") + b" Tj "
            b"/Span <</ActualText <FEFF0E190E48>>> BDC 5 0 Td " + encoded("น") + b" Tj "
            b"5.002 0 Td " + encoded("่") + b" Tj EMC "
            b"-0.002 0 Td " + encoded("ว") + b" Tj 5 0 Td " + encoded("ย") + b" Tj ET"
        )

        page = only_page(letters_pdf(content, table=table_of("หนวย")))

        assert text_of(page) == "หน่วย"
        assert compose(page.chars).text == "หน่วย"

    def test_sara_am_stands_for_two_glyphs(self):
        """LibreOffice: the table says sara am for nikhahit, the ActualText says it once."""
        content = (
            b"BT /F1 10 Tf 1 0 0 1 50 200 Tm " + encoded("ด") + b" Tj "
            b"/Span <</ActualText <FEFF0E33>>> BDC 1 0 0 1 55 200 Tm " + encoded("ํา") + b" Tj EMC "
            b"1 0 0 1 60 200 Tm " + encoded("เนิน") + b" Tj ET"
        )
        table = {**table_of("ดเนิน"), glyph_of("ํ"): "ำ", glyph_of("า"): "า"}

        assert text_of(only_page(letters_pdf(content, table=table))) == "ดำเนิน"

    def test_an_empty_one_hides_nothing(self):
        content = (
            b"BT /F1 10 Tf 50 200 Td /Span <</ActualText ()>> BDC " + encoded("กข") + b" Tj EMC ET"
        )

        assert text_of(only_page(letters_pdf(content, table=table_of("กข")))) == "กข"


class TestGlyphTables:
    LINE = show("ผลการด", 50, 200) + show("ํา", 80, 200) + show("เนินงาน ๙๙.๗๘", 85, 200)

    def test_the_table_that_word_writes_is_put_right(self):
        """Word: nikhahit becomes a blank, sara aa becomes sara am ("ผลกำรด ำเนินงำน")."""
        table = {**table_of("ผลกรดเนิง ๙.๗๘"), glyph_of("ํ"): " ", glyph_of("า"): "ำ"}

        page = only_page(letters_pdf(self.LINE, table=table))

        assert text_of(page) == "ผลการดําเนินงาน ๙๙.๗๘"
        assert compose(page.chars).text == "ผลการดำเนินงาน ๙๙.๗๘"
        assert page.text_verdict == "repaired"

    def test_without_a_table_the_font_tells(self):
        """Report servers embed whole fonts and write no table."""
        page = only_page(letters_pdf(self.LINE, table=None))

        assert text_of(page) == "ผลการดําเนินงาน ๙๙.๗๘"
        assert page.text_verdict == "repaired"

    def test_a_mark_that_only_a_substitution_rule_reaches_is_known(self):
        line = b"BT /F1 10 Tf 50 200 Td " + encoded(["ท", "ี", LOW_MAI_EK]) + b" Tj ET"

        assert text_of(only_page(letters_pdf(line, table=table_of("ท")))) == "ที่"

    def test_a_right_table_is_left_alone(self):
        page = only_page(letters_pdf(self.LINE, table=table_of("ผลการดํเนิง ๙.๗๘")))

        assert page.text_verdict == "good"

    def test_digits_are_what_the_table_says(self):
        """Fonts of the IT๙ kind draw Thai digits on ASCII codes: both are right, none is changed.

        Where font and table name different numbers, nobody knows which is printed.
        """
        nines = {glyph_of("๙"): "9", glyph_of("๗"): "8", glyph_of("ํ"): " "}
        line = show("คะแนน ๙๗", 50, 200) + show("ดํา", 150, 200)

        page = only_page(letters_pdf(line, table={**table_of("คะแนน ดา"), **nines}))

        assert text_of(page) == "คะแนน 9\ufffdดํา"

    def test_the_known_order_of_glyphs_tells_where_the_font_does_not(self):
        """Ghostscript keeps the glyph numbers of TH Sarabun but no character map."""
        font = make_font(cmap=False, rules=False, glyphs=509, name="THSarabunPSK")
        numbers = [214 + ord(letter) - 0x0E01 for letter in "กขค"] + [289 + 7, 2 + ord("!") - 0x21]
        codes = b"".join(b"%04X" % number for number in numbers)
        line = b"BT /F1 10 Tf 50 200 Td <" + codes + b"> Tj ET"

        page = only_page(letters_pdf(line, font=font, name="ABCDEF+THSarabunPSK"))

        assert text_of(page) == "กขค๗!"

    def test_glyphs_that_nothing_explains_leave_no_text(self):
        font = make_font(cmap=False, rules=False)

        page = only_page(letters_pdf(self.LINE, font=font, table=None))

        assert page.chars == ()
        assert (page.text_source, page.text_verdict) == ("none", "control-characters")


class TestRules:
    @pytest.mark.parametrize(
        "drawing",
        [
            b"0.5 w 50 200 m 150 200 l S",
            b"50 199.75 100 0.5 re f",
            b"50 199.75 m 150 199.75 l 150 200.25 l 50 200.25 l h f",
        ],
    )
    def test_a_line_in_every_shape_is_one_rule(self, drawing):
        page = only_page(page_pdf(drawing))

        assert len(page.rules) == 1
        assert page.rules[0].top == pytest.approx(100.0)
        assert page.rules[0].x0 == pytest.approx(50.0, abs=0.6)
        assert page.rules[0].x1 == pytest.approx(150.0, abs=0.6)

    @pytest.mark.parametrize("paint", [b"S", b"0.9 g 50 100 100 40 re f"])
    def test_a_frame_and_a_coloured_cell_have_four_edges(self, paint):
        page = only_page(page_pdf(b"50 100 100 40 re " + paint if paint == b"S" else paint))

        assert levels(page) == {(160.0, 50.0, 150.0), (200.0, 50.0, 150.0)}
        assert uprights(page) == {(50.0, 160.0, 200.0), (150.0, 160.0, 200.0)}

    @pytest.mark.parametrize(
        "drawing",
        [
            b"1 g 50 100 100 40 re f",  # white paper under a paragraph
            b"0.9 g 0 0 400 300 re f",  # the background of the page
            b"50 100 m 150 180 l S",  # slanted
            b"100 100 1 1 re f",  # a dot
            b"50 100 100 40 re n",  # not painted
            b"500 100 m 700 100 l S",  # beside the page
        ],
    )
    def test_what_is_no_border_is_no_rule(self, drawing):
        assert only_page(page_pdf(drawing)).rules == ()

    def test_dots_in_a_row_are_a_line(self):
        """Chromium draws every dot of a dotted border by itself."""
        dots = b"".join(b"%d 100 1 1 re f " % x for x in range(50, 150, 2))

        assert levels(only_page(page_pdf(dots + b"300 200 1 1 re f"))) == {(199.5, 50.0, 149.0)}

    def test_strokes_of_one_path_keep_the_room_between_them(self):
        page = only_page(page_pdf(b"1 w 50 100 m 90 100 l 150 100 m 190 100 l S"))

        assert levels(page) == {(200.0, 50.0, 90.0), (200.0, 150.0, 190.0)}

    def test_borders_drawn_twice_are_there_once(self):
        page = only_page(page_pdf(b"50 100 100 40 re S 150 100 100 40 re S"))

        assert len(uprights(page)) == 3

    def test_a_picture_is_a_box_and_a_long_thin_one_a_line(self):
        pdf = page_pdf(b"q 100 0 0 50 20 30 cm /I Do Q q 200 0 0 0.5 20 200 cm /I Do Q")
        pdf.pages[0].Resources.XObject = Dictionary(I=picture(pdf))

        page = only_page(pdf)

        assert [tuple(map(round, box)) for box in page.images] == [(20, 220, 120, 270)]
        assert levels(page) == {(99.8, 20.0, 220.0)}


class TestTextLayers:
    def test_a_page_without_anything_is_blank(self):
        assert only_page(page_pdf(b"")).text_verdict == "blank"

    def test_a_scan_has_no_text(self):
        pdf = page_pdf(b"q 400 0 0 300 0 0 cm /I Do Q")
        pdf.pages[0].Resources.XObject = Dictionary(I=picture(pdf))

        page = only_page(pdf)

        assert (page.text_source, page.text_verdict) == ("none", "no-text")

    @pytest.mark.parametrize(
        ("words", "verdict", "source"),
        [
            (b"The assessment shows that the public trusts the service", "ocr-layer", "ocr"),
            (b"rJ:ynroiy u.r6'u uvrnfi oriuvr:6'nti #o.: rl:snrooi rus", "gibberish", "none"),
        ],
    )
    def test_recognised_text_under_a_scan_must_be_readable(self, words, verdict, source):
        line = b"(" + words + b") Tj 0 -20 Td "
        layer = b"BT 3 Tr /F1 8 Tf 20 280 Td " + line * 5 + b"ET"
        pdf = page_pdf(b"q 400 0 0 300 0 0 cm /I Do Q " + layer)
        pdf.pages[0].Resources.XObject = Dictionary(I=picture(pdf))

        page = only_page(pdf)

        assert (page.text_verdict, page.text_source) == (verdict, source)
        assert bool(page.chars) == (source == "ocr")


class TestDocuments:
    def test_a_page_that_cannot_be_opened_costs_that_page(self):
        pdf = page_pdf(b"BT /F1 12 Tf 50 200 Td (one) Tj ET", b"", b"BT /F1 9 Tf (three) Tj ET")
        pdf.pages[1].obj.Type = Name.Nonsense

        content = read(pdf)

        assert [text_of(page) for page in content.pages] == ["one", "", "three"]
        assert content.pages[1].text_verdict == "unreadable"
        assert [(p.slug, p.page) for p in content.problems] == [("page-unreadable", 2)]

    def test_damaged_instructions_are_said_and_what_can_be_read_is_kept(self):
        """PDFium stops at the damage without a word: the rest of the page would be missing."""
        line = b"BT /F1 12 Tf 50 200 Td (line) Tj ET "
        filler = b"".join(b"%d %d m %d 90 l S " % (n * 7 % 390, n % 300, n * 3) for n in range(900))
        pdf = page_pdf(line + filler + line, line)
        packed = zlib.compress(line + filler + line)
        pdf.pages[0].Contents = pdf.make_stream(
            packed[: len(packed) // 2] + b"x" * 400, Filter=Name.FlateDecode
        )

        content = read(pdf)

        assert text_of(content.pages[0]) == "line"
        assert [(p.slug, p.page) for p in content.problems] == [("page-damaged", 1)]

    def test_a_page_of_garbage_is_not_blank(self):
        pdf = page_pdf(b"", b"BT /F1 9 Tf 10 10 Td (ok) Tj ET")
        pdf.pages[0].Contents = pdf.make_stream(b"garbage" * 90, Filter=Name.FlateDecode)

        content = read(pdf)

        assert [page.text_verdict for page in content.pages] == ["unreadable", "good"]

    def test_pages_of_different_sizes_keep_theirs(self):
        pdf = page_pdf(b"", b"")
        pdf.pages[1].MediaBox = Array([0, 0, 842, 595])

        assert [(page.width, page.height) for page in read(pdf).pages] == [(400, 300), (842, 595)]

    def test_a_page_beyond_the_limits_is_kept_without_text(self):
        crowded = b"BT /F1 12 Tf 50 200 Td (abcdefghij) Tj ET"

        content = read(page_pdf(crowded, b"BT /F1 9 Tf 10 10 Td (ok) Tj ET"), chars=8)

        assert [text_of(page) for page in content.pages] == ["", "ok"]
        assert [(p.slug, p.page) for p in content.problems] == [("page-too-complex", 1)]

    def test_what_is_read_can_be_sent_to_another_process(self):
        content = read(page_pdf(b"BT /F1 12 Tf 50 200 Td (Hi) Tj ET 10 10 m 90 10 l S"))

        assert pickle.loads(pickle.dumps(content)) == content

    def test_reading_twice_gives_the_same(self):
        data = saved(letters_pdf(TestGlyphTables.LINE, table=None))

        assert read_pdf(data) == read_pdf(data)

    def test_scripts_and_attachments_are_ignored(self):
        pdf = page_pdf(b"BT /F1 12 Tf 50 200 Td (Hi) Tj ET")
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=b"app.alert(1)")
        pdf.attachments["evil.exe"] = b"MZ"

        assert text_of(only_page(pdf)) == "Hi"

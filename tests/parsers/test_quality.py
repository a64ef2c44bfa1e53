"""Verdicts on text layers."""

from __future__ import annotations

import pytest

from parsers.errors import DataTableError
from parsers.pdf import quality
from parsers.pdf.quality import Layer, has_symptoms, judge, word_share

THAI = (
    "ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ ประจำปีงบประมาณ "
    "พ.ศ. ๒๕๖๘ ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่ ได้คะแนน ๙๙.๗๘ คะแนน ข้อ i๑ และ e๗ "
)
ENGLISH = (
    "The Integrity and Transparency Assessment (ITA) of public agencies measures how "
    "staff and citizens see their work; see www.nacc.go.th for o12 and the other items. "
)
# A font read with the glyph numbers of another: every consonant is the seventh after the right one.
SHIFTED = "".join(
    chr(ord(c) + 7 if c <= "ว" else ord(c) - 39) if "ก" <= c <= "ฮ" else c for c in THAI
)
NUMBERS = "99.78 99.14 100.00 67.10 100.00 92.52 91.49 91.80 78.50 95.00 " * 4


def slug(text: str, **beside: float) -> str:
    return judge(Layer(text, **beside)).slug


class TestKept:
    @pytest.mark.parametrize("text", [THAI, ENGLISH, NUMBERS, "๑๒", "ITA 2568", THAI + ENGLISH])
    def test_readable_text_is_good(self, text):
        assert slug(text) == "good"

    def test_a_table_of_codes_and_scores_is_good(self):
        assert slug(" ".join(f"i{number} 9{number % 10}.25" for number in range(1, 31))) == "good"

    def test_put_right_is_said(self):
        verdict = judge(Layer(THAI, repaired=True))

        assert (verdict.slug, verdict.source, verdict.usable) == ("repaired", "text", True)

    def test_typed_text_on_a_coloured_background_picture_is_good(self):
        assert slug(THAI * 2, picture_share=1.0) == "good"

    def test_a_few_bullets_without_a_character_do_no_harm(self):
        assert slug("\ufffd หัวข้อ \ufffd ผลการประเมิน \ufffd แนวทาง") == "good"

    def test_lost_marks_and_blanks_inside_words_are_left_to_repair(self):
        assert slug("ตั วชี้ วั ดที่ ๑ การปฏิ บั ติ หน้ าที่ ของเจ้ าหน้ าที่ ในหน่ วยงาน " * 3) == "good"


class TestThrownAway:
    @pytest.mark.parametrize(
        ("text", "verdict"),
        [
            ("\ufffd" * 40 + "2540 ก 12", "control-characters"),
            (THAI + "\ufffd" * 25, "partly-mapped"),
            ("N1APอ1อคB/B>อ@?/0@1@OหN@>P0PRO/?@ค1>ก@0Qข " * 12, "partly-mapped"),
            ("บบญชชสรรปจจจนวนโครงกจรพบฒนจททองถถถนกถจกรรมและงบประมจณ " * 3, "vowels-collapsed"),
            ("υϔτΩϔλνυϒσϔεΣϔυυϔτυϓμΪυϖΩ νυϒσϔεΣϔυ", "greek-letters"),
            ("ÊÓ¹¡§Ò¹¤³Ð¡ÃÃÁ¡ÒÃ»éÍ§¡Ñ¹", "wrong-code-page"),
            ("rJ:ynroiy u.r6'u uvrnfi oriuvr:6'nti #o.: rl:snrooi usnlrr6 " * 3, "gibberish"),
            (SHIFTED, "gibberish"),
        ],
    )
    def test_the_reason_is_said(self, text, verdict):
        found = judge(Layer(text))

        assert found.slug == verdict
        assert found.source == "none"
        assert not found.usable

    def test_nothing_on_the_page(self):
        assert slug("") == "blank"
        assert slug("   ") == "blank"

    def test_a_picture_or_drawing_alone(self):
        assert slug("", picture_share=0.9) == "no-text"
        assert slug("", drawings=200) == "no-text"

    def test_a_stamp_on_a_scan(self):
        assert slug("สำเนาถูกต้อง 12/2568", picture_share=1.0) == "scan-with-text-stamp"

    def test_numbers_recognised_under_a_scan_are_never_trusted(self):
        assert slug(NUMBERS, picture_share=1.0, invisible_share=1.0) == "gibberish"

    def test_readable_text_under_a_scan_is_marked(self):
        verdict = judge(Layer(THAI, picture_share=1.0, invisible_share=1.0))

        assert (verdict.slug, verdict.source) == ("ocr-layer", "ocr")


class TestSymptoms:
    @pytest.mark.parametrize(
        "text",
        [
            "ผลการด าเนินงาน",
            "ผลกำรด ำเนินงำน",
            "น ้าหนัก",
            "กำรประเมินผลกำรปฏิบัติรำชกำรของหน่วยงำน",
            "ด\ufffdาเนินงาน",
        ],
    )
    def test_wrong_glyph_tables_show(self, text):
        assert has_symptoms(text)

    @pytest.mark.parametrize("text", [THAI, ENGLISH, NUMBERS, "", "สำนักงานประจำอำเภอ"])
    def test_sound_text_shows_none(self, text):
        assert not has_symptoms(text)


def test_words_are_counted_without_blanks():
    assert word_share("ค ะ แ น น") == 1.0
    assert word_share("99.78 ABC") == 0.0


def test_a_wrong_table_of_thresholds_is_named(monkeypatch: pytest.MonkeyPatch):
    """A person who edits quality.toml learns which entry is wrong."""
    monkeypatch.setattr(quality, "_source", lambda: "[pictures]\ncovering = -1\nstamp_chars = 3")
    quality._thresholds.cache_clear()
    try:
        with pytest.raises(DataTableError) as caught:
            judge(Layer(THAI))
    finally:
        quality._thresholds.cache_clear()

    assert caught.value.table == "quality.toml"
    assert "pictures" in caught.value.entry

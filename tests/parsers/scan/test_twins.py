"""Scanned twins of whole pages, end to end: the scan says what the print said."""

from __future__ import annotations

import io
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from scanned import scanned

from parsers.model import Report
from parsers.report import parse_report
from pipeline.audit import recompute

SAMPLES = Path(__file__).parents[3] / "samples"


@cache
def twins_of(name: str, index: int) -> tuple[Report, Report]:
    """A page of a sample as a report of its own, and the same from a scan of 200 dpi."""
    with pikepdf.open(SAMPLES / f"{name}.pdf") as pdf:
        page = pikepdf.new()
        page.pages.append(pdf.pages[index])
        buffer = io.BytesIO()
        page.save(buffer)
    data = buffer.getvalue()
    return parse_report(data), parse_report(scanned(data, 200))


def values_of(report: Report) -> Counter[tuple[Any, ...]]:
    return Counter((score.level, score.code, score.value) for score in report.scores)


def test_a_page_of_indicators_is_read_value_by_value():
    original, scan = twins_of("indicators-2568-reportlab", 0)
    assert scan.text_source == "ocr"
    assert len(original.scores) > 100
    assert values_of(scan) == values_of(original)
    assert {score.text_source for score in scan.scores} == {"ocr"}
    assert all(score.confidence >= 0.9 for score in scan.scores)


def test_a_printed_error_survives_the_scan():
    """An 8 printed as 3 makes the total of one row differ; the network is sure of the 3.

    The arithmetic decides between readings of what could not be read. It never changes what
    could: then an error of the agency would be taken for one of the reader, and vanish.
    """
    _, scan = twins_of("indicators-2568-reportlab", 0)
    (slip,) = (score for score in scan.scores if (score.code, str(score.value)) == ("2", "83.32"))
    (total,) = (
        score
        for score in scan.scores
        if score.level == "total" and score.agency_name_printed == slip.agency_name_printed
    )
    assert slip.readings == ()
    rows = [row for row in recompute(scan) if slip.score_id in row.inputs and row.printed]
    assert [(row.code, row.printed, row.verdict) for row in rows] == [
        ("ITA", total.value, "differs")
    ]


def test_a_page_of_an_analysis_is_read_value_by_value():
    """Codes in tables and in sentences, Thai digits, cells that hold a line or two."""
    original, scan = twins_of("kham-sombun-2568-chromium", 6)
    assert len(original.scores) > 10
    assert values_of(scan) == values_of(original)

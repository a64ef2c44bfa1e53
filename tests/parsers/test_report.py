"""Whole documents, from bytes to a report: the samples against their hand-checked truth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench.accuracy import compare_cells, compare_scores, expected_files
from parsers.model import Report
from parsers.report import parse_report

FILES = expected_files()
# Facts of the samples that the truth itself calls open are not compared.
FACTS = (
    "kind",
    "scheme",
    "result_year_be",
    "report_year_be",
    "province",
    "province_code",
)


@pytest.fixture(scope="module", params=FILES, ids=[path.name.split(".")[0] for path in FILES])
def sample(request: pytest.FixtureRequest) -> tuple[dict[str, Any], Report]:
    path: Path = request.param
    truth = json.loads(path.read_text(encoding="utf-8"))
    return truth, parse_report((path.parent / truth["file"]).read_bytes())


def test_every_score_is_found_and_none_invented(sample: tuple[dict[str, Any], Report]) -> None:
    compared = compare_scores(*sample)

    assert compared.missed == ()
    assert compared.invented == ()


def test_the_box_of_every_score_lies_on_its_page(sample: tuple[dict[str, Any], Report]) -> None:
    _, report = sample
    pages = {page.page: page for page in report.pages}
    for score in report.scores:
        page = pages[score.page]
        assert 0 <= score.box.x0 < score.box.x1 <= page.width + 1
        assert 0 <= score.box.top < score.box.bottom <= page.height + 1


def test_ruled_cells_are_exact(sample: tuple[dict[str, Any], Report]) -> None:
    exact, total = compare_cells(*sample)

    assert exact >= 0.99 * total


def test_ratings(sample: tuple[dict[str, Any], Report]) -> None:
    truth, report = sample
    wanted = sorted((r["page"], r["kind"], r["code"], r["rating"]) for r in truth["ratings"])

    assert sorted((r.page, r.kind, r.code, r.rating) for r in report.ratings) == wanted


def test_status_and_identity(sample: tuple[dict[str, Any], Report]) -> None:
    truth, report = sample
    document = truth["document"]
    assert (report.status, report.status_reason) == (document["status"], document["status_reason"])
    if report.identity is None:
        return
    open_facts = set(document.get("soft", ()))
    for fact in FACTS:
        if fact not in open_facts:
            assert getattr(report.identity, fact) == document[fact], fact
    agency = report.identity.agency
    assert (agency.name if agency else None) == document["agency_name"]
    if agency:
        assert agency.type == document["agency_type"]
        assert (agency.tambon, agency.district) == (document["tambon"], document["district"])


def test_measures(sample: tuple[dict[str, Any], Report]) -> None:
    truth, report = sample

    def folded(text: str) -> str:
        return "".join(text.split())

    wanted = [(folded(m["responsible"]), folded(m["period_printed"])) for m in truth["measures"]]
    found = [(folded(m.responsible), folded(m.period_printed)) for m in report.measures]

    assert found == wanted


def test_codes_of_advice(sample: tuple[dict[str, Any], Report]) -> None:
    truth, report = sample
    wanted = [entry if isinstance(entry, str) else entry["code"] for entry in truth["advice"]]

    assert [entry.code for entry in report.advice] == wanted


def test_the_same_bytes_give_the_same_report() -> None:
    data = (FILES[0].parent / json.loads(FILES[0].read_text(encoding="utf-8"))["file"]).read_bytes()

    assert parse_report(data) == parse_report(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty-file"),
        (b"<!doctype html><html><body>404</body></html>", "not-a-pdf"),
        (b"%PDF-1.4\n%%EOF", "damaged"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, reason: str) -> None:
    report = parse_report(data)

    assert (report.status, report.status_reason) == ("refused", reason)
    assert report.scores == ()

"""From reports and audit to the rows of the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, overload

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_reports import (
    file_report,
    finding,
    made_report,
    recomputed,
    refused_report,
    score,
)

from parsers.model import Box, Problem
from parsers.reading.agencies import agency_id
from pipeline.cells import RowError, row
from pipeline.dataset import dataset_rows
from pipeline.fields import table
from pipeline.records import FileReport
from pipeline.reference import catalog_rows


def collected(*arguments: Any) -> dict[str, list[dict[str, Any]]]:
    """All rows by table, as dictionaries."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name, rows in dataset_rows(*arguments):
        names = table(name).names
        found.setdefault(name, []).extend(dict(zip(names, cells, strict=True)) for cells in rows)
    return found


def test_no_documents_give_empty_tables() -> None:
    assert collected([]) == {"documents": [], "agencies": [], "catalog": []}


def test_a_document_gives_rows_of_every_table() -> None:
    report = made_report("a")
    rows = collected(
        [file_report(report, "ก.pdf")], [recomputed(report)], [finding(report)], catalog_rows()
    )

    document = rows["documents"][0]
    assert document["file_name"] == "ก.pdf"
    assert document["agency_name_printed"] == "อบต.ตัวอย่าง"
    assert document["status_reason"] is None
    assert (document["result_year_be"], document["report_year_be"]) == (2568, 2569)
    assert rows["pages"][0]["repairs"] == '{"mark-order":1,"sara-am":3}'
    assert len(rows["scores"]) == 14
    assert rows["measures"][0]["period_start"] == date(2025, 10, 1)
    assert rows["measures"][0]["codes"] == '["e1","e2"]'
    assert rows["advice"][0]["advice_no"] == 1
    assert rows["problems"][0] == {
        "document_id": report.document_id,
        "problem_no": 1,
        "problem": "page-rotated",
        "detail": "angle 90",
        "page": 4,
    }
    assert rows["agencies"][0]["document_count"] == 1
    assert rows["ratings"][0]["rating"] == "ผ่านดี"
    assert rows["recomputed"][0]["computed"] == Decimal("90.2424")
    assert rows["findings"][0]["x0"] == 72.0
    assert {entry["certainty"] for entry in rows["catalog"]} == {"certain", "inferred"}


def test_documents_are_in_order_of_source_whatever_order_they_come_in() -> None:
    items = [file_report(made_report(name), f"{name}.pdf") for name in "cab"]

    there = collected(items)
    back = collected(tuple(reversed(items)))

    assert [held["file_name"] for held in there["documents"]] == ["a.pdf", "b.pdf", "c.pdf"]
    assert there == back


def test_a_printed_value_keeps_its_decimals() -> None:
    scores = tuple(
        score("a", number, "o1", "question", value)
        for number, value in enumerate(["100", "100.00", "92.5", "0"])
    )
    rows = collected([file_report(replace(made_report("a"), scores=scores), "a.pdf")])["scores"]

    assert [str(held["value"]) for held in rows] == ["100", "100.00", "92.5", "0"]
    assert [held["value_decimals"] for held in rows] == [0, 2, 1, 0]


def test_an_unread_score_is_empty_and_not_zero() -> None:
    scores = (score("a", 1, "", "question", None, printed="๓/๕.๐๐"),)
    rows = collected([file_report(replace(made_report("a"), scores=scores), "a.pdf")])["scores"]

    assert (rows[0]["value"], rows[0]["value_decimals"], rows[0]["code"]) == (None, None, None)
    assert rows[0]["value_printed"] == "๓/๕.๐๐"


def test_rows_of_a_table_of_several_agencies_have_the_ids_that_the_audit_gives() -> None:
    """Else the findings of such an agency would stand beside its scores as another agency's."""
    scores = (
        score("a", 1, "ITA", "total", "90", agency="อบต.หนึ่ง"),
        score("a", 2, "ITA", "total", "91"),
    )
    tables = collected([file_report(replace(made_report("a"), scores=scores), "a.pdf")])
    rows, agencies = tables["scores"], tables["agencies"]

    assert rows[0]["agency_id"] == agency_id("อบต.หนึ่ง", "30")
    assert rows[0]["agency_name_printed"] == "อบต.หนึ่ง"
    assert rows[1]["agency_id"] == "agency-องค์การบริหารส่วนตำบลตัวอย่าง"
    listed = next(held for held in agencies if held["agency_id"] == rows[0]["agency_id"])
    assert listed["agency_name"] == "องค์การบริหารส่วนตำบลหนึ่ง"
    assert listed["agency_type"] == "tambon-administration"
    assert (listed["province"], listed["document_count"]) == ("นครราชสีมา", 0)


def test_the_same_bytes_twice_are_one_document_with_two_sources() -> None:
    report = made_report("a")
    items = [
        FileReport(report, "b.pdf", "two/b.pdf"),
        FileReport(report, "a.pdf", "one/a.pdf", other_sources=("one/also.pdf",)),
    ]
    rows = collected(items, [recomputed(report)])

    assert len(rows["documents"]) == 1
    assert rows["documents"][0]["source"] == "one/a.pdf"
    assert rows["documents"][0]["other_sources"] == '["one/also.pdf","two/b.pdf"]'
    assert len(rows["scores"]) == 14
    assert rows["agencies"][0]["document_count"] == 1


def test_a_refused_document_is_a_row_with_its_reason() -> None:
    rows = collected([file_report(refused_report("x", "damaged", "no trailer"), "x.pdf")])

    document = rows["documents"][0]
    assert (document["status"], document["status_reason"]) == ("refused", "damaged")
    assert document["status_detail"] == "no trailer"
    assert document["text_source"] is None
    assert rows["scores"] == []


@pytest.mark.parametrize(
    "broken",
    [
        {"scores": (score("a", 1, "o1", "nonsense", "1"),)},
        {"scores": (score("a", 1, "o1", "question", "1"),) * 2},
        {
            "scores": (
                replace(score("a", 1, "o1", "question", "1"), box=Box(float("nan"), 1, 2, 3)),
            )
        },
    ],
)
def test_a_report_that_breaks_the_definitions_costs_one_row_and_not_the_run(
    broken: dict[str, Any],
) -> None:
    """A fault of the reader on one strange file must not take the others with it."""
    bad = replace(made_report("a"), **broken)
    good = made_report("b")
    rows = collected(
        [file_report(bad, "a.pdf"), file_report(good, "b.pdf")],
        [recomputed(bad), recomputed(good)],
        [finding(bad), finding(good)],
    )

    assert [held["status"] for held in rows["documents"]] == ["refused", "ok"]
    assert rows["documents"][0]["status_reason"] == "internal-error"
    assert "scores" in rows["documents"][0]["status_detail"]
    assert {held["document_id"] for held in rows["scores"]} == {good.document_id}
    assert {held["document_id"] for held in rows["findings"]} == {good.document_id}


def test_the_same_finding_twice_is_one_row() -> None:
    report = made_report("a")
    rows = collected([file_report(report, "a.pdf")], [], [finding(report), finding(report)])

    assert len(rows["findings"]) == 1


def test_agencies_that_only_the_audit_names_are_in_the_reference_data() -> None:
    report = made_report("a")
    other = finding(report, agency_id="agency-x", agency_name_printed="อบต.อื่น")
    rows = collected([file_report(report, "a.pdf")], [], [other])["agencies"]

    assert [(held["agency_id"], held["document_count"]) for held in rows] == [
        ("agency-x", 0),
        ("agency-องค์การบริหารส่วนตำบลตัวอย่าง", 1),
    ]
    assert rows[0]["agency_name"] == "อบต.อื่น"


def test_an_audit_of_a_document_that_is_not_here_is_an_error_of_the_program() -> None:
    with pytest.raises(ValueError, match="not here"):
        collected([], [], [finding(made_report("a"))])


def test_what_is_computed_is_cut_outwards_to_six_decimals() -> None:
    report = made_report("a")
    third = Decimal(1) / Decimal(3)
    rows = collected(
        [file_report(report, "a.pdf")],
        [recomputed(report, computed=third, low=third, high=third, difference=None)],
    )["recomputed"]

    assert rows[0]["computed"] == Decimal("0.333333")
    assert rows[0]["low"] == Decimal("0.333333")
    assert rows[0]["high"] == Decimal("0.333334")
    assert rows[0]["difference"] is None


class Lazy(Sequence[FileReport]):
    """A sequence that is no list, as the ledger's."""

    def __init__(self, items: list[FileReport]) -> None:
        self.items = items
        self.asked = 0

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, place: int) -> FileReport: ...
    @overload
    def __getitem__(self, place: slice) -> Lazy: ...
    def __getitem__(self, place: int | slice) -> FileReport | Lazy:
        if isinstance(place, slice):
            return Lazy(self.items[place])
        self.asked += 1
        return self.items[place]


def test_a_lazy_sequence_is_read_once_and_one_at_a_time() -> None:
    lazy = Lazy([file_report(made_report(name), f"{name}.pdf") for name in "abc"])
    batches = dataset_rows(lazy)

    next(batches)

    assert lazy.asked == 1


def test_a_lazy_sequence_out_of_order_is_an_error_of_the_program() -> None:
    lazy = Lazy([file_report(made_report(name), f"{name}.pdf") for name in "ba"])

    with pytest.raises(ValueError, match="out of order"):
        collected(lazy)


# ---- cells ---------------------------------------------------------------------------------------


def document(**values: object) -> dict[str, Any]:
    held = {
        "document_id": "0" * 64,
        "file_name": "a.pdf",
        "byte_size": 1,
        "status": "ok",
        "parser_version": "1",
    }
    cells = row("documents", {**held, **values})
    return dict(zip(table("documents").names, cells, strict=True))


def test_cleaned_text_is_composed_and_printed_text_is_left_alone() -> None:
    """NFC orders the marks of a Thai cluster; a name printed otherwise shows how it is printed."""
    decomposed = "e\u0301"
    held = document(agency_name=decomposed, agency_name_printed=decomposed, file_name=decomposed)

    assert held["agency_name"] == "\u00e9"
    assert held["agency_name_printed"] == decomposed
    assert held["file_name"] == decomposed


def test_half_a_character_becomes_a_replacement_mark() -> None:
    """A damaged text layer may hold lone surrogates, which no file can be written with."""
    assert document(agency_name="ก\ud83d")["agency_name"] == "ก\ufffd"


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        (None, None),
        ("2026-10-01T03:04:05+07:00", datetime(2026, 9, 30, 20, 4, 5, tzinfo=UTC)),
        ("2026-10-01T03:04:05Z", datetime(2026, 10, 1, 3, 4, 5, tzinfo=UTC)),
        ("yesterday", None),
    ],
)
def test_times_are_utc(given_: str | None, expected: datetime | None) -> None:
    assert document(retrieved_at=given_)["retrieved_at"] == expected


def test_a_missing_required_value_is_named() -> None:
    with pytest.raises(RowError, match=r"documents\.file_name: is empty"):
        document(file_name="")


@given(st.text())
def test_any_text_can_be_a_cell(text: str) -> None:
    held = document(agency_name_printed=text)["agency_name_printed"]

    assert held == (text or None)


@given(st.lists(st.sampled_from("cab"), max_size=6), st.text(max_size=5))
def test_problems_of_any_kind_are_kept_in_order(names: list[str], detail: str) -> None:
    problems = tuple(Problem(name, detail) for name in names)
    rows = collected([file_report(replace(made_report("a"), problems=problems), "a.pdf")])

    assert [held["problem"] for held in rows["problems"]] == names

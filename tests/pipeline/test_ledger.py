"""What has been read is not read again, and comes back as it was."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_reports import file_report, made_report, refused_report

from parsers.model import Report
from pipeline.ledger import (
    Ledger,
    StoredReports,
    decode_report,
    encode_report,
    settings_digest,
)
from pipeline.records import slim
from pipeline.release import OutputError

TEXT = st.text(alphabet=st.sampled_from("กำ้ํ๙๒.-= a\n\0\u200b\U0001f600"), max_size=6)
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(-(2**31), 2**31),
    float: st.floats(allow_nan=False),
    bool: st.booleans(),
    type(None): st.none(),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False)
    | st.sampled_from([Decimal(text) for text in ("100", "100.00", "-0.00", "1E+2", "0E-9")]),
}


def of(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a type as the records declare it: new fields are tested as they come."""
    if kind in PLAIN:
        return PLAIN[kind]
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return st.sampled_from(inner)
    if origin in (Union, types.UnionType):
        return st.one_of(*map(of, inner))
    if origin is tuple:
        return st.lists(of(inner[0]), max_size=2).map(tuple)
    if origin is Mapping:
        return st.dictionaries(of(inner[0]), of(inner[1]), max_size=2)
    hints = typing.get_type_hints(kind)
    assert dataclasses.is_dataclass(kind) or issubclass(kind, tuple), kind
    return st.builds(
        kind, **{name: st.deferred(lambda h=hint: of(h)) for name, hint in hints.items()}
    )


def same(one: Report, other: Report) -> bool:
    """Equal to the last printed digit: Decimal("1") == Decimal("1.00"), but not here."""
    return one == other and repr(one) == repr(other)


@given(of(Report))
@settings(max_examples=60, deadline=None)
def test_a_report_comes_back_as_it_was(report: Report) -> None:
    assert same(decode_report(encode_report(report)), report)


def ledger(
    folder: Path, *, settings_: str = "s", version: str = "1", fresh: bool = False
) -> Ledger:
    return Ledger(folder / "ledger.sqlite", settings_, parser_version=version, fresh=fresh)


def test_what_was_read_is_known_in_the_next_run(tmp_path: Path) -> None:
    report = made_report("a")
    with ledger(tmp_path) as first:
        assert first.get(report.document_id) is None
        first.put(report)
        assert first.known([report.document_id, "0" * 64]) == {report.document_id}
    with ledger(tmp_path) as second:
        found = second.get(report.document_id)

    assert found is not None
    assert same(found, report)


@pytest.mark.parametrize("change", [{"version": "2"}, {"settings_": "t"}, {"fresh": True}])
def test_another_parser_other_settings_or_fresh_read_again(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    report = made_report("a")
    with ledger(tmp_path) as first:
        first.put(report)
    with ledger(tmp_path, **change) as second:
        assert second.known([report.document_id]) == set()
        second.put(replace(report, page_count=9))
        found = second.get(report.document_id)

    assert found is not None
    assert found.page_count == 9


def test_a_new_parser_version_takes_the_place_of_the_old(tmp_path: Path) -> None:
    """Else the ledger of an office that updates for years would grow for years."""
    report = made_report("a")
    for version in ("1", "2"):
        with ledger(tmp_path, version=version) as held:
            held.put(report)
    with ledger(tmp_path, version="1") as held:
        assert held.known([report.document_id]) == set()


def test_reports_of_another_shape_are_read_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A field that is added to the records must not end a run with a decoding error."""
    report = made_report("a")
    with ledger(tmp_path) as first:
        first.put(report)
    monkeypatch.setattr("pipeline.ledger._shape", lambda: "other")
    with ledger(tmp_path) as second:
        assert second.get(report.document_id) is None


@pytest.mark.parametrize(
    ("reason", "tries"),
    [("encrypted", 1), ("crashed", 2), ("timeout", 2), ("out-of-memory", 3)],
)
def test_a_file_that_cannot_be_read_is_not_tried_for_ever(
    tmp_path: Path, reason: str, tries: int
) -> None:
    """A file that kills the reader would otherwise do so in every run."""
    report = refused_report("x", reason)
    for number in range(1, tries + 1):
        with ledger(tmp_path) as held:
            assert held.known([report.document_id]) == set(), number
            held.put(report)
            # Within one run once is enough.
            assert held.known([report.document_id]) == {report.document_id}
    with ledger(tmp_path) as held:
        assert held.known([report.document_id]) == {report.document_id}
        assert held.get(report.document_id) == report


def test_a_file_that_could_not_be_opened_is_always_tried_again(tmp_path: Path) -> None:
    report = refused_report("x", "unreadable-file")
    with ledger(tmp_path) as held:
        held.put(report)
        assert held.known([report.document_id]) == set()


def test_a_report_that_no_encoding_holds_is_read_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    report = replace(made_report("a"), status_detail="half \ud83d")
    with ledger(tmp_path) as held:
        held.put(report)
        assert held.get(report.document_id) is None
    assert "not remembered" in caplog.text


def test_a_damaged_ledger_is_laid_aside_and_begun_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    report = made_report("a")
    (tmp_path / "ledger.sqlite").write_bytes(b"no database at all" * 100)
    with ledger(tmp_path) as held:
        assert held.damaged == tmp_path / "ledger.sqlite.damaged-1"
        held.put(report)
    with ledger(tmp_path) as held:
        assert held.damaged is None
        assert held.get(report.document_id) == report
    assert "is damaged" in caplog.text
    assert (tmp_path / "ledger.sqlite.damaged-1").read_bytes().startswith(b"no database")


def test_a_ledger_that_breaks_while_it_is_used_does_not_end_the_run(tmp_path: Path) -> None:
    reports = [made_report(str(number), scores=50) for number in range(40)]
    with ledger(tmp_path) as held:
        for report in reports:
            held.put(report)
    path = tmp_path / "ledger.sqlite"
    raw = bytearray(path.read_bytes())
    raw[4096:] = b"\xff" * (len(raw) - 4096)
    path.write_bytes(raw)

    with ledger(tmp_path) as held:
        found = [held.get(report.document_id) for report in reports]
        held.put(reports[0])
        assert held.get(reports[0].document_id) == reports[0]
        assert held.damaged is not None
    assert found == [None] * len(reports)


def test_a_flipped_bit_is_noticed(tmp_path: Path) -> None:
    """Reading again costs a second; a silently wrong score costs trust."""
    report = made_report("a", scores=200)
    with ledger(tmp_path) as held:
        held.put(report)
        packed = held._connection.execute("SELECT report FROM readings_1").fetchone()[0]
    path = tmp_path / "ledger.sqlite"
    raw = bytearray(path.read_bytes())
    place = raw.find(packed[:40])
    raw[place + 30] ^= 1
    path.write_bytes(raw)

    assert place > 0
    with ledger(tmp_path) as held:
        assert held.known([report.document_id]) == set()
        assert held.get(report.document_id) is None


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(OutputError):
        ledger(tmp_path / "file")


def test_only_settings_that_decide_what_is_read_are_digested() -> None:
    assert settings_digest({"time": 1, "ocr": "5.3"}) == settings_digest({"ocr": "5.3", "time": 1})
    assert settings_digest({"time": 1}) != settings_digest({"time": 2})


def test_stored_reports_come_in_order_and_without_their_page_texts(tmp_path: Path) -> None:
    reports = [made_report(name) for name in "cab"]
    files = [file_report(refused_report(name), f"{name}.pdf") for name in "cab"]
    with ledger(tmp_path) as held:
        for report in reports[:2]:
            held.put(report)
        stored = StoredReports(held, files)
        found = list(stored)

        assert [item.file_name for item in found] == ["a.pdf", "b.pdf", "c.pdf"]
        assert found[0].report == slim(reports[1])
        assert found[0].report.pages[0].lines == ()
        # What the ledger does not hold, the caller's own report stands for.
        assert found[1].report.status == "refused"
        assert [item.file_name for item in stored[1:]] == ["b.pdf", "c.pdf"]
        assert len(stored) == 3

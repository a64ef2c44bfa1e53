"""Data frames of a dataset for notebooks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from made_reports import file_report, made_report, score

from pipeline.frames import read_summary, read_table
from pipeline.output import write_dataset
from pipeline.records import RunFacts


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("frames") / "out"
    report = made_report("a", agency="อบต.ก")
    extra = (score("a", 98, "o1", "question", None), score("a", 99, "o2", "question", "50.00"))
    report = replace(report, scores=report.scores + extra)
    item = file_report(report, "a.pdf", retrieved_at="2026-01-02T03:04:05Z")
    write_dataset(folder, [item], [], [], RunFacts(datetime(2026, 1, 2, tzinfo=UTC)))
    return folder


def test_a_table_has_types_that_calculate(out: Path) -> None:
    scores = read_table(out, "scores").set_index("code")

    assert scores["value"].dtype == "Float64"
    assert scores.loc["9", "value"] == 89.09
    assert scores.loc["o1", "value"] is pd.NA
    assert scores["year_be"].dtype == "Int64"
    assert scores[scores["level"] == "indicator"]["value"].mean() == pytest.approx(85.555)


def test_exact_scores_are_decimals(out: Path) -> None:
    scores = read_table(out, "scores", exact=True).set_index("code")

    assert scores.loc["9", "value"] == Decimal("89.09")


def test_dates_are_dates(out: Path) -> None:
    measures = read_table(out, "measures")
    documents = read_table(out, "documents")

    assert measures.loc[0, "period_start"] == pd.Timestamp(2025, 10, 1)
    assert documents.loc[0, "retrieved_at"] == pd.Timestamp("2026-01-02T03:04:05Z")


def test_an_empty_table_keeps_its_types(out: Path) -> None:
    findings = read_table(out, "findings")

    assert len(findings) == 0
    assert findings["page"].dtype == "Int64"


def test_the_summary_is_wide(out: Path) -> None:
    summary = read_summary(out)

    assert summary.loc[0, "agency_name"] == "อบต.ก"
    assert summary.loc[0, "total"] == 90.24
    assert summary.loc[0, "year_be"] == 2568


def test_a_folder_without_dataset_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_table(tmp_path, "scores")
    with pytest.raises(FileNotFoundError):
        read_summary(tmp_path)

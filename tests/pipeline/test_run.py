"""A run without Prefect: what is read, remembered, counted, and written."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import fake_readers
import pytest
from made_reports import made_report

from parsers.errors import DocumentRefused
from parsers.model import Report
from pipeline import run as module
from pipeline.inputs import InputFile
from pipeline.messages import MessageError
from pipeline.progress import using
from pipeline.records import FileReport
from pipeline.run import RunSummary, open_run, read_batch, run
from pipeline.settings import Settings
from pipeline.work import refused, reported
from pipeline.worker import Reader

SETTINGS = Settings(jobs=2, time_limit=20, memory_limit=400)


class Heard:
    """A listener that writes down what it hears."""

    def __init__(self) -> None:
        self.stages: list[tuple[str, int | None]] = []
        self.steps: list[str] = []

    def stage(self, key: str, total: int | None = None) -> None:
        self.stages.append((key, total))

    def step(self, name: str = "", count: int = 1) -> None:
        self.steps.append(name)

    def close(self) -> None:
        self.stages.append(("closed", None))


def read_here(
    files: Sequence[InputFile], settings: Settings, *, reader: Reader
) -> Iterator[FileReport]:
    """Read without processes: starting those takes longer than all the rest of a test."""
    for file in files:
        try:
            yield reported(file, reader(file.path.read_bytes(), file.file_name))
        except DocumentRefused as error:
            yield reported(file, refused(file, error.reason, error.detail))


@pytest.fixture(autouse=True)
def _without_processes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "slow" not in request.keywords:
        monkeypatch.setattr(module, "read_documents", read_here)


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


def put(folder: Path, *words: str) -> None:
    for word in words:
        (folder / f"{word}.pdf").write_text(f"{word.split('-')[0]} {word}", encoding="utf-8")


def go(inputs: Path, *, settings: Settings = SETTINGS, fresh: bool = False) -> RunSummary:
    out = inputs.parent / "out"
    return run([inputs], out, settings, fresh=fresh, reader=fake_readers.by_content)


def documents(inputs: Path) -> list[dict[str, str]]:
    path = inputs.parent / "out" / "csv" / "documents.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.slow
def test_every_input_is_a_row_with_its_status(inputs: Path) -> None:
    put(inputs, "ok", "partial", "refuse", "die")

    summary = go(inputs)

    assert summary.receipt.documents == {"ok": 1, "partial": 1, "refused": 2}
    assert {row["file_name"]: row["status_reason"] for row in documents(inputs)} == {
        "ok.pdf": "",
        "partial.pdf": "some-pages",
        "refuse.pdf": "encrypted",
        "die.pdf": "crashed",
    }
    assert {one.reason for one in summary.not_read} == {"some-pages", "encrypted", "crashed"}
    assert not summary.complete


def test_a_clean_run_is_complete(inputs: Path) -> None:
    put(inputs, "ok")

    summary = go(inputs)

    assert summary.complete
    assert summary.known == 0


def test_the_second_run_reads_only_what_is_new(
    inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def spying(
        files: Sequence[InputFile], settings: Settings, *, reader: Reader
    ) -> Iterator[FileReport]:
        read.extend(file.file_name for file in files)
        return read_here(files, settings, reader=reader)

    monkeypatch.setattr(module, "read_documents", spying)
    put(inputs, "ok", "refuse")
    go(inputs)
    put(inputs, "ok-2")
    read.clear()

    summary = go(inputs)

    assert read == ["ok-2.pdf"]
    assert summary.known == 2
    assert len(documents(inputs)) == 3


def test_fresh_reads_everything_again(inputs: Path) -> None:
    put(inputs, "ok")
    go(inputs)

    assert go(inputs).known == 1
    assert go(inputs, fresh=True).known == 0


def test_a_file_that_is_gone_leaves_the_dataset(inputs: Path) -> None:
    """The dataset is what the inputs hold now; the ledger remembers more than that."""
    put(inputs, "ok", "ok-2")
    go(inputs)
    (inputs / "ok-2.pdf").unlink()

    summary = go(inputs)

    assert [row["file_name"] for row in documents(inputs)] == ["ok.pdf"]
    assert summary.known == 1


def test_a_run_that_was_stopped_goes_on_where_it_was(inputs: Path) -> None:
    put(inputs, "ok", "ok-2", "ok-3")
    settings = Settings(jobs=1, batch_size=2)
    out = inputs.parent / "out"
    reader = fake_readers.by_content
    with open_run([inputs], out, settings, reader=reader) as opened:
        assert len(opened.batches) == 2
        read_batch(opened, 0)

    summary = go(inputs, settings=settings)

    assert summary.known == 2
    assert len(documents(inputs)) == 3


def test_a_renamed_file_is_not_read_again_and_has_its_new_name(inputs: Path) -> None:
    put(inputs, "ok")
    go(inputs)
    (inputs / "ok.pdf").rename(inputs / "other.pdf")

    assert go(inputs).known == 1
    assert [row["file_name"] for row in documents(inputs)] == ["other.pdf"]


def test_the_same_bytes_twice_are_one_row(inputs: Path) -> None:
    put(inputs, "ok")
    (inputs / "copy.pdf").write_bytes((inputs / "ok.pdf").read_bytes())

    summary = go(inputs)

    assert summary.duplicates == 1
    [row] = documents(inputs)
    assert row["file_name"] == "copy.pdf"


def test_batches_stay_few_enough_for_the_flow(inputs: Path) -> None:
    files = [str(number) for number in range(10_000)]

    batches = list(module._batches(files, 10))  # type: ignore[arg-type]

    assert len(batches) == 50
    assert [file for batch in batches for file in batch] == files


def test_a_document_on_which_the_audit_fails_is_told_and_kept(
    inputs: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(report: object) -> object:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(module, "audit_report", broken)
    put(inputs, "ok")

    summary = go(inputs)

    assert summary.unaudited == (f"{inputs.as_posix()}/ok.pdf",)
    assert not summary.complete
    assert len(documents(inputs)) == 1
    assert "a bug" in caplog.text


def test_whoever_listens_hears_each_stage_and_document(inputs: Path) -> None:
    put(inputs, "ok", "refuse")
    heard = Heard()

    with using(heard):
        go(inputs)

    assert [stage for stage, _ in heard.stages] == [
        "stage.find",
        "stage.read",
        "stage.audit",
        "stage.write",
        "closed",
    ]
    assert ("stage.read", 2) in heard.stages
    assert sorted(heard.steps[:4]) == ["ok.pdf", "ok.pdf", "refuse.pdf", "refuse.pdf"]


def test_the_manifest_says_what_ran(inputs: Path) -> None:
    put(inputs, "ok")
    out = inputs.parent / "out"
    run([inputs], out, SETTINGS, command=["ita", "run"], reader=fake_readers.by_content)

    facts = json.loads((out / "run.json").read_text(encoding="utf-8"))

    assert facts["command"] == ["ita", "run"]
    assert facts["settings"]["time_limit"] == 20
    assert "lang" not in facts["settings"]
    assert {"reading", "auditing"} <= set(facts["seconds"])


def test_wrong_inputs_leave_no_trace(tmp_path: Path) -> None:
    with pytest.raises(MessageError):
        run([tmp_path / "none"], tmp_path / "out", SETTINGS)

    assert list(tmp_path.iterdir()) == []


def test_a_report_that_the_ledger_does_not_keep_is_in_the_dataset(
    inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refusal that is to be tried again for ever is not remembered, and still is a row."""
    monkeypatch.setattr("pipeline.ledger.Ledger.put", lambda self, report: None)
    put(inputs, "refuse")

    summary = go(inputs)

    assert [one.reason for one in summary.not_read] == ["encrypted"]
    assert isinstance(summary.receipt.rows["documents"], int)


def test_reports_come_with_their_facts(inputs: Path) -> None:
    put(inputs, "ok")
    out = inputs.parent / "out"
    reader = fake_readers.by_content
    with open_run([inputs], out, SETTINGS, reader=reader) as opened:
        stored = module._stored(opened, opened.found.files[0])

    assert isinstance(stored, FileReport)
    assert stored.source == f"{inputs.as_posix()}/ok.pdf"


def test_documents_of_one_agency_that_contradict_each_other_are_told(inputs: Path) -> None:
    """The finding reaches the dataset, on one document, naming the other."""
    put(inputs, "90.24", "91.24")
    out = inputs.parent / "out"

    run([inputs], out, SETTINGS, reader=_one_agency)

    with (out / "csv" / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        found = [row for row in csv.DictReader(file) if row["rule"] == "documents-differ"]
    [row] = found
    names = {entry["document_id"]: entry["file_name"] for entry in documents(inputs)}
    other = ({"90.24.pdf", "91.24.pdf"} - {names[row["document_id"]]}).pop()
    assert other in row["message_th"]
    assert (row["code"], row["year_be"]) == ("ITA", "2568")
    assert row["agency_id"] == "30-shared"


def _one_agency(data: bytes, file_name: str) -> Report:
    """A report of one and the same agency; its total is the first word of the file."""
    total = data.split()[0].decode()
    held = made_report(total, total=total)
    identity = held.identity
    assert identity is not None
    assert identity.agency is not None
    agency = replace(identity.agency, agency_id="30-shared")
    digest = hashlib.sha256(data).hexdigest()
    return replace(held, document_id=digest, identity=replace(identity, agency=agency))

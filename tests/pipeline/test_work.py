"""Reading in processes: whatever one document does, the others are read."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import fake_readers
import psutil
import pytest

import parsers
from pipeline.inputs import discover
from pipeline.records import FileReport
from pipeline.settings import Settings
from pipeline.work import process_count, read_documents
from pipeline.worker import read_report, reader_version

LIMITS = Settings(jobs=2, time_limit=2, memory_limit=400)


def written(folder: Path, words: Sequence[str]) -> Path:
    for place, word in enumerate(words):
        (folder / f"{place:02}-{word}.pdf").write_text(f"{word} {place}", encoding="utf-8")
    return folder


def read(folder: Path, words: Sequence[str], settings: Settings = LIMITS) -> list[FileReport]:
    files = discover([written(folder, words)]).files
    found = list(read_documents(files, settings, reader=fake_readers.by_content))
    return sorted(found, key=lambda item: item.file_name)


def outcome(item: FileReport) -> tuple[str, str]:
    return item.report.status, item.report.status_reason


@pytest.mark.slow
def test_every_misdeed_costs_one_document(tmp_path: Path) -> None:
    """One batch holds all that PDFs from the wild have done; each gets its reason."""
    expected = {
        "fine": ("ok", ""),
        "hang": ("refused", "timeout"),
        "hang-in-c": ("refused", "timeout"),
        "die": ("refused", "crashed"),
        "eat": ("refused", "out-of-memory"),
        "eat-at-once": ("refused", "out-of-memory"),
        "raise": ("refused", "internal-error"),
        "stop": ("refused", "internal-error"),
        "refuse": ("refused", "encrypted"),
        "partial": ("partial", "some-pages"),
    }

    found = read(tmp_path, [*expected, "fine", "fine"])

    assert [outcome(item) for item in found] == [*expected.values(), ("ok", ""), ("ok", "")]
    assert [item.file_name[3:-4] for item in found][: len(expected)] == list(expected)
    assert not _children()


def test_details_say_what_happened(tmp_path: Path) -> None:
    died, raised = read(tmp_path, ["die", "raise"])

    assert died.report.status_detail == "SIGSEGV"
    assert raised.report.status_detail == "ValueError: a bug"


def test_a_process_is_replaced_after_some_documents(tmp_path: Path) -> None:
    found = read(tmp_path, ["pid"] * 5, Settings(jobs=1, recycle_after=2))

    assert len({item.report.status_detail for item in found}) == 3


def test_too_large_and_unreadable_files_start_no_process(tmp_path: Path) -> None:
    (tmp_path / "big.pdf").write_bytes(b"ok " + bytes(2 << 20))
    (tmp_path / "gone.pdf").symlink_to(tmp_path / "nowhere")
    files = discover([tmp_path]).files

    found = list(read_documents(files, Settings(file_limit=1), reader=_never))

    assert [outcome(item)[1] for item in found] == ["too-large", "unreadable-file"]
    assert found[0].report.status_detail == "2 MiB, limit 1 MiB"


def _never(data: bytes, file_name: str) -> object:
    raise AssertionError("no document should reach a process")


def test_a_file_that_changes_while_it_waits_is_not_read_as_the_former(tmp_path: Path) -> None:
    """The id is that of the bytes that were read, or there is no report at all."""
    files = discover([written(tmp_path, ["ok"])]).files
    (tmp_path / "00-ok.pdf").write_text("ok something else", encoding="utf-8")

    [found] = read_documents(files, LIMITS, reader=fake_readers.by_content)

    assert outcome(found) == ("refused", "unreadable-file")
    assert found.report.document_id == files[0].document_id


def test_leaving_early_ends_the_processes(tmp_path: Path) -> None:
    files = discover([written(tmp_path, ["ok", "hang", "hang"])]).files

    for _ in read_documents(files, Settings(jobs=2), reader=fake_readers.by_content):
        break

    assert not _children()


def test_nothing_to_read_starts_nothing() -> None:
    assert list(read_documents([], LIMITS)) == []


@pytest.mark.parametrize(
    ("jobs", "documents", "expected"), [(3, 10, 3), (3, 2, 2), (1, 10, 1), (5, 0, 1)]
)
def test_processes_are_no_more_than_asked_and_needed(
    jobs: int, documents: int, expected: int
) -> None:
    assert process_count(Settings(jobs=jobs), documents) == expected


def test_processes_fit_cores_and_memory() -> None:
    assert 1 <= process_count(Settings(), 1000) <= (os.cpu_count() or 1)


_PROGRAM = """
import sys
import fake_readers
from pipeline.inputs import discover
from pipeline.settings import Settings
from pipeline.work import read_documents

if __name__ == "__main__":
    try:
        for item in read_documents(
            discover([sys.argv[1]]).files, Settings(jobs=2), reader=fake_readers.by_content
        ):
            print(item.report.status_detail, flush=True)
    except KeyboardInterrupt:
        print("stopped", flush=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_process_outlives_the_program(tmp_path: Path, root: Path, how: signal.Signals) -> None:
    """However the program ends: a reading process that hangs must not be left behind."""
    program = tmp_path / "program.py"
    program.write_text(_PROGRAM, encoding="utf-8")
    written(tmp_path, ["hang-in-c", "hang-in-c", "hang"])
    environment = os.environ | {"PYTHONPATH": f"{root}{os.pathsep}{root / 'tests/helpers'}"}
    with subprocess.Popen(
        [sys.executable, str(program), str(tmp_path)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as running:
        children = _wait_for_children(running.pid, 2)
        # Ctrl-C in a terminal reaches every process of the group.
        if how == signal.SIGINT:
            os.killpg(running.pid, how)
        else:
            running.send_signal(how)
        output, errors = running.communicate(timeout=20)

    _, alive = psutil.wait_procs(children, timeout=5)
    assert alive == []
    if how == signal.SIGINT:
        assert output == "stopped\n"
        assert errors == ""


def _wait_for_children(pid: int, count: int) -> list[psutil.Process]:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        children = _readers(psutil.Process(pid))
        # A process that is reading has finished its imports and sleeps.
        if len(children) >= count and all(child.num_threads() > 1 for child in children):
            time.sleep(0.3)
            return psutil.Process(pid).children(recursive=True)
        time.sleep(0.05)
    raise AssertionError("the reading processes did not start")


def _readers(process: psutil.Process) -> list[psutil.Process]:
    return [child for child in process.children() if "spawn_main" in " ".join(child.cmdline())]


def _children() -> list[psutil.Process]:
    return _readers(psutil.Process())


def test_the_real_reader_is_the_parsers(tmp_path: Path) -> None:
    report = read_report(b"no PDF at all", "a.pdf")

    assert (report.status, report.status_reason) == ("refused", "not-a-pdf")


def test_the_version_of_the_reader_follows_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """A corrected table must be read by even if nobody raised the parser's version."""
    reader_version.cache_clear()
    before = reader_version()
    original = Path.read_bytes
    monkeypatch.setattr(
        Path, "read_bytes", lambda path: original(path) + (path.suffix == ".toml") * b"\n"
    )
    reader_version.cache_clear()

    after = reader_version()

    reader_version.cache_clear()
    assert after != before
    assert before.startswith(f"{parsers.PARSER_VERSION}-")

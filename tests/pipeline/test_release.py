"""The swap: a reader sees the former dataset or the new one, whatever happens."""

from __future__ import annotations

import errno
import json
import os
import pickle
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from made_reports import file_report, made_report

from pipeline import keepsakes, output, release
from pipeline.messages import Texts
from pipeline.output import write_dataset
from pipeline.records import Receipt, RunFacts
from pipeline.release import OutputError, Place, claim, is_dataset, swap_in, telling

RUN = RunFacts(datetime(2026, 1, 2, tzinfo=UTC))


def write(out: Path, *names: str) -> Receipt:
    items = [file_report(made_report(name), f"{name}.pdf") for name in names]
    return write_dataset(out, items, [], [], RUN)


def sources(out: Path) -> list[str]:
    facts = json.loads((out / "run.json").read_text(encoding="utf-8"))
    return [held["source"] for held in facts["used"]]


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def beside(out: Path) -> list[str]:
    """What lies in the hidden folder."""
    return sorted(path.name for path in (out.parent / f".{out.name}.ita").iterdir())


def failing(error: OSError) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


# ---- what may be written -------------------------------------------------------------------------


def test_a_new_folder_and_its_parents_are_made(tmp_path: Path) -> None:
    write(tmp_path / "deep" / "er" / "out", "a")

    assert is_dataset(tmp_path / "deep" / "er" / "out")


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write(tmp_path / "out", "a")

    assert sources(tmp_path / "out") == ["inputs/a.pdf"]


def test_a_dataset_is_replaced_as_a_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, "a")
    (out / "csv" / "scores.csv").touch()
    write(out, "b")

    assert sources(out) == ["inputs/b.pdf"]
    assert beside(out) == ["lock"]


@pytest.mark.parametrize("name", ["thesis.docx", "run.json", "datapackage.json"])
def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, name: str) -> None:
    """`--out ~/Documents` must never cost anybody their documents."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_text("{}")

    with pytest.raises(OutputError) as caught:
        write(tmp_path / "out", "a")
    assert caught.value.reason == "not-ours"
    assert caught.value.exit_code == 2
    assert content(tmp_path / "out") == {name: b"{}"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")

    with pytest.raises(OutputError) as caught:
        write(tmp_path / "out", "a")
    assert caught.value.reason == "not-a-folder"
    assert (tmp_path / "out").read_text() == "mine"


def test_a_mount_point_is_told_before_the_work(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A container often mounts its output folder, which cannot be renamed."""
    (tmp_path / "out").mkdir()
    monkeypatch.setattr(os.path, "ismount", lambda path: Path(path).name == "out")

    with pytest.raises(OutputError, match="out/dataset") as caught, claim(tmp_path / "out"):
        pass
    assert caught.value.reason == "mount-point"


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "real")
    write(tmp_path / "out", "a")
    write(tmp_path / "out", "b")

    assert (tmp_path / "out").is_symlink()
    assert sources(tmp_path / "real") == ["inputs/b.pdf"]


def test_permissions_of_the_folder_stay(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, "a")
    out.chmod(0o775)
    write(out, "b")

    assert out.stat().st_mode & 0o777 == 0o775


# ---- two at once ---------------------------------------------------------------------------------


def test_two_runs_on_one_folder_do_not_meet(tmp_path: Path) -> None:
    with claim(tmp_path / "out"):
        with pytest.raises(OutputError, match="Another run") as caught:
            write(tmp_path / "out", "a")
        assert caught.value.reason == "busy"
        # A neighbour is free.
        write(tmp_path / "other", "a")
    write(tmp_path / "out", "a")


def test_a_caller_that_has_claimed_the_folder_hands_it_on(tmp_path: Path) -> None:
    with claim(tmp_path / "out") as place:
        write_dataset(tmp_path / "out", [], [], [], RUN, place=place)

    assert is_dataset(tmp_path / "out")


# ---- when it goes wrong --------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["write_workbook", "write_report", "write_datapackage"])
def test_trouble_with_the_disk_leaves_the_former_dataset(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, step: str
) -> None:
    out = tmp_path / "out"
    write(out, "a")
    before = content(out)
    monkeypatch.setattr(output, step, failing(OSError(errno.ENOSPC, "No space left")))

    with pytest.raises(OutputError, match="is full"):
        write(out, "b")
    assert content(out) == before
    assert beside(out) == ["lock"]


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EDQUOT, "disk-full"),
        (errno.EACCES, "not-writable"),
        (errno.EROFS, "not-writable"),
        (errno.EIO, "failed"),
    ],
)
def test_what_the_system_says_is_put_in_words(number: int, reason: str) -> None:
    with pytest.raises(OutputError) as caught, telling(Path("out")):
        raise OSError(number, os.strerror(number))

    assert caught.value.reason == reason
    assert caught.value.values["why"] == os.strerror(number)


def test_a_full_disk_that_sqlite_meets_is_a_full_disk() -> None:
    with sqlite3.connect(":memory:") as data, pytest.raises(OutputError) as caught:
        data.execute("CREATE TABLE many (a)")
        data.execute("PRAGMA max_page_count = 4")
        with telling(Path("out")):
            data.execute("INSERT INTO many VALUES (zeroblob(100000))")
    data.close()

    assert caught.value.reason == "disk-full"


@pytest.mark.slow
def test_a_really_full_disk_is_told(tmp_path: Path) -> None:
    """A limit on the size of files, set by the system, stops the writing half-way."""
    code = f"""
        import resource, signal, sys
        from datetime import UTC, datetime
        from pathlib import Path
        from pipeline.messages import Texts
        from pipeline.output import write_dataset
        from pipeline.records import RunFacts
        from pipeline.release import OutputError
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
        try:
            write_dataset(Path({str(tmp_path / "out")!r}), [], [], [], RunFacts(datetime.now(UTC)))
        except OutputError as error:
            print(error.reason, error.text(Texts("th")))
    """
    done = run_python(code)

    assert done.stdout.split()[0] in {"disk-full", "failed"}, done.stderr
    assert "ชุดข้อมูลเดิมไม่เปลี่ยนแปลง" in done.stdout
    assert not (tmp_path / "out").exists()
    assert beside(tmp_path / "out") == ["lock"]


def test_a_fault_of_the_program_is_not_called_a_full_disk(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(output, "write_report", lambda _: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        write(tmp_path / "out", "a")
    assert beside(tmp_path / "out") == ["lock"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_folder_without_permission_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(OutputError) as caught:
            write(tmp_path / "out", "a")
        assert caught.value.reason == "not-writable"
    finally:
        tmp_path.chmod(0o755)


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": f"{root}:{root / 'tests' / 'helpers'}"}
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
    )


KILLED = """
    import os
    from datetime import UTC, datetime
    from pathlib import Path
    from made_reports import file_report, made_report
    from pipeline import release
    from pipeline.output import write_dataset
    from pipeline.records import RunFacts
    {before}
    item = file_report(made_report("b"), "b.pdf")
    write_dataset(Path({out!r}), [item], [], [], RunFacts(datetime.now(UTC)), progress={progress})
"""


def kill(out: Path, *, before: str = "", progress: str = "None") -> None:
    code = textwrap.dedent(KILLED).format(before=before, out=str(out), progress=progress)
    done = run_python(code)
    assert done.returncode == 9, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["tables", "datapackage.json"])
def test_a_killed_run_leaves_the_former_dataset_and_the_next_clears_up(
    tmp_path: Path, stage: str
) -> None:
    out = tmp_path / "out"
    write(out, "a")
    before = content(out)
    kill(out, progress=f"lambda name: os._exit(9) if name == {stage!r} else None")

    assert content(out) == before
    assert "new" in beside(out)
    write(out, "c")
    assert sources(out) == ["inputs/c.pdf"]
    assert beside(out) == ["lock"]


@pytest.mark.slow
def test_a_kill_between_the_two_renames_is_put_right(tmp_path: Path) -> None:
    """Where two folders cannot be exchanged in one step, there is a moment without a dataset."""
    out = tmp_path / "out"
    write(out, "a")
    patch = textwrap.dedent(
        """
        release._exchanged = lambda one, other: False
        rename = Path.rename
        def renamed(self, target):
            rename(self, target)
            os._exit(9)
        Path.rename = renamed
        """
    )
    kill(out, before=patch)
    assert not out.exists()

    with claim(out):
        assert sources(out) == ["inputs/a.pdf"]
    assert beside(out) == ["lock"]


def test_two_steps_do_where_one_cannot(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(release, "_exchanged", lambda one, other: False)
    write(tmp_path / "out", "a")
    write(tmp_path / "out", "b")

    assert sources(tmp_path / "out") == ["inputs/b.pdf"]
    assert beside(tmp_path / "out") == ["lock"]


def test_a_swap_that_fails_half_way_is_undone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """On Windows the second rename fails when somebody has just opened a file."""
    write(tmp_path / "out", "a")
    rename = Path.rename

    def stubborn(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise PermissionError(errno.EACCES, "in use")
        return rename(self, target)

    monkeypatch.setattr(release, "_exchanged", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", stubborn)

    with pytest.raises(OutputError, match="in use"):
        write(tmp_path / "out", "b")
    assert sources(tmp_path / "out") == ["inputs/a.pdf"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges in one step")
def test_the_exchange_is_one_step(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write(tmp_path / "out", "a")
    monkeypatch.setattr(release, "_replace_in_two_steps", failing(OSError("was used")))
    write(tmp_path / "out", "b")

    assert sources(tmp_path / "out") == ["inputs/b.pdf"]


def test_only_a_whole_dataset_is_swapped_in(tmp_path: Path) -> None:
    place = Place(tmp_path / "out", tmp_path / ".out.ita")

    with pytest.raises(OutputError):
        swap_in(place)
    assert not (tmp_path / "out").exists()


# ---- what people say and what they leave ---------------------------------------------------------


@pytest.mark.parametrize(
    "reason",
    ["not-ours", "not-a-folder", "mount-point", "busy", "not-writable", "disk-full", "failed"],
)
def test_every_message_is_in_both_languages_and_names_the_folder(reason: str) -> None:
    error = OutputError(reason, Path("here/out"), "why so")
    thai, english = error.text(Texts("th")), error.text(Texts("en"))

    assert "here/out" in thai and "here/out" in english == str(error)
    assert any("\u0e00" <= char <= "\u0e7f" for char in thai)
    assert english.isascii() and english.endswith(".")
    again = pickle.loads(pickle.dumps(error))
    assert (again.reason, again.text(Texts("th"))) == (reason, thai)


def test_files_that_people_add_survive_the_next_run(tmp_path: Path) -> None:
    """An officer's notes beside the workbook must not vanish with the former dataset."""
    out = tmp_path / "out"
    write(out, "a")
    (out / "บันทึก.txt").write_text("โทรแล้ว", encoding="utf-8")
    (out / "letters").mkdir()
    (out / "letters" / "1.docx").write_bytes(b"letter")
    (out / "~$ita.xlsx").write_bytes(b"lock of Excel")
    receipt = write(out, "b")

    assert receipt.kept == ("letters/1.docx", "บันทึก.txt")
    assert (out / "บันทึก.txt").read_text(encoding="utf-8") == "โทรแล้ว"
    assert not (out / "~$ita.xlsx").exists()
    facts = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert facts["kept"] == list(receipt.kept)
    assert write(out, "c").kept == receipt.kept


def test_a_workbook_that_was_edited_is_kept_under_another_name(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, "a")
    (out / "ita.xlsx").write_bytes(b"with remarks")
    first = write(out, "b")
    (out / "ita.xlsx").write_bytes(b"with more remarks")
    second = write(out, "c")

    assert first.kept == ("ita.edited-1.xlsx",)
    assert second.kept == ("ita.edited-1.xlsx", "ita.edited-2.xlsx")
    kept = {(out / name).read_bytes() for name in second.kept}
    assert kept == {b"with remarks", b"with more remarks"}
    assert (out / "ita.xlsx").read_bytes()[:2] == b"PK"


def test_a_dataset_whose_manifest_is_gone_is_not_ours_to_replace(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, "a")
    (out / "run.json").unlink()

    with pytest.raises(OutputError, match="no dataset of ours"):
        write(out, "b")
    assert keepsakes.take_over(out, tmp_path) == ()

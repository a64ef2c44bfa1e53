"""Which files a run reads."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from pipeline.inputs import discover, input_file, source_of, unreadable_id
from pipeline.messages import MessageError

PDF = b"%PDF-1.7\n"


def put(path: Path, data: bytes = PDF) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def names(folder: Path) -> list[str]:
    return [Path(file.source).relative_to(folder).as_posix() for file in discover([folder]).files]


def test_a_folder_is_walked_to_the_bottom_in_order_of_names(tmp_path: Path) -> None:
    for place, name in enumerate(("b.pdf", "a/z.PDF", "a/b/c.Pdf", "d.pdf")):
        put(tmp_path / name, PDF + bytes([place]))

    assert names(tmp_path) == ["a/b/c.Pdf", "a/z.PDF", "b.pdf", "d.pdf"]


def test_other_files_of_a_folder_are_left_alone_and_counted(tmp_path: Path) -> None:
    put(tmp_path / "a.pdf")
    put(tmp_path / "notes.txt", b"x")
    put(tmp_path / "report.docx", b"PK")
    put(tmp_path / "README", b"no PDF")

    found = discover([tmp_path])

    assert [file.file_name for file in found.files] == ["a.pdf"]
    assert found.ignored == 3


def test_a_file_without_extension_counts_by_how_it_begins(tmp_path: Path) -> None:
    """Web sites serve reports under names such as `download`, and people save them so."""
    put(tmp_path / "download", b"\n" + PDF)

    assert names(tmp_path) == ["download"]


def test_what_macos_leaves_beside_a_file_is_no_document(tmp_path: Path) -> None:
    """A stick that was in a Mac holds a `._name.pdf` of some hundred bytes for each PDF."""
    put(tmp_path / "a.pdf")
    put(tmp_path / "._a.pdf", b"\0\5\x16\7")
    put(tmp_path / "__MACOSX" / "b.pdf")
    put(tmp_path / ".cache" / "c.pdf")

    assert names(tmp_path) == ["a.pdf"]


def test_a_named_file_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    path = put(tmp_path / "report.docx", b"PK\3\4")

    [file] = discover([path]).files

    assert file.document_id == hashlib.sha256(b"PK\3\4").hexdigest()
    assert file.byte_size == 4
    assert file.refused == ""


def test_the_same_bytes_are_one_document_that_names_its_other_places(tmp_path: Path) -> None:
    put(tmp_path / "b.pdf")
    put(tmp_path / "a" / "copy.pdf")
    put(tmp_path / "c.pdf", PDF + b"other")

    first, other = discover([tmp_path]).files

    assert first.source == (tmp_path / "a/copy.pdf").as_posix()
    assert first.other_sources == ((tmp_path / "b.pdf").as_posix(),)
    assert other.other_sources == ()


def test_naming_a_file_twice_is_no_duplicate(tmp_path: Path) -> None:
    path = put(tmp_path / "a.pdf")

    [file] = discover([tmp_path, path, tmp_path]).files

    assert file.other_sources == ()


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    put(tmp_path / "a" / "a.pdf")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)

    assert names(tmp_path) == ["a/a.pdf"]


def test_a_link_to_a_folder_elsewhere_is_followed(tmp_path: Path) -> None:
    put(tmp_path / "store" / "a.pdf")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link").symlink_to(tmp_path / "store", target_is_directory=True)

    assert names(tmp_path / "in") == ["link/a.pdf"]


def test_a_dangling_link_is_a_refused_document(tmp_path: Path) -> None:
    (tmp_path / "gone.pdf").symlink_to(tmp_path / "nowhere.pdf")

    [file] = discover([tmp_path]).files

    assert file.refused == "No such file or directory"
    assert file.document_id == unreadable_id(file.source)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")

    [file] = discover([tmp_path]).files

    assert file.refused == "not a regular file"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_forbidden_file_and_folder_are_told(tmp_path: Path) -> None:
    put(tmp_path / "a.pdf").chmod(0)
    put(tmp_path / "closed" / "b.pdf").parent.chmod(0)
    try:
        found = discover([tmp_path])
    finally:
        (tmp_path / "closed").chmod(0o700)

    assert found.files[0].refused == "Permission denied"
    assert found.unreadable_folders[0][0].endswith("closed")


def test_all_missing_paths_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(MessageError) as caught:
        discover([tmp_path / "one.pdf", tmp_path, tmp_path / "two.pdf"])

    assert "one.pdf" in str(caught.value)
    assert "two.pdf" in str(caught.value)
    assert caught.value.exit_code == 2


def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    put(tmp_path / "notes.txt", b"x")
    with pytest.raises(MessageError, match="No PDF"):
        discover([tmp_path])
    with pytest.raises(MessageError, match="No file"):
        discover([])


def test_one_empty_folder_among_others_is_told_and_no_error(tmp_path: Path) -> None:
    put(tmp_path / "full" / "a.pdf")
    (tmp_path / "empty").mkdir()

    found = discover([tmp_path / "full", tmp_path / "empty"])

    assert found.empty == ((tmp_path / "empty").as_posix(),)
    assert len(found.files) == 1


def test_a_folder_named_twice_is_not_called_empty(tmp_path: Path) -> None:
    put(tmp_path / "sub" / "a.pdf")

    assert discover([tmp_path, tmp_path / "sub"]).empty == ()


@pytest.mark.parametrize("name", ["sources.csv", "SOURCES.XLSX", "sources.toml"])
def test_a_list_of_sources_is_not_taken_for_a_report(tmp_path: Path, name: str) -> None:
    path = put(tmp_path / name, b"agency,url\n")

    with pytest.raises(MessageError, match="is a list"):
        discover([path])


def test_names_in_old_thai_encoding_come_out_as_thai(tmp_path: Path) -> None:
    """Archives packed on old Windows machines hold TIS-620 names, no valid UTF-8."""
    raw = os.fsencode(tmp_path) + b"/" + "รายงาน.pdf".encode("cp874")
    with open(raw, "wb") as file:
        file.write(PDF)

    [found] = discover([tmp_path]).files

    assert found.file_name == "รายงาน.pdf"
    assert found.path.read_bytes() == PDF


def test_sources_are_composed() -> None:
    assert source_of("cafe\u0301.pdf") == "caf\u00e9.pdf"


def test_one_file_of_a_given_path(tmp_path: Path) -> None:
    assert input_file(put(tmp_path / "a.pdf")).byte_size == len(PDF)
    with pytest.raises(MessageError, match="does not exist"):
        input_file(tmp_path / "b.pdf")

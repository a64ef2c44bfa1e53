"""The main job as people start it: `ita run`, with its embedded Prefect server.

The only tests that start one; a server takes seconds, so they share its home.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import psutil
import pytest

pytestmark = [pytest.mark.prefect, pytest.mark.timeout(300)]

# Refuses and writes down every look-up of a name and every connection that leaves the machine.
_GUARD = """
import os, socket

def _note(address):
    with open(os.environ["LOOKUPS"], "a") as file:
        file.write(f"{address}\\n")
    raise OSError("no network in tests")

_connect, _getaddrinfo = socket.socket.connect, socket.getaddrinfo
_LOCAL = ("127.0.0.1", "::1", "localhost", None)

def connect(self, address):
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in _LOCAL:
        _note(address)
    return _connect(self, address)

def getaddrinfo(host, *args, **kwargs):
    if host not in _LOCAL:
        _note(host)
    return _getaddrinfo(host, *args, **kwargs)

socket.socket.connect, socket.getaddrinfo = connect, getaddrinfo
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def environment(home: Path, tmp_path: Path, root: Path) -> dict[str, str]:
    guard = tmp_path / "guard"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(_GUARD, encoding="utf-8")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PREFECT_", "COV_")) and name != "DO_NOT_TRACK"
    }
    return kept | {
        "HOME": str(home),
        "ITA_HOME": str(home / "ita"),
        "ITA_LANG": "en",
        "LOOKUPS": str(tmp_path / "lookups"),
        "PYTHONPATH": f"{guard}{os.pathsep}{root}",
    }


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "pipeline.cli", *arguments]


def ita(environment: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), env=dict(environment), capture_output=True, text=True, timeout=280
    )


@pytest.fixture
def inputs(tmp_path: Path, samples: Path) -> Path:
    """One readable report and one file that is none."""
    folder = tmp_path / "in"
    folder.mkdir()
    report = samples / "kham-sombun-2568-chromium.pdf"
    (folder / report.name).write_bytes(report.read_bytes())
    (folder / "page.pdf").write_bytes(b"<html>404</html>")
    return folder


def test_a_run_from_nothing_to_dataset(
    environment: dict[str, str], inputs: Path, tmp_path: Path
) -> None:
    """The whole way: no server set up, one good and one bad file, twice; and quietly so."""
    out = tmp_path / "out"

    first = ita(environment, "run", str(inputs), "--out", str(out))

    assert first.returncode == 3, first.stderr
    assert "Documents: 2" in first.stdout
    assert "not-a-pdf" in first.stdout
    assert first.stdout.count("index.html") == 1
    assert (out / "report" / "index.html").is_file()
    assert (out / "ita.sqlite").is_file()
    # Stages only: no log lines, no traceback of a server that is being stopped.
    lines = first.stderr.splitlines()
    assert [line.split(" (")[0] for line in lines if not line.startswith("  ")] == [
        "Starting up",
        "Finding files",
        "Reading documents",
        "Auditing",
        "Writing the dataset",
    ]
    assert not (tmp_path / "lookups").exists(), (tmp_path / "lookups").read_text()

    second = ita(environment, "run", str(inputs), "--out", str(out), "--json")

    summary = json.loads(second.stdout)
    assert second.returncode == 3
    assert summary["known"] == 2
    assert summary["documents"] == {"ok": 1, "refused": 1}
    assert not _servers_of(environment)


def test_nothing_is_left_when_the_run_is_killed(
    environment: dict[str, str], inputs: Path, tmp_path: Path
) -> None:
    """A server that Prefect starts by itself goes on for ever after `kill -9`; ours must not."""
    running = subprocess.Popen(
        command("run", str(inputs), "--out", str(tmp_path / "out")),
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    children = _children(running.pid)
    running.send_signal(signal.SIGKILL)
    running.wait()

    _, alive = psutil.wait_procs(children, timeout=10)

    assert alive == []


def test_ctrl_c_ends_a_run_in_one_line(
    environment: dict[str, str], inputs: Path, tmp_path: Path
) -> None:
    running = subprocess.Popen(
        command("run", str(inputs), "--out", str(tmp_path / "out")),
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    children = _children(running.pid)
    os.killpg(running.pid, signal.SIGINT)
    _, errors = running.communicate(timeout=60)

    _, alive = psutil.wait_procs(children, timeout=10)
    assert running.returncode == 130
    assert errors.splitlines()[-1].startswith("Stopped.")
    assert "Traceback" not in errors
    assert alive == []


def _children(pid: int) -> list[psutil.Process]:
    """The processes that a run has started, once it has started its server."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        children = psutil.Process(pid).children(recursive=True)
        if children:
            return children
        time.sleep(0.05)
    raise AssertionError("no server was started")


def _servers_of(environment: Mapping[str, str]) -> list[int]:
    """Servers that run in the home of a test."""
    found = []
    for process in psutil.process_iter(["pid", "cmdline"]):
        words = process.info["cmdline"] or []
        if "flows.server" in words:
            try:
                of = process.environ().get("PREFECT_HOME", "")
            except psutil.Error:
                continue
            if of.startswith(environment["ITA_HOME"]):
                found.append(process.info["pid"])
    return found


def test_without_a_server_the_run_goes_on(
    environment: dict[str, str], inputs: Path, tmp_path: Path
) -> None:
    """The embedded server is a convenience; the dataset does not depend on it."""
    environment["ITA_HOME"] = str(tmp_path / "closed")
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed" / "prefect").write_text("a file where a folder should be")

    done = ita(environment, "run", str(inputs), "--out", str(tmp_path / "out"))

    assert done.returncode == 3, done.stderr
    assert "going on without it" in done.stderr
    assert (tmp_path / "out" / "run.json").is_file()


def test_a_server_of_ones_own_that_does_not_answer_is_told(
    environment: dict[str, str], inputs: Path, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"

    done = ita(environment, "run", str(inputs), "--out", str(tmp_path / "out"))

    assert done.returncode == 1
    assert f"127.0.0.1:{port}" in done.stderr
    assert "PREFECT_API_URL" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["run", "nowhere.pdf", "--out", "out"], 2, "nowhere.pdf does not exist"),
        (["run", ".", "--out", "out"], 2, "No PDF"),
        (["run", "list.csv", "--out", "out"], 2, "is a list"),
    ],
)
def test_wrong_usage_is_told_before_anything_starts(
    environment: dict[str, str], tmp_path: Path, arguments: list[str], code: int, words: str
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "list.csv").write_text("agency,url\n")

    done = subprocess.run(
        command(*arguments), env=environment, capture_output=True, text=True, cwd=folder
    )

    assert done.returncode == code
    assert words in done.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["list.csv"]

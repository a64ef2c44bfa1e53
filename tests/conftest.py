"""What every test gets: no network, no settings of the person who runs it, a home of its own."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# The same cases every time, so that a run says the same twice; to look for new ones:
# `pytest --hypothesis-profile explore`.
settings.register_profile("steady", derandomize=True)
settings.register_profile("explore", print_blob=True)
settings.load_profile("steady")

_LOCAL = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(autouse=True)
def _own_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory):
    """Neither read nor write what belongs to the person; messages are English."""
    for name in list(os.environ):
        if name.startswith(("ITA_", "PREFECT_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("ITA_HOME", str(tmp_path_factory.getbasetemp() / "home"))
    monkeypatch.setenv("ITA_LANG", "en")
    # Once a test has imported Prefect, it wants every warning logged to belong to a flow.
    monkeypatch.setenv("PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW", "ignore")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Refuse every connection that leaves the machine, so that no test depends on one."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in _LOCAL:
            raise AssertionError(f"a test wants to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the repository."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def samples(root: Path) -> Path:
    """The folder of sample reports."""
    return root / "samples"

"""Prefect's server for one run, where the person has set up none.

Prefect can start such a server by itself; ours differs in what a person notices: it ends
with the program even if that is killed, it prints nothing, it starts while the program is
still busy with other things, and only this run can talk to it.

This module imports no Prefect: settings must be in the environment before that happens.
"""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from flows.home import in_use, mark_failed
from pipeline.messages import MessageError

__all__ = ["Server", "answers", "configured", "prepare", "serving"]

START_SECONDS = 120
_STOP_SECONDS = 5
_ANSWER_SECONDS = 10

_QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(START_SECONDS),
    # What goes wrong is told by us; a library has no word in the person's terminal.
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
}
# What a server that lives for one run does not need.
_SERVER = {
    "PREFECT_UI_ENABLED": "false",
    "PREFECT_SERVER_UI_ENABLED": "false",
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT__SERVER_FINAL": "1",
}
# Any of these means that the person has a Prefect of their own.
_CHOICES = ("PREFECT_API_URL", "PREFECT_PROFILE", "PREFECT_HOME")


def configured(environ: Mapping[str, str] | None = None) -> bool:
    """Whether the person has set up Prefect; then nothing about it is changed."""
    environ = os.environ if environ is None else environ
    if any(environ.get(name) for name in _CHOICES):
        return True
    with suppress(RuntimeError):
        return (Path.home() / ".prefect" / "profiles.toml").is_file()
    return False


def prepare(home: Path) -> bool:
    """Set what Prefect reads when it is imported.

    Nothing that a person has set is overridden.

    Args:
        home: Folder for Prefect's database where the person has none.

    Returns:
        Whether the person has a Prefect set up.
    """
    own = configured()
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    if not own:
        os.environ["PREFECT_HOME"] = str(home)
    # Requests to this machine must not go through an office's proxy.
    for name in ("no_proxy", "NO_PROXY"):
        hosts = [host for host in os.environ.get(name, "").split(",") if host]
        os.environ[name] = ",".join(dict.fromkeys([*hosts, "127.0.0.1", "localhost"]))
    return own


def answers(url: str, secret: str = "") -> bool:
    """Whether a server answers at all at an address, with or without letting us in."""
    request = urllib.request.Request(f"{url.rstrip('/')}/health")
    if secret:
        request.add_header("Authorization", f"Basic {b64encode(secret.encode()).decode()}")
    try:
        with urllib.request.urlopen(request, timeout=_ANSWER_SECONDS) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except urllib.error.HTTPError:
        # Somebody is there; what it thinks of us is for the client to find out.
        return not secret
    except (urllib.error.URLError, OSError):
        return False


@dataclass(frozen=True, slots=True)
class Server:
    """A server that has been started, ready or not yet.

    Attributes:
        url: Address of its API.
        secret: What a client must send as user and password; known to this run only.
        process: Its process.
        log: What it says.
    """

    url: str
    secret: str
    process: subprocess.Popen[bytes]
    log: Path

    def settings(self) -> dict[str, str]:
        """Environment under which a client finds it."""
        return {
            "PREFECT_API_URL": self.url,
            "PREFECT_API_AUTH_STRING": self.secret,
            # The history of such a server is nobody's reading: spare it the log lines.
            "PREFECT_LOGGING_TO_API_ENABLED": "false",
        }

    def wait(self, seconds: float = START_SECONDS) -> None:
        """Wait until it answers.

        Raises:
            MessageError: It ended, or did not answer in time; names the log.
        """
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            if answers(self.url, self.secret):
                return
            time.sleep(0.05)
        mark_failed(self.log.parent)
        raise MessageError("error.server", exit_code=1, log=str(self.log))

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        try:
            self.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdin is not None:
            self.process.stdin.close()


@contextmanager
def serving(home: Path) -> Iterator[Server]:
    """Start a server and end it afterwards.

    It is not ready at once: do something else and then `wait`.

    Args:
        home: Folder of its database and log.
    """
    with in_use(home):
        server = _started(home)
        try:
            yield server
        finally:
            server.stop()


def _started(home: Path) -> Server:
    log = home / "server.log"
    secret = f"ita:{secrets.token_urlsafe(24)}"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "flows.server", str(port)],
            env=_environment(home, secret),
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            # Ctrl-C is for us; we then end the server.
            start_new_session=True,
        )
    return Server(f"http://127.0.0.1:{port}/api", secret, process, log)


def _environment(home: Path, secret: str) -> dict[str, str]:
    # The packages may be found only because of where the program was started.
    places = [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    return {
        **os.environ,
        **_QUIET,
        **_SERVER,
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_API_AUTH_STRING": secret,
        "PYTHONPATH": os.pathsep.join(place for place in places if place),
    }


# ---- inside the server's process -----------------------------------------------------------------


def _main() -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    import uvicorn

    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        log_level="error",
        lifespan="on",
    )


def _end_with_parent() -> None:
    # Our end of the pipe is closed when the program ends, however it ends.
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    _main()

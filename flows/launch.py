"""Starting a flow from the command line: with the person's Prefect, else with our server.

This module imports Prefect only inside its functions: what Prefect reads from the
environment when it is imported must be set before.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from flows.server import answers, prepare, serving
from pipeline.messages import MessageError

__all__ = ["NoServer", "with_prefect"]


class NoServer(Exception):  # noqa: N818 - a turn of events, no fault of anybody
    """The embedded server could not be started.

    Args:
        home: Its folder, which holds its log.
    """

    def __init__(self, home: Path) -> None:
        super().__init__(str(home))
        self.home = home


@contextmanager
def with_prefect(home: Path) -> Iterator[None]:
    """Have a Prefect server ready inside the block.

    Args:
        home: Folder for the embedded server's database and log.

    Raises:
        NoServer: The embedded server did not start; nothing else has been done yet.
        MessageError: The server that the person has configured does not answer.
    """
    url = _own_server() if prepare(home) else None
    if url is not None:
        if not answers(url):
            raise MessageError("error.server-unreachable", exit_code=1, url=url)
        yield
        return
    with ExitStack() as stack:
        try:
            server = stack.enter_context(serving(home))
            os.environ.update(server.settings())
            # The program's own start and the server's go on side by side.
            import flows.run  # noqa: F401

            server.wait()
        except (MessageError, OSError) as error:
            raise NoServer(home) from error
        yield


def _own_server() -> str | None:
    """Address of the server that the person has configured, if any."""
    if os.environ.get("PREFECT_API_URL"):
        return os.environ["PREFECT_API_URL"]
    from prefect.settings import get_current_settings

    return get_current_settings().api.url

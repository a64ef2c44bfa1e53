"""The one place where an error becomes words and an exit code."""

from __future__ import annotations

import contextlib
import logging
import os
import sys

from cyclopts.exceptions import (
    CoercionError,
    CycloptsError,
    MissingArgumentError,
    UnknownCommandError,
    UnknownOptionError,
)

from parsers.errors import DataTableError, ItaError
from pipeline.cli.console import note
from pipeline.cli.interrupt import INTERRUPTED
from pipeline.cli.logs import log_file
from pipeline.messages import MessageError, Texts

__all__ = ["USAGE", "told"]

_log = logging.getLogger(__name__)

USAGE = 2


def told(error: BaseException, texts: Texts) -> int:
    """Tell a person what went wrong and what to do next; gives the exit code."""
    match error:
        case KeyboardInterrupt():
            note(texts("error.interrupted"))
            return INTERRUPTED
        case BrokenPipeError():
            # Whoever read our output has enough, for instance `head`.
            _forget_output()
            return 0
        case CycloptsError():
            note(_usage(error, texts))
            return USAGE
        case MessageError():
            note(f"{texts('error.prefix')}: {error.text(texts)}")
            return error.exit_code
        case DataTableError():
            words = texts(
                "error.table", table=error.table, entry=error.entry, problem=error.problem
            )
            note(f"{texts('error.prefix')}: {words}")
            return error.exit_code
        case ItaError():
            note(f"{texts('error.prefix')}: {error}")
            return error.exit_code
        case OSError() if error.strerror:
            note(f"{texts('error.prefix')}: {_system(error, texts)}")
            return 1
        case _:
            note(texts("error.unexpected", kind=type(error).__name__, log=_logged(error)))
            return 1


def _usage(error: CycloptsError, texts: Texts) -> str:
    """A wrong command line in words, with where to read on."""
    chain = " ".join(error.command_chain or ())
    match error:
        case UnknownCommandError() if error.unused_tokens:
            text = texts("error.unknown-command", name=error.unused_tokens[0])
        case UnknownOptionError():
            name = error.token.keyword or error.token.value
            text = texts("error.unknown-option", name=name)
        case MissingArgumentError() if error.argument is not None:
            text = texts("error.missing-argument", name=error.argument.name)
        case CoercionError() if error.token is not None:
            name = error.token.keyword or (error.argument.name if error.argument else "")
            text = texts("error.bad-value", name=name, value=error.token.value)
        case _:
            text = str(error)
    hint = texts("error.usage-hint", command=f"ita {chain} --help".replace("  ", " "))
    return f"{texts('error.prefix')}: {text}\n{hint}"


def _system(error: OSError, texts: Texts) -> str:
    """An error of the operating system in words."""
    name = str(error.filename or "")
    match error:
        case FileNotFoundError():
            return texts("error.path-missing", paths=name)
        case PermissionError():
            return texts("error.permission", path=name)
        case OSError(errno=28):
            return texts("error.disk-full", path=name)
        case _:
            return texts("error.system", path=name, why=str(error.strerror))


def _logged(error: BaseException) -> str:
    """Write the traceback to the log, which a person can send; gives its path."""
    _log.critical("ita %s", " ".join(sys.argv[1:]), exc_info=error)
    return str(log_file())


def _forget_output() -> None:
    # Python flushes the stream at exit and would complain about the closed pipe again.
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

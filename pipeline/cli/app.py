"""The commands put together, in the language of the person who asks.

Nothing heavy is imported here: `ita --help` and `ita parse` must answer at once, so each
command imports what it needs when it runs.
"""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable, Sequence
from operator import getitem
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

from cyclopts import App, Group, Parameter
from cyclopts.help import PlainFormatter

from parsers.errors import ItaError
from pipeline.cli.audit import audit
from pipeline.cli.catalog import catalog
from pipeline.cli.console import note, speaking, use_utf8
from pipeline.cli.doctor import doctor
from pipeline.cli.failures import told
from pipeline.cli.interrupt import interruptible
from pipeline.cli.language import chosen_lang
from pipeline.cli.logs import logging_to_file
from pipeline.cli.parse import parse
from pipeline.cli.run import run
from pipeline.cli.version import version
from pipeline.messages import Texts, locale_lang

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions

__all__ = ["COMMANDS", "build_app", "run_app"]

# In the order of the help page. The help of a command `run` is the message `help.run`, of
# its parameter `out` it is `help.run-out`, or `help.out` where commands share it.
COMMANDS: tuple[Callable[..., int], ...] = (run, parse, audit, catalog, doctor, version)


class _Help(PlainFormatter):
    """Help pages whose every word is in the chosen language."""

    def render_usage(self, console: Console, options: ConsoleOptions, usage: Any) -> None:
        """Print the usage line as it was written."""
        self._print_plain(console, str(usage))


def build_app(texts: Texts) -> App:
    """The command line in one language."""
    app = App(
        name="ita",
        help=texts("help.ita"),
        help_format="plaintext",
        help_formatter=_Help(),
        usage=texts("usage.ita"),
        version_flags=[],
        suppress_keyboard_interrupt=False,
        group_commands=Group(texts("help.commands")),
        group_arguments=Group(texts("help.arguments")),
        group_parameters=Group(texts("help.options")),
        default_parameter=Parameter(show_default=False, negative=()),
    )
    app["--help"].help = texts("help.help")
    for place, function in enumerate(COMMANDS):
        name = function.__name__
        app.command(
            _with_help(function, texts),
            name=name,
            help=texts(f"help.{name}"),
            usage=texts(f"usage.{name}"),
            sort_key=place,
        )
        app[name]["--help"].help = texts("help.help")
    return app


def _with_help(function: Callable[..., int], texts: Texts) -> Callable[..., int]:
    """The function with the help of its parameters in one language."""
    hints = get_type_hints(function, include_extras=True)
    signature = inspect.signature(function)
    parameters = []
    for name, parameter in signature.parameters.items():
        own, shared = f"help.{function.__name__}-{name}", f"help.{name}"
        text = texts(own if texts.has(own) else shared)
        annotation = getitem(Annotated, (hints[name], Parameter(help=text)))
        parameters.append(parameter.replace(annotation=annotation))

    @functools.wraps(function)
    def spoken(*args: Any, **kwargs: Any) -> int:
        return function(*args, **kwargs)

    spoken.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    spoken.__annotations__ = {p.name: p.annotation for p in parameters} | {"return": int}
    return spoken


def run_app(arguments: Sequence[str] | None = None) -> int:
    """Run a command and turn whatever goes wrong into words and an exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] in (["--version"], ["-V"]):
        words[0] = "version"
    use_utf8()
    try:
        texts = Texts(chosen_lang(words))
    except ItaError as error:
        # The settings file itself is wrong.
        return told(error, Texts(locale_lang()))
    farewell = functools.partial(note, texts("error.interrupted"))
    with logging_to_file(), interruptible(farewell) as interrupted:
        try:
            with speaking(texts):
                result = build_app(texts)(
                    words, exit_on_error=False, print_error=False, result_action="return_value"
                )
            sys.stdout.flush()
        except SystemExit:
            raise
        except BaseException as error:  # noqa: BLE001 - told to a person, and logged
            return told(KeyboardInterrupt() if interrupted() else error, texts)
    return result if isinstance(result, int) else 0

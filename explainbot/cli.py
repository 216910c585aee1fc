"""The command line: `explainbot COMMAND ...`.

One new command is one file in `explainbot/commands/` and one line in `COMMANDS`. Exit codes: 0 done, 1 not found or
failed, 2 wrong usage, 130 interrupted, 141 the reader of the output went away.
"""

from __future__ import annotations

import argparse
import inspect
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version

from explainbot._registry import Registry
from explainbot.errors import ConfigError, ExplainbotError

__all__ = ["main"]


Command = Callable[[argparse.ArgumentParser], None]
"""Says what a command takes, and names what runs, `(Namespace) -> exit code`, with `parser.set_defaults(run=...)`. Its
docstring is the help. The module imports lightly; what is heavy is imported in `run`."""

COMMANDS: Registry[Command] = Registry(
    "command",
    "explainbot.commands",
    {
        "bench": "explainbot.commands.bench:add_arguments",
        "demo": "explainbot.commands.demo:add_arguments",
        "doctor": "explainbot.commands.doctor:add_arguments",
        "erase": "explainbot.commands.erase:add_arguments",
        "explain": "explainbot.commands.explain:add_arguments",
        "redact": "explainbot.commands.redact:add_arguments",
        "export": "explainbot.commands.export:add_arguments",
        "hold": "explainbot.commands.hold:add_arguments",
        "prove": "explainbot.commands.prove:add_arguments",
        "rotate": "explainbot.commands.rotate:add_arguments",
        "traces": "explainbot.commands.traces:add_arguments",
        "verify": "explainbot.commands.verify:add_arguments",
    },
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    _make_output_safe()
    try:
        options = _parser().parse_args(arguments)
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except ConfigError as error:
        return _fail(error, 2)
    except ExplainbotError as error:
        return _fail(error, 1)
    except BrokenPipeError:
        _discard_output()
        return 141
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="explainbot", description="Redacts what a bot sends to a language model, and explains what comes back."
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in COMMANDS:
        add_arguments = COMMANDS.load(name)
        about = inspect.getdoc(add_arguments) or ""
        add_arguments(commands.add_parser(name, help=about.partition("\n")[0], description=about))
    return parser


class _Version(argparse.Action):
    """`--version`; the metadata of the package are read only when they are asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        try:
            print(f"explainbot {version('explainbot')}")
        except PackageNotFoundError:
            print("explainbot, from a source tree that is not installed")
        parser.exit()


def _fail(error: Exception, code: int) -> int:
    print(f"explainbot: {error}", file=sys.stderr)
    return code


def _make_output_safe() -> None:
    """Write what the terminal's encoding cannot show as an escape, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _discard_output() -> None:
    """Keep Python from complaining about the closed pipe once more when it flushes at exit.

    The recipe is that of https://docs.python.org/3/library/signal.html#note-on-sigpipe.
    """
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())

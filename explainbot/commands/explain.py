"""`explainbot explain`: an answer against its sources, without a model and without a record."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from explainbot.commands import terminal
from explainbot.errors import ConfigError
from explainbot.explain.grounding import ground, is_partial
from explainbot.explain.source import Source
from explainbot.explain.statement import Statement


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Check an answer against its sources, statement by statement, with the passages quoted and every value checked.

    Nothing leaves this machine and nothing is recorded. Exit code 0: every statement that claims something was found;
    1: at least one was not, or not wholly; 2: wrong usage, or a file cannot be read.
    """
    parser.add_argument(
        "--answer", required=True, metavar="A", help="the answer's text; @FILE reads it from a file, - from the input"
    )
    parser.add_argument(
        "--source",
        required=True,
        nargs="+",
        action="extend",
        type=Path,
        metavar="F",
        help="the files it should rest on",
    )
    parser.add_argument("--language", metavar="L", help="ISO 639-1 code of the answer; told from the text if not given")
    parser.add_argument("--json", action="store_true", help="as one JSON object")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print how the answer stands to its sources; returns the exit code."""
    answer = _answer(options.answer)
    sources = [Source(str(path), read(path)) for path in dict.fromkeys(options.source)]
    statements = ground(answer, sources, language=options.language)
    claims = [one for one in statements if one.state != "no claim"]
    found = sum(one.state == "found" for one in claims)
    if options.json:
        share = round(found / len(claims), 4) if claims else None
        print(json.dumps({"grounding": share, "statements": [one.model_dump() for one in statements]}, indent=2))
    else:
        for one in statements:
            _print(one)
        print(f"\n{found} of {len(claims)} statements found" if claims else "\nnothing here claims anything")
    if is_partial(answer, sources):
        print("explainbot: a text is too long; only its beginning was read", file=sys.stderr)
    return 0 if found == len(claims) else 1


def read(path: Path) -> str:
    """The text of a file, in UTF-8; bytes that are none become replacement characters.

    Raises:
        ConfigError: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror or type(error).__name__}") from None


def _answer(argument: str) -> str:
    if argument == "-":
        return sys.stdin.read()
    return read(Path(argument[1:])) if argument.startswith("@") else argument


WIDTH = max(map(len, ("partly found", "not found", "conflicts", "no claim", "found")))
"""Of the column of states."""


def _print(one: Statement) -> None:
    text = " ".join(terminal.visible(one.text).split())
    terminal.say(f"{one.state:{WIDTH}}  {text}", style_first=WIDTH)
    for line in _reasons(one):
        terminal.say(f"{'':{WIDTH}}  {' '.join(terminal.visible(line).split())}")


def _reasons(one: Statement) -> Iterator[str]:
    """What speaks for and against a statement: values that do not agree, then the passages."""
    for value in one.values:
        if value.state == "conflicts":
            yield f"{value.text}: {value.source_id} says {value.source_text}"
        elif value.state == "not found":
            yield f"{value.text}: in no source"
    yield from _passages(one)


def _passages(one: Statement) -> Sequence[str]:
    """The quoted passages; the nearest ones of what is not found bear nothing out and are left to `--json`."""
    return [] if one.state == "not found" else [f"{item.source_id}: “{item.quote}”" for item in one.evidence]

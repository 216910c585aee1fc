"""Labelled data as JSON lines: read line by line, and counted on the error output while it is worked on."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from explainbot.errors import ConfigError

__all__ = ["objects_of", "watched"]

PROGRESS = 2.0
"""Seconds between two lines that say how far it is."""

T = TypeVar("T")


def objects_of(path: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Each JSON object of a file, and what its line is called in messages; blank lines are nothing.

    Raises:
        ConfigError: the file cannot be read, or a line of it is no JSON object; the message names the line.
    """
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    where = f"line {number} of {path}"
                    yield _object(line, where), where
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror or type(error).__name__}") from None


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        given: Any = json.loads(line)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise ConfigError(f"{where} is no JSON object")
    return given


def watched(rows: Sequence[T], what: str) -> Iterator[T]:
    """The rows, with a line on the error output now and then while they are worked on."""
    said = time.monotonic()
    for number, row in enumerate(rows):
        if time.monotonic() - said >= PROGRESS:
            said = time.monotonic()
            print(f"{number} of {len(rows)} {what}", file=sys.stderr, flush=True)
        yield row

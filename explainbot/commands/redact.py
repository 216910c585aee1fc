"""`explainbot redact`: files without personal data in them, or a check that there is none."""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from explainbot.commands import terminal
from explainbot.commands.parts import CELL, Part, parts_of
from explainbot.errors import ConfigError, ExplainbotError

if TYPE_CHECKING:
    from explainbot.privacy import Detection, Redactor, Vault

MANY = 10_000_000
"""Different values one run may hold; they are kept in memory so that the same value gets the same placeholder."""

SENDER = re.compile(
    r"^(?:\[[^\]\n]{6,40}\]|[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}[ T,][^\n\-]{3,20} -) ([^:\n]{1,60}): ",
    re.MULTILINE,
)
"""Who says it, in the exports of WhatsApp and Telegram: `[12/05/24, 10:11:02] Jane Doe: ...`."""


class Unreadable(ExplainbotError):
    """A file cannot be read as what it is called."""


class Find(NamedTuple):
    """Where something was found, and what; never the value."""

    line: int
    column: int
    entity_type: str
    why: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Write files without personal data, or check that they hold none.

    Reads plain text, chat exports, JSON, JSON lines and CSV, by the end of the file's name. The same value gets the
    same placeholder in all files of a run. A report by type goes to the standard error stream.
    """
    parser.add_argument("files", nargs="+", metavar="FILE", help="what to read; - for the standard input")
    parser.add_argument("--output", type=Path, metavar="DIR", help="write each file there, under its own name")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the report there, as JSON")
    parser.add_argument(
        "--check", action="store_true", help="write nothing, say where; exit 1 if anything is found, 2 for trouble"
    )
    parser.set_defaults(run=redact_files)


def redact_files(options: argparse.Namespace) -> int:
    """Redact or check the files; 1 when a check finds something, 2 when it cannot read one of them."""
    from explainbot.privacy import Redactor, Vault

    if len(options.files) > 1 and not options.check and options.output is None:
        raise ConfigError("several files take --output DIR, or --check")
    redactor, vault = Redactor(extra=[("sender", _senders)]), Vault(max_values=MANY)
    report: dict[str, Counter[str]] = {}
    unread = False
    for name in options.files:
        with ExitStack() as stack:
            try:
                source, size = _opened(name, stack)
                target = None if options.check else _target(options.output, name, stack)
                report[name] = _one_file(name, source, size, target, redactor, vault)
            except Unreadable as error:
                if not options.check:
                    raise
                print(f"explainbot: {error}", file=sys.stderr)
                unread = True
    _report(report, options.report)
    return 2 if unread else int(options.check and any(report.values()))


def _one_file(
    name: str, source: TextIO, size: int, target: TextIO | None, redactor: Redactor, vault: Vault
) -> Counter[str]:
    counts: Counter[str] = Counter()
    done = 0
    try:
        for part in parts_of(name, source):
            text, finds = _redacted(part, redactor, vault)
            counts.update(find.entity_type for find in finds)
            if target is None:
                for find in finds:
                    print(f"{name}:{find.line}:{find.column}: {find.entity_type} ({find.why})")
            else:
                target.write(text + part.end)
            done += len(part.text) + len(part.end)
            _progress(name, done, size)
    except UnicodeDecodeError:
        raise Unreadable(f"{name} cannot be read: it is not UTF-8") from None
    except csv.Error:
        raise Unreadable(
            f"{name} cannot be read: it is no table, or a cell is longer than {CELL:,} characters"
        ) from None
    _progress(name, 0, 0)
    return counts


def _redacted(part: Part, redactor: Redactor, vault: Vault) -> tuple[str, list[Find]]:
    if part.kind and part.text.strip():
        return vault.placeholder_for(part.text, part.kind), [
            Find(part.line, part.column, part.kind, "the name of its column")
        ]
    text = part.context + part.text
    whys = {found.start: found for found in redactor.detect(text)}
    redaction = redactor.redact(text, vault)
    if any(edit.start < len(part.context) for edit in redaction.edits):
        return _redacted(part._replace(context=""), redactor, vault)
    finds = [
        Find(*_place(text, edit.start, part), edit.entity_type, whys[edit.start].why)
        for edit in redaction.edits
        if edit.entity_type != "PLACEHOLDER_LIKE"
    ]
    return redaction.text[len(part.context) :], finds


def _place(text: str, offset: int, part: Part) -> tuple[int, int]:
    """Line and column, from 1, of an offset in context and text."""
    start = text.rfind("\n", len(part.context), offset) + 1
    column = offset - start + 1 if start else offset - len(part.context) + part.column
    return part.line + text.count("\n", len(part.context), offset), column


def _senders(text: str) -> Iterator[Detection]:
    from explainbot.privacy import Detection

    for match in SENDER.finditer(text):
        yield Detection(*match.span(1), "PERSON", 0.9, "who says it, in a chat export")


def _opened(name: str, stack: ExitStack) -> tuple[TextIO, int]:
    """The file to read, and its size in bytes; 0 when nobody knows."""
    if name == "-":
        return sys.stdin, 0
    path = Path(name)
    try:
        source = stack.enter_context(path.open(encoding="utf-8-sig", newline=""))
    except OSError as error:
        raise Unreadable(f"{name} cannot be read: {error.strerror}") from None
    return source, path.stat().st_size


def _target(folder: Path | None, name: str, stack: ExitStack) -> TextIO:
    if folder is None:
        return sys.stdout
    path = folder / ("stdin.txt" if name == "-" else Path(name).name)
    if path.exists() and name != "-" and path.samefile(name):
        raise ConfigError(f"{path} would be written over itself")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return stack.enter_context(path.open("w", encoding="utf-8", newline=""))
    except OSError as error:
        raise Unreadable(f"{path} cannot be written: {error.strerror}") from None


def _progress(name: str, done: int, size: int) -> None:
    """How far it is, on a terminal only; with no size, the line is cleared."""
    if sys.stderr.isatty() and size != 0:
        print(f"\r{terminal.visible(name)}: {min(100, 100 * done // size)} %", end="", file=sys.stderr, flush=True)
    elif sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _report(report: dict[str, Counter[str]], path: Path | None) -> None:
    total: Counter[str] = sum(report.values(), Counter())
    for kind, count in sorted(total.items(), key=lambda item: (-item[1], item[0])):
        print(f"{count:8}  {kind}", file=sys.stderr)
    if not total and report:
        print("nothing found", file=sys.stderr)
    if path is not None:
        files = {name: dict(sorted(counts.items())) for name, counts in report.items()}
        path.write_text(
            json.dumps({"files": files, "total": dict(sorted(total.items()))}, indent=2) + "\n", encoding="utf-8"
        )

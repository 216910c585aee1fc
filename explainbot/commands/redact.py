"""`explainbot redact`: files without personal data in them, or a check that there is none."""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from explainbot.commands import terminal
from explainbot.errors import ConfigError, ExplainbotError

if TYPE_CHECKING:
    from explainbot.privacy import Detection, Redactor, Vault

BLOCK = 65_536
"""Characters of plain text that are read together, at least up to the next empty line."""

CELL = 100_000_000
"""Characters a cell of a table may have; more is a quote that was never closed."""

MANY = 10_000_000
"""Different values one run may hold; they are kept in memory so that the same value gets the same placeholder."""

COLUMNS = frozenset(
    """
    PERSON EMAIL_ADDRESS PHONE_NUMBER ADDRESS POSTCODE DATE_OF_BIRTH PASSPORT DRIVER_LICENSE US_SSN TAX_ID NATIONAL_ID
    IBAN_CODE CREDIT_CARD BANK_ACCOUNT IP_ADDRESS CREDENTIAL SOCIAL_HANDLE USER_ID
    """.split()
)
"""What a column of a table may be called by; its cells are then hidden as a whole."""

SENDER = re.compile(
    r"^(?:\[[^\]\n]{6,40}\]|[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}[ T,][^\n\-]{3,20} -) ([^:\n]{1,60}): ",
    re.MULTILINE,
)
"""Who says it, in the exports of WhatsApp and Telegram: `[12/05/24, 10:11:02] Jane Doe: ...`."""


class Unreadable(ExplainbotError):
    """A file cannot be read as what it is called."""


class Part(NamedTuple):
    """A part of a file that is redacted by itself.

    Attributes:
        text: what is read.
        line: the number of its first line, from 1.
        kind: the entity type of all of it, empty where detectors decide.
        context: what stands ahead of it for the detectors, such as the name of its column.
        end: what is written after it as it is.
        column: where it begins in that line, from 1.
    """

    text: str
    line: int
    kind: str = ""
    context: str = ""
    end: str = ""
    column: int = 1


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
        for part in _parts(name, source):
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


def _parts(name: str, source: TextIO) -> Iterator[Part]:
    """The parts of a file, by the end of its name."""
    suffix = Path(name).suffix.lower()
    if suffix == ".json":
        yield Part(source.read(), 1)
    elif suffix in (".jsonl", ".ndjson"):
        for number, line in enumerate(source, 1):
            stripped = line.rstrip("\r\n")
            yield Part(stripped, number, end=line[len(stripped) :])
    elif suffix in (".csv", ".tsv"):
        yield from _cells(source, "\t" if suffix == ".tsv" else ",")
    else:
        yield from _blocks(source)


def _blocks(source: Iterable[str]) -> Iterator[Part]:
    """Plain text in pieces that end at an empty line, or anywhere between two lines when there is none for long."""
    held: list[str] = []
    size, first, number = 0, 1, 0
    for number, line in enumerate(source, 1):
        held.append(line)
        size += len(line)
        if (size >= BLOCK and not line.strip()) or size >= 4 * BLOCK:
            yield Part("".join(held), first)
            held, size, first = [], 0, number + 1
    if held:
        yield Part("".join(held), first)


def _cells(source: TextIO, comma: str) -> Iterator[Part]:
    """The cells of a table one by one, quoted again where that is needed; the first row names the columns."""
    from explainbot.privacy.customer import kind_of

    sample = source.read(4096)
    if comma == "," and sample.partition("\n")[0].count(";") > sample.partition("\n")[0].count(","):
        comma = ";"
    csv.field_size_limit(CELL)
    lines = _Joined(sample, source)
    reader = csv.reader(lines, delimiter=comma)
    ending = "\r\n" if "\r\n" in sample else "\n"
    header: list[str] = []
    for row in reader:
        if not header or not row:
            header = header or row
            lines.taken.clear()
            yield Part("", reader.line_num, end=_line(row, comma, ending))
            continue
        first, raw, at = reader.line_num - len(lines.taken) + 1, "".join(lines.taken), 0
        lines.taken.clear()
        for index, cell in enumerate(row):
            written = cell.replace('"', '""')
            at = max(at, raw.find(written, at))
            line, column = first + raw.count("\n", 0, at), at - raw.rfind("\n", 0, at)
            at += len(written)
            title = header[index] if index < len(header) else ""
            kind = kind_of(title) if title else ""
            end = ending if index == len(row) - 1 else comma
            quote = '"' if any(mark in cell for mark in (comma, '"', "\n", "\r")) else ""
            if quote:
                yield Part("", line, end=quote)
            yield Part(written, line, kind if kind in COLUMNS else "", f"{title}: ", quote + end, column)


def _line(row: list[str], comma: str, ending: str) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=comma, lineterminator=ending).writerow(row)
    return written.getvalue()


class _Joined:
    """The lines of a text that was read up to some place, from its beginning.

    Attributes:
        taken: the lines that were asked for since it was last cleared.
    """

    def __init__(self, begun: str, rest: TextIO) -> None:
        self.taken: list[str] = []
        self._lines = begun.splitlines(keepends=True)
        self._rest = rest

    def __iter__(self) -> Iterator[str]:
        for line in self._all():
            self.taken.append(line)
            yield line

    def _all(self) -> Iterator[str]:
        last = self._lines.pop() if self._lines else ""
        yield from self._lines
        yield last if last.endswith("\n") else last + self._rest.readline()
        yield from self._rest


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
    if not total:
        print("nothing found", file=sys.stderr)
    if path is not None:
        files = {name: dict(sorted(counts.items())) for name, counts in report.items()}
        path.write_text(
            json.dumps({"files": files, "total": dict(sorted(total.items()))}, indent=2) + "\n", encoding="utf-8"
        )

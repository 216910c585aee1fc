"""The parts of a file that are redacted one by one: lines, cells of a table, or a text up to an empty line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

__all__ = ["CELL", "Part", "parts_of"]

BLOCK = 65_536
"""Characters of plain text that are read together, at least up to the next empty line."""

CELL = 100_000_000
"""Characters a cell of a table may have; more is a quote that was never closed."""

COLUMNS = frozenset(
    """
    PERSON EMAIL_ADDRESS PHONE_NUMBER ADDRESS POSTCODE DATE_OF_BIRTH PASSPORT DRIVER_LICENSE US_SSN TAX_ID NATIONAL_ID
    IBAN_CODE CREDIT_CARD BANK_ACCOUNT IP_ADDRESS CREDENTIAL SOCIAL_HANDLE USER_ID
    """.split()
)
"""What a column of a table may be called by; its cells are then hidden as a whole."""


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


def parts_of(name: str, source: TextIO) -> Iterator[Part]:
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

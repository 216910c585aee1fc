"""A postal address taken apart: street line, postcode, and places."""

from __future__ import annotations

import re
from collections.abc import Iterator

_POSTCODE = re.compile(
    r"\b(?:[A-Z]{1,2}[0-9][A-Z0-9]?[ ]?[0-9][A-Z]{2}"  # United Kingdom (BS 7666)
    r"|[A-Z][0-9][A-Z][ -]?[0-9][A-Z][0-9]"  # Canada
    r"|[0-9]{4}[ ]?[A-Z]{2}"  # Netherlands
    r"|[0-9]{5}-[0-9]{3,4}|[0-9]{2}-[0-9]{3}|[0-9]{3}[ -][0-9]{2,4}"  # US ZIP+4, Brazil; Poland; Sweden, Czechia, Japan
    r"|[A-Z]{1,2}-[0-9]{4,5}|[0-9]{4,6})\b",
    re.IGNORECASE,
)
"""Postcodes by the forms of the Universal Postal Union's addressing guide."""

_STREET_WORD = re.compile(
    r"\b(?:street|st|road|rd|avenue|ave|drive|dr|lane|ln|way|court|ct|boulevard|blvd|place|pl|square|sq|terrace|close|"
    r"crescent|highway|hwy|parkway|pkwy|circle|cir|trail|row|walk|gardens|mews|grove|hill)\b\.?",
    re.IGNORECASE,
)


def address_parts(address: str) -> Iterator[tuple[str, str]]:
    """(part, entity type) of an address: the whole, the lines with a number, the postcode; `PLACE` for the rest."""
    lines = [line.strip() for line in re.split(r"[,;\n\r]+", address) if line.strip()]
    if len(lines) > 1:
        yield address, "ADDRESS"
    for index, line in enumerate(lines):
        yield from _line(line, first=index == 0)


def _line(line: str, first: bool) -> Iterator[tuple[str, str]]:
    if first:
        yield from _first_line(line)
        return
    found = _POSTCODE.search(line)
    if found:
        yield found[0], "POSTCODE"
        rest = (line[: found.start()] + " " + line[found.end() :]).strip(" -")
        if rest:
            yield rest, "ADDRESS" if any(char.isdigit() for char in rest) else "PLACE"
    else:
        yield line, "ADDRESS" if any(char.isdigit() for char in line) else "PLACE"


def _first_line(line: str) -> Iterator[tuple[str, str]]:
    """The street line; one that goes on with town and postcode is cut after the word for street too."""
    yield line, "ADDRESS"
    word = _STREET_WORD.search(line, 1)
    if word and re.search(r"[0-9]", line[: word.end()]) and word.end() < len(line):
        yield line[: word.end()], "ADDRESS"
        found = _POSTCODE.search(line, word.end())
        if found:
            yield found[0], "POSTCODE"

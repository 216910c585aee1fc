"""IP addresses: RFC 791 and RFC 4291, read by the standard library's `ipaddress`.

Four numbers with dots are taken for a version, not for an address, when a version word stands before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address

from explainbot.privacy.context import before
from explainbot.privacy.detection import Detection
from explainbot.privacy.triggers import triggered_by

_V4_REST = re.compile(r"\.[0-9]{1,3}+\.[0-9]{1,3}+\.[0-9]{1,3}+")
_V6_CORE = re.compile(r":[0-9A-Fa-f]{0,4}:")
_V6_CHARACTERS = frozenset("0123456789abcdefABCDEF:.")
_ZONE = re.compile(r"%[A-Za-z0-9]{1,15}(?!\w)")
"""RFC 4007, section 11."""

_VERSION = re.compile(
    r"\b(?:v|ver|version|versions|release|build|firmware|update|updated to|section|chapter|clause)\.?:?\s{0,3}"
    r"(?:is\s|to\s|no\.?\s)?\Z|[<>~^!]=\s?\Z|[<~^]\s?\Z|==\s?\Z"
)
_NOBODY = ("127.", "0.0.0.0")
"""Every machine calls itself so (RFC 1122, 3.2.1.3)."""


@triggered_by("::", many={"0.0": 2, ":": 6})
def detect(text: str) -> Iterator[Detection]:
    """IPv4 and IPv6 addresses in `text`."""
    if text.count(".") > 2:
        for match in _V4_REST.finditer(text):
            start, end = match.span()
            low = max(0, start - 4)
            while start > low and "0" <= text[start - 1] <= "9":
                start -= 1
            address = start < match.start() and _apart(text, start, end, ".") and _valid(IPv4Address, text[start:end])
            if address and not (_VERSION.search(before(text, start, 24)) or text[start:end].startswith(_NOBODY)):
                yield Detection(start, end, "IP_ADDRESS", 0.95, "four octets (RFC 791)")
    if "::" in text or text.count(":") > 5:  # eight groups, the last two perhaps as IPv4, or a gap
        yield from _v6(text)


def _v6(text: str) -> Iterator[Detection]:
    done = 0
    for core in _V6_CORE.finditer(text):
        if core.start() < done:
            continue
        start, end = core.span()
        while start > done and core.start() - start < 5 and text[start - 1] in _V6_CHARACTERS:
            start -= 1
        while end < len(text) and end - start < 46 and text[end] in _V6_CHARACTERS:
            end += 1
        done = end
        if text[end - 1] == "." or (text[end - 1] == ":" and text[end - 2 : end] != "::"):
            end -= 1
        if end - start > 4 and _valid(IPv6Address, text[start:end]) and _apart(text, start, end, ":"):
            zone = _ZONE.match(text, end)
            yield Detection(start, zone.end() if zone else end, "IP_ADDRESS", 0.95, "IPv6 address (RFC 4291)")


def _apart(text: str, start: int, end: int, mark: str) -> bool:
    """Whether nothing continues the address on either side."""
    previous = text[start - 1] if start else " "
    following = text[end : end + 2]
    return not (previous.isalnum() or previous in "_." + mark) and not (
        following[:1].isalnum() or following[:1] == "_" or (following[:1] == mark and following[1:].isalnum())
    )


def _valid(kind: type[IPv4Address] | type[IPv6Address], written: str) -> bool:
    try:
        kind(written)
    except ValueError:
        return False
    return True

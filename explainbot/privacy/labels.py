"""What the names of fields say: `dateOfBirth`, `date_of_birth` and `DATE_OF_BIRTH` are the words "date of birth".

Programs write names in one word (PEP 8 and the Google style guides name the ways); what stands behind one is told by
the words in it, as in prose. A name with a digit is left: it may be a placeholder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

_NAME = re.compile(r"[A-Za-z_]{2,64}")
_JOINTS = re.compile(r"_|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_REST = re.compile(r"[A-Za-z_]{0,64}+([\"'`]?\]?\s{0,2}(?:\?|:{0,2})=>?|[\"'`]?\]?\s{0,2}[:>]|[\"'],(?= ?[\"']))")
"""The rest of a name, and what gives it its value in settings, code, JSON or XML."""

_BACKWARDS = re.compile(r"[A-Za-z_]{1,64}+(?![\w.@/-])")
"""The beginning of a name, read from its end."""

_CASES = "".join(
    "a" if "a" <= char <= "z" else "A" if "A" <= char <= "Z" else "_" if char == "_" else "0"
    for char in map(chr, range(256))
).encode()
"""What bytes become, so that words that are joined show as `aA` or `_`; `0` stands for all that is in no name."""


def words_of(name: str) -> str:
    """The words of a field's name with blanks between them; what is no such name stays as it is."""
    return _JOINTS.sub(" ", name).strip() or name if _NAME.fullmatch(name) else name


def joints(text: str, telling: AbstractSet[str]) -> tuple[list[tuple[int, int, str]], set[str]]:
    """(start, end, what is read there) of every place within a label of `text`, as in `dateOfBirth := `, where a word
    ends: a blank, and a colon at the end of the label. And which of the `telling` words the labels hold.

    Labels without one of these words, in lower case, are left.
    """
    places: list[tuple[int, int, str]] = []
    told: set[str] = set()
    if not (":" in text or "=" in text or ">" in text or '",' in text or "'," in text):
        return places, told
    cases = text.encode("latin-1", "replace").translate(_CASES)
    if b"_" not in cases and b"aA" not in cases:  # by bytes, since most texts have neither
        return places, told
    for start, end, stop in _labels(text, cases):
        found = telling & set(_JOINTS.sub(" ", text[start:end]).lower().split())
        if found:
            told |= found
            places += [(*joint.span(), " ") for joint in _JOINTS.finditer(text, start, end)]
            if stop - end > 1:
                places.append((end, stop, ">" if text[stop - 1] == ">" and text[stop - 2] != "=" else ":"))
    return places, told


def _labels(text: str, cases: bytes) -> Iterator[tuple[int, int, int]]:
    """(start, end, end with the mark behind it) of every label of several words."""
    for joint in (b"aA", b"_"):
        at = cases.find(joint)
        while at >= 0:
            rest = _REST.match(text, at)
            name = _BACKWARDS.match(text[max(0, at - 64) : at + 1][::-1]) if rest else None
            if rest and name and not (joint == b"_" and b"aA" in cases[at + 1 - name.end() : rest.start(1)]):
                yield at + 1 - name.end(), rest.start(1), rest.end()
            at = cases.find(joint, max(at + 1, rest.start(1)) if rest else at + 1)

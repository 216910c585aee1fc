"""What the names of fields say: `dateOfBirth`, `date_of_birth` and `DATE_OF_BIRTH` are the words "date of birth".

Programs write names in one word (PEP 8 and the Google style guides name the ways); what stands behind one is told by
the words in it, as in prose. A name with a digit is left: it may be a placeholder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NAME = re.compile(r"[A-Za-z_]{2,64}")
_JOINTS = re.compile(r"_|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SIGN = re.compile(r"[:=>]{1,4}|,(?<=[\"'].)(?= ?[\"'])")
"""What gives a name its value in settings, code, JSON or XML."""

_BACKWARDS = re.compile(r"\??\s{0,2}\]?[\"'`]?([A-Za-z_]{3,64}+)(?![\w.@/-])")
"""A name with the quote, bracket and blanks behind it, read from its end."""

_CASES = bytes([97 if 97 <= code <= 122 else 65 if 65 <= code <= 90 else 48 for code in range(256)])


def words_of(name: str) -> str:
    """The words of a field's name with blanks between them; what is no such name stays as it is."""
    return _JOINTS.sub(" ", name).strip() or name if _NAME.fullmatch(name) else name


def may_have_labels(text: str) -> bool:
    """Whether `text` has a mark that follows a label, and an underscore or a capital after a small letter.

    Costs less than looking for labels, which most texts have none of.
    """
    if ":" in text or "=" in text or '",' in text or "'," in text or ">" in text:
        return "_" in text or b"aA" in text.encode("latin-1", "replace").translate(_CASES)
    return False


def joints(text: str, telling: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """(start, end, what is read there) of every place within a label of `text`, as in `dateOfBirth := `, where a word
    ends: a blank, and a colon at the end of the label.

    Labels that hold none of the `telling` words, in lower case, are left.
    """
    for sign in _SIGN.finditer(text):
        at = sign.start()
        name = _BACKWARDS.match(text[max(0, at - 70) : at][::-1])
        if not name:
            continue
        start, end = at - name.end(1), at - name.start(1)
        words = _JOINTS.sub(" ", text[start:end])
        if " " in words and not telling.isdisjoint(words.lower().split()):
            yield from ((*joint.span(), " ") for joint in _JOINTS.finditer(text, start, end))
            yield end, sign.end(), ">" if sign[0] == ">" else ":"

"""Whether a value that was hidden still stands in a text: the last check before bytes leave, and the search for
strays.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import unquote, unquote_plus

from explainbot._json import escape
from explainbot.privacy.detection import Detection
from explainbot.privacy.normalise import fold, folded, normalise
from explainbot.privacy.remembered import fingerprint
from explainbot.privacy.surrogates import grammar
from explainbot.privacy.vault import Vault
from explainbot.privacy.words import FUNCTION_WORDS, unspaced

_ESCAPE_BEFORE = re.compile(r"(?:\\(?:([bfnrt])|u(d[89ab]..)\\{1,4}u(d[c-f]..)|u([0-9a-f]{4}))|%([0-9a-f]{2}))\Z")
_ESCAPE_AFTER = re.compile(r"\\{1,4}(?:u(d[89ab]..)\\{1,4}u(d[c-f]..)|u([0-9a-f]{4}))")


def bounded(plain: str, start: int, end: int) -> bool:
    """Whether a span of a folded text is a whole word (or phrase): no word character continues it on either side.

    An escape next to it (`\\n`, `\\u00e9`, `%20`) counts as the character it stands for. In scripts written without
    spaces (Chinese, Japanese, Thai, ...) every position is a boundary.
    """
    if _word(plain[end - 1]) and _word(_next(plain, end)):
        return False
    return not (_word(plain[start]) and _word(_previous(plain, start)))


def _next(plain: str, end: int) -> str:
    char = plain[end : end + 1]
    escape_after = _ESCAPE_AFTER.match(plain, end) if char == "\\" else None
    return _character(*escape_after.groups()) if escape_after else char


def _previous(plain: str, start: int) -> str:
    char = plain[start - 1] if start else ""
    if not _word(char):
        return char
    escape_before = _ESCAPE_BEFORE.search(plain[max(0, start - 16) : start])
    if not escape_before:
        return char
    control, high, low, single, percent = escape_before.groups()
    return " " if control else _character(high, low, single or percent)


def _character(high: str | None, low: str | None, single: str | None) -> str:
    """The character that one escape, or a surrogate pair of them, stands for."""
    if single is not None:
        return chr(int(single, 16))
    return chr(0x10000 + ((int(high or "0", 16) - 0xD800) << 10) + int(low or "0", 16) - 0xDC00)


def _word(char: str) -> bool:
    if char.isascii():
        return char.isalnum() or char == "_"
    return (char.isalnum() or unicodedata.combining(char) > 0) and not unspaced(char)


def standing(text: str, values: Iterable[tuple[str, str]]) -> Iterator[Detection]:
    """Every place where one of the values (value, entity type) stands as a whole word, in any case.

    JSON escapes, once or twice over, count as the value too. An everyday word that is also a name ("will") counts only
    with a capital or as it was written.
    """
    plain = folded(text)
    for value, entity_type in values:
        for form in _forms(value):
            at = plain.find(form)
            while at >= 0:
                end = at + len(form)
                everyday = form in FUNCTION_WORDS and text[at] == plain[at] and text[at:end] != value
                if not everyday and bounded(plain, at, end):
                    yield Detection(at, end, entity_type, 1.0, "known in this conversation", "vault")
                at = plain.find(form, at + 1)


def _forms(value: str) -> Iterable[str]:
    """The folded spellings of a value that count as the value."""
    if value.isascii() and value.isprintable() and '"' not in value and "\\" not in value:
        return (value.lower(),)
    same = {value, str(normalise(value).text)}
    same |= {case(form) for form in same for case in (str.upper, str.lower, str.title)}
    once = {change(form) for form in same for change in (escape, _ascii_escape)}
    twice = {change(form) for form in once for change in (escape, _ascii_escape)}
    return dict.fromkeys(fold(form) for form in sorted(same | once | twice) if form)


def _ascii_escape(text: str) -> str:
    return json.dumps(text)[1:-1]


def residue(texts: Iterable[str], vault: Vault) -> Mapping[str, int]:
    """`leaks` of several texts. What was clean before is searched for the values that are new since."""
    values = list(vault.values())
    found: Counter[str] = Counter()
    searched: dict[int, list[tuple[bytes, str]]] = {}
    for text in texts:
        key = fingerprint(text)
        searched.setdefault(_searched_for(vault.clean.get(key), values), []).append((key, text))
    for done, members in searched.items():
        if done >= len(values):
            continue
        hits = [
            item.entity_type for item in standing("\n".join([_bare(text, vault) for _, text in members]), values[done:])
        ]
        found.update(hits)
        for key, text in members if not hits else ():
            vault.clean.replace(key, len(text), (len(values), values[-1]))
    return dict(found)


def residue_since(text: str, vault: Vault, done: tuple[int, tuple[str, str]] | None) -> Mapping[str, int]:
    """`leaks` of a text that was searched before, for the values that are new since.

    Args:
        done: `vault.latest` as it was at that time.
    """
    values = list(vault.values())
    return Counter(item.entity_type for item in standing(_bare(text, vault), values[_searched_for(done, values) :]))


def _bare(text: str, vault: Vault) -> str:
    """A text without our surrogates, in which somebody's name may stand as a word, as `Oscar` does in `Alfa Oscar`."""
    if not vault.has_surrogates:
        return text
    pieces: list[str] = []
    at = 0
    for one in grammar().find(text, 0, vault.surrogate):
        pieces += (text[at : one.start], " " * (one.end - one.start))
        at = one.end
    return "".join([*pieces, text[at:]])


def _searched_for(done: tuple[int, tuple[str, str]] | None, values: Sequence[tuple[str, str]]) -> int:
    """How many of the values a text was searched for; none of them when they are not the first ones any more."""
    return done[0] if done and values[done[0] - 1 : done[0]] == [done[1]] else 0


def leaks(haystack: str, vault: Vault, *, url: bool = False) -> Mapping[str, int]:
    """How many places of `haystack` hold a value of the vault in the clear, by entity type; empty means clean.

    Args:
        haystack: text about to leave: a body, a header, a URL.
        vault: whose personal values must not stand in it.
        url: it is a URL or a form body, so percent-encoding counts as the value too.
    """
    values = list(vault.values())
    haystack = _bare(haystack, vault)
    found = Counter(item.entity_type for item in standing(haystack, values))
    if url and ("%" in haystack or "+" in haystack):
        for decoded in {unquote(haystack), unquote_plus(haystack)} - {haystack}:
            found.update(item.entity_type for item in standing(decoded, values))
    return dict(found)

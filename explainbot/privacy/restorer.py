"""Putting the originals back, in a whole text or in a stream.

A stream holds back only a tail that could still become a placeholder, never more than a few dozen characters, so the
customer sees text as soon as it is certain. The result is the same however the text is cut. Only placeholders that the
vault issued are restored; others stay as they are and are counted.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, MutableSequence
from dataclasses import dataclass

from explainbot._json import escape
from explainbot.privacy.bidi import Directions
from explainbot.privacy.jsonplaces import JsonPlaces, Strings
from explainbot.privacy.markup import Places
from explainbot.privacy.placeholders import Spelling, find, merge, unfinished
from explainbot.privacy.surrogates import digits, grammar, key_of, rendered
from explainbot.privacy.vault import Vault


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement; offsets in code points, half-open.

    Attributes:
        start: where the replaced piece begins in the text that was read.
        end: where it ends there.
        out_start: where the replacement begins in the text that was written.
        out_end: where it ends there.
        entity_type: what was hidden or restored.
        placeholder: in canonical form, such as `[EMAIL_1]`; or the surrogate.
    """

    start: int
    end: int
    out_start: int
    out_end: int
    entity_type: str
    placeholder: str


class Restorer:
    """Restores one stream of text.

    Args:
        vault: where the originals are.
        json_string: the text is JSON, or part of it: values are written with the escapes of a JSON string. In another
            text only those are that were taken from a JSON text, in the strings of what has been a JSON object or
            array from its beginning.
        shown: the text is shown to a person, perhaps in a browser: nothing is restored inside a URL, a link or image
            target or an HTML tag, where it would be fetched or run. Of a JSON text that holds for what its strings
            say, and for the whole where it turns out to be none.
        isolate: a person reads the text as it is: a value whose direction differs from that of its sentence is put
            between U+2068 and U+2069, which are not seen; all else is exact.
        surrogates: what reads as a surrogate that was issued is restored, too.
        withholds: tells which placeholders are left as they are, because their values are not for who reads it.
        edits: takes every replacement, from offsets in the stream to offsets in the result. By default they are not
            kept: a stream may hold any number of them.

    Attributes:
        restored: how many placeholders were restored.
        unknown: how many placeholders were met that the vault never issued; they are left as they are.
        withheld: how many were left as they are because of where they stand, or whose they are.
    """

    def __init__(
        self,
        vault: Vault,
        *,
        json_string: bool = False,
        shown: bool = False,
        isolate: bool = False,
        surrogates: bool = True,
        withholds: Callable[[str], bool] | None = None,
        edits: MutableSequence[Edit] | None = None,
    ) -> None:
        self.restored = 0
        self.unknown = 0
        self.withheld = 0
        self._is_json = json_string
        self._begun = json_string
        self._strings = Strings() if json_string else None
        self._places = (JsonPlaces(self._strings) if self._strings else Places()) if shown else None
        self._directions = Directions() if isolate else None
        self._withholds = withholds
        self._vault = vault
        self._edits = edits
        self._grammar = grammar() if surrogates and vault.has_surrogates else None
        self._before = ""
        self._held = ""
        self._read = 0
        self._written = 0

    @property
    def holds(self) -> bool:
        """Whether text is held back."""
        return bool(self._held)

    def feed(self, text: str) -> str:
        """Take the next piece of the stream; gives what is certain by now, possibly nothing."""
        if not text:
            return ""
        buffer = self._before + self._held + text
        start = len(self._before)
        end = unfinished(buffer, start)
        if self._grammar is not None:
            end = min(end, self._grammar.unfinished(buffer, start))
        return self._advance(buffer, start, end)

    def flush(self) -> str:
        """The stream has ended; gives what was held back."""
        buffer = self._before + self._held
        return self._advance(buffer, len(self._before), len(buffer))

    def _advance(self, buffer: str, start: int, end: int) -> str:
        """What `buffer[start:end]` becomes; the rest is held back."""
        pieces: list[str] = []
        at = start
        base = self._read - start
        for spelling in find(buffer, start) if self._grammar is None else spelled(buffer, self._vault, start):
            if spelling.end > end:  # more text may still change it
                end = min(end, spelling.start)
                break
            self._put(pieces, buffer[at : spelling.start])
            at = spelling.start
            value = self._value(spelling, buffer)
            if value is not None:
                begin = self._written
                self._put_value(pieces, value)
                at = spelling.end
                if self._edits is not None:
                    kind = self._vault.entity_type_of(spelling.placeholder) or ""
                    span = (base + spelling.start, base + at, begin, self._written)
                    self._edits.append(Edit(*span, kind, spelling.placeholder))
        self._put(pieces, buffer[at:end])
        self._held = buffer[end:]
        self._before = buffer[max(0, end - LOOK_BACK) : end]
        self._read += end - start
        return "".join(pieces)

    def _put(self, pieces: list[str], text: str) -> None:
        self._write(pieces, text)
        if self._directions is not None:
            self._directions.feed(text)

    def _put_value(self, pieces: list[str], value: str) -> None:
        isolated = self._directions.isolated(value) if self._directions is not None else None
        if isolated is None:
            self._put(pieces, value)
        else:
            self._write(pieces, isolated)

    def _write(self, pieces: list[str], text: str) -> None:
        pieces.append(text)
        self._written += len(text)
        if not self._begun and (begins := text.lstrip(" \t\r\n")[:1]):
            self._begun = True
            self._strings = Strings() if begins in "{[" else None
            if self._strings is not None and self._places is not None:
                self._places = JsonPlaces(self._strings)
        if self._places is not None:
            self._places.feed(text)
        if self._strings is not None:
            self._follow(self._strings, text)

    def _follow(self, strings: Strings, text: str) -> None:
        if not isinstance(self._places, JsonPlaces):  # which feeds them
            deque(strings.feed(text), 0)
        if strings.broken and not self._is_json:
            self._strings = None
            if isinstance(self._places, JsonPlaces):
                self._places = self._places.text

    def _opens_tag(self, placeholder: str) -> bool:
        """Whether the value would itself become a tag, as in `<[PERSON_1]>`; `<jane@example.com>` is a mail link."""
        assert self._places is not None
        return self._places.before == "<" and self._vault.entity_type_of(placeholder) != "EMAIL_ADDRESS"

    def _value(self, spelling: Spelling, buffer: str) -> str | None:
        """What to write for a placeholder; None to leave it as it stands."""
        value = self._vault.original_of(spelling.placeholder)
        if value is None:
            self.unknown += 1
            return None
        if self._places is not None and (self._places.inside or self._opens_tag(spelling.placeholder)):
            self.withheld += 1
            return None
        if self._withholds is not None and self._withholds(spelling.placeholder):
            self.withheld += 1
            return None
        self.restored += 1
        return self._noted(value, spelling, buffer)

    def _noted(self, value: str, spelling: Spelling, buffer: str) -> str:
        """A value as it is written where it stands: in the form of a surrogate, or with escapes."""
        surrogate = not spelling.placeholder.startswith("[")
        if surrogate:
            value = _in_form(value, spelling, buffer)
        strings = self._strings
        if strings is None or not (strings.inside or (self._is_json and not strings.broken)):
            return value  # no part of any JSON
        if surrogate and not strings.inside:
            return _number(value)
        written = self._vault.written_of(spelling.placeholder)
        if written and written.reads_as(value):
            return written.content
        return escape(value) if self._is_json else value


LOOK_BACK = 2
"""Characters ahead of a spelling that say whether it is one: a word, or a JSON escape."""


def spelled(text: str, vault: Vault, start: int = 0) -> list[Spelling]:
    """Every placeholder that a text spells at or after `start`, and every surrogate that the vault issued."""
    if not vault.has_surrogates:
        return find(text, start)
    surrogates = [
        Spelling(one.start, one.end, token, False)
        for one in grammar().find(text, start, vault.surrogate)
        if (token := vault.surrogate(one.key)) is not None
    ]
    return merge(find(text, start), surrogates)


def _in_form(value: str, spelling: Spelling, text: str) -> str:
    """What is put back for a surrogate: the value in the form that the model gave it."""
    kind = (key_of(spelling.placeholder) or "").partition(":")[0]
    return rendered(value, spelling.placeholder, text[spelling.start : spelling.end], kind)


def _number(value: str) -> str:
    """A value where a JSON text has a number; one that is none becomes a string, so that it stays JSON."""
    figures = digits(value)
    return figures if figures and (figures == "0" or figures[0] != "0") else f'"{escape(value)}"'


def restore_all(text: str, vault: Vault, withholds: Callable[[str], bool] | None = None) -> str:
    """A whole text with every placeholder that the vault issued put back, but for those that are withheld."""
    if not spelled(text, vault):
        return text
    restorer = Restorer(vault, withholds=withholds)
    return restorer.feed(text) + restorer.flush()


def restore_json(text: str, vault: Vault) -> str:
    """A whole JSON text with every placeholder put back in the notation it was taken from."""
    pieces: list[str] = []
    at = 0
    for spelling in spelled(text, vault):
        notation = _notation(text, spelling, vault, at)
        if notation is not None:
            start, end, value = notation
            pieces += (text[at:start], value)
            at = end
    pieces.append(text[at:])
    return "".join(pieces)


def _notation(text: str, spelling: Spelling, vault: Vault, at: int) -> tuple[int, int, str] | None:
    value = vault.original_of(spelling.placeholder)
    if value is None:
        return None
    start, end = spelling.start, spelling.end
    written = vault.written_of(spelling.placeholder)
    if not spelling.placeholder.startswith("["):
        exact = written is not None and text[start:end] == spelling.placeholder
        return start, end, written.content if exact and written else escape(_in_form(value, spelling, text))
    if written is None:
        return start, end, escape(value)
    width = len(written.quotes)
    quoted = text[max(at, start - width) : start] == written.quotes == text[end : end + width]
    if quoted:
        return start - width, end + width, written.content
    return start, end, escape(value)


def moved(edits: Iterable[Edit], offset: int) -> int:
    """An offset in the text read, as an offset in the text written; inside a replaced piece, its start."""
    shift = 0
    for edit in edits:
        if offset < edit.start:
            break
        if offset < edit.end:
            return edit.out_start
        shift = edit.out_end - edit.end
    return offset + shift

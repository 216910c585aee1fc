"""The originals behind the placeholders of one conversation.

Placeholders are numbered per label in order of first appearance; the same value always gets the same placeholder, and
values that differ in a single character get different ones, so that restoring is exact. A value that stands in JSON
texts in two notations (`é` and `\\u00e9`, `5` and `"5"`) gets a second placeholder for the second notation:
`written_of` then says, for each placeholder, the one notation to put back.

Nothing here takes a lock. Every step is a single dict or counter operation, which CPython makes atomic; two threads
that meet the same new value at the same moment agree on one placeholder and at worst leave a gap in the numbers.

What a vault learns it also writes down as a list of `Entry`, which only grows: a store keeps that list, and another
process that adopts it knows the same values by the same placeholders.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from types import MappingProxyType
from typing import Any

from explainbot._json import escape
from explainbot.errors import PrivacyError
from explainbot.privacy.detection import LABELS, PLACEHOLDER_LIKE, label_of
from explainbot.privacy.remembered import Remembered

MAX_VALUES = 10_000


@dataclass(frozen=True, slots=True, repr=False)
class Written:
    """How a value stands in a JSON text.

    Attributes:
        content: what the placeholder replaced, as written: string content with its escapes, or a number.
        quotes: what was put on both sides of the placeholder; empty inside a string, `"` for a number.
    """

    content: str
    quotes: str = ""

    def reads_as(self, value: str) -> bool:
        """Whether this is `value` written as plain JSON string content."""
        if self.quotes:
            return False
        try:
            return bool(json.loads(f'"{self.content}"', strict=True) == value)
        except ValueError:
            return False


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One thing that a vault learned.

    Attributes:
        placeholder: in canonical form, such as `[EMAIL_1]`.
        original, entity_type: the value behind it.
        written: how it stands in a JSON text.
        apart: it stands for the value in this notation alone, beside another placeholder for the value.
    """

    placeholder: str
    original: str
    entity_type: str
    written: Written | None = None
    apart: bool = False

    @property
    def key(self) -> tuple[str, Written | None]:
        """What the placeholder is found by."""
        return self.original, self.written if self.apart else None


class Vault:
    """Originals and placeholders of one conversation of one tenant. Its `repr` shows counts only.

    Args:
        tenant: whose conversation it is; a vault is never shared between two.
        conversation: the conversation's id, if there is one.
        max_values: how many values it takes before it refuses more.

    Attributes:
        remembered: texts of the conversation as they were redacted.
        clean: texts that were searched for its values without finding any, and how many there were then, and the last.
        used: when it was last asked for, in seconds of whatever clock its owner goes by.
        name: what a store knows it by, None while no store does.
        stored: how many of its entries that store holds.
        customer: whose values they are, as that store is told.
    """

    def __init__(self, tenant: str = "default", conversation: str | None = None, max_values: int = MAX_VALUES) -> None:
        self.tenant = tenant
        self.conversation = conversation
        self.max_values = max_values
        self._numbers = {label: count(1) for label in set(LABELS.values())}
        self._placeholders: dict[tuple[str, Written | None], str] = {}
        self._originals: dict[str, tuple[str, str]] = {}
        self._written: dict[str, Written] = {}
        self._entries: list[Entry] = []
        self.used = 0.0
        self.name: str | None = None
        self.stored = 0
        self.customer: str | None = None
        self.remembered: Remembered[Any] = Remembered()
        self.clean: Remembered[tuple[int, tuple[str, str]]] = Remembered()

    def placeholder_for(self, original: str, entity_type: str, written: Written | None = None) -> str:
        """The placeholder that stands for `original`, issued now if it is new.

        Args:
            original: the value itself, unescaped.
            entity_type: decides the label when the value is new; a known value keeps its first label.
            written: how it stands in a JSON text, None in any other text.

        Raises:
            PrivacyError: the vault already holds `max_values` values.
        """
        if written is None:
            return self._issue(original, entity_type)
        if written == Written(escape(original)) or written.quotes or written.reads_as(original):
            placeholder = self._issue(original, entity_type)
            if self._notation(placeholder, original, entity_type, written) == written:
                return placeholder
        return self._issue(original, entity_type, written)

    def _issue(self, original: str, entity_type: str, written: Written | None = None) -> str:
        """The placeholder for a value, or, if `written` is given, for the value in this notation alone."""
        known = self._placeholders.get((original, written))
        if known is not None:
            return known
        if len(self._placeholders) >= self.max_values:
            raise PrivacyError(f"the conversation holds more than {self.max_values} different personal values")
        value = (original, entity_type)
        label = label_of(entity_type)
        while True:
            placeholder = f"[{label}_{next(self._numbers[label])}]"
            if self._originals.setdefault(placeholder, value) is value:
                break
        if written is not None:
            self._written[placeholder] = written
        # Written down before anybody can know of it; a thread that comes second leaves an entry that nobody uses.
        self._entries.append(Entry(placeholder, original, entity_type, written, written is not None))
        kept = self._placeholders.setdefault((original, written), placeholder)
        if kept is not placeholder:
            del self._originals[placeholder]
        return kept

    def _notation(self, placeholder: str, original: str, entity_type: str, written: Written) -> Written:
        """The notation that a placeholder stands for, which is `written` from now on if it had none."""
        known = self._written.get(placeholder)
        if known is None:
            known = self._written.setdefault(placeholder, written)
            self._entries.append(Entry(placeholder, original, entity_type, known))
        return known

    @property
    def learned(self) -> int:
        """How many entries there are."""
        return len(self._entries)

    def entries(self, after: int = 0) -> list[Entry]:
        """What it learned, in order, but for the first `after` entries."""
        return self._entries[after:]

    def adopt(self, entries: Sequence[Entry]) -> bool:
        """Learn what a store holds beyond what this vault learned; whether that agrees with what it knows.

        Where it does not, this vault is of no further use for new requests.
        """
        for entry in entries:
            value = (entry.original, entry.entity_type)
            if self._originals.setdefault(entry.placeholder, value) != value:
                return False
            self._placeholders.setdefault(entry.key, entry.placeholder)
            if entry.written is not None:
                self._written.setdefault(entry.placeholder, entry.written)
        self._entries += entries
        return True

    def original_of(self, placeholder: str) -> str | None:
        """The value behind a placeholder in canonical form, such as `[EMAIL_1]`; None if it was never issued here."""
        found = self._originals.get(placeholder)
        return found[0] if found else None

    def entity_type_of(self, placeholder: str) -> str | None:
        """The entity type behind a placeholder; None if it was never issued here."""
        found = self._originals.get(placeholder)
        return found[1] if found else None

    def written_of(self, placeholder: str) -> Written | None:
        """How the value stood in the JSON text it was taken from; None if it came from another text."""
        return self._written.get(placeholder)

    def originals(self) -> Iterator[str]:
        """Every value, in order of first appearance; look-alikes of placeholders included."""
        return iter([original for original, _ in list(self._originals.values())])

    def values(self) -> Iterator[tuple[str, str]]:
        """(value, entity type) of all personal values, in order of first appearance; no look-alikes of placeholders."""
        return iter([value for value in list(self._originals.values()) if value[1] != PLACEHOLDER_LIKE])

    @property
    def latest(self) -> tuple[int, tuple[str, str]] | None:
        """How many personal values it holds, and the last of them; None while there are none."""
        values = list(self.values())
        return (len(values), values[-1]) if values else None

    def counts(self) -> Mapping[str, int]:
        """How many values of each entity type it holds."""
        return MappingProxyType(dict(Counter(kind for _, kind in list(self._originals.values()))))

    def __len__(self) -> int:
        return len(self._originals)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return f"Vault({dict(self.counts())})"

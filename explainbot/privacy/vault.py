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

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from explainbot._json import escape
from explainbot.errors import PrivacyError
from explainbot.privacy.detection import LABELS, NAME_LABELS, PLACEHOLDER_LIKE, label_of
from explainbot.privacy.entries import Entry, Written
from explainbot.privacy.name_parts import name_parts, untitled
from explainbot.privacy.remembered import Remembered
from explainbot.privacy.surrogates import key_of

if TYPE_CHECKING:
    from explainbot.privacy.demands import Demand

_Table = dict[tuple[str, Any], str]

MAX_VALUES = 10_000

WHOLE_NAME = "[PERSON_"
"""How the placeholder of a full name begins; that of a part of one begins otherwise."""

MAX_PARTS = 1_000
"""First names and surnames by which people are known again; a text is searched for each of them."""

SPELLING = 1_000
"""Added to the number of a part of a name for its next spelling: "Raman" is `[SURNAME_1]`, "RAMAN" `[SURNAME_1001]`."""


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
        foreign: placeholders of somebody else's values, which are not shown to the customer.
        judged: placeholders of the values of which it was told whose they are.
        spoken: placeholders that stood in requests which are over, or were made by other processes.
        strays: whether a value was met that nothing but the vault told, as a name without a word that announces it.
    """

    def __init__(self, tenant: str = "default", conversation: str | None = None, max_values: int = MAX_VALUES) -> None:
        self.tenant = tenant
        self.conversation = conversation
        self.max_values = max_values
        self._numbers = {label: count(1) for label in set(LABELS.values())}
        self._placeholders: dict[tuple[str, Written | None], str] = {}
        self._originals: dict[str, tuple[str, str]] = {}
        self._surrogates: dict[tuple[str, Written | None], str] = {}
        self._spelled: dict[str, str] = {}
        self._own: set[str] = set()
        self._written: dict[str, Written] = {}
        self._entries: list[Entry] = []
        self._parts: dict[str, tuple[str, int]] = {}
        self._met: dict[str, int] = {}
        self.used = 0.0
        self.name: str | None = None
        self.stored = 0
        self.customer: str | None = None
        self.foreign: set[str] = set()
        self.judged: set[str] = set()
        self.spoken: set[str] = set()
        self.strays = False
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
        issued = self._token(
            original, entity_type, written, self._placeholders, lambda: self._labelled(original, entity_type)
        )
        assert issued is not None
        if entity_type == "PERSON":
            self._meet(original, issued)
        return issued

    def _meet(self, name: str, placeholder: str) -> None:
        """Keep the parts of a full name, for the placeholders of whoever is called by one of them later."""
        divided = name_parts(name) if placeholder.startswith(WHOLE_NAME) else None
        if divided is None or len(self._parts) > MAX_PARTS:
            return
        number = self._met.setdefault(" ".join(divided), int(placeholder[len(WHOLE_NAME) : -1]))
        for label, part in zip(NAME_LABELS, divided, strict=True):
            if self._parts.setdefault(part, (label, number)) != (label, number):
                self._parts[part] = ("PERSON", 0)

    def short_names(self) -> list[str]:
        """First names and surnames of the people who were named in full, folded."""
        return list(self._parts)

    def surrogate_for(self, demand: Demand, written: Written | None = None) -> str | None:
        """The surrogate that stands for a value, issued now if it is new; None where there is none that is allowed.

        Raises:
            PrivacyError: the vault already holds `max_values` values.
        """
        if not self._spelled:
            self._own = {key for original in self.originals() if (key := key_of(original)) is not None}
        value, kind = demand.value, demand.entity_type
        found = self._token(value, kind, written, self._surrogates, lambda: self._free(demand))
        return found if found is not None and demand.allows(found) else None

    def _labelled(self, original: str, entity_type: str) -> Iterator[str]:
        label, number = self._parts.get(untitled(original), ("", 0)) if entity_type == "PERSON" else ("", 0)
        if number:
            return (f"[{label}_{spelling}]" for spelling in count(number, SPELLING))
        label = label_of(entity_type)
        return (f"[{label}_{number}]" for number in self._numbers[label])

    def _free(self, demand: Demand) -> Iterator[str]:
        """Surrogates that stand for nothing yet, and are nobody's value here."""
        itself = key_of(demand.value)
        for surrogate in demand.offered():
            key = key_of(surrogate)
            if key is None or key == itself or key in self._own:
                continue
            if self._spelled.setdefault(key, surrogate) is surrogate:
                yield surrogate

    def _token(
        self,
        original: str,
        entity_type: str,
        written: Written | None,
        table: _Table,
        fresh: Callable[[], Iterator[str]],
    ) -> str | None:
        if written is None:
            return self._issue(original, entity_type, None, table, fresh)
        if written == Written(escape(original)) or written.quotes or written.reads_as(original):
            token = self._issue(original, entity_type, None, table, fresh)
            if token is None or self._notation(token, original, entity_type, written) == written:
                return token
        return self._issue(original, entity_type, written, table, fresh)

    def _issue(
        self,
        original: str,
        entity_type: str,
        written: Written | None,
        table: _Table,
        fresh: Callable[[], Iterator[str]],
    ) -> str | None:
        """What stands for a value, or, if `written` is given, for the value in this notation alone."""
        known = table.get((original, written))
        if known is not None:
            return known
        if len(table) >= self.max_values:
            raise PrivacyError(f"the conversation holds more than {self.max_values} different personal values")
        value = (original, entity_type)
        token = next((token for token in fresh() if self._originals.setdefault(token, value) is value), None)
        if token is None:
            return None
        if written is not None:
            self._written[token] = written
        if self._spelled and (key := key_of(original)) is not None:
            self._own.add(key)
        # Written down before anybody can know of it; a thread that comes second leaves an entry that nobody uses.
        self._entries.append(Entry(token, original, entity_type, written, written is not None))
        kept = table.setdefault((original, written), token)
        if kept is not token:
            del self._originals[token]
        return kept

    def _notation(self, placeholder: str, original: str, entity_type: str, written: Written) -> Written:
        """The notation that a placeholder stands for, which is `written` from now on if it had none."""
        known = self._written.get(placeholder)
        if known is None:
            known = self._written.setdefault(placeholder, written)
            self._entries.append(Entry(placeholder, original, entity_type, known))
        return known

    @property
    def has_surrogates(self) -> bool:
        """Whether any was issued."""
        return bool(self._surrogates)

    def surrogate(self, key: str) -> str | None:
        """The surrogate with this key (see `surrogates`); None if it was never issued here."""
        token = self._spelled.get(key)
        return token if token in self._originals else None

    @property
    def learned(self) -> int:
        """How many entries there are."""
        return len(self._entries)

    def entries(self, after: int = 0) -> list[Entry]:
        """What it learned, in order, but for the first `after` entries."""
        return self._entries[after:]

    def judge(self, token: str, foreign: bool) -> None:
        """Note whether a value is somebody else's."""
        self.judged.add(token)
        if foreign == (token in self.foreign):
            return
        (self.foreign.add if foreign else self.foreign.discard)(token)
        original, entity_type = self._originals[token]
        self._entries.append(Entry(token, original, entity_type, foreign=foreign))

    def adopt(self, entries: Sequence[Entry]) -> bool:
        """Learn what a store holds beyond what this vault learned; whether that agrees with what it knows.

        Where it does not, this vault is of no further use for new requests.
        """
        known = bool(self._spelled)
        for entry in entries:
            value = (entry.original, entry.entity_type)
            if self._originals.setdefault(entry.placeholder, value) != value:
                return False
            self.spoken.add(entry.placeholder)
            if entry.foreign is not None:
                (self.foreign.add if entry.foreign else self.foreign.discard)(entry.placeholder)
                continue
            surrogate = None if entry.placeholder.startswith("[") else key_of(entry.placeholder)
            (self._placeholders if surrogate is None else self._surrogates).setdefault(entry.key, entry.placeholder)
            if surrogate is not None:
                self._spelled.setdefault(surrogate, entry.placeholder)
            elif entry.entity_type == "PERSON":
                self._meet(entry.original, entry.placeholder)
            if entry.written is not None:
                self._written.setdefault(entry.placeholder, entry.written)
        self._entries += entries
        if self._spelled:
            originals = [entry.original for entry in entries] if known else self.originals()
            self._own |= {key for original in originals if (key := key_of(original)) is not None}
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
        values = [value for value in list(self._originals.values()) if value[1] != PLACEHOLDER_LIKE]
        if self._surrogates:
            # What reads as a surrogate of ours cannot be told from it, also where it is somebody's value.
            values = [value for value in dict.fromkeys(values) if self.surrogate(key_of(value[0]) or "") is None]
        return iter(values)

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

"""Turns traces into rows and back: packed, and encrypted under their subject's key.

Trace -> packed, see `packing` -> AES-256-GCM, bound to its place -> row
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Final

from explainbot import _json
from explainbot.errors import StoreError
from explainbot.stores.encryption import decrypt, encrypt
from explainbot.stores.keys import KeyRing, KeyTable
from explainbot.stores.packing import JSON, PACKED, pack, unpack
from explainbot.stores.paging import EPOCH, position
from explainbot.stores.rows import Row, is_erased
from explainbot.stores.signing import Signer
from explainbot.stores.wrapping import KeyWrapper
from explainbot.trace import Offered, Trace
from explainbot.trace.offered import CONVERSATION, own_terms, traits_of

__all__ = ["Sealer", "Seals"]

CUSTOMER: Final = "customer"
"""The kind of search term that owns a key, where there is one; else the conversation does."""

MAX_TERMS: Final = 24
"""Search terms of one record, at most."""

MAX_SETS: Final = 1_000
"""Sets of traits of which the terms are remembered."""


class Seals:
    """The sealers of all tenants in one store.

    Args:
        table: where their wrapped keys are.
        give: gives the key-encryption key; asked once for each table, when it is first needed.
    """

    def __init__(self, table: KeyTable, give: Callable[[], KeyWrapper]) -> None:
        self._table = table
        self._give = give
        self._wrapper: KeyWrapper | None = None
        self._sealers: dict[str, Sealer] = {}
        self._signer: Signer | None = None
        self._seen: object = None

    def renew_if(self, seen: object) -> None:
        """Forget the keys that are open, unless the key table is still the one that was last `seen`."""
        if seen != self._seen:
            # The key file beside a table that was taken away may be gone as well, so it is looked for again.
            self._sealers, self._signer, self._wrapper, self._seen = {}, None, None, seen

    def wrapper(self) -> KeyWrapper:
        """The key-encryption key."""
        if self._wrapper is None:
            self._wrapper = self._give()
        return self._wrapper

    def of(self, tenant: str) -> Sealer:
        """The sealer of one tenant."""
        if tenant not in self._sealers:
            self._sealers[tenant] = Sealer(KeyRing(self._table, self.wrapper(), tenant))
        return self._sealers[tenant]

    def signer(self) -> Signer:
        """The key that signs the store's checkpoints."""
        if self._signer is None:
            self._signer = KeyRing(self._table, self.wrapper(), "").signer()
        return self._signer


class Sealer:
    """Turns traces into rows and back, with the keys of one tenant.

    Args:
        ring: the tenant's keys.
    """

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring
        self._sets: dict[tuple[tuple[str, str], ...], tuple[bytes, ...]] = {}

    def seal(self, records: Sequence[Offered]) -> list[Row]:
        """The rows of these traces.

        Raises:
            StoreError: content is not redacted, or there is no key.
        """
        owners = [_owner(one) for one in records]
        subjects = {owner: self._ring.term(*owner) for owner in dict.fromkeys(owners)}
        self._ring.prepare(subject.hex() for subject in subjects.values())
        return [self._row(one, owner, subjects[owner]) for one, owner in zip(records, owners, strict=True)]

    def _row(self, offered: Offered, owner: tuple[str, str], subject: bytes) -> Row:
        trace = offered.trace
        model = trace.response_model or trace.request_model
        try:
            text = pack(trace, model)
        except TypeError as error:
            raise StoreError(str(error)) from None
        traits = self._traits(trace)
        found_by = [*offered.found_by, *own_terms(trace)][:MAX_TERMS]
        terms = {subject, *traits[:1], *(self._ring.term(*one) for one in found_by if one != owner)}
        started = position(trace.started)
        place = _place("trace", trace.tenant, offered.lane, offered.number, trace.id, subject, started, model)
        return Row(
            id=trace.id,
            kind="trace",
            tenant=trace.tenant,
            lane=offered.lane,
            number=offered.number,
            started=started,
            status=trace.status,
            model=model,
            grounding=-1 if trace.grounding is None else round(trace.grounding * 1000),
            subject=subject,
            terms=b"".join(sorted(terms)),
            body=PACKED + encrypt(self._ring.for_subject(subject.hex()), text, place),
            traits=traits,
        )

    def _traits(self, trace: Trace) -> tuple[bytes, ...]:
        """One term for all traits of a trace, and the term of each: most traces have one of few sets of traits."""
        traits = tuple(sorted(traits_of(trace)))
        if traits and traits not in self._sets:
            if len(self._sets) >= MAX_SETS:
                self._sets.clear()
            one = self._ring.term("traits", "\n".join(f"{kind} {value}" for kind, value in traits))
            self._sets[traits] = (one, *(self._ring.term(kind, value) for kind, value in traits))
        return self._sets.get(traits, ())

    def open_all(self, rows: Sequence[Row]) -> Iterator[Trace | None]:
        """The trace in each row; None where its key was destroyed or its body erased.

        Raises:
            StoreError: one was changed, or cannot be read.
        """
        keys = self._ring.find_all({row.subject.hex() for row in rows if not is_erased(row.body)})
        return (_opened(row, keys.get(row.subject.hex())) for row in rows)

    def term(self, kind: str, value: str) -> bytes:
        """What stands in the index for this value."""
        return self._ring.term(kind, value)

    def destroy(self, subjects: Sequence[bytes]) -> int:
        """Destroy the keys of subjects, which are named by their terms; how many there were."""
        return self._ring.destroy(*(subject.hex() for subject in subjects))


def _owner(offered: Offered) -> tuple[str, str]:
    """Kind and value of whom a trace is of: the customer, else the conversation, else the day."""
    customer = next((value for kind, value in offered.found_by if kind == CUSTOMER), None)
    if customer is not None:
        return CUSTOMER, customer
    if offered.trace.conversation is not None:
        return CONVERSATION, offered.trace.conversation
    return "day", f"{offered.trace.started:%Y-%m-%d}"


def _opened(row: Row, key: bytes | None) -> Trace | None:
    if is_erased(row.body) or key is None:
        return None
    try:
        form = row.body[:1]
        said = () if form == JSON else (row.started, row.model)
        place = _place(row.kind, row.tenant, row.lane, row.number, row.id, row.subject, *said)
        started = EPOCH + timedelta(microseconds=row.started)
        return unpack(form, decrypt(key, row.body[1:], place), row.id, started, row.model)
    except StoreError as error:
        raise StoreError(f"trace {row.id!r} cannot be read: {error}") from None
    except ValueError:
        reason = "it is damaged, or a newer version wrote it; upgrade explainbot"
        raise StoreError(f"trace {row.id!r} cannot be read: {reason}") from None


def _place(kind: str, tenant: str, lane: str, number: int, id: str, subject: bytes, *said: int | str) -> bytes:
    """What a body is bound to: its record, and what the row says in its stead, so that neither can be exchanged."""
    return _json.dumps([kind, tenant, lane, number, id, subject.hex(), *said])

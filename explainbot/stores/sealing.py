"""Records as they are kept: compressed, encrypted under their subject's key, and bound into the log by their leaf hash.

    Trace -> packed, see `packing` -> AES-256-GCM, bound to its place -> leaf hash -> Merkle tree

A leaf covers everything a record can be found by, and the SHA-256 of its body. When a body is erased that hash stays in
its place, so the tree still verifies, and an erasure record says which bodies went, when and why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from hashlib import sha256
from operator import attrgetter
from typing import Any, Final, Literal

from explainbot import _json
from explainbot.errors import StoreError
from explainbot.stores.keys import TERM_BYTES, KeyRing, KeyTable, KeyWrapper, Signer, decrypt, encrypt
from explainbot.stores.packing import JSON, PACKED, pack, unpack
from explainbot.stores.paging import EPOCH, position
from explainbot.trace import Lost, Offered, Trace
from explainbot.trace.merkle import leaf_hash
from explainbot.trace.offered import CONVERSATION, own_terms, traits_of

__all__ = [
    "Kind",
    "Row",
    "Sealer",
    "Seals",
    "gap_name",
    "gap_row",
    "is_erased",
    "leaf_of",
    "lost_in",
    "note_row",
    "own_terms",
]

Kind = Literal["trace", "gap", "erasure", "access", "hold"]
"""What a record tells: an exchange; traces that were lost; bodies that were erased; that records were read or held."""

PLAIN: Final = b"\x00"
ERASED: Final = b"\x02"
"""First byte of a body: JSON that holds nothing of anybody; the hash of a body that was erased. That of an encrypted
trace says how it was packed."""

CUSTOMER: Final = "customer"
"""The kind of search term that owns a key, where there is one; else the conversation does."""

NO_LEAF: Final = bytes(32)
"""What the first record of a lane names as the one before it."""

MAX_TERMS: Final = 24
"""Search terms of one record, at most."""

MAX_SETS: Final = 1_000
"""Sets of traits of which the terms are remembered."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record as it is kept.

    Attributes:
        id: unique.
        kind: see `Kind`.
        tenant: whose log it is in.
        lane, number: which recorder wrote it, and its place among what that recorder was given, from 0.
        started: microseconds since 1970, UTC.
        status, model: of a trace, else empty.
        grounding: the supported share of the reply in thousandths; -1 where there is none.
        subject: the term of the customer or conversation whose key it is under, 8 bytes; empty for other kinds.
        terms: what it can be found by, 8 bytes each, sorted.
        body: its content; the first byte says in which form.
        traits: where `terms` holds one that stands for several, that one and those several; it is kept once for all
            rows that have it, not in each.
    """

    id: str
    kind: str
    tenant: str
    lane: str
    number: int
    started: int
    status: str = ""
    model: str = ""
    grounding: int = -1
    subject: bytes = b""
    terms: bytes = b""
    body: bytes = PLAIN
    traits: tuple[bytes, ...] = field(default=(), compare=False)

    def fields(self) -> tuple[Any, ...]:
        """The members that are kept in each row, in order."""
        return _FIELDS(self)

    def each_term(self) -> list[bytes]:
        """The search terms, one by one."""
        return [self.terms[at : at + TERM_BYTES] for at in range(0, len(self.terms), TERM_BYTES)]

    def erased(self) -> Row:
        """The same record without its content."""
        return self if is_erased(self.body) else replace(self, body=ERASED + sha256(self.body).digest())


_FIELDS = attrgetter(*(one.name for one in fields(Row) if one.name != "traits"))


def is_erased(body: bytes) -> bool:
    """Whether only the hash of a body is left."""
    return body[:1] == ERASED


def gap_name(lost: Lost) -> str:
    """The id of the record of a gap."""
    return f"gap-{lost.lane}-{lost.number}"


def gap_row(lost: Lost) -> Row:
    """The row that stands for traces that were lost."""
    says = PLAIN + _json.dumps({"count": lost.count, "reason": lost.reason})
    return Row(gap_name(lost), "gap", "", lost.lane, lost.number, position(lost.noticed), body=says)


def lost_in(body: bytes) -> int:
    """How many traces the body of a gap says were lost."""
    return int(_json.loads(body[1:])["count"])


def note_row(id: str, kind: Kind, tenant: str, moment: int, says: Mapping[str, Any]) -> Row:
    """The row that says what was done with the log, such as which records were erased; each is a lane of its own."""
    return Row(id, kind, tenant, id, 0, moment, body=PLAIN + _json.dumps(says))


def leaf_of(row: Row, previous: bytes) -> bytes:
    """The leaf hash of a record: over all it can be found by, the hash of its body, and the lane's leaf before it."""
    header = [
        *(row.id, row.kind, row.tenant, row.lane, row.number, row.started),
        *(row.status, row.model, row.grounding, row.subject.hex(), row.terms.hex(), previous.hex()),
    ]
    body = row.body[1:] if is_erased(row.body) else sha256(row.body).digest()
    return leaf_hash(_json.dumps(header) + body)


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

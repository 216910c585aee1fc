"""Records as they are kept, each bound into the log by its leaf hash.

A leaf covers everything a record can be found by, and the SHA-256 of its body. When a body is erased that hash stays in
its place, so the tree still verifies, and an erasure record says which bodies went, when and why.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from hashlib import sha256
from operator import attrgetter
from typing import Any, Final, Literal

from explainbot import _json
from explainbot.stores.keys import TERM_BYTES
from explainbot.stores.paging import position
from explainbot.trace import Lost
from explainbot.trace.merkle import leaf_hash

__all__ = [
    "ERASED",
    "NO_LEAF",
    "Kind",
    "Row",
    "gap_name",
    "gap_row",
    "is_erased",
    "leaf_of",
    "lost_in",
    "note_row",
]

Kind = Literal["trace", "gap", "erasure", "access", "hold"]
"""What a record tells: an exchange; traces that were lost; bodies that were erased; that records were read or held."""

PLAIN: Final = b"\x00"
ERASED: Final = b"\x02"
"""First byte of a body: JSON that holds nothing of anybody; the hash of a body that was erased. That of an encrypted
trace says how it was packed."""

NO_LEAF: Final = bytes(32)
"""What the first record of a lane names as the one before it."""

BYTES: Final = 3
"""How many members of a row are bytes: the last ones."""


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

    def to_plain(self, leaf: bytes) -> list[Any]:
        """The members as JSON can hold them, bytes in base64, and a leaf hash behind them."""
        plain = self.fields()
        return [*plain[:-BYTES], *(b64encode(part).decode() for part in (*plain[-BYTES:], leaf))]

    @classmethod
    def from_plain(cls, plain: Sequence[Any]) -> tuple[Row, bytes]:
        """The row, and the leaf hash behind it.

        Raises:
            ValueError, TypeError: `to_plain` did not give that.
        """
        *parts, leaf = (b64decode(part, validate=True) for part in plain[-BYTES - 1 :])
        return cls(*plain[: -BYTES - 1], *parts), leaf

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

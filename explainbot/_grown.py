"""A conversation that grows: what was read and replaced before is not read again.

A client sends the whole conversation with every turn: the bytes of the turn before, with new members at the end of one
list. So a turn is remembered by a keyed hash of its bytes (no text of it is kept), together with what was sent for it.
Of a request that begins and ends with the same bytes, only the new members of the list are parsed, searched and
replaced. What became known since is looked for in what was sent before; where it stands there, or where anything else
is different, the request is read from its beginning as if it were the first.

A JSON text with members added to the end of a list is the JSON text it was, with these members (RFC 8259, section 5).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from explainbot import _json
from explainbot._body import Sent
from explainbot._outgoing import Outgoing
from explainbot.privacy import Vault, residue_since
from explainbot.privacy.demands import Demands
from explainbot.privacy.remembered import keyed_hash
from explainbot.protocols.base import WireProtocol

__all__ = ["Grown", "Growth", "begun", "recall", "remember"]

_READER = json.JSONDecoder()

Searched = tuple[int, tuple[str, str]] | None
"""How many values a text was searched for, and the last of them."""

LONGEST = 400_000
"""Bytes of a request that is remembered in this way: some 100,000 tokens."""


@dataclass(frozen=True, slots=True, repr=False)
class Growth:
    """What a request adds to the one before.

    Attributes:
        members: the new members of the list.
        length, digest: of the request's bytes up to the end of the last member.
    """

    members: list[Any]
    length: int
    digest: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Grown:
    """A request that was sent. Its `repr` shows none of it.

    Attributes:
        names: ids at the provider that it goes on from.
        length, digest: of its bytes up to the end of the last member of the list.
        rest, rest_digest: length and digest of the bytes from there on.
        fields: the body as sent.
        before, after: the bytes sent up to the end of the last member, and from there on.
        text: every text as sent.
        hidden, unread, late: as in `Outgoing`.
        searched: how many values `text` was searched for, and the last of them.
        demands: what its schemas demand of values in the reply.
        styled: whether what reads as a surrogate was hidden in it.
    """

    names: tuple[str, ...]
    length: int
    digest: bytes
    rest: int
    rest_digest: bytes
    fields: dict[str, Any]
    before: bytes
    after: bytes
    text: str
    hidden: Mapping[str, str]
    unread: frozenset[str]
    late: Mapping[str, int]
    searched: Searched
    demands: Demands
    styled: bool

    def growth(self, body: bytes) -> Growth | None:
        """What `body` adds to this request; None where it does not go on from it."""
        end = len(body) - self.rest
        if end < self.length or keyed_hash(body[end:]).digest() != self.rest_digest:
            return None
        digest = keyed_hash(body[: self.length])
        if digest.digest() != self.digest:
            return None
        added = body[self.length : end]
        comma, _, more = added.partition(b",")
        if comma.strip():
            return None
        try:
            members = _json.loads(b"[" + more + b"]")
        except ValueError:
            return None
        if added and not members:
            return None
        digest.update(added)
        return Growth(members, end, digest.digest())

    def visit(self, visit: Outgoing) -> None:
        """Let `visit` know what was hidden and left unread in what is sent again."""
        visit.hidden.update(self.hidden)
        visit.unread.update(self.unread)
        visit.late.update(self.late)

    def sent(self, growth: Growth, protocol: WireProtocol, visit: Outgoing) -> Sent:
        """The longer request as it may leave; what is new passes through `visit`."""
        if not growth.members:
            return Sent(self.fields, self.before + self.after)
        name = protocol.grows
        members = protocol.map_request({name: growth.members}, visit)[name]
        fields = {**self.fields, name: [*self.fields[name], *members]}
        return Sent(fields, self.before + b"," + _json.dumps(members)[1:-1] + self.after)

    def longer(self, growth: Growth, sent: Sent, visit: Outgoing, searched: Searched) -> Grown:
        """What is remembered of the longer request."""
        return Grown(
            self.names,
            growth.length,
            growth.digest,
            self.rest,
            self.rest_digest,
            sent.fields,
            sent.raw[: len(sent.raw) - len(self.after)],
            self.after,
            "\n".join([self.text, *visit.sent]),
            dict(visit.hidden),
            frozenset(visit.unread),
            dict(visit.late),
            searched,
            self.demands,
            self.styled,
        )

    def residue(self, vault: Vault) -> Mapping[str, int]:
        """Values that became known since and stand in what was sent before, by entity type."""
        return residue_since(self.text, vault, self.searched)


def begun(
    body: bytes,
    fields: Mapping[str, Any],
    names: Sequence[str],
    sent: Sent,
    protocol: WireProtocol,
    visit: Outgoing,
    demands: Demands,
    searched: Searched,
) -> Grown | None:
    """What is remembered of a request that was read as a whole; None where its list cannot be told from the rest.

    Args:
        searched: `vault.latest` from before the egress check: what another thread adds meanwhile is searched for later.
    """
    name = protocol.grows
    if not name or len(body) > LONGEST or not fields.get(name) or not isinstance(fields[name], list):
        return None
    length, before = _end_of_list(body, name, fields[name]), _end_of_list(sent.raw, name, sent.fields[name])
    if length is None or before is None:
        return None
    return Grown(
        tuple(names),
        length,
        keyed_hash(body[:length]).digest(),
        len(body) - length,
        keyed_hash(body[length:]).digest(),
        sent.fields,
        sent.raw[:before],
        sent.raw[before:],
        "\n".join(visit.sent),
        dict(visit.hidden),
        frozenset(visit.unread),
        dict(visit.late),
        searched,
        demands,
        visit.redactor.demands is not None,
    )


def _end_of_list(body: bytes, name: str, members: list[Any]) -> int | None:
    """Where the last member of the list `name` ends; None unless one list of that name stands in the body."""
    starts = [found.end() for found in re.finditer(rf'"{name}"\s*:\s*(?=\[)'.encode(), body)]
    if len(starts) != 1:
        return None
    _, end = _READER.raw_decode(body.decode("latin-1"), starts[0])  # one character a byte, so that places are the same
    return end - 1 if _json.loads(body[starts[0] : end]) == members else None


def recall(vault: Vault, key: bytes) -> Grown | None:
    """The request sent last in the conversation of `vault`."""
    known: Grown | None = vault.remembered.get(key)
    return known


def remember(vault: Vault, key: bytes, grown: Grown | None) -> None:
    """Keep a request as the last one of its conversation."""
    if grown is not None and grown.length <= LONGEST:
        vault.remembered.replace(key, len(grown.text), grown)

"""The keys that traces are encrypted under: one for each customer, so that erasing the key erases all of theirs.

    key-encryption key  (yours: a file, the environment, or a key service)
      wraps one key for each tenant
        wraps one random key for each subject (a customer, else a conversation, else a day)
          encrypts what was said to and by that subject
        derives the key of the search terms
      wraps the seed of the signing key

Wrapped keys are kept apart from the traces: who has a copy of the traces alone has nothing, and a key that was
destroyed is gone for every copy. Everything is AES-256-GCM (NIST SP 800-38D) with random 96-bit nonces, key derivation
is HKDF with SHA-256 (RFC 5869), signatures are Ed25519 (RFC 8032).
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Protocol

from explainbot.stores.encryption import KEY_BYTES, decrypt, derived, encrypt
from explainbot.stores.signing import Signer
from explainbot.stores.wrapping import KeyWrapper

__all__ = ["COMMON", "TERM_BYTES", "KeyRing", "KeyTable", "rewrap"]

BY_SERVICE = ("tenant", "signing")
"""Kinds of keys that the key-encryption key wraps itself; it wraps the others through these."""

TERM_BYTES = 8
"""Bytes of a search term: 64 bits, so that strangers collide about once in 4 thousand million terms."""

NONE = (b"", b"")
"""Stands for a key that is not open: as it is wrapped, and as it is."""

COMMON = frozenset({"entity", "state"})
"""Kinds of search terms that come again with nearly every record and say nothing of anybody; up to `MAX_COMMON` of them
are remembered."""

MAX_COMMON = 1_000

MAX_OPEN = 10_000
"""Subjects' keys held in memory; the one opened first is let go first."""


class KeyTable(Protocol):
    """Where wrapped keys are kept, by name. Thread-safe, shared by processes. Every method raises `StoreError` only."""

    def get(self, names: Sequence[str], /) -> dict[str, bytes]:
        """The wrapped keys of these names, where there are any."""
        ...

    def add(self, wrapped: Mapping[str, bytes], /) -> dict[str, bytes]:
        """Keep these durably, but where another process was first; what is kept now under their names."""
        ...

    def beginning(self, *starts: str) -> dict[str, bytes]:
        """The wrapped keys whose names begin with one of these."""
        ...

    def replace(self, wrapped: Mapping[str, bytes], /) -> None:
        """Keep these durably in place of what is kept under their names."""
        ...

    def destroy(self, names: Sequence[str], /) -> int:
        """Forget the keys of these names for good; how many there were."""
        ...

    def identity(self) -> object:
        """What stays equal while this is the same table; another one may have come to stand in its place."""
        ...

    def close(self) -> None:
        """Let go of files and connections. The next use opens them again."""
        ...


class KeyRing:
    """The keys of one tenant, opened as they are needed.

    Args:
        table: where wrapped keys are kept.
        wrapper: the key-encryption key.
        tenant: whose keys; every key is bound to it.
    """

    def __init__(self, table: KeyTable, wrapper: KeyWrapper, tenant: str) -> None:
        self._table = table
        self._wrapper = wrapper
        self._tenant = tenant
        self._open: dict[str, tuple[bytes, bytes]] = {}
        self._root: bytes | None = None
        self._index: hmac.HMAC | None = None
        self._common: dict[tuple[str, str], bytes] = {}

    def __repr__(self) -> str:
        return f"<KeyRing: {len(self._open)} keys open>"

    def prepare(self, subjects: Iterable[str]) -> None:
        """Open the keys of several subjects, and make those that are missing, in one go.

        Raises:
            StoreError: the key table cannot be used, or the keys do not open.
        """
        names = {self._name("subject", one): one for one in subjects}
        # Asked for anew each time: another process may have destroyed one, and nothing may be written under it then.
        wrapped = self._table.get([*names])
        under = self._tenant_key() if names else b""
        missing = {name: encrypt(under, os.urandom(KEY_BYTES), name.encode()) for name in names if name not in wrapped}
        if missing:
            wrapped |= self._table.add(missing)
        for name, subject in names.items():
            if self._open.get(subject, NONE)[0] != wrapped[name]:
                self._open[subject] = wrapped[name], decrypt(under, wrapped[name], name.encode())
        for old in [*self._open][: max(0, len(self._open) - MAX_OPEN)]:
            self._open.pop(old, None)

    def for_subject(self, subject: str) -> bytes:
        """The key of a subject, made at its first use.

        Raises:
            StoreError: the key table cannot be used, or the keys do not open.
        """
        while (found := self._open.get(subject)) is None:
            self.prepare([subject])
        return found[1]

    def find(self, subject: str) -> bytes | None:
        """The key of a subject, or None where there is none any more.

        Raises:
            StoreError: the key table cannot be used, or the keys do not open.
        """
        return self.find_all([subject]).get(subject)

    def find_all(self, subjects: Iterable[str]) -> dict[str, bytes]:
        """The keys of those of these subjects that have one, asked for in one go.

        Raises:
            StoreError: the key table cannot be used, or the keys do not open.
        """
        names = {self._name("subject", one): one for one in subjects}
        wrapped = self._table.get([*names])
        under = self._tenant_key() if wrapped else b""
        found: dict[str, bytes] = {}
        for name, key in wrapped.items():
            kept, known = self._open.get(names[name], NONE)
            found[names[name]] = known if kept == key else decrypt(under, key, name.encode())
        return found

    def destroy(self, *subjects: str) -> int:
        """Destroy subjects' keys: nothing encrypted under them can ever be read again; how many there were."""
        for subject in subjects:
            self._open.pop(subject, None)
        return self._table.destroy([self._name("subject", subject) for subject in subjects])

    def term(self, kind: str, value: str) -> bytes:
        """A search term: what stands in the index instead of `value`, 8 bytes."""
        if (known := self._common.get((kind, value))) is not None:
            return known
        if self._index is None:
            # Its key is hashed once for all terms, which a copy then goes on from: half the time of a new one.
            self._index = hmac.new(derived(self._tenant_key(), b"explainbot search terms"), digestmod=sha256)
        text = f"{kind}\0{value}".encode("utf-8", "surrogatepass")
        keyed = self._index.copy()
        keyed.update(text)
        term = keyed.digest()[:TERM_BYTES]
        if kind in COMMON and len(self._common) < MAX_COMMON:
            self._common[kind, value] = term
        return term

    def signer(self) -> Signer:
        """The key that signs this tenant's checkpoints."""
        name = self._name("signing", "")
        return Signer(self._wrapped_by_service(name))

    def _tenant_key(self) -> bytes:
        if self._root is None:
            self._root = self._wrapped_by_service(self._name("tenant", ""))
        return self._root

    def _wrapped_by_service(self, name: str) -> bytes:
        kept = self._table.get([name]) or self._table.add(
            {name: self._wrapper.wrap(os.urandom(KEY_BYTES), name.encode())}
        )
        return self._wrapper.unwrap(kept[name], name.encode())

    def _name(self, kind: str, subject: str) -> str:
        return f"{kind}/{self._tenant}/{subject}"


def rewrap(table: KeyTable, wrapper: KeyWrapper) -> int:
    """Have the newest key-encryption key wrap all that one of its kind wraps; how many keys that is.

    Raises:
        StoreError: the table cannot be used, or no key that is known opens one of them; then none is wrapped anew.
    """
    wrapped = table.beginning(*(f"{kind}/" for kind in BY_SERVICE))
    anew = {name: wrapper.wrap(wrapper.unwrap(key, name.encode()), name.encode()) for name, key in wrapped.items()}
    table.replace(anew)
    return len(anew)

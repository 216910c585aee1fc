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
import threading
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from explainbot.errors import ConfigError, StoreError

__all__ = [
    "KEY_VARIABLE",
    "KeyRing",
    "KeyTable",
    "KeyWrapper",
    "LocalKey",
    "Signer",
    "decrypt",
    "encrypt",
    "rewrap",
    "verify",
]

KEY_VARIABLE = "EXPLAINBOT_KEY"
"""The environment variable that may hold the key-encryption key: 32 bytes in base64."""

KEY_BYTES = 32
NONCE_BYTES = 12
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


def encrypt(key: bytes, data: bytes, bound: bytes) -> bytes:
    """`data` under `key`, with its nonce ahead; `bound` must be given again to decrypt it."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, data, bound)


def decrypt(key: bytes, data: bytes, bound: bytes) -> bytes:
    """What `encrypt` was given.

    Raises:
        StoreError: another key, another binding, or a changed byte.
    """
    try:
        return AESGCM(key).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], bound)
    except (InvalidTag, ValueError):
        raise StoreError(
            "it does not open with this key: it was changed, moved, or written under another key"
        ) from None


class KeyWrapper(Protocol):
    """Wraps keys under the key-encryption key: a `LocalKey`, or a key service that never gives its key away."""

    def wrap(self, key: bytes, bound: bytes) -> bytes:
        """`key` encrypted, bound to `bound`."""
        ...

    def unwrap(self, wrapped: bytes, bound: bytes) -> bytes:
        """The key that was wrapped.

        Raises:
            StoreError: it does not open.
        """
        ...


class LocalKey:
    """A key-encryption key in this process's memory.

    Args:
        key: 32 bytes.
        older: keys used before, newest first: what they wrapped is still opened.
    """

    def __init__(self, key: bytes, *older: bytes) -> None:
        if any(len(one) != KEY_BYTES for one in (key, *older)):
            raise ConfigError(f"a key-encryption key has {KEY_BYTES} bytes")
        self._keys = (key, *older)

    def __repr__(self) -> str:
        return f"<LocalKey: {len(self._keys)} keys>"

    @classmethod
    def from_text(cls, text: str) -> LocalKey:
        """Keys in base64, one a line, the newest first.

        Raises:
            ConfigError: it is something else. The message does not show it.
        """
        try:
            keys = [b64decode(line, validate=True) for line in text.split()]
        except Base64Error:
            keys = []
        if not keys:
            raise ConfigError(f"the key must be {KEY_BYTES} bytes in base64, one key a line")
        return cls(*keys)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> LocalKey | None:
        """The key in `EXPLAINBOT_KEY`, or None where it is not set."""
        text = (os.environ if environment is None else environment).get(KEY_VARIABLE)
        return cls.from_text(text) if text else None

    @classmethod
    def from_file(cls, path: Path) -> tuple[LocalKey, bool]:
        """The key in the file at `path`, which is made, for its owner only, where there is none.

        Returns:
            The key, and whether it was made now.

        Raises:
            ConfigError: the file holds no key.
            StoreError: it cannot be read or made, or others may read it.
        """
        try:
            if path.exists():
                return cls._read(path), False
            return cls._made(path), True
        except FileExistsError:  # another process was first
            return cls._read(path), False
        except OSError as error:
            raise StoreError(
                f"the key file {path} cannot be made: {error.strerror}; give this user write access there, "
                f"or set {KEY_VARIABLE}"
            ) from None

    @classmethod
    def _made(cls, path: Path) -> LocalKey:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = os.urandom(KEY_BYTES)
        # Written under another name first: whoever finds the file finds a whole key in it.
        draft = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with open(handle, "wb") as file:
                file.write(b64encode(key) + b"\n")
                file.flush()
                os.fsync(file.fileno())
            os.link(draft, path)
        finally:
            draft.unlink()
        return cls(key)

    @classmethod
    def _read(cls, path: Path) -> LocalKey:
        try:
            if path.stat().st_mode & 0o077:
                raise StoreError(f"others can read the key file {path}; run: chmod 600 {path}")
            return cls.from_text(path.read_text())
        except OSError as error:
            raise StoreError(
                f"the key file {path} cannot be read: {error.strerror}; give this user write access there, "
                f"or set {KEY_VARIABLE}"
            ) from None

    def wrap(self, key: bytes, bound: bytes) -> bytes:
        """`key` encrypted under the newest key."""
        return encrypt(self._keys[0], key, bound)

    def unwrap(self, wrapped: bytes, bound: bytes) -> bytes:
        """The key that was wrapped, under any of the keys.

        Raises:
            StoreError: none opens it.
        """
        for key in self._keys:
            try:
                return decrypt(key, wrapped, bound)
            except StoreError:
                continue
        raise StoreError(
            f"the keys of the traces do not open: give the key they were written under ({KEY_VARIABLE} or the key file)"
        )


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


class Signer:
    """Signs checkpoints.

    Args:
        seed: 32 random bytes, kept secret.
    """

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public_key = self._key.public_key().public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw
        )

    def sign(self, message: bytes) -> bytes:
        """The signature of `message`, 64 bytes."""
        return self._key.sign(message)


def verify(public_key: bytes) -> Callable[[bytes, bytes], bool]:
    """A check for signatures by this key: takes the signature and the message."""
    try:
        key = Ed25519PublicKey.from_public_bytes(public_key)
    except ValueError:
        raise ConfigError("an Ed25519 public key has 32 bytes") from None

    def check(signature: bytes, message: bytes) -> bool:
        try:
            key.verify(signature, message)
        except InvalidSignature:
            return False
        return True

    return check


def rewrap(table: KeyTable, wrapper: KeyWrapper) -> int:
    """Have the newest key-encryption key wrap all that one of its kind wraps; how many keys that is.

    Raises:
        StoreError: the table cannot be used, or no key that is known opens one of them; then none is wrapped anew.
    """
    wrapped = table.beginning(*(f"{kind}/" for kind in BY_SERVICE))
    anew = {name: wrapper.wrap(wrapper.unwrap(key, name.encode()), name.encode()) for name, key in wrapped.items()}
    table.replace(anew)
    return len(anew)


BY_SERVICE = ("tenant", "signing")
"""Kinds of keys that the key-encryption key wraps itself; it wraps the others through these."""


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
            self._index = hmac.new(_derived(self._tenant_key(), b"explainbot search terms"), digestmod=sha256)
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


def _derived(key: bytes, purpose: bytes) -> bytes:
    """HKDF with SHA-256 and no salt, one block (RFC 5869)."""
    extracted = hmac.digest(b"\x00" * sha256().digest_size, key, sha256)
    return hmac.digest(extracted, purpose + b"\x01", sha256)

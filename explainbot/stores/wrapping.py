"""The key-encryption key, which wraps all others: given, in the environment, in a file, or in a key service."""

from __future__ import annotations

import logging
import os
import threading
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from pathlib import Path
from typing import Protocol

from explainbot.errors import ConfigError, StoreError
from explainbot.stores.encryption import KEY_BYTES, decrypt, encrypt

__all__ = ["KEY_VARIABLE", "KeyWrapper", "LocalKey", "local_key"]

KEY_VARIABLE = "EXPLAINBOT_KEY"
"""The environment variable that may hold the key-encryption key: 32 bytes in base64."""


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
            raise ConfigError(f"a key-encryption key, as in {KEY_VARIABLE}, has {KEY_BYTES} bytes")
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
            raise ConfigError(
                f"the key in {KEY_VARIABLE} or in the key file must be {KEY_BYTES} bytes in base64, one key a line"
            )
        return cls(*keys)

    @classmethod
    def from_environment(cls) -> LocalKey | None:
        """The key in `EXPLAINBOT_KEY`, or None where it is not set."""
        text = os.environ.get(KEY_VARIABLE)
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


def local_key(path: Path, what: str, *, read_only: bool = False) -> LocalKey:
    """The key in `EXPLAINBOT_KEY`, else in the file at `path`; where there is none, one is made and the user is told.

    Args:
        what: is encrypted with it, such as "traces".
        read_only: make none.

    Raises:
        ConfigError: there is something else in its place.
        StoreError: there is none, it cannot be read or made, or others may read it.
    """
    if (key := LocalKey.from_environment()) is not None:
        return key
    if read_only and not path.exists():
        raise StoreError(f"the {what} are encrypted; give the key in {KEY_VARIABLE}, or bring {path} back")
    key, made = LocalKey.from_file(path)
    if made:
        logging.getLogger("explainbot").warning(
            "%s are encrypted with the key in %s; keep a copy of it, and better move it into %s",
            what,
            path,
            KEY_VARIABLE,
        )
    return key

"""Signing checkpoints and checking their signatures: Ed25519 (RFC 8032)."""

from __future__ import annotations

from collections.abc import Callable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from explainbot.errors import ConfigError

__all__ = ["Signer", "verify"]


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

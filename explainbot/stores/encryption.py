"""How what is kept is encrypted: AES-256-GCM (NIST SP 800-38D), with random 96-bit nonces."""

from __future__ import annotations

import hmac
import os
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from explainbot.errors import StoreError

__all__ = ["KEY_BYTES", "decrypt", "derived", "encrypt"]

KEY_BYTES = 32
NONCE_BYTES = 12


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


def derived(key: bytes, purpose: bytes) -> bytes:
    """A key for another purpose: HKDF with SHA-256 and no salt, one block (RFC 5869)."""
    extracted = hmac.digest(b"\x00" * sha256().digest_size, key, sha256)
    return hmac.digest(extracted, purpose + b"\x01", sha256)

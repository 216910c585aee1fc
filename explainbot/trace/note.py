"""Signed checkpoints of a log: how many records it has and their root, in a text that anybody can check.

A checkpoint is a C2SP tlog-checkpoint (https://c2sp.org/tlog-checkpoint) inside a C2SP signed note
(https://c2sp.org/signed-note): a few lines of text, an empty line, and a line for each signature. The signature itself
is made and checked by functions that the caller gives, so this module needs no cryptography of its own.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

__all__ = ["Checkpoint", "key_id", "open_note", "sign_note"]

ED25519 = b"\x01"
"""The signature type of Ed25519 (https://c2sp.org/signed-note, "Signature types")."""

DASH = "\u2014"
SHORTEST = 3
"""Lines of a checkpoint: origin, size, root."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a log at one moment.

    Attributes:
        origin: the name of the log; no newline in it.
        size: how many records it has.
        root: the root of the Merkle tree over them, 32 bytes.
        extensions: further lines, such as the time; none is empty.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """The text that is signed, ending with a newline."""
        lines = (self.origin, str(self.size), b64encode(self.root).decode(), *self.extensions)
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """The checkpoint that `text` says.

        Raises:
            ValueError: it says none.
        """
        lines = text.split("\n")
        if len(lines) <= SHORTEST or lines.pop() or not all(lines) or not _is_number(lines[1]):
            raise ValueError("not a checkpoint")
        return cls(lines[0], int(lines[1]), _bytes(lines[2]), tuple(lines[SHORTEST:]))


def key_id(name: str, public_key: bytes) -> bytes:
    """The four bytes that tell a verifier which key a signature is of."""
    return sha256(name.encode() + b"\n" + ED25519 + public_key).digest()[:4]


def sign_note(text: str, name: str, public_key: bytes, sign: Callable[[bytes], bytes]) -> str:
    """The note that holds `text` with the signature of the key called `name`.

    Raises:
        ValueError: the text does not end with a newline, or the name holds a space or a plus sign.
    """
    if not text.endswith("\n"):
        raise ValueError("the text of a note ends with a newline")
    if not name or any(char.isspace() or char == "+" for char in name):
        raise ValueError("the name of a key holds neither spaces nor plus signs")
    signature = b64encode(key_id(name, public_key) + sign(text.encode())).decode()
    return f"{text}\n{DASH} {name} {signature}\n"


def open_note(note: str, name: str, public_key: bytes, verify: Callable[[bytes, bytes], bool]) -> str:
    """The text of a note, once the signature of the key called `name` was found good.

    Args:
        verify: whether the first argument, a signature, is one of the second, a message.

    Raises:
        ValueError: it is no note, or carries no good signature of this key.
    """
    body, parted, signatures = note.rpartition("\n\n")
    if not parted:
        raise ValueError("not a signed note")
    text = f"{body}\n"
    head = key_id(name, public_key)
    for line in signatures.splitlines():
        mark, _, rest = line.partition(" ")
        signer, _, encoded = rest.partition(" ")
        if mark != DASH or signer != name:
            continue
        signature = _bytes(encoded)
        if signature[:4] == head and verify(signature[4:], text.encode()):
            return text
    raise ValueError("the note carries no good signature of this key")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and (text == "0" or not text.startswith("0"))


def _bytes(encoded: str) -> bytes:
    try:
        return b64decode(encoded, validate=True)
    except Base64Error:
        raise ValueError("not base64") from None

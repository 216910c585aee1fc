"""Addresses of crypto wallets.

Bitcoin: Base58Check (Bitcoin developer reference, "Address Conversion"), Bech32 and Bech32m (BIP 173, BIP 350),
checksums verified. Ethereum and its kin: EIP-55, `0x` and 40 hexadecimal digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256

from explainbot.privacy.detection import Detection
from explainbot.privacy.normalise import seen
from explainbot.privacy.triggers import triggered_by

_BASE58 = re.compile(r"[13mn2LMDXT][1-9A-HJ-NP-Za-km-z]{25,34}")
_BECH32 = re.compile(r"(?:bc|tb|ltc)1[02-9ac-hj-np-z]{38,62}", re.IGNORECASE)
_ETHEREUM = re.compile(r"0x[0-9A-Fa-f]{40}")
_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


@triggered_by(long=26)
def detect(text: str) -> Iterator[Detection]:
    """Wallet addresses in `text`."""
    text = seen(text)
    for start, end in text.rows(26):
        address = text[start:end]
        why = "" if text[start - 1 : start] == "_" or text[end : end + 1] == "_" else _reason(address)
        if why:
            yield Detection(start, end, "CRYPTO", 0.9 if address.startswith("0x") else 0.99, why)


def _reason(address: str) -> str:
    """What makes letters and digits a wallet address; empty when nothing does."""
    if _ETHEREUM.fullmatch(address):
        return "0x and 40 hexadecimal digits (EIP-55)"
    if _BECH32.fullmatch(address) and bech32(address.lower()):
        return "Bech32 checksum (BIP 173)"
    return "Base58Check checksum" if _BASE58.fullmatch(address) and base58check(address) else ""


def base58check(address: str) -> bool:
    """Whether the last four of 25 bytes are the double SHA-256 of the others."""
    number = 0
    for char in address:
        number = number * 58 + _ALPHABET.index(char)
    if number >= 1 << 200:
        return False
    raw = number.to_bytes(25, "big")
    return sha256(sha256(raw[:-4]).digest()).digest()[:4] == raw[-4:]


def bech32(address: str) -> bool:
    """Whether the polynomial of BIP 173 gives 1 (Bech32) or 0x2bc830a3 (Bech32m)."""
    prefix, _, data = address.rpartition("1")
    values = [ord(char) >> 5 for char in prefix] + [0] + [ord(char) & 31 for char in prefix]
    check = 1
    for value in values + [_BECH32_ALPHABET.index(char) for char in data]:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for index, generator in enumerate(_GENERATORS):
            check ^= generator if top >> index & 1 else 0
    return check in (1, 0x2BC830A3)

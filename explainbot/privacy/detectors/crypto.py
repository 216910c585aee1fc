"""Addresses of crypto wallets.

Bitcoin: Base58Check (Bitcoin developer reference, "Address Conversion"), Bech32 and Bech32m (BIP 173, BIP 350),
checksums verified; so are those of the coins that took these over (Litecoin, Dogecoin, Dash, TRON, Cosmos, Cardano,
CIP 19) and of the XRP Ledger, which has an alphabet of its own ("Base58 encodings"). Ethereum and its kin: EIP-55, `0x`
and 40 hexadecimal digits. By form: Monero (95 or 106 characters, "Standard address"), Stellar (SEP 23), Bitcoin Cash
("cashaddr"). Solana and Polkadot (base 58, no checksum, or one of BLAKE2) take a word before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256

from explainbot.privacy.context import before
from explainbot.privacy.detection import Detection
from explainbot.privacy.normalise import seen
from explainbot.privacy.triggers import triggered_by

_BASE58 = re.compile(r"[13mn2LMDXT][1-9A-HJ-NP-Za-km-z]{25,34}")
_BECH32 = re.compile(
    r"(?:bc|tb|ltc|cosmos|osmo|addr|stake|terra|inj|juno|celestia|erd)1[02-9ac-hj-np-z]{38,110}", re.IGNORECASE
)
_RIPPLE = re.compile(r"r[1-9A-HJ-NP-Za-km-z]{24,34}")
_FORMS = (
    (re.compile(r"[48][0-9AB][1-9A-HJ-NP-Za-km-z]{93}(?:[1-9A-HJ-NP-Za-km-z]{11})?"), "form of a Monero address"),
    (re.compile(r"[GS][A-D][A-Z2-7]{54}"), "form of a Stellar key (SEP 23)"),
)
_PLAIN = re.compile(r"(?=\w{0,40}[0-9])(?=\w{0,40}[A-Z])(?=\w{0,40}[a-z])[1-9A-HJ-NP-Za-km-z]{32,48}")
_WORDS = re.compile(r"\b(?:sol|solana|phantom|dot|polkadot|kusama|wallet|crypto)\b")
_ETHEREUM = re.compile(r"0x[0-9A-Fa-f]{40}")
_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_FROM_RIPPLE = str.maketrans("rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz", _ALPHABET)
CASH = 42
"""Characters of a Bitcoin Cash address."""

_BECH32_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


@triggered_by(long=26)
def detect(text: str) -> Iterator[Detection]:
    """Wallet addresses in `text`."""
    text = seen(text)
    for start, end in text.rows(26):
        address = text[start:end]
        why = "" if text[start - 1 : start] == "_" or text[end : end + 1] == "_" else _reason(address)
        why = why or _said(text, start, address)
        if why:
            yield Detection(start, end, "CRYPTO", 0.9 if address.startswith("0x") else 0.99, why)


def _reason(address: str) -> str:
    """What makes letters and digits a wallet address; empty when nothing does."""
    if _ETHEREUM.fullmatch(address):
        return "0x and 40 hexadecimal digits (EIP-55)"
    if _BECH32.fullmatch(address) and bech32(address.lower()):
        return "Bech32 checksum (BIP 173)"
    if _BASE58.fullmatch(address) and base58check(address):
        return "Base58Check checksum"
    if _RIPPLE.fullmatch(address) and base58check(address.translate(_FROM_RIPPLE)):
        return "Base58Check checksum of the XRP Ledger"
    return next((why for form, why in _FORMS if form.fullmatch(address)), "")


def _said(text: str, start: int, address: str) -> str:
    """What makes it one by what stands before it."""
    ahead = before(text, start, 24)
    if ahead.endswith("bitcoincash:") and address[0] in "qp" and len(address) == CASH:
        return "form of a Bitcoin Cash address"
    return "letters and digits after a word for a wallet" if _PLAIN.fullmatch(address) and _WORDS.search(ahead) else ""


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

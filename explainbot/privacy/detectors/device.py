"""Numbers of devices: MAC addresses, IMEIs, and the ids that programs know them by.

MAC: IEEE 802-2014, section 8 (six octets, with hyphens or colons; three groups with dots as Cisco writes them). IMEI:
3GPP TS 23.003, section 6.2 (15 digits, Luhn); IMSI: section 2.2; MEID: 3GPP2 S.R0048 (14 hexadecimal digits); ICCID:
ITU-T E.118 (19 or 20 digits, of which the first are 89); ids of devices and for advertising: UUIDs (RFC 9562); all but
MAC addresses by the word before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.privacy.context import cues, linked, listed
from explainbot.privacy.detection import Detection
from explainbot.privacy.detectors.credit_card import luhn
from explainbot.privacy.triggers import triggered_by

_MAC = re.compile(
    r"[:-](?<=[0-9A-Fa-f]{2}.)[0-9A-Fa-f]{2}[:-][0-9A-Fa-f]{2}[:-][0-9A-Fa-f]{2}[:-][0-9A-Fa-f]{2}[:-][0-9A-Fa-f]{2}(?![\w:-])"
)
_BROADCAST = frozenset(["FF:FF:FF:FF:FF:FF", "FF-FF-FF-FF-FF-FF"])
"""The address of every device, as six zeros are that of none (IEEE 802-2014, 8.2)."""

_CISCO = re.compile(r"[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}(?![\w.])")
_IMEI = re.compile(r"[0-9]{2}[ -]?[0-9]{6}[ -]?[0-9]{6}[ -]?[0-9](?!\w)")
_IMSI = re.compile(r"[0-9]{14,15}(?!\w)")
_ICCID = re.compile(r"[0-9]{2}(?:[ -]?[0-9]){16,18}[0-9A-F]?(?!\w)")
_SIM = re.compile(r"89(?:[ -]?[0-9]){17,18}(?!\w)")
_MEID = re.compile(r"[0-9A-Fa-f]{2}[ -]?[0-9A-Fa-f]{6}[ -]?[0-9A-Fa-f]{6}(?:[ -]?[0-9A-Fa-f])?(?!\w)")
_UUID = re.compile(
    r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}(?![\w-])"
    r"|[0-9A-Fa-f]{8}-[0-9A-Fa-f]{16}(?![\w-])|(?=[a-f]{0,12}[0-9])[0-9a-f]{16}(?:[0-9a-f]{24})?(?!\w)"
)
_CODE = re.compile(r"(?=(?:[A-Za-z-]{0,6}[0-9]){4})[A-Z0-9][A-Z0-9-]{7,31}(?![\w-])")
_HEX = re.compile(r"[0-9A-Fa-f]{12}(?!\w)")
_FORMS = {
    "imei2": _IMEI,
    "meid": _MEID,
    "imei": _IMEI,
    "imeis": _IMEI,
    "imsi": _IMSI,
    "iccid": _ICCID,
    "sim": _SIM,
    "esim": _SIM,
} | dict.fromkeys(("udid", "idfa", "idfv", "gaid", "aaid"), _UUID)
_ADDRESS = re.compile(r"[ _-]addr(?:ess)?\b", re.IGNORECASE)
_CARD = re.compile(r"[ -]cards?\b", re.IGNORECASE)
_VAGUE = dict.fromkeys(
    ("device", "android", "advertising", "installation"), re.compile(r"[ _-]?id(?:entifier)?\b", re.IGNORECASE)
)
"""Online identifiers of devices (GDPR, recital 30), which need "ID" beside them."""

_CUES = frozenset([*_FORMS, *_VAGUE, "mac"])


@triggered_by(words=_CUES, many={":": 5, "-": 5})
def detect(text: str) -> Iterator[Detection]:
    """MAC addresses, and numbers of devices and SIM cards that a word names, in `text`."""
    if text.count(":") > 4 or text.count("-") > 4:
        for match in _MAC.finditer(text):
            start = match.start() - 2
            nobody = (
                set(text[start : match.end()]) <= {"0", ":", "-"} or text[start : match.end()].upper() in _BROADCAST
            )
            if not (nobody or (start and (text[start - 1].isalnum() or text[start - 1] in ":-_"))):
                yield Detection(start, match.end(), "MAC_ADDRESS", 0.95, "six octets (IEEE 802)")
    for _, end, word in cues(text, _CUES):
        if word == "mac":
            more = _ADDRESS.match(text, end)
            at = linked(text, more.end() if more else end)
            groups = _CISCO.match(text, at) or _HEX.match(text, at)
            if groups:
                yield Detection(*groups.span(), "MAC_ADDRESS", 0.9, "twelve hexadecimal digits after the word MAC")
            continue
        if word in _VAGUE:
            named = _VAGUE[word].match(text, end)
            at = linked(text, named.end()) if named else 0
            found = (_UUID.match(text, at) or _CODE.match(text, at)) if named else None
            if found:
                yield Detection(*found.span(), "IMEI", 0.85, "an identifier after words for a device's")
            continue
        card = _CARD.match(text, end)
        for match in listed(text, linked(text, card.end() if card else end), _FORMS[word]):
            digits = re.sub("[ -]", "", match[0])
            why = f"{len(digits)} characters after the word {word.upper()}" + (
                ", Luhn checksum" if digits.isdigit() and luhn(digits) else ""
            )
            yield Detection(match.start(), match.end(), "IMEI", 0.96, why)

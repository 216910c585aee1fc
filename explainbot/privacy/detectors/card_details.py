"""What people say of a payment card instead of its number: the last four digits, and when it expires.

Truncated numbers and expiry dates are cardholder data beside a name (PCI DSS 4.0, table 2 and requirement 3.4.1). Last
digits take a word such as "ending" or "last four"; an expiry date (ISO/IEC 7813: month and year) takes a word such as
"exp" and a word for card, or a row of digits as long as a card's, in the same text.
"""

from __future__ import annotations

import re

from explainbot.privacy.context import after, before, cues, glued
from explainbot.privacy.detection import Detection
from explainbot.privacy.normalise import Seen, seen
from explainbot.privacy.triggers import triggered_by

_LAST = frozenset(
    """
    ending ends last letzten letzte endet endend endziffern derniers terminant termine finissant últimos ultimos
    termina terminada acaba ultime finisce laatste eindigt eindigend ostatnie kończąca kończy
    """.split()
)
_EXPIRY = frozenset(
    """
    exp expiry expires expiration expire expiring valid gültig läuft caduca ablaufdatum vence caducidad vencimiento
    scadenza scade validade vervaldatum geldig ważna ważności
    """.split()
)
_CARDS = frozenset(
    """
    card cards visa mastercard amex maestro credit debit cvv cvc security karte kreditkarte kartennummer carte
    bancaire tarjeta carta cartão kaart creditcard karta karty
    """.split()
)
_NUMBERS = frozenset(["digits", "four", "4", "ssn", "social", "account", "ziffern", "chiffres", "dígitos", "cifre"])
_LINK = re.compile(
    r"(?:[\s:=#*.x•-]{1,12}+|\b(?:with|in|on|of|my|the|is|are|was|four|4|digits?|numbers?|card|account|ssn|social|security"
    r"|number|auf|vier|ziffern|meiner|der|karte|sind|par|quatre|chiffres|de|ma|la|sont|en|por|con|cuatro|dígitos|mi|tarjeta"
    r"|son|quattro|cifre|della|mia|carta|sono|op|vier|cijfers|van|mijn|kaart|zijn|na|cyfry|karty|to|się|em|dos|do|cartão"
    r"|visa|mastercard|amex|debit|credit)\b){1,14}+",
    re.IGNORECASE,
)
_FOUR = re.compile(r"[0-9]{4}(?![\w]|[.,:/-][0-9])")
_MONTH_YEAR = re.compile(
    r"(?:[\s:=.>#\"'-]{1,8}+|\b(?:date|on|is|thru|through|until|bis|zum|le|fin|en|el|fino|al|tot|do|am|dato|data|w|em)\b){0,8}+"
    r"((?:0?[1-9]|1[0-2])\s?[/-]\s?(?:20[2-9][0-9]|[2-9][0-9]))(?![0-9]|[/-][0-9])",
    re.IGNORECASE,
)


@triggered_by(words=_LAST | _EXPIRY, least=3)
def detect(text: str) -> list[Detection]:
    """Last digits and expiry dates of payment cards in `text`."""
    text = seen(text)
    found = [_last_digits(text, start, end) for start, end, _ in cues(text, _LAST)]
    if text.among(_CARDS) or any(12 < digits < 30 for _, _, digits in text.runs()):
        found += [_expiry(text, end) for _, end, _ in cues(text, _EXPIRY)]
    return [item for item in found if item]


def _last_digits(text: Seen, start: int, end: int) -> Detection | None:
    link = _LINK.match(text, end)
    match = _FOUR.match(text, link.end()) if link else None
    if not link or not match:
        return None
    said = Seen(f"{before(text, start)} {link[0].lower()} {after(text, match.end())}")
    if not (said.among(_CARDS) or said.among(_NUMBERS)):
        return None
    return Detection(*match.span(), "CREDIT_CARD", 0.8, "four digits after words for the last ones")


def _expiry(text: Seen, end: int) -> Detection | None:
    match = _MONTH_YEAR.match(text, glued(text, end))
    return Detection(*match.span(1), "CREDIT_CARD", 0.8, "month and year after a word for expiry") if match else None

"""Telephone numbers: country calling codes, and one number in all the ways it is dialled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.privacy.detection import Detection

_CALLING_CODES_TEXT = """
1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82
84 86 90 91 92 93 94 95 98 211 212 213 216 218 220 221 222 223 224 225 226 227 228 229 230 231 232 233 234 235
236 237 238 239 240 241 242 243 244 245 246 247 248 249 250 251 252 253 254 255 256 257 258 260 261 262 263
264 265 266 267 268 269 290 291 297 298 299 350 351 352 353 354 355 356 357 358 359 370 371 372 373 374 375
376 377 378 380 381 382 383 385 386 387 389 420 421 423 500 501 502 503 504 505 506 507 508 509 590 591 592
593 594 595 596 597 598 599 670 672 673 674 675 676 677 678 679 680 681 682 683 685 686 687 688 689 690 691
692 800 808 850 852 853 855 856 870 878 880 881 882 883 886 888 960 961 962 963 964 965 966 967 968 970 971
972 973 974 975 976 977 979 992 993 994 995 996 998
"""
CALLING_CODES = frozenset(_CALLING_CODES_TEXT.split())
"""Country codes assigned by ITU-T Recommendation E.164, annex to Operational Bulletin No. 1114."""

CALLED = frozenset(
    """
    phone telephone tel telefon telefono téléphone teléfono call calls called calling dial mobile mobil móvil
    portable cell cellphone handy whatsapp fax sms ring ph text landline hotline toll desk voicemail contact
    contacted reach reached answering message messages cellulare cellular telefoon telefone telefonu telemóvel celular
    handynummer rufnummer telefonnummer telefoonnummer mobiel komórka komórkowy ligue appelez llame chiamate bel dzwonić
    tél tlf telf gsm hp viber erreichen erreichbar anrufen anruf mobilnummer mobilfunk festnetz joindre appeler fixe
    llamar llámame llamarme fijo contacto chiamare chiamami fisso ligar contato telemóvel bellen bereiken mobiele
    zadzwonić komórkowego telefonní mobilní telefonu zavolejte telefonszám telefonszámom telefonszáma mobilszám
    telefonul telefonului mobilnummeret telefonnummeret telefonen puhelin puhelinnumero puhelinnumeroni matkapuhelin
    puh telefonum telefonumu cep ponsel telepon telepono selpon simu mobitel mobitela telefona
    телефон телефона телефону тел моб мобильный мобильного звоните позвоните перезвоните телефонувати
    τηλέφωνο τηλέφωνό τηλ κινητό κινητού هاتف هاتفي الهاتف جوال جوالي الجوال موبايل טלפון הטלפון נייד הנייד
    """.split()
)
"""Words that say of a number near them that it is a telephone number."""

OTHERWISE = frozenset(
    """
    order orders ticket tickets case cases invoice invoices tracking reference references ref confirmation booking
    bookings reservation account accounts acct policy serial sku transaction txn shipment parcel claim error isbn
    ean upc imei npi routing iban ssn zip postcode amount total price balance patent license licence passport vin
    mrn ein quantity qty identifier identifiers certificate #
    bestellung bestellnummer auftragsnummer auftrag rechnung rechnungsnummer sendung sendungsnummer kundennummer
    vorgangsnummer artikelnummer ticketnummer buchungsnummer buchung commande facture colis suivi référence dossier
    réservation pedido factura envío referencia reserva ordine fattura spedizione prenotazione encomenda fatura
    bestelling bestelnummer factuur factuurnummer zamówienia zamówienie faktury faktura przesyłki paczki beställning
    ordrenummer ordernummer tilaus tilausnumero objednávka objednávky rendelés rendelésszám comandă comanda sipariş
    siparişim заказ заказа заказе счёт счета счет инн
    """.split()
)
"""Words that say it is another one."""

CALLED_WITHIN = (
    "电话 電話 手机 手機 联系方式 致电 拨打 携帯 전화 휴대폰 핸드폰 연락처 โทร เบอร์ มือถือ फोन फ़ोन मोबाइल thoại"
).split()
"""The same as `CALLED`, for scripts in which these are looked for within words: no spaces part them, or marks do."""

WITHIN_SCRIPTS = re.compile("[\u0900-\u097f\u0e00-\u0eff\u1e00-\u1eff\u3040-\u9fff\uac00-\ud7af]")
"""Devanagari, Thai, Lao, Vietnamese letters with two marks, Kana, Han, Hangul."""

OTHERWISE_WITHIN = "订单 運單 运单 注文 주문 คำสั่งซื้อ".split()
"""The same as `OTHERWISE`, for these."""

_RUN = re.compile(r"[0-9](?:[\s.\-/()]{0,4}+[0-9]){4,}+")
_LEAD = re.compile(
    r"(?:(?:\+[ (]?|(?<![\w+])00[ -]?)[0-9]{1,3}\)?|(?<![\w+])1)?[\s.\-/]{0,3}(?:\(?(?<![0-9])0\)?)?[\s.\-/]{0,2}\(?\Z"
)
_MARKS = " \t\r\n.-/)"


def calling_code(digits: str) -> str:
    """The country code that `digits` (international form, without `+`) begins with; empty if none is assigned."""
    return next((digits[:width] for width in (1, 2, 3) if digits[:width] in CALLING_CODES), "")


def national_part(number: str) -> str:
    """The digits of a number without international prefix, country code and trunk zero."""
    digits = "".join([char for char in number.replace("(0)", "") if "0" <= char <= "9"])
    international = number.strip(" (").startswith("+") or digits.startswith("00")
    digits = digits.removeprefix("00") if international else digits
    if international:
        return digits[len(calling_code(digits)) :].removeprefix("0")
    if len(digits) == 11 and digits[0] == "1":
        return digits[1:]
    return digits.removeprefix("0")


def same_number(text: str, number: str) -> Iterator[Detection]:
    """Every place where `number` stands in `text`: with any separators, with or without its country code.

    A number of fewer than five significant digits is not looked for.
    """
    core = national_part(number)
    if len(core) < 5:
        return
    for run in _RUN.finditer(text):
        places = [at for at in range(run.start(), run.end()) if "0" <= text[at] <= "9"]
        digits = "".join([text[at] for at in places])
        index = digits.find(core)
        while index >= 0:
            start, end = places[index], places[index + len(core) - 1] + 1
            start = _with_prefix(text, start)
            if start >= 0 and not text[end : end + 1].isalnum():
                yield Detection(start, end, "PHONE_NUMBER", 1.0, "the customer's telephone number")
            index = digits.find(core, index + 1)


def _with_prefix(text: str, start: int) -> int:
    """Where the number begins with its country code and trunk zero; -1 when other digits run into it."""
    window = text[max(0, start - 16) : start]
    lead = _LEAD.search(window)
    begin = start - len(lead[0].lstrip(_MARKS)) if lead else start
    previous = text[begin - 1 : begin]
    return -1 if previous.isalnum() else begin

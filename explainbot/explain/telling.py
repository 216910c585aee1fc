"""In which of the languages an explanation can speak a text is written.

Arabic, Hindi and Japanese are told by their script, the others by their most frequent words, each weighed by how few
languages share it, and by letters that the language does not have. A text with more of the frequent words of a language
that we do not speak is not taken for one of ours. (Frequent words tell languages apart as well as character n-grams
from about ten words on: Grefenstette 1995.) Where it stays unclear, nothing is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from explainbot.explain.lexicons import LEXICONS, listed

__all__ = ["told"]

LOOKED_AT = 50
"""Words that are weighed."""

LEAST = 1.0
"""The weight a language needs: one word that no other has, or two that two share."""

SHARE = 0.12
"""The weight it needs for each word of the text."""

AHEAD = 1.25
"""How many times the weight of the next language it must have."""

_WORDS = re.compile(r"[^\W\d_]+")
_KANA = re.compile(r"[\u3041-\u30ff]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
_NOT_ARABIC = re.compile("[پچژگکیٹڈڑےںھۆێە]")
_DEVANAGARI = re.compile(r"[\u0900-\u0963]+")
_NOT_HINDI = listed("आहे आहेत नाही आणि तुमचा तुमची छ छन् हुन्छ गर्नुहोस् तपाईंको")
_LATIN = re.compile(r"[^\W\d_\u0370-\U0010ffff]")
_ACCENTED = re.compile(r"[\u00c0-\u024f\u1e00-\u1eff]")

TURKISH = listed(
    """acaba ama ancak artık aynı bazı belki ben beni bilgi bir biraz biri biz bize bizim bu bunu bunun burada böyle
    çok çünkü da daha de değil demek diye dolayı eden ederiz edilir edin edebilirsiniz en eğer evet fakat gibi göre
    gün günü hakkında hangi hayır hem hemen hep her hiç için içinde ile ilgili ise iş işte kadar kendi kez ki kim
    lütfen merhaba mi mı mu mü nasıl ne neden nerede olan olarak oldu olduğu olduğunu olsun olup olur olabilir
    olmayan onun onu önce sadece sayın şekilde şey siz size sizi sizin son sonra süre şu tarafından teşekkür tüm
    üzere üzerinden var ve veya ya yani yapılır yeni yok zaman verilir değildir sipariş siparişiniz iade adet"""
)
"""Stop words, pronouns and the most usual verb forms of Turkish, which has no lexicon for grounding."""

DESK = {
    "en": listed("order refund days until open arrive shipped delivery account payment"),
    "de": listed("bestellung lieferung rückerstattung werktage tage kunden versand rechnung zahlung"),
    "fr": listed("commande remboursement jours livraison compte paiement ouvrés facture"),
    "es": listed("pedido reembolso días envío cuenta pago hábiles factura plazo"),
    "it": listed("ordine rimborso giorni spedizione entro arriva lavorativi fattura pagamento"),
    "pt": listed("pedido reembolso dias entrega conta pagamento úteis prazo fatura"),
    "nl": listed("bestelling terugbetaling werkdagen dagen verzending levering rekening betaling"),
    "pl": listed("zamówienie zwrot dni przesyłka dostawa pieniędzy roboczych płatność trwa konto"),
    "tr": listed("kargo ücretsiz ücretsizdir iadesi üzeri teslimat ödeme hesap hesabınız fatura siparişi"),
}
"""Words that replies of a support desk are full of: short replies hold few stop words."""

OTHERS = {
    "Scandinavian": listed(
        """alla allt att av bara blev bli blir blivit dag dagar dage de dem den denne det dette detta din ditt dina dine
        dit du efter ej eller en er ett etter från fra för før gå går gör gjør gør har hej hei her här hit hos hur hva
        hvad hvis hvor hvornår i igen igjen ikke inga ingen inte jag jeg ju kan kommer kunde kunne mellan med men min
        mitt må måste meg mig mot mycket någon noen noget när når nu nå och og också også om oss over på sig som skal
        skulle ska så tack tak takk til till tillbaka under ut utan uten vad var varje vara vi vid vil vill være vår
        vores våra är åbent åpent öppet över tyvärr dessverre desværre"""
    ),
    "Finnish": listed(
        """ei en että hei he hän ja jo jos joka kanssa kiitos kun me mikä mutta myös niin nyt ole olemme on ovat se sen
        siellä sinun te teidän tai tämä voi voit voitte vain vielä asti kuluessa päivän"""
    ),
    "Czech or Slovak": listed(
        """a aby ale alebo ako až bez bola bolo bude budete by byl byla bylo být či do dobrý deň den hodin hodín i je
        jej jsem jsme jste který k ktorý ma máme máte na nebo nie od o po pro pre prosím při se si sme som ste s že to u
        v ve vám váš vaše vo z za ze"""
    ),
    "Hungarian": listed(
        """a az és egy ha hogy is itt ez ezt el meg még már ma nem van volt vagy után önnek be benne kell köszönjük
        kérjük napon belül csak de mert"""
    ),
    "Croatian, Serbian or Bosnian": listed(
        """a ali bez biti će da dana do dok hvala i ili iz je još kako koji koja možete na nakon ne nije o od po poslana
        roku sa se smo ste su u vam vaš vaša vaše vašu već za"""
    ),
    "Romanian": listed(
        """a ai al am ar ați au că care ce cu când de din este fi fost în la mai nu o pe pentru puteți sau să se sunt și
        un va vă veți vom dumneavoastră"""
    ),
}
"""The most frequent words of languages in Latin script that no explanation is in. They share some ("var", "den", "vi")
with those that one is in, and would be taken for them."""

LETTERS = {
    "en": "",
    "de": "äöüß",
    "fr": "àâæçéèêëîïôœùûüÿ",
    "es": "áéíñóúü",
    "it": "àèéìíîòóùú",
    "pt": "àáâãçéêíóôõúü",
    "nl": "áéèëïíóöüĳ",
    "pl": "ąćęłńóśźż",
    "tr": "âçğıîöşüû",
}
"""The letters with marks of each language in Latin script (Unicode CLDR, main exemplar characters)."""

RARE = 0.06
"""Share of letters that the language does not have, such as names bring along."""


def told(text: str) -> str | None:
    """The ISO 639-1 code of the language a text is in; None where it is unclear or none we speak."""
    head = text[: 10 * LOOKED_AT]
    if not head.isascii() and (other := _by_script(head)) is not None:
        return other or None
    words = _WORDS.findall(head.casefold())[:LOOKED_AT]
    if len(words) < 2:
        return None
    weights = dict.fromkeys(LETTERS, 0.0)
    known = _known()
    for word in words:
        for code, weight in known.get(word, ()):
            weights[code] += weight
    second, best = sorted(weights, key=lambda code: weights[code])[-2:]
    if weights[best] < max(LEAST, SHARE * len(words)) or weights[best] < AHEAD * weights[second]:
        return None
    if _more_in_others(words, best):
        return None
    if head.isascii():
        return best
    foreign = sum(char not in LETTERS[best] for char in _ACCENTED.findall(head.lower()))
    return best if foreign <= 2 or foreign <= RARE * len(_LATIN.findall(head)) else None


def _by_script(head: str) -> str | None:
    """The language of a text that is mostly in another script; "" for one we do not speak, None for Latin script."""
    kana, han = len(_KANA.findall(head)), len(_HAN.findall(head))
    arabic = len(_ARABIC.findall(head))
    devanagari = _DEVANAGARI.findall(head)
    indic = sum(map(len, devanagari))
    # A character of Japanese or Chinese says as much as two or three letters.
    most = max(2 * (kana + han), arabic, indic)
    if not most or most <= len(_LATIN.findall(head)):
        return None
    if most == indic:
        return "" if _NOT_HINDI.intersection(devanagari) else "hi"
    if most == arabic:
        return "ar" if len(_NOT_ARABIC.findall(head)) * 50 <= arabic else ""
    return "ja" if kana * 10 >= han else ""


def _more_in_others(words: Sequence[str], best: str) -> bool:
    """Whether more of the words are those of a language that no explanation is in."""
    own = sum(any(code == best for code, _ in _known().get(word, ())) for word in words)
    return any(sum(word in frequent for word in words) > own for frequent in OTHERS.values())


@cache
def _known() -> dict[str, tuple[tuple[str, float], ...]]:
    """Word to the languages that have it and its weight for each: 1 shared among them."""
    holders: dict[str, list[str]] = {}
    for code, words in DESK.items():
        for word in words | (TURKISH if code == "tr" else LEXICONS.load(code).stop):
            holders.setdefault(word, []).append(code)
    return {word: tuple((code, 1 / len(codes)) for code in codes) for word, codes in holders.items()}

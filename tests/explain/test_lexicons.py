"""Grounding beyond English: eight languages with a lexicon, and any script without one."""

from __future__ import annotations

import pytest

from explainbot.explain import ground
from explainbot.explain.lexicons import LEXICONS, lexicon_for
from explainbot.explain.tokens import tokens
from explainbot.explain.values import values

SOURCES = {
    "de": "Rückerstattungen erfolgen innerhalb von 5 Werktagen. Die Expressgebühr beträgt 12,50 € pro Bestellung. "
    "Unsere Hotline ist montags bis freitags von 9 bis 17 Uhr erreichbar. Der Schlussverkauf endet am 3. Mai 2024.",
    "fr": "Les remboursements sont effectués sous 5 jours ouvrés. Les frais de livraison express sont de 12,50 € par "
    "commande. Notre service est ouvert du lundi au vendredi de 9h à 17h. Les soldes se terminent le 3 mai 2024.",
    "es": "Los reembolsos se realizan en 5 días hábiles. El envío urgente cuesta 12,50 € por pedido. Nuestra línea "
    "atiende de lunes a viernes de 9:00 a 17:00. Las rebajas terminan el 3 de mayo de 2024.",
    "it": "I rimborsi vengono effettuati entro 5 giorni lavorativi. La consegna espressa costa 12,50 € per ordine. Il "
    "nostro servizio è aperto dal lunedì al venerdì dalle 9:00 alle 17:00. I saldi finiscono il 3 maggio 2024.",
    "pt": "Os reembolsos são feitos em 5 dias úteis. A entrega expressa custa 12,50 € por pedido. A nossa linha atende "
    "de segunda a sexta das 9:00 às 17:00. Os saldos terminam em 3 de maio de 2024.",
    "nl": "Terugbetalingen worden binnen 5 werkdagen gedaan. De kosten voor expresbezorging zijn € 12,50 per "
    "bestelling. Onze hulplijn is van maandag tot vrijdag van 9 tot 17 uur open. De uitverkoop eindigt op 3 mei 2024.",
    "pl": "Zwroty pieniędzy są realizowane w ciągu 5 dni roboczych. Dostawa ekspresowa kosztuje 12,50 zł za "
    "zamówienie. Nasza infolinia działa od poniedziałku do piątku w godzinach 9:00-17:00. Wyprzedaż kończy się "
    "3 maja 2024.",
}

CASES = [
    ("de", "Die Rückerstattung erfolgt innerhalb von fünf Arbeitstagen.", "found"),
    ("de", "Die Expressgebühr beträgt 12,50 EUR pro Bestellung.", "found"),
    ("de", "Die Hotline ist Mo-Fr erreichbar.", "found"),
    ("de", "Der Schlussverkauf endet am 03.05.2024.", "found"),
    ("de", "Die Expressgebühr beträgt 15 € pro Bestellung.", "conflicts"),
    ("de", "Der Schlussverkauf endet am 4. Mai 2024.", "conflicts"),
    ("de", "Die Expressgebühr für Eilsendungen beträgt 12,50 € pro Bestellung.", "partly found"),
    ("de", "Zebras schlafen im Stehen in der Savanne.", "not found"),
    ("de", "Guten Tag, Frau Weber!", "no claim"),
    ("de", "Vielen Dank für Ihre Nachricht.", "no claim"),
    ("de", "Das mache ich gern.", "no claim"),
    ("de", "Einen Moment bitte.", "no claim"),
    ("de", "Ich glaube schon.", "no claim"),
    ("fr", "Le remboursement est effectué sous cinq jours ouvrables.", "found"),
    ("fr", "Les frais de livraison express sont de 12,50 euros par commande.", "found"),
    ("fr", "Les soldes se terminent le 03/05/2024.", "found"),
    ("fr", "Les frais de livraison express sont de 15 € par commande.", "conflicts"),
    ("fr", "Bonjour Madame Dupont,", "no claim"),
    ("fr", "Je pense que oui.", "no claim"),
    ("fr", "Un instant, je vous prie.", "no claim"),
    ("es", "El reembolso se realiza en cinco días laborables.", "found"),
    ("es", "El envío urgente cuesta 12,50 euros por pedido.", "found"),
    ("es", "Las rebajas terminan el 03/05/2024.", "found"),
    ("es", "El envío urgente cuesta 15 € por pedido.", "conflicts"),
    ("es", "¡Hola, Ana!", "no claim"),
    ("es", "Creo que sí.", "no claim"),
    ("es", "Un momento, por favor.", "no claim"),
    ("it", "Il rimborso viene effettuato entro cinque giorni lavorativi.", "found"),
    ("it", "La consegna espressa costa 12,50 euro per ordine.", "found"),
    ("it", "I saldi finiscono il 3 maggio.", "found"),
    ("it", "La consegna espressa costa 15 € per ordine.", "conflicts"),
    ("it", "Grazie per la tua pazienza.", "no claim"),
    ("it", "Credo di sì.", "no claim"),
    ("it", "Un attimo, per favore.", "no claim"),
    ("pt", "O reembolso é feito em cinco dias úteis.", "found"),
    ("pt", "A entrega expressa custa 12,50 euros por pedido.", "found"),
    ("pt", "A entrega expressa custa 15 € por pedido.", "conflicts"),
    ("pt", "Olá, Ana!", "no claim"),
    ("pt", "Acho que sim.", "no claim"),
    ("pt", "Um momento, por favor.", "no claim"),
    ("nl", "Terugbetalingen worden binnen vijf werkdagen gedaan.", "found"),
    ("nl", "De kosten voor expresbezorging zijn 12,50 euro per bestelling.", "found"),
    ("nl", "De kosten voor expresbezorging zijn € 15 per bestelling.", "conflicts"),
    ("nl", "Bedankt voor uw bericht.", "no claim"),
    ("nl", "Ik denk het wel.", "no claim"),
    ("nl", "Een moment alstublieft.", "no claim"),
    ("pl", "Zwrot pieniędzy jest realizowany w ciągu 5 dni roboczych.", "found"),
    ("pl", "Dostawa ekspresowa kosztuje 12,50 PLN za zamówienie.", "found"),
    ("pl", "Dostawa ekspresowa kosztuje 15 zł za zamówienie.", "conflicts"),
    ("pl", "Dziękuję za wiadomość.", "no claim"),
    ("pl", "Chyba tak.", "no claim"),
    ("pl", "Chwileczkę.", "no claim"),
]


@pytest.mark.parametrize(("code", "answer", "state"), CASES, ids=[f"{code}: {answer}" for code, answer, _ in CASES])
def test_a_language_with_a_lexicon_is_read_by_it(code: str, answer: str, state: str) -> None:
    """Endings, number words, months, weekdays, working days and polite phrases of each language are understood."""
    (one,) = ground(answer, [SOURCES[code]])
    assert one.state == state


@pytest.mark.parametrize(("code", "text"), SOURCES.items())
def test_a_language_is_told_by_its_small_words(code: str, text: str) -> None:
    """Each source is taken for the language it is in; a shred of text is taken for none."""
    found = lexicon_for(text)
    assert found is not None
    assert found.code == code
    assert lexicon_for("XQR069") is None


OTHERS = {
    "Turkish": (
        "İadeler 5 iş günü içinde yapılır.",
        "Siparişiniz yarın kargoya verilecek.",
        "İade 5 iş günü içinde yapılır.",
    ),
    "Arabic": ("يتم رد المبلغ خلال 5 أيام عمل.", "تنام الحمير الوحشية واقفة.", "يتم رد المبلغ خلال 5 أيام عمل."),
    "Hindi": ("धनवापसी 5 कार्य दिवसों में होती है।", "ज़ेबरा खड़े होकर सोते हैं।", "धनवापसी 5 कार्य दिवसों में होती है।"),
    "Japanese": ("返金は5営業日以内に行われます。", "シマウマは立って眠る。", "返金は5営業日以内に行われます。"),
    "Chinese": ("退款将在5个工作日内完成。", "斑马站着睡觉。", "退款会在5个工作日内完成。"),
    "Korean": (
        "환불은 영업일 기준 5일 이내에 처리됩니다.",
        "얼룩말은 서서 잔다.",
        "환불은 영업일 5일 이내에 처리됩니다.",
    ),
    "Thai": ("การคืนเงินใช้เวลา 5 วันทำการ", "ม้าลายนอนหลับขณะยืน", "การคืนเงินใช้เวลา 5 วันทำการ"),
    "Russian": ("Возврат денег занимает 5 рабочих дней.", "Зебры спят стоя.", "Возврат денег займёт 5 рабочих дней."),
    "Greek": (
        "Η επιστροφή χρημάτων γίνεται σε 5 ημέρες.",
        "Οι ζέβρες κοιμούνται όρθιες.",
        "Η επιστροφή χρημάτων γίνεται σε 5 ημέρες.",
    ),
    "Hebrew": ("ההחזר מתבצע תוך 5 ימי עסקים.", "זברות ישנות בעמידה.", "ההחזר מתבצע תוך 5 ימי עסקים."),
}


@pytest.mark.parametrize("language", OTHERS)
def test_any_script_is_compared(language: str) -> None:
    """Without a lexicon too: what is said is found, what is not said is not, and another number is never found."""
    source, other, same = OTHERS[language]
    assert ground(same, [source])[0].state in ("found", "partly found")
    assert ground(source, [source])[0].state == "found"
    assert ground(other, [source])[0].state == "not found"
    assert ground(same.replace("5", "9"), [source])[0].state != "found"


@pytest.mark.parametrize("code", list(LEXICONS))
def test_a_lexicon_is_in_order(code: str) -> None:
    """Every table is lower case and in its range, and every unit word is read as one."""
    lexicon = LEXICONS.load(code)
    tables = (lexicon.stop, lexicon.negations, lexicon.numbers, lexicon.months, lexicon.weekdays, lexicon.durations)
    assert all(word == word.casefold() or "ß" in word for table in tables for word in table)
    assert set(lexicon.months.values()) in (set(), set(range(1, 13)))
    assert set(lexicon.weekdays.values()) in (set(), set(range(7)))
    for word in lexicon.durations:
        (value,) = values(f"7 {word}", tokens(f"7 {word}"), lexicon)
        assert value.kind == "duration"

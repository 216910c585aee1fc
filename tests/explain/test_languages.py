"""Languages: every catalogue says everything in every form, and the language of a reply is told from the reply."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from string import Formatter

import pytest

from explainbot.explain import Condition, Decision, Explanation, Operator, Record, Source, explain
from explainbot.explain.languages import LANGUAGES, language_for
from explainbot.explain.telling import told

ENGLISH = LANGUAGES.load("en")
CODES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "ar", "hi", "ja")

SENTENCES = {
    "en": """Your order shipped this morning and should arrive on Friday.|Refunds arrive within 5 working days.
        You can return any item within 30 days.|The café in Besançon is open until 9 pm.
        We could not find your order.""",
    "de": """Ihre Bestellung wurde heute Morgen verschickt.|Die Rückerstattung dauert bis zu fünf Werktage.
        Sie können den Artikel innerhalb von 30 Tagen zurückgeben.|Guten Tag, gern helfe ich Ihnen weiter.""",
    "fr": """Votre commande a été expédiée ce matin.|Le remboursement arrive sous cinq jours ouvrés.
        Vous pouvez retourner tout article dans les 30 jours.|La livraison est gratuite à partir de 50 euros.""",
    "es": """Su pedido se envió esta mañana.|El reembolso llega en un plazo de cinco días hábiles.
        Puede devolver cualquier artículo en 30 días.|El envío es gratuito a partir de 50 euros.""",
    "it": """Il suo ordine è stato spedito stamattina.|Il rimborso arriva entro cinque giorni lavorativi.
        Può restituire qualsiasi articolo entro 30 giorni.|La spedizione è gratuita a partire da 50 euro.""",
    "pt": """O seu pedido foi enviado esta manhã.|O reembolso chega em até cinco dias úteis.
        Você pode devolver qualquer item em até 30 dias.|A entrega é gratuita para compras acima de 50 euros.""",
    "nl": """Uw bestelling is vanmorgen verzonden.|De terugbetaling duurt maximaal vijf werkdagen.
        U kunt elk artikel binnen 30 dagen terugsturen.|De verzending is gratis vanaf 50 euro.""",
    "pl": """Państwa zamówienie zostało wysłane dziś rano.|Zwrot pieniędzy trwa do pięciu dni roboczych.
        Każdy produkt można zwrócić w ciągu 30 dni.|Dostawa jest bezpłatna od 50 złotych.""",
    "tr": """Siparişiniz bu sabah kargoya verildi.|Para iadesi beş iş günü içinde hesabınıza geçer.
        Ürünü 30 gün içinde iade edebilirsiniz.|50 lira üzeri alışverişlerde kargo ücretsizdir.""",
    "ar": "تم شحن طلبك هذا الصباح.|يصل المبلغ المسترد خلال خمسة أيام عمل.|يمكنك إرجاع iPhone خلال 30 يومًا.",
    "hi": "आपका ऑर्डर आज सुबह भेज दिया गया है।|रिफंड पाँच कार्य दिवसों में मिल जाता है।|आप 30 दिनों में सामान लौटा सकते हैं।",
    "ja": "ご注文の商品は今朝発送いたしました。|返金には最大5営業日かかります。|30日以内であればiPhoneを返品できます。",
    None: """Din beställning skickades i morse och kommer på fredag.|Vaše objednávka byla odeslána dnes ráno.
        Comanda dumneavoastră a fost expediată în această dimineață.|A rendelését ma reggel feladtuk.
        Tilauksesi lähetettiin tänä aamuna ja se saapuu perjantaina.|Đơn hàng của bạn đã được gửi sáng nay.
        Ваш заказ был отправлен сегодня утром.|您的订单已于今天早上发货。|주문하신 상품은 오늘 아침에 발송되었습니다.
        سفارش شما امروز صبح ارسال شد و فردا می‌رسد.|آپ کا آرڈر آج صبح بھیج دیا گیا ہے۔|तुमची ऑर्डर आज सकाळी पाठवली आहे.
        Pesanan Anda telah dikirim pagi ini.|Din ordre blev sendt i morges.|Η παραγγελία σας εστάλη σήμερα το πρωί.
        Hej! Var är paketet?|Vi har öppet 9 till 17 varje dag.|Tyvärr kan vi inte betala tillbaka. Den var för gammal.
        Hvor er min pakke? Den skulle være her i går.|Vi har åbent fra 9 til 17 i dag.|Vi har åpent fra 9 til 17.
        Det er en fejl, og vi er kede af det.|Hei, paketti on noudettavissa. Se on siellä perjantaihin asti.
        Otevřeno máme od 9 do 17 hodin.|A csomag ma érkezik és a számla is benne van.
        Robu možete vratiti u roku od 30 dana.
        Your order is on the way to you. Votre commande est en route vers vous.
        OK.|12345|[EMAIL_1]|👍|def f(x): return x""",
}
"""Real sentences of support desks, by language; those under None are in none we speak, or in no language."""


def parts(text: str) -> list[str]:
    return [one.strip() for line in text.splitlines() for one in line.split("|") if one.strip()]


@pytest.mark.parametrize(("code", "text"), [(code, one) for code, text in SENTENCES.items() for one in parts(text)])
def test_the_language_of_a_sentence_is_told(code: str | None, text: str) -> None:
    assert told(text) == code


def test_the_first_words_of_a_long_text_decide() -> None:
    """However long a text is, only its beginning is looked at."""
    assert (
        told("Sie können den Artikel innerhalb von 30 Tagen zurückgeben. " * 20 + "the and is are " * 100_000) == "de"
    )


def test_all_twelve_are_there() -> None:
    assert tuple(LANGUAGES) == CODES


def gaps(template: str) -> set[str]:
    return {gap for _, gap, _, _ in Formatter().parse(template) if gap}


@pytest.mark.parametrize("code", CODES)
def test_a_catalogue_is_complete(code: str) -> None:
    """It has every message of English with the same gaps, and every plural category that CLDR gives the language."""
    words = LANGUAGES.load(code)
    categories = {*words.cldr.plural_form.tags, "other"}
    assert words.code == code
    assert set(words.messages) == set(ENGLISH.messages)
    assert set(words.entities) == set(ENGLISH.entities)
    assert all(set(forms) == categories for forms in words.entities.values())
    for name, message in words.messages.items():
        english = ENGLISH.messages[name]
        if isinstance(english, str):
            assert isinstance(message, str), name
            assert gaps(message) == gaps(english), name
        else:
            assert not isinstance(message, str), name
            assert set(message) == categories, name
            for category, form in message.items():
                optional = (
                    {"count"} if category in ("zero", "one", "two") or "count" not in gaps(english["one"]) else {}
                )
                assert gaps(form) ^ gaps(english["other"]) <= {*optional}, (name, category)


@pytest.mark.parametrize("code", CODES)
def test_every_number_has_a_form(code: str) -> None:
    words = LANGUAGES.load(code)
    for count in (*range(1, 130), 1000, 10**6, 2 * 10**6):
        assert words.template("not_found_line", count)
        assert words.entity("EMAIL_ADDRESS", count)


@pytest.mark.parametrize("code", [code for code in CODES if code != "en"])
def test_nothing_was_left_in_english(code: str) -> None:
    words = LANGUAGES.load(code)
    for name, message in words.messages.items():
        english = ENGLISH.messages[name]
        if isinstance(message, str):
            assert message != english or not any(char.isalpha() for char in "".join(gap_free(message))), name


def gap_free(template: str) -> list[str]:
    return [text for text, _, _, _ in Formatter().parse(template)]


RECORD = Record(
    trace_id="t-1",
    created=datetime(2025, 3, 1, 12, 0, tzinfo=UTC),
    operation="chat",
    provider="openai",
    model="m-1",
    reply="Refunds arrive within 5 working days. Delivery costs $4.",
    sources=(
        Source("a", "Refunds arrive within 5 working days.", title="Refund policy", updated="2024-05-01T10:00:00Z"),
        Source("b", "We open at 9.", title="Hours"),
        Source("c", "Gift cards do not expire.", title="Gifts"),
    ),
    hidden={"EMAIL_ADDRESS": 1, "PHONE_NUMBER": 5, "PERSON": 2},
    operator=Operator(name="Acme", contact="help@acme.example", region="EU", retention="30"),
)


def in_language(code: str) -> Explanation:
    return explain(replace(RECORD, language=code))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            "en",
            "Hidden from the AI: 1 email address, 2 names and 5 phone numbers.|Hours and Gifts.|1 May 2024",
        ),
        ("de", "1 E-Mail-Adresse, 2 Namen und 5 Telefonnummern|Zuletzt geändert: 1. Mai 2024.|Hours und Gifts."),
        ("fr", "1 adresse e-mail, 2 noms et 5 numéros de téléphone|Dernière modification\u00a0: 1 mai 2024.|« Refunds"),
        ("es", "1 dirección de correo electrónico, 2 nombres y 5 números de teléfono|1 de mayo de 2024"),
        ("it", "1 indirizzo e-mail, 2 nomi e 5 numeri di telefono|1 maggio 2024"),
        ("pt", "1 endereço de e-mail, 2 nomes e 5 números de telefone|1 de maio de 2024"),
        ("nl", "1 e-mailadres, 2 namen en 5 telefoonnummers|1 mei 2024"),
        ("pl", "1 adres e-mail, 2 imiona lub nazwiska i 5 numerów telefonu|1 maja 2024"),
        ("tr", "1 e-posta adresi, 2 ad ve 5 telefon numarası|1 Mayıs 2024"),
        ("ar", "عنوان بريد إلكتروني (1) وأسماء (2) وأرقام هواتف (5)|1 مايو 2024"),
        ("hi", "1 ईमेल पता, 2 नाम|और 5 फ़ोन नंबर|1 मई 2024"),  # a comma before the last in some versions of CLDR
        ("ja", "メールアドレス1件、氏名2件、電話番号5件|2024年5月1日"),
    ],
)
def test_numbers_lists_and_dates_are_the_languages_own(code: str, said: str) -> None:
    text = in_language(code).text.replace("«\u00a0", "« ")
    for part in said.split("|"):
        assert part in text


@pytest.mark.parametrize("code", CODES)
def test_every_depth_is_in_the_language_and_the_same_each_time(code: str) -> None:
    made, again = in_language(code), in_language(code)
    assert made.language == code
    depths = (made.headline, made.text, made.simple, made.record, made.markdown, made.html)
    assert depths == (again.headline, again.text, again.simple, again.record, again.markdown, again.html)
    assert made.text.startswith(made.headline)
    assert made.record.startswith(made.text)
    assert len(made.headline) < len(made.simple) < len(made.text) < len(made.record)
    assert not any(re.search(r"\{\w+\}", form) for form in depths)


def test_the_language_is_the_one_asked_for_else_the_replys_else_the_customers_else_english() -> None:
    german = replace(RECORD, reply="Die Rückerstattung dauert bis zu fünf Werktage.")
    asked = Source("q", "Vous pouvez me dire quand arrive mon remboursement ?", kind="customer_message")
    assert explain(replace(german, language="pl-PL")).language == "pl"
    assert explain(german).language == "de"
    assert explain(replace(german, reply="OK.", sources=(asked,))).language == "fr"
    assert explain(replace(german, reply="OK.", sources=())).language == "en"


@pytest.mark.parametrize(("tag", "code"), [("de-AT", "de"), ("pt_BR", "pt"), ("AR", "ar"), ("sv", "en"), ("", "en")])
def test_a_tag_is_read_by_its_first_part(tag: str, code: str) -> None:
    assert language_for(tag) == code


def test_simple_words_tell_of_a_decision_too() -> None:
    decided = replace(RECORD, decisions=(Decision("refund of order A-1", "refused"),))
    said = LANGUAGES.load("en").template("decisions_line", 1)
    assert said in explain(decided).simple
    assert said not in explain(RECORD).simple


def test_it_says_where_the_check_knows_the_language_less_well() -> None:
    """Turkish has no word lists for grounding, English has."""
    turkish = explain(replace(RECORD, reply="Siparişiniz bu sabah kargoya verildi."))
    assert turkish.notes == (LANGUAGES.load("tr").template("note_language"),)
    assert explain(RECORD).notes == ()


def test_names_that_run_the_other_way_are_kept_apart() -> None:
    """A title in Latin script inside Arabic, and the other way round, is isolated; where nothing mixes, nothing is."""
    arabic = Source("a", "Refunds arrive within 5 working days.", title="سياسة الاسترداد")
    assert "\u2068Refund policy\u2069" in in_language("ar").text
    assert "\u2068سياسة الاسترداد\u2069" in explain(replace(RECORD, sources=(arabic,))).text
    assert not {"\u2068", "\u2069"} & set(in_language("de").text)
    assert 'lang="ar" dir="rtl"' in in_language("ar").html


def test_a_quote_in_another_language_says_so() -> None:
    assert '<bdi lang="en">Refunds arrive' in in_language("de").html
    assert "“<bdi>Refunds arrive" in in_language("en").html


def test_a_date_that_is_none_is_shown_as_written() -> None:
    words = LANGUAGES.load("de")
    assert words.date("2024-02-29") == "29. Februar 2024"
    assert words.date("2024-02-30") is None
    assert words.date("last week") is None
    dated = Source("a", "Refunds arrive within 5 working days.", updated="last week")
    assert "Last changed: last week." in explain(replace(RECORD, sources=(dated,))).text


def test_large_numbers_are_parted() -> None:
    assert [LANGUAGES.load(code).number(12345) for code in ("en", "de", "hi")] == ["12,345", "12.345", "12,345"]
    assert LANGUAGES.load("de").percent(0.58) == "58\u00a0%"


def situations() -> list[Record]:
    """Records that between them say nearly everything."""
    decision = Decision("refund", "refused", rule="30 days", conditions=[Condition.at_most("days", 30, actual=41)])
    base = replace(RECORD, purpose="refunds", purposes={"EMAIL_ADDRESS": "the receipt"}, decisions=(decision,))
    return [
        RECORD,
        *(replace(base, unknown_placeholders=count, finish_reason="length") for count in (1, 2, 3, 11, 100, 1200)),
        replace(base, finish_reason="content_filter", reply="Delivery costs $4." + " " * 100_001 + "x"),
        replace(base, reply="カード払いの返金は5営業日かかります。", tool_calls=("look_up",)),
        replace(base, reply="", tool_calls=("look_up",)),
        replace(base, reply="", refusal=True, hidden={}),
    ]


@pytest.mark.parametrize(("code", "other"), [*zip(CODES, (*CODES[1:], CODES[0]), strict=True)])
def test_an_explanation_is_given_in_another_language_afterwards(code: str, other: str) -> None:
    """It is the very one that would have been made in it from the start, and the way back leads back."""
    for record in situations():
        first = explain(replace(record, language=code))
        second = explain(replace(record, language=other))
        assert first.in_language(other) == second
        assert second.in_language(code) == first
        for form in ("headline", "simple", "record", "markdown", "html"):
            assert getattr(first.in_language(other), form) == getattr(second, form)


def test_a_language_we_do_not_speak_gives_english() -> None:
    assert in_language("de").in_language("tlh").language == "en"
    assert in_language("en").in_language("pt-BR") == in_language("pt")
    assert Explanation.unavailable().in_language("fr") == Explanation.unavailable(language="fr")


def test_a_note_that_is_none_of_ours_stays_as_it_is() -> None:
    noted = in_language("en").model_copy(update={"notes": ("Written by hand 7.",)})
    assert noted.in_language("de").notes == ("Written by hand 7.",)

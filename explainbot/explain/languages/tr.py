"""Turkish: short sentences, "siz". Nouns stay singular after a number; titles stand where they take no suffix."""

from __future__ import annotations

from explainbot.explain.languages import Language, Message


def _n(one: str, other: str = "") -> dict[str, str]:
    """The forms for 1 and for more, which are mostly the same."""
    return {"one": one, "other": other or one}


MESSAGES: dict[str, Message] = {
    # the first line
    "written_by_ai": "Bu yanıtı yapay zekâ yazdı (model {model}).",
    "written_by_ai_plain": "Bu yanıtı yapay zekâ yazdı.",
    "found_in_all": _n(
        "Söylediği şu kaynaklarda bulundu: {sources}.", "{count} ifadenin tümü şu kaynaklarda bulundu: {sources}."
    ),
    "found_in_some": _n("{all} ifadenin {count} tanesi şu kaynaklarda bulundu: {sources}."),
    "partly_in_all": _n(
        "Söylediği şu kaynaklarda yalnızca kısmen bulundu: {sources}.",
        "{count} ifade şu kaynaklarda yalnızca kısmen bulundu: {sources}.",
    ),
    "partly_in_some": _n("{all} ifadenin {count} tanesi şu kaynaklarda kısmen bulundu: {sources}."),
    "not_found_line": _n("{count} ifade hiçbir kaynakta bulunamadı."),
    "conflicts_line": _n("{count} ifade kaynağıyla uyuşmuyor."),
    "general_knowledge": "Genel bilgi olabilir. Yapay zekâya şirketin hiçbir kaynağı verilmedi.",
    "general_knowledge_given": ("Genel bilgi olabilir. Şirketin hiçbir kaynağında bulunamadı."),
    "nothing_claimed": "Denetlenebilecek bir ifade içermiyor.",
    "tool_calls_only": "Şimdilik yalnızca bir sorgu var: {tools}. Henüz yanıt metni yok.",
    "refusal_line": "Yapay zekâ buna yanıt vermedi.",
    "unavailable_line": "Daha fazlasını söyleyemiyoruz: Bir açıklama bulunmuyor.",
    "empty_line": "Yanıt metni yok.",
    # headings
    "details": "Neden bu yanıt?",
    "said": "Yanıtta ne deniyor",
    "data": "Verileriniz",
    "about": "Bu yanıt hakkında",
    # one statement
    "state_found": "Bulunduğu kaynak: {source}.",
    "state_partly": "Kısmen bulunduğu kaynak: {source}. Lütfen kontrol edin.",
    "state_partly_none": "Yalnızca kısmen bulundu. Lütfen kontrol edin.",
    "state_not_found": "Hiçbir kaynakta bulunamadı. Güvenmeden önce lütfen kontrol edin.",
    "state_conflict": "Kaynağıyla uyuşmuyor. Lütfen kontrol edin.",
    "repeated": "Bu, sohbette daha önce söylendi. Bu onun doğru olduğunu göstermez.",
    "same_quote": "{number}. ifadeyle aynı bölüm.",
    "conflict_values": "Yanıtta {said} yazıyor. Kaynakta ({source}) {other} yazıyor.",
    "conflict_withheld": "Yanıtta {said} yazıyor. Kaynakta ({source}) başka bir şey yazıyor.",
    "missing_values": "Hiçbir kaynakta bulunamadı: {values}.",
    "quote": "Kaynakta şöyle yazıyor: {quote}",
    "changed": "Son değişiklik: {date}.",
    "no_claims": _n("{count} cümle daha var; selam ya da soru gibi, bir şey ileri sürmüyor."),
    "matching": (
        "“Bulundu”, sözcüklerin ve değerlerin eşleştiği anlamına gelir. Yapay zekânın o metni kullandığını göstermez."
    ),
    # what the reply itself cites
    "cited_says": "Yapay zekâ bunun için şunu gösteriyor: {source}. O kaynak bunu söylüyor.",
    "cited_partly": "Yapay zekâ bunun için şunu gösteriyor: {source}. O kaynak bunun yalnızca bir kısmını söylüyor.",
    "cited_not": "Yapay zekâ bunun için şunu gösteriyor: {source}. O kaynak bunu söylemiyor.",
    "cited_missing": "Yapay zekâ kaynak olarak şunu gösteriyor: {marker}. Ona böyle bir kaynak verilmedi.",
    "cited_unchecked": "Yapay zekâ bunun için şunu gösteriyor: {source}. O kaynağı denetleyemedik.",
    # a second check, and the removal test
    "checked_lower": "İkinci bir denetim ({checker}) bunun için daha az dayanak buldu.",
    "note_check_failed": "İkinci bir denetim ({checker}) yapılamadı. Önceki sonuç geçerlidir.",
    "tested_because": (
        "Yapay zekâ bunu şu nedenle yazdı: {sources}. O kaynak olmadan bu yanıt çok daha düşük olasılıklıydı."
    ),
    "tested_jointly": (
        "Yapay zekâ bunu şu kaynakların tümü nedeniyle yazdı: {sources}. "
        "Onlar olmadan bu yanıt çok daha düşük olasılıklıydı."
    ),
    "tested_none": "Test edildi: tek bir kaynağı çıkarmak burada bir şey değiştirmedi.",
    "note_tested": "Yapay zekâya her seferinde şunlardan biri olmadan yeniden sorularak test edildi: {sources}.",
    "note_test_part": "Test tamamlanamadı.",
    # sources by kind
    "kind_document": "bir şirket belgesi",
    "kind_tool_result": "sistemimizdeki bir sorgu",
    "kind_tool_result_named": "sistemimizdeki bir sorgu ({tool})",
    "kind_profile": "müşteri hesabınız",
    "kind_history": "bu sohbetteki önceki bir mesaj",
    "kind_instructions": "şirketin yapay zekâ için kuralları",
    "kind_customer_message": "kendi mesajınız",
    "not_quoted": "Yapay zekâda şunlar da vardı, ama burada bunlardan alıntı yapılmadı: {sources}.",
    "not_sent": "Bu yanıt için seçildi, ama yapay zekâya verilmedi: {sources}.",
    # data
    "hidden": "Yapay zekâdan gizlenenler: {items}.",
    "hidden_none": "Yapay zekâdan gizlenmesi gereken kişisel veri bulunmadı.",
    "item": "{count} {entity}",
    "purpose": "Verilerinizin kullanım amacı: {purpose}.",
    "source_purpose": "{source}, kullanım amacı: {purpose}.",
    "purposes": "Her veri türünün kullanım amacı: {items}.",
    # about
    "model": "Yapay zekâ modeli: {model}, işleten: {provider}.",
    "responsible": "Sorumlu: {name}.",
    "privacy": "Gizlilik bildirimi: {url}",
    "contact": "Bir insanla görüşmek ya da bir hata bildirmek için: {contact}.",
    "contact_none": "Bir insanla görüşmek ya da bir hata bildirmek için bunu burada, sohbette isteyin.",
    "trace": "Kayıt numarası: {trace}.",
    "region": "Yapay zekâ hizmetinin çalıştığı yer: {region}.",
    "retention": "Bu sohbetin kayıtlarının saklanma süresi: {time}.",
    # in simple words
    "simple": "Basit sözlerle",
    "simple_ai": "Bu yanıtı bir bilgisayar programı (yapay zekâ) yazdı.",
    "simple_all": "Söylediği, programa verilen metinlerde var.",
    "simple_some": _n("{all} cümlenin {count} tanesi programa verilen metinlerde var."),
    "simple_partly": _n("{count} cümle orada yalnızca kısmen var. Lütfen kontrol edin."),
    "simple_missing": _n("{count} cümle bu metinlerde yok. Yanlış olabilir."),
    "simple_none": "Söylediği, programa verilen hiçbir metinde yok. Yanlış olabilir.",
    "simple_conflicts": _n("{count} cümle bu metinlere uymuyor. Lütfen buna güvenmeyin."),
    "simple_hidden": "Bazı verilerinizi programdan gizledik.",
    "simple_person": "Bir insanla görüşmek ister misiniz? Şöyle yapabilirsiniz: {contact}.",
    "simple_person_none": "Bir insanla görüşmek ister misiniz? Burada istemeniz yeterli.",
    # the full record
    "record": "Tüm ayrıntılar",
    "record_given": "Yapay zekâya verilenler",
    "record_source": "{source} (kimlik {id}, sürüm {version})",
    "record_calls": "Yapay zekâya yapılan çağrılar",
    "record_checks": "Her ifadenin nasıl kontrol edildiği",
    "record_statement": "{number}. ifade",
    "tier_matched": "{source}: sözcüklerin ve değerlerin eşleşme oranı {share}.",
    "tier_cited": "{source}: yapay zekâ bu bölümü gösterdi, bölüm de orada var ({share}).",
    "tier_checked": "{source}: ikinci bir kontrol aynı sonucu verdi ({share}).",
    "tier_tested": "{source}: denendi. Bu metin olmadan yapay zekâ başka yanıt veriyor ({share}).",
    "record_nearest": "Hiçbir kaynak bunu doğrulamıyor.",
    "record_about": "Bu kayıt hakkında",
    "record_time": "Zaman: {time}.",
    "record_form": "Bu kaydın biçimi: {version}.",
    "limits": "Bu kontrolleri bir program yapar. Yanılabilir.",
    "measured": "İngilizce metinlerle yapılan testlerde, bulundu dediklerinin en az {share} kadarı doğruydu.",
    "record_no_decision": "Bu yanıt için sizinle ilgili kayıtlı bir karar yok.",
    # notes
    "note_partial": "Çok uzun bir metnin bir bölümü kontrol edilmedi.",
    "note_language": "Kontrol programı bu yanıtın dilini daha az biliyor. Daha çok şeyi kaçırabilir.",
    "note_cut": "Yanıt bitmeden kesildi.",
    "note_filtered": "Yapay zekâ hizmeti yanıtın bir bölümünü vermedi.",
    "note_unknown_placeholders": _n(
        "Yapay zekâ, kişisel veri yerine {count} kod uydurdu. Olduğu gibi bırakıldı.",
    ),
    "note_tools": "Yapay zekâ ayrıca bir sorgu istedi: {tools}.",
    "sent_along": "{source} (mesajınızla birlikte gönderildi)",
    "field_quote": "Sorgu sonucu: {fields}.",
    "field": "{field}: {value}",
    "hidden_from": "Kaynakları: {sources}.",
    "hidden_used": "Yanıta sizin için geri konanlar: {items}.",
    "narrated": "Yapay zekânın verdiği nedenler",
    "narrated_note": (
        "Yapay zekâ bu nedenleri sonradan yazdı. Her alıntı denetlendi. Gerçekte neyi kullandığını göstermezler."
    ),
    "narrated_none": "Verdiği hiçbir neden denetlenemedi. Yukarıdakiler onlar olmadan belirlendi.",
    "narrated_dropped": _n("Denetlenemeyen {count} neden daha çıkarıldı."),
    "decisions": "Sizinle ilgili kararlar",
    "decisions_line": _n("Sizinle ilgili {count} karar verildi."),
    "decision_refused": "Reddedildi: {what}.",
    "decision_granted": "Kabul edildi: {what}.",
    "decision_changed": "Değiştirildi: {what}.",
    "decision_asked": "Sistemimizden istendi: {what}.",
    "decision_significant": "Bu sizin için çok önemli olabilir.",
    "decided_rule": "Kararı sabit bir kural verdi. Yapay zekâ yalnızca iletti.",
    "decided_ai": "Kararı yapay zekâ verdi.",
    "decided_person": "Kararı bir insan verdi.",
    "decision_rule": "Kural: {rule}.",
    "condition_met": "Sağlandı: {field}. Gereken: {required}. Kayıtta: {actual}.",
    "condition_missed": "Sağlanmadı: {field}. Gereken: {required}. Kayıtta: {actual}.",
    "at_most": "en çok {value}",
    "at_least": "en az {value}",
    "would_change": "Kararı değiştirecek olan: {conditions}.",
    "would_be": "{field}: {required}",
    "decision_review": "Bir insanın bakması için: {contact}.",
    "decision_review_none": "Bir insanın bakması için bunu sohbette isteyin.",
}

ENTITIES = {
    "EMAIL_ADDRESS": _n("e-posta adresi"),
    "PHONE_NUMBER": _n("telefon numarası"),
    "CREDIT_CARD": _n("kart numarası"),
    "IBAN_CODE": _n("banka hesap numarası"),
    "PERSON": _n("ad"),
    "LOCATION": _n("adres"),
    "IP_ADDRESS": _n("internet adresi"),
    "US_SSN": _n("sosyal güvenlik numarası"),
    "CUSTOMER_ID": _n("müşteri numarası"),
    "DATE_TIME": _n("tarih"),
    "DATE_OF_BIRTH": _n("doğum tarihi"),
    "URL": _n("web adresi"),
    "API_KEY": _n("gizli anahtar"),
    "CREDENTIAL": _n("parola ya da anahtar"),
    "BANK_ACCOUNT": _n("banka hesap numarası"),
    "MAC_ADDRESS": _n("cihaz numarası"),
    "IMEI": _n("cihaz numarası"),
    "NATIONAL_ID": _n("kimlik numarası"),
    "TAX_ID": _n("vergi numarası"),
    "PASSPORT": _n("pasaport numarası"),
    "DRIVER_LICENSE": _n("sürücü belgesi numarası"),
    "VEHICLE": _n("araç numarası"),
    "CRYPTO": _n("cüzdan adresi"),
    "SOCIAL_HANDLE": _n("kullanıcı adı"),
    "ORGANIZATION": _n("şirket adı"),
    "ADDRESS": _n("posta adresi"),
    "POSTCODE": _n("posta kodu"),
    "PLACE": _n("yer adı"),
    "USER_ID": _n("kullanıcı adı"),
    "PAYMENT_ID": _n("ödeme numarası"),
    "MEMBERSHIP_ID": _n("üyelik numarası"),
    "REFERENCE_ID": _n("referans numarası"),
    "PLACEHOLDER_LIKE": _n("yer tutucuya benzeyen metin"),
    "*": _n("başka kişisel bilgi"),
}

LANGUAGE = Language(code="tr", direction="ltr", messages=MESSAGES, entities=ENTITIES)

"""Hindi: short everyday sentences, "आप"; English words where they are the usual ones in customer service."""

from __future__ import annotations

from explainbot.explain.languages import Language, Message


def _n(one: str, other: str = "") -> dict[str, str]:
    """The forms for 0 and 1 and for more, which are often the same."""
    return {"one": one, "other": other or one}


MESSAGES: dict[str, Message] = {
    # the first line
    "written_by_ai": "यह जवाब AI ने लिखा है (मॉडल {model})।",
    "written_by_ai_plain": "यह जवाब AI ने लिखा है।",
    "found_in_all": _n("इसमें कही गई बात यहाँ मिली: {sources}।", "इसमें कही गई सभी {count} बातें यहाँ मिलीं: {sources}।"),
    "found_in_some": _n(
        "इसकी {all} बातों में से {count} यहाँ मिली: {sources}।", "इसकी {all} बातों में से {count} यहाँ मिलीं: {sources}।"
    ),
    "partly_in_all": _n(
        "इसमें कही गई बात का केवल कुछ हिस्सा यहाँ मिला: {sources}।",
        "इसमें कही गई {count} बातों का केवल कुछ हिस्सा यहाँ मिला: {sources}।",
    ),
    "partly_in_some": _n("इसकी {all} बातों में से {count} का कुछ हिस्सा यहाँ मिला: {sources}।"),
    "not_found_line": _n("{count} बात किसी भी स्रोत में नहीं मिली।", "{count} बातें किसी भी स्रोत में नहीं मिलीं।"),
    "conflicts_line": _n("{count} बात अपने स्रोत से मेल नहीं खाती।", "{count} बातें अपने स्रोतों से मेल नहीं खातीं।"),
    "general_knowledge": "यह सामान्य जानकारी पर आधारित है। कंपनी के किसी स्रोत का उपयोग नहीं हुआ।",
    "general_knowledge_given": "यह सामान्य जानकारी पर आधारित है। यह कंपनी के किसी स्रोत में नहीं मिला।",
    "nothing_claimed": "इसमें ऐसी कोई बात नहीं है जिसे जाँचा जा सके।",
    "tool_calls_only": "अभी तक यह केवल एक खोज है: {tools}। जवाब का पाठ अभी नहीं है।",
    "refusal_line": "AI ने इसका जवाब नहीं दिया।",
    "unavailable_line": "हम इससे अधिक नहीं बता सकते: कोई विवरण उपलब्ध नहीं है।",
    "empty_line": "जवाब में कोई पाठ नहीं है।",
    # headings
    "details": "यह जवाब क्यों?",
    "said": "जवाब में क्या कहा गया है",
    "data": "आपका डेटा",
    "about": "इस जवाब के बारे में",
    # one statement
    "state_found": "यहाँ मिला: {source}।",
    "state_partly": "कुछ हिस्सा यहाँ मिला: {source}। कृपया जाँच लें।",
    "state_partly_none": "केवल कुछ हिस्सा मिला। कृपया जाँच लें।",
    "state_not_found": "किसी भी स्रोत में नहीं मिला। भरोसा करने से पहले कृपया जाँच लें।",
    "state_conflict": "अपने स्रोत से मेल नहीं खाता। कृपया जाँच लें।",
    "repeated": "यह इस चैट में पहले भी कहा गया था। इससे यह सही साबित नहीं होता।",
    "same_quote": "वही अंश जो बात {number} के साथ है।",
    "conflict_values": "जवाब में है: {said}। स्रोत ({source}) में है: {other}।",
    "conflict_withheld": "जवाब में है: {said}। स्रोत ({source}) में कुछ और है।",
    "missing_values": "किसी भी स्रोत में नहीं मिला: {values}।",
    "quote": "स्रोत में लिखा है: {quote}",
    "changed": "पिछला बदलाव: {date}।",
    "no_claims": _n(
        "{count} और वाक्य में कोई दावा नहीं है, जैसे अभिवादन या सवाल।",
        "{count} और वाक्यों में कोई दावा नहीं है, जैसे अभिवादन या सवाल।",
    ),
    "matching": "“मिला” का मतलब है कि शब्द और मान मेल खाते हैं। इससे यह पता नहीं चलता कि AI ने उसी पाठ का उपयोग किया।",
    # sources by kind
    "kind_document": "कंपनी का एक दस्तावेज़",
    "kind_tool_result": "हमारे सिस्टम में एक खोज",
    "kind_tool_result_named": "हमारे सिस्टम में एक खोज ({tool})",
    "kind_profile": "आपका ग्राहक खाता",
    "kind_history": "इस चैट का एक पिछला संदेश",
    "kind_instructions": "AI के लिए कंपनी के नियम",
    "kind_customer_message": "आपका अपना संदेश",
    "not_quoted": "AI के पास ये भी थे, पर यहाँ इनसे कुछ उद्धृत नहीं है: {sources}।",
    "not_sent": "इस जवाब के लिए चुने गए, पर AI को नहीं दिए गए: {sources}।",
    # data
    "hidden": "AI से छिपाया गया: {items}।",
    "hidden_none": "ऐसा कोई निजी डेटा नहीं मिला जिसे AI से छिपाना ज़रूरी हो।",
    "item": "{count} {entity}",
    "purpose": "आपके डेटा का उपयोग इस काम के लिए होता है: {purpose}।",
    "source_purpose": "{source} का उपयोग इस काम के लिए होता है: {purpose}।",
    # about
    "model": "AI मॉडल: {model}, संचालक: {provider}।",
    "responsible": "ज़िम्मेदार: {name}।",
    "privacy": "निजता की सूचना: {url}",
    "contact": "किसी व्यक्ति से बात करने या गलती बताने के लिए: {contact}।",
    "contact_none": "किसी व्यक्ति से बात करने या गलती बताने के लिए, यहीं चैट में कहें।",
    "trace": "रिकॉर्ड नंबर: {trace}।",
    "region": "AI सेवा यहाँ चलती है: {region}।",
    "retention": "इस चैट के रिकॉर्ड इतने समय तक रखे जाते हैं: {time}।",
    # in simple words
    "simple": "सरल शब्दों में",
    "simple_ai": "यह जवाब एक कंप्यूटर प्रोग्राम (AI) ने लिखा है।",
    "simple_all": "इसमें कही गई बात उन पाठों में है जो प्रोग्राम को दिए गए थे।",
    "simple_some": _n(
        "{all} वाक्यों में से {count} उन पाठों में है जो प्रोग्राम को दिए गए थे।",
        "{all} वाक्यों में से {count} उन पाठों में हैं जो प्रोग्राम को दिए गए थे।",
    ),
    "simple_partly": _n(
        "{count} वाक्य का केवल कुछ हिस्सा वहाँ है। कृपया जाँच लें।",
        "{count} वाक्यों का केवल कुछ हिस्सा वहाँ है। कृपया जाँच लें।",
    ),
    "simple_missing": _n(
        "{count} वाक्य इन पाठों में नहीं है। वह गलत हो सकता है।",
        "{count} वाक्य इन पाठों में नहीं हैं। वे गलत हो सकते हैं।",
    ),
    "simple_none": "इसमें कही गई बात प्रोग्राम को दिए गए किसी भी पाठ में नहीं है। यह गलत हो सकती है।",
    "simple_conflicts": _n(
        "{count} वाक्य इन पाठों से मेल नहीं खाता। कृपया उस पर भरोसा न करें।",
        "{count} वाक्य इन पाठों से मेल नहीं खाते। कृपया उन पर भरोसा न करें।",
    ),
    "simple_hidden": "हमने आपका कुछ डेटा प्रोग्राम से छिपाया।",
    "simple_person": "क्या आप किसी व्यक्ति से बात करना चाहते हैं? तरीका यह है: {contact}।",
    "simple_person_none": "क्या आप किसी व्यक्ति से बात करना चाहते हैं? बस यहाँ कहें।",
    # the full record
    "record": "पूरा रिकॉर्ड",
    "record_given": "AI को क्या दिया गया",
    "record_source": "{source} (पहचान {id}, संस्करण {version})",
    "record_checks": "हर बात की जाँच कैसे हुई",
    "record_statement": "बात {number}",
    "tier_matched": "{source}: {share} शब्द और मान मेल खाते हैं।",
    "tier_cited": "{source}: AI ने यह अंश बताया, और यह वहाँ है ({share})।",
    "tier_checked": "{source}: दूसरी जाँच का नतीजा भी यही रहा ({share})।",
    "tier_tested": "{source}: परखा गया। इस पाठ के बिना AI का जवाब अलग होता है ({share})।",
    "record_nearest": "कोई स्रोत इसकी पुष्टि नहीं करता।",
    "record_about": "इस रिकॉर्ड के बारे में",
    "record_time": "समय: {time}।",
    "record_form": "इस रिकॉर्ड का रूप: {version}।",
    "limits": "ये जाँच एक प्रोग्राम करता है। उससे गलती हो सकती है।",
    # notes
    "note_partial": "एक बहुत लंबे पाठ का कुछ हिस्सा नहीं जाँचा गया।",
    "note_language": "जाँच करने वाला प्रोग्राम इस जवाब की भाषा कम जानता है। उससे अधिक चूक हो सकती है।",
    "note_cut": "जवाब पूरा होने से पहले कट गया।",
    "note_filtered": "AI सेवा ने जवाब का कुछ हिस्सा रोक लिया।",
    "note_unknown_placeholders": _n(
        "AI ने निजी डेटा की जगह {count} कोड अपने मन से बनाया। उसे वैसे ही रहने दिया गया।",
        "AI ने निजी डेटा की जगह {count} कोड अपने मन से बनाए। उन्हें वैसे ही रहने दिया गया।",
    ),
    "note_tools": "AI ने एक खोज भी माँगी: {tools}।",
    "sent_along": "{source} (आपके संदेश के साथ भेजा गया)",
    "field_quote": "खोज का नतीजा: {fields}।",
    "field": "{field}: {value}",
    "hidden_from": "ये यहाँ से आए: {sources}।",
    "hidden_used": "आपके लिए जवाब में वापस रखे गए: {items}।",
    "narrated": "AI के बताए कारण",
    "narrated_note": ("AI ने ये कारण बाद में लिखे। हर उद्धरण जाँचा गया। ये नहीं दिखाते कि उसने सच में क्या इस्तेमाल किया।"),
    "narrated_none": "उसके किसी कारण की जाँच न हो सकी। ऊपर की बातें उनके बिना तय हुईं।",
    "narrated_dropped": _n("छोड़े गए कारण, जिनकी जाँच न हो सकी: {count}।"),
}

ENTITIES = {
    "EMAIL_ADDRESS": _n("ईमेल पता", "ईमेल पते"),
    "PHONE_NUMBER": _n("फ़ोन नंबर"),
    "CREDIT_CARD": _n("कार्ड नंबर"),
    "IBAN_CODE": _n("बैंक खाता नंबर"),
    "PERSON": _n("नाम"),
    "LOCATION": _n("पता", "पते"),
    "IP_ADDRESS": _n("इंटरनेट पता", "इंटरनेट पते"),
    "US_SSN": _n("सामाजिक सुरक्षा नंबर"),
    "CUSTOMER_ID": _n("ग्राहक नंबर"),
    "DATE_TIME": _n("तारीख", "तारीखें"),
    "DATE_OF_BIRTH": _n("जन्मतिथि", "जन्मतिथियाँ"),
    "URL": _n("वेब पता", "वेब पते"),
    "API_KEY": _n("गुप्त कुंजी", "गुप्त कुंजियाँ"),
    "CREDENTIAL": _n("पासवर्ड या कुंजी", "पासवर्ड या कुंजियाँ"),
    "BANK_ACCOUNT": _n("बैंक खाता नंबर"),
    "MAC_ADDRESS": _n("डिवाइस नंबर"),
    "IMEI": _n("डिवाइस नंबर"),
    "NATIONAL_ID": _n("पहचान नंबर"),
    "TAX_ID": _n("कर नंबर"),
    "PASSPORT": _n("पासपोर्ट नंबर"),
    "DRIVER_LICENSE": _n("ड्राइविंग लाइसेंस नंबर"),
    "VEHICLE": _n("वाहन नंबर"),
    "CRYPTO": _n("वॉलेट पता", "वॉलेट पते"),
    "SOCIAL_HANDLE": _n("यूज़र नाम"),
    "ORGANIZATION": _n("कंपनी का नाम", "कंपनियों के नाम"),
    "ADDRESS": _n("डाक पता", "डाक पते"),
    "POSTCODE": _n("पिन कोड"),
    "PLACE": _n("जगह का नाम", "जगहों के नाम"),
    "USER_ID": _n("यूज़र नाम"),
    "PAYMENT_ID": _n("भुगतान नंबर"),
    "MEMBERSHIP_ID": _n("सदस्यता नंबर"),
    "REFERENCE_ID": _n("संदर्भ संख्या"),
    "PLACEHOLDER_LIKE": _n("पाठ जो बदले हुए कोड जैसा दिखता है", "पाठ जो बदले हुए कोड जैसे दिखते हैं"),
    "*": _n("अन्य निजी जानकारी", "अन्य निजी जानकारियाँ"),
}

LANGUAGE = Language(code="hi", direction="ltr", messages=MESSAGES, entities=ENTITIES)

"""Arabic: short sentences in plain standard Arabic, worded so that nobody's gender must be guessed.

Counted nouns change in number and case; where several could stand, the number follows the noun in brackets.
"""

from __future__ import annotations

from explainbot.explain.languages import Language, Message


def _n(one: str, two: str, few: str, many: str, other: str = "") -> dict[str, str]:
    """The forms for 1, 2, 3 to 10, 11 to 99, and for 100 and its like; none takes the last."""
    other = other or many
    return {"zero": other, "one": one, "two": two, "few": few, "many": many, "other": other}


def _noun(one: str, more: str) -> dict[str, str]:
    """A noun ahead of a number in brackets."""
    return _n(one, more, more, more)


MESSAGES: dict[str, Message] = {
    # the first line
    "written_by_ai": "كُتب هذا الرد بواسطة الذكاء الاصطناعي (النموذج: {model}).",
    "written_by_ai_plain": "كُتب هذا الرد بواسطة الذكاء الاصطناعي.",
    "found_in_all": _n(
        "عُثر على ما جاء فيه في: {sources}.",
        "عُثر على العبارتين الواردتين فيه في: {sources}.",
        "عُثر على جميع العبارات الواردة فيه ({count}) في: {sources}.",
        "عُثر على جميع العبارات الواردة فيه ({count}) في: {sources}.",
    ),
    "found_in_some": _n(
        "عُثر على عبارة واحدة من أصل {all} في: {sources}.",
        "عُثر على عبارتين من أصل {all} في: {sources}.",
        "عُثر على {count} عبارات من أصل {all} في: {sources}.",
        "عُثر على {count} عبارة من أصل {all} في: {sources}.",
    ),
    "partly_in_all": _n(
        "عُثر على جزء فقط مما جاء فيه في: {sources}.",
        "عُثر على جزء فقط من العبارتين الواردتين فيه في: {sources}.",
        "عُثر على جزء فقط من العبارات الواردة فيه ({count}) في: {sources}.",
        "عُثر على جزء فقط من العبارات الواردة فيه ({count}) في: {sources}.",
    ),
    "partly_in_some": _n(
        "عُثر جزئيًا على عبارة واحدة من أصل {all} في: {sources}.",
        "عُثر جزئيًا على عبارتين من أصل {all} في: {sources}.",
        "عُثر جزئيًا على {count} عبارات من أصل {all} في: {sources}.",
        "عُثر جزئيًا على {count} عبارة من أصل {all} في: {sources}.",
    ),
    "not_found_line": _n(
        "لم يُعثر على عبارة واحدة في أي مصدر.",
        "لم يُعثر على عبارتين في أي مصدر.",
        "لم يُعثر على {count} عبارات في أي مصدر.",
        "لم يُعثر على {count} عبارة في أي مصدر.",
    ),
    "conflicts_line": _n(
        "توجد عبارة واحدة لا تطابق مصدرها.",
        "توجد عبارتان لا تطابقان مصدريهما.",
        "توجد {count} عبارات لا تطابق مصادرها.",
        "توجد {count} عبارة لا تطابق مصادرها.",
    ),
    "general_knowledge": "قد تكون معلومات عامة. لم يُعطَ الذكاء الاصطناعي أي مصدر من مصادر الشركة.",
    "general_knowledge_given": ("قد تكون معلومات عامة. لم يُعثر عليها في أي مصدر من مصادر الشركة."),
    "nothing_claimed": "لا يتضمن أي عبارة يمكن التحقق منها.",
    "tool_calls_only": "هذا مجرد استعلام حتى الآن: {tools}. لا يوجد نص للرد بعد.",
    "refusal_line": "امتنع الذكاء الاصطناعي عن الإجابة عن هذا.",
    "unavailable_line": "لا يمكننا قول المزيد: لا يتوفر أي شرح.",
    "empty_line": "لا يوجد نص للرد.",
    # headings
    "details": "لماذا هذا الرد؟",
    "said": "ما يقوله الرد",
    "data": "بياناتك",
    "about": "حول هذا الرد",
    # one statement
    "state_found": "عُثر عليه في: {source}.",
    "state_partly": "عُثر على جزء منه في: {source}. يُرجى التحقق منه.",
    "state_partly_none": "عُثر على جزء منه فقط. يُرجى التحقق منه.",
    "state_not_found": "لم يُعثر عليه في أي مصدر. يُرجى التحقق منه قبل الاعتماد عليه.",
    "state_conflict": "لا يطابق مصدره. يُرجى التحقق منه.",
    "repeated": "سبق ذكر ذلك في هذه المحادثة. وهذا لا يعني أنه صحيح.",
    "same_quote": "المقطع نفسه الوارد مع العبارة {number}.",
    "conflict_values": "يذكر الرد: {said}. ويذكر المصدر ({source}): {other}.",
    "conflict_withheld": "يذكر الرد: {said}. ويذكر المصدر ({source}) شيئًا آخر.",
    "missing_values": "لم يُعثر عليه في أي مصدر: {values}.",
    "quote": "يقول المصدر: {quote}",
    "changed": "آخر تعديل: {date}.",
    "no_claims": _n(
        "توجد جملة أخرى لا تفيد معلومة، كالتحية أو السؤال.",
        "توجد جملتان أخريان لا تفيدان معلومة، كالتحية أو السؤال.",
        "توجد {count} جمل أخرى لا تفيد معلومة، كالتحية أو السؤال.",
        "توجد {count} جملة أخرى لا تفيد معلومة، كالتحية أو السؤال.",
    ),
    "matching": ("«عُثر عليه» يعني أن الكلمات والقيم متطابقة. ولا يثبت ذلك أن الذكاء الاصطناعي استخدم هذا النص."),
    # what the reply itself cites
    "cited_says": "يذكر الذكاء الاصطناعي لهذا: {source}. وهذا المصدر يقول ذلك.",
    "cited_partly": "يذكر الذكاء الاصطناعي لهذا: {source}. وهذا المصدر يقول جزءًا منه فقط.",
    "cited_not": "يذكر الذكاء الاصطناعي لهذا: {source}. لكن هذا المصدر لا يقول ذلك.",
    "cited_missing": "يذكر الذكاء الاصطناعي {marker} مصدرًا له. ولم يُعطَ مصدرًا كهذا.",
    "cited_unchecked": "يذكر الذكاء الاصطناعي لهذا: {source}. ولم نتمكن من التحقق من هذا المصدر.",
    # a second check, and the removal test
    "checked_lower": "وجد تحقق ثانٍ ({checker}) دعمًا أقل لهذا.",
    "note_check_failed": "تعذر إجراء تحقق ثانٍ ({checker}). وتبقى النتيجة السابقة.",
    "tested_because": "كتب الذكاء الاصطناعي هذا بسبب: {sources}. ومن دونه كان هذا الرد أقل احتمالًا بكثير.",
    "tested_jointly": (
        "كتب الذكاء الاصطناعي هذا بسبب هذه المصادر معًا: {sources}. ومن دونها كان هذا الرد أقل احتمالًا بكثير."
    ),
    "tested_none": "تم الاختبار: حذف مصدر واحد لم يغير شيئًا هنا.",
    "note_tested": "تم الاختبار بسؤال الذكاء الاصطناعي مجددًا، كل مرة من دون واحد من: {sources}.",
    "note_test_part": "تعذر إكمال الاختبار.",
    # sources by kind
    "kind_document": "مستند من الشركة",
    "kind_tool_result": "استعلام في نظامنا",
    "kind_tool_result_named": "استعلام في نظامنا ({tool})",
    "kind_profile": "حسابك لدينا",
    "kind_history": "رسالة سابقة في هذه المحادثة",
    "kind_instructions": "قواعد الشركة للذكاء الاصطناعي",
    "kind_customer_message": "رسالتك",
    "not_quoted": "كان لدى الذكاء الاصطناعي أيضًا ما يلي، ولم يُقتبس منه شيء هنا: {sources}.",
    "not_sent": "اختير لهذا الرد ولم يُقدَّم إلى الذكاء الاصطناعي: {sources}.",
    # data
    "hidden": "ما أُخفي عن الذكاء الاصطناعي: {items}.",
    "hidden_none": "لم يُعثر على بيانات شخصية يلزم إخفاؤها عن الذكاء الاصطناعي.",
    "item": "{entity} ({count})",
    "purpose": "تُستخدم بياناتك للغرض التالي: {purpose}.",
    "source_purpose": "{source}: يُستخدم للغرض التالي: {purpose}.",
    "purposes": "الغرض من كل نوع من البيانات: {items}.",
    # about
    "model": "نموذج الذكاء الاصطناعي: {model}، تشغيل: {provider}.",
    "responsible": "الجهة المسؤولة: {name}.",
    "privacy": "إشعار الخصوصية: {url}",
    "contact": "للتحدث مع شخص أو للإبلاغ عن خطأ: {contact}.",
    "contact_none": "للتحدث مع شخص أو للإبلاغ عن خطأ، يمكن طلب ذلك هنا في المحادثة.",
    "trace": "رقم السجل: {trace}.",
    "region": "مكان عمل خدمة الذكاء الاصطناعي: {region}.",
    "retention": "مدة حفظ سجلات هذه المحادثة: {time}.",
    # in simple words
    "simple": "بكلمات بسيطة",
    "simple_ai": "كتب هذا الرد برنامج حاسوب (ذكاء اصطناعي).",
    "simple_all": "ما يقوله موجود في النصوص التي أُعطيت للبرنامج.",
    "simple_some": _n(
        "جملة واحدة من أصل {all} موجودة في النصوص التي أُعطيت للبرنامج.",
        "جملتان من أصل {all} موجودتان في النصوص التي أُعطيت للبرنامج.",
        "{count} جمل من أصل {all} موجودة في النصوص التي أُعطيت للبرنامج.",
        "{count} جملة من أصل {all} موجودة في النصوص التي أُعطيت للبرنامج.",
    ),
    "simple_partly": _n(
        "جملة واحدة موجودة فيها جزئيًا فقط. يُرجى التحقق منها.",
        "جملتان موجودتان فيها جزئيًا فقط. يُرجى التحقق منهما.",
        "{count} جمل موجودة فيها جزئيًا فقط. يُرجى التحقق منها.",
        "{count} جملة موجودة فيها جزئيًا فقط. يُرجى التحقق منها.",
    ),
    "simple_missing": _n(
        "جملة واحدة غير موجودة في هذه النصوص. قد تكون خاطئة.",
        "جملتان غير موجودتين في هذه النصوص. قد تكونان خاطئتين.",
        "{count} جمل غير موجودة في هذه النصوص. قد تكون خاطئة.",
        "{count} جملة غير موجودة في هذه النصوص. قد تكون خاطئة.",
    ),
    "simple_none": "ما يقوله غير موجود في أي نص أُعطي للبرنامج. قد يكون خاطئًا.",
    "simple_conflicts": _n(
        "جملة واحدة لا توافق هذه النصوص. يُرجى عدم الاعتماد عليها.",
        "جملتان لا توافقان هذه النصوص. يُرجى عدم الاعتماد عليهما.",
        "{count} جمل لا توافق هذه النصوص. يُرجى عدم الاعتماد عليها.",
        "{count} جملة لا توافق هذه النصوص. يُرجى عدم الاعتماد عليها.",
    ),
    "simple_hidden": "أخفينا بعض بياناتك عن البرنامج.",
    "simple_person": "هل ترغب في التحدث مع شخص؟ هذه هي الطريقة: {contact}.",
    "simple_person_none": "هل ترغب في التحدث مع شخص؟ يمكن طلب ذلك هنا.",
    # the full record
    "record": "السجل الكامل",
    "record_given": "ما أُعطي للذكاء الاصطناعي",
    "record_source": "{source} (المعرّف {id}، الإصدار {version})",
    "record_calls": "الطلبات المرسلة إلى الذكاء الاصطناعي",
    "record_checks": "كيف جرى التحقق من كل عبارة",
    "record_statement": "العبارة {number}",
    "tier_matched": "{source}: نسبة تطابق الكلمات والقيم {share}.",
    "tier_cited": "{source}: أشار الذكاء الاصطناعي إلى هذا المقطع، وهو موجود فيه ({share}).",
    "tier_checked": "{source}: أكّد ذلك تحقق ثانٍ ({share}).",
    "tier_tested": "{source}: جرى اختباره. من دون هذا النص يختلف رد الذكاء الاصطناعي ({share}).",
    "record_nearest": "لا يوجد مصدر يؤكد ذلك.",
    "record_about": "حول هذا السجل",
    "record_time": "الوقت: {time}.",
    "record_form": "صيغة هذا السجل: {version}.",
    "limits": "يجري هذا التحقق برنامج. وقد يخطئ.",
    "measured": "في اختبارات على نصوص إنجليزية، كان {share} على الأقل مما عدّه موجودًا صحيحًا.",
    "record_no_decision": "لا يوجد في السجل أي قرار بشأنك لهذا الرد.",
    # notes
    "note_partial": "لم يُتحقق من جزء من نص طويل جدًا.",
    "note_language": "معرفة برنامج التحقق بلغة هذا الرد أقل. وقد يفوته المزيد.",
    "note_cut": "انقطع الرد قبل نهايته.",
    "note_filtered": "حجبت خدمة الذكاء الاصطناعي جزءًا من الرد.",
    "note_unknown_placeholders": _n(
        "اختلق الذكاء الاصطناعي رمزًا واحدًا بدلًا من بيانات شخصية. وقد تُرك كما هو.",
        "اختلق الذكاء الاصطناعي رمزين بدلًا من بيانات شخصية. وقد تُركا كما هما.",
        "اختلق الذكاء الاصطناعي {count} رموز بدلًا من بيانات شخصية. وقد تُركت كما هي.",
        "اختلق الذكاء الاصطناعي {count} رمزًا بدلًا من بيانات شخصية. وقد تُركت كما هي.",
        "اختلق الذكاء الاصطناعي {count} رمز بدلًا من بيانات شخصية. وقد تُركت كما هي.",
    ),
    "note_tools": "طلب الذكاء الاصطناعي أيضًا استعلامًا: {tools}.",
    "sent_along": "{source} (أُرسل مع رسالتك)",
    "field_quote": "نتيجة الاستعلام: {fields}.",
    "field": "{field}: {value}",
    "hidden_from": "مصدرها: {sources}.",
    "hidden_used": "أُعيد إلى الرد من أجلك: {items}.",
    "narrated": "أسباب ذكرها الذكاء الاصطناعي",
    "narrated_note": "كتب الذكاء الاصطناعي هذه الأسباب لاحقًا. تم التحقق من كل اقتباس. وهي لا تبين ما استخدمه فعلًا.",
    "narrated_none": "لم يمكن التحقق من أي سبب ذكره. ما ورد أعلاه حُدد من دونها.",
    "narrated_dropped": _noun(
        "عدد الأسباب المحذوفة لتعذر التحقق منها: {count}.", "عدد الأسباب المحذوفة لتعذر التحقق منها: {count}."
    ),
    "decisions": "قرارات تخصك",
    "decisions_line": _noun("عدد القرارات المتخذة بشأنك: {count}.", "عدد القرارات المتخذة بشأنك: {count}."),
    "decision_refused": "مرفوض: {what}.",
    "decision_granted": "مقبول: {what}.",
    "decision_changed": "تم تغييره: {what}.",
    "decision_asked": "طُلب في نظامنا: {what}.",
    "decision_significant": "قد يكون هذا مهمًا جدًا لك.",
    "decided_rule": "القرار لقاعدة ثابتة. الذكاء الاصطناعي نقله فقط.",
    "decided_ai": "القرار للذكاء الاصطناعي.",
    "decided_person": "القرار لإنسان.",
    "decision_rule": "القاعدة: {rule}.",
    "condition_met": "متحقق: {field}. المطلوب: {required}. المسجل: {actual}.",
    "condition_missed": "غير متحقق: {field}. المطلوب: {required}. المسجل: {actual}.",
    "at_most": "{value} على الأكثر",
    "at_least": "{value} على الأقل",
    "would_change": "ما الذي يغير القرار: {conditions}.",
    "would_be": "{field}: {required}",
    "decision_review": "ليراجعه إنسان: {contact}.",
    "decision_review_none": "ليراجعه إنسان، اطلب ذلك هنا في المحادثة.",
}

ENTITIES = {
    "EMAIL_ADDRESS": _noun("عنوان بريد إلكتروني", "عناوين بريد إلكتروني"),
    "PHONE_NUMBER": _noun("رقم هاتف", "أرقام هواتف"),
    "CREDIT_CARD": _noun("رقم بطاقة دفع", "أرقام بطاقات دفع"),
    "IBAN_CODE": _noun("رقم حساب مصرفي", "أرقام حسابات مصرفية"),
    "PERSON": _noun("اسم", "أسماء"),
    "LOCATION": _noun("عنوان", "عناوين"),
    "IP_ADDRESS": _noun("عنوان إنترنت", "عناوين إنترنت"),
    "US_SSN": _noun("رقم ضمان اجتماعي", "أرقام ضمان اجتماعي"),
    "CUSTOMER_ID": _noun("رقم عميل", "أرقام عملاء"),
    "DATE_TIME": _noun("تاريخ", "تواريخ"),
    "DATE_OF_BIRTH": _noun("تاريخ ميلاد", "تواريخ ميلاد"),
    "URL": _noun("عنوان موقع", "عناوين مواقع"),
    "API_KEY": _noun("مفتاح سري", "مفاتيح سرية"),
    "CREDENTIAL": _noun("كلمة مرور أو مفتاح", "كلمات مرور أو مفاتيح"),
    "BANK_ACCOUNT": _noun("رقم حساب مصرفي", "أرقام حسابات مصرفية"),
    "MAC_ADDRESS": _noun("رقم جهاز", "أرقام أجهزة"),
    "IMEI": _noun("رقم جهاز", "أرقام أجهزة"),
    "NATIONAL_ID": _noun("رقم هوية", "أرقام هوية"),
    "TAX_ID": _noun("رقم ضريبي", "أرقام ضريبية"),
    "PASSPORT": _noun("رقم جواز سفر", "أرقام جوازات سفر"),
    "DRIVER_LICENSE": _noun("رقم رخصة قيادة", "أرقام رخص قيادة"),
    "VEHICLE": _noun("رقم مركبة", "أرقام مركبات"),
    "CRYPTO": _noun("عنوان محفظة", "عناوين محافظ"),
    "SOCIAL_HANDLE": _noun("اسم مستخدم", "أسماء مستخدمين"),
    "ORGANIZATION": _noun("اسم شركة", "أسماء شركات"),
    "ADDRESS": _noun("عنوان بريدي", "عناوين بريدية"),
    "POSTCODE": _noun("رمز بريدي", "رموز بريدية"),
    "PLACE": _noun("اسم مكان", "أسماء أماكن"),
    "USER_ID": _noun("اسم مستخدم", "أسماء مستخدمين"),
    "PAYMENT_ID": _noun("رقم دفعة", "أرقام دفعات"),
    "MEMBERSHIP_ID": _noun("رقم عضوية", "أرقام عضوية"),
    "REFERENCE_ID": _noun("رقم مرجعي", "أرقام مرجعية"),
    "PLACEHOLDER_LIKE": _noun("نص يشبه رمزًا بديلًا", "نصوص تشبه رموزًا بديلة"),
    "*": _noun("معلومة شخصية أخرى", "معلومات شخصية أخرى"),
}

LANGUAGE = Language(code="ar", direction="rtl", messages=MESSAGES, entities=ENTITIES, quotes=("«", "»"))

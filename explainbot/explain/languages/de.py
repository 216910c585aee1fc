"""German: short sentences, "Sie". "Aussage" is a statement of the reply, "Text" what the AI was given."""

from __future__ import annotations

from explainbot.explain.languages import Language, Message


def _n(one: str, other: str) -> dict[str, str]:
    return {"one": one, "other": other}


MESSAGES: dict[str, Message] = {
    # the first line
    "written_by_ai": "Diese Antwort hat eine KI geschrieben (Modell {model}).",
    "written_by_ai_plain": "Diese Antwort hat eine KI geschrieben.",
    "found_in_all": _n("Der Inhalt steht in: {sources}.", "Alle {count} Aussagen stehen in: {sources}."),
    "found_in_some": _n(
        "{count} von {all} Aussagen steht in: {sources}.", "{count} von {all} Aussagen stehen in: {sources}."
    ),
    "partly_in_all": _n(
        "Der Inhalt steht nur zum Teil in: {sources}.", "Die {count} Aussagen stehen nur zum Teil in: {sources}."
    ),
    "partly_in_some": _n(
        "{count} von {all} Aussagen steht zum Teil in: {sources}.",
        "{count} von {all} Aussagen stehen zum Teil in: {sources}.",
    ),
    "not_found_line": _n(
        "1 Aussage wurde in keiner Quelle gefunden.", "{count} Aussagen wurden in keiner Quelle gefunden."
    ),
    "conflicts_line": _n(
        "1 Aussage stimmt nicht mit ihrer Quelle überein.", "{count} Aussagen stimmen nicht mit ihren Quellen überein."
    ),
    "general_knowledge": "Es kann Allgemeinwissen sein. Der KI lag keine Quelle des Unternehmens vor.",
    "general_knowledge_given": (
        "Es kann Allgemeinwissen sein. In den Quellen des Unternehmens wurde nichts davon gefunden."
    ),
    "nothing_claimed": "Die Antwort enthält keine Aussage, die sich prüfen ließe.",
    "tool_calls_only": "Bisher ist es nur eine Abfrage: {tools}. Einen Antworttext gibt es noch nicht.",
    "refusal_line": "Die KI hat darauf nicht geantwortet.",
    "unavailable_line": "Mehr können wir dazu nicht sagen: Es liegt keine Erklärung vor.",
    "empty_line": "Es gibt keinen Antworttext.",
    # headings
    "details": "Warum diese Antwort?",
    "said": "Was die Antwort sagt",
    "data": "Ihre Daten",
    "about": "Zu dieser Antwort",
    # one statement
    "state_found": "Gefunden in: {source}.",
    "state_partly": "Zum Teil gefunden in: {source}. Bitte prüfen Sie es.",
    "state_partly_none": "Nur zum Teil gefunden. Bitte prüfen Sie es.",
    "state_not_found": "In keiner Quelle gefunden. Bitte prüfen Sie es, bevor Sie sich darauf verlassen.",
    "state_conflict": "Stimmt nicht mit der Quelle überein. Bitte prüfen Sie es.",
    "repeated": "Das wurde in diesem Chat schon einmal gesagt. Richtig ist es deshalb noch nicht.",
    "same_quote": "Dieselbe Stelle wie bei Aussage {number}.",
    "conflict_values": "In der Antwort steht {said}. In der Quelle ({source}) steht {other}.",
    "conflict_withheld": "In der Antwort steht {said}. In der Quelle ({source}) steht etwas anderes.",
    "missing_values": "In keiner Quelle gefunden: {values}.",
    "quote": "In der Quelle steht: {quote}",
    "changed": "Zuletzt geändert: {date}.",
    "no_claims": _n(
        "1 weiterer Satz sagt nichts aus, etwa ein Gruß oder eine Frage.",
        "{count} weitere Sätze sagen nichts aus, etwa Grüße oder Fragen.",
    ),
    "matching": (
        "„Gefunden“ heißt: Wörter und Werte stimmen überein. Es zeigt nicht, dass die KI diesen Text verwendet hat."
    ),
    # what the reply itself cites
    "cited_says": "Die KI nennt dafür: {source}. Dort steht es auch.",
    "cited_partly": "Die KI nennt dafür: {source}. Dort steht nur ein Teil davon.",
    "cited_not": "Die KI nennt dafür: {source}. Dort steht es aber nicht.",
    "cited_missing": "Die KI nennt {marker} als Quelle. Eine solche Quelle hatte sie nicht.",
    "cited_unchecked": "Die KI nennt dafür: {source}. Diese Quelle konnten wir nicht prüfen.",
    # a second check, and the removal test
    "checked_lower": "Eine zweite Prüfung ({checker}) fand dafür weniger Belege.",
    "note_check_failed": "Eine zweite Prüfung ({checker}) war nicht möglich. Das bisherige Ergebnis gilt.",
    "tested_because": (
        "Die KI schrieb das wegen: {sources}. Ohne diese Quelle war diese Antwort viel weniger wahrscheinlich."
    ),
    "tested_jointly": (
        "Die KI schrieb das wegen dieser Quellen zusammen: {sources}. "
        "Ohne sie war diese Antwort viel weniger wahrscheinlich."
    ),
    "tested_none": "Getestet: Ohne eine einzelne Quelle änderte sich hier nichts.",
    "note_tested": "Getestet durch erneutes Fragen, jeweils ohne eine dieser Quellen: {sources}.",
    "note_test_part": "Der Test konnte nicht beendet werden.",
    # sources by kind
    "kind_document": "ein Dokument des Unternehmens",
    "kind_tool_result": "eine Abfrage in unserem System",
    "kind_tool_result_named": "eine Abfrage in unserem System ({tool})",
    "kind_profile": "Ihr Kundenkonto",
    "kind_history": "eine frühere Nachricht in diesem Chat",
    "kind_instructions": "die Vorgaben des Unternehmens für die KI",
    "kind_customer_message": "Ihre eigene Nachricht",
    "not_quoted": "Der KI lag auch vor, ohne dass hier daraus zitiert wird: {sources}.",
    "not_sent": "Für diese Antwort ausgewählt, der KI aber nicht gegeben: {sources}.",
    # data
    "hidden": "Vor der KI verborgen: {items}.",
    "hidden_none": "Es wurden keine persönlichen Daten gefunden, die vor der KI zu verbergen waren.",
    "item": "{count} {entity}",
    "purpose": "Ihre Daten dienen diesem Zweck: {purpose}.",
    "source_purpose": "{source} dient diesem Zweck: {purpose}.",
    "purposes": "Wofür die einzelnen Daten dienen: {items}.",
    # about
    "model": "KI-Modell: {model}, betrieben von {provider}.",
    "responsible": "Verantwortlich: {name}.",
    "privacy": "Datenschutzhinweise: {url}",
    "contact": "Wenn Sie mit einem Menschen sprechen oder einen Fehler melden möchten: {contact}.",
    "contact_none": (
        "Wenn Sie mit einem Menschen sprechen oder einen Fehler melden möchten, sagen Sie es bitte hier im Chat."
    ),
    "trace": "Vorgangsnummer: {trace}.",
    "region": "Der KI-Dienst arbeitet hier: {region}.",
    "retention": "So lange bewahren wir Aufzeichnungen dieses Chats auf: {time}.",
    # in simple words
    "simple": "In einfachen Worten",
    "simple_ai": "Ein Computer-Programm (KI) hat diese Antwort geschrieben.",
    "simple_all": "Was in der Antwort steht, steht auch in den Texten für das Programm.",
    "simple_some": _n(
        "{count} von {all} Sätzen steht in den Texten für das Programm.",
        "{count} von {all} Sätzen stehen in den Texten für das Programm.",
    ),
    "simple_partly": _n(
        "1 Satz steht dort nur zum Teil. Bitte prüfen Sie ihn.",
        "{count} Sätze stehen dort nur zum Teil. Bitte prüfen Sie sie.",
    ),
    "simple_missing": _n(
        "1 Satz steht nicht in diesen Texten. Er kann falsch sein.",
        "{count} Sätze stehen nicht in diesen Texten. Sie können falsch sein.",
    ),
    "simple_none": "Was in der Antwort steht, steht in keinem Text für das Programm. Es kann falsch sein.",
    "simple_conflicts": _n(
        "1 Satz passt nicht zu diesen Texten. Verlassen Sie sich nicht darauf.",
        "{count} Sätze passen nicht zu diesen Texten. Verlassen Sie sich nicht darauf.",
    ),
    "simple_hidden": "Einige Ihrer Daten hat das Programm nicht gesehen.",
    "simple_person": "Möchten Sie mit einem Menschen sprechen? So geht es: {contact}.",
    "simple_person_none": "Möchten Sie mit einem Menschen sprechen? Sagen Sie es einfach hier.",
    # the full record
    "record": "Alle Angaben",
    "record_given": "Was der KI vorlag",
    "record_source": "{source} (Kennung {id}, Version {version})",
    "record_calls": "Aufrufe der KI",
    "record_checks": "Wie jede Aussage geprüft wurde",
    "record_statement": "Aussage {number}",
    "tier_matched": "{source}: {share} der Wörter und Werte stimmen überein.",
    "tier_cited": "{source}: Die KI hat diese Stelle genannt, und sie steht dort ({share}).",
    "tier_checked": "{source}: Eine zweite Prüfung kam zum selben Ergebnis ({share}).",
    "tier_tested": "{source}: erprobt. Ohne diesen Text antwortet die KI anders ({share}).",
    "record_nearest": "Keine Quelle bestätigt das.",
    "record_about": "Zu dieser Aufzeichnung",
    "record_time": "Zeit: {time}.",
    "record_form": "Form dieser Aufzeichnung: {version}.",
    "limits": "Ein Programm prüft das. Es kann sich irren.",
    "measured": "In Tests mit englischen Texten waren mindestens {share} von dem richtig, was es „gefunden“ nannte.",
    "record_no_decision": "Zu dieser Antwort ist keine Entscheidung über Sie verzeichnet.",
    # notes
    "note_partial": "Ein Teil eines sehr langen Textes wurde nicht geprüft.",
    "note_language": "Die Prüfung kennt die Sprache dieser Antwort weniger gut. Sie kann mehr übersehen.",
    "note_cut": "Die Antwort bricht vor ihrem Ende ab.",
    "note_filtered": "Der KI-Dienst hat einen Teil der Antwort zurückgehalten.",
    "note_unknown_placeholders": _n(
        "Die KI hat 1 Platzhalter für persönliche Daten erfunden. Er blieb unverändert stehen.",
        "Die KI hat {count} Platzhalter für persönliche Daten erfunden. Sie blieben unverändert stehen.",
    ),
    "note_tools": "Die KI hat außerdem eine Abfrage angefordert: {tools}.",
    "sent_along": "{source} (mit Ihrer Nachricht gesendet)",
    "field_quote": "Die Abfrage ergibt: {fields}.",
    "field": "{field}: {value}",
    "hidden_from": "Sie stammen aus: {sources}.",
    "hidden_used": "Für Sie wieder in die Antwort eingesetzt: {items}.",
    "narrated": "Gründe, die die KI nennt",
    "narrated_note": (
        "Die KI hat diese Gründe später geschrieben. Jedes Zitat wurde geprüft. Sie zeigen nicht, "
        "was sie wirklich verwendet hat."
    ),
    "narrated_none": "Keiner ihrer Gründe ließ sich prüfen. Was oben steht, wurde ohne sie ermittelt.",
    "narrated_dropped": _n(
        "1 weiterer Grund wurde weggelassen. Er ließ sich nicht prüfen.",
        "{count} weitere Gründe wurden weggelassen. Sie ließen sich nicht prüfen.",
    ),
    "decisions": "Entscheidungen über Sie",
    "decision_refused": "Abgelehnt: {what}.",
    "decision_granted": "Bewilligt: {what}.",
    "decision_changed": "Geändert: {what}.",
    "decision_asked": "In unserem System angefordert: {what}.",
    "decision_significant": "Das kann für Sie sehr wichtig sein.",
    "decided_rule": "Eine feste Regel hat entschieden. Die KI hat es nur mitgeteilt.",
    "decided_ai": "Die KI hat entschieden.",
    "decided_person": "Ein Mensch hat entschieden.",
    "decision_rule": "Regel: {rule}.",
    "condition_met": "Erfüllt: {field}. Nötig: {required}. Vorhanden: {actual}.",
    "condition_missed": "Nicht erfüllt: {field}. Nötig: {required}. Vorhanden: {actual}.",
    "at_most": "höchstens {value}",
    "at_least": "mindestens {value}",
    "would_change": "Das würde es ändern: {conditions}.",
    "would_be": "{field}: {required}",
    "decision_review": "Damit ein Mensch es prüft: {contact}.",
    "decision_review_none": "Damit ein Mensch es prüft, bitten Sie hier im Chat darum.",
    "decisions_line": _n(
        "Es wurde 1 Entscheidung über Sie getroffen.", "Es wurden {count} Entscheidungen über Sie getroffen."
    ),
}

ENTITIES = {
    "EMAIL_ADDRESS": _n("E-Mail-Adresse", "E-Mail-Adressen"),
    "PHONE_NUMBER": _n("Telefonnummer", "Telefonnummern"),
    "CREDIT_CARD": _n("Kartennummer", "Kartennummern"),
    "IBAN_CODE": _n("Kontonummer", "Kontonummern"),
    "PERSON": _n("Name", "Namen"),
    "LOCATION": _n("Adresse", "Adressen"),
    "IP_ADDRESS": _n("Internetadresse", "Internetadressen"),
    "US_SSN": _n("Sozialversicherungsnummer", "Sozialversicherungsnummern"),
    "CUSTOMER_ID": _n("Kundennummer", "Kundennummern"),
    "DATE_TIME": _n("Datumsangabe", "Datumsangaben"),
    "DATE_OF_BIRTH": _n("Geburtsdatum", "Geburtsdaten"),
    "URL": _n("Webadresse", "Webadressen"),
    "API_KEY": _n("geheimer Schlüssel", "geheime Schlüssel"),
    "CREDENTIAL": _n("Passwort oder Schlüssel", "Passwörter oder Schlüssel"),
    "BANK_ACCOUNT": _n("Kontonummer", "Kontonummern"),
    "MAC_ADDRESS": _n("Gerätenummer", "Gerätenummern"),
    "IMEI": _n("Gerätenummer", "Gerätenummern"),
    "NATIONAL_ID": _n("Ausweisnummer", "Ausweisnummern"),
    "TAX_ID": _n("Steuernummer", "Steuernummern"),
    "PASSPORT": _n("Reisepassnummer", "Reisepassnummern"),
    "DRIVER_LICENSE": _n("Führerscheinnummer", "Führerscheinnummern"),
    "VEHICLE": _n("Fahrzeugnummer", "Fahrzeugnummern"),
    "CRYPTO": _n("Wallet-Adresse", "Wallet-Adressen"),
    "SOCIAL_HANDLE": _n("Benutzername", "Benutzernamen"),
    "ORGANIZATION": _n("Firmenname", "Firmennamen"),
    "ADDRESS": _n("Postanschrift", "Postanschriften"),
    "POSTCODE": _n("Postleitzahl", "Postleitzahlen"),
    "PLACE": _n("Ortsname", "Ortsnamen"),
    "USER_ID": _n("Benutzername", "Benutzernamen"),
    "PAYMENT_ID": _n("Zahlungsnummer", "Zahlungsnummern"),
    "MEMBERSHIP_ID": _n("Mitgliedsnummer", "Mitgliedsnummern"),
    "REFERENCE_ID": _n("Vorgangsnummer", "Vorgangsnummern"),
    "PLACEHOLDER_LIKE": _n("Text, der wie ein Platzhalter aussieht", "Texte, die wie Platzhalter aussehen"),
    "*": _n("andere persönliche Angabe", "andere persönliche Angaben"),
}

LANGUAGE = Language(code="de", direction="ltr", messages=MESSAGES, entities=ENTITIES, quotes=("\u201e", "\u201c"))

"""Italian: short sentences, "Lei"."""

from __future__ import annotations

from explainbot.explain.languages import Language, Message


def _n(one: str, other: str) -> dict[str, str]:
    return {"one": one, "many": other, "other": other}


MESSAGES: dict[str, Message] = {
    # the first line
    "written_by_ai": "Questa risposta è stata scritta da un’IA (modello {model}).",
    "written_by_ai_plain": "Questa risposta è stata scritta da un’IA.",
    "found_in_all": _n(
        "Quello che dice è stato trovato in: {sources}.",
        "Le sue {count} affermazioni sono state trovate tutte in: {sources}.",
    ),
    "found_in_some": _n(
        "{count} affermazione su {all} è stata trovata in: {sources}.",
        "{count} affermazioni su {all} sono state trovate in: {sources}.",
    ),
    "partly_in_all": _n(
        "Quello che dice è stato trovato solo in parte in: {sources}.",
        "Le sue {count} affermazioni sono state trovate solo in parte in: {sources}.",
    ),
    "partly_in_some": _n(
        "{count} affermazione su {all} è stata trovata in parte in: {sources}.",
        "{count} affermazioni su {all} sono state trovate in parte in: {sources}.",
    ),
    "not_found_line": _n(
        "1 affermazione non è stata trovata in nessuna fonte.",
        "{count} affermazioni non sono state trovate in nessuna fonte.",
    ),
    "conflicts_line": _n(
        "1 affermazione non corrisponde alla sua fonte.",
        "{count} affermazioni non corrispondono alle loro fonti.",
    ),
    "general_knowledge": "Può trattarsi di conoscenze generali. L’IA non aveva nessuna fonte dell’azienda.",
    "general_knowledge_given": (
        "Può trattarsi di conoscenze generali. Nelle fonti dell’azienda non ne è stato trovato nulla."
    ),
    "nothing_claimed": "Non contiene affermazioni che si possano verificare.",
    "tool_calls_only": "Per ora è solo una ricerca: {tools}. Non c’è ancora un testo di risposta.",
    "refusal_line": "L’IA ha scelto di non rispondere.",
    "unavailable_line": "Non possiamo dire di più: non è disponibile nessuna spiegazione.",
    "empty_line": "Non c’è un testo di risposta.",
    # headings
    "details": "Perché questa risposta?",
    "said": "Che cosa dice la risposta",
    "data": "I Suoi dati",
    "about": "Su questa risposta",
    # one statement
    "state_found": "Trovato in: {source}.",
    "state_partly": "Trovato in parte in: {source}. La preghiamo di verificare.",
    "state_partly_none": "Trovato solo in parte. La preghiamo di verificare.",
    "state_not_found": "Non trovato in nessuna fonte. La preghiamo di verificare prima di farvi affidamento.",
    "state_conflict": "Non corrisponde alla sua fonte. La preghiamo di verificare.",
    "repeated": "È già stato detto in questa chat. Non per questo è giusto.",
    "same_quote": "Stesso passo dell’affermazione {number}.",
    "conflict_values": "La risposta dice {said}. La fonte ({source}) dice {other}.",
    "conflict_withheld": "La risposta dice {said}. La fonte ({source}) dice altro.",
    "missing_values": "Non trovato in nessuna fonte: {values}.",
    "quote": "La fonte dice: {quote}",
    "changed": "Ultima modifica: {date}.",
    "no_claims": _n(
        "1 altra frase non afferma nulla, come un saluto o una domanda.",
        "{count} altre frasi non affermano nulla, come un saluto o una domanda.",
    ),
    "matching": (
        "«Trovato» vuol dire che le parole e i valori coincidono. Non dimostra che l’IA abbia usato quel testo."
    ),
    # what the reply itself cites
    "cited_says": "L’IA cita per questo: {source}. Quella fonte lo dice.",
    "cited_partly": "L’IA cita per questo: {source}. Quella fonte ne dice solo una parte.",
    "cited_not": "L’IA cita per questo: {source}. Quella fonte non lo dice.",
    "cited_missing": "L’IA cita {marker} come fonte. Non ha ricevuto nessuna fonte simile.",
    "cited_unchecked": "L’IA cita per questo: {source}. Non abbiamo potuto controllare quella fonte.",
    # a second check, and the removal test
    "checked_lower": "Un secondo controllo ({checker}) ha trovato meno conferme.",
    "note_check_failed": (
        "Non è stato possibile fare un secondo controllo ({checker}). Resta valido quanto trovato prima."
    ),
    "tested_because": (
        "L’IA ha scritto questo a causa di: {sources}. Senza quella fonte, questa risposta era molto meno probabile."
    ),
    "tested_jointly": (
        "L’IA ha scritto questo a causa di queste fonti insieme: {sources}. "
        "Senza di esse, questa risposta era molto meno probabile."
    ),
    "tested_none": "Prova: togliere una sola fonte non ha cambiato nulla qui.",
    "note_tested": "Prova fatta chiedendo di nuovo all’IA, ogni volta senza una di queste fonti: {sources}.",
    "note_test_part": "Non è stato possibile finire la prova.",
    # sources by kind
    "kind_document": "un documento dell’azienda",
    "kind_tool_result": "una ricerca nel nostro sistema",
    "kind_tool_result_named": "una ricerca nel nostro sistema ({tool})",
    "kind_profile": "il Suo account cliente",
    "kind_history": "un messaggio precedente di questa chat",
    "kind_instructions": "le regole dell’azienda per l’IA",
    "kind_customer_message": "il Suo messaggio",
    "not_quoted": "L’IA aveva anche quanto segue, ma qui non se ne cita nulla: {sources}.",
    "not_sent": "Scelto per questa risposta, ma non dato all’IA: {sources}.",
    # data
    "hidden": "Nascosto all’IA: {items}.",
    "hidden_none": "Non sono stati trovati dati personali da nascondere all’IA.",
    "item": "{count} {entity}",
    "purpose": "I Suoi dati servono a questo: {purpose}.",
    "source_purpose": "{source} serve a questo: {purpose}.",
    "purposes": "A che cosa serve ogni tipo di dato: {items}.",
    # about
    "model": "Modello di IA: {model}, gestito da {provider}.",
    "responsible": "Responsabile: {name}.",
    "privacy": "Informativa sulla privacy: {url}",
    "contact": "Per parlare con una persona o segnalare un errore: {contact}.",
    "contact_none": "Per parlare con una persona o segnalare un errore, lo chieda qui nella chat.",
    "trace": "Numero di registrazione: {trace}.",
    "region": "Il servizio di IA opera qui: {region}.",
    "retention": "Per quanto tempo si conservano le registrazioni di questa chat: {time}.",
    # in simple words
    "simple": "In parole semplici",
    "simple_ai": "Un programma per computer (IA) ha scritto questa risposta.",
    "simple_all": "Quello che dice si trova nei testi dati al programma.",
    "simple_some": _n(
        "{count} frase su {all} si trova nei testi dati al programma.",
        "{count} frasi su {all} si trovano nei testi dati al programma.",
    ),
    "simple_partly": _n(
        "1 frase vi si trova solo in parte. La preghiamo di verificarla.",
        "{count} frasi vi si trovano solo in parte. La preghiamo di verificarle.",
    ),
    "simple_missing": _n(
        "1 frase non è in questi testi. Può essere sbagliata.",
        "{count} frasi non sono in questi testi. Possono essere sbagliate.",
    ),
    "simple_none": "Quello che dice non si trova in nessun testo dato al programma. Può essere sbagliato.",
    "simple_conflicts": _n(
        "1 frase non si accorda con questi testi. Non vi faccia affidamento.",
        "{count} frasi non si accordano con questi testi. Non vi faccia affidamento.",
    ),
    "simple_hidden": "Abbiamo nascosto al programma alcuni dei Suoi dati.",
    "simple_person": "Vuole parlare con una persona? Ecco come: {contact}.",
    "simple_person_none": "Vuole parlare con una persona? Lo chieda qui.",
    # the full record
    "record": "Registrazione completa",
    "record_given": "Che cosa ha ricevuto l’IA",
    "record_source": "{source} (identificativo {id}, versione {version})",
    "record_calls": "Chiamate all’IA",
    "record_checks": "Come è stata verificata ogni affermazione",
    "record_statement": "Affermazione {number}",
    "tier_matched": "{source}: coincide il {share} delle parole e dei valori.",
    "tier_cited": "{source}: l’IA ha indicato questo passo, e il passo c’è ({share}).",
    "tier_checked": "{source}: una seconda verifica ha dato lo stesso risultato ({share}).",
    "tier_tested": "{source}: provato. Senza questo testo l’IA risponde in modo diverso ({share}).",
    "record_nearest": "Nessuna fonte lo conferma.",
    "record_about": "Su questa registrazione",
    "record_time": "Ora: {time}.",
    "record_form": "Formato di questa registrazione: {version}.",
    "limits": "Queste verifiche le fa un programma. Può sbagliare.",
    "measured": "In prove con testi inglesi, almeno il {share} di ciò che ha indicato come trovato era giusto.",
    "record_no_decision": "Per questa risposta non risulta alcuna decisione su di Lei.",
    # notes
    "note_partial": "Una parte di un testo molto lungo non è stata verificata.",
    "note_language": "La verifica conosce meno bene la lingua di questa risposta. Possono sfuggirle più cose.",
    "note_cut": "La risposta si interrompe prima della fine.",
    "note_filtered": "Il servizio di IA ha trattenuto una parte della risposta.",
    "note_unknown_placeholders": _n(
        "L’IA ha inventato 1 codice al posto di dati personali. È stato lasciato così com’è.",
        "L’IA ha inventato {count} codici al posto di dati personali. Sono stati lasciati così come sono.",
    ),
    "note_tools": "L’IA ha chiesto anche una ricerca: {tools}.",
    "sent_along": "{source} (inviato con il Suo messaggio)",
    "field_quote": "La ricerca indica: {fields}.",
    "field": "{field}: {value}",
    "hidden_from": "Provengono da: {sources}.",
    "hidden_used": "Rimessi nella risposta per Lei: {items}.",
    "narrated": "Motivi indicati dall’IA",
    "narrated_note": (
        "L’IA ha scritto questi motivi dopo. Ogni citazione è stata verificata. Non mostrano che cosa ha usato davvero."
    ),
    "narrated_none": "Nessuno dei suoi motivi si è potuto verificare. Quanto sopra è stato accertato senza di essi.",
    "narrated_dropped": _n(
        "1 altro motivo è stato tralasciato. Non si è potuto verificare.",
        "{count} altri motivi sono stati tralasciati. Non si sono potuti verificare.",
    ),
    "decisions": "Decisioni che La riguardano",
    "decision_refused": "Rifiutato: {what}.",
    "decision_granted": "Concesso: {what}.",
    "decision_changed": "Modificato: {what}.",
    "decision_asked": "Richiesto nel nostro sistema: {what}.",
    "decision_significant": "Questo può essere molto importante per Lei.",
    "decided_rule": "Ha deciso una regola fissa. L’IA l’ha solo comunicato.",
    "decided_ai": "Ha deciso l’IA.",
    "decided_person": "Ha deciso una persona.",
    "decision_rule": "Regola: {rule}.",
    "condition_met": "Soddisfatto: {field}. Serve: {required}. Risulta: {actual}.",
    "condition_missed": "Non soddisfatto: {field}. Serve: {required}. Risulta: {actual}.",
    "at_most": "al massimo {value}",
    "at_least": "almeno {value}",
    "would_change": "Che cosa cambierebbe la decisione: {conditions}.",
    "would_be": "{field}: {required}",
    "decision_review": "Per farla esaminare da una persona: {contact}.",
    "decision_review_none": "Per farla esaminare da una persona, lo chieda qui nella chat.",
    "decisions_line": _n(
        "È stata presa 1 decisione che La riguarda.", "Sono state prese {count} decisioni che La riguardano."
    ),
}

ENTITIES = {
    "EMAIL_ADDRESS": _n("indirizzo e-mail", "indirizzi e-mail"),
    "PHONE_NUMBER": _n("numero di telefono", "numeri di telefono"),
    "CREDIT_CARD": _n("numero di carta", "numeri di carta"),
    "IBAN_CODE": _n("numero di conto bancario", "numeri di conto bancario"),
    "PERSON": _n("nome", "nomi"),
    "LOCATION": _n("indirizzo", "indirizzi"),
    "IP_ADDRESS": _n("indirizzo internet", "indirizzi internet"),
    "US_SSN": _n("numero di previdenza sociale", "numeri di previdenza sociale"),
    "CUSTOMER_ID": _n("numero cliente", "numeri cliente"),
    "DATE_TIME": _n("data", "date"),
    "DATE_OF_BIRTH": _n("data di nascita", "date di nascita"),
    "URL": _n("indirizzo web", "indirizzi web"),
    "API_KEY": _n("chiave segreta", "chiavi segrete"),
    "CREDENTIAL": _n("password o chiave", "password o chiavi"),
    "BANK_ACCOUNT": _n("numero di conto bancario", "numeri di conto bancario"),
    "MAC_ADDRESS": _n("numero di dispositivo", "numeri di dispositivo"),
    "IMEI": _n("numero di dispositivo", "numeri di dispositivo"),
    "NATIONAL_ID": _n("numero d’identità", "numeri d’identità"),
    "TAX_ID": _n("codice fiscale", "codici fiscali"),
    "PASSPORT": _n("numero di passaporto", "numeri di passaporto"),
    "DRIVER_LICENSE": _n("numero di patente", "numeri di patente"),
    "VEHICLE": _n("numero di veicolo", "numeri di veicolo"),
    "CRYPTO": _n("indirizzo di portafoglio", "indirizzi di portafoglio"),
    "SOCIAL_HANDLE": _n("nome utente", "nomi utente"),
    "ORGANIZATION": _n("nome di azienda", "nomi di aziende"),
    "ADDRESS": _n("indirizzo postale", "indirizzi postali"),
    "POSTCODE": _n("codice postale", "codici postali"),
    "PLACE": _n("nome di luogo", "nomi di luoghi"),
    "USER_ID": _n("nome utente", "nomi utente"),
    "PAYMENT_ID": _n("numero di pagamento", "numeri di pagamento"),
    "MEMBERSHIP_ID": _n("numero di tessera", "numeri di tessera"),
    "REFERENCE_ID": _n("numero di riferimento", "numeri di riferimento"),
    "PLACEHOLDER_LIKE": _n("testo che sembra un codice sostitutivo", "testi che sembrano codici sostitutivi"),
    "*": _n("altro dato personale", "altri dati personali"),
}

LANGUAGE = Language(code="it", direction="ltr", messages=MESSAGES, entities=ENTITIES, quotes=("«", "»"))

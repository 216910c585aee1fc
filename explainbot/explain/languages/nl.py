"""Dutch: short sentences, "u"."""

from __future__ import annotations

from explainbot.explain.languages import Language, Message


def _n(one: str, other: str) -> dict[str, str]:
    return {"one": one, "other": other}


MESSAGES: dict[str, Message] = {
    # the first line
    "written_by_ai": "Dit antwoord is geschreven door AI (model {model}).",
    "written_by_ai_plain": "Dit antwoord is geschreven door AI.",
    "found_in_all": _n(
        "Wat erin staat, is gevonden in: {sources}.", "Alle {count} uitspraken zijn gevonden in: {sources}."
    ),
    "found_in_some": _n(
        "{count} van de {all} uitspraken is gevonden in: {sources}.",
        "{count} van de {all} uitspraken zijn gevonden in: {sources}.",
    ),
    "partly_in_all": _n(
        "Wat erin staat, is maar voor een deel gevonden in: {sources}.",
        "De {count} uitspraken zijn maar voor een deel gevonden in: {sources}.",
    ),
    "partly_in_some": _n(
        "{count} van de {all} uitspraken is voor een deel gevonden in: {sources}.",
        "{count} van de {all} uitspraken zijn voor een deel gevonden in: {sources}.",
    ),
    "not_found_line": _n(
        "1 uitspraak is in geen enkele bron gevonden.", "{count} uitspraken zijn in geen enkele bron gevonden."
    ),
    "conflicts_line": _n("1 uitspraak klopt niet met de bron.", "{count} uitspraken kloppen niet met hun bronnen."),
    "general_knowledge": "Het kan algemene kennis zijn. De AI had geen bron van het bedrijf.",
    "general_knowledge_given": ("Het kan algemene kennis zijn. In de bronnen van het bedrijf is het niet gevonden."),
    "nothing_claimed": "Er staat geen uitspraak in die te controleren is.",
    "tool_calls_only": "Het is tot nu toe alleen een zoekopdracht: {tools}. Er is nog geen antwoordtekst.",
    "refusal_line": "De AI heeft hierop geen antwoord willen geven.",
    "unavailable_line": "Meer kunnen we niet zeggen: er is geen uitleg beschikbaar.",
    "empty_line": "Er is geen antwoordtekst.",
    # headings
    "details": "Waarom dit antwoord?",
    "said": "Wat het antwoord zegt",
    "data": "Uw gegevens",
    "about": "Over dit antwoord",
    # one statement
    "state_found": "Gevonden in: {source}.",
    "state_partly": "Voor een deel gevonden in: {source}. Controleer het alstublieft.",
    "state_partly_none": "Maar voor een deel gevonden. Controleer het alstublieft.",
    "state_not_found": "In geen enkele bron gevonden. Controleer het voordat u erop vertrouwt.",
    "state_conflict": "Klopt niet met de bron. Controleer het alstublieft.",
    "repeated": "Dit is al eerder gezegd in deze chat. Daarom hoeft het nog niet te kloppen.",
    "same_quote": "Dezelfde passage als bij uitspraak {number}.",
    "conflict_values": "In het antwoord staat {said}. In de bron ({source}) staat {other}.",
    "conflict_withheld": "In het antwoord staat {said}. In de bron ({source}) staat iets anders.",
    "missing_values": "In geen enkele bron gevonden: {values}.",
    "quote": "In de bron staat: {quote}",
    "changed": "Laatst gewijzigd: {date}.",
    "no_claims": _n(
        "Nog 1 zin zegt niets dat te controleren is, zoals een groet of een vraag.",
        "Nog {count} zinnen zeggen niets dat te controleren is, zoals een groet of een vraag.",
    ),
    "matching": (
        "“Gevonden” betekent dat de woorden en waarden overeenkomen. Het toont niet aan dat de AI die tekst gebruikte."
    ),
    # what the reply itself cites
    "cited_says": "De AI noemt hiervoor: {source}. Die bron zegt dit ook.",
    "cited_partly": "De AI noemt hiervoor: {source}. Die bron zegt maar een deel ervan.",
    "cited_not": "De AI noemt hiervoor: {source}. Die bron zegt dit niet.",
    "cited_missing": "De AI noemt {marker} als bron. Zo’n bron heeft de AI niet gekregen.",
    "cited_unchecked": "De AI noemt hiervoor: {source}. Die bron konden we niet controleren.",
    # a second check, and the removal test
    "checked_lower": "Een tweede controle ({checker}) vond hiervoor minder steun.",
    "note_check_failed": "Een tweede controle ({checker}) was niet mogelijk. Wat eerder is gevonden, blijft gelden.",
    "tested_because": (
        "De AI schreef dit door: {sources}. Zonder die bron was dit antwoord veel minder waarschijnlijk."
    ),
    "tested_jointly": (
        "De AI schreef dit door deze bronnen samen: {sources}. "
        "Zonder die bronnen was dit antwoord veel minder waarschijnlijk."
    ),
    "tested_none": "Getest: één bron weglaten veranderde hier niets.",
    "note_tested": "Getest door de AI opnieuw te vragen, telkens zonder een van: {sources}.",
    "note_test_part": "De test kon niet worden afgemaakt.",
    # sources by kind
    "kind_document": "een document van het bedrijf",
    "kind_tool_result": "een zoekopdracht in ons systeem",
    "kind_tool_result_named": "een zoekopdracht in ons systeem ({tool})",
    "kind_profile": "uw klantaccount",
    "kind_history": "een eerder bericht in deze chat",
    "kind_instructions": "de regels van het bedrijf voor de AI",
    "kind_customer_message": "uw eigen bericht",
    "not_quoted": "De AI had ook het volgende, maar hier is er niets uit geciteerd: {sources}.",
    "not_sent": "Gekozen voor dit antwoord, maar niet aan de AI gegeven: {sources}.",
    # data
    "hidden": "Verborgen voor de AI: {items}.",
    "hidden_none": "Er zijn geen persoonsgegevens gevonden die voor de AI verborgen moesten worden.",
    "item": "{count} {entity}",
    "purpose": "Uw gegevens worden hiervoor gebruikt: {purpose}.",
    "source_purpose": "{source} wordt hiervoor gebruikt: {purpose}.",
    "purposes": "Waarvoor elk soort gegevens wordt gebruikt: {items}.",
    # about
    "model": "AI-model: {model}, beheerd door {provider}.",
    "responsible": "Verantwoordelijk: {name}.",
    "privacy": "Privacyverklaring: {url}",
    "contact": "Om met een mens te spreken of een fout te melden: {contact}.",
    "contact_none": "Om met een mens te spreken of een fout te melden, vraagt u het hier in de chat.",
    "trace": "Recordnummer: {trace}.",
    "region": "De AI-dienst werkt in: {region}.",
    "retention": "Zo lang bewaren we gegevens over deze chat: {time}.",
    # in simple words
    "simple": "In eenvoudige woorden",
    "simple_ai": "Een computerprogramma (AI) heeft dit antwoord geschreven.",
    "simple_all": "Wat erin staat, staat ook in de teksten die het programma kreeg.",
    "simple_some": _n(
        "{count} van de {all} zinnen staat in de teksten die het programma kreeg.",
        "{count} van de {all} zinnen staan in de teksten die het programma kreeg.",
    ),
    "simple_partly": _n(
        "1 zin staat er maar voor een deel in. Controleer die zin alstublieft.",
        "{count} zinnen staan er maar voor een deel in. Controleer die zinnen alstublieft.",
    ),
    "simple_missing": _n(
        "1 zin staat niet in deze teksten. Die zin kan fout zijn.",
        "{count} zinnen staan niet in deze teksten. Die zinnen kunnen fout zijn.",
    ),
    "simple_none": "Wat erin staat, staat in geen enkele tekst die het programma kreeg. Het kan fout zijn.",
    "simple_conflicts": _n(
        "1 zin past niet bij deze teksten. Vertrouw er niet op.",
        "{count} zinnen passen niet bij deze teksten. Vertrouw er niet op.",
    ),
    "simple_hidden": "Sommige van uw gegevens heeft het programma niet gezien.",
    "simple_person": "Wilt u met een mens spreken? Zo kan het: {contact}.",
    "simple_person_none": "Wilt u met een mens spreken? Vraag het gewoon hier.",
    # the full record
    "record": "Alle details",
    "record_given": "Wat de AI kreeg",
    "record_source": "{source} (kenmerk {id}, versie {version})",
    "record_calls": "Aanroepen van de AI",
    "record_checks": "Hoe elke uitspraak is gecontroleerd",
    "record_statement": "Uitspraak {number}",
    "tier_matched": "{source}: {share} van de woorden en waarden komt overeen.",
    "tier_cited": "{source}: de AI noemde deze passage, en die staat er ook ({share}).",
    "tier_checked": "{source}: een tweede controle gaf hetzelfde resultaat ({share}).",
    "tier_tested": "{source}: getest. Zonder deze tekst antwoordt de AI anders ({share}).",
    "record_nearest": "Geen enkele bron bevestigt dit.",
    "record_about": "Over dit record",
    "record_time": "Tijd: {time}.",
    "record_form": "Vorm van dit record: {version}.",
    "limits": "Een programma doet deze controles. Het kan zich vergissen.",
    "measured": "In tests met Engelse teksten klopte minstens {share} van wat het gevonden noemde.",
    "record_no_decision": "Bij dit antwoord is geen besluit over u vastgelegd.",
    # notes
    "note_partial": "Een deel van een zeer lange tekst is niet gecontroleerd.",
    "note_language": "De controle kent de taal van dit antwoord minder goed. Er kan meer gemist worden.",
    "note_cut": "Het antwoord is voor het einde afgebroken.",
    "note_filtered": "De AI-dienst heeft een deel van het antwoord tegengehouden.",
    "note_unknown_placeholders": _n(
        "De AI heeft 1 code voor persoonsgegevens verzonnen. Die is blijven staan.",
        "De AI heeft {count} codes voor persoonsgegevens verzonnen. Die zijn blijven staan.",
    ),
    "note_tools": "De AI vroeg ook om een zoekopdracht: {tools}.",
    "sent_along": "{source} (met uw bericht meegestuurd)",
    "field_quote": "De zoekactie geeft: {fields}.",
    "field": "{field}: {value}",
    "hidden_from": "Ze komen uit: {sources}.",
    "hidden_used": "Voor u teruggezet in het antwoord: {items}.",
    "narrated": "Redenen die de AI gaf",
    "narrated_note": (
        "De AI schreef deze redenen later. Elk citaat is nagekeken. Ze tonen niet wat zij echt heeft gebruikt."
    ),
    "narrated_none": "Geen van zijn redenen was na te gaan. Wat hierboven staat, is zonder die redenen bepaald.",
    "narrated_dropped": _n(
        "Nog 1 reden is weggelaten. Die was niet na te gaan.",
        "Nog {count} redenen zijn weggelaten. Die waren niet na te gaan.",
    ),
    "decisions": "Besluiten over u",
    "decision_refused": "Geweigerd: {what}.",
    "decision_granted": "Toegekend: {what}.",
    "decision_changed": "Gewijzigd: {what}.",
    "decision_asked": "Aangevraagd in ons systeem: {what}.",
    "decision_significant": "Dit kan voor u heel belangrijk zijn.",
    "decided_rule": "Een vaste regel besliste. De AI gaf het alleen door.",
    "decided_ai": "De AI besliste.",
    "decided_person": "Een mens besliste.",
    "decision_rule": "Regel: {rule}.",
    "condition_met": "Voldaan: {field}. Nodig: {required}. Bekend: {actual}.",
    "condition_missed": "Niet voldaan: {field}. Nodig: {required}. Bekend: {actual}.",
    "at_most": "hoogstens {value}",
    "at_least": "minstens {value}",
    "would_change": "Dit zou het veranderen: {conditions}.",
    "would_be": "{field}: {required}",
    "decision_review": "Om een mens ernaar te laten kijken: {contact}.",
    "decision_review_none": "Vraag hier in de chat of een mens ernaar kijkt.",
    "decisions_line": _n("Er is 1 besluit over u genomen.", "Er zijn {count} besluiten over u genomen."),
}

ENTITIES = {
    "EMAIL_ADDRESS": _n("e-mailadres", "e-mailadressen"),
    "PHONE_NUMBER": _n("telefoonnummer", "telefoonnummers"),
    "CREDIT_CARD": _n("kaartnummer", "kaartnummers"),
    "IBAN_CODE": _n("rekeningnummer", "rekeningnummers"),
    "PERSON": _n("naam", "namen"),
    "LOCATION": _n("adres", "adressen"),
    "IP_ADDRESS": _n("internetadres", "internetadressen"),
    "US_SSN": _n("socialezekerheidsnummer", "socialezekerheidsnummers"),
    "CUSTOMER_ID": _n("klantnummer", "klantnummers"),
    "DATE_TIME": _n("datum", "datums"),
    "DATE_OF_BIRTH": _n("geboortedatum", "geboortedatums"),
    "URL": _n("webadres", "webadressen"),
    "API_KEY": _n("geheime sleutel", "geheime sleutels"),
    "CREDENTIAL": _n("wachtwoord of sleutel", "wachtwoorden of sleutels"),
    "BANK_ACCOUNT": _n("rekeningnummer", "rekeningnummers"),
    "MAC_ADDRESS": _n("apparaatnummer", "apparaatnummers"),
    "IMEI": _n("apparaatnummer", "apparaatnummers"),
    "NATIONAL_ID": _n("identiteitsnummer", "identiteitsnummers"),
    "TAX_ID": _n("belastingnummer", "belastingnummers"),
    "PASSPORT": _n("paspoortnummer", "paspoortnummers"),
    "DRIVER_LICENSE": _n("rijbewijsnummer", "rijbewijsnummers"),
    "VEHICLE": _n("voertuignummer", "voertuignummers"),
    "CRYPTO": _n("walletadres", "walletadressen"),
    "SOCIAL_HANDLE": _n("gebruikersnaam", "gebruikersnamen"),
    "ORGANIZATION": _n("bedrijfsnaam", "bedrijfsnamen"),
    "ADDRESS": _n("postadres", "postadressen"),
    "POSTCODE": _n("postcode", "postcodes"),
    "PLACE": _n("plaatsnaam", "plaatsnamen"),
    "USER_ID": _n("gebruikersnaam", "gebruikersnamen"),
    "PAYMENT_ID": _n("betalingsnummer", "betalingsnummers"),
    "MEMBERSHIP_ID": _n("lidnummer", "lidnummers"),
    "REFERENCE_ID": _n("referentienummer", "referentienummers"),
    "PLACEHOLDER_LIKE": _n("tekst die op een vervangcode lijkt", "teksten die op een vervangcode lijken"),
    "*": _n("ander persoonlijk gegeven", "andere persoonlijke gegevens"),
}

LANGUAGE = Language(code="nl", direction="ltr", messages=MESSAGES, entities=ENTITIES)

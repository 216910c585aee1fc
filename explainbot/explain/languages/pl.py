"""Polish: short sentences, impersonal verbs and "Państwo", so that nobody's gender must be guessed."""

from __future__ import annotations

from explainbot.explain.languages import Language, Message


def _n(one: str, few: str, many: str) -> dict[str, str]:
    """The forms for 1, for 2 to 4, and for 5 and more; fractions take the form for few."""
    return {"one": one, "few": few, "many": many, "other": few}


def _same(text: str) -> dict[str, str]:
    """One form for every number: impersonal verbs do not change."""
    return _n(text, text, text)


MESSAGES: dict[str, Message] = {
    # the first line
    "written_by_ai": "Tę odpowiedź napisała sztuczna inteligencja (model {model}).",
    "written_by_ai_plain": "Tę odpowiedź napisała sztuczna inteligencja.",
    "found_in_all": _n(
        "Treść odpowiedzi znaleziono w źródle: {sources}.",
        "Wszystkie stwierdzenia ({count}) znaleziono w źródłach: {sources}.",
        "Wszystkie stwierdzenia ({count}) znaleziono w źródłach: {sources}.",
    ),
    "found_in_some": _same("Spośród {all} stwierdzeń {count} znaleziono w źródłach: {sources}."),
    "partly_in_all": _n(
        "Treść odpowiedzi tylko częściowo znaleziono w źródle: {sources}.",
        "{count} stwierdzenia tylko częściowo znaleziono w źródłach: {sources}.",
        "{count} stwierdzeń tylko częściowo znaleziono w źródłach: {sources}.",
    ),
    "partly_in_some": _same("Spośród {all} stwierdzeń {count} znaleziono częściowo w źródłach: {sources}."),
    "not_found_line": _n(
        "{count} stwierdzenia nie znaleziono w żadnym źródle.",
        "{count} stwierdzeń nie znaleziono w żadnym źródle.",
        "{count} stwierdzeń nie znaleziono w żadnym źródle.",
    ),
    "conflicts_line": _n(
        "{count} stwierdzenie nie zgadza się ze źródłem.",
        "{count} stwierdzenia nie zgadzają się ze źródłami.",
        "{count} stwierdzeń nie zgadza się ze źródłami.",
    ),
    "general_knowledge": "Może to być wiedza ogólna. Sztuczna inteligencja nie miała żadnego źródła firmy.",
    "general_knowledge_given": ("Może to być wiedza ogólna. Nie znaleziono jej w żadnym źródle firmy."),
    "nothing_claimed": "Nie zawiera stwierdzeń, które można sprawdzić.",
    "tool_calls_only": "Na razie to tylko wyszukiwanie: {tools}. Nie ma jeszcze tekstu odpowiedzi.",
    "refusal_line": "Sztuczna inteligencja nie udzieliła na to odpowiedzi.",
    "unavailable_line": "Nie możemy powiedzieć więcej: wyjaśnienie nie jest dostępne.",
    "empty_line": "Nie ma tekstu odpowiedzi.",
    # headings
    "details": "Skąd ta odpowiedź?",
    "said": "Co mówi odpowiedź",
    "data": "Państwa dane",
    "about": "O tej odpowiedzi",
    # one statement
    "state_found": "Znaleziono w źródle: {source}.",
    "state_partly": "Znaleziono częściowo w źródle: {source}. Prosimy to sprawdzić.",
    "state_partly_none": "Znaleziono tylko częściowo. Prosimy to sprawdzić.",
    "state_not_found": "Nie znaleziono w żadnym źródle. Zanim się na tym polega, trzeba to sprawdzić.",
    "state_conflict": "Nie zgadza się ze źródłem. Prosimy to sprawdzić.",
    "repeated": "To już padło wcześniej w tej rozmowie. Nie znaczy to, że jest prawdą.",
    "same_quote": "Ten sam fragment co przy stwierdzeniu {number}.",
    "conflict_values": "W odpowiedzi jest {said}. W źródle ({source}) jest {other}.",
    "conflict_withheld": "W odpowiedzi jest {said}. W źródle ({source}) jest co innego.",
    "missing_values": "Nie znaleziono w żadnym źródle: {values}.",
    "quote": "W źródle czytamy: {quote}",
    "changed": "Ostatnia zmiana: {date}.",
    "no_claims": _n(
        "{count} inne zdanie niczego nie stwierdza, jak powitanie lub pytanie.",
        "{count} inne zdania niczego nie stwierdzają, jak powitanie lub pytanie.",
        "{count} innych zdań niczego nie stwierdza, jak powitanie lub pytanie.",
    ),
    "matching": (
        "„Znaleziono” znaczy, że słowa i wartości się zgadzają. "
        "Nie dowodzi to, że sztuczna inteligencja użyła tego tekstu."
    ),
    # what the reply itself cites
    "cited_says": "AI podaje jako źródło: {source}. To źródło tak mówi.",
    "cited_partly": "AI podaje jako źródło: {source}. To źródło mówi tylko część z tego.",
    "cited_not": "AI podaje jako źródło: {source}. To źródło tak nie mówi.",
    "cited_missing": "AI podaje {marker} jako źródło. Nie miała takiego źródła.",
    "cited_unchecked": "AI podaje jako źródło: {source}. Nie mogliśmy sprawdzić tego źródła.",
    # a second check, and the removal test
    "checked_lower": "Drugie sprawdzenie ({checker}) znalazło mniej potwierdzeń.",
    "note_check_failed": "Drugie sprawdzenie ({checker}) się nie udało. Wcześniejszy wynik pozostaje.",
    "tested_because": (
        "AI napisała to z powodu: {sources}. Bez tego źródła taka odpowiedź była o wiele mniej prawdopodobna."
    ),
    "tested_jointly": (
        "AI napisała to z powodu tych źródeł razem: {sources}. "
        "Bez nich taka odpowiedź była o wiele mniej prawdopodobna."
    ),
    "tested_none": "Test: pominięcie jednego źródła nic tu nie zmieniło.",
    "note_tested": "Test: pytaliśmy AI ponownie, za każdym razem bez jednego z tych źródeł: {sources}.",
    "note_test_part": "Testu nie udało się dokończyć.",
    # sources by kind
    "kind_document": "dokument firmy",
    "kind_tool_result": "wyszukiwanie w naszym systemie",
    "kind_tool_result_named": "wyszukiwanie w naszym systemie ({tool})",
    "kind_profile": "Państwa konto klienta",
    "kind_history": "wcześniejsza wiadomość w tej rozmowie",
    "kind_instructions": "zasady firmy dla sztucznej inteligencji",
    "kind_customer_message": "Państwa własna wiadomość",
    "not_quoted": "Sztuczna inteligencja miała też to, czego tu nie zacytowano: {sources}.",
    "not_sent": "Wybrano do tej odpowiedzi, ale nie przekazano sztucznej inteligencji: {sources}.",
    # data
    "hidden": "Ukryto przed sztuczną inteligencją: {items}.",
    "hidden_none": "Nie znaleziono danych osobowych, które trzeba było ukryć przed sztuczną inteligencją.",
    "item": "{count} {entity}",
    "purpose": "Cel użycia Państwa danych: {purpose}.",
    "source_purpose": "{source}: cel użycia to {purpose}.",
    "purposes": "Do czego służą poszczególne dane: {items}.",
    # about
    "model": "Model sztucznej inteligencji: {model}, dostawca: {provider}.",
    "responsible": "Podmiot odpowiedzialny: {name}.",
    "privacy": "Informacja o prywatności: {url}",
    "contact": "Rozmowa z człowiekiem lub zgłoszenie błędu: {contact}.",
    "contact_none": "Aby porozmawiać z człowiekiem lub zgłosić błąd, wystarczy poprosić o to tutaj na czacie.",
    "trace": "Numer zapisu: {trace}.",
    "region": "Miejsce działania usługi sztucznej inteligencji: {region}.",
    "retention": "Czas przechowywania zapisów tej rozmowy: {time}.",
    # in simple words
    "simple": "Prostymi słowami",
    "simple_ai": "Tę odpowiedź napisał program komputerowy (sztuczna inteligencja).",
    "simple_all": "To, co mówi, jest w tekstach, które dostał program.",
    "simple_some": _n(
        "{count} z {all} zdań jest w tekstach, które dostał program.",
        "{count} z {all} zdań są w tekstach, które dostał program.",
        "{count} z {all} zdań jest w tekstach, które dostał program.",
    ),
    "simple_partly": _n(
        "{count} zdanie jest tam tylko częściowo. Prosimy je sprawdzić.",
        "{count} zdania są tam tylko częściowo. Prosimy je sprawdzić.",
        "{count} zdań jest tam tylko częściowo. Prosimy je sprawdzić.",
    ),
    "simple_missing": _n(
        "{count} zdania nie ma w tych tekstach. Może być błędne.",
        "{count} zdań nie ma w tych tekstach. Mogą być błędne.",
        "{count} zdań nie ma w tych tekstach. Mogą być błędne.",
    ),
    "simple_none": "Tego, co mówi, nie ma w żadnym tekście, który dostał program. Może to być błędne.",
    "simple_conflicts": _n(
        "{count} zdanie nie pasuje do tych tekstów. Prosimy na nim nie polegać.",
        "{count} zdania nie pasują do tych tekstów. Prosimy na nich nie polegać.",
        "{count} zdań nie pasuje do tych tekstów. Prosimy na nich nie polegać.",
    ),
    "simple_hidden": "Część Państwa danych ukryliśmy przed programem.",
    "simple_person": "Czy chcą Państwo porozmawiać z człowiekiem? Oto jak: {contact}.",
    "simple_person_none": "Czy chcą Państwo porozmawiać z człowiekiem? Wystarczy poprosić tutaj.",
    # the full record
    "record": "Pełny zapis",
    "record_given": "Co dostała sztuczna inteligencja",
    "record_source": "{source} (oznaczenie {id}, wersja {version})",
    "record_calls": "Wywołania sztucznej inteligencji",
    "record_checks": "Jak sprawdzono każde stwierdzenie",
    "record_statement": "Stwierdzenie {number}",
    "tier_matched": "{source}: zgodność słów i wartości: {share}.",
    "tier_cited": "{source}: sztuczna inteligencja wskazała ten fragment i jest on tam ({share}).",
    "tier_checked": "{source}: drugie sprawdzenie dało ten sam wynik ({share}).",
    "tier_tested": "{source}: sprawdzono próbą. Bez tego tekstu odpowiedź jest inna ({share}).",
    "record_nearest": "Żadne źródło tego nie potwierdza.",
    "record_about": "O tym zapisie",
    "record_time": "Czas: {time}.",
    "record_form": "Format tego zapisu: {version}.",
    "limits": "Sprawdza to program. Może się mylić.",
    "measured": "W testach na tekstach angielskich co najmniej {share} wskazań „znaleziono” było trafnych.",
    "record_no_decision": "Przy tej odpowiedzi nie zapisano żadnej decyzji dotyczącej Państwa.",
    # notes
    "note_partial": "Nie sprawdzono części bardzo długiego tekstu.",
    "note_language": "Program sprawdzający gorzej zna język tej odpowiedzi. Więcej może mu umknąć.",
    "note_cut": "Odpowiedź urywa się przed końcem.",
    "note_filtered": "Usługa sztucznej inteligencji zatrzymała część odpowiedzi.",
    "note_unknown_placeholders": _n(
        "Sztuczna inteligencja wymyśliła {count} kod zamiast danych osobowych. Pozostawiono go bez zmian.",
        "Sztuczna inteligencja wymyśliła {count} kody zamiast danych osobowych. Pozostawiono je bez zmian.",
        "Sztuczna inteligencja wymyśliła {count} kodów zamiast danych osobowych. Pozostawiono je bez zmian.",
    ),
    "note_tools": "Sztuczna inteligencja poprosiła też o wyszukiwanie: {tools}.",
    "sent_along": "{source} (przesłane z Państwa wiadomością)",
    "field_quote": "Wynik wyszukiwania: {fields}.",
    "field": "{field}: {value}",
    "hidden_from": "Pochodzą z: {sources}.",
    "hidden_used": "Przywrócono w odpowiedzi dla Państwa: {items}.",
    "narrated": "Powody podane przez sztuczną inteligencję",
    "narrated_note": (
        "Sztuczna inteligencja napisała te powody później. Każdy cytat sprawdzono. Nie pokazują "
        "one, czego naprawdę użyła."
    ),
    "narrated_none": "Żadnego z powodów nie dało się sprawdzić. To, co wyżej, ustalono bez nich.",
    "narrated_dropped": _same("Liczba pominiętych powodów, których nie dało się sprawdzić: {count}."),
    "decisions": "Decyzje w Państwa sprawie",
    "decisions_line": _same("Liczba decyzji podjętych w Państwa sprawie: {count}."),
    "decision_refused": "Odmowa: {what}.",
    "decision_granted": "Zgoda: {what}.",
    "decision_changed": "Zmiana: {what}.",
    "decision_asked": "Zlecono w naszym systemie: {what}.",
    "decision_significant": "To może mieć dla Państwa duże znaczenie.",
    "decided_rule": "Zdecydowała stała reguła. Sztuczna inteligencja tylko to przekazała.",
    "decided_ai": "Zdecydowała sztuczna inteligencja.",
    "decided_person": "Zdecydował człowiek.",
    "decision_rule": "Reguła: {rule}.",
    "condition_met": "Spełnione: {field}. Wymagane: {required}. W aktach: {actual}.",
    "condition_missed": "Niespełnione: {field}. Wymagane: {required}. W aktach: {actual}.",
    "at_most": "najwyżej {value}",
    "at_least": "co najmniej {value}",
    "would_change": "Decyzję zmieniłoby: {conditions}.",
    "would_be": "{field}: {required}",
    "decision_review": "Aby sprawdził to człowiek: {contact}.",
    "decision_review_none": "Aby sprawdził to człowiek, proszę o to poprosić tutaj na czacie.",
}

ENTITIES = {
    "EMAIL_ADDRESS": _n("adres e-mail", "adresy e-mail", "adresów e-mail"),
    "PHONE_NUMBER": _n("numer telefonu", "numery telefonu", "numerów telefonu"),
    "CREDIT_CARD": _n("numer karty płatniczej", "numery kart płatniczych", "numerów kart płatniczych"),
    "IBAN_CODE": _n("numer konta bankowego", "numery kont bankowych", "numerów kont bankowych"),
    "PERSON": _n("imię i nazwisko", "imiona lub nazwiska", "imion lub nazwisk"),
    "LOCATION": _n("adres", "adresy", "adresów"),
    "IP_ADDRESS": _n("adres internetowy", "adresy internetowe", "adresów internetowych"),
    "US_SSN": _n(
        "numer ubezpieczenia społecznego", "numery ubezpieczenia społecznego", "numerów ubezpieczenia społecznego"
    ),
    "CUSTOMER_ID": _n("numer klienta", "numery klienta", "numerów klienta"),
    "DATE_TIME": _n("data", "daty", "dat"),
    "DATE_OF_BIRTH": _n("data urodzenia", "daty urodzenia", "dat urodzenia"),
    "URL": _n("adres strony", "adresy stron", "adresów stron"),
    "API_KEY": _n("tajny klucz", "tajne klucze", "tajnych kluczy"),
    "CREDENTIAL": _n("hasło lub klucz", "hasła lub klucze", "haseł lub kluczy"),
    "BANK_ACCOUNT": _n("numer konta bankowego", "numery kont bankowych", "numerów kont bankowych"),
    "MAC_ADDRESS": _n("numer urządzenia", "numery urządzeń", "numerów urządzeń"),
    "IMEI": _n("numer urządzenia", "numery urządzeń", "numerów urządzeń"),
    "NATIONAL_ID": _n("numer tożsamości", "numery tożsamości", "numerów tożsamości"),
    "TAX_ID": _n("numer podatkowy", "numery podatkowe", "numerów podatkowych"),
    "PASSPORT": _n("numer paszportu", "numery paszportów", "numerów paszportów"),
    "DRIVER_LICENSE": _n("numer prawa jazdy", "numery praw jazdy", "numerów praw jazdy"),
    "VEHICLE": _n("numer pojazdu", "numery pojazdów", "numerów pojazdów"),
    "CRYPTO": _n("adres portfela", "adresy portfeli", "adresów portfeli"),
    "SOCIAL_HANDLE": _n("nazwa użytkownika", "nazwy użytkownika", "nazw użytkownika"),
    "ORGANIZATION": _n("nazwa firmy", "nazwy firm", "nazw firm"),
    "ADDRESS": _n("adres pocztowy", "adresy pocztowe", "adresów pocztowych"),
    "POSTCODE": _n("kod pocztowy", "kody pocztowe", "kodów pocztowych"),
    "PLACE": _n("nazwa miejscowości", "nazwy miejscowości", "nazw miejscowości"),
    "USER_ID": _n("nazwa użytkownika", "nazwy użytkownika", "nazw użytkownika"),
    "PAYMENT_ID": _n("numer płatności", "numery płatności", "numerów płatności"),
    "MEMBERSHIP_ID": _n("numer członkowski", "numery członkowskie", "numerów członkowskich"),
    "REFERENCE_ID": _n("numer referencyjny", "numery referencyjne", "numerów referencyjnych"),
    "PLACEHOLDER_LIKE": _n(
        "tekst podobny do kodu zastępczego",
        "teksty podobne do kodów zastępczych",
        "tekstów podobnych do kodów zastępczych",
    ),
    "*": _n("inna dana osobowa", "inne dane osobowe", "innych danych osobowych"),
}

LANGUAGE = Language(code="pl", direction="ltr", messages=MESSAGES, entities=ENTITIES, quotes=("„", "”"))

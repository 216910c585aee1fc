"""French: short sentences, "vous". The space before a colon or a question mark does not break."""

from __future__ import annotations

from explainbot.explain.languages import Language, Message


def _set(text: str) -> str:
    """French typography: the spaces before double punctuation and inside guillemets do not break."""
    for mark in ":?!»":
        text = text.replace(f" {mark}", f"\u00a0{mark}")
    return text.replace("« ", "«\u00a0")


def _n(one: str, other: str) -> dict[str, str]:
    return {"one": _set(one), "many": _set(other), "other": _set(other)}


_PLAIN = {
    # the first line
    "written_by_ai": "Cette réponse a été rédigée par une IA (modèle {model}).",
    "written_by_ai_plain": "Cette réponse a été rédigée par une IA.",
    "general_knowledge": "Il peut s’agir de connaissances générales. L’IA n’avait aucune source de l’entreprise.",
    "general_knowledge_given": (
        "Il peut s’agir de connaissances générales. Rien n’en a été retrouvé dans les sources de l’entreprise."
    ),
    "nothing_claimed": "Elle ne contient aucune affirmation vérifiable.",
    "tool_calls_only": "Pour l’instant, ce n’est qu’une recherche : {tools}. Il n’y a pas encore de réponse.",
    "refusal_line": "L’IA a choisi de ne pas répondre.",
    "unavailable_line": "Nous ne pouvons pas en dire plus : aucune explication n’est disponible.",
    "empty_line": "Il n’y a pas de texte de réponse.",
    # headings
    "details": "Pourquoi cette réponse ?",
    "said": "Ce que dit la réponse",
    "data": "Vos données",
    "about": "À propos de cette réponse",
    # one statement
    "state_found": "Retrouvé dans : {source}.",
    "state_partly": "Retrouvé en partie dans : {source}. Veuillez vérifier.",
    "state_partly_none": "Retrouvé en partie seulement. Veuillez vérifier.",
    "state_not_found": "Introuvable dans les sources. Veuillez vérifier avant de vous y fier.",
    "state_conflict": "Ne correspond pas à la source. Veuillez vérifier.",
    "repeated": "Cela a déjà été dit dans cette conversation. Ce n’est pas une preuve.",
    "same_quote": "Même passage que pour l’affirmation {number}.",
    "conflict_values": "La réponse dit {said}. La source ({source}) dit {other}.",
    "conflict_withheld": "La réponse dit {said}. La source ({source}) dit autre chose.",
    "missing_values": "Introuvable dans les sources : {values}.",
    "quote": "La source dit : {quote}",
    "changed": "Dernière modification : {date}.",
    "matching": (
        "« Retrouvé » veut dire que les mots et les valeurs concordent. "
        "Cela ne montre pas que l’IA s’est servie de ce texte."
    ),
    # what the reply itself cites
    "cited_says": "L’IA cite pour cela : {source}. Cette source le dit bien.",
    "cited_partly": "L’IA cite pour cela : {source}. Cette source n’en dit qu’une partie.",
    "cited_not": "L’IA cite pour cela : {source}. Cette source ne le dit pas.",
    "cited_missing": "L’IA cite {marker} comme source. Elle n’a reçu aucune source de ce nom.",
    "cited_unchecked": "L’IA cite pour cela : {source}. Nous n’avons pas pu vérifier cette source.",
    # a second check, and the removal test
    "checked_lower": "Un second contrôle ({checker}) y a trouvé moins d’appui.",
    "note_check_failed": "Un second contrôle ({checker}) n’a pas pu être fait. Le résultat précédent reste valable.",
    "tested_because": (
        "L’IA a écrit cela à cause de : {sources}. Sans cette source, cette réponse était bien moins probable."
    ),
    "tested_jointly": (
        "L’IA a écrit cela à cause de ces sources ensemble : {sources}. "
        "Sans elles, cette réponse était bien moins probable."
    ),
    "tested_none": "Testé : retirer une seule source n’a rien changé ici.",
    "note_tested": "Testé en posant de nouveau la question, chaque fois sans l’une de ces sources : {sources}.",
    "note_test_part": "Le test n’a pas pu être terminé.",
    # sources by kind
    "kind_document": "un document de l’entreprise",
    "kind_tool_result": "une recherche dans notre système",
    "kind_tool_result_named": "une recherche dans notre système ({tool})",
    "kind_profile": "votre compte client",
    "kind_history": "un message précédent de cette conversation",
    "kind_instructions": "les consignes de l’entreprise pour l’IA",
    "kind_customer_message": "votre propre message",
    "not_quoted": "L’IA disposait aussi de ceci, dont rien n’est cité ici : {sources}.",
    "not_sent": "Choisi pour cette réponse, mais non transmis à l’IA : {sources}.",
    # data
    "hidden": "Caché à l’IA : {items}.",
    "hidden_none": "Aucune donnée personnelle à cacher à l’IA n’a été trouvée.",
    "item": "{count} {entity}",
    "purpose": "Vos données servent à ceci : {purpose}.",
    "source_purpose": "{source} sert à ceci : {purpose}.",
    "purposes": "À quoi sert chaque type de données : {items}.",
    # about
    "model": "Modèle d’IA : {model}, exploité par {provider}.",
    "responsible": "Responsable : {name}.",
    "privacy": "Politique de confidentialité : {url}",
    "contact": "Pour parler à une personne ou signaler une erreur : {contact}.",
    "contact_none": "Pour parler à une personne ou signaler une erreur, demandez-le ici dans la conversation.",
    "trace": "Numéro de dossier : {trace}.",
    "region": "Le service d’IA fonctionne ici : {region}.",
    "retention": "Durée de conservation des traces de cette conversation : {time}.",
    # in simple words
    "simple": "En mots simples",
    "simple_ai": "Un programme informatique (IA) a écrit cette réponse.",
    "simple_all": "Ce qu’elle dit se trouve dans les textes donnés au programme.",
    "simple_none": "Ce qu’elle dit ne se trouve dans aucun texte donné au programme. Cela peut être faux.",
    "simple_hidden": "Nous avons caché une partie de vos données au programme.",
    "simple_person": "Voulez-vous parler à une personne ? Voici comment : {contact}.",
    "simple_person_none": "Voulez-vous parler à une personne ? Demandez-le simplement ici.",
    # the full record
    "record": "Dossier complet",
    "record_given": "Ce qui a été donné à l’IA",
    "record_source": "{source} (identifiant {id}, version {version})",
    "record_calls": "Appels à l’IA",
    "record_checks": "Comment chaque affirmation a été vérifiée",
    "record_statement": "Affirmation {number}",
    "tier_matched": "{source} : {share} des mots et des valeurs concordent.",
    "tier_cited": "{source} : l’IA a cité ce passage, et il s’y trouve bien ({share}).",
    "tier_checked": "{source} : une seconde vérification donne le même résultat ({share}).",
    "tier_tested": "{source} : testé. Sans ce texte, l’IA répond autrement ({share}).",
    "record_nearest": "Aucune source ne le confirme.",
    "record_about": "À propos de ce dossier",
    "record_time": "Heure : {time}.",
    "record_form": "Format de ce dossier : {version}.",
    "limits": "Ces vérifications sont faites par un programme. Il peut se tromper.",
    "measured": "Lors de tests sur des textes en anglais, au moins {share} de ce qu'il disait trouvé était juste.",
    "record_no_decision": "Aucune décision vous concernant n'est enregistrée pour cette réponse.",
    # notes
    "note_partial": "Une partie d’un texte très long n’a pas été vérifiée.",
    "note_language": (
        "La vérification connaît moins bien la langue de cette réponse. Davantage de choses peuvent lui échapper."
    ),
    "note_cut": "La réponse s’arrête avant la fin.",
    "note_filtered": "Le service d’IA a retenu une partie de la réponse.",
    "note_tools": "L’IA a aussi demandé une recherche : {tools}.",
    "sent_along": "{source} (envoyé avec votre message)",
    "field_quote": "La recherche indique : {fields}.",
    "field": "{field} : {value}",
    "hidden_from": "Elles viennent de : {sources}.",
    "hidden_used": "Remis dans la réponse pour vous : {items}.",
    "narrated": "Raisons données par l’IA",
    "narrated_note": (
        "L’IA a écrit ces raisons après coup. Chaque citation a été vérifiée. Elles ne montrent "
        "pas ce qu’elle a vraiment utilisé."
    ),
    "narrated_none": "Aucune de ses raisons n’a pu être vérifiée. Ce qui précède a été établi sans elles.",
    "decisions": "Décisions vous concernant",
    "decision_refused": "Refusé : {what}.",
    "decision_granted": "Accordé : {what}.",
    "decision_changed": "Modifié : {what}.",
    "decision_asked": "Demandé dans notre système : {what}.",
    "decision_significant": "Cela peut être très important pour vous.",
    "decided_rule": "Une règle fixe a décidé. L’IA n’a fait que le transmettre.",
    "decided_ai": "L’IA a décidé.",
    "decided_person": "Une personne a décidé.",
    "decision_rule": "Règle : {rule}.",
    "condition_met": "Rempli : {field}. Il faut : {required}. Au dossier : {actual}.",
    "condition_missed": "Non rempli : {field}. Il faut : {required}. Au dossier : {actual}.",
    "at_most": "au plus {value}",
    "at_least": "au moins {value}",
    "would_change": "Ce qui changerait la décision : {conditions}.",
    "would_be": "{field} : {required}",
    "decision_review": "Pour qu’une personne l’examine : {contact}.",
    "decision_review_none": "Pour qu’une personne l’examine, demandez-le ici dans la discussion.",
}

MESSAGES: dict[str, Message] = {
    **{name: _set(text) for name, text in _PLAIN.items()},
    "found_in_all": _n(
        "Ce qu’elle dit a été retrouvé dans : {sources}.",
        "Ses {count} affirmations ont toutes été retrouvées dans : {sources}.",
    ),
    "found_in_some": _n(
        "{count} affirmation sur {all} a été retrouvée dans : {sources}.",
        "{count} affirmations sur {all} ont été retrouvées dans : {sources}.",
    ),
    "partly_in_all": _n(
        "Ce qu’elle dit n’a été retrouvé qu’en partie dans : {sources}.",
        "Ses {count} affirmations n’ont été retrouvées qu’en partie dans : {sources}.",
    ),
    "partly_in_some": _n(
        "{count} affirmation sur {all} a été retrouvée en partie dans : {sources}.",
        "{count} affirmations sur {all} ont été retrouvées en partie dans : {sources}.",
    ),
    "not_found_line": _n(
        "{count} affirmation n’a été retrouvée dans aucune source.",
        "{count} affirmations n’ont été retrouvées dans aucune source.",
    ),
    "conflicts_line": _n(
        "{count} affirmation ne correspond pas à sa source.",
        "{count} affirmations ne correspondent pas à leurs sources.",
    ),
    "no_claims": _n(
        "{count} autre phrase n’affirme rien, comme une salutation ou une question.",
        "{count} autres phrases n’affirment rien, comme une salutation ou une question.",
    ),
    "simple_some": _n(
        "{count} phrase sur {all} se trouve dans les textes donnés au programme.",
        "{count} phrases sur {all} se trouvent dans les textes donnés au programme.",
    ),
    "simple_partly": _n(
        "{count} phrase ne s’y trouve qu’en partie. Veuillez la vérifier.",
        "{count} phrases ne s’y trouvent qu’en partie. Veuillez les vérifier.",
    ),
    "simple_missing": _n(
        "{count} phrase n’est pas dans ces textes. Elle peut être fausse.",
        "{count} phrases ne sont pas dans ces textes. Elles peuvent être fausses.",
    ),
    "simple_conflicts": _n(
        "{count} phrase ne correspond pas à ces textes. Ne vous y fiez pas.",
        "{count} phrases ne correspondent pas à ces textes. Ne vous y fiez pas.",
    ),
    "note_unknown_placeholders": _n(
        "L’IA a inventé {count} code à la place de données personnelles. Il a été laissé tel quel.",
        "L’IA a inventé {count} codes à la place de données personnelles. Ils ont été laissés tels quels.",
    ),
    "narrated_dropped": _n(
        "1 autre raison a été omise. Elle n’a pas pu être vérifiée.",
        "{count} autres raisons ont été omises. Elles n’ont pas pu être vérifiées.",
    ),
    "decisions_line": _n(
        "1 décision vous concernant a été prise.", "{count} décisions vous concernant ont été prises."
    ),
}

ENTITIES = {
    "EMAIL_ADDRESS": _n("adresse e-mail", "adresses e-mail"),
    "PHONE_NUMBER": _n("numéro de téléphone", "numéros de téléphone"),
    "CREDIT_CARD": _n("numéro de carte de paiement", "numéros de carte de paiement"),
    "IBAN_CODE": _n("numéro de compte bancaire", "numéros de compte bancaire"),
    "PERSON": _n("nom", "noms"),
    "LOCATION": _n("adresse", "adresses"),
    "IP_ADDRESS": _n("adresse Internet", "adresses Internet"),
    "US_SSN": _n("numéro de sécurité sociale", "numéros de sécurité sociale"),
    "CUSTOMER_ID": _n("numéro de client", "numéros de client"),
    "DATE_TIME": _n("date", "dates"),
    "DATE_OF_BIRTH": _n("date de naissance", "dates de naissance"),
    "URL": _n("adresse web", "adresses web"),
    "API_KEY": _n("clé secrète", "clés secrètes"),
    "CREDENTIAL": _n("mot de passe ou clé", "mots de passe ou clés"),
    "BANK_ACCOUNT": _n("numéro de compte bancaire", "numéros de compte bancaire"),
    "MAC_ADDRESS": _n("numéro d’appareil", "numéros d’appareil"),
    "IMEI": _n("numéro d’appareil", "numéros d’appareil"),
    "NATIONAL_ID": _n("numéro d’identité", "numéros d’identité"),
    "TAX_ID": _n("numéro fiscal", "numéros fiscaux"),
    "PASSPORT": _n("numéro de passeport", "numéros de passeport"),
    "DRIVER_LICENSE": _n("numéro de permis de conduire", "numéros de permis de conduire"),
    "VEHICLE": _n("numéro de véhicule", "numéros de véhicule"),
    "CRYPTO": _n("adresse de portefeuille", "adresses de portefeuille"),
    "SOCIAL_HANDLE": _n("nom d’utilisateur", "noms d’utilisateur"),
    "ORGANIZATION": _n("nom d’entreprise", "noms d’entreprise"),
    "ADDRESS": _n("adresse postale", "adresses postales"),
    "POSTCODE": _n("code postal", "codes postaux"),
    "PLACE": _n("nom de lieu", "noms de lieu"),
    "USER_ID": _n("nom d’utilisateur", "noms d’utilisateur"),
    "PAYMENT_ID": _n("numéro de paiement", "numéros de paiement"),
    "MEMBERSHIP_ID": _n("numéro de membre", "numéros de membre"),
    "REFERENCE_ID": _n("numéro de référence", "numéros de référence"),
    "PLACEHOLDER_LIKE": _n("texte qui ressemble à un code de remplacement", "textes qui ressemblent à un tel code"),
    "*": _n("autre donnée personnelle", "autres données personnelles"),
}

LANGUAGE = Language(code="fr", direction="ltr", messages=MESSAGES, entities=ENTITIES, quotes=("«\u00a0", "\u00a0»"))

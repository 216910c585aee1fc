"""Spanish: short sentences, "usted"."""

from __future__ import annotations

from explainbot.explain.languages import Language, Message


def _n(one: str, other: str) -> dict[str, str]:
    return {"one": one, "many": other, "other": other}


MESSAGES: dict[str, Message] = {
    # the first line
    "written_by_ai": "Esta respuesta la ha escrito una IA (modelo {model}).",
    "written_by_ai_plain": "Esta respuesta la ha escrito una IA.",
    "found_in_all": _n(
        "Lo que dice se encontró en: {sources}.", "Sus {count} afirmaciones se encontraron en: {sources}."
    ),
    "found_in_some": _n(
        "{count} de sus {all} afirmaciones se encontró en: {sources}.",
        "{count} de sus {all} afirmaciones se encontraron en: {sources}.",
    ),
    "partly_in_all": _n(
        "Lo que dice se encontró solo en parte en: {sources}.",
        "Sus {count} afirmaciones se encontraron solo en parte en: {sources}.",
    ),
    "partly_in_some": _n(
        "{count} de sus {all} afirmaciones se encontró en parte en: {sources}.",
        "{count} de sus {all} afirmaciones se encontraron en parte en: {sources}.",
    ),
    "not_found_line": _n(
        "1 afirmación no se encontró en ninguna fuente.",
        "{count} afirmaciones no se encontraron en ninguna fuente.",
    ),
    "conflicts_line": _n(
        "1 afirmación no coincide con su fuente.", "{count} afirmaciones no coinciden con sus fuentes."
    ),
    "general_knowledge": "Puede ser conocimiento general. La IA no tenía ninguna fuente de la empresa.",
    "general_knowledge_given": ("Puede ser conocimiento general. No se encontró en ninguna fuente de la empresa."),
    "nothing_claimed": "No contiene ninguna afirmación que se pueda comprobar.",
    "tool_calls_only": "Por ahora es solo una consulta: {tools}. Todavía no hay texto de respuesta.",
    "refusal_line": "La IA ha preferido no responder a esto.",
    "unavailable_line": "No podemos decir más: no hay ninguna explicación disponible.",
    "empty_line": "No hay texto de respuesta.",
    # headings
    "details": "¿Por qué esta respuesta?",
    "said": "Lo que dice la respuesta",
    "data": "Sus datos",
    "about": "Sobre esta respuesta",
    # one statement
    "state_found": "Encontrado en: {source}.",
    "state_partly": "Encontrado en parte en: {source}. Compruébelo, por favor.",
    "state_partly_none": "Encontrado solo en parte. Compruébelo, por favor.",
    "state_not_found": "No se encontró en ninguna fuente. Compruébelo antes de confiar en ello.",
    "state_conflict": "No coincide con su fuente. Compruébelo, por favor.",
    "repeated": "Eso ya se dijo antes en este chat. No por ello es cierto.",
    "same_quote": "El mismo pasaje que en la afirmación {number}.",
    "conflict_values": "La respuesta dice {said}. La fuente ({source}) dice {other}.",
    "conflict_withheld": "La respuesta dice {said}. La fuente ({source}) dice otra cosa.",
    "missing_values": "No se encontró en ninguna fuente: {values}.",
    "quote": "La fuente dice: {quote}",
    "changed": "Último cambio: {date}.",
    "no_claims": _n(
        "1 frase más no afirma nada, como un saludo o una pregunta.",
        "{count} frases más no afirman nada, como un saludo o una pregunta.",
    ),
    "matching": (
        "«Encontrado» significa que coinciden las palabras y los valores. No demuestra que la IA usara ese texto."
    ),
    # what the reply itself cites
    "cited_says": "La IA cita para esto: {source}. Esa fuente lo dice.",
    "cited_partly": "La IA cita para esto: {source}. Esa fuente solo dice una parte.",
    "cited_not": "La IA cita para esto: {source}. Esa fuente no lo dice.",
    "cited_missing": "La IA cita {marker} como fuente. No recibió ninguna fuente así.",
    "cited_unchecked": "La IA cita para esto: {source}. No pudimos comprobar esa fuente.",
    # a second check, and the removal test
    "checked_lower": "Una segunda comprobación ({checker}) encontró menos apoyo para esto.",
    "note_check_failed": "No se pudo hacer una segunda comprobación ({checker}). Vale lo encontrado antes.",
    "tested_because": (
        "La IA escribió esto a causa de: {sources}. Sin esa fuente, esta respuesta era mucho menos probable."
    ),
    "tested_jointly": (
        "La IA escribió esto a causa de estas fuentes juntas: {sources}. "
        "Sin ellas, esta respuesta era mucho menos probable."
    ),
    "tested_none": "Probado: quitar una sola fuente no cambió nada aquí.",
    "note_tested": "Probado preguntando de nuevo a la IA, cada vez sin una de estas fuentes: {sources}.",
    "note_test_part": "La prueba no se pudo terminar.",
    # sources by kind
    "kind_document": "un documento de la empresa",
    "kind_tool_result": "una consulta en nuestro sistema",
    "kind_tool_result_named": "una consulta en nuestro sistema ({tool})",
    "kind_profile": "su cuenta de cliente",
    "kind_history": "un mensaje anterior de este chat",
    "kind_instructions": "las normas de la empresa para la IA",
    "kind_customer_message": "su propio mensaje",
    "not_quoted": "La IA también tenía lo siguiente, pero aquí no se cita nada de ello: {sources}.",
    "not_sent": "Elegido para esta respuesta, pero no entregado a la IA: {sources}.",
    # data
    "hidden": "Ocultado a la IA: {items}.",
    "hidden_none": "No se encontraron datos personales que hubiera que ocultar a la IA.",
    "item": "{count} {entity}",
    "purpose": "Sus datos se usan para lo siguiente: {purpose}.",
    "source_purpose": "{source} se usa para lo siguiente: {purpose}.",
    "purposes": "Para qué se usa cada tipo de dato: {items}.",
    # about
    "model": "Modelo de IA: {model}, operado por {provider}.",
    "responsible": "Responsable: {name}.",
    "privacy": "Aviso de privacidad: {url}",
    "contact": "Para hablar con una persona o avisar de un error: {contact}.",
    "contact_none": "Para hablar con una persona o avisar de un error, pídalo aquí en el chat.",
    "trace": "Número de registro: {trace}.",
    "region": "El servicio de IA funciona en: {region}.",
    "retention": "Tiempo que se guardan los registros de este chat: {time}.",
    # in simple words
    "simple": "En palabras sencillas",
    "simple_ai": "Un programa de ordenador (IA) ha escrito esta respuesta.",
    "simple_all": "Lo que dice está en los textos que recibió el programa.",
    "simple_some": _n(
        "{count} de {all} frases está en los textos que recibió el programa.",
        "{count} de {all} frases están en los textos que recibió el programa.",
    ),
    "simple_partly": _n(
        "1 frase está allí solo en parte. Compruébela, por favor.",
        "{count} frases están allí solo en parte. Compruébelas, por favor.",
    ),
    "simple_missing": _n(
        "1 frase no está en esos textos. Puede ser falsa.",
        "{count} frases no están en esos textos. Pueden ser falsas.",
    ),
    "simple_none": "Lo que dice no está en ningún texto que recibió el programa. Puede ser falso.",
    "simple_conflicts": _n(
        "1 frase no encaja con esos textos. No confíe en ella.",
        "{count} frases no encajan con esos textos. No confíe en ellas.",
    ),
    "simple_hidden": "Hemos ocultado al programa algunos de sus datos.",
    "simple_person": "¿Quiere hablar con una persona? Así puede hacerlo: {contact}.",
    "simple_person_none": "¿Quiere hablar con una persona? Pídalo aquí.",
    # the full record
    "record": "Registro completo",
    "record_given": "Lo que recibió la IA",
    "record_source": "{source} (identificador {id}, versión {version})",
    "record_calls": "Llamadas a la IA",
    "record_checks": "Cómo se comprobó cada afirmación",
    "record_statement": "Afirmación {number}",
    "tier_matched": "{source}: coincide el {share} de las palabras y los valores.",
    "tier_cited": "{source}: la IA citó este pasaje y está ahí ({share}).",
    "tier_checked": "{source}: una segunda comprobación dio el mismo resultado ({share}).",
    "tier_tested": "{source}: probado. Sin este texto, la IA responde de otra manera ({share}).",
    "record_nearest": "Ninguna fuente lo confirma.",
    "record_about": "Sobre este registro",
    "record_time": "Hora: {time}.",
    "record_form": "Formato de este registro: {version}.",
    "limits": "Estas comprobaciones las hace un programa. Puede equivocarse.",
    "measured": "En pruebas con textos en inglés, al menos el {share} de lo que dio por encontrado era correcto.",
    "record_no_decision": "En esta respuesta no consta ninguna decisión sobre usted.",
    # notes
    "note_partial": "No se comprobó una parte de un texto muy largo.",
    "note_language": "La comprobación conoce peor el idioma de esta respuesta. Puede pasar más cosas por alto.",
    "note_cut": "La respuesta se cortó antes de terminar.",
    "note_filtered": "El servicio de IA retuvo una parte de la respuesta.",
    "note_unknown_placeholders": _n(
        "La IA se inventó 1 código en lugar de datos personales. Se dejó como estaba.",
        "La IA se inventó {count} códigos en lugar de datos personales. Se dejaron como estaban.",
    ),
    "note_tools": "La IA también pidió una consulta: {tools}.",
    "sent_along": "{source} (enviado con su mensaje)",
    "field_quote": "La consulta indica: {fields}.",
    "field": "{field}: {value}",
    "hidden_from": "Proceden de: {sources}.",
    "hidden_used": "Se han vuelto a poner en la respuesta para usted: {items}.",
    "narrated": "Razones que dio la IA",
    "narrated_note": "La IA escribió estas razones después. Se comprobó cada cita. No muestran lo que usó de verdad.",
    "narrated_none": "Ninguna de sus razones se pudo comprobar. Lo anterior se determinó sin ellas.",
    "narrated_dropped": _n(
        "Se omitió 1 razón más. No se pudo comprobar.", "Se omitieron {count} razones más. No se pudieron comprobar."
    ),
    "decisions": "Decisiones sobre usted",
    "decision_refused": "Denegado: {what}.",
    "decision_granted": "Concedido: {what}.",
    "decision_changed": "Cambiado: {what}.",
    "decision_asked": "Solicitado en nuestro sistema: {what}.",
    "decision_significant": "Esto puede ser muy importante para usted.",
    "decided_rule": "Lo decidió una regla fija. La IA solo lo comunicó.",
    "decided_ai": "Lo decidió la IA.",
    "decided_person": "Lo decidió una persona.",
    "decision_rule": "Regla: {rule}.",
    "condition_met": "Se cumple: {field}. Hace falta: {required}. Consta: {actual}.",
    "condition_missed": "No se cumple: {field}. Hace falta: {required}. Consta: {actual}.",
    "at_most": "como máximo {value}",
    "at_least": "como mínimo {value}",
    "would_change": "Lo que cambiaría la decisión: {conditions}.",
    "would_be": "{field}: {required}",
    "decision_review": "Para que lo revise una persona: {contact}.",
    "decision_review_none": "Para que lo revise una persona, pídalo aquí en el chat.",
    "decisions_line": _n("Se ha tomado 1 decisión sobre usted.", "Se han tomado {count} decisiones sobre usted."),
}

ENTITIES = {
    "EMAIL_ADDRESS": _n("dirección de correo electrónico", "direcciones de correo electrónico"),
    "PHONE_NUMBER": _n("número de teléfono", "números de teléfono"),
    "CREDIT_CARD": _n("número de tarjeta", "números de tarjeta"),
    "IBAN_CODE": _n("número de cuenta bancaria", "números de cuenta bancaria"),
    "PERSON": _n("nombre", "nombres"),
    "LOCATION": _n("dirección", "direcciones"),
    "IP_ADDRESS": _n("dirección de internet", "direcciones de internet"),
    "US_SSN": _n("número de seguridad social", "números de seguridad social"),
    "CUSTOMER_ID": _n("número de cliente", "números de cliente"),
    "DATE_TIME": _n("fecha", "fechas"),
    "DATE_OF_BIRTH": _n("fecha de nacimiento", "fechas de nacimiento"),
    "URL": _n("dirección web", "direcciones web"),
    "API_KEY": _n("clave secreta", "claves secretas"),
    "CREDENTIAL": _n("contraseña o clave", "contraseñas o claves"),
    "BANK_ACCOUNT": _n("número de cuenta bancaria", "números de cuenta bancaria"),
    "MAC_ADDRESS": _n("número de dispositivo", "números de dispositivo"),
    "IMEI": _n("número de dispositivo", "números de dispositivo"),
    "NATIONAL_ID": _n("número de identidad", "números de identidad"),
    "TAX_ID": _n("número fiscal", "números fiscales"),
    "PASSPORT": _n("número de pasaporte", "números de pasaporte"),
    "DRIVER_LICENSE": _n("número de permiso de conducir", "números de permiso de conducir"),
    "VEHICLE": _n("número de vehículo", "números de vehículo"),
    "CRYPTO": _n("dirección de monedero", "direcciones de monedero"),
    "SOCIAL_HANDLE": _n("nombre de usuario", "nombres de usuario"),
    "ORGANIZATION": _n("nombre de empresa", "nombres de empresa"),
    "ADDRESS": _n("dirección postal", "direcciones postales"),
    "POSTCODE": _n("código postal", "códigos postales"),
    "PLACE": _n("nombre de lugar", "nombres de lugar"),
    "USER_ID": _n("nombre de usuario", "nombres de usuario"),
    "PAYMENT_ID": _n("número de pago", "números de pago"),
    "MEMBERSHIP_ID": _n("número de socio", "números de socio"),
    "REFERENCE_ID": _n("número de referencia", "números de referencia"),
    "PLACEHOLDER_LIKE": _n("texto que parece un código de sustitución", "textos que parecen códigos de sustitución"),
    "*": _n("otro dato personal", "otros datos personales"),
}

LANGUAGE = Language(code="es", direction="ltr", messages=MESSAGES, entities=ENTITIES, quotes=("«", "»"))

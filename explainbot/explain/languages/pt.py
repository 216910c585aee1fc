"""Portuguese: short sentences, "você", in words that are usual on both sides of the Atlantic where there are some."""

from __future__ import annotations

from explainbot.explain.languages import Language, Message


def _n(one: str, other: str) -> dict[str, str]:
    return {"one": one, "many": other, "other": other}


MESSAGES: dict[str, Message] = {
    # the first line
    "written_by_ai": "Esta resposta foi escrita por uma IA (modelo {model}).",
    "written_by_ai_plain": "Esta resposta foi escrita por uma IA.",
    "found_in_all": _n(
        "O que ela diz foi encontrado em: {sources}.",
        "Todas as suas {count} afirmações foram encontradas em: {sources}.",
    ),
    "found_in_some": _n(
        "{count} de {all} afirmações foi encontrada em: {sources}.",
        "{count} de {all} afirmações foram encontradas em: {sources}.",
    ),
    "partly_in_all": _n(
        "O que ela diz foi encontrado só em parte em: {sources}.",
        "As suas {count} afirmações foram encontradas só em parte em: {sources}.",
    ),
    "partly_in_some": _n(
        "{count} de {all} afirmações foi encontrada em parte em: {sources}.",
        "{count} de {all} afirmações foram encontradas em parte em: {sources}.",
    ),
    "not_found_line": _n(
        "{count} afirmação não foi encontrada em nenhuma fonte.",
        "{count} afirmações não foram encontradas em nenhuma fonte.",
    ),
    "conflicts_line": _n(
        "{count} afirmação não corresponde à sua fonte.", "{count} afirmações não correspondem às suas fontes."
    ),
    "general_knowledge": "Pode ser conhecimento geral. A IA não tinha nenhuma fonte da empresa.",
    "general_knowledge_given": ("Pode ser conhecimento geral. Não foi encontrado em nenhuma fonte da empresa."),
    "nothing_claimed": "Ela não contém nenhuma afirmação que se possa verificar.",
    "tool_calls_only": "Por enquanto é só uma consulta: {tools}. Ainda não há texto de resposta.",
    "refusal_line": "A IA preferiu não responder a isto.",
    "unavailable_line": "Não podemos dizer mais: não há explicação disponível.",
    "empty_line": "Não há texto de resposta.",
    # headings
    "details": "Por que esta resposta?",
    "said": "O que a resposta diz",
    "data": "Os seus dados",
    "about": "Sobre esta resposta",
    # one statement
    "state_found": "Encontrado em: {source}.",
    "state_partly": "Encontrado em parte em: {source}. Verifique, por favor.",
    "state_partly_none": "Encontrado só em parte. Verifique, por favor.",
    "state_not_found": "Não foi encontrado em nenhuma fonte. Verifique antes de confiar nisto.",
    "state_conflict": "Não corresponde à fonte. Verifique, por favor.",
    "repeated": "Isto já foi dito antes nesta conversa. Nem por isso está certo.",
    "same_quote": "O mesmo trecho da afirmação {number}.",
    "conflict_values": "A resposta diz {said}. A fonte ({source}) diz {other}.",
    "conflict_withheld": "A resposta diz {said}. A fonte ({source}) diz outra coisa.",
    "missing_values": "Não foi encontrado em nenhuma fonte: {values}.",
    "quote": "A fonte diz: {quote}",
    "changed": "Última alteração: {date}.",
    "no_claims": _n(
        "Mais {count} frase não afirma nada, como uma saudação ou uma pergunta.",
        "Mais {count} frases não afirmam nada, como uma saudação ou uma pergunta.",
    ),
    "matching": ("“Encontrado” significa que as palavras e os valores coincidem. Não mostra que a IA usou esse texto."),
    # what the reply itself cites
    "cited_says": "A IA indica para isto: {source}. Essa fonte diz isso.",
    "cited_partly": "A IA indica para isto: {source}. Essa fonte diz só uma parte.",
    "cited_not": "A IA indica para isto: {source}. Essa fonte não diz isso.",
    "cited_missing": "A IA indica {marker} como fonte. Não recebeu nenhuma fonte assim.",
    "cited_unchecked": "A IA indica para isto: {source}. Não conseguimos verificar essa fonte.",
    # a second check, and the removal test
    "checked_lower": "Uma segunda verificação ({checker}) encontrou menos apoio para isto.",
    "note_check_failed": (
        "Não foi possível fazer uma segunda verificação ({checker}). Vale o que foi encontrado antes."
    ),
    "tested_because": (
        "A IA escreveu isto por causa de: {sources}. Sem essa fonte, esta resposta era muito menos provável."
    ),
    "tested_jointly": (
        "A IA escreveu isto por causa destas fontes juntas: {sources}. "
        "Sem elas, esta resposta era muito menos provável."
    ),
    "tested_none": "Teste: retirar uma só fonte não mudou nada aqui.",
    "note_tested": "Testado perguntando de novo à IA, de cada vez sem uma destas fontes: {sources}.",
    "note_test_part": "Não foi possível terminar o teste.",
    # sources by kind
    "kind_document": "um documento da empresa",
    "kind_tool_result": "uma consulta no nosso sistema",
    "kind_tool_result_named": "uma consulta no nosso sistema ({tool})",
    "kind_profile": "a sua conta de cliente",
    "kind_history": "uma mensagem anterior desta conversa",
    "kind_instructions": "as regras da empresa para a IA",
    "kind_customer_message": "a sua própria mensagem",
    "not_quoted": "A IA também tinha o seguinte, mas nada disso é citado aqui: {sources}.",
    "not_sent": "Escolhido para esta resposta, mas não entregue à IA: {sources}.",
    # data
    "hidden": "Ocultado da IA: {items}.",
    "hidden_none": "Não foram encontrados dados pessoais que fosse preciso ocultar da IA.",
    "item": "{count} {entity}",
    "purpose": "Os seus dados servem para o seguinte: {purpose}.",
    "source_purpose": "{source} serve para o seguinte: {purpose}.",
    "purposes": "Para que serve cada tipo de dado: {items}.",
    # about
    "model": "Modelo de IA: {model}, operado por {provider}.",
    "responsible": "Responsável: {name}.",
    "privacy": "Aviso de privacidade: {url}",
    "contact": "Para falar com uma pessoa ou avisar de um erro: {contact}.",
    "contact_none": "Para falar com uma pessoa ou avisar de um erro, peça aqui na conversa.",
    "trace": "Número do registro: {trace}.",
    "region": "O serviço de IA funciona em: {region}.",
    "retention": "Por quanto tempo os registros desta conversa são guardados: {time}.",
    # in simple words
    "simple": "Em palavras simples",
    "simple_ai": "Um programa de computador (IA) escreveu esta resposta.",
    "simple_all": "O que ela diz está nos textos que o programa recebeu.",
    "simple_some": _n(
        "{count} de {all} frases está nos textos que o programa recebeu.",
        "{count} de {all} frases estão nos textos que o programa recebeu.",
    ),
    "simple_partly": _n(
        "{count} frase está lá só em parte. Verifique, por favor.",
        "{count} frases estão lá só em parte. Verifique, por favor.",
    ),
    "simple_missing": _n(
        "{count} frase não está nesses textos. Pode estar errada.",
        "{count} frases não estão nesses textos. Podem estar erradas.",
    ),
    "simple_none": "O que ela diz não está em nenhum texto que o programa recebeu. Pode estar errado.",
    "simple_conflicts": _n(
        "{count} frase não combina com esses textos. Não confie nela.",
        "{count} frases não combinam com esses textos. Não confie nelas.",
    ),
    "simple_hidden": "Ocultamos do programa alguns dos seus dados.",
    "simple_person": "Quer falar com uma pessoa? Veja como: {contact}.",
    "simple_person_none": "Quer falar com uma pessoa? Peça aqui.",
    # the full record
    "record": "Registro completo",
    "record_given": "O que a IA recebeu",
    "record_source": "{source} (identificador {id}, versão {version})",
    "record_calls": "Chamadas à IA",
    "record_checks": "Como cada afirmação foi verificada",
    "record_statement": "Afirmação {number}",
    "tier_matched": "{source}: {share} das palavras e dos valores coincidem.",
    "tier_cited": "{source}: a IA indicou este trecho, e ele está lá ({share}).",
    "tier_checked": "{source}: uma segunda verificação deu o mesmo resultado ({share}).",
    "tier_tested": "{source}: testado. Sem este texto, a IA responde de outra forma ({share}).",
    "record_nearest": "Nenhuma fonte confirma isto.",
    "record_about": "Sobre este registro",
    "record_time": "Hora: {time}.",
    "record_form": "Formato deste registro: {version}.",
    "limits": "Um programa faz estas verificações. Ele pode errar.",
    "measured": "Em testes com textos em inglês, pelo menos {share} do que deu como encontrado estava certo.",
    "record_no_decision": "Não consta nenhuma decisão sobre você nesta resposta.",
    # notes
    "note_partial": "Uma parte de um texto muito longo não foi verificada.",
    "note_language": "A verificação conhece menos bem a língua desta resposta. Mais coisas podem escapar.",
    "note_cut": "A resposta foi cortada antes do fim.",
    "note_filtered": "O serviço de IA reteve uma parte da resposta.",
    "note_unknown_placeholders": _n(
        "A IA inventou {count} código no lugar de dados pessoais. Ele foi deixado como está.",
        "A IA inventou {count} códigos no lugar de dados pessoais. Eles foram deixados como estão.",
    ),
    "note_tools": "A IA também pediu uma consulta: {tools}.",
    "sent_along": "{source} (enviado com a sua mensagem)",
    "field_quote": "A consulta indica: {fields}.",
    "field": "{field}: {value}",
    "hidden_from": "Vieram de: {sources}.",
    "hidden_used": "Repostos na resposta para você: {items}.",
    "narrated": "Razões que a IA deu",
    "narrated_note": (
        "A IA escreveu estas razões depois. Cada citação foi verificada. Não mostram o que ela usou de fato."
    ),
    "narrated_none": "Nenhuma das suas razões pôde ser verificada. O que está acima foi apurado sem elas.",
    "narrated_dropped": _n(
        "Foi omitida mais 1 razão. Não pôde ser verificada.",
        "Foram omitidas mais {count} razões. Não puderam ser verificadas.",
    ),
    "decisions": "Decisões sobre você",
    "decision_refused": "Recusado: {what}.",
    "decision_granted": "Concedido: {what}.",
    "decision_changed": "Alterado: {what}.",
    "decision_asked": "Pedido no nosso sistema: {what}.",
    "decision_significant": "Isto pode ser muito importante para você.",
    "decided_rule": "Decidiu uma regra fixa. A IA apenas a transmitiu.",
    "decided_ai": "Decidiu a IA.",
    "decided_person": "Decidiu uma pessoa.",
    "decision_rule": "Regra: {rule}.",
    "condition_met": "Cumprido: {field}. É preciso: {required}. Consta: {actual}.",
    "condition_missed": "Não cumprido: {field}. É preciso: {required}. Consta: {actual}.",
    "at_most": "no máximo {value}",
    "at_least": "pelo menos {value}",
    "would_change": "O que mudaria a decisão: {conditions}.",
    "would_be": "{field}: {required}",
    "decision_review": "Para que uma pessoa a reveja: {contact}.",
    "decision_review_none": "Para que uma pessoa a reveja, peça-o aqui na conversa.",
    "decisions_line": _n("Foi tomada 1 decisão sobre você.", "Foram tomadas {count} decisões sobre você."),
}

ENTITIES = {
    "EMAIL_ADDRESS": _n("endereço de e-mail", "endereços de e-mail"),
    "PHONE_NUMBER": _n("número de telefone", "números de telefone"),
    "CREDIT_CARD": _n("número de cartão", "números de cartão"),
    "IBAN_CODE": _n("número de conta bancária", "números de conta bancária"),
    "PERSON": _n("nome", "nomes"),
    "LOCATION": _n("endereço", "endereços"),
    "IP_ADDRESS": _n("endereço de internet", "endereços de internet"),
    "US_SSN": _n("número de seguro social", "números de seguro social"),
    "CUSTOMER_ID": _n("número de cliente", "números de cliente"),
    "DATE_TIME": _n("data", "datas"),
    "DATE_OF_BIRTH": _n("data de nascimento", "datas de nascimento"),
    "URL": _n("endereço da web", "endereços da web"),
    "API_KEY": _n("chave secreta", "chaves secretas"),
    "CREDENTIAL": _n("senha ou chave", "senhas ou chaves"),
    "BANK_ACCOUNT": _n("número de conta bancária", "números de conta bancária"),
    "MAC_ADDRESS": _n("número de dispositivo", "números de dispositivo"),
    "IMEI": _n("número de dispositivo", "números de dispositivo"),
    "NATIONAL_ID": _n("número de identidade", "números de identidade"),
    "TAX_ID": _n("número fiscal", "números fiscais"),
    "PASSPORT": _n("número de passaporte", "números de passaporte"),
    "DRIVER_LICENSE": _n("número de carteira de motorista", "números de carteira de motorista"),
    "VEHICLE": _n("número de veículo", "números de veículo"),
    "CRYPTO": _n("endereço de carteira digital", "endereços de carteira digital"),
    "SOCIAL_HANDLE": _n("nome de usuário", "nomes de usuário"),
    "ORGANIZATION": _n("nome de empresa", "nomes de empresas"),
    "ADDRESS": _n("endereço postal", "endereços postais"),
    "POSTCODE": _n("código postal", "códigos postais"),
    "PLACE": _n("nome de lugar", "nomes de lugares"),
    "USER_ID": _n("nome de usuário", "nomes de usuário"),
    "PAYMENT_ID": _n("número de pagamento", "números de pagamento"),
    "MEMBERSHIP_ID": _n("número de associado", "números de associado"),
    "REFERENCE_ID": _n("número de referência", "números de referência"),
    "PLACEHOLDER_LIKE": _n("texto que parece um código substituto", "textos que parecem códigos substitutos"),
    "*": _n("outro dado pessoal", "outros dados pessoais"),
}

LANGUAGE = Language(code="pt", direction="ltr", messages=MESSAGES, entities=ENTITIES)

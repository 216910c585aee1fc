"""Numbers under which a company, a club or a school knows a person, by the words before them.

They single a person out as a name does (GDPR, article 4(1): "an identification number"). The number of an order, a
booking, a ticket or an invoice names a thing, and is left: a bot and those who read its traces have to find it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.privacy.context import cues, linked, named_values
from explainbot.privacy.detection import Detection
from explainbot.privacy.triggers import triggered_by

_WHOLE = {
    "CUSTOMER_ID": """
    kundennummer kundennr kundenkonto klantnummer klantnr kundnummer kundnr kundenummer asiakasnumero kundenr ügyfélszám
    vertragsnummer vertragsnr contractnummer avtalsnummer personalnummer matrikelnummer studentennummer patientennummer
    patientnummer potilasnumero 客户编号 客户号 客戶編號 会员号 お客様番号 顧客番号 고객번호 학번 사번
    """,
    "MEMBERSHIP_ID": """
    mitgliedsnummer mitgliedsnr lidnummer medlemsnummer medlemsnr jäsennumero bahncard 会员编号 会員番号 회원번호
    """,
}
_NAMED = {
    "CUSTOMER_ID": """
    customer customers client clients cliente clientes klienta klient zákazníka zákaznické müşteri клиента клієнта
    contract contrat contrato contratto umowy employee staff student matricule traveler traveller ktn
    πελάτη pelanggan hàng
    """,
    "MEMBERSHIP_ID": """
    loyalty rewards flyer flier adhérent socio socia tessera membre membro lid członkowski członka üye участника
    """,
    "USER_ID": "user users benutzer usuario utilisateur utente gebruiker",
    "REFERENCE_ID": "certificate certificates license licence loan dea permit zertifikat darlehen",
    "MEDICAL_RECORD": "police póliza poliza polizza polisnummer polisy apólice patiënt paziente paciente pacjenta",
}
"""Words that need another one beside them, which says "number"."""

_ALONE = frozenset("polisnummer matricule ktn".split())
_TYPES = {word: kind for table in (_WHOLE, _NAMED) for kind, words in table.items() for word in words.split()}
_NEEDY = frozenset(word for words in _NAMED.values() for word in words.split()) - _ALONE
_SAYS = (
    r"(?:number|no|nr|num|id|nummer|numéro|número|numero|numer|numarası|numaram|číslo|номер|n°|nº|n|#|αριθμός|nomor"
    r"|codice|código)"
)
_AFTER = re.compile(
    rf"(?:['\u2019]s)?[ _-]{{1,2}}(?:card |account |reference |kart )?{_SAYS}(?!\w)\.?|\s?#", re.IGNORECASE
)
_BEFORE = re.compile(
    r"(?<!\w)(?:medical|professional|nursing|pilot|dea) \Z"
    rf"|(?<!\w){_SAYS}\.?\s(?:de |do |di |d['\u2019]|del |van |dell['\u2019]|mã )?(?:la |el )?\Z",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?=(?:[A-Za-z/.-]{0,5}[0-9]){4})[A-Za-z0-9][A-Za-z0-9/-]{3,23}(?!\w)|[0-9]{2,4}(?: [0-9]{2,4}){1,4}(?!\w)"
)


@triggered_by(words=_TYPES, least=4)
def detect(text: str) -> Iterator[Detection]:
    """Numbers of customers, members, employees, students and contracts in `text`."""
    for start, end, word in cues(text, frozenset(_TYPES)):
        after = _AFTER.match(text, end)
        if word in _NEEDY and not (after or _BEFORE.search(text, max(0, start - 20), start)):
            continue
        for span in named_values(text, start, linked(text, after.end() if after else end), _NUMBER):
            yield Detection(*span, _TYPES[word], 0.8, f"beside a word for a {_TYPES[word].lower()}")

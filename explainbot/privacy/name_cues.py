"""Words that announce a name, in the eight languages of the detectors.

Forms of address: Interinstitutional Style Guide of the European Union, 10.5. Greetings, closings and the ways people
say who they are follow common letters and chats in each language.
"""

from __future__ import annotations

import re

from explainbot.privacy.names import NO_NAMES
from explainbot.privacy.words import FUNCTION_WORDS

TITLES = frozenset(
    "mr mrs ms miss mister mx dr prof professor herr herrn frau monsieur madame mme mlle señor señora sr sra"
    " srta signor signora dott sig dottor dottoressa dottssa mevrouw meneer mevr mw dhr heer pan pani panie panu senhor"
    " senhora".split()
)
SAYS = {
    "name": re.compile(
        r"(?:\s+on\s+(?:the|my)\s+\w{3,12})?(?:(?:['\u2019]?s|\s+is|\s+was|\s+ist|\s+est|\s+es|\s+è|\s+é)(?:\s+(?:now|actually))?)?\s+"
    ),
    "named": re.compile(r"\s+"),
    "called": re.compile(r"\s+"),
    "naam": re.compile(r"\s+is\s+"),
    "nom": re.compile(r"\s+est\s+"),
    "nombre": re.compile(r"\s+es\s+"),
    "nome": re.compile(r"\s+(?:è|é)\s+"),
    "heiße": re.compile(r"\s+"),
    "heisse": re.compile(r"\s+"),
    "heet": re.compile(r"\s+"),
    "appelle": re.compile(r"\s+"),
    "llamo": re.compile(r"\s+"),
    "chiamo": re.compile(r"\s+"),
    "chamo": re.compile(r"(?:-me)?\s+"),
    "under": re.compile(r"\s+"),
    "nazywam": re.compile(r"\s+się\s+"),
    "imię": re.compile(r"\s+"),
}
BOOKED = re.compile(
    r"\b(?:booked|booking|reserved|reservation|registered|account|order|filed|listed)\b[^.!?\x00]{0,24}\Z"
)
RELATIVES = frozenset(
    """
    wife husband spouse partner fiancé fiancée son daughter mother father mom mum dad brother sister friend
    boyfriend girlfriend colleague coworker boss neighbor neighbour roommate cousin uncle aunt grandmother
    grandfather mann ehemann ehefrau sohn tochter mutter vater bruder schwester freund freundin kollege kollegin
    femme mari fils fille mère père frère sœur amie ami esposa esposo marido hijo hija madre padre hermano hermana
    amigo amiga moglie marito figlio figlia fratello sorella amico amica vrouw zoon dochter moeder vader broer zus
    vriend vriendin filho filha mãe pai irmão irmã żona mąż syn córka matka ojciec brat siostra
    """.split()
)
LOWER_TITLES = frozenset(
    "signora signor señor señora heer mevrouw meneer madame monsieur pani panie panu senhor senhora frau herr".split()
)
"""Forms of address that are also written small."""

MY = ("my ", "our ", "mein ", "meine ", "meiner ", "meinen ", "meinem ", "mon ", "ma ", "mi ", "mio ", "mia ", "mijn ",
      "meu ", "minha ", "mój ", "moja ", "his ", "her ")  # fmt: skip
PEOPLE = re.compile(
    r"\b(?:man|woman|person|guy|boy|girl|son|daughter|husband|wife|friend|colleague|someone|somebody|agent"
    r"|doctor|patient|"
    r"customer|representative|rep|employee|nurse|therapist|psychologist|psychiatrist|counselor|counsellor"
    r"|lawyer|attorney|"
    r"driver|technician|manager|assistant|teacher|child|kid|brother|sister|mother|father|boss|clerk"
    r"|am)\b[^.!?\x00]{0,40}\Z"
)
THINGS = re.compile(
    r"\b(?:property|company|hotel|restaurant|product|file|domain|business|brand|song|movie|place|host|server"
    r"|event|bank|street|"
    r"city|app|group|team|project|model|item|store|shop|pet|dog|cat|user|vessel|ship|field|class|table|column"
    r"|key)(?:['\u2019]?s)?[ _-]\Z"
)
_ARTICLE = "sku|ean|gtin|upc|asin|isbn|mpn|artikelnummer"
_PRICED = "(?:unit |list |sale )?price|(?:einzel)?preis|prix|precio|prezzo|preço|prijs|cena|stock|in stock"
_COUNTED = "qty|quantity|menge|anzahl|quantité|cantidad|quantità|quantidade|aantal|ilość"
_OBJECTS = (
    "products?|produkte?|produits?|productos?|prodott[oi]|produtos?|producten|artikel|articles?|categor(?:y|ies)|kategorie"
    "|brand|marke|plan|tariff?|subscription|shop|store|branch|filiale|warehouse|carrier|variant|model"
)
THING_BEFORE = re.compile(rf"(?:\A|\x00)(?:(?:{_OBJECTS})|(?:{_ARTICLE}): [^\x00]{{1,60}})\x00\Z")
"""The member that holds the object, or an article number ahead of the name, in the layout of `jsontext`."""

THING_AFTER = re.compile(rf"[^\x00]{{0,80}}\x00(?:{_ARTICLE}|{_PRICED}|{_COUNTED}): ")
"""The member that follows the name of an article. Whoever books a seat at a price has a name that needs no label."""

OWN = re.compile(r"\b(?:my|mein|meine|mon|mi|mijn|meu|mio|full|legal|maiden|his|her|their|the) (?:\w+ )?\Z")
IS = {
    "am": ("i ",),
    "m": ("i'", "i\u2019"),
    "im": (),
    "bin": ("ich ", "hier "),
    "ist": ("hier ",),
    "suis": ("je ",),
    "soy": (),
    "sono": (),
    "ben": ("ik ",),
    "sou": ("eu ",),
    "jestem": (),
    "this": (),
    "ici": (),
    "speaking": (),
}
"""Words that say who somebody is, and what must stand directly before them, if anything."""

GREETED = re.compile(
    r"(?:^|[.!?\n:\x00]\s*)(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|hiya|yo)[ ,!.-]+(?:there["
    r" ,!.-]+)?(?:i['\u2019]?\s?)?\Z"
)
GREETINGS = frozenset(
    "dear hi hello hey hallo bonjour hola ciao buongiorno liebe lieber sehr geehrter geehrte cher chère"
    " querido querida estimado estimada caro cara beste geachte drogi droga szanowny szanowna prezado prezada gentile"
    " egregio spettabile".split()
)
_CLOSINGS = """
regards wishes thanks thank sincerely faithfully cheers best yours truly respectfully grüße grüßen gruß gruss grüsse mfg
lg vg cordialement salutations bises sincèrement saludos saludo atentamente cordialmente abrazo saluti saluto
cordialità groeten groetjes groet hoogachtend cumprimentos abraços abraço atenciosamente beijos pozdrawiam pozdrowienia
poważaniem serdecznie merci gracias danke grazie bedankt obrigado obrigada vous signed sent
"""
SIGNED = frozenset(_CLOSINGS.split())
SIGNS = re.compile(
    rf"(?:{'|'.join(sorted(SIGNED, key=lambda word: (-len(word), word)))})(?:\s(?:you|wishes|regards|by))?\s*"
    r"(?:again|so much|a lot|in advance|for your (?:help|time))?\s*[,!.\n-][\s,!.-]*"
)
LABELS = frozenset(
    """
    name names patient customer client employee applicant contact provider physician doctor nurse surgeon beneficiary
    holder cardholder insured traveler traveller passenger attn sender recipient manager author auditor owner tenant
    buyer seller guest naam nom nombre nome kunde kundin signed surname cliente vorname nachname familienname prénom
    apellido apellidos cognome voornaam achternaam apelido sobrenome imię nazwisko ansprechpartner inhaber kontoinhaber
    titulaire titular intestatario person
    """.split()
)
LABEL = re.compile(
    r"(?:[ _](?:name|full name|information|person|holder|contact))?"
    r"\s{0,3}(?:\(s\))?[*_\"']{0,3}\s{0,12}[:=][*_\"']{0,3}["
    r" \t]{0,24}[\"']?",
    re.IGNORECASE,
)
LABEL_GOES_ON = frozenset(" _:=(*\"'\t\n\r")
PLAIN_NAME = re.compile(r"[^\W\d_]{2,20}(?:['-][^\W\d_]{2,20})?(?: [^\W\d_]{2,20}(?:['-][^\W\d_]{2,20})?)?")
STOP = (
    FUNCTION_WORDS
    | NO_NAMES
    | frozenset(
        """
    again advance asking away back based being bit bye calling cancelling checking coming confused contacting currently
    curious disappointed done enquiring experiencing facing fed following frustrated furious getting glad going happy
    having here hoping inquiring interested keen late locked lost missing moving much never nice okay planning pleased
    quite reaching ready really receiving returning running seeing sending sick simply so sorry soon stuck sure
    surprised the tired tomorrow traveling travelling trying unable unhappy unsure upset using very waiting wondering
    working worried writing
    """.split()
    )
)

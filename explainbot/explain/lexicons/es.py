"""Spanish for grounding. Stop words: articles, pronouns, auxiliaries, prepositions and conjunctions."""

from __future__ import annotations

from explainbot.explain.lexicons import Lexicon, counted, lasting, listed, stemmer

# fmt: off
STOP = listed(
    """a al algo algunas algunos ante antes aquel aquella así aunque bajo bien cada como con contra cual cuando cuanto
    de del desde donde dos durante e el ella ellas ellos en entre era es esa esas ese eso esos esta está están estas
    este esto estos estoy fue ha haber había han has hasta hay he hemos la las le les lo los más me mi mientras mis
    mucho muy nos nosotros nuestra nuestras nuestro nuestros o os otra otras otro otros para pero por porque pueda
    puede pueden podemos puedes que qué quien se sea según ser será si sí sido siempre sobre son su sus también tan
    te tiene tienen tienes toda todas todo todos tras tu tus un una unas uno unos usted ustedes y ya yo hola gracias
    claro favor lamento siento desafortunadamente"""
)

LEXICON = Lexicon(
    code="es",
    stop=STOP,
    negations=listed("no nunca jamás sin ningún ninguna ninguno ni nada nadie tampoco salvo excepto"),
    numbers={
        **counted(
            """cero un/uno/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince""", 0),
        **counted("veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa", 20, 10),
        "primer": 1, "primero": 1, "veinticuatro": 24,
    },
    multipliers={"cien": 100, "ciento": 100, "mil": 1000, "millón": 10**6, "millones": 10**6},
    months=counted(
        """enero/ene febrero/feb marzo abril/abr mayo junio/jun julio/jul agosto/ago septiembre/setiembre/sep
        octubre/oct noviembre/nov diciembre/dic"""),
    weekdays=counted("lunes martes miércoles jueves viernes sábado/sábados domingo/domingos", 0),
    durations=lasting(
        {
            "segundo/segundos": 1, "minuto/minutos/min": 60, "hora/horas/h": 3600, "día/días/dia/dias": 86400,
            "semana/semanas": 604800, "quincena": 1296000,
        },
        {"mes/meses": 1, "trimestre/trimestres": 3, "año/años": 12},
        night="noche/noches",
        workday="hábil/hábiles/laborable/laborables",
    ),
    currencies={
        "eur": "EUR", "euro": "EUR", "euros": "EUR", "usd": "USD", "dólar": "$", "dólares": "$", "mxn": "MXN",
        "gbp": "GBP", "céntimos": "cent", "centavos": "cent", "pesos": "$",
    },
    percents=frozenset(),
    meridiem={"am": 0, "pm": 12, "a.m": 0, "p.m": 12},
    day_times={"mediodía": 720, "medianoche": 0},
    through=listed("a al hasta y o"),
    endings=listed("termina terminada terminados terminado últimos"),
    ordinals=listed("º ª"),
    abbreviations=listed(
        """sr sra srta dr dra ud uds núm nº no art etc aprox p.ej ej tel av avda pág a.m p.m máx mín"""),
    greeting=r"hola|buen(?:os|as)? (?:días|tardes|noches|día)|estimad[oa]s?|querid[oa]s?|(?:muchas |mil )?gracias",
    empty=(
        r"(?:muchas |mil )?gracias\b(?!.*\bpero\b)",
        r"(?:de nada|por supuesto|claro|perfecto|entendido|de acuerdo|con gusto|sí|no|vale)\b(?:\W+\w+){0,3}\W*$",
        r"(?:lo siento|lamento|lamentamos|siento|disculp\w+)\b(?!.*\b(?:pero|no|sin embargo)\b)",
        r"(?:no dudes?|no dude|avís\w+|háganos|hágame|házmelo|díg\w+|contáct\w+)\b",
        r"(?:puedo|podemos|estoy|estamos|estaré|será un placer|con gusto)\b.{0,30}\b(?:ayudar\w*|asistir\w*|"
        r"disposición|aquí)\b",
        r"si (?:tienes?|necesitas?|quieres?|desea|deseas)\b.*\b(?:dudes?|avís\w+|preguntar|ayudar\w*|contáct\w+)\b",
        r"(?:espero|esperamos|entiendo|entendemos|comprendo)\b",
        r"(?:que )?(?:tengas?|tenga|pasa|pase) (?:un|una) (?:buen|buena|excelente|lindo)",
        r"(?:saludos|atentamente|cordialmente|un saludo)\b",
        r"(?:por favor,? )?(?:indíque\w*|indíca\w*|proporcion\w+|facilít\w+|envíe\w*|confirm\w+)\b.*\b(?:su|tu)\b",
        r"(?:creo que (?:sí|no)|tiene sentido)\W*$|un (?:momento|segundo|minuto)\b",
    ),
    speaker=listed("yo me mi mis conmigo estoy soy tengo puedo voy creo"),
    stem=stemmer(
        """amientos imientos amiento imiento aciones uciones adoras adores ancias acion cion ciones adora ador ancia
        encia logias mente idades idad ables ibles able ible istas ista osos osas oso osa ivas ivos iva ivo ando
        iendo aron ieron aban aba ados adas idos idas ado ada ido ida aran eran iran ara era ira an en as es os a e
        o ar er ir s"""),
    articles=listed("un una"),
    listing=listed("y o"),
    contrasts=listed("pero mientras sino"),
)

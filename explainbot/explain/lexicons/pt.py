"""Portuguese for grounding. Stop words: articles, pronouns, auxiliaries, prepositions and conjunctions."""

from __future__ import annotations

from explainbot.explain.lexicons import Lexicon, counted, lasting, listed, stemmer

# fmt: off
STOP = listed(
    """a à às ao aos após aquela aquele as até cada com como da das de dela dele deles depois do dos durante e é ela
    elas ele eles em entre era essa essas esse esses esta está estão estas este estes estou eu foi foram há isso
    isto já lhe lhes mais mas me mesmo meu meus minha minhas muito na nas nem no nos nós nossa nossas nosso nossos
    num numa o onde os ou outra outro outros para pela pelas pelo pelos pode podem podemos por porque quando que
    quem se seja sem ser será serão seu seus sobre somente são só sua suas também te tem têm temos ter teu tua tudo
    um uma umas uns você vocês vos olá oi obrigado obrigada claro favor infelizmente lamento"""
)

LEXICON = Lexicon(
    code="pt",
    stop=STOP,
    negations=listed("não nunca jamais sem nenhum nenhuma nem nada ninguém exceto salvo"),
    numbers={
        **counted(
            """zero um/uma dois/duas três quatro cinco seis sete oito nove dez onze doze treze catorze/quatorze
            quinze""", 0),
        **counted("vinte trinta quarenta cinquenta sessenta setenta oitenta noventa", 20, 10),
        "primeiro": 1, "primeira": 1,
    },
    multipliers={"cem": 100, "cento": 100, "mil": 1000, "milhão": 10**6, "milhões": 10**6},
    months=counted(
        """janeiro/jan fevereiro/fev março/mar abril/abr maio junho/jun julho/jul agosto/ago setembro/set outubro/out
        novembro/nov dezembro/dez"""),
    weekdays=counted(
        """segunda/segunda-feira terça/terça-feira quarta/quarta-feira quinta/quinta-feira sexta/sexta-feira sábado
        domingo""", 0),
    durations=lasting(
        {
            "segundo/segundos": 1, "minuto/minutos/min": 60, "hora/horas/h": 3600, "dia/dias": 86400,
            "semana/semanas": 604800, "quinzena": 1296000,
        },
        {"mês/meses": 1, "trimestre/trimestres": 3, "ano/anos": 12},
        night="noite/noites",
        workday="útil/úteis",
    ),
    currencies={
        "eur": "EUR", "euro": "EUR", "euros": "EUR", "brl": "BRL", "real": "BRL", "reais": "BRL", "r$": "BRL",
        "usd": "USD",
        "dólar": "$", "dólares": "$", "centavos": "cent", "cêntimos": "cent",
    },
    percents=frozenset(),
    meridiem={"h": 0},
    day_times={"meio-dia": 720, "meia-noite": 0},
    through=listed("a à às ao até e ou"),
    endings=listed("termina terminado final últimos"),
    ordinals=listed("º ª"),
    abbreviations=listed("sr sra dr dra nº n art etc tel av pág máx mín aprox ex p.ex"),
    greeting=r"olá|oi|bom dia|boa tarde|boa noite|prezad[oa]s?|car[oa]s?|(?:muito )?obrigad[oa]",
    empty=(
        r"(?:muito )?obrigad[oa]\b(?!.*\bmas\b)",
        r"(?:de nada|claro|perfeito|entendido|certo|com certeza|sem problemas?|sim|não)\b(?:\W+\w+){0,3}\W*$",
        r"(?:lamento|lamentamos|sinto muito|desculpe|peço desculpas?)\b(?!.*\b(?:mas|não|porém)\b)",
        r"(?:não hesite|fique à vontade|avise|me avise|diga-me|contacte|entre em contato)\b",
        r"(?:posso|podemos|estou|estamos|terei prazer)\b.{0,30}\b(?:ajudar\w*|auxiliar|disposição)\b",
        r"se (?:tiver|precisar|quiser|desejar|você)\b.*\b(?:hesite|avise|perguntar|ajudar|contat\w+|à vontade)\b",
        r"(?:espero|esperamos|entendo|compreendo|compreendemos)\b",
        r"tenha (?:um|uma) (?:bom|boa|ótim[oa]|excelente)",
        r"(?:atenciosamente|cumprimentos|saudações|abraços)\b",
        r"(?:por favor,? )?(?:informe|indique|forneça|envie|confirme)\b.*\b(?:seu|sua)\b",
        r"(?:(?:acho|creio) que (?:sim|não)|faz sentido)\W*$|um (?:momento|instante|minuto)\b",
    ),
    speaker=listed("eu me mim meu minha meus minhas estou tenho posso vou acho"),
    stem=stemmer(
        """amentos imentos amento imento adoras adores acoes adora ador acao coes cao ancia encia mente idades idade
        aveis iveis avel ivel istas ista osos osas oso osa ivos ivas ivo iva ando endo indo aram eram iram ados adas
        idos idas ado ada ido ida am em as es os a e o ar er ir s"""),
    articles=listed("um uma"),
    listing=listed("e ou"),
    contrasts=listed("mas enquanto"),
)

"""Polish for grounding. Stop words: pronouns, auxiliaries, prepositions, conjunctions and particles."""

from __future__ import annotations

from explainbot.explain.lexicons import Lexicon, counted, lasting, listed, stemmer

# fmt: off
STOP = listed(
    """a aby ale albo ani bardzo bez bo by być był była było były będzie będą ci co coś czy czyli dla dlatego do gdy
    gdyż gdzie go i ich im inne inny ja jak jako je jego jej jest jestem jeszcze jeśli już ją każdy kiedy kto która
    które którego której który których lub ma mam mamy mają mi mnie może możemy mogą można mój moja moje musi my na
    nad nam nami nas nasz nasza nasze niego niej nich o od oraz po pod ponad ponieważ poza przed przez przy się są
    także tam te tego tej ten też to tobie tu tutaj twoja twoje twój ty tych tylko tym u w we wasz wszystkie
    wszystko z za ze że żeby pan pani pana państwa państwo proszę dzień dobry witam cześć dziękuję dziękujemy
    oczywiście niestety przepraszam"""
)

LEXICON = Lexicon(
    code="pl",
    stop=STOP,
    negations=listed("nie nigdy bez żaden żadna żadne nikt nic ani oprócz"),
    numbers={
        **counted(
            """zero jeden/jedna/jedno/jednego dwa/dwie/dwóch trzy/trzech cztery/czterech pięć/pięciu sześć/sześciu
            siedem/siedmiu osiem/ośmiu dziewięć/dziewięciu dziesięć/dziesięciu""", 0),
        **counted("jedenaście dwanaście trzynaście czternaście/czternastu piętnaście/piętnastu", 11),
        **counted(
            """dwadzieścia trzydzieści/trzydziestu czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt
            dziewięćdziesiąt""", 20, 10),
    },
    multipliers={"sto": 100, "tysiąc": 1000, "tysiące": 1000, "tysięcy": 1000, "tys": 1000, "mln": 10**6, "mld": 10**9},
    months=counted(
        """styczeń/stycznia luty/lutego marzec/marca kwiecień/kwietnia maj/maja czerwiec/czerwca lipiec/lipca
        sierpień/sierpnia wrzesień/września październik/października listopad/listopada grudzień/grudnia"""
    ),
    weekdays=counted(
        """poniedziałek/poniedziałku/poniedziałki wtorek/wtorku/wtorki środa/środę/środy czwartek/czwartku
        piątek/piątku/piątki sobota/sobotę/soboty niedziela/niedzielę/niedziele""",
        0,
    ),
    durations=lasting(
        {
            "sekunda/sekundy/sekund": 1, "minuta/minuty/minut/min": 60, "godzina/godzinę/godziny/godzin/godz/h": 3600,
            "dzień/dni/dnia/doba/doby": 86400, "tydzień/tygodnie/tygodni/tygodnia": 604800,
        },
        {"miesiąc/miesiące/miesięcy/miesiąca": 1, "kwartał/kwartały": 3, "rok/lata/lat/roku": 12},
        night="noc/noce/nocy",
        workday="roboczy/robocze/roboczych/roboczego",
    ),
    currencies={
        "pln": "PLN", "zł": "PLN", "złoty": "PLN", "złote": "PLN", "złotych": "PLN", "eur": "EUR", "euro": "EUR",
        "usd": "USD",
        "dolar": "$", "dolary": "$", "dolarów": "$", "gr": "cent", "groszy": "cent",
    },
    percents=listed("procent procenta"),
    meridiem={},
    day_times={"południe": 720, "północ": 0},
    through=listed("do i lub"),
    endings=listed("kończącą kończąca kończący kończącej końcówka"),
    ordinals=frozenset(),
    abbreviations=listed("np m.in itd itp tzn tj ok nr ul al dr prof tel godz ust art str max min pkt zł"),
    greeting=r"cześć|witam|witaj|dzień dobry|dobry wieczór|szanown\w+|drog(?:i|a|ie)|(?:bardzo )?dziękuj\w+",
    empty=(
        r"(?:bardzo )?dziękuj\w+\b(?!.*\bale\b)",
        r"(?:proszę bardzo|oczywiście|jasne|nie ma problemu|rozumiem|świetnie|tak|nie|dobrze)\b(?:\W+\w+){0,3}\W*$",
        r"(?:przykro mi|przepraszam\w*|bardzo mi przykro)\b(?!.*\b(?:ale|nie|jednak)\b)",
        r"(?:proszę )?(?:dać mi znać|daj znać|dać znać|śmiało|skontaktuj\w*)\b",
        r"(?:mogę|możemy|chętnie|jestem|jesteśmy)\b.{0,30}\b(?:pomóc|pomogę|dyspozycji)\b",
        r"(?:jeśli|jeżeli|gdyby)\b.*\b(?:znać|pytania|pomóc|skontakt\w+)\b",
        r"(?:mam nadzieję|mamy nadzieję|rozumiem|rozumiemy)\b",
        r"(?:miłego|dobrego|udanego) (?:dnia|wieczoru)",
        r"(?:pozdrawiam\w*|z poważaniem)\b",
        r"(?:proszę )?(?:podać|podaj|przesłać|potwierdzić)\b.*\b(?:numer|swój|swoje)\b",
        r"(?:(?:chyba|myślę,? że) (?:tak|nie)|to zrozumiałe)\W*$|(?:chwileczkę|chwilę|moment)\b",
    ),
    speaker=listed("ja mnie mi mój moja moje mogę mam jestem myślę"),
    stem=stemmer(
        """owania owaniem owanie ować ania aniem anie enia eniem enie ości ością ość owych owego owej owym owy owa owe
        ych ego emu ymi imi ami ach om ow ów ej im ym ie ia iu em ą ę y i a e o u ć"""),
    listing=listed("i lub"),
    contrasts=listed("a ale natomiast zaś"),
)

"""German for grounding. Stop words: articles, pronouns, auxiliaries, prepositions, conjunctions and particles."""

from __future__ import annotations

from explainbot.explain.lexicons import Lexicon, counted, lasting, listed, stemmer

# fmt: off
STOP = listed(
    """aber alle allem allen aller alles als also am an ander andere anderen auch auf aus bei beim bereits bin bis bist
    bitte da damit dann das dass dein deine dem den denn der des dessen die dies diese diesem diesen dieser dieses
    doch dort du durch eben ein eine einem einen einer eines er es etwas euch euer eure falls für gegen gern gerne
    haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in innerhalb ins
    ist ja jede jedem jeden jeder jedes jedoch kann können könnte könnten leider man mehr mein meine meinem meinen
    meiner mich mir mit muss müssen nach noch nun nur ob oder schon sehr sein seine seinem seinen seiner seit sich
    sie sind so sobald sofern sollte sollten somit sowie um und uns unser unsere unserem unseren unserer unter vom
    von vor war waren was weil welche welchem welchen welcher welches wenn werde werden wie wieder wir wird wo wurde
    wurden zu zum zur zwar über hallo danke vielen dank sehr geehrte geehrter natürlich gerne selbstverständlich"""
)

_MONTHS = """januar/jan/jänner februar/feb märz/mär april/apr mai juni/jun juli/jul august/aug september/sep/sept
    oktober/okt november/nov dezember/dez"""
_DAYS = """montag/montags/mo dienstag/dienstags/di mittwoch/mittwochs/mi donnerstag/donnerstags/do freitag/freitags/fr
    samstag/samstags/sa sonntag/sonntags/so"""

LEXICON = Lexicon(
    code="de",
    stop=STOP,
    negations=listed(
        """nicht nie niemals kein keine keinem keinen keiner keines ohne weder nichts niemand außer nein"""),
    numbers={
        **counted("null/- eins/eine/einem/einen/einer zwei drei vier fünf sechs sieben acht neun zehn elf zwölf", 0),
        **counted("dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn", 13),
        **counted("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig", 20, 10),
        "vierundzwanzig": 24, "achtundvierzig": 48, "zweiundsiebzig": 72,
    },
    multipliers={"hundert": 100, "tausend": 1000, "million": 10**6, "millionen": 10**6, "mio": 10**6, "mrd": 10**9},
    months=counted(_MONTHS),
    weekdays=counted(_DAYS, 0),
    durations=lasting(
        {
            "sekunde/sekunden": 1, "minute/minuten/min": 60, "stunde/stunden/std/h": 3600,
            "tag/tage/tagen/tages": 86400, "woche/wochen": 604800,
        },
        {"monat/monate/monaten/monats": 1, "quartal/quartale": 3, "jahr/jahre/jahren/jahres": 12},
        night="nacht/nächte/nächten",
        workday="werktag/werktage/werktagen/arbeitstag/arbeitstage/arbeitstagen/geschäftstage/geschäftstagen",
    ),
    currencies={
        "eur": "EUR", "euro": "EUR", "usd": "USD", "dollar": "$", "gbp": "GBP", "pfund": "GBP", "chf": "CHF",
        "franken": "CHF", "cent": "cent",
    },
    percents=listed("prozent vh"),
    meridiem={"uhr": 0},
    day_times={"mittag": 720, "mitternacht": 0},
    through=listed("bis und oder"),
    endings=listed("endet endend endziffern letzten"),
    ordinals=frozenset(),
    abbreviations=listed(
        """z.b z b d.h u.a usw bzw ca nr tel str dr prof hr fr inkl exkl zzgl ggf evtl max min mind abs art mo di mi do
        fr sa so"""),
    greeting=r"hallo|hi|guten (?:tag|morgen|abend)|sehr geehrte[rs]?|liebe[rs]?|(?:vielen |herzlichen )?danke?",
    empty=(
        r"(?:vielen |herzlichen )?dank(?:e)?\b(?!.*\baber\b)",
        r"(?:gern|gerne|natürlich|klar|kein problem|alles klar|verstanden|ja|nein|ok|okay)\b(?:\W+\w+){0,3}\W*$",
        r"(?:es tut mir|tut mir|es tut uns) (?:sehr )?leid\b(?!.*\b(?:aber|jedoch|nicht)\b)",
        r"(?:bitte )?(?:melden sie sich|lassen sie (?:es )?(?:mich|uns)|sagen sie (?:mir|uns)|"
        r"teilen sie (?:mir|uns))\b",
        r"(?:ich helfe|ich kann ihnen|wir helfen|ich bin für sie)\b",
        r"(?:wenn|falls) sie\b.*\b(?:melden|fragen|helfen|bescheid)\b",
        r"(?:ich|wir) (?:hoffe|hoffen|wünsche|wünschen|freue|freuen|verstehe|verstehen)\b",
        r"(?:einen |noch einen )?(?:schönen|guten) (?:tag|abend)",
        r"(?:mit )?(?:freundlichen|besten|liebe|viele) grüße?n?\b",
        r"(?:bitte )?(?:nennen|geben|schicken|senden) sie (?:mir|uns)\b",
        r"(?:ich (?:denke|glaube) (?:schon|ja)|das (?:mache|tue) ich gern\w*|das ist verständlich)\W*$",
        r"(?:einen|ein) (?:kleinen )?(?:moment|augenblick)\b",
    ),
    speaker=listed("ich mich mir mein meine meinen meinem meiner meines"),
    stem=stemmer(
        """ungen ung heiten heit keiten keit ischen ischer isches ische isch lichen licher liches liche lich igen iger
        iges ige ig erinnen erin erungen ern ers er en em es est te ten tet test st n e s t"""),
    fillers=listed("volle vollen ganze ganzen weitere weiteren kalendertage"),
    articles=listed("ein einem einen einer eine eines"),
    listing=listed("und oder"),
    contrasts=listed("aber sondern während wohingegen jedoch"),
    noun_capitals=True,
)

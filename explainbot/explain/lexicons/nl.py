"""Dutch for grounding. Stop words: articles, pronouns, auxiliaries, prepositions and conjunctions."""

from __future__ import annotations

from explainbot.explain.lexicons import Lexicon, counted, lasting, listed, stemmer

# fmt: off
STOP = listed(
    """aan al alle alleen als altijd andere ben bent bij binnen daar dan dat de der deze die dit door dus een eens en
    er graag had hebben hebt heb heeft hem het hier hij hoe hun ik in is ja je jij jou jouw jullie kan kunnen kunt
    maar me meer men met mij mijn moet moeten mogen na naar nog nu of om omdat ons onze onder ook op over reeds
    sinds te tegen tijdens toch toen tot u uit uw van vanaf veel via voor waar wanneer want waren was wat we wel
    welke werd wie wij wil willen wordt worden zal ze zelf zich zij zijn zo zodra zou zullen hallo bedankt dank
    natuurlijk alstublieft helaas sorry"""
)

LEXICON = Lexicon(
    code="nl",
    stop=STOP,
    negations=listed("niet nooit geen zonder noch niets niemand behalve nee"),
    numbers={
        **counted("nul één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien", 0),
        **counted("twintig dertig veertig vijftig zestig zeventig tachtig negentig", 20, 10),
        "vierentwintig": 24, "achtenveertig": 48, "eerste": 1,
    },
    multipliers={"honderd": 100, "duizend": 1000, "miljoen": 10**6, "miljard": 10**9},
    months=counted(
        """januari/jan februari/feb maart/mrt april/apr mei juni/jun juli/jul augustus/aug september/sep/sept
        oktober/okt november/nov december/dec"""),
    weekdays=counted("maandag/ma dinsdag/di woensdag/wo donderdag/do vrijdag/vr zaterdag/za zondag/zo", 0),
    durations=lasting(
        {
            "seconde/seconden": 1, "minuut/minuten/min": 60, "uur/uren": 3600, "dag/dagen": 86400, "week/weken": 604800,
        },
        {"maand/maanden": 1, "kwartaal/kwartalen": 3, "jaar/jaren": 12},
        night="nacht/nachten",
        workday="werkdag/werkdagen",
    ),
    currencies={
        "eur": "EUR", "euro": "EUR", "usd": "USD", "dollar": "$", "gbp": "GBP", "pond": "GBP", "chf": "CHF",
        "cent": "cent",
    },
    percents=listed("procent"),
    meridiem={"uur": 0},
    day_times={"middernacht": 0},
    through=listed("tot t/m en of"),
    endings=listed("eindigend eindigt eindigen laatste"),
    ordinals=listed("e de ste"),
    abbreviations=listed("dhr mevr mw dr nr bijv d.w.z enz ca incl excl tel blz max min m.a.w o.a evt"),
    greeting=r"hallo|hoi|dag|goede(?:morgen|middag|avond)|beste|geachte|(?:hartelijk |heel erg )?(?:bedankt|dank)",
    empty=(
        r"(?:hartelijk |heel erg )?(?:bedankt|dank)\b(?!.*\bmaar\b)",
        r"(?:graag gedaan|natuurlijk|geen probleem|prima|begrepen|ja|nee|oké|ok|zeker)\b(?:\W+\w+){0,3}\W*$",
        r"(?:het spijt (?:me|ons)|sorry|excuses)\b(?!.*\b(?:maar|niet|echter)\b)",
        r"(?:laat het|neem gerust|aarzel niet|neem contact|laat (?:me|ons))\b",
        r"(?:ik|we|wij) (?:kan|kunnen|help|helpen|ben|zijn)\b.{0,30}\b(?:helpen|van dienst|help)\b",
        r"(?:als|mocht|indien) (?:u|je)\b.*\b(?:weten|vragen|helpen|contact)\b",
        r"(?:ik|we|wij) (?:hoop|hopen|begrijp|begrijpen|wens|wensen)\b",
        r"(?:een )?(?:fijne|prettige|goede) (?:dag|avond)",
        r"(?:met vriendelijke groet\w*|groeten|hoogachtend)\b",
        r"(?:kunt|kan|wilt) (?:u|je)\b.*\?",
        r"(?:ik (?:denk|geloof) (?:het )?(?:wel|niet|van (?:wel|niet))|dat is begrijpelijk)\W*$",
        r"een (?:moment|ogenblik)\w*\b",
    ),
    speaker=listed("ik mij me mijn mezelf"),
    stem=stemmer(
        """heden heid ingen ing elijke elijk lijke lijk ische isch baar bare tjes tje jes je ende end erige ers er en
        ste st de te e s t"""),
    articles=listed("een"),
    listing=listed("en of"),
    contrasts=listed("maar terwijl"),
)

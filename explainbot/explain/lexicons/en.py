"""English for grounding.

Stop words: the function words of English (articles, pronouns, auxiliaries, prepositions, conjunctions) as in the
public-domain part of the SMART list, kept to those that say nothing about the matter of a sentence.
"""

from __future__ import annotations

from functools import lru_cache

from explainbot.explain.lexicons import MAX_WORDS, Lexicon, listed

# fmt: off
STOP = listed(
    """a about above after again all also am an and any are as at be because been before being below between both but
    by can could did do does doing down during each either else ever every few for from further get gets got had has
    have having he her here hers herself him himself his how however i if in into is it its itself just let like may
    me might more most much must my myself of off on once one ones only or other others our ours ourselves out over
    own per please rather re same shall she should since so some such than that the their theirs them themselves
    then there these they this those through thus to too under until up upon us very was we well were what when
    where whether which while who whom whose why will with within would yes yet you your yours yourself yourselves
    hello hi hey dear thanks thank sure certainly absolutely sorry unfortunately glad happy okay ok welcome ll ve d
    s t m it's i'm you're we're they're that's there's i've you've we've i'll you'll we'll"""
)

NEGATIONS = listed(
    """not no never cannot can't won't don't doesn't didn't isn't aren't wasn't weren't shouldn't wouldn't couldn't
    mustn't hasn't haven't hadn't without neither nor none nothing nobody nowhere unable unless except excluding"""
)

NUMBERS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "first": 1, "second": 2, "third": 3, "fourth": 4,
    "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "dozen": 12,
}

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

_DURATIONS = {
    "second": ("s", 1), "sec": ("s", 1), "minute": ("s", 60), "min": ("s", 60), "hour": ("s", 3600), "hr": ("s", 3600),
    "day": ("s", 86400), "week": ("s", 604800), "fortnight": ("s", 1209600), "month": ("month", 1),
    "quarter": ("month", 3), "year": ("month", 12), "yr": ("month", 12), "night": ("night", 1),
    "workday": ("workday", 1),
}

_CURRENCIES = {
    "usd": "USD", "eur": "EUR", "gbp": "GBP", "jpy": "JPY", "chf": "CHF", "cad": "CAD", "aud": "AUD", "nzd": "NZD",
    "inr": "INR", "cny": "CNY", "pln": "PLN", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "brl": "BRL", "mxn": "MXN",
    "dollar": "$", "dollars": "$", "buck": "$", "bucks": "$", "euro": "EUR", "euros": "EUR", "pounds": "GBP",
    "quid": "GBP", "yen": "JPY", "francs": "CHF", "rupees": "INR", "yuan": "CNY", "zloty": "PLN", "kronor": "SEK",
    "cents": "cent", "cent": "cent", "pence": "cent",
}

_LEAD = (
    r"(?:(?:also|additionally|in addition|and|so|if so|in that case|then|now|next|finally|lastly|again|absolutely|"
    r"certainly|of course|sure|great|yes|no problem)\b\W+)?"
)
"""What may stand before an empty phrase."""

_EMPTY = (
    r"(?:many )?(?:thanks?|thank you)\b(?!.*\bbut\b)",
    r"(?:you(?:'re| are) (?:very |most )?welcome|my pleasure|no (?:problem|worries)|of course|certainly|sure|"
    r"absolutely|great|perfect|got it|understood|all right|alright|okay|ok|yes|no)\b(?:\W+\w+){0,3}\W*$",
    r"(?:i(?:'m| am) )?(?:so |very |really |truly )?sorry\b(?!.*\b(?:but|however|cannot|can't|only|not)\b)",
    r"(?:i|we) (?:do )?(?:sincerely )?(?:apologi[sz]e|understand|appreciate|see)\b"
    r"(?!.*\b(?:but|however|cannot|can't)\b)",
    r"(?:sorry|apologies)\W+(?:but )?(?:i|we) (?:can't|cannot|can not|am unable|are unable|do(?:n't| not))\b",
    r"(?:unfortunately\W+|(?:i'm|i am) (?:sorry|afraid)\W+(?:but )?)?(?:i|we) (?:can't|cannot|can not|am unable to|"
    r"don't|do not) (?:help|assist|answer|know|have (?:that|this|any|enough|the) (?:information|details))\b",
    r"(?:i|we)(?:'m|'d(?: be)?| am|'re| are| would be|'ll be| will be)? (?:(?:here|happy|glad|pleased|delighted|able) )"
    r"+to (?:help|assist|answer|check|look)",
    r"(?:i|we) (?:can|could|will|'ll|would like to|would love to)(?: certainly| gladly| definitely)? (?:help|assist)\b",
    r"(?:happy|glad|pleased|delighted) to (?:help|assist|hear)\b",
    r"(?:please |do |just )*(?:feel free|don't hesitate|do not hesitate|reach out|let (?:me|us) know)\b",
    r"(?:please |kindly )+(?:provide|share|confirm|tell|give (?:me|us)|hold on|wait|reply|let (?:me|us)|could you)\b",
    r"(?:could|can|would|may|might) (?:you|i)\b.*\?",
    r"(?:if (?:you|there|anything|something|this|that|it)\b.*\b(?:let (?:me|us) know|feel free|reach out|"
    r"here to (?:help|assist)|happy to (?:help|assist)|just ask|ask me|don't hesitate|do not hesitate))",
    r"(?:i|we) (?:(?:really|also|just|do|still|always|only|personally) )*(?:hope|trust|wish|love|"
    r"like|enjoy|prefer|hate)\b",
    r"(?:have|enjoy) (?:a |an |your )?(?:(?:great|nice|good|lovely|wonderful|pleasant|safe) )",
    r"(?:let me|i'll|i will|i'd like to|allow me to)\b(?: now| first| just| quickly)* (?:check|look|see|find|search|"
    r"verify|help|assist|pull|gather|walk|explain|transfer|start|proceed)\b",
    r"(?:is|was) (?:there|this|that) (?:anything|something|what)\b",
    r"(?:to (?:proceed|assist you|help you|continue|get started)\b.*)?(?:i'll need|i will need|i need|we need)\b"
    r".*\b(?:your|to know)\b",
    r"(?:safe travels|happy (?:travels|shopping))\b",
    r"(?:i (?:think|believe|guess|suppose) so|that(?:'s| is)? (?:makes sense|fine|great|understandable))\W*$",
    r"(?:one|just a|just one|a) (?:moment|second|minute)\b|bear with me\b|let's (?:begin|continue|get started|start)\b",
    r"(?:best|kind|warm) (?:regards|wishes)|sincerely|yours\b|cheers\W*$|bye\b|goodbye\b",
    r"(?:here (?:is|are)|these are|below (?:is|are)|the following (?:is|are)|see) .{0,80}:$",
)
EMPTY = tuple(_LEAD + pattern if pattern.startswith("(?:") else pattern for pattern in _EMPTY)

_SUFFIXES = (
    ("izations", 4), ("isations", 4), ("ization", 4), ("isation", 4), ("ational", 4), ("fulness", 3), ("ousness", 3),
    ("ations", 4), ("ation", 4), ("ments", 4), ("ities", 4), ("ingly", 4), ("ions", 4), ("ment", 4), ("ness", 4),
    ("able", 4), ("ible", 4), ("ally", 4), ("ings", 3), ("ance", 4), ("ence", 4), ("edly", 4), ("ity", 4), ("ion", 4),
    ("ing", 3), ("ies", 3), ("ers", 4), ("ors", 4), ("est", 4), ("ied", 3), ("ed", 3), ("es", 3), ("er", 4), ("or", 4),
    ("ly", 4), ("al", 4), ("s", 3), ("e", 3), ("y", 3),
)


@lru_cache(maxsize=MAX_WORDS)
def stem(word: str) -> str:
    """`word` without its commonest endings (a single-pass suffix stripper after Porter 1980; not a dictionary)."""
    if word.endswith(("'s", "’s")):
        word = word[:-2]
    for suffix, least in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= least and not word.endswith("ss"):
            word = word[: -len(suffix)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    if len(word) > 3 and word[-1] in "ei":
        word = word[:-1]
    return word


LEXICON = Lexicon(
    code="en",
    stop=STOP,
    negations=NEGATIONS,
    numbers=NUMBERS,
    multipliers={"hundred": 100, "thousand": 1000, "k": 1000, "million": 10**6, "mn": 10**6, "billion": 10**9},
    months={
        **{name: number for number, name in enumerate(_MONTHS, 1)},
        **{name[:3]: number for number, name in enumerate(_MONTHS, 1)},
        "sept": 9,
    },
    weekdays={
        **{name: number for number, name in enumerate(_DAYS)},
        **{f"{name}s": number for number, name in enumerate(_DAYS)},
        **{name[:3]: number for number, name in enumerate(_DAYS)},
        "tues": 1, "thur": 3, "thurs": 3,
    },
    durations={**_DURATIONS, **{f"{word}s": unit for word, unit in _DURATIONS.items()}, "h": ("s", 3600)},
    currencies=_CURRENCIES,
    percents=frozenset({"percent", "pct", "percentage"}),
    meridiem={"am": 0, "pm": 12, "a.m": 0, "p.m": 12, "o'clock": 0},
    day_times={"noon": 720, "midday": 720, "midnight": 0},
    through=frozenset({"to", "till", "until", "through", "thru", "and", "or"}),
    endings=frozenset({"ending", "ends", "last", "digits"}),
    ordinals=frozenset({"st", "nd", "rd", "th"}),
    abbreviations=listed(
        """mr mrs ms dr prof sr jr st no nos nr vs etc approx inc ltd co corp dept est fig figs ext tel ave blvd rd apt
        e.g i.e cf al ca vol art sec p pp u.s u.k a.m p.m jan feb mar apr jun jul aug sep sept oct nov dec min max
        hrs hr mins wk wks yr yrs incl excl ref refs gen sen gov rep capt sgt col"""
    ),
    greeting=r"hi|hello|hey|dear|greetings|good (?:morning|afternoon|evening|day)|(?:many )?thanks?|thank you",
    empty=EMPTY,
    speaker=listed("i i'm i've i'd i'll me my mine myself"),
    stem=stem,
    articles=frozenset({"a", "an"}),
    working=listed("business working work bank"),
    fillers=listed("calendar full consecutive more whole additional"),
    listing=listed("and or"),
    contrasts=listed("but while whereas"),
    asks=r"\b(?:(?:can|could|would|will) you|please (?:provide|share|give|tell|confirm|choose|send|let me)|let me know|"
    r"(?:i|we)(?:'ll| will)? (?:also )?need)\b",
)

"""Italian for grounding. Stop words: articles, pronouns, auxiliaries, prepositions and conjunctions."""

from __future__ import annotations

from explainbot.explain.lexicons import Lexicon, counted, lasting, listed, stemmer

# fmt: off
STOP = listed(
    """a abbiamo ad agli ai al alla alle allo anche avere avete c che chi ci ciò come con cui da dagli dai dal dalla
    dalle dallo degli dei del dell della delle dello deve di dopo dove due e è ed era essere fa fino fra gli ha hai
    hanno ho i il in io l la le lei li lo loro lui ma mentre mi mia mie miei mio ne negli nei nel nella nelle nello
    noi nostra nostre nostri nostro o ogni oppure per perché però più poi possiamo possono potete può puoi qual
    quale quali quando quanto quella quelle quelli quello questa queste questi questo qui sarà saranno se sei si sia
    siamo siete solo sono sta stata stati stato su sua sue sugli sui sul sulla suo suoi tra tu tua tue tuo tuoi
    tutte tutti tutto un una uno vi voi vostra vostre vostri vostro ciao salve buongiorno viene
    vengono grazie certo prego
    purtroppo"""
)

LEXICON = Lexicon(
    code="it",
    stop=STOP,
    negations=listed("non no mai senza nessun nessuna nessuno né niente nulla tranne eccetto"),
    numbers={
        **counted(
            """zero uno/una/un due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici
            quindici""", 0),
        **counted("venti trenta quaranta cinquanta sessanta settanta ottanta novanta", 20, 10),
        "ventiquattro": 24, "primo": 1,
    },
    multipliers={"cento": 100, "mille": 1000, "mila": 1000, "milione": 10**6, "milioni": 10**6},
    months=counted(
        """gennaio/gen febbraio/feb marzo aprile/apr maggio giugno/giu luglio/lug agosto/ago settembre/set ottobre/ott
        novembre/nov dicembre/dic"""),
    weekdays=counted("lunedì martedì mercoledì giovedì venerdì sabato domenica", 0),
    durations=lasting(
        {
            "secondo/secondi": 1, "minuto/minuti/min": 60, "ora/ore/h": 3600, "giorno/giorni": 86400,
            "settimana/settimane": 604800,
        },
        {"mese/mesi": 1, "trimestre/trimestri": 3, "anno/anni": 12},
        night="notte/notti",
        workday="lavorativo/lavorativi/feriali",
    ),
    currencies={
        "eur": "EUR", "euro": "EUR", "usd": "USD", "dollaro": "$", "dollari": "$", "gbp": "GBP", "sterline": "GBP",
        "chf": "CHF", "franchi": "CHF", "centesimi": "cent",
    },
    percents=frozenset(),
    meridiem={},
    day_times={"mezzogiorno": 720, "mezzanotte": 0},
    through=listed("a al alle fino e o"),
    endings=listed("termina finisce ultime terminante"),
    ordinals=listed("º ª"),
    abbreviations=listed("sig sigg dott dr prof n nr art es ecc ca tel pag max min p.es"),
    greeting=r"ciao|salve|buongiorno|buonasera|gentile|caro|cara|(?:molte |mille )?grazie",
    empty=(
        r"(?:molte |mille )?grazie\b(?!.*\bma\b)",
        r"(?:prego|certo|certamente|perfetto|va bene|d'accordo|capito|sì|no|nessun problema|"
        r"figurati)\b(?:\W+\w+){0,3}\W*$",
        r"(?:mi dispiace|ci dispiace|mi scuso|ci scusiamo)\b(?!.*\b(?:ma|non|tuttavia)\b)",
        r"(?:non esit\w+|fammi|facci|mi faccia|ci faccia|contatt\w+mi|contatt\w+ci)\b",
        r"(?:posso|possiamo|sono|siamo|sarò)\b.{0,30}\b(?:aiutar\w*|assister\w*|disposizione)\b",
        r"se (?:hai|ha|avete|desideri|desidera)\b.*\b(?:esit\w+|sapere|chied\w+|aiutar\w*|contatt\w+)\b",
        r"(?:spero|speriamo|capisco|comprendo|comprendiamo)\b",
        r"(?:buona|buon) (?:giornata|serata|viaggio|proseguimento)",
        r"(?:cordiali saluti|saluti|distinti saluti)\b",
        r"(?:per favore,? |si prega di )?(?:indic\w+|forn\w+|comunic\w+|inviar\w*|conferm\w+)\b.*\b(?:suo|tuo|"
        r"sua|tua|il numero)\b",
        r"(?:(?:penso|credo) di (?:sì|no)|ha senso)\W*$|un (?:momento|attimo|secondo)\b",
    ),
    speaker=listed("io mi mio mia miei mie sto posso vado penso credo"),
    stem=stemmer(
        """azioni azione amenti imenti amento imento atori atore atrici atrice anze enze anza enza mente abili ibili
        abile ibile isti ista ivi ive ivo iva osi ose oso osa ando endo ati ate ato ata iti ite ito ita uti ute uto
        uta are ere ire ano ono iamo i e a o"""),
    articles=listed("un una uno"),
    elides=True,
    listing=listed("e o"),
    contrasts=listed("ma mentre invece"),
)

"""French for grounding. Stop words: articles, pronouns, auxiliaries, prepositions and conjunctions."""

from __future__ import annotations

from explainbot.explain.lexicons import Lexicon, counted, lasting, listed, stemmer

# fmt: off
STOP = listed(
    """a ai ainsi alors après as au aussi aux avant avec avez avoir avons c ce ceci cela celle celles celui ces cet
    cette ceux chaque comme d dans de depuis des dès donc dont du elle elles en entre est et été être eux fait faut
    il ils j je l la le les leur leurs lors lui m ma mais me même mes moi mon n nos notre nous on ont ou où par pas
    peut peuvent plus pour pouvez pouvons qu quand que quel quelle quels qui s sa sans se sera seront ses si soit
    sommes son sont sous sur t ta te tes toi ton tous tout toute toutes très tu un une vers vos votre vous y êtes
    bonjour bonsoir merci bien désolé désolée malheureusement volontiers"""
)

LEXICON = Lexicon(
    code="fr",
    stop=STOP,
    negations=listed("pas jamais sans aucun aucune ni rien personne non sauf impossible"),
    numbers={
        **counted(
            """zéro un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize""", 0),
        **counted("vingt trente quarante cinquante soixante", 20, 10),
        "premier": 1, "première": 1, "quarante-huit": 48,
    },
    multipliers={"cent": 100, "cents": 100, "mille": 1000, "million": 10**6, "millions": 10**6, "milliard": 10**9},
    months=counted(
        """janvier février/fév mars avril mai juin juillet août septembre/sept octobre/oct novembre/nov
        décembre/déc"""),
    weekdays=counted("lundi/lundis mardi/mardis mercredi jeudi vendredi samedi/samedis dimanche/dimanches", 0),
    durations=lasting(
        {
            "seconde/secondes": 1, "minute/minutes/min": 60, "heure/heures/h": 3600, "jour/jours/j": 86400,
            "semaine/semaines": 604800, "quinzaine": 1296000,
        },
        {"mois": 1, "trimestre/trimestres": 3, "an/ans/année/années": 12},
        night="nuit/nuits/nuitée/nuitées",
        workday="ouvré/ouvrés/ouvrable/ouvrables",
    ),
    currencies={
        "eur": "EUR", "euro": "EUR", "euros": "EUR", "usd": "USD", "dollar": "$", "dollars": "$", "gbp": "GBP",
        "chf": "CHF",
        "francs": "CHF", "centime": "cent", "centimes": "cent", "cad": "CAD",
    },
    percents=listed("pourcent"),
    meridiem={"h": 0, "heures": 0},
    day_times={"midi": 720, "minuit": 0},
    through=listed("à au et ou jusqu'à"),
    endings=listed("terminant finissant derniers termine"),
    ordinals=listed("er ère e ème"),
    abbreviations=listed("m mm mme mlle dr n no env ex etc p av bd tél janv févr juil sept oct nov déc max min"),
    greeting=r"bonjour|bonsoir|salut|cher|chère|madame|monsieur|merci",
    empty=(
        r"merci\b(?!.*\bmais\b)",
        r"(?:avec plaisir|bien sûr|d'accord|très bien|parfait|entendu|oui|non|pas de problème|"
        r"je vous en prie)\b(?:\W+\w+){0,3}\W*$",
        r"(?:je suis|nous sommes)? ?(?:vraiment )?désolée?s?\b(?!.*\b(?:mais|pas|cependant)\b)",
        r"(?:n'hésitez pas|faites(?:-| )(?:le )?(?:moi|nous)|dites-(?:moi|nous)|contactez-(?:moi|nous))\b",
        r"(?:je peux|je serais|je suis|nous pouvons|nous sommes)\b.{0,30}\b(?:aider|assister|disposition)\b",
        r"si vous\b.*\b(?:hésitez|contacter|savoir|demander|aider)\b",
        r"(?:j'espère|nous espérons|je comprends|nous comprenons|je vous souhaite)\b",
        r"(?:bonne|belle|excellente) (?:journée|soirée|continuation)",
        r"(?:cordialement|bien à vous|sincèrement)\b",
        r"(?:veuillez|pouvez-vous|merci de|pourriez-vous) (?:me |nous )?(?:indiquer|fournir|communiquer|"
        r"préciser|donner|confirmer)\b",
        r"(?:je (?:pense|crois) que (?:oui|non)|c'est (?:noté|compréhensible))\W*$",
        r"(?:un|une) (?:instant|moment|minute)\b",
    ),
    speaker=listed("je me moi mon ma mes ai suis vais peux pense"),
    stem=stemmer(
        """issements issement atrices ateurs ations ation ements ement ements euses euse eurs eur ives ive ifs if ités
        ité ables able antes ante ants ant ées és ée é er ez ent ons ions ait aient es e s x"""),
    articles=listed("un une"),
    elides=True,
    listing=listed("et ou"),
    contrasts=listed("mais tandis alors"),
)

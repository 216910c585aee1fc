"""How a run of words in a text reads as a name: capitals, initials, particles, titles."""

from __future__ import annotations

import re

from explainbot.privacy.companies import COMPANIES
from explainbot.privacy.words import FUNCTION_WORDS, PARTICLES, TITLES

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\u2010-][^\W\d_]+)*")
_LEADING = frozenset("van von de der den del della di da dos la le el al bin ten ter zu".split())
_LEADS = frozenset(word[:2] for word in _LEADING)
_CONTRACTED = re.compile(r"['\u2019](?:m|d|s|re|ve|ll|t)\Z")
_EVERYDAY_NAMES = frozenset(["an", "do", "long", "may", "will", "young"])
_LAST = frozenset(["", ".", ",", ";", "!", "?", "\n", "\r", ")", "|", "\x00"])
_SHORT = re.compile(r"[^\W\d_]|[^\W\d_aeiouAEIOU]{2,3}")
_GAP = re.compile(r"\.? {1,2}|\. ?|,? (?=(?:Jr|Sr|II|III|IV|PhD|MD)\b)")

NO_NAMES = frozenset(
    """
    dear regards sincerely cheers account accounts actually address alright agent all anyone april assistant august
    billing bot chat club company contact customer customers date december department dept desk email everybody
    everyone everything february folks friday friend friends front general gentlemen guest guys great hello help
    helpdesk hi hiring hotel hr i info information international it january july june ladies madam manager march member
    monday name n november number october office operations order payment payments people phone please product quality
    regarding sales saturday section september service services sir sirs site sorry staff store sunday support team
    technical thank thanks there thursday tuesday unknown user valued wednesday welcome yes not none null true false na
    nan tbd via damen herren damer kunden kundin kunde kundenservice kundendienst support messieurs mesdames équipe
    equipe señores signori clienti clientes państwo president chairman minister amazon google apple microsoft paypal
    spanish french german italian english american british dutch polish portuguese indian chinese japanese canadian
    australian irish scottish russian turkish mexican brazilian muslim christian jewish catholic vegan vegetarian
    european asian african ebay klarna dhl fedex zalando ikea netflix spotify whatsapp instagram facebook youtube tiktok
    oh ah uh um hmm wow yay oops haha lol omg ok okay yeah yep yup nope nah yesh bye bubye goodbye
    thats windy forget appreciate interested half openai chatgpt python iban bic swift vat ssn pin dob npi mrn vin sku
    linkedin airbnb mastercard samsung sony shimano adidas jira github salesforce crypto saas
    grüße grüßen grüsse grüssen groeten groetjes saluti saludos salutations cumprimentos pozdrowienia
    madame monsieur cliente kliencie klienci
    """.split()
).union(COMPANIES)
"""Words with a capital that are no names: greetings, offices, days, months and companies of everybody's."""


def name_end(text: str, start: int, most: int = 5) -> int:
    """Where the name that begins at `start` ends; `start` when no name begins there.

    A name is up to `most` words with a capital, initials and particles between them ("Ludwig van Beethoven", "J. R. R.
    Tolkien", "O'Neil-Smith"), on one line.
    """
    if "a" <= text[start : start + 1] <= "z" and text[start : start + 2] not in _LEADS:
        return start
    at, end, words = start, start, 0
    while words < most:
        match = _WORD.match(text, at)
        if not match:
            break
        word = match[0]
        plain = _CONTRACTED.sub("", word.lower())
        if word[0].isupper() or not _cased(word[0]):
            if plain in NO_NAMES or (plain in FUNCTION_WORDS and not _may_be_name(text, word, match.end(), words)):
                break
            words += 1
            end = match.end()
        elif plain not in PARTICLES or not (words or plain in _LEADING):
            break
        gap = _GAP.match(text, match.end())
        if not gap:
            break
        if gap[0].startswith(".") and plain not in TITLES and not _SHORT.fullmatch(word):
            break  # the full stop ends a sentence, as in "Mia. Now"; after "J", "Wm" and "Dr" it does not
        at = gap.end()
    if words and text[end : end + 1] == "." and text[end - 2 : end - 1] in " ." and text[end - 1].isupper():
        end += 1
    return end


def _may_be_name(text: str, word: str, end: int, words: int) -> bool:
    """Whether an everyday word with a capital is part of a name: an initial, `Will Smith`, `Nguyen Van An.`."""
    if len(word) == 1:
        return True
    if words:
        return text[end : end + 1] in _LAST
    following = _WORD.match(text, end + 1) if text[end : end + 1] == " " else None
    return word.lower() in _EVERYDAY_NAMES and following is not None and _is_name(following[0])


def _is_name(word: str) -> bool:
    return word[0].isupper() and word.lower() not in NO_NAMES and word.lower() not in FUNCTION_WORDS


def _cased(char: str) -> bool:
    return char.lower() != char.upper()

"""The words round a candidate, which tell an order number from a telephone number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from explainbot.privacy.jsontext import END
from explainbot.privacy.normalise import seen
from explainbot.privacy.words import EAST


def before(text: str, start: int, width: int = 48) -> str:
    """Up to `width` characters before `start`, in lower case, from the same value of a JSON layout."""
    piece = text[max(0, start - width) : start]
    return piece[piece.rfind(END) + 1 :].lower()


def after(text: str, end: int, width: int = 24) -> str:
    """Up to `width` characters after `end`, in lower case, from the same value of a JSON layout."""
    piece = text[end : end + width]
    stop = piece.find(END)
    return (piece if stop < 0 else piece[:stop]).lower()


def nearest(pattern: re.Pattern[str], window: str) -> int:
    """Where the last match of `pattern` in `window` ends; -1 when there is none."""
    last = -1
    for match in pattern.finditer(window):
        last = match.end()
    return last


def cues(text: str, vocabulary: frozenset[str]) -> Sequence[tuple[int, int, str]]:
    """(start, end, word) of every place where one of the lower-case words stands in `text` as a word, in any case.

    One of a script without spaces may stand within others.
    """
    text = seen(text)
    found = text.among(vocabulary)
    if not found:
        return ()
    plain = text.folded()
    places = []
    for word in found:
        at = plain.find(word)
        while at >= 0:
            end = at + len(word)
            if word > EAST or not (plain[end : end + 1].isalnum() or (at and plain[at - 1].isalnum())):
                places.append((at, end, word))
            at = plain.find(word, end)
    return places


_LINK = re.compile(
    r"(?:[\s:=#>\"'`*|(\[.\-：]{1,32}+"
    r"|\b(?:number|numbers|no|nr|num|nummer|nummeret|numero|numer|numeru|número|numéro|id|code|kod|kode|kodu|is|was|are"
    r"|ist|war|lautet|es|est|è|é|jest|är|er|on|je|este|of|for|my|the|it|here|n°|nº|n|numarası|numaram|numarasi|číslo"
    r"|cislo|szám|száma|számom|broj|tunnus|nomor|номер|мой|моя|мои|это|αριθμός|μου|رقم|رقمي|מספר|שלי|to|mi|mein|meine"
    r"|mon|ma|il|mio|mia|meu|minha|mijn|min|mitt|mój|moja|olarak|है|संख्या|नंबर)(?![\w@])"
    r"|[是为為はがのは：]|号码|號碼|番号|编号|編號|号|번호|는|은|이|가){0,12}+",
    re.IGNORECASE,
)


def linked(text: str, end: int) -> int:
    """Where the value that a cue ending at `end` announces begins: after marks and words such as "number is"."""
    found = _LINK.match(text, end)
    return found.end() if found else end


def listed(text: str, start: int, value: re.Pattern[str], most: int = 20) -> Iterator[re.Match[str]]:
    """The value at `start`, and those that follow it in a list with commas, "and" or "or"."""
    match = value.match(text, start)
    while match and most:
        yield match
        most -= 1
        joint = _JOINT.match(text, match.end())
        match = value.match(text, joint.end()) if joint else None


_JOINT = re.compile(
    r"\s{0,3}(?:[,;/&]|\band\b|\bor\b|\bund\b|\bet\b|\by\b|\be\b)\s{0,3}(?:(?:and|or)\s)?", re.IGNORECASE
)


_CALLED = re.compile(
    r"(?<!\w)([A-Za-z0-9](?:[ ./-]?[A-Za-z0-9]){4,24}) (?:is|was|es|ist|est|è|é|är|er|jest|to|en) "
    r"(?:my|mi|mein|meine|mon|ma|(?:il |la )?mi[oa]|(?:o |a )?meu|(?:a )?minha|mijn|mitt?|min|mój|moja"
    r"|our|his|her|their)\b[^.,;!?\n\x00]{0,24}\Z"
)


def said_before(text: str, start: int, value: re.Pattern[str]) -> tuple[int, int] | None:
    """Where a value stands that is called by a word at `start` after it, as in `X1234567 is my passport number`."""
    low = max(0, start - 64)
    said = _CALLED.search(text, low, start) if " " in text[low:start] else None
    at = said.start(1) if said else 0
    while said and 0 <= at < said.end(1):  # words may stand before it
        if value.fullmatch(text, at, said.end(1)):
            return at, said.end(1)
        at = text.find(" ", at, said.end(1)) + 1 or said.end(1)
    return None

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
    r"(?:[\s:=#>\"'`*|(\[.\-：→]{1,32}+|</?[a-z][^<>\x00]{0,40}>"
    r"|\b(?:on file|(?:we|you) have|should be|(?:was |is |has been )?changed to|now)\b"
    r"|\b(?:number|numbers|no|nr|num|nummer|nummeret|numero|numer|numeru|número|numéro|id|code|kod|kode|kodu|is|was|are"
    r"|ist|war|lautet|es|est|è|é|jest|är|er|on|je|este|of|for|my|the|it|here|n°|nº|n|numarası|numaram|numarasi|číslo"
    r"|cislo|szám|száma|számom|broj|tunnus|nomor|номер|мой|моя|мои|это|αριθμός|μου|رقم|رقمي|מספר|שלי|to|mi|mein|meine"
    r"|mon|ma|il|mio|mia|meu|minha|mijn|min|mitt|mój|moja|olarak|है|संख्या|नंबर)(?![\w@])"
    r"|[是为為はがのは：]|号码|號碼|番号|编号|編號|号|번호|는|은|이|가){0,12}+",
    re.IGNORECASE,
)


_ASKED = re.compile(
    r"\?[\"'*\s]{0,4}(?:\b[A-Za-z]{2,12}\s?:\s{0,2})?"
    r"(?:\b(?:sure|yes|yeah|ok|okay|certainly|of course|absolutely|no problem)\b[,.!: -]{1,3})?"
    r"(?:(?:it['\u2019]?s|it is|that['\u2019]?s|that is|it would be|here(?:['\u2019]s| it is| you go)?|my \w{2,12} is)"
    r"[: ]{1,2})?",
    re.IGNORECASE,
)
"""Between a question and its answer: `your account number? Sure, it's`, `your PIN?` and a line with who says it."""


def linked(text: str, end: int) -> int:
    """Where the value that a cue ending at `end` announces begins: after marks and words such as "number is"."""
    found = _LINK.match(text, end)
    at = found.end() if found else end
    asked = _ASKED.match(text, at) if text[at : at + 1] == "?" else None
    return asked.end() if asked else at


_GLUE = re.compile(
    r"(?=[\s:=]{0,4}(?:[*|→]|</|\.{3}))"
    r"(?:\s{0,3}(?:[:=|→]|\*{1,2}|</?[a-z][^<>\x00]{0,40}>|\.{3,40})){1,6}+\s{0,3}",
    re.IGNORECASE,
)


def glued(text: str, end: int) -> int:
    """Where a value begins that marks of a layout part from its label: a table's bar, bold type, tags, leader dots."""
    found = _GLUE.match(text, end)
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


_DIGIT = re.compile("[0-9]")
_CALLED = re.compile(
    r"(?<!\w)([A-Za-z0-9](?:[ ./-]?[A-Za-z0-9]){2,24}) (?:is|was|as|es|ist|est|è|é|är|er|jest|to|en) "
    r"(?:my|the|mi|mein|meine|mon|ma|(?:il |la )?mi[oa]|(?:o |a )?meu|(?:a )?minha|mijn|mitt?|min|mój|moja"
    r"|our|his|her|their)\b[^.,;!?\n\x00]{0,24}\Z"
)


def named_values(text: str, start: int, at: int, value: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Start and end of the values that a cue at `start` names: those listed from `at` on, or one said before it."""
    found = False
    for match in listed(text, at, value):
        found = True
        yield match.span()
    said = None if found else said_before(text, start, value)
    if said:
        yield said


def said_before(text: str, start: int, value: re.Pattern[str]) -> tuple[int, int] | None:
    """Where a value stands that is called by a word at `start` after it, as in `X1234567 is my passport number`."""
    low = max(0, start - 64)
    said = _CALLED.search(text, low, start) if _DIGIT.search(text, low, start) else None
    at = said.start(1) if said else 0
    while said and 0 <= at < said.end(1):  # words may stand before it
        if value.fullmatch(text, at, said.end(1)):
            return at, said.end(1)
        at = text.find(" ", at, said.end(1)) + 1 or said.end(1)
    return None

"""Telephone numbers.

Forms: ITU-T E.164 (at most 15 digits, country codes), E.123 (notation), the North American Numbering Plan (3-3-4
digits), and national forms with a trunk zero. A number in international form, in the 3-3-4 form or with a trunk zero
and separators stands for itself; any other run of digits takes a word such as "call" or "phone" near it. A word such
as "order" nearer to it speaks against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from explainbot.privacy.context import after, before
from explainbot.privacy.detection import Detection
from explainbot.privacy.normalise import Seen, seen
from explainbot.privacy.phones import (
    CALLED,
    CALLED_WITHIN,
    OTHERWISE,
    OTHERWISE_WITHIN,
    WITHIN_SCRIPTS,
    calling_code,
)
from explainbot.privacy.triggers import MANY, triggered_by

_EXTENSION = re.compile(r"[ ,]{0,2}(?:x|ext\.?|extension|#)[ .:]{0,2}[0-9]{1,6}(?!\w)", re.IGNORECASE)
_DATE = re.compile(
    r"(?:[0-9]{4}[.\-/][01]?[0-9][.\-/][0-3]?[0-9]"
    r"|[0-3]?[0-9][.\-/][0-3]?[0-9][.\-/](?:[12][0-9]{3}|[0-9]{2}))(?![0-9.\-/])[ ]?"
)
_NANP = re.compile(r"(?<![0-9])(?:(?:00)?1[ .\-/]{0,2})?\(?[0-9]{3}\)?[ .\-/]{0,2}[0-9]{3}[ .\-]{1,2}[0-9]{4}(?![0-9])")
_TRUNK = re.compile(r"\(?0[1-9][0-9]{0,4}\)?(?:[ .\-/]{1,2}[0-9]{2,8}){1,5}")
_AREA = re.compile(
    r"(?:8 )?\((?:0[ -]?)?[0-9]{2,5}\) ?(?!(?:19|20)[0-9]{2}-(?:19|20))[0-9]{1,5}(?:[ -]?[0-9]{2,4}){1,3}"
)
_SIZES = re.compile("[1-9][0-9](?: [1-9][0-9]){4}")
"""Five sizes in a row; where numbers are written in pairs, as in France, they begin with a zero."""

_ZIP = re.compile("[A-Z]{2},? {1,3}\\Z")
"""The state before a ZIP code of nine digits, `MA 02110-1301`."""

_SPEAKER = re.compile(r"\n(?:customer|user|client|caller|me): ?\Z")
_PLAIN = re.compile(r"0[1-9][0-9]{8,9}")
_SPACED = re.compile(r"[0-9]{1,4}(?: [0-9]{2,4}){2,4}")
_GROUPS = re.compile(r"[0-9]+")
_TOKEN = re.compile(r"[^\W\d_]+|[#.!?]")
_FOR, _AGAINST, _NEAR, _NEUTRAL, _WEAK = range(5)
_WORDS_NEAR = """
customer device member membership line code version part item model product plan patient employee employer id
card record records beneficiary provider
"""
_WORDS_NEUTRAL = """
no nr num numbers is was
"""
_WORDS_WEAK = """
number registered office home work note noted номер numero número nomor رقم מספר
"""
_CUES = {
    word: cue
    for cue, words in (
        (_WEAK, _WORDS_WEAK.split()),
        (_NEAR, _WORDS_NEAR.split()),
        (_NEUTRAL, _WORDS_NEUTRAL.split()),
        (_FOR, CALLED),
        (_AGAINST, OTHERWISE),
    )
    for word in words
}
"""What a word before a number says: it is a telephone number, it is another number (also, when directly before it),
nothing.
"""
_AFTER = re.compile(
    r"\s{0,2}\(?(?:office|fax|mobile|cell|home|work|desk|phone|tel|"
    r"is (?:the|my|our|their|a) (?:new |old |best )?(?:contact|phone|number|cell|mobile|landline|whatsapp|direct))\b"
)
_DIGIT_WORDS = frozenset(["zero", "two", "three", "four", "five", "six", "seven", "eight", "nine"])
_EXTENDS = frozenset(" ,xX#eE")
_SPACES = frozenset([" ", "(", "\n", "\t", "\r"])
_NANP_SHAPES = frozenset(
    [b"000-000-0000", b"000.000.0000", b"000 000 0000", b"000 000-0000", b"000) 000-0000", b"000)000-0000"]
)
_MONEY = re.compile(r"[$€£¥₹]\s?\Z")


@triggered_by(digits=range(6, MANY + 1), words=_DIGIT_WORDS, labels=_CUES)
def detect(text: str) -> Iterator[Detection]:
    """Telephone numbers in `text`, with their extension."""
    text = seen(text)
    for start, end, digits in text.runs():
        for low, high, score, why in _numbers(text, start, end, digits):
            stop = _with_extension(text, high)
            if stop:
                yield Detection(low, stop, "PHONE_NUMBER", score, why)
    found = text.among(_DIGIT_WORDS)
    if found and sum([text.folded().count(word) for word in (*found, "one", " oh")]) >= _FEWEST:
        yield from _spelled(text)


def _with_extension(text: str, end: int) -> int:
    """Where a number that ends at `end` ends with its extension; 0 when a word runs into it."""
    following = text[end : end + 1]
    extension = _EXTENSION.match(text, end) if following in _EXTENDS else None
    if extension:
        end = extension.end()
        following = text[end : end + 1]
    return 0 if following.isalnum() or following == "_" else end


Number = tuple[int, int, float, str]


def _numbers(text: Seen, start: int, end: int, digits: int) -> Iterable[Number]:
    """The numbers within one run of digits and separators."""
    previous = text[start - 1] if start else " "
    if previous == "+" or (previous in "( " and text[start - 2 : start - 1] == "+" and start > 1):
        return _international(text, start, end)
    if previous.isalnum() or previous in "_$€£¥" or digits == end - start > 15:
        return ()
    if text.shape()[start:end] in _NANP_SHAPES:
        return _north_american(text, start, end)
    date = _DATE.match(text, start, end)
    if date:
        start = date.end()
        if end - start < 7:
            return ()
    return _national(text, start, end)


def _international(text: str, start: int, end: int) -> Iterable[Number]:
    begin = text.rfind("+", 0, start)
    if begin and text[begin - 1] == "(":
        begin -= 1
    elif begin and "0" <= text[begin - 1] <= "9":  # a sum, or a version with a build
        return ()
    groups = [match.span() for match in _GROUPS.finditer(text, start, end)]
    digits, stop = "", start
    for low, high in groups:
        if len(digits) + high - low > 15:
            break
        digits += text[low:high]
        stop = high
        if digits.startswith("1") and len(digits) == 11:
            break
    if len(digits) >= 8 and calling_code(digits):
        return [(begin, stop, 0.95, "international form with an assigned country code (E.164)")]
    return ()


def _north_american(text: str, start: int, end: int) -> Iterable[Number]:
    """A run that is nothing but a number as it is written in North America."""
    cue = _cue_round(text, before(text, start), end)
    opening = start - 1 if start and text[start - 1] == "(" else start
    if cue == _AGAINST or _glued(text, opening):
        return ()
    return [(opening, end, 0.9 if cue == _FOR else 0.75, "3-3-4 digits (NANP)")]


def _national(text: str, start: int, end: int) -> Iterable[Number]:
    window = before(text, start)
    cue = _cue_round(text, window, end)
    if cue == _AGAINST:
        return ()
    opening = start - 1 if start and text[start - 1] == "(" else start
    found = [match.span() for match in _NANP.finditer(text, opening, end)]
    if found:
        score = 0.9 if cue == _FOR else 0.75
        return [(low, high, score, "3-3-4 digits (NANP)") for low, high in found if not _glued(text, low)]
    if not _glued(text, opening) and not _is_other_number(text[start:end]):
        reason = _reason(text, opening, end, cue, money=_MONEY.search(window) is not None)
        if reason:
            return [(opening, end, *reason)]
    return ()


def _reason(text: str, start: int, end: int, cue: int, *, money: bool) -> tuple[float, str] | None:
    """Why digits in no form of their own are a telephone number, and how certain that is."""
    digits = "".join([char for char in text[start:end] if "0" <= char <= "9"])
    if cue == _FOR and 6 <= len(digits) <= 15:
        return 0.8, "digits near a telephone word"
    if cue == _WEAK and 7 <= len(digits) <= 12 and not money:
        return 0.6, "digits after a word for contact"
    if text[start:end][5:6] == "-" and len(digits) == 9 and _ZIP.search(text, max(0, start - 6), start):
        return None
    if 9 <= len(digits) <= 12 and _TRUNK.fullmatch(text, start, end):
        return 0.6, "trunk zero and groups of digits"
    return None if money else _alone(text, start, end, digits)


def _alone(text: str, start: int, end: int, digits: str) -> tuple[float, str] | None:
    """Why digits that no word speaks of, and no price, are a telephone number."""
    if 8 <= len(digits) <= 11 and _AREA.fullmatch(text, start, end):
        return 0.6, "an area code in brackets"
    if 9 <= len(digits) <= 11 and _SPACED.fullmatch(text, start, end) and not _SIZES.fullmatch(text, start, end):
        return 0.5, "nine to eleven digits in three or more groups with blanks"
    if _PLAIN.fullmatch(text, start, end):
        return 0.5, "ten or eleven digits, the first a trunk zero"
    if 10 <= len(digits) <= 15 and digits.startswith("00") and calling_code(digits[2:]):
        return 0.7, "international prefix 00 with an assigned country code"
    return None


def _cue_round(text: str, window: str, end: int) -> int:
    """What the words before a number say, and those after one that ends at `end`."""
    cue = _cue(window)
    if cue != _FOR and text[end : end + 1] in _SPACES and _AFTER.match(after(text, end)):
        return _FOR
    return cue


def _cue(window: str) -> int:
    """What the words before a number say, the nearest first: _FOR, _AGAINST, _WEAK, or _NEUTRAL for nothing."""
    if not window.isascii() and WITHIN_SCRIPTS.search(window):
        said = max([window.rfind(word) for word in CALLED_WITHIN])
        if said >= 0:
            return _FOR if said > max([window.rfind(word) for word in OTHERWISE_WITHIN]) else _AGAINST
    if window[-2:].strip() == ":":
        window = _SPEAKER.sub("", window)
    words = _backwards(window)
    word = next(words, "")
    result, direct, same_sentence = _NEUTRAL, True, True
    while word:
        left = next(words, "")
        kind = _CUES.get(word)
        if kind == _FOR or (kind == _NEAR and left in ("direct", "main")):
            return _FOR
        if (
            same_sentence
            and (kind == _AGAINST or (kind == _NEAR and direct))
            and (word != "#" or _CUES.get(left) not in (_FOR, _WEAK))  # "phone #" is no order's
        ):
            return _AGAINST
        if kind == _WEAK:
            result = _WEAK
        elif word in ".!?":
            same_sentence = same_sentence and len(left) < 4
        direct = direct and (kind in (_NEUTRAL, _NEAR) or word in (".", "number"))
        word = left
    return result


def _backwards(window: str) -> Iterator[str]:
    """The words of a window, and the marks that matter, from its end."""
    for piece in reversed(window.split()):
        if piece.isalpha():
            yield piece
        else:
            yield from reversed(_TOKEN.findall(piece))


def _glued(text: str, start: int) -> bool:
    """Whether something runs into the number from the left: a word, a path, a code with hyphens."""
    previous, second = text[start - 1 : start] if start else "", text[start - 2 : start - 1] if start > 1 else ""
    return (
        previous.isalnum()
        or previous == "_"
        or ((previous in {"-", "/"} and second.isalnum()) or (previous == "." and second.isdigit()))
    )


def _is_other_number(written: str) -> bool:
    """A decimal number, an IPv4 address, a date."""
    groups = written.split(".")
    if len(groups) == 2 and len(groups[1]) < 3 and written.replace(".", "").isdigit():
        return True
    return len(groups) == 4 and all(group.isdigit() and int(group) < 256 for group in groups)


_BLOCK = 400
"""How much text is looked at for digit words at a time, in characters; a spelled number is far shorter."""
_FEWEST = 5
"""Digit words that a spelled number has at least, besides single letters such as `o` and words such as "double"."""
_SPELLED = re.compile(
    r"\b(?:(?:double |triple )?(?:zero|oh|o|one|two|three|four|five|six|seven|eight|nine)\b[ ,.\-]{0,3}){7,20}",
    re.IGNORECASE,
)


def _spelled(text: str) -> Iterator[Detection]:
    """Seven or more digits spelled out in a row, such as "five five five, oh one two three"."""
    plain = seen(text).folded()
    done = 0
    for low in range(0, len(plain), _BLOCK // 2):
        block = plain[low : low + _BLOCK]
        if sum([block.count(word) for word in (*_DIGIT_WORDS, "one", " oh")]) < _FEWEST:
            continue
        for match in _SPELLED.finditer(text, max(done, low), low + 2 * _BLOCK):
            done = match.end()
            end = match.start() + len(match[0].rstrip(" ,.-"))
            yield Detection(match.start(), end, "PHONE_NUMBER", 0.8, "digits spelled out")

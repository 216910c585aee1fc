"""E-mail addresses.

Form: RFC 5321, sections 4.1.2 and 4.5.3.1 (local part up to 64 octets, domain up to 255), RFC 6531 (letters beyond
ASCII), RFC 1035, section 2.3.4 (labels up to 63). Also percent-encoded `%40` (RFC 3986) and the spelled-out `jane dot
doe at example dot com`, which people write to keep an address from being collected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.privacy.detection import Detection
from explainbot.privacy.normalise import Seen, seen
from explainbot.privacy.triggers import triggered_by
from explainbot.privacy.words import FUNCTION_WORDS

_LOCAL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}+")
_QUOTED = re.compile(r'"[^"\r\n]{1,62}+"')
_DOMAIN = re.compile(r"(?:\[(?:IPv6:)?[0-9A-Fa-f:.]{3,50}\]|[^\W_](?:[\w-]{0,62}+)(?:\.[^\W_][\w-]{0,62}+){1,12}+)")
_EDGES = ".!#$%&'*/=?^`{|}~-"
_DOTS = "dot|punkt|point|punto|ponto|punt|kropka"
_ATS = "arobase|arroba|chiocciola|małpa|malpa|apenstaartje|klammeraffe|ät|aet"
_DOT = rf"(?:\s?[(\[{{<]\s?(?:{_DOTS}|\.)\s?[)\]}}>]\s?|\s+(?:{_DOTS})\s+|\s\.\s|\.)"
_AT = re.compile(
    rf"(?:[(\[{{<]\s?(?:at|{_ATS})\s?[)\]}}>]|at(?<=\s..)(?=\s)|\b(?:{_ATS})(?=\s)|@)\s{{0,3}}", re.IGNORECASE
)
_TAIL = re.compile(rf"[a-z0-9-]{{1,63}}(?:{_DOT}[a-z0-9-]{{2,63}}){{1,4}}(?!\w)", re.IGNORECASE)
_HEAD = re.compile(
    r"(?<![\w.+-])[\w+-]{1,40}+"
    rf"(?:(?:\s?[(\[{{<]\s?(?:{_DOTS})\s?[)\]}}>]\s?|\s+(?:{_DOTS}|underscore|unterstrich|dash|tiret|minus|guion)\s+|\.)"
    r"[\w+-]{1,40}+){0,4}\s{0,3}\Z",
    re.IGNORECASE,
)
_BRACKETED = re.compile(rf"[(\[{{<]\s?(?:at|{_ATS}|{_DOTS})\s?[)\]}}>]|\b(?:{_ATS})\b", re.IGNORECASE)
_SAID_DOT = re.compile(r"\s(?:dot|punkt)\s")
_LABEL_END = re.compile(r"[\s.(\[{<]")
_MAIL = frozenset(["email", "mail", "emails", "contact", "reach", "correo", "courriel", "mél"])


_SPELLED = frozenset([*_DOTS.split("|"), *_ATS.split("|")])


@triggered_by("@", "%00", "aa)", "aa]", words=_SPELLED)
def detect(text: str) -> Iterator[Detection]:
    """E-mail addresses in `text`."""
    text = seen(text)
    at = text.find("@")
    done = 0
    while at >= 0:
        found = _around(text, at, at + 1, done)
        if found:
            yield found
            done = found.end
        at = text.find("@", max(at + 1, done))
    if "%40" in text:
        yield from _encoded(text)
    if _may_be_spelled(text):
        yield from _spelled(text)


def _may_be_spelled(text: Seen) -> bool:
    """Whether the text has the word "dot", or "at" in brackets."""
    if text.among(_SPELLED) or " @ " in text:
        return True
    shape = text.shape()
    return (b"aa)" in shape and "at)" in text.folded()) or (b"aa]" in shape and "at]" in text.folded())


def _encoded(text: str) -> Iterator[Detection]:
    at = text.find("%40")
    while at >= 0:
        found = _around(text, at, at + 3, 0)
        if found:
            yield found
        at = text.find("%40", at + 3)


def _around(text: str, at: int, after: int, done: int) -> Detection | None:
    domain = _DOMAIN.match(text, after)
    if not domain:
        return None
    end = _domain_end(text, domain.start(), domain.end())
    start = _local_start(text, at, done)
    if end < 0 or start >= at or (text[start:at] == "git" and text[end : end + 1] == ":"):  # git@host:path
        return None
    return Detection(start, end, "EMAIL_ADDRESS", 0.99, "local part, @ and a domain name")


def _domain_end(text: str, start: int, end: int) -> int:
    """The end of the domain without trailing marks; -1 when its last label cannot be a top-level domain."""
    if text[start] == "[":
        return end
    while end > start and text[end - 1] in "-_.":
        end -= 1
    last = text[start:end].rpartition(".")[2]
    return end if "." in text[start:end] and len(last) > 1 and not last.isdigit() else -1


def _local_start(text: str, at: int, done: int) -> int:
    """Where the local part that ends at `at` begins; `at` when there is none."""
    low = max(done, at - 64)
    if at > low and text[at - 1] == '"':
        quote = text.rfind('"', low, at - 1)
        if quote >= 0 and _QUOTED.fullmatch(text, quote, at):
            return quote
    backwards = _LOCAL.match(text[low:at][::-1])
    start = at - backwards.end() if backwards else at
    return _trimmed(text, start, at)


def _trimmed(text: str, start: int, at: int) -> int:
    """`start` moved over marks and over a name put before the address, as in `mailto=jane@...` or `%20jane@...`."""
    local = text[start:at]
    cut = max(local.rfind(mark) for mark in "=&?/|`{}'") + 1
    if 0 < cut < len(local) and (local[cut - 1] != "'" or local[:cut].count("'") > 1 or cut == 1):
        start += cut
    while start < at and text[start] in _EDGES:
        start += 3 if text[start] == "%" and start + 3 < at else 1
    return start


def _spelled(text: str) -> Iterator[Detection]:
    """`jane dot doe at example dot com`, `jane (at) example.com`."""
    done = 0
    for mark in _AT.finditer(text):
        if mark.start() < done:
            continue
        tail = _TAIL.match(text, mark.end())
        if not tail or not _told(text, mark[0], tail[0].lower()):
            continue
        low = max(done, mark.start() - 100)
        head = _HEAD.search(text[low : mark.start()])
        if head:
            done = tail.end()
            yield Detection(low + head.start(), done, "EMAIL_ADDRESS", 0.85, "e-mail address spelled out")


def _told(text: str, mark: str, tail: str) -> bool:
    """Whether it is spelled out on purpose: a part in brackets, a word that only means the sign, or a word for dot.

    " at example.com" is prose, and so is "at the dot com boom".
    """
    if _LABEL_END.split(tail, 1)[0] in FUNCTION_WORDS:
        return False
    plain = mark.strip().lower()
    if _BRACKETED.search(mark + tail) or _SAID_DOT.search(tail):
        return True
    return plain == "@" and bool(seen(text).among(_MAIL)) and _DOMAIN.fullmatch(tail) is not None and tail[-1].isalpha()

"""Keys, tokens and private keys, by the forms that their issuers document (`key_forms`).

Bearer: RFC 6750, 2.1; Basic: RFC 7617; PEM: RFC 7468.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.privacy.context import before
from explainbot.privacy.detection import Detection
from explainbot.privacy.key_forms import BACK, COMPILED, WORDS
from explainbot.privacy.normalise import seen
from explainbot.privacy.triggers import triggered_by

_HEADER = re.compile(r"\b(?:[Bb]earer ([A-Za-z0-9._~+/\-]{16,4096}+={0,2})|[Bb]asic ([A-Za-z0-9+/]{12,512}+={0,2}))")
_AUTHORIZATION = re.compile(
    r"\bauthorization[\"']?\s{0,2}[:=]\s{0,2}[\"']?(?:[a-z][\w-]{1,15} {1,2}(?!\s))?(?:token=)?[\"']?"
    r"([a-z0-9._~+/\-]{10,4096}+={0,2})(?![\w ])",
    re.IGNORECASE,
)
"""Any scheme of RFC 9110, 11.6.2."""

_PEM = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
_AWS_SECRET = re.compile(r"(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])")
_AUTH = frozenset(["authorization"])
_AWS_NAMES = frozenset("aws awssecret awssecretkey awssecretaccesskey awsaccesskey".split())
_AWS_ID = re.compile(r"A[KS]IA[0-9A-Z]{16}")
_AWS_WORDS = re.compile(r"aws|akia|asia|secret")


@triggered_by("~", words=(*WORDS, *_AWS_NAMES, *_AUTH), long=20)
def detect(text: str) -> Iterator[Detection]:
    """Keys, tokens and private keys in `text`."""
    if "PRIVATE KEY" in text:
        yield from _private_keys(text)
    groups = [group for mark, group in COMPILED.items() if mark in text]
    for hint, pattern, why in [form for group in groups for form in group if form[0] in text]:
        at = text.find(hint)
        while at >= 0:
            match = _form_at(text, at, pattern, BACK.get(hint, 0))
            if match:
                yield Detection(match.start(), match.end(), "API_KEY", 0.95, why)
            at = text.find(hint, max(match.end() if match else 0, at + len(hint)))
    yield from _headers(text)
    if seen(text).among(_AWS_NAMES) or _AWS_ID.search(text):
        yield from _aws_secrets(text)


def _headers(text: str) -> Iterator[Detection]:
    """What authorization headers hold, whole or only their scheme and credentials."""
    why = "credentials of an Authorization header"
    if "earer " in text or "asic " in text:
        for match in _HEADER.finditer(text):
            group = 1 if match[1] else 2
            if group == 1 or _mixed(match[2]):
                yield Detection(*match.span(group), "API_KEY", 0.95, why)
    if seen(text).among(_AUTH):
        for match in _AUTHORIZATION.finditer(text):
            inner = match[1][1:]
            if inner.lower() != inner or any(map(str.isdigit, inner)):
                yield Detection(*match.span(1), "API_KEY", 0.95, why)


def _form_at(text: str, at: int, pattern: re.Pattern[str], back: int) -> re.Match[str] | None:
    """The form whose piece stands at `at`, when no word runs into it from the left."""
    for start in range(max(0, at - back), at + 1):
        if not start or not (text[start - 1].isalnum() or text[start - 1] == "_"):
            match = pattern.match(text, start)
            if match and match.end() > at:
                return match
    return None


def _mixed(token: str) -> bool:
    """Whether it holds a digit or a padding sign and both cases, which a word does not."""
    return token.endswith("=") or (any(map(str.isdigit, token)) and token.lower() != token)


def _private_keys(text: str) -> Iterator[Detection]:
    """From the BEGIN line to the END line, or to the end of the text when that is cut off."""
    done = 0
    for match in _PEM.finditer(text):
        if match.start() < done:
            continue
        stop = text.find("-----END", match.end())
        close = text.find("-----", stop + 8) if stop >= 0 else -1
        done = close + 5 if close >= 0 else len(text)
        yield Detection(match.start(), done, "API_KEY", 1.0, "PEM private key (RFC 7468)")


def _aws_secrets(text: str) -> Iterator[Detection]:
    for match in _AWS_SECRET.finditer(text):
        if _AWS_WORDS.search(before(text, match.start(), 64)) and not match[0].isalnum():
            yield Detection(match.start(), match.end(), "API_KEY", 0.8, "40 characters near an AWS word")

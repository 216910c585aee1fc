"""URLs that carry credentials or personal data.

`user:password@host` and the query: RFC 3986, sections 3.2.1 and 3.4. Secret parameters by name: RFC 6749
(`access_token`, `code`, `client_secret`), RFC 7519, and the signed URLs of AWS (`X-Amz-Signature`), Google and Azure
(`sig`). A URL without them stays: support answers need links. One that the customer names as their own website is
theirs, and is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.privacy.context import before
from explainbot.privacy.detection import Detection
from explainbot.privacy.triggers import triggered_by

_URL = re.compile(r"://[^\s<>\"'`\x00]{1,2048}+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]{1,20}\Z")
_USERINFO = re.compile(r"://[^/?#@\s]{0,200}+@")
_SECRET = re.compile(
    r"[?&#;](?:[\w.\-]{0,20}?(?:token|secret|passw(?:or)?d|pwd|api_?-?key|apikey|auth|"
    r"session|sess|signature|credential|otp|jwt|"
    r"assertion)[\w.\-]{0,10}|sig|sid|key|code|pin|hash|ticket|state|nonce|email|e-?mail|"
    r"phone|tel|user|username|login|name|"
    r"first_?name|last_?name|ssn|dob|customer_?id|account)=[^&#\s]",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:my|personal)\s+(?:own\s+)?(?:web ?site|site|home ?page|blog|profile|portfolio|page)\b"
    r"|\b(?:web ?site|homepage|blog)\s*[:=]\s*\Z"
    r"|\bposted\b|\bshared\b"
)
_TRAILING = ".,;:!?)]}*"


@triggered_by("://")
def detect(text: str) -> Iterator[Detection]:
    """URLs in `text` with credentials, secret or personal query parameters, or named as the customer's own."""
    if "://" not in text:
        return
    for match in _URL.finditer(text):
        scheme = _SCHEME.search(text[max(0, match.start() - 21) : match.start()])
        if not scheme:
            continue
        start, end = match.start() - len(scheme[0]), match.end()
        while end > match.start() and text[end - 1] in _TRAILING:
            end -= 1
        why = _reason(text, start, text[match.start() : end])
        if why and end - match.start() > 3:
            yield Detection(start, end, "URL", 0.9, why)


def _reason(text: str, start: int, rest: str) -> str:
    if _USERINFO.match(rest):
        return "user information before the host (RFC 3986, 3.2.1)"
    if _SECRET.search(rest):
        return "secret or personal query parameter"
    if _OWN.search(before(text, start, 40)):
        return "named as somebody's own"
    return ""

"""Keys, tokens and private keys, by the prefixes their issuers document.

Prefixes: OpenAI `sk-`, Anthropic `sk-ant-`, AWS (IAM User Guide, "unique ID prefixes"), GitHub ("Behind GitHub's new
authentication token formats"), GitLab ("token overview"), Slack ("token types"), Google API keys, Stripe ("API keys"),
Twilio, SendGrid, npm, PyPI, Hugging Face, DigitalOcean, Shopify, Square, Telegram; JWT: RFC 7519; Bearer: RFC 6750,
2.1; PEM: RFC 7468.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.privacy.context import before
from explainbot.privacy.detection import Detection

_FORMS: tuple[tuple[str, str, str], ...] = (
    ("sk-", r"sk-(?:ant-|proj-|svcacct-|or-v1-)?[A-Za-z0-9_\-]{16,200}+", "OpenAI or Anthropic key"),
    ("AKIA", r"AKIA[0-9A-Z]{16}", "AWS access key id"),
    ("ASIA", r"ASIA[0-9A-Z]{16}", "AWS temporary access key id"),
    ("_", r"gh[pousr]_[A-Za-z0-9]{20,255}+", "GitHub token"),
    ("github_pat_", r"github_pat_[A-Za-z0-9_]{22,255}+", "GitHub fine-grained token"),
    ("glpat-", r"glpat-[A-Za-z0-9_\-]{20,100}+", "GitLab token"),
    ("-", r"xox[abeoprs]-[A-Za-z0-9\-]{10,250}+", "Slack token"),
    ("xapp-", r"xapp-[A-Za-z0-9\-]{10,250}+", "Slack app token"),
    ("hooks.slack.com/", r"hooks\.slack\.com/(?:services|workflows)/[A-Za-z0-9/]{20,200}+", "Slack webhook"),
    ("AIza", r"AIza[0-9A-Za-z_\-]{35}", "Google API key"),
    ("ya29.", r"ya29\.[0-9A-Za-z_\-]{20,500}+", "Google OAuth token"),
    ("k_live_", r"[srp]k_live_[0-9A-Za-z]{10,250}+", "Stripe live key"),
    ("k_test_", r"[srp]k_test_[0-9A-Za-z]{10,250}+", "Stripe test key"),
    ("whsec_", r"whsec_[0-9A-Za-z+/=]{20,100}+", "webhook signing secret"),
    ("SG.", r"SG\.[0-9A-Za-z_\-]{16,32}\.[0-9A-Za-z_\-]{16,64}", "SendGrid key"),
    ("npm_", r"npm_[A-Za-z0-9]{36}", "npm token"),
    ("pypi-", r"pypi-[A-Za-z0-9_\-]{50,300}+", "PyPI token"),
    ("hf_", r"hf_[A-Za-z0-9]{30,100}+", "Hugging Face token"),
    ("dop_v1_", r"dop_v1_[a-f0-9]{64}", "DigitalOcean token"),
    ("_", r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}", "Shopify token"),
    ("-", r"sq0(?:atp|csp|idp)-[0-9A-Za-z_\-]{22,43}+", "Square token"),
    ("EAA", r"EAA[0-9A-Za-z]{40,250}+", "Facebook or Square access token"),
    ("eyJ", r"eyJ[A-Za-z0-9_\-]{5,4096}+\.[A-Za-z0-9_\-]{4,8192}+(?:\.[A-Za-z0-9_\-]{0,4096}+){0,3}", "JSON web token"),
    (":AA", r"[0-9][0-9]{7,9}:AA[0-9A-Za-z_\-]{33}", "Telegram bot token"),
)
_APART = r"(?<![A-Za-z0-9_].)"
_FIRST = re.compile(r"\[[^\]]*\]|.")


def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern with a check after its first character that no word runs into it: it still begins with a literal."""
    first = _FIRST.match(pattern)
    assert first is not None
    return re.compile(first[0] + _APART + pattern[first.end() :], re.DOTALL)


def _by_mark() -> dict[str, list[tuple[str, re.Pattern[str], str]]]:
    """The forms by a character that all of a group hold, so that one look rules out the group."""
    groups: dict[str, list[tuple[str, re.Pattern[str], str]]] = {}
    for hint, pattern, why in _FORMS:
        mark = next((mark for mark in "_-./" if mark in hint), hint)
        groups.setdefault(mark, []).append((hint, _compiled(pattern), why))
    return groups


_FORMS_BY_MARK = _by_mark()
_BEARER = re.compile(r"earer ([A-Za-z0-9._~+/\-]{16,4096}+={0,2})")
_PEM = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
_AWS_SECRET = re.compile(r"(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])")
_AWS_WORDS = re.compile(r"aws|akia|asia|secret")


def detect(text: str) -> Iterator[Detection]:
    """Keys, tokens and private keys in `text`."""
    if "PRIVATE KEY" in text:
        yield from _private_keys(text)
    for mark, forms in _FORMS_BY_MARK.items():
        if mark in text:
            for hint, pattern, why in forms:
                if hint in text:
                    for match in pattern.finditer(text):
                        yield Detection(match.start(), match.end(), "API_KEY", 0.95, why)
    if "earer " in text:
        for match in _BEARER.finditer(text):
            yield Detection(match.start(1), match.end(1), "API_KEY", 0.95, "bearer token (RFC 6750)")
    if "AKIA" in text or "ASIA" in text or "aws" in text or "AWS" in text:
        yield from _aws_secrets(text)


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

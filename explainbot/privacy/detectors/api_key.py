"""Keys, tokens and private keys, by the prefixes their issuers document.

Prefixes: OpenAI `sk-`, Anthropic `sk-ant-`, Groq `gsk_`, xAI `xai-`, Perplexity `pplx-`, Replicate `r8_`; AWS (IAM User
Guide, "unique ID prefixes"); GitHub ("Behind GitHub's new authentication token formats"); GitLab ("token overview");
Atlassian `ATATT3`; Slack ("token types"); Google API keys, OAuth tokens and client secrets; Stripe ("API keys");
Twilio, SendGrid, Mailgun, Mailchimp, Brevo, Resend; npm, PyPI, RubyGems, Docker Hub; Hugging Face, DigitalOcean,
Databricks, Shopify, Square, Heroku, New Relic, Grafana, Sentry, Linear, Notion, Doppler, Vault, Pulumi, Postman,
Telegram, Discord; JWT: RFC 7519; Bearer: RFC 6750, 2.1; Basic: RFC 7617; PEM: RFC 7468.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainbot.privacy.context import before
from explainbot.privacy.detection import Detection
from explainbot.privacy.normalise import seen
from explainbot.privacy.triggers import triggered_by

_W = r"[A-Za-z0-9_\-]"
_FORMS: tuple[tuple[str, str, str], ...] = (
    ("sk-", rf"sk-(?:ant-|proj-|svcacct-|or-v1-)?{_W}{{16,200}}+", "OpenAI or Anthropic key"),
    ("gsk_", r"gsk_[A-Za-z0-9]{30,100}+", "Groq key"),
    ("xai-", r"xai-[A-Za-z0-9]{40,120}+", "xAI key"),
    ("pplx-", r"pplx-[A-Za-z0-9]{32,64}+", "Perplexity key"),
    ("r8_", r"r8_[A-Za-z0-9]{30,60}+", "Replicate token"),
    ("AKIA", r"AKIA[0-9A-Z]{16}(?![0-9A-Za-z])", "AWS access key id"),
    ("ASIA", r"ASIA[0-9A-Z]{16}(?![0-9A-Za-z])", "AWS temporary access key id"),
    ("gh", r"gh[pousr]_[A-Za-z0-9]{20,255}+", "GitHub token"),
    ("github_pat_", r"github_pat_[A-Za-z0-9_]{22,255}+", "GitHub fine-grained token"),
    ("gl", rf"gl(?:pat|dt|rt|cbt|ptt|ft|soat|imt|agent|oas)-{_W}{{20,100}}+", "GitLab token"),
    ("ATATT3", rf"ATATT3{_W}{{50,300}}+=?", "Atlassian token"),
    ("xox", r"xox[abeoprs]-[A-Za-z0-9\-]{10,250}+", "Slack token"),
    ("xapp-", r"xapp-[A-Za-z0-9\-]{10,250}+", "Slack app token"),
    ("hooks.slack.com/", r"hooks\.slack\.com/(?:services|workflows)/[A-Za-z0-9/]{20,200}+", "Slack webhook"),
    ("/api/webhooks/", rf"/api/webhooks/[0-9]{{17,20}}/{_W}{{50,90}}+", "Discord webhook"),
    ("AIza", rf"AIza{_W}{{35,60}}+", "Google API key"),
    ("ya29.", rf"ya29\.{_W}{{20,500}}+", "Google OAuth token"),
    ("GOCSPX-", rf"GOCSPX-{_W}{{20,60}}+", "Google client secret"),
    ("_live_", r"[srp]k_live_[0-9A-Za-z]{10,250}+", "Stripe live key"),
    ("_test_", r"[srp]k_test_[0-9A-Za-z]{10,250}+", "Stripe test key"),
    ("whsec_", r"whsec_[0-9A-Za-z+/=]{20,100}+", "webhook signing secret"),
    ("SG.", rf"SG\.{_W}{{16,32}}\.{_W}{{16,64}}", "SendGrid key"),
    ("SK", r"SK[0-9a-f]{32}(?![0-9A-Za-z])", "Twilio key"),
    ("key-", r"key-[0-9a-f]{32}(?![0-9A-Za-z])", "Mailgun key"),
    ("-us", r"[0-9a-f]{32}-us[0-9]{1,2}(?![0-9A-Za-z])", "Mailchimp key"),
    ("xkeysib-", r"xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}", "Brevo key"),
    ("npm_", r"npm_[A-Za-z0-9]{36}", "npm token"),
    ("pypi-", rf"pypi-{_W}{{50,300}}+", "PyPI token"),
    ("rubygems_", r"rubygems_[0-9a-f]{48}", "RubyGems key"),
    ("dckr_pat_", rf"dckr_pat_{_W}{{20,60}}+", "Docker token"),
    ("hf_", r"hf_[A-Za-z0-9]{30,100}+", "Hugging Face token"),
    ("_v1_", r"do[opr]_v1_[a-f0-9]{64}", "DigitalOcean token"),
    ("dapi", r"dapi[0-9a-f]{32}(?:-[0-9])?", "Databricks token"),
    ("shp", r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}", "Shopify token"),
    ("sq0", rf"sq0(?:atp|csp|idp)-{_W}{{22,43}}+", "Square token"),
    ("HRKU-", rf"HRKU-{_W}{{36,70}}+", "Heroku key"),
    ("NRAK-", r"NRAK-[A-Z0-9]{27}", "New Relic key"),
    ("gl", r"glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}", "Grafana token"),
    ("sntrys_", r"sntrys_[A-Za-z0-9+/=_\-]{40,300}+", "Sentry token"),
    ("lin_api_", r"lin_api_[A-Za-z0-9]{40}", "Linear key"),
    ("ntn_", r"ntn_[A-Za-z0-9]{40,60}+", "Notion token"),
    ("dp.", r"dp\.(?:pt|st|ct|sa|scim)\.[A-Za-z0-9._\-]{40,60}+", "Doppler token"),
    ("hv", rf"hv[sb]\.{_W}{{24,200}}+", "HashiCorp Vault token"),
    ("pul-", r"pul-[a-f0-9]{40}", "Pulumi token"),
    ("PMAK-", r"PMAK-[a-f0-9]{24}-[a-f0-9]{34}", "Postman key"),
    ("EAA", r"EAA[0-9A-Za-z]{40,250}+", "Facebook or Square access token"),
    ("eyJ", rf"eyJ{_W}{{5,4096}}+\.{_W}{{4,8192}}+(?:\.{_W}{{0,4096}}+){{0,3}}", "JSON web token"),
    (":AA", rf"[0-9]{{8,10}}:AA{_W}{{33}}", "Telegram bot token"),
)
"""(a piece of text that every such key holds, its form, what it is)"""

_BACK = {":AA": 10, "_live_": 2, "_test_": 2, "_v1_": 3, "-us": 32}
"""How far before its piece a form begins, where not with it."""

_COMPILED = tuple((hint, re.compile(pattern), why) for hint, pattern, why in _FORMS)
_WORDS = """
sk gsk rk pk xai pplx r8 ghp gho ghu ghs ghr github glpat gldt glrt xoxa xoxb xoxe xoxo xoxp xoxr xoxs xapp slack
webhooks ya29 gocspx whsec sg xkeysib npm pypi rubygems dckr hf dop doo dor sq0atp sq0csp sq0idp hrku nrak glsa sntrys
lin ntn dp hvs hvb pul pmak bearer basic private key
"""
_HEADER = re.compile(r"\b(?:[Bb]earer ([A-Za-z0-9._~+/\-]{16,4096}+={0,2})|[Bb]asic ([A-Za-z0-9+/]{12,512}+={0,2}))")
_PEM = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
_AWS_SECRET = re.compile(r"(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])")
_AWS_NAMES = frozenset("aws awssecret awssecretkey awssecretaccesskey awsaccesskey".split())
_AWS_ID = re.compile(r"A[KS]IA[0-9A-Z]{16}")
_AWS_WORDS = re.compile(r"aws|akia|asia|secret")


@triggered_by(words=(*_WORDS.split(), *_AWS_NAMES), long=20)
def detect(text: str) -> Iterator[Detection]:
    """Keys, tokens and private keys in `text`."""
    if "PRIVATE KEY" in text:
        yield from _private_keys(text)
    for hint, pattern, why in _COMPILED:
        at = text.find(hint)
        while at >= 0:
            match = _form_at(text, at, pattern, _BACK.get(hint, 0))
            if match:
                yield Detection(match.start(), match.end(), "API_KEY", 0.95, why)
            at = text.find(hint, max(match.end() if match else 0, at + len(hint)))
    if "earer " in text or "asic " in text:
        for match in _HEADER.finditer(text):
            group = 1 if match[1] else 2
            if group == 1 or _mixed(match[2]):
                yield Detection(*match.span(group), "API_KEY", 0.95, "credentials of an Authorization header")
    if seen(text).among(_AWS_NAMES) or _AWS_ID.search(text):
        yield from _aws_secrets(text)


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

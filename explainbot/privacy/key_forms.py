"""The forms of keys and tokens that issuers document: what they begin with, how long they are, whose they are.

OpenAI `sk-`, Anthropic `sk-ant-`, Groq `gsk_`, xAI `xai-`, Perplexity `pplx-`, Replicate `r8_`; AWS (IAM User Guide,
"unique ID prefixes"); GitHub ("Behind GitHub's new authentication token formats"); GitLab ("token overview");
Atlassian `ATATT3`; Slack ("token types"); Google API keys, OAuth tokens and client secrets; Stripe ("API keys");
Twilio, SendGrid, Mailgun, Mailchimp, Brevo, Resend; npm, PyPI, RubyGems, Docker Hub; Hugging Face, DigitalOcean,
Databricks, Shopify, Square, Heroku, New Relic, Grafana, Sentry, Linear, Notion, Doppler, Vault, Pulumi, Postman,
Telegram, Discord; JWT: RFC 7519. Those from 1Password to Supabase: as the public rules of gitleaks (`gitleaks.toml`,
version 8) and TruffleHog (`pkg/detectors`) describe them.
"""

from __future__ import annotations

import re

_W = r"[A-Za-z0-9_\-]"
FORMS: tuple[tuple[str, str, str], ...] = (
    ("sk-", rf"sk-(?:ant-|proj-|svcacct-|or-v1-)?{_W}{{16,200}}+", "OpenAI or Anthropic key"),
    ("gsk_", r"gsk_[A-Za-z0-9]{30,100}+", "Groq key"),
    ("xai-", r"xai-[A-Za-z0-9]{40,120}+", "xAI key"),
    ("pplx-", r"pplx-[A-Za-z0-9]{32,64}+", "Perplexity key"),
    ("r8_", r"r8_[A-Za-z0-9]{30,60}+", "Replicate token"),
    ("AKIA", r"AKIA[0-9A-Z]{16}(?![0-9A-Za-z])", "AWS access key id"),
    ("ASIA", r"ASIA[0-9A-Z]{16}(?![0-9A-Za-z])", "AWS temporary access key id"),
    ("ABIA", r"ABIA[0-9A-Z]{16}(?![0-9A-Za-z])", "AWS access key id"),
    ("gh", r"gh[pousr]_[A-Za-z0-9]{20,255}+", "GitHub token"),
    ("github_pat_", r"github_pat_[A-Za-z0-9_]{22,255}+", "GitHub fine-grained token"),
    (
        "gl",
        rf"gl(?:pat|dt|rtr?|cbt|ptt|ft|ffct|soat|imt|agent|oas)-{_W}{{20,100}}+(?:\.[0-9a-z.]{{9,12}})?",
        "GitLab token",
    ),
    ("ATATT3", rf"ATATT3{_W}{{50,300}}+=?", "Atlassian token"),
    ("xox", r"xox[abeoprs][-.][A-Za-z0-9.\-]{8,250}+", "Slack token"),
    ("xapp-", r"xapp-[A-Za-z0-9\-]{10,250}+", "Slack app token"),
    ("hooks.slack.com/", r"hooks\.slack\.com/(?:services|workflows)/[A-Za-z0-9/]{20,200}+", "Slack webhook"),
    ("/api/webhooks/", rf"/api/webhooks/[0-9]{{17,20}}/{_W}{{50,90}}+", "Discord webhook"),
    ("AIza", rf"AIza{_W}{{35,60}}+", "Google API key"),
    ("ya29.", rf"ya29\.{_W}{{20,500}}+", "Google OAuth token"),
    ("GOCSPX-", rf"GOCSPX-{_W}{{20,60}}+", "Google client secret"),
    ("_live_", r"[srp]k_live_[0-9A-Za-z]{10,250}+", "Stripe live key"),
    ("_prod_", r"[srp]k_prod_[0-9A-Za-z]{10,250}+", "Stripe key"),
    ("_test_", r"[srp]k_test_[0-9A-Za-z]{10,250}+", "Stripe test key"),
    ("whsec_", r"whsec_[0-9A-Za-z+/=]{20,100}+", "webhook signing secret"),
    ("SG.", rf"SG\.{_W}{{16,32}}\.{_W}{{16,64}}", "SendGrid key"),
    ("SK", r"SK[0-9a-fA-F]{32}(?![0-9A-Za-z])", "Twilio key"),
    ("AC", r"AC[0-9a-fA-F]{32}(?![0-9A-Za-z])", "Twilio account"),
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
    ("gl", r"gl(?:sa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}|c_[A-Za-z0-9+/]{32,400}+={0,2})", "Grafana token"),
    ("sntry", r"sntry[su]_[A-Za-z0-9+/=_\-]{40,300}+", "Sentry token"),
    ("lin_api_", r"lin_api_[A-Za-z0-9]{40}", "Linear key"),
    ("ntn_", r"ntn_[A-Za-z0-9]{40,60}+", "Notion token"),
    ("dp.", r"dp\.(?:pt|st|ct|sa|scim)\.[A-Za-z0-9._\-]{40,60}+", "Doppler token"),
    ("hv", rf"hv[sb]\.{_W}{{24,200}}+", "HashiCorp Vault token"),
    ("pul-", r"pul-[a-f0-9]{40}", "Pulumi token"),
    ("PMAK-", r"PMAK-[a-f0-9]{24}-[a-f0-9]{34}", "Postman key"),
    ("EAA", r"EAA(?:[0-9A-Za-z]{40,250}+|A[\w\-]{22,60}+)", "Facebook or Square access token"),
    ("ey", rf"ey[A-Z]{_W}{{5,4096}}+\.{_W}{{4,8192}}+(?:\.{_W}{{0,4096}}+){{0,3}}", "JSON web token"),
    (":AA", rf"[0-9]{{8,10}}:AA{_W}{{33}}", "Telegram bot token"),
    ("A3-", r"A3-[A-Z0-9]{6}(?:-[A-Z0-9]{5,11}){4,5}(?![0-9A-Za-z-])", "1Password secret key"),
    ("ops_ey", r"ops_eyJ[A-Za-z0-9+/]{50,2000}+={0,3}", "1Password service account"),
    ("p8e-", r"p8e-[a-z0-9]{32}", "Adobe client secret"),
    ("AGE-", r"AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}", "age secret key"),
    ("pat", r"pat[A-Za-z0-9]{14}\.[a-f0-9]{64}", "Airtable token"),
    ("LTAI", r"LTAI[A-Za-z0-9]{16,24}(?![A-Za-z0-9])", "Alibaba access key id"),
    ("AKCp", r"AKCp[A-Za-z0-9]{60,80}", "Artifactory key"),
    ("cmVmd", r"cmVmd[A-Za-z0-9]{59}", "Artifactory reference token"),
    ("ABSK", r"ABSK[A-Za-z0-9+/]{100,300}+={0,2}", "Amazon Bedrock key"),
    ("bedrock-api-key-", r"bedrock-api-key-[A-Za-z0-9+/=]{20,2000}+", "Amazon Bedrock key"),
    ("Q~", r"[A-Za-z0-9_~.]{3}[0-9]Q~[\w~.\-]{31,34}", "Microsoft Entra client secret"),
    ("ATBB", r"ATBB[A-Za-z0-9]{28,36}", "Bitbucket app password"),
    ("ATCTT3", rf"ATCTT3{_W}{{50,300}}+=?[A-F0-9]{{0,8}}", "Bitbucket access token"),
    ("4b1d", r"4b1d[A-Za-z0-9]{38}(?![A-Za-z0-9])", "ClickHouse key"),
    ("CLOJARS_", r"CLOJARS_[a-z0-9]{60}", "Clojars token"),
    ("v1.0-", r"v1\.0-[a-f0-9]{24}-[a-f0-9]{146}", "Cloudflare origin key"),
    ("duffel_", r"duffel_(?:test|live)_[\w=\-]{43}", "Duffel token"),
    ("dt0", r"dt0[a-z][0-9]{2}\.[A-Za-z0-9]{24}\.[A-Za-z0-9]{64}", "Dynatrace token"),
    ("EZ", r"EZ[AT]K[A-Za-z0-9]{54}", "EasyPost key"),
    ("FLW", r"FLW(?:SEC|PUB)K(?:_TEST)?-[A-Za-z0-9]{12,40}(?:-X)?", "Flutterwave key"),
    ("fo1_", r"fo1_[\w\-]{43}", "Fly.io token"),
    ("fm", r"fm[12][a-z]?_[A-Za-z0-9+/]{60,2000}+={0,3}", "Fly.io token"),
    ("fio-u-", r"fio-u-[\w=\-]{64}", "Frame.io token"),
    ("GR13", rf"GR1348941{_W}{{20}}", "GitLab runner token"),
    ("pat.", rf"pat\.{_W}{{22}}\.[A-Za-z0-9]{{24}}\.[A-Za-z0-9]{{20}}", "Harness token"),
    (".atlasv1.", r"[A-Za-z0-9]{14}\.atlasv1\.[\w=\-]{60,70}", "HCP Terraform token"),
    ("api_org_", r"api_org_[A-Za-z]{34}", "Hugging Face organisation token"),
    ("ico-", r"ico-[A-Za-z0-9]{32}", "Infracost key"),
    ("s-s4t2", r"s-s4t2(?:ud|af)-[a-f0-9]{64}", "42 client secret"),
    ("lsv2_", r"lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}", "LangSmith key"),
    ("_mmk", r"[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk", "MaxMind key"),
    ("webhook.office.com/", r"[\w\-]{1,60}\.webhook\.office\.com/webhookb2/[\w@/\-]{40,300}+", "Teams webhook"),
    ("hooks.zapier.com/", r"hooks\.zapier\.com/hooks/catch/[A-Za-z0-9/]{10,60}+", "Zapier webhook"),
    ("API-", r"API-[A-Z0-9]{26}(?![A-Z0-9])", "Octopus Deploy key"),
    ("sha256~", r"sha256~[\w\-]{43}", "OpenShift token"),
    ("pscale_", r"pscale_(?:tkn|oauth|pw)_[\w=.\-]{32,64}+", "PlanetScale secret"),
    ("pnu_", r"pn[ub]_[A-Za-z0-9]{36}", "Prefect key"),
    ("rdme_", r"rdme_[a-z0-9]{70}", "ReadMe key"),
    ("rootly_", r"rootly_[a-f0-9]{64}", "Rootly token"),
    ("tk-us-", rf"tk-us-{_W}{{48}}", "Scalingo token"),
    ("sm_", r"sm_[aps]at_[A-Za-z0-9]{16}", "SettleMint token"),
    ("shippo_", r"shippo_(?:live|test)_[a-fA-F0-9]{40}", "Shippo token"),
    ("sgp_", r"sgp_(?:(?:[a-fA-F0-9]{16}|local)_)?[a-fA-F0-9]{40}", "Sourcegraph token"),
    ("tskey-", r"tskey-[a-z]{2,10}-[A-Za-z0-9_\-]{20,120}+", "Tailscale key"),
    ("s.", r"s\.[A-Za-z0-9]{24}(?![A-Za-z0-9])", "HashiCorp Vault token"),
    ("sl.", rf"sl\.(?:u\.)?{_W}{{130,1500}}+", "Dropbox token"),
    ("secret_", r"secret_[A-Za-z0-9]{43}", "Notion secret"),
    ("phc_", r"ph[cx]_[A-Za-z0-9]{43}", "PostHog key"),
    ("figd_", rf"figd_{_W}{{40}}", "Figma token"),
    ("nfp_", r"nfp_[A-Za-z0-9]{36,40}", "Netlify token"),
    ("vercel_", r"vercel_[a-z]{2,4}_[A-Za-z0-9]{20,60}+", "Vercel token"),
    ("sbp_", r"sb[ps]_[a-f0-9]{40}", "Supabase token"),
)
"""(a piece of text that every such key holds, its form, what it is)"""


def _mark(hint: str) -> str:
    return next((mark for mark in "_-" if mark in hint), "")


BACK = {
    ":AA": 10,
    "_live_": 2,
    "_test_": 2,
    "_prod_": 2,
    "_v1_": 3,
    "-us": 32,
    "Q~": 4,
    ".atlasv1.": 14,
    "_mmk": 36,
    "webhook.office.com/": 61,
}
"""How far before its piece a form begins, where not with it."""

COMPILED = {
    mark: tuple([(hint, re.compile(form), why) for hint, form, why in FORMS if _mark(hint) == mark])
    for mark in ("", "_", "-")
}
"""The forms by a mark in their piece, without which none of them is in a text."""

WORDS = """
sk gsk rk pk xai pplx r8 ghp gho ghu ghs ghr github glpat gldt glrt glrtr glcbt glptt glft glffct glsoat glimt glagent
gloas xoxa xoxb xoxe xoxo xoxp xoxr xoxs xapp slack webhooks ya29 gocspx whsec sg xkeysib npm pypi rubygems dckr hf
dop doo dor sq0atp sq0csp sq0idp hrku nrak glsa glc sntrys sntryu lin ntn dp hvs hvb pul pmak bearer basic private
clojars duffel flwseck flwpubk fo1 fm2 fio atlasv1 ico mmk zapier pscale pnu pnb rdme rootly tk sm shippo sgp tskey
phc phx figd nfp vercel sbp sbs lsv2 webhookb2 p8e a3
""".split()
"""In lower case, the words by which a text with a key is known, where no long row of letters and digits is in it."""

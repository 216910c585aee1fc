"""Keys of many issuers, and secrets after the names that programs give them; put together here, none real."""

from __future__ import annotations

import pytest

from explainbot.privacy import Redactor
from explainbot.privacy.detectors import DETECTORS
from explainbot.privacy.detectors.credential import LONGEST

RULES = Redactor([(name, DETECTORS.load(name)) for name in ("api_key", "credential", "url")])

HEX = "3fa94b7c0d12e58a6b"
MIXED = "q7Zr2LbX9tMv4Kd1Wc8s"

# As the rules of gitleaks 8 and TruffleHog describe them.
ISSUED = [
    "A3-" + "ABC123-ABC12DEF345-AB1C2-DE3F4-GH5J6",
    "p8e-" + "a1b2c3d4" * 4,
    "AGE-SECRET-KEY-1" + "QP" * 29,
    "pat" + MIXED[:14] + "." + HEX * 3 + HEX[:10],
    "LTAI" + MIXED,
    "AKCp" + MIXED * 3 + MIXED[:9],
    "abc8Q~" + MIXED + MIXED[:13],
    "duffel_live_" + MIXED * 2 + "a_b",
    "dt0c01." + MIXED + "ABCD." + MIXED * 3 + "ABCD",
    "EZAK" + MIXED * 2 + MIXED[:14],
    "FLWSECK_TEST-" + MIXED + "-X",
    "fo1_" + MIXED * 2 + "a-b",
    "glft-" + MIXED,
    "GR1348941" + MIXED,
    "glsa_" + "A1b2" * 8 + "_3f0A9b1C",
    "lsv2_pt_" + "0f" * 16 + "_" + "0f" * 5,
    MIXED[:6] + "_" + MIXED + MIXED[:9] + "_mmk",
    "API-" + MIXED.upper() + "ABCDE1",
    "sha256~" + MIXED * 2 + "a_b",
    "pscale_pw_" + MIXED * 2,
    "pnu_" + MIXED + MIXED[:16],
    "shippo_live_" + "0f" * 20,
    "sgp_" + "0f" * 20,
    "sntryu_" + "0f" * 32,
    "rootly_" + "0f" * 32,
    "tskey-auth-" + MIXED,
    "xoxe.xoxp-1-" + MIXED,
    "ABIA" + "ABCDEFGH2345JKLM",
    "AC" + "0F" * 16,
    "eyAi" + MIXED + ".eyJzdWIi" + MIXED + "." + MIXED,
]


@pytest.mark.parametrize("key", ISSUED)
def test_a_key_of_an_issuer_is_found_wherever_it_is_pasted(key: str) -> None:
    text = f"I pasted {key} into the chat, is that bad?"
    assert [text[item.start : item.end] for item in RULES.detect(text)] == [key]


NAMED = [
    'shopToken := "{}"',
    "shop_secret_key = '{}'",
    'System.setProperty("SHOP_TOKEN", "{}")',
    '"shopToken" => "{}"',
    "export SHOP_API_KEY={}",
    "SHOP_KEY ?= {}",
    "[DEBUG] Using Key={}",
    "<secret>{}</secret>",
    "AccountName=shop;AccountKey={}",
    "Cookie: JSESSIONID={}",
    "Set-Cookie: laravel_session={}",
    "X-Api-Key: {}",
    "accessKey: {}",
]


@pytest.mark.parametrize("named", NAMED)
def test_what_programs_call_a_key_or_token_is_one(named: str) -> None:
    text = named.format(MIXED)
    assert [text[item.start : item.end] for item in RULES.detect(text)] == [MIXED]


def test_a_long_secret_is_hidden_to_its_end() -> None:
    secret = MIXED * (LONGEST // len(MIXED))
    text = f'refresh_token = "{secret}"'
    assert [text[item.start : item.end] for item in RULES.detect(text)] == [secret]


@pytest.mark.parametrize(
    "text",
    [
        "press any key: enter",
        "the key = value pairs of the table",
        "foreignKey: customer_id, primaryKey: order_id",
        "Key: out of stock means we cannot send it",
        "token: none",
        "session: 45 minutes with a stylist",
        "a cookie is kept for 30 days",
        "sort key=created_at",
        "key features: 2 pockets, 1 zip",
        "set('colour', 'blue-2')",
    ],
)
def test_everyday_keys_and_sessions_are_none(text: str) -> None:
    assert RULES.detect(text) == ()


@pytest.mark.parametrize("mark", ["→", "€", "🔑", "…", "▶", "✅", "«"])
def test_a_key_is_found_behind_any_sign(mark: str) -> None:
    key = "github_pat_" + "a1B2_" * 6
    assert [item.entity_type for item in RULES.detect(f"token{mark}{key}")] == ["API_KEY"]

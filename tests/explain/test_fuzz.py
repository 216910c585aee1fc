"""Five hundred replies and sources that nobody would write: explaining them never raises, and offsets still hold."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from explainbot.explain import Record, Source, explain
from explainbot.explain.source import KINDS

CASES = 500
BATCHES = 10
"""The cases run in batches, so that a failure names a few of them."""

ALPHABETS = {
    "latin": "abcdefgh ABC éß 0123456789 .,!?;:'\"()-\n",
    "emoji": "😀🎉👩‍👩‍👧‍👦🏳️‍🌈❤️‍🔥🇩🇪",
    "rtl": "אבגד הוז ١٢٣ شكرا لكم، مرحبا؟ \u200f\u202e",
    "han": "退款需要五天。价格是50元！「」、，0123",
    "kana": "返金は5日です。カタカナひらがな",
    "hangul": "환불은 5일이 걸립니다. 원",
    "indic": "वापसी पाँच दिन में। ৫ ದಿನ ไทย ລາວ",
    "marks": "**__##`~|>-+*[](){}<>\n\t|---|1. 2) - • > ``` ",
    "values": "$€£%0123456789.,:/-+@ AM pm May Mon days €5 [EMAIL_1] [",
    "controls": "\x00\x01\x07\x1b[31m\x7f\x85\u2028\u2029\ud800\udfff\ufeff\u00ad",
}


def only(name: str) -> Callable[[random.Random], str]:
    return lambda source: "".join(source.choices(ALPHABETS[name], k=source.randint(1, 300)))


def mixed(source: random.Random) -> str:
    return " ".join(only(source.choice(list(ALPHABETS)))(source) for _ in range(source.randint(2, 6)))


def binary(source: random.Random) -> str:
    return source.randbytes(source.randint(1, 2000)).decode(source.choice(["latin-1", "utf-16", "utf-8"]), "replace")


def json_like(source: random.Random) -> str:
    return source.choice("{[") + '"a": {"b": [1, "' * source.randint(0, 40) + mixed(source) + source.choice("}]")


def megabyte(source: random.Random) -> str:
    unit = source.choice([mixed(source), source.choice("a1.,[({<*|\n $@-"), "退", "x@", "1,", "a.", "**a", "http://"])
    return unit * (1_000_000 // len(unit))


MAKERS: list[Callable[[random.Random], str]] = [
    *[only(name) for name in ALPHABETS],
    *[mixed] * 4,
    *[binary] * 3,
    *[json_like] * 2,
    lambda source: "",
    lambda source: " \n\t " * source.randint(1, 50),
    lambda source: chr(source.randrange(0x110000)) * source.randint(1, 50),
]


def text(source: random.Random) -> str:
    return megabyte(source) if source.random() < 0.02 else source.choice(MAKERS)(source)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_reply_and_no_source_is_too_strange(batch: int) -> None:
    """Empty, huge, binary, only emoji, mixed scripts: an explanation is made, and every offset holds."""
    for number in range(batch, CASES, BATCHES):
        source = random.Random(number)
        sources = tuple(
            Source(f"s{place}", text(source), kind=source.choice(KINDS)) for place in range(source.randint(0, 4))
        )
        reply = sources[0].text[: source.randint(0, 400)] if sources and source.random() < 0.2 else text(source)
        made = explain(
            Record("t", datetime(2026, 1, 1, tzinfo=UTC), "chat", "openai", "model", reply=reply, sources=sources)
        )
        texts = {one.id: one.text for one in sources}
        for one in made.statements:
            assert reply[one.start : one.end] == one.text
            for item in one.evidence:
                assert item.withheld or texts[item.source_id][item.start : item.end] == item.quote
            assert one.state != "found" or all(value.state == "found" for value in one.values)
        assert made.text

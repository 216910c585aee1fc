"""A turn says what the request cannot show, in the code it covers and nowhere else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from test_exchange import ask, exchange, send, whole

from explainbot import (
    Customer,
    Explanation,
    OpenAI,
    Settings,
    Source,
    Turn,
    about,
    configure,
    explained,
    explanation_of,
    turn,
)
from explainbot._given import Context
from explainbot.context import current_turn
from explainbot.errors import ConfigError, UnknownName
from explainbot.protocols.base import UNREADABLE
from explainbot.protocols.fields import PERMISSIONS

JANE = Customer(id="c-7", name="Jane Doe", extra={"payment": ["card_1234567"], "since": 2019})


def test_a_turn_holds_inside_its_block_only() -> None:
    assert current_turn() is None
    with turn(conversation="c-1", purpose="billing") as here:
        assert current_turn() is here
    assert current_turn() is None


def test_a_turn_inside_another_takes_over_what_it_does_not_say() -> None:
    with turn(conversation="c-1", customer=JANE, purpose="billing"), turn(purpose="refund") as inner:
        assert inner.context == Context(conversation="c-1", customer=JANE, purpose="refund")


@pytest.mark.parametrize("say", [turn, about])
@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"customer": {"name": "Jane Doe"}}, "a customer must be a Customer, not dict"),
        ({"sources": "Refunds take 5 days."}, r"sources must be a list: give \[\.\.\.\], not one str"),
        ({"sources": Source("s", "Refunds take 5 days.")}, "not one Source"),
        ({"sources": [{"id": "s"}]}, "a source must be a Source or a text, not dict"),
    ],
)
def test_what_is_given_wrongly_is_named_at_once(
    say: Callable[..., object], wrong: dict[str, object], says: str
) -> None:
    with pytest.raises(ConfigError, match=says):
        say(**wrong)


def test_an_explanation_counts_for_every_turn_round_it() -> None:
    told = Explanation.unavailable("0" * 32)
    with turn() as outer, turn() as inner:
        inner.add(told)
    assert inner.explanation is outer.explanation is told
    assert explanation_of(outer) is told


def test_tasks_and_threads_have_turns_of_their_own() -> None:
    async def ask(n: int) -> str | None:
        with turn(conversation=f"c-{n}"):
            await asyncio.sleep(0)
            found = current_turn()
            return found.context.conversation if found else None

    async def all_of_them() -> list[str | None]:
        return list(await asyncio.gather(*(ask(n) for n in range(20))))

    assert asyncio.run(all_of_them()) == [f"c-{n}" for n in range(20)]
    with turn(conversation="mine"), ThreadPoolExecutor() as pool:
        assert pool.submit(current_turn).result() is None


def test_what_about_says_survives_its_way_through_json() -> None:
    source = Source(id="s", text="Jane pays by card.", title="Note", kind="profile")
    body = about(conversation="c-1", id="t-1", customer=JANE, purpose="billing", language="de", sources=[source])
    read = Context.from_json(json.loads(json.dumps(body))["explainbot"])
    assert read == Context("c-1", "t-1", JANE, "billing", "de", (source,))


def test_a_turn_and_a_customer_show_no_value() -> None:
    with turn(customer=JANE, sources=[Source(id="s", text="secret")]) as here:
        shown = repr(here) + repr(JANE) + repr(here.context)
    for value in ("Jane", "Doe", "c-7", "card_1234567", "secret"):
        assert value not in shown


@pytest.mark.parametrize("thing", [42, None, object(), 1.5])
def test_what_can_have_no_explanation_is_said_to_have_none(thing: object) -> None:
    with pytest.raises(TypeError, match=r"has no explanation|give a reply"):
        explanation_of(thing)


@pytest.mark.parametrize(
    "thing", ["some text", "f" * 32, Turn(Context()), {"id": "never-seen"}, {"explanation": None, "id": "x"}]
)
def test_where_none_is_remembered_the_explanation_says_so(thing: object) -> None:
    assert explanation_of(thing).status == "unavailable"
    assert explanation_of(thing).text


def test_an_explanation_inside_json_is_found() -> None:
    told = Explanation.unavailable("0" * 32).model_copy(update={"created": datetime(2026, 1, 1, tzinfo=UTC)})
    assert explanation_of({"explanation": told.model_dump(mode="json")}) == told
    assert explanation_of(told) is told


def test_a_purpose_may_be_given_for_each_category_of_data() -> None:
    """Each is told where such data was hidden, in `turn`, in `about` and round a handler alike."""
    purpose = {"*": "your refund", "EMAIL_ADDRESS": "sending Jane Doe the receipt", "IBAN_CODE": "paying you"}
    sent = "I am jane.doe@example.com."
    for one, body in (
        (exchange(turn(purpose=purpose, customer=JANE).context), ask(sent)),
        (exchange(), ask(sent, **about(purpose=purpose, customer=JANE))),
    ):
        send(one, body)
        told = Explanation.model_validate(whole(one, "Fine.")["explanation"])
        assert told.purpose == "your refund"
        assert {item.entity_type: item.purpose for item in told.hidden} == {"EMAIL_ADDRESS": purpose["EMAIL_ADDRESS"]}
        assert "What each kind of data is used for: email address: sending Jane Doe the receipt." in told.text
        trace = one.finish()
        assert trace is not None
        assert "Jane" not in trace.to_json()

    @explained(purpose=purpose, redact=True)
    def handle(message: str) -> str:
        return "Fine."

    assert "sending Jane Doe the receipt" in explanation_of(handle(sent)).text


@pytest.mark.parametrize("purpose", [{"email": "the receipt"}, {"EMAIL_ADDRESS": 3}, 7])
def test_a_purpose_of_no_category_is_refused(purpose: Any) -> None:
    for given in (turn, about):
        with pytest.raises(ConfigError, match="EMAIL_ADDRESS"):
            given(purpose=purpose)


def test_settings_that_are_wrong_are_named() -> None:
    with pytest.raises(ConfigError, match="store"):
        Settings(store="clay tablets")
    with pytest.raises(ConfigError, match="colour"):
        Settings(colour="blue")
    with pytest.raises(ConfigError, match="store_url"):
        Settings(store="postgres")
    with pytest.raises(ConfigError, match=r"takes Settings\(...\), not dict"):
        configure({"operator": "Acme"})  # type: ignore[arg-type]


def test_only_kinds_of_content_that_there_are_can_be_allowed() -> None:
    for name in ("pictures", "Image", "embeddings", ""):
        with pytest.raises(UnknownName, match=r"known: /ENDPOINT, audio, file, image, tokens, unknown_part") as caught:
            Settings(allow_content={"image", name})
        assert caught.value.name == name
    with pytest.raises(UnknownName):
        Settings.from_env({"EXPLAINBOT_ALLOW_CONTENT": "image, pictures"})
    assert Settings(allow_content=UNREADABLE | {"/embeddings"}).allow_content > UNREADABLE
    assert set(PERMISSIONS.values()) < UNREADABLE


def test_settings_are_read_from_the_environment_only_when_asked() -> None:
    settings = Settings.from_env(
        {"EXPLAINBOT_OPERATOR": "Acme", "EXPLAINBOT_ALLOW_CONTENT": "image, /embeddings", "EXPLAINBOT_EXPLAIN": "no"}
    )
    assert settings.operator is not None
    assert settings.operator.name == "Acme"
    assert settings.allow_content == {"image", "/embeddings"}
    assert settings.explain is False
    assert Settings.from_env({}) == Settings()


def test_a_subclass_survives_copying_without_settings() -> None:
    client = OpenAI(api_key="k", settings=Settings(store="memory"))
    assert type(client.with_options(timeout=1)) is OpenAI

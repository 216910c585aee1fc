"""However a client is made or copied, its transports are guarded, by the settings it was given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest
from servers import Server, completion, json_reply

import explainbot
from explainbot import OpenAI, Settings, explanation_of
from explainbot.engine import Engine, default_engine, engine_for
from explainbot.errors import ConfigError, UnsupportedContent
from explainbot.transports.clients import guard_of
from explainbot.transports.httpx2 import GuardedTransport

OWN = Settings(store="memory", contact="ask for Kim")
MAIL = "someone@example.org"


def engine_of(client: Any) -> Engine:
    engine = guard_of(client._client)
    assert isinstance(engine, Engine)
    return engine


def test_a_client_works_by_its_own_settings_and_so_do_its_copies() -> None:
    client = explainbot.OpenAI(api_key="k", settings=OWN)
    for one in (client, client.copy(), client.with_options(timeout=3), client.with_options(max_retries=1).copy()):
        assert type(one) is explainbot.OpenAI
        assert engine_of(one).settings == OWN


def test_a_copy_with_another_http_client_is_guarded_by_the_same_settings() -> None:
    for client in (
        explainbot.OpenAI(api_key="k", settings=OWN),
        explainbot.wrap(openai.OpenAI(api_key="k"), settings=OWN),
    ):
        with httpx2.Client() as other:
            copy = client.with_options(http_client=other)
            assert engine_of(copy) is engine_of(client)


def test_a_wrapped_client_stays_the_same_object_of_the_same_type() -> None:
    client = openai.OpenAI(api_key="k")
    assert explainbot.wrap(client) is client
    assert type(client) is openai.OpenAI
    engine = engine_of(client)
    assert engine_of(explainbot.wrap(client)) is engine, "wrapping twice changes nothing"
    assert type(client.copy()) is openai.OpenAI


def test_what_is_no_openai_client_is_refused_by_name() -> None:
    with pytest.raises(ConfigError, match="Client"):
        explainbot.wrap(httpx2.Client())  # type: ignore[type-var]


def test_every_transport_is_guarded_and_stays_what_it_was() -> None:
    inner, later = httpx2.HTTPTransport(), httpx2.HTTPTransport()
    client = explainbot.http_client(mounts={"https://proxied.example": inner, "https://none.example": None})
    own = client._transport
    client._mounts[httpx2._utils.URLPattern("https://later.example")] = later
    for host, expected in (("proxied", inner), ("none", own), ("other", own), ("later", later)):
        chosen = client._transport_for_url(httpx2.URL(f"https://{host}.example"))
        assert isinstance(chosen, GuardedTransport)
        assert chosen.inner is expected
    assert inner in client._mounts.values()
    client.close()


def test_a_guarded_http_client_is_what_it_was() -> None:
    class Own(httpx2.Client):
        pass

    with Own() as http:
        client = openai.OpenAI(api_key="k", http_client=http)
        explainbot.wrap(client)
        assert isinstance(http, Own)
        assert type(http).__name__ == "Own"
        assert client._client is http


def test_two_settings_do_not_share_an_http_client() -> None:
    """Else the second would work by the first ones, and for the first one's tenant."""
    with httpx2.Client() as http:
        client = OpenAI(api_key="k", http_client=http, settings=OWN)
        with pytest.raises(ConfigError, match="its own"):
            OpenAI(api_key="k", http_client=http, settings=Settings(tenant="other"))
        assert engine_of(OpenAI(api_key="k", http_client=http)) is engine_of(client)


def test_equal_settings_share_one_engine() -> None:
    engine = engine_for(OWN)
    assert engine_for(Settings(store="memory", contact="ask for Kim")) is engine
    assert engine_for(None) is default_engine()


def test_configure_counts_for_clients_made_after_it() -> None:
    before = default_engine().settings
    try:
        explainbot.configure(OWN)
        assert engine_of(explainbot.OpenAI(api_key="k")).settings == OWN
    finally:
        explainbot.configure(before)


def test_an_endpoint_nobody_reads_is_refused_until_it_is_allowed(server: Server) -> None:
    server.script(json_reply({"id": "u", "object": "upload", "status": "pending", "purpose": "user_data"}))
    upload: Any = {"filename": "a.txt", "bytes": 3, "mime_type": "text/plain", "purpose": "user_data"}
    with pytest.raises(UnsupportedContent) as refused:
        explainbot.OpenAI(base_url=server.url, api_key="k").uploads.create(**upload)
    assert refused.value.kind == "/uploads"
    assert server.requests == []
    allowed = Settings(store="memory", allow_content={refused.value.kind})
    explainbot.OpenAI(base_url=server.url, api_key="k", settings=allowed).uploads.create(**upload)
    assert len(server.requests) == 1


def test_models_are_listed_without_being_read(server: Server) -> None:
    server.script(
        json_reply({"object": "list", "data": [{"id": "m", "object": "model", "created": 1, "owned_by": "x"}]})
    )
    assert [model.id for model in explainbot.OpenAI(base_url=server.url, api_key="k").models.list()] == ["m"]


def test_a_conversation_keeps_its_placeholders_from_call_to_call(server: Server) -> None:
    server.script(json_reply(completion("ok")))
    client = explainbot.OpenAI(base_url=server.url, api_key="k", settings=OWN)
    for text in (f"I am {MAIL}", "and second@example.org", f"again {MAIL}"):
        with explainbot.turn(conversation="c-1"):
            client.chat.completions.create(model="m", messages=[{"role": "user", "content": text}])
    sent = [request.json()["messages"][0]["content"] for request in server.requests]
    assert sent == ["I am [EMAIL_1]", "and [EMAIL_2]", "again [EMAIL_1]"]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://api.openai.com/v1/chat/completions", "openai"),
        ("https://evilapi.openai.com.example/v1/chat/completions", "evilapi.openai.com.example"),
        ("https://xapi.openai.com/v1/chat/completions", "xapi.openai.com"),
        ("https://acme.openai.azure.com/openai/deployments/m/chat/completions", "azure.ai.openai"),
        ("http://127.0.0.1:8080/v1/chat/completions", "127.0.0.1"),
    ],
)
def test_the_recipient_is_named_as_it_is(url: str, name: str) -> None:
    exchange = engine_for(OWN).open("POST", url)
    assert exchange is not None
    exchange.send_texts([("user", "hello")], replaced=True)
    trace = exchange.finish()
    assert trace is not None
    assert trace.provider == name


def test_a_machine_without_a_home_does_not_stop_the_bot(
    server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Tracing fails open, and says so: the traces stay in the process."""

    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    settings = Settings(tenant="homeless")
    with OpenAI(base_url=server.url, api_key="k", settings=settings) as client:
        reply = client.chat.completions.create(model="m", messages=[{"role": "user", "content": "Hi"}])
        assert reply.choices[0].message.content == "You wrote: Hi"
        recorder = engine_for(settings).recorder
        assert recorder is not None
        assert recorder.flush()
        assert len(list(recorder.store.list())) == 1
    assert "explainbot.store_unavailable" in caplog.text


def test_with_a_key_that_is_none_the_bot_answers_and_the_log_says_what_to_mend(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("EXPLAINBOT_KEY", "CANARY")
    settings = Settings(store_path=tmp_path / "traces.db")
    with OpenAI(base_url=server.url, api_key="k", settings=settings) as client:
        client.chat.completions.create(model="m", messages=[{"role": "user", "content": "Hi"}])
        recorder = engine_for(settings).recorder
        assert recorder is not None
        recorder.close(timeout=5)
    assert "EXPLAINBOT_KEY" in caplog.text
    assert "CANARY" not in caplog.text


@pytest.mark.parametrize("strange", ["because", 7, {"text": "because"}])
def test_an_explanation_of_the_servers_own_is_not_taken_for_ours(strange: Any) -> None:
    assert explanation_of({"explanation": strange}).status == "unavailable"


def test_numbers_in_what_frameworks_report_are_hidden_too() -> None:
    customer = explainbot.Customer(name="Mia Li", phone="+1 415 555 0132")
    with explainbot.turn(customer=customer):
        hidden = Engine(explainbot.Settings(store="off")).hidden(
            {"pan": 4111111111111111, "call": 14155550132, "n": 12345}
        )
    assert hidden == {"pan": "[CARD_1]", "call": "[PHONE_1]", "n": 12345}

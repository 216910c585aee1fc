"""A conversation goes on in another process, by its name or by what the provider keeps; where it cannot, it says so."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from servers import Reply, Server, chat_reply, completion, json_reply, message, tool_call
from ways import CUSTOMER, MODEL, ask, client_of, create, done, every, leaked
from writers import response_reply, spoken

import explainbot
from explainbot.errors import PrivacyError, StoreError
from explainbot.stores.sqlite.vaults import SQLiteVaults
from explainbot.stores.vaults import Entry

MAIL = str(CUSTOMER.email)
_days = itertools.count(30)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vaults.db"


@contextmanager
def process(server: Server, store: Any) -> Iterator[Any]:
    """A client as one more process has it: other settings, so another engine, and nothing in memory."""
    settings = explainbot.Settings(store="off", vault_store=store, vault_days=next(_days))
    with client_of("sync httpx2", server.url, settings=settings) as client:
        yield client


def test_a_conversation_goes_on_by_its_name(server: Server, path: Path) -> None:
    call = message("Hello [PERSON_1]", tool_calls=[tool_call("mail", '{"to": "[EMAIL_1]"}')])
    with process(server, path) as client, explainbot.turn(conversation="c-1", customer=CUSTOMER):
        client.chat.completions.create(model=MODEL, messages=ask(f"I am Marlene Quist, {MAIL}"))
    server.script(lambda request: chat_reply(request, call))
    with process(server, path) as client, explainbot.turn(conversation="c-1"):
        reply = client.chat.completions.create(model=MODEL, messages=ask("kai.other@example.org asks"))
    assert server.last.json()["messages"][-1]["content"] == "[EMAIL_2] asks"
    assert reply.choices[0].message.content == "Hello Marlene Quist"
    assert json.loads(reply.choices[0].message.tool_calls[0].function.arguments) == {"to": MAIL}
    assert leaked(server) == []
    with process(server, path) as client, explainbot.turn(conversation="c-2"):
        other = client.chat.completions.create(model=MODEL, messages=ask("Hi"))
    assert other.choices[0].message.content == "Hello [PERSON_1]"


def test_a_value_hidden_once_is_hidden_by_every_process(server: Server, path: Path) -> None:
    with process(server, path) as client, explainbot.turn(conversation="c-1"):
        client.chat.completions.create(model=MODEL, messages=ask("my ssn is 219099999"))
    with process(server, path) as client, explainbot.turn(conversation="c-1"):
        client.chat.completions.create(model=MODEL, messages=ask("it says 219099999 there"))
    assert leaked(server, ["219099999"]) == []


def test_a_response_and_a_conversation_at_the_provider_are_gone_on_from(server: Server, path: Path) -> None:
    server.script(
        lambda request: response_reply(request, spoken("Hello [EMAIL_1]"), id="resp_a", conversation={"id": "conv_a"})
    )
    with process(server, path) as client, explainbot.turn(customer=CUSTOMER):
        client.responses.create(model=MODEL, input=f"I am {MAIL}")
    for more in ({"previous_response_id": "resp_a"}, {"conversation": "conv_a"}):
        with process(server, path) as client:
            reply = client.responses.create(model=MODEL, input="kai.other@example.org?", **more)
            assert reply.output_text == f"Hello {MAIL}"
        assert server.last.json()["input"] == "[EMAIL_2]?"
    with process(server, path) as client:
        assert client.responses.retrieve("resp_a").output_text == f"Hello {MAIL}"
    with (
        process(server, path) as client,
        explainbot.turn(conversation="c-9"),
        client.responses.create(model=MODEL, input="Hi", previous_response_id="resp_a", stream=True) as stream,
    ):
        final = next(event.response for event in stream if event.type == "response.completed")
        assert final.output_text == f"Hello {MAIL}"


def test_a_batch_is_fetched_by_another_process(server: Server, path: Path) -> None:
    line = {
        "custom_id": "a",
        "method": "POST",
        "url": "/v1/chat/completions",
        "body": {"model": MODEL, "messages": ask(MAIL)},
    }
    answer = {"id": "r", "custom_id": "a", "response": {"status_code": 200, "body": completion("Hello [EMAIL_1]")}}
    file = {"id": "file-in", "object": "file", "bytes": 1, "created_at": 1, "filename": "f", "purpose": "batch"}
    batch = {"id": "batch_1", "object": "batch", "endpoint": "/v1/chat/completions", "input_file_id": "file-in"}
    batch |= {"completion_window": "24h", "created_at": 1, "status": "completed"}
    server.script(
        json_reply({**file, "status": "processed"}),
        json_reply(batch),
        json_reply({**batch, "output_file_id": "file-out"}),
        Reply((json.dumps(answer).encode(),), 200, (("content-type", "application/octet-stream"),)),
    )
    with process(server, path) as client:
        client.files.create(file=("f.jsonl", json.dumps(line).encode()), purpose="batch")
    with process(server, path) as client:
        client.batches.create(input_file_id="file-in", endpoint="/v1/chat/completions", completion_window="24h")
    with process(server, path) as client:
        output = client.batches.retrieve("batch_1").output_file_id
    with process(server, path) as client:
        content = json.loads(client.files.content(output).text)
    assert content["response"]["body"]["choices"][0]["message"]["content"] == f"Hello {MAIL}"


def test_what_was_erased_comes_back_as_neutral_text(server: Server, path: Path) -> None:
    server.script(lambda request: response_reply(request, spoken("Hello [EMAIL_1]"), id="resp_b"))
    with process(server, path) as client, explainbot.turn(customer=CUSTOMER):
        client.responses.create(model=MODEL, input=f"I am {MAIL}")
    store = SQLiteVaults(path)
    assert store.erase("customer", "cust-88231") == 1
    store.close()
    with process(server, path) as client:
        assert client.responses.retrieve("resp_b").output_text == "Hello [EMAIL_1]"


@pytest.mark.anyio
async def test_every_way_of_calling_goes_on(way: str, server: Server, path: Path) -> None:
    settings = explainbot.Settings(store="off", vault_store=path, vault_days=next(_days))
    client = client_of(way, server.url, settings=settings)
    for streamed in (False, True):
        with explainbot.turn(conversation="c-1", customer=CUSTOMER):
            reply = await create(client, streamed, f"I am {MAIL}")
            assert reply.choices[0].message.content == f"You wrote: I am {MAIL}"
    await done(client.close())
    with process(server, path) as again, explainbot.turn(conversation="c-1"):
        server.script(lambda request: chat_reply(request, "[EMAIL_1]"))
        stream = await every(again.chat.completions.create(model=MODEL, messages=ask("Who?"), stream=True))
    assert "".join(chunk.choices[0].delta.content or "" for chunk in stream if chunk.choices) == MAIL


class Full(SQLiteVaults):
    """On a disk that is full from some moment on."""

    full = False

    def add(self, name: str, after: int, entries: Sequence[Entry], customer: str | None, /) -> bool:
        if self.full:
            raise StoreError("the disk is full")
        return super().add(name, after, entries, customer)


def test_on_a_full_disk_a_new_value_is_not_sent_and_known_ones_come_back(server: Server, path: Path) -> None:
    store = Full(path)
    with process(server, store) as client, explainbot.turn(conversation="c-1"):
        client.chat.completions.create(model=MODEL, messages=ask(MAIL))
        store.full = True
        reply = client.chat.completions.create(model=MODEL, messages=ask(MAIL))
        assert reply.choices[0].message.content == f"You wrote: {MAIL}"
        server.forget()
        with pytest.raises(PrivacyError, match="nothing was sent: the disk is full") as refused:
            client.chat.completions.create(model=MODEL, messages=ask("kai.other@example.org"))
        assert server.received == b""
        assert "kai" not in str(refused.value)
        server.script(lambda request: response_reply(request, spoken("[EMAIL_1]"), id="resp_c"))
    with process(server, store) as client:
        assert client.responses.create(model=MODEL, input=MAIL).output_text == MAIL, "a reply is never lost over it"
        assert client.responses.retrieve("resp_c").output_text == MAIL
    store.close()


def test_by_default_no_file_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    settings = explainbot.Settings(store="off")
    assert settings.vault_store is None
    with client_of("sync httpx2", server.url, settings=settings) as client, explainbot.turn(conversation="c-1"):
        client.chat.completions.create(model=MODEL, messages=ask(MAIL))
    assert [*tmp_path.rglob("*")] == []

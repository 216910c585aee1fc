"""Requests that no protocol reads: what `about` gave stays here, and a refusal does not repeat the address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from servers import Reply, Server, completion, json_reply
from ways import CUSTOMER, MODEL, SECRETS, create, done, leaked

import explainbot
from explainbot import about
from explainbot.errors import PrivacyError, UnsupportedContent

pytestmark = pytest.mark.anyio

EMBEDDED = json_reply({"object": "list", "data": [{"object": "embedding", "index": 0, "embedding": [0.5]}]})


@pytest.fixture(autouse=True)
def settings() -> Iterator[explainbot.Settings]:
    settings = explainbot.Settings(store="off", allow_content={"/uploads"})
    explainbot.configure(settings)
    yield settings
    explainbot.configure(explainbot.Settings(store="off"))


async def test_what_about_gave_never_leaves_with_a_request_nobody_reads(client: Any, server: Server) -> None:
    server.script(EMBEDDED)
    await done(client.embeddings.create(model=MODEL, input="hi", extra_body=about(customer=CUSTOMER, purpose="search")))
    assert server.last.json() == {"input": "hi", "model": MODEL, "encoding_format": "base64"}
    assert int(server.last.header("content-length") or 0) == len(server.last.body)
    assert leaked(server) == []


async def test_the_customer_about_gave_counts_for_the_headers_too(client: Any, server: Server) -> None:
    server.script(EMBEDDED)
    headers = {"x-for": "Marlene Quist"}
    asked = client.embeddings.create(
        model=MODEL, input="hi", extra_body=about(customer=CUSTOMER), extra_headers=headers
    )
    await done(asked)
    assert server.last.header("x-for") == "[PERSON_1]"


async def test_about_in_a_form_is_refused(client: Any, server: Server) -> None:
    with pytest.raises(PrivacyError, match="turn"):
        await done(
            client.audio.transcriptions.create(
                model=MODEL, file=("a.wav", b"RIFF"), extra_body=about(customer=CUSTOMER)
            )
        )
    assert server.received == b""


async def test_a_refused_address_is_not_repeated(client: Any, server: Server) -> None:
    with explainbot.turn(customer=CUSTOMER):
        for name in ("marlene.quist@example.com.pdf", "Marlene Quist"):
            with pytest.raises(PrivacyError) as caught:
                await done(client.files.retrieve(name))
            assert not [value for value in SECRETS if value.casefold() in str(caught.value).casefold()]
    assert server.received == b""


@pytest.mark.parametrize("status", [307, 308])
async def test_a_redirect_does_not_carry_a_conversation_to_an_endpoint_nobody_reads(
    client: Any, server: Server, status: int
) -> None:
    client._client.follow_redirects = True
    with Server(EMBEDDED) as elsewhere:
        server.script(Reply((), status, (("location", f"{elsewhere.url}/uploads"),)))
        with pytest.raises(PrivacyError, match="redirect"):
            await create(client, False)
        assert elsewhere.received == b""
        server.script(Reply((), status, (("location", f"{elsewhere.url}/chat/completions"),)))
        elsewhere.script(json_reply(completion("Hi [PERSON_1]")))
        with explainbot.turn(customer=CUSTOMER):
            reply = await create(client, False)
        assert reply.choices[0].message.content == "Hi Marlene Quist"
        assert leaked(elsewhere) == []


async def test_an_endpoint_without_content_has_none(client: Any, server: Server) -> None:
    http = client._client
    with pytest.raises(UnsupportedContent):
        await done(http.request("GET", f"{server.url}/models", content=b"marlene.quist@example.com"))
    assert server.received == b""
    server.script(json_reply({"object": "list", "data": []}))
    assert (await done(http.request("GET", f"{server.url}/models"))).status_code == 200


def test_the_client_gets_its_own_token() -> None:
    """With a certificate it asks for one through the HTTP client that is guarded."""
    identity: Any = {"type": "x509", "identity_provider_id": "idp_1", "service_account_id": "svc_1"}
    asked: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(f"{request.url.host}{request.url.path}")
        if request.url.path == "/oauth/token":
            return httpx2.Response(200, json={"access_token": "token", "token_type": "Bearer", "expires_in": 60})
        return httpx2.Response(200, json={"object": "list", "data": []})

    http = httpx2.Client(transport=httpx2.MockTransport(answer))
    with explainbot.OpenAI(workload_identity=identity, http_client=http, max_retries=0) as client:
        assert client.models.list().data == []
        with pytest.raises(UnsupportedContent):
            http.post("https://elsewhere.example/oauth/token", json={"name": "Marlene Quist"})
    assert asked == ["mtls.auth.openai.com/oauth/token", "mtls.api.openai.com/v1/models"]

"""Amazon Bedrock through the openai client: a request that the client signs is signed as it is sent."""

from __future__ import annotations

import hashlib
from typing import Any

import openai
import pytest
from servers import Server, completion, error_reply, json_reply

import explainbot
from explainbot.engine import engine_for
from explainbot.errors import UnguardedChannel

botocore = pytest.importorskip("botocore.auth")
providers = pytest.importorskip("openai.providers")

pytestmark = [pytest.mark.anyio, pytest.mark.frameworks]

MAIL = "kim.lee@example.org"
ASK: Any = [{"role": "user", "content": f"I am {MAIL}."}]
KEYS = {"access_key_id": "AKIAEXAMPLE", "secret_access_key": "secret"}
SETTINGS = explainbot.Settings(store="off")


def signed_with(server: Server) -> bool:
    """Whether the last request has the signature of the bytes that came."""
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    last, said = server.last, dict(server.last.headers)
    names = said["authorization"].partition("SignedHeaders=")[2].partition(",")[0].split(";")
    request = AWSRequest(last.method, f"{server.origin}{last.target}", {name: said[name] for name in names}, last.body)
    request.context["timestamp"] = said["x-amz-date"]
    signer = botocore.SigV4Auth(Credentials(*KEYS.values()), "bedrock", "eu-west-1")
    string = signer.string_to_sign(request, signer.canonical_request(request))
    assert said["x-amz-content-sha256"] == hashlib.sha256(last.body).hexdigest()
    return said["authorization"].endswith(f"Signature={signer.signature(string, request)}")


@pytest.mark.parametrize("made", ["drop-in", "wrapped", "async"])
async def test_what_is_sent_is_signed(server: Server, made: str) -> None:
    source: Any = {"drop-in": explainbot.OpenAI, "wrapped": openai.OpenAI, "async": explainbot.AsyncOpenAI}[made]
    options = {} if made == "wrapped" else {"settings": SETTINGS}
    provider = providers.bedrock(endpoint="runtime", region="eu-west-1", base_url=server.url, **KEYS)
    client = source(provider=provider, max_retries=1, **options)
    if made == "wrapped":
        explainbot.wrap(client, settings=SETTINGS)
    server.script(error_reply(500, headers={"retry-after-ms": "1"}), json_reply(completion("Hello [EMAIL_1].")))
    called = client.chat.completions.create(model="m", messages=ASK)
    reply = await called if made == "async" else called
    assert reply.choices[0].message.content == f"Hello {MAIL}."
    assert len(server.requests) == 2
    assert MAIL.encode() not in server.received
    assert signed_with(server)
    closed = client.close()
    if made == "async":
        await closed


def test_a_client_that_cannot_sign_again_is_refused(server: Server) -> None:
    provider = providers.bedrock(endpoint="runtime", region="eu-west-1", base_url=server.url, **KEYS)
    with (
        openai.OpenAI(
            provider=provider, max_retries=0, http_client=explainbot.http_client(settings=SETTINGS)
        ) as client,
        pytest.raises(UnguardedChannel, match="signed"),
    ):
        client.chat.completions.create(model="m", messages=ASK)
    assert server.received == b""


def test_a_body_that_comes_as_a_stream_is_refused_as_by_the_bare_client(server: Server) -> None:
    provider = providers.bedrock(endpoint="runtime", region="eu-west-1", base_url=server.url, **KEYS)
    with (
        explainbot.OpenAI(provider=provider, max_retries=0, settings=SETTINGS) as client,
        pytest.raises(openai.OpenAIError, match="replayable"),
    ):
        client.post("/chat/completions", cast_to=object, content=iter([b"{}"]))
    assert server.received == b""


@pytest.mark.parametrize("made", ["drop-in", "async"])
async def test_a_request_that_cannot_be_signed_is_traced_as_one_that_failed(server: Server, made: str) -> None:
    def locked() -> Any:
        raise PermissionError

    source: Any = {"drop-in": explainbot.OpenAI, "async": explainbot.AsyncOpenAI}[made]
    settings = explainbot.Settings(store="memory", tenant=f"unsigned-{made}")
    keys = {"credential_provider": locked}
    provider = providers.bedrock(endpoint="runtime", region="eu-west-1", base_url=server.url, **keys)
    client = source(provider=provider, max_retries=0, settings=settings)
    with pytest.raises(openai.OpenAIError):
        await client.chat.completions.create(model="m", messages=ASK)
    recorder = engine_for(settings).recorder
    assert recorder is not None
    assert recorder.flush()
    assert [trace.status for trace in recorder.store.list()] == ["error"]
    assert server.received == b""
    closed = client.close()
    if made == "async":
        await closed

"""An explanation goes with its reply, and never up to the provider; where it is not attached, a reply is as it came."""

from __future__ import annotations

from typing import Any

import pytest
from servers import Server, completion, json_reply, sse_reply, stream_body
from ways import MODEL, ask, client_of, close, create, done, every

import explainbot
from explainbot import explanation_of

pytestmark = pytest.mark.anyio

SAID = "Refunds take 5 working days."


async def test_a_message_that_a_helper_put_together_goes_back_without_its_explanation(
    client: Any, bare: Any, server: Server
) -> None:
    sent = []
    for one in (client, bare):
        server.script(sse_reply([stream_body(SAID)]))
        said = (await create(one, True)).choices[0].message
        assert hasattr(said, "explanation") == (one is client)
        server.script(json_reply(completion("Yes.")))
        history: list[Any] = [{"role": "user", "content": "When?"}, said, *ask("Sure?")]
        await done(one.chat.completions.create(model=MODEL, messages=history))
        sent.append(server.last.json())
    assert sent[0] == sent[1]


async def test_a_field_of_that_name_that_is_none_of_ours_is_sent(client: Any, server: Server) -> None:
    server.script(json_reply(completion("Yes.")))
    message: Any = {"role": "user", "content": "Sure?", "explanation": {"by": "kim.lee@example.org"}}
    await done(client.chat.completions.create(model=MODEL, messages=[message]))
    assert server.last.json()["messages"][0]["explanation"] == {"by": "[EMAIL_1]"}


@pytest.mark.parametrize("streamed", [False, True])
async def test_a_reply_that_carries_none_is_the_bare_clients(
    way: str, bare: Any, server: Server, settings: explainbot.Settings, streamed: bool
) -> None:
    client = client_of(way, server.url, settings=settings.model_copy(update={"attach": False}))
    server.script(sse_reply([stream_body(SAID)]) if streamed else json_reply(completion(SAID, id=f"chatcmpl-{way}")))
    ours, theirs = [await every(await done(one.chat.completions.create(model=MODEL, messages=ask(), stream=True)))
                    if streamed else await create(one, False) for one in (client, bare)]  # fmt: skip
    assert ours == theirs
    if not streamed:
        assert explanation_of(ours).statements[0].text == SAID
    await close(client)

"""A streamed reply, asynchronous: the explanation comes with the last chunk. Run it: python examples/streaming.py"""

import asyncio
import os

from explainbot import AsyncOpenAI, Customer, Source, about, explanation_of

battery = Source(id="battery", title="Battery", text="The battery has a warranty of 3 years or 700 full charges.")
devendra = Customer(name="Devendra Rao", email="dev.rao@example.org")


async def main(client: AsyncOpenAI, model: str) -> None:
    stream = await client.chat.completions.create(
        model=model,
        stream=True,
        temperature=0,
        messages=[
            {"role": "system", "content": f"Answer in one sentence, using only this passage: {battery.text}"},
            {"role": "user", "content": "How long is the battery warranty for customer Devendra Rao?"},
        ],
        extra_body=about(conversation="c-92", customer=devendra, sources=[battery]),  # never leaves this machine
    )
    async for chunk in stream:
        if chunk.choices:
            print(chunk.choices[0].delta.content or "", end="", flush=True)
            last = chunk
    print("\n")
    print(explanation_of(last).text)


if __name__ == "__main__":
    if os.environ.get("OPENAI_BASE_URL") or os.environ.get("OPENAI_API_KEY"):
        asyncio.run(main(AsyncOpenAI(), os.environ.get("OPENAI_MODEL", "gpt-5-mini")))
    else:
        from explainbot.demo.local import local_server

        with local_server() as server:
            asyncio.run(main(AsyncOpenAI(base_url=server.base_url, api_key="local"), server.model))

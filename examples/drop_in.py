"""The drop-in client: one import changes, and every reply can be explained. Run it: python examples/drop_in.py"""

import os

from explainbot import Customer, OpenAI, Source, explanation_of, turn

marta = Customer(name="Marta Lindqvist", email="marta.lindqvist@example.com")
battery = Source(
    id="battery-warranty",
    title="Battery warranty",
    text="The battery of a Larkwheel e-bike has a warranty of 3 years or 700 full charges, whichever comes first.",
)


def main(client: OpenAI, model: str) -> None:
    with turn(conversation="c-91", customer=marta, purpose="answering a warranty question", sources=[battery]):
        reply = client.chat.completions.create(
            model=model,
            temperature=0,
            messages=[
                {"role": "system", "content": f"Answer in one sentence, using only this passage: {battery.text}"},
                {"role": "user", "content": f"I am Marta ({marta.email}). How long is the warranty on my battery?"},
            ],
        )
    print(reply.choices[0].message.content)
    print()
    print(explanation_of(reply).text)


if __name__ == "__main__":
    if os.environ.get("OPENAI_BASE_URL") or os.environ.get("OPENAI_API_KEY"):
        main(OpenAI(), os.environ.get("OPENAI_MODEL", "gpt-5-mini"))
    else:
        from explainbot.demo.local import local_server

        with local_server() as server:
            main(OpenAI(base_url=server.base_url, api_key="local"), server.model)

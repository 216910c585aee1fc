"""A client you already have: guarded in place, same object, same type. Run it: python examples/existing_client.py"""

import os

import openai

import explainbot


def main(client: openai.OpenAI, model: str) -> None:
    assert explainbot.wrap(client) is client
    reply = client.chat.completions.create(
        model=model,
        temperature=0,
        messages=[
            {"role": "system", "content": "Answer in one sentence, using only this passage: Delivery costs £4.50."},
            {"role": "user", "content": "What does delivery cost? My phone is 07700 900381."},
        ],
    )
    print(reply.choices[0].message.content)
    print()
    print(explainbot.explanation_of(reply).text)


if __name__ == "__main__":
    if os.environ.get("OPENAI_BASE_URL") or os.environ.get("OPENAI_API_KEY"):
        main(openai.OpenAI(), os.environ.get("OPENAI_MODEL", "gpt-5-mini"))
    else:
        from explainbot.demo.local import local_server

        with local_server() as server:
            main(openai.OpenAI(base_url=server.base_url, api_key="local"), server.model)

"""A handler that calls its model by other means: redacted, restored, explained. Run it: python examples/decorator.py"""

import json
import os
from urllib.request import Request, urlopen

from explainbot import Source, explained, explanation_of

returns = Source(id="returns", title="Returns", text="You can return anything within 45 days of its delivery.")
server_url, server_model = os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1"), "gpt-5-mini"


@explained(redact=True, purpose="answering a question about returns", sources=[returns])
def handle(message: str) -> str:
    """Sees [EMAIL_1] in place of the address, and may write it: the caller gets the address back."""
    system = f"Answer in one sentence, using only this passage: {returns.text}"
    body = {
        "model": os.environ.get("OPENAI_MODEL", server_model),
        "temperature": 0,
        "messages": [{"role": "system", "content": system}, {"role": "user", "content": message}],
    }
    headers = {"content-type": "application/json", "authorization": f"Bearer {os.environ.get('OPENAI_API_KEY', '')}"}
    with urlopen(Request(f"{server_url}/chat/completions", json.dumps(body).encode(), headers)) as reply:
        return str(json.load(reply)["choices"][0]["message"]["content"])


def main() -> None:
    answer = handle("My e-mail is finn.osullivan@example.com. Within how many days can I return a helmet?")
    print(answer, explanation_of(answer).text, sep="\n\n")


if __name__ == "__main__":
    if os.environ.get("OPENAI_BASE_URL") or os.environ.get("OPENAI_API_KEY"):
        main()
    else:
        from explainbot.demo.local import local_server

        with local_server() as server:
            server_url, server_model = server.base_url, server.model
            main()

"""An agent of the OpenAI Agents SDK that looks an order up. Run it: python examples/agents_sdk.py

Needs `pip install "explainbot[openai-agents]"` and OPENAI_API_KEY, or OPENAI_BASE_URL of a server that calls tools.
"""

import os

from agents import Agent, Runner, function_tool

from explainbot import Customer, turn
from explainbot.integrations.openai_agents import guard


@function_tool
def find_order(email: str) -> str:
    """The order of the customer with this e-mail address. Gets the real address, though the model never sees it."""
    return f"Order A-1007 of {email} was shipped on 3 May."


def main() -> None:
    guard()
    desk = Agent(
        name="desk",
        model=os.environ.get("OPENAI_MODEL", "gpt-5-mini"),
        instructions="Answer in one sentence. Look orders up by e-mail address.",
        tools=[find_order],
    )
    marta = Customer(name="Marta Lindqvist", email="marta@example.com")
    with turn(conversation="c-7", customer=marta, purpose="answering a question about an order") as this:
        result = Runner.run_sync(desk, "Marta Lindqvist here, marta@example.com. Was my order shipped?")
    print(result.final_output, end="\n\n")
    print(this.explanation.record if this.explanation else "There is no explanation.")


if __name__ == "__main__":
    main()

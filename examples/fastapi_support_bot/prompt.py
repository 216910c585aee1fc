"""What the model is asked: one shape for a capable model, one for a very small one that can hold a single passage.

A capable model gets instructions, the talk so far, the order as a tool result and up to three articles. A very small
one gets the question and then one passage, and its reply is begun for it, so that nothing is left but to copy the
sentences that answer. (Of ten questions SmolLM2-135M answered ten right in this shape, and one in the other.)
"""

import json
from collections.abc import Sequence
from typing import Any, TypeAlias

from openai.types.chat import ChatCompletionMessageParam
from openai.types.chat.chat_completion_message_function_tool_call_param import Function

Message: TypeAlias = ChatCompletionMessageParam

INSTRUCTIONS = (
    "You are the support assistant of Larkwheel, a bicycle shop. Answer in one to three short sentences. "
    "Use only the help articles and the order record. Copy amounts, days and times exactly. "
    "If they do not hold the answer, say so and offer to hand over to a person. "
    "Copy text in square brackets, such as [PERSON_1], as it stands."
)
WHOLE_SENTENCES = r"""
root ::= sentence sentence? sentence?
sentence ::= " " [A-Z] ([^.!?"\n] | "." [0-9])+ [.!?]
"""
"""A llama.cpp grammar: one to three whole sentences, where a model this small would ramble on or break off."""

SMALL_SETTINGS: dict[str, Any] = {
    "temperature": 0,
    "seed": 1,
    "max_tokens": 160,
    "extra_body": {"grammar": WHOLE_SENTENCES},
}


def messages(
    question: str, passages: Sequence[str], order: str | None = None, history: Sequence[Message] = ()
) -> list[Message]:
    """For a capable model: `order` is the look-up tool's JSON result, `history` what was said before."""
    articles = "\n\n".join(passages) or "(no article fits this question)"
    asked: list[Message] = [
        {"role": "system", "content": INSTRUCTIONS},
        *history,
        {"role": "system", "content": f"Help articles for the next question:\n\n{articles}"},
        {"role": "user", "content": question},
    ]
    if order is not None:
        function: Function = {"name": "look_up_order", "arguments": json.dumps({"order": json.loads(order)["order"]})}
        asked += [
            {"role": "assistant", "tool_calls": [{"id": "call_1", "type": "function", "function": function}]},
            {"role": "tool", "tool_call_id": "call_1", "content": order},
        ]
    return asked


def small_messages(question: str, says: str, text: str | None, name: str) -> tuple[list[Message], str]:
    """For a very small model: the messages, and the opening of its reply, which a streamed reply does not repeat.

    `says` introduces the passage `text` ("our help page says"); without a passage the bare question is asked.
    """
    asked: list[Message] = [{"role": "user", "content": question}]
    if text is None:
        return asked, ""
    opening = f"Hello {name}, {says}:"
    passage: Message = {"role": "system", "content": f"{says[0].upper()}{says[1:]}: {text}"}
    return [*asked, passage, {"role": "assistant", "content": opening}], opening

"""A handler function as a wire: its text arguments are the customer's message, its result is the reply.

Handlers speak no JSON, so the messages of Chat Completions stand in for it; nothing of this is ever sent.
"""

from __future__ import annotations

from explainbot.protocols.openai_chat import OpenAIChat

__all__ = ["PROTOCOL"]


class Handler(OpenAIChat):
    """The edge of a decorated handler."""

    provider = "handler"
    shows_sources = False


PROTOCOL = Handler("handler", "handle")

"""Where text lives in each provider's JSON: one file a wire protocol, one line in this table."""

from __future__ import annotations

from explainbot._registry import Registry
from explainbot.protocols.base import WireProtocol

__all__ = ["PROTOCOLS", "WireProtocol"]

PROTOCOLS: Registry[WireProtocol] = Registry(
    "wire protocol",
    "explainbot.protocols",
    {
        "handler": "explainbot.protocols.handler:PROTOCOL",
        "openai.chat": "explainbot.protocols.openai_chat:PROTOCOL",
    },
)

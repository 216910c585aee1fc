"""LiteLLM: every request that it sends, to any provider, passes through guarded transports.

    guard()
    with explainbot.turn() as this:
        litellm.completion("openai/gpt-5-mini", messages=[...])
    print(this.explanation.text)

To OpenAI and Azure it speaks by openai's clients, which take the HTTP clients that are set here; to others by HTTP
handlers of its own, all made in one place, where their transports are wrapped. Endpoints that cannot be read are
refused. A single call is guarded as well by `client=explainbot.OpenAI()`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from explainbot.config import Settings
from explainbot.errors import ConfigError
from explainbot.integrations.openai import async_http_client, guarded, http_client

try:
    import litellm
    from litellm.llms.custom_httpx.http_handler import AsyncHTTPHandler, HTTPHandler
except ImportError:
    raise ConfigError("explainbot.integrations.litellm needs LiteLLM: pip install 'explainbot[litellm]'") from None

__all__ = ["guard"]

MADE_BY = "__wrapped__"
"""Where `functools.wraps` keeps LiteLLM's own function."""


def guard(*, settings: Settings | None = None) -> None:
    """Guard what LiteLLM sends from now on in this process; doing so again changes the settings that apply.

    Args:
        settings: what applies to it; None means the process's default.
    """
    litellm.client_session = http_client(settings=settings)
    litellm.aclient_session = async_http_client(settings=settings)

    def guarding(make: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(make)
        def create_client(*args: Any, **kwargs: Any) -> Any:
            return guarded(make(*args, **kwargs), settings)

        return create_client

    for handler in (HTTPHandler, AsyncHTTPHandler):
        handler.create_client = guarding(getattr(handler.create_client, MADE_BY, handler.create_client))
    litellm.in_memory_llm_clients_cache.flush_cache()
    for name in ("module_level_client", "module_level_aclient"):
        vars(litellm).pop(name, None)

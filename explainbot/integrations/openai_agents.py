"""The OpenAI Agents SDK: all agents speak through a guarded client, and the SDK's own traces hide personal data.

    guard()
    with explainbot.turn() as this:
        result = await Runner.run(agent, message)
    print(this.explanation.text)

The SDK sends traces of every run, with all that was said, to a service of the provider by a client of its own. They
are redacted when a span ends, in the turn that the agent runs in, so that what is known of the customer is hidden too.
"""

from __future__ import annotations

import inspect
from typing import Any

import openai

from explainbot.config import Settings
from explainbot.engine import Engine, engine_for
from explainbot.errors import ConfigError
from explainbot.integrations._sockets import no_address
from explainbot.integrations.openai import AsyncOpenAI, wrap

try:
    import agents
    from agents.tracing.processors import default_processor
except ImportError:
    raise ConfigError(
        "explainbot.integrations.openai_agents needs the Agents SDK: pip install 'explainbot[openai-agents]'"
    ) from None

__all__ = ["RedactedTraces", "guard"]

OWN = frozenset({"object", "id", "trace_id", "parent_id", "started_at", "ended_at"})
"""Members of an exported trace or span that the SDK makes itself; all others may hold what was said."""


def guard(client: openai.AsyncOpenAI | None = None, *, settings: Settings | None = None) -> openai.AsyncOpenAI:
    """Make a guarded client the one that all agents use, and have the SDK's traces redacted.

    Trace processors that were set before are replaced; add your own behind it, as `RedactedTraces(yours)` where it
    hands on what was said. An agent with a model of its own needs a guarded client there. The SDK's WebSockets are
    refused with `UnguardedChannel`; its realtime and voice sessions make connections of their own, which nothing can
    guard.

    Args:
        client: the client to guard and to use; None makes one.
        settings: what applies to it; None means the process's default.
    """
    guarded = AsyncOpenAI(settings=settings) if client is None else wrap(client, settings=settings)
    guarded.websocket_base_url = no_address()
    agents.set_default_openai_client(guarded)
    agents.set_trace_processors([RedactedTraces(default_processor(), settings=settings)])
    return guarded


class RedactedTraces(agents.TracingProcessor):
    """Hands traces and spans on to another processor, with a placeholder for each piece of personal data.

    The other one gets what can be exported: `export()`, and the key to send it with.
    """

    def __init__(self, inner: agents.TracingProcessor, *, settings: Settings | None = None) -> None:
        self._inner: Any = inner
        self._engine = engine_for(settings)

    def on_trace_start(self, trace: Any) -> None:
        """A run begins."""
        self._inner.on_trace_start(_Exported(trace, self._engine))

    def on_trace_end(self, trace: Any) -> None:
        """A run is over."""
        self._inner.on_trace_end(_Exported(trace, self._engine))

    def on_span_start(self, span: Any) -> None:
        """A step of a run begins: nothing is known of it yet."""

    def on_span_end(self, span: Any) -> None:
        """A step of a run is over."""
        self._inner.on_span_end(_Exported(span, self._engine))

    def shutdown(self, timeout: float | None = None) -> None:
        """Send what is left within `timeout` seconds, where the other one can be told so, and stop."""
        limited = "timeout" in inspect.signature(self._inner.shutdown).parameters
        self._inner.shutdown(**({"timeout": timeout} if limited else {}))

    def force_flush(self) -> None:
        """Send what is left."""
        self._inner.force_flush()


class _Exported:
    """A trace or span as it may be sent on. Its words were redacted when this was made."""

    def __init__(self, of: Any, engine: Engine) -> None:
        said: dict[str, Any] = of.export() or {}
        hidden = engine.hidden({name: value for name, value in said.items() if name not in OWN})
        self._exported = {**said, **hidden}
        self.tracing_api_key: str | None = of.tracing_api_key
        self.trace_id: str = of.trace_id

    def export(self) -> dict[str, Any] | None:
        return self._exported or None

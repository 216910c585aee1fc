"""HTTP clients of which every request is guarded, whichever transport it takes.

httpx2 and httpx choose a request's transport in one method, `_transport_for_url`: the client's own, a proxy's, or one
that is mounted for some addresses, even if it was mounted later. A guarded client is of a subclass that wraps what this
method gives. Its transports stay as they are, so whoever made the client finds in it what they put there.
"""

from __future__ import annotations

from functools import cache
from types import new_class
from typing import Any

from explainbot.errors import ConfigError
from explainbot.transports._guard import Guard
from explainbot.transports._shell import AsyncShell, Shell

__all__ = ["guard", "guard_of"]

CHOICE = "_transport_for_url"


class GuardedClient:
    """Mixed into the class of an HTTP client."""

    _explainbot_guard: Guard
    _explainbot_shell: type[Any]

    def _transport_for_url(self, url: Any) -> Any:
        inner = super()._transport_for_url(url)  # type: ignore[misc]
        return inner if isinstance(inner, Shell | AsyncShell) else self._explainbot_shell(inner, self._explainbot_guard)


def guard(client: Any, guard: Guard) -> None:
    """Guard an HTTP client in place: it stays the same object, and an instance of its class.

    Raises:
        ConfigError: it is no client of httpx2 or httpx.
    """
    vars(client)["_explainbot_guard"] = guard
    client.__class__ = _guarded(client.__class__)


def guard_of(client: Any) -> Guard | None:
    """What guards an HTTP client; None where nothing does."""
    return client._explainbot_guard if isinstance(client, GuardedClient) else None


@cache
def _guarded(kind: type[Any]) -> type[Any]:
    if not hasattr(kind, CHOICE):
        raise ConfigError(f"an HTTP client of httpx2 or httpx can be guarded, not {kind.__name__}")
    members = {"_explainbot_shell": _shell(kind), "__module__": kind.__module__, "__qualname__": kind.__qualname__}
    return new_class(kind.__name__, (GuardedClient, kind), exec_body=lambda names: names.update(members))


def _shell(kind: type[Any]) -> type[Any]:
    """The guarded transport for a class of client: of its own library, since the two do not mix, and of its colour."""
    libraries = {base.__module__.partition(".")[0] for base in kind.__mro__}
    if "httpx2" in libraries:
        from explainbot.transports import httpx2 as family
    else:
        from explainbot.transports import httpx as family  # type: ignore[no-redef]
    return family.GuardedTransport if hasattr(kind, "close") else family.AsyncGuardedTransport

"""Who answers in the demo: a server and the drop-in client that talks to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from explainbot.demo.local import LocalServer

if TYPE_CHECKING:
    from explainbot import OpenAI

__all__ = ["Model"]


@dataclass(frozen=True, slots=True)
class Model:
    """The drop-in client, and the server it asks."""

    client: OpenAI
    server: LocalServer

"""Which vault belongs to what: to a conversation, or to something the provider keeps under an id of its own.

A bot may go on from an earlier response, read a stored thread or fetch a batch's output without sending the texts
again. What comes back then holds placeholders of the vault that was used at the time, so that vault is found by the id
that the request names.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from contextlib import suppress
from typing import Generic, TypeVar

from explainbot.errors import PrivacyError
from explainbot.privacy import Vault

__all__ = ["OneVault", "Recent", "Vaults"]

MAX_VAULTS = 10_000
"""Conversations, and ids, whose values are remembered between calls; the one used longest ago is forgotten first. A
forgotten conversation numbers its values anew from the history that the bot sends."""

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """A bounded mapping that forgets what was used longest ago.

    Safe among threads without a lock, because each step is one operation of the dictionary; so a fork cannot inherit a
    lock that nobody will release.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._items: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        value = self._items.get(key)
        if value is not None:
            self._used(key)
        return value

    def put(self, key: K, value: V) -> None:
        self._items[key] = value
        self._used(key)

    def get_or_make(self, key: K, make: Callable[[], V]) -> V:
        value = self._items.get(key)
        if value is None:
            value = self._items.setdefault(key, make())
        self._used(key)
        return value

    def _used(self, key: K) -> None:
        # Another thread may have dropped the key, or the last one, in between.
        with suppress(KeyError):
            self._items.move_to_end(key)
        while len(self._items) > self._limit:
            with suppress(KeyError):
                self._items.popitem(last=False)


class Vaults:
    """The vaults of one tenant."""

    def __init__(self, tenant: str) -> None:
        self._tenant = tenant
        self._by_conversation: Recent[str, Vault] = Recent(MAX_VAULTS)
        self._by_id: Recent[str, Vault] = Recent(MAX_VAULTS)

    def open(self, conversation: str | None, ids: Iterable[str] = ()) -> tuple[Vault, bool]:
        """The vault for a request, and whether it is the one of an id.

        Without a conversation it is a fresh vault, that numbers the same history the same way.

        Args:
            conversation: whose vault it shall be.
            ids: what the request names at the provider; the vault of the first that is known comes before all others.

        Raises:
            PrivacyError: what an id names belongs to another conversation.
        """
        vault = next((vault for id in ids if (vault := self._by_id.get(id)) is not None), None)
        if conversation is None:
            return vault or Vault(tenant=self._tenant), vault is not None
        if vault is None:
            return self._by_conversation.get_or_make(conversation, lambda: self._fresh(conversation)), False
        if vault.conversation not in (None, conversation):
            raise PrivacyError(
                "the request goes on from what another conversation left at the provider; nothing was sent. "
                "Name that conversation in turn(...), or none"
            )
        self._by_conversation.get_or_make(conversation, lambda: vault)
        return vault, True

    def _fresh(self, conversation: str) -> Vault:
        return Vault(tenant=self._tenant, conversation=conversation)

    def keep(self, ids: Iterable[str], vault: Vault) -> None:
        """The provider keeps under these ids what was sent with `vault`."""
        for id in ids if len(vault) else ():
            self._by_id.put(id, vault)

    def of(self, id: str) -> Vault | None:
        """The vault of what the provider keeps under an id, while it is remembered."""
        return self._by_id.get(id)


class OneVault(Vaults):
    """A single vault for everything, as when an earlier reply is asked about again."""

    def __init__(self, vault: Vault) -> None:
        super().__init__(vault.tenant)
        self._vault = vault

    def open(self, conversation: str | None, ids: Iterable[str] = ()) -> tuple[Vault, bool]:
        return self._vault, True

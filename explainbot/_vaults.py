"""Which vault belongs to what: to a conversation, or to something the provider keeps under an id of its own.

A bot may go on from an earlier response, read a stored thread or fetch a batch's output without sending the texts
again. What comes back then holds placeholders of the vault that was used at the time, so that vault is found by the id
that the request names.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from contextlib import suppress
from math import inf
from typing import Generic, TypeVar

from explainbot.errors import PrivacyError
from explainbot.privacy import Customer, Vault

__all__ = ["ATTEMPTS", "OneVault", "Recent", "Vaults"]

ATTEMPTS = 64
"""How often a request is made anew because another process was first: of so many that go on with one conversation at
the same moment each comes to its turn."""

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

    def forget(self, old: Callable[[V], bool]) -> None:
        """Forget what was used longest ago, as far as it is `old`."""
        with suppress(KeyError, RuntimeError, StopIteration):  # another thread was at it too
            while old(self._items[key := next(iter(self._items))]):
                del self._items[key]

    def _used(self, key: K) -> None:
        # Another thread may have dropped the key, or the last one, in between.
        with suppress(KeyError):
            self._items.move_to_end(key)
        while len(self._items) > self._limit:
            with suppress(KeyError):
                self._items.popitem(last=False)


class Vaults:
    """The vaults of one tenant, in memory.

    Args:
        tenant: whose vaults.
        clock: seconds, monotonic.
        seconds: how long a vault is remembered that nobody asks for.
    """

    def __init__(self, tenant: str, clock: Callable[[], float] = lambda: 0.0, seconds: float = inf) -> None:
        self._tenant = tenant
        self._clock = clock
        self._seconds = seconds
        self._by_conversation: Recent[str, Vault] = Recent(MAX_VAULTS)
        self._by_id: Recent[str, Vault] = Recent(MAX_VAULTS)
        self._remembered = [self._by_conversation, self._by_id]

    def open(self, conversation: str | None, ids: Iterable[str] = (), *, sends: bool = True) -> tuple[Vault, bool]:
        """The vault for a request, and whether it is the one of an id.

        Without a conversation it is a fresh vault, that numbers the same history the same way.

        Args:
            conversation: whose vault it shall be.
            ids: what the request names at the provider; the vault of the first that is known comes before all others.
            sends: whether the request says anything, or only asks for what is kept.

        Raises:
            PrivacyError: what an id names belongs to another conversation, or what was hidden earlier cannot be known.
        """
        self._forget()
        vault, named = self._opened(conversation, ids)
        vault.used = self._clock()
        return vault, named

    def _opened(self, conversation: str | None, ids: Iterable[str]) -> tuple[Vault, bool]:
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

    def of_conversation(self, conversation: str | None) -> Vault | None:
        """The vault of a conversation, while it is remembered."""
        return None if conversation is None else self._by_conversation.get(conversation)

    def _fresh(self, conversation: str) -> Vault:
        return Vault(tenant=self._tenant, conversation=conversation)

    def _forget(self) -> None:
        limit = self._clock() - self._seconds
        for vaults in self._remembered:
            vaults.forget(lambda vault: vault.used < limit)

    def holds(self, vault: Vault, customer: Customer | None) -> bool:
        """Whether what a vault learned for a request will be known later on, so that the request may be sent.

        Where it is not, because another process was first, the vault has to be opened and the request made anew.

        Raises:
            PrivacyError: it cannot be kept.
        """
        return True

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

    def open(self, conversation: str | None, ids: Iterable[str] = (), *, sends: bool = True) -> tuple[Vault, bool]:
        return self._vault, True

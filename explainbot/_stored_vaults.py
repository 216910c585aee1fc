"""Vaults that outlive the process: kept in a `VaultStore` before what they hid is sent.

Privacy fails closed here. Where the store cannot be read, it is not known what was hidden earlier in the conversation,
and a placeholder might come to stand for a second value; where it cannot be written, nobody could restore what comes
back. So a request that says anything is then not sent. Restoring goes on with what the process knows, and leaves
placeholders, which are neutral text, where it knows nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable

from explainbot._outgoing import API_SEGMENTS
from explainbot._vaults import MAX_VAULTS, Recent, Vaults
from explainbot.errors import PrivacyError, StoreError
from explainbot.privacy import Customer, Vault
from explainbot.sinks.events import emit
from explainbot.stores.vaults import VaultStore
from explainbot.trace.offered import as_term

__all__ = ["StoredVaults"]

CONVERSATION = "conversation/"
REPLY = "reply/"


class StoredVaults(Vaults):
    """The vaults of one tenant, in memory and in a store.

    Args:
        tenant, clock, seconds: see `Vaults`.
        store: where they are kept.
    """

    def __init__(self, tenant: str, clock: Callable[[], float], seconds: float, store: VaultStore) -> None:
        super().__init__(tenant, clock, seconds)
        self._store = store
        self._by_name: Recent[str, Vault] = Recent(MAX_VAULTS)
        self._remembered.append(self._by_name)
        self._owned: Recent[tuple[str, str], bool] = Recent(MAX_VAULTS)

    def open(self, conversation: str | None, ids: Iterable[str] = (), *, sends: bool = True) -> tuple[Vault, bool]:
        """As `Vaults.open`, with what other processes added. Where the store fails, what says nothing goes on.

        Raises:
            PrivacyError: as there; or the request says something, and the store cannot be read.
        """
        ids = [id for id in ids if id not in API_SEGMENTS]
        try:
            self._learn(ids)
            vault, named = super().open(conversation, ids)
            return self._current(vault, ids), named
        except StoreError as error:
            if sends:
                raise _not_sent(error) from None
            return super().open(conversation, ids)

    def _fresh(self, conversation: str) -> Vault:
        vault = super()._fresh(conversation)
        vault.name = CONVERSATION + conversation
        return vault

    def _learn(self, ids: list[str]) -> None:
        """Find the vault of what the provider keeps under ids that another process was given."""
        if not ids or any(self._by_id.get(id) is not None for id in ids):
            return
        name = self._store.find(ids)
        if name is not None:
            vault = self._called(name)
            for id in ids:
                self._by_id.put(id, vault)

    def _called(self, name: str) -> Vault:
        if name.startswith(CONVERSATION):
            conversation = name.removeprefix(CONVERSATION)
            return self._by_conversation.get_or_make(conversation, lambda: self._fresh(conversation))
        return self._by_name.get_or_make(name, lambda: self._anonymous(name))

    def _anonymous(self, name: str) -> Vault:
        vault = Vault(tenant=self._tenant)
        vault.name = name
        return vault

    def _current(self, vault: Vault, ids: list[str]) -> Vault:
        """The vault with all that other processes added; another one where it does not agree with what they did."""
        if vault.name is None or self._catch_up(vault):
            return vault
        name = vault.name
        fresh = self._fresh(vault.conversation) if vault.conversation is not None else self._anonymous(name)
        self._catch_up(fresh)
        fresh.used = vault.used
        if fresh.conversation is not None:
            self._by_conversation.put(fresh.conversation, fresh)
        self._by_name.put(name, fresh)
        for id in ids:
            if self._by_id.get(id) is vault:
                self._by_id.put(id, fresh)
        return fresh

    def _catch_up(self, vault: Vault) -> bool:
        """Take over what was added since; whether the vault agrees with it."""
        assert vault.name is not None
        last = max(vault.stored - 1, 0)
        mine, there = vault.entries(last), self._store.load(vault.name, last)
        both = min(len(mine), len(there))
        if [*there[:both]] != mine[:both] or (vault.stored and not there):
            return False
        if len(there) > both and not vault.adopt(there[both:]):
            return False
        vault.stored = last + len(there)
        return True

    def holds(self, vault: Vault, customer: Customer | None) -> bool:
        """Keep what the vault learned; whether no other process was first.

        Raises:
            PrivacyError: it cannot be kept.
        """
        who = customer and (customer.id or customer.email)
        vault.customer = as_term(who) if who else vault.customer
        try:
            return vault.name is None or self._kept(vault, vault.name)
        except StoreError as error:
            raise _not_sent(error) from None

    def _kept(self, vault: Vault, name: str) -> bool:
        """Whether the store holds all that the vault learned, and whose it is."""
        last, owner = max(vault.stored - 1, 0), vault.customer
        known = owner is None or self._owned.get((name, owner)) is not None
        if vault.learned <= vault.stored and (known or not vault.learned):
            return True
        entries = vault.entries(last)
        if not self._store.add(name, last, entries, owner):
            return False
        vault.stored = last + len(entries)
        if owner is not None:
            self._owned.put((name, owner), True)
        return True

    def keep(self, ids: Iterable[str], vault: Vault) -> None:
        """The provider keeps under these ids what was sent with `vault`. What cannot be stored is known here alone."""
        fresh = [id for id in ids if self._by_id.get(id) is not vault]
        super().keep(fresh, vault)
        if not fresh or not len(vault):
            return
        if vault.name is None:
            vault.name = REPLY + secrets.token_hex(16)
            self._by_name.put(vault.name, vault)
        try:
            self._kept(vault, vault.name)
            self._store.point(fresh, vault.name)
        except StoreError as error:
            emit("warning", "explainbot.vault_not_stored", {"error.type": type(error).__name__})

    def of(self, id: str) -> Vault | None:
        """The vault of what the provider keeps under an id, also as another process was told it."""
        try:
            self._learn([id])
        except StoreError:
            return None
        return super().of(id)


def _not_sent(error: StoreError) -> PrivacyError:
    return PrivacyError(f"what was hidden in this conversation cannot be read or kept; nothing was sent: {error}")

"""How long the traces of each tenant are kept, and when it is time to look for what is old."""

from __future__ import annotations

from datetime import datetime, timedelta

from explainbot.stores.paging import EPOCH, position

__all__ = ["Retention"]

EXPIRE_EVERY = timedelta(hours=1)
"""How often traces that are kept long enough are looked for."""

WHOLE_MONTHS = timedelta(days=300)
"""Traces that are kept for so long go by whole months; what is kept for less goes to the hour."""

MONTH_LATER = timedelta(days=32)
"""How much later a whole month may go. What a month still holds then, because something in it has to stay, goes one by
one."""


class Retention:
    """The terms of the tenants. Of each kind of search it remembers when it was last made."""

    def __init__(self) -> None:
        self._kept: dict[str, timedelta] = {}
        self._looked: dict[str, datetime] = {}

    def keep(self, tenant: str, days: float) -> None:
        """Have a tenant's traces end at this age."""
        self._kept[tenant] = timedelta(days=days)

    def is_due(self, search: str, now: datetime) -> bool:
        """Whether to make a search now; it then is not due again for a while, unless there is `more` to find."""
        if not self._kept or now - self._looked.get(search, EPOCH) < EXPIRE_EVERY:
            return False
        self._looked[search] = now
        return True

    def more(self, search: str) -> None:
        """The search found as much as it may at once: it is due again."""
        self._looked.pop(search, None)

    def ages(self, now: datetime) -> dict[str, int]:
        """Up to which start, in microseconds, the traces of each tenant may go."""
        return {tenant: position(max(now - kept, EPOCH)) for tenant, kept in self._kept.items()}

    def ends(self, now: datetime) -> dict[str, int]:
        """Up to which start they go one by one, because the whole month cannot."""
        later = {tenant: MONTH_LATER if kept >= WHOLE_MONTHS else timedelta() for tenant, kept in self._kept.items()}
        return {tenant: position(max(now - later[tenant] - kept, EPOCH)) for tenant, kept in self._kept.items()}

"""The way of a batch into the store: at once, or by way of the spool file while the store fails.

Records reach the store in the order they were offered: while some wait in the spool, later ones queue up behind them.
Ids are unique, so a spool that is brought in twice, because the process died on the way, changes nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import Final, cast

from tenacity import Retrying, retry_if_exception_type, stop_after_delay, stop_when_event_set, wait_random_exponential
from tenacity.nap import sleep_using_event

from explainbot.errors import ConfigError, ExplainbotError, StoreError
from explainbot.stores import Store
from explainbot.stores.recovery import Spooled, recover
from explainbot.stores.spool import Journal
from explainbot.trace import Lost, Offered

__all__ = ["PROBE_SECONDS", "Delivery"]

PROBE_SECONDS: Final = 1.0
"""How often a store that fails is tried again while records wait in the spool."""

REST: Final = 4
"""How many times as long as a failed try took the store is left alone, up to `LONGEST_REST` seconds: where it takes 5
seconds to fail, the writer waits for it a fifth of its time, and not nearly all of it."""

LONGEST_REST: Final = 60.0


class Delivery:
    """Brings the batches of one recorder into its store. Used by one thread at a time, but for `tell`.

    Args:
        store: where they go. One without a spool is tried again for a while, and then the batch is given up.
        lane: the recorder's name in the log.
        retry_seconds: how long a batch is tried again while a store without a spool fails.
        hurry: set when there is no time to try again.
    """

    def __init__(self, store: Store, lane: str, retry_seconds: float, hurry: threading.Event) -> None:
        self._store = store
        self._lane = lane
        self._retry_seconds = retry_seconds
        self._hurry = hurry
        self._down = False
        self._journal: Journal | None = None
        self._owed = self._has_spool = getattr(store, "spool", None) is not None
        self._next_probe = 0.0
        self.spooled = 0
        """Traces that wait in the spool."""
        self.fault = ""
        """Why there is no spool file, or why the store does not take what is in it."""
        self.offered = 0
        """How many traces were offered so far."""

    def __repr__(self) -> str:
        return f"<Delivery of {self._lane}: {self.spooled} traces in the spool>"

    @property
    def behind(self) -> bool:
        """Whether something waits for the store that no new batch brings along."""
        return bool(self.spooled) or self._owed

    def begin(self) -> None:
        """Open the spool file, if the store has a spool, and bring in what recorders left behind that are no more."""
        if not self._has_spool or self._journal is not None:
            return
        store = cast(Spooled, self._store)
        try:
            self._journal = store.spool.begin(self._lane)
        except (StoreError, ConfigError) as error:
            self.fault = str(error)
        self.catch_up()

    def tell(self, offered: int) -> None:
        """Note how many traces were offered, so that this outlives the process."""
        self.offered = offered
        if self._journal is not None:
            self._journal.tell(offered)

    def deliver(self, records: Sequence[Offered | Lost]) -> bool:
        """Bring a batch in; whether the store has it now, else the spool has.

        Raises:
            BaseException: neither does. A store of the user's may raise anything.
        """
        if self._journal is None:
            self._put(records)
            return True
        if self.spooled and not (self._due() and self.catch_up()):
            self._spool(records)
            return False
        begun = time.monotonic()
        try:
            self._store.put(records)
        except Exception as error:  # noqa: BLE001  (any store; what failed is kept)
            self._failed(error, begun)
            self._spool(records)
            return False
        return True

    def catch_up(self) -> bool:
        """Bring in what waits in the spool, also that of recorders that are no more; whether nothing waits now."""
        begun = time.monotonic()
        self._next_probe = begun + PROBE_SECONDS
        try:
            if self._owed:
                recover(cast(Spooled, self._store))
                self._owed = False
            if self._journal is not None and self.spooled:
                for records in self._journal.frames():
                    self._store.put(records)
                self._journal.clear()
                self.spooled = 0
        except Exception as error:  # noqa: BLE001  (any store; what failed is kept)
            self._failed(error, begun)
            return False
        self.fault = ""
        return True

    def close(self, *, settled: bool) -> None:
        """Let go of the spool file; it stays for the next process where something is not `settled`."""
        journal, self._journal = self._journal, None
        if journal is not None:
            journal.close(remove=settled and not self.spooled)

    def abandon(self) -> None:
        """After a fork, in the child: the file stays the parent's."""
        if self._journal is not None:
            self._journal.close(remove=False)

    def _spool(self, records: Sequence[Offered | Lost]) -> None:
        assert self._journal is not None
        if not self._journal.path.exists():  # taken away with its directory, and what waited in it
            self._journal.close(remove=False)
            self._journal = cast(Spooled, self._store).spool.begin(self._lane)
            self._journal.tell(self.offered)
            self.spooled = 0
        self._journal.keep(records)
        self.spooled += sum(isinstance(record, Offered) for record in records)

    def _due(self) -> bool:
        return time.monotonic() >= self._next_probe or self._hurry.is_set()

    def _failed(self, error: Exception, begun: float) -> None:
        now = time.monotonic()
        self._next_probe = now + max(PROBE_SECONDS, min(REST * (now - begun), LONGEST_REST))
        self.fault = str(error) if isinstance(error, ExplainbotError) else type(error).__name__

    def _put(self, records: Sequence[Offered | Lost]) -> None:
        """Put them, again and again for `retry_seconds`; once only while the store is down or time presses."""
        try:
            if self._down:
                self._store.put(records)
            else:
                Retrying(
                    retry=retry_if_exception_type(Exception),
                    stop=stop_after_delay(self._retry_seconds) | stop_when_event_set(self._hurry),
                    wait=wait_random_exponential(multiplier=0.05, max=1.0),
                    sleep=sleep_using_event(self._hurry),
                    reraise=True,
                )(self._store.put, records)
        except BaseException:
            self._down = True
            raise
        self._down = False

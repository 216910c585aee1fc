"""Where traces go: the queue in front of the store, what sends them on from there, and the log."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from explainbot._once import once
from explainbot.config import Settings
from explainbot.errors import ConfigError, ExplainbotError
from explainbot.sinks import Recorder, log_event
from explainbot.sinks.events import emit
from explainbot.sinks.lifetime import heed_sigterm
from explainbot.sinks.receipt import Receipt
from explainbot.stores import STORES, Retaining, Store, Vouching
from explainbot.trace import Trace

if TYPE_CHECKING:
    from explainbot.sinks.outbox import Outbox

__all__ = ["Recording"]


class Recording:
    """Where the traces of one engine go.

    Args:
        settings: what the company decided.
        store: where they are kept, instead of the one the settings name.

    Attributes:
        outbox: what sends the log on, once there is a recorder and where the settings say so.
    """

    def __init__(self, settings: Settings, store: Store | None) -> None:
        self._settings = settings
        self._store = store
        self._recorder: Recorder | None = None
        self.outbox: Outbox | None = None
        if self._is_on:
            heed_sigterm()  # now, since the recorder may be made in a thread, where that cannot be said

    @property
    def _is_on(self) -> bool:
        return self._store is not None or self._settings.store != "off"

    @property
    def recorder(self) -> Recorder | None:
        """The queue in front of the trace store, made on first use; None where traces are off.

        A store that cannot be opened never stops the bot: traces then stay in this process, and the log says so.
        """
        if self._recorder is None and self._is_on:
            with once():
                if self._recorder is None:
                    store = self._store or self._open_store()
                    if isinstance(store, Retaining):
                        store.retain(self._settings.tenant, self._settings.retention_days)
                    self.outbox = self._open_outbox(store)
                    self._recorder = Recorder(store)
        return self._recorder

    def record(self, trace: Trace, found_by: Sequence[tuple[str, str]] = ()) -> Receipt | None:
        """Hand a trace to the store's queue and to the log. Never blocks.

        Args:
            found_by: kind and value of what it shall be found by; see `Offered`.

        Returns:
            What the reply has to wait for, if anything.
        """
        log_event(trace)
        if (recorder := self.recorder) is None:
            return None
        if self.outbox is not None:
            self.outbox.start()
        if self._settings.durability == "commit":
            rule, contact = self._settings.not_durable, self._settings.contact
            seconds = self._settings.commit_seconds
            return recorder.commit(trace, found_by, seconds, to_person=rule == "person", contact=contact)
        recorder.put(trace, found_by)
        return None

    def _open_store(self) -> Store:
        try:
            store = STORES.load(self._settings.store)(self._place())
            if self._settings.checkpoint_path is not None and isinstance(store, Vouching):
                store.publish_to(self._settings.checkpoint_path)
            return store
        except (ExplainbotError, OSError, RuntimeError) as error:
            why = {"reason": str(error)} if isinstance(error, ExplainbotError) else {}
            emit("warning", "explainbot.store_unavailable", {"error.type": type(error).__name__, **why})
            return STORES.load("memory")(None)

    def _open_outbox(self, store: Store) -> Outbox | None:
        """What sends the log on, where the settings say so and the store keeps it for that."""
        secret = self._settings.checkpoint_url
        places = (self._settings.otlp_endpoint, secret.get_secret_value() if secret else None)
        if places == (None, None):
            return None
        from explainbot.sinks.outbox import Outbox
        from explainbot.sinks.targets import targets
        from explainbot.stores.sealed import SealedStore

        if not isinstance(store, SealedStore):
            emit("warning", "explainbot.traces_not_sent", {"reason": "only SQLite and PostgreSQL keep them for that"})
            return None
        try:
            return Outbox(store, targets(*places))
        except ConfigError as error:
            emit("warning", "explainbot.traces_not_sent", {"reason": str(error)})
            return None

    def _place(self) -> str | Path | None:
        if self._settings.store_url is not None:
            return self._settings.store_url.get_secret_value()
        if self._settings.store == "sqlite":
            return self._settings.store_path or Settings.default_store_path()
        return self._settings.store_path
